/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/incidents. A wrong row is refused alone, with the path of its first fault. An incident
 * without a known section is joined by place. Pure; runs in a worker. */
#include "feed/rn-adapter-roadnet-parts.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "model/rn-incident.h"
#include "model/rn-place.h"

#define MAX_LANES 16

static const char *const lane_words[] = { "open", "affected", "blocked", NULL };
static const char *const time_words[] = { "occurred",   "reported", "verified",
                                          "dispatched", "arrived",  "lanes_open",
                                          "departed",   "normal",   NULL };
static const char *const party_words[] = { "operator", "police",  "enforcement", "rescue",
                                           "fire",     "medical", NULL };
static const char *const step_words[] = { "notified", "confirmed", "departed",
                                          "arrived",  "left",      NULL };
static const char *const link_words[] = { "secondary_of", "duplicate_of", NULL };

/* A running lane counted from the median, 0 for the shoulder, -1 for neither. */
static int
parse_lane (const char *key)
{
  guint64 lane = 0;

  if (strcmp (key, "shoulder") == 0)
    return 0;
  return g_ascii_string_to_unsigned (key, 10, 1, MAX_LANES, &lane, NULL) ? (int) lane : -1;
}

static void
read_lanes (RnIncident *incident, const RnJson *place, GError **error)
{
  if (!rn_roadnet_opt_object (place, error))
    return;

  g_autoptr (GList) keys = rn_json_keys (place);
  g_autoptr (GArray) lanes = g_array_new (FALSE, FALSE, sizeof (RnIncidentLane));
  for (GList *l = keys; l != NULL && *error == NULL; l = l->next)
    {
      const RnJson *member = RN_AT (place, l->data);
      RnIncidentLane lane = { parse_lane (l->data), RN_LANE_OPEN };
      int state = rn_json_word (member, lane_words, error);

      if (lane.lane < 0)
        rn_json_fail (member, RN_JSON_ERROR_RANGE, error, "%s",
                      _("is neither a lane number nor “shoulder”"));
      lane.state = (RnLaneState) MAX (state, 0);
      g_array_append_val (lanes, lane);
    }
  incident->n_lanes = lanes->len;
  incident->lanes = (RnIncidentLane *) g_array_free (g_steal_pointer (&lanes), FALSE);
}

static void
read_times (RnIncident *incident, const RnJson *place, GError **error)
{
  if (!rn_roadnet_opt_object (place, error))
    return;
  for (guint t = 0; t < RN_N_INCIDENT_TIMES; t++)
    incident->times_us[t] = rn_json_opt_time (RN_AT (place, time_words[t]), error);
}

static void
read_parties (RnIncident *incident, const RnJson *place, GError **error)
{
  if (!rn_roadnet_opt_object (place, error))
    return;
  for (guint p = 0; p < RN_N_PARTIES; p++)
    {
      const RnJson *party = RN_AT (place, party_words[p]);

      if (!rn_roadnet_opt_object (party, error))
        continue;
      incident->party_known[p] = TRUE;
      for (guint s = 0; s < RN_N_STEPS; s++)
        incident->party_us[p][s] = rn_json_opt_time (RN_AT (party, step_words[s]), error);
    }
}

