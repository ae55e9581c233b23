/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several sources cost at 100,000 sections: the join over them, thousands of works placed by
 * it, the search for mix-ups of coordinates, and a frame in which two sources see the same works.
 * Prints one line of JSON; asserts nothing. */
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "model/rn-datum.h"
#include "model/rn-frame.h"
#include "model/rn-place.h"

#define N 100000
#define N_WORKS 5000
#define N_POINTS 20
#define RUNS 5

static GPtrArray *
make_works (const char *source)
{
  GPtrArray *works = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_work_unref);

  for (guint i = 0; i < N_WORKS; i++)
    {
      g_autofree char *id = g_strdup_printf ("work-number-%06u", i);
      RnWork *work = rn_work_new (source, id);

      work->n_line = N_POINTS;
      work->line = g_new (RnPoint, N_POINTS);
      for (guint k = 0; k < N_POINTS; k++)
        work->line[k] =
            (RnPoint){ 116 + 0.01 * (i % 490) + 0.001 * k, 30 + 0.01 * (i % 200) + 0.0002 };
      g_ptr_array_add (works, work);
    }
  return works;
}

static gint64
time_frame (const RnNetwork *network, const RnFrameParts *parts, guint n)
{
  gint64 best_us = G_MAXINT64;

  for (guint r = 0; r < RUNS; r++)
    {
      gint64 start_us = g_get_monotonic_time ();
      RnFrame *frame =
          rn_frame_build (network, parts, n, rn_state_table_default (), 0, NULL, NULL, 0);

      best_us = MIN (best_us, g_get_monotonic_time () - start_us);
      rn_frame_unref (frame);
    }
  return best_us;
}

int
main (void)
{
  g_autoptr (RnNetwork) network = fixture_big ("bench", N, 15);
  g_autoptr (RnNetwork) none = rn_network_new_empty ();
  g_autoptr (GPtrArray) one = make_works ("one"), two = make_works ("two");
  g_autoptr (GPtrArray) unjoined = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) placed_one = NULL, placed_two = NULL;
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));
  g_autoptr (RnJoin) join = NULL;
  RnDatumFinding finding;
  gint64 times_us[4] = { g_get_monotonic_time () }, alone_us, both_us;

  join = rn_join_new (network);
  times_us[1] = g_get_monotonic_time ();
  placed_one = rn_place_works (one, join, unjoined);
  times_us[2] = g_get_monotonic_time ();
  rn_datum_sample_sections (network, samples);
  rn_datum_judge (samples, RN_CRS_WGS84, join, RN_CRS_WGS84, &finding);
  times_us[3] = g_get_monotonic_time ();
  placed_two = rn_place_works (two, join, unjoined);
  {
    RnFrameParts parts[3] = {
      { .network = network },
      { .network = none, .works = placed_one, .joint = TRUE },
      { .network = none, .works = placed_two, .joint = TRUE },
    };

    alone_us = time_frame (network, parts, 2);
    both_us = time_frame (network, parts, 3);
  }
  g_print ("{\"bench\": \"place\", \"sections\": %d, \"works\": %d, \"join_us\": %" G_GINT64_FORMAT
           ", \"place_us\": %" G_GINT64_FORMAT ", \"us_per_work\": %.2f, \"datum_us\": %"
           G_GINT64_FORMAT ", \"frame_us\": %" G_GINT64_FORMAT
           ", \"frame_with_duplicates_us\": %" G_GINT64_FORMAT "}\n",
           N, N_WORKS, times_us[1] - times_us[0], times_us[2] - times_us[1],
           (double) (times_us[2] - times_us[1]) / N_WORKS, times_us[3] - times_us[2], alone_us,
           both_us);
  return 0;
}
