/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the plans on a display: what it says, and tier I confirmed by two persons with their
 * own hands, found in the ledger; measures by keys; the chip and the tab. */
#include <adwaita.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "looking.h"
#include "made-up.h"
#include "ui/rn-plan-chip.h"
#include "ui/rn-plan-page.h"
#include "ui/rn-plan-second.h"
#include "ui/rn-plan-tab.h"
#include "ui/rn-style.h"

#define PATIENCE_US (90 * RN_SECOND)

typedef struct {
  RnClock *clock;
  RnSession *session;
  RnSeat *seat;
  RnNetwork *network;
  MadeUp how;
  GtkWidget *window, *page;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->how = (MadeUp) MADE_UP_INIT;
  fixture->how.plan_tier = 4;
  fixture->clock = rn_clock_new_manual (fixture->how.now_us);
  fixture->session = rn_session_new (fixture->clock);
  fixture->seat = rn_seat_new (fixture->session);
  fixture->network = made_up_network ();
  rn_alert_desk_set_person (rn_session_get_alert_desk (fixture->session), "Zhou Min");
  rn_session_take_frame (fixture->session,
                         made_up_frame (fixture->network, &fixture->how,
                                        rn_session_get_frame (fixture->session)));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1600, 900);
  fixture->page = rn_plan_page_new (fixture->seat);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
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
}

/* ---- looking ------------------------------------------------------------------------------- */

static gboolean
is_button_with (GtkWidget *widget, const char *text)
{
  const char *label = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;

  return label != NULL && strstr (label, text) != NULL;
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  return find (widget, is_label_with, text) != NULL;
}

static void
wait_until_says (GtkWidget *widget, const char *text)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  while (!says (widget, text))
    {
      if (g_get_monotonic_time () > until_us)
        g_error ("never says “%s”", text);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

/* The open window of this type over the page. */
static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_widget_get_visible (window))
        return window;
    }
  return NULL;
}

static void
click (GtkWidget *within, const char *label)
{
  GtkWidget *button = find (within, is_button_with, label);

  if (button == NULL)
    g_error ("there is no button “%s”", label);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  settle ();
}

static void
type_into (GtkWidget *window, const char *row_type, const char *text)
{
  GtkWidget *row = find (window, is_of_type, row_type);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* ---- tests --------------------------------------------------------------------------------- */

static void
test_says (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (rn_plan_page_get_plan (RN_PLAN_PAGE (fixture->page)), ==, MADE_UP_PLAN);
  g_assert_true (says (fixture->page, "Jiangyin corridor"));
  g_assert_true (says (fixture->page, "Suggested: up to I"));
  g_assert_true (says (fixture->page, "Suggested: IV → I; 2 criteria hold (any one will do)"));
  g_assert_true (says (fixture->page, "Incident level"));
  g_assert_true (says (fixture->page, "Holds"));
  g_assert_true (says (fixture->page, "Up: IV → I"));
  g_assert_true (says (fixture->page, "Down: IV → none"));
  g_assert_true (says (fixture->page, "Unconfirmed 19\u202fmin"));
  g_assert_true (says (fixture->page, "If raised to I will be ordered"));
}

static void
test_two_persons (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog, *second;

  click (fixture->page, "Confirm: up to I");
  dialog = find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_true (says (dialog, "second person"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_close (GTK_WINDOW (dialog));
  wait_until_says (fixture->page, "waits for the second person");
  g_assert_true (says (fixture->page, "Zhou Min"));

  click (fixture->page, "Second person confirms");
  second = find_window (RN_TYPE_PLAN_SECOND);
  g_assert_nonnull (second);
  type_into (second, "AdwEntryRow", "Zhou Min");
  type_into (second, "AdwPasswordEntryRow", "eight and more");
  settle ();
  g_assert_true (says (second, "needs another person"));
  g_assert_false (gtk_widget_get_sensitive (find (second, is_button_with, "as the second")));
  type_into (second, "AdwEntryRow", "Wang Jianguo");
  settle ();
  click (second, "as the second");
  wait_until_says (second, "has no passphrase at this seat yet");
  click (second, "as the second"); /* typed once only */
  g_assert_true (says (second, "differ"));
  {
    GtkWidget *first = find (second, is_of_type, "AdwPasswordEntryRow");

    gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_next_sibling (first)), "eight and more");
  }
  click (second, "as the second");
  wait_until_says (fixture->page, "Entrances closed by direction");
  wait_until_says (fixture->page, "Raised to I");
  g_assert_true (says (fixture->page, "Zhou Min + Wang Jianguo"));
  g_assert_true (says (fixture->page, "the server still says Tier IV"));
  g_assert_null (find (fixture->page, is_button_with, "Confirm: up"));
}

static void
test_declined (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;

  click (fixture->page, "Not now");
  dialog = find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_false (
      adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept"));
  type_into (dialog, "AdwEntryRow", "Tow truck on site");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_close (GTK_WINDOW (dialog));
  wait_until_says (fixture->page, "Not raised to I");
  g_assert_true (says (fixture->page, "Tow truck on site"));
  g_assert_true (says (fixture->page, "Declined for now"));
}

/* By the keys: the row, then what comes next, then its end. */
static void
test_measure (Fixture *fixture, gconstpointer data)
{
  GtkWidget *ledger = find (fixture->page, is_of_type, "RnPlanLedgerTable");
  GtkWidget *list = find (ledger, is_of_type, "GtkListBox");
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0);

  gtk_list_box_select_row (GTK_LIST_BOX (list), row);
  settle ();
  g_signal_emit_by_name (row, "activate");
  wait_until_says (ledger, "Is executed"); /* the next step of the button */
  click (ledger, "_executed");
  wait_until_says (ledger, "In force");
  click (ledger, "_Lift");
  wait_until_says (ledger, "Lifted");
}

static void
test_chip_and_tab (Fixture *fixture, gconstpointer data)
{
  RnPlanDesk *desk = rn_session_get_plan_desk (fixture->session);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *chip = g_object_new (RN_TYPE_PLAN_CHIP, NULL);
  GtkWidget *tab = rn_plan_tab_new (desk);
  GtkWidget *button = rn_plan_tab_create_button (RN_PLAN_TAB (tab));

  rn_plan_chip_set_desk (RN_PLAN_CHIP (chip), desk);
  gtk_box_append (GTK_BOX (box), chip);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), tab);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  g_assert_true (says (chip, "Tier IV"));
  g_assert_true (says (chip, "1"));
  g_assert_true (says (button, "1"));
  g_assert_true (says (tab, "Jiangyin corridor"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "says", test_says },       { "two-persons", test_two_persons },
    { "declined", test_declined }, { "measure", test_measure },
    { "chip-and-tab", test_chip_and_tab },
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  rn_i18n_init ("en_US");
  gtk_test_init (&argc, &argv, NULL);
  rn_style_get_default ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plans/%s", tests[i].name);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
