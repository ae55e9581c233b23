/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The right side of the seat on a display: what is selected is shown where it belongs, lists keep
 * their place on refresh, filters and their empty states, 10,000 rows, ends, names for readers. */
#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "looking.h"
#include "made-up.h"
#include "ui/rn-card.h"
#include "ui/rn-incident-list.h"
#include "ui/rn-keyed-model.h"
#include "ui/rn-list-page.h"
#include "ui/rn-row-cell.h"
#include "ui/rn-row-list.h"
#include "ui/rn-search.h"
#include "ui/rn-side-panel.h"
#include "ui/rn-stepper.h"
#include "ui/rn-style.h"

typedef struct {
  RnClock *clock;
  RnSession *session;
  RnSeat *seat;
  RnNetwork *network;
  MadeUp how;
  GtkWidget *window;
  char *went_to; /* key of the last "go-to" */
} Fixture;

static void
take_frame (Fixture *fixture)
{
  rn_session_take_frame (fixture->session,
                         made_up_frame (fixture->network, &fixture->how,
                                        rn_session_get_frame (fixture->session)));
}

static void
go_to_cb (RnSeat *seat, RnSubject *subject, Fixture *fixture)
{
  g_free (fixture->went_to);
  fixture->went_to = g_strdup (subject->key);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->how = (MadeUp) MADE_UP_INIT;
  fixture->how.n_more_incidents = 20;
  fixture->how.n_more_works = 5;
  fixture->clock = rn_clock_new_manual (fixture->how.now_us);
  fixture->session = rn_session_new (fixture->clock);
  fixture->seat = rn_seat_new (fixture->session);
  fixture->network = made_up_network ();
  take_frame (fixture);
  g_signal_connect (fixture->seat, "go-to", G_CALLBACK (go_to_cb), fixture);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 440, 900);
}

static void
show (Fixture *fixture, GtkWidget *child)
{
  gtk_window_set_child (GTK_WINDOW (fixture->window), child);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_object_unref (fixture->seat);
  g_object_unref (fixture->session);
  g_object_unref (fixture->clock);
  rn_network_unref (fixture->network);
  g_free (fixture->went_to);
}

static gboolean
has_class (GtkWidget *widget, const char *css_class)
{
  return gtk_widget_has_css_class (widget, css_class);
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  return find (widget, is_label_with, text) != NULL;
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = g_str_equal (G_OBJECT_TYPE_NAME (widget), "RnRow") ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

static void
select_subject (Fixture *fixture, RnSubjectKind kind, const char *key)
{
  g_autoptr (RnSubject) subject = rn_subject_new (kind, key);

  rn_seat_select (fixture->seat, subject);
  settle ();
}

/* ---- where the selection goes -------------------------------------------------------------- */

static void
test_section_card (Fixture *fixture, gconstpointer data)
{
  GtkWidget *panel = rn_side_panel_new (fixture->seat);
  GtkWidget *card;
  gboolean wide;

  show (fixture, panel);
  g_assert_null (find (panel, is_of_type, "RnCard"));
  select_subject (fixture, RN_SUBJECT_SECTION, MADE_UP_SECTION);
  card = find (panel, is_of_type, "RnCard");
  g_assert_nonnull (card);
  g_assert_true (says (card, "Guangling → Jingjiang"));
  g_assert_true (says (card, "towards Beijing"));
  g_assert_true (says (card, "Severe"));
  g_assert_true (says (card, "3,020"));
  g_assert_true (says (card, "Data 12\u202fs old"));
  g_assert_true (says (card, "Effective capacity"));
  g_assert_true (says (card, "incident"));
  g_assert_true (says (card, "Open incident"));
  g_assert_nonnull (find (panel, is_of_type, "RnListPage")); /* the list stays in sight */
  g_object_get (panel, "wide", &wide, NULL);
  g_assert_false (wide);
  rn_seat_select (fixture->seat, NULL);
  settle ();
  g_assert_null (find (panel, is_of_type, "RnCard"));
}

/* Unknown is a dash, and never a number. */
static void
test_silent_section (Fixture *fixture, gconstpointer data)
{
  GtkWidget *panel = rn_side_panel_new (fixture->seat);
  GtkWidget *card;

  show (fixture, panel);
  select_subject (fixture, RN_SUBJECT_SECTION, "x/S35a3");
  card = find (panel, is_of_type, "RnCard");
  g_assert_true (says (card, "–"));
  g_assert_true (says (card, "No data"));
  g_assert_false (says (card, "km/h\n"));
  for (GtkWidget *w = find (card, has_class, "rn-figure"); w != NULL; w = NULL)
    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (w)), ==, "–");
}

