/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three-valued logic over the trees: what is not known neither holds nor fails, so that lost data
 * moves nothing. Of each node it is remembered since when it holds. Pure. */
#include "alert/rn-plan-advisor.h"

#include <math.h>

#define TREND_STEP_US (60 * G_GINT64_CONSTANT (1000000))
#define TREND_SAMPLES (24 * 60)

typedef struct {
  gint64 since_us, last_us; /* first and last sample at which it held; 0 it does not */
} Memory;

typedef struct {
  RnPlanAdvice public;
  Memory *enter[RN_N_TIERS], *leave[RN_N_TIERS];
  gint64 met_us[2][RN_N_TIERS]; /* data time since when a tree is met: [0] enter, [1] leave */

  gboolean seen;
} Watch;

struct _RnPlanAdvisor {
  RnPlanFile *file;
  GPtrArray *watches; /* Watch, which begins with its RnPlanAdvice */
  RnNetwork *network; /* that the plans of the file were laid on */
  GPtrArray *laid;    /* RnPlan */
};

int
rn_plan_next_up (int tier)
{
  return tier == 0 ? RN_N_TIERS - 1 : tier > 1 ? tier - 1 : -1;
}

int
rn_plan_next_down (int tier)
{
  return tier == 0 ? -1 : tier == RN_N_TIERS - 1 ? 0 : tier + 1;
}

/* ---- life ---------------------------------------------------------------------------------- */

static void
clear_judgement (Watch *watch)
{
  for (int tier = 0; tier < RN_N_TIERS; tier++)
    {
      g_clear_pointer (&watch->enter[tier], g_free);
      g_clear_pointer (&watch->leave[tier], g_free);
      g_clear_pointer (&watch->public.enter[tier].limits, g_free);
      g_clear_pointer (&watch->public.leave[tier].limits, g_free);
    }
  g_clear_pointer (&watch->public.criteria, rn_plan_criteria_free);
  g_clear_pointer (&watch->public.templates, g_ptr_array_unref);
  g_clear_pointer (&watch->public.refusal, g_free);
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  clear_judgement (watch);
  rn_plan_unref (watch->public.plan);
  rn_plan_scope_free (watch->public.scope);
  rn_plan_readings_clear (&watch->public.readings);
  g_array_unref (watch->public.trend);
  g_free (watch);
}

RnPlanAdvisor *
rn_plan_advisor_new (const RnPlanFile *file)
{
  RnPlanAdvisor *self = g_new0 (RnPlanAdvisor, 1);

  self->file = rn_plan_file_ref (file);
  self->watches = g_ptr_array_new_with_free_func (watch_free);
  return self;
}

void
rn_plan_advisor_free (RnPlanAdvisor *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->watches);
  g_clear_pointer (&self->laid, g_ptr_array_unref);
  g_clear_pointer (&self->network, rn_network_unref);
  rn_plan_file_unref (self->file);
  g_free (self);
}

/* ---- which plans --------------------------------------------------------------------------- */

static void
prepare_tree (RnPlanTreeFinding *finding, Memory **memory, const RnPlanTree *tree)
{
  finding->tree = tree;
  finding->limits = g_new0 (RnPlanLimitFinding, MAX (tree->n_limits, 1));
  *memory = g_new0 (Memory, MAX (tree->n_nodes, 1));
}

/* What a plan brings itself wins; what cannot be read is said, and the file's stands for it. */
static void
judge_by (Watch *watch, const RnPlanFile *file)
{
  RnPlanAdvice *advice = &watch->public;
  g_autoptr (GError) criteria_error = NULL;
  g_autoptr (GError) measures_error = NULL;

  clear_judgement (watch);
  if (advice->plan->criteria_json != NULL)
    advice->criteria = rn_plan_criteria_parse (advice->plan->criteria_json, &criteria_error);
  if (advice->criteria == NULL)
    advice->criteria = rn_plan_criteria_copy (file->criteria);
  if (advice->plan->measures_json != NULL)
    advice->templates = rn_plan_templates_parse (advice->plan->measures_json, &measures_error);
  if (advice->templates == NULL)
    advice->templates = g_ptr_array_ref (file->templates);
  if (criteria_error != NULL || measures_error != NULL)
    advice->refusal =
        g_strdup_printf ("%s: %s", criteria_error != NULL ? "criteria" : "measures",
                         (criteria_error != NULL ? criteria_error : measures_error)->message);
  for (int tier = 0; tier < RN_N_TIERS; tier++)
    {
      prepare_tree (&advice->enter[tier], &watch->enter[tier], &advice->criteria->enter[tier]);
      prepare_tree (&advice->leave[tier], &watch->leave[tier], &advice->criteria->leave[tier]);
      watch->met_us[0][tier] = watch->met_us[1][tier] = 0;
    }
}

