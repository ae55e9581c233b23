/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which row an alert belongs under. Alerts of sections hang together as a jam, under the first of
 * them; an alert or a jam in the queue of an incident, or of works, goes under that; what is raised
 * for want of data goes under its feed. Jams that grow together are one, under the older. */
#include "alert/rn-alert-engine-private.h"

#include <math.h>
#include <string.h>

#include "alert/rn-alert-group.h"

guint
rn_alert_engine_queue_limits (double queue_m)
{
  static const double limits_m[] = { 2000, 5000, 10000 };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (limits_m); i++)
    n += queue_m >= limits_m[i];
  return n;
}

/* ---- sections ---- */

void
rn_alert_engine_index_track (RnAlertEngine *self, const RnFrame *frame, RnAlertTrack *track)
{
  GPtrArray *there;

  track->section = track->subject->kind == RN_SUBJECT_SECTION
                       ? rn_network_find_section_key (frame->network, track->subject->key)
                       : RN_NONE;
  if (track->section == RN_NONE)
    return;
  there = g_hash_table_lookup (self->by_section, GUINT_TO_POINTER (track->section));
  if (there == NULL)
    {
      there = g_ptr_array_new ();
      g_hash_table_insert (self->by_section, GUINT_TO_POINTER (track->section), there);
    }
  g_ptr_array_add (there, track);
}

void
rn_alert_engine_index (RnAlertEngine *self, const RnFrame *frame)
{
  gboolean other = self->frame == NULL || self->frame->network != frame->network;

  g_clear_pointer (&self->frame, rn_frame_unref);
  self->frame = rn_frame_ref (frame);
  if (!other)
    return;
  g_hash_table_remove_all (self->by_section);
  for (guint i = 0; i < self->tracks->len; i++)
    rn_alert_engine_index_track (self, frame, self->tracks->pdata[i]);
}

/* Rules that say "none" keep to themselves; "road" and "company" are groups of their own. */
static gboolean
is_of_queue (const RnRule *rule)
{
  return rule != NULL && (rule->group_by == NULL || strcmp (rule->group_by, "queue") == 0);
}

gboolean
rn_alert_engine_is_in_queue (RnAlertEngine *self, const RnAlertTrack *track)
{
  return track->section != RN_NONE && is_of_queue (rn_alert_engine_rule (self, track));
}

GHashTable *
rn_alert_engine_dup_standing (RnAlertEngine *self, gboolean active)
{
  GHashTable *standing = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->tracks->len; i++)
    {
      const RnAlertTrack *track = self->tracks->pdata[i];

      if (rn_alert_engine_is_in_queue (self, track)
          && (!active || track->condition == RN_CONDITION_ACTIVE))
        g_hash_table_add (standing, GUINT_TO_POINTER (track->section));
    }
  return standing;
}

/* ---- causes ---- */

static GHashTable *
get_causes (RnAlertEngine *self, const RnFrame *frame)
{
  if (self->causes == NULL)
    {
      g_autoptr (GHashTable) standing = rn_alert_engine_dup_standing (self, FALSE);

      self->causes = rn_alert_group_causes (frame, standing);
    }
  return self->causes;
}

/* The alert that tells of a thing, by whatever rule. */
static const RnAlertTrack *
find_of (RnAlertEngine *self, RnSubjectKind kind, const char *key)
{
  for (guint i = 0; i < self->things->len; i++)
    {
      const RnAlertTrack *track = self->things->pdata[i];

      if (track->subject->kind == kind && strcmp (track->subject->key, key) == 0)
        return track;
    }
  return NULL;
}

static int
level_of (const RnFrame *frame, RnSubjectKind kind, const char *key)
{
  const RnIncident *incident =
      kind == RN_SUBJECT_INCIDENT ? rn_frame_find_incident (frame, key) : NULL;

  return incident != NULL ? incident->level : 0;
}

/* No rule has told of the cause: a row is made for it. It is heard when what it stands for has not
 * been heard before. */
static const RnAlertTrack *
ensure_cause (RnAlertEngine *self, const RnFrame *frame, RnSubjectKind kind, const char *key,
              int tier, gboolean news)
{
  const RnAlertTrack *track = find_of (self, kind, key);
  g_autofree char *made = NULL;
  RnAlertEntry *entry;

  if (track != NULL)
    return track;
  entry = rn_alert_entry_new (RN_ENTRY_RAISED, self->now_us);
  entry->subject = rn_subject_new (kind, key);
  entry->rule = g_strdup (RN_ALERT_CAUSE);
  entry->key = rn_alert_key (entry->rule, entry->subject);
  entry->tier = rn_tier_worst (tier, level_of (frame, kind, key));
  entry->quality = RN_QUALITY_LIVE;
  entry->data_us = frame->at_us;
  entry->rings = news && rn_alert_engine_may_ring (self, entry->tier);
  rn_alert_engine_tell_thing (entry, frame);
  made = g_strdup (entry->key);
  rn_alert_engine_emit (self, entry);
  return rn_alert_engine_find (self, made);
}

