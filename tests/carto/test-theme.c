/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours: as the designers gave them, and their floors of contrast ("look", section "Traffic
 * states" and "Tiers"). */
#include "carto/rn-theme.h"

/* Contrast on land of states 1–5 and no data, as look.md prints it; state 1 of light is below 3 on
 * purpose. */
static const double STATE_CONTRAST[RN_N_THEMES][RN_N_STATES] = {
  { 4.9, 3.0, 6.2, 14.4, 6.6, 3.5 },
  { 4.3, 2.2, 3.6, 2.2, 4.2, 8.7 },
  { 8.0, 6.2, 13.2, 19.1, 9.1, 5.0 },
};

static void
test_states (void)
{
  for (guint t = 0; t < RN_N_THEMES; t++)
    {
      const RnTheme *theme = rn_theme_get ((RnThemeId) t);

      for (guint i = 0; i < RN_N_STATES; i++)
        g_assert_cmpfloat_with_epsilon (rn_colour_contrast (theme->state[i], theme->map.land),
                                        STATE_CONTRAST[t][i], 0.06);
    }
}

static void
test_text (void)
{
  for (guint t = 0; t < RN_N_THEMES; t++)
    {
      const RnTheme *theme = rn_theme_get ((RnThemeId) t);
      const RnThemeMap *map = &theme->map;

      g_assert_cmpfloat (rn_colour_contrast (map->city, map->land), >=, 8.0);
      g_assert_cmpfloat (rn_colour_contrast (map->town, map->land), >=, 4.5);
      g_assert_cmpfloat (rn_colour_contrast (map->province, map->land), >=, 3.7);
      g_assert_cmpfloat (rn_colour_contrast (map->water_label, map->water), >=, 4.5);
      g_assert_cmpfloat (rn_colour_contrast (theme->surface.window_fg, map->pill), >=, 4.5);
      g_assert_cmpfloat (rn_colour_contrast (theme->shield.text, theme->shield.body), >=, 4.5);
      for (guint i = 0; i <= 4; i++)
        g_assert_cmpfloat (rn_colour_contrast (theme->tier[i].fill, theme->tier[i].ink), >=, 4.5);
    }
}

static void
test_ramp_rises (void)
{
  for (guint t = 0; t < RN_N_THEMES; t++)
    {
      const RnThemeMap *map = &rn_theme_get ((RnThemeId) t)->map;

      for (guint i = 1; i < RN_N_RAMP; i++)
        g_assert_cmpfloat (rn_colour_contrast (map->ramp[i], map->land), >=,
                           1.3 * rn_colour_contrast (map->ramp[i - 1], map->land));
    }
}

static void
test_values (void)
{
  const RnTheme *dark = rn_theme_get (RN_THEME_DARK), *light = rn_theme_get (RN_THEME_LIGHT);

  g_assert_cmphex (dark->surface.window_bg, ==, 0x1b1f24);
  g_assert_cmphex (dark->map.land, ==, 0x14181c);
  g_assert_cmphex (dark->map.selection, ==, 0xc9b8ff);
  g_assert_cmphex (dark->tier[1].fill, ==, 0xe20d39);
  g_assert_false (dark->tier[3].has_outline);
  g_assert_true (light->tier[3].has_outline);
  g_assert_cmphex (light->tier[3].outline, ==, 0x6b5200);
  g_assert_cmphex (rn_theme_get (RN_THEME_HC)->state[5], ==, 0xe33b53);
  g_assert_cmpstr (light->word, ==, "light");
}

/* The embedded tokens are the designers' file, byte for byte. */
static void
test_as_designed (void)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  g_autofree char *path = g_build_filename (shared != NULL ? shared : "", "design", "look",
                                            "tokens.json", NULL);
  g_autofree char *own = g_build_filename (RN_SOURCE_DIR, "data", "carto", "tokens.json", NULL);
  g_autofree char *designed = NULL, *embedded = NULL;

  if (!g_file_get_contents (path, &designed, NULL, NULL))
    {
      g_test_skip ("the design folder is not there");
      return;
    }
  g_assert_true (g_file_get_contents (own, &embedded, NULL, NULL));
  g_assert_cmpstr (embedded, ==, designed);
}

static void
test_mix (void)
{
  g_assert_cmphex (rn_colour_mix (0x000000, 0xffffff, 0.5), ==, 0x808080);
  g_assert_cmphex (rn_colour_mix (0x102030, 0xff8000, 0.0), ==, 0x102030);
  g_assert_cmphex (rn_colour_mix (0x102030, 0xff8000, 1.0), ==, 0xff8000);
  g_assert_cmpfloat_with_epsilon (rn_colour_contrast (0x000000, 0xffffff), 21.0, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/carto/theme/states", test_states);
  g_test_add_func ("/carto/theme/text", test_text);
  g_test_add_func ("/carto/theme/ramp", test_ramp_rises);
  g_test_add_func ("/carto/theme/values", test_values);
  g_test_add_func ("/carto/theme/as-designed", test_as_designed);
  g_test_add_func ("/carto/theme/mix", test_mix);
  return g_test_run ();
}