static gboolean
is_judged_alike (const RnPlan *a, const RnPlan *b)
{
  return g_strcmp0 (a->criteria_json, b->criteria_json) == 0
         && g_strcmp0 (a->measures_json, b->measures_json) == 0;
}

static gboolean
has_scope_of (const RnPlan *a, const RnPlan *b)
{
  static const char *const none[] = { NULL };
  const char *const *sections_a = a->sections != NULL ? (const char *const *) a->sections : none;
  const char *const *sections_b = b->sections != NULL ? (const char *const *) b->sections : none;
  const char *const *others_a = a->facilities != NULL ? (const char *const *) a->facilities : none;
  const char *const *others_b = b->facilities != NULL ? (const char *const *) b->facilities : none;

  return g_strv_equal (sections_a, sections_b) && g_strv_equal (others_a, others_b);
}

static Watch *
find_watch (const RnPlanAdvisor *self, const char *key)
{
  for (guint i = 0; i < self->watches->len; i++)
    if (g_str_equal (((Watch *) self->watches->pdata[i])->public.plan->key, key))
      return self->watches->pdata[i];
  return NULL;
}

static void
take_plan (RnPlanAdvisor *self, const RnPlan *plan, const RnFrame *frame, gboolean served)
{
  Watch *watch = find_watch (self, plan->key);
  RnPlan *before = watch != NULL ? watch->public.plan : NULL;

  if (watch == NULL)
    {
      watch = g_new0 (Watch, 1);
      watch->public.trend = g_array_new (FALSE, FALSE, sizeof (RnPlanSample));
      g_ptr_array_add (self->watches, watch);
    }
  watch->seen = TRUE;
  watch->public.served = served;
  if (before == plan && watch->public.scope->network == frame->network)
    return;
  watch->public.plan = rn_plan_ref (plan);
  if (watch->public.scope == NULL || watch->public.scope->network != frame->network
      || !has_scope_of (before, plan))
    {
      rn_plan_scope_free (watch->public.scope);
      watch->public.scope = rn_plan_scope_new (plan, frame->network);
    }
  if (before == NULL || !is_judged_alike (before, plan))
    judge_by (watch, self->file);
  rn_plan_unref (before);
}

static gboolean
serves_plans (const RnFrame *frame, const char *source)
{
  for (guint i = 0; i < frame->n_feeds; i++)
    if (frame->feeds[i]->kind == RN_FEED_PLANS && g_str_equal (frame->feeds[i]->source, source))
      return TRUE;
  return FALSE;
}

static void
take_plans (RnPlanAdvisor *self, const RnFrame *frame)
{
  if (self->network != frame->network)
    {
      g_clear_pointer (&self->network, rn_network_unref);
      g_clear_pointer (&self->laid, g_ptr_array_unref);
      self->network = rn_network_ref (frame->network);
      self->laid = rn_plan_file_dup_plans (self->file, frame->network);
    }
  for (guint i = 0; i < self->watches->len; i++)
    ((Watch *) self->watches->pdata[i])->seen = FALSE;
  for (guint i = 0; i < frame->plans->len; i++)
    take_plan (self, frame->plans->pdata[i], frame, TRUE);
  for (guint i = 0; i < self->laid->len; i++)
    {
      const RnPlan *plan = self->laid->pdata[i];

      if (!serves_plans (frame, plan->source))
        take_plan (self, plan, frame, FALSE);
    }
  for (guint i = self->watches->len; i > 0; i--)
    if (!((Watch *) self->watches->pdata[i - 1])->seen)
      g_ptr_array_remove_index (self->watches, i - 1);
}