/* ---- placing a new alert ---- */

static gboolean
is_missing (RnQuality quality)
{
  return quality == RN_QUALITY_UNKNOWN || quality == RN_QUALITY_LOST;
}

/* The feed that does not give what the finding lacks; NULL when it does. */
static const RnFeedStatus *
failing_feed (const RnFrame *frame, guint32 section)
{
  const char *source = frame->network->sources[frame->network->source[section]];

  for (guint i = 0; i < frame->n_feeds; i++)
    if (frame->feeds[i]->kind == RN_FEED_FLOW && g_strcmp0 (frame->feeds[i]->source, source) == 0
        && frame->feeds[i]->state >= RN_FEED_STALE)
      return frame->feeds[i];
  return NULL;
}

static const RnAlertTrack *
place_by_feed (RnAlertEngine *self, const RnFrame *frame, const RnFinding *finding)
{
  const RnFeedStatus *feed = failing_feed (frame, finding->index);
  g_autofree char *key = NULL;

  if (feed == NULL)
    return NULL;
  key = g_strdup_printf ("%s/%s", feed->source, rn_feed_kind_word (feed->kind));
  return ensure_cause (self, frame, RN_SUBJECT_FEED, key, finding->tier, TRUE);
}

/* The row of a jam that @member is of: itself, unless it joined another one when it was raised. */
static const RnAlertTrack *
jam_of (RnAlertEngine *self, const RnAlertTrack *member)
{
  const RnAlertTrack *parent = member->own_row ? NULL : rn_alert_engine_find (self, member->parent);

  return parent != NULL && parent->subject->kind == RN_SUBJECT_SECTION ? parent : member;
}

/* Whether @track is @top or stands under it. */
static gboolean
is_under (RnAlertEngine *self, const RnAlertTrack *track, const RnAlertTrack *top)
{
  for (; track != NULL; track = rn_alert_engine_find (self, track->parent))
    if (track == top)
      return TRUE;
  return FALSE;
}

static gboolean
is_cause (const RnAlertTrack *track)
{
  return track != NULL
         && (track->subject->kind == RN_SUBJECT_INCIDENT
             || track->subject->kind == RN_SUBJECT_WORK);
}

/* Whether the feed that lists things like @track's has told what there is: after a start it may not
 * have answered yet. */
static gboolean
is_listed (const RnFrame *frame, const RnAlertTrack *track)
{
  RnFeedKind kind = track->subject->kind == RN_SUBJECT_INCIDENT ? RN_FEED_INCIDENTS : RN_FEED_WORKS;

  for (guint i = 0; i < frame->n_feeds; i++)
    {
      const RnFeedStatus *feed = frame->feeds[i];
      gsize n = strlen (feed->source);

      if (feed->kind == kind && strncmp (track->subject->key, feed->source, n) == 0
          && track->subject->key[n] == '/')
        return feed->observed_at_us != 0;
    }
  return frame->network->n_sections > 0;
}

/* Whether the incident or the works that @track tells of are there and go on. */
static gboolean
is_present (const RnFrame *frame, const RnAlertTrack *track)
{
  if (track->subject->kind == RN_SUBJECT_INCIDENT)
    {
      const RnIncident *incident = rn_frame_find_incident (frame, track->subject->key);

      return incident != NULL && rn_incident_active (incident);
    }
  else
    {
      const RnWork *work = rn_frame_find_work (frame, track->subject->key);

      return work != NULL && rn_work_phase (work, frame->at_us) == RN_WORK_ACTIVE;
    }
}

/* The same as far as anybody knows. */
static gboolean
is_going_on (const RnFrame *frame, const RnAlertTrack *track)
{
  return is_present (frame, track) || !is_listed (frame, track);
}

static RnAlertTrack *
top_of (RnAlertEngine *self, RnAlertTrack *track)
{
  RnAlertTrack *parent;

  while ((parent = rn_alert_engine_find (self, track->parent)) != NULL)
    track = parent;
  return track;
}

/* Whether @track is in the queue of a cause that goes on. What is near that queue but not in it is
 * another jam. */
