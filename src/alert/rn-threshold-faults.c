/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list that is bounded in what it keeps, not in what it counts. Pure. */
#include "alert/rn-threshold-faults.h"

#include "alert/rn-detector-scope.h"

typedef struct {
  RnThresholdFaults pub; /* first: the list is what others see of it */
  GArray *faults;        /* RnThresholdFault */
} Faults;

static void
fault_clear (gpointer data)
{
  RnThresholdFault *self = data;

  g_free (self->section);
  g_free (self->what);
}

RnThresholdFaults *
rn_threshold_faults_new (void)
{
  Faults *self = g_atomic_rc_box_new0 (Faults);

  self->faults = g_array_new (FALSE, FALSE, sizeof (RnThresholdFault));
  g_array_set_clear_func (self->faults, fault_clear);
  return &self->pub;
}

RnThresholdFaults *
rn_threshold_faults_ref (const RnThresholdFaults *self)
{
  return g_atomic_rc_box_acquire ((RnThresholdFaults *) self);
}

static void
faults_clear (gpointer data)
{
  g_array_unref (((Faults *) data)->faults);
}

void
rn_threshold_faults_unref (const RnThresholdFaults *self)
{
  g_atomic_rc_box_release_full ((RnThresholdFaults *) self, faults_clear);
}

void
rn_threshold_faults_add (RnThresholdFaults *self, const char *section, const char *what)
{
  Faults *all = (Faults *) self;
  RnThresholdFault fault;

  self->n++;
  if (self->n_kept == RN_THRESHOLD_FAULTS_MAX)
    return;
  fault = (RnThresholdFault){ g_strdup (section), g_strdup (what) };
  g_array_append_val (all->faults, fault);
  self->n_kept = all->faults->len;
  self->faults = &g_array_index (all->faults, RnThresholdFault, 0);
}

RnThresholdFaults *
rn_threshold_faults_find (const RnRuleSet *rules, const RnNetwork *network)
{
  RnThresholdFaults *self = rn_threshold_faults_new ();

  for (guint i = 0; i < rules->n; i++)
    {
      const RnRule *rule = rules->rules[i];
      g_autoptr (GHashTable) own = NULL;

      if (rule->enabled && rn_metric_subject_kind (rule->metric) == RN_SUBJECT_SECTION)
        own = rn_scope_read_own (rule, network, self);
    }
  rn_scope_check_own (rules, network, self);
  return self;
}
