/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks the network round sections that have alerts. All walks are bounded by what is congested or
 * has alerts, and by a number of sections. */
#include "alert/rn-alert-group.h"

#include <math.h>

#include "base/rn-i18n.h"

#define CONGESTED 4   /* least state that carries a queue on */
#define MAX_NEAR 64   /* sections looked at round one */
#define MAX_WALK 1000 /* sections of one queue */
#define MAX_UNKNOWN 3 /* sections without data that a queue goes on behind */
#define KEY(section) GUINT_TO_POINTER (section)

const char *
rn_alert_cause_title (RnSubjectKind kind)
{
  switch (kind)
    {
    case RN_SUBJECT_WORK:
      return _("Queue at works");
    case RN_SUBJECT_FEED:
      return _("Data missing");
    default:
      return _("Queue at an incident");
    }
}

/* ---- neighbours ---- */

typedef struct {
  guint32 section;
  guint hops;
  double gap_m; /* of the sections between */
} Step;

static const guint32 *
next_sections (const RnNetwork *network, guint32 section, gboolean up, guint *n)
{
  const guint32 *first = up ? network->up_first : network->down_first;

  *n = first[section + 1] - first[section];
  return (up ? network->up : network->down) + first[section];
}

static gboolean
contains (const GArray *sections, guint32 section)
{
  for (guint i = 0; i < sections->len; i++)
    if (g_array_index (sections, guint32, i) == section)
      return TRUE;
  return FALSE;
}

/* What is between @from and the one behind it: nothing, else @from itself. */
static double
gap_behind (const RnNetwork *network, const Step *from)
{
  return from->hops == 0 ? 0 : from->gap_m + network->length_m[from->section];
}

static gboolean
is_same_way (const RnNetwork *network, guint32 a, guint32 b)
{
  return network->road[a] == network->road[b] && network->direction[a] == network->direction[b];
}

/* Over a junction to another road only where nothing lies between. */
static void
walk_near (const RnNetwork *network, guint32 section, gboolean up, GArray *steps)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (guint32));
  Step start = { section, 0, 0 };
  guint first = steps->len;

  g_array_append_val (seen, section);
  g_array_append_val (steps, start);
  for (guint i = first; i < steps->len && seen->len < MAX_NEAR; i++)
    {
      Step from = g_array_index (steps, Step, i);
      double gap_m = gap_behind (network, &from);
      guint n;
      const guint32 *next = next_sections (network, from.section, up, &n);

      if ((from.hops >= 2 && gap_m > RN_ALERT_BRIDGE_M)
          || !is_same_way (network, section, from.section))
        continue;
      for (guint k = 0; k < n; k++)
        if (!contains (seen, next[k])
            && (from.hops == 0 || is_same_way (network, section, next[k])))
          {
            Step to = { next[k], from.hops + 1, gap_m };

            g_array_append_val (seen, next[k]);
            g_array_append_val (steps, to);
          }
    }
  g_array_remove_index (steps, first);
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const Step *x = a, *y = b;

  if (x->gap_m != y->gap_m)
    return x->gap_m < y->gap_m ? -1 : 1;
  return x->section < y->section ? -1 : x->section > y->section;
}

void
rn_alert_group_neighbours (const RnNetwork *network, guint32 section, GArray *neighbours)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));

  walk_near (network, section, FALSE, steps);
  walk_near (network, section, TRUE, steps);
  g_array_sort (steps, compare_steps);
  g_array_append_val (neighbours, section);
  for (guint i = 0; i < steps->len; i++)
    if (!contains (neighbours, g_array_index (steps, Step, i).section))
      g_array_append_val (neighbours, g_array_index (steps, Step, i).section);
}

/* ---- causes ---- */

typedef struct {
  RnAlertCause cause;
  guint32 at;
  guint unknown; /* sections without data on the way */
} Wave;

static gboolean
is_unknown (const RnFrame *frame, guint32 section)
{
  return frame->state[section] == 0 || frame->quality[section] == RN_QUALITY_UNKNOWN
         || frame->quality[section] == RN_QUALITY_LOST;
}

static gboolean
is_congested (const RnFrame *frame, guint32 section, GHashTable *standing)
{
  return frame->state[section] >= CONGESTED || g_hash_table_contains (standing, KEY (section));
}

/* The wave reaches @section; the first one to come has it, a sure one before one that is not. */
static void
reach (GHashTable *causes, GArray *waves, Wave wave, guint32 section)
{
  RnAlertCause *before = g_hash_table_lookup (causes, KEY (section));

  if (before != NULL && (before->sure || !wave.cause.sure))
    return;
  wave.at = section;
  g_hash_table_insert (causes, KEY (section), g_memdup2 (&wave.cause, sizeof wave.cause));
  g_array_append_val (waves, wave);
}

