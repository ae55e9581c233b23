/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Situations: each record of one becomes an incident (unplanned events) or a work (current
 * roadworks); records of one situation are linked. Ids are those of the records, which stay from
 * poll to poll; the situation is the event that they belong to. Pure; runs in a worker. */
#include "feed/rn-adapter-uk-ha-parts.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "feed/rn-adapter-uk-ha-record.h"

typedef struct {
  RnDocument *document;
  const RnDecodeContext *context;
  const RnUkPublication *publication;
  RnUkJoin *join;
  GHashTable *ids; /* char *: of this document */
} Reading;

/* ---- incidents ---- */

typedef struct {
  const char *type; /* of the record */
  RnIncidentType incident;
} TypeRow;

static const TypeRow types[] = {
  { "Accident", RN_INCIDENT_CRASH },
  { "VehicleObstruction", RN_INCIDENT_BREAKDOWN },
  { "GeneralObstruction", RN_INCIDENT_DEBRIS },
  { "AnimalPresenceObstruction", RN_INCIDENT_DEBRIS },
  { "EnvironmentalObstruction", RN_INCIDENT_WEATHER },
  { "InfrastructureDamageObstruction", RN_INCIDENT_INFRASTRUCTURE },
  { "AbnormalTraffic", RN_INCIDENT_CONGESTION },
  { "PoorRoadInfrastructure", RN_INCIDENT_INFRASTRUCTURE },
  { "EquipmentOrSystemFault", RN_INCIDENT_INFRASTRUCTURE },
  { "MaintenanceWorks", RN_INCIDENT_INFRASTRUCTURE },
  { "ConstructionWorks", RN_INCIDENT_INFRASTRUCTURE },
  { "Conditions", RN_INCIDENT_WEATHER },
  { "RoadConditions", RN_INCIDENT_WEATHER },
  { "WeatherRelatedRoadConditions", RN_INCIDENT_WEATHER },
  { "PoorEnvironmentConditions", RN_INCIDENT_WEATHER },
};

static gboolean
text_is (const RnXmlElement *record, const char *path, const char *text)
{
  return g_strcmp0 (rn_xml_text (record, path), text) == 0;
}

/* What blocks a carriageway without any of these causes is a closure; all else is "other". */
static RnIncidentType
incident_type (const RnXmlElement *record, const RnUkEffect *effect, gboolean beside)
{
  const char *type = rn_uk_type (record);

  if (text_is (record, "vehicleObstructionType", "vehicleOnFire"))
    return RN_INCIDENT_FIRE;
  if (text_is (record, "obstructionType", "rescueAndRecoveryWork"))
    return RN_INCIDENT_OTHER;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (type, types[i].type) == 0)
      return types[i].incident;
  return effect->closed && !beside ? RN_INCIDENT_CLOSURE : RN_INCIDENT_OTHER;
}

/* I is for the authorities to declare. II: the carriageway is closed; III: a delay of half an hour
 * and more, or half of the carriageway's capacity or less; IV: all else of which the effect is
 * known. */
static int
incident_level (const RnUkEffect *effect, gboolean beside)
{
  if (effect->closed && !beside)
    return 2;
  if (effect->delay_s >= 1800 || (effect->capacity_pct <= 50 && !beside))
    return 3;
  return effect->known ? 4 : 0;
}

/* Lanes are counted, not named: only all of them or none can be told by number. */
static void
fill_incident_lanes (RnIncident *incident, const RnUkEffect *effect)
{
  if (effect->n_lanes == 0 || (effect->n_open != 0 && effect->n_open != effect->n_lanes))
    return;
  incident->n_lanes = effect->n_lanes;
  incident->lanes = g_new0 (RnIncidentLane, effect->n_lanes);
  for (guint i = 0; i < effect->n_lanes; i++)
    incident->lanes[i] =
        (RnIncidentLane){ (int) i + 1, effect->n_open == 0 ? RN_LANE_BLOCKED : RN_LANE_OPEN };
}

/* One line: what it does to traffic, when that was last said, and by whom. */
static void
fill_log (RnIncident *incident, const RnUkRecord *record)
{
  char *text = rn_uk_effect_dup_text (&record->effect);

  if (text == NULL)
    return;
  incident->n_log = 1;
  incident->log = g_new0 (RnLogLine, 1);
  incident->log[0].at_us = record->version_us;
  incident->log[0].by = g_strdup (record->by != NULL ? record->by : "");
  incident->log[0].text = text;
}

