/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a document held that was not taken, by kind of place and reason, counted: nothing is
 * dropped in silence. Filled by one thread, then read-only. */
#pragma once

#include <glib.h>

typedef struct {
  char *path;   /* of the first such row, e.g. "features[3].properties.from_m" */
  char *reason; /* e.g. "out of range 0…300: 812" without the place */
  guint count;
} RnRefusal;

typedef struct _RnRefusals RnRefusals;

RnRefusals *rn_refusals_new (void);
RnRefusals *rn_refusals_ref (RnRefusals *self);
void rn_refusals_unref (RnRefusals *self);

/** Counts one refused row under (@path with its indices blanked, @reason). At most 1,000 different
 *  ones are kept apart, the rest under one "…". */
void rn_refusals_add (RnRefusals *self, const char *path, const char *reason);

/** Takes an error whose message is "path: reason" (as rn_json_fail() makes) and frees it. */
void rn_refusals_take_error (RnRefusals *self, GError *error);
void rn_refusals_merge (RnRefusals *self, const RnRefusals *other);

guint rn_refusals_total (const RnRefusals *self); /* NULL gives 0 */
guint rn_refusals_n_kinds (const RnRefusals *self);
const RnRefusal *rn_refusals_nth (const RnRefusals *self, guint i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRefusals, rn_refusals_unref)
