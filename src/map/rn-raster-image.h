/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decoded picture of one source tile: immutable, atomically refcounted pixels. Its type and
 * size are read from its first bytes before any library sees it, so that neither a wrong content
 * type nor a bomb costs anything. Decoded in workers, never on the main thread. */
#pragma once

#include <gio/gio.h>

#define RN_RASTER_IMAGE_MAX_PX 2048
#define RN_RASTER_IMAGE_MAX_BYTES ((gsize) 4 << 20)

typedef struct {
  gatomicrefcount ref_count;
  int width, height;
  guint32 pixels[]; /* ARGB32 premultiplied, machine byte order, rows without gaps */
} RnRasterImage;

/** PNG, JPEG, and WebP where gdk-pixbuf has it. NULL with G_IO_ERROR_INVALID_DATA in words for an
 *  operator; G_IO_ERROR_NOT_SUPPORTED for what is a tile but not a picture (pbf). Any thread. */
RnRasterImage *rn_raster_image_decode (GBytes *bytes, GError **error);
/** Transparent pixels, to be filled before it is shared. */
RnRasterImage *rn_raster_image_new (int width, int height);
RnRasterImage *rn_raster_image_ref (RnRasterImage *self);
void rn_raster_image_unref (RnRasterImage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRasterImage, rn_raster_image_unref)
