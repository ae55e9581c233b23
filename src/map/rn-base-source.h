/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference of the viewport: which zooms there are and that the world is 256 · 2^zoom pixels
 * wide. libshumate wants a map source for that before any layer. The picture of the embedded base
 * map itself is a tile layer at the exact zoom with the scene below: a map layer of libshumate
 * would show it stretched by up to two between its zooms, and one frame late. */
#pragma once

#include <shumate/shumate.h>

#include "carto/rn-theme.h"
#include "map/rn-scene.h"

#define RN_TYPE_BASE_SOURCE (rn_base_source_get_type ())
G_DECLARE_FINAL_TYPE (RnBaseSource, rn_base_source, RN, BASE_SOURCE, ShumateMapSource)

ShumateMapSource *rn_base_source_new (void);

/** The embedded base map in the colours of @theme, opaque. */
RnScene *rn_base_scene_new (RnThemeId theme);
