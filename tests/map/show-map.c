/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For developers: opens a window with the map of the demo network (RN_TEST_SHARED), or of a made-up
 * one, with made-up states, and writes a PNG once everything is on the screen. Run it under
 * tests/ui/with-display.sh; GDK_SCALE=2 for a picture at twice the density. See --help. */
#include <gtk/gtk.h>

#include "base/rn-i18n.h"
#include "frames.h"
#include "map/rn-map-view.h"
#include "../carto/networks.h"

static int width = 1920, height = 1080, n_sections;
static double zoom, lon, lat;
static char *theme_word, *out_path, *language, *select_key, *quality_word, *colouring_word;
static gboolean all_layers, stay, unacknowledged;

static const GOptionEntry entries[] = {
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &out_path, "PNG to write", "FILE" },
  { "width", 'w', 0, G_OPTION_ARG_INT, &width, "px", "N" },
  { "height", 'h', 0, G_OPTION_ARG_INT, &height, "px", "N" },
  { "zoom", 'z', 0, G_OPTION_ARG_DOUBLE, &zoom, "zoom; without it the whole network", "Z" },
  { "lon", 0, 0, G_OPTION_ARG_DOUBLE, &lon, "middle", "DEG" },
  { "lat", 0, 0, G_OPTION_ARG_DOUBLE, &lat, "middle", "DEG" },
  { "theme", 't', 0, G_OPTION_ARG_STRING, &theme_word, "dark, light, hc", "T" },
  { "lang", 'l', 0, G_OPTION_ARG_STRING, &language, "zh_CN or en", "L" },
  { "synthetic", 'n', 0, G_OPTION_ARG_INT, &n_sections, "made-up network", "SECTIONS" },
  { "select", 's', 0, G_OPTION_ARG_STRING, &select_key, "kind:key, e.g. 0:jiangsu/G2-0001-A", "S" },
  { "quality", 'q', 0, G_OPTION_ARG_STRING, &quality_word, "live, stale, lost", "Q" },
  { "colouring", 'c', 0, G_OPTION_ARG_STRING, &colouring_word, "state, speed-ratio, …", "C" },
  { "all-layers", 'a', 0, G_OPTION_ARG_NONE, &all_layers, "all facilities too", NULL },
  { "unacknowledged", 'u', 0, G_OPTION_ARG_NONE, &unacknowledged, "two rings", NULL },
  { "stay", 0, 0, G_OPTION_ARG_NONE, &stay, "stay open and say what happens", NULL },
  { NULL },
};

static GMainLoop *loop;

static RnThemeId
theme_of (const char *word)
{
  for (int id = 0; id < RN_N_THEMES; id++)
    if (g_strcmp0 (rn_theme_get (id)->word, word) == 0)
      return id;
  return RN_THEME_DARK;
}

static RnQuality
quality_of (const char *word)
{
  if (g_strcmp0 (word, "stale") == 0)
    return RN_QUALITY_STALE;
  return g_strcmp0 (word, "lost") == 0 ? RN_QUALITY_LOST : RN_QUALITY_LIVE;
}

static void
save (GtkWidget *view, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (view);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  int scale = gtk_widget_get_scale_factor (view);
  int w = gtk_widget_get_width (view), h = gtk_widget_get_height (view);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gtk_snapshot_scale (snapshot, scale, scale);
  gdk_paintable_snapshot (paintable, snapshot, w, h);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (gtk_widget_get_native (view)), node,
      &GRAPHENE_RECT_INIT (0, 0, (float) (w * scale), (float) (h * scale)));
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("cannot write %s", path);
}

static void
said_cb (const char *what, const RnSubject *subject, double x, double y)
{
  g_print ("%s %s %.0f %.0f\n", what, subject != NULL ? subject->key : "nothing", x, y);
}

static void
hovered_cb (RnMapView *view, const RnSubject *subject, double x, double y)
{
  said_cb ("hovered", subject, x, y);
}

static void
picked_cb (RnMapView *view, const RnSubject *subject, double x, double y)
{
  said_cb ("picked", subject, x, y);
  rn_map_view_set_selection (view, subject);
}

static void
context_menu_cb (RnMapView *view, const RnSubject *subject, double x, double y)
{
  said_cb ("context-menu", subject, x, y);
}

static void
view_changed_cb (RnMapView *view)
{
  double at_lon, at_lat, at_zoom;

  rn_map_view_get_view (view, &at_lon, &at_lat, &at_zoom);
  g_print ("view %.4f %.4f %.3f\n", at_lon, at_lat, at_zoom);
}

static gboolean
poll_cb (gpointer data)
{
  if (!rn_map_view_is_settled (data))
    return G_SOURCE_CONTINUE;
  if (out_path != NULL)
    save (data, out_path);
  if (!stay)
    g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
set_up (RnMapView *view, const RnFrame *frame)
{
  rn_map_view_set_theme (view, theme_of (theme_word));
  rn_map_view_set_demo (view, n_sections == 0);
  if (all_layers)
    rn_map_view_set_layers (view, RN_MAP_ALL_LAYERS);
  if (colouring_word != NULL)
    {
      RnColouring colouring;

      if (!rn_colouring_from_word (colouring_word, &colouring))
        g_error ("no colouring %s", colouring_word);
      rn_map_view_set_colouring (view, colouring);
    }
  if (select_key != NULL && strlen (select_key) > 2)
    {
      g_autoptr (RnSubject) subject = rn_subject_new (select_key[0] - '0', select_key + 2);

      rn_map_view_set_selection (view, subject);
    }
  if (unacknowledged)
    {
      g_autoptr (RnSubject) crash = rn_subject_new (RN_SUBJECT_INCIDENT, "jiangsu/i1");
      g_autoptr (RnSubject) jam = rn_subject_new (RN_SUBJECT_INCIDENT, "jiangsu/i2");
      const RnSubject *both[] = { crash, jam };

      rn_map_view_set_unacknowledged (view, both, NULL, G_N_ELEMENTS (both));
    }
  if (zoom > 0)
    rn_map_view_go_to (view, lon, lat, zoom, FALSE);
  rn_map_view_set_frame (view, frame);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("");
  g_autoptr (RnNetwork) network = NULL;
  g_autoptr (RnFrame) frame = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window, *view;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  rn_i18n_init (language);
  gtk_init ();
  network = n_sections > 0 ? networks_synthetic ((guint) n_sections) : frames_jiangsu ();
  if (network == NULL)
    g_error ("no network: set RN_TEST_SHARED, or give --synthetic");
  frame = frames_busy (network, quality_of (quality_word));
  window = gtk_window_new ();
  view = rn_map_view_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), view);
  set_up (RN_MAP_VIEW (view), frame);
  if (stay)
    {
      g_signal_connect (view, "hovered", G_CALLBACK (hovered_cb), NULL);
      g_signal_connect (view, "picked", G_CALLBACK (picked_cb), NULL);
      g_signal_connect (view, "context-menu", G_CALLBACK (context_menu_cb), NULL);
      g_signal_connect (view, "view-changed", G_CALLBACK (view_changed_cb), NULL);
    }
  gtk_window_present (GTK_WINDOW (window));
  loop = g_main_loop_new (NULL, FALSE);
  g_timeout_add (20, poll_cb, view);
  g_main_loop_run (loop);
  gtk_window_destroy (GTK_WINDOW (window));
  g_main_loop_unref (loop);
  return 0;
}
