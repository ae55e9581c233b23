/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the simulated roads come from: the embedded demo province, a network document, or a made-up
 * grid of any size. */
#pragma once

#include "model/rn-network.h"

/** The embedded province. Fails only when the embedded data is damaged. */
RnNetwork *rn_sim_network_new_demo (GError **error);

/** Reads a document in the form of GET /v1/network. @n_refused gets the number of rows that were
 *  not taken. */
RnNetwork *rn_sim_network_new_from_file (const char *path, guint *n_refused, GError **error);

/** A grid of expressways with exactly @n_sections directed sections of about 3 km (at least 20;
 *  fewer are made 20), over a province-sized area. */
RnNetwork *rn_sim_network_new_grid (guint n_sections, guint64 seed);
