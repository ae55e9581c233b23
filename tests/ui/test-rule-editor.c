/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of rules and the editor of one, over a made-up province and a file of rules: what is
 * wrong is said beside its field, what it would do now is counted, what is saved comes in force. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "made-up.h"
#include "model/rn-network-builder.h"
#include "ui/rn-facility-limits.h"
#include "ui/rn-rule-editor.h"
#include "ui/rn-rule-page.h"
#include "ui/rn-style.h"

typedef struct {
  char *folder, *path;
  RnSession *session;
  RnSeat *seat;
  RnAlertDesk *desk;
  GtkWidget *window, *page;
} Fixture;

static gboolean
soon (gboolean (*holds) (gpointer), gpointer data)
{
  gint64 until_us = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!holds (data) && g_get_monotonic_time () < until_us)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  return holds (data);
}

static void
run_ms (guint ms)
{
  gint64 until_us = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RnClock) clock = rn_clock_new_system ();
  g_autoptr (RnNetwork) network = made_up_network ();
  MadeUp how = MADE_UP_INIT;

  fixture->folder = g_dir_make_tmp ("roadnet-test-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "rules.json", NULL);
  fixture->session = rn_session_new (clock);
  rn_session_take_frame (fixture->session, made_up_frame (network, &how, NULL));
  fixture->desk = rn_session_get_alert_desk (fixture->session);
  rn_alert_desk_set_rules_file (fixture->desk, fixture->path);
  rn_alert_desk_set_person (fixture->desk, "Wang");
  run_ms (100);
  fixture->seat = rn_seat_new (fixture->session);
  fixture->window = gtk_window_new ();
  fixture->page = g_object_new (RN_TYPE_RULE_PAGE, NULL);
  rn_rule_page_set_seat (RN_RULE_PAGE (fixture->page), fixture->seat);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  run_ms (50);
  g_clear_object (&fixture->seat);
  g_clear_object (&fixture->session);
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* ---- finding things ------------------------------------------------------------------------ */

typedef gboolean (*IsIt) (GtkWidget *widget, const char *what);

static GtkWidget *
find (GtkWidget *widget, IsIt is_it, const char *what)
{
  GtkWidget *found = is_it (widget, what) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, is_it, what);
  return found;
}

static gboolean
is_field (GtkWidget *widget, const char *name)
{
  g_autofree char *wrong =
      GTK_IS_ENTRY (widget)
          ? gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                GTK_ACCESSIBLE_PROPERTY_LABEL, name)
          : g_strdup ("");

  return wrong == NULL;
}

