/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes into the history comes out of it: after a restart, over hours and days, over a change
 * of the network, with clocks that jump, and within its bounds. */
#include <math.h>

#include <glib/gstdio.h>

#include "help.h"

#define MINUTE (60 * RN_SECOND)

static void
add (RnFrameStore *store, const RnNetwork *network, gint64 at_us, float speed)
{
  g_autoptr (RnFrame) frame = help_frame (network, at_us, speed);

  rn_frame_store_add (store, frame, 0, "test");
}

static const RnFrameSample *
nth (const GArray *samples, guint i)
{
  g_assert_cmpuint (i, <, samples->len);
  return &g_array_index (samples, RnFrameSample, i);
}

static void
assert_sample (const RnFrameSample *sample, gint64 at_us, float speed)
{
  g_assert_cmpint (sample->at_us, ==, at_us);
  g_assert_cmpfloat (fabsf (sample->speed_kmh - speed), <=, 0.501f);
  g_assert_cmpfloat (fabsf (sample->flow_vph - 20 * speed), <=, sqrtf (20 * speed) / 1.8f + 0.1f);
}

/* Sections at the edges of blocks and segments. */
static void
test_round_trip (void)
{
  static const guint numbers[] = { 0, 255, 256, 4095, 4096, 5000, 8191, 8199 };
  g_autofree char *folder = help_folder ();
  g_autoptr (RnNetwork) network = help_network (0, 8200);
  RnFrameStore *store = help_store (folder, NULL);

  for (guint i = 0; i < 10; i++)
    add (store, network, HELP_T0 + i * MINUTE, 50 + i);
  for (guint run = 0; run < 2; run++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
        {
          g_autoptr (GArray) samples =
              help_load (store, numbers[k], HELP_T0, HELP_T0 + 9 * MINUTE, 0);

          g_assert_cmpuint (samples->len, ==, 10);
          for (guint i = 0; i < 10; i++)
            assert_sample (nth (samples, i), HELP_T0 + i * MINUTE, help_speed (numbers[k], 50 + i));
        }
      g_assert_cmpint (rn_frame_store_get_status (store)->state, ==, RN_FRAME_STORE_ON);
      g_assert_cmpint (rn_frame_store_get_status (store)->oldest_us, ==, HELP_T0);
      g_assert_cmpint (rn_frame_store_get_status (store)->since_us, ==, HELP_T0);
      g_object_unref (store);
      store = help_store (folder, NULL); /* the second run reads what the first wrote */
    }
  g_object_unref (store);
  help_remove (g_steal_pointer (&folder));
}

/* Hours become traces, then means; the present hour stays polls: no seam shows. */
static void
test_hours (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (RnNetwork) network = help_network (0, 600);
  RnFrameStore *store = help_store (folder, NULL);

  for (guint i = 0; i < 5 * 60; i++)
    {
      add (store, network, HELP_T0 + i * MINUTE, 40 + i % 50);
      if (i % 60 == 30)
        help_settle (store);
      if (i == 150) /* in the middle of an hour */
        {
          g_object_unref (store);
          store = help_store (folder, NULL);
        }
    }
  for (guint run = 0; run < 2; run++)
    {
      g_autoptr (GArray) fine = help_load (store, 599, HELP_T0, HELP_T0 + 5 * HELP_HOUR, 0);
      g_autoptr (GArray) means =
          help_load (store, 599, HELP_T0, HELP_T0 + 5 * HELP_HOUR, 5 * MINUTE);
      g_autoptr (GArray) part =
          help_load (store, 599, HELP_T0 + 70 * MINUTE, HELP_T0 + 75 * MINUTE, 0);

      g_assert_cmpuint (fine->len, ==, 300);
      for (guint i = 0; i < 300; i++)
        assert_sample (nth (fine, i), HELP_T0 + i * MINUTE, help_speed (599, 40 + i % 50));
      g_assert_cmpuint (means->len, ==, 60);
      for (guint i = 0; i < 60; i++)
        {
          float mean = help_speed (599, 40 + (i * 5 + 2) % 50);

          assert_sample (nth (means, i), HELP_T0 + i * 5 * MINUTE, mean);
          g_assert_cmpuint (nth (means, i)->n, ==, 5);
          g_assert_cmpint (nth (means, i)->span_us, ==, 5 * MINUTE);
        }
      g_assert_cmpuint (part->len, ==, 6);
      g_object_unref (store);
      store = help_store (folder, NULL);
    }
  g_object_unref (store);
  help_remove (g_steal_pointer (&folder));
}