void
rn_plan_advisor_set_file (RnPlanAdvisor *self, const RnPlanFile *file)
{
  rn_plan_file_unref (self->file);
  self->file = rn_plan_file_ref (file);
  g_clear_pointer (&self->network, rn_network_unref);
  g_clear_pointer (&self->laid, g_ptr_array_unref);
  for (guint i = 0; i < self->watches->len; i++)
    judge_by (self->watches->pdata[i], self->file);
}

/* ---- trees --------------------------------------------------------------------------------- */

typedef struct {
  gint64 at_us, gap_us;

} Sample;

/* Since when @truth holds. What is not known keeps what was, until the gap is too long. */
static gint64
remember (Memory *memory, RnPlanTruth truth, const Sample *sample)
{
  if (truth == RN_PLAN_NO || truth == RN_PLAN_ABSENT || sample->at_us == 0)
    *memory = (Memory){ 0 };
  else if (truth == RN_PLAN_YES)
    {
      if (memory->since_us == 0 || sample->at_us < memory->last_us
          || sample->at_us - memory->last_us > sample->gap_us)
        memory->since_us = sample->at_us;
      memory->last_us = sample->at_us;
    }
  else if (memory->since_us != 0 && sample->at_us - memory->last_us > sample->gap_us)
    *memory = (Memory){ 0 };
  return memory->since_us != 0 ? memory->last_us - memory->since_us : 0;
}

static RnPlanTruth
judge_limit (const RnPlanNode *node, const RnPlanReadings *readings)
{
  double value = readings->value[node->metric];

  if (isnan (value))
    return readings->lost[node->metric] ? RN_PLAN_UNKNOWN : RN_PLAN_ABSENT;
  if (!isnan (node->above) && value < node->above)
    return RN_PLAN_NO;
  if (!isnan (node->below) && value >= node->below)
    return RN_PLAN_NO;
  return RN_PLAN_YES;
}

static RnPlanTruth
combine (RnPlanNodeKind kind, const RnPlanTruth *children, guint n)
{
  RnPlanTruth decides = kind == RN_PLAN_ALL ? RN_PLAN_NO : RN_PLAN_YES;
  RnPlanTruth result = RN_PLAN_ABSENT;

  for (guint i = 0; i < n; i++)
    {
      if (children[i] == decides)
        return decides;
      if (children[i] == RN_PLAN_UNKNOWN || result == RN_PLAN_ABSENT)
        result = children[i];
    }
  return result;
}

/* Children come after their parents, so the way goes backwards. */
static void
judge_tree (RnPlanTreeFinding *finding, Memory *memory, const RnPlanReadings *readings,
            const Sample *sample)
{
  const RnPlanTree *tree = finding->tree;
  RnPlanTruth truths[RN_PLAN_MAX_NODES];
  guint limit = tree->n_limits;

  finding->n = finding->n_yes = 0;
  for (guint i = tree->n_nodes; i > 0; i--)
    {
      const RnPlanNode *node = &tree->nodes[i - 1];
      gboolean is_limit = node->kind == RN_PLAN_LIMIT;
      double value = is_limit ? readings->value[node->metric] : NAN;
      RnPlanTruth truth = is_limit ? judge_limit (node, readings)
                                   : combine (node->kind, &truths[node->first], node->n);
      gint64 held_us = remember (&memory[i - 1], truth, sample);

      if (i == 1)
        {
          finding->truth = truth;
          finding->held_us = held_us;
          finding->for_us = node->for_us;
          finding->met = truth == RN_PLAN_YES && held_us >= node->for_us;
        }
      if (truth == RN_PLAN_YES && held_us < node->for_us)
        truth = RN_PLAN_NO;
      truths[i - 1] = truth;
      if (!is_limit)
        continue;
      finding->limits[--limit] = (RnPlanLimitFinding){ node, value, truth, held_us };
      finding->n += truth != RN_PLAN_ABSENT;
      finding->n_yes += truth == RN_PLAN_YES;
    }
}

