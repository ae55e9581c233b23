/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule would say of a frame now, without memory: for the editor, while it is being typed. */
#include <math.h>

#include "alert/rn-detector-private.h"

typedef struct {
  int tier;
  double badness;  /* the greater, the worse */
  const char *key; /* borrowed from the frame; NULL: of feed @index */
  guint32 index;
} Hit;

typedef struct {
  const RnRule *rule;
  const RnFrame *frame;
  RnSubjectKind kind;
  RnLatchLimits limits;
  RnQueue *queue;
  guint *by_tier;
  GArray *hits;
} Trial;

static int
tier_of (const RnLatchLimits *limits, double value)
{
  for (int t = 1; t < RN_N_TIERS && !isnan (value); t++)
    if (limits->tiers[t].on && rn_latch_is_bad (limits->side, &limits->tiers[t], value))
      return t;
  return 0;
}

static void
try_one (const Trial *self, const RnLatchLimits *limits, double value, RnQuality quality,
         guint32 section, const char *key, guint32 index)
{
  Hit hit = { tier_of (limits, value), limits->side == RN_BAD_LOW ? -value : value, key, index };

  self->by_tier[0]++;
  if (hit.tier == 0 || !rn_quality_is_usable (quality)
      || !rn_detector_guards_hold (self->rule, self->frame, self->kind, section, key, self->queue))
    return;
  self->by_tier[hit.tier]++;
  g_array_append_val (self->hits, hit);
}

static void
try_sections (const Trial *self, const guint8 *scope)
{
  const RnRule *rule = self->rule;
  const RnNetwork *network = self->frame->network;
  g_autoptr (GHashTable) own = rn_scope_read_own (rule, network, NULL);
  g_autofree float *room = g_new (float, MAX (network->n_sections, 1));
  const float *values =
      rn_metric_column (self->frame, rule->metric, rule->select, self->queue, room);

  for (guint32 i = 0; i < network->n_sections; i++)
    {
      RnLatchLimits limits = self->limits;
      const RnRuleTier *tiers =
          own != NULL ? g_hash_table_lookup (own, GUINT_TO_POINTER (i + 1)) : NULL;

      if (scope[i] == RN_SCOPE_OUT)
        continue;
      if (tiers != NULL)
        limits.tiers = tiers;
      try_one (self, &limits, values[i], self->frame->quality[i], i, network->key[i], RN_NONE);
    }
}

typedef struct {
  const char *source, *id, *key;
} Head;

static void
try_list (const Trial *self, const GPtrArray *list, const guint8 *scope)
{
  const RnRule *rule = self->rule;

  for (guint i = 0; i < list->len; i++)
    {
      const Head *thing = list->pdata[i];
      RnQuality quality;
      double value;

      if ((self->kind == RN_SUBJECT_KPI && rule->select != NULL
           && !g_str_equal (rule->select, thing->id) && !g_str_equal (rule->select, thing->key))
          || !rn_scope_has_thing (&rule->scope, self->frame, self->kind, thing, scope))
        continue;
      value = rn_metric_measure (self->frame, rule->metric, rule->select, self->kind, thing->key,
                                 &quality);
      try_one (self, &self->limits, value, quality, RN_NONE, thing->key, RN_NONE);
    }
}

static void
try_feeds (const Trial *self)
{
  const RnRule *rule = self->rule;

  for (guint i = 0; i < self->frame->n_feeds && !rn_scope_narrows (&rule->scope); i++)
    if (rule->select == NULL
        || g_str_equal (rule->select, rn_feed_kind_word (self->frame->feeds[i]->kind)))
      try_one (self, &self->limits, rn_metric_of_feed (self->frame->feeds[i]), RN_QUALITY_LIVE,
               RN_NONE, NULL, i);
}

static void
try_things (const Trial *self, const guint8 *scope)
{
  const RnFrame *frame = self->frame;

  switch (self->kind)
    {
    case RN_SUBJECT_FACILITY:
      try_list (self, frame->facility_states, scope);
      return;
    case RN_SUBJECT_STATION:
      try_list (self, frame->stations, scope);
      return;
    case RN_SUBJECT_WORK:
      try_list (self, frame->works, scope);
      return;
    case RN_SUBJECT_INCIDENT:
      try_list (self, frame->incidents, scope);
      return;
    case RN_SUBJECT_KPI:
      try_list (self, frame->kpis, scope);
      return;
    default:
      try_feeds (self);
    }
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *x = a, *y = b;

  if (x->tier != y->tier)
    return x->tier - y->tier;
  return x->badness > y->badness ? -1 : x->badness < y->badness;
}

static RnSubject *
subject_of (const Trial *self, const Hit *hit)
{
  g_autofree char *key = NULL;
  const RnFeedStatus *feed;

  if (hit->key != NULL)
    return rn_subject_new (self->kind, hit->key);
  feed = self->frame->feeds[hit->index];
  key = g_strdup_printf ("%s/%s", feed->source, rn_feed_kind_word (feed->kind));
  return rn_subject_new (self->kind, key);
}

void
rn_rule_try (const RnRule *rule, const RnFrame *frame, guint by_tier[RN_N_TIERS],
             GPtrArray *subjects, guint max)
{
  g_autoptr (RnQueue) queue = rn_queue_new ();
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autofree guint8 *scope = g_malloc0 (frame->network->n_sections + 1);
  Trial trial = { .rule = rule,
                  .frame = frame,
                  .kind = rn_metric_subject_kind (rule->metric),
                  .queue = queue,
                  .by_tier = by_tier,
                  .hits = hits };

  for (guint t = 0; t < RN_N_TIERS; t++)
    by_tier[t] = 0;
  rn_rule_limits (rule, &trial.limits);
  rn_scope_mark_sections (&rule->scope, frame->network, scope);
  if (trial.kind == RN_SUBJECT_SECTION)
    try_sections (&trial, scope);
  else
    try_things (&trial, scope);
  g_array_sort (hits, compare_hits);
  for (guint i = 0; subjects != NULL && i < MIN (hits->len, max); i++)
    g_ptr_array_add (subjects, subject_of (&trial, &g_array_index (hits, Hit, i)));
}
