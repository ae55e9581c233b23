/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole days to try alerts on: an ordinary working day, a holiday, a storm; each with severe jams
 * whose time and place are known from the seed. Pure; any thread. */
#pragma once

#include "model/rn-network.h"
#include "sim/rn-sim-demand.h"
#include "sim/rn-sim-time.h"

typedef enum {
  RN_SIM_SCENE_DEMO, /* no day of its own: what the demonstration shows */
  RN_SIM_SCENE_NORMAL,
  RN_SIM_SCENE_HOLIDAY,
  RN_SIM_SCENE_STORM,
} RnSimScene;

typedef struct {
  gint64 start_us;  /* local midnight; 0: as the options say */
  double demand;    /* factor on what wants to enter */
  double incidents; /* factor on how often something happens */
  guint jams;       /* severe ones that are known */
  gboolean storm;   /* its day has snow and ice, rain and fog for certain */
} RnSimSceneTraits;

const RnSimSceneTraits *rn_sim_scene_traits (RnSimScene scene);
/** "normal", "holiday", "storm"; NULL for none. */
const char *rn_sim_scene_word (RnSimScene scene);
/** FALSE when @word is none of them. */
gboolean rn_sim_scene_find (const char *word, RnSimScene *scene);

/** A jam that will be: an incident that leaves less than what then wants to pass. */
typedef struct {
  char id[24]; /* of its incident */
  guint32 section;
  double along_m; /* from the start of the section */
  gint64 from_us, until_us;
  int lanes_open; /* 0: closed */
} RnSimJam;

/** RnSimJam by time, each on a road of its own where there are enough. Caller's. */
GArray *rn_sim_scene_new_jams (RnSimScene scene, const RnNetwork *network,
                               const RnSimDemand *demand, guint64 seed, gint64 start_us);
