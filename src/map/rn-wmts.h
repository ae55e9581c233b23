/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a WMTS 1.0.0 service offers, read from its capabilities, and the addresses of its tiles by
 * key-value pairs (OGC 07-057r7). Only matrix sets in Web Mercator whose levels halve the world
 * count (GoogleMapsCompatible and its like, whatever their levels are called). Pure; any thread. */
#pragma once

#include <gio/gio.h>

#include "map/rn-raster-spec.h"

typedef struct _RnWmts RnWmts;

typedef struct {
  char *id, *title;
  gboolean usable; /* has a matrix set and a format that can be shown */
} RnWmtsLayer;

/* A choice of layer, matrix set, style and format. */
typedef struct _RnWmtsTiles RnWmtsTiles;

/** The address that the capabilities of @location are asked at. Caller frees. */
char *rn_wmts_dup_capabilities_uri (const char *location);

/** NULL with G_IO_ERROR_INVALID_DATA: no capabilities of a WMTS, with place and cause. */
RnWmts *rn_wmts_parse (GBytes *bytes, GError **error);
void rn_wmts_free (RnWmts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnWmts, rn_wmts_free)

guint rn_wmts_n_layers (const RnWmts *self);
const RnWmtsLayer *rn_wmts_get_layer (const RnWmts *self, guint i);
const char *rn_wmts_get_provider (const RnWmts *self); /* "" none */

/** What @spec asks for, with the service's own choice where it says nothing. NULL with an error
 *  that names the field and what there would be. */
RnWmtsTiles *rn_wmts_choose (const RnWmts *self, const RnRasterSpec *spec, GError **error);
void rn_wmts_tiles_free (RnWmtsTiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnWmtsTiles, rn_wmts_tiles_free)

int rn_wmts_tiles_min_zoom (const RnWmtsTiles *self);
int rn_wmts_tiles_max_zoom (const RnWmtsTiles *self);
int rn_wmts_tiles_px (const RnWmtsTiles *self); /* 256 or 512, of the matrix set */
/** NULL: the service has no tile there. Caller frees. */
char *rn_wmts_tiles_dup_uri (const RnWmtsTiles *self, int z, int x, int y);
