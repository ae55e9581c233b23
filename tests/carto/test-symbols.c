/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The atlas: every symbol is there, drawn in its theme's colours, and none runs into another. */
#include <cairo.h>
#include <math.h>

#include "carto/rn-symbols.h"

static guint
count_colour (GBytes *bytes, guint32 colour)
{
  gsize size;
  const guint32 *pixels = g_bytes_get_data (bytes, &size);
  guint n = 0;

  for (gsize i = 0; i < size / 4; i++)
    n += pixels[i] == (0xff000000u | colour);
  return n;
}

static guint32
pixel_at (GBytes *bytes, const RnSymbolCell *cell, int x, int y)
{
  const guint32 *pixels = g_bytes_get_data (bytes, NULL);

  return pixels[y * cell->width + x];
}

/* Fill and ink of the cell are as the theme says, and its rim is clear. */
static void
check_cell (const RnSymbolAtlas *atlas, const RnSymbol *symbol, guint32 fill, guint32 ink,
            gboolean glyph)
{
  RnSymbolCell cell;
  g_autoptr (GBytes) bytes = NULL;
  double scale = rn_symbol_atlas_scale (atlas);

  g_assert_true (rn_symbol_atlas_lookup (atlas, symbol, &cell));
  g_assert_cmphex (cell.ink, ==, ink);
  g_assert_cmpfloat (cell.anchor_x * scale, <=, cell.width);
  g_assert_cmpfloat (rn_symbol_size_px (symbol) * scale, <=, cell.width);
  bytes = rn_symbol_atlas_cell_bytes (atlas, &cell);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, (gsize) cell.width * cell.height * 4);
  g_assert_cmpuint (count_colour (bytes, fill), >, 20 * scale);
  if (glyph && scale > 1.0) /* smaller, thin strokes never have the full ink */
    g_assert_cmpuint (count_colour (bytes, ink), >=, 12);
  for (int i = 0; i < cell.width; i++)
    {
      g_assert_cmpuint (pixel_at (bytes, &cell, i, 0) >> 24, <, 40);
      g_assert_cmpuint (pixel_at (bytes, &cell, i, cell.height - 1) >> 24, <, 40);
      g_assert_cmpuint (pixel_at (bytes, &cell, 0, i) >> 24, <, 40);
      g_assert_cmpuint (pixel_at (bytes, &cell, cell.width - 1, i) >> 24, <, 40);
    }
}

static void
check_atlas (RnThemeId id, double scale)
{
  g_autoptr (RnSymbolAtlas) atlas = rn_symbol_atlas_new (id, scale);
  const RnTheme *theme = rn_theme_get (id);

  for (int tier = 0; tier <= 4; tier++)
    {
      const RnThemeTier *look = &theme->tier[tier];

      for (guint i = 0; i < RN_N_INCIDENT_TYPES; i++)
        check_cell (atlas, &(RnSymbol){ RN_SYMBOL_INCIDENT, i, tier, FALSE }, look->fill, look->ink,
                    TRUE);
      check_cell (atlas, &(RnSymbol){ RN_SYMBOL_INCIDENT, 0, tier, TRUE }, look->fill, look->ink,
                  FALSE);
      for (guint i = 0; i < RN_N_FACILITY_TYPES; i++)
        check_cell (atlas, &(RnSymbol){ RN_SYMBOL_FACILITY, i, tier, FALSE },
                    tier > 0 ? look->fill : theme->facility.fill,
                    tier > 0 ? look->ink : theme->facility.ink, TRUE);
      for (guint i = 0; i < RN_N_HAZARDS; i++)
        check_cell (atlas, &(RnSymbol){ RN_SYMBOL_HAZARD, i, tier, FALSE }, look->fill, look->ink,
                    TRUE);
      if (tier > 0)
        check_cell (atlas, &(RnSymbol){ RN_SYMBOL_TIER, (guint) tier, tier, FALSE }, look->fill,
                    look->ink, TRUE);
    }
  check_cell (atlas, &(RnSymbol){ RN_SYMBOL_WORKS, 0, 0, FALSE }, theme->works.fill,
              theme->works.ink, TRUE);
  check_cell (atlas, &(RnSymbol){ RN_SYMBOL_WORKS, 0, 0, TRUE }, theme->works.fill,
              theme->works.ink, FALSE);
}

