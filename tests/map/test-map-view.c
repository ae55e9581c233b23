/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map view on a private display: what is drawn, what is drawn again, what is hit. */
#include <math.h>

#include "../carto/networks.h"
#include "carto/rn-mercator.h"
#include "frames.h"
#include "harness.h"
#include "map/rn-camera.h"

#define WIDTH 1000
#define HEIGHT 700

/* Two straight sections, apart; at zoom 12 one is some 1,400 px long. */
static const char *const lines[] = { "119.0 32.0, 119.3 32.0", "119.0 32.5, 119.3 32.5" };
static const RnPoint on_first = { 119.15, 32.0 };

static Harness
open_lines (RnSide side, RnFrame **frame)
{
  g_autoptr (RnNetwork) network = networks_from_lines (side, lines, G_N_ELEMENTS (lines));
  Harness h = harness_open (WIDTH, HEIGHT);

  *frame = frames_striped (network, 0);
  rn_map_view_set_layers (h.view, RN_MAP_ALL_LAYERS & ~RN_MAP_BIT (RN_MAP_LABELS));
  rn_map_view_go_to (h.view, on_first.lon, on_first.lat, 12, FALSE);
  rn_map_view_set_frame (h.view, *frame);
  harness_settle (&h);
  return h;
}

static guint
asked (Harness *h)
{
  return rn_tile_layer_get_stats (RN_TILE_LAYER (h->flow)).n_asked;
}

static void
pan (Harness *h, double dx, double dy)
{
  double lon, lat, zoom, x, y;
  RnPoint to;

  rn_map_view_get_view (h->view, &lon, &lat, &zoom);
  rn_mercator_project ((RnPoint){ lon, lat }, zoom, &x, &y);
  to = rn_mercator_unproject (x + dx, y + dy, zoom);
  rn_map_view_go_to (h->view, to.lon, to.lat, zoom, FALSE);
  harness_settle (h);
}

static void
test_pan (void)
{
  g_autoptr (RnNetwork) network = networks_synthetic (2000);
  g_autoptr (RnFrame) frame = frames_striped (network, 0);
  Harness h = harness_open (WIDTH, HEIGHT);
  guint first, tiles;

  rn_map_view_set_frame (h.view, frame);
  rn_map_view_go_to (h.view, 119, 33, 10, FALSE);
  harness_settle (&h);
  first = asked (&h);
  /* at most 3 × 3 are seen, and one more on each side is drawn ahead */
  g_assert_cmpuint (first, >=, 4);
  g_assert_cmpuint (first, <=, 25);

  pan (&h, 512, 0);
  /* one column: at most 3 + 2 tiles */
  g_assert_cmpuint (asked (&h) - first, >, 0);
  g_assert_cmpuint (asked (&h) - first, <=, 5);

  tiles = asked (&h);
  pan (&h, 20, 10);
  pan (&h, -20, -10);
  g_assert_cmpuint (asked (&h) - tiles, <=, 5);
  tiles = asked (&h);
  pan (&h, 20, 10);
  pan (&h, -20, -10);
  g_assert_cmpuint (asked (&h), ==, tiles);
  harness_close (&h);
}

static void
test_bounded (void)
{
  g_autoptr (RnNetwork) network = networks_synthetic (2000);
  g_autoptr (RnFrame) frame = frames_striped (network, 0);
  Harness h = harness_open (WIDTH, HEIGHT);

  rn_map_view_set_frame (h.view, frame);
  rn_map_view_go_to (h.view, 117, 33, 10, FALSE);
  harness_settle (&h);
  for (int i = 0; i < 12; i++)
    {
      pan (&h, 400, 130);
      /* seen 3 × 3, or 4 × 4 with what is kept around it */
      g_assert_cmpuint (rn_tile_layer_count_tiles (RN_TILE_LAYER (h.flow)), <=, 16);
    }
  harness_close (&h);
}

