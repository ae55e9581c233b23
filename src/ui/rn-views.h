/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The named views of the map as a list model of RnView: the whole network first, which is always
 * there, then those that the person keeps, in the settings. The demo has a list of its own, which
 * begins with views of its network. Main thread; the seat owns it. */
#pragma once

#include "ui/rn-view.h"

#define RN_TYPE_VIEWS (rn_views_get_type ())
G_DECLARE_FINAL_TYPE (RnViews, rn_views, RN, VIEWS, GObject)

/* Property: "current" (int): position of the view that the map shows; -1: none of them. */

/** Until rn_views_keep_in() nothing is read or kept. */
RnViews *rn_views_new (void);
/** Reads the views there, once, in place of those it has, and keeps all changes there from now on.
 *  Broken entries are told (g_message) and left out. */
void rn_views_keep_in (RnViews *self, GSettings *settings);

/** Whether the list is that of the demo. */
void rn_views_set_demo (RnViews *self, gboolean demo);

RnView *rn_views_get (RnViews *self, guint position); /* borrowed; NULL: there is none */
guint rn_views_get_n (RnViews *self);

/* Changes are kept at once. Nothing changes the whole network at position 0, and nothing moves
 * there; an empty name is none. */
guint rn_views_add (RnViews *self, const char *name, const RnViewPlace *place); /* its position */
void rn_views_rename (RnViews *self, guint position, const char *name);
void rn_views_set_place (RnViews *self, guint position, const RnViewPlace *place);
void rn_views_move (RnViews *self, guint from, guint to);
void rn_views_remove (RnViews *self, guint position);

/** A name that none of them has: "View 3". Caller's. */
char *rn_views_dup_free_name (RnViews *self);

void rn_views_set_current (RnViews *self, int position);
int rn_views_get_current (RnViews *self);

/** Where the map looks at: what is kept when the person keeps "this". */
void rn_views_set_present (RnViews *self, const RnViewPlace *place);
const RnViewPlace *rn_views_get_present (RnViews *self);
