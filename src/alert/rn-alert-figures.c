/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows each alert in a small record of its own, not in a book: a journal is read from the middle
 * on, where a book would refuse what it has not seen begin. A raise counts as a row only when all
 * entries of its instant are known, since the group it falls into is told right behind it. Pure. */
#include "alert/rn-alert-figures.h"

#include <math.h>
#include <string.h>

#include "alert/rn-rule-load.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define TEN_MIN_S 600
#define TEN_MIN_US (TEN_MIN_S * SECOND)
#define MOST_ALERTS 20000
#define SWEEP_US (60 * G_GINT64_CONSTANT (1000000))
#define MOST_RULES 256
#define MOST_ANSWERS 4096 /* times to acknowledge; the oldest make room */

/* One alert, as far as the figures go. */
typedef struct {
  RnRuleLoad *load; /* borrowed */
  gboolean stands, child, shelved, suppressed, out_of_service;
  gboolean row;      /* was told as a row in this occurrence */
  gboolean answered; /* acknowledged, and nothing has asked since */
  gboolean answered_once, acted;
  gboolean opening;               /* waits for the end of its instant */
  gboolean chattered, went_stale; /* counted in this shift */
  int tier;
  gint64 raised_us, asked_us, ended_us;
  gint64 entered_data_us, left_data_us; /* 0 not known; left: 0 while active */
  double left_value;
  int left_tier;
  guint samples;                      /* while it was active, at leaving; 0 not known */
  gint64 rises_us[RN_CHATTER_RAISES]; /* the last ones, newest first */
} Followed;

struct _RnAlertFigures {
  GHashTable *alerts;  /* key → Followed */
  GHashTable *loads;   /* rule → RnRuleLoad */
  GPtrArray *openings; /* Followed of the present instant, borrowed */
  gint64 instant_us;

  gint64 from_us, last_us;
  char *shift, *person;
  guint n_new, n_new_by_tier[RN_N_TIERS];
  guint16 seconds[TEN_MIN_S]; /* new rows of the last ten minutes, by second */
  gint64 second;              /* the newest of them */
  guint n_in_window, peak;
  gint64 flood_us, flood_since_us; /* since 0: no flood */
  guint n_chattering, n_stale, n_fleeting, n_never, n_acknowledged;
  float answers_s[MOST_ANSWERS];
  gint64 swept_us; /* when room was last made among the alerts */
  gboolean overrun;
};

RnAlertFigures *
rn_alert_figures_new (gint64 from_us)
{
  RnAlertFigures *self = g_new0 (RnAlertFigures, 1);

  self->alerts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->loads =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) rn_rule_load_free);
  self->openings = g_ptr_array_new ();
  self->from_us = self->last_us = from_us;
  return self;
}

void
rn_alert_figures_free (RnAlertFigures *self)
{
  g_hash_table_unref (self->alerts);
  g_hash_table_unref (self->loads);
  g_ptr_array_unref (self->openings);
  g_free (self->shift);
  g_free (self->person);
  g_free (self);
}

/* ---- the last ten minutes -------------------------------------------------------------------- */

static void
advance_window (RnAlertFigures *self, gint64 at_us)
{
  gint64 second = at_us / SECOND;

  if (second <= self->second)
    return;
  if (second - self->second >= TEN_MIN_S)
    {
      memset (self->seconds, 0, sizeof self->seconds);
      self->n_in_window = 0;
      self->second = second;
      return;
    }
  while (self->second < second)
    {
      guint16 *slot = &self->seconds[++self->second % TEN_MIN_S];

      self->n_in_window -= *slot;
      *slot = 0;
    }
}

