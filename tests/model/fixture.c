/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small networks for tests. */
#include "fixture.h"

#include <math.h>

#define ROW 500

double
fixture_lon (double m)
{
  return m / (6371008.8 * cos (32 * G_PI / 180)) * 180 / G_PI;
}

static void
add (RnNetworkBuilder *builder, char kind, guint i, const char *thresholds)
{
  gboolean asc = kind == 'a';
  RnPoint line[3];
  RnSectionRow row = RN_SECTION_ROW_INIT;
  g_autofree char *id = g_strdup_printf ("%c%u", kind, i);
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < 3; k++)
    line[asc ? k : 2 - k] = (RnPoint){ 119 + fixture_lon (1000.0 * i + 500 * k), 32 };
  row.id = id;
  row.road = "G1";
  row.direction = asc ? RN_DIRECTION_ASC : RN_DIRECTION_DESC;
  row.from_m = 1000.0 * (asc ? i : i + 1);
  row.to_m = 1000.0 * (asc ? i + 1 : i);
  row.lanes = 3;
  row.free_speed_kmh = 120;
  row.points = line;
  row.n_points = 3;
  row.thresholds = thresholds;
  rn_network_builder_add_section (builder, &row, &error);
  g_assert_no_error (error);
}

RnNetwork *
fixture_road_with_thresholds (const char *source, guint n, const char *thresholds)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new (source, "1");

  for (guint i = 0; i < n; i++)
    add (builder, 'a', i, thresholds);
  for (guint i = 0; i < n; i++)
    add (builder, 'd', i, thresholds);
  return rn_network_builder_end (builder);
}

RnNetwork *
fixture_road (const char *source, guint n)
{
  return fixture_road_with_thresholds (source, n, NULL);
}

RnNetwork *
fixture_big (const char *source, guint n, guint n_points)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new (source, "big");
  g_autofree RnPoint *line = g_new (RnPoint, n_points);

  for (guint i = 0; i < n; i++)
    {
      guint row_nr = i / ROW, column = i % ROW;
      RnSectionRow row = RN_SECTION_ROW_INIT;
      g_autofree char *id = g_strdup_printf ("s%06u", i);
      g_autofree char *road = g_strdup_printf ("R%u", row_nr);

      for (guint k = 0; k < n_points; k++)
        line[k] = (RnPoint){ 116 + 0.01 * (column + k / (n_points - 1.0)),
                             30 + 0.01 * row_nr + 0.0005 * sin (k) * (k % (n_points - 1) != 0) };
      row.id = id;
      row.road = road;
      row.direction = RN_DIRECTION_ASC;
      row.from_m = 1000.0 * column;
      row.to_m = row.from_m + 1000;
      row.lanes = 2 + i % 3;
      row.free_speed_kmh = 100;
      row.points = line;
      row.n_points = n_points;
      rn_network_builder_add_section (builder, &row, NULL);
    }
  return rn_network_builder_end (builder);
}
