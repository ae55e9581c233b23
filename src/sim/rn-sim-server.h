/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations API of a simulated world, on loopback only. Answers on the default main context;
 * the world moves on with the clock, times the rate. */
#pragma once

#include "base/rn-clock.h"
#include "sim/rn-sim-faults.h"
#include "sim/rn-sim-world.h"

/** The tokens it knows: two operators and a viewer. Reading needs none. */
#define RN_SIM_TOKEN_OPERATOR_1 "demo-operator-1"
#define RN_SIM_TOKEN_OPERATOR_2 "demo-operator-2"
#define RN_SIM_TOKEN_VIEWER "demo-viewer"

#define RN_TYPE_SIM_SERVER (rn_sim_server_get_type ())
G_DECLARE_FINAL_TYPE (RnSimServer, rn_sim_server, RN, SIM_SERVER, GObject)

/** Takes @world and @faults. @rate: data seconds a second of the clock, > 0. */
RnSimServer *
rn_sim_server_new (RnSimWorld *world, RnSimFaults *faults, RnClock *clock, double rate);

/** Listens on 127.0.0.1; @port 0 takes a free one. */
gboolean rn_sim_server_listen (RnSimServer *self, guint port, GError **error);
/** "http://127.0.0.1:PORT/v1/"; NULL before it listens. */
const char *rn_sim_server_get_address (RnSimServer *self);
void rn_sim_server_stop (RnSimServer *self);

/** The data clock now, Unix µs. */
gint64 rn_sim_server_now_us (RnSimServer *self);
/** Moves the data clock forward at once, however long the world needs to follow. */
void rn_sim_server_leap (RnSimServer *self, gint64 by_us);

/** Forgets what frozen answers repeat. */
void rn_sim_server_thaw (RnSimServer *self);

RnSimWorld *rn_sim_server_get_world (RnSimServer *self);   /* borrowed */
RnSimFaults *rn_sim_server_get_faults (RnSimServer *self); /* borrowed */