static void
judge (Watch *watch, const Sample *sample)
{
  RnPlanAdvice *advice = &watch->public;

  for (int tier = 1; tier < RN_N_TIERS; tier++)
    {
      RnPlanTreeFinding *both[] = { &advice->enter[tier], &advice->leave[tier] };
      Memory *memories[] = { watch->enter[tier], watch->leave[tier] };

      for (guint k = 0; k < G_N_ELEMENTS (both); k++)
        {
          if (both[k]->tree->n_nodes > 0)
            judge_tree (both[k], memories[k], &advice->readings, sample);
          if (!both[k]->met)
            watch->met_us[k][tier] = 0;
          else if (watch->met_us[k][tier] == 0)
            watch->met_us[k][tier] = sample->at_us;
          both[k]->met_since_us = watch->met_us[k][tier];
        }
    }
}

/* ---- what is proposed ---------------------------------------------------------------------- */

static gboolean
has_grave_incident (const RnPlanAdvice *advice)
{
  return advice->readings.value[RN_METRIC_INCIDENT_LEVEL] <= 2;
}

/* An incident of level I or II that tier I asks for goes straight to it. */
static gboolean
goes_straight (const RnPlanAdvice *advice)
{
  const RnPlanTreeFinding *first = &advice->enter[1];

  if (!first->met || !has_grave_incident (advice))
    return FALSE;
  for (guint i = 0; i < first->tree->n_limits; i++)
    if (first->limits[i].node->metric == RN_METRIC_INCIDENT_LEVEL
        && first->limits[i].truth == RN_PLAN_YES)
      return TRUE;
  return FALSE;
}

/* What cannot say that the tier is entered does not keep one in it. */
static gboolean
is_out (const RnPlanTreeFinding *enter)
{
  return enter->truth == RN_PLAN_NO || enter->truth == RN_PLAN_ABSENT;
}

/* Up by one: what asks for a worse tier asks for the next one too. */
static int
find_reason_to_raise (const RnPlanAdvice *advice)
{
  int next = rn_plan_next_up (advice->tier);

  for (int tier = next; tier >= 1; tier--)
    if (advice->enter[tier].met)
      return tier;
  return 0;
}

static void
propose (Watch *watch, gint64 now_us)
{
  RnPlanAdvice *advice = &watch->public;
  RnPlanMove move_before = advice->move;
  int to_before = advice->to, reason = find_reason_to_raise (advice);
  const RnPlanTreeFinding *leave = &advice->leave[advice->tier];

  advice->move = RN_PLAN_HOLD;
  advice->to = advice->evidence = advice->tier;
  advice->straight = advice->tier != 1 && goes_straight (advice);
  advice->lost = FALSE;
  if (advice->straight || reason > 0)
    {
      advice->move = RN_PLAN_RAISE;
      advice->to = advice->straight ? 1 : rn_plan_next_up (advice->tier);
      advice->evidence = advice->straight ? 1 : reason;
    }
  else if (advice->tier > 0 && leave->met && is_out (&advice->enter[advice->tier]))
    {
      advice->move = RN_PLAN_LOWER;
      advice->to = rn_plan_next_down (advice->tier);
    }
  else
    {
      int next = rn_plan_next_up (advice->tier);

      advice->lost = (next > 0 && advice->enter[next].truth == RN_PLAN_UNKNOWN)
                     || (advice->tier > 0 && leave->truth == RN_PLAN_UNKNOWN);
    }
  if (advice->move == RN_PLAN_HOLD)
    advice->since_us = 0;
  else if (move_before != advice->move || to_before != advice->to)
    advice->since_us = now_us;
}

static void
keep_trend (RnPlanAdvice *advice)
{
  GArray *trend = advice->trend;
  RnPlanSample sample = { advice->readings.at_us, advice->readings.value[RN_METRIC_SLOW_KM],
                          advice->readings.value[RN_METRIC_SATURATION] };
  gint64 last_us = trend->len > 0 ? g_array_index (trend, RnPlanSample, trend->len - 1).at_us : 0;

  if (sample.at_us < last_us) /* the clock of a demo or recording has begun anew */
    g_array_set_size (trend, 0);
  else if (sample.at_us < last_us + TREND_STEP_US)
    return;
  if (trend->len >= TREND_SAMPLES)
    g_array_remove_index (trend, 0);
  g_array_append_val (trend, sample);
}

