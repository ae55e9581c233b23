/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One raster map over the embedded base map, as a person names it: where its tiles are, how they
 * are counted, in which system of coordinates they lie and whom they belong to. A plain value; the
 * same in the settings (key "base-maps") and on the command line. Any thread. */
#pragma once

#include <gio/gio.h>

#include "base/rn-geodesy.h"

typedef enum {
  RN_RASTER_XYZ,     /* an address with {z} {x} {y}, rows counted from the north */
  RN_RASTER_TMS,     /* the same with rows counted from the south, or just a folder of them */
  RN_RASTER_WMTS,    /* the address of a service that answers GetCapabilities (KVP) */
  RN_RASTER_MBTILES, /* a file */
  RN_N_RASTER_KINDS
} RnRasterKind;

#define RN_RASTER_MAX_ZOOM 24
#define RN_RASTER_MIN_OPACITY 0.1
/* A slight veil, so that sections stay readable on a busy picture. */
#define RN_RASTER_DEFAULT_OPACITY 0.7

typedef struct {
  RnRasterKind kind;
  char *location;      /* address, template or file name */
  char *name;          /* "" gives a name by the location */
  char *licence;       /* shown beside the map; "": what the source says of itself */
  RnCrs crs;           /* WGS-84 or GCJ-02 */
  double opacity;      /* 0.1 … 1 */
  gboolean enabled;    /* shown */
  gboolean allow_http; /* plain http beyond this machine */
  int min_zoom;        /* levels that the source has, 0 … 24; narrowed by what it says itself */
  int max_zoom;
  int tile_px;      /* side of a tile in logical pixels, 256 or 512 */
  char *subdomains; /* for {s}: letters "abc" or words "t0,t1"; "" none */
  char *layer;      /* WMTS; "": its first that can be shown */
  char *matrix_set; /* WMTS; "": the first of the layer in Web Mercator */
  char *style;      /* WMTS; "": the default one */
  char *format;     /* WMTS; "": png, else jpeg, else webp */
} RnRasterSpec;

/** All defaults; text fields are "". */
RnRasterSpec *rn_raster_spec_new (RnRasterKind kind, const char *location);
RnRasterSpec *rn_raster_spec_copy (const RnRasterSpec *self);
void rn_raster_spec_free (RnRasterSpec *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRasterSpec, rn_raster_spec_free)

gboolean rn_raster_spec_equal (const RnRasterSpec *a, const RnRasterSpec *b);
/** Whether both draw from the same tiles: all but name, licence, opacity and being shown. */
gboolean rn_raster_spec_same_tiles (const RnRasterSpec *a, const RnRasterSpec *b);

/** FALSE and G_IO_ERROR_INVALID_ARGUMENT "FIELD: what is wrong" when it cannot be shown. */
gboolean rn_raster_spec_check (const RnRasterSpec *self, GError **error);

/** An a{sv} of the settings; floating. Fields that say the default are left out. */
GVariant *rn_raster_spec_to_variant (const RnRasterSpec *self);
/** The same back, checked. NULL with an error that names the field. */
RnRasterSpec *rn_raster_spec_from_variant (GVariant *value, GError **error);

/** "KIND[:OPTION,…]=WHERE" with options gcj02, wgs84, http, 256, 512, opacity:N, min:N, max:N,
 *  name:TEXT, licence:TEXT, subdomains:TEXT, layer:ID, set:ID, style:ID and format:TYPE. */
RnRasterSpec *rn_raster_spec_parse (const char *text, GError **error);

/** Its name, or a name made of its location that tells nothing secret. Caller frees. */
char *rn_raster_spec_dup_name (const RnRasterSpec *self);

/** "xyz", "tms", "wmts", "mbtiles". */
const char *rn_raster_kind_word (RnRasterKind kind);
gboolean rn_raster_kind_parse (const char *word, RnRasterKind *kind);

/** The address of a tile of an XYZ or TMS source; @y counts from the north. Caller frees. */
char *rn_raster_spec_dup_tile_uri (const RnRasterSpec *self, int z, int x, int y);
