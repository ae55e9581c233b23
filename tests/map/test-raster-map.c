/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Raster maps on the map view, on a private display: what is seen of them, what is seen where they
 * do not come, and what stands beside the map. */
#include <glib/gstdio.h>
#include <math.h>

#include "carto/rn-mercator.h"
#include "harness.h"
#include "tile-server.h"

#define WIDTH 900
#define HEIGHT 600
/* The corner of four tiles of level 10 in the middle of the view. */
#define LEVEL 10
#define X 851
#define Y 415

typedef struct {
  TileServer *server;
  Harness h;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  RnPoint at = rn_mercator_unproject (X * 256.0, Y * 256.0, LEVEL);

  fixture->server = tile_server_new ();
  fixture->h = harness_open (WIDTH, HEIGHT);
  rn_map_view_set_theme (fixture->h.view, RN_THEME_LIGHT);
  rn_map_view_set_layers (fixture->h.view, 0);
  rn_map_view_go_to (fixture->h.view, at.lon, at.lat, LEVEL, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  harness_close (&fixture->h);
  for (int i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  tile_server_free (fixture->server);
}

/* Shows "xyz OPTIONS=…/FOLDER/…" of the fixture's server for each pair, from below. A number in each
 * address keeps the tests apart on the disk. */
static void
show (Fixture *fixture, const char *const *pairs)
{
  static int serial;
  g_autoptr (GPtrArray) specs =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_raster_spec_free);

  for (guint i = 0; pairs[i] != NULL; i += 2)
    {
      g_autofree char *text = g_strdup_printf ("xyz:%s=%s/%s/{z}/{x}/{y}.png?%d", pairs[i],
                                               fixture->server->base, pairs[i + 1], ++serial);
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (specs, rn_raster_spec_parse (text, &error));
      g_assert_no_error (error);
    }
  rn_map_view_set_rasters (fixture->h.view, (const RnRasterSpec *const *) specs->pdata,
                           specs->len);
  harness_settle (&fixture->h);
}

/* The middle of the tile so many from the middle of the view. */
static guint32
pixel_of_tile (Fixture *fixture, int dx, int dy)
{
  return harness_pixel (&fixture->h, WIDTH / 2.0 + dx * 256 + 128, HEIGHT / 2.0 + dy * 256 + 128);
}

static GtkLabel *
find_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return GTK_LABEL (widget);
  for (GtkWidget *c = gtk_widget_get_first_child (widget); c != NULL;
       c = gtk_widget_get_next_sibling (c))
    {
      GtkLabel *label = find_label (c, text);

      if (label != NULL)
        return label;
    }
  return NULL;
}

/* Which tile came where is read back from the screen, at its own zoom and between two. */
static void
test_places (Fixture *fixture, gconstpointer data)
{
  double lon, lat, zoom;

  show (fixture, (const char *[]){ "opacity:1,licence:© Made Up", "xyz", NULL });
  for (int dy = -1; dy <= 0; dy++)
    for (int dx = -1; dx <= 0; dx++)
      g_assert_cmphex (pixel_of_tile (fixture, dx, dy), ==,
                       tile_server_colour (LEVEL, X + dx, Y + dy) & 0xffffff);
  /* the seam lies on a whole pixel */
  g_assert_cmphex (harness_pixel (&fixture->h, WIDTH / 2.0 - 1, 290), ==,
                   tile_server_colour (LEVEL, X - 1, Y - 1) & 0xffffff);
  g_assert_cmphex (harness_pixel (&fixture->h, WIDTH / 2.0, 290), ==,
                   tile_server_colour (LEVEL, X, Y - 1) & 0xffffff);
  rn_map_view_get_view (fixture->h.view, &lon, &lat, &zoom);
  rn_map_view_go_to (fixture->h.view, lon, lat, 10.7, FALSE);
  harness_settle (&fixture->h);
  g_assert_cmphex (harness_pixel (&fixture->h, WIDTH / 2.0 + 80, HEIGHT / 2.0 + 80), ==,
                   tile_server_colour (11, 2 * X, 2 * Y) & 0xffffff);
  g_assert_nonnull (find_label (GTK_WIDGET (fixture->h.view), "© Made Up · "));
  g_assert_cmpuint (fixture->server->max_open, <=, 6);
}

/* Each channel of @a and @b mixed, @part of @a. */
static gboolean
is_mix (guint32 pixel, guint32 a, guint32 b, double part)
{
  for (int shift = 0; shift < 24; shift += 8)
    {
      double want = (a >> shift & 255) * part + (b >> shift & 255) * (1 - part);

      if (fabs ((pixel >> shift & 255) - want) > 3)
        return FALSE;
    }
  return TRUE;
}