static void
read_log (RnIncident *incident, const RnJson *place, GError **error)
{
  if (!rn_roadnet_opt_array (place, error))
    return;
  incident->log = g_new0 (RnLogLine, MAX (rn_json_length (place), 1));
  for (guint i = 0; i < rn_json_length (place) && *error == NULL; i++)
    {
      RnJson line = rn_json_element (place, i);
      RnLogLine *out = &incident->log[incident->n_log++];

      if (!rn_roadnet_opt_object (&line, error))
        rn_json_fail (&line, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
      out->at_us = rn_json_opt_time (RN_AT (&line, "at"), error);
      out->by = rn_roadnet_dup_string (RN_AT (&line, "by"), error);
      out->text = rn_roadnet_dup_string (RN_AT (&line, "text"), error);
    }
}

static void
read_related (RnIncident *incident, const RnJson *place, GError **error)
{
  if (!rn_roadnet_opt_object (place, error))
    return;

  g_autoptr (GList) keys = rn_json_keys (place);
  incident->related = g_new0 (RnIncidentLink, MAX (g_list_length (keys), 1));
  for (GList *l = keys; l != NULL && *error == NULL; l = l->next)
    {
      int word = rn_json_word (RN_AT (place, l->data), link_words, error);

      if (word < 0)
        return;
      incident->related[incident->n_related++] =
          (RnIncidentLink){ .id = g_strdup (l->data), .duplicate = word == 1 };
    }
}

/* true and false, or the name of the substance, as some servers put it. */
static gboolean
read_hazmat (const RnJson *place, GError **error)
{
  if (*error == NULL && place->node != NULL && JSON_NODE_HOLDS_VALUE (place->node)
      && json_node_get_value_type (place->node) == G_TYPE_STRING)
    return *json_node_get_string (place->node) != '\0';
  return rn_json_opt_boolean (place, FALSE, error);
}

/* ---- place ---- */

static void
read_geometry (RnIncident *incident, const RnJson *feature, const RnDecodeContext *context,
               GError **error)
{
  g_autoptr (GArray) points = NULL;
  RnRoadnetShape shape = rn_roadnet_read_place (
      feature, 1u << RN_SHAPE_NONE | 1u << RN_SHAPE_POINT | 1u << RN_SHAPE_LINE, context, &points,
      error);

  if (points == NULL)
    return;
  incident->located = TRUE;
  incident->at = g_array_index (points, RnPoint, 0);
  if (shape == RN_SHAPE_LINE)
    {
      incident->n_line = points->len;
      incident->line = (RnPoint *) g_array_free (g_steal_pointer (&points), FALSE);
    }
}

/* Where a known section is all that is said: at the chainage, else in the middle. */
static void
locate_on_section (RnIncident *incident, const RnNetwork *network)
{
  incident->located = TRUE;
  incident->at =
      isnan (incident->chainage_m)
          ? rn_network_point_on (network, incident->section, 0.5)
          : rn_network_point_at_chainage (network, incident->section, incident->chainage_m);
}

static void
find_section (RnDocument *document, RnIncident *incident, const RnDecodeContext *context)
{
  if (incident->section_id != NULL && context->network != NULL)
    incident->section = rn_network_find_section (context->network, NULL, incident->section_id);
  if (incident->section != RN_NONE && !incident->located)
    locate_on_section (incident, context->network);
  if (incident->section == RN_NONE && incident->located && context->join != NULL)
    incident->section =
        rn_place_point (context->join, incident->at, incident->line, incident->n_line);
  if (incident->section == RN_NONE)
    g_ptr_array_add (document->unjoined, g_strdup (incident->id));
}

/* ---- row and document ---- */

static gboolean
read_incident (RnDocument *document, const RnJson *feature, const char *id,
               const RnDecodeContext *context, GError **error)
{
  g_autoptr (RnIncident) incident = rn_incident_new (context->source, id);
  RnJson properties = rn_roadnet_properties (feature, error);
  const RnJson *p = &properties;
  int type = rn_json_word (RN_AT (p, "type"), rn_incident_type_words (), error);
  int status = rn_json_word (RN_AT (p, "status"), rn_incident_status_words (), error);

  incident->type = (RnIncidentType) MAX (type, 0);
  incident->status = (RnIncidentStatus) MAX (status, 0);
  incident->revision = rn_json_integer (RN_AT (p, "revision"), 0, G_MAXINT64, error);
  incident->level = (int) rn_json_opt_integer (RN_AT (p, "level"), 1, 4, 0, error);
  if (!rn_json_is_null (RN_AT (p, "section")))
    incident->section_id = rn_json_id (RN_AT (p, "section"), error);
  incident->chainage_m = rn_json_opt_number (RN_AT (p, "chainage_m"), 0, 1e7, error);
  incident->casualties = (int) rn_json_opt_integer (RN_AT (p, "casualties"), 0, 1000000, -1, error);
  incident->hazmat = read_hazmat (RN_AT (p, "hazmat"), error);
  incident->expected_end_us = rn_json_opt_time (RN_AT (p, "expected_end"), error);
  incident->owner = rn_roadnet_dup_string (RN_AT (p, "owner"), error);
  incident->description = rn_json_opt_names (RN_AT (p, "description"), error);
  incident->observed_at_us = document->observed_at_us;
  read_lanes (incident, RN_AT (p, "lanes"), error);
  read_times (incident, RN_AT (p, "times"), error);
  read_parties (incident, RN_AT (p, "parties"), error);
  read_log (incident, RN_AT (p, "log"), error);
  read_related (incident, RN_AT (p, "related"), error);
  read_geometry (incident, feature, context, error);
  if (*error != NULL)
    return FALSE;
  find_section (document, incident, context);
  g_ptr_array_add (document->incidents, g_steal_pointer (&incident));
  return TRUE;
}

gboolean
rn_roadnet_decode_incidents (RnDocument *document, const RnJson *root,
                             const RnDecodeContext *context, GError **error)
{
  document->incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_incident_unref);
  document->observed_at_us = rn_json_opt_time (RN_AT (root, "observed_at"), error);
  return *error == NULL
         && rn_roadnet_each_row (document, root, "features", TRUE, read_incident, context, error);
}
