/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Widgets of the shell on a display: what is left when space runs out, the seat's state, the style
 * sheets of all themes, and that the strip does not dance from second to second. */
#include <adwaita.h>

#include "base/rn-clock.h"
#include "feeds.h"
#include "ui/rn-banner.h"
#include "ui/rn-compat.h"
#include "ui/rn-feed-button.h"
#include "ui/rn-feed-detail.h"
#include "ui/rn-fit-box.h"
#include "ui/rn-seat.h"
#include "ui/rn-style.h"
#include "ui/rn-truth-strip.h"

static void
allocate (GtkWidget *widget, int width, int height)
{
  int minimum = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, width);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (widget, &(GtkAllocation){ 0, 0, width, MAX (height, minimum) }, -1);
}

static GtkWidget *
new_block (int width)
{
  GtkWidget *block = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (block, width, 10);
  return block;
}

static void
test_fit_box (void)
{
  g_autoptr (GtkWidget) box = g_object_ref_sink (rn_fit_box_new (10));
  RnFitBox *fit = RN_FIT_BOX (box);
  GtkWidget *low = new_block (100), *high = new_block (100), *middle = new_block (100);
  GtkWidget *more = new_block (30);
  int minimum, natural;

  rn_fit_box_append (fit, low, 1);
  rn_fit_box_append (fit, high, 3);
  rn_fit_box_append (fit, middle, 2);
  rn_fit_box_set_overflow (fit, more);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 30);
  g_assert_cmpint (natural, ==, 320);

  allocate (box, 320, 10);
  g_assert_true (rn_fit_box_fits (fit, low) && rn_fit_box_fits (fit, high)
                 && rn_fit_box_fits (fit, middle));
  g_assert_false (rn_fit_box_fits (fit, more));

  allocate (box, 319, 10); /* 30 + 10 go to the overflow child: two fit */
  g_assert_true (rn_fit_box_fits (fit, more));
  g_assert_true (rn_fit_box_fits (fit, high) && rn_fit_box_fits (fit, middle));
  g_assert_false (rn_fit_box_fits (fit, low));

  allocate (box, 249, 10);
  g_assert_true (rn_fit_box_fits (fit, high));
  g_assert_false (rn_fit_box_fits (fit, middle));

  allocate (box, 30, 10);
  g_assert_false (rn_fit_box_fits (fit, high));
  g_assert_true (rn_fit_box_fits (fit, more));

  rn_fit_box_set_priority (fit, low, 9);
  allocate (box, 249, 10);
  g_assert_true (rn_fit_box_fits (fit, low));
  g_assert_false (rn_fit_box_fits (fit, high));
}

static int
natural_width (GtkWidget *widget)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* From 10 s to 59 s nothing in the strip moves. */
static void
test_strip_is_steady (void)
{
  g_autoptr (GtkWidget) strip = g_object_ref_sink (g_object_new (RN_TYPE_TRUTH_STRIP, NULL));
  RnFeedContext context;
  g_autoptr (GPtrArray) feeds = feeds_new (FEEDS_LIVE, &context);
  int width = 0;

  for (int s = 10; s < 60; s++)
    {
      for (guint i = 0; i < feeds->len; i++)
        ((RnFeedStatus *) feeds->pdata[i])->age_us = s * RN_SECOND;
      rn_truth_strip_set_feeds (RN_TRUTH_STRIP (strip), feeds, &context);
      if (width == 0)
        width = natural_width (strip);
      g_assert_cmpint (natural_width (strip), ==, width);
    }
}

/* Whatever the state, the strip can be as narrow as a small window, and the worst feed stays. */
static void
test_strip_is_narrow (void)
{
  for (FeedsCase i = 0; i < N_FEEDS_CASES; i++)
    {
      g_autoptr (GtkWidget) strip = g_object_ref_sink (g_object_new (RN_TYPE_TRUTH_STRIP, NULL));
      RnFeedContext context;
      g_autoptr (GPtrArray) feeds = feeds_new (i, &context);

      rn_truth_strip_set_feeds (RN_TRUTH_STRIP (strip), feeds, &context);
      allocate (strip, 360, 41);
      allocate (strip, 3840, 41);
    }
}

static gboolean
says (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget)
      && strstr (gtk_label_get_label (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *w = gtk_widget_get_first_child (widget); w != NULL;
       w = gtk_widget_get_next_sibling (w))
    if (says (w, words))
      return TRUE;
  return FALSE;
}

/* Data that comes well and is not right: marked in the strip, also a network's; told in full. */
static void
test_warned (void)
{
  g_autoptr (GtkWidget) button = g_object_ref_sink (rn_feed_button_new ());
  g_autoptr (GtkWidget) detail = g_object_ref_sink (rn_feed_detail_new ());
  g_autoptr (GtkWidget) strip = g_object_ref_sink (g_object_new (RN_TYPE_TRUTH_STRIP, NULL));
  RnFeedContext context;
  g_autoptr (GPtrArray) feeds = feeds_new (FEEDS_WARNED, &context);
  const RnFeedStatus *flow = feeds->pdata[1];
  RnFeedStatus *network = feeds->pdata[0];
  int width;

  g_assert_cmpint (flow->kind, ==, RN_FEED_FLOW);
  rn_feed_detail_update (RN_FEED_DETAIL (detail), flow, &context);
  g_assert_true (says (detail, flow->warning));
  g_assert_true (says (detail, "85 (cotrip)"));
  g_assert_true (says (detail, "work-0, work-1"));
  g_assert_true (says (detail, "…"));
  rn_feed_detail_update (RN_FEED_DETAIL (detail), feeds->pdata[2], &context);
  g_assert_false (says (detail, flow->warning));
  g_assert_false (says (detail, "work-0"));
  rn_feed_button_set_status (RN_FEED_BUTTON (button), flow, &context);
  g_assert_true (
      gtk_widget_has_css_class (gtk_widget_get_first_child (button), "with-warning"));
  rn_feed_button_set_status (RN_FEED_BUTTON (button), feeds->pdata[2], &context);
  g_assert_false (
      gtk_widget_has_css_class (gtk_widget_get_first_child (button), "with-warning"));
  rn_truth_strip_set_feeds (RN_TRUTH_STRIP (strip), feeds, &context);
  width = natural_width (strip);
  g_assert_cmpint (network->kind, ==, RN_FEED_NETWORK);
  network->warning = g_strdup ("off");
  rn_truth_strip_set_feeds (RN_TRUTH_STRIP (strip), feeds, &context);
  g_assert_cmpint (natural_width (strip), >, width);
}