static void
count_in_window (RnAlertFigures *self, gint64 at_us)
{
  guint16 *slot;

  advance_window (self, at_us);
  slot = &self->seconds[self->second % TEN_MIN_S];
  if (*slot == G_MAXUINT16)
    return;
  (*slot)++;
  self->n_in_window++;
  self->peak = MAX (self->peak, self->n_in_window);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static gboolean
is_told (const Followed *alert)
{
  return alert->stands && !alert->child && !alert->shelved && !alert->suppressed
         && !alert->out_of_service;
}

static void
open_row (RnAlertFigures *self, Followed *alert)
{
  alert->opening = FALSE;
  if (!is_told (alert))
    return;
  alert->row = TRUE;
  alert->answered = FALSE;
  alert->asked_us = self->instant_us;
  alert->load->n_new++;
  alert->load->n_new_by_tier[alert->tier]++;
  self->n_new++;
  self->n_new_by_tier[alert->tier]++;
  count_in_window (self, self->instant_us);
}

/* The instant is over: what is still a row of its own has become one. */
static void
settle (RnAlertFigures *self)
{
  for (guint i = 0; i < self->openings->len; i++)
    open_row (self, self->openings->pdata[i]);
  g_ptr_array_set_size (self->openings, 0);
}

static void
begin_row (RnAlertFigures *self, Followed *alert)
{
  if (alert->opening)
    return;
  alert->opening = TRUE;
  g_ptr_array_add (self->openings, alert);
}

/* ---- occurrences ----------------------------------------------------------------------------- */

static gint64
chatter_window_us (const RnRuleLoad *load)
{
  return MAX (RN_CHATTER_US, RN_CHATTER_SAMPLES * load->period_us);
}

/* When it happened: on the data's clock where there is one. */
static gint64
moment_us (const RnAlertEntry *entry)
{
  return entry->data_us != 0 ? entry->data_us : entry->at_us;
}

static void
rise (RnAlertFigures *self, Followed *alert, const RnAlertEntry *entry)
{
  gint64 at_us = moment_us (entry), window_us = chatter_window_us (alert->load);
  gint64 away_us = alert->left_data_us != 0 ? at_us - alert->left_data_us : -1;

  if (away_us >= 0 && away_us <= window_us)
    {
      alert->load->n_returned++;
      rn_load_samples_add (&alert->load->away_s, (double) away_us / SECOND, alert->left_tier);
      rn_load_samples_add (&alert->load->left_too_early, alert->left_value, alert->left_tier);
    }
  memmove (alert->rises_us + 1, alert->rises_us, (RN_CHATTER_RAISES - 1) * sizeof *alert->rises_us);
  alert->rises_us[0] = at_us;
  if (!alert->chattered && alert->rises_us[RN_CHATTER_RAISES - 1] != 0
      && at_us - alert->rises_us[RN_CHATTER_RAISES - 1] <= window_us)
    {
      alert->chattered = TRUE;
      alert->load->n_chattering++;
      self->n_chattering++;
    }
  alert->entered_data_us = at_us;
  alert->left_data_us = 0;
  alert->samples = 0;
}

static void
leave (Followed *alert, const RnAlertEntry *entry)
{
  gint64 at_us = moment_us (entry);

  if (alert->left_data_us != 0)
    return; /* it was recovering: that is when it was left */
  alert->left_data_us = at_us;
  alert->left_value = entry->value;
  alert->left_tier = entry->tier != 0 ? entry->tier : alert->tier;
  alert->samples = entry->count;
  if (entry->count > 1 && alert->entered_data_us != 0 && at_us > alert->entered_data_us)
    alert->load->period_us = (at_us - alert->entered_data_us) / (entry->count - 1);
}

static void
begin (RnAlertFigures *self, Followed *alert, const RnAlertEntry *entry)
{
  rise (self, alert, entry);
  alert->stands = TRUE;
  alert->child = entry->parent != NULL;
  alert->row = alert->answered = alert->answered_once = alert->acted = FALSE;
  alert->tier = CLAMP (entry->tier, 0, RN_N_TIERS - 1);
  alert->raised_us = entry->at_us;
  alert->went_stale = FALSE;
  rn_load_samples_add (&alert->load->entered, entry->value, alert->tier);
  begin_row (self, alert);
}

static void
check_stale (RnAlertFigures *self, Followed *alert, gint64 at_us)
{
  if (!alert->stands || !alert->row || alert->went_stale || at_us - alert->raised_us <= RN_STALE_US)
    return;
  alert->went_stale = TRUE;
  alert->load->n_stale++;
  self->n_stale++;
}

static void
end (RnAlertFigures *self, Followed *alert, const RnAlertEntry *entry)
{
  RnRuleLoad *load = alert->load;

  check_stale (self, alert, entry->at_us);
  leave (alert, entry);
  if (is_told (alert) && alert->row && entry->kind != RN_ENTRY_GONE)
    {
      load->n_ended++;
      if (!alert->answered_once)
        {
          load->n_never++;
          self->n_never++;
        }
      if (!alert->acted && alert->samples > 0 && alert->samples < RN_FLEETING_SAMPLES)
        {
          load->n_fleeting++;
          self->n_fleeting++;
          rn_load_samples_add (&load->short_s,
                               (double) (alert->left_data_us - alert->entered_data_us) / SECOND,
                               alert->tier);
        }
    }
  alert->stands = FALSE;
  alert->ended_us = entry->at_us;
}

/* ---- acts ------------------------------------------------------------------------------------ */

static void
answer (RnAlertFigures *self, Followed *alert, const RnAlertEntry *entry)
{
  alert->acted = TRUE;
  if (alert->answered || !alert->row)
    return;
  alert->answered = alert->answered_once = TRUE;
  self->answers_s[self->n_acknowledged % MOST_ANSWERS] =
      (float) (MAX (entry->at_us - alert->asked_us, 0) / (double) SECOND);
  self->n_acknowledged++;
}

static void
ask_again (Followed *alert, gint64 at_us)
{
  if (!alert->answered)
    return; /* it asks since its first time */
  alert->answered = FALSE;
  alert->asked_us = at_us;
}

static void
take_of_alert (RnAlertFigures *self, Followed *alert, const RnAlertEntry *entry)
{
  switch (entry->kind)
    {
    case RN_ENTRY_RAISED:
      begin (self, alert, entry);
      break;
    case RN_ENTRY_RELAPSED:
      rise (self, alert, entry);
      break;
    case RN_ENTRY_RECOVERING:
      leave (alert, entry);
      break;
    case RN_ENTRY_CLEARED:
    case RN_ENTRY_GONE:
      end (self, alert, entry);
      break;
    case RN_ENTRY_TIER:
    case RN_ENTRY_ESCALATED:
      alert->tier = CLAMP (entry->tier, 0, RN_N_TIERS - 1);
      break;
    case RN_ENTRY_PARENT:
      alert->child = entry->parent != NULL;
      if (!alert->child && entry->rings)
        begin_row (self, alert);
      break;
    case RN_ENTRY_SUPPRESSED:
    case RN_ENTRY_UNSUPPRESSED:
      alert->suppressed = entry->kind == RN_ENTRY_SUPPRESSED;
      break;
    case RN_ENTRY_SHELVED:
    case RN_ENTRY_UNSHELVED:
      alert->shelved = entry->kind == RN_ENTRY_SHELVED;
      break;
    case RN_ENTRY_OUT_OF_SERVICE:
    case RN_ENTRY_IN_SERVICE:
      alert->out_of_service = entry->kind == RN_ENTRY_OUT_OF_SERVICE;
      break;
    case RN_ENTRY_ACKNOWLEDGED:
      answer (self, alert, entry);
      break;
    case RN_ENTRY_UNACKNOWLEDGED:
      ask_again (alert, entry->at_us);
      break;
    default:
      break;
    }
  if (entry->rings)
    ask_again (alert, entry->at_us);
  if (entry->person != NULL)
    alert->acted = TRUE;
}

/* ---- finding --------------------------------------------------------------------------------- */

static RnRuleLoad *
find_load (RnAlertFigures *self, const char *rule)
{
  RnRuleLoad *load = g_hash_table_lookup (self->loads, rule);

  if (load != NULL || g_hash_table_size (self->loads) >= MOST_RULES)
    return load;
  load = rn_rule_load_new (rule);
  g_hash_table_insert (self->loads, load->rule, load);
  return load;
}

static gboolean
is_done_with (gpointer key, gpointer value, gpointer data)
{
  const Followed *alert = value;
  const RnAlertFigures *self = data;

  return !alert->stands && !alert->opening && !alert->shelved && !alert->suppressed
         && !alert->out_of_service
         && self->last_us - alert->ended_us > chatter_window_us (alert->load);
}

/* Looks at all of them, so once a minute is enough. */
static void
make_room (RnAlertFigures *self)
{
  if (self->last_us >= self->swept_us && self->last_us - self->swept_us < SWEEP_US)
    return;
  self->swept_us = self->last_us;
  g_hash_table_foreach_remove (self->alerts, is_done_with, self);
}

/* NULL when there are too many to follow. */
static Followed *
find_alert (RnAlertFigures *self, const RnAlertEntry *entry)
{
  Followed *alert = g_hash_table_lookup (self->alerts, entry->key);
  g_autofree char *rule = NULL;
  RnRuleLoad *load;

  if (alert != NULL)
    return alert;
  rule = g_strndup (entry->key, strcspn (entry->key, " ")); /* "RULE KIND:SUBJECT" */
  if (g_hash_table_size (self->alerts) >= MOST_ALERTS)
    make_room (self);
  load = find_load (self, rule);
  if (load == NULL || g_hash_table_size (self->alerts) >= MOST_ALERTS)
    {
      self->overrun = TRUE;
      return NULL;
    }
  alert = g_new0 (Followed, 1);
  alert->load = load;
  alert->left_value = NAN;
  g_hash_table_insert (self->alerts, g_strdup (entry->key), alert);
  return alert;
}

/* ---- shift ----------------------------------------------------------------------------------- */

static void
reset_load (gpointer key, gpointer value, gpointer data)
{
  RnRuleLoad *load = value;
  RnRuleLoad fresh = { .rule = load->rule, .period_us = load->period_us };

  *load = fresh;
}

static void
begin_shift (RnAlertFigures *self, const RnAlertEntry *entry)
{
  GHashTableIter iter;
  gpointer alert;

  g_hash_table_foreach (self->loads, reset_load, NULL);
  g_hash_table_iter_init (&iter, self->alerts);
  while (g_hash_table_iter_next (&iter, NULL, &alert))
    ((Followed *) alert)->chattered = ((Followed *) alert)->went_stale = FALSE;
  g_free (self->shift);
  g_free (self->person);
  self->shift = g_strdup (entry->text);
  self->person = g_strdup (entry->person);
  self->from_us = entry->at_us;
  self->n_new = self->n_in_window = self->peak = 0;
  memset (self->n_new_by_tier, 0, sizeof self->n_new_by_tier);
  memset (self->seconds, 0, sizeof self->seconds);
  self->flood_us = 0;
  if (self->flood_since_us != 0)
    self->flood_since_us = entry->at_us;
  self->n_chattering = self->n_stale = self->n_fleeting = self->n_never = 0;
  self->n_acknowledged = 0;
  self->overrun = FALSE;
}

static void
take_of_seat (RnAlertFigures *self, const RnAlertEntry *entry)
{
  if (entry->kind == RN_ENTRY_SHIFT)
    begin_shift (self, entry);
  else if (entry->kind == RN_ENTRY_FLOOD_BEGAN && self->flood_since_us == 0)
    self->flood_since_us = MAX (entry->at_us, self->from_us);
  else if (entry->kind == RN_ENTRY_FLOOD_ENDED && self->flood_since_us != 0)
    {
      self->flood_us += MAX (entry->at_us - self->flood_since_us, 0);
      self->flood_since_us = 0;
    }
}

void
rn_alert_figures_take (RnAlertFigures *self, const RnAlertEntry *entry)
{
  if (entry->at_us != self->instant_us)
    settle (self);
  self->instant_us = entry->at_us;
  self->last_us = MAX (self->last_us, entry->at_us);
  if (entry->key == NULL || entry->kind >= RN_ENTRY_FLOOD_BEGAN)
    take_of_seat (self, entry);
  else
    {
      Followed *alert = find_alert (self, entry);

      if (alert != NULL)
        take_of_alert (self, alert, entry);
    }
}

/* ---- report ---------------------------------------------------------------------------------- */

static int
compare_loads (gconstpointer a, gconstpointer b)
{
  const RnRuleLoad *x = *(RnRuleLoad *const *) a, *y = *(RnRuleLoad *const *) b;
  guint u = rn_rule_load_weight (x), v = rn_rule_load_weight (y);

  if (u != v)
    return u > v ? -1 : 1;
  if (x->n_stale != y->n_stale)
    return x->n_stale > y->n_stale ? -1 : 1;
  return strcmp (x->rule, y->rule);
}

static void
report_rules (RnAlertFigures *self, const RnRuleSet *rules, RnAlertReport *report)
{
  g_autoptr (GPtrArray) loads = g_ptr_array_new ();
  double hours = (double) MAX (report->until_us - report->from_us, TEN_MIN_US) / (3600.0 * SECOND);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->loads);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (loads, value);
  g_ptr_array_sort (loads, compare_loads);
  for (guint i = 0; i < loads->len && report->n_rules < RN_ALERT_REPORT_RULES; i++)
    {
      const RnRuleLoad *load = loads->pdata[i];
      RnRuleFigures *figures = &report->rules[report->n_rules];

      if (rn_rule_load_weight (load) == 0 && load->n_stale == 0)
        break;
      *figures = (RnRuleFigures){
        .rule = g_strdup (load->rule),
        .n_new = load->n_new,
        .n_returned = load->n_returned,
        .n_chattering = load->n_chattering,
        .n_fleeting = load->n_fleeting,
        .n_stale = load->n_stale,
        .n_never = load->n_never,
        .mend = rn_rule_load_mend (
            load, rules != NULL ? rn_rule_set_find (rules, load->rule) : NULL, hours),
      };
      report->n_rules++;
    }
}

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return x < y ? -1 : x > y;
}