/* Shown, and with these words. */
static gboolean
is_label (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
         && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
is_row (GtkWidget *widget, const char *title)
{
  return ADW_IS_PREFERENCES_ROW (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
is_button (GtkWidget *widget, const char *label)
{
  return GTK_IS_BUTTON (widget)
         && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_check (GtkWidget *widget, const char *name)
{
  g_autofree char *wrong =
      GTK_IS_CHECK_BUTTON (widget)
          ? gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                GTK_ACCESSIBLE_PROPERTY_LABEL, name)
          : g_strdup ("");

  return wrong == NULL;
}

static void
type (GtkWidget *editor, const char *field, const char *text)
{
  GtkWidget *entry = find (editor, is_field, field);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  run_ms (30);
}

static gboolean
can_save (GtkWidget *editor)
{
  return gtk_widget_get_sensitive (find (editor, is_button, "_Save"));
}

static GtkWidget *
open_editor (Fixture *fixture, const char *id)
{
  const RnRule *rule = rn_rule_set_find (rn_alert_desk_get_rules (fixture->desk), id);
  GtkWindow *editor = rn_rule_editor_new (GTK_WINDOW (fixture->window), fixture->seat, rule);

  gtk_window_present (editor);
  run_ms (200);
  return GTK_WIDGET (editor);
}

/* ---- the editor ---------------------------------------------------------------------------- */

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  GtkWidget *editor = open_editor (fixture, "jam");

  g_assert_false (can_save (editor)); /* nothing changed */
  g_assert_null (find (editor, is_label, "A change needs a reason."));
  type (editor, "Tier II: Leave at", "0.1");
  g_assert_nonnull (find (editor, is_label, "Leave at: has to be above “enter”"));
  g_assert_true (
      gtk_widget_has_css_class (find (editor, is_field, "Tier II: Leave at"), "error"));
  g_assert_nonnull (find (editor, is_label, "Now: not known"));
  g_assert_false (can_save (editor));
  type (editor, "Tier II: Leave at", "soon");
  g_assert_nonnull (find (editor, is_label, "is not a number"));
  type (editor, "Tier II: Leave at", "");
  g_assert_nonnull (find (editor, is_label, "is missing"));
  type (editor, "Tier II: Leave at", "0.4");
  g_assert_null (find (editor, is_label, "is missing"));
  g_assert_null (find (editor, is_label, "is not a number"));
  type (editor, "Condition: above", "-1");
  g_assert_nonnull (find (editor, is_label, "guard.above: out of range"));
  type (editor, "Condition: above", "60");
  type (editor, "Held for, s", "100000");
  g_assert_nonnull (find (editor, is_label, "hold_max_s: out of range"));
  type (editor, "Held for, s", "60");
  g_assert_nonnull (find (editor, is_label, "A change needs a reason."));
  gtk_window_destroy (GTK_WINDOW (editor));
}

static void
test_now (Fixture *fixture, gconstpointer data)
{
  GtkWidget *editor = open_editor (fixture, "jam");
  GtkWidget *word = find (editor, is_label, "Now: ");
  g_autofree char *before = g_strdup (gtk_label_get_label (GTK_LABEL (word)));

  g_assert_nonnull (strstr (before, "sections"));
  type (editor, "Tier III: Leave at", "1.5");
  type (editor, "Tier III: Enter at", "1.4"); /* everybody is slow */
  word = find (editor, is_label, "Now: ");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (word)), !=, before);
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (word)), "at III"));
  gtk_window_destroy (GTK_WINDOW (editor));
}

static gboolean
is_local (gpointer data)
{
  return rn_rule_set_find (rn_alert_desk_get_rules (data), "plaza-queue")->local;
}

static gboolean
is_default (gpointer data)
{
  return !is_local (data);
}

/* The window of @type over @parent: others may still be on their way out. */
static GtkWindow *
find_over (GType type, GtkWidget *parent)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type)
          && gtk_window_get_transient_for (window) == GTK_WINDOW (parent))
        return window;
    }
  return NULL;
}

static AdwMessageDialog *
find_dialog (GtkWidget *editor)
{
  return ADW_MESSAGE_DIALOG (find_over (ADW_TYPE_MESSAGE_DIALOG, editor));
}

static void
test_save (Fixture *fixture, gconstpointer data)
{
  GtkWidget *editor = open_editor (fixture, "plaza-queue");
  const RnRule *rule = rn_rule_set_find (rn_alert_desk_get_rules (fixture->desk), "plaza-queue");
  guint version = rule->version;

  rn_facility_limits_follow (fixture->desk);
  g_assert_null (find (fixture->page, is_label, "Site"));
  type (editor, "Tier IV: Enter at", "444");
  g_assert_false (can_save (editor));
  gtk_editable_set_text (
      GTK_EDITABLE (find (editor, is_row, "Reason for the change")), "Short ramps here");
  g_assert_true (can_save (editor));
  g_signal_emit_by_name (find (editor, is_button, "_Save"), "clicked");
  g_assert_true (soon (is_local, fixture->desk));
  rule = rn_rule_set_find (rn_alert_desk_get_rules (fixture->desk), "plaza-queue");
  g_assert_cmpfloat (rule->tiers[4].enter, ==, 444);
  g_assert_cmpuint (rule->version, ==, version + 1);
  g_assert_cmpstr (rule->owner, ==, "Wang");
  g_assert_cmpstr (rule->reason, ==, "Short ramps here");
  g_assert_cmpfloat (rn_facility_limits_get ().queue_m, ==, 444);
  run_ms (100);
  g_assert_nonnull (find (fixture->page, is_label, "Site"));

  /* and back */
  editor = open_editor (fixture, "plaza-queue");
  g_signal_emit_by_name (find (editor, is_button, "_Back to Default…"), "clicked");
  run_ms (100);
  g_assert_nonnull (find_dialog (editor));
  adw_message_dialog_response (find_dialog (editor), "revert");
  g_assert_true (soon (is_default, fixture->desk));
  run_ms (100);
  g_assert_null (find (fixture->page, is_label, "Site"));
}

