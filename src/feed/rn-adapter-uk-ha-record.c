/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what all records of situations have in common: times, effect, place, words. Pure. */
#include "feed/rn-adapter-uk-ha-record.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"

#define MAX_LANES 16
#define MAX_SHIFTS 8 /* periods of hours of one record */

#define VALIDITY "validity/validityTimeSpecification/"
#define DETAILS "impact/impactDetails/"

/* ---- effect ---- */

static guint
lanes_of (double number)
{
  return number >= 1 ? (guint) MIN (number, MAX_LANES) : 0;
}

static RnUkEffect
read_effect (RnDocument *document, const RnXmlElement *record)
{
  double lanes = rn_uk_read_number (document, record, DETAILS "originalNumberOfLanes", 0);
  double open = rn_uk_read_number (document, record, DETAILS "numberOfOperationalLanes", 0);
  const char *restriction = rn_xml_text (record, DETAILS "trafficRestrictionType");
  RnUkEffect effect = {
    .capacity_pct = rn_uk_read_number (document, record, DETAILS "capacityRemaining", 0),
    .delay_s = rn_uk_read_number (document, record, "impact/delays/delayTimeValue", 0),
  };

  if (lanes >= 1 && open >= 0 && open <= lanes)
    {
      effect.n_lanes = lanes_of (lanes);
      effect.n_open = lanes_of (open);
    }
  effect.closed = g_strcmp0 (restriction, "carriagewayBlocked") == 0
                  || (effect.n_lanes > 0 && effect.n_open == 0);
  effect.known = effect.closed || effect.n_lanes > 0 || !isnan (effect.capacity_pct)
                 || !isnan (effect.delay_s);
  return effect;
}

