/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lanes and restrictions of a WZDx road event. Version 4 lists all lanes by kind ("general",
 * "shoulder"); versions 2 and 3 name those that are affected by their place ("left-lane",
 * "right-2-lanes") and tell how many there are. Pure. */
#include "feed/rn-adapter-wzdx-parts.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"

#define MAX_LANES 32
#define MAX_RESTRICTIONS 32
#define METRES_PER_FOOT 0.3048
#define TONNES_PER_POUND 0.00045359237
#define TONNES_PER_SHORT_TON 0.90718474

/* ---- kinds of lanes ---- */

/* The words of versions 2 and 3 as those of version 4, and how many lanes they stand for. */
static const struct {
  const char *word, *type;
  guint n;
} old_types[] = {
  { "lane", "general", 1 },
  { "left-lane", "general", 1 },
  { "right-lane", "general", 1 },
  { "middle-lane", "general", 1 },
  { "center-lane", "general", 1 },
  { "left-2-lanes", "general", 2 },
  { "right-2-lanes", "general", 2 },
  { "left-3-lanes", "general", 3 },
  { "right-3-lanes", "general", 3 },
  { "middle-two-lanes", "general", 2 },
  { "hov-lane", "general", 1 },
  { "reversible-lane", "general", 1 },
  { "alternating-flow-lane", "general", 1 },
  { "right-shoulder", "shoulder", 1 },
  { "left-shoulder", "shoulder", 1 },
  { "outside", "shoulder", 1 },
  { "inside", "shoulder", 1 },
  { "both", "shoulder", 2 },
  { "right-exit-lane", "exit-lane", 1 },
  { "left-exit-lane", "exit-lane", 1 },
  { "right-exit-ramp", "exit-ramp", 1 },
  { "left-exit-ramp", "exit-ramp", 1 },
  { "right-second-exit-ramp", "exit-ramp", 1 },
  { "left-second-exit-ramp", "exit-ramp", 1 },
  { "right-entrance-lane", "entrance-lane", 1 },
  { "left-entrance-lane", "entrance-lane", 1 },
  { "right-entrance-ramp", "entrance-ramp", 1 },
  { "left-entrance-ramp", "entrance-ramp", 1 },
  { "right-second-entrance-ramp", "entrance-ramp", 1 },
  { "left-second-entrance-ramp", "entrance-ramp", 1 },
};

/* @type: NULL or a word; gets that of version 4. @total: of the road, 0 unknown. */
static guint
count_lanes (char **type, guint total)
{
  if (g_strcmp0 (*type, "all") == 0)
    {
      g_free (*type);
      *type = g_strdup ("general");
      return MAX (total, 1);
    }
  for (guint i = 0; *type != NULL && i < G_N_ELEMENTS (old_types); i++)
    if (strcmp (old_types[i].word, *type) == 0)
      {
        g_free (*type);
        *type = g_strdup (old_types[i].type);
        return old_types[i].n;
      }
  return 1;
}

static RnWorkLaneState
parse_status (const char *word)
{
  if (g_strcmp0 (word, "open") == 0)
    return RN_WORK_LANE_OPEN;
  return g_strcmp0 (word, "closed") == 0 ? RN_WORK_LANE_CLOSED : RN_WORK_LANE_OTHER;
}

/* ---- lanes ---- */

typedef struct {
  RnWork *work;
  guint total;        /* lanes of the road, 0: not said */
  gboolean has_order; /* the feed says where they lie */
} Lanes;

/* Where the first of @n lanes lies, from the left: as given, else by its word, else after those
 * before. */