static void
test_incident_detail (Fixture *fixture, gconstpointer data)
{
  GtkWidget *panel = rn_side_panel_new (fixture->seat);
  GtkWidget *back;
  gboolean wide;

  show (fixture, panel);
  select_subject (fixture, RN_SUBJECT_INCIDENT, MADE_UP_CRASH);
  g_object_get (panel, "wide", &wide, NULL);
  g_assert_true (wide);
  g_assert_null (find (panel, is_of_type, "RnListPage")); /* its place is taken */
  g_assert_nonnull (find (panel, is_of_type, "RnStepper"));
  g_assert_true (says (panel, "Rear-end crash, 3 cars"));
  g_assert_true (says (panel, "Blocked"));
  g_assert_true (says (panel, "Traffic police"));
  g_assert_true (says (panel, "Two lanes blocked, oil on lane 3."));
  g_assert_true (says (panel, "rev. 12"));
  back = find (panel, has_class, "rn-back");
  g_assert_nonnull (back);
  g_signal_emit_by_name (back, "clicked");
  settle ();
  g_assert_null (rn_seat_get_selection (fixture->seat));
  g_assert_nonnull (find (panel, is_of_type, "RnListPage"));
  g_object_get (panel, "wide", &wide, NULL);
  g_assert_false (wide);
}

static void
test_all_kinds (Fixture *fixture, gconstpointer data)
{
  static const struct {
    RnSubjectKind kind;
    const char *key, *says;
  } rows[] = {
    { RN_SUBJECT_WORK, MADE_UP_WORK, "Overrunning: 22\u202fmin past its end" },
    { RN_SUBJECT_FACILITY, MADE_UP_AREA, "/ 1,150 spaces" },
    { RN_SUBJECT_FACILITY, MADE_UP_PLAZA, "9 of 12 lanes open" },
    { RN_SUBJECT_FACILITY, "x/check", "4,812" },
    { RN_SUBJECT_FACILITY, "x/bridge", "Jiangyin Bridge" },
    { RN_SUBJECT_FACILITY, "x/yanqiao", "No data" },
    { RN_SUBJECT_STATION, MADE_UP_STATION, "160\u202fm" },
    { RN_SUBJECT_WARNING, MADE_UP_WARNING, "Visibility under 200 m." },
    { RN_SUBJECT_ROAD, "G2", "Slowest sections" },
  };
  GtkWidget *panel = rn_side_panel_new (fixture->seat);

  show (fixture, panel);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].key);
      select_subject (fixture, rows[i].kind, rows[i].key);
      g_assert_true (says (panel, rows[i].says));
    }
}

static void
test_ended (Fixture *fixture, gconstpointer data)
{
  GtkWidget *panel = rn_side_panel_new (fixture->seat);
  GtkWidget *card;

  show (fixture, panel);
  select_subject (fixture, RN_SUBJECT_INCIDENT, MADE_UP_CRASH);
  card = find (panel, is_of_type, "RnCard");
  g_assert_false (rn_card_is_ended (RN_CARD (card)));
  fixture->how.without_crash = TRUE;
  take_frame (fixture);
  settle ();
  g_assert_true (rn_card_is_ended (RN_CARD (card)));
  g_assert_true (says (card, "Ended"));
  g_assert_true (says (card, "Rear-end crash, 3 cars")); /* as it was last */
  fixture->how.without_crash = FALSE; /* and it may come back */
  take_frame (fixture);
  settle ();
  g_assert_false (rn_card_is_ended (RN_CARD (card)));
  g_assert_false (says (card, "Ended"));
}

