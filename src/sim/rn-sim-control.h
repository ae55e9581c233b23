/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tests' handle on a running simulator, under /v1/-/ and for loopback only; no part of the
 * operations API:
 *   POST fault     {"kind", "share", "feed"}  sets a fault's share of answers; "none" ends all
 *   POST advance   {"seconds"}                moves the data clock forward
 *   POST incident  {"section", "chainage_m"}  shuts a section there: 201 and {"id"}
 *   DELETE incident/ID                        lifts it
 *   GET  totals                               the vehicles' balance
 *   GET  truth                                the day's severe jams: {"jams": [{"incident",
 *                                             "section", "chainage_m", "lanes_open", "from",
 *                                             "until"}]}, also those to come
 * Private to the server. */
#pragma once

#include <libsoup/soup.h>

#include "sim/rn-sim-server.h"

/** @path: what follows "/v1/-/". */
void rn_sim_control_serve (RnSimServer *server, SoupServerMessage *message, const char *path);