static int
find_order (const Lanes *lanes, const RnJson *place, const char *word, guint n, GError **error)
{
  double order = rn_wzdx_read_number (RN_AT (place, "order"), 0, 100, error);
  double number = rn_wzdx_read_number (RN_AT (place, "lane_number"), 0, 100, error);
  const char *edge = rn_json_opt_string (RN_AT (place, "lane_edge_reference"), error);
  gboolean from_right = g_strcmp0 (edge, "right") == 0
                        || (isnan (number) && word != NULL && g_str_has_prefix (word, "right-"));

  if (!isnan (order))
    return (int) order;
  if (isnan (number) && word != NULL && g_str_has_prefix (word, "left-"))
    return 1;
  if (from_right && lanes->total >= n)
    return MAX ((int) lanes->total - (int) (isnan (number) ? n : number) + 1, 1);
  return !isnan (number) ? MAX ((int) number, 1) : (int) lanes->work->n_lanes + 1;
}

static void
add_lane (RnWork *work, int order, const char *type, RnWorkLaneState state)
{
  work->lanes[work->n_lanes++] =
      (RnWorkLane){ .order = order, .type = g_strdup (type), .state = state };
}

static void
read_lane (Lanes *lanes, const RnJson *place, GError **error)
{
  g_autofree char *status = NULL, *type = NULL, *word = NULL;
  guint n;
  int order;

  if (!rn_roadnet_opt_object (place, error))
    return;
  type = rn_wzdx_dup_word (RN_AT (place, "type"), error);
  if (type == NULL)
    type = rn_wzdx_dup_word (RN_AT (place, "lane_type"), error);
  status = rn_wzdx_dup_word (RN_AT (place, "status"), error);
  if (status == NULL)
    status = rn_wzdx_dup_word (RN_AT (place, "lane_status"), error);
  word = g_strdup (type);
  n = count_lanes (&type, lanes->total);
  order = find_order (lanes, place, word, n, error);
  lanes->has_order = lanes->has_order || !rn_wzdx_is_empty (RN_AT (place, "order"));
  for (guint i = 0; i < n && lanes->work->n_lanes < MAX_LANES && *error == NULL; i++)
    add_lane (lanes->work, order + (int) i, type, parse_status (status));
  rn_wzdx_read_restrictions (lanes->work, RN_AT (place, "restrictions"), error);
  rn_wzdx_read_restrictions (lanes->work, RN_AT (place, "lane_restrictions"), error);
}

static gboolean
is_taken (const RnWork *work, int order)
{
  for (guint i = 0; i < work->n_lanes; i++)
    if (work->lanes[i].order == order)
      return TRUE;
  return FALSE;
}

/* Lanes that only their number speaks of are open. */
static void
add_open_lanes (const Lanes *lanes)
{
  RnWork *work = lanes->work;
  guint general = 0;

  for (guint i = 0; i < work->n_lanes; i++)
    general += g_strcmp0 (work->lanes[i].type, "general") == 0;
  for (int order = 1; general < lanes->total && order <= (int) lanes->total; order++)
    if (!is_taken (work, order) && work->n_lanes < MAX_LANES)
      {
        add_lane (work, order, "general", RN_WORK_LANE_OPEN);
        general++;
      }
}

static int
compare_lanes (gconstpointer a, gconstpointer b, gpointer data)
{
  return ((const RnWorkLane *) a)->order - ((const RnWorkLane *) b)->order;
}

static void
drop_lanes (RnWork *work)
{
  for (guint i = 0; i < work->n_lanes; i++)
    g_free (work->lanes[i].type);
  work->n_lanes = 0;
}

void
rn_wzdx_read_lanes (RnWork *work, const RnJson *p, GError **error)
{
  const RnJson *place = RN_AT (p, "lanes");
  double total = rn_wzdx_read_number (RN_AT (p, "total_num_lanes"), 0, MAX_LANES, error);
  Lanes lanes = { .work = work, .total = isnan (total) ? 0 : (guint) total };
  guint n = rn_json_length (place);

  if (rn_wzdx_is_empty (place) || !rn_roadnet_opt_array (place, error) || n == 0)
    return;
  if (n > MAX_LANES)
    {
      rn_json_fail (place, RN_JSON_ERROR_RANGE, error, _("more than %u: %u"), MAX_LANES, n);
      return;
    }
  work->lanes = g_new0 (RnWorkLane, MAX_LANES);
  for (guint i = 0; i < n && *error == NULL; i++)
    {
      RnJson lane = rn_json_element (place, i);

      read_lane (&lanes, &lane, error);
    }
  if (*error != NULL)
    {
      drop_lanes (work);
      return;
    }
  if (!lanes.has_order)
    add_open_lanes (&lanes);
  g_qsort_with_data (work->lanes, (int) work->n_lanes, sizeof *work->lanes, compare_lanes, NULL);
}