static void
test_never_there (Fixture *fixture, gconstpointer data)
{
  GtkWidget *panel = rn_side_panel_new (fixture->seat);

  show (fixture, panel);
  select_subject (fixture, RN_SUBJECT_SECTION, "x/nowhere");
  g_assert_true (says (panel, "The data does not have this any more."));
}

static void
test_quality (Fixture *fixture, gconstpointer data)
{
  static const struct {
    RnFeedState state;
    const char *words, *css_class;
  } rows[] = {
    { RN_FEED_LATE, "Data late", "late" },
    { RN_FEED_STALE, "Data stale", "stale" },
    { RN_FEED_FROZEN, "Data suspect", "frozen" },
    { RN_FEED_LOST, "Contact lost", "lost" },
  };
  GtkWidget *panel = rn_side_panel_new (fixture->seat);

  show (fixture, panel);
  select_subject (fixture, RN_SUBJECT_SECTION, MADE_UP_SECTION);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *age;

      fixture->how.feeds = rows[i].state;
      take_frame (fixture);
      settle ();
      age = find (panel, has_class, "rn-data-age");
      g_assert_nonnull (age);
      g_assert_true (has_class (age, rows[i].css_class));
      g_assert_true (says (age, rows[i].words));
    }
}

/* The age goes on without a frame. */
static void
test_ages (Fixture *fixture, gconstpointer data)
{
  GtkWidget *panel = rn_side_panel_new (fixture->seat);

  show (fixture, panel);
  select_subject (fixture, RN_SUBJECT_SECTION, MADE_UP_SECTION);
  rn_clock_advance (fixture->clock, 8 * RN_SECOND);
  g_signal_emit_by_name (fixture->session, "feeds-changed");
  settle ();
  g_assert_true (says (panel, "Data 20\u202fs old"));
}

/* ---- lists --------------------------------------------------------------------------------- */

static GtkAdjustment *
adjustment_of (GtkWidget *page)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (find (page, is_of_type, "RnRowList")));
}

static void
test_refresh_keeps_place (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  GListModel *model;
  GtkAdjustment *adjustment;
  g_autoptr (RnKeyedItem) before = NULL;
  g_autoptr (RnKeyedItem) after = NULL;
  double scroll;

  fixture->how.n_more_incidents = 200;
  take_frame (fixture);
  page = rn_list_page_new (fixture->seat, &rn_incident_list);
  show (fixture, page);
  model = rn_list_page_get_model (RN_LIST_PAGE (page));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 201);
  adjustment = adjustment_of (page);
  gtk_adjustment_set_value (adjustment, 3000);
  settle ();
  scroll = gtk_adjustment_get_value (adjustment);
  g_assert_cmpfloat (scroll, >, 1000);
  before = g_list_model_get_item (model, 120);
  fixture->how.now_us += 30 * RN_SECOND;
  rn_clock_advance (fixture->clock, 30 * RN_SECOND);
  take_frame (fixture);
  settle ();
  after = g_list_model_get_item (model, 120);
  g_assert_true (before == after);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment), scroll, 1);
}

static void
settle_list (GtkWidget *page)
{
  while (!rn_list_page_is_settled (RN_LIST_PAGE (page)))
    g_main_context_iteration (NULL, TRUE);
  settle ();
}

static void
test_large_list (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  gint64 start, taken;
  guint rows;

  fixture->how.n_more_incidents = 10000;
  take_frame (fixture);
  page = rn_list_page_new (fixture->seat, &rn_incident_list);
  show (fixture, page);
  rows = count_rows (page);
  g_assert_cmpuint (rows, >, 5);
  g_assert_cmpuint (rows, <, 400); /* virtual: only what is in sight has widgets */
  fixture->how.now_us += 30 * RN_SECOND;
  RnFrame *next = made_up_frame (fixture->network, &fixture->how,
                                 rn_session_get_frame (fixture->session));
  start = g_get_monotonic_time ();
  rn_session_take_frame (fixture->session, next);
  taken = g_get_monotonic_time ();
  rn_list_page_set_filter (RN_LIST_PAGE (page), 0, "k1064");
  settle_list (page);
  g_test_message ("10,001 rows: refresh %.1f ms, text filter %.1f ms, %u row widgets",
                  (taken - start) / 1e3, (g_get_monotonic_time () - taken) / 1e3, rows);
  g_assert_cmpuint (g_list_model_get_n_items (rn_list_page_get_model (RN_LIST_PAGE (page))), >, 0);
}

