/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulated days through RoadNet's own decoders, frames and engine, with the default rules, as fast
 * as they can be computed: how many rows an operator gets, and how long each severe jam that was
 * put there stands untold. A few hours each, or, with RN_TEST_DAYS=full, whole days. */
#include <math.h>

#include "alert/rn-alert-engine.h"
#include "alert/rn-queue.h"
#include "alert/rn-rule-read.h"
#include "feed/rn-decode.h"
#include "feed/rn-holding.h"
#include "model/rn-join.h"
#include "sim/rn-sim-answers.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define ROUND (30 * SECOND)
#define SLOT (10 * MINUTE) /* of figures about alerts */
#define LATENCY (2 * SECOND) /* from the data to the answer */
#define WITHIN (3 * MINUTE)
#define N_SLOTS 145

static const struct {
  RnSimKind kind;
  RnFeedKind feed;
  int poll_s;
} feeds[] = {
  { RN_SIM_KIND_FLOW, RN_FEED_FLOW, 30 },       { RN_SIM_KIND_INCIDENTS, RN_FEED_INCIDENTS, 30 },
  { RN_SIM_KIND_WORKS, RN_FEED_WORKS, 60 },     { RN_SIM_KIND_WEATHER, RN_FEED_WEATHER, 60 },
  { RN_SIM_KIND_KPIS, RN_FEED_KPIS, 60 },       { RN_SIM_KIND_PLANS, RN_FEED_PLANS, 60 },
  { RN_SIM_KIND_FACILITIES, RN_FEED_FACILITIES, 60 },
};
#define N_FEEDS G_N_ELEMENTS (feeds)

/* One jam that was put there, and what became known of it. */
typedef struct {
  const RnSimJam *jam;
  guint32 section;    /* in the frame's network */
  gint64 below_us;    /* since when it reports under the threshold, without a break; 0 not */
  gint64 crossed_us;  /* when it crossed the threshold on its way to severe; 0 not yet */
  gint64 told_us;     /* when a traffic alert stood on it or its queue; 0 not yet */
  gint64 incident_us; /* when its incident was an alert; 0 not yet */
  char *rule;         /* that told it */
} Watch;

typedef struct {
  RnSimWorld *world;
  RnSimAnswers *answers;
  RnClock *clock;
  RnSourceClock time;
  RnHolding *holdings[N_FEEDS];
  RnNetwork *network;
  RnJoin *join;
  RnFrame *frame;
  RnAlertEngine *engine;
  RnQueue *queue;
  Watch *watches;
  guint n_watches;
  gint64 from_us;
  guint rows[N_SLOTS], n_rows, n_children, n_rings;
  GHashTable *by_rule; /* rows by rule id */
} Day;

/* ---- one poll ------------------------------------------------------------------------------ */

static RnDocument *
decode (Day *self, RnSimKind kind, RnFeedKind feed)
{
  const RnAdapter *adapter = rn_adapter_find ("roadnet");
  g_autofree GBytes **documents = g_new0 (GBytes *, adapter->n_slots);
  RnDecodeContext context = { .source = "sim", .network = self->network, .join = self->join,
                              .received_us = rn_source_clock_now_us (&self->time) };
  g_autoptr (GError) error = NULL;
  RnDocument *document;

  for (guint i = 0; i < adapter->n_slots; i++)
    if (adapter->slots[i].kind == feed)
      documents[i] = rn_sim_answers_get (self->answers, kind, 0)->body;
  document = adapter->decode (feed, documents, &context, &error);
  g_assert_no_error (error);
  return document;
}

static void
build_frame (Day *self)
{
  RnFrameParts parts = { .network = self->network, .flow_quality_cap = RN_QUALITY_LIVE,
                         .now_us = rn_source_clock_now_us (&self->time), .poll_us = ROUND };
  RnFeedStatus *statuses[N_FEEDS];
  RnFrame *frame;

  for (guint f = 0; f < N_FEEDS; f++)
    {
      rn_holding_fill_parts (self->holdings[f], &parts);
      statuses[f] = rn_holding_dup_status (self->holdings[f]);
    }
  parts.flow_quality_cap = rn_feed_state_quality (statuses[0]->state, statuses[0]->suspect);
  frame = rn_frame_build (self->network, &parts, 1, rn_state_table_default (), parts.now_us,
                          self->frame, (const RnFeedStatus *const *) statuses, N_FEEDS);
  for (guint f = 0; f < N_FEEDS; f++)
    rn_feed_status_free (statuses[f]);
  g_clear_pointer (&self->frame, rn_frame_unref);
  self->frame = frame;
}

