/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recent values: what is kept, for how long, and what becomes of it when the network changes. */
#include "session/rn-recent.h"

#include <math.h>

#include "base/rn-clock.h"
#include "model/rn-network-builder.h"

#define T0 (G_GINT64_CONSTANT (1790820000) * RN_SECOND)
#define MINUTE (60 * RN_SECOND)

static RnNetwork *
make_network (const char *source)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new (source, "1");
  RnPoint points[] = { { 119.0, 32.0 }, { 119.1, 32.0 }, { 119.2, 32.0 } };

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      RnSectionRow row = RN_SECTION_ROW_INIT;
      g_autoptr (GError) error = NULL;

      row.id = id;
      row.road = "G1";
      row.from_m = i * 9000.0;
      row.to_m = (i + 1) * 9000.0;
      row.lanes = 2;
      row.free_speed_kmh = 120;
      row.points = points + i;
      row.n_points = 2;
      g_assert_true (rn_network_builder_add_section (builder, &row, &error));
      g_assert_no_error (error);
    }
  return rn_network_builder_end (builder);
}

static RnFrame *
make_frame (const RnNetwork *network, gint64 at_us, float speed0, float speed1)
{
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (2);
  g_autoptr (RnFlow) flow = NULL;
  RnFrameParts parts = { .network = network, .flow_quality_cap = RN_QUALITY_LIVE,
                         .now_us = at_us, .poll_us = 30 * RN_SECOND };

  update->observed_at_us = at_us;
  update->full = TRUE;
  update->n = 2;
  update->section[0] = 0;
  update->section[1] = 1;
  update->speed_kmh[0] = speed0;
  update->speed_kmh[1] = speed1;
  update->flow_vph[0] = 2000;
  flow = rn_flow_apply (NULL, update, 2, FALSE);
  parts.flow = flow;
  return rn_frame_build (network, &parts, 1, rn_state_table_default (), at_us, NULL, NULL, 0);
}

static void
test_keeps (void)
{
  g_autoptr (RnRecent) recent = rn_recent_new (10 * MINUTE, 1 << 20);
  g_autoptr (RnNetwork) network = make_network ("a");
  g_autoptr (GArray) samples = NULL;
  g_autoptr (GArray) none = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (RnFrame) frame = make_frame (network, T0 + i * MINUTE, 100.0f - i, NAN);

      rn_recent_add (recent, frame);
      rn_recent_add (recent, frame); /* the same observation again is no sample */
    }
  samples = rn_recent_dup_section (recent, 0);
  g_assert_cmpuint (samples->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      RnRecentSample *sample = &g_array_index (samples, RnRecentSample, i);

      g_assert_cmpint (sample->at_us, ==, T0 + i * MINUTE);
      g_assert_cmpfloat (sample->speed_kmh, ==, 100.0f - i);
      g_assert_cmpfloat (sample->flow_vph, ==, 2000.0f);
      g_assert_cmpuint (sample->state, ==, 1);
    }
  none = rn_recent_dup_section (recent, 1);
  g_assert_cmpuint (none->len, ==, 5);
  g_assert_true (isnan (g_array_index (none, RnRecentSample, 4).speed_kmh));
  g_assert_true (isnan (g_array_index (none, RnRecentSample, 4).flow_vph));
}

static void
test_forgets (void)
{
  g_autoptr (RnRecent) by_age = rn_recent_new (10 * MINUTE, 1 << 20);
  g_autoptr (RnRecent) by_size = rn_recent_new (1000 * MINUTE, 6 * 4); /* four slices of 2 × 3 bytes */
  g_autoptr (RnNetwork) network = make_network ("a");
  g_autoptr (GArray) aged = NULL;
  g_autoptr (GArray) sized = NULL;

  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (RnFrame) frame = make_frame (network, T0 + i * MINUTE, 50, 60);

      rn_recent_add (by_age, frame);
      rn_recent_add (by_size, frame);
    }
  aged = rn_recent_dup_section (by_age, 0);
  sized = rn_recent_dup_section (by_size, 1);
  g_assert_cmpuint (aged->len, ==, 11); /* both ends of ten minutes */
  g_assert_cmpint (g_array_index (aged, RnRecentSample, 0).at_us, ==, T0 + 19 * MINUTE);
  g_assert_cmpuint (sized->len, ==, 4);
}

static void
test_other_network (void)
{
  g_autoptr (RnRecent) recent = rn_recent_new (10 * MINUTE, 1 << 20);
  g_autoptr (RnNetwork) a = make_network ("a");
  g_autoptr (RnNetwork) b = make_network ("b");
  g_autoptr (RnFrame) first = make_frame (a, T0, 50, 60);
  g_autoptr (RnFrame) second = make_frame (b, T0 + MINUTE, 70, 80);
  g_autoptr (RnFrame) empty = rn_frame_new_empty ();
  g_autoptr (GArray) samples = NULL;
  g_autoptr (GArray) beyond = NULL;

  rn_recent_add (recent, empty);
  rn_recent_add (recent, first);
  rn_recent_add (recent, second);
  samples = rn_recent_dup_section (recent, 0);
  g_assert_cmpuint (samples->len, ==, 1);
  g_assert_cmpfloat (g_array_index (samples, RnRecentSample, 0).speed_kmh, ==, 70.0f);
  beyond = rn_recent_dup_section (recent, 2);
  g_assert_cmpuint (beyond->len, ==, 0);
}

/* What is held can be given away, and made a flow of again. */
static void
test_slices (void)
{
  RnRecent *recent = rn_recent_new (10 * MINUTE, 1 << 20);
  g_autoptr (RnNetwork) network = make_network ("a");
  g_autoptr (RnNetwork) of = NULL;
  g_autoptr (GPtrArray) slices = NULL;
  g_autoptr (RnFlow) flow = NULL;

  slices = rn_recent_dup_slices (recent, &of);
  g_assert_cmpuint (slices->len, ==, 0);
  g_assert_null (of);
  g_ptr_array_unref (slices);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (RnFrame) frame = make_frame (network, T0 + i * MINUTE, 100.0f - i, NAN);

      rn_recent_add (recent, frame);
    }
  slices = rn_recent_dup_slices (recent, &of);
  rn_recent_free (recent); /* they live on */
  g_assert_true (of == network);
  g_assert_cmpuint (slices->len, ==, 3);
  g_assert_cmpint (rn_recent_slice_get_at_us (slices->pdata[2]), ==, T0 + 2 * MINUTE);
  flow = rn_recent_slice_make_flow (slices->pdata[2], network);
  g_assert_cmpuint (flow->n, ==, 2);
  g_assert_cmpfloat (flow->speed_kmh[0], ==, 98);
  g_assert_cmpfloat (flow->flow_vph[0], ==, 2000);
  g_assert_cmpint (flow->at_us[0], ==, T0 + 2 * MINUTE);
  g_assert_true (isnan (flow->speed_kmh[1]));
  g_assert_cmpint (flow->at_us[1], ==, 0); /* nothing was known of it */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/recent/keeps", test_keeps);
  g_test_add_func ("/session/recent/forgets", test_forgets);
  g_test_add_func ("/session/recent/other-network", test_other_network);
  g_test_add_func ("/recent/slices", test_slices);
  return g_test_run ();
}
