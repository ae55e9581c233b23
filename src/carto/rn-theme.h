/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All colours of the three themes, read once from the embedded tokens. Constant after that, any
 * thread. Colours are 0xRRGGBB. */
#pragma once

#include "model/rn-state.h"

typedef enum { RN_THEME_DARK, RN_THEME_LIGHT, RN_THEME_HC, RN_N_THEMES } RnThemeId;

#define RN_N_RAMP 5

typedef struct {
  guint32 window_bg, headerbar_bg, view_bg, card_bg, raised, border, window_fg, dim_fg, faint_fg,
      accent, accent_bg, accent_fg, selected_bg, live, red_fg, orange_fg, yellow_fg, blue_fg, grid;
} RnThemeSurface;

typedef struct {
  guint32 land, water, boundary, city, town, province, water_label, halo, casing, no_data,
      selection, slow_edge, congested_core, severe_edge, severe_core;
  guint32 pill;            /* ground of pills that float over the map */
  guint32 ramp[RN_N_RAMP]; /* neutral, little … much: for what is neither good nor bad (flow) */
} RnThemeMap;

typedef struct {
  guint32 fill, ink, outline;
  gboolean has_outline;
} RnThemeTier;

typedef struct {
  guint32 body, text, edge, band[2]; /* band by RN_SHIELD_NATIONAL, RN_SHIELD_PROVINCIAL */
  double edge_opacity;
} RnThemeShield;

typedef struct {
  RnThemeId id;
  const char *word; /* "dark", "light", "hc" */
  RnThemeSurface surface;
  RnThemeMap map;
  guint32 state[RN_N_STATES]; /* [0]: no data */
  RnThemeTier tier[5];        /* [1] red … [4] blue; [0]: no tier known, neutral */
  struct {
    guint32 fill, ink;
  } works;
  struct {
    guint32 fill, ink, edge;
  } facility;
  RnThemeShield shield;
} RnTheme;

/** Never NULL; aborts when the embedded tokens are broken, which a test excludes. */
const RnTheme *rn_theme_get (RnThemeId id);

/** @a at @t = 0 … @b at @t = 1, each channel apart. */
guint32 rn_colour_mix (guint32 a, guint32 b, double t);

/** Contrast of two colours by WCAG 2.2, 1 … 21. */
double rn_colour_contrast (guint32 a, guint32 b);
