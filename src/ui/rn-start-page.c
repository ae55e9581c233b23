/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A choice, its form and the result of a check. A source that was not found usable can be started
 * only after a question: a control centre may prepare a seat before its server is there. Main
 * thread. */
#include "ui/rn-start-page.h"

#include <adwaita.h>

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-settings.h"
#include "ui/rn-source-check-list.h"
#include "ui/rn-source-form.h"

struct _RnStartPage {
  GtkWidget parent_instance;
  GtkWidget *box, *choices, *form, *slot, *language, *next_start, *later, *start;
  RnSourceBook *book;
  RnSourceTest *test;
};

G_DEFINE_FINAL_TYPE (RnStartPage, rn_start_page, GTK_TYPE_WIDGET)

enum { LATER, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
is_found_usable (RnStartPage *self)
{
  RnVerdict verdict = rn_source_test_get_verdict (self->test);

  return verdict == RN_VERDICT_GOOD || verdict == RN_VERDICT_WITH_FAULTS;
}

static void
check (RnStartPage *self)
{
  g_autoptr (RnSourceEntry) entry = rn_source_form_dup_entry (RN_SOURCE_FORM (self->form));

  rn_source_test_start (self->test, entry->spec);
}

/* ---- what is chosen -------------------------------------------------------------------------- */

static RnSourceFormMode
get_mode (RnStartPage *self)
{
  static const RnSourceFormMode modes[] = { RN_SOURCE_FORM_ADDRESS, RN_SOURCE_FORM_FOLDER,
                                            RN_SOURCE_FORM_FILE, RN_SOURCE_FORM_DEMO };
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->choices));
  int i = row != NULL ? gtk_list_box_row_get_index (row) : 0;

  return modes[CLAMP (i, 0, (int) G_N_ELEMENTS (modes) - 1)];
}

static void
form_changed_cb (RnStartPage *self)
{
  g_autoptr (RnSourceEntry) entry = rn_source_form_dup_entry (RN_SOURCE_FORM (self->form));
  g_autofree char *problem = rn_source_settings_check (entry->spec);

  if (rn_source_test_get_verdict (self->test) != RN_VERDICT_NONE
      && !rn_source_test_is_of (self->test, entry->spec))
    rn_source_test_cancel (self->test);
  gtk_widget_set_sensitive (self->start, problem == NULL);
}

static void
choice_cb (RnStartPage *self)
{
  RnSourceFormMode mode = get_mode (self);

  rn_source_form_set_mode (RN_SOURCE_FORM (self->form), mode);
  form_changed_cb (self);
  if (mode == RN_SOURCE_FORM_DEMO)
    check (self); /* says what it is; nothing is asked */
}

/* Enter on a choice goes on to what it asks for. */
static void
activated_cb (RnStartPage *self)
{
  if (get_mode (self) == RN_SOURCE_FORM_DEMO)
    gtk_widget_grab_focus (self->start);
  else
    rn_source_form_focus_first (RN_SOURCE_FORM (self->form));
}

static void
check_cb (RnStartPage *self)
{
  if (rn_source_test_get_verdict (self->test) == RN_VERDICT_RUNNING)
    rn_source_test_cancel (self->test);
  else
    check (self);
}

static void
test_changed_cb (RnStartPage *self)
{
  rn_source_form_set_checking (RN_SOURCE_FORM (self->form),
                               rn_source_test_get_verdict (self->test) == RN_VERDICT_RUNNING);
}

static void
change_token_cb (RnStartPage *self)
{
  rn_source_form_focus_token (RN_SOURCE_FORM (self->form));
}

/* ---- start ----------------------------------------------------------------------------------- */

static void
start (RnStartPage *self)
{
  rn_source_book_put (self->book, rn_source_book_get_entries (self->book)->len,
                      rn_source_form_dup_entry (RN_SOURCE_FORM (self->form)));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, RnStartPage *self)
{
  if (g_str_equal (response, "start"))
    start (self);
  else if (g_str_equal (response, "check"))
    check (self);
}

static void
ask (RnStartPage *self)
{
  gboolean failed = rn_source_test_get_verdict (self->test) == RN_VERDICT_UNUSABLE;
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *dialog = adw_message_dialog_new (
      window, failed ? _("Start without Data?") : _("Start without a Check?"),
      failed ? _("The check found nothing to show. The seat will go on trying.")
             : _("A check says within seconds whether the source can be used."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "check",
                                    failed ? _("Check _Again") : _("C_heck First"), "start",
                                    _("_Start Anyway"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "check");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
start_cb (RnStartPage *self)
{
  if (is_found_usable (self))
    start (self);
  else
    ask (self);
}

static void
later_cb (RnStartPage *self)
{
  g_signal_emit (self, signals[LATER], 0);
}

static void
language_changed_cb (RnStartPage *self)
{
  gtk_widget_set_visible (self->next_start, TRUE);
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_start_page_dispose (GObject *object)
{
  RnStartPage *self = RN_START_PAGE (object);

  if (self->test != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->test, self);
      rn_source_test_cancel (self->test);
    }
  g_clear_object (&self->test);
  g_clear_object (&self->book);
  if (self->box != NULL) /* a list tells the end of the row that is selected */
    g_signal_handlers_disconnect_by_data (self->choices, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_start_page_parent_class)->dispose (object);
}

static gboolean
rn_start_page_grab_focus (GtkWidget *widget)
{
  GtkListBox *choices = GTK_LIST_BOX (RN_START_PAGE (widget)->choices);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (choices);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
rn_start_page_class_init (RnStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_start_page_dispose;
  widget_class->grab_focus = rn_start_page_grab_focus;
  g_type_ensure (RN_TYPE_SOURCE_FORM);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RnStartPage, box);
  gtk_widget_class_bind_template_child (widget_class, RnStartPage, choices);
  gtk_widget_class_bind_template_child (widget_class, RnStartPage, form);
  gtk_widget_class_bind_template_child (widget_class, RnStartPage, slot);
  gtk_widget_class_bind_template_child (widget_class, RnStartPage, language);
  gtk_widget_class_bind_template_child (widget_class, RnStartPage, next_start);
  gtk_widget_class_bind_template_child (widget_class, RnStartPage, later);
  gtk_widget_class_bind_template_child (widget_class, RnStartPage, start);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, later_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  signals[LATER] = g_signal_new ("later", RN_TYPE_START_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rn_start_page_init (RnStartPage *self)
{
  GtkListBoxRow *first;
  GtkWidget *list;

  self->test = rn_source_test_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  list = rn_source_check_list_new (self->test);
  adw_bin_set_child (ADW_BIN (self->slot), list);
  g_signal_connect_object (self->test, "changed", G_CALLBACK (test_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "change-token", G_CALLBACK (change_token_cb), self,
                           G_CONNECT_SWAPPED);
  rn_compat_set_name (self->language, _("Language"));
  first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->choices), 0);
  gtk_list_box_select_row (GTK_LIST_BOX (self->choices), first);
  form_changed_cb (self);
}

void
rn_start_page_set_book (RnStartPage *self, RnSourceBook *book)
{
  self->book = g_object_ref (book);
  rn_settings_bind_choice ("language", self->language, rn_settings_languages);
  g_signal_connect_object (self->language, "notify::selected", G_CALLBACK (language_changed_cb),
                           self, G_CONNECT_SWAPPED);
}
