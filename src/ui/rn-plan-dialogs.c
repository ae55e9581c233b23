/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small modal questions; the answers go to the desk. Main thread. */
#include "ui/rn-plan-dialogs.h"

#include <adwaita.h>

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-plan-second.h"
#include "ui/rn-plan-text.h"

/* What a question is about; freed with it. */
typedef struct {
  RnPlanDesk *desk;
  char *plan_key;
  int tier;
  GtkWidget *rows[3]; /* of the question, borrowed */
  GtkWidget *party, *of_tier, *closure;
  char *texts[3]; /* of an order that waits for the second person */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->desk);
  g_free (question->plan_key);
  for (guint i = 0; i < G_N_ELEMENTS (question->texts); i++)
    g_free (question->texts[i]);
  g_free (question);
}

static Question *
question_new (RnPlanDesk *desk, const char *plan_key, int tier)
{
  Question *question = g_new0 (Question, 1);

  question->desk = g_object_ref (desk);
  question->plan_key = g_strdup (plan_key);
  question->tier = tier;
  return question;
}

static GtkWidget *
create_rows (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

static GtkWidget *
add_entry (GtkWidget *list, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  rn_compat_set_name (row, title);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static const char *
text_of (GtkWidget *row)
{
  return row != NULL ? gtk_editable_get_text (GTK_EDITABLE (row)) : NULL;
}

static GtkWidget *
dialog_new (GtkWindow *parent, const char *heading, const char *body, const char *accept,
            Question *question)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "cancel", _("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_default_response (message, "accept");
  adw_message_dialog_set_close_response (message, "cancel");
  adw_message_dialog_set_response_appearance (message, "accept", ADW_RESPONSE_SUGGESTED);
  g_object_set_data_full (G_OBJECT (dialog), "rn-question", question, question_free);
  return dialog;
}

static void
needs_text_cb (GtkWidget *row, AdwMessageDialog *dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (text_of (row)));

  adw_message_dialog_set_response_enabled (dialog, "accept", text[0] != '\0');
}

static void
require (GtkWidget *dialog, GtkWidget *row)
{
  g_signal_connect_object (row, "changed", G_CALLBACK (needs_text_cb), dialog, 0);
  needs_text_cb (row, ADW_MESSAGE_DIALOG (dialog));
}

/* ---- declining ----------------------------------------------------------------------------- */

static void
decline_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_str_equal (response, "accept"))
    rn_plan_desk_decline (question->desk, question->plan_key, text_of (question->rows[0]));
}

void
rn_plan_ask_decline (GtkWindow *parent, RnPlanDesk *desk, const char *plan_key)
{
  Question *question = question_new (desk, plan_key, 0);
  GtkWidget *rows = create_rows ();
  GtkWidget *dialog = dialog_new (parent, _("Not Now"),
                                  _("The reason is kept in the journal. The "
                                     "proposal comes back in half an hour "
                                     "while its criteria hold."),
                                  _("_Decline"), question);

  question->rows[0] = add_entry (rows, _("Reason"));
  require (dialog, question->rows[0]);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), rows);
  g_signal_connect (dialog, "response", G_CALLBACK (decline_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- a tier -------------------------------------------------------------------------------- */

static void
tier_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_str_equal (response, "accept"))
    rn_plan_desk_confirm (question->desk, question->plan_key, question->tier,
                          text_of (question->rows[0]));
}

static char *
dup_consequences (RnPlanDesk *desk, const RnPlanAdvice *advice, int tier)
{
  g_autoptr (GPtrArray) orders = rn_plan_desk_dup_to_order (desk, advice->plan->key, tier);
  gboolean up = rn_tier_is_worse (tier, advice->tier);
  GString *text = g_string_new (NULL);

  g_string_append (text, rn_plan_title (advice));
  if (up && orders->len > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (
          text,
          ngettext ("%u measure will be ordered.", "%u measures will be ordered.", orders->len),
          orders->len);
    }
  if (rn_plan_book_needs (tier) == 2)
    g_string_append_printf (text, "\n%s", _("It is in force when a second person has confirmed."));
  g_string_append_printf (text, "\n%s",
                          _("The decision is recorded here; it is not sent to the server."));
  return g_string_free (text, FALSE);
}

