/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Renders with the window's own renderer, so that the picture is what the screen shows. After
 * "ready" two more frames are drawn, for what the last answer changed. Main thread. */
#include "ui/rn-snapshot.h"

#include "base/rn-i18n.h"

#define PATIENCE_US (30 * G_USEC_PER_SEC)
#define ASK_EVERY_MS 100

typedef struct {
  char *path;
  RnSnapshotReady ready;
  gpointer ready_data;
  gint64 not_before_us, not_after_us; /* monotonic */
  guint n_ready;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_free (wait->path);
  g_free (wait);
}

static GdkTexture *
render (GtkWindow *window, GError **error)
{
  GtkWidget *widget = GTK_WIDGET (window);
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  float scale = (float) gtk_widget_get_scale_factor (widget);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  GtkSnapshot *snapshot;

  if (renderer == NULL || width <= 0 || height <= 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("the window is not on a display"));
      return NULL;
    }
  paintable = gtk_widget_paintable_new (widget);
  snapshot = gtk_snapshot_new ();
  gtk_snapshot_scale (snapshot, scale, scale);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    {
      /* It is being laid out anew: GTK gives nothing until that is done. */
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, _("the window is empty"));
      return NULL;
    }
  return gsk_renderer_render_texture (
      renderer, node, &GRAPHENE_RECT_INIT (0, 0, (float) width * scale, (float) height * scale));
}

gboolean
rn_snapshot_save (GtkWindow *window, const char *path, GError **error)
{
  g_autoptr (GdkTexture) texture = render (window, error);
  g_autoptr (GBytes) png = NULL;

  if (texture == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  png = gdk_texture_save_to_png_bytes (texture);
  return g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png),
                              error);
}

static gboolean
ask_cb (gpointer data)
{
  GTask *task = data;
  Wait *wait = g_task_get_task_data (task);
  GtkWindow *window = g_task_get_source_object (task);
  gint64 now_us = g_get_monotonic_time ();
  GError *error = NULL;

  if (now_us < wait->not_before_us)
    return G_SOURCE_CONTINUE;
  if (!wait->ready (wait->ready_data, &error) && error == NULL)
    {
      wait->n_ready = 0;
      if (now_us < wait->not_after_us)
        return G_SOURCE_CONTINUE;
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                   _("%s: the map was not complete after 30 s more"), wait->path);
    }
  if (error == NULL && ++wait->n_ready < 3)
    return G_SOURCE_CONTINUE;
  if (error == NULL && !rn_snapshot_save (window, wait->path, &error)
      && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY) && now_us < wait->not_after_us)
    {
      g_clear_error (&error);
      return G_SOURCE_CONTINUE;
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

void
rn_snapshot_take_async (GtkWindow *window, const char *path, gint64 after_us, RnSnapshotReady ready,
                        gpointer ready_data, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (window, NULL, callback, data);
  Wait *wait = g_new0 (Wait, 1);

  wait->path = g_strdup (path);
  wait->ready = ready;
  wait->ready_data = ready_data;
  wait->not_before_us = g_get_monotonic_time () + after_us;
  wait->not_after_us = wait->not_before_us + PATIENCE_US;
  g_task_set_task_data (task, wait, wait_free);
  g_timeout_add_full (G_PRIORITY_DEFAULT, ASK_EVERY_MS, ask_cb, task, g_object_unref);
}

gboolean
rn_snapshot_take_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
