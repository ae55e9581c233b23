/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One raster map in the preferences: what it is, and how it is shown. Main thread. */
#pragma once

#include <adwaita.h>

#include "map/rn-raster-spec.h"

#define RN_TYPE_BASE_MAP_ROW (rn_base_map_row_get_type ())
G_DECLARE_FINAL_TYPE (RnBaseMapRow, rn_base_map_row, RN, BASE_MAP_ROW, AdwActionRow)

/* Signals:
 *  "changed" (): its switch or opacity; see rn_base_map_row_get_spec().
 *  "moved"   (int by): +1 above the next one, −1 below the one before.
 *  "removed" (). */

GtkWidget *rn_base_map_row_new (const RnRasterSpec *spec);
const RnRasterSpec *rn_base_map_row_get_spec (RnBaseMapRow *self);
/** Whether there is one above and one below it. */
void rn_base_map_row_set_place (RnBaseMapRow *self, gboolean has_above, gboolean has_below);
