/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names are told, not proven: who signs on at the machine is the machine's business. Main
 * thread. */
#include "ui/rn-operator.h"

#include <string.h>

#include "ui/rn-settings.h"

static char *
dup_setting (const char *key)
{
  char *text = g_settings_get_string (rn_settings_get (), key);

  return g_strstrip (text);
}

static char *
dup_setting_or (const char *key, const char *fallback)
{
  g_autofree char *text = dup_setting (key);

  return *text != '\0' ? g_steal_pointer (&text) : g_strdup (fallback);
}

char *
rn_operator_dup_name (void)
{
  return dup_setting_or ("operator", g_get_user_name ());
}

char *
rn_operator_dup_seat (void)
{
  return dup_setting_or ("seat", g_get_host_name ());
}

char *
rn_operator_dup_shift (void)
{
  return dup_setting_or ("shift", NULL);
}

char *
rn_operator_dup_title (void)
{
  g_autofree char *name = rn_operator_dup_name ();
  g_autofree char *shift = rn_operator_dup_shift ();

  return shift != NULL ? g_strdup_printf ("%s · %s", shift, name) : g_steal_pointer (&name);
}

static void
name_changed_cb (RnAlertDesk *desk)
{
  g_autofree char *name = rn_operator_dup_name ();

  rn_alert_desk_set_person (desk, name);
}

void
rn_operator_follow (RnAlertDesk *desk)
{
  g_signal_connect_object (rn_settings_get (), "changed::operator", G_CALLBACK (name_changed_cb),
                           desk, G_CONNECT_SWAPPED);
  name_changed_cb (desk);
}

gboolean
rn_operator_begin_shift (RnAlertDesk *desk, const char *name, const char *shift)
{
  RnAlertEntry *entry = rn_alert_entry_new (RN_ENTRY_SHIFT, rn_alert_desk_get_now_us (desk));

  rn_alert_desk_anchor (desk); /* what the shift before has done */
  g_settings_set_string (rn_settings_get (), "operator", name);
  g_settings_set_string (rn_settings_get (), "shift", shift);
  entry->person = rn_operator_dup_name ();
  entry->text = rn_operator_dup_shift ();
  return rn_alert_desk_enter (desk, entry);
}
