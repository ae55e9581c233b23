/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The detector as tables: a series goes in, findings come out. */
#include "detector-help.h"

/* ---- series -------------------------------------------------------------------------------- */

/* Words of a series, 60 s apart: a number is the speed ratio of the section, "-" no row, "=" a frame
 * without a new sample, "~" nothing but the tick, "+600" so many seconds pass first, "<600" the
 * clock goes back first, "f" and "l" a frozen and a lost feed with the last value. */
static char *
run_words (RnDetector *detector, HelpWorld *world, char **words)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (RnFinding));
  guint at = 0;

  for (; *words != NULL; words++)
    {
      char c = **words;

      if (c == '+' || c == '<')
        {
          gint64 by_us = atoi (*words + 1) * S;

          world->at_us += c == '+' ? by_us : -by_us;
          world->now_us += by_us;
          continue;
        }
      world->lacking[0] = c == '-';
      world->state = c == 'f' ? RN_FEED_FROZEN : c == 'l' ? RN_FEED_LOST : RN_FEED_LIVE;
      if (g_ascii_isdigit (c))
        world->speed[0] = g_ascii_strtod (*words, NULL) * 120;
      world->offset_s[0] = c == '=' ? world->offset_s[0] + 60 : 0;
      if (c == '~')
        world->now_us += 60 * S;
      else
        help_world_next (world, 60);
      g_array_set_size (findings, 0);
      rn_detector_step (detector, world->frame, world->now_us, findings);
      for (guint i = 0; i < findings->len; i++)
        {
          g_string_append_printf (out, "%s%u", out->len > 0 ? " " : "", at);
          help_say (out, &g_array_index (findings, RnFinding, i));
        }
      at++;
    }
  return g_string_free (out, FALSE);
}

static RnRule *
jam_rule (void)
{
  RnRule *rule = help_rule ("jam", RN_METRIC_SPEED_RATIO);

  help_tier (rule, 3, 0.45, 0.55, 120, 180);
  help_tier (rule, 2, 0.25, 0.35, 60, 180);
  return rule;
}

static RnRule *
quick_rule (void)
{
  RnRule *rule = help_rule ("quick", RN_METRIC_SPEED_RATIO);

  help_tier (rule, 3, 0.45, 0.55, 0, 0);
  return rule;
}

static RnRule *
counting_rule (void)
{
  RnRule *rule = quick_rule ();

  rule->tiers[3].count = 3;
  rule->tiers[3].window_us = 300 * S;
  return rule;
}

static RnRule *
twice_rule (void)
{
  RnRule *rule = quick_rule ();

  rule->tiers[3].count = 2;
  return rule;
}

static RnRule *
alerting_rule (void)
{
  RnRule *rule = jam_rule ();

  rule->no_data = RN_NO_DATA_ALERT;
  return rule;
}

static RnRule *
calming_rule (void)
{
  RnRule *rule = jam_rule ();

  rule->no_data = RN_NO_DATA_NORMAL;
  return rule;
}

