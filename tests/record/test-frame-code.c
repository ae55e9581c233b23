/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How values lie in the file: bounds of the coding, exact means, and what damage becomes of. */
#include "record/rn-frame-code.h"

#include <math.h>
#include <string.h>

#define HOUR (G_GINT64_CONSTANT (1790820000) * 1000000 / RN_HOUR_US * RN_HOUR_US)
#define SECOND G_GINT64_CONSTANT (1000000)

static void
test_values (void)
{
  for (float speed = 0; speed <= 254; speed += 0.37f)
    g_assert_cmpfloat (fabsf (rn_frame_decode_speed (rn_frame_code_speed (speed)) - speed), <=,
                       0.501f);
  for (float flow = 0; flow <= 19900; flow += 7.3f)
    g_assert_cmpfloat (fabsf (rn_frame_decode_flow (rn_frame_code_flow (flow)) - flow), <=,
                       sqrtf (flow) / 1.8f + 0.1f);
  g_assert_cmpfloat (rn_frame_decode_flow (rn_frame_code_flow (0)), ==, 0);
  g_assert_cmpfloat (rn_frame_decode_speed (rn_frame_code_speed (900)), ==, 254);
  g_assert_cmpfloat (rn_frame_decode_flow (rn_frame_code_flow (90000)), >, 19900);
  g_assert_true (isnan (rn_frame_decode_speed (rn_frame_code_speed (NAN))));
  g_assert_true (isnan (rn_frame_decode_flow (rn_frame_code_flow (NAN))));
  g_assert_true (isnan (rn_frame_decode_speed (rn_frame_code_speed (-1))));
  g_assert_cmpfloat (rn_frame_decode_speed (rn_frame_code_speed (INFINITY)), ==, 254);
}

static RnTrace *
make_trace (guint n, gint64 from_us, gint64 step_us, guint seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  RnTrace *trace = rn_trace_new (n);

  for (guint t = 0; t < n; t++)
    trace->at_us[t] = from_us + t * step_us;
  for (guint i = 0; i < n * RN_BLOCK_SECTIONS; i++)
    {
      gboolean known = g_rand_int_range (random, 0, 10) > 0;

      trace->speed[i] = known ? (guint8) g_rand_int_range (random, 0, 140) : RN_CODE_UNKNOWN;
      trace->flow[i] = known ? (guint8) g_rand_int_range (random, 0, 200) : RN_CODE_UNKNOWN;
      trace->state[i] = rn_frame_code_state (known ? (guint8) g_rand_int_range (random, 1, 6) : 0,
                                             known ? RN_QUALITY_LIVE : RN_QUALITY_STALE);
    }
  return trace;
}

static void
assert_same (const RnTrace *a, const RnTrace *b)
{
  g_assert_cmpuint (a->n, ==, b->n);
  g_assert_cmpmem (a->at_us, a->n * 8, b->at_us, b->n * 8);
  g_assert_cmpmem (a->speed, a->n * 256 * 3, b->speed, b->n * 256 * 3);
}

static void
test_trace (void)
{
  static const guint sizes[] = { 1, 2, 120, 3600 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (RnTrace) trace = make_trace (sizes[i], HOUR, SECOND, i);
      g_autoptr (GBytes) data = rn_trace_encode (trace);
      g_autoptr (RnTrace) again =
          rn_trace_decode (g_bytes_get_data (data, NULL), g_bytes_get_size (data));

      g_assert_nonnull (again);
      assert_same (trace, again);
    }
}

/* Each mean against the plain sum over the samples that the trace gives. */
static void
test_means (void)
{
  g_autoptr (RnTrace) trace = make_trace (113, HOUR + 7 * SECOND, 31 * SECOND, 5);
  g_autofree RnMeans *made = rn_means_new (trace, HOUR);
  g_autoptr (GBytes) data = rn_means_encode (made);
  g_autofree RnMeans *means =
      rn_means_decode (g_bytes_get_data (data, NULL), g_bytes_get_size (data));

  g_assert_nonnull (means);
  for (guint s = 0; s < RN_BLOCK_SECTIONS; s++)
    {
      g_autoptr (GArray) fine = g_array_new (FALSE, FALSE, sizeof (RnFrameSample));
      g_autoptr (GArray) coarse = g_array_new (FALSE, FALSE, sizeof (RnFrameSample));

      rn_trace_append (trace, s, G_MININT64, G_MAXINT64, fine);
      rn_means_append (means, s, HOUR, G_MININT64, G_MAXINT64, coarse);
      g_assert_cmpuint (fine->len, ==, 113);
      g_assert_cmpuint (coarse->len, ==, 12);
      for (guint i = 0; i < coarse->len; i++)
        {
          const RnFrameSample *mean = &g_array_index (coarse, RnFrameSample, i);
          double speed = 0, flow = 0;
          guint n = 0, state = 0;

          for (guint t = 0; t < fine->len; t++)
            {
              const RnFrameSample *sample = &g_array_index (fine, RnFrameSample, t);

              if (sample->at_us < mean->at_us || sample->at_us >= mean->at_us + RN_MEAN_US
                  || sample->n == 0)
                continue;
              speed += (double) sample->speed_kmh;
              flow += (double) sample->flow_vph;
              state = MAX (state, sample->state);
              n++;
            }
          g_assert_cmpuint (mean->n, ==, n);
          g_assert_cmpuint (mean->state, ==, state);
          g_assert_cmpfloat (fabs ((double) mean->speed_kmh - speed / n), <=, 0.501);
          g_assert_cmpfloat (fabs ((double) mean->flow_vph - flow / n), <=,
                             sqrt (flow / n) / 1.8 + 0.1);
        }
    }
}

