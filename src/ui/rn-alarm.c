/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One timer for the sound that waits, one for the end of the mute, both on the injected clock. Main
 * thread. */
#include "ui/rn-alarm.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-alarm-policy.h"
#include "ui/rn-settings.h"

struct _RnAlarm {
  GObject parent_instance;
  RnAlertDesk *desk;
  RnClock *clock;
  RnSound *sound; /* NULL */
  RnAlarmPolicy *policy;
  guint sound_timer, mute_timer;
};

G_DEFINE_FINAL_TYPE (RnAlarm, rn_alarm, G_TYPE_OBJECT)

enum { CHANGED, SOUNDED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
emit_changed (RnAlarm *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- sounds ---------------------------------------------------------------------------------- */

static void
sound (RnAlarm *self, int tier)
{
  double volume = g_settings_get_int (rn_settings_get (), "sound-volume") / 100.0;

  if (self->sound != NULL)
    rn_sound_play (self->sound, tier, volume);
  g_signal_emit (self, signals[SOUNDED], 0, tier);
}

static void plan_sound (RnAlarm *self);

static gboolean
sound_cb (gpointer data)
{
  RnAlarm *self = data;
  int tier = rn_alarm_policy_take (self->policy, rn_clock_monotonic_us (self->clock));

  self->sound_timer = 0;
  if (tier != 0)
    sound (self, tier);
  plan_sound (self);
  return G_SOURCE_REMOVE;
}

static void
plan_sound (RnAlarm *self)
{
  gint64 due_us = rn_alarm_policy_get_due_us (self->policy);
  gint64 now_us = rn_clock_monotonic_us (self->clock);

  rn_clock_clear_timer (self->clock, &self->sound_timer);
  if (due_us != 0)
    self->sound_timer =
        rn_clock_add_timer (self->clock, MAX (due_us - now_us, 0), sound_cb, self, NULL);
}

static void
rang_cb (RnAlarm *self, RnAlert *alert, gboolean again)
{
  if (again && !g_settings_get_boolean (rn_settings_get (), "sound-again"))
    return;
  rn_alarm_policy_set_flood (self->policy, rn_alert_desk_is_flood (self->desk));
  rn_alarm_policy_ring (self->policy, alert, again, rn_clock_monotonic_us (self->clock));
  plan_sound (self);
}

static void
desk_changed_cb (RnAlarm *self)
{
  rn_alarm_policy_set_flood (self->policy, rn_alert_desk_is_flood (self->desk));
}

void
rn_alarm_test (RnAlarm *self, int tier)
{
  sound (self, tier);
}

/* ---- mute ------------------------------------------------------------------------------------ */

static gboolean
mute_ended_cb (gpointer data)
{
  RnAlarm *self = data;

  self->mute_timer = 0;
  rn_alarm_policy_mute (self->policy, 0);
  emit_changed (self);
  return G_SOURCE_REMOVE;
}

void
rn_alarm_mute (RnAlarm *self, gint64 for_us)
{
  rn_clock_clear_timer (self->clock, &self->mute_timer);
  rn_alarm_policy_mute (self->policy,
                        for_us > 0 ? rn_clock_monotonic_us (self->clock) + for_us : 0);
  if (for_us > 0)
    self->mute_timer = rn_clock_add_timer (self->clock, for_us, mute_ended_cb, self, NULL);
  emit_changed (self);
}

gint64
rn_alarm_get_mute_left_us (RnAlarm *self)
{
  gint64 until_us = rn_alarm_policy_get_muted_until_us (self->policy);

  return until_us != 0 ? MAX (until_us - rn_clock_monotonic_us (self->clock), 0) : 0;
}

/* ---- what is told ---------------------------------------------------------------------------- */

static const char *
get_fault (RnAlarm *self)
{
  return self->sound != NULL ? rn_sound_get_fault (self->sound) : NULL;
}

RnAlarmState
rn_alarm_get_state (RnAlarm *self)
{
  if (!g_settings_get_boolean (rn_settings_get (), "sound"))
    return RN_ALARM_OFF;
  if (get_fault (self) != NULL)
    return RN_ALARM_FAULT;
  return rn_alarm_get_mute_left_us (self) > 0 ? RN_ALARM_MUTED : RN_ALARM_ON;
}

char *
rn_alarm_dup_sentence (RnAlarm *self)
{
  int least = g_settings_get_int (rn_settings_get (), "sound-least");
  g_autofree char *left = NULL;

  switch (rn_alarm_get_state (self))
    {
    case RN_ALARM_FAULT:
      return g_strdup_printf (_("No alert can be heard here: %s. Watch the list of alerts."),
                              get_fault (self));
    case RN_ALARM_OFF:
      return g_strdup (_("Sound is off in the preferences: no alert is heard here."));
    case RN_ALARM_MUTED:
      left = rn_text_age (rn_alarm_get_mute_left_us (self));
      return g_strdup_printf (_("Muted for another %s. Tier I sounds all the same."), left);
    case RN_ALARM_ON:
    default:
      return least < RN_N_TIERS - 1
                 ? g_strdup_printf (_("Alerts of tier I to %s sound."), rn_tier_word (least))
                 : g_strdup (_("Alerts sound."));
    }
}

/* ---- settings -------------------------------------------------------------------------------- */

static void
settings_changed_cb (RnAlarm *self)
{
  GSettings *settings = rn_settings_get ();

  rn_alarm_policy_set_least (self->policy, g_settings_get_boolean (settings, "sound")
                                               ? g_settings_get_int (settings, "sound-least")
                                               : 0);
  plan_sound (self);
  emit_changed (self);
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_alarm_dispose (GObject *object)
{
  RnAlarm *self = RN_ALARM (object);

  if (self->clock != NULL)
    {
      rn_clock_clear_timer (self->clock, &self->sound_timer);
      rn_clock_clear_timer (self->clock, &self->mute_timer);
    }
  g_clear_object (&self->desk);
  g_clear_object (&self->clock);
  g_clear_object (&self->sound);
  g_clear_pointer (&self->policy, rn_alarm_policy_free);
  G_OBJECT_CLASS (rn_alarm_parent_class)->dispose (object);
}

static void
rn_alarm_class_init (RnAlarmClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_alarm_dispose;
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_ALARM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[SOUNDED] = g_signal_new ("sounded", RN_TYPE_ALARM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
rn_alarm_init (RnAlarm *self)
{
  self->policy = rn_alarm_policy_new ();
}

RnAlarm *
rn_alarm_new (RnAlertDesk *desk, RnClock *clock, RnSound *sound_or_null)
{
  static const char *const keys[] = { "changed::sound", "changed::sound-least" };
  RnAlarm *self = g_object_new (RN_TYPE_ALARM, NULL);

  self->desk = g_object_ref (desk);
  self->clock = g_object_ref (clock);
  g_set_object (&self->sound, sound_or_null);
  g_signal_connect_object (desk, "rang", G_CALLBACK (rang_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "changed", G_CALLBACK (desk_changed_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_signal_connect_object (rn_settings_get (), keys[i], G_CALLBACK (settings_changed_cb), self,
                             G_CONNECT_SWAPPED);
  if (sound_or_null != NULL)
    g_signal_connect_object (sound_or_null, "notify::fault", G_CALLBACK (emit_changed), self,
                             G_CONNECT_SWAPPED);
  settings_changed_cb (self);
  return self;
}
