/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. A cached answer (Age > 0) was made that long ago: the source's clock has gone on
 * since. */
#include "feed/rn-source-clock.h"

#include <math.h>

#define LATENCY_US (2 * RN_SECOND)
#define SHOWN_OFFSET_US (30 * RN_SECOND)

void
rn_source_clock_init (RnSourceClock *self, RnClock *clock)
{
  *self = (RnSourceClock){ .clock = clock, .rate = 1.0 };
  self->at_us = rn_clock_now_us (clock);
  self->mono_us = rn_clock_monotonic_us (clock);
}

static gint64
at_monotonic (const RnSourceClock *self, gint64 mono_us)
{
  return self->at_us + (gint64) llround ((double) (mono_us - self->mono_us) * self->rate);
}

gint64
rn_source_clock_now_us (const RnSourceClock *self)
{
  return at_monotonic (self, rn_clock_monotonic_us (self->clock));
}

static void
anchor (RnSourceClock *self, gint64 at_us, gint64 mono_us, double rate)
{
  gint64 expected_us = at_monotonic (self, mono_us);
  gint64 slack_us = (gint64) ((double) LATENCY_US * MAX (rate, 1.0));

  if (self->anchored && rate == self->rate && at_us < expected_us && expected_us - at_us < slack_us)
    at_us = expected_us;
  self->at_us = at_us;
  self->mono_us = mono_us;
  self->rate = rate;
  self->anchored = TRUE;
}

void
rn_source_clock_hear (RnSourceClock *self, const RnHttpAnswer *answer)
{
  gint64 mono_us = rn_clock_monotonic_us (self->clock), now_us = rn_clock_now_us (self->clock);
  double age_us = (double) answer->age_us;

  if (answer->source_time_us != 0)
    {
      self->given = TRUE;
      self->offset_us = 0;
      anchor (self, answer->source_time_us + (gint64) (age_us * answer->source_rate), mono_us,
              answer->source_rate);
      return;
    }
  self->given = FALSE;
  if (answer->date_us == 0)
    {
      self->offset_us = 0;
      anchor (self, now_us, mono_us, 1.0);
      return;
    }
  anchor (self, answer->date_us + 2 * answer->age_us, mono_us, 1.0); /* date_us is less Age */
  self->offset_us = self->at_us - now_us;
}

void
rn_source_clock_set (RnSourceClock *self, gint64 at_us, double rate)
{
  self->at_us = at_us;
  self->mono_us = rn_clock_monotonic_us (self->clock);
  self->rate = rate;
  self->anchored = TRUE;
}

void
rn_source_clock_skip (RnSourceClock *self, gint64 by_us)
{
  self->at_us += (gint64) llround ((double) by_us * self->rate);
}

gint64
rn_source_clock_offset_us (const RnSourceClock *self)
{
  return ABS (self->offset_us) > SHOWN_OFFSET_US ? self->offset_us : 0;
}

gint64
rn_source_clock_wall_until_us (const RnSourceClock *self, gint64 at_us)
{
  gint64 left_us = at_us - rn_source_clock_now_us (self);

  if (left_us <= 0 || self->rate <= 0)
    return 0;
  return (gint64) ceil ((double) left_us / self->rate);
}
