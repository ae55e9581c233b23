/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small world of a rule test: a network, and what is measured in it over time. Its source is
 * called "test". Pure but for reading a network from a file. */
#pragma once

#include "base/rn-json.h"
#include "model/rn-frame.h"

#define RN_RULES_SOURCE "test"

typedef struct _RnRulesWorld RnRulesWorld;

/** @network: {"sections": 5, "section_m": 1000, "lanes": 3, "free_speed_kmh": 120, "road": "G1"}
 *  (a line s1 → s2 → …; all but `sections` may be left out), the path of a network document
 *  (relative to @folder), or such a document itself. @series: by subject ("section s1",
 *  "section *", "facility f", "station w", "incident i", "work w", "kpi k", "feed flow") an object
 *  of series by measure. NULL and @error (with the path) when anything is wrong. */
RnRulesWorld *rn_rules_world_new (const RnJson *network, const RnJson *series, const char *folder,
                                  GError **error);
void rn_rules_world_free (RnRulesWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRulesWorld, rn_rules_world_free)

/** The frame at sample @sample, which is taken at @at_us; samples are asked for in their order.
 *  Caller's. */
RnFrame *
rn_rules_world_make_frame (RnRulesWorld *self, guint sample, gint64 at_us, gint64 interval_us);

/** @name within @folder, unless it is absolute. Caller frees. */
char *rn_rules_build_path (const char *name, const char *folder);

/** A network document from @path. */
RnNetwork *rn_rules_read_network (const char *path, GError **error);
