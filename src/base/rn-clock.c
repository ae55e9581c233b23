/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time of day and timers, either the machine's or held by hand. One type: who is given a clock
 * cannot tell which it is. Main thread; the clock owns its timers, and they end with it. */
#include "base/rn-clock.h"

#define MIN_PERIOD_US 1000 /* as the main loop's own timers; a period of 0 would never end */

typedef struct {
  guint id;
  gint64 due_us, period_us; /* due on the monotonic time of a manual clock */
  GSourceFunc func;
  gpointer data;
  GDestroyNotify destroy;
  GSource *source; /* of a system clock */
  RnClock *clock;  /* NULL once removed */
  guint refs;
  gboolean running; /* not run again from within itself */
} Timer;

struct _RnClock {
  GObject parent_instance;
  gboolean manual;
  gint64 now_us, monotonic_us; /* of a manual clock */
  guint last_id;
  GPtrArray *timers; /* Timer */
};

G_DEFINE_FINAL_TYPE (RnClock, rn_clock, G_TYPE_OBJECT)

static void
timer_unref (Timer *timer)
{
  if (--timer->refs > 0)
    return;
  if (timer->destroy != NULL)
    timer->destroy (timer->data);
  g_free (timer);
}

/* Takes it out of the clock; what runs just now still ends. */
static void
timer_remove (Timer *timer)
{
  RnClock *self = timer->clock;

  if (self == NULL)
    return;
  timer->clock = NULL;
  if (timer->source != NULL)
    g_source_destroy (timer->source);
  g_clear_pointer (&timer->source, g_source_unref);
  g_ptr_array_remove (self->timers, timer);
  timer_unref (timer);
}

static gboolean
timer_run (Timer *timer)
{
  gboolean again;

  timer->refs++;
  timer->running = TRUE;
  again = timer->func (timer->data);
  timer->running = FALSE;
  if (!again)
    timer_remove (timer);
  again = timer->clock != NULL;
  timer_unref (timer);
  return again;
}

static gboolean
system_timer_cb (gpointer data)
{
  return timer_run (data) ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
rn_clock_dispose (GObject *object)
{
  RnClock *self = RN_CLOCK (object);

  while (self->timers->len > 0)
    timer_remove (self->timers->pdata[self->timers->len - 1]);
  G_OBJECT_CLASS (rn_clock_parent_class)->dispose (object);
}

static void
rn_clock_finalize (GObject *object)
{
  g_ptr_array_unref (RN_CLOCK (object)->timers);
  G_OBJECT_CLASS (rn_clock_parent_class)->finalize (object);
}

static void
rn_clock_class_init (RnClockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_clock_dispose;
  G_OBJECT_CLASS (klass)->finalize = rn_clock_finalize;
}

static void
rn_clock_init (RnClock *self)
{
  self->timers = g_ptr_array_new ();
}

RnClock *
rn_clock_new_system (void)
{
  return g_object_new (RN_TYPE_CLOCK, NULL);
}

RnClock *
rn_clock_new_manual (gint64 now_us)
{
  RnClock *self = g_object_new (RN_TYPE_CLOCK, NULL);

  self->manual = TRUE;
  self->now_us = now_us;
  return self;
}

gint64
rn_clock_now_us (RnClock *self)
{
  g_return_val_if_fail (RN_IS_CLOCK (self), 0);
  return self->manual ? self->now_us : g_get_real_time ();
}

gint64
rn_clock_monotonic_us (RnClock *self)
{
  g_return_val_if_fail (RN_IS_CLOCK (self), 0);
  return self->manual ? self->monotonic_us : g_get_monotonic_time ();
}

/* The timer that falls due first, the older one of two at once; NULL: none does by @until_us. */
static Timer *
next_due (RnClock *self, gint64 until_us)
{
  Timer *next = NULL;

  for (guint i = 0; i < self->timers->len; i++)
    {
      Timer *timer = self->timers->pdata[i];

      if (!timer->running && timer->due_us <= until_us
          && (next == NULL || timer->due_us < next->due_us))
        next = timer;
    }
  return next;
}

static void
move_to (RnClock *self, gint64 monotonic_us)
{
  if (monotonic_us <= self->monotonic_us)
    return;
  self->now_us += monotonic_us - self->monotonic_us;
  self->monotonic_us = monotonic_us;
}

void
rn_clock_advance (RnClock *self, gint64 by_us)
{
  g_autoptr (RnClock) hold = NULL;
  gint64 until_us;
  Timer *timer;

  g_return_if_fail (RN_IS_CLOCK (self) && self->manual && by_us >= 0);
  hold = g_object_ref (self);
  until_us = self->monotonic_us + by_us;
  while ((timer = next_due (self, until_us)) != NULL)
    {
      move_to (self, timer->due_us);
      timer->due_us += timer->period_us;
      /* Behind those that wait for the same instant. */
      g_ptr_array_remove (self->timers, timer);
      g_ptr_array_add (self->timers, timer);
      timer_run (timer);
    }
  move_to (self, until_us);
}

void
rn_clock_jump (RnClock *self, gint64 by_us)
{
  g_return_if_fail (RN_IS_CLOCK (self) && self->manual);
  self->now_us += by_us;
}

static void
start_source (Timer *timer, gint64 delay_us)
{
  gint64 ms = (delay_us + 999) / 1000;

  timer->source = g_timeout_source_new ((guint) MIN (ms, G_MAXUINT));
  g_source_set_static_name (timer->source, "RnClock timer");
  g_source_set_callback (timer->source, system_timer_cb, timer, NULL);
  g_source_attach (timer->source, NULL);
}

guint
rn_clock_add_timer (RnClock *self, gint64 delay_us, GSourceFunc func, gpointer data,
                    GDestroyNotify destroy)
{
  Timer *timer;

  g_return_val_if_fail (RN_IS_CLOCK (self) && func != NULL, 0);
  delay_us = MAX (delay_us, 0);
  timer = g_new0 (Timer, 1);
  timer->refs = 1;
  timer->clock = self;
  timer->func = func;
  timer->data = data;
  timer->destroy = destroy;
  timer->id = ++self->last_id;
  timer->due_us = self->monotonic_us + delay_us;
  timer->period_us = MAX (delay_us, MIN_PERIOD_US);
  g_ptr_array_add (self->timers, timer);
  if (!self->manual)
    start_source (timer, delay_us);
  return timer->id;
}

void
rn_clock_remove_timer (RnClock *self, guint id)
{
  g_return_if_fail (RN_IS_CLOCK (self));
  for (guint i = 0; i < self->timers->len; i++)
    {
      Timer *timer = self->timers->pdata[i];

      if (timer->id == id)
        {
          timer_remove (timer);
          return;
        }
    }
}

void
rn_clock_clear_timer (RnClock *self, guint *id)
{
  guint old = *id;

  *id = 0;
  if (old != 0)
    rn_clock_remove_timer (self, old);
}
