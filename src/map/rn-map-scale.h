/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scale bar: the longest round distance that fits, drawn in the colours of the map's theme. */
#pragma once

#include <gtk/gtk.h>

#include "carto/rn-theme.h"

#define RN_TYPE_MAP_SCALE (rn_map_scale_get_type ())
G_DECLARE_FINAL_TYPE (RnMapScale, rn_map_scale, RN, MAP_SCALE, GtkWidget)

GtkWidget *rn_map_scale_new (void);
void rn_map_scale_set_theme (RnMapScale *self, RnThemeId theme);
/** Ground metres of one pixel; 0 or less: nothing is drawn. */
void rn_map_scale_set_m_per_px (RnMapScale *self, double m_per_px);

/** The longest of 1, 2, 5 · 10ⁿ metres that is at most @most_m. */
double rn_map_scale_round_m (double most_m);
