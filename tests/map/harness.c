/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layers are found by walking the widgets: the view's interface has no need to show them. */
#include "harness.h"

#include "map/rn-jobs.h"

/* A test that is stuck fails instead of hanging. */
#define PATIENCE_US (90 * G_USEC_PER_SEC)

static void
find_layers (GtkWidget *widget, Harness *self)
{
  if (RN_IS_FLOW_LAYER (widget))
    self->flow = RN_FLOW_LAYER (widget);
  else if (RN_IS_TILE_LAYER (widget) && self->base == NULL)
    self->base = RN_TILE_LAYER (widget); /* the lowest */
  for (GtkWidget *c = gtk_widget_get_first_child (widget); c != NULL;
       c = gtk_widget_get_next_sibling (c))
    find_layers (c, self);
}

Harness
harness_open (int width, int height)
{
  Harness self = { 0 };

  self.window = gtk_window_new ();
  self.view = RN_MAP_VIEW (rn_map_view_new ());
  gtk_window_set_decorated (GTK_WINDOW (self.window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self.window), width, height);
  gtk_window_set_child (GTK_WINDOW (self.window), GTK_WIDGET (self.view));
  find_layers (GTK_WIDGET (self.view), &self);
  g_assert_nonnull (self.flow);
  g_assert_nonnull (self.base);
  gtk_window_present (GTK_WINDOW (self.window));
  return self;
}

static void
watch (gint64 since_us, const char *what)
{
  if (g_get_monotonic_time () - since_us > PATIENCE_US)
    g_error ("stuck: %s", what);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
harness_close (Harness *self)
{
  gint64 since_us = g_get_monotonic_time ();
  guint wake_id = g_timeout_add (10, wake_cb, NULL);

  gtk_window_destroy (GTK_WINDOW (self->window));
  while (rn_jobs_count () > 0)
    {
      g_main_context_iteration (NULL, TRUE);
      watch (since_us, "jobs do not end");
    }
  g_source_remove (wake_id);
  *self = (Harness){ 0 };
}

void
harness_settle (Harness *self)
{
  gint64 since_us = g_get_monotonic_time ();
  guint wake_id = g_timeout_add (10, wake_cb, NULL);

  while (!rn_map_view_is_settled (self->view))
    {
      g_main_context_iteration (NULL, TRUE);
      watch (since_us, "the map does not settle");
    }
  g_source_remove (wake_id);
}

static void
painted_cb (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

void
harness_frame (Harness *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->window);
  gboolean painted = FALSE;
  gint64 since_us = g_get_monotonic_time ();
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  while (!painted)
    {
      g_main_context_iteration (NULL, TRUE);
      watch (since_us, "no frame is painted");
    }
  g_signal_handler_disconnect (clock, id);
}

guint32 *
harness_picture (Harness *self, int *width, int *height)
{
  GtkWidget *widget = GTK_WIDGET (self->view);
  g_autoptr (GdkPaintable) paintable = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint32 *pixels;

  harness_frame (self);
  *width = gtk_widget_get_width (widget);
  *height = gtk_widget_get_height (widget);
  paintable = gtk_widget_paintable_new (widget);
  gdk_paintable_snapshot (paintable, snapshot, *width, *height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
      &GRAPHENE_RECT_INIT (0, 0, (float) *width, (float) *height));
  pixels = g_new (guint32, (gsize) *width * *height);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) *width * 4);
  return pixels;
}

guint32
harness_pixel (Harness *self, double x, double y)
{
  int width, height;
  g_autofree guint32 *pixels = harness_picture (self, &width, &height);

  g_assert_cmpfloat (x, >=, 0);
  g_assert_cmpfloat (y, >=, 0);
  g_assert_cmpfloat (x, <, width);
  g_assert_cmpfloat (y, <, height);
  return pixels[(gsize) y * width + (gsize) x] & 0xffffff;
}