/* ---- restrictions ---- */

/* A limit in metres or tonnes; NaN when its unit is not known. */
static double
convert (double value, const char *unit, gboolean *is_mass)
{
  static const struct {
    const char *unit;
    double factor;
    gboolean is_mass;
  } units[] = {
    { "feet", METRES_PER_FOOT, FALSE },   { "inches", METRES_PER_FOOT / 12, FALSE },
    { "centimeters", 0.01, FALSE },       { "meters", 1, FALSE },
    { "pounds", TONNES_PER_POUND, TRUE }, { "tons", TONNES_PER_SHORT_TON, TRUE },
    { "kilograms", 0.001, TRUE },
  };

  for (guint i = 0; unit != NULL && i < G_N_ELEMENTS (units); i++)
    if (strcmp (units[i].unit, unit) == 0)
      {
        *is_mass = units[i].is_mass;
        return value * units[i].factor;
      }
  return NAN;
}

/* Takes @type over. The same one may stand at several lanes. */
static void
add_restriction (RnWork *work, char *type, double limit, gboolean is_mass)
{
  for (guint i = 0; i < work->n_restrictions; i++)
    {
      const RnWorkRestriction *other = &work->restrictions[i];

      if (strcmp (other->type, type) == 0
          && (other->limit == limit || (isnan (other->limit) && isnan (limit))))
        {
          g_free (type);
          return;
        }
    }
  if (work->restrictions == NULL)
    work->restrictions = g_new0 (RnWorkRestriction, MAX_RESTRICTIONS);
  work->restrictions[work->n_restrictions++] =
      (RnWorkRestriction){ .type = type, .limit = limit, .is_mass = is_mass };
}

/* Version 2 and 3 have words alone, or the long names of the members at lanes. */
static void
read_restriction (RnWork *work, const RnJson *place, GError **error)
{
  gboolean is_object = rn_json_is_object (place), is_mass = FALSE;
  char *type =
      is_object ? rn_wzdx_dup_word (RN_AT (place, "type"), error) : rn_wzdx_dup_word (place, error);
  g_autofree char *unit = NULL;
  double value;

  if (type == NULL && is_object)
    type = rn_wzdx_dup_word (RN_AT (place, "restriction_type"), error);
  if (type == NULL)
    return;
  value = rn_wzdx_read_number (RN_AT (place, "value"), 0, 1e7, error);
  if (isnan (value))
    value = rn_wzdx_read_number (RN_AT (place, "restriction_value"), 0, 1e7, error);
  unit = is_object ? rn_wzdx_dup_word (RN_AT (place, "unit"), error) : NULL;
  if (unit == NULL && is_object)
    unit = rn_wzdx_dup_word (RN_AT (place, "restriction_units"), error);
  value = convert (value, unit, &is_mass);
  add_restriction (work, type, value, is_mass);
}

void
rn_wzdx_read_restrictions (RnWork *work, const RnJson *place, GError **error)
{
  guint n = rn_json_length (place);

  if (rn_wzdx_is_empty (place) || !rn_roadnet_opt_array (place, error))
    return;
  for (guint i = 0; i < n && *error == NULL; i++)
    {
      RnJson element = rn_json_element (place, i);

      if (work->n_restrictions < MAX_RESTRICTIONS)
        read_restriction (work, &element, error);
      else
        rn_json_fail (place, RN_JSON_ERROR_RANGE, error, _("more than %u: %u"), MAX_RESTRICTIONS,
                      n);
    }
}
