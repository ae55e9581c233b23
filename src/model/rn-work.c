/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Works: life, phase, what they leave of the capacity, and their words. Filled by one thread, then
 * immutable. */
#include "model/rn-work.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "model/rn-value.h"

typedef struct {
  RnWork pub;
  gatomicrefcount refs;
} Private;

RnWork *
rn_work_new (const char *source, const char *id)
{
  Private *self = g_new0 (Private, 1);

  g_atomic_ref_count_init (&self->refs);
  rn_value_set_key (&self->pub.source, &self->pub.id, &self->pub.key, source, id);
  self->pub.capacity_factor = NAN;
  self->pub.limit_kmh = NAN;
  self->pub.workers = -1;
  self->pub.from_post = self->pub.to_post = NAN;
  return &self->pub;
}

RnWork *
rn_work_ref (const RnWork *self)
{
  g_atomic_ref_count_inc (&((Private *) self)->refs);
  return (RnWork *) self;
}

void
rn_work_unref (const RnWork *work)
{
  RnWork *self = (RnWork *) work;

  if (self == NULL || !g_atomic_ref_count_dec (&((Private *) self)->refs))
    return;
  g_free (self->source);
  g_free (self->id);
  g_free (self->key);
  rn_names_unref (self->names);
  rn_names_unref (self->description);
  g_free (self->road);
  g_free (self->direction);
  g_free (self->sections);
  g_free (self->line);
  g_free (self->permit);
  g_free (self->owner);
  for (guint i = 0; i < self->n_lanes; i++)
    g_free (self->lanes[i].type);
  g_free (self->lanes);
  g_strfreev (self->roads);
  g_free (self->from_place);
  g_free (self->to_place);
  g_free (self->reference);
  for (guint i = 0; i < self->n_restrictions; i++)
    g_free (self->restrictions[i].type);
  g_free (self->restrictions);
  g_free (self);
}

RnWork *
rn_work_copy_shifted (const RnWork *self, guint32 by)
{
  RnWork *copy = rn_work_new (self->source, self->id);
  char *source = copy->source, *id = copy->id, *key = copy->key;

  *copy = *self;
  copy->source = source;
  copy->id = id;
  copy->key = key;
  rn_names_ref (copy->names);
  rn_names_ref (copy->description);
  copy->road = g_strdup (self->road);
  copy->direction = g_strdup (self->direction);
  copy->sections = rn_value_shift (self->sections, self->n_sections, by);
  copy->line = g_memdup2 (self->line, self->n_line * sizeof *self->line);
  copy->permit = g_strdup (self->permit);
  copy->owner = g_strdup (self->owner);
  copy->lanes = g_memdup2 (self->lanes, self->n_lanes * sizeof *self->lanes);
  for (guint i = 0; i < self->n_lanes; i++)
    copy->lanes[i].type = g_strdup (self->lanes[i].type);
  copy->roads = g_strdupv (self->roads);
  copy->from_place = g_strdup (self->from_place);
  copy->to_place = g_strdup (self->to_place);
  copy->reference = g_strdup (self->reference);
  copy->restrictions =
      g_memdup2 (self->restrictions, self->n_restrictions * sizeof *self->restrictions);
  for (guint i = 0; i < self->n_restrictions; i++)
    copy->restrictions[i].type = g_strdup (self->restrictions[i].type);
  return copy;
}

/* Whether its owner said so when that time had come already, and the time is an estimate. */
static gboolean
says_otherwise (const RnWork *self, RnWorkStatus status, gint64 time_us, gboolean verified)
{
  return self->status == status && !verified && self->observed_at_us >= time_us;
}

RnWorkPhase
rn_work_phase (const RnWork *self, gint64 now_us)
{
  if (self->status == RN_WORK_STATUS_COMPLETED || self->status == RN_WORK_STATUS_CANCELLED)
    return RN_WORK_ENDED;
  if (self->end_us != 0 && now_us >= self->end_us)
    return says_otherwise (self, RN_WORK_STATUS_ACTIVE, self->end_us, self->end_verified)
               ? RN_WORK_ACTIVE
               : RN_WORK_ENDED;
  if (self->start_us != 0 && now_us < self->start_us)
    return self->status == RN_WORK_STATUS_ACTIVE && !self->start_verified ? RN_WORK_ACTIVE
                                                                          : RN_WORK_PLANNED;
  return says_otherwise (self, RN_WORK_STATUS_PLANNED, self->start_us, self->start_verified)
             ? RN_WORK_PLANNED
             : RN_WORK_ACTIVE;
}

