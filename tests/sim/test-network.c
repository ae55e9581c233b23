/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulated roads: the embedded province holds what it should, one can drive from anywhere to a
 * border and never turns back; a grid has as many sections as asked; a document can be
 * simulated. */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "model/rn-datum.h"
#include "sim-help.h"
#include "sim/rn-sim-network.h"

static void
test_counts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnNetwork) network = rn_sim_network_new_demo (&error);
  guint facilities[RN_N_FACILITY_TYPES] = { 0 };
  double km = 0.0;

  g_assert_no_error (error);
  g_assert_cmpuint (network->n_sections, ==, 1152);
  g_assert_cmpuint (network->n_roads, ==, 39);
  for (guint f = 0; f < network->n_facilities; f++)
    facilities[network->facilities[f].type]++;
  g_assert_cmpuint (facilities[RN_FACILITY_TOLL_PLAZA], ==, 399);
  g_assert_cmpuint (facilities[RN_FACILITY_INTERCHANGE], ==, 93);
  g_assert_cmpuint (facilities[RN_FACILITY_SERVICE_AREA], ==, 61);
  g_assert_cmpuint (facilities[RN_FACILITY_BRIDGE], ==, 9);
  g_assert_cmpuint (facilities[RN_FACILITY_TUNNEL], ==, 1);
  g_assert_cmpuint (facilities[RN_FACILITY_BORDER], ==, 32);
  g_assert_cmpuint (facilities[RN_FACILITY_WEATHER_STATION], ==, 43);
  for (guint i = 0; i < network->n_sections; i++)
    km += (double) network->length_m[i] / 1000.0;
  g_assert_cmpfloat (km, >, 2 * 5850.0);
  g_assert_cmpfloat (km, <, 2 * 5860.0);
}

static void
test_names (void)
{
  g_autoptr (RnNetwork) network = rn_sim_network_new_demo (NULL);
  guint32 g2 = rn_network_find_road (network, "G2"), d1 = rn_network_find_road (network, "D1");
  guint32 i = rn_network_find_section (network, NULL, "G2-0034-B");

  g_assert_cmpuint (i, ==, rn_network_section_at (network, g2, RN_DIRECTION_DESC, 1064300.0));
  g_assert_cmpstr (rn_names_get (network->names[i], "zh-CN"), ==, "江阴北 → 靖江");
  g_assert_cmpstr (rn_names_get (network->names[i], "en"), ==, "Jiangyin North → Jingjiang");
  g_assert_cmpstr (network->bridge[i], ==, "江阴大桥");
  g_assert_cmpfloat (network->from_m[i], ==, 1066639.0f);
  g_assert_cmpfloat (network->to_m[i], ==, 1051700.0f);
  g_assert_cmpstr (rn_names_get (network->roads[g2].direction_names[RN_DIRECTION_DESC], "en"), ==,
                   "towards Beijing");
  g_assert_cmpint (network->roads[g2].shield, ==, RN_SHIELD_NATIONAL);
  g_assert_cmpint (network->roads[d1].shield, ==, RN_SHIELD_OTHER);
}

/* The other direction of a stretch has the same id but for its last letter. */
static void
test_downstream (void)
{
  g_autoptr (RnNetwork) network = rn_sim_network_new_demo (NULL);
  guint ends = 0;

  for (guint i = 0; i < network->n_sections; i++)
    {
      guint32 z = network->first[i + 1] - 1;
      RnPoint end = { network->lon[z], network->lat[z] };

      ends += network->down_first[i] == network->down_first[i + 1];
      for (guint32 k = network->down_first[i]; k < network->down_first[i + 1]; k++)
        {
          guint32 next = network->down[k], a = network->first[next];
          gsize stem = strlen (network->id[i]) - 1;

          g_assert_cmpfloat (rn_distance_m (end, (RnPoint){ network->lon[a], network->lat[a] }), <,
                             2.0);
          g_assert_false (strncmp (network->id[i], network->id[next], stem) == 0
                          && strlen (network->id[next]) == stem + 1);
        }
    }
  g_assert_cmpuint (ends, >=, 32); /* the borders, and where a road ends at a plaza */
  g_assert_cmpuint (ends, <=, 60);
}

/* Shares never exceed one, no section is asked to carry more than it can, and traffic is
 * somewhere. */
