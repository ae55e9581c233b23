/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How one raster map does in the present view: a plain value for preferences and notices. */
#pragma once

#include <glib.h>

typedef struct {
  char *name;
  guint n_shown, n_failed, n_absent; /* tiles: on the map, did not come, the source has none */
  char *error;                       /* why the last one failed; NULL: none does now */
} RnRasterStatus;

void rn_raster_status_free (RnRasterStatus *self);