static void
fill_related (RnIncident *incident, const char *first)
{
  if (first == NULL || strcmp (first, incident->id) == 0)
    return;
  incident->n_related = 1;
  incident->related = g_new0 (RnIncidentLink, 1);
  incident->related[0].id = g_strdup (first);
}

static void
place_incident (const Reading *reading, RnIncident *incident, const RnUkPlace *place)
{
  g_autoptr (GArray) found = rn_uk_join_find (reading->join, place, FALSE);

  incident->located = place->has_at;
  incident->at = place->at;
  if (found->len > 0)
    incident->section = g_array_index (found, guint32, 0);
  else
    g_ptr_array_add (reading->document->unjoined, g_strdup (incident->id));
}

static void
add_incident (const Reading *reading, const RnXmlElement *situation, const RnXmlElement *element,
              const RnUkRecord *record, const char *first)
{
  RnIncident *incident = rn_incident_new (reading->context->source, record->id);
  gboolean certain = text_is (element, "probabilityOfOccurrence", "certain");

  incident->type = incident_type (element, &record->effect, record->place.beside);
  incident->event_id = g_strdup (rn_xml_attribute (situation, "id"));
  incident->status = certain ? RN_INCIDENT_CONFIRMED : RN_INCIDENT_REPORTED;
  incident->level = incident_level (&record->effect, record->place.beside);
  incident->hazmat = text_is (element, "accidentType", "fuelSpillageAccident")
                     || text_is (element, "accidentType", "accidentInvolvingHazardousMaterials");
  incident->times_us[RN_TIME_OCCURRED] = record->start_us;
  incident->times_us[RN_TIME_REPORTED] = record->created_us;
  incident->expected_end_us = record->end_us;
  incident->revision = record->version;
  incident->observed_at_us = reading->document->observed_at_us;
  if (record->comment != NULL)
    incident->description = rn_names_new (record->comment);
  if (!record->place.beside)
    fill_incident_lanes (incident, &record->effect);
  fill_log (incident, record);
  fill_related (incident, first);
  place_incident (reading, incident, &record->place);
  g_ptr_array_add (reading->document->incidents, incident);
}

/* ---- works ---- */

static const struct {
  const char *word, *en, *zh;
} work_types[] = {
  { "roadworks", "Road works", "道路施工" },    { "resurfacingWork", "Resurfacing", "路面重铺" },
  { "repairWork", "Repair", "维修" },           { "roadsideWork", "Roadside work", "路侧作业" },
  { "maintenanceWork", "Maintenance", "养护" }, { "constructionWork", "Construction", "建设" },
};

/* "overheadWorks" → "Overhead works". */
static char *
words_of (const char *word)
{
  GString *text = g_string_new (NULL);

  for (const char *c = word; *c != '\0'; c++)
    {
      if (g_ascii_isupper (*c) && c > word)
        g_string_append_c (text, ' ');
      g_string_append_c (text, c == word ? g_ascii_toupper (*c) : g_ascii_tolower (*c));
    }
  return g_string_free (text, FALSE);
}

/* What is done, else what kind of record it is. */
static RnNames *
work_names (const RnXmlElement *record)
{
  const char *word = rn_xml_text (record, "roadMaintenanceType");
  g_autofree char *words = NULL;

  if (word == NULL)
    word = rn_xml_text (record, "constructionWorkType");
  if (word == NULL)
    word = rn_uk_type (record);
  for (guint i = 0; i < G_N_ELEMENTS (work_types); i++)
    if (strcmp (word, work_types[i].word) == 0)
      return rn_names_new_pairs ("en", work_types[i].en, "zh-CN", work_types[i].zh, NULL);
  words = words_of (word);
  return *words != '\0' ? rn_names_new (words) : NULL;
}

/* A slip road that is closed leaves the carriageway open. */
static void
fill_work_effect (RnWork *work, const RnUkEffect *effect, gboolean beside)
{
  if (beside)
    {
      work->impact = RN_IMPACT_OTHER;
      return;
    }
  if (!isnan (effect->capacity_pct))
    work->capacity_factor = MIN (effect->capacity_pct, 100) / 100;
  if (effect->closed)
    work->impact = RN_IMPACT_ALL_CLOSED;
  else if (effect->n_lanes > 0)
    work->impact = effect->n_open < effect->n_lanes ? RN_IMPACT_SOME_CLOSED : RN_IMPACT_ALL_OPEN;
  if (effect->n_lanes == 0 || (effect->n_open != 0 && effect->n_open != effect->n_lanes))
    return;
  work->n_lanes = effect->n_lanes;
  work->lanes = g_new0 (RnWorkLane, effect->n_lanes);
  for (guint i = 0; i < effect->n_lanes; i++)
    work->lanes[i] =
        (RnWorkLane){ .order = (int) i + 1,
                      .type = g_strdup ("general"),
                      .state = effect->n_open == 0 ? RN_WORK_LANE_CLOSED : RN_WORK_LANE_OPEN };
}

