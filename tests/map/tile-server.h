/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tile server on the loopback, for tests: XYZ, TMS and WMTS of the same made-up world, whose tiles
 * say by their colour which they are; and all that may go wrong with one. */
#pragma once

#include <libsoup/soup.h>

#include "map/rn-raster-image.h"

typedef enum {
  TILE_SERVER_GOOD,
  TILE_SERVER_404,
  TILE_SERVER_500,
  TILE_SERVER_BUSY,      /* 503, Retry-After: 30 */
  TILE_SERVER_TRUNCATED, /* half a picture */
  TILE_SERVER_HTML,      /* 200, a page */
  TILE_SERVER_BOMB,      /* a picture of 50,000 × 50,000 */
  TILE_SERVER_REDIRECT,  /* to plain http elsewhere */
  TILE_SERVER_SILENT,    /* never answers */
} TileServerMode;

typedef struct {
  SoupServer *server;
  char *base; /* "http://127.0.0.1:PORT" */
  TileServerMode mode;
  int bad_z, bad_x, bad_y; /* where mode applies; bad_z −1: everywhere */
  const char *etag;        /* NULL none */
  const char *cache_control;
  guint8 alpha;  /* of tiles under /labels/ */
  guint n_tiles; /* answered with a picture */
  guint n_not_modified, n_requests, n_open, max_open;
  GPtrArray *paused;  /* messages that wait for ever */
  char *capabilities; /* of the WMTS; NULL: 404 */
  char *last_query;
} TileServer;

TileServer *tile_server_new (void);
void tile_server_free (TileServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TileServer, tile_server_free)

/** The colour of a tile, 0xffRRGGBB: column, row, level. */
guint32 tile_server_colour (int z, int x, int y);
/** A picture of one colour (0xAARRGGBB, not premultiplied) or, with @ramp, red by column and green by
 *  row of its pixels; @type "png" or "jpeg". */
GBytes *tile_server_picture (guint32 colour, int side, gboolean ramp, const char *type);
/** A PNG that says to be as large and holds nothing. */
GBytes *tile_server_bomb (guint width, guint height);