static gboolean
is_taken (RnAlertEngine *self, const RnFrame *frame, RnAlertTrack *track)
{
  const RnAlertTrack *top = top_of (self, track);

  return is_cause (top) && is_going_on (frame, top);
}

static const RnAlertTrack *
place_by_jam (RnAlertEngine *self, const RnFrame *frame, guint32 section,
              const RnAlertTrack *except)
{
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (guint32));

  rn_alert_group_neighbours (frame->network, section, near);
  for (guint i = 0; i < near->len; i++)
    {
      guint32 at = g_array_index (near, guint32, i);
      const GPtrArray *there = g_hash_table_lookup (self->by_section, GUINT_TO_POINTER (at));

      for (guint k = 0; there != NULL && k < there->len; k++)
        if (rn_alert_engine_is_in_queue (self, there->pdata[k])
            && (except == NULL || !is_under (self, there->pdata[k], except))
            && !is_taken (self, frame, there->pdata[k]))
          return jam_of (self, there->pdata[k]);
    }
  return NULL;
}

static const char *
group_of (const RnFrame *frame, const char *by, RnSubjectKind kind, const char *key)
{
  const RnNetwork *network = frame->network;
  gboolean section = kind == RN_SUBJECT_SECTION;
  guint32 i = section ? rn_network_find_section_key (network, key)
              : kind == RN_SUBJECT_FACILITY || kind == RN_SUBJECT_STATION
                  ? rn_network_find_facility_key (network, key)
                  : RN_NONE;
  guint32 road;

  if (i == RN_NONE)
    return NULL;
  if (strcmp (by, "company") == 0)
    return section ? network->company[i] : network->facilities[i].company;
  road = section ? network->road[i] : network->facilities[i].road;
  return road < network->n_roads ? network->roads[road].ref : NULL;
}

/* Under the first alert of the same rule on the same road, or of the same company. */
static const RnAlertTrack *
place_by_group (RnAlertEngine *self, const RnFrame *frame, const RnFinding *finding)
{
  const char *by = finding->rule->group_by;
  const char *group = NULL;

  if (by != NULL && (strcmp (by, "road") == 0 || strcmp (by, "company") == 0))
    group = group_of (frame, by, finding->kind, finding->key);
  for (guint i = 0; group != NULL && i < self->tracks->len; i++)
    {
      const RnAlertTrack *track = self->tracks->pdata[i];

      if (track->parent == NULL && strcmp (track->rule, finding->rule->id) == 0
          && g_strcmp0 (group_of (frame, by, track->subject->kind, track->subject->key), group)
                 == 0)
        return track;
    }
  return NULL;
}

/* Records of one event are one row: under the first of them that has one. */
static const RnAlertTrack *
place_by_link (RnAlertEngine *self, const RnFrame *frame, const char *key)
{
  const RnIncident *incident = rn_frame_find_incident (frame, key);

  for (guint i = 0; incident != NULL && i < incident->n_related; i++)
    {
      g_autofree char *other = g_strdup_printf ("%s/%s", incident->source, incident->related[i].id);
      const RnAlertTrack *track = find_of (self, RN_SUBJECT_INCIDENT, other);

      if (track != NULL && g_strcmp0 (track->subject->key, key) != 0)
        return top_of (self, (RnAlertTrack *) track);
    }
  return NULL;
}

const RnAlertTrack *
rn_alert_engine_place (RnAlertEngine *self, const RnFrame *frame, const RnFinding *finding)
{
  const RnAlertTrack *parent = NULL;
  const RnAlertCause *cause;

  if (finding->kind == RN_SUBJECT_INCIDENT)
    return place_by_link (self, frame, finding->key);
  if (finding->kind != RN_SUBJECT_SECTION || finding->index >= frame->network->n_sections)
    return place_by_group (self, frame, finding);
  if (is_missing (finding->quality))
    parent = place_by_feed (self, frame, finding);
  if (parent != NULL || !is_of_queue (finding->rule))
    return parent != NULL ? parent : place_by_group (self, frame, finding);
  cause = g_hash_table_lookup (get_causes (self, frame), GUINT_TO_POINTER (finding->index));
  if (cause != NULL && cause->sure)
    return ensure_cause (self, frame, cause->kind, cause->key, finding->tier, TRUE);
  return place_by_jam (self, frame, finding->index, NULL);
}

/* ---- joining and parting ---- */

static void
move (RnAlertEngine *self, RnAlertTrack *track, const RnAlertTrack *parent, gboolean rings)
{
  RnAlertEntry *entry = rn_alert_engine_entry (self, RN_ENTRY_PARENT, track);

  entry->parent = parent != NULL ? g_strdup (parent->key) : NULL;
  entry->rings = rings;
  rn_alert_engine_emit (self, entry);
}

