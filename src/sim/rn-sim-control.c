/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Every body is read with checks; every refusal is a problem that says why. */
#include "sim/rn-sim-control.h"

#include "base/rn-json.h"
#include "sim/rn-sim-wire.h"
#include "sim/rn-sim-writer.h"

#include <math.h>
#include <string.h>

#define LONGEST_LEAP_S (7 * 86400)

static gboolean
from_loopback (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  return G_IS_INET_SOCKET_ADDRESS (address)
         && g_inet_address_get_is_loopback (
             g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static void
refuse (SoupServerMessage *message, const GError *error)
{
  rn_sim_wire_problem (message, SOUP_STATUS_BAD_REQUEST, "Bad request", error->message);
}

static void
set_fault (RnSimServer *server, SoupServerMessage *message, const RnJson *body)
{
  RnJson kind = rn_json_member (body, "kind"), share = rn_json_member (body, "share"),
         feed = rn_json_member (body, "feed");
  g_autoptr (GError) error = NULL;
  const char *word = rn_json_string (&kind, &error);
  double part = rn_json_opt_number (&share, 0.0, 1.0, &error);
  const char *which = rn_json_opt_string (&feed, &error);

  if (error == NULL)
    rn_sim_faults_set (rn_sim_server_get_faults (server), word, isnan (part) ? 1.0 : part, which,
                       &error);
  if (error != NULL)
    {
      refuse (message, error);
      return;
    }
  rn_sim_server_thaw (server);
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
}

static void
advance (RnSimServer *server, SoupServerMessage *message, const RnJson *body)
{
  RnJson seconds = rn_json_member (body, "seconds");
  g_autoptr (GError) error = NULL;
  double by_s = rn_json_number (&seconds, 0.0, LONGEST_LEAP_S, &error);

  if (error != NULL)
    {
      refuse (message, error);
      return;
    }
  rn_sim_server_leap (server, (gint64) (by_s * RN_SECOND));
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
}

static void
shut (RnSimServer *server, SoupServerMessage *message, const RnJson *body)
{
  RnSimWorld *world = rn_sim_server_get_world (server);
  const RnNetwork *network = rn_sim_world_network (world);
  RnJson section = rn_json_member (body, "section"), place = rn_json_member (body, "chainage_m");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = rn_json_id (&section, &error);
  double chainage_m = rn_json_opt_number (&place, 0.0, 1e7, &error), along_m;
  guint32 i = error == NULL ? rn_network_find_section (network, NULL, id) : RN_NONE;
  RnSimWriter w = RN_SIM_WRITER_INIT;
  g_autoptr (GBytes) answer = NULL;

  if (error == NULL && i == RN_NONE)
    rn_json_fail (&section, RN_JSON_ERROR_RANGE, &error, "no such section: %s", id);
  if (error != NULL)
    {
      g_string_free (w.out, TRUE);
      refuse (message, error);
      return;
    }
  along_m = isnan (chainage_m) ? 0.5 * network->length_m[i]
                               : fabs (chainage_m - (double) network->from_m[i]);
  along_m = MIN (along_m, 0.99 * network->length_m[i]);
  rn_sim_write_object (&w, NULL);
  rn_sim_write_string (&w, "id",
                       rn_sim_incidents_shut (rn_sim_world_incidents (world), i, along_m,
                                              rn_sim_world_at (world, 1)));
  rn_sim_write_end_object (&w);
  answer = rn_sim_writer_end (&w);
  rn_sim_wire_send (message, "application/json", answer, FALSE);
  soup_server_message_set_status (message, SOUP_STATUS_CREATED, NULL);
}

static void
lift (RnSimServer *server, SoupServerMessage *message, const char *id)
{
  RnSimWorld *world = rn_sim_server_get_world (server);

  if (rn_sim_incidents_lift (rn_sim_world_incidents (world), id, rn_sim_world_at (world, 1)))
    soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
  else
    rn_sim_wire_problem (message, SOUP_STATUS_NOT_FOUND, "No such closure", id);
}

static void
send_totals (RnSimServer *server, SoupServerMessage *message)
{
  RnCtmTotals totals = rn_ctm_totals (rn_sim_world_ctm (rn_sim_server_get_world (server)));
  RnSimWriter w = RN_SIM_WRITER_INIT;
  g_autoptr (GBytes) body = NULL;

  rn_sim_write_object (&w, NULL);
  rn_sim_write_number (&w, "initial", totals.initial, 6);
  rn_sim_write_number (&w, "entered", totals.entered, 6);
  rn_sim_write_number (&w, "left", totals.left, 6);
  rn_sim_write_number (&w, "stored", totals.stored, 6);
  rn_sim_write_number (&w, "arrived", totals.arrived, 6);
  rn_sim_write_number (&w, "waiting", totals.waiting, 6);
  rn_sim_write_end_object (&w);
  body = rn_sim_writer_end (&w);
  rn_sim_wire_send (message, "application/json", body, FALSE);
}

static void
write_jam (RnSimWriter *w, const RnNetwork *network, const RnSimJam *jam)
{
  gboolean grows = network->to_m[jam->section] >= network->from_m[jam->section];
  double from_m = network->from_m[jam->section];

  rn_sim_write_object (w, NULL);
  rn_sim_write_string (w, "incident", jam->id);
  rn_sim_write_string (w, "section", network->id[jam->section]);
  rn_sim_write_number (w, "chainage_m", from_m + (grows ? jam->along_m : -jam->along_m), 0);
  rn_sim_write_number (w, "lanes_open", jam->lanes_open, 0);
  rn_sim_write_time (w, "from", jam->from_us);
  rn_sim_write_time (w, "until", jam->until_us);
  rn_sim_write_end_object (w);
}

static void
send_truth (RnSimServer *server, SoupServerMessage *message)
{
  RnSimWorld *world = rn_sim_server_get_world (server);
  const GArray *jams = rn_sim_incidents_jams (rn_sim_world_incidents (world));
  RnSimWriter w = RN_SIM_WRITER_INIT;
  g_autoptr (GBytes) body = NULL;

  rn_sim_write_object (&w, NULL);
  rn_sim_write_array (&w, "jams");
  for (guint k = 0; k < jams->len; k++)
    write_jam (&w, rn_sim_world_network (world), &g_array_index (jams, RnSimJam, k));
  rn_sim_write_end_array (&w);
  rn_sim_write_end_object (&w);
  body = rn_sim_writer_end (&w);
  rn_sim_wire_send (message, "application/json", body, FALSE);
}

static void
serve_post (RnSimServer *server, SoupServerMessage *message, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  JsonNode *node = rn_json_parse (bytes, &error);
  RnJson body = rn_json_root (node);

  if (node == NULL)
    refuse (message, error);
  else if (strcmp (path, "fault") == 0)
    set_fault (server, message, &body);
  else if (strcmp (path, "advance") == 0)
    advance (server, message, &body);
  else if (strcmp (path, "incident") == 0)
    shut (server, message, &body);
  else
    rn_sim_wire_problem (message, SOUP_STATUS_NOT_FOUND, "Not found", path);
  g_clear_pointer (&node, json_node_unref);
}

void
rn_sim_control_serve (RnSimServer *server, SoupServerMessage *message, const char *path)
{
  const char *method = soup_server_message_get_method (message);

  if (!from_loopback (message))
    rn_sim_wire_problem (message, SOUP_STATUS_FORBIDDEN, "Only from this machine", NULL);
  else if (strcmp (method, "POST") == 0)
    serve_post (server, message, path);
  else if (strcmp (method, "DELETE") == 0 && g_str_has_prefix (path, "incident/"))
    lift (server, message, path + strlen ("incident/"));
  else if (strcmp (method, "GET") == 0 && strcmp (path, "totals") == 0)
    send_totals (server, message);
  else if (strcmp (method, "GET") == 0 && strcmp (path, "truth") == 0)
    send_truth (server, message);
  else
    rn_sim_wire_problem (message, SOUP_STATUS_NOT_FOUND, "Not found", path);
}
