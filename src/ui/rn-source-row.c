/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Its subtitle runs on each second: kind and place, then the feeds with their ages, then what is
 * wrong. Main thread. */
#include "ui/rn-source-row.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-feed-text.h"
#include "ui/rn-source-editor.h"

struct _RnSourceRow {
  AdwActionRow parent_instance;
  GtkWidget *enabled, *up, *down, *edit, *remove;
  RnSourceBook *book;
  guint index;
};

G_DEFINE_FINAL_TYPE (RnSourceRow, rn_source_row, ADW_TYPE_ACTION_ROW)

static const RnSourceEntry *
get_entry (RnSourceRow *self)
{
  return rn_source_book_get_entries (self->book)->pdata[self->index];
}

/* ---- focus ----------------------------------------------------------------------------------- */

int
rn_source_row_get_focus (RnSourceRow *self)
{
  GtkWidget *controls[] = { self->up, self->down, self->edit, self->remove, self->enabled };

  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    if (gtk_widget_has_focus (controls[i]))
      return (int) i;
  return -1;
}

void
rn_source_row_set_focus (RnSourceRow *self, int control)
{
  GtkWidget *controls[] = { self->up, self->down, self->edit, self->remove, self->enabled };

  /* the first has nothing above it: then the nearest control that can be used */
  if (control >= 0 && control < (int) G_N_ELEMENTS (controls)
      && !gtk_widget_grab_focus (controls[control]))
    gtk_widget_grab_focus (self->edit);
}

const char *
rn_source_row_get_name (RnSourceRow *self)
{
  return get_entry (self)->spec->name;
}

/* ---- how it is doing ------------------------------------------------------------------------- */

static char *
dup_feeds_text (const RnSourceEntry *entry, const GPtrArray *feeds)
{
  g_autoptr (GString) states = g_string_new (NULL), errors = g_string_new (NULL);
  const char *last = NULL;

  for (guint i = 0; i < feeds->len; i++)
    {
      const RnFeedStatus *status = feeds->pdata[i];
      g_autofree char *age = NULL;

      if (g_strcmp0 (status->source, entry->spec->name) != 0)
        continue;
      age = rn_feed_text_age (status);
      g_string_append_printf (states, "%s%s %s", states->len > 0 ? " · " : "",
                              rn_feed_kind_title (status->kind), age);
      if (status->error == NULL || g_strcmp0 (status->error, last) == 0)
        continue;
      last = status->error;
      g_string_append_printf (errors, "\n%s: %s", rn_feed_kind_title (status->kind), last);
    }
  if (states->len == 0)
    return NULL;
  return g_strconcat (states->str, errors->str, NULL);
}

/* What is wrong with it as a whole, else how its feeds are. */
static char *
dup_state (RnSourceRow *self, const RnSourceEntry *entry, const GPtrArray *feeds)
{
  RnSession *session = rn_source_book_get_session (self->book);
  const char *error = rn_session_get_source_error (session, entry->spec->name);
  char *state = NULL;

  if (!entry->usable)
    return g_strdup_printf (_("Cannot be used: %s"), entry->problem);
  if (!entry->enabled)
    return g_strdup (_("Switched off"));
  if (!rn_source_book_get_applies (self->book))
    return g_strdup (_("Not watched in this start"));
  if (error == NULL && g_str_equal (entry->spec->adapter, RN_SOURCE_DEMO))
    error = rn_session_get_demo_error (session);
  if (error != NULL)
    return g_strdup (error);
  state = dup_feeds_text (entry, feeds);
  return state != NULL ? state : g_strdup (_("Starting…"));
}

void
rn_source_row_set_feeds (RnSourceRow *self, const GPtrArray *feeds)
{
  const RnSourceEntry *entry = get_entry (self);
  g_autofree char *kind = rn_source_kind_title (entry->spec->adapter);
  g_autofree char *state = dup_state (self, entry, feeds);
  g_autoptr (GString) text = g_string_new (kind);

  if (*entry->spec->location != '\0')
    g_string_append_printf (text, " · %s", entry->spec->location);
  g_string_append_printf (text, "\n%s", state);
  if (entry->usable && entry->problem != NULL)
    g_string_append_printf (text, "\n%s", entry->problem);
  if (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (self)), text->str) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text->str);
}