static guint32
colour_of (guint32 class)
{
  return rn_colouring_styles (RN_COLOURING_STATE, RN_THEME_DARK, NULL)[class].colour;
}

/* The middle of the first section's carriageway, to the right of its direction, which is east. */
static guint32
colour_on_first (Harness *h, guint8 class)
{
  const RnLineStyle *style = &rn_colouring_styles (RN_COLOURING_STATE, RN_THEME_DARK, NULL)[class];
  double offset = rn_line_offset_px (rn_line_width_px (12) * style->width_factor), x, y;

  g_assert_true (rn_map_view_locate (h->view, on_first.lon, on_first.lat, &x, &y));
  return harness_pixel (h, x, y + offset);
}

static void
test_recolour (void)
{
  g_autoptr (RnFrame) frame = NULL;
  g_autoptr (RnFrame) other = NULL;
  Harness h = open_lines (RN_SIDE_RIGHT, &frame);
  guint before;

  g_assert_cmpuint (frame->state[0], ==, 1);
  g_assert_cmphex (colour_on_first (&h, 1), ==, colour_of (1));

  other = frames_striped (frame->network, 1);
  g_assert_cmpuint (other->state[0], ==, 2);
  before = asked (&h);
  rn_map_view_set_frame (h.view, other);
  harness_settle (&h);
  g_assert_cmphex (colour_on_first (&h, 2), ==, colour_of (2));
  /* the section lies on one row of 3 or 4 tiles, or on two when it is near their edge */
  g_assert_cmpuint (asked (&h) - before, >, 0);
  g_assert_cmpuint (asked (&h) - before, <=, 8);
  harness_close (&h);
}

static void
test_unseen_change (void)
{
  g_autoptr (RnFrame) frame = NULL;
  g_autoptr (RnFrame) other = NULL;
  Harness h = open_lines (RN_SIDE_RIGHT, &frame);
  guint before = asked (&h);

  /* the second section lies half a degree further north, out of sight */
  other = frames_one_changed (frame->network, 1);
  rn_map_view_set_frame (h.view, other);
  harness_settle (&h);
  g_assert_cmpuint (asked (&h), ==, before);
  harness_close (&h);
}

static void
test_theme (void)
{
  g_autoptr (RnFrame) frame = NULL;
  Harness h = open_lines (RN_SIDE_RIGHT, &frame);

  g_assert_cmphex (harness_pixel (&h, 700, 120), ==, rn_theme_get (RN_THEME_DARK)->map.land);
  rn_map_view_set_theme (h.view, RN_THEME_LIGHT);
  harness_settle (&h);
  g_assert_cmphex (harness_pixel (&h, 700, 120), ==, rn_theme_get (RN_THEME_LIGHT)->map.land);
  harness_close (&h);
}

static gboolean
has_colour (Harness *h, guint32 colour)
{
  int width, height;
  g_autofree guint32 *pixels = harness_picture (h, &width, &height);

  for (gsize i = 0; i < (gsize) width * height; i++)
    if ((pixels[i] & 0xffffff) == colour)
      return TRUE;
  return FALSE;
}

static void
test_empty (void)
{
  g_autoptr (RnFrame) frame = rn_frame_new_empty ();
  const RnTheme *theme = rn_theme_get (RN_THEME_DARK);
  Harness h = harness_open (WIDTH, HEIGHT);

  rn_map_view_set_frame (h.view, frame);
  rn_map_view_go_to (h.view, 121.5, 32, 8, FALSE);
  harness_settle (&h);
  g_assert_true (has_colour (&h, theme->map.land));
  g_assert_true (has_colour (&h, theme->map.water));
  for (guint class = 0; class < RN_N_STATES; class++)
    g_assert_false (has_colour (&h, colour_of (class)));
  rn_map_view_set_frame (h.view, NULL);
  harness_settle (&h);
  g_assert_true (has_colour (&h, theme->map.land));
  harness_close (&h);
}