static void
merge_at (RnAlertEngine *self, guint32 section, RnAlertTrack **row)
{
  GPtrArray *there = g_hash_table_lookup (self->by_section, GUINT_TO_POINTER (section));

  for (guint i = 0; there != NULL && i < there->len; i++)
    {
      RnAlertTrack *member = there->pdata[i], *other = top_of (self, member);

      if (other == *row || other->subject->kind != RN_SUBJECT_SECTION
          || !rn_alert_engine_is_in_queue (self, member)
          || member->condition != RN_CONDITION_ACTIVE)
        continue;
      if (other->raised_us < (*row)->raised_us)
        {
          move (self, *row, other, FALSE);
          *row = other;
        }
      else
        move (self, other, *row, FALSE);
    }
}

/* Two rows that come to touch are one jam: the younger goes under the older. */
void
rn_alert_engine_merge (RnAlertEngine *self, const RnFrame *frame, RnAlertTrack *track)
{
  const RnNetwork *network = frame->network;
  RnAlertTrack *row = top_of (self, track);

  if (!rn_alert_engine_is_in_queue (self, track) || row->subject->kind != RN_SUBJECT_SECTION)
    return;
  merge_at (self, track->section, &row);
  for (guint k = network->up_first[track->section]; k < network->up_first[track->section + 1]; k++)
    merge_at (self, network->up[k], &row);
  for (guint k = network->down_first[track->section]; k < network->down_first[track->section + 1];
       k++)
    merge_at (self, network->down[k], &row);
}

/* Comes out from under a cause that has it no more (a free section lies between), into a jam that
 * is there or as a row of its own, which is heard unless it was answered. */
static void
part (RnAlertEngine *self, const RnFrame *frame, RnAlertTrack *track)
{
  const RnAlert *alert = rn_alert_engine_alert (self, track);
  const RnAlertTrack *jam = place_by_jam (self, frame, track->section, track);

  move (self, track, jam,
        jam == NULL && alert != NULL && alert->mask == RN_MASK_NONE && !alert->acknowledged
            && rn_alert_engine_may_ring (self, track->tier));
}

/* What is under a jam goes with it. A cause that has ended keeps what is left of its queue; one
 * that goes on loses what another one is nearer to, and what it no longer reaches. */
static void
regroup_one (RnAlertEngine *self, const RnFrame *frame, RnAlertTrack *track)
{
  const RnAlertTrack *parent = rn_alert_engine_find (self, track->parent), *taker;
  const RnAlertCause *cause;

  if (track->condition != RN_CONDITION_ACTIVE
      || (parent != NULL && parent->subject->kind == RN_SUBJECT_SECTION))
    return;
  if (parent != NULL && parent->subject->kind == RN_SUBJECT_FEED)
    {
      if (is_missing (track->quality))
        return;
    }
  else if (parent != NULL && (!is_cause (parent) || !is_present (frame, parent)))
    return;
  cause = g_hash_table_lookup (get_causes (self, frame), GUINT_TO_POINTER (track->section));
  if (cause != NULL && cause->sure)
    {
      taker = ensure_cause (self, frame, cause->kind, cause->key, track->tier, FALSE);
      if (taker != NULL && taker != parent && !is_under (self, taker, track))
        move (self, track, taker, FALSE);
    }
  else if (parent != NULL && cause == NULL)
    part (self, frame, track);
}

/* A row that the engine made for a cause is over with it, and back with it. */
static void
follow_cause (RnAlertEngine *self, const RnFrame *frame, RnAlertTrack *track)
{
  gboolean active = track->condition == RN_CONDITION_ACTIVE;

  if (strcmp (track->rule, RN_ALERT_CAUSE) != 0 || !is_cause (track)
      || active == is_going_on (frame, track))
    return;
  rn_alert_engine_emit (
      self, rn_alert_engine_entry (self, active ? RN_ENTRY_RECOVERING : RN_ENTRY_RELAPSED, track));
}

void
rn_alert_engine_regroup (RnAlertEngine *self, const RnFrame *frame)
{
  /* rows of causes are appended while this goes on, and are not of sections */
  g_clear_pointer (&self->causes, g_hash_table_unref);
  for (guint i = 0; i < self->tracks->len; i++)
    {
      RnAlertTrack *track = self->tracks->pdata[i];

      if (rn_alert_engine_is_in_queue (self, track))
        regroup_one (self, frame, track);
      else
        follow_cause (self, frame, track);
    }
}
