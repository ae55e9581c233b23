/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Networks for the tests and benchmarks of this room. */
#pragma once

#include "model/rn-network-builder.h"

/** One section a row: vertices as "lon lat, lon lat, …". All on road "G1", ids "0", "1" … */
RnNetwork *networks_from_lines (RnSide side, const char *const *lines, guint n);

/** A made-up country of @n sections of 10–20 vertices, the same every time. */
RnNetwork *networks_synthetic (guint n);

/** The demo network from RN_TEST_SHARED, or NULL when it is not there. */
RnNetwork *networks_jiangsu (void);