static RnRowList *
list_of (GtkWidget *page)
{
  return RN_ROW_LIST (find (page, is_of_type, "RnRowList"));
}

static GtkWidget *
focused_row (Fixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL ? find (focus, is_of_type, "RnRow") : NULL;
}

/* The title of the row that has the focus. */
static char *
dup_focused_title (Fixture *fixture)
{
  GtkWidget *row = focused_row (fixture), *title = row != NULL ? find (row, has_class, "title") : NULL;

  return title != NULL ? g_strdup (gtk_label_get_text (GTK_LABEL (title))) : NULL;
}

/* Of 10,000 rows 5 % go and come in each frame: what is marked, has the focus and is in sight stays
 * where it is. */
static void
test_large_list_keeps_place (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  GListModel *model;
  GtkAdjustment *adjustment;
  g_autoptr (RnSubject) subject = NULL;
  g_autofree char *title = NULL;
  graphene_point_t place, origin = GRAPHENE_POINT_INIT (0, 0);

  fixture->how.n_more_incidents = 10000;
  take_frame (fixture);
  page = rn_list_page_new (fixture->seat, &rn_incident_list);
  show (fixture, page);
  settle_list (page);
  model = rn_list_page_get_model (RN_LIST_PAGE (page));
  adjustment = adjustment_of (page);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 10001);
  for (guint i = 5000; subject == NULL; i++)
    {
      g_autoptr (RnKeyedItem) item = g_list_model_get_item (model, i);
      const char *key = rn_keyed_item_get_key (item);

      /* one that lives through all rounds */
      if (g_ascii_strtoull (key + strlen ("x/i"), NULL, 10) % 20 == 17)
        subject = rn_subject_new (RN_SUBJECT_INCIDENT, key);
    }
  rn_list_page_focus (RN_LIST_PAGE (page));
  rn_seat_select (fixture->seat, subject);
  settle_list (page);
  rn_list_page_focus (RN_LIST_PAGE (page));
  settle ();
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 100000);
  title = dup_focused_title (fixture);
  g_assert_nonnull (title);
  g_assert_true (gtk_widget_compute_point (focused_row (fixture), page, &origin, &place));
  for (guint round = 1; round <= 6; round++)
    {
      g_autofree char *now = NULL;
      graphene_point_t moved;
      guint at;

      fixture->how.round = round;
      fixture->how.now_us += 30 * RN_SECOND;
      rn_clock_advance (fixture->clock, 30 * RN_SECOND);
      take_frame (fixture);
      settle_list (page);
      at = rn_row_list_get_selected (list_of (page));
      g_assert_cmpuint (at, !=, GTK_INVALID_LIST_POSITION);
      g_autoptr (RnKeyedItem) item = g_list_model_get_item (model, at);
      g_assert_cmpstr (rn_keyed_item_get_key (item), ==, subject->key);
      now = dup_focused_title (fixture);
      g_assert_cmpstr (now, ==, title);
      g_assert_true (gtk_widget_compute_point (focused_row (fixture), page, &origin, &moved));
      g_assert_cmpfloat_with_epsilon (moved.y, place.y, 60); /* a row at most */
    }
}

/* Key of the row that is drawn at the top of the list. */
static const char *
get_top_key (GtkWidget *page)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (list_of (page)), 20, 5, GTK_PICK_DEFAULT);
  GtkWidget *cell = picked != NULL ? gtk_widget_get_ancestor (picked, RN_TYPE_ROW_CELL) : NULL;

  g_assert_nonnull (cell);
  return rn_keyed_item_get_key (rn_row_cell_get_item (RN_ROW_CELL (cell)));
}

