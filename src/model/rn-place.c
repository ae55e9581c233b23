/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of "Foreign sources" of the operations API over RnJoin. */
#include "model/rn-place.h"

#include <math.h>
#include <string.h>

#include "model/rn-value.h"

#define REACH_M 50.0

gboolean
rn_place_is_both (const char *direction)
{
  return direction == NULL || strcmp (direction, "undefined") == 0
         || strcmp (direction, "unknown") == 0;
}

static void
add_end (const RnJoin *join, RnPoint at, gboolean both, GArray *sections)
{
  g_autoptr (GArray) here = rn_join_line (join, &at, 1, both);

  for (guint i = 0; i < here->len; i++)
    {
      guint32 section = g_array_index (here, guint32, i);
      gboolean known = FALSE;

      for (guint k = 0; k < sections->len; k++)
        known = known || g_array_index (sections, guint32, k) == section;
      if (!known)
        g_array_append_val (sections, section);
    }
}

GArray *
rn_place_line (const RnJoin *join, const RnPoint *line, guint n, gboolean both)
{
  GArray *sections = rn_join_line (join, line, n, both);

  if (sections->len > 0 || n < 2)
    return sections;
  add_end (join, line[0], both, sections);
  add_end (join, line[n - 1], both, sections);
  return sections;
}

guint32
rn_place_point (const RnJoin *join, RnPoint at, const RnPoint *line, guint n_line)
{
  if (n_line >= 2)
    {
      g_autoptr (GArray) sections = rn_join_line (join, line, n_line, FALSE);

      if (sections->len > 0)
        return g_array_index (sections, guint32, 0);
    }
  return rn_join_point (join, at, NAN, REACH_M).section;
}

GPtrArray *
rn_place_incidents (const GPtrArray *incidents, const RnJoin *join, GPtrArray *unjoined)
{
  GPtrArray *placed = g_ptr_array_new_full (incidents->len, (GDestroyNotify) rn_incident_unref);

  for (guint i = 0; i < incidents->len; i++)
    {
      const RnIncident *incident = incidents->pdata[i];
      guint32 section = incident->located
                            ? rn_place_point (join, incident->at, incident->line, incident->n_line)
                            : RN_NONE;

      if (section == RN_NONE)
        g_ptr_array_add (unjoined, g_strdup (incident->id));
      g_ptr_array_add (placed, section == RN_NONE ? rn_incident_ref (incident)
                                                  : rn_incident_copy_at (incident, section));
    }
  return placed;
}

static RnWork *
work_on (const RnWork *work, GArray *sections)
{
  RnWork *copy = rn_work_copy_shifted (work, 0);

  g_free (copy->sections);
  copy->n_sections = sections->len;
  copy->sections = g_memdup2 (sections->data, sections->len * sizeof (guint32));
  copy->joined_by_place = TRUE;
  return copy;
}

GPtrArray *
rn_place_works (const GPtrArray *works, const RnJoin *join, GPtrArray *unjoined)
{
  GPtrArray *placed = g_ptr_array_new_full (works->len, (GDestroyNotify) rn_work_unref);

  for (guint i = 0; i < works->len; i++)
    {
      const RnWork *work = works->pdata[i];
      g_autoptr (GArray) sections =
          rn_place_line (join, work->line, work->n_line, rn_place_is_both (work->direction));

      if (sections->len == 0)
        g_ptr_array_add (unjoined, g_strdup (work->id));
      g_ptr_array_add (placed, sections->len == 0 ? rn_work_ref (work) : work_on (work, sections));
    }
  return placed;
}
