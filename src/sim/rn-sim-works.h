/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Construction and maintenance: what is planned, goes on, or is overdue, and what it takes from the
 * roads. A new handful begins every day; a function of seed and day. One thread. */
#pragma once

#include "sim/rn-sim-demand.h"

typedef enum {
  RN_SIM_WORK_SURFACE,
  RN_SIM_WORK_BRIDGE,
  RN_SIM_WORK_BARRIER,
  RN_SIM_WORK_MARKING,
  RN_SIM_WORK_GREEN,
  RN_SIM_WORK_DEVICE,
  RN_SIM_N_WORK_TYPES
} RnSimWorkType;

typedef struct {
  char *id, *permit;
  RnSimWorkType type;
  guint32 section;
  double from_m, to_m; /* along the section, in the direction of travel */
  int closed_lane;     /* counted from the median; 0: the shoulder only */
  double capacity_factor, limit_kmh;
  gint64 plan_start_us, plan_end_us; /* as permitted */
  gint64 start_us, end_us;           /* best known */
  gint64 created_us;
} RnSimWork;

typedef struct _RnSimWorks RnSimWorks;

/** @demo: add those that the demonstration needs, relative to @start_us. */
RnSimWorks *rn_sim_works_new (const RnNetwork *network, const RnSimDemand *demand, guint64 seed,
                              gint64 start_us, gboolean demo);
void rn_sim_works_free (RnSimWorks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSimWorks, rn_sim_works_free)

/** Those planned, active or ended within the last half hour at @at_us, in the order of their ids;
 *  elements borrowed until the next call. */
GPtrArray *rn_sim_works_at (RnSimWorks *self, gint64 at_us);
gboolean rn_sim_work_active (const RnSimWork *work, gint64 at_us);

/** Word of the type in WZDx ("surface-work" …), and its names. */
const char *rn_sim_work_type_word (RnSimWorkType type);
const char *rn_sim_work_type_name (RnSimWorkType type, gboolean chinese);