/* A list that stands at its top shows what comes there. */
static void
test_top_shows_new (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  fixture->how.n_more_incidents = 200;
  fixture->how.without_crash = TRUE;
  take_frame (fixture);
  page = rn_list_page_new (fixture->seat, &rn_incident_list);
  show (fixture, page);
  rn_list_page_set_filter (RN_LIST_PAGE (page), 2, "");
  settle ();
  for (guint round = 1; round <= 5; round++)
    {
      g_autoptr (RnKeyedItem) first = NULL;

      fixture->how.round = round;
      fixture->how.without_crash = round % 2 == 0;
      fixture->how.now_us += 30 * RN_SECOND;
      rn_clock_advance (fixture->clock, 30 * RN_SECOND);
      take_frame (fixture);
      settle ();
      first = g_list_model_get_item (rn_list_page_get_model (RN_LIST_PAGE (page)), 0);
      g_assert_cmpfloat (gtk_adjustment_get_value (adjustment_of (page)), ==, 0);
      g_assert_cmpstr (get_top_key (page), ==, rn_keyed_item_get_key (first));
    }
}

/* The row with the focus goes: its neighbour has it, and the list keeps the keyboard. */
static void
test_focus_outlives_row (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = rn_list_page_new (fixture->seat, &rn_incident_list);
  g_autoptr (RnSubject) crash = rn_subject_new (RN_SUBJECT_INCIDENT, MADE_UP_CRASH);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  show (fixture, page);
  rn_seat_select (fixture->seat, crash);
  settle ();
  rn_list_page_focus (RN_LIST_PAGE (page));
  before = dup_focused_title (fixture);
  g_assert_nonnull (before);
  fixture->how.without_crash = TRUE;
  take_frame (fixture);
  settle ();
  after = dup_focused_title (fixture);
  g_assert_nonnull (after);
  g_assert_cmpstr (before, !=, after);
  g_assert_cmpuint (rn_row_list_get_selected (list_of (page)), ==, GTK_INVALID_LIST_POSITION);
}

/* The row with the focus is far out of sight and comes back as it was. */
static void
test_focus_out_of_sight (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  GtkAdjustment *adjustment;
  g_autofree char *before = NULL;
  g_autofree char *far = NULL;
  g_autofree char *top = NULL;

  fixture->how.n_more_incidents = 2000;
  take_frame (fixture);
  page = rn_list_page_new (fixture->seat, &rn_incident_list);
  show (fixture, page);
  settle_list (page);
  rn_list_page_focus (RN_LIST_PAGE (page));
  before = dup_focused_title (fixture);
  top = g_strdup (get_top_key (page));
  adjustment = adjustment_of (page);
  gtk_adjustment_set_value (adjustment, 50000);
  settle ();
  far = dup_focused_title (fixture);
  g_assert_cmpstr (far, ==, before);
  g_assert_cmpuint (count_rows (page), <, 120);
  gtk_adjustment_set_value (adjustment, 0);
  settle ();
  g_assert_cmpstr (get_top_key (page), ==, top);
  g_assert_true (gtk_widget_is_ancestor (focused_row (fixture), GTK_WIDGET (list_of (page))));
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = rn_list_page_new (fixture->seat, &rn_incident_list);
  GListModel *model = rn_list_page_get_model (RN_LIST_PAGE (page));
  GtkWidget *clear;
  guint all = g_list_model_get_n_items (model), sum = 0;

  show (fixture, page);
  for (guint level = 1; level <= 4; level++)
    {
      rn_list_page_set_filter (RN_LIST_PAGE (page), level, "");
      sum += g_list_model_get_n_items (model);
      for (guint i = 0; i < g_list_model_get_n_items (model); i++)
        {
          g_autoptr (RnKeyedItem) item = g_list_model_get_item (model, i);

          g_assert_cmpint (((const RnIncident *) rn_keyed_item_get_row (item))->level, ==,
                           (int) level);
        }
    }
  g_assert_cmpuint (sum, ==, all);
  rn_list_page_set_filter (RN_LIST_PAGE (page), 0, "REAR-END");
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  rn_list_page_set_filter (RN_LIST_PAGE (page), 0, "三车");
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  rn_list_page_set_filter (RN_LIST_PAGE (page), 0, "no such thing");
  settle ();
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  g_assert_true (says (page, "No incident matches (21 in all)."));
  clear = find (page, has_class, "rn-link");
  g_assert_nonnull (clear);
  g_signal_emit_by_name (clear, "clicked");
  settle ();
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, all);
}

