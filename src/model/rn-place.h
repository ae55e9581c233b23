/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places things of a source that has no network of its own on that of others: works along their
 * line, incidents at their point. What finds no section stays in the list as it is, and its id is
 * told. Pure; any thread; the lists given are not changed. */
#pragma once

#include "model/rn-join.h"

/** Whether a direction as a feed gives it says nothing of the carriageway (NULL, "undefined",
 *  "unknown"), so that both are meant. */
gboolean rn_place_is_both (const char *direction);

/** The sections along a line, see rn_join_line(); where nothing of it lies on a section (start and
 *  end alone, far apart), those nearest to its ends. Caller frees the array of guint32. */
GArray *rn_place_line (const RnJoin *join, const RnPoint *line, guint n, gboolean both);

/** The section at an incident: the first along its line, else the nearest within 50 m of @at. */
guint32 rn_place_point (const RnJoin *join, RnPoint at, const RnPoint *line, guint n_line);

/** New lists of the same things in the same order, copies where they found sections of the join's
 *  network. The ids (char *) of those that did not are added to @unjoined. */
GPtrArray *rn_place_incidents (const GPtrArray *incidents, const RnJoin *join, GPtrArray *unjoined);
GPtrArray *rn_place_works (const GPtrArray *works, const RnJoin *join, GPtrArray *unjoined);