/* ---- what can be done ------------------------------------------------------------------------ */

static void
enabled_cb (RnSourceRow *self)
{
  rn_source_book_set_enabled (self->book, self->index,
                              gtk_switch_get_active (GTK_SWITCH (self->enabled)));
}

static void
up_cb (RnSourceRow *self)
{
  rn_source_book_move (self->book, self->index, -1);
}

static void
down_cb (RnSourceRow *self)
{
  rn_source_book_move (self->book, self->index, 1);
}

static void
edit_cb (RnSourceRow *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (rn_source_editor_new (window, self->book, self->index));
}

/* The row may be another one by now. */
static void
remove_response_cb (AdwMessageDialog *dialog, const char *response, RnSourceBook *book)
{
  guint i = rn_source_book_find (book, g_object_get_data (G_OBJECT (dialog), "rn-name"));

  if (g_str_equal (response, "remove") && i < rn_source_book_get_entries (book)->len)
    rn_source_book_remove (book, i);
}

static void
remove_cb (RnSourceRow *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *title =
      g_strdup_printf (_("Remove the Source “%s”?"), get_entry (self)->spec->name);
  GtkWidget *dialog = adw_message_dialog_new (
      window, title, _("It is no longer watched, and its token is taken out of the keyring."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove",
                                    _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "rn-name", g_strdup (get_entry (self)->spec->name),
                          g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_response_cb), self->book, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_source_row_dispose (GObject *object)
{
  g_clear_object (&RN_SOURCE_ROW (object)->book);
  G_OBJECT_CLASS (rn_source_row_parent_class)->dispose (object);
}

static void
rn_source_row_class_init (RnSourceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_source_row_dispose;
}

static GtkWidget *
add_button (RnSourceRow *self, const char *icon, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  return button;
}

static void
rn_source_row_init (RnSourceRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->up = add_button (self, "go-up-symbolic", G_CALLBACK (up_cb));
  self->down = add_button (self, "go-down-symbolic", G_CALLBACK (down_cb));
  self->edit = add_button (self, "document-edit-symbolic", G_CALLBACK (edit_cb));
  self->remove = add_button (self, "user-trash-symbolic", G_CALLBACK (remove_cb));
  self->enabled = gtk_switch_new ();
  gtk_widget_set_valign (self->enabled, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->enabled);
}

/* "Remove demo": with the name, for a list has many such buttons. */
static void
name_control (GtkWidget *widget, const char *template, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (template, "%s", 2);
  g_autofree char *text = g_strconcat (parts[0], name, parts[1], NULL);

  rn_compat_set_tooltip (widget, text);
}

GtkWidget *
rn_source_row_new (RnSourceBook *book, guint i)
{
  RnSourceRow *self = g_object_new (RN_TYPE_SOURCE_ROW, NULL);
  guint n = rn_source_book_get_entries (book)->len;
  const RnSourceEntry *entry;
  const char *name;

  self->book = g_object_ref (book);
  self->index = i;
  entry = get_entry (self);
  name = entry->spec->name;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  rn_compat_set_name (GTK_WIDGET (self), name);
  name_control (self->up, _("Move %s up"), name);
  name_control (self->down, _("Move %s down"), name);
  name_control (self->edit, _("Change %s"), name);
  name_control (self->remove, _("Remove %s"), name);
  name_control (self->enabled, _("Watch %s"), name);
  gtk_widget_set_sensitive (self->up, i > 0);
  gtk_widget_set_sensitive (self->down, i + 1 < n);
  gtk_switch_set_active (GTK_SWITCH (self->enabled), entry->enabled);
  gtk_widget_set_sensitive (self->enabled, entry->usable);
  g_signal_connect_object (self->enabled, "notify::active", G_CALLBACK (enabled_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
