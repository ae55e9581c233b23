/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same thing seen in several sources shows once. Sightings of one kind of thing are the same
 * when their ids are equal and their places near: within 200 m; within 25 m when the id is a short
 * one (under 6 characters) that two sources may well have given independently; and wherever one of
 * them has no place, only when the id is long enough (16 characters) to be nobody else's. Pure. */
#pragma once

#include "base/rn-geodesy.h"

typedef struct {
  const char *id;
  guint part; /* which source: two of one source are never the same */
  RnBox box;  /* where it lies; empty: not known */
  gint64 observed_at_us;
  guint richness; /* how much is known of it */
} RnSighting;

/** Which of @n sightings hide behind another. @shown_by (caller's, of n): index of the one that is
 *  shown for it, its own index when it is shown itself. The one that is newer by over an hour
 *  shows, else the richer one, else that of the first source: the same from frame to frame while
 *  both feeds go on. O(n). Returns how many hide. */
guint rn_duplicates_find (const RnSighting *sightings, guint n, guint *shown_by);