/* A clock that has gone back: over the time that it passes again, the later run counts alone. */
static void
test_merge (void)
{
  g_autoptr (RnTrace) before = make_trace (60, HOUR, 60 * SECOND, 1);
  g_autoptr (RnTrace) later = make_trace (10, HOUR + 600 * SECOND + 13, 60 * SECOND, 2);
  g_autoptr (RnTrace) both = rn_trace_merge (before, later);
  g_autofree RnMeans *means_before = rn_means_new (before, HOUR);
  g_autofree RnMeans *means = rn_means_new (later, HOUR);

  /* 0 … 10 of before, all of later, 20 … 59 of before */
  g_assert_cmpuint (both->n, ==, 11 + 10 + 40);
  for (guint t = 1; t < both->n; t++)
    g_assert_cmpint (both->at_us[t], >, both->at_us[t - 1]);
  g_assert_cmpuint (both->speed[5 * both->n + 11], ==, later->speed[5 * later->n]);
  g_assert_cmpuint (both->speed[5 * both->n + 10], ==, before->speed[5 * before->n + 10]);
  g_assert_cmpuint (both->speed[5 * both->n + 21], ==, before->speed[5 * before->n + 20]);

  /* where only means are left: spans that later does not touch stay */
  rn_means_fill (means, later, HOUR, means_before);
  g_assert_cmpuint (means->n[0], ==, means_before->n[0]);
  g_assert_cmpuint (means->speed[11], ==, means_before->speed[11]);
  g_assert_cmpuint (means->n[2] + means->n[3], <=, 10);
}

/* Whatever the bytes, nothing is read that is not there. */
static void
test_damage (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (RnTrace) trace = make_trace (20, HOUR, SECOND, 1);
  g_autofree RnMeans *means = rn_means_new (trace, HOUR);
  g_autoptr (GBytes) packed_trace = rn_trace_encode (trace);
  g_autoptr (GBytes) packed_means = rn_means_encode (means);

  for (guint k = 0; k < 400; k++)
    {
      GBytes *whole = k % 2 == 0 ? packed_trace : packed_means;
      gsize size = g_bytes_get_size (whole);
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (whole, NULL), size);
      g_autoptr (RnTrace) read = NULL;
      g_autofree RnMeans *read_means = NULL;

      if (k % 4 < 2)
        size = (gsize) g_rand_int_range (random, 0, (gint32) size);
      else
        bytes[g_rand_int_range (random, 18, (gint32) size)] ^=
            (guint8) (1 << g_rand_int_range (random, 0, 8));
      read = rn_trace_decode (bytes, size);
      read_means = rn_means_decode (bytes, size);
      g_assert_null (read);
      g_assert_null (read_means);
    }
  g_assert_null (rn_trace_decode (NULL, 0));
}

static void
test_sample_means (void)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (RnFrameSample));
  g_autoptr (GArray) means = NULL;
  RnFrameSample rows[] = {
    { HOUR, RN_MEAN_US, 100, 1000, 1, 10 },
    { HOUR + RN_MEAN_US, RN_MEAN_US, 40, NAN, 4, 5 },
    { HOUR + 2 * RN_HOUR_US, 0, NAN, NAN, 0, 0 },
    { HOUR + 3 * RN_HOUR_US + 1, 0, 60, 500, 2, 1 },
  };

  g_array_append_vals (samples, rows, G_N_ELEMENTS (rows));
  means = rn_frame_samples_mean (samples, RN_HOUR_US);
  g_assert_cmpuint (means->len, ==, 2); /* the hour without a value is a gap */
  g_assert_cmpfloat (g_array_index (means, RnFrameSample, 0).speed_kmh, ==, 80);
  g_assert_cmpfloat (g_array_index (means, RnFrameSample, 0).flow_vph, ==, 1000);
  g_assert_cmpuint (g_array_index (means, RnFrameSample, 0).state, ==, 4);
  g_assert_cmpuint (g_array_index (means, RnFrameSample, 0).n, ==, 15);
  g_assert_cmpint (g_array_index (means, RnFrameSample, 1).at_us, ==, HOUR + 3 * RN_HOUR_US);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/frame-code/values", test_values);
  g_test_add_func ("/record/frame-code/trace", test_trace);
  g_test_add_func ("/record/frame-code/means", test_means);
  g_test_add_func ("/record/frame-code/merge", test_merge);
  g_test_add_func ("/record/frame-code/damage", test_damage);
  g_test_add_func ("/record/frame-code/sample-means", test_sample_means);
  return g_test_run ();
}