/* ---- a new one ----------------------------------------------------------------------------- */

static GtkWidget *
open_new (Fixture *fixture)
{
  GtkWidget *editor;

  g_signal_emit_by_name (find (fixture->page, is_button, "_New Rule…"), "clicked");
  run_ms (200);
  editor = GTK_WIDGET (find_over (RN_TYPE_RULE_EDITOR, fixture->window));
  g_assert_nonnull (editor);
  return editor;
}

static void
type_row (GtkWidget *editor, const char *row, const char *text)
{
  GtkWidget *entry = find (editor, is_row, row);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  run_ms (30);
}

static const char *
get_row (GtkWidget *editor, const char *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (find (editor, is_row, row)));
}

#define ID_ROW "Id: letters, digits, “.”, “_” and “-”"
#define ROADS_ROW "Roads, with semicolons between them (none: all)"

static const RnRule *
find_rule (Fixture *fixture, const char *id)
{
  return rn_rule_set_find (rn_alert_desk_get_rules (fixture->desk), id);
}

static gboolean
has_slow (gpointer data)
{
  return rn_rule_set_find (rn_alert_desk_get_rules (data), "slow-at-night") != NULL;
}

static gboolean
has_no_slow (gpointer data)
{
  return !has_slow (data);
}

/* From a metric: id, limits, hours, n of m and places, each refused at its field. */
static void
test_new (Fixture *fixture, gconstpointer data)
{
  GtkWidget *editor = open_new (fixture);
  const RnRule *rule;

  g_assert_cmpstr (get_row (editor, ID_ROW), ==, "speed_ratio"); /* nobody has it */
  g_assert_false (can_save (editor));
  g_assert_nonnull (find (editor, is_label, "A new rule needs a reason."));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (editor, is_row, "What is measured")),
                              RN_METRIC_SPEED_KMH);
  run_ms (50);
  g_assert_cmpstr (get_row (editor, ID_ROW), ==, "speed_kmh");
  g_assert_nonnull (find (editor, is_label, "Enter at or below, km/h"));
  type_row (editor, "Reason for the rule", "Fog in the valley");
  g_assert_true (can_save (editor));

  type_row (editor, ID_ROW, "jam");
  g_assert_nonnull (find (editor, is_label, "There is a rule with this id already"));
  g_assert_false (can_save (editor));
  type_row (editor, ID_ROW, "slow at night");
  g_assert_nonnull (find (editor, is_label, "id: is not 1 to 64 letters"));
  g_assert_false (can_save (editor));
  type_row (editor, ID_ROW, "slow-at-night");
  g_assert_true (can_save (editor));
  type_row (editor, "Name", "Slow at night");

  type (editor, "Tier III: Times", "3");
  g_assert_nonnull (find (editor, is_label, "Within, s: has to be above 0"));
  type (editor, "Tier III: Within, s", "600");
  g_assert_true (can_save (editor));
  type (editor, "Tier III: Times", "2.5");
  g_assert_nonnull (find (editor, is_label, "is not a number"));
  type (editor, "Tier III: Times", "3");

  g_signal_emit_by_name (find (editor, is_button, "_Add Hours"), "clicked");
  type (editor, "Hours: from", "22:00");
  type (editor, "Hours: until", "6:00");
  g_assert_nonnull (find (editor, is_label, "is not a time of the day like 06:30"));
  g_assert_false (can_save (editor));
  type (editor, "Hours: until", "06:00");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (editor, is_button, "Sa")), TRUE);

  type_row (editor, ROADS_ROW, "G2; G99；G42");
  g_assert_nonnull (find (editor, is_label, "scope.roads: not in the network: G99"));
  g_assert_true (can_save (editor)); /* it may come */
  type_row (editor, ROADS_ROW, "G2; G42");
  g_assert_null (find (editor, is_label, "not in the network"));
  type_row (editor, "Directions: asc; desc; or their names", "asc");

  g_signal_emit_by_name (find (editor, is_button, "_Save"), "clicked");
  g_assert_true (soon (has_slow, fixture->desk));
  rule = find_rule (fixture, "slow-at-night");
  g_assert_true (rule->local);
  g_assert_cmpuint (rule->version, ==, 1);
  g_assert_cmpstr (rule->owner, ==, "Wang");
  g_assert_cmpstr (rule->reason, ==, "Fog in the valley");
  g_assert_cmpstr (rn_rule_title (rule), ==, "Slow at night");
  g_assert_cmpuint (rule->tiers[3].count, ==, 3);
  g_assert_cmpint (rule->tiers[3].window_us, ==, 600 * G_USEC_PER_SEC);
  g_assert_cmpuint (rule->tiers[2].count, ==, 0);
  g_assert_cmpuint (rule->n_hours, ==, 1);
  g_assert_cmpuint (rule->hours[0].weekdays, ==, 1u << 6);
  g_assert_cmpint (rule->hours[0].from_min, ==, 22 * 60);
  g_assert_cmpuint (g_strv_length (rule->scope.roads), ==, 2);
  g_assert_cmpstr (rule->scope.roads[1], ==, "G42");
  g_assert_cmpstr (rule->scope.directions[0], ==, "asc");
  run_ms (100);
  g_assert_nonnull (find (fixture->page, is_row, "Slow at night"));

  /* opened again nothing is changed; and it can be removed */
  editor = open_editor (fixture, "slow-at-night");
  g_assert_null (find (editor, is_label, "A change needs a reason."));
  g_signal_emit_by_name (find (editor, is_button, "_Remove…"), "clicked");
  run_ms (100);
  adw_message_dialog_response (find_dialog (editor), "revert");
  g_assert_true (soon (has_no_slow, fixture->desk));
}

