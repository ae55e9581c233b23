/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map's symbols in full colour, drawn by cairo from embedded outlines into one picture a theme
 * and scale. No text: of clusters and pills the place for it is given. Atlases are constant once
 * made; make them in a worker. */
#pragma once

#include <cairo.h>

#include "carto/rn-placement.h"
#include "carto/rn-theme.h"
#include "model/rn-facility-state.h"
#include "model/rn-incident.h"
#include "model/rn-weather.h"

typedef enum {
  RN_SYMBOL_INCIDENT, /* subtype RnIncidentType */
  RN_SYMBOL_WORKS,
  RN_SYMBOL_FACILITY, /* subtype RnFacilityType; grey with tier 0, else filled with its tier */
  RN_SYMBOL_HAZARD,   /* subtype RnHazard: the round head of a pill */
  RN_SYMBOL_TIER,     /* subtype 1 … 4: the tier's own sign */
  RN_N_SYMBOL_KINDS
} RnSymbolKind;

typedef struct {
  RnSymbolKind kind;
  guint subtype;
  int tier;         /* 0 unknown, 1 … 4 */
  gboolean cluster; /* the form without glyph */
} RnSymbol;

/** Side of its square (diameter of its circle) in logical px, without badge: incident 26 (level IV
 *  and unknown 22), works 20, facility 17, hazard 20, tier 16. */
double rn_symbol_size_px (const RnSymbol *symbol);

typedef struct {
  int x, y, width, height;   /* in the atlas, device px */
  double anchor_x, anchor_y; /* from the cell's top left to the symbol's middle, logical px */
  double text_size_px;       /* clusters: height of digits of the count, centred on the anchor */
  guint32 ink;               /* colour of text on it */
} RnSymbolCell;

typedef struct _RnSymbolAtlas RnSymbolAtlas;
RnSymbolAtlas *rn_symbol_atlas_new (RnThemeId theme, double scale);
RnSymbolAtlas *rn_symbol_atlas_ref (RnSymbolAtlas *self);
void rn_symbol_atlas_unref (RnSymbolAtlas *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSymbolAtlas, rn_symbol_atlas_unref)

/** FALSE when there is no such symbol. */
gboolean
rn_symbol_atlas_lookup (const RnSymbolAtlas *self, const RnSymbol *symbol, RnSymbolCell *cell);
/** The whole picture, ARGB32 premultiplied; owned by the atlas. */
const guint32 *rn_symbol_atlas_pixels (const RnSymbolAtlas *self, int *width, int *height);
double rn_symbol_atlas_scale (const RnSymbolAtlas *self);
/** A copy of one cell's pixels, tightly packed (width × 4 bytes a row), for a texture of its
 *  own. */
GBytes *rn_symbol_atlas_cell_bytes (const RnSymbolAtlas *self, const RnSymbolCell *cell);

/** Draws one symbol with its middle at (0, 0) in logical px: for printing and previews. */
void rn_symbol_draw (cairo_t *cr, RnThemeId theme, const RnSymbol *symbol);

/** Draws a road shield of the given size with its top left at (0, 0), without text: 17 px high,
 *  radius 3, band 4.4. The text goes centred below the band. Nothing for RN_SHIELD_OTHER. */
void rn_symbol_draw_shield (cairo_t *cr, RnThemeId theme, RnShield shield, double width_px,
                            double height_px);

/** Draws a weather pill, 24 px high, with its head glyph; the value is written in the window ink
 *  from x = 27 on. Its width is 27 + text + 9. Top left at (0, 0). */
#define RN_PILL_HEIGHT_PX 24.0
#define RN_PILL_TEXT_X_PX 27.0
#define RN_PILL_END_PX 9.0
void rn_symbol_draw_pill (cairo_t *cr, RnThemeId theme, RnHazard hazard, int tier, double width_px);

/** Fills a glyph in its 16 × 16 box with the source of @cr. FALSE when there is none of that name:
 *  "incident-crash", "works", "weather-fog", "toll-plaza", "tier-1-shape" … */
gboolean rn_symbol_fill_glyph (cairo_t *cr, const char *name);