/* After a day there are means only, after the bound of days nothing. */
static void
test_days (void)
{
  RnFrameStoreLimits limits = RN_FRAME_STORE_LIMITS_DEFAULT;
  g_autofree char *folder = help_folder ();
  g_autoptr (RnNetwork) network = help_network (0, 10);
  g_autoptr (RnFrameStore) store = NULL;
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) old = NULL;
  g_autoptr (GArray) recent = NULL;
  gint64 end_us = HELP_T0 + 5 * 24 * HELP_HOUR;

  limits.days = 3;
  store = help_store (folder, &limits);
  for (gint64 at_us = HELP_T0; at_us <= end_us; at_us += 2 * MINUTE)
    {
      add (store, network, at_us, 80);
      if ((at_us - HELP_T0) % HELP_HOUR == 0)
        help_settle (store);
    }
  for (guint i = 0; i < 20; i++)
    help_settle (store);
  first = help_load (store, 3, HELP_T0, end_us, 0);
  g_assert_cmpint (nth (first, 0)->at_us, >=, end_us - 3 * 24 * HELP_HOUR - HELP_HOUR);
  g_assert_cmpint (nth (first, 0)->at_us, <=, end_us - 3 * 24 * HELP_HOUR);
  g_assert_cmpint (rn_frame_store_get_status (store)->oldest_us, ==, nth (first, 0)->at_us);
  old = help_load (store, 3, end_us - 48 * HELP_HOUR, end_us - 47 * HELP_HOUR - 1, 0);
  g_assert_cmpuint (old->len, ==, 12);
  g_assert_cmpint (nth (old, 0)->span_us, ==, 5 * MINUTE);
  recent = help_load (store, 3, end_us - 20 * HELP_HOUR, end_us - 19 * HELP_HOUR - 1, 0);
  g_assert_cmpuint (recent->len, ==, 30);
  g_assert_cmpint (nth (recent, 0)->span_us, ==, 0);
  g_clear_object (&store);
  help_remove (g_steal_pointer (&folder));
}

/* Sections are known by their ids: in another order, with some gone and some new, each goes on. */
static void
test_network_change (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (RnNetwork) before = help_network (0, 5000);
  g_autoptr (RnNetwork) after = help_network (4000, 3000);
  RnFrameStore *store = help_store (folder, NULL);

  add (store, before, HELP_T0, 50);
  add (store, after, HELP_T0 + MINUTE, 90);
  add (store, before, HELP_T0 + 2 * HELP_HOUR, 60); /* the first hour is packed */
  for (guint i = 0; i < 5; i++)
    help_settle (store);
  for (guint run = 0; run < 2; run++)
    {
      g_autoptr (GArray) gone = help_load (store, 100, HELP_T0, HELP_T0 + 3 * HELP_HOUR, 0);
      g_autoptr (GArray) stayed = help_load (store, 4500, HELP_T0, HELP_T0 + 3 * HELP_HOUR, 0);
      g_autoptr (GArray) fresh = help_load (store, 6999, HELP_T0, HELP_T0 + 3 * HELP_HOUR, 0);
      g_autoptr (GArray) none = help_load (store, 9999, HELP_T0, HELP_T0 + 3 * HELP_HOUR, 0);
      guint known = 0;

      g_assert_cmpuint (stayed->len, ==, 3);
      assert_sample (nth (stayed, 0), HELP_T0, help_speed (4500, 50));
      assert_sample (nth (stayed, 1), HELP_T0 + MINUTE, help_speed (500, 90));
      assert_sample (nth (stayed, 2), HELP_T0 + 2 * HELP_HOUR, help_speed (4500, 60));
      for (guint i = 0; i < gone->len; i++)
        known += nth (gone, i)->n;
      g_assert_cmpuint (known, ==, 2);
      known = 0;
      for (guint i = 0; i < fresh->len; i++)
        known += nth (fresh, i)->n;
      g_assert_cmpuint (known, ==, 1);
      g_assert_cmpuint (none->len, ==, 0);
      g_object_unref (store);
      store = help_store (folder, NULL);
    }
  g_object_unref (store);
  help_remove (g_steal_pointer (&folder));
}

