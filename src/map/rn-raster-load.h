/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that is got from a server and kept on disk: a tile, or the capabilities of a service.
 * First the disk, then, where it lacks it or it has grown old, the server in turn. Bytes become a
 * value in a worker. Main thread but for that. */
#pragma once

#include "map/rn-raster-hub.h"

typedef struct _RnRasterLoad RnRasterLoad;

/** Bytes → value, in a worker; NULL with an error: they are no good and are not kept. */
typedef gpointer (*RnRasterReadFunc) (GBytes *bytes, GError **error);

typedef enum {
  RN_RASTER_LOAD_OLD,      /* from disk; the server is being asked whether it has changed */
  RN_RASTER_LOAD_KEPT,     /* from disk, and that is all */
  RN_RASTER_LOAD_ANSWERED, /* the server has answered */
  RN_RASTER_LOAD_FAILED
} RnRasterLoadState;

/** @value: taken by the callee; NULL: none, or unchanged since RN_RASTER_LOAD_OLD. After that state
 *  alone the load goes on, else it is gone. @error: of RN_RASTER_LOAD_FAILED; RN_NET_ERROR, what
 *  the reader said, or G_IO_ERROR_NOT_CONNECTED where the server was not to be asked. */
typedef void (*RnRasterLoadFunc) (gpointer value, RnRasterLoadState state, const GError *error,
                                  gpointer user_data);

typedef struct {
  const char *uri, *key; /* key: on disk; must not tell secrets */
  const char *accept;    /* kinds of content */
  gboolean allow_http;
  gboolean offline; /* only what the disk has */
  gsize max_bytes;
  double rank; /* lowest first */
  RnRasterReadFunc read;
  GDestroyNotify free_value;
} RnRasterLoadRequest;

RnRasterLoad *rn_raster_load_start (RnRasterHub *hub, const RnRasterLoadRequest *request,
                                    RnRasterLoadFunc func, gpointer user_data);
/** Ends it without a word and clears the pointer; NULL in it is fine. */
void rn_raster_load_cancel (RnRasterLoad **load);
/** From now on the server is not to be asked. FALSE: it is past the disk; cancel it instead. */
gboolean rn_raster_load_stay_offline (RnRasterLoad *self);
