/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of roadnet as a plain value. Pure but for rn_options_language(), which looks at
 * nothing but its arguments either. */
#pragma once

#include "carto/rn-theme.h"
#include "feed/rn-source.h"
#include "map/rn-raster-spec.h"
#include "model/rn-subject.h"

typedef struct {
  gboolean version, demo;
  GPtrArray *sources;   /* RnSourceSpec */
  GPtrArray *base_maps; /* RnRasterSpec, from below; empty: as in the settings */
  char *snapshot;       /* file name, NULL none */
  gint64 after_us;
  char *history; /* folder, "off", or NULL: as usual */
  gboolean has_view;
  double lon, lat, zoom;
  gboolean has_theme;
  RnThemeId theme;   /* RN_N_THEMES: as the desktop says */
  int width, height; /* 0: not given */
  RnSubject *select; /* NULL none */
} RnOptions;

/** The value of --lang in @argv, or NULL: needed before the other options can complain in the right
 *  language. Borrowed. */
const char *rn_options_language (int argc, char **argv);

/** Parses @argv; NULL with an error whose message says what is wrong with which option. --help
 *  prints and exits with 0. */
RnOptions *rn_options_parse (int argc, char **argv, GError **error);
void rn_options_free (RnOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnOptions, rn_options_free)

/** Whether this start must not be handed to a program that runs already. */
gboolean rn_options_want_own_process (const RnOptions *self);
