/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of rules and the editor of one, over a made-up province and a file of rules: what is
 * wrong is said beside its field, what it would do now is counted, what is saved comes in force. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "made-up.h"
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

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
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
  g_assert_nonnull (find_dialog ());
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "revert");
  g_assert_true (soon (is_default, fixture->desk));
  run_ms (100);
  g_assert_null (find (fixture->page, is_label, "Site"));
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
                                      "\"tiers\": {\"I\": {\"enter\": 5, \"exit\": 9}}}]}",
                                      -1, NULL));
  g_assert_true (soon (says_none, fixture->page));
  run_ms (100);
  g_assert_nonnull (find (fixture->page, is_row, "Standing"));
  g_assert_nonnull (find (fixture->page, is_label, "Off"));
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
  g_test_add ("/rule-editor/page", Fixture, NULL, set_up, test_page, tear_down);
  return g_test_run ();
}
