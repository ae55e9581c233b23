/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a window remembers from one start to the next, as a value: read from the settings, where
 * what is broken is told and left as at first, and written back where it differs. Pure but for the
 * settings. */
#pragma once

#include "carto/rn-colouring.h"
#include "ui/rn-layer-stack.h"
#include "ui/rn-view.h"

typedef struct {
  int width, height; /* while not maximised */
  gboolean maximized;
  gboolean left_open;
  int right_width;  /* px; 0: by the width of the window */
  char *tab;        /* "works" */
  RnViewPlace view; /* zoom 0: the whole network */
  guint layers;     /* 1 << RnLayerId */
  RnLayerStack stack;
  RnColouring colouring;
  GVariant *filters; /* "a{sv}" */
} RnWindowState;

/** @refused: strings are appended. Free with rn_window_state_clear(). */
void rn_window_state_read (RnWindowState *self, GSettings *settings, GPtrArray *refused);
void rn_window_state_write (const RnWindowState *self, GSettings *settings);
void rn_window_state_clear (RnWindowState *self);

/** Makes the size fit a monitor of @max_width × @max_height px, and large enough to be used. */
void rn_window_state_clamp (RnWindowState *self, int max_width, int max_height);

/** Whether a map of @width × @height px shows some of @extent there. */
gboolean
rn_window_state_view_touches (const RnViewPlace *view, int width, int height, const RnBox *extent);
