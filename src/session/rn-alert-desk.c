/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk as an object. Main thread. */
#include "alert/rn-rule-read.h"
#include "session/rn-alert-desk-private.h"

G_DEFINE_FINAL_TYPE (RnAlertDesk, rn_alert_desk, G_TYPE_OBJECT)

guint rn_alert_desk_signals[RN_ALERT_DESK_N_SIGNALS];

/* A tick without a new frame is left out while the engine is still at work: the next one comes in a
 * second. Each frame is stepped: it is a sample. */
void
rn_alert_desk_step (RnAlertDesk *self, const RnFrame *frame, gint64 now_us, GTimeZone *zone)
{
  g_autoptr (RnFrame) newest = rn_frame_ref ((RnFrame *) frame);
  g_autoptr (GTimeZone) there = zone != NULL ? g_time_zone_ref (zone) : NULL;

  self->now_us = now_us;
  g_clear_pointer (&self->frame, rn_frame_unref);
  self->frame = g_steal_pointer (&newest);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_steal_pointer (&there);
  rn_alert_desk_lose_patience (self);
  if (self->by_hand || self->loading != NULL || rn_alert_desk_waits_for_rules (self))
    return;
  rn_alert_desk_tell_start (self);
  rn_alert_desk_begin (self);
  if (self->frame == self->stepped && rn_alert_work_is_busy (self->work))
    return;
  g_clear_pointer (&self->stepped, rn_frame_unref);
  self->stepped = rn_frame_ref (self->frame);
  rn_alert_work_step (self->work, self->frame, now_us, rn_clock_now_us (self->clock), self->zone);
}

guint
rn_alert_desk_take_entries (RnAlertDesk *self, GPtrArray *entries)
{
  self->by_hand = TRUE;
  for (guint i = 0; i < entries->len; i++)
    self->now_us = MAX (self->now_us, ((RnAlertEntry *) entries->pdata[i])->at_us);
  return rn_alert_desk_show_entries (self, entries);
}

/* ---- who ----------------------------------------------------------------------------------- */

const char *
rn_alert_desk_get_person (RnAlertDesk *self)
{
  return self->person;
}

void
rn_alert_desk_set_person (RnAlertDesk *self, const char *name)
{
  if (g_strcmp0 (name, self->person) == 0)
    return;
  g_free (self->person);
  self->person = g_strdup (name);
  g_signal_emit (self, rn_alert_desk_signals[RN_ALERT_DESK_STATUS_CHANGED], 0);
}

const char *
rn_alert_desk_get_seat (RnAlertDesk *self)
{
  return self->seat;
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_alert_desk_dispose (GObject *object)
{
  RnAlertDesk *self = RN_ALERT_DESK (object);

  g_clear_object (&self->rule_file);
  rn_alert_desk_record_clear (self);
  rn_alert_desk_clear_show (self);
  g_clear_pointer (&self->book, rn_alert_book_free);
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_clear_pointer (&self->stepped, rn_frame_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->rules, rn_rule_set_unref);
  g_clear_pointer (&self->faults, rn_threshold_faults_unref);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->seat, g_free);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (rn_alert_desk_parent_class)->dispose (object);
}

static guint
add_signal (const char *name, guint n, GType first, GType second)
{
  return g_signal_new (name, RN_TYPE_ALERT_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n, first, second);
}

static void
rn_alert_desk_class_init (RnAlertDeskClass *klass)
{
  guint *signals = rn_alert_desk_signals;

  G_OBJECT_CLASS (klass)->dispose = rn_alert_desk_dispose;
  signals[RN_ALERT_DESK_CHANGED] = add_signal ("changed", 0, 0, 0);
  signals[RN_ALERT_DESK_ENTRIES] = add_signal ("entries", 1, G_TYPE_PTR_ARRAY, 0);
  signals[RN_ALERT_DESK_RANG] = add_signal ("rang", 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[RN_ALERT_DESK_RULES_CHANGED] = add_signal ("rules-changed", 0, 0, 0);
  signals[RN_ALERT_DESK_FAULTS_CHANGED] = add_signal ("faults-changed", 0, 0, 0);
  signals[RN_ALERT_DESK_STATUS_CHANGED] = add_signal ("status-changed", 0, 0, 0);
  signals[RN_ALERT_DESK_PLANS_RESTORED] = add_signal ("plans-restored", 1, G_TYPE_PTR_ARRAY, 0);
  signals[RN_ALERT_DESK_REFUSED] = add_signal ("refused", 1, G_TYPE_STRING, 0);
}

static void
rn_alert_desk_init (RnAlertDesk *self)
{
  self->book = rn_alert_book_new ();
  self->rules = rn_rule_set_ref (rn_rule_set_default ());
  rn_alert_desk_record_init (self);
  self->person = g_strdup (g_get_user_name ());
  self->seat = g_strdup (g_get_host_name ());
}

RnAlertDesk *
rn_alert_desk_new (RnClock *clock)
{
  RnAlertDesk *self = g_object_new (RN_TYPE_ALERT_DESK, NULL);

  self->clock = g_object_ref (clock);
  self->now_us = rn_clock_now_us (clock);
  return self;
}
