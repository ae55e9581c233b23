/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A WZDx road event as a work: of all versions, flat or with core details. Where and when it is
 * must be understood, or it is refused; of the rest what is not understood is told and left out.
 * Pure. */
#include "feed/rn-adapter-wzdx-parts.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-plain-text.h"
#include "model/rn-place.h"

#define MAX_JOIN_M 50.0
#define KMH_PER_MPH 1.609344
#define MAX_NAME_CHARS 120
#define MAX_ROAD_CHARS 60
#define MAX_PLACE_CHARS 80
#define MAX_DESCRIPTION_CHARS 4000

/* ---- what ---- */

/* FALSE and @error when it is no event of a kind that is known. */
static gboolean
read_kind (RnWork *work, const RnJson *p, const RnJson *core, GError **error)
{
  static const char *const words[] = {
    [RN_WORK_ZONE] = "work-zone", [RN_WORK_DETOUR] = "detour", [RN_WORK_RESTRICTION] = "restriction"
  };
  const RnJson *place = RN_AT (core, "event_type");
  g_autofree char *word = rn_wzdx_dup_word (place, error);

  if (word == NULL && core->node == p->node && *error == NULL)
    return TRUE; /* version 2 knows work zones only */
  if (word == NULL)
    rn_json_fail (place, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (words); i++)
    if (strcmp (word, words[i]) == 0)
      {
        work->kind = (RnWorkKind) i;
        return TRUE;
      }
  rn_json_fail (place, RN_JSON_ERROR_RANGE, error, _("is no work zone: %.40s"), word);
  return FALSE;
}

/* "Surface work, painting" of types_of_work. NULL when there are none. */
static RnNames *
names_of_types (const RnJson *place, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (rn_wzdx_is_empty (place) || !rn_roadnet_opt_array (place, error))
    return NULL;
  for (guint i = 0; i < rn_json_length (place); i++)
    {
      RnJson type = rn_json_element (place, i);
      g_autofree char *word = rn_json_is_object (&type)
                                  ? rn_wzdx_dup_word (RN_AT (&type, "type_name"), error)
                                  : rn_wzdx_dup_word (&type, error);
      const char *title = rn_work_type_title (word);

      if (title == NULL && word != NULL)
        title = g_strdelimit (word, "-_", ' ');
      if (title != NULL && strstr (text->str, title) == NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", title);
    }
  if (text->len == 0)
    return NULL;

  g_autofree char *whole = rn_plain_text (text->str, MAX_NAME_CHARS);
  whole[0] = g_ascii_toupper (whole[0]);
  return rn_names_new (whole);
}

/* Whether a name is one of a register ("OpenTMS-Event10168607322_eastbound"), not for reading. */
static gboolean
is_reference (const char *name)
{
  return strpbrk (name, " \n") == NULL && strpbrk (name, "0123456789") != NULL
         && g_str_is_ascii (name);
}

static void
read_names (RnWork *work, const RnJson *p, const RnJson *core, GError **error)
{
  g_autoptr (RnNames) types = names_of_types (RN_AT (p, "types_of_work"), error);
  const char *name;

  work->names = rn_wzdx_read_names (RN_AT (core, "name"), MAX_NAME_CHARS, error);
  name = rn_names_get (work->names, NULL);
  if (name != NULL && is_reference (name))
    {
      work->reference = g_strdup (name);
      g_clear_pointer (&work->names, rn_names_unref);
    }
  if (work->names == NULL)
    work->names = g_steal_pointer (&types);
}

static RnWorkImpact
parse_impact (const char *word)
{
  static const struct {
    const char *beginning;
    RnWorkImpact impact;
  } table[] = {
    { "all-lanes-open-shift", RN_IMPACT_SHIFTED },
    { "all-lanes-open", RN_IMPACT_ALL_OPEN },
    { "some-lanes-closed", RN_IMPACT_SOME_CLOSED },
    { "all-lanes-closed", RN_IMPACT_ALL_CLOSED },
    { "alternating", RN_IMPACT_ALTERNATING },
    { "flagging", RN_IMPACT_ALTERNATING },
    { "temporary-traffic-signal", RN_IMPACT_ALTERNATING },
    { "unknown", RN_IMPACT_UNKNOWN },
  };

  if (word == NULL)
    return RN_IMPACT_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_has_prefix (word, table[i].beginning))
      return table[i].impact;
  return RN_IMPACT_OTHER;
}

static void
read_impact (RnWork *work, const RnJson *p, GError **error)
{
  g_autofree char *word = rn_wzdx_dup_word (RN_AT (p, "vehicle_impact"), error);

  work->impact = parse_impact (word);
}