/* While a new zoom is drawn the old picture is there, and no hole. */
static void
test_zoom (void)
{
  g_autoptr (RnFrame) frame = NULL;
  Harness h = open_lines (RN_SIDE_RIGHT, &frame);

  rn_map_view_go_to (h.view, on_first.lon, on_first.lat, 12.7, FALSE);
  g_assert_false (rn_map_view_is_settled (h.view));
  g_assert_true (has_colour (&h, colour_of (1)));
  harness_settle (&h);
  g_assert_true (has_colour (&h, colour_of (1)));
  harness_close (&h);
}

static void
test_kill (void)
{
  g_autoptr (RnNetwork) network = networks_synthetic (20000);
  g_autoptr (RnFrame) frame = frames_striped (network, 0);

  for (int frames = 0; frames < 6; frames++)
    {
      Harness h = harness_open (WIDTH, HEIGHT);

      rn_map_view_set_frame (h.view, frame);
      for (int i = 0; i < frames; i++)
        {
          harness_frame (&h);
          rn_map_view_go_to (h.view, 119, 33, 7 + 0.3 * i, FALSE);
        }
      harness_close (&h);
    }
}

static void
assert_pick (Harness *h, double x, double y, int kind, const char *key)
{
  g_autoptr (RnSubject) subject = rn_map_view_pick (h->view, x, y);

  if (key == NULL)
    {
      g_assert_null (subject);
      return;
    }
  g_assert_nonnull (subject);
  g_assert_cmpint (subject->kind, ==, kind);
  g_assert_cmpstr (subject->key, ==, key);
}

static void
test_pick (void)
{
  g_autoptr (RnFrame) frame = NULL;
  Harness h = open_lines (RN_SIDE_RIGHT, &frame);
  double x, y;

  g_assert_true (rn_map_view_locate (h.view, on_first.lon, on_first.lat, &x, &y));
  assert_pick (&h, x, y + 4, RN_SUBJECT_SECTION, "test/0");
  assert_pick (&h, x, y + 60, 0, NULL);
  assert_pick (&h, x, y - 60, 0, NULL);
  rn_map_view_set_layers (h.view, RN_MAP_ALL_LAYERS & ~RN_MAP_BIT (RN_MAP_FLOW));
  assert_pick (&h, x, y + 4, 0, NULL);
  harness_close (&h);
}

static void
test_pick_symbol (void)
{
  g_autoptr (RnNetwork) network
      = networks_from_lines (RN_SIDE_RIGHT, (const char *const[]){ "120.2 31.95, 120.3 31.95" }, 1);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  Harness h = harness_open (WIDTH, HEIGHT);
  double x, y;

  rn_map_view_set_frame (h.view, frame);
  rn_map_view_go_to (h.view, 120.26, 31.95, 12, FALSE);
  harness_settle (&h);
  /* the crash lies on the section, but works, fallen on the same, stand there too */
  rn_map_view_set_layers (h.view, RN_MAP_BIT (RN_MAP_FLOW) | RN_MAP_BIT (RN_MAP_INCIDENTS));
  harness_settle (&h);
  g_assert_true (rn_map_view_locate (h.view, 120.26, 31.95, &x, &y));
  assert_pick (&h, x, y, RN_SUBJECT_INCIDENT, "jiangsu/i1");
  g_assert_true (has_colour (&h, rn_theme_get (RN_THEME_DARK)->tier[2].fill));
  rn_map_view_set_layers (h.view, RN_MAP_BIT (RN_MAP_FLOW));
  harness_settle (&h);
  assert_pick (&h, x, y, RN_SUBJECT_SECTION, "test/0");
  g_assert_false (has_colour (&h, rn_theme_get (RN_THEME_DARK)->tier[2].fill));
  harness_close (&h);
}

