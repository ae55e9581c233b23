/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Noise without state: every draw is a hash of (seed, stream, index, slot), so that what happens at
 * a data time never depends on what was asked before it. splitmix64's finaliser (Steele, Lea and
 * Flood, OOPSLA 2014). Pure; any thread. */
#pragma once

#include <glib.h>

/* One stream a kind of noise: two kinds never share a draw. */
typedef enum {
  RN_SIM_STREAM_NETWORK = 1,
  RN_SIM_STREAM_TARGET,
  RN_SIM_STREAM_DEMAND,
  RN_SIM_STREAM_DETECTOR,
  RN_SIM_STREAM_DETECTOR_OUT,
  RN_SIM_STREAM_INCIDENT,
  RN_SIM_STREAM_WORK,
  RN_SIM_STREAM_WEATHER,
  RN_SIM_STREAM_FACILITY,
  RN_SIM_STREAM_KPI,
  RN_SIM_STREAM_FAULT,
  RN_SIM_STREAM_PLAN,
  RN_SIM_STREAM_JAM,
} RnSimStream;

guint64 rn_sim_hash (guint64 seed, RnSimStream stream, guint64 index, guint64 slot);

/** Uniform in [0, 1). */
double rn_sim_uniform (guint64 seed, RnSimStream stream, guint64 index, guint64 slot);

/** Uniform whole number in [min, max]. */
int
rn_sim_between (guint64 seed, RnSimStream stream, guint64 index, guint64 slot, int min, int max);

/** Mean 0, variance 1, within ±3.5 (sum of 4 uniforms, scaled): enough for measurement noise. */
double rn_sim_normal (guint64 seed, RnSimStream stream, guint64 index, guint64 slot);
