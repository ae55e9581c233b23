/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random series: the detector against a slow and obvious one that judges each sample by looking
 * back over all of them; findings that alternate legally; the same again gives the same, also when
 * rules and networks are replaced by equal ones on the way; and what does not change allocates
 * nothing. */
#include "detector-help.h"

#define N 6
#define STEPS 250
#define SEEDS 60

/* ---- the obvious one ----------------------------------------------------------------------- */

typedef struct {
  gint64 at_us;
  double value;
  gboolean may_enter;
} Past;

typedef struct {
  GArray *past;                     /* Past: all samples */
  gboolean latched[RN_N_TIERS];
  guint since[RN_N_TIERS];          /* index of the first sample after the tier last changed */
} Obvious;

#define PAST(self, i) (&g_array_index ((self)->past, Past, i))

/* Time from sample @from to @to that counts: gaps over 3 P do not. */
static gint64
counted_us (const Obvious *self, guint from, guint to, gint64 poll_us)
{
  gint64 sum_us = 0;

  for (guint i = from + 1; i <= to; i++)
    {
      gint64 step_us = PAST (self, i)->at_us - PAST (self, i - 1)->at_us;

      sum_us += step_us > 3 * poll_us ? 0 : step_us;
    }
  return sum_us;
}

static gboolean
is_bad (const Past *past, const RnRuleTier *tier)
{
  return past->may_enter && past->value <= tier->enter;
}

/* The last sample ends an unbroken row of bad ones that is long enough. */
static gboolean
enters_by_time (const Obvious *self, const RnRuleTier *tier, guint since, gint64 poll_us)
{
  guint last = self->past->len - 1, first = last;

  if (!is_bad (PAST (self, last), tier))
    return FALSE;
  while (first > since && is_bad (PAST (self, first - 1), tier)
         && PAST (self, first)->at_us - PAST (self, first - 1)->at_us <= 3 * poll_us)
    first--;
  return PAST (self, last)->at_us - PAST (self, first)->at_us >= tier->for_us;
}

/* Enough bad ones lie within the window before the last sample, itself bad, with no gap between. */
static gboolean
enters_by_count (const Obvious *self, const RnRuleTier *tier, guint since, gint64 poll_us)
{
  guint last = self->past->len - 1, n = 0;

  if (!is_bad (PAST (self, last), tier))
    return FALSE;
  for (guint i = last;; i--)
    {
      if (PAST (self, last)->at_us - PAST (self, i)->at_us > tier->window_us)
        break;
      n += is_bad (PAST (self, i), tier);
      if (i == since || PAST (self, i)->at_us - PAST (self, i - 1)->at_us > 3 * poll_us)
        break;
    }
  return n >= tier->count;
}

static gboolean
leaves (const Obvious *self, const RnRuleTier *tier, guint since, gint64 poll_us)
{
  guint last = self->past->len - 1, first = last;

  if (PAST (self, last)->value <= tier->exit)
    return FALSE;
  while (first > since && PAST (self, first - 1)->value > tier->exit)
    first--;
  return counted_us (self, first, last, poll_us) >= tier->keep_us;
}

static void
obvious_take (Obvious *self, const RnRule *rule, Past past, gint64 poll_us)
{
  g_array_append_val (self->past, past);
  for (int t = 1; t < RN_N_TIERS; t++)
    {
      const RnRuleTier *tier = &rule->tiers[t];
      gboolean changes;

      if (!tier->on)
        continue;
      if (self->latched[t])
        changes = leaves (self, tier, self->since[t], poll_us);
      else if (tier->count > 0)
        changes = enters_by_count (self, tier, self->since[t], poll_us);
      else
        changes = enters_by_time (self, tier, self->since[t], poll_us);
      if (!changes)
        continue;
      self->latched[t] = !self->latched[t];
      self->since[t] = self->past->len;
    }
}

static int
obvious_tier (const Obvious *self)
{
  for (int t = 1; t < RN_N_TIERS; t++)
    if (self->latched[t])
      return t;
  return 0;
}

static RnCondition
obvious_condition (const Obvious *self, const RnRule *rule)
{
  if (obvious_tier (self) == 0)
    return RN_CONDITION_NORMAL;
  for (int t = 1; t < RN_N_TIERS; t++)
    if (self->latched[t]
        && PAST (self, self->past->len - 1)->value <= rule->tiers[t].exit)
      return RN_CONDITION_ACTIVE;
  return RN_CONDITION_RECOVERING;
}

