/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the world of a rule test: its network, and who says what when. */
#include "cli/rn-rules-world-private.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "feed/rn-recording.h"
#include "model/rn-network-geojson.h"

#define METRES_A_DEGREE 94500.0 /* of longitude at 32° N, near enough for a line */
#define MAX_SECTIONS 10000

static const char *const feed_states[] = { "live", "late",    "stale", "frozen",
                                           "lost", "refused", NULL };
typedef struct {
  const char *word;
  RnSubjectKind kind;
} Measure;

static const Measure measures[N_MEASURES] = {
  [SPEED_KMH] = { "speed_kmh", RN_SUBJECT_SECTION },
  [SPEED_RATIO] = { "speed_ratio", RN_SUBJECT_SECTION },
  [FLOW_VPH] = { "flow_vph", RN_SUBJECT_SECTION },
  [OCCUPANCY_PCT] = { "occupancy_pct", RN_SUBJECT_SECTION },
  [TRUCKS_PCT] = { "trucks_pct", RN_SUBJECT_SECTION },
  [TYPICAL_SPEED_KMH] = { "typical_speed_kmh", RN_SUBJECT_SECTION },
  [PARKING_PCT] = { "parking_pct", RN_SUBJECT_FACILITY },
  [PLAZA_QUEUE_M] = { "plaza_queue_m", RN_SUBJECT_FACILITY },
  [FUEL_STOCK_PCT] = { "fuel_stock_pct", RN_SUBJECT_FACILITY },
  [VISIBILITY_M] = { "visibility_m", RN_SUBJECT_STATION },
  [SURFACE] = { "surface", RN_SUBJECT_STATION },
  [INCIDENT_LEVEL] = { "incident_level", RN_SUBJECT_INCIDENT },
  [WORK_OVERRUN_S] = { "work_overrun_s", RN_SUBJECT_WORK },
  [KPI] = { "kpi", RN_SUBJECT_KPI },
  [STATE] = { "state", RN_SUBJECT_FEED },
};

static void
actor_free (Actor *self)
{
  for (guint i = 0; i < N_MEASURES; i++)
    g_clear_pointer (&self->series[i], rn_rules_series_free);
  g_free (self->id);
  g_free (self->section);
  g_free (self);
}

void
rn_rules_world_free (RnRulesWorld *self)
{
  g_clear_pointer (&self->network, rn_network_unref);
  g_ptr_array_unref (self->actors);
  g_free (self->of_section);
  g_clear_pointer (&self->flow, rn_flow_unref);
  g_clear_pointer (&self->before, rn_frame_unref);
  g_free (self);
}

/* ---- network ------------------------------------------------------------------------------- */

static RnNetwork *
parse_network (GBytes *bytes, GError **error)
{
  g_autoptr (RnJsonSplit) document = rn_json_split_new (bytes, "features", error);
  g_autoptr (RnRefusals) refusals = rn_refusals_new ();
  g_autoptr (RnNetwork) network = NULL;

  if (document == NULL)
    return NULL;
  network = rn_network_from_geojson (document, RN_RULES_SOURCE, RN_CRS_WGS84, refusals, error);
  if (network == NULL)
    return NULL;
  if (rn_refusals_total (refusals) > 0)
    {
      const RnRefusal *first = rn_refusals_nth (refusals, 0);

      g_set_error (error, RN_JSON_ERROR, RN_JSON_ERROR_RANGE, "%s: %s", first->path, first->reason);
      return NULL;
    }
  return g_steal_pointer (&network);
}

char *
rn_rules_build_path (const char *name, const char *folder)
{
  return g_path_is_absolute (name) ? g_strdup (name) : g_build_filename (folder, name, NULL);
}

RnNetwork *
rn_rules_read_network (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = rn_recording_read (path, error);
  RnNetwork *network = bytes != NULL ? parse_network (bytes, error) : NULL;

  if (network == NULL)
    g_prefix_error (error, "%s: ", path);
  return network;
}

static double
opt_number (const RnJson *json, const char *key, double min, double max, double fallback,
            GError **error)
{
  RnJson member = rn_json_member (json, key);
  double value = rn_json_opt_number (&member, min, max, error);

  return isnan (value) ? fallback : value;
}

/* Facilities lie where the series name them; what they are is told by their measures. */
static void
add_facilities (RnNetworkBuilder *builder, const GPtrArray *actors)
{
  for (guint i = 0; i < actors->len; i++)
    {
      const Actor *actor = actors->pdata[i];
      const char *const sections[] = { actor->section, NULL };
      RnFacilityRow row = RN_FACILITY_ROW_INIT;

      if (actor->kind != RN_SUBJECT_FACILITY)
        continue;
      row.id = actor->id;
      row.type =
          actor->series[PLAZA_QUEUE_M] != NULL ? RN_FACILITY_TOLL_PLAZA : RN_FACILITY_SERVICE_AREA;
      row.sections = sections;
      row.at = (RnPoint){ 119, 32.01 };
      rn_network_builder_add_facility (builder, &row, NULL);
    }
}

