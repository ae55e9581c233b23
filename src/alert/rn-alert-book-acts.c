/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Response and mask of an alert: what a person does with it, and what ends a shelf. One thread at a
 * time. */
#include "alert/rn-alert-book-private.h"
#include "base/rn-i18n.h"

G_DEFINE_QUARK (rn - alert - error - quark, rn_alert_error)

gboolean
rn_alert_refuse (GError **error, RnAlertError code, const char *text)
{
  g_set_error_literal (error, RN_ALERT_ERROR, code, text);
  return FALSE;
}

/* ---- whether ------------------------------------------------------------------------------- */

static gboolean
is_blank (const char *text)
{
  const char *p = text;

  for (; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* The tier that an acknowledgement is for. */
static int
level_of (const RnAlertRow *row, const RnAlertEntry *entry)
{
  return entry->tier != 0 ? entry->tier : rn_alert_shown_tier (row->alert);
}

static gboolean
check_acknowledge (const RnAlertRow *row, const RnAlertEntry *entry, GError **error)
{
  const RnAlert *alert = row->alert;

  if (!rn_alert_row_stands (row) && !rn_alert_row_waits_for_ack (row))
    return rn_alert_refuse (error, RN_ALERT_ERROR_STATE, _("The alert has ended"));
  if (alert->acknowledged && !rn_tier_is_worse (level_of (row, entry), alert->acknowledged_tier))
    return rn_alert_refuse (error, RN_ALERT_ERROR_STATE, _("The alert is acknowledged already"));
  return TRUE;
}

static gboolean
check_shelve (const RnAlertEntry *entry, GError **error)
{
  if (is_blank (entry->text))
    return rn_alert_refuse (error, RN_ALERT_ERROR_INVALID, _("Shelving needs a reason"));
  if (entry->until_us <= entry->at_us)
    return rn_alert_refuse (error, RN_ALERT_ERROR_INVALID, _("The shelf's end is not to come"));
  if (entry->until_us - entry->at_us > RN_SHELF_MAX_US)
    return rn_alert_refuse (error, RN_ALERT_ERROR_INVALID,
                            _("An alert can be shelved for 8 hours at most"));
  return TRUE;
}

gboolean
rn_alert_row_check_act (const RnAlertRow *row, const RnAlertEntry *entry, GError **error)
{
  const RnAlert *alert = row->alert;

  switch (entry->kind)
    {
    case RN_ENTRY_ACKNOWLEDGED:
      return check_acknowledge (row, entry, error);
    case RN_ENTRY_UNACKNOWLEDGED:
      return (rn_alert_row_stands (row) && alert->acknowledged)
             || rn_alert_refuse (error, RN_ALERT_ERROR_STATE, _("The alert is not acknowledged"));
    case RN_ENTRY_NOTE:
      return !is_blank (entry->text)
             || rn_alert_refuse (error, RN_ALERT_ERROR_INVALID, _("The note is empty"));
    case RN_ENTRY_SHELVED:
      return check_shelve (entry, error);
    case RN_ENTRY_UNSHELVED:
      return alert->shelved
             || rn_alert_refuse (error, RN_ALERT_ERROR_STATE, _("The alert is not shelved"));
    case RN_ENTRY_OUT_OF_SERVICE:
      if (alert->out_of_service)
        return rn_alert_refuse (error, RN_ALERT_ERROR_STATE,
                                _("The alert is out of service already"));
      return !is_blank (entry->text)
             || rn_alert_refuse (error, RN_ALERT_ERROR_INVALID,
                                 _("Taking an alert out of service needs a reason"));
    case RN_ENTRY_IN_SERVICE:
      return alert->out_of_service
             || rn_alert_refuse (error, RN_ALERT_ERROR_STATE, _("The alert is in service"));
    default:
      return TRUE;
    }
}

/* ---- what ---------------------------------------------------------------------------------- */

static void
take_acknowledgement (RnAlertRow *row, const RnAlertEntry *entry, int level)
{
  RnAlert *alert = rn_alert_row_edit (row);

  alert->acknowledged_tier = rn_tier_worst (alert->acknowledged_tier, level);
  alert->acknowledged = !rn_tier_is_worse (rn_alert_shown_tier (alert), alert->acknowledged_tier);
  alert->acknowledged_us = entry->at_us;
  g_free (alert->acknowledged_by);
  alert->acknowledged_by = g_strdup (entry->person);
}

typedef struct {
  const RnAlertEntry *entry;
  int level;
} Acknowledging;

/* What stands under an acknowledged row was seen with it, as far as it is not worse. */
static void
acknowledge_child (RnAlertRow *row, gpointer data)
{
  const Acknowledging *acknowledging = data;
  int tier = rn_alert_shown_tier (row->alert);

  if (row->alert->acknowledged || row->alert->mask != RN_MASK_NONE
      || rn_tier_is_worse (tier, acknowledging->level))
    return;
  take_acknowledgement (row, acknowledging->entry, tier);
  rn_alert_row_remember (row, acknowledging->entry);
}

static void
acknowledge (RnAlertRow *row, const RnAlertEntry *entry)
{
  Acknowledging acknowledging = { entry, level_of (row, entry) };

  take_acknowledgement (row, entry, acknowledging.level);
  rn_alert_row_walk (row, acknowledge_child, &acknowledging);
}

static void
shelve (RnAlertRow *row, const RnAlertEntry *entry)
{
  RnAlert *alert = rn_alert_row_edit (row);
  gboolean on = entry->kind == RN_ENTRY_SHELVED;

  alert->shelved = on;
  alert->shelved_us = on ? entry->at_us : 0;
  alert->shelved_until_us = on ? entry->until_us : 0;
  alert->one_shot = on && entry->one_shot;
  g_free (row->shelved_by);
  g_free (row->shelved_reason);
  row->shelved_by = on ? g_strdup (entry->person) : NULL;
  row->shelved_reason = on ? g_strdup (entry->text) : NULL;
}

static void
take_out_of_service (RnAlertRow *row, const RnAlertEntry *entry)
{
  gboolean on = entry->kind == RN_ENTRY_OUT_OF_SERVICE;

  rn_alert_row_edit (row)->out_of_service = on;
  g_free (row->service_by);
  g_free (row->service_reason);
  row->service_by = on ? g_strdup (entry->person) : NULL;
  row->service_reason = on ? g_strdup (entry->text) : NULL;
}

static void
withdraw (RnAlert *alert)
{
  alert->acknowledged = FALSE;
  alert->acknowledged_tier = 0;
  alert->acknowledged_us = 0;
  g_clear_pointer (&alert->acknowledged_by, g_free);
}

static void
set_owner (RnAlert *alert, const char *owner)
{
  g_free (alert->owner);
  alert->owner = is_blank (owner) ? NULL : g_strdup (owner);
}

void
rn_alert_row_apply_act (RnAlertRow *row, const RnAlertEntry *entry)
{
  switch (entry->kind)
    {
    case RN_ENTRY_ACKNOWLEDGED:
      acknowledge (row, entry);
      break;
    case RN_ENTRY_UNACKNOWLEDGED:
      withdraw (rn_alert_row_edit (row));
      break;
    case RN_ENTRY_NOTE:
      rn_alert_row_edit (row)->n_notes++;
      break;
    case RN_ENTRY_OWNER:
      set_owner (rn_alert_row_edit (row), entry->text);
      break;
    case RN_ENTRY_SHELVED:
    case RN_ENTRY_UNSHELVED:
      shelve (row, entry);
      break;
    default:
      take_out_of_service (row, entry);
      break;
    }
  rn_alert_row_settle_mask (row);
  if (!rn_alert_row_stands (row) && !rn_alert_row_waits_for_ack (row))
    rn_alert_row_edit (row)->tier = 0;
}