/* ---- random rules and weather of traffic --------------------------------------------------- */

static RnRule *
random_rule (GRand *random)
{
  RnRule *rule = help_rule ("random", RN_METRIC_SPEED_RATIO);
  double enter = 0.6;

  for (int t = 4; t > 0; t--)
    {
      enter -= g_rand_double_range (random, 0.02, 0.12);
      if (t > 1 && g_rand_int_range (random, 0, 4) == 0)
        continue;
      help_tier (rule, t, enter, enter + g_rand_double_range (random, 0.01, 0.2),
                 60 * g_rand_int_range (random, 0, 5), 60 * g_rand_int_range (random, 0, 5));
      if (g_rand_int_range (random, 0, 3) > 0)
        continue;
      rule->tiers[t].count = g_rand_int_range (random, 2, 5);
      rule->tiers[t].window_us = 60 * S * g_rand_int_range (random, 2, 9);
      rule->tiers[t].for_us = 0;
    }
  rule->hold_max_us = 86400 * S;
  help_guard (rule, RN_METRIC_FLOW_VPH_LANE, 60, NAN);
  return rule;
}

static void
drift (HelpWorld *world, GRand *random)
{
  for (guint i = 0; i < N; i++)
    {
      double by = g_rand_double_range (random, -25, 25);

      world->speed[i] = CLAMP (world->speed[i] + by, 18, 118);
      world->flow[i] = g_rand_int_range (random, 0, 6) == 0 ? 90 : 3000;
      world->lacking[i] = g_rand_int_range (random, 0, 15) == 0;
    }
}

/* ---- comparing ----------------------------------------------------------------------------- */

typedef struct {
  RnCondition condition;
  int tier;
} Known;

static void
follow (Known *known, const GArray *findings, const RnFrame *frame)
{
  for (guint f = 0; f < findings->len; f++)
    {
      const RnFinding *finding = &g_array_index (findings, RnFinding, f);
      Known *at = &known[finding->index];

      g_assert_cmpstr (finding->key, ==, frame->network->key[finding->index]);
      g_assert_cmpint (finding->condition, !=, RN_CONDITION_PENDING);
      g_assert_false (finding->gone);
      if (finding->condition == RN_CONDITION_NORMAL)
        {
          g_assert_cmpint (at->condition, !=, RN_CONDITION_NORMAL);
          g_assert_cmpint (finding->tier, ==, 0);
        }
      else
        g_assert_cmpint (finding->tier, >, 0);
      /* What begins, begins as active; and a tier that worsens does it while active. */
      if (at->condition == RN_CONDITION_NORMAL || rn_tier_is_worse (finding->tier, at->tier))
        g_assert_true (finding->condition == RN_CONDITION_ACTIVE
                       || finding->condition == RN_CONDITION_NORMAL);
      *at = (Known){ finding->condition, finding->tier };
    }
}

static void
compare (const Known *known, const Obvious *obvious, const RnRule *rule, guint seed, guint step)
{
  for (guint i = 0; i < N; i++)
    if (known[i].condition != obvious_condition (&obvious[i], rule)
        || known[i].tier != obvious_tier (&obvious[i]))
      g_error ("seed %u, step %u, section %u: condition %d, tier %d, but should be %d, %d", seed,
               step, i, known[i].condition, known[i].tier, obvious_condition (&obvious[i], rule),
               obvious_tier (&obvious[i]));
}

static void
take_samples (Obvious *obvious, const HelpWorld *world, const RnRule *rule)
{
  for (guint i = 0; i < N; i++)
    if (!world->lacking[i])
      obvious_take (&obvious[i], rule,
                    (Past){ world->at_us, rn_frame_speed_ratio (world->frame, i),
                            world->flow[i] > 180 },
                    world->poll_us);
}

static void
assert_same (const GArray *a, const GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const RnFinding *x = &g_array_index (a, RnFinding, i), *y = &g_array_index (b, RnFinding, i);

      g_assert_cmpstr (x->key, ==, y->key);
      g_assert_cmpint (x->condition, ==, y->condition);
      g_assert_cmpint (x->tier, ==, y->tier);
      g_assert_cmpint (x->quality, ==, y->quality);
      g_assert_cmpuint (x->n_samples, ==, y->n_samples);
      g_assert_true (x->at_us == y->at_us);
    }
}

