/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over a hash of ids; for each id the few sightings that are shown are chained. */
#include "model/rn-duplicates.h"

#include <math.h>
#include <string.h>

#define NEAR_M 200.0
#define SHORT_NEAR_M 25.0
#define SHORT_ID 6   /* characters: fewer may be anybody's running number */
#define UNIQUE_ID 16 /* so many are nobody else's, wherever they are */
#define MUCH_NEWER_US (G_GINT64_CONSTANT (3600) * 1000000)
#define METRES_PER_DEG 111195.08
#define NONE G_MAXUINT

static gboolean
boxes_near (const RnBox *a, const RnBox *b, double near_m)
{
  double lat = near_m / METRES_PER_DEG;
  double lon = lat / MAX (cos ((a->min_lat + a->max_lat) / 2 * G_PI / 180.0), 0.01);

  return a->min_lon - lon <= b->max_lon && b->min_lon - lon <= a->max_lon
         && a->min_lat - lat <= b->max_lat && b->min_lat - lat <= a->max_lat;
}

/* Of equal ids. */
static gboolean
is_same (const RnSighting *a, const RnSighting *b)
{
  gsize length = strlen (a->id);

  if (a->part == b->part)
    return FALSE;
  if (rn_box_is_empty (&a->box) || rn_box_is_empty (&b->box))
    return length >= UNIQUE_ID;
  return boxes_near (&a->box, &b->box, length < SHORT_ID ? SHORT_NEAR_M : NEAR_M);
}

static gboolean
is_better (const RnSighting *a, const RnSighting *b)
{
  gint64 newer_us = a->observed_at_us - b->observed_at_us;

  if (a->observed_at_us != 0 && b->observed_at_us != 0 && ABS (newer_us) > MUCH_NEWER_US)
    return newer_us > 0;
  if (a->richness != b->richness)
    return a->richness > b->richness;
  return a->part < b->part;
}

guint
rn_duplicates_find (const RnSighting *sightings, guint n, guint *shown_by)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint *next = g_new (guint, MAX (n, 1));
  guint hidden = 0;

  for (guint i = 0; i < n; i++)
    {
      gpointer found = NULL;
      guint head = g_hash_table_lookup_extended (first, sightings[i].id, NULL, &found)
                       ? GPOINTER_TO_UINT (found)
                       : NONE;
      guint at = head, shown;

      shown_by[i] = i;
      next[i] = NONE;
      while (at != NONE && !is_same (&sightings[shown_by[at]], &sightings[i]))
        at = next[at];
      if (at == NONE)
        {
          next[i] = head;
          g_hash_table_insert (first, (gpointer) sightings[i].id, GUINT_TO_POINTER (i));
          continue;
        }
      /* @at stays in the chain and tells who is shown for its place now. */
      hidden++;
      shown = shown_by[at];
      if (is_better (&sightings[i], &sightings[shown]))
        shown_by[shown] = shown_by[at] = i;
      else
        shown_by[i] = at;
    }
  for (guint i = 0; i < n; i++)
    while (shown_by[shown_by[i]] != shown_by[i])
      shown_by[i] = shown_by[shown_by[i]];
  return hidden;
}
