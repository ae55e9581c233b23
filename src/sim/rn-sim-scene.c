/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The days as a table, and their jams by chance: where and when much is driven. */
#include "sim/rn-sim-scene.h"

#include "sim/rn-sim-detectors.h"
#include "sim/rn-sim-random.h"

#include <string.h>

#define TRIES 4000
#define FIRST_H 6.5 /* of the day: when jams may begin */
#define LAST_H 19.5
#define LEAST_M 1500.0    /* of the section */
#define LEAST_SHARE 0.55  /* of the capacity is wanted then */
#define ALONG 0.9         /* of the section's length: its own road holds the queue first */
#define SHORTEST_MIN 35.0 /* that it lasts */
#define LONGEST_MIN 70.0

static const char *const words[] = { NULL, "normal", "holiday", "storm" };

static const RnSimSceneTraits table[] = {
  [RN_SIM_SCENE_DEMO] = { 0, 1.0, 1.0, 0, FALSE },
  /* Tuesday 2026-10-13, Thursday 2026-10-01, Wednesday 2027-01-13; midnight in UTC+8 */
  [RN_SIM_SCENE_NORMAL] = { G_GINT64_CONSTANT (1791820800000000), 0.72, 1.0, 4, FALSE },
  [RN_SIM_SCENE_HOLIDAY] = { G_GINT64_CONSTANT (1790784000000000), 0.77, 1.5, 8, FALSE },
  [RN_SIM_SCENE_STORM] = { G_GINT64_CONSTANT (1799769600000000), 0.65, 2.5, 6, TRUE },
};

const RnSimSceneTraits *
rn_sim_scene_traits (RnSimScene scene)
{
  return &table[scene];
}

const char *
rn_sim_scene_word (RnSimScene scene)
{
  return words[scene];
}

gboolean
rn_sim_scene_find (const char *word, RnSimScene *scene)
{
  for (guint s = RN_SIM_SCENE_NORMAL; s < G_N_ELEMENTS (words); s++)
    if (strcmp (word, words[s]) == 0)
      {
        *scene = (RnSimScene) s;
        return TRUE;
      }
  return FALSE;
}

/* ---- jams ---------------------------------------------------------------------------------- */

typedef struct {
  const RnNetwork *network;
  const RnSimDemand *demand;
  guint64 seed;
  gint64 midnight;
} Maker;

static gboolean
road_is_taken (const Maker *self, const GArray *jams, guint32 section)
{
  for (guint k = 0; k < jams->len; k++)
    if (self->network->road[g_array_index (jams, RnSimJam, k).section]
        == self->network->road[section])
      return TRUE;
  return FALSE;
}

/* Whether what wants to pass there then cannot, and somebody measures it. */
static gboolean
would_jam (const Maker *self, guint32 i, gint64 at_us)
{
  double wanted = self->demand->base_vph[i] * self->demand->scale * rn_sim_demand_curve (at_us);

  return self->network->section_class[i] == RN_CLASS_EXPRESSWAY
         && !rn_sim_detectors_is_blind (self->seed, i) && self->network->length_m[i] >= LEAST_M
         && self->network->up_first[i + 1] > self->network->up_first[i]
         && wanted >= LEAST_SHARE * self->demand->capacity_vph[i];
}

static gboolean
try_jam (const Maker *self, guint try, const GArray *jams, RnSimJam *jam)
{
#define DRAW(what) rn_sim_uniform (self->seed, RN_SIM_STREAM_JAM, try, what)
  guint32 i = (guint32) (DRAW (0) * self->network->n_sections);
  double hour = FIRST_H + (LAST_H - FIRST_H) * DRAW (1);
  gint64 from_us = self->midnight + (gint64) (hour * 60.0) * RN_SIM_MINUTE;
  double minutes = SHORTEST_MIN + (LONGEST_MIN - SHORTEST_MIN) * DRAW (2);

  /* One road each, as long as there are roads. */
  if (!would_jam (self, i, from_us) || (try < TRIES / 2 && road_is_taken (self, jams, i)))
    return FALSE;
  *jam = (RnSimJam){ .section = i,
                     .along_m = ALONG * self->network->length_m[i],
                     .from_us = from_us,
                     .until_us = from_us + (gint64) minutes * RN_SIM_MINUTE,
                     .lanes_open = self->demand->lanes[i] > 1 && DRAW (3) < 0.5 ? 1 : 0 };
  return TRUE;
#undef DRAW
}

static int
compare_jams (gconstpointer a, gconstpointer b)
{
  const RnSimJam *x = a, *y = b;

  return x->from_us < y->from_us ? -1 : x->from_us > y->from_us;
}

GArray *
rn_sim_scene_new_jams (RnSimScene scene, const RnNetwork *network, const RnSimDemand *demand,
                       guint64 seed, gint64 start_us)
{
  Maker maker = { network, demand, seed, rn_sim_midnight (start_us) };
  GArray *jams = g_array_new (FALSE, FALSE, sizeof (RnSimJam));
  RnSimJam jam;

  for (guint try = 0; try < TRIES && jams->len < table[scene].jams; try++)
    if (try_jam (&maker, try, jams, &jam))
      g_array_append_val (jams, jam);
  g_array_sort (jams, compare_jams);
  for (guint k = 0; k < jams->len; k++)
    g_snprintf (g_array_index (jams, RnSimJam, k).id, sizeof jam.id, "T-%u", k + 1);
  return jams;
}