static void
append_part (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

char *
rn_uk_effect_dup_text (const RnUkEffect *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->delay_s >= 60)
    {
      guint minutes = (guint) MIN (self->delay_s / 60, 6000);
      g_autofree char *part =
          g_strdup_printf (ngettext ("%u min delay", "%u min delay", minutes), minutes);

      append_part (text, part);
    }
  if (self->n_lanes > 0)
    {
      g_autofree char *part =
          g_strdup_printf (_("%u of %u lanes open"), self->n_open, self->n_lanes);

      append_part (text, part);
    }
  else if (self->closed)
    append_part (text, _("closed"));
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* ---- place ---- */

static char *
dup_road_of (const RnXmlElement *tpeg, const char *name, const char *comment)
{
  static const char *const junctions[] = { "point/ilc/descriptor/value",
                                           "from/ilc/descriptor/value" };
  char *road = rn_uk_dup_road (name);

  for (guint i = 0; road == NULL && tpeg != NULL && i < G_N_ELEMENTS (junctions); i++)
    road = rn_uk_dup_road (rn_xml_text (tpeg, junctions[i]));
  return road != NULL ? road : rn_uk_dup_road (comment);
}

/* A point by name (framed), a junction, or both ends of a line. */
static void
read_tpeg (RnDocument *document, const RnXmlElement *tpeg, RnCrs crs, RnUkPlace *place)
{
  place->has_ends = rn_uk_read_point (document, rn_xml_child (tpeg, "from"), crs, &place->from)
                    && rn_uk_read_point (document, rn_xml_child (tpeg, "to"), crs, &place->to);
  place->has_at = rn_uk_read_point (document, rn_xml_child (tpeg, "framedPoint"), crs, &place->at)
                  || rn_uk_read_point (document, rn_xml_child (tpeg, "point"), crs, &place->at);
  if (!place->has_at && place->has_ends)
    {
      place->at =
          (RnPoint){ (place->from.lon + place->to.lon) / 2, (place->from.lat + place->to.lat) / 2 };
      place->has_at = TRUE;
    }
}

static void
read_location (RnDocument *document, const RnXmlElement *location, const char *comment, RnCrs crs,
               RnUkPlace *place)
{
  const RnXmlElement *tpeg = rn_xml_child (location, "tpegpointLocation");
  const char *section = rn_xml_text (location, "predefinedLocationReference");
  g_autofree char *name = NULL;

  if (tpeg == NULL)
    tpeg = rn_xml_child (location, "tpeglinearLocation");
  if (tpeg != NULL)
    {
      name = rn_uk_dup_text (tpeg, "framedPoint/name/descriptor/value");
      read_tpeg (document, tpeg, crs, place);
      place->way = rn_uk_way_of_tpeg (rn_xml_text (tpeg, "tpegDirection"));
    }
  place->road = dup_road_of (tpeg, name, comment);
  place->beside = rn_uk_is_beside (name != NULL ? name : comment);
  place->section = g_strdup (section);
}

/* The first of its locations that says where it is; several lie next to each other. */
static void
read_place (RnDocument *document, const RnXmlElement *record, const char *comment, RnCrs crs,
            RnUkPlace *place)
{
  const RnXmlElement *group = rn_xml_child (record, "groupOfLocations");

  for (const RnXmlElement *e = rn_xml_child (group, "locationContainedInGroup"); e != NULL;
       e = rn_xml_next (e, "locationContainedInGroup"))
    {
      rn_uk_place_clear (place);
      read_location (document, e, comment, crs, place);
      if (place->has_at || place->section != NULL)
        return;
    }
  if (place->road == NULL)
    place->road = rn_uk_dup_road (comment);
}

/* ---- words ---- */

/* Texts end in links to maps that have long been shut. */
static char *
dup_comment (const RnXmlElement *record)
{
  char *text = rn_uk_dup_text (record, "nonGeneralPublicComment/comment/value");
  char *links;

  if (text == NULL)
    text = rn_uk_dup_text (record, "generalPublicComment/comment/value");
  links = text != NULL ? strstr (text, "Link to ") : NULL;
  if (links != NULL)
    *links = '\0';
  return text != NULL ? g_strstrip (text) : NULL;
}

/* ---- the record ---- */

void
rn_uk_record_clear (RnUkRecord *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->comment, g_free);
  g_clear_pointer (&self->by, g_free);
  rn_uk_place_clear (&self->place);
}

gboolean
rn_uk_record_read (RnDocument *document, const RnXmlElement *situation, const RnXmlElement *element,
                   RnCrs crs, RnUkRecord *out)
{
  const char *id = rn_xml_attribute (element, "id");
  double version = rn_uk_read_number (document, element, "situationRecordVersion", 0);

  *out = (RnUkRecord){ 0 };
  if (id == NULL || *id == '\0')
    id = rn_xml_attribute (situation, "id");
  if (id == NULL || *id == '\0')
    {
      rn_uk_refuse (document, element, "@id", _("missing"));
      return FALSE;
    }
  out->id = g_strdup (id);
  out->reference = g_strdup (rn_xml_text (element, "situationRecordCreationReference"));
  out->comment = dup_comment (element);
  out->by = rn_uk_dup_text (element, "sourceInformation/sourceName/value");
  out->start_us = rn_uk_read_time (document, element, VALIDITY "overallStartTime");
  out->end_us = rn_uk_read_time (document, element, VALIDITY "overallEndTime");
  out->created_us = rn_uk_read_time (document, element, "situationRecordCreationTime");
  out->version_us = rn_uk_read_time (document, element, "situationRecordVersionTime");
  out->version = version >= 0 && version < 1e9 ? (gint64) version : 0;
  out->effect = read_effect (document, element);
  read_place (document, element, out->comment, crs, &out->place);
  if (out->place.has_at || out->place.section != NULL || out->place.road != NULL)
    return TRUE;
  rn_uk_refuse (document, element, "groupOfLocations", _("neither a position nor a road"));
  rn_uk_record_clear (out);
  return FALSE;
}