void
rn_plan_advisor_step (RnPlanAdvisor *self, const RnFrame *frame, gint64 now_us,
                      RnPlanTierFunc tier_of, gpointer data)
{
  take_plans (self, frame);
  for (guint i = 0; i < self->watches->len; i++)
    {
      Watch *watch = self->watches->pdata[i];
      RnPlanAdvice *advice = &watch->public;
      Sample sample;

      rn_plan_readings_clear (&advice->readings);
      rn_plan_measure (advice->scope, frame, self->file->coverage, self->file->window_m,
                       &advice->readings);
      /* while nothing of it is known time goes on with the frame, so that a gap is seen */
      sample.at_us = advice->readings.at_us != 0 ? advice->readings.at_us : frame->at_us;
      sample.gap_us = advice->readings.gap_us;
      advice->tier = tier_of (advice->plan, data);
      judge (watch, &sample);
      propose (watch, now_us);
      if (advice->readings.at_us != 0)
        keep_trend (advice);
    }
}

/* ---- reading it ---------------------------------------------------------------------------- */

const GPtrArray *
rn_plan_advisor_get (const RnPlanAdvisor *self)
{
  return self->watches;
}

const RnPlanAdvice *
rn_plan_advisor_find (const RnPlanAdvisor *self, const char *key)
{
  return (const RnPlanAdvice *) find_watch (self, key);
}

gboolean
rn_plan_advice_allows (const RnPlanAdvice *self, int to)
{
  return to >= 0 && to < RN_N_TIERS && to != self->tier
         && (to == rn_plan_next_up (self->tier) || to == rn_plan_next_down (self->tier)
             || (to == 1 && has_grave_incident (self)));
}

gint64
rn_plan_advice_lift_us (const RnPlanAdvice *self, int tier)
{
  gboolean holds = tier >= 1 && tier < RN_N_TIERS && is_out (&self->enter[tier]);

  return holds ? self->leave[tier].met_since_us : 0;
}

static void
add_limit (JsonBuilder *builder, const RnPlanLimitFinding *limit)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "metric");
  json_builder_add_string_value (builder, rn_metric_word (limit->node->metric));
  if (!isnan (limit->node->above))
    {
      json_builder_set_member_name (builder, "above");
      json_builder_add_double_value (builder, limit->node->above);
    }
  if (!isnan (limit->node->below))
    {
      json_builder_set_member_name (builder, "below");
      json_builder_add_double_value (builder, limit->node->below);
    }
  json_builder_set_member_name (builder, "value");
  if (isfinite (limit->value))
    json_builder_add_double_value (builder, limit->value);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "holds");
  json_builder_add_boolean_value (builder, limit->truth == RN_PLAN_YES);
  json_builder_set_member_name (builder, "held_s");
  json_builder_add_int_value (builder, limit->held_us / G_USEC_PER_SEC);
  json_builder_end_object (builder);
}

char *
rn_plan_advice_dup_evidence (const RnPlanAdvice *self, RnPlanMove move, int tier)
{
  const RnPlanTreeFinding *finding =
      move == RN_PLAN_LOWER ? &self->leave[tier] : &self->enter[tier];
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "held_s");
  json_builder_add_int_value (builder, finding->held_us / G_USEC_PER_SEC);
  json_builder_set_member_name (builder, "for_s");
  json_builder_add_int_value (builder, finding->for_us / G_USEC_PER_SEC);
  if (self->readings.incident != NULL)
    {
      json_builder_set_member_name (builder, "incident");
      json_builder_add_string_value (builder, self->readings.incident);
    }
  json_builder_set_member_name (builder, "limits");
  json_builder_begin_array (builder);
  for (guint i = 0; finding->tree != NULL && i < finding->tree->n_limits; i++)
    add_limit (builder, &finding->limits[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return rn_json_dup_text (node, FALSE);
}