static void
report_answers (const RnAlertFigures *self, RnAlertReport *report)
{
  guint n = MIN (self->n_acknowledged, MOST_ANSWERS);
  g_autofree float *sorted = g_memdup2 (self->answers_s, n * sizeof *self->answers_s);

  report->n_acknowledged = self->n_acknowledged;
  report->acknowledge_median_s = report->acknowledge_p95_s = NAN;
  if (n == 0)
    return;
  qsort (sorted, n, sizeof *sorted, compare_floats);
  report->acknowledge_median_s =
      n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2.0;
  report->acknowledge_p95_s = sorted[(guint) ceil (0.95 * n) - 1];
}

static void
report_standing (RnAlertFigures *self, RnAlertReport *report)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->alerts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Followed *alert = value;

      check_stale (self, alert, report->until_us);
      if (!is_told (alert) || !alert->row)
        continue;
      report->n_standing++;
      report->n_asking += !alert->answered;
    }
}

static double
flood_share (const RnAlertFigures *self, gint64 now_us)
{
  gint64 flood_us = self->flood_us;
  gint64 whole_us = now_us - self->from_us;

  if (self->flood_since_us != 0)
    flood_us += MAX (now_us - self->flood_since_us, 0);
  return whole_us > 0 ? CLAMP ((double) flood_us / (double) whole_us, 0, 1) : 0;
}

