/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quiet is normal: only an icon while all is heard; a word beside it when it is not. */
#include "ui/rn-sound-button.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-compat.h"

#define MINUTE_US (60 * G_GINT64_CONSTANT (1000000))

struct _RnSoundButton {
  GtkWidget parent_instance;
  GtkWidget *button, *icon, *word, *sentence, *mutes, *unmute, *tests;
  RnAlarm *alarm; /* NULL before rn_sound_button_set_alarm() */
};

G_DEFINE_FINAL_TYPE (RnSoundButton, rn_sound_button, GTK_TYPE_WIDGET)

static void
mute_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnSoundButton *self = RN_SOUND_BUTTON (widget);

  if (self->alarm != NULL)
    rn_alarm_mute (self->alarm, g_variant_get_int32 (parameter) * MINUTE_US);
}

static void
test_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnSoundButton *self = RN_SOUND_BUTTON (widget);

  if (self->alarm != NULL)
    rn_alarm_test (self->alarm, g_variant_get_int32 (parameter));
}

static void
rn_sound_button_dispose (GObject *object)
{
  RnSoundButton *self = RN_SOUND_BUTTON (object);

  g_clear_object (&self->alarm);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_sound_button_parent_class)->dispose (object);
}

static void
rn_sound_button_class_init (RnSoundButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_sound_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-sound-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RnSoundButton, button);
  gtk_widget_class_bind_template_child (widget_class, RnSoundButton, icon);
  gtk_widget_class_bind_template_child (widget_class, RnSoundButton, word);
  gtk_widget_class_bind_template_child (widget_class, RnSoundButton, sentence);
  gtk_widget_class_bind_template_child (widget_class, RnSoundButton, mutes);
  gtk_widget_class_bind_template_child (widget_class, RnSoundButton, unmute);
  gtk_widget_class_bind_template_child (widget_class, RnSoundButton, tests);
  gtk_widget_class_install_action (widget_class, "sound.mute", "i", mute_cb);
  gtk_widget_class_install_action (widget_class, "sound.test", "i", test_cb);
}

static void
add_test (RnSoundButton *self, int tier)
{
  g_autofree char *icon = g_strdup_printf ("rn-tier-%d-symbolic", tier);
  g_autofree char *level = g_strdup_printf ("level-%d", tier);
  g_autofree char *name = g_strdup_printf (_("Play the tone of tier %s"), rn_tier_word (tier));
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *button = gtk_button_new ();

  gtk_image_set_pixel_size (GTK_IMAGE (image), 20);
  gtk_widget_add_css_class (image, "rn-shape");
  gtk_widget_add_css_class (image, level);
  gtk_button_set_child (GTK_BUTTON (button), image);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", tier);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "sound.test");
  rn_compat_set_tooltip (button, name);
  gtk_box_append (GTK_BOX (self->tests), button);
}

static void
add_mute (RnSoundButton *self, int minutes)
{
  g_autofree char *label = rn_text_age (minutes * MINUTE_US);
  g_autofree char *name = g_strdup_printf (_("Mute for %s"), label);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", minutes);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "sound.mute");
  gtk_widget_set_hexpand (button, TRUE);
  rn_compat_set_name (button, name);
  gtk_box_append (GTK_BOX (self->mutes), button);
}

static void
rn_sound_button_init (RnSoundButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_mute (self, 5);
  add_mute (self, 15);
  add_mute (self, 30);
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    add_test (self, tier);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Beside the icon; NULL: the icon alone. */
static char *
dup_word (RnSoundButton *self, RnAlarmState state)
{
  gint64 left_us = rn_alarm_get_mute_left_us (self->alarm);

  switch (state)
    {
    case RN_ALARM_FAULT:
      return g_strdup (_("No sound"));
    case RN_ALARM_OFF:
      return g_strdup (_("Sound off"));
    case RN_ALARM_MUTED:
      /* whole minutes, begun ones too: a header does not tick */
      return rn_text_age ((left_us + MINUTE_US - 1) / MINUTE_US * MINUTE_US);
    case RN_ALARM_ON:
    default:
      return NULL;
    }
}

void
rn_sound_button_update (RnSoundButton *self)
{
  RnAlarmState state;
  g_autofree char *word = NULL, *sentence = NULL;

  if (self->alarm == NULL)
    return;
  state = rn_alarm_get_state (self->alarm);
  word = dup_word (self, state);
  sentence = rn_alarm_dup_sentence (self->alarm);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                state == RN_ALARM_FAULT ? "rn-warning-symbolic"
                                : state == RN_ALARM_ON  ? "rn-sound-symbolic"
                                                        : "rn-sound-muted-symbolic");
  gtk_widget_set_visible (self->word, word != NULL);
  gtk_label_set_label (GTK_LABEL (self->word), word != NULL ? word : "");
  gtk_label_set_label (GTK_LABEL (self->sentence), sentence);
  gtk_widget_set_visible (self->mutes, state == RN_ALARM_ON);
  gtk_widget_set_visible (self->unmute, state == RN_ALARM_MUTED);
  rn_compat_set_class (self->button, "muted", state == RN_ALARM_MUTED);
  rn_compat_set_class (self->button, "off", state == RN_ALARM_OFF);
  rn_compat_set_class (self->button, "fault", state == RN_ALARM_FAULT);
  rn_compat_set_name (self->button, sentence);
  gtk_widget_set_tooltip_text (self->button, sentence);
}

void
rn_sound_button_set_alarm (RnSoundButton *self, RnAlarm *alarm)
{
  g_return_if_fail (self->alarm == NULL);
  self->alarm = g_object_ref (alarm);
  g_signal_connect_object (alarm, "changed", G_CALLBACK (rn_sound_button_update), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  rn_sound_button_update (self);
}
