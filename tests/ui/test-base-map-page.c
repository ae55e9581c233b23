/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of raster maps in a window of its own: what is in the settings is listed from above, each
 * control writes back, the form tries and adds. With --show it stays open and saves a picture. */
#include <adwaita.h>

#include "../map/capabilities.h"
#include "../map/tile-server.h"
#include "base/rn-paths.h"
#include "ui/rn-base-map-page.h"
#include "ui/rn-base-map-row.h"
#include "ui/rn-base-maps.h"
#include "ui/rn-settings.h"
#include "ui/rn-snapshot.h"
#include "ui/rn-style.h"

typedef struct {
  TileServer *server;
  GtkWidget *window, *page;
} Fixture;

static void
set_maps (const char *const *texts)
{
  g_autoptr (GPtrArray) specs =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_raster_spec_free);

  for (guint i = 0; texts[i] != NULL; i++)
    g_ptr_array_add (specs, rn_raster_spec_parse (texts[i], NULL));
  rn_base_maps_save (specs);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_settings_reset (rn_settings_get (), "base-maps");
  fixture->server = tile_server_new ();
  fixture->window = gtk_window_new ();
  fixture->page = rn_base_map_page_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 720, 900);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
run_ms (guint ms)
{
  gint64 until_us = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  run_ms (50);
  tile_server_free (fixture->server);
}

typedef gboolean (*Match) (GtkWidget *widget, gconstpointer what);

/* The @n-th widget below @widget, in the order of the tree, that fits. */
static GtkWidget *
find (GtkWidget *widget, Match match, gconstpointer what, int *n)
{
  if (match (widget, what) && (*n)-- == 0)
    return widget;
  for (GtkWidget *c = gtk_widget_get_first_child (widget); c != NULL;
       c = gtk_widget_get_next_sibling (c))
    {
      GtkWidget *found = find (c, match, what, n);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_a (GtkWidget *widget, gconstpointer what)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (what));
}

static gboolean
is_button (GtkWidget *widget, gconstpointer what)
{
  return GTK_IS_BUTTON (widget)
         && (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), what) == 0
             || g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), what) == 0);
}

static gboolean
is_titled (GtkWidget *widget, gconstpointer what)
{
  return ADW_IS_PREFERENCES_ROW (widget)
         && g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), what);
}

static GtkWidget *
nth_row (Fixture *fixture, int n)
{
  return find (fixture->page, is_a, GSIZE_TO_POINTER (RN_TYPE_BASE_MAP_ROW), &n);
}

static void
click (GtkWidget *within, const char *what)
{
  int n = 0;
  GtkWidget *button = find (within, is_button, what, &n);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
type (Fixture *fixture, const char *title, const char *text)
{
  int n = 0;
  GtkWidget *row = find (fixture->page, is_titled, title, &n);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
choose (Fixture *fixture, const char *title, guint position)
{
  int n = 0;
  GtkWidget *row = find (fixture->page, is_titled, title, &n);

  g_assert_nonnull (row);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), position);
}

static gboolean
says (GtkWidget *widget, gconstpointer what)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget)
         && strstr (gtk_label_get_text (GTK_LABEL (widget)), what) != NULL;
}

static void
wait_for (Fixture *fixture, const char *text)
{
  for (int i = 0; i < 500; i++)
    {
      int n = 0;

      if (find (fixture->page, says, text, &n) != NULL)
        return;
      run_ms (10);
    }
  g_error ("it never says “%s”", text);
}

static RnRasterSpec *
dup_spec (guint i)
{
  g_autoptr (GPtrArray) specs = rn_base_maps_load ();

  return i < specs->len ? rn_raster_spec_copy (specs->pdata[i]) : NULL;
}

