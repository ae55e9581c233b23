/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls are bound to the settings; who needs a setting follows its key. The rows of sources are
 * made anew when the list changes, their states run on with the session. Main thread. */
#include "ui/rn-preferences.h"

#include "base/rn-i18n.h"
#include "ui/rn-alert-preferences-page.h"
#include "ui/rn-base-map-page.h"
#include "ui/rn-rule-page.h"
#include "ui/rn-settings.h"
#include "ui/rn-source-editor.h"
#include "ui/rn-source-row.h"

struct _RnPreferences {
  AdwPreferencesWindow parent_instance;
  GtkWidget *sources, *list, *empty, *theme, *units, *language, *days, *mib, *alerts, *rules;
  RnSourceBook *book;
};

G_DEFINE_FINAL_TYPE (RnPreferences, rn_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* ---- sources --------------------------------------------------------------------------------- */

static void
update_states (RnPreferences *self)
{
  g_autoptr (GPtrArray) feeds = rn_session_dup_feeds (rn_source_book_get_session (self->book));

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    rn_source_row_set_feeds (RN_SOURCE_ROW (row), feeds);
}

static RnSourceRow *
find_focus (RnPreferences *self, int *control)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      *control = rn_source_row_get_focus (RN_SOURCE_ROW (row));
      if (*control >= 0)
        return RN_SOURCE_ROW (row);
    }
  return NULL;
}

static void
rebuild (RnPreferences *self)
{
  const GPtrArray *entries = rn_source_book_get_entries (self->book);
  int control = -1;
  RnSourceRow *focus = find_focus (self, &control);
  g_autofree char *name =
      focus != NULL ? g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (focus))) : NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < entries->len; i++)
    {
      row = rn_source_row_new (self->book, i);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      if (g_strcmp0 (name, rn_source_row_get_name (RN_SOURCE_ROW (row))) == 0)
        rn_source_row_set_focus (RN_SOURCE_ROW (row), control);
    }
  gtk_widget_set_visible (self->list, entries->len > 0);
  gtk_widget_set_visible (self->empty, entries->len == 0);
  update_states (self);
}

static void
add_cb (RnPreferences *self)
{
  gtk_window_present (rn_source_editor_new (GTK_WINDOW (self), self->book,
                                            rn_source_book_get_entries (self->book)->len));
}

static void
said_cb (RnPreferences *self, const char *message)
{
  AdwToast *toast = adw_toast_new (message);

  adw_toast_set_timeout (toast, 0);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), toast);
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_preferences_dispose (GObject *object)
{
  g_clear_object (&RN_PREFERENCES (object)->book);
  G_OBJECT_CLASS (rn_preferences_parent_class)->dispose (object);
}

static void
rn_preferences_class_init (RnPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (RN_TYPE_ALERT_PREFERENCES_PAGE);
  g_type_ensure (RN_TYPE_BASE_MAP_PAGE);
  g_type_ensure (RN_TYPE_RULE_PAGE);
  G_OBJECT_CLASS (klass)->dispose = rn_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, RnPreferences, sources);
  gtk_widget_class_bind_template_child (widget_class, RnPreferences, list);
  gtk_widget_class_bind_template_child (widget_class, RnPreferences, empty);
  gtk_widget_class_bind_template_child (widget_class, RnPreferences, theme);
  gtk_widget_class_bind_template_child (widget_class, RnPreferences, units);
  gtk_widget_class_bind_template_child (widget_class, RnPreferences, language);
  gtk_widget_class_bind_template_child (widget_class, RnPreferences, days);
  gtk_widget_class_bind_template_child (widget_class, RnPreferences, mib);
  gtk_widget_class_bind_template_child (widget_class, RnPreferences, rules);
  gtk_widget_class_bind_template_child (widget_class, RnPreferences, alerts);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
rn_preferences_init (RnPreferences *self)
{
  GSettings *settings = rn_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  rn_settings_bind_choice ("theme", self->theme, rn_settings_themes);
  rn_settings_bind_choice ("units", self->units, rn_settings_units);
  rn_settings_bind_choice ("language", self->language, rn_settings_languages);
  g_settings_bind (settings, "history-days", self->days, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "history-mib", self->mib, "value", G_SETTINGS_BIND_DEFAULT);
}

GtkWindow *
rn_preferences_new (GtkWindow *parent, RnSourceBook *book, RnSeat *seat)
{
  RnPreferences *self =
      g_object_new (RN_TYPE_PREFERENCES, "transient-for", parent, "modal", TRUE, NULL);

  self->book = g_object_ref (book);
  rn_rule_page_set_seat (RN_RULE_PAGE (self->rules), seat);
  rn_alert_preferences_page_set_desk (
      RN_ALERT_PREFERENCES_PAGE (self->alerts),
      rn_session_get_alert_desk (rn_source_book_get_session (book)));
  if (!rn_source_book_get_applies (book))
    adw_preferences_group_set_description (
        ADW_PREFERENCES_GROUP (self->sources),
        _("This start watches what the command line named; these are kept for the next one."));
  g_signal_connect_object (book, "changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (book, "said", G_CALLBACK (said_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rn_source_book_get_session (book), "feeds-changed",
                           G_CALLBACK (update_states), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WINDOW (self);
}
