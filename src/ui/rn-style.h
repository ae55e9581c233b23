/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look of the program: resources, icons, and the style sheets that follow the colour scheme.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "carto/rn-theme.h"

#define RN_TYPE_STYLE (rn_style_get_type ())
G_DECLARE_FINAL_TYPE (RnStyle, rn_style, RN, STYLE, GObject)

/* Property: "theme" (RnThemeId, int, read only): the one now on the screen. */

/** The style of the default display, made at the first call: loads resources, icons and style
 *  sheets. GTK must be up; call it before the first widget of this room. Never freed. */
RnStyle *rn_style_get_default (void);

/** Dark or light from now on; RN_N_THEMES: as the desktop says. High contrast of the desktop wins
 *  over both; RN_THEME_HC forces it. */
void rn_style_set_wanted (RnStyle *self, RnThemeId wanted);
RnThemeId rn_style_get_theme (RnStyle *self);