static void
test_selection (void)
{
  g_autoptr (RnFrame) frame = NULL;
  Harness h = open_lines (RN_SIDE_RIGHT, &frame);
  guint32 violet = rn_theme_get (RN_THEME_DARK)->map.selection;
  g_autoptr (RnSubject) subject = rn_subject_new (RN_SUBJECT_SECTION, "test/0");
  g_autoptr (RnSubject) gone = rn_subject_new (RN_SUBJECT_SECTION, "test/none");

  g_assert_false (has_colour (&h, violet));
  rn_map_view_set_selection (h.view, subject);
  harness_settle (&h);
  g_assert_true (has_colour (&h, violet));
  g_assert_cmphex (colour_on_first (&h, 1), ==, colour_of (1)); /* the section itself stays */
  rn_map_view_set_selection (h.view, gone);
  harness_settle (&h);
  g_assert_false (has_colour (&h, violet));
  harness_close (&h);
}

static void
test_view (void)
{
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, lines, 2);
  g_autoptr (RnFrame) frame = frames_striped (network, 0);
  Harness h = harness_open (WIDTH, HEIGHT);
  double lon, lat, zoom, x, y;
  RnBox point = { 119.2, 32.2, 119.2, 32.2 };

  /* before it has a size: done at the first allocation, all of the network in sight */
  rn_map_view_set_frame (h.view, frame);
  harness_settle (&h);
  g_assert_true (rn_map_view_locate (h.view, 119.0, 32.0, &x, &y));
  g_assert_true (rn_map_view_locate (h.view, 119.3, 32.5, &x, &y));
  rn_map_view_get_view (h.view, &lon, &lat, &zoom);
  g_assert_cmpfloat_with_epsilon (lon, 119.15, 1e-6);
  g_assert_cmpfloat (zoom, >, 9);
  g_assert_cmpfloat_with_epsilon (rn_map_view_get_scale_m_per_px (h.view),
                                  rn_mercator_metres_per_px (lat, zoom), 1e-6);
  rn_map_view_show_box (h.view, &point, 20, FALSE);
  rn_map_view_get_view (h.view, &lon, &lat, &zoom);
  g_assert_cmpfloat_with_epsilon (zoom, 13, 1e-9);
  g_assert_cmpfloat_with_epsilon (lat, 32.2, 1e-6);
  /* nonsense does not move it */
  rn_map_view_go_to (h.view, NAN, 32, 9, FALSE);
  rn_map_view_get_view (h.view, &lon, &lat, &zoom);
  g_assert_cmpfloat_with_epsilon (zoom, 13, 1e-9);
  /* beyond the ends */
  rn_map_view_go_to (h.view, 119, 32, 40, FALSE);
  rn_map_view_get_view (h.view, &lon, &lat, &zoom);
  g_assert_cmpfloat_with_epsilon (zoom, RN_MAX_ZOOM, 1e-9);
  harness_settle (&h);
  harness_close (&h);
}

static ShumateViewport *
viewport_of (Harness *h)
{
  return shumate_layer_get_viewport (SHUMATE_LAYER (h->flow));
}

/* Our own arithmetic is libshumate's, turned or not. */
static void
test_rotation (void)
{
  g_autoptr (RnFrame) frame = NULL;
  Harness h = open_lines (RN_SIDE_RIGHT, &frame);
  ShumateViewport *viewport = viewport_of (&h);

  for (int i = 0; i < 4; i++)
    {
      RnCamera camera;
      double x, y, their_x, their_y, lon, lat;

      shumate_viewport_set_rotation (viewport, 0.6 * i);
      rn_map_view_go_to (h.view, on_first.lon, on_first.lat, 11.3, FALSE);
      camera = rn_camera_read (viewport, GTK_WIDGET (h.flow));
      rn_camera_to_widget (&camera, 119.2, 31.95, &x, &y);
      shumate_viewport_location_to_widget_coords (viewport, GTK_WIDGET (h.flow), 31.95, 119.2,
                                                  &their_x, &their_y);
      g_assert_cmpfloat_with_epsilon (x, their_x, 0.05);
      g_assert_cmpfloat_with_epsilon (y, their_y, 0.05);
      rn_camera_from_widget (&camera, x, y, &lon, &lat);
      g_assert_cmpfloat_with_epsilon (lon, 119.2, 1e-9);
      g_assert_cmpfloat_with_epsilon (lat, 31.95, 1e-9);
    }
  /* turned by a quarter, east is down and the right of the direction is to the left */
  shumate_viewport_set_rotation (viewport, G_PI / 2);
  rn_map_view_set_layers (h.view, RN_MAP_ALL_LAYERS);
  harness_settle (&h);
  assert_pick (&h, WIDTH / 2.0 - 4, HEIGHT / 2.0 + 50, RN_SUBJECT_SECTION, "test/0");
  g_assert_true (has_colour (&h, colour_of (1)));
  rn_map_view_reset_rotation (h.view);
  g_assert_cmpfloat (shumate_viewport_get_rotation (viewport), ==, 0);
  harness_close (&h);
}

