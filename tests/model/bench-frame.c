/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a frame of 100,000 sections takes, beside a bare copy of as many bytes of columns.
 * Prints one line of JSON; asserts nothing. */
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "model/rn-frame.h"

#define N 100000
#define RUNS 30
#define S G_GINT64_CONSTANT (1000000)
#define T0 (G_GINT64_CONSTANT (1790822556) * S)
#define BYTES_A_ROW (7 * sizeof (float) + 3 * sizeof (gint64) + 5)

static int
compare (gconstpointer a, gconstpointer b)
{
  return *(const gint64 *) a < *(const gint64 *) b ? -1 : 1;
}

static gint64
median (gint64 *times_us)
{
  qsort (times_us, RUNS, sizeof *times_us, compare);
  return times_us[RUNS / 2];
}

static RnFlow *
make_flow (void)
{
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (N);

  update->observed_at_us = T0;
  update->full = TRUE;
  for (guint i = 0; i < N; i++)
    {
      update->section[i] = i;
      update->flow_vph[i] = i % 41 == 0 ? 20 : 200 + i % 4000;
      update->speed_kmh[i] = i % 41 == 0 ? 5 : 10 + i % 110;
      update->occupancy_pct[i] = i % 30;
    }
  return rn_flow_apply (NULL, update, N, FALSE);
}

static gint64
time_frames (const RnNetwork *network, RnFrameParts *part)
{
  gint64 times_us[RUNS];
  RnFrame *before = NULL;

  for (guint r = 0; r < RUNS; r++)
    {
      gint64 start_us = g_get_monotonic_time ();
      RnFrame *frame = rn_frame_build (network, part, 1, rn_state_table_default (), T0 + r * S,
                                       before, NULL, 0);

      times_us[r] = g_get_monotonic_time () - start_us;
      g_clear_pointer (&before, rn_frame_unref);
      before = frame;
    }
  rn_frame_unref (before);
  return median (times_us);
}

static gint64
time_copies (void)
{
  gint64 times_us[RUNS];
  g_autofree char *from = g_malloc (N * BYTES_A_ROW);

  memset (from, 1, N * BYTES_A_ROW);
  for (guint r = 0; r < RUNS; r++)
    {
      gint64 start_us = g_get_monotonic_time ();
      char *to = g_malloc (N * BYTES_A_ROW);

      memcpy (to, from, N * BYTES_A_ROW);
      times_us[r] = g_get_monotonic_time () - start_us;
      g_assert_cmpint (to[r], ==, 1);
      g_free (to);
    }
  return MAX (median (times_us), 1);
}

int
main (void)
{
  g_autoptr (RnNetwork) network = fixture_big ("bench", N, 15);
  g_autoptr (RnFlow) flow = make_flow ();
  g_autoptr (GPtrArray) warnings
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_warning_unref);
  RnFrameParts part = { .network = network, .flow = flow, .flow_quality_cap = RN_QUALITY_LIVE,
                        .now_us = T0, .poll_us = 30 * S };
  gint64 frame_us = time_frames (network, &part), copy_us = time_copies (), weather_us;
  RnWarning *warning = rn_warning_new ("bench", "w");
  double pi = G_PI;

  warning->tier = 2;
  warning->n_ring = 200;
  warning->ring = g_new (RnPoint, 200);
  for (guint i = 0; i < 200; i++)
    warning->ring[i] = (RnPoint){ 118.5 + 2 * cos (2 * pi * i / 200), 31 + sin (2 * pi * i / 200) };
  g_ptr_array_add (warnings, warning);
  part.warnings = warnings;
  weather_us = time_frames (network, &part);
  g_print ("{\"bench\": \"frame\", \"sections\": %d, \"frame_us\": %" G_GINT64_FORMAT
           ", \"ns_per_section\": %.1f, \"with_warning_us\": %" G_GINT64_FORMAT
           ", \"ratio_to_memcpy\": %.1f}\n",
           N, frame_us, frame_us * 1000.0 / N, weather_us, (double) frame_us / copy_us);
  return 0;
}
