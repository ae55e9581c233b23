/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Works on a copy: nothing changes before "Save". A token of the keyring is asked for when the
 * window opens, so that saving does not lose it. Main thread. */
#include "ui/rn-source-editor.h"

#include "base/rn-i18n.h"
#include "session/rn-keyring.h"
#include "ui/rn-source-check-list.h"
#include "ui/rn-source-form.h"

struct _RnSourceEditor {
  AdwWindow parent_instance;
  GtkWidget *form, *save, *slot, *problem;
  RnSourceBook *book;
  char *name; /* of the entry as it was; NULL: a new one */
  RnSourceTest *test;
  GCancellable *cancellable; /* of the token */
};

G_DEFINE_FINAL_TYPE (RnSourceEditor, rn_source_editor, ADW_TYPE_WINDOW)

/* Which entry it is now; as many as there are when it is a new one, or was removed meanwhile. */
static guint
find (RnSourceEditor *self)
{
  return self->name != NULL ? rn_source_book_find (self->book, self->name)
                            : rn_source_book_get_entries (self->book)->len;
}

static void
form_changed_cb (RnSourceEditor *self)
{
  g_autoptr (RnSourceEntry) entry = rn_source_form_dup_entry (RN_SOURCE_FORM (self->form));
  g_autofree char *problem = rn_source_settings_check (entry->spec);

  if (rn_source_test_get_verdict (self->test) != RN_VERDICT_NONE
      && !rn_source_test_is_of (self->test, entry->spec))
    rn_source_test_cancel (self->test);
  gtk_widget_set_sensitive (self->save, problem == NULL);
  /* an empty field says by itself what is missing */
  gtk_label_set_label (GTK_LABEL (self->problem),
                       problem != NULL && *entry->spec->location != '\0' ? problem : "");
  gtk_widget_set_visible (self->problem, *gtk_label_get_label (GTK_LABEL (self->problem)) != '\0');
}

static void
check_cb (RnSourceEditor *self)
{
  g_autoptr (RnSourceEntry) entry = rn_source_form_dup_entry (RN_SOURCE_FORM (self->form));

  if (rn_source_test_get_verdict (self->test) == RN_VERDICT_RUNNING)
    rn_source_test_cancel (self->test);
  else
    rn_source_test_start (self->test, entry->spec);
}

static void
test_changed_cb (RnSourceEditor *self)
{
  rn_source_form_set_checking (RN_SOURCE_FORM (self->form),
                               rn_source_test_get_verdict (self->test) == RN_VERDICT_RUNNING);
}

static void
change_token_cb (RnSourceEditor *self)
{
  rn_source_form_focus_token (RN_SOURCE_FORM (self->form));
}

static void
save_cb (RnSourceEditor *self)
{
  rn_source_book_put (self->book, find (self),
                      rn_source_form_dup_entry (RN_SOURCE_FORM (self->form)));
  gtk_window_close (GTK_WINDOW (self));
}

static void
cancel_cb (RnSourceEditor *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_source_editor_dispose (GObject *object)
{
  RnSourceEditor *self = RN_SOURCE_EDITOR (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->test != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->test, self);
      rn_source_test_cancel (self->test);
    }
  g_clear_object (&self->test);
  g_clear_object (&self->book);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (rn_source_editor_parent_class)->dispose (object);
}

static void
rn_source_editor_class_init (RnSourceEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_source_editor_dispose;
  g_type_ensure (RN_TYPE_SOURCE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-source-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, RnSourceEditor, form);
  gtk_widget_class_bind_template_child (widget_class, RnSourceEditor, save);
  gtk_widget_class_bind_template_child (widget_class, RnSourceEditor, slot);
  gtk_widget_class_bind_template_child (widget_class, RnSourceEditor, problem);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rn_source_editor_init (RnSourceEditor *self)
{
  GtkWidget *list;

  self->test = rn_source_test_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  list = rn_source_check_list_new (self->test);
  adw_bin_set_child (ADW_BIN (self->slot), list);
  g_signal_connect_object (self->test, "changed", G_CALLBACK (test_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "change-token", G_CALLBACK (change_token_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
token_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnSourceEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = rn_keyring_lookup_finish (result, &error);
  const GPtrArray *entries;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->book == NULL)
    return;
  entries = rn_source_book_get_entries (self->book);
  if (find (self) < entries->len)
    rn_source_form_set_entry (RN_SOURCE_FORM (self->form), entries->pdata[find (self)], token);
  if (error != NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->problem), error->message);
      gtk_widget_set_visible (self->problem, TRUE);
    }
}

static void
fill (RnSourceEditor *self)
{
  const GPtrArray *entries = rn_source_book_get_entries (self->book);
  g_autoptr (RnSourceEntry) fresh = rn_source_entry_new ("roadnet", "");
  const RnSourceEntry *entry = find (self) < entries->len ? entries->pdata[find (self)] : fresh;

  if (entry == fresh) /* named by its kind unless the person gives it another name */
    *fresh->spec->name = '\0';
  rn_source_form_set_entry (RN_SOURCE_FORM (self->form), entry,
                            entry->token ? rn_keyring_peek (entry->spec->name) : NULL);
  if (!entry->token || rn_keyring_peek (entry->spec->name) != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  rn_keyring_lookup_async (entry->spec->name, self->cancellable, token_cb, g_object_ref (self));
}

GtkWindow *
rn_source_editor_new (GtkWindow *parent, RnSourceBook *book, guint i)
{
  const GPtrArray *entries = rn_source_book_get_entries (book);
  RnSourceEditor *self =
      g_object_new (RN_TYPE_SOURCE_EDITOR, "transient-for", parent, "modal", TRUE, "title",
                    i < entries->len ? _("Change a Source") : _("Add a Source"), NULL);

  self->book = g_object_ref (book);
  if (i < entries->len)
    self->name = g_strdup (((const RnSourceEntry *) entries->pdata[i])->spec->name);
  rn_source_form_set_mode (RN_SOURCE_FORM (self->form), RN_SOURCE_FORM_ALL);
  fill (self);
  return GTK_WINDOW (self);
}
