/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rules are in force: the default ones, with those of the site's own file in place of theirs.
 * Each change is journalled rule by rule, with who did it where that is known. Main thread. */
#include "alert/rn-rule-read.h"
#include "base/rn-i18n.h"
#include "session/rn-alert-desk-private.h"

#define PATIENCE_US (5 * RN_SECOND) /* with the disk that the file lies on */

static char *
dup_rule_text (const RnRule *rule)
{
  RnRule *one = (RnRule *) rule;
  g_autoptr (RnRuleSet) set = rn_rule_set_new (&one, 1);

  return rn_rule_set_dup_json (set);
}

/* A body that tells whether two sets of rules are one. */
static char *
dup_print (const RnRuleSet *rules)
{
  g_autofree char *text = rn_rule_set_dup_json (rules);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("{\"rules\":%u,\"sha256\":\"%s\"}", rules->n, sum);
}

static void
tell (RnAlertDesk *self, const RnRule *rule, const char *text, const char *print, gboolean by_us)
{
  RnAlertEntry *entry = rn_alert_entry_new (RN_ENTRY_RULES, self->now_us);

  entry->rule = rule != NULL ? g_strdup (rule->id) : NULL;
  entry->rule_version = rule != NULL ? rule->version : 0;
  entry->text = g_strdup (text);
  entry->person = by_us ? g_strdup (self->person) : NULL;
  entry->where = g_strdup (self->seat);
  entry->body = g_strdup (print);
  rn_alert_desk_act (self, entry);
}

void
rn_alert_desk_tell_rules (RnAlertDesk *self, const char *print)
{
  g_autofree char *now = dup_print (self->rules);

  if (g_strcmp0 (now, print) != 0)
    tell (self, NULL, NULL, now, FALSE);
}

static gboolean
is_same (const RnRule *a, const RnRule *b)
{
  g_autofree char *a_text = a != NULL ? dup_rule_text (a) : NULL;
  g_autofree char *b_text = b != NULL ? dup_rule_text (b) : NULL;

  return g_strcmp0 (a_text, b_text) == 0;
}

static void
tell_differences (RnAlertDesk *self, const RnRuleSet *before, gboolean by_us)
{
  g_autofree char *print = dup_print (self->rules);

  for (guint i = 0; i < self->rules->n; i++)
    {
      const RnRule *rule = self->rules->rules[i];

      if (!is_same (rn_rule_set_find (before, rule->id), rule))
        tell (self, rule, rule->reason, print, by_us);
    }
  for (guint i = 0; i < before->n; i++)
    if (rn_rule_set_find (self->rules, before->rules[i]->id) == NULL)
      tell (self, before->rules[i], _("taken out"), print, by_us);
}

/* While the journal is being read nothing is told: what is in force is told after it. */
static void
put_in_force (RnAlertDesk *self, gboolean by_us)
{
  const RnRuleSet *site = self->rule_file != NULL ? rn_rule_file_get_rules (self->rule_file) : NULL;
  const RnRuleSet *base = rn_rule_set_default ();
  g_autoptr (RnRuleSet) before = g_steal_pointer (&self->rules);
  g_autofree char *old_print = dup_print (before), *print = NULL;

  self->rules = site != NULL ? rn_rule_set_override (base, site) : rn_rule_set_ref (base);
  print = dup_print (self->rules);
  if (g_str_equal (old_print, print))
    return;
  rn_alert_work_set_rules (self->work, self->rules);
  if (self->loading == NULL && !self->start_untold && rn_alert_desk_why_not (self) == NULL
      && !self->by_hand)
    tell_differences (self, before, by_us);
}

gboolean
rn_alert_desk_waits_for_rules (RnAlertDesk *self)
{
  return self->rule_file != NULL && !rn_rule_file_was_read (self->rule_file)
         && rn_clock_monotonic_us (self->clock) - self->rule_file_us < PATIENCE_US;
}