/* Rules and networks that are equal but not the same change nothing. */
static void
disturb (RnDetector *detector, HelpWorld *world, GRand *random)
{
  if (g_rand_int_range (random, 0, 10) == 0)
    rn_detector_set_rules (detector, rn_detector_get_rules (detector));
  if (g_rand_int_range (random, 0, 10) == 0)
    {
      rn_network_unref (world->network);
      world->network = fixture_road ("t", N / 2);
    }
}

static void
run_seed (guint seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (RnFinding));
  g_autoptr (GArray) again = g_array_new (FALSE, FALSE, sizeof (RnFinding));
  RnRule *rule = random_rule (random);
  g_autoptr (RnDetector) detector = help_detector (rn_rule_ref (rule));
  g_autoptr (RnDetector) other = help_detector (rn_rule_ref (rule));
  HelpWorld world;
  Known known[N] = { 0 };
  Obvious obvious[N] = { 0 };

  help_world_init (&world, fixture_road ("t", N / 2));
  for (guint i = 0; i < N; i++)
    obvious[i].past = g_array_new (FALSE, FALSE, sizeof (Past));
  for (guint step = 0; step < STEPS; step++)
    {
      static const int steps_s[] = { 60, 60, 60, 60, 60, 60, 120, 180, 240, 900 };

      drift (&world, random);
      disturb (other, &world, random);
      help_world_next (&world, steps_s[g_rand_int_range (random, 0, G_N_ELEMENTS (steps_s))]);
      g_array_set_size (findings, 0);
      g_array_set_size (again, 0);
      rn_detector_step (detector, world.frame, world.now_us, findings);
      rn_detector_step (other, world.frame, world.now_us, again);
      assert_same (findings, again);
      follow (known, findings, world.frame);
      take_samples (obvious, &world, rule);
      compare (known, obvious, rule, seed, step);
    }
  for (guint i = 0; i < N; i++)
    g_array_unref (obvious[i].past);
  rn_rule_unref (rule);
  help_world_clear (&world);
}

static void
test_random (void)
{
  for (guint seed = 1; seed <= SEEDS; seed++)
    run_seed (seed);
}

/* ---- memory -------------------------------------------------------------------------------- */

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *old, size_t size);

static guint64 n_allocations;

void *
malloc (size_t size)
{
  n_allocations++;
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  n_allocations++;
  return __libc_calloc (n, size);
}

void *
realloc (void *old, size_t size)
{
  n_allocations++;
  return __libc_realloc (old, size);
}

static void
test_memory (void)
{
  RnRule *rule = help_rule ("jam", RN_METRIC_SPEED_RATIO);
  g_autoptr (GArray) findings = g_array_sized_new (FALSE, FALSE, sizeof (RnFinding), 64);
  g_autoptr (RnDetector) detector = NULL;
  HelpWorld world;
  guint64 before;

  help_tier (rule, 3, 0.45, 0.55, 120, 180);
  help_guard (rule, RN_METRIC_FLOW_VPH_LANE, 60, NAN);
  detector = help_detector (rule);
  help_world_init (&world, fixture_road ("t", N / 2));
  world.speed[0] = world.speed[1] = 30; /* active */
  world.speed[2] = 30;                  /* held by its guard */
  world.flow[2] = 60;
  world.speed[3] = 60; /* between both limits */
  for (guint step = 0; step < 20; step++)
    {
      world.lacking[4] = step > 3;
      help_world_next (&world, 60);
      before = n_allocations;
      rn_detector_step (detector, world.frame, world.now_us, findings);
      rn_detector_step (detector, world.frame, world.now_us + S, findings);
      if (step > 3)
        g_assert_cmpuint (n_allocations, ==, before);
      else if (step == 0) /* the counter counts */
        g_assert_cmpuint (n_allocations, >, before);
    }
  g_assert_cmpuint (findings->len, ==, 2);
  help_world_clear (&world);
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/detector/random", test_random);
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
  g_test_add_func ("/detector/memory", test_memory);
#endif
  return g_test_run ();
}
