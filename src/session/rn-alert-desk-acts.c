/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does at the desk, as entries: who, where and when are filled in here. Main
 * thread. */
#include "session/rn-alert-desk-private.h"

static RnAlertEntry *
act_new (RnAlertDesk *self, RnAlertEntryKind kind, const char *key, const char *text)
{
  RnAlertEntry *act = rn_alert_entry_new (kind, self->now_us);

  act->key = g_strdup (key);
  act->text = g_strdup (text);
  return act;
}

/* An act is for what the person saw. */
gboolean
rn_alert_desk_acknowledge (RnAlertDesk *self, const char *key)
{
  const RnAlert *alert = rn_alert_desk_find (self, key);
  RnAlertEntry *act = act_new (self, RN_ENTRY_ACKNOWLEDGED, key, NULL);

  act->tier = alert != NULL ? rn_alert_shown_tier (alert) : 0;
  return rn_alert_desk_enter (self, act);
}

gboolean
rn_alert_desk_unacknowledge (RnAlertDesk *self, const char *key)
{
  return rn_alert_desk_enter (self, act_new (self, RN_ENTRY_UNACKNOWLEDGED, key, NULL));
}

gboolean
rn_alert_desk_note (RnAlertDesk *self, const char *key, const char *text)
{
  return rn_alert_desk_enter (self, act_new (self, RN_ENTRY_NOTE, key, text));
}

gboolean
rn_alert_desk_set_owner (RnAlertDesk *self, const char *key, const char *owner)
{
  return rn_alert_desk_enter (self, act_new (self, RN_ENTRY_OWNER, key, owner));
}

gboolean
rn_alert_desk_shelve (RnAlertDesk *self, const char *key, const char *reason, gint64 for_us,
                      gboolean one_shot)
{
  RnAlertEntry *act = act_new (self, RN_ENTRY_SHELVED, key, reason);

  act->until_us = act->at_us + for_us;
  act->one_shot = one_shot;
  return rn_alert_desk_enter (self, act);
}

gboolean
rn_alert_desk_unshelve (RnAlertDesk *self, const char *key)
{
  return rn_alert_desk_enter (self, act_new (self, RN_ENTRY_UNSHELVED, key, NULL));
}

gboolean
rn_alert_desk_set_out_of_service (RnAlertDesk *self, const char *key, gboolean out,
                                  const char *reason)
{
  RnAlertEntryKind kind = out ? RN_ENTRY_OUT_OF_SERVICE : RN_ENTRY_IN_SERVICE;

  return rn_alert_desk_enter (self, act_new (self, kind, key, reason));
}

static void
fill_in (RnAlertDesk *self, RnAlertEntry *entry)
{
  if (entry->at_us == 0)
    entry->at_us = self->now_us;
  if (entry->where == NULL)
    entry->where = g_strdup (self->seat);
  if (entry->person == NULL && rn_alert_entry_is_act (entry->kind))
    entry->person = g_strdup (self->person);
}

gboolean
rn_alert_desk_enter (RnAlertDesk *self, RnAlertEntry *entry)
{
  g_autoptr (RnAlertEntry) owned = entry;
  g_autoptr (GError) error = NULL;
  const char *why_not = rn_alert_desk_why_not (self);

  fill_in (self, entry);
  if (why_not == NULL && rn_alert_book_check (self->book, entry, &error))
    {
      rn_alert_desk_act (self, g_steal_pointer (&owned));
      return TRUE;
    }
  g_signal_emit (self, rn_alert_desk_signals[RN_ALERT_DESK_REFUSED], 0,
                 why_not != NULL ? why_not : error->message);
  return FALSE;
}