static void
test_all (void)
{
  for (guint t = 0; t < RN_N_THEMES; t++)
    {
      check_atlas ((RnThemeId) t, 1.0);
      check_atlas ((RnThemeId) t, 2.0);
    }
}

/* Two glyphs never look the same: each type's cell differs from every other's. */
static void
test_different (void)
{
  g_autoptr (RnSymbolAtlas) atlas = rn_symbol_atlas_new (RN_THEME_DARK, 1.0);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                                       (GDestroyNotify) g_bytes_unref, NULL);
  const struct {
    RnSymbolKind kind;
    guint n;
  } kinds[] = { { RN_SYMBOL_INCIDENT, RN_N_INCIDENT_TYPES },
                { RN_SYMBOL_FACILITY, RN_N_FACILITY_TYPES },
                { RN_SYMBOL_HAZARD, RN_N_HAZARDS } };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < kinds[k].n; i++)
      for (int tier = 1; tier <= 4; tier++)
        {
          RnSymbol symbol = { kinds[k].kind, i, tier, FALSE };
          RnSymbolCell cell;

          g_assert_true (rn_symbol_atlas_lookup (atlas, &symbol, &cell));
          g_assert_true (g_hash_table_add (seen, rn_symbol_atlas_cell_bytes (atlas, &cell)));
        }
}

static void
test_unknown (void)
{
  g_autoptr (RnSymbolAtlas) atlas = rn_symbol_atlas_new (RN_THEME_DARK, 1.0);
  const RnSymbol none[] = {
    { RN_SYMBOL_INCIDENT, RN_N_INCIDENT_TYPES, 1, FALSE },
    { RN_SYMBOL_FACILITY, RN_N_FACILITY_TYPES, 0, FALSE },
    { RN_SYMBOL_HAZARD, 0, 1, TRUE },
    { RN_SYMBOL_INCIDENT, 0, 5, FALSE },
    { RN_SYMBOL_INCIDENT, 0, -1, FALSE },
    { RN_SYMBOL_TIER, 0, 0, FALSE },
    { RN_N_SYMBOL_KINDS, 0, 0, FALSE },
  };
  RnSymbolCell cell;

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_false (rn_symbol_atlas_lookup (atlas, &none[i], &cell));
}

static void
test_shield (void)
{
  const RnThemeShield *look = &rn_theme_get (RN_THEME_LIGHT)->shield;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 40, 17);
  cairo_t *cr = cairo_create (surface);
  const guint32 *pixels;

  rn_symbol_draw_shield (cr, RN_THEME_LIGHT, RN_SHIELD_OTHER, 40.0, 17.0);
  cairo_surface_flush (surface);
  pixels = (const guint32 *) (const void *) cairo_image_surface_get_data (surface);
  g_assert_cmphex (pixels[8 * 40 + 20], ==, 0);
  rn_symbol_draw_shield (cr, RN_THEME_LIGHT, RN_SHIELD_NATIONAL, 40.0, 17.0);
  cairo_surface_flush (surface);
  g_assert_cmphex (pixels[2 * 40 + 20], ==, 0xff000000u | look->band[RN_SHIELD_NATIONAL]);
  g_assert_cmphex (pixels[10 * 40 + 20], ==, 0xff000000u | look->body);
  g_assert_cmphex (pixels[0] >> 24, <, 128); /* round corner */
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_glyphs (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 16, 16);
  cairo_t *cr = cairo_create (surface);

  g_assert_true (rn_symbol_fill_glyph (cr, "weather-station"));
  g_assert_false (rn_symbol_fill_glyph (cr, "no such"));
  for (int i = 0; rn_incident_type_words ()[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("incident-", rn_incident_type_words ()[i], NULL);

      g_assert_true (rn_symbol_fill_glyph (cr, name));
    }
  for (int i = 0; rn_hazard_words ()[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("weather-", rn_hazard_words ()[i], NULL);

      g_assert_true (rn_symbol_fill_glyph (cr, name));
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/carto/symbols/all", test_all);
  g_test_add_func ("/carto/symbols/different", test_different);
  g_test_add_func ("/carto/symbols/unknown", test_unknown);
  g_test_add_func ("/carto/symbols/shield", test_shield);
  g_test_add_func ("/carto/symbols/glyphs", test_glyphs);
  return g_test_run ();
}
