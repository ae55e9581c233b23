/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the symbols of design "look" by cairo and packs them into one picture. Sizes and colours
 * are those of its section "Lines, shields, symbols". An atlas is constant once made. */
#include "carto/rn-symbols.h"

#include <math.h>
#include <string.h>

#include "carto/rn-glyph.h"

#define N_TIERS 5                                  /* unknown, I … IV */
#define N_INCIDENT_FORMS (RN_N_INCIDENT_TYPES + 1) /* the last: cluster */
#define N_FACILITY_FORMS (RN_N_FACILITY_TYPES + 1)
#define FIRST_WORKS (N_TIERS * N_INCIDENT_FORMS)
#define FIRST_FACILITY (FIRST_WORKS + 2)
#define FIRST_HAZARD (FIRST_FACILITY + N_TIERS * N_FACILITY_FORMS)
#define FIRST_TIER (FIRST_HAZARD + N_TIERS * RN_N_HAZARDS)
#define N_CELLS (FIRST_TIER + 4)
#define ATLAS_WIDTH_PX 640

#define BADGE_SHARE 0.52 /* of the incident's side: 13 px of 26 with its outline */
#define GLYPH_SHARE 0.66 /* 17 px of 26 */

struct _RnSymbolAtlas {
  gatomicrefcount ref_count;
  double scale;
  int width, height;
  guint32 *pixels;
  RnSymbolCell cells[N_CELLS];
};

static void
set_colour (cairo_t *cr, guint32 colour, double alpha)
{
  cairo_set_source_rgba (cr, ((colour >> 16) & 255) / 255.0, ((colour >> 8) & 255) / 255.0,
                         (colour & 255) / 255.0, alpha);
}

static void
round_rect (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  double r = MIN (radius, MIN (width, height) / 2.0);

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI_2, 0.0);
  cairo_arc (cr, x + width - r, y + height - r, r, 0.0, G_PI_2);
  cairo_arc (cr, x + r, y + height - r, r, G_PI_2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3.0 * G_PI_2);
  cairo_close_path (cr);
}

/* ---- what a symbol is ---- */

static const char *
facility_glyph (guint subtype)
{
  static const char *const names[RN_N_FACILITY_TYPES] = {
    [RN_FACILITY_INTERCHANGE] = "interchange",
    [RN_FACILITY_TOLL_PLAZA] = "toll-plaza",
    [RN_FACILITY_SERVICE_AREA] = "service-area",
    [RN_FACILITY_BRIDGE] = "bridge",
    [RN_FACILITY_TUNNEL] = "tunnel",
    [RN_FACILITY_BORDER] = "border",
    [RN_FACILITY_WEATHER_STATION] = "weather-station",
    [RN_FACILITY_CAMERA] = "camera",
    [RN_FACILITY_SIGN] = "sign",
    [RN_FACILITY_CHECKPOINT] = "checkpoint",
  };

  return names[subtype];
}

static const char *
incident_glyph (guint subtype)
{
  static const char *const names[RN_N_INCIDENT_TYPES] = {
    [RN_INCIDENT_CRASH] = "incident-crash",
    [RN_INCIDENT_BREAKDOWN] = "incident-breakdown",
    [RN_INCIDENT_DEBRIS] = "incident-debris",
    [RN_INCIDENT_FIRE] = "incident-fire",
    [RN_INCIDENT_HAZMAT] = "incident-hazmat",
    [RN_INCIDENT_CONGESTION] = "incident-congestion",
    [RN_INCIDENT_WEATHER] = "incident-weather",
    [RN_INCIDENT_CLOSURE] = "incident-closure",
    [RN_INCIDENT_INFRASTRUCTURE] = "incident-infrastructure",
    [RN_INCIDENT_OTHER] = "incident-other",
  };

  return names[subtype];
}

static const char *
hazard_glyph (guint subtype)
{
  static const char *const names[RN_N_HAZARDS] = {
    [RN_HAZARD_FOG] = "weather-fog",   [RN_HAZARD_RAIN] = "weather-rain",
    [RN_HAZARD_SNOW] = "weather-snow", [RN_HAZARD_ICE] = "weather-ice",
    [RN_HAZARD_WIND] = "weather-wind", [RN_HAZARD_TYPHOON] = "weather-typhoon",
    [RN_HAZARD_HEAT] = "weather-heat",
  };

  return names[subtype];
}

