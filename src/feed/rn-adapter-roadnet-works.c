/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/works: a WZDx 4 WorkZoneFeed (CWZ 1.0 too); ours stands under `properties.roadnet`. Any
 * public feed without it is a works source too: its work zones are joined by place. A device feed
 * gives the number of its devices. Pure; runs in a worker. */
#include "feed/rn-adapter-roadnet-parts.h"

#include <math.h>
#include <string.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "model/rn-place.h"
#include "model/rn-work.h"

#define MAX_LANES 32
#define WORK_SHAPES                                                                                \
  (1u << RN_SHAPE_NONE | 1u << RN_SHAPE_POINT | 1u << RN_SHAPE_POINTS | 1u << RN_SHAPE_LINE)

/* ---- lanes, impact ---- */

static RnWorkImpact
parse_impact (const char *text)
{
  static const struct {
    const char *word;
    RnWorkImpact impact;
  } table[] = {
    { "all-lanes-open", RN_IMPACT_ALL_OPEN },     { "some-lanes-closed", RN_IMPACT_SOME_CLOSED },
    { "all-lanes-closed", RN_IMPACT_ALL_CLOSED }, { "alternating-one-way", RN_IMPACT_ALTERNATING },
    { "flagging", RN_IMPACT_ALTERNATING },        { "unknown", RN_IMPACT_UNKNOWN },
  };

  if (text == NULL)
    return RN_IMPACT_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (text, table[i].word) == 0)
      return table[i].impact;
  /* Lanes split, merged, shifted, moved to the shoulder … */
  return RN_IMPACT_OTHER;
}

static RnWorkLaneState
parse_lane_status (const char *text)
{
  if (g_strcmp0 (text, "open") == 0)
    return RN_WORK_LANE_OPEN;
  return g_strcmp0 (text, "closed") == 0 ? RN_WORK_LANE_CLOSED : RN_WORK_LANE_OTHER;
}

static void
read_lanes (RnWork *work, const RnJson *place, GError **error)
{
  guint n = MIN (rn_json_length (place), MAX_LANES);

  if (!rn_roadnet_opt_array (place, error))
    return;
  work->lanes = g_new0 (RnWorkLane, MAX (n, 1));
  for (guint i = 0; i < n && *error == NULL; i++)
    {
      RnJson lane = rn_json_element (place, i);

      if (!rn_roadnet_opt_object (&lane, error))
        continue;
      work->lanes[work->n_lanes++] = (RnWorkLane){
        .order = (int) rn_json_opt_integer (RN_AT (&lane, "order"), 0, 100, (gint64) i + 1, error),
        .type = rn_roadnet_dup_string (RN_AT (&lane, "type"), error),
        .state = parse_lane_status (rn_json_opt_string (RN_AT (&lane, "status"), error)),
      };
    }
}

/* ---- what, where, who ---- */

/* "surface-work, painting" of types_of_work. */
static RnNames *
names_of_types (const RnJson *place, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!rn_roadnet_opt_array (place, error))
    return NULL;
  for (guint i = 0; i < rn_json_length (place); i++)
    {
      RnJson type = rn_json_element (place, i);
      const char *name =
          rn_json_is_object (&type) ? rn_json_opt_string (RN_AT (&type, "type_name"), error) : NULL;

      if (name != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
    }
  g_strdelimit (text->str, "-_", ' ');
  return text->len > 0 ? rn_names_new (text->str) : NULL;
}

static char *
first_of (const RnJson *place, GError **error)
{
  RnJson first = rn_json_element (place, 0);

  return rn_roadnet_opt_array (place, error) ? rn_roadnet_dup_string (&first, error) : NULL;
}

/* The organisation behind core_details.data_source_id, else the publisher of the feed. */
static char *
dup_owner (const RnJson *core, const RnJson *info, GError **error)
{
  const char *source = rn_json_opt_string (RN_AT (core, "data_source_id"), error);
  const RnJson *list = RN_AT (info, "data_sources");

  for (guint i = 0; source != NULL && i < rn_json_length (list); i++)
    {
      RnJson entry = rn_json_element (list, i);
      const char *id = rn_json_opt_string (RN_AT (&entry, "data_source_id"), NULL);
      const char *name = rn_json_opt_string (RN_AT (&entry, "organization_name"), NULL);

      if (name != NULL && g_strcmp0 (id, source) == 0)
        return g_strdup (name);
    }
  return g_strdup (rn_json_opt_string (RN_AT (info, "publisher"), NULL));
}