static void
test_stacked (Fixture *fixture, gconstpointer data)
{
  guint32 ground, base = tile_server_colour (LEVEL, X, Y);

  harness_settle (&fixture->h);
  ground = pixel_of_tile (fixture, 0, 0);
  fixture->server->alpha = 128;
  show (fixture, (const char *[]){ "opacity:1", "xyz", "opacity:0.5", "labels", NULL });
  g_assert_true (is_mix (pixel_of_tile (fixture, 0, 0), 0xff0000, base, 0.25));
  show (fixture, (const char *[]){ "opacity:0.5", "labels", "opacity:1", "xyz", NULL });
  g_assert_cmphex (pixel_of_tile (fixture, 0, 0), ==, base & 0xffffff);
  show (fixture, (const char *[]){ "opacity:0.25", "xyz", NULL });
  g_assert_true (is_mix (pixel_of_tile (fixture, 0, 0), base, ground, 0.25));
  show (fixture, (const char *[]){ NULL });
  g_assert_cmphex (pixel_of_tile (fixture, 0, 0), ==, ground);
}

/* Where a tile fails the embedded map is there, pixel by pixel, and only there. */
static void
test_failed_tile (Fixture *fixture, gconstpointer data)
{
  g_autofree guint32 *before = NULL, *after = NULL;
  g_autoptr (GPtrArray) status = NULL;
  int width, height;

  harness_settle (&fixture->h);
  before = harness_picture (&fixture->h, &width, &height);
  fixture->server->mode = TILE_SERVER_TRUNCATED;
  fixture->server->bad_z = LEVEL;
  fixture->server->bad_x = X;
  fixture->server->bad_y = Y - 1;
  show (fixture, (const char *[]){ "opacity:1,name:Streets", "xyz", NULL });
  after = harness_picture (&fixture->h, &width, &height);
  for (int y = HEIGHT / 2 - 256; y < HEIGHT / 2; y++)
    for (int x = WIDTH / 2; x < WIDTH / 2 + 256; x++)
      g_assert_cmphex (after[y * width + x], ==, before[y * width + x]);
  g_assert_cmphex (pixel_of_tile (fixture, 0, 0), ==, tile_server_colour (LEVEL, X, Y) & 0xffffff);
  status = rn_map_view_dup_raster_status (fixture->h.view);
  g_assert_cmpuint (status->len, ==, 1);
  g_assert_cmpuint (((RnRasterStatus *) status->pdata[0])->n_failed, ==, 1);
  g_assert_nonnull (strstr (((RnRasterStatus *) status->pdata[0])->error, "cut off"));
  g_assert_nonnull (find_label (GTK_WIDGET (fixture->h.view), "1 tile does not come"));
}

/* All fails: the embedded map, and a word. */
static void
test_no_server (Fixture *fixture, gconstpointer data)
{
  g_autofree guint32 *before = NULL, *after = NULL;
  GtkLabel *label;
  int width, height;

  harness_settle (&fixture->h);
  before = harness_picture (&fixture->h, &width, &height);
  soup_server_disconnect (fixture->server->server);
  show (fixture, (const char *[]){ "opacity:1,name:Streets", "xyz", NULL });
  after = harness_picture (&fixture->h, &width, &height);
  g_assert_cmpint (memcmp (before, after, (gsize) width * (HEIGHT - 60) * 4), ==, 0);
  label = find_label (GTK_WIDGET (fixture->h.view), "Streets");
  g_assert_nonnull (label);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (label)));
  g_test_message ("%s", gtk_label_get_text (label));
  g_assert_nonnull (strstr (gtk_label_get_text (label), "the embedded map is shown"));
}

/* A server that is silent does not hold the window up. */
static void
test_silent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RnRasterSpec) spec = NULL;
  g_autofree char *text = g_strdup_printf ("xyz=%s/xyz/{z}/{x}/{y}.png?silent", fixture->server->base);
  const RnRasterSpec *specs[1];
  gint64 since_us;

  fixture->server->mode = TILE_SERVER_SILENT;
  specs[0] = spec = rn_raster_spec_parse (text, NULL);
  harness_settle (&fixture->h);
  since_us = g_get_monotonic_time ();
  rn_map_view_set_rasters (fixture->h.view, specs, 1);
  for (int i = 0; i < 10; i++)
    harness_frame (&fixture->h);
  g_assert_cmpint (g_get_monotonic_time () - since_us, <, 5 * G_USEC_PER_SEC);
  g_assert_false (rn_map_view_is_settled (fixture->h.view));
}

/* With what is in it. */
static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_folder (child);
    }
  g_remove (path);
}

#define ADD(name, func) g_test_add ("/raster-map/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("rn-cache-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  ADD ("places", test_places);
  ADD ("stacked", test_stacked);
  ADD ("failed-tile", test_failed_tile);
  ADD ("no-server", test_no_server);
  ADD ("silent", test_silent);
  status = g_test_run ();
  remove_folder (folder);
  return status;
}
