/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loudspeaker and operator of the header, and the window of figures, at a desk fed by hand. */
#include "../alert/alert-help.h"
#include "base/rn-text.h"
#include "ui/rn-alert-figures-page.h"
#include "ui/rn-figure.h"
#include "ui/rn-operator-button.h"
#include "ui/rn-operator.h"
#include "ui/rn-settings.h"
#include "ui/rn-sound-button.h"
#include "ui/rn-style.h"

#define S G_GINT64_CONSTANT (1000000)

static void
entry_free (gpointer data)
{
  rn_alert_entry_unref (data);
}

static void
take (RnAlertDesk *desk, RnAlertEntry *entry)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);

  g_ptr_array_add (entries, entry);
  g_assert_cmpuint (rn_alert_desk_take_entries (desk, entries), ==, 1);
}

/* The first widget of @type below @widget that shows @text, or any of it when NULL. */
static GtkWidget *
find (GtkWidget *widget, GType type, const char *text)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type)
      && (text == NULL
          || (GTK_IS_LABEL (widget)
              && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_menu_button (GtkWidget *widget)
{
  GtkWidget *button = find (widget, GTK_TYPE_MENU_BUTTON, NULL);

  g_assert_nonnull (button);
  return button;
}

static void
test_sound (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_manual (T0);
  g_autoptr (RnAlertDesk) desk = rn_alert_desk_new (clock);
  g_autoptr (RnAlarm) alarm = rn_alarm_new (desk, clock, NULL);
  GtkWidget *self = g_object_ref_sink (g_object_new (RN_TYPE_SOUND_BUTTON, NULL));
  GtkWidget *button = find_menu_button (self);
  g_autofree char *at_first = rn_text_age (15 * 60 * S), *later = rn_text_age (14 * 60 * S);

  g_assert_false (gtk_widget_get_visible (self));
  rn_sound_button_set_alarm (RN_SOUND_BUTTON (self), alarm);
  g_assert_true (gtk_widget_get_visible (self));
  g_assert_false (gtk_widget_has_css_class (button, "muted"));
  gtk_widget_activate_action (self, "sound.mute", "i", 15);
  g_assert_cmpint (rn_alarm_get_mute_left_us (alarm), ==, 900 * S);
  g_assert_true (gtk_widget_has_css_class (button, "muted"));
  g_assert_nonnull (find (button, GTK_TYPE_LABEL, at_first));
  rn_clock_advance (clock, 61 * S);
  rn_sound_button_update (RN_SOUND_BUTTON (self));
  g_assert_nonnull (find (button, GTK_TYPE_LABEL, later));
  gtk_widget_activate_action (self, "sound.mute", "i", 0);
  g_assert_false (gtk_widget_has_css_class (button, "muted"));
  g_settings_set_boolean (rn_settings_get (), "sound", FALSE);
  g_assert_true (gtk_widget_has_css_class (button, "off"));
  g_settings_reset (rn_settings_get (), "sound");
  g_assert_false (gtk_widget_has_css_class (button, "off"));
  g_object_unref (self);
}

/* No tone is installed where nothing is looked for: the same as no device. */
static void
test_fault (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_manual (T0);
  g_autoptr (RnAlertDesk) desk = rn_alert_desk_new (clock);
  g_autoptr (RnSound) sound = rn_sound_new (clock);
  g_autoptr (RnAlarm) alarm = rn_alarm_new (desk, clock, sound);
  GtkWidget *self = g_object_ref_sink (g_object_new (RN_TYPE_SOUND_BUTTON, NULL));
  GtkWidget *button = find_menu_button (self);

  rn_sound_button_set_alarm (RN_SOUND_BUTTON (self), alarm);
  g_assert_null (rn_sound_dup_file (1));
  rn_sound_watch (sound);
  g_assert_true (gtk_widget_has_css_class (button, "fault"));
  g_assert_nonnull (find (button, GTK_TYPE_LABEL, "No sound"));
  g_object_unref (self);
}

static void
entries_cb (GPtrArray *seen, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (seen, (gpointer) rn_alert_entry_ref (entries->pdata[i]));
}

static void
test_operator (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_manual (T0);
  g_autoptr (RnAlertDesk) desk = rn_alert_desk_new (clock);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (entry_free);
  GtkWidget *self = g_object_ref_sink (g_object_new (RN_TYPE_OPERATOR_BUTTON, NULL));
  const RnAlertEntry *shift;

  rn_operator_follow (desk);
  rn_operator_button_set_desk (RN_OPERATOR_BUTTON (self), desk);
  g_assert_cmpstr (rn_alert_desk_get_person (desk), ==, g_get_user_name ());
  g_assert_nonnull (find (self, GTK_TYPE_LABEL, g_get_user_name ()));
  take (desk, make_entry (RN_ENTRY_RAISED, "jam", "a/1", 0)); /* by hand from now on */
  g_signal_connect_swapped (desk, "entries", G_CALLBACK (entries_cb), seen);
  g_assert_true (rn_operator_begin_shift (desk, " Zhou Min ", "Early"));
  g_assert_nonnull (find (self, GTK_TYPE_LABEL, "Early · Zhou Min"));
  g_assert_cmpstr (rn_alert_desk_get_person (desk), ==, "Zhou Min");
  g_assert_cmpuint (seen->len, ==, 1);
  shift = seen->pdata[0];
  g_assert_cmpint (shift->kind, ==, RN_ENTRY_SHIFT);
  g_assert_cmpstr (shift->person, ==, "Zhou Min");
  g_assert_cmpstr (shift->text, ==, "Early");
  g_assert_cmpstr (shift->where, ==, rn_alert_desk_get_seat (desk));
  /* what is done from now on is done by that name */
  g_assert_true (rn_alert_desk_acknowledge (desk, "jam section:a/1"));
  g_assert_cmpstr (rn_alert_desk_find (desk, "jam section:a/1")->acknowledged_by, ==, "Zhou Min");
  g_assert_true (rn_operator_begin_shift (desk, "", ""));
  g_assert_cmpstr (rn_alert_desk_get_person (desk), ==, g_get_user_name ());
  g_object_unref (self);
}

static void
test_figures (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_manual (T0);
  g_autoptr (RnSession) session = rn_session_new (clock);
  RnAlertDesk *desk = rn_session_get_alert_desk (session);
  GtkWindow *parent = GTK_WINDOW (gtk_window_new ());
  GtkWindow *page;

  for (int i = 0; i < 3; i++)
    {
      RnAlertEntry *cleared = make_entry (RN_ENTRY_CLEARED, "jam-severe", "a/1", 4 * i + 1);

      take (desk, make_entry (RN_ENTRY_RAISED, "jam-severe", "a/1", 4 * i));
      cleared->count = 2;
      take (desk, cleared);
    }
  page = rn_alert_figures_page_new (parent, session);
  gtk_window_present (page);
  g_assert_nonnull (find (GTK_WIDGET (page), GTK_TYPE_LABEL, "1 / 0 / 3"));
  g_assert_nonnull (find (GTK_WIDGET (page), GTK_TYPE_LABEL, "3 new · 2 came back · 1 chatters"));
  g_assert_nonnull (find (GTK_WIDGET (page), GTK_TYPE_LABEL, "come and go at once"));
  /* the next shift begins at nothing, and the one before can be looked at */
  g_assert_true (rn_operator_begin_shift (desk, "Li", "Late"));
  g_assert_nonnull (find (GTK_WIDGET (page), GTK_TYPE_LABEL, "0 / 0 / 0"));
  g_assert_nonnull (find (GTK_WIDGET (page), GTK_TYPE_LABEL, "Late · Li"));
  g_assert_cmpuint (rn_shift_figures_get_last (rn_session_get_shift_figures (session))->n_new, ==,
                    3);
  gtk_window_destroy (page);
  gtk_window_destroy (parent);
}

int
main (int argc, char **argv)
{
  g_setenv ("XDG_DATA_DIRS", "/nonexistent", TRUE); /* nothing is installed */
  gtk_init ();
  adw_init ();
  rn_style_get_default ();
  test_sound ();
  test_fault ();
  test_operator ();
  test_figures ();
  g_print ("loudspeaker, operator, figures\n");
  return 0;
}