static void
test_clocks (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (RnNetwork) network = help_network (0, 300);
  g_autoptr (RnFrameStore) store = help_store (folder, NULL);
  g_autoptr (GArray) samples = NULL;
  g_autoptr (GArray) ahead = NULL;

  for (guint i = 0; i < 180; i++) /* three hours */
    add (store, network, HELP_T0 + i * MINUTE, 50);
  add (store, network, HELP_T0 + 179 * MINUTE, 50);     /* the same again is none */
  add (store, network, HELP_T0 + 400 * 24 * HELP_HOUR, 20); /* the clock jumps ahead … */
  help_settle (store);
  for (guint i = 0; i < 60; i++) /* … and back by more than it had gone: those pass again */
    add (store, network, HELP_T0 + 90 * MINUTE + 30 * RN_SECOND + i * MINUTE, 100);
  for (guint i = 0; i < 30; i++)
    help_settle (store);
  samples = help_load (store, 0, HELP_T0, HELP_T0 + 3 * HELP_HOUR, 0);
  /* 0:00 … 1:30 of the first pass, 1:30:30 … 2:29:30 of the second, 2:30 … 2:59 of the first; and
   * 2:00 of the first, since each hour knows only its own polls */
  g_assert_cmpuint (samples->len, ==, 91 + 60 + 30 + 1);
  for (guint i = 0; i < samples->len; i++)
    {
      gint64 at_us = nth (samples, i)->at_us - HELP_T0;
      gboolean second = at_us > 90 * MINUTE && at_us < 150 * MINUTE && at_us != 120 * MINUTE;

      g_assert_true (i == 0 || nth (samples, i)->at_us > nth (samples, i - 1)->at_us);
      g_assert_cmpfloat (nth (samples, i)->speed_kmh, ==, second ? 100 : 50);
    }
  ahead = help_load (store, 0, HELP_T0 + 300 * 24 * HELP_HOUR, HELP_T0 + 500 * 24 * HELP_HOUR, 0);
  g_assert_cmpuint (ahead->len, ==, 1);
  g_assert_cmpint (rn_frame_store_get_status (store)->oldest_us, ==, HELP_T0); /* nothing was lost */
  g_clear_object (&store);
  help_remove (g_steal_pointer (&folder));
}

/* Values that are not live or late are unknown, and a frame that only ages takes nothing back. */
static void
test_quality (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (RnNetwork) network = help_network (0, 20);
  g_autoptr (RnFrameStore) store = help_store (folder, NULL);
  g_autoptr (RnFrame) live = help_frame (network, HELP_T0, 70);
  g_autoptr (GArray) samples = NULL;
  static const RnQuality qualities[] = { RN_QUALITY_STALE, RN_QUALITY_SUSPECT, RN_QUALITY_LOST,
                                         RN_QUALITY_UNKNOWN };

  rn_frame_store_add (store, live, 0, "test");
  for (guint i = 0; i < G_N_ELEMENTS (qualities); i++)
    {
      g_autoptr (RnFrame) frame = help_frame (network, HELP_T0 + i * MINUTE, 10);

      for (guint k = 0; k < 20; k++)
        ((guint8 *) frame->quality)[k] = (guint8) qualities[i];
      rn_frame_store_add (store, frame, 0, "test");
    }
  samples = help_load (store, 4, 0, G_MAXINT64, 0);
  g_assert_cmpuint (samples->len, ==, 1);
  assert_sample (nth (samples, 0), HELP_T0, help_speed (4, 70));
  g_clear_object (&store);
  help_remove (g_steal_pointer (&folder));
}