void
rn_plan_ask_tier (GtkWindow *parent, RnPlanDesk *desk, const char *plan_key, int tier)
{
  const RnPlanAdvice *advice = rn_plan_desk_find (desk, plan_key);
  Question *question;
  GtkWidget *dialog;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (advice == NULL)
    return;
  question = question_new (desk, plan_key, tier);
  heading = g_strdup_printf (_("From %s to %s?"), rn_plan_tier_numeral (advice->tier),
                             rn_plan_tier_numeral (tier));
  body = dup_consequences (desk, advice, tier);
  dialog = dialog_new (parent, heading, body, _("_Confirm"), question);
  if (tier == 1)
    adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "accept",
                                                ADW_RESPONSE_DESTRUCTIVE);
  if (advice->move == RN_PLAN_HOLD || advice->to != tier)
    {
      GtkWidget *rows = create_rows ();

      question->rows[0] = add_entry (rows, _("Reason, for this is not proposed"));
      require (dialog, question->rows[0]);
      adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), rows);
    }
  g_signal_connect (dialog, "response", G_CALLBACK (tier_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- the second person --------------------------------------------------------------------- */

static void
second_cb (RnPlanSecond *window, const char *name, const char *credential, Question *question)
{
  rn_plan_desk_confirm_second (question->desk, question->plan_key, name, credential);
}

void
rn_plan_ask_second (GtkWindow *parent, RnPlanDesk *desk, const char *plan_key)
{
  const RnPlanAdvice *advice = rn_plan_desk_find (desk, plan_key);
  const RnPlanState *state = rn_plan_desk_get_state (desk, plan_key);
  g_autofree char *what = NULL;
  Question *question;
  GtkWidget *window;

  if (advice == NULL || state == NULL || !rn_plan_desk_awaits_second (desk, plan_key))
    return;
  question = question_new (desk, plan_key, state->proposed);
  what = g_strdup_printf (_("%s: %s → %s, confirmed first by %s."), rn_plan_title (advice),
                          rn_plan_tier_numeral (advice->tier),
                          rn_plan_tier_numeral (state->proposed), state->first);
  window = rn_plan_second_new (parent, state->first, what);
  g_object_set_data_full (G_OBJECT (window), "rn-question", question, question_free);
  g_signal_connect (window, "confirmed", G_CALLBACK (second_cb), question);
  gtk_window_present (GTK_WINDOW (window));
}

/* ---- an order ------------------------------------------------------------------------------ */

static const char *const parties[] = { "operator", "police", "enforcement", "rescue", NULL };

static GtkWidget *
add_choice (GtkWidget *list, const char *title, const char *const *names, guint chosen)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  rn_compat_set_name (row, title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), chosen);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static void
order (Question *question, const char *second)
{
  rn_plan_desk_order (question->desk, question->plan_key, question->tier, question->texts[0],
                      question->texts[1], question->texts[2], second != NULL, second);
}

static void
order_second_cb (RnPlanSecond *window, const char *name, const char *credential, Question *question)
{
  order (question, name);
}

static void
ask_order_second (GtkWindow *parent, Question *question)
{
  const RnPlanAdvice *advice = rn_plan_desk_find (question->desk, question->plan_key);
  g_autofree char *what =
      g_strdup_printf (_("%s: the closure “%s” is to be ordered."),
                       advice != NULL ? rn_plan_title (advice) : "", question->texts[0]);
  GtkWidget *window = rn_plan_second_new (parent, rn_plan_desk_get_person (question->desk), what);

  g_object_set_data_full (G_OBJECT (window), "rn-question", question, question_free);
  g_signal_connect (window, "confirmed", G_CALLBACK (order_second_cb), question);
  gtk_window_present (GTK_WINDOW (window));
}

static void
order_cb (AdwMessageDialog *dialog, const char *response, Question *asked)
{
  Question *question;

  if (!g_str_equal (response, "accept"))
    return;
  question = question_new (asked->desk, asked->plan_key,
                           4 - (int) adw_combo_row_get_selected (ADW_COMBO_ROW (asked->of_tier)));
  question->texts[0] = g_strdup (text_of (asked->rows[0]));
  question->texts[1] = g_strdup (text_of (asked->rows[1]));
  question->texts[2] =
      g_strdup (parties[adw_combo_row_get_selected (ADW_COMBO_ROW (asked->party))]);
  if (gtk_switch_get_active (GTK_SWITCH (asked->closure)))
    {
      ask_order_second (gtk_window_get_transient_for (GTK_WINDOW (dialog)), question);
      return;
    }
  order (question, NULL);
  question_free (question);
}

static void
add_closure (GtkWidget *list, Question *question)
{
  GtkWidget *row = adw_action_row_new ();

  question->closure = gtk_switch_new ();
  gtk_widget_set_valign (question->closure, GTK_ALIGN_CENTER);
  rn_compat_set_name (question->closure, _("Closes a road or an entrance"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Closes a road or an entrance"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("A second person has to confirm"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), question->closure);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), question->closure);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

void
rn_plan_ask_order (GtkWindow *parent, RnPlanDesk *desk, const char *plan_key)
{
  const RnPlanAdvice *advice = rn_plan_desk_find (desk, plan_key);
  const char *const tiers[] = { rn_plan_tier_title (4), rn_plan_tier_title (3),
                                rn_plan_tier_title (2), rn_plan_tier_title (1), NULL };
  const char *titles[G_N_ELEMENTS (parties)] = { NULL };
  Question *question;
  GtkWidget *rows, *dialog;

  if (advice == NULL)
    return;
  for (guint i = 0; parties[i] != NULL; i++)
    titles[i] = rn_plan_party_title (parties[i]);
  question = question_new (desk, plan_key, 0);
  rows = create_rows ();
  dialog =
      dialog_new (parent, _("Order a Measure"), rn_plan_title (advice), _("_Order"), question);
  question->rows[0] = add_entry (rows, _("What is done"));
  question->rows[1] = add_entry (rows, _("Where"));
  question->party = add_choice (rows, _("Party"), titles, 0);
  question->of_tier =
      add_choice (rows, _("Tier"), tiers, advice->tier > 0 ? 4 - (guint) advice->tier : 0);
  add_closure (rows, question);
  require (dialog, question->rows[0]);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), rows);
  g_signal_connect (dialog, "response", G_CALLBACK (order_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
}