gint64
rn_work_overrun_us (const RnWork *self, gint64 now_us)
{
  gint64 end_us = self->plan_end_us != 0 ? self->plan_end_us : self->end_us;

  /* A best known end that is past means that they have ended, unless their owner says otherwise. */
  if (end_us == 0 || now_us <= end_us || rn_work_phase (self, now_us) != RN_WORK_ACTIVE)
    return 0;
  return now_us - end_us;
}

double
rn_work_capacity_factor (const RnWork *self)
{
  guint open = 0, lanes = 0;

  if (!isnan (self->capacity_factor))
    return CLAMP (self->capacity_factor, 0.0, 1.0);
  if (self->impact == RN_IMPACT_ALL_CLOSED)
    return 0.0;
  for (guint i = 0; i < self->n_lanes; i++)
    {
      const char *type = self->lanes[i].type;

      /* Shoulders, ramps, turning lanes and the like are not part of the section's capacity. */
      if (type != NULL && !g_str_equal (type, "general"))
        continue;
      lanes++;
      open += self->lanes[i].state != RN_WORK_LANE_CLOSED;
    }
  if (lanes > 0 && open < lanes && (open > 0 || self->impact == RN_IMPACT_UNKNOWN))
    return (double) open / lanes;
  return self->impact == RN_IMPACT_SOME_CLOSED || self->impact == RN_IMPACT_ALTERNATING ? 0.5 : 1.0;
}

