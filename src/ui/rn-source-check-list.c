/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are made anew with each step of the test: there are never more than some twenty. The verdict
 * beside the heading is a status that screen readers announce. Main thread. */
#include "ui/rn-source-check-list.h"

#include <adwaita.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-compat.h"

#define TITLE_CHARS 12
#define REFUSALS_WIDTH_PX 560
#define REFUSALS_HEIGHT_PX 300

struct _RnSourceCheckList {
  GtkWidget parent_instance;
  GtkWidget *box, *list, *summary;
  RnSourceTest *test;
};

G_DEFINE_FINAL_TYPE (RnSourceCheckList, rn_source_check_list, GTK_TYPE_WIDGET)

enum { CHANGE_TOKEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct {
  const char *icon, *css_class, *word;
} marks[] = {
  [RN_TEST_READING] = { "rn-clock-symbolic", "reading", NC_ ("check", "reading") },
  [RN_TEST_GOOD] = { "rn-check-symbolic", "good", NC_ ("check", "good") },
  [RN_TEST_WARNING] = { "rn-warning-symbolic", "warning", NC_ ("check", "warning") },
  [RN_TEST_BAD] = { "rn-close-symbolic", "bad", NC_ ("check", "fault") },
};

static void
close_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* ---- what was refused ------------------------------------------------------------------------ */

static GtkWidget *
create_refusals (const RnRefusals *refusals)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (guint i = 0; i < rn_refusals_n_kinds (refusals); i++)
    {
      const RnRefusal *refusal = rn_refusals_nth (refusals, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *count = rn_text_count (refusal->count);
      g_autofree char *times = g_strconcat ("×", count, NULL);
      GtkWidget *label = gtk_label_new (times);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), refusal->reason);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), refusal->path);
      gtk_widget_add_css_class (label, "rn-age");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  rn_compat_set_name (list, _("Refused rows"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), REFUSALS_HEIGHT_PX);
  gtk_widget_set_size_request (scroller, REFUSALS_WIDTH_PX, -1);
  return scroller;
}

static void
view_cb (GtkButton *button, gpointer data)
{
  const RnRefusals *refusals = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (root), _("Refused Rows"),
      _("Place of the first of its kind, how often, and why. All other rows are used."));

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), create_refusals (refusals));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  g_signal_connect (dialog, "response", G_CALLBACK (close_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
change_token_cb (RnSourceCheckList *self)
{
  g_signal_emit (self, signals[CHANGE_TOKEN], 0);
}

static void
unref_refusals (gpointer data, GClosure *closure)
{
  rn_refusals_unref (data);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static GtkWidget *
append_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* At the end of the line: what can be done about it, else when it was. */
static void
append_end (RnSourceCheckList *self, GtkWidget *box, const RnTestRow *row)
{
  GtkWidget *button;
  g_autofree char *count = NULL, *label = NULL;
  guint n;

  if (row->refusals != NULL)
    {
      n = rn_refusals_total (row->refusals);
      count = rn_text_count (n);
      label = g_strdup_printf (ngettext ("View %s row", "View %s rows", n), count);
      button = gtk_button_new_with_label (label);
      g_signal_connect_data (button, "clicked", G_CALLBACK (view_cb),
                             rn_refusals_ref (row->refusals), unref_refusals, 0);
    }
  else if (row->refused)
    {
      button = gtk_button_new_with_label (_("Change the token…"));
      g_signal_connect_object (button, "clicked", G_CALLBACK (change_token_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else
    {
      if (row->note != NULL)
        append_label (box, row->note, "rn-age");
      return;
    }
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "rn-link");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), button);
}

static void
append_row (RnSourceCheckList *self, const RnTestRow *row)
{
  GtkWidget *line = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new_from_icon_name (marks[row->mark].icon), *label;
  const char *word = g_dpgettext2 (GETTEXT_PACKAGE, "check", marks[row->mark].word);
  g_autofree char *name =
      g_strdup_printf ("%s, %s: %s%s%s", row->title, word, row->text, row->note != NULL ? ", " : "",
                       row->note != NULL ? row->note : "");

  gtk_widget_add_css_class (icon, "rn-mark");
  gtk_widget_add_css_class (icon, marks[row->mark].css_class);
  rn_compat_set_name (icon, word);
  gtk_box_append (GTK_BOX (box), icon);
  label = append_label (box, row->title, "rn-strong");
  gtk_label_set_width_chars (GTK_LABEL (label), TITLE_CHARS);
  label = append_label (box, row->text, "rn-dim");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  append_end (self, box, row);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), FALSE);
  gtk_widget_set_focusable (line, FALSE);
  rn_compat_set_name (line, name);
  gtk_list_box_append (GTK_LIST_BOX (self->list), line);
}

static void
update (RnSourceCheckList *self)
{
  const GPtrArray *rows = rn_source_test_get_rows (self->test);
  RnVerdict verdict = rn_source_test_get_verdict (self->test);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < rows->len; i++)
    append_row (self, rows->pdata[i]);
  gtk_widget_set_visible (self->list, rows->len > 0);
  gtk_label_set_label (GTK_LABEL (self->summary), rn_source_test_get_summary (self->test));
  rn_compat_set_class (self->summary, "bad", verdict == RN_VERDICT_UNUSABLE);
  rn_compat_set_class (self->summary, "warning", verdict == RN_VERDICT_WITH_FAULTS);
  rn_compat_set_class (self->summary, "good", verdict == RN_VERDICT_GOOD);
  gtk_widget_set_visible (GTK_WIDGET (self), verdict != RN_VERDICT_NONE);
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_source_check_list_dispose (GObject *object)
{
  RnSourceCheckList *self = RN_SOURCE_CHECK_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->test);
  G_OBJECT_CLASS (rn_source_check_list_parent_class)->dispose (object);
}

static void
rn_source_check_list_class_init (RnSourceCheckListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_source_check_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHANGE_TOKEN] = g_signal_new ("change-token", RN_TYPE_SOURCE_CHECK_LIST,
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rn_source_check_list_init (RnSourceCheckList *self)
{
  GtkWidget *head;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_append (GTK_BOX (self->box), head);
  append_label (head, _("Check results"), "rn-heading");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_add_css_class (self->list, "rn-checks");
  rn_compat_set_name (self->list, _("Check results"));
  gtk_box_append (GTK_BOX (self->box), self->list);
  self->summary = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                "xalign", 1.0f, "hexpand", TRUE, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->summary, "rn-verdict");
  gtk_box_append (GTK_BOX (head), self->summary);
}

GtkWidget *
rn_source_check_list_new (RnSourceTest *test)
{
  RnSourceCheckList *self = g_object_new (RN_TYPE_SOURCE_CHECK_LIST, NULL);

  self->test = g_object_ref (test);
  g_signal_connect_object (test, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