/* Place of a symbol in the atlas, -1 for none. */
static int
cell_index (const RnSymbol *symbol)
{
  int tier = symbol->tier;
  guint subtype = symbol->subtype;

  if (tier < 0 || tier >= N_TIERS)
    return -1;
  switch (symbol->kind)
    {
    case RN_SYMBOL_INCIDENT:
      if (!symbol->cluster && subtype >= RN_N_INCIDENT_TYPES)
        return -1;
      subtype = symbol->cluster ? RN_N_INCIDENT_TYPES : subtype;
      return tier * N_INCIDENT_FORMS + (int) subtype;
    case RN_SYMBOL_WORKS:
      return FIRST_WORKS + (symbol->cluster ? 1 : 0);
    case RN_SYMBOL_FACILITY:
      if (!symbol->cluster && subtype >= RN_N_FACILITY_TYPES)
        return -1;
      subtype = symbol->cluster ? RN_N_FACILITY_TYPES : subtype;
      return FIRST_FACILITY + tier * N_FACILITY_FORMS + (int) subtype;
    case RN_SYMBOL_HAZARD:
      return subtype < RN_N_HAZARDS && !symbol->cluster
                 ? FIRST_HAZARD + tier * RN_N_HAZARDS + (int) subtype
                 : -1;
    case RN_SYMBOL_TIER:
      return subtype >= 1 && subtype <= 4 ? FIRST_TIER + (int) subtype - 1 : -1;
    case RN_N_SYMBOL_KINDS:
    default:
      return -1;
    }
}

static RnSymbol
symbol_of_cell (int index)
{
  RnSymbol s = { 0 };
  int at = index;

  if (index < FIRST_WORKS)
    s = (RnSymbol){ RN_SYMBOL_INCIDENT, at % N_INCIDENT_FORMS, at / N_INCIDENT_FORMS, FALSE };
  else if (index < FIRST_FACILITY)
    return (RnSymbol){ RN_SYMBOL_WORKS, 0, 0, index > FIRST_WORKS };
  else if (index < FIRST_HAZARD)
    {
      at = index - FIRST_FACILITY;
      s = (RnSymbol){ RN_SYMBOL_FACILITY, at % N_FACILITY_FORMS, at / N_FACILITY_FORMS, FALSE };
    }
  else if (index < FIRST_TIER)
    {
      at = index - FIRST_HAZARD;
      return (RnSymbol){ RN_SYMBOL_HAZARD, at % RN_N_HAZARDS, at / RN_N_HAZARDS, FALSE };
    }
  else
    return (RnSymbol){ RN_SYMBOL_TIER, index - FIRST_TIER + 1, index - FIRST_TIER + 1, FALSE };

  s.cluster =
      s.subtype
      == (s.kind == RN_SYMBOL_INCIDENT ? (guint) RN_N_INCIDENT_TYPES : (guint) RN_N_FACILITY_TYPES);
  s.subtype = s.cluster ? 0 : s.subtype;
  return s;
}

double
rn_symbol_size_px (const RnSymbol *symbol)
{
  switch (symbol->kind)
    {
    case RN_SYMBOL_INCIDENT:
      return symbol->tier >= 1 && symbol->tier <= 3 ? 26.0 : 22.0;
    case RN_SYMBOL_FACILITY:
      return 17.0;
    case RN_SYMBOL_TIER:
      return 16.0;
    case RN_SYMBOL_WORKS:
    case RN_SYMBOL_HAZARD:
    case RN_N_SYMBOL_KINDS:
    default:
      return 20.0;
    }
}

/* How far it reaches from its middle, outlines and badge included. */
static double
reach_px (const RnSymbol *symbol)
{
  double half = rn_symbol_size_px (symbol) / 2.0;

  if (symbol->kind == RN_SYMBOL_INCIDENT && symbol->tier > 0)
    return half + half * BADGE_SHARE + 3.0;
  return half + 3.0;
}

