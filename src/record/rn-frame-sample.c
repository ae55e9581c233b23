/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means of samples. Pure. */
#include "record/rn-frame-sample.h"

#include <math.h>

typedef struct {
  double sum, weight;
} Mean;

static void
mean_add (Mean *self, float value, guint n)
{
  if (isnan (value))
    return;
  self->sum += (double) value * n;
  self->weight += n;
}

static float
mean_end (const Mean *self)
{
  return self->weight > 0 ? (float) (self->sum / self->weight) : NAN;
}

GArray *
rn_frame_samples_mean (const GArray *samples, gint64 span_us)
{
  GArray *means = g_array_new (FALSE, FALSE, sizeof (RnFrameSample));

  for (guint i = 0; i < samples->len;)
    {
      gint64 at_us = g_array_index (samples, RnFrameSample, i).at_us;
      RnFrameSample mean = { .span_us = span_us };
      Mean speed = { 0, 0 }, flow = { 0, 0 };

      mean.at_us = at_us - ((at_us % span_us) + span_us) % span_us;
      for (; i < samples->len; i++)
        {
          const RnFrameSample *sample = &g_array_index (samples, RnFrameSample, i);

          if (sample->at_us >= mean.at_us + span_us)
            break;
          mean_add (&speed, sample->speed_kmh, sample->n);
          mean_add (&flow, sample->flow_vph, sample->n);
          mean.state = MAX (mean.state, sample->state);
          mean.n += sample->n;
        }
      mean.speed_kmh = mean_end (&speed);
      mean.flow_vph = mean_end (&flow);
      if (mean.n > 0)
        g_array_append_val (means, mean);
    }
  return means;
}