static void
read_core (RnWork *work, const RnJson *core, const RnJson *properties, const RnJson *info,
           GError **error)
{
  g_autoptr (RnNames) types = names_of_types (RN_AT (properties, "types_of_work"), error);

  work->names = rn_json_opt_names (RN_AT (core, "name"), error);
  if (work->names == NULL)
    work->names = g_steal_pointer (&types);
  work->description = rn_json_opt_names (RN_AT (core, "description"), error);
  work->road = first_of (RN_AT (core, "road_names"), error);
  work->direction = rn_roadnet_dup_string (RN_AT (core, "direction"), error);
  work->owner = dup_owner (core, info, error);
}

/* 4.0 and 4.1 said "verified" or "estimated" where 4.2 has a truth value. */
static gboolean
read_verified (const RnJson *properties, const char *key, const char *old_key, GError **error)
{
  const RnJson *value = RN_AT (properties, key);

  if (!rn_json_is_null (value))
    return rn_json_opt_boolean (value, FALSE, error);
  return g_strcmp0 (rn_json_opt_string (RN_AT (properties, old_key), error), "verified") == 0;
}

static int
read_workers (const RnJson *place, GError **error)
{
  const RnJson *present;

  if (!rn_roadnet_opt_object (place, error))
    return -1;
  present = RN_AT (place, "are_workers_present");
  return rn_json_is_null (present) ? -1 : rn_json_opt_boolean (present, FALSE, error) ? 1 : 0;
}

static void
read_road_event (RnWork *work, const RnJson *p, GError **error)
{
  double limit_kmh = rn_json_opt_number (RN_AT (p, "reduced_speed_limit_kph"), 0, 300, error);

  work->start_us = rn_json_opt_time (RN_AT (p, "start_date"), error);
  work->end_us = rn_json_opt_time (RN_AT (p, "end_date"), error);
  work->start_verified = read_verified (p, "is_start_date_verified", "start_date_accuracy", error);
  work->end_verified = read_verified (p, "is_end_date_verified", "end_date_accuracy", error);
  work->impact = parse_impact (rn_json_opt_string (RN_AT (p, "vehicle_impact"), error));
  work->limit_kmh = limit_kmh > 0 ? limit_kmh : NAN;
  work->workers = read_workers (RN_AT (p, "worker_presence"), error);
  read_lanes (work, RN_AT (p, "lanes"), error);
}

/* ---- ours ---- */

static void
take_sections (RnWork *work, GArray *sections)
{
  work->n_sections = sections->len;
  work->sections = (guint32 *) g_array_free (sections, FALSE);
}

/* The names in ours are by language, where WZDx has one language: they win. */
static void
read_own_names (RnWork *work, const RnJson *place, GError **error)
{
  RnNames *names = rn_json_opt_names (RN_AT (place, "name"), error);
  RnNames *description = rn_json_opt_names (RN_AT (place, "description"), error);

  if (names != NULL)
    {
      g_clear_pointer (&work->names, rn_names_unref);
      work->names = names;
    }
  if (description != NULL)
    {
      g_clear_pointer (&work->description, rn_names_unref);
      work->description = description;
    }
}

/* properties.roadnet. @named gets whether it names any section. */
static void
read_roadnet (RnWork *work, const RnJson *place, const RnDecodeContext *context, gboolean *named,
              GError **error)
{
  guint n_unknown = 0;

  if (!rn_roadnet_opt_object (place, error))
    return;

  GArray *sections =
      rn_roadnet_dup_sections (RN_AT (place, "sections"), context, &n_unknown, error);
  const RnJson *plan = RN_AT (place, "plan");
  double limit_kmh = rn_json_opt_number (RN_AT (place, "limit_kmh"), 0, 300, error);

  work->capacity_factor = rn_json_opt_number (RN_AT (place, "capacity_factor"), 0, 1, error);
  if (limit_kmh > 0)
    work->limit_kmh = limit_kmh;
  work->permit = rn_roadnet_dup_string (RN_AT (place, "permit"), error);
  read_own_names (work, place, error);
  if (rn_roadnet_opt_object (plan, error))
    {
      work->plan_start_us = rn_json_opt_time (RN_AT (plan, "start"), error);
      work->plan_end_us = rn_json_opt_time (RN_AT (plan, "end"), error);
    }
  if (sections != NULL)
    {
      *named = sections->len + n_unknown > 0;
      take_sections (work, sections);
    }
}

/* ---- place ---- */

