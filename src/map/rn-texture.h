/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures made by workers, on their way to the screen. On the software renderer of GTK a texture
 * is converted pixel by pixel through floats each time it is painted (4.8: some 30 ns a pixel,
 * 60 ms a frame at 1080p); there the same bytes are painted as a cairo surface. */
#pragma once

#include <gtk/gtk.h>

/** @bytes: ARGB32 premultiplied in the machine's byte order, rows of @stride bytes. */
GdkTexture *rn_texture_new (int width, int height, GBytes *bytes, gsize stride);

/** Whether what @widget shows is painted in software. */
gboolean rn_texture_is_software (GtkWidget *widget);

/** Appends a texture of rn_texture_new(), filling @rect; @software as told above. */
void rn_texture_append (GdkTexture *self, gboolean software, GtkSnapshot *snapshot,
                        const graphene_rect_t *rect);