const char *
rn_work_impact_title (RnWorkImpact impact)
{
  static const char *const titles[] = {
    NC_ ("works", "Effect unknown"),         NC_ ("works", "All lanes open"),
    NC_ ("works", "Some lanes closed"),      NC_ ("works", "All lanes closed"),
    NC_ ("works", "Alternating traffic"),    NC_ ("works", "Other effect"),
    NC_ ("works", "All lanes open, shifted")
  };

  g_return_val_if_fail (impact < G_N_ELEMENTS (titles), "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "works", titles[impact]);
}

/* ---- words ---- */

/* A word of a feed and what it is called. */
typedef struct {
  const char *word, *title;
} Word;

static const char *
find_title (const Word *words, guint n, const char *word)
{
  for (guint i = 0; word != NULL && i < n; i++)
    if (g_ascii_strcasecmp (words[i].word, word) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "works", words[i].title);
  return NULL;
}

const char *
rn_work_kind_title (RnWorkKind kind)
{
  static const char *const titles[] = { [RN_WORK_ZONE] = N_("Road works"),
                                        [RN_WORK_DETOUR] = N_("Detour"),
                                        [RN_WORK_RESTRICTION] = N_("Restriction") };

  g_return_val_if_fail (kind < G_N_ELEMENTS (titles), "");
  return _ (titles[kind]);
}

char *
rn_work_restriction_title (const RnWorkRestriction *restriction)
{
  static const Word plain[] = {
    { "no-trucks", NC_ ("works", "No trucks") },
    { "travel-peak-hours-only", NC_ ("works", "In peak hours only") },
    { "hov-3", NC_ ("works", "Three persons or more a car") },
    { "hov-2", NC_ ("works", "Two persons or more a car") },
    { "no-parking", NC_ ("works", "No parking") },
    { "reduced-width", NC_ ("works", "Reduced width") },
    { "reduced-height", NC_ ("works", "Reduced height") },
    { "reduced-length", NC_ ("works", "Reduced length") },
    { "reduced-weight", NC_ ("works", "Reduced weight") },
    { "axle-load-limit", NC_ ("works", "Axle load limited") },
    { "gross-weight-limit", NC_ ("works", "Gross weight limited") },
    { "towing-prohibited", NC_ ("works", "No towing") },
    { "permitted-oversize-loads-prohibited", NC_ ("works", "No oversize loads, even permitted") },
    { "local-access-only", NC_ ("works", "Local access only") },
    { "no-passing", NC_ ("works", "No overtaking") },
  };
  static const Word limited[] = {
    { "reduced-width", NC_ ("works", "Width up to %s") },
    { "reduced-height", NC_ ("works", "Height up to %s") },
    { "reduced-length", NC_ ("works", "Length up to %s") },
    { "reduced-weight", NC_ ("works", "Weight up to %s") },
    { "axle-load-limit", NC_ ("works", "Axle load up to %s") },
    { "gross-weight-limit", NC_ ("works", "Gross weight up to %s") },
  };
  const char *title = find_title (plain, G_N_ELEMENTS (plain), restriction->type);
  const char *format = find_title (limited, G_N_ELEMENTS (limited), restriction->type);
  g_autofree char *limit =
      rn_text_measure (restriction->limit, 1, restriction->is_mass ? "t" : "m");

  if (format != NULL && !isnan (restriction->limit))
    {
      g_auto (GStrv) halves = g_strsplit (format, "%s", 2);

      return g_strjoin (limit, halves[0], halves[1], NULL);
    }
  if (title != NULL)
    return g_strdup (title);
  return g_strdelimit (g_strdup (restriction->type), "-_", ' ');
}

const char *
rn_work_direction_title (const char *direction)
{
  static const Word words[] = {
    { "northbound", NC_ ("works", "northbound") }, { "eastbound", NC_ ("works", "eastbound") },
    { "southbound", NC_ ("works", "southbound") }, { "westbound", NC_ ("works", "westbound") },
    { "inner-loop", NC_ ("works", "inner loop") }, { "outer-loop", NC_ ("works", "outer loop") },
  };
  const char *title = find_title (words, G_N_ELEMENTS (words), direction);

  if (title != NULL)
    return title;
  if (direction == NULL || *direction == '\0' || g_ascii_strcasecmp (direction, "unknown") == 0
      || g_ascii_strcasecmp (direction, "undefined") == 0)
    return NULL;
  return direction;
}

const char *
rn_work_type_title (const char *type)
{
  static const Word words[] = {
    { "maintenance", NC_ ("works", "maintenance") },
    { "minor-road-defect-repair", NC_ ("works", "minor repair") },
    { "roadside-work", NC_ ("works", "roadside work") },
    { "overhead-work", NC_ ("works", "overhead work") },
    { "below-road-work", NC_ ("works", "below road work") },
    { "barrier-work", NC_ ("works", "barrier work") },
    { "surface-work", NC_ ("works", "surface work") },
    { "painting", NC_ ("works", "painting") },
    { "roadway-relocation", NC_ ("works", "roadway relocation") },
    { "roadway-creation", NC_ ("works", "roadway creation") },
    { "non-encroachment", NC_ ("works", "work beside the road") },
  };

  return find_title (words, G_N_ELEMENTS (words), type);
}

/* ---- reach ---- */

/* "87", "87.5", "1,087.25": as many decimals as it has, up to two. */
static char *
dup_post (double post)
{
  int decimals = fabs (post * 10 - round (post * 10)) > 0.05 ? 2
                 : fabs (post - round (post)) > 0.005        ? 1
                                                             : 0;

  return rn_text_measure (post, decimals, NULL);
}

static char *
dup_posts (const RnWork *self)
{
  double from = !isnan (self->from_post) ? self->from_post : self->to_post;
  double to = !isnan (self->to_post) ? self->to_post : from;
  g_autofree char *a = self->posts_in_km ? rn_text_chainage (from * 1000) : dup_post (from);
  g_autofree char *b = self->posts_in_km ? rn_text_chainage (to * 1000) : dup_post (to);
  g_autofree char *span = g_str_equal (a, b) ? g_strdup (a) : g_strdup_printf ("%s–%s", a, b);

  return self->posts_in_km ? g_steal_pointer (&span) : g_strdup_printf (_("mile %s"), span);
}

char *
rn_work_dup_reach (const RnWork *self)
{
  const char *from = self->from_place != NULL ? self->from_place : self->to_place;
  const char *to = self->to_place != NULL ? self->to_place : from;

  if (!isnan (self->from_post) || !isnan (self->to_post))
    return dup_posts (self);
  if (from == NULL)
    return NULL;
  return g_str_equal (from, to) ? g_strdup (from) : g_strdup_printf ("%s – %s", from, to);
}
