/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The capabilities of a WMTS as rn-wmts-document.c reads them; private to rn-wmts. */
#pragma once

#include "map/rn-wmts.h"

typedef struct {
  char *id;
  double scale_denominator, corner[2];
  int tile_width, tile_height;
} RnWmtsMatrix;

typedef struct {
  char *id, *crs;
  GPtrArray *matrices; /* RnWmtsMatrix */
} RnWmtsSet;

typedef struct {
  char *matrix;
  int min_row, max_row, min_col, max_col;
} RnWmtsLimits;

typedef struct {
  char *set;
  GPtrArray *limits; /* RnWmtsLimits */
} RnWmtsLink;

typedef struct {
  RnWmtsLayer parent;
  char *style; /* the default one; "" none */
  gboolean style_is_default;
  GPtrArray *formats; /* char* */
  GPtrArray *links;   /* RnWmtsLink */
} RnWmtsLayerEntry;

struct _RnWmts {
  GPtrArray *layers; /* RnWmtsLayerEntry */
  GPtrArray *sets;   /* RnWmtsSet */
  char *provider;
  char *get_tile; /* where tiles are asked for by key and value; "" not said */
  gboolean has_rest, rest_only;
};

/** Says of each layer whether it can be shown. */
void rn_wmts_find_usable (RnWmts *self);
