/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Small, so decoded where it comes in; pure. */
#include "feed/rn-service.h"

#include "base/rn-clock.h"
#include "base/rn-json.h"

#define MAX_POLL_S (7 * 86400.0)

void
rn_service_free (RnService *self)
{
  if (self == NULL)
    return;
  rn_names_unref (self->names);
  g_free (self->version);
  g_free (self->timezone_id);
  g_clear_pointer (&self->timezone, g_time_zone_unref);
  g_free (self);
}

/* An object of seconds by feed word. */
static void
read_seconds (const RnJson *object, double min, gint64 *out, GError **error)
{
  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    {
      RnJson member = rn_json_member (object, rn_feed_kind_word (kind));
      double seconds = rn_json_opt_number (&member, min, MAX_POLL_S, error);

      if (*error == NULL && !rn_json_is_null (&member))
        out[kind] = (gint64) (seconds * RN_SECOND);
    }
}

static void
read_timezone (RnService *self, const RnJson *root, GError **error)
{
  RnJson member = rn_json_member (root, "timezone");

  self->timezone_id = g_strdup (rn_json_opt_string (&member, error));
  if (self->timezone_id != NULL)
    self->timezone = g_time_zone_new_identifier (self->timezone_id);
}

RnService *
rn_service_decode (GBytes *bytes, GError **error)
{
  g_autoptr (JsonNode) node = rn_json_parse (bytes, error);
  g_autoptr (RnService) self = NULL;
  GError *cause = NULL;
  RnJson root, name, version, poll, delay;

  if (node == NULL)
    return NULL;
  self = g_new0 (RnService, 1);
  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    self->delay_us[kind] = -1;
  root = rn_json_root (node);
  name = rn_json_member (&root, "name");
  version = rn_json_member (&root, "version");
  poll = rn_json_member (&root, "poll_s");
  delay = rn_json_member (&root, "delay_s");
  self->names = rn_json_opt_names (&name, &cause);
  self->version = g_strdup (rn_json_opt_string (&version, &cause));
  read_seconds (&poll, 0.1, self->poll_us, &cause);
  read_seconds (&delay, 0.0, self->delay_us, &cause);
  read_timezone (self, &root, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return NULL;
    }
  return g_steal_pointer (&self);
}