static void
test_demand (void)
{
  g_autoptr (RnNetwork) network = rn_sim_network_new_demo (NULL);
  g_autoptr (RnSimDemand) demand = rn_sim_demand_new (network, 1);
  guint over = 0;

  for (guint i = 0; i < demand->n; i++)
    {
      double sum = 0.0;

      for (guint32 t = demand->turn_first[i]; t < demand->turn_first[i + 1]; t++)
        {
          g_assert_cmpfloat (demand->turns[t].share, >=, 0.0);
          sum += demand->turns[t].share;
        }
      g_assert_cmpfloat (sum, <=, 1.0 + 1e-9);
      g_assert_cmpfloat (demand->base_vph[i], >, 50.0);
      over += demand->base_vph[i] > demand->capacity_vph[i];
    }
  g_assert_cmpuint (over, <=, 12); /* some ways are too narrow on a holiday */
}

static void
test_grid (void)
{
  const guint sizes[] = { 20, 21, 399, 1000, 5003 };

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      g_autoptr (RnNetwork) network = rn_sim_network_new_grid (sizes[k], 1);

      g_assert_cmpuint (network->n_sections, ==, sizes[k]);
      g_assert_cmpfloat (network->extent.max_lon, <, 125.0);
    }
}

/* The document of one world, written to a file, makes another. */
static void
test_from_file (void)
{
  g_autoptr (RnSimWorld) first = make_grid (120);
  g_autoptr (GBytes) bytes = document_of (first, RN_SIM_KIND_NETWORK);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  RnSimOptions options = RN_SIM_OPTIONS_INIT;
  RnSimWorld *second;
  int fd = g_file_open_tmp ("network-XXXXXX.json", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  options.network_file = path;
  second = rn_sim_world_new (&options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rn_sim_world_network (second)->n_sections, ==, 120);
  g_assert_cmpfloat (rn_ctm_totals (rn_sim_world_ctm (second)).entered, >, 100.0);
  rn_sim_world_free (second);

  g_file_set_contents (path, "{\"type\": \"FeatureCollection\"", -1, NULL);
  g_assert_null (rn_sim_world_new (&options, &error));
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);
  g_unlink (path);
  g_assert_null (rn_sim_world_new (&options, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* The whole province in each system of coordinates, taken for each other: found each time with the
 * measure of its shift, and nothing where both are the same. */
static void
test_mix_ups (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnNetwork) network = rn_sim_network_new_demo (&error);
  g_autoptr (RnJoin) join = NULL;

  g_assert_no_error (error);
  join = rn_join_new (network);
  for (guint is = 0; is < RN_N_CRS; is++)
    for (guint taken_for = 0; taken_for < RN_N_CRS; taken_for++)
      {
        g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));
        RnDatumFinding finding;
        gboolean found;

        rn_datum_sample_sections (network, samples);
        for (guint i = 0; i < samples->len; i++)
          {
            RnPoint *at = &g_array_index (samples, RnDatumSample, i).at;

            *at = rn_crs_to_wgs84 (taken_for, rn_crs_from_wgs84 (is, *at));
          }
        found = rn_datum_judge (samples, taken_for, join, RN_CRS_WGS84, &finding);
        g_test_message ("%s as %s: %u of %u fit, as is %u, off %.0f m", rn_crs_word (is),
                        rn_crs_word (taken_for), finding.n_fits, finding.n, finding.n_as_is,
                        finding.off_m);
        g_assert_cmpint (found, ==, is != taken_for);
        if (!found)
          continue;
        g_assert_false (finding.of_reference);
        g_assert_cmpint (finding.fits, ==, is);
        g_assert_cmpfloat (finding.off_m, >, 400);
        g_assert_cmpfloat (finding.off_m, <, 1700);
        g_assert_cmpuint (finding.n_fits, >, finding.n * 9 / 10);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/network/counts", test_counts);
  g_test_add_func ("/sim/network/names", test_names);
  g_test_add_func ("/sim/network/downstream", test_downstream);
  g_test_add_func ("/sim/network/demand", test_demand);
  g_test_add_func ("/sim/network/grid", test_grid);
  g_test_add_func ("/sim/network/mix-ups", test_mix_ups);
  g_test_add_func ("/sim/network/from-file", test_from_file);
  return g_test_run ();
}