static void
poll (Day *self, gint64 at_us)
{
  rn_sim_world_advance (self->world, at_us);
  rn_clock_advance (self->clock, ROUND);
  for (guint f = 0; f < N_FEEDS; f++)
    if (at_us % (feeds[f].poll_s * SECOND) == 0)
      rn_holding_take (self->holdings[f], decode (self, feeds[f].kind, feeds[f].feed),
                       rn_source_clock_now_us (&self->time), self->network->n_sections);
  build_frame (self);
}

/* ---- what was told ------------------------------------------------------------------------- */

static void
count_row (Day *self, const RnAlertEntry *entry)
{
  RnAlertBook *book = rn_alert_engine_get_book (self->engine);
  const RnAlert *alert = rn_alert_book_find (book, entry->key);
  gpointer n = g_hash_table_lookup (self->by_rule, entry->rule);
  guint slot = (guint) ((entry->at_us - self->from_us) / SLOT);

  if (alert != NULL && alert->parent != NULL)
    {
      self->n_children++;
      return;
    }
  self->n_rows++;
  self->rows[MIN (slot, N_SLOTS - 1)]++;
  g_hash_table_insert (self->by_rule, g_strdup (entry->rule),
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
}

static void
step (Day *self)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);

  rn_alert_engine_step (self->engine, self->frame, rn_clock_now_us (self->clock), entries);
  for (guint i = 0; i < entries->len; i++)
    {
      const RnAlertEntry *entry = entries->pdata[i];

      self->n_rings += entry->rings;
      if (entry->kind == RN_ENTRY_RAISED)
        count_row (self, entry);
    }
}

/* ---- the jams ------------------------------------------------------------------------------ */

static double
threshold (void)
{
  const RnRule *jam = rn_rule_set_find (rn_rule_set_default (), "jam");
  double most = NAN;

  g_assert_nonnull (jam);
  for (int t = 1; t < RN_N_TIERS; t++)
    if (jam->tiers[t].on)
      most = fmax (most, jam->tiers[t].enter);
  return most;
}

/* An alert of a rule over sections that stands on @section. */
static const char *
find_rule_on (Day *self, guint32 section)
{
  const RnRuleSet *rules = rn_alert_engine_get_rules (self->engine);
  RnAlertBook *book = rn_alert_engine_get_book (self->engine);

  for (guint r = 0; r < rules->n; r++)
    {
      g_autoptr (RnSubject) subject =
          rn_subject_new (RN_SUBJECT_SECTION, self->network->key[section]);
      g_autofree char *key = rn_alert_key (rules->rules[r]->id, subject);

      if (rn_metric_subject_kind (rules->rules[r]->metric) == RN_SUBJECT_SECTION
          && rn_alert_book_find (book, key) != NULL)
        return rules->rules[r]->id;
    }
  return NULL;
}

static gboolean
incident_is_told (Day *self, const Watch *watch)
{
  g_autofree char *key = g_strdup_printf ("incident incident:sim/%s", watch->jam->id);

  return rn_alert_book_find (rn_alert_engine_get_book (self->engine), key) != NULL;
}

static void
look_for_alert (Day *self, Watch *watch)
{
  const guint32 *sections;
  const char *rule = find_rule_on (self, watch->section);
  guint n;

  rn_queue_walk (self->queue, self->frame, watch->section, &sections, &n);
  for (guint k = 0; k < n && rule == NULL; k++)
    rule = find_rule_on (self, sections[k]);
  if (rule == NULL)
    return;
  watch->told_us = self->frame->flow_at_us[watch->section];
  watch->rule = g_strdup (rule);
}