/* Symbols are hit where they are drawn, however the map is turned. */
static void
test_turned_pick (void)
{
  const double turns[] = { 30, 90, 180, -135 };
  g_autoptr (RnNetwork) network
      = networks_from_lines (RN_SIDE_RIGHT, (const char *const[]){ "120.2 31.95, 120.3 31.95" }, 1);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  Harness h = harness_open (WIDTH, HEIGHT);

  rn_map_view_set_frame (h.view, frame);
  rn_map_view_set_layers (h.view, RN_MAP_BIT (RN_MAP_FLOW) | RN_MAP_BIT (RN_MAP_INCIDENTS));
  rn_map_view_go_to (h.view, 120.22, 31.94, 12, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      double x, y, lon, lat;
      int width, height;
      g_autofree guint32 *pixels = NULL;

      rn_map_view_set_rotation (h.view, turns[i]);
      harness_settle (&h);
      g_assert_cmpfloat_with_epsilon (rn_map_view_get_rotation (h.view), turns[i], 1e-6);
      g_assert_true (rn_map_view_locate (h.view, 120.26, 31.95, &x, &y));
      assert_pick (&h, x, y, RN_SUBJECT_INCIDENT, "jiangsu/i1");
      rn_map_view_get_place (h.view, x, y, &lon, &lat);
      g_assert_cmpfloat_with_epsilon (lon, 120.26, 1e-6);
      g_assert_cmpfloat_with_epsilon (lat, 31.95, 1e-6);
      /* upright there: the lower left corner is of its colour, as when the map is not turned */
      pixels = harness_picture (&h, &width, &height);
      g_assert_cmphex (pixels[(gsize) (y + 10) * width + (gsize) (x - 8)] & 0xffffff, ==,
                       rn_theme_get (RN_THEME_DARK)->tier[2].fill);
    }
  harness_close (&h);
}

/* A box is all in sight, however the map is turned. */
static void
test_turned_box (void)
{
  const RnBox box = { 118, 32, 121, 33 };
  Harness h = harness_open (WIDTH, HEIGHT);

  harness_settle (&h);
  for (double turn = 0; turn < 360; turn += 45)
    {
      double x, y;

      rn_map_view_set_rotation (h.view, turn);
      rn_map_view_show_box (h.view, &box, 20, FALSE);
      g_assert_true (rn_map_view_locate (h.view, box.min_lon, box.min_lat, &x, &y));
      g_assert_true (rn_map_view_locate (h.view, box.max_lon, box.min_lat, &x, &y));
      g_assert_true (rn_map_view_locate (h.view, box.min_lon, box.max_lat, &x, &y));
      g_assert_true (rn_map_view_locate (h.view, box.max_lon, box.max_lat, &x, &y));
    }
  harness_close (&h);
}

