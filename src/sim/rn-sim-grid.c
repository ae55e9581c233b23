/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made-up province for tests of scale: as many roads east–west as north–south, five sections
 * between two crossings, a toll plaza half way. One turns at crossings and never back. */
#include "sim/rn-sim-network.h"

#include "model/rn-network-builder.h"
#include "sim/rn-sim-random.h"

#include <math.h>

#define PER_BLOCK 5
#define STEP_DEG 0.027 /* some 3 km; less where the province would not hold them */
#define EXTENT_DEG 4.6
#define WEST 117.0
#define SOUTH 30.7

typedef struct {
  RnNetworkBuilder *builder;
  guint lines; /* roads each way */
  guint nodes; /* along a road */
  guint left;  /* sections still to make */
  double step_deg, step_m;
  guint64 seed;
} Grid;

/* Section @k of road @line of one orientation; the same formula names it as a downstream. */
static char *
section_id (gboolean vertical, guint line, gboolean back, guint k)
{
  return g_strdup_printf ("%c%u-%05u-%c", vertical ? 'V' : 'H', line + 1, k + 1, back ? 'B' : 'A');
}

static RnPoint
place (const Grid *self, gboolean vertical, guint line, double along)
{
  double across = (double) (line * PER_BLOCK);
  double x = vertical ? across : along, y = vertical ? along : across;
  double wave = 0.25 * sin (along * 0.37 + line);

  if (vertical)
    x += fmod (along, PER_BLOCK) > 0.0 ? wave : 0.0;
  else
    y += fmod (along, PER_BLOCK) > 0.0 ? wave : 0.0;
  return (RnPoint){ WEST + x * self->step_deg * 1.15, SOUTH + y * self->step_deg };
}

/* The section that a vehicle comes to behind node @node of this road. */
static void
add_next (GPtrArray *ids, const Grid *self, gboolean vertical, guint line, gboolean back,
          guint node)
{
  if (back ? node > 0 : node + 1 < self->nodes)
    g_ptr_array_add (ids, section_id (vertical, line, back, back ? node - 1 : node));
}

static void
add_section (Grid *self, gboolean vertical, guint line, gboolean back, guint k)
{
  g_autofree char *id = section_id (vertical, line, back, k);
  g_autofree char *road = g_strdup_printf ("%c%u", vertical ? 'S' : 'G', 101 + line);
  g_autofree char *name = g_strdup_printf ("%u → %u", back ? k + 1 : k, back ? k : k + 1);
  g_autoptr (RnNames) names = rn_names_new (name);
  g_autoptr (GPtrArray) next = g_ptr_array_new_with_free_func (g_free);
  RnSectionRow row = RN_SECTION_ROW_INIT;
  guint end = back ? k : k + 1;
  RnPoint points[3];

  for (guint i = 0; i < 3; i++)
    points[back ? 2 - i : i] = place (self, vertical, line, k + i / 2.0);
  add_next (next, self, vertical, line, back, end);
  if (end % PER_BLOCK == 0)
    for (guint b = 0; b < 2; b++)
      add_next (next, self, !vertical, end / PER_BLOCK, b == 1, line * PER_BLOCK);
  g_ptr_array_add (next, NULL);
  row.id = id;
  row.road = road;
  row.direction = back ? RN_DIRECTION_DESC : RN_DIRECTION_ASC;
  row.names = names;
  row.lanes = 2 + (int) (line % 3);
  row.free_speed_kmh = line % 4 == 3 ? 100 : 120;
  row.from_m = self->step_m * (back ? k + 1 : k);
  row.to_m = self->step_m * (back ? k : k + 1);
  row.points = points;
  row.n_points = 3;
  row.downstream = (const char *const *) next->pdata;
  rn_network_builder_add_section (self->builder, &row, NULL);
}

static void
add_plaza (Grid *self, gboolean vertical, guint line, guint node)
{
  g_autofree char *id = g_strdup_printf ("P-%c%u-%05u", vertical ? 'V' : 'H', line + 1, node);
  g_autofree char *road = g_strdup_printf ("%c%u", vertical ? 'S' : 'G', 101 + line);
  g_autofree char *name = g_strdup_printf ("%s %u", road, node);
  g_autoptr (RnNames) names = rn_names_new (name);
  char *ends[4] = { section_id (vertical, line, FALSE, node - 1),
                    section_id (vertical, line, FALSE, node),
                    section_id (vertical, line, TRUE, node - 1),
                    section_id (vertical, line, TRUE, node) };
  const char *sections[] = { ends[0], ends[1], ends[2], ends[3], NULL };
  RnFacilityRow row = RN_FACILITY_ROW_INIT;

  row.id = id;
  row.type = RN_FACILITY_TOLL_PLAZA;
  row.names = names;
  row.road = road;
  row.chainage_m = self->step_m * node;
  row.at = place (self, vertical, line, node);
  row.sections = sections;
  row.lanes_entry =
      rn_sim_between (self->seed, RN_SIM_STREAM_NETWORK, line * 100000u + node, 7, 3, 8);
  row.lanes_exit = row.lanes_entry + 2;
  rn_network_builder_add_facility (self->builder, &row, NULL);
  for (guint i = 0; i < 4; i++)
    g_clear_pointer (&ends[i], g_free);
}

static void
add_road (Grid *self, gboolean vertical, guint line)
{
  for (guint k = 0; k + 1 < self->nodes && self->left > 0; k++)
    {
      add_section (self, vertical, line, FALSE, k);
      if (--self->left > 0)
        {
          add_section (self, vertical, line, TRUE, k);
          self->left--;
        }
      if (k % PER_BLOCK == 2 && self->left > 0)
        add_plaza (self, vertical, line, k);
    }
}

RnNetwork *
rn_sim_network_new_grid (guint n_sections, guint64 seed)
{
  g_autofree char *version = NULL;
  RnNetwork *network;
  Grid self = { .seed = seed, .lines = 2 };

  n_sections = MAX (n_sections, 20);
  while (4 * self.lines * PER_BLOCK * (self.lines - 1) < n_sections)
    self.lines++;
  self.nodes = (self.lines - 1) * PER_BLOCK + 1;
  self.left = n_sections;
  self.step_deg = MIN (STEP_DEG, EXTENT_DEG / (self.nodes - 1));
  self.step_m = round (self.step_deg * 111195.0);
  version = g_strdup_printf ("grid-%u", n_sections);
  self.builder = rn_network_builder_new ("grid", version);
  for (guint line = 0; line < self.lines; line++)
    {
      add_road (&self, FALSE, line);
      add_road (&self, TRUE, line);
    }
  network = rn_network_builder_end (self.builder);
  rn_network_builder_free (self.builder);
  return network;
}