static void
watch_jam (Day *self, Watch *watch, double limit)
{
  gint64 at_us = self->frame->flow_at_us[watch->section];
  double ratio = rn_frame_speed_ratio (self->frame, watch->section);

  if (rn_clock_now_us (self->clock) < watch->jam->from_us)
    return;
  if (isnan (ratio))
    ; /* it says nothing of now */
  else if (ratio > limit)
    watch->below_us = 0;
  else if (watch->below_us == 0)
    watch->below_us = at_us;
  if (watch->crossed_us == 0 && watch->below_us != 0 && self->frame->state[watch->section] == 5)
    watch->crossed_us = watch->below_us;
  if (watch->told_us == 0)
    look_for_alert (self, watch);
  if (watch->incident_us == 0 && incident_is_told (self, watch))
    watch->incident_us = rn_clock_now_us (self->clock);
}

/* ---- a day --------------------------------------------------------------------------------- */

static void
set_up_holdings (Day *self)
{
  for (guint f = 0; f < N_FEEDS; f++)
    {
      self->holdings[f] = rn_holding_new ("sim", "roadnet", feeds[f].feed, &self->time, 0,
                                          feeds[f].poll_s * SECOND);
      rn_holding_set_service (self->holdings[f], feeds[f].poll_s * SECOND, 0);
    }
}

static void
set_up_watches (Day *self)
{
  const GArray *jams = rn_sim_incidents_jams (rn_sim_world_incidents (self->world));

  self->n_watches = jams->len;
  self->watches = g_new0 (Watch, jams->len);
  for (guint k = 0; k < jams->len; k++)
    {
      const RnSimJam *jam = &g_array_index (jams, RnSimJam, k);
      const char *id = rn_sim_world_network (self->world)->id[jam->section];

      self->watches[k].jam = jam;
      self->watches[k].section = rn_network_find_section (self->network, "sim", id);
      g_assert_cmpuint (self->watches[k].section, !=, RN_NONE);
    }
}

static void
day_init (Day *self, RnSimScene scene, guint64 seed, double from_h)
{
  RnSimOptions options = RN_SIM_OPTIONS_INIT;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (RN_SIM_TIMEZONE);
  g_autoptr (GError) error = NULL;
  RnDocument *document;

  *self = (Day){ 0 };
  options.scene = scene;
  options.seed = seed;
  self->world = rn_sim_world_new (&options, &error);
  g_assert_no_error (error);
  self->from_us = rn_sim_world_start (self->world) + (gint64) (from_h * 60) * MINUTE;
  self->answers = rn_sim_answers_new (self->world);
  self->clock = rn_clock_new_manual (self->from_us + LATENCY);
  rn_source_clock_init (&self->time, self->clock);
  rn_source_clock_set (&self->time, self->from_us + LATENCY, 1);
  document = decode (self, RN_SIM_KIND_NETWORK, RN_FEED_NETWORK);
  self->network = g_steal_pointer (&document->network);
  rn_document_free (document);
  self->join = rn_join_new (self->network);
  self->engine = rn_alert_engine_new (rn_rule_set_default (), zone);
  self->queue = rn_queue_new ();
  self->by_rule = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  set_up_holdings (self);
  set_up_watches (self);
}

static void
day_clear (Day *self)
{
  for (guint f = 0; f < N_FEEDS; f++)
    rn_holding_free (self->holdings[f]);
  for (guint k = 0; k < self->n_watches; k++)
    g_free (self->watches[k].rule);
  g_free (self->watches);
  g_hash_table_unref (self->by_rule);
  rn_queue_free (self->queue);
  rn_alert_engine_free (self->engine);
  rn_frame_unref (self->frame);
  rn_join_unref (self->join);
  rn_network_unref (self->network);
  g_object_unref (self->clock);
  rn_sim_answers_free (self->answers);
  rn_sim_world_free (self->world);
}

static guint
peak (const Day *self)
{
  guint most = 0;

  for (guint s = 0; s < N_SLOTS; s++)
    most = MAX (most, self->rows[s]);
  return most;
}

static void
print_jams (const Day *self)
{
  for (guint k = 0; k < self->n_watches; k++)
    {
      const Watch *watch = &self->watches[k];
      char from[RN_SIM_TIME_SIZE];

      rn_sim_time_format (watch->jam->from_us, from);
      if (watch->crossed_us == 0)
        g_test_message ("  jam %s on %s from %.16s: not severe", watch->jam->id,
                        self->network->id[watch->section], from);
      else
        g_test_message ("  jam %s on %s from %.16s: severe limit crossed after %.1f min, told %s "
                        "%.1f min after that, its incident %.1f min after it",
                        watch->jam->id, self->network->id[watch->section], from,
                        (watch->crossed_us - watch->jam->from_us) / 6e7,
                        watch->rule != NULL ? watch->rule : "never",
                        watch->told_us != 0 ? (watch->told_us - watch->crossed_us) / 6e7 : NAN,
                        watch->incident_us != 0 ? (watch->incident_us - watch->jam->from_us) / 6e7
                                                : NAN);
    }
}

