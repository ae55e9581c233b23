/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all raster sources of a map share: HTTP, disk cache, clock, and the rule that no server is
 * asked for more than some tiles at a time. Main thread. */
#pragma once

#include "base/rn-clock.h"
#include "map/rn-raster-cache.h"
#include "net/rn-http.h"

#define RN_RASTER_MAX_AT_A_TIME 6

typedef struct _RnRasterHub RnRasterHub;
typedef struct _RnRasterSlot RnRasterSlot;

/** @cache: NULL keeps nothing on disk. */
RnRasterHub *rn_raster_hub_new (RnClock *clock, RnRasterCache *cache);
RnRasterHub *rn_raster_hub_ref (RnRasterHub *self);
void rn_raster_hub_unref (RnRasterHub *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRasterHub, rn_raster_hub_unref)

/** The cache of the user, as all programs share it. */
RnRasterCache *rn_raster_hub_open_user_cache (void);

RnClock *rn_raster_hub_get_clock (RnRasterHub *self);
RnHttp *rn_raster_hub_get_http (RnRasterHub *self);
RnRasterCache *rn_raster_hub_get_cache (RnRasterHub *self); /* NULL none */

/** Queues for a turn with @host, the lowest @rank first; @turn is called once, later, when it is
 *  there. The slot is held until it is left, queued or in turn. */
RnRasterSlot *rn_raster_hub_queue (RnRasterHub *self, const char *host, double rank,
                                   void (*turn) (gpointer data), gpointer data);
/** Leaves the queue or ends the turn, and clears the pointer; NULL in it is fine. */
void rn_raster_slot_leave (RnRasterSlot **slot);