/* s1 → s2 → … eastwards along a parallel. */
static RnNetwork *
make_line (const RnJson *json, const GPtrArray *actors, GError **error)
{
  RnJson sections = rn_json_member (json, "sections"), road = rn_json_member (json, "road");
  guint n = rn_json_integer (&sections, 1, MAX_SECTIONS, error);
  double section_m = opt_number (json, "section_m", 10, 100000, 1000, error);
  int lanes = (int) opt_number (json, "lanes", 1, 10, 3, error);
  double free_kmh = opt_number (json, "free_speed_kmh", 10, 200, 120, error);
  const char *ref = rn_json_opt_string (&road, error);
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new (RN_RULES_SOURCE, "1");

  for (guint i = 0; i < n && *error == NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i + 1), *next = g_strdup_printf ("s%u", i + 2);
      const char *const downstream[] = { i + 1 < n ? next : NULL, NULL };
      double step = section_m / METRES_A_DEGREE;
      RnPoint points[] = { { 119 + i * step, 32 }, { 119 + (i + 1) * step, 32 } };
      RnSectionRow row = RN_SECTION_ROW_INIT;

      row.id = id;
      row.road = ref != NULL ? ref : "G1";
      row.from_m = i * section_m;
      row.to_m = (i + 1) * section_m;
      row.length_m = section_m;
      row.lanes = lanes;
      row.free_speed_kmh = free_kmh;
      row.points = points;
      row.n_points = 2;
      row.downstream = downstream;
      rn_network_builder_add_section (builder, &row, error);
    }
  if (*error != NULL)
    return NULL;
  add_facilities (builder, actors);
  return rn_network_builder_end (builder);
}

static RnNetwork *
read_network (const RnJson *json, const GPtrArray *actors, const char *folder, GError **error)
{
  RnJson features = rn_json_member (json, "features");
  const char *name;

  if (rn_json_is_object (json) && rn_json_is_null (&features))
    return make_line (json, actors, error);
  if (rn_json_is_object (json))
    {
      g_autofree char *text = rn_json_dup_text (json->node, FALSE);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      return parse_network (bytes, error);
    }
  name = rn_json_string (json, error);
  if (name != NULL)
    {
      g_autofree char *path = rn_rules_build_path (name, folder);

      return rn_rules_read_network (path, error);
    }
  return NULL;
}

/* ---- series -------------------------------------------------------------------------------- */

static const char *const *
words_of (guint measure)
{
  return measure == SURFACE ? rn_surface_words () : measure == STATE ? feed_states : NULL;
}

static void
read_series (Actor *actor, guint measure, const RnJson *json, GError **error)
{
  const char *text = rn_json_string (json, error);
  g_autoptr (GError) cause = NULL;

  if (text == NULL)
    return;
  actor->series[measure] = rn_rules_series_parse (text, words_of (measure), &cause);
  if (cause != NULL)
    rn_json_fail (json, RN_JSON_ERROR_RANGE, error, "%s", cause->message);
}

static void
read_member (Actor *actor, const RnJson *json, const char *key, GError **error)
{
  RnJson member = rn_json_member (json, key);
  gboolean placed = actor->kind == RN_SUBJECT_INCIDENT || actor->kind == RN_SUBJECT_WORK
                    || actor->kind == RN_SUBJECT_FACILITY;

  for (guint i = 0; i < N_MEASURES; i++)
    if (g_str_equal (key, measures[i].word) && measures[i].kind == actor->kind)
      {
        read_series (actor, i, &member, error);
        return;
      }
  if (placed && g_str_equal (key, "section"))
    actor->section = g_strdup (rn_json_string (&member, error));
  else if (actor->kind == RN_SUBJECT_WORK && g_str_equal (key, "capacity_factor"))
    actor->capacity_factor = rn_json_number (&member, 0, 1, error);
  else if (actor->kind == RN_SUBJECT_WORK && g_str_equal (key, "limit_kmh"))
    actor->limit_kmh = rn_json_number (&member, 1, 200, error);
  else
    rn_json_fail (&member, RN_JSON_ERROR_RANGE, error, _("nothing is measured so of a %s"),
                  rn_subject_kind_word (actor->kind));
}

