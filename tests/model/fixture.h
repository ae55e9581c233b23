/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small networks for tests. */
#pragma once

#include "model/rn-network-builder.h"

/** One road "G1" eastwards along 32° N from 119° E: @n sections of 1,000 m asc with ids a0, a1 …
 *  and @n desc ones d0 … on the same line, so that a_i and d_i share their ends; 3 lanes, 120 km/h. */
RnNetwork *fixture_road (const char *source, guint n);
/** The same; each section has these thresholds of its own (JSON), NULL none. */
RnNetwork *fixture_road_with_thresholds (const char *source, guint n, const char *thresholds);

/** @n sections of @n_points vertices each, in rows of 500 that follow each other. */
RnNetwork *fixture_big (const char *source, guint n, guint n_points);

/** Degrees of longitude of @m metres at 32° N. */
double fixture_lon (double m);
