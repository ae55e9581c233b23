/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries as refcounted values, and the words of their kinds. The words stand in journals for good:
 * none may ever change. Pure. */
#include "alert/rn-alert-entry.h"

#include <math.h>

#include "base/rn-i18n.h"

static const struct {
  const char *word, *title;
  gboolean act;
} kinds[RN_N_ENTRY_KINDS] = {
  [RN_ENTRY_RAISED] = { "raised", N_("Raised"), FALSE },
  [RN_ENTRY_TIER] = { "tier", N_("Tier changed"), FALSE },
  [RN_ENTRY_RECOVERING] = { "recovering", N_("Recovering"), FALSE },
  [RN_ENTRY_RELAPSED] = { "relapsed", N_("Relapsed"), FALSE },
  [RN_ENTRY_CLEARED] = { "cleared", N_("Cleared"), FALSE },
  [RN_ENTRY_GONE] = { "gone", N_("No longer watched"), FALSE },
  [RN_ENTRY_DATA] = { "data", N_("Quality of the data changed"), FALSE },
  [RN_ENTRY_PARENT] = { "parent", N_("Grouped"), FALSE },
  [RN_ENTRY_EXTENT] = { "extent", N_("Extent changed"), FALSE },
  [RN_ENTRY_RANG] = { "rang", N_("Rang again"), FALSE },
  [RN_ENTRY_ESCALATED] = { "escalated", N_("Escalated"), FALSE },
  [RN_ENTRY_SUPPRESSED] = { "suppressed", N_("Suppressed by design"), FALSE },
  [RN_ENTRY_UNSUPPRESSED] = { "unsuppressed", N_("No longer suppressed"), FALSE },
  [RN_ENTRY_ACKNOWLEDGED] = { "acknowledged", N_("Acknowledged"), TRUE },
  [RN_ENTRY_UNACKNOWLEDGED] = { "unacknowledged", N_("Acknowledgement withdrawn"), TRUE },
  [RN_ENTRY_NOTE] = { "note", N_("Note"), TRUE },
  [RN_ENTRY_OWNER] = { "owner", N_("Owner"), TRUE },
  [RN_ENTRY_SHELVED] = { "shelved", N_("Shelved"), TRUE },
  [RN_ENTRY_UNSHELVED] = { "unshelved", N_("Back from the shelf"), TRUE },
  [RN_ENTRY_OUT_OF_SERVICE] = { "out-of-service", N_("Out of service"), TRUE },
  [RN_ENTRY_IN_SERVICE] = { "in-service", N_("In service again"), TRUE },
  [RN_ENTRY_FLOOD_BEGAN] = { "flood-began", N_("Flood of alerts began"), FALSE },
  [RN_ENTRY_FLOOD_ENDED] = { "flood-ended", N_("Flood of alerts ended"), FALSE },
  [RN_ENTRY_RULES] = { "rules", N_("Other rules in force"), FALSE },
  [RN_ENTRY_STARTED] = { "started", N_("Program started"), FALSE },
  [RN_ENTRY_STOPPED] = { "stopped", N_("Program ended"), FALSE },
  [RN_ENTRY_SHIFT] = { "shift", N_("Shift began"), TRUE },
  [RN_ENTRY_PLAN_PROPOSED] = { "plan-proposed", N_("Tier proposed"), FALSE },
  [RN_ENTRY_PLAN_CONFIRMED] = { "plan-confirmed", N_("Tier confirmed"), TRUE },
  [RN_ENTRY_PLAN_DECLINED] = { "plan-declined", N_("Tier declined"), TRUE },
  [RN_ENTRY_PLAN_TIER] = { "plan-tier", N_("Tier in force"), FALSE },
  [RN_ENTRY_MEASURE] = { "measure", N_("Measure"), TRUE },
  [RN_ENTRY_BOOKMARK] = { "bookmark", N_("Bookmark of the journal"), FALSE },
};

RnAlertEntry *
rn_alert_entry_new (RnAlertEntryKind kind, gint64 at_us)
{
  RnAlertEntry *self = g_atomic_rc_box_new0 (RnAlertEntry);

  self->kind = kind;
  self->at_us = at_us;
  self->value = self->threshold = self->queue_m = self->chainage_m = NAN;
  return self;
}

RnAlertEntry *
rn_alert_entry_ref (const RnAlertEntry *self)
{
  return g_atomic_rc_box_acquire ((RnAlertEntry *) self);
}

static void
entry_clear (gpointer data)
{
  RnAlertEntry *self = data;

  g_free (self->key);
  g_free (self->rule);
  rn_subject_free (self->subject);
  g_free (self->parent);
  g_free (self->head);
  g_free (self->section);
  g_free (self->person);
  g_free (self->where);
  g_free (self->text);
  g_free (self->body);
}

void
rn_alert_entry_unref (const RnAlertEntry *self)
{
  g_atomic_rc_box_release_full ((RnAlertEntry *) self, entry_clear);
}

char *
rn_alert_key (const char *rule, const RnSubject *subject)
{
  return g_strdup_printf ("%s %s:%s", rule, rn_subject_kind_word (subject->kind), subject->key);
}

const char *
rn_alert_entry_word (RnAlertEntryKind kind)
{
  return kinds[kind].word;
}

const char *
rn_alert_entry_title (RnAlertEntryKind kind)
{
  return _ (kinds[kind].title);
}

gboolean
rn_alert_entry_is_act (RnAlertEntryKind kind)
{
  return kinds[kind].act;
}

gboolean
rn_alert_entry_kind_from_word (const char *word, RnAlertEntryKind *kind)
{
  for (guint i = 0; i < RN_N_ENTRY_KINDS; i++)
    if (g_strcmp0 (word, kinds[i].word) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}