RnAlertReport *
rn_alert_figures_dup_report (RnAlertFigures *self, const RnRuleSet *rules, gint64 now_us)
{
  RnAlertReport *report = g_new0 (RnAlertReport, 1);

  settle (self);
  advance_window (self, now_us);
  report->from_us = self->from_us;
  report->until_us = now_us;
  report->shift = g_strdup (self->shift);
  report->person = g_strdup (self->person);
  report->n_new = self->n_new;
  memcpy (report->n_new_by_tier, self->n_new_by_tier, sizeof self->n_new_by_tier);
  report->per_10_min =
      (double) self->n_new * TEN_MIN_US / (double) MAX (now_us - self->from_us, TEN_MIN_US);
  report->peak_per_10_min = self->peak;
  report->n_last_10_min = self->n_in_window;
  report->flood_share = flood_share (self, now_us);
  report_standing (self, report);
  report_answers (self, report);
  report->n_chattering = self->n_chattering;
  report->n_stale = self->n_stale;
  report->n_fleeting = self->n_fleeting;
  report->n_never = self->n_never;
  report->overrun = self->overrun;
  report_rules (self, rules, report);
  return report;
}

void
rn_alert_report_free (RnAlertReport *self)
{
  for (guint i = 0; i < self->n_rules; i++)
    g_free (self->rules[i].rule);
  g_free (self->shift);
  g_free (self->person);
  g_free (self);
}