static void
read_limit (RnWork *work, const RnJson *p, GError **error)
{
  double kmh = rn_wzdx_read_number (RN_AT (p, "reduced_speed_limit_kph"), 0, 300, error);
  double mph = rn_wzdx_read_number (RN_AT (p, "reduced_speed_limit"), 0, 186, error);

  if (isnan (kmh))
    kmh = mph * KMH_PER_MPH;
  if (kmh > 0)
    work->limit_kmh = kmh;
}

/* An object since 4.0, a truth value before. */
static void
read_workers (RnWork *work, const RnJson *p, GError **error)
{
  const RnJson *place = RN_AT (p, "worker_presence");

  work->workers = rn_wzdx_read_flag (RN_AT (p, "workers_present"), error);
  if (rn_wzdx_is_empty (place) || !rn_roadnet_opt_object (place, error))
    return;
  work->workers = rn_wzdx_read_flag (RN_AT (place, "are_workers_present"), error);
  work->workers_at_us =
      rn_wzdx_read_time (RN_AT (place, "worker_presence_last_confirmed_date"), error);
}

/* ---- when ---- */

/* A truth value since 4.2, "verified" or "estimated" before, in version 2 with a capital. */
static gboolean
read_verified (const RnJson *p, const char *key, const char *old_key, GError **error)
{
  const RnJson *value = RN_AT (p, key);
  g_autofree char *word = NULL;

  if (!rn_wzdx_is_empty (value))
    return rn_wzdx_read_flag (value, error) > 0;
  word = rn_wzdx_dup_word (RN_AT (p, old_key), error);
  return g_strcmp0 (word, "verified") == 0;
}

static void
read_status (RnWork *work, const RnJson *p, GError **error)
{
  g_autofree char *word = rn_wzdx_dup_word (RN_AT (p, "event_status"), error);

  if (g_strcmp0 (word, "planned") == 0 || g_strcmp0 (word, "pending") == 0)
    work->status = RN_WORK_STATUS_PLANNED;
  else if (g_strcmp0 (word, "active") == 0)
    work->status = RN_WORK_STATUS_ACTIVE;
  else if (g_strcmp0 (word, "completed") == 0)
    work->status = RN_WORK_STATUS_COMPLETED;
  else if (g_strcmp0 (word, "cancelled") == 0)
    work->status = RN_WORK_STATUS_CANCELLED;
}

static void
read_sureness (RnWork *work, const RnJson *p, GError **error)
{
  work->start_verified = read_verified (p, "is_start_date_verified", "start_date_accuracy", error);
  work->end_verified = read_verified (p, "is_end_date_verified", "end_date_accuracy", error);
}

/* ---- where ---- */

static void
add_roads (GPtrArray *roads, GStrv names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (roads, names[i], g_str_equal, NULL))
      g_ptr_array_add (roads, g_strdup (names[i]));
}

/* A list since 3.1, before that a number and a name. */
static void
read_roads (RnWork *work, const RnJson *core, GError **error)
{
  static const char *const keys[] = { "road_names", "road_number", "road_name" };
  g_autoptr (GPtrArray) roads = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_auto (GStrv) names = rn_wzdx_dup_texts (RN_AT (core, keys[i]), MAX_ROAD_CHARS, error);

      add_roads (roads, names);
    }
  if (roads->len == 0)
    return;
  work->road = g_strdup (roads->pdata[0]);
  g_ptr_array_add (roads, NULL);
  g_ptr_array_set_free_func (roads, NULL);
  work->roads = (GStrv) g_ptr_array_free (g_steal_pointer (&roads), FALSE);
}

static void
read_direction (RnWork *work, const RnJson *core, GError **error)
{
  work->direction = rn_wzdx_dup_text (RN_AT (core, "direction"), MAX_ROAD_CHARS, error);
}

/* Mileposts; in CWZ reference posts, whose unit is given (its schema has a name with a space). */
static void
read_posts (RnWork *work, const RnJson *p, GError **error)
{
  g_autofree char *unit = rn_wzdx_dup_word (RN_AT (p, "reference_post_unit"), error);

  work->from_post = rn_wzdx_read_number (RN_AT (p, "beginning_milepost"), -1e4, 1e5, error);
  work->to_post = rn_wzdx_read_number (RN_AT (p, "ending_milepost"), -1e4, 1e5, error);
  if (!isnan (work->from_post) || !isnan (work->to_post))
    return;
  if (unit == NULL)
    unit = rn_wzdx_dup_word (RN_AT (p, "reference_post_unit "), error);
  work->from_post = rn_wzdx_read_number (RN_AT (p, "beginning_reference_post"), -1e4, 1e5, error);
  work->to_post = rn_wzdx_read_number (RN_AT (p, "ending_reference_post"), -1e4, 1e5, error);
  work->posts_in_km = g_strcmp0 (unit, "kilometers") == 0;
}

