/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sources of a session in their order: which there are, which run, why one does not. A source
 * of kind "demo" is the simulator as a child process. Main thread; owned by the session. */
#pragma once

#include "feed/rn-source.h"

#define RN_TYPE_SOURCE_SET (rn_source_set_get_type ())
G_DECLARE_FINAL_TYPE (RnSourceSet, rn_source_set, RN, SOURCE_SET, GObject)

/** Kind word of a source that is no adapter: its location holds further arguments of the simulator,
 *  separated by blanks, and may be empty. */
#define RN_SOURCE_DEMO "demo"

/* Signals:
 *  "changed": a source has a new part, or there are other sources.
 *  "status-changed": only how one of them does. */

RnSourceSet *rn_source_set_new (RnClock *clock, RnHttp *http);

/** Adds a source at the end; of one name it is the second, "NAME-2". FALSE and @error when it
 *  cannot be used at all: nothing is added. */
gboolean rn_source_set_add (RnSourceSet *self, const RnSourceSpec *spec, GError **error);

/** See rn_session_set_sources(). */
void rn_source_set_replace (RnSourceSet *self, const RnSourceSpec *const *specs, guint n);

/** FALSE when there is none of this name. */
gboolean rn_source_set_remove (RnSourceSet *self, const char *name);

void rn_source_set_start (RnSourceSet *self);
void rn_source_set_stop (RnSourceSet *self);

/** Those that run; a demo only once its simulator has said its address. Borrowed. */
guint rn_source_set_get_n (RnSourceSet *self);
RnSource *rn_source_set_nth (RnSourceSet *self, guint i);

gboolean rn_source_set_is_demo (RnSourceSet *self, guint i); /* as rn_source_set_nth() */
gboolean rn_source_set_has_demo (RnSourceSet *self);
/** Why the source @name does not run at all (@name NULL: the demo); NULL when it does. */
const char *rn_source_set_get_error (RnSourceSet *self, const char *name);
/** Adds a status (a network that is lost) for each source other than the demo that does not run. */
void rn_source_set_add_errors (RnSourceSet *self, GPtrArray *feeds);