static void
test_banner (void)
{
  for (FeedsCase i = 0; i < N_FEEDS_CASES; i++)
    {
      g_autoptr (GtkWidget) banner = g_object_ref_sink (g_object_new (RN_TYPE_BANNER, NULL));
      RnFeedContext context;
      g_autoptr (GPtrArray) feeds = feeds_new (i, &context);
      g_autoptr (RnBannerMessage) message = rn_banner_judge (feeds, &context, NULL);

      rn_banner_set_message (RN_BANNER (banner), message);
      g_assert_cmpint (gtk_widget_get_visible (banner), ==, message->kind != RN_BANNER_NONE);
    }
}

static void
count_cb (gpointer data)
{
  ++*(int *) data;
}

static void
go_to_cb (RnSeat *seat, const RnSubject *subject, char **key)
{
  g_free (*key);
  *key = g_strdup (subject->key);
}

static void
test_seat (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_manual (FEEDS_NOW_US);
  g_autoptr (RnSession) session = rn_session_new (clock);
  g_autoptr (RnSeat) seat = rn_seat_new (session);
  g_autoptr (RnSubject) subject = rn_subject_new (RN_SUBJECT_INCIDENT, "demo/1");
  g_autofree char *shown = NULL;
  int n_selection = 0, n_layers = 0;

  g_signal_connect_swapped (seat, "notify::selection", G_CALLBACK (count_cb), &n_selection);
  g_signal_connect_swapped (seat, "notify::layers", G_CALLBACK (count_cb), &n_layers);
  g_signal_connect (seat, "go-to", G_CALLBACK (go_to_cb), &shown);

  g_assert_null (rn_seat_get_selection (seat));
  rn_seat_select (seat, subject);
  rn_seat_select (seat, subject);
  rn_seat_select (seat, rn_seat_get_selection (seat)); /* its own copy */
  g_assert_cmpint (n_selection, ==, 1);
  g_assert_true (rn_subject_equal (rn_seat_get_selection (seat), subject));
  rn_seat_go_to (seat, rn_seat_get_selection (seat));
  g_assert_cmpstr (shown, ==, "demo/1");
  g_assert_cmpint (n_selection, ==, 1);
  rn_seat_select (seat, NULL);
  g_assert_null (rn_seat_get_selection (seat));
  g_assert_cmpint (n_selection, ==, 2);

  g_assert_true (rn_seat_layer_visible (seat, RN_LAYER_FLOW));
  g_assert_false (rn_seat_layer_visible (seat, RN_LAYER_TOLL_PLAZAS));
  rn_seat_set_layer_visible (seat, RN_LAYER_TOLL_PLAZAS, TRUE);
  rn_seat_set_layer_visible (seat, RN_LAYER_TOLL_PLAZAS, TRUE);
  g_assert_true (rn_seat_layer_visible (seat, RN_LAYER_TOLL_PLAZAS));
  g_assert_true (rn_seat_layer_visible (seat, RN_LAYER_FLOW));
  rn_seat_set_layer_visible (seat, RN_LAYER_FLOW, FALSE);
  g_assert_false (rn_seat_layer_visible (seat, RN_LAYER_FLOW));
  g_assert_cmpint (n_layers, ==, 2);
}

/* A style sheet that does not parse warns, and warnings are fatal here. Each theme has every colour
 * that the classes name. */
static void
test_themes (void)
{
  static const char *const names[]
      = { "window_bg_color", "rn_border", "rn_dim_fg", "rn_state_5", "rn_lost_bg", "rn_map_land",
          "rn_switch_off", "accent_bg_color" };
  g_autoptr (GtkWidget) widget = g_object_ref_sink (gtk_label_new (NULL));

  for (RnThemeId theme = 0; theme < RN_N_THEMES; theme++)
    {
      rn_style_set_wanted (rn_style_get_default (), theme);
      g_assert_cmpint (rn_style_get_theme (rn_style_get_default ()), ==, theme);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          GdkRGBA colour;

          g_assert_true (rn_compat_lookup_colour (widget, names[i], &colour));
        }
    }
  rn_style_set_wanted (rn_style_get_default (), RN_THEME_DARK);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  rn_style_get_default ();
  g_test_add_func ("/shell/fit-box", test_fit_box);
  g_test_add_func ("/shell/strip-is-steady", test_strip_is_steady);
  g_test_add_func ("/shell/strip-is-narrow", test_strip_is_narrow);
  g_test_add_func ("/shell/warned", test_warned);
  g_test_add_func ("/shell/banner", test_banner);
  g_test_add_func ("/shell/seat", test_seat);
  g_test_add_func ("/shell/themes", test_themes);
  return g_test_run ();
}