static void
read_streets (RnWork *work, const RnJson *p, GError **error)
{
  work->from_place = rn_wzdx_dup_text (RN_AT (p, "beginning_cross_street"), MAX_PLACE_CHARS, error);
  work->to_place = rn_wzdx_dup_text (RN_AT (p, "ending_cross_street"), MAX_PLACE_CHARS, error);
}

static void
read_line (const RnWzdxFeed *feed, RnWork *work, const RnJson *feature, GError **error)
{
  GArray *points = rn_wzdx_read_place (feed, feature, error);

  if (points == NULL)
    return;
  work->n_line = points->len;
  work->line = (RnPoint *) g_array_free (points, FALSE);
}

static void
join_by_place (RnWork *work, const RnJoin *join)
{
  GArray *sections =
      rn_place_line (join, work->line, work->n_line, rn_place_is_both (work->direction));

  g_free (work->sections);
  work->joined_by_place = sections->len > 0;
  work->n_sections = sections->len;
  work->sections = (guint32 *) g_array_free (sections, FALSE);
}

/* ---- the event ---- */

/* Members of the properties and of the core details that the event can do without. */
typedef void (*ReadMember) (RnWork *work, const RnJson *place, GError **error);

static void
read_members (const RnWzdxFeed *feed, RnWork *work, const RnJson *place, const ReadMember *members,
              guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      GError *flaw = NULL;

      members[i](work, place, &flaw);
      rn_wzdx_settle (feed, flaw, error);
    }
}

static void
read_description (RnWork *work, const RnJson *core, GError **error)
{
  work->description =
      rn_wzdx_read_names (RN_AT (core, "description"), MAX_DESCRIPTION_CHARS, error);
}

static void
read_update (RnWork *work, const RnJson *core, GError **error)
{
  work->updated_us = rn_wzdx_read_time (RN_AT (core, "update_date"), error);
}

static void
read_own_restrictions (RnWork *work, const RnJson *p, GError **error)
{
  rn_wzdx_read_restrictions (work, RN_AT (p, "restrictions"), error);
}

static void
read_rest (const RnWzdxFeed *feed, RnWork *work, const RnJson *p, const RnJson *core,
           GError **error)
{
  static const ReadMember in_core[] = { read_roads, read_direction, read_description, read_update };
  static const ReadMember in_properties[] = {
    read_impact, read_limit,   read_workers,       read_status,          read_sureness,
    read_posts,  read_streets, rn_wzdx_read_lanes, read_own_restrictions
  };
  GError *flaw = NULL;

  read_names (work, p, core, &flaw);
  rn_wzdx_settle (feed, flaw, error);
  read_members (feed, work, core, in_core, G_N_ELEMENTS (in_core), error);
  read_members (feed, work, p, in_properties, G_N_ELEMENTS (in_properties), error);
  work->owner = rn_wzdx_dup_owner (feed, core, error);
}

gboolean
rn_wzdx_read_event (const RnWzdxFeed *feed, const RnJson *feature, const RnJson *p,
                    const RnJson *core, const char *id, GError **error)
{
  g_autoptr (RnWork) work = rn_work_new (feed->context->source, id);
  RnDocument *document = feed->document;
  gboolean named = FALSE;

  if (!read_kind (work, p, core, error))
    return FALSE;
  work->observed_at_us = document->observed_at_us;
  work->start_us = rn_wzdx_read_time (RN_AT (p, "start_date"), error);
  work->end_us = rn_wzdx_read_time (RN_AT (p, "end_date"), error);
  read_line (feed, work, feature, error);
  if (*error != NULL)
    return FALSE;
  read_rest (feed, work, p, core, error);
  if (feed->own != NULL)
    feed->own (work, p, feed->context, &named, error);
  if (!named && work->n_line == 0)
    rn_json_fail (feature, RN_JSON_ERROR_MISSING, error, "%s",
                  _("has neither a geometry nor sections"));
  if (*error != NULL)
    return FALSE;
  if (work->n_sections == 0 && work->n_line > 0 && feed->context->join != NULL)
    join_by_place (work, feed->context->join);
  if (work->n_sections == 0)
    g_ptr_array_add (document->unjoined, g_strdup (work->id));
  g_ptr_array_add (document->works, g_steal_pointer (&work));
  return TRUE;
}