static void
print (const Day *self, const char *name, double hours)
{
  double slots = hours * 6;
  GHashTableIter iter;
  gpointer rule, n;

  g_test_message ("%s, %.1f h: %.2f million vehicles, %u rows, %.2f in 10 min, peak %u; %u under "
                  "others, %u rings",
                  name, hours, self->frame->figures.vehicles_today / 1e6, self->n_rows,
                  self->n_rows / slots, peak (self), self->n_children, self->n_rings);
  g_hash_table_iter_init (&iter, self->by_rule);
  while (g_hash_table_iter_next (&iter, &rule, &n))
    g_test_message ("  %s: %u", (const char *) rule, GPOINTER_TO_UINT (n));
  print_jams (self);
}

/* Each jam that had the time to become severe did, and was told in time. */
static void
assert_told (const Day *self, gint64 until_us)
{
  for (guint k = 0; k < self->n_watches; k++)
    {
      const Watch *watch = &self->watches[k];

      if (watch->jam->from_us < self->from_us || watch->jam->until_us > until_us)
        continue;
      g_assert_cmpint (watch->crossed_us, !=, 0);
      g_assert_cmpint (watch->told_us, !=, 0);
      g_assert_cmpint (watch->told_us - watch->crossed_us, <=, WITHIN);
    }
}

typedef struct {
  const char *name;
  RnSimScene scene;
  double from_h, until_h; /* of the short run */
  double most;            /* rows in 10 min, mean of the whole day; 0: not asserted */
  double least_vehicles, most_vehicles; /* of the whole day */
} Plan;

static const Plan plans[] = {
  { "normal", RN_SIM_SCENE_NORMAL, 6.5, 9.0, 1.0, 2.5e6, 3.8e6 },
  { "holiday", RN_SIM_SCENE_HOLIDAY, 6.5, 8.5, 0, 4.1e6, 4.6e6 },
  { "storm", RN_SIM_SCENE_STORM, 6.5, 8.5, 0, 2.0e6, 3.8e6 },
};

static gboolean
is_full (void)
{
  return g_strcmp0 (g_getenv ("RN_TEST_DAYS"), "full") == 0;
}

static guint64
seed_of_run (void)
{
  const char *seed = g_getenv ("RN_TEST_SEED");

  return seed != NULL ? g_ascii_strtoull (seed, NULL, 10) : RN_SIM_SEED;
}

static void
test_day (gconstpointer data)
{
  const Plan *plan = data;
  double from_h = is_full () ? 0 : plan->from_h, until_h = is_full () ? 24 : plan->until_h;
  double limit = threshold ();
  Day day;
  gint64 until_us;

  day_init (&day, plan->scene, seed_of_run (), from_h);
  until_us = day.from_us + (gint64) ((until_h - from_h) * 60) * MINUTE;
  for (gint64 at_us = day.from_us + ROUND; at_us < until_us; at_us += ROUND)
    {
      poll (&day, at_us);
      step (&day);
      for (guint k = 0; k < day.n_watches; k++)
        watch_jam (&day, &day.watches[k], limit);
    }
  print (&day, plan->name, until_h - from_h);
  assert_told (&day, until_us);
  if (is_full () && plan->most > 0)
    g_assert_cmpfloat (day.n_rows / ((until_h - from_h) * 6), <, plan->most);
  if (is_full ())
    {
      g_assert_cmpfloat (day.frame->figures.vehicles_today, >, plan->least_vehicles);
      g_assert_cmpfloat (day.frame->figures.vehicles_today, <, plan->most_vehicles);
    }
  day_clear (&day);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint p = 0; p < G_N_ELEMENTS (plans); p++)
    {
      g_autofree char *path = g_strdup_printf ("/days/%s", plans[p].name);

      g_test_add_data_func (path, &plans[p], test_day);
    }
  return g_test_run ();
}