static void
file_changed_cb (RnAlertDesk *self, gboolean by_us)
{
  put_in_force (self, by_us);
  if (self->frame != NULL)
    rn_alert_desk_step (self, self->frame, self->now_us, self->zone);
  g_signal_emit (self, rn_alert_desk_signals[RN_ALERT_DESK_RULES_CHANGED], 0);
}

void
rn_alert_desk_set_rules_file (RnAlertDesk *self, const char *path)
{
  gboolean had_one = self->rule_file != NULL;

  g_clear_object (&self->rule_file);
  if (path != NULL)
    {
      self->rule_file_us = rn_clock_monotonic_us (self->clock);
      self->rule_file = rn_rule_file_new (path, self->clock);
      g_signal_connect_object (self->rule_file, "changed", G_CALLBACK (file_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else if (had_one && self->work != NULL)
    file_changed_cb (self, FALSE);
}

const RnRuleSet *
rn_alert_desk_get_rules (RnAlertDesk *self)
{
  return self->rules;
}

const char *
rn_alert_desk_get_rules_error (RnAlertDesk *self)
{
  return self->rule_file != NULL ? rn_rule_file_get_error (self->rule_file) : NULL;
}

const RnThresholdFaults *
rn_alert_desk_get_threshold_faults (RnAlertDesk *self)
{
  return self->faults;
}

void
rn_alert_desk_take_faults (RnAlertDesk *self, const RnThresholdFaults *faults)
{
  g_clear_pointer (&self->faults, rn_threshold_faults_unref);
  if (faults->n > 0)
    self->faults = rn_threshold_faults_ref (faults);
  g_signal_emit (self, rn_alert_desk_signals[RN_ALERT_DESK_FAULTS_CHANGED], 0);
}

/* ---- changes by the person here ------------------------------------------------------------ */

static gboolean
check_file (RnAlertDesk *self, GError **error)
{
  if (self->rule_file != NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                       _("There is no file for the site's own rules"));
  return FALSE;
}

/* A copy, one version on. */
static RnRule *
next_version (RnAlertDesk *self, const RnRule *rule, GError **error)
{
  g_autofree char *text = dup_rule_text (rule);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (RnRuleSet) set = rn_rule_set_parse (bytes, TRUE, error);
  const RnRule *before = rn_rule_set_find (self->rules, rule->id);
  RnRule *next;

  if (set == NULL)
    return NULL;
  next = rn_rule_ref (set->rules[0]);
  next->version =
      before != NULL ? MAX (before->version + 1, rule->version) : MAX (rule->version, 1);
  return next;
}

gboolean
rn_alert_desk_save_rule (RnAlertDesk *self, const RnRule *rule, GError **error)
{
  g_autoptr (RnRule) next = NULL;
  g_autoptr (RnRuleSet) one = NULL;
  g_autoptr (RnRuleSet) all = NULL;
  const RnRuleSet *site;

  if (!check_file (self, error))
    return FALSE;
  next = next_version (self, rule, error);
  if (next == NULL)
    return FALSE;
  site = rn_rule_file_get_rules (self->rule_file);
  one = rn_rule_set_new (&next, 1);
  all = site != NULL ? rn_rule_set_override (site, one) : rn_rule_set_ref (one);
  return rn_rule_file_save (self->rule_file, all, error);
}

gboolean
rn_alert_desk_reset_rule (RnAlertDesk *self, const char *id, GError **error)
{
  const RnRuleSet *site;
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  g_autoptr (RnRuleSet) set = NULL;

  if (!check_file (self, error))
    return FALSE;
  site = rn_rule_file_get_rules (self->rule_file);
  if (site == NULL || rn_rule_set_find (site, id) == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("The site's own file has no rule “%s”"), id);
      return FALSE;
    }
  for (guint i = 0; i < site->n; i++)
    if (!g_str_equal (site->rules[i]->id, id))
      g_ptr_array_add (rest, site->rules[i]);
  set = rn_rule_set_new ((RnRule *const *) rest->pdata, rest->len);
  return rn_rule_file_save (self->rule_file, set, error);
}