static void
place_work (const Reading *reading, RnWork *work, const RnUkPlace *place)
{
  GArray *found = rn_uk_join_find (reading->join, place, TRUE);

  work->road = g_strdup (place->road);
  work->direction = g_strdup (rn_uk_way_word (place->way));
  work->line = g_new0 (RnPoint, 3);
  if (place->has_ends)
    work->line[work->n_line++] = place->from;
  if (place->has_at)
    work->line[work->n_line++] = place->at;
  if (place->has_ends)
    work->line[work->n_line++] = place->to;
  work->joined_by_place = found->len > 0;
  work->n_sections = found->len;
  work->sections = (guint32 *) g_array_free (found, FALSE);
  if (work->n_sections == 0)
    g_ptr_array_add (reading->document->unjoined, g_strdup (work->id));
}

/* The validity as a whole is what was planned; of works by night or by day only, the shift that
 * goes on, else the next, is what they do now. */
static void
add_work (const Reading *reading, const RnXmlElement *element, const RnUkRecord *record)
{
  RnWork *work = rn_work_new (reading->context->source, record->id);
  gint64 now_us = reading->document->observed_at_us != 0 ? reading->document->observed_at_us
                                                         : reading->context->received_us;

  work->names = work_names (element);
  if (record->comment != NULL)
    work->description = rn_names_new (record->comment);
  work->plan_start_us = record->start_us;
  work->plan_end_us = record->end_us;
  work->start_us = record->start_us;
  work->end_us = record->end_us;
  rn_uk_read_shift (reading->document, element, reading->context->timezone, now_us, &work->start_us,
                    &work->end_us);
  work->permit = g_strdup (record->reference);
  work->observed_at_us = reading->document->observed_at_us;
  fill_work_effect (work, &record->effect, record->place.beside);
  place_work (reading, work, &record->place);
  g_ptr_array_add (reading->document->works, work);
}

/* ---- the document ---- */

/* @first: id of the situation's first record, set by it. */
static void
read_record (const Reading *reading, const RnXmlElement *situation, const RnXmlElement *element,
             char **first)
{
  RnUkRecord record;

  reading->document->n_rows++;
  if (!rn_uk_record_read (reading->document, situation, element, reading->context->crs, &record))
    return;
  if (!g_hash_table_add (reading->ids, g_strdup (record.id)))
    {
      g_autofree char *reason = g_strdup_printf (_("double id: %s"), record.id);

      rn_uk_refuse (reading->document, element, NULL, reason);
    }
  else if (reading->document->kind == RN_FEED_WORKS)
    add_work (reading, element, &record);
  else
    {
      add_incident (reading, situation, element, &record, *first);
      if (*first == NULL)
        *first = g_strdup (record.id);
    }
  rn_uk_record_clear (&record);
}

static void
read_situation (const Reading *reading, const RnXmlElement *situation)
{
  g_autofree char *first = NULL;
  const RnXmlElement *record = rn_xml_child (situation, "situationRecord");

  if (record == NULL)
    {
      reading->document->n_rows++;
      rn_uk_refuse (reading->document, situation, "situationRecord", _("missing"));
    }
  for (; record != NULL; record = rn_xml_next (record, "situationRecord"))
    read_record (reading, situation, record, &first);
}

RnDocument *
rn_uk_decode_situations (RnFeedKind kind, const RnUkPublication *publication,
                         const RnDecodeContext *context)
{
  RnDocument *document = rn_document_new (kind);
  g_autoptr (RnUkJoin) join = rn_uk_join_new (context->network);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { document, context, publication, join, ids };

  document->observed_at_us = publication->published_at_us;
  if (kind == RN_FEED_WORKS)
    document->works = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_work_unref);
  else
    document->incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_incident_unref);
  for (const RnXmlElement *e = rn_xml_child (publication->payload, "situation"); e != NULL;
       e = rn_xml_next (e, "situation"))
    read_situation (&reading, e);
  return document;
}
