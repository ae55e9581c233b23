/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See help.h. */
#include "help.h"

#include <math.h>

#include <glib/gstdio.h>

#include "model/rn-network-builder.h"

RnNetwork *
help_network (guint first, guint n)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("a", "1");

  for (guint i = first; i < first + n; i++)
    {
      RnPoint line[] = { { 110 + i % 300 * 0.02, 25 + i / 300 * 0.02 },
                         { 110.01 + i % 300 * 0.02, 25 + i / 300 * 0.02 } };
      g_autofree char *id = g_strdup_printf ("s%u", i);
      RnSectionRow row = RN_SECTION_ROW_INIT;
      g_autoptr (GError) error = NULL;

      row.id = id;
      row.road = "G1";
      row.from_m = i * 1000.0;
      row.to_m = row.from_m + 1000;
      row.lanes = 2;
      row.free_speed_kmh = 120;
      row.points = line;
      row.n_points = 2;
      rn_network_builder_add_section (builder, &row, &error);
      g_assert_no_error (error);
    }
  return rn_network_builder_end (builder);
}

float
help_speed (guint section, float speed)
{
  return speed + (float) (section % 7);
}

RnFrame *
help_frame (const RnNetwork *network, gint64 at_us, float speed)
{
  guint n = network->n_sections;
  g_autoptr (RnFlowUpdate) update = rn_flow_update_new (n);
  g_autoptr (RnFlow) flow = NULL;
  RnFrameParts parts = { .network = network, .flow_quality_cap = RN_QUALITY_LIVE,
                         .now_us = at_us, .poll_us = 30 * RN_SECOND };

  update->observed_at_us = at_us;
  update->full = TRUE;
  update->n = n;
  for (guint i = 0; i < n; i++)
    {
      update->section[i] = i;
      update->speed_kmh[i] = help_speed (i, speed);
      update->flow_vph[i] = 20 * help_speed (i, speed);
    }
  flow = rn_flow_apply (NULL, update, n, FALSE);
  parts.flow = flow;
  return rn_frame_build (network, &parts, 1, rn_state_table_default (), at_us, NULL, NULL, 0);
}

char *
help_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("roadnet-history-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
help_remove (char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        help_remove (g_strdup (path));
      else
        g_remove (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (folder);
  g_free (folder);
}

RnFrameStore *
help_store (const char *folder, const RnFrameStoreLimits *limits)
{
  g_autoptr (RnClock) clock = rn_clock_new_manual (HELP_T0);
  RnFrameStoreLimits usual = RN_FRAME_STORE_LIMITS_DEFAULT;

  return rn_frame_store_new (folder, limits != NULL ? limits : &usual, clock);
}

typedef struct {
  GArray *samples;
  gboolean done;
} Loading;

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Loading *loading = data;

  loading->samples = g_task_propagate_pointer (G_TASK (result), NULL);
  loading->done = TRUE;
}

GArray *
help_load (RnFrameStore *store, guint number, gint64 from_us, gint64 until_us, gint64 span_us)
{
  g_autofree char *id = g_strdup_printf ("s%u", number);
  Loading loading = { NULL, FALSE };

  rn_frame_store_load_section_async (store, "test", id, from_us, until_us, span_us, NULL, loaded_cb,
                                     &loading);
  while (!loading.done)
    g_main_context_iteration (NULL, TRUE);
  return loading.samples;
}

void
help_settle (RnFrameStore *store)
{
  g_autoptr (GArray) samples = help_load (store, 0, 0, 0, 0);

  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
help_wait_for (RnFrameStore *store, RnFrameStoreState state)
{
  gint64 until_us = g_get_monotonic_time () + 90 * RN_SECOND;
  guint wake = g_timeout_add (20, wake_cb, NULL);

  while (rn_frame_store_get_status (store)->state != state && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  g_assert_cmpint (rn_frame_store_get_status (store)->state, ==, state);
}