/* At ×600 a poll comes each 10 minutes of data time; the hours pass in seconds. */
static void
test_fast (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (RnNetwork) network = help_network (0, 100);
  g_autoptr (RnFrameStore) store = help_store (folder, NULL);
  g_autoptr (GArray) samples = NULL;
  guint n = 6 * 48; /* two days */

  for (guint i = 0; i < n; i++)
    add (store, network, HELP_T0 + i * 10 * MINUTE, 30 + i % 100);
  samples = help_load (store, 7, 0, G_MAXINT64, 0);
  g_assert_cmpuint (samples->len, ==, n);
  for (guint i = 0; i < n; i++)
    assert_sample (nth (samples, i), HELP_T0 + i * 10 * MINUTE, help_speed (7, 30 + i % 100));
  g_clear_object (&store);
  help_remove (g_steal_pointer (&folder));
}

/* Sources do not mix, however their sections are called. */
static void
test_series (void)
{
  g_autofree char *folder = help_folder ();
  g_autoptr (RnNetwork) network = help_network (0, 10);
  g_autoptr (RnFrameStore) store = help_store (folder, NULL);
  g_autoptr (RnFrame) frame = help_frame (network, HELP_T0, 33);
  g_autoptr (GArray) samples = NULL;

  add (store, network, HELP_T0, 77);
  rn_frame_store_add (store, frame, 0, "another test");
  samples = help_load (store, 0, 0, G_MAXINT64, 0);
  g_assert_cmpuint (samples->len, ==, 1);
  assert_sample (nth (samples, 0), HELP_T0, 77);
  g_clear_object (&store);
  help_remove (g_steal_pointer (&folder));
}

/* At the bound the oldest goes; the file stays within it and says how far back it reaches. */
static void
test_bound (void)
{
  RnFrameStoreLimits limits = RN_FRAME_STORE_LIMITS_DEFAULT;
  g_autofree char *folder = help_folder ();
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autoptr (RnNetwork) network = help_network (0, 4000);
  g_autoptr (RnFrameStore) store = NULL;
  g_autoptr (GArray) samples = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  const RnFrameStoreStatus *status;
  GStatBuf info;
  guint n = 240;

  limits.max_bytes = 2 << 20;
  store = help_store (folder, &limits);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RnFrame) frame = help_frame (network, HELP_T0 + i * 3 * MINUTE, 50);

      for (guint k = 0; k < 4000; k++) /* noise does not deflate */
        ((float *) frame->speed_kmh)[k] = (float) g_rand_double_range (random, 0, 200);
      rn_frame_store_add (store, frame, 0, "test");
      if (i % 10 == 0)
        help_settle (store);
    }
  for (guint i = 0; i < 10; i++)
    help_settle (store);
  status = rn_frame_store_get_status (store);
  g_assert_cmpuint (status->bytes, <=, limits.max_bytes + (512 << 10));
  g_assert_cmpuint (status->bytes, >, limits.max_bytes / 3);
  g_assert_cmpint (status->oldest_us, >, HELP_T0 + HELP_HOUR);
  samples = help_load (store, 1, 0, G_MAXINT64, 0);
  g_assert_cmpint (nth (samples, 0)->at_us, ==, status->oldest_us);
  g_assert_cmpint (nth (samples, samples->len - 1)->at_us, ==, HELP_T0 + (n - 1) * 3 * MINUTE);

  limits.max_bytes = 1 << 20; /* less while it is open */
  rn_frame_store_set_limits (store, &limits);
  for (guint i = 0; i < 500 && status->bytes > limits.max_bytes + (512 << 10); i++)
    {
      g_usleep (10 * 1000);
      help_settle (store);
      status = rn_frame_store_get_status (store);
    }
  g_assert_cmpuint (status->bytes, <=, limits.max_bytes + (512 << 10));
  g_clear_object (&store);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint ((guint64) info.st_size, <=, limits.max_bytes + (512 << 10));
  help_remove (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/frame-store/round-trip", test_round_trip);
  g_test_add_func ("/record/frame-store/hours", test_hours);
  g_test_add_func ("/record/frame-store/days", test_days);
  g_test_add_func ("/record/frame-store/network-change", test_network_change);
  g_test_add_func ("/record/frame-store/clocks", test_clocks);
  g_test_add_func ("/record/frame-store/quality", test_quality);
  g_test_add_func ("/record/frame-store/fast", test_fast);
  g_test_add_func ("/record/frame-store/series", test_series);
  g_test_add_func ("/record/frame-store/bound", test_bound);
  return g_test_run ();
}