static Actor *
read_actor (const RnJson *json, const char *key, GError **error)
{
  Actor *actor = g_new0 (Actor, 1);
  const char *space = strchr (key, ' ');
  g_autofree char *word = g_strndup (key, space != NULL ? (gsize) (space - key) : strlen (key));
  g_autoptr (GList) keys = rn_json_keys (json);

  actor->capacity_factor = actor->limit_kmh = NAN;
  actor->id = g_strdup (space != NULL ? space + 1 : "");
  if (!rn_subject_kind_from_word (word, &actor->kind) || *actor->id == '\0')
    rn_json_fail (json, RN_JSON_ERROR_RANGE, error, "%s",
                  _("is not a kind and an id, like “section s1”"));
  else if (!rn_json_is_object (json))
    rn_json_fail (json, RN_JSON_ERROR_TYPE, error, "%s", _("is not an object"));
  for (GList *l = keys; l != NULL && *error == NULL; l = l->next)
    read_member (actor, json, l->data, error);
  return actor;
}

static void
read_actors (RnRulesWorld *self, const RnJson *series, GError **error)
{
  g_autoptr (GList) keys = rn_json_keys (series);

  if (keys == NULL)
    rn_json_fail (series, RN_JSON_ERROR_TYPE, error, "%s", _("is not an object with series"));
  for (GList *l = keys; l != NULL && *error == NULL; l = l->next)
    {
      RnJson json = rn_json_member (series, l->data);
      Actor *actor = read_actor (&json, l->data, error);

      g_ptr_array_add (self->actors, actor);
    }
}

/* ---- who is where -------------------------------------------------------------------------- */

static gboolean
fail_subject (const RnJson *series, const Actor *actor, const char *what, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s %s", rn_subject_kind_word (actor->kind), actor->id);
  RnJson member = rn_json_member (series, key);

  rn_json_fail (&member, RN_JSON_ERROR_RANGE, error, _("is not in the network: %s"), what);
  return FALSE;
}

static gboolean
place_section (RnRulesWorld *self, const RnJson *series, const Actor *actor, GError **error)
{
  guint32 section;

  if (g_str_equal (actor->id, "*"))
    {
      for (guint i = 0; i < self->network->n_sections; i++)
        if (self->of_section[i] == NULL)
          self->of_section[i] = actor;
      return TRUE;
    }
  section = rn_network_find_section (self->network, NULL, actor->id);
  if (section == RN_NONE)
    return fail_subject (series, actor, actor->id, error);
  self->of_section[section] = actor;
  return TRUE;
}

static gboolean
place_feed (RnRulesWorld *self, const RnJson *series, const Actor *actor, GError **error)
{
  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    if (g_str_equal (actor->id, rn_feed_kind_word (kind)))
      {
        self->held[kind].used = TRUE;
        self->held[kind].status = actor;
        return TRUE;
      }
  return fail_subject (series, actor, actor->id, error);
}

RnFeedKind
rn_rules_feed_of (RnSubjectKind kind)
{
  switch (kind)
    {
    case RN_SUBJECT_FACILITY:
      return RN_FEED_FACILITIES;
    case RN_SUBJECT_STATION:
      return RN_FEED_WEATHER;
    case RN_SUBJECT_INCIDENT:
      return RN_FEED_INCIDENTS;
    case RN_SUBJECT_WORK:
      return RN_FEED_WORKS;
    case RN_SUBJECT_KPI:
      return RN_FEED_KPIS;
    default:
      return RN_FEED_FLOW;
    }
}

static gboolean
place_actor (RnRulesWorld *self, const RnJson *series, const Actor *actor, GError **error)
{
  if (actor->section != NULL
      && rn_network_find_section (self->network, NULL, actor->section) == RN_NONE)
    return fail_subject (series, actor, actor->section, error);
  if (actor->kind == RN_SUBJECT_FEED)
    return place_feed (self, series, actor, error);
  self->held[rn_rules_feed_of (actor->kind)].used = TRUE;
  if (actor->kind == RN_SUBJECT_SECTION)
    return place_section (self, series, actor, error);
  if (actor->kind == RN_SUBJECT_FACILITY
      && rn_network_find_facility (self->network, NULL, actor->id) == RN_NONE)
    return fail_subject (series, actor, actor->id, error);
  return TRUE;
}

RnRulesWorld *
rn_rules_world_new (const RnJson *network, const RnJson *series, const char *folder, GError **error)
{
  g_autoptr (RnRulesWorld) self = g_new0 (RnRulesWorld, 1);
  GError *cause = NULL;

  self->actors = g_ptr_array_new_with_free_func ((GDestroyNotify) actor_free);
  read_actors (self, series, &cause);
  if (cause == NULL)
    self->network = read_network (network, self->actors, folder, &cause);
  if (self->network != NULL)
    self->of_section = g_new0 (const Actor *, self->network->n_sections + 1);
  /* "section *" fills what the others leave. */
  for (guint pass = 0; pass < 2 && cause == NULL; pass++)
    for (guint i = 0; i < self->actors->len && cause == NULL; i++)
      {
        const Actor *actor = self->actors->pdata[i];

        if (g_str_equal (actor->id, "*") == (pass == 1))
          place_actor (self, series, actor, &cause);
      }
  if (cause == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, cause);
  return NULL;
}