static gboolean
has_copy (gpointer data)
{
  return rn_rule_set_find (rn_alert_desk_get_rules (data), "jam-2") != NULL;
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  GtkWidget *editor = open_new (fixture);
  GtkWidget *from = find (editor, is_row, "Begin with");
  GListModel *model = adw_combo_row_get_model (ADW_COMBO_ROW (from));
  const RnRule *jam = find_rule (fixture, "jam"), *copy;
  g_autofree char *name = g_strdup_printf ("%s (copy)", rn_rule_title (jam));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      if (g_strcmp0 (g_object_get_data (item, "rn-rule"), "jam") == 0)
        adw_combo_row_set_selected (ADW_COMBO_ROW (from), i);
    }
  run_ms (50);
  g_assert_cmpstr (get_row (editor, ID_ROW), ==, "jam-2");
  g_assert_cmpstr (get_row (editor, "Name"), ==, name);
  type_row (editor, "Reason for the rule", "Another one for the bridge");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (editor, is_check, "Only on: Bridge")), TRUE);
  run_ms (50);
  g_signal_emit_by_name (find (editor, is_button, "_Save"), "clicked");
  g_assert_true (soon (has_copy, fixture->desk));
  jam = find_rule (fixture, "jam");
  copy = find_rule (fixture, "jam-2");
  g_assert_cmpfloat (copy->tiers[3].enter, ==, jam->tiers[3].enter);
  g_assert_cmpuint (copy->n_guards, ==, jam->n_guards);
  g_assert_cmpstr (copy->scope.tags[0], ==, "bridge");
  g_assert_cmpuint (copy->version, ==, 1);
  g_assert_false (jam->local);
}