/* How many rows of the list in sight have a place on the screen. */
static guint
count_placed (GtkWidget *list)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_child_visible (row) && gtk_widget_get_height (row) > 0)
      n++;
  return n;
}

/* A selection marks its row also in a list that was never on the screen; it is whole then. */
static void
test_select_before_shown (Fixture *fixture, gconstpointer data)
{
  GtkWidget *panel = rn_side_panel_new (fixture->seat);

  fixture->how.n_more_works = 300;
  take_frame (fixture);
  show (fixture, panel); /* the tab of incidents is in front */
  select_subject (fixture, RN_SUBJECT_WORK, "x/w200");
  g_assert_cmpuint (count_placed (find (panel, is_of_type, "RnRowList")), >=, 5);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment_of (panel)), >, 0);
  select_subject (fixture, RN_SUBJECT_FACILITY, "x/wuxi");
  rn_seat_select (fixture->seat, NULL);
  settle ();
  g_assert_cmpuint (count_placed (find (panel, is_of_type, "RnRowList")), ==, 6);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  fixture->how.n_more_incidents = 0;
  fixture->how.without_crash = TRUE;
  take_frame (fixture);
  page = rn_list_page_new (fixture->seat, &rn_incident_list);
  show (fixture, page);
  g_assert_true (says (page, "No incidents are open."));
  g_assert_null (find (page, has_class, "rn-link")); /* there is no filter to clear */
}

static void
test_activate (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = rn_list_page_new (fixture->seat, &rn_incident_list);
  g_autoptr (RnKeyedItem) third = NULL;

  show (fixture, page);
  third = g_list_model_get_item (rn_list_page_get_model (RN_LIST_PAGE (page)), 2);
  g_signal_emit_by_name (find (page, is_of_type, "RnRowList"), "activate", 2);
  g_assert_cmpstr (fixture->went_to, ==, rn_keyed_item_get_key (third));
  g_assert_cmpstr (rn_seat_get_selection (fixture->seat)->key, ==, fixture->went_to);
}

/* ---- search -------------------------------------------------------------------------------- */

/* The open results in the overlay, NULL: closed. */
static GtkWidget *
find_results (Fixture *fixture)
{
  return find (fixture->window, is_of_type, "RnSearchResults");
}

static void
wait_for_results (Fixture *fixture)
{
  for (guint i = 0; i < 500 && find_results (fixture) == NULL; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_assert_nonnull (find_results (fixture));
}

static GtkWidget *
show_search (Fixture *fixture)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *search = rn_search_new (fixture->seat);

  gtk_widget_set_valign (search, GTK_ALIGN_START);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), search);
  show (fixture, overlay);
  return search;
}

static void
test_search_by_keyboard (Fixture *fixture, gconstpointer data)
{
  GtkWidget *search = show_search (fixture);
  GtkWidget *text;

  text = find (search, is_of_type, "GtkText");
  rn_search_focus (RN_SEARCH (search));
  gtk_editable_set_text (GTK_EDITABLE (text), "huaqiao");
  wait_for_results (fixture);
  settle ();
  g_signal_emit_by_name (text, "activate");
  g_assert_cmpstr (fixture->went_to, ==, MADE_UP_PLAZA);
  g_assert_null (find_results (fixture));
  gtk_editable_set_text (GTK_EDITABLE (text), "no such place");
  wait_for_results (fixture);
  settle ();
  g_assert_true (says (find_results (fixture), "Nothing found."));
  gtk_editable_set_text (GTK_EDITABLE (text), "");
  settle ();
  g_assert_null (find_results (fixture));
}

/* Results are gone with the entry, and the window with both. */
static void
test_search_leaves (Fixture *fixture, gconstpointer data)
{
  GtkWidget *search = show_search (fixture);
  GtkWidget *overlay = gtk_window_get_child (GTK_WINDOW (fixture->window));

  gtk_editable_set_text (GTK_EDITABLE (find (search, is_of_type, "GtkText")), "g2");
  wait_for_results (fixture);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), NULL);
  settle ();
  g_assert_null (find_results (fixture));
}