/* ---- shifts ---- */

/* Seconds of the day; -1 when it is no time of day. */
static int
parse_time_of_day (const char *text)
{
  int hour, minute, second = 0;

  if (text == NULL || sscanf (text, "%2d:%2d:%2d", &hour, &minute, &second) < 2 || hour < 0
      || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60)
    return -1;
  return hour * 3600 + minute * 60 + second;
}

/* The shift that begins @days after the day of @now. */
static void
shift_on (GDateTime *midnight, int days, int from_s, int to_s, gint64 *start_us, gint64 *end_us)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (midnight, days);
  g_autoptr (GDateTime) next = g_date_time_add_days (midnight, days + (to_s <= from_s ? 1 : 0));
  g_autoptr (GDateTime) start = g_date_time_add_full (day, 0, 0, 0, 0, 0, from_s);
  g_autoptr (GDateTime) end = g_date_time_add_full (next, 0, 0, 0, 0, 0, to_s);

  *start_us = g_date_time_to_unix (start) * RN_SECOND;
  *end_us = g_date_time_to_unix (end) * RN_SECOND;
}

/* The first shift of these hours that has not ended by @now_us, cut to its period. */
static gboolean
find_shift (GTimeZone *zone, int from_s, int to_s, gint64 now_us, gint64 least_us, gint64 most_us,
            gint64 *start_us, gint64 *end_us)
{
  gint64 at_us = MAX (now_us, least_us);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / RN_SECOND);
  g_autoptr (GDateTime) now = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) midnight =
      now != NULL ? g_date_time_new (zone, g_date_time_get_year (now), g_date_time_get_month (now),
                                     g_date_time_get_day_of_month (now), 0, 0, 0)
                  : NULL;

  for (int days = -1; midnight != NULL && days <= 1; days++)
    {
      shift_on (midnight, days, from_s, to_s, start_us, end_us);
      *start_us = MAX (*start_us, least_us);
      if (most_us != 0)
        *end_us = MIN (*end_us, most_us);
      if (*end_us > at_us && *end_us > *start_us)
        return TRUE;
    }
  return FALSE;
}

void
rn_uk_read_shift (RnDocument *document, const RnXmlElement *element, GTimeZone *timezone,
                  gint64 now_us, gint64 *start_us, gint64 *end_us)
{
  const RnXmlElement *validity = rn_uk_find (element, "validity/validityTimeSpecification");
  g_autoptr (GTimeZone) london =
      timezone == NULL ? g_time_zone_new_identifier ("Europe/London") : NULL;
  GTimeZone *zone = timezone != NULL ? timezone : london;
  gint64 best_us = G_MAXINT64, whole_us = *end_us;
  guint n = 0;

  for (const RnXmlElement *e = rn_xml_child (validity, "validPeriod");
       e != NULL && zone != NULL && n < MAX_SHIFTS; e = rn_xml_next (e, "validPeriod"), n++)
    {
      const RnXmlElement *hours = rn_xml_child (e, "recurringTimePeriodOfDay");
      gint64 least_us = rn_uk_read_time (document, e, "startOfPeriod"), from_us, to_us;
      gint64 most_us = rn_uk_read_time (document, e, "endOfPeriod");
      int from_s, to_s;

      if (hours == NULL)
        continue;
      from_s = parse_time_of_day (rn_xml_text (hours, "startTimeOfPeriod"));
      to_s = parse_time_of_day (rn_xml_text (hours, "endTimeOfPeriod"));
      if (from_s < 0 || to_s < 0)
        {
          rn_uk_refuse (document, hours, NULL, _("not hours of the day"));
          continue;
        }
      if (!find_shift (zone, from_s, to_s, now_us, least_us, most_us != 0 ? most_us : whole_us,
                       &from_us, &to_us)
          || from_us >= best_us)
        continue;
      best_us = *start_us = from_us;
      *end_us = to_us;
    }
}
