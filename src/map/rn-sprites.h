/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small pictures that stand on the map unscaled: names, shields, symbols, pills. Each is drawn once
 * and kept as a texture as long as it is used. Used by one thread at a time (RN_JOB_TEXT), for it
 * has to do with fonts. */
#pragma once

#include <gtk/gtk.h>

#include "carto/rn-symbols.h"

typedef struct {
  GdkTexture *texture;
  double x, y;                    /* of its top left from its anchor, logical px */
  double width, height;           /* of the texture */
  double text_width, text_height; /* of what must not be covered (names: without halo) */
} RnSprite;

typedef struct {
  double size_px;
  gboolean bold, italic;
  double spacing_px; /* between letters */
  guint32 colour, halo;
} RnTextStyle;

typedef struct _RnSprites RnSprites;

/** @scale: device pixels a pixel, of the pictures. @text_scale: by which names, shields and pills
 *  are larger than designed; symbols are not. @language: BCP-47 tag, for the forms of Chinese
 *  glyphs. */
RnSprites *rn_sprites_new (RnThemeId theme, int scale, double text_scale, const char *language);
void rn_sprites_free (RnSprites *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSprites, rn_sprites_free)

/** A name with its halo; the anchor is the top left of the text without halo. All sprites are
 *  owned by the cache and stay until two more rn_sprites_end_round() without use. */
const RnSprite *rn_sprites_name (RnSprites *self, const char *text, const RnTextStyle *style);
/** The dot of a place; the anchor is its middle. */
const RnSprite *rn_sprites_dot (RnSprites *self, double radius_px, guint32 colour, guint32 halo);
/** How high shields are and how wide that of @ref is, logical px; remembered. */
double rn_sprites_shield_height_px (const RnSprites *self);
double rn_sprites_shield_width_px (RnSprites *self, const char *ref);
/** A road shield; the anchor is its top left. NULL for RN_SHIELD_OTHER. */
const RnSprite *rn_sprites_shield (RnSprites *self, RnShield shield, const char *ref);
/** A symbol, with a count when it is a cluster; the anchor is its middle. NULL: no such symbol. */
const RnSprite *rn_sprites_symbol (RnSprites *self, const RnSymbol *symbol, guint count);
/** A weather pill; the anchor is its middle. */
const RnSprite *rn_sprites_pill (RnSprites *self, RnHazard hazard, int tier, const char *text);

/** Forgets what has not been asked for in this round and the one before; symbols stay longer. */
void rn_sprites_end_round (RnSprites *self);
