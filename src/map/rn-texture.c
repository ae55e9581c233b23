/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The surface stays with its texture: a render node that still holds a surface which is being
 * destroyed would copy its pixels. Made in any thread, appended on the main thread. */
#include "map/rn-texture.h"

#include <gsk/gsk.h>

static cairo_user_data_key_t bytes_key;

static GQuark
surface_quark (void)
{
  return g_quark_from_static_string ("rn-texture-surface");
}

GdkTexture *
rn_texture_new (int width, int height, GBytes *bytes, gsize stride)
{
  GdkTexture *self = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
  /* cairo only reads a source */
  cairo_surface_t *surface =
      cairo_image_surface_create_for_data ((unsigned char *) g_bytes_get_data (bytes, NULL),
                                           CAIRO_FORMAT_ARGB32, width, height, (int) stride);

  cairo_surface_set_user_data (surface, &bytes_key, g_bytes_ref (bytes),
                               (cairo_destroy_func_t) g_bytes_unref);
  g_object_set_qdata_full (G_OBJECT (self), surface_quark (), surface,
                           (GDestroyNotify) cairo_surface_destroy);
  return self;
}

gboolean
rn_texture_is_software (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);

  return native != NULL && GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native));
}

void
rn_texture_append (GdkTexture *self, gboolean software, GtkSnapshot *snapshot,
                   const graphene_rect_t *rect)
{
  cairo_surface_t *surface = g_object_get_qdata (G_OBJECT (self), surface_quark ());
  cairo_t *cr;

  if (!software || surface == NULL)
    {
      gtk_snapshot_append_texture (snapshot, self, rect);
      return;
    }
  cr = gtk_snapshot_append_cairo (snapshot, rect);
  cairo_translate (cr, rect->origin.x, rect->origin.y);
  cairo_scale (cr, rect->size.width / gdk_texture_get_width (self),
               rect->size.height / gdk_texture_get_height (self));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD); /* no seam between tiles */
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_rectangle (cr, 0, 0, gdk_texture_get_width (self), gdk_texture_get_height (self));
  cairo_fill (cr);
  cairo_destroy (cr);
}
