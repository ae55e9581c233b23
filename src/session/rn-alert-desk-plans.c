/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the journal has of plans, read apart from the alerts: those are read from their last
 * bookmark on, but a tier may have been in force for a week. Main thread. */
#include "base/rn-i18n.h"
#include "session/rn-alert-desk-private.h"

#define DAYS 60
#define DAY_US (24 * 3600 * RN_SECOND)

static void
entry_free (gpointer data)
{
  rn_alert_entry_unref (data);
}

/* What was appended after the request is told by "entries" after this. The desk cancels it when it
 * closes, so it is there when the request was not cancelled. */
static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RnAlertDesk *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  read = rn_journal_load_finish (self->journal, result, &error);
  if (read == NULL)
    {
      g_message ("the decisions about plans could not be read: %s", error->message);
      return;
    }
  for (guint i = 0; i < read->len; i++)
    {
      const RnJournalEntry *row = read->pdata[i];
      RnAlertEntry *entry =
          rn_alert_entry_parse (row->kind, row->at_us, row->body != NULL ? row->body : "{}", NULL);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
      else
        g_message ("entry %" G_GUINT64_FORMAT " of the journal cannot be read", row->sequence);
    }
  g_signal_emit (self, rn_alert_desk_signals[RN_ALERT_DESK_PLANS_RESTORED], 0, entries);
}

void
rn_alert_desk_load_plans (RnAlertDesk *self)
{
  static const RnAlertEntryKind kinds[] = { RN_ENTRY_PLAN_PROPOSED, RN_ENTRY_PLAN_CONFIRMED,
                                            RN_ENTRY_PLAN_DECLINED, RN_ENTRY_PLAN_TIER,
                                            RN_ENTRY_MEASURE };
  const char *words[G_N_ELEMENTS (kinds) + 1] = { NULL };

  if (self->journal == NULL || self->journal_state == RN_JOURNAL_OFF)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    words[i] = rn_alert_entry_word (kinds[i]);
  g_cancellable_cancel (self->loading_plans);
  g_clear_object (&self->loading_plans);
  self->loading_plans = g_cancellable_new ();
  rn_journal_load_kinds_async (self->journal, words, self->now_us - DAYS * DAY_US,
                               self->loading_plans, loaded_cb, self);
}
