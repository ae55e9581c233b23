/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tiles of one picture: one fractional zoom, one scale factor, scenes that follow each other.
 * Tiles are drawn in workers from the newest scene at the moment they begin. A tile that is drawn
 * waits ("fresh") until it is shown, so that the owner decides how many textures are new in one
 * frame. Main thread only, but for the drawing itself. */
#pragma once

#include "map/rn-camera.h"
#include "map/rn-jobs.h"
#include "map/rn-scene.h"

typedef struct _RnTileSet RnTileSet;

typedef void (*RnTileSetFunc) (gpointer user_data);

typedef struct {
  guint n_asked; /* tiles given to workers, ever */
  guint n_drawn; /* tiles that came back, ever */
  guint n_shown; /* textures put on the screen, ever */
} RnTileStats;

/** @drawn is called on the main thread whenever a tile came back. @stats: the owner's counters. */
RnTileSet *rn_tile_set_new (double zoom, int scale, RnJobUrgency urgency, const RnScene *scene,
                            RnTileStats *stats, RnTileSetFunc drawn, gpointer user_data);
/** Frees it and cancels its jobs. */
void rn_tile_set_free (RnTileSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnTileSet, rn_tile_set_free)

double rn_tile_set_zoom (const RnTileSet *self);
int rn_tile_set_scale (const RnTileSet *self);

/** The scene from now on. Nothing is drawn again yet: say what with rn_tile_set_touch(). */
void rn_tile_set_set_scene (RnTileSet *self, const RnScene *scene);

guint rn_tile_set_n_tiles (const RnTileSet *self);

/** Marks tiles to be drawn again: those that a box (0…1 of the world), widened by @reach_px, may
 *  touch. Then rn_tile_set_redraw() asks for the marked ones in @seen and drops the others. */
void
rn_tile_set_touch (RnTileSet *self, double x0, double y0, double x1, double y1, double reach_px);
void rn_tile_set_redraw (RnTileSet *self, const RnWindow *seen);

/** Asks for the tiles that @window (world px at the set's zoom) lacks. @background: not urgent. */
void rn_tile_set_require (RnTileSet *self, const RnWindow *window, gboolean background);
/** Drops the tiles outside of @window. */
void rn_tile_set_trim (RnTileSet *self, const RnWindow *window);

/** Whether no tile is still to come for the first time. */
gboolean rn_tile_set_is_complete (const RnTileSet *self);
/** Whether every tile of @window has come back at least once; whether none waits, is asked for or
 *  is outdated there. */
gboolean rn_tile_set_covers (RnTileSet *self, const RnWindow *window);
gboolean rn_tile_set_is_settled (RnTileSet *self, const RnWindow *window);

/** Whether one that waits would fill a hole; whether tiles are still being drawn. */
gboolean rn_tile_set_fills_hole (const RnTileSet *self);
gboolean rn_tile_set_is_drawing (const RnTileSet *self);
/** Shows up to @max tiles that wait; returns how many did. */
guint rn_tile_set_show (RnTileSet *self, guint max);
gboolean rn_tile_set_has_fresh (const RnTileSet *self);

/** Appends what is shown and lies in @camera's view; @software as for rn_texture_append(). */
void rn_tile_set_snapshot (RnTileSet *self, const RnCamera *camera, gboolean software,
                           GtkSnapshot *snapshot);