static void
read_line (RnWork *work, const RnJson *feature, const RnDecodeContext *context, GError **error)
{
  g_autoptr (GArray) points = NULL;

  rn_roadnet_read_place (feature, WORK_SHAPES, context, &points, error);
  if (points == NULL)
    return;
  work->n_line = points->len;
  work->line = (RnPoint *) g_array_free (g_steal_pointer (&points), FALSE);
}

static void
join_by_place (RnWork *work, const RnJoin *join)
{
  GArray *sections =
      rn_place_line (join, work->line, work->n_line, rn_place_is_both (work->direction));

  g_free (work->sections);
  work->joined_by_place = sections->len > 0;
  take_sections (work, sections);
}

/* ---- row and document ---- */

static gboolean
add_work (RnDocument *document, const RnJson *feature, const RnJson *p, const RnJson *core,
          const char *id, const RnDecodeContext *context, const RnJson *info, GError **error)
{
  g_autoptr (RnWork) work = rn_work_new (context->source, id);
  gboolean named = FALSE;

  work->observed_at_us = document->observed_at_us;
  read_core (work, core, p, info, error);
  read_road_event (work, p, error);
  read_roadnet (work, RN_AT (p, "roadnet"), context, &named, error);
  read_line (work, feature, context, error);
  if (*error != NULL)
    return FALSE;
  if (!named && work->n_line == 0)
    {
      rn_json_fail (feature, RN_JSON_ERROR_MISSING, error, "%s",
                    _("has neither a geometry nor sections"));
      return FALSE;
    }
  if (work->n_sections == 0 && work->n_line > 0 && context->join != NULL)
    join_by_place (work, context->join);
  if (work->n_sections == 0)
    g_ptr_array_add (document->unjoined, g_strdup (work->id));
  g_ptr_array_add (document->works, g_steal_pointer (&work));
  return TRUE;
}

/* What the feed says of itself; the name it had up to 4.0 is understood. */
static RnJson
feed_info (const RnJson *root)
{
  RnJson info = rn_json_member (root, "feed_info");

  return rn_json_is_null (&info) ? rn_json_member (root, "road_event_feed_info") : info;
}

static gboolean
read_feature (RnDocument *document, const RnJson *feature, const char *id,
              const RnDecodeContext *context, GError **error)
{
  const RnJson *root = feature->up->up; /* features[i] ← features ← document */
  RnJson info = feed_info (root);
  RnJson p = rn_roadnet_properties (feature, error);
  const RnJson *core = RN_AT (&p, "core_details");

  if (*error == NULL && !rn_roadnet_opt_object (core, error))
    rn_json_fail (core, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
  if (*error != NULL)
    return FALSE;
  if (!rn_json_is_null (RN_AT (core, "device_type")))
    {
      g_autoptr (GArray) unused = NULL;

      rn_roadnet_read_geometry (feature, WORK_SHAPES, &unused, error);
      document->n_devices += *error == NULL ? 1 : 0;
      return *error == NULL;
    }

  const char *type = rn_json_string (RN_AT (core, "event_type"), error);
  if (type != NULL && strcmp (type, "work-zone") != 0 && strcmp (type, "restriction") != 0)
    rn_json_fail (RN_AT (core, "event_type"), RN_JSON_ERROR_RANGE, error,
                  _("is no work zone: %.40s"), type);
  return *error == NULL && add_work (document, feature, &p, core, id, context, &info, error);
}

/* The interval that the feed asks for: a hint. A wrong one is told, and no reason to lose works. */
static gint64
read_poll_hint (RnDocument *document, const RnJson *info)
{
  GError *error = NULL;
  double s = rn_json_opt_number (RN_AT (info, "update_frequency"), 0, 366 * 86400.0, &error);

  if (error != NULL)
    rn_refusals_take_error (document->refusals, error);
  return s > 0 ? (gint64) (s * RN_SECOND) : 0;
}

gboolean
rn_roadnet_decode_works (RnDocument *document, const RnJson *root, const RnDecodeContext *context,
                         GError **error)
{
  RnJson info = feed_info (root);

  document->works = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_work_unref);
  if (!rn_roadnet_opt_object (&info, error))
    {
      rn_json_fail (RN_AT (root, "feed_info"), RN_JSON_ERROR_MISSING, error, "%s",
                    _("is missing: not a WZDx feed"));
      return FALSE;
    }

  document->observed_at_us = rn_json_opt_time (RN_AT (&info, "update_date"), error);
  document->poll_hint_us = read_poll_hint (document, &info);
  return *error == NULL
         && rn_roadnet_each_row (document, root, "features", TRUE, read_feature, context, error);
}
