/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and paths are kept when they are applied, not while they are typed. Main thread. */
#include "ui/rn-alert-preferences-page.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-settings.h"

struct _RnAlertPreferencesPage {
  AdwPreferencesPage parent_instance;
  GtkWidget *operator, * shift, *seat;
  GtkWidget *sound, *least, *volume, *again, *notices;
  GtkWidget *rules_file, *rules_error, *choose_rules, *journal_folder, *choose_journal;
  RnAlertDesk *desk; /* NULL before rn_alert_preferences_page_set_desk() */
  GtkFileChooserNative *chooser;
  GtkWidget *chosen_for; /* the row that the chooser is open for */
};

G_DEFINE_FINAL_TYPE (RnAlertPreferencesPage, rn_alert_preferences_page, ADW_TYPE_PREFERENCES_PAGE)

/* ---- names and paths ------------------------------------------------------------------------- */

static const char *
key_of (RnAlertPreferencesPage *self, GtkWidget *row)
{
  return row == self->operator     ? "operator"
         : row == self->shift      ? "shift"
         : row == self->seat       ? "seat"
         : row == self->rules_file ? "rules-file"
                                   : "journal-folder";
}

static void
applied_cb (RnAlertPreferencesPage *self, GtkWidget *row)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));

  g_settings_set_string (rn_settings_get (), key_of (self, row), g_strstrip (text));
}

/* A setting was changed by another hand, or is shown for the first time. */
static void
show_setting (RnAlertPreferencesPage *self, GtkWidget *row)
{
  g_autofree char *text = g_settings_get_string (rn_settings_get (), key_of (self, row));

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
text_changed_cb (RnAlertPreferencesPage *self, const char *key)
{
  GtkWidget *rows[] = { self->operator, self->shift, self->seat, self->rules_file,
                        self->journal_folder };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (key_of (self, rows[i]), key))
      show_setting (self, rows[i]);
}

static void
chosen_cb (RnAlertPreferencesPage *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
                               : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    g_settings_set_string (rn_settings_get (), key_of (self, self->chosen_for), path);
  g_clear_object (&self->chooser);
}

static void
choose (RnAlertPreferencesPage *self, GtkWidget *row, const char *title,
        GtkFileChooserAction action)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chosen_for = row;
  self->chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (root), action, _("_Choose"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
choose_rules_cb (RnAlertPreferencesPage *self)
{
  choose (self, self->rules_file, _("The Site's Own Rules"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
choose_journal_cb (RnAlertPreferencesPage *self)
{
  choose (self, self->journal_folder, _("Folder of the Journal"),
          GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

/* ---- the tier that sounds -------------------------------------------------------------------- */

static gboolean
tier_to_selected (GValue *selected, GVariant *value, gpointer data)
{
  g_value_set_uint (selected, (guint) g_variant_get_int32 (value) - 1);
  return TRUE;
}

static GVariant *
selected_to_tier (const GValue *selected, const GVariantType *type, gpointer data)
{
  guint i = g_value_get_uint (selected);

  return i < RN_N_TIERS - 1 ? g_variant_new_int32 ((int) i + 1) : NULL;
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rules_changed_cb (RnAlertPreferencesPage *self)
{
  const char *error = rn_alert_desk_get_rules_error (self->desk);

  gtk_widget_set_visible (self->rules_error, error != NULL);
  gtk_label_set_label (GTK_LABEL (self->rules_error), error != NULL ? error : "");
}

void
rn_alert_preferences_page_set_desk (RnAlertPreferencesPage *self, RnAlertDesk *desk)
{
  g_return_if_fail (self->desk == NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "rules-changed", G_CALLBACK (rules_changed_cb), self,
                           G_CONNECT_SWAPPED);
  rules_changed_cb (self);
}

static void
rn_alert_preferences_page_dispose (GObject *object)
{
  RnAlertPreferencesPage *self = RN_ALERT_PREFERENCES_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (rn_alert_preferences_page_parent_class)->dispose (object);
}

static void
rn_alert_preferences_page_class_init (RnAlertPreferencesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_alert_preferences_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/example/RoadNet/ui/rn-alert-preferences-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, operator);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, shift);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, seat);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, sound);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, least);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, volume);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, again);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, notices);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, rules_file);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, rules_error);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, choose_rules);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, journal_folder);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPreferencesPage, choose_journal);
  gtk_widget_class_bind_template_callback (widget_class, applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_rules_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_journal_cb);
}

static void
rn_alert_preferences_page_init (RnAlertPreferencesPage *self)
{
  static const char *const notices[] = { "unfocused", "always", "never", NULL };
  static const char *const texts[] = { "operator", "shift", "seat", "rules-file",
                                       "journal-folder" };
  GSettings *settings = rn_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  rn_compat_set_tooltip (self->choose_rules, _("Choose a file"));
  rn_compat_set_tooltip (self->choose_journal, _("Choose a folder"));
  g_settings_bind (settings, "sound", self->sound, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "sound-again", self->again, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "sound-volume", gtk_range_get_adjustment (GTK_RANGE (self->volume)),
                   "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "sound-least", self->least, "selected",
                                G_SETTINGS_BIND_DEFAULT, tier_to_selected, selected_to_tier, NULL,
                                NULL);
  rn_settings_bind_choice ("notices", self->notices, notices);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", texts[i], NULL);

      g_signal_connect_object (settings, signal, G_CALLBACK (text_changed_cb), self,
                               G_CONNECT_SWAPPED);
      text_changed_cb (self, texts[i]);
    }
}
