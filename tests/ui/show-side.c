/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For developers: pictures of the right side of the seat with made-up data.
 *   show-side FILE.png SUBJECT|- THEME WIDTHxHEIGHT [TAB] [QUALITY] [LANG] [SEARCH]
 * SUBJECT: section, incident, work, area, plaza, bridge, station, warning, road, ended or "-"; with
 * alerts: "alert:KEY", "alerts", "area-panel". */
#include <adwaita.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "made-up-alerts.h"
#include "made-up.h"
#include "ui/rn-area-panel.h"
#include "ui/rn-search.h"
#include "ui/rn-side-panel.h"
#include "ui/rn-style.h"

static RnSubject *
pick_subject (const char *name)
{
  static const struct {
    const char *name;
    RnSubjectKind kind;
    const char *key;
  } subjects[] = {
    { "section", RN_SUBJECT_SECTION, MADE_UP_SECTION },
    { "incident", RN_SUBJECT_INCIDENT, MADE_UP_CRASH },
    { "ended", RN_SUBJECT_INCIDENT, MADE_UP_CRASH },
    { "work", RN_SUBJECT_WORK, MADE_UP_WORK },
    { "area", RN_SUBJECT_FACILITY, MADE_UP_AREA },
    { "plaza", RN_SUBJECT_FACILITY, MADE_UP_PLAZA },
    { "bridge", RN_SUBJECT_FACILITY, "x/bridge" },
    { "station", RN_SUBJECT_STATION, MADE_UP_STATION },
    { "warning", RN_SUBJECT_WARNING, MADE_UP_WARNING },
    { "road", RN_SUBJECT_ROAD, "G2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (g_str_equal (subjects[i].name, name))
      return rn_subject_new (subjects[i].kind, subjects[i].key);
  return NULL;
}

static void
spin (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

static GtkWidget *
find_text (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_TEXT (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_text (child);
  return found;
}

static void
save (GtkWidget *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_save_to_png (texture, path);
}

/* Three hours of flow, so that there is a trend: free, then the crash. */
static void
play (RnSession *session, RnNetwork *network, MadeUp *how, RnClock *clock)
{
  for (int half = -360; half <= 0; half++)
    {
      MadeUp past = *how;
      int minute = half / 2;
      double since = half / 2.0 + 110;

      past.now_us = how->now_us + half * 30 * RN_SECOND;
      past.crash_speed_kmh = since < 0 ? 97 + minute % 4
                             : since < 40 ? 97 - 1.3 * since
                             : minute < -20 ? 42 + minute % 7
                                            : 17 + minute % 3;
      past.without_crash = since < 0;
      rn_session_take_frame (session,
                             made_up_frame (network, &past, rn_session_get_frame (session)));
    }
}

int
main (int argc, char **argv)
{
  const char *theme = argc > 3 ? argv[3] : "dark";
  int width = 440, height = 992;
  MadeUp how = MADE_UP_INIT;
  g_autoptr (RnSubject) subject = NULL;
  GtkWidget *window, *box, *panel, *search;

  rn_i18n_init (argc > 7 ? argv[7] : NULL);
  gtk_init ();
  g_object_get (rn_style_get_default (), "theme", &(int){ 0 }, NULL);
  rn_style_set_wanted (rn_style_get_default (), g_str_equal (theme, "light") ? RN_THEME_LIGHT
                                                : g_str_equal (theme, "hc") ? RN_THEME_HC
                                                                            : RN_THEME_DARK);
  if (argc > 4)
    sscanf (argv[4], "%dx%d", &width, &height);
  how.n_more_incidents = 8;
  how.n_more_works = 21;
  if (argc > 6)
    how.feeds = (RnFeedState) atoi (argv[6]);
  g_autoptr (RnClock) clock = rn_clock_new_manual (how.now_us);
  g_autoptr (RnSession) session = rn_session_new (clock);
  g_autoptr (RnSeat) seat = rn_seat_new (session);
  g_autoptr (RnNetwork) network = made_up_network ();
  if (argc > 2 && (g_str_has_prefix (argv[2], "alert") || g_str_equal (argv[2], "area-panel")))
    made_up_alerts (rn_session_get_alert_desk (session), how.now_us, 0, 0); /* before the frames: the engine has no say then */
  play (session, network, &how, clock);
  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  panel = argc > 2 && g_str_equal (argv[2], "area-panel") ? rn_area_panel_new (seat)
                                                          : rn_side_panel_new (seat);
  gtk_widget_set_vexpand (panel, TRUE);
  search = argc > 8 ? rn_search_new (seat) : NULL;
  if (search != NULL)
    gtk_box_append (GTK_BOX (box), search);
  gtk_box_append (GTK_BOX (box), panel);
  GtkWidget *overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (overlay), box);
  gtk_window_set_child (GTK_WINDOW (window), overlay);
  if (argc > 2)
    subject = pick_subject (argv[2]);
  spin (50);
  rn_seat_select (seat, subject);
  if (argc > 2 && g_str_has_prefix (argv[2], "alert:"))
    rn_seat_select_alert (seat, argv[2] + strlen ("alert:"));
  if (argc > 2 && g_str_equal (argv[2], "ended"))
    {
      how.without_crash = TRUE;
      rn_session_take_frame (session,
                             made_up_frame (network, &how, rn_session_get_frame (session)));
    }
  gtk_window_present (GTK_WINDOW (window));
  spin (300);
  if (argc > 5 && *argv[5] >= '0' && *argv[5] <= '9')
    {
      GtkWidget *tabs = gtk_widget_get_first_child (gtk_widget_get_first_child (panel));

      tabs = gtk_widget_get_next_sibling (tabs);
      GtkWidget *tab = gtk_widget_get_first_child (tabs);
      for (int i = atoi (argv[5]); i > 0; i--)
        tab = gtk_widget_get_next_sibling (tab);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), TRUE);
    }
  if (search != NULL)
    {
      rn_search_focus (RN_SEARCH (search));
      gtk_editable_set_text (GTK_EDITABLE (find_text (search)), argv[8]);
    }
  spin (500);
  if (argc > 1 && !g_str_equal (argv[1], "-"))
    save (window, argv[1]);
  else
    spin (600000);
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