/* Enter before the answer is there goes to the best as soon as it is. */
static void
test_search_enter_early (Fixture *fixture, gconstpointer data)
{
  GtkWidget *search = show_search (fixture);
  GtkWidget *text;

  text = find (search, is_of_type, "GtkText");
  gtk_editable_set_text (GTK_EDITABLE (text), "G2 K1064+300 beijing");
  g_signal_emit_by_name (text, "activate");
  for (guint i = 0; i < 500 && fixture->went_to == NULL; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_assert_cmpstr (fixture->went_to, ==, MADE_UP_SECTION);
}

/* ---- names --------------------------------------------------------------------------------- */

/* Every button, entry and drawn widget has a name for screen readers, or a label inside. */
static void
check_names (GtkWidget *widget, guint *n)
{
  gboolean control = GTK_IS_BUTTON (widget) || GTK_IS_TEXT (widget) || RN_IS_ROW_LIST (widget)
                     || g_str_equal (G_OBJECT_TYPE_NAME (widget), "RnSparkline")
                     || g_str_equal (G_OBJECT_TYPE_NAME (widget), "RnMeter")
                     || g_str_equal (G_OBJECT_TYPE_NAME (widget), "RnCard")
                     || g_str_equal (G_OBJECT_TYPE_NAME (widget), "RnRow");

  if (control)
    {
      gboolean named
        = gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
          || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                               GTK_ACCESSIBLE_RELATION_LABELLED_BY)
          || (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL);
      /* the text inside a search entry is named by the entry */
      GtkWidget *parent = gtk_widget_get_parent (widget);

      if (!named && parent != NULL && GTK_IS_SEARCH_ENTRY (parent))
        named = gtk_test_accessible_has_property (GTK_ACCESSIBLE (parent),
                                                  GTK_ACCESSIBLE_PROPERTY_LABEL);
      /* a row is named through the item of the list that holds it */
      if (!named && parent != NULL && g_str_equal (G_OBJECT_TYPE_NAME (widget), "RnRow"))
        named = gtk_test_accessible_has_property (GTK_ACCESSIBLE (parent),
                                                  GTK_ACCESSIBLE_PROPERTY_LABEL);
      if (!named)
        g_test_message ("no name: %s", G_OBJECT_TYPE_NAME (widget));
      g_assert_true (named);
      (*n)++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      check_names (child, n);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *overlay;
  guint n = 0;

  overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (overlay), box);
  gtk_box_append (GTK_BOX (box), rn_search_new (fixture->seat));
  gtk_box_append (GTK_BOX (box), rn_side_panel_new (fixture->seat));
  show (fixture, overlay);
  select_subject (fixture, RN_SUBJECT_SECTION, MADE_UP_SECTION);
  check_names (box, &n);
  select_subject (fixture, RN_SUBJECT_INCIDENT, MADE_UP_CRASH);
  select_subject (fixture, RN_SUBJECT_FACILITY, MADE_UP_AREA);
  check_names (box, &n);
  g_assert_cmpuint (n, >, 40);
}

#define ADD(path, function) \
  g_test_add ("/ui/side/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  rn_i18n_init ("en_US");
  gtk_test_init (&argc, &argv, NULL);
  rn_style_get_default ();
  ADD ("section-card", test_section_card);
  ADD ("silent-section", test_silent_section);
  ADD ("incident-detail", test_incident_detail);
  ADD ("all-kinds", test_all_kinds);
  ADD ("ended", test_ended);
  ADD ("never-there", test_never_there);
  ADD ("quality", test_quality);
  ADD ("ages", test_ages);
  ADD ("refresh-keeps-place", test_refresh_keeps_place);
  ADD ("large-list-keeps-place", test_large_list_keeps_place);
  ADD ("large-list", test_large_list);
  ADD ("top-shows-new", test_top_shows_new);
  ADD ("focus-outlives-row", test_focus_outlives_row);
  ADD ("focus-out-of-sight", test_focus_out_of_sight);
  ADD ("filters", test_filters);
  ADD ("select-before-shown", test_select_before_shown);
  ADD ("empty", test_empty);
  ADD ("activate", test_activate);
  ADD ("search-by-keyboard", test_search_by_keyboard);
  ADD ("search-leaves", test_search_leaves);
  ADD ("search-enter-early", test_search_enter_early);
  ADD ("names", test_names);
  return g_test_run ();
}