static void
expect_names (const char *const *names)
{
  g_autoptr (GPtrArray) specs = rn_base_maps_load ();

  g_assert_cmpuint (specs->len, ==, g_strv_length ((char **) names));
  for (guint i = 0; i < specs->len; i++)
    g_assert_cmpstr (((RnRasterSpec *) specs->pdata[i])->name, ==, names[i]);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  int n = 0;
  g_autoptr (RnRasterSpec) spec = NULL;

  set_maps ((const char *[]){ "xyz:name:Low=https://a/{z}/{x}/{y}",
                              "tms:name:High,gcj02=https://b/t", NULL });
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (nth_row (fixture, 0))), ==,
                   "High");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (nth_row (fixture, 0))), ==,
                   "TMS · b · GCJ-02");
  gtk_range_set_value (
      GTK_RANGE (find (nth_row (fixture, 1), is_a, GSIZE_TO_POINTER (GTK_TYPE_SCALE), &n)), 35);
  n = 0;
  gtk_switch_set_active (
      GTK_SWITCH (find (nth_row (fixture, 1), is_a, GSIZE_TO_POINTER (GTK_TYPE_SWITCH), &n)),
      FALSE);
  spec = dup_spec (0);
  g_assert_cmpfloat_with_epsilon (spec->opacity, 0.35, 1e-9);
  g_assert_false (spec->enabled);
  click (nth_row (fixture, 1), "go-up-symbolic");
  expect_names ((const char *[]){ "High", "Low", NULL });
  click (nth_row (fixture, 0), "go-down-symbolic");
  expect_names ((const char *[]){ "Low", "High", NULL });
  click (nth_row (fixture, 0), "user-trash-symbolic");
  expect_names ((const char *[]){ "Low", NULL });
  /* another program writes */
  set_maps ((const char *[]){ NULL });
  g_assert_null (nth_row (fixture, 0));
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autofree char *address = g_strconcat (fixture->server->base, "/xyz/{z}/{x}/{y}.png", NULL);
  g_autoptr (RnRasterSpec) spec = NULL;

  type (fixture, "Address", "https://a.example/tiles");
  click (fixture->page, "Test");
  wait_for (fixture, "location: must hold {z}, {x} and {y}");
  type (fixture, "Address", "http://tiles.example/{z}/{x}/{y}");
  click (fixture->page, "Add");
  wait_for (fixture, "without encryption");
  type (fixture, "Address", address);
  type (fixture, "Name", "Streets");
  type (fixture, "Licence", "© Me");
  choose (fixture, "System", 1);
  click (fixture->page, "Test");
  wait_for (fixture, "A tile came: level 6, 256 × 256 pixels");
  fixture->server->mode = TILE_SERVER_HTML;
  click (fixture->page, "Test");
  wait_for (fixture, "a text came instead of a picture");
  fixture->server->mode = TILE_SERVER_404;
  click (fixture->page, "Test");
  wait_for (fixture, "has no tile there");
  click (fixture->page, "Add");
  spec = dup_spec (0);
  g_assert_cmpstr (spec->location, ==, address);
  g_assert_cmpstr (spec->name, ==, "Streets");
  g_assert_cmpstr (spec->licence, ==, "© Me");
  g_assert_cmpint (spec->crs, ==, RN_CRS_GCJ02);
  g_assert_nonnull (nth_row (fixture, 0));
}

static void
test_service (Fixture *fixture, gconstpointer data)
{
  g_autofree char *address = g_strconcat (fixture->server->base, "/wmts", NULL);
  g_autoptr (RnRasterSpec) spec = NULL;

  choose (fixture, "Kind", RN_RASTER_WMTS);
  type (fixture, "Address", address);
  click (fixture->page, "Read Layers");
  wait_for (fixture, "404");
  fixture->server->capabilities = g_strdup (CAPABILITIES);
  click (fixture->page, "Read Layers");
  wait_for (fixture, "2 of 4 layers can be shown");
  choose (fixture, "Layer", 1);
  click (fixture->page, "Test");
  wait_for (fixture, "A tile came: level 4");
  click (fixture->page, "Add");
  spec = dup_spec (0);
  g_assert_cmpstr (spec->layer, ==, "aerial");
  g_assert_cmpstr (spec->licence, ==, "© Surveyors");
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  choose (fixture, "Kind", RN_RASTER_MBTILES);
  type (fixture, "File", "/nowhere/map.mbtiles");
  click (fixture->page, "Test");
  wait_for (fixture, "there is no file /nowhere/map.mbtiles");
}

/* Gone while an answer is on its way. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *address = g_strconcat (fixture->server->base, "/xyz/{z}/{x}/{y}.png", NULL);

  type (fixture, "Address", address);
  click (fixture->page, "Test");
}

static gboolean
ready_cb (gpointer data, GError **error)
{
  return TRUE;
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!rn_snapshot_take_finish (result, &error))
    g_printerr ("%s\n", error->message);
  *(gboolean *) data = TRUE;
}

static int
show (const char *path)
{
  Fixture fixture;
  gboolean done = FALSE;

  set_up (&fixture, NULL);
  set_maps ((const char *[]){
      "xyz:name:Streets,licence:© Map Makers=https://tiles.example/{z}/{x}/{y}.png",
      "wmts:name:Names,gcj02,opacity:1,layer:cva=https://t0.example/cva_w/wmts?tk=1", NULL });
  type (&fixture, "Address", "https://a.example/tiles");
  click (fixture.page, "Test");
  rn_snapshot_take_async (GTK_WINDOW (fixture.window), path, 500000, ready_cb, NULL, saved_cb,
                          &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  tear_down (&fixture, NULL);
  return 0;
}

#define ADD(name, func)                                                                            \
  g_test_add ("/base-map-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  rn_paths_init ();
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rn_style_get_default ();
  if (argc > 2 && g_str_equal (argv[1], "--show"))
    return show (argv[2]);
  ADD ("list", test_list);
  ADD ("add", test_add);
  ADD ("service", test_service);
  ADD ("file", test_file);
  ADD ("closed", test_closed);
  return g_test_run ();
}
