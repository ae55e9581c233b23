/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tiles that came, on disk: one SQLite file of bounded size, the longest unused leave first. It
 * only spares asking again, so a damaged file is thrown away and begun anew. All calls wait for the
 * disk: workers only; any number of them at a time, and of programs. */
#pragma once

#include <glib.h>

#define RN_RASTER_CACHE_MAX_BYTES ((gint64) 512 << 20)

typedef struct _RnRasterCache RnRasterCache;

typedef struct {
  GBytes *body;
  char *etag, *modified; /* as the server said; NULL none */
  gint64 fresh_until_us; /* Unix µs; after that the server is asked whether it has changed */
} RnRasterCached;

void rn_raster_cached_clear (RnRasterCached *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RnRasterCached, rn_raster_cached_clear)

/** Keeps its file in @folder, which is made at the first use. Touches no disk itself. */
RnRasterCache *rn_raster_cache_new (const char *folder, gint64 max_bytes);
RnRasterCache *rn_raster_cache_ref (RnRasterCache *self);
void rn_raster_cache_unref (RnRasterCache *self);

/** FALSE: not there. @now_us: Unix µs, noted as its last use. */
gboolean
rn_raster_cache_read (RnRasterCache *self, const char *key, gint64 now_us, RnRasterCached *out);
void rn_raster_cache_write (RnRasterCache *self, const char *key, const RnRasterCached *entry,
                            gint64 now_us);
/** The server said that it has not changed. */
void rn_raster_cache_refresh (RnRasterCache *self, const char *key, gint64 fresh_until_us);

/** Bytes of the bodies that are kept. */
gint64 rn_raster_cache_get_bytes (RnRasterCache *self);