static void
test_members (void)
{
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, lines, 1);
  g_autoptr (RnFrame) frame = frames_busy (network, RN_QUALITY_LIVE);
  g_autoptr (RnSubject) alone = rn_subject_new (RN_SUBJECT_INCIDENT, "jiangsu/i1");
  g_autoptr (RnSubject) worst = NULL;
  Harness h = harness_open (WIDTH, HEIGHT);
  double x, y;

  rn_map_view_set_frame (h.view, frame);
  rn_map_view_set_layers (h.view, RN_MAP_BIT (RN_MAP_INCIDENTS));
  rn_map_view_go_to (h.view, 119.5, 31.93, 8, FALSE);
  harness_settle (&h);
  g_assert_true (rn_map_view_locate (h.view, 118.90, 31.93, &x, &y));
  worst = rn_map_view_pick (h.view, x, y);
  g_assert_nonnull (worst);
  g_assert_cmpuint (rn_map_view_get_members (h.view, worst)->len, ==, 4);
  g_assert_null (rn_map_view_get_members (h.view, alone));
  harness_close (&h);
}

/* The text follows the desktop's scale, at once. */
static void
test_text_scale (void)
{
  g_autoptr (RnFrame) frame = rn_frame_new_empty ();
  GtkSettings *settings = gtk_settings_get_default ();
  Harness h = harness_open (WIDTH, HEIGHT);
  int dpi = 0;

  rn_map_view_set_frame (h.view, frame);
  rn_map_view_go_to (h.view, 119, 32, 8, FALSE);
  harness_settle (&h);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 144 * 1024, NULL);
  g_assert_false (rn_map_view_is_settled (h.view));
  harness_settle (&h);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  harness_settle (&h);
  harness_close (&h);
}

static void
count_cb (RnMapView *view, guint *n)
{
  (*n)++;
}

static void
test_signals (void)
{
  g_autoptr (RnFrame) frame = NULL;
  Harness h = open_lines (RN_SIDE_RIGHT, &frame);
  guint n = 0;

  g_signal_connect (h.view, "view-changed", G_CALLBACK (count_cb), &n);
  harness_frame (&h);
  g_assert_cmpuint (n, ==, 0);
  /* longitude, latitude and zoom change: one signal */
  rn_map_view_go_to (h.view, 119.1, 32.1, 11, FALSE);
  harness_settle (&h);
  g_assert_cmpuint (n, ==, 1);
  rn_map_view_set_rotation (h.view, 20);
  harness_settle (&h);
  g_assert_cmpuint (n, ==, 2);
  harness_close (&h);
}

static void
test_demo (void)
{
  Harness h = harness_open (WIDTH, HEIGHT);
  gboolean demo = FALSE;

  g_object_set (h.view, "demo", TRUE, NULL);
  g_object_get (h.view, "demo", &demo, NULL);
  g_assert_true (demo);
  harness_settle (&h);
  harness_close (&h);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add_func ("/map-view/pan", test_pan);
  g_test_add_func ("/map-view/bounded", test_bounded);
  g_test_add_func ("/map-view/recolour", test_recolour);
  g_test_add_func ("/map-view/unseen-change", test_unseen_change);
  g_test_add_func ("/map-view/theme", test_theme);
  g_test_add_func ("/map-view/empty", test_empty);
  g_test_add_func ("/map-view/zoom", test_zoom);
  g_test_add_func ("/map-view/kill", test_kill);
  g_test_add_func ("/map-view/pick", test_pick);
  g_test_add_func ("/map-view/pick-symbol", test_pick_symbol);
  g_test_add_func ("/map-view/selection", test_selection);
  g_test_add_func ("/map-view/view", test_view);
  g_test_add_func ("/map-view/rotation", test_rotation);
  g_test_add_func ("/map-view/turned-pick", test_turned_pick);
  g_test_add_func ("/map-view/turned-box", test_turned_box);
  g_test_add_func ("/map-view/members", test_members);
  g_test_add_func ("/map-view/text-scale", test_text_scale);
  g_test_add_func ("/map-view/signals", test_signals);
  g_test_add_func ("/map-view/demo", test_demo);
  return g_test_run ();
}
