/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of bands: bounds, looks, order, lengths. */
#include <math.h>
#include <string.h>

#include "carto/rn-colouring.h"
#include "networks.h"

static void
test_bounds (void)
{
  static const struct {
    RnColouring colouring;
    double value;
    guint8 band;
  } rows[] = {
    { RN_COLOURING_STATE, 1, 1 },          { RN_COLOURING_STATE, 5, 5 },
    { RN_COLOURING_STATE, 0, 0 },          { RN_COLOURING_LOS, 6, 6 },
    { RN_COLOURING_LOS, 1, 1 },            { RN_COLOURING_SPEED_RATIO, 1.2, 1 },
    { RN_COLOURING_SPEED_RATIO, 0.75, 1 }, { RN_COLOURING_SPEED_RATIO, 0.7499, 2 },
    { RN_COLOURING_SPEED_RATIO, 0.60, 2 }, { RN_COLOURING_SPEED_RATIO, 0.45, 3 },
    { RN_COLOURING_SPEED_RATIO, 0.25, 4 }, { RN_COLOURING_SPEED_RATIO, 0.2499, 5 },
    { RN_COLOURING_SPEED_RATIO, 0.0, 5 },  { RN_COLOURING_FLOW, 0, 1 },
    { RN_COLOURING_FLOW, 499, 1 },         { RN_COLOURING_FLOW, 500, 2 },
    { RN_COLOURING_FLOW, 9000, 5 },        { RN_COLOURING_DENSITY, 10.9, 1 },
    { RN_COLOURING_DENSITY, 28, 5 },       { RN_COLOURING_OCCUPANCY, 15, 4 },
    { RN_COLOURING_OCCUPANCY, 100, 5 },    { RN_COLOURING_FLOW, -1, 0 },
    { RN_COLOURING_DENSITY, INFINITY, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (rn_colouring_class (rows[i].colouring, rows[i].value), ==, rows[i].band);
  for (guint c = 0; c < RN_N_COLOURINGS; c++)
    g_assert_cmpuint (rn_colouring_class ((RnColouring) c, NAN), ==, 0);
}

static void
test_tables (void)
{
  for (guint c = 0; c < RN_N_COLOURINGS; c++)
    {
      guint n, m;
      const RnBand *bands = rn_colouring_bands ((RnColouring) c, &n);
      const RnLineStyle *styles = rn_colouring_styles ((RnColouring) c, RN_THEME_DARK, &m);
      RnColouring back;

      g_assert_cmpuint (n, ==, m);
      g_assert_cmpuint (n, <=, RN_MAX_BANDS);
      g_assert_cmpstr (bands[0].label, ==, "–");
      g_assert_cmpint (styles[0].pattern, ==, RN_PATTERN_DOTTED);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpstr (bands[i].title, !=, "");
          g_assert_cmpuint (strlen (bands[i].style_class), ==, 2);
          g_assert_true ((i == 0) == (*bands[i].range == '\0'));
          g_assert_cmpuint (styles[i].order, <, RN_N_ORDERS);
          g_assert_cmpfloat (styles[i].width_factor, <=, 2.0); /* rn_levels_hit() counts on it */
        }
      /* the worse, the wider and the later; no two alike */
      for (guint i = 2; i < n; i++)
        {
          g_assert_cmpfloat (styles[i].width_factor, >=, styles[i - 1].width_factor);
          g_assert_cmpuint (styles[i].order, >=, styles[i - 1].order);
          g_assert_true (styles[i].colour != styles[i - 1].colour ||
                         styles[i].pattern != styles[i - 1].pattern);
        }
      g_assert_true (rn_colouring_from_word (rn_colouring_word ((RnColouring) c), &back));
      g_assert_cmpint (back, ==, c);
      g_assert_cmpstr (rn_colouring_title ((RnColouring) c), !=, "");
    }
  g_assert_false (rn_colouring_from_word ("mood", &(RnColouring){ 0 }));
}

/* The table of "look": width, pattern and edge of each state. */
static void
test_states_as_designed (void)
{
  static const float widths[] = { 0.9f, 1.0f, 1.0f, 1.35f, 1.65f, 2.0f };

  for (guint t = 0; t < RN_N_THEMES; t++)
    {
      const RnTheme *theme = rn_theme_get ((RnThemeId) t);
      const RnLineStyle *s = rn_colouring_styles (RN_COLOURING_STATE, (RnThemeId) t, NULL);
      double on, off;

      for (guint i = 0; i < RN_N_STATES; i++)
        {
          g_assert_cmphex (s[i].colour, ==, theme->state[i]);
          g_assert_cmpfloat (s[i].width_factor, ==, widths[i]);
        }
      g_assert_cmphex (s[3].edge, ==, theme->map.slow_edge);
      g_assert_cmpint (s[4].pattern, ==, RN_PATTERN_CORE_DASH);
      g_assert_cmphex (s[4].core, ==, theme->map.congested_core);
      g_assert_cmpint (s[5].pattern, ==, RN_PATTERN_SEVERE);
      g_assert_cmphex (s[5].edge, ==, theme->map.severe_edge);
      g_assert_cmpfloat (s[5].edge_px, ==, 1.1f);
      g_assert_true (rn_line_dash (s[5].pattern, &on, &off));
      g_assert_cmpfloat (on, ==, 2.2);
      g_assert_cmpfloat (off, ==, 3.4);
      g_assert_false (rn_line_dash (s[1].pattern, &on, &off));
    }
}

static void
test_ranges (void)
{
  guint n;
  const RnBand *bands = rn_colouring_bands (RN_COLOURING_SPEED_RATIO, &n);

  g_assert_cmpstr (bands[1].range, ==, "≥ 0.75");
  g_assert_cmpstr (bands[2].range, ==, "0.60–0.75");
  g_assert_cmpstr (bands[5].range, ==, "< 0.25");
  bands = rn_colouring_bands (RN_COLOURING_LOS, &n);
  g_assert_cmpstr (bands[1].range, ==, "v/C ≤ 0.35");
  g_assert_cmpstr (bands[6].range, ==, "v/C > 1.00");
  bands = rn_colouring_bands (RN_COLOURING_FLOW, &n);
  g_assert_cmpstr (bands[3].range, ==, "1,500–3,000 veh/h");
  bands = rn_colouring_bands (RN_COLOURING_OCCUPANCY, &n);
  g_assert_cmpstr (bands[5].range, ==, "≥ 20 %");
}

/* A frame by hand: only what the colourings read. */
static void
test_classify (void)
{
  const char *lines[] = { "120 32, 120.1 32", "120.1 32, 120.2 32", "120.2 32, 120.3 32" };
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, lines, 3);
  const float flow[] = { 400.0f, 2000.0f, NAN }, speed[] = { 100.0f, 30.0f, NAN };
  const float occupancy[] = { 3.0f, 30.0f, NAN }, effective[] = { 120.0f, 120.0f, 120.0f };
  const guint8 state[] = { 1, 4, 0 }, los[] = { 2, 6, 0 };
  RnFrame frame = { .network = network, .flow_vph = flow, .speed_kmh = speed,
                    .occupancy_pct = occupancy, .effective_speed_kmh = effective, .state = state,
                    .los = los };
  static const guint8 expected[RN_N_COLOURINGS][3] = {
    { 1, 4, 0 }, { 1, 4, 0 }, { 2, 6, 0 }, { 1, 3, 0 }, { 1, 5, 0 }, { 1, 5, 0 },
  };
  double km[RN_MAX_BANDS];

  for (guint c = 0; c < RN_N_COLOURINGS; c++)
    {
      guint8 classes[3];

      rn_colouring_classify ((RnColouring) c, &frame, classes);
      g_assert_cmpmem (classes, 3, expected[c], 3);
    }
  rn_colouring_lengths_km (network, state, km);
  g_assert_cmpfloat_with_epsilon (km[1], network->length_m[0] / 1000.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (km[0] + km[1] + km[4],
                                  (network->length_m[0] + network->length_m[1] +
                                   network->length_m[2]) / 1000.0, 1e-4);
  g_assert_cmpfloat (km[5], ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/carto/colouring/bounds", test_bounds);
  g_test_add_func ("/carto/colouring/tables", test_tables);
  g_test_add_func ("/carto/colouring/states", test_states_as_designed);
  g_test_add_func ("/carto/colouring/ranges", test_ranges);
  g_test_add_func ("/carto/colouring/classify", test_classify);
  return g_test_run ();
}