static guint32
ink_of (const RnSymbol *symbol, const RnTheme *theme)
{
  if (symbol->kind == RN_SYMBOL_WORKS)
    return theme->works.ink;
  if (symbol->kind == RN_SYMBOL_FACILITY && symbol->tier == 0)
    return theme->facility.ink;
  return theme->tier[CLAMP (symbol->tier, 0, 4)].ink;
}

/* ---- drawing ---- */

gboolean
rn_symbol_fill_glyph (cairo_t *cr, const char *name)
{
  gboolean even_odd = FALSE, found = FALSE;

  cairo_save (cr);
  cairo_new_path (cr);
  for (guint i = 0; rn_glyph_path (cr, name, i, &even_odd); i++)
    {
      cairo_set_fill_rule (cr, even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
      cairo_fill (cr);
      found = TRUE;
    }
  cairo_restore (cr);
  return found;
}

/* A glyph of @size px centred on (0, 0). */
static void
glyph_at_middle (cairo_t *cr, const char *name, double size, guint32 colour)
{
  cairo_save (cr);
  cairo_scale (cr, size / 16.0, size / 16.0);
  cairo_translate (cr, -8.0, -8.0);
  set_colour (cr, colour, 1.0);
  rn_symbol_fill_glyph (cr, name);
  cairo_restore (cr);
}

/* The sign of a tier in a box of @size px at (@x, @y); @halo: land-coloured rim, in 16ths. */
static void
draw_tier (cairo_t *cr, const RnTheme *theme, int tier, double x, double y, double size,
           double halo)
{
  char shape[] = "tier-0-shape", numeral[] = "tier-0-numeral";
  const RnThemeTier *look = &theme->tier[tier];
  gboolean even_odd;

  shape[5] = numeral[5] = (char) ('0' + tier);
  cairo_save (cr);
  cairo_translate (cr, x - size / 2.0, y - size / 2.0);
  cairo_scale (cr, size / 16.0, size / 16.0);
  cairo_new_path (cr);
  rn_glyph_path (cr, shape, 0, &even_odd);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (halo > 0.0)
    {
      set_colour (cr, theme->map.land, 1.0);
      cairo_set_line_width (cr, 2.0 * halo);
      cairo_stroke_preserve (cr);
    }
  set_colour (cr, look->fill, 1.0);
  cairo_fill_preserve (cr);
  if (look->has_outline)
    {
      set_colour (cr, look->outline, 1.0);
      cairo_set_line_width (cr, 1.0);
      cairo_stroke_preserve (cr);
    }
  cairo_new_path (cr);
  set_colour (cr, look->ink, 1.0);
  rn_symbol_fill_glyph (cr, numeral);
  cairo_restore (cr);
}

static void
draw_incident (cairo_t *cr, const RnTheme *theme, const RnSymbol *symbol)
{
  double size = rn_symbol_size_px (symbol), half = size / 2.0;
  const RnThemeTier *look = &theme->tier[symbol->tier];

  round_rect (cr, -half, -half, size, size, 6.0);
  set_colour (cr, theme->map.land, 1.0);
  cairo_set_line_width (cr, 3.2);
  cairo_stroke_preserve (cr);
  set_colour (cr, look->fill, 1.0);
  cairo_fill (cr);
  if (look->has_outline)
    {
      round_rect (cr, -half + 0.5, -half + 0.5, size - 1.0, size - 1.0, 5.5);
      set_colour (cr, look->outline, 1.0);
      cairo_set_line_width (cr, 1.0);
      cairo_stroke (cr);
    }
  if (!symbol->cluster)
    glyph_at_middle (cr, incident_glyph (symbol->subtype), size * GLYPH_SHARE, look->ink);
  if (symbol->tier > 0)
    draw_tier (cr, theme, symbol->tier, half, -half, size * BADGE_SHARE, 1.0);
}

static void
draw_works (cairo_t *cr, const RnTheme *theme, const RnSymbol *symbol)
{
  round_rect (cr, -10.0, -10.0, 20.0, 20.0, 4.0);
  set_colour (cr, theme->works.fill, 1.0);
  cairo_fill_preserve (cr);
  set_colour (cr, theme->works.ink, 1.0);
  cairo_set_line_width (cr, 1.3);
  cairo_stroke (cr);
  if (!symbol->cluster)
    glyph_at_middle (cr, "works", 20.0 * GLYPH_SHARE, theme->works.ink);
}

static void
draw_facility (cairo_t *cr, const RnTheme *theme, const RnSymbol *symbol)
{
  const RnThemeTier *look = &theme->tier[symbol->tier];
  gboolean exception = symbol->tier > 0;

  cairo_arc (cr, 0.0, 0.0, 8.5, 0.0, 2.0 * G_PI);
  set_colour (cr, exception ? look->fill : theme->facility.fill, 1.0);
  cairo_fill_preserve (cr);
  set_colour (cr, exception ? look->outline : theme->facility.edge, 1.0);
  cairo_set_line_width (cr, 1.0);
  cairo_stroke (cr);
  if (!symbol->cluster)
    glyph_at_middle (cr, facility_glyph (symbol->subtype), 17.0 * 0.62, ink_of (symbol, theme));
}

static void
draw_hazard (cairo_t *cr, const RnTheme *theme, const RnSymbol *symbol)
{
  cairo_arc (cr, 0.0, 0.0, 10.0, 0.0, 2.0 * G_PI);
  set_colour (cr, theme->tier[symbol->tier].fill, 1.0);
  cairo_fill (cr);
  glyph_at_middle (cr, hazard_glyph (symbol->subtype), 13.4, theme->tier[symbol->tier].ink);
}

void
rn_symbol_draw (cairo_t *cr, RnThemeId theme_id, const RnSymbol *symbol)
{
  const RnTheme *theme = rn_theme_get (theme_id);

  g_return_if_fail (cell_index (symbol) >= 0);
  cairo_save (cr);
  cairo_new_path (cr);
  switch (symbol->kind)
    {
    case RN_SYMBOL_INCIDENT:
      draw_incident (cr, theme, symbol);
      break;
    case RN_SYMBOL_WORKS:
      draw_works (cr, theme, symbol);
      break;
    case RN_SYMBOL_FACILITY:
      draw_facility (cr, theme, symbol);
      break;
    case RN_SYMBOL_HAZARD:
      draw_hazard (cr, theme, symbol);
      break;
    case RN_SYMBOL_TIER:
      draw_tier (cr, theme, (int) symbol->subtype, 0.0, 0.0, 16.0, 0.0);
      break;
    case RN_N_SYMBOL_KINDS:
    default:
      break;
    }
  cairo_restore (cr);
}

void
rn_symbol_draw_shield (cairo_t *cr, RnThemeId theme_id, RnShield shield, double width_px,
                       double height_px)
{
  const RnThemeShield *look = &rn_theme_get (theme_id)->shield;
  double unit = height_px / 17.0;

  if (shield != RN_SHIELD_NATIONAL && shield != RN_SHIELD_PROVINCIAL)
    return;
  cairo_save (cr);
  round_rect (cr, 0.0, 0.0, width_px, height_px, 3.0 * unit);
  set_colour (cr, look->body, 1.0);
  cairo_fill (cr);
  cairo_save (cr);
  cairo_rectangle (cr, 0.0, 0.0, width_px, 4.4 * unit);
  cairo_clip (cr);
  round_rect (cr, 0.0, 0.0, width_px, height_px, 3.0 * unit);
  set_colour (cr, look->band[shield], 1.0);
  cairo_fill (cr);
  cairo_restore (cr);
  round_rect (cr, 0.4 * unit, 0.4 * unit, width_px - 0.8 * unit, height_px - 0.8 * unit,
              2.6 * unit);
  set_colour (cr, look->edge, look->edge_opacity);
  cairo_set_line_width (cr, 0.8 * unit);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
rn_symbol_draw_pill (cairo_t *cr, RnThemeId theme_id, RnHazard hazard, int tier, double width_px)
{
  const RnTheme *theme = rn_theme_get (theme_id);
  RnSymbol head = { RN_SYMBOL_HAZARD, hazard, CLAMP (tier, 0, 4), FALSE };

  cairo_save (cr);
  round_rect (cr, 0.8, 0.8, width_px - 1.6, RN_PILL_HEIGHT_PX - 1.6, RN_PILL_HEIGHT_PX);
  set_colour (cr, theme->map.pill, 1.0);
  cairo_fill_preserve (cr);
  set_colour (cr, theme->tier[head.tier].fill, 1.0);
  cairo_set_line_width (cr, 1.6);
  cairo_stroke (cr);
  cairo_translate (cr, RN_PILL_HEIGHT_PX / 2.0, RN_PILL_HEIGHT_PX / 2.0);
  draw_hazard (cr, theme, &head);
  cairo_restore (cr);
}

/* ---- atlas ---- */

/* Lays the cells out in shelves; returns the height. */
static int
pack (RnSymbolAtlas *self, const RnTheme *theme)
{
  int x = 0, y = 0, shelf = 0;

  self->width = (int) ceil (ATLAS_WIDTH_PX * self->scale);
  for (int i = 0; i < N_CELLS; i++)
    {
      RnSymbol symbol = symbol_of_cell (i);
      RnSymbolCell *cell = &self->cells[i];
      int side = (int) ceil (2.0 * reach_px (&symbol) * self->scale);

      if (x + side > self->width)
        {
          x = 0;
          y += shelf;
          shelf = 0;
        }
      *cell = (RnSymbolCell){ .x = x,
                              .y = y,
                              .width = side,
                              .height = side,
                              .anchor_x = side / self->scale / 2.0,
                              .anchor_y = side / self->scale / 2.0,
                              .text_size_px = rn_symbol_size_px (&symbol) * 0.5,
                              .ink = ink_of (&symbol, theme) };
      x += side;
      shelf = MAX (shelf, side);
    }
  return y + shelf;
}

RnSymbolAtlas *
rn_symbol_atlas_new (RnThemeId theme, double scale)
{
  RnSymbolAtlas *self = g_new0 (RnSymbolAtlas, 1);
  cairo_surface_t *surface;
  cairo_t *cr;

  g_atomic_ref_count_init (&self->ref_count);
  self->scale = scale > 0.0 ? scale : 1.0;
  self->height = pack (self, rn_theme_get (theme));
  self->pixels = g_new0 (guint32, (gsize) self->width * self->height);
  surface =
      cairo_image_surface_create_for_data ((unsigned char *) self->pixels, CAIRO_FORMAT_ARGB32,
                                           self->width, self->height, self->width * 4);
  cr = cairo_create (surface);
  for (int i = 0; i < N_CELLS; i++)
    {
      const RnSymbolCell *cell = &self->cells[i];
      RnSymbol symbol = symbol_of_cell (i);

      cairo_save (cr);
      cairo_translate (cr, cell->x, cell->y);
      cairo_scale (cr, self->scale, self->scale);
      cairo_translate (cr, cell->anchor_x, cell->anchor_y);
      rn_symbol_draw (cr, theme, &symbol);
      cairo_restore (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return self;
}

RnSymbolAtlas *
rn_symbol_atlas_ref (RnSymbolAtlas *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rn_symbol_atlas_unref (RnSymbolAtlas *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->pixels);
  g_free (self);
}

gboolean
rn_symbol_atlas_lookup (const RnSymbolAtlas *self, const RnSymbol *symbol, RnSymbolCell *cell)
{
  int index = cell_index (symbol);

  if (index < 0)
    return FALSE;
  *cell = self->cells[index];
  return TRUE;
}

const guint32 *
rn_symbol_atlas_pixels (const RnSymbolAtlas *self, int *width, int *height)
{
  *width = self->width;
  *height = self->height;
  return self->pixels;
}

double
rn_symbol_atlas_scale (const RnSymbolAtlas *self)
{
  return self->scale;
}

GBytes *
rn_symbol_atlas_cell_bytes (const RnSymbolAtlas *self, const RnSymbolCell *cell)
{
  gsize row = (gsize) cell->width * sizeof (guint32);
  guint8 *copy = g_malloc (row * cell->height);

  for (int y = 0; y < cell->height; y++)
    memcpy (copy + y * row, self->pixels + (gsize) (cell->y + y) * self->width + cell->x, row);
  return g_bytes_new_take (copy, row * cell->height);
}