/* A key figure of which low values are bad: its limits say so as they are typed. */
static void
test_key_figure (Fixture *fixture, gconstpointer data)
{
  GtkWidget *editor = open_new (fixture);

  adw_combo_row_set_selected (ADW_COMBO_ROW (find (editor, is_row, "What is measured")), RN_METRIC_KPI);
  run_ms (50);
  type_row (editor, "Key figure, by id", "");
  g_assert_nonnull (find (editor, is_label, "select"));
  g_assert_false (can_save (editor));
  type_row (editor, "Key figure, by id", "smooth_rate");
  type (editor, "Tier IV: Leave at", "80");
  type (editor, "Tier IV: Enter at", "75");
  g_assert_nonnull (find (editor, is_label, "Enter at or below"));
  type (editor, "Tier IV: Leave at", "75");
  g_assert_nonnull (find (editor, is_label, "it tells which side is bad"));
  type (editor, "Tier IV: Leave at", "70");
  g_assert_nonnull (find (editor, is_label, "Enter at or above"));
  g_assert_nonnull (find (editor, is_label, "The past: no history is held of “Key figure”"));
  gtk_window_destroy (GTK_WINDOW (editor));
}

/* ---- the past ------------------------------------------------------------------------------ */

static gboolean
says_no_past (gpointer data)
{
  return find (data, is_label, "The past: nothing is held yet") != NULL;
}

static gboolean
says_past (gpointer data)
{
  return find (data, is_label, "In the last 1:30: ") != NULL;
}

static void
test_past (Fixture *fixture, gconstpointer data)
{
  GtkWidget *editor = open_editor (fixture, "jam");
  g_autoptr (RnNetwork) network = rn_network_ref (rn_seat_get_frame (fixture->seat)->network);

  g_assert_true (soon (says_no_past, editor)); /* one sample is no past */
  gtk_window_destroy (GTK_WINDOW (editor));
  for (guint i = 1; i <= 3; i++)
    {
      MadeUp how = MADE_UP_INIT;

      how.now_us += i * 30 * RN_SECOND;
      rn_session_take_frame (fixture->session, made_up_frame (network, &how, NULL));
    }
  editor = open_editor (fixture, "jam");
  type (editor, "Tier III: Leave at", "1.5");
  type (editor, "Tier III: For, s", "0");
  type (editor, "Tier III: Enter at", "1.4"); /* everybody is slow */
  g_assert_true (soon (says_past, editor));
  g_assert_null (find (editor, is_label, ": no alert"));
  gtk_window_destroy (GTK_WINDOW (editor));
}

/* ---- the page ------------------------------------------------------------------------------ */

static gboolean
says_error (gpointer data)
{
  return find (data, is_label, "rules[0].for_s: out of range") != NULL;
}

static gboolean
says_none (gpointer data)
{
  return find (data, is_label, "rules[0]") == NULL;
}

static void
test_page (Fixture *fixture, gconstpointer data)
{
  const RnRuleSet *rules = rn_alert_desk_get_rules (fixture->desk);
  GtkWidget *editor;

  for (guint i = 0; i < rules->n; i++)
    g_assert_nonnull (find (fixture->page, is_row, rn_rule_title (rules->rules[i])));
  g_assert_true (g_file_set_contents (fixture->path,
                                      "{\"rules\": [{\"id\": \"x\", \"metric\": \"speed_kmh\", "
                                      "\"tiers\": {\"I\": {\"enter\": 5, \"exit\": 9}}, "
                                      "\"for_s\": -1}]}",
                                      -1, NULL));
  g_assert_true (soon (says_error, fixture->page));
  g_assert_nonnull (find (fixture->page, is_label, "rules.json"));
  g_assert_true (g_file_set_contents (fixture->path,
                                      "{\"rules\": [{\"id\": \"x\", \"name\": \"Standing\", "
                                      "\"metric\": \"speed_kmh\", \"enabled\": false, "
                                      "\"tiers\": {\"I\": {\"enter\": 5, \"exit\": 9}}}, "
                                      "{\"id\": \"bare\", \"metric\": \"state\", "
                                      "\"tiers\": {\"I\": {\"enter\": 5}}}]}",
                                      -1, NULL));
  g_assert_true (soon (says_none, fixture->page));
  run_ms (100);
  g_assert_nonnull (find (fixture->page, is_row, "Standing"));
  g_assert_nonnull (find (fixture->page, is_label, "Off"));

  editor = open_editor (fixture, "bare"); /* opening is no change */
  g_assert_null (find (editor, is_label, "A change needs a reason."));
  gtk_window_destroy (GTK_WINDOW (editor));
}