static void
begin_wave (const RnFrame *frame, GHashTable *causes, GArray *waves, RnSubjectKind kind,
            const char *key, guint32 section)
{
  Wave wave = { .cause = { kind, key, section, 0, TRUE } };

  if (section < frame->network->n_sections)
    reach (causes, waves, wave, section);
}

static void
begin_waves (const RnFrame *frame, GHashTable *causes, GArray *waves)
{
  for (guint i = 0; i < frame->incidents->len; i++)
    {
      const RnIncident *incident = frame->incidents->pdata[i];

      if (rn_incident_active (incident))
        begin_wave (frame, causes, waves, RN_SUBJECT_INCIDENT, incident->key, incident->section);
    }
  for (guint i = 0; i < frame->works->len; i++)
    {
      const RnWork *work = frame->works->pdata[i];

      if (work->kind != RN_WORK_ZONE || rn_work_capacity_factor (work) >= 1
          || rn_work_phase (work, frame->at_us) != RN_WORK_ACTIVE)
        continue;
      for (guint k = 0; k < work->n_sections; k++)
        begin_wave (frame, causes, waves, RN_SUBJECT_WORK, work->key, work->sections[k]);
    }
}

GHashTable *
rn_alert_group_causes (const RnFrame *frame, GHashTable *standing)
{
  GHashTable *causes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GArray) waves = g_array_new (FALSE, FALSE, sizeof (Wave));

  begin_waves (frame, causes, waves);
  for (guint i = 0; i < waves->len; i++)
    {
      Wave from = g_array_index (waves, Wave, i);
      guint n;
      const guint32 *up = next_sections (frame->network, from.at, TRUE, &n);

      if (from.cause.distance >= MAX_WALK)
        continue;
      for (guint k = 0; k < n; k++)
        {
          Wave to = from;

          to.cause.distance++;
          if (!is_congested (frame, up[k], standing))
            {
              if (!is_unknown (frame, up[k]) || ++to.unknown > MAX_UNKNOWN)
                continue;
              to.cause.sure = FALSE;
            }
          reach (causes, waves, to, up[k]);
        }
    }
  return causes;
}

/* ---- closed ---- */

static void
add_closed (GHashTable **closed, const RnFrame *frame, guint32 section)
{
  if (section >= frame->network->n_sections)
    return;
  if (*closed == NULL)
    *closed = g_hash_table_new (NULL, NULL);
  g_hash_table_add (*closed, KEY (section));
}

/* A closure that only lies on a section leaves a queue before it, which is not to be hidden. */
static gboolean
closes_section (const RnIncident *incident)
{
  return rn_incident_active (incident) && incident->type == RN_INCIDENT_CLOSURE
         && incident->section_id != NULL && isnan (incident->chainage_m)
         && rn_incident_open_share (incident, 1) == 0;
}

GHashTable *
rn_alert_group_closed (const RnFrame *frame)
{
  GHashTable *closed = NULL;

  for (guint i = 0; i < frame->controls->len; i++)
    {
      const RnControl *control = frame->controls->pdata[i];

      for (guint k = 0; control->level == RN_CONTROL_SPECIAL && k < control->n_sections; k++)
        add_closed (&closed, frame, control->sections[k]);
    }
  for (guint i = 0; i < frame->incidents->len; i++)
    if (closes_section (frame->incidents->pdata[i]))
      add_closed (&closed, frame, ((const RnIncident *) frame->incidents->pdata[i])->section);
  for (guint i = 0; i < frame->works->len; i++)
    {
      const RnWork *work = frame->works->pdata[i];

      if (work->impact != RN_IMPACT_ALL_CLOSED || work->joined_by_place
          || rn_work_phase (work, frame->at_us) != RN_WORK_ACTIVE)
        continue;
      for (guint k = 0; k < work->n_sections; k++)
        add_closed (&closed, frame, work->sections[k]);
    }
  return closed;
}

/* ---- head ---- */

guint32
rn_alert_group_head (const RnFrame *frame, guint32 section, GHashTable *standing)
{
  guint32 at = section;

  for (guint steps = 0; steps < MAX_WALK; steps++)
    {
      guint n;
      const guint32 *down = next_sections (frame->network, at, FALSE, &n);
      guint32 next = RN_NONE;

      for (guint k = 0; k < n && next == RN_NONE; k++)
        if (is_congested (frame, down[k], standing))
          next = down[k];
      if (next == RN_NONE || next == section)
        break;
      at = next;
    }
  return at;
}
