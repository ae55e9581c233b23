/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For developers: every state of the truth strip and its banner in one picture.
 *   show-states FILE.png [THEME [WIDTH [LANG]]]      THEME: dark, light, hc */
#include <adwaita.h>

#include "base/rn-i18n.h"
#include "base/rn-paths.h"
#include "feeds.h"
#include "ui/rn-banner.h"
#include "ui/rn-feed-detail.h"
#include "ui/rn-snapshot.h"
#include "ui/rn-style.h"
#include "ui/rn-truth-strip.h"

static const RnFigures figures = {
  .total_km = 11826, .data_km = 11640, .smooth_rate = 0.985, .slow_km = 173.8, .severe_km = 41.6,
  .mean_speed_kmh = 92, .vehicles_today = 2183400, .vehicles_record = 2274000,
};

static void
add_case (GtkWidget *box, FeedsCase i)
{
  RnFeedContext context;
  g_autoptr (GPtrArray) feeds = feeds_new (i, &context);
  g_autoptr (RnBannerMessage) message = rn_banner_judge (feeds, &context, NULL);
  GtkWidget *strip = g_object_new (RN_TYPE_TRUTH_STRIP, NULL);
  GtkWidget *banner = g_object_new (RN_TYPE_BANNER, NULL);

  rn_truth_strip_set_feeds (RN_TRUTH_STRIP (strip), feeds, &context);
  rn_truth_strip_set_figures (RN_TRUTH_STRIP (strip), &figures,
                              i == FEEDS_LOST_SERVER ? "10:38:24" : NULL);
  rn_banner_set_message (RN_BANNER (banner), message);
  gtk_box_append (GTK_BOX (box), strip);
  gtk_box_append (GTK_BOX (box), banner);
}

static void
add_detail (GtkWidget *box, FeedsCase i)
{
  RnFeedContext context;
  g_autoptr (GPtrArray) feeds = feeds_new (i, &context);
  GtkWidget *detail = rn_feed_detail_new ();

  rn_feed_detail_update (RN_FEED_DETAIL (detail), feeds->pdata[1], &context);
  gtk_widget_add_css_class (detail, "card");
  gtk_widget_set_valign (detail, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), detail);
}

static gboolean
ready_cb (gpointer data, GError **error)
{
  return TRUE;
}

static void
taken_cb (GObject *window, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!rn_snapshot_take_finish (result, &error))
    g_printerr ("%s\n", error->message);
  *(int *) data = error != NULL;
}

int
main (int argc, char **argv)
{
  static const char *const words[RN_N_THEMES] = { "dark", "light", "hc" };
  GtkWidget *window, *box, *details;
  int status = -1;

  if (argc < 2)
    {
      g_printerr ("usage: show-states FILE.png [THEME [WIDTH [LANG]]]\n");
      return 2;
    }
  rn_paths_init ();
  rn_i18n_init (argc > 4 ? argv[4] : NULL);
  gtk_init ();
  for (RnThemeId i = 0; argc > 2 && i < RN_N_THEMES; i++)
    if (g_str_equal (argv[2], words[i]))
      rn_style_set_wanted (rn_style_get_default (), i);
  rn_style_get_default ();
  window = gtk_window_new ();
  gtk_widget_add_css_class (window, "rn-picture");
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (FeedsCase i = 0; i < N_FEEDS_CASES; i++)
    add_case (box, i);
  details = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  add_detail (details, FEEDS_LIVE);
  add_detail (details, FEEDS_LOST_SERVER);
  add_detail (details, FEEDS_REFUSED_ROWS);
  add_detail (details, FEEDS_WARNED);
  gtk_box_append (GTK_BOX (box), details);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), argc > 3 ? atoi (argv[3]) : 1600, -1);
  gtk_window_present (GTK_WINDOW (window));
  rn_snapshot_take_async (GTK_WINDOW (window), argv[1], 600 * 1000, ready_cb, NULL, taken_cb,
                          &status);
  while (status < 0)
    g_main_context_iteration (NULL, TRUE);
  return status;
}