/* ---- thresholds of sections ---------------------------------------------------------------- */

static RnFrame *
frame_with_thresholds (const char *thresholds)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("x", "1");
  g_autoptr (RnNetwork) network = NULL;
  g_autoptr (GError) error = NULL;
  const RnPoint points[] = { { 119.0, 32.0 }, { 119.1, 32.0 } };
  RnSectionRow row = RN_SECTION_ROW_INIT;
  RnFrameParts part = { .flow_quality_cap = RN_QUALITY_LIVE, .now_us = MADE_UP_NOW_US };

  row.id = "s1";
  row.road = "G2";
  row.from_m = 1000;
  row.to_m = 10000;
  row.points = points;
  row.n_points = 2;
  row.thresholds = thresholds;
  g_assert_true (rn_network_builder_add_section (builder, &row, &error));
  part.network = network = rn_network_builder_end (builder);
  return rn_frame_build (network, &part, 1, rn_state_table_default (), MADE_UP_NOW_US, NULL, NULL,
                         0);
}

static gboolean
says_fault (gpointer data)
{
  return find (data, is_row, "1 threshold of a section cannot be used") != NULL
         && gtk_widget_get_mapped (find (data, is_row, "1 threshold of a section cannot be used"));
}

static gboolean
says_no_fault (gpointer data)
{
  return !says_fault (data);
}

/* Which section, which threshold, and why; gone with the cause. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  g_assert_true (says_no_fault (fixture->page));
  rn_session_take_frame (fixture->session,
                         frame_with_thresholds ("{\"jam\": {\"II\": {\"exit\": 0.5}}}"));
  g_assert_true (soon (says_fault, fixture->page));
  row = find (fixture->page, is_row, "1 threshold of a section cannot be used");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  run_ms (400);
  g_assert_nonnull (find (row, is_label, "jam.II.enter: is missing"));
  g_assert_nonnull (find (row, is_label, "G2"));
  rn_session_take_frame (fixture->session, frame_with_thresholds (NULL));
  g_assert_true (soon (says_no_fault, fixture->page));
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_setenv ("GTK_A11Y", "test", TRUE); /* names can be asked for without a bus */
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  rn_style_get_default ();
  g_test_add ("/rule-editor/problems", Fixture, NULL, set_up, test_problems, tear_down);
  g_test_add ("/rule-editor/now", Fixture, NULL, set_up, test_now, tear_down);
  g_test_add ("/rule-editor/save", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add ("/rule-editor/new", Fixture, NULL, set_up, test_new, tear_down);
  g_test_add ("/rule-editor/copy", Fixture, NULL, set_up, test_copy, tear_down);
  g_test_add ("/rule-editor/key-figure", Fixture, NULL, set_up, test_key_figure, tear_down);
  g_test_add ("/rule-editor/past", Fixture, NULL, set_up, test_past, tear_down);
  g_test_add ("/rule-editor/faults", Fixture, NULL, set_up, test_faults, tear_down);
  g_test_add ("/rule-editor/page", Fixture, NULL, set_up, test_page, tear_down);
  return g_test_run ();
}