static const struct {
  const char *name;
  RnRule *(*rule) (void);
  const char *series, *expected;
} cases[] = {
  { "calm", jam_rule, "0.9 0.8 0.6 0.56", "" },
  { "for", jam_rule, "0.9 0.4 0.4 0.4 0.4", "3A3" },
  { "for-interrupted", jam_rule, "0.4 0.4 0.5 0.4 0.4 0.9", "" },
  { "enter-exactly", jam_rule, "0.45 0.45 0.45", "2A3" },
  { "between", jam_rule, "0.4 0.4 0.4 0.5 0.5 0.5 0.5 0.5", "2A3" },
  { "keep", jam_rule, "0.4 0.4 0.4 0.6 0.6 0.6 0.6 0.6", "2A3 3R3 6N" },
  { "keep-interrupted", jam_rule, "0.4 0.4 0.4 0.6 0.6 0.5 0.6 0.6 0.6 0.6",
    "2A3 3R3 5A3 6R3 9N" },
  { "entered-again", jam_rule, "0.4 0.4 0.4 0.6 0.4 0.4", "2A3 3R3 4A3" },
  { "worse", jam_rule, "0.4 0.4 0.4 0.2 0.2 0.2", "2A3 4A2" },
  { "directly-worse", jam_rule, "0.2 0.2 0.2", "1A2" },
  { "better", jam_rule, "0.2 0.2 0.2 0.4 0.4 0.4 0.4", "1A2 6A3" },
  { "both-out", jam_rule, "0.2 0.2 0.2 0.9 0.9 0.9 0.9", "1A2 3R2 6N" },
  { "quick", quick_rule, "0.9 0.4 0.9 0.4", "1A3 2N 3A3" },
  { "reused-frames", jam_rule, "0.4 = = = = 0.4 0.4", "" },
  { "reused-frames-then", jam_rule, "0.4 0.4 = 0.4", "3A3" },
  { "ticks", jam_rule, "0.4 ~ ~ ~ ~ 0.4 0.4", "6A3" },
  { "gap-restarts", jam_rule, "0.4 0.4 +600 0.4 0.4 0.4", "4A3" },
  { "gap-of-two-polls", jam_rule, "0.4 +60 0.4 0.4", "1A3" },
  { "gap-while-keeping", jam_rule, "0.4 0.4 0.4 0.6 +600 0.6 0.6 0.6 0.6", "2A3 3R3 7N" },
  { "n-of-m", counting_rule, "0.4 0.9 0.4 0.9 0.4 0.9", "4A3 5N" },
  { "n-of-m-too-far", counting_rule, "0.4 0.9 0.9 0.9 0.4 0.9 0.4 0.9", "" },
  { "n-in-a-row", twice_rule, "0.4 0.9 0.4 0.4 0.9", "3A3 4N" },
  { "missing-once", jam_rule, "0.4 0.4 0.4 - 0.4 0.4", "2A3 3A3:m 4A3" },
  { "missing-while-pending", jam_rule, "0.4 - 0.4 0.4", "2A3" },
  { "missing-long-is-lost", jam_rule, "0.4 0.4 0.4 - - - - - 0.4", "2A3 3A3:m 6A3:l 8A3" },
  { "missing-then-calm", jam_rule, "0.4 0.4 0.4 - - - - - 0.9 0.9 0.9 0.9",
    "2A3 3A3:m 6A3:l 8R3 11N" },
  { "missing-raises-nothing", jam_rule, "0.9 - - - - - - 0.9", "" },
  { "missing-alerts", alerting_rule, "0.9 - - - - - 0.9 0.9 0.9 0.9", "4A3:l 6R3 9N" },
  { "missing-alerts-not-once", alerting_rule, "0.9 - 0.9 - 0.9", "" },
  { "missing-calms", calming_rule, "0.4 0.4 0.4 - - - - -", "2A3 3A3:m 6N" },
  { "frozen-holds", jam_rule, "0.4 0.4 0.4 f f f f f 0.4", "2A3 3A3:f 6A3:l 8A3" },
  { "frozen-raises-nothing", jam_rule, "0.4 f f f f f f", "" },
  { "lost-holds", jam_rule, "0.4 0.4 0.4 l l 0.4", "2A3 3A3:l 5A3" },
  { "back-fires-nothing", quick_rule, "0.9 0.9 <7200 0.4", "" },
  { "back-then-fires", quick_rule, "0.9 0.9 <7200 0.4 0.4", "3A3" },
  { "back-keeps", jam_rule, "0.4 0.4 0.4 <7200 0.6 0.6 0.6 0.6", "2A3 3R3 6N" },
  { "standing-still", jam_rule, "0 0 0 0", "1A2" },
};

static void
test_case (gconstpointer data)
{
  guint c = GPOINTER_TO_UINT (data);
  HelpWorld world;
  g_autoptr (RnDetector) detector = help_detector (cases[c].rule ());
  g_auto (GStrv) words = g_strsplit (cases[c].series, " ", -1);
  g_autofree char *found = NULL;

  help_world_init (&world, fixture_road ("t", 1));
  found = run_words (detector, &world, words);
  g_assert_cmpstr (found, ==, cases[c].expected);
  help_world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *path = g_strdup_printf ("/detector/series/%s", cases[c].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (c), test_case);
    }
  return g_test_run ();
}
