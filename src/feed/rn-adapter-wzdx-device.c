/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A WZDx field device: what it is, where it stands, how it is, and what it shows or measures. A
 * device without a place is one all the same: it is in the lists. Pure. */
#include "feed/rn-adapter-wzdx-parts.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-plain-text.h"

#define MAX_JOIN_M 50.0
#define MAX_NAME_CHARS 120
#define MAX_ROAD_CHARS 60
#define MAX_TEXT_CHARS 1000
#define MAX_URI_CHARS 2000
#define MAX_VPH 100000

typedef void (*ReadMember) (RnDevice *device, const RnJson *place, GError **error);

static RnDeviceType
parse_type (const char *word)
{
  const char *const *words = rn_device_type_words ();

  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      return (RnDeviceType) (i + 1);
  return RN_DEVICE_OTHER;
}

/* ---- core details ---- */

static void
read_names (RnDevice *device, const RnJson *core, GError **error)
{
  device->names = rn_wzdx_read_names (RN_AT (core, "name"), MAX_NAME_CHARS, error);
  device->description = rn_wzdx_read_names (RN_AT (core, "description"), MAX_TEXT_CHARS, error);
}

static void
read_status (RnDevice *device, const RnJson *core, GError **error)
{
  static const char *const words[] = { "unknown", "ok", "warning", "error" };
  g_autofree char *word = rn_wzdx_dup_word (RN_AT (core, "device_status"), error);

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], word) == 0)
      device->status = (RnDeviceStatus) i;
  device->messages = rn_wzdx_dup_texts (RN_AT (core, "status_messages"), MAX_TEXT_CHARS, error);
}

static void
read_road (RnDevice *device, const RnJson *core, GError **error)
{
  g_auto (GStrv) names = rn_wzdx_dup_texts (RN_AT (core, "road_names"), MAX_ROAD_CHARS, error);

  device->road = g_strdup (names != NULL ? names[0] : NULL);
  device->direction = rn_wzdx_dup_text (RN_AT (core, "road_direction"), MAX_ROAD_CHARS, error);
  device->post = rn_wzdx_read_number (RN_AT (core, "milepost"), -1e4, 1e5, error);
}

static void
read_update (RnDevice *device, const RnJson *core, GError **error)
{
  device->updated_us = rn_wzdx_read_time (RN_AT (core, "update_date"), error);
}

static void
read_works (RnDevice *device, const RnJson *core, GError **error)
{
  device->work_ids = rn_wzdx_dup_texts (RN_AT (core, "road_event_ids"), MAX_NAME_CHARS, error);
}

static void
read_model (RnDevice *device, const RnJson *core, GError **error)
{
  g_autofree char *make = rn_wzdx_dup_text (RN_AT (core, "make"), MAX_NAME_CHARS, error);
  g_autofree char *model = rn_wzdx_dup_text (RN_AT (core, "model"), MAX_NAME_CHARS, error);

  if (make != NULL || model != NULL)
    device->model = g_strconcat (make != NULL ? make : "", make != NULL && model != NULL ? " " : "",
                                 model, NULL);
  device->moving = rn_wzdx_read_flag (RN_AT (core, "is_moving"), error);
}

/* ---- what it shows ---- */

/* A string of NTCIP 1203 as plain text: "[nl]" ends a line, "[np]" a page, other tags say how it
 * looks. */
static char *
text_of_multi (const char *multi)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = multi; *p != '\0';)
    {
      const char *end = *p == '[' ? strchr (p, ']') : NULL;

      if ((*p == '[' || *p == ']') && p[1] == *p) /* doubled: the bracket itself */
        {
          g_string_append_c (text, *p);
          p += 2;
        }
      else if (end == NULL)
        g_string_append_c (text, *p++);
      else
        {
          if (g_ascii_strncasecmp (p, "[nl", 3) == 0)
            g_string_append_c (text, '\n');
          else if (g_ascii_strncasecmp (p, "[np", 3) == 0)
            g_string_append_c (text, '\f');
          p = end + 1;
        }
    }
  return g_strdup (text->str);
}

static void
read_sign (RnDevice *device, const RnJson *p, GError **error)
{
  const char *multi = rn_json_opt_string (RN_AT (p, "message_multi_string"), error);
  g_autofree char *text = multi != NULL ? text_of_multi (multi) : NULL;
  g_auto (GStrv) pages = g_strsplit (text != NULL ? text : "", "\f", -1);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (guint i = 0; pages[i] != NULL; i++)
    {
      g_autofree char *page = rn_plain_text (pages[i], MAX_TEXT_CHARS);

      if (page != NULL)
        g_string_append_printf (plain, "%s%s", plain->len > 0 ? "\f" : "", page);
    }
  if (plain->len > 0)
    device->shows = g_strdup (plain->str);
}

static void
read_arrow (RnDevice *device, const RnJson *p, GError **error)
{
  device->shows = rn_wzdx_dup_word (RN_AT (p, "pattern"), error);
  device->in_transport = rn_wzdx_read_flag (RN_AT (p, "is_in_transport_position"), error);
  if (device->moving < 0) /* its place in 4.0 */
    device->moving = rn_wzdx_read_flag (RN_AT (p, "is_moving"), error);
}

static void
read_camera (RnDevice *device, const RnJson *p, GError **error)
{
  device->image_uri = rn_wzdx_dup_text (RN_AT (p, "image_url"), MAX_URI_CHARS, error);
  device->data_us = rn_wzdx_read_time (RN_AT (p, "image_timestamp"), error);
}

static void
read_beacon (RnDevice *device, const RnJson *p, GError **error)
{
  device->shows = rn_wzdx_dup_word (RN_AT (p, "function"), error);
  device->flashing = rn_wzdx_read_flag (RN_AT (p, "is_flashing"), error);
  device->text = rn_wzdx_dup_text (RN_AT (p, "sign_text"), MAX_TEXT_CHARS, error);
}

static void
read_hybrid (RnDevice *device, const RnJson *p, GError **error)
{
  device->shows = rn_wzdx_dup_word (RN_AT (p, "dynamic_message_function"), error);
  device->text = rn_wzdx_dup_text (RN_AT (p, "dynamic_message_text"), MAX_TEXT_CHARS, error);
  device->fixed_text = rn_wzdx_dup_text (RN_AT (p, "static_sign_text"), MAX_TEXT_CHARS, error);
}

static void
read_marker (RnDevice *device, const RnJson *p, GError **error)
{
  const RnJson *place = RN_AT (p, "marked_locations");
  g_autoptr (GStrvBuilder) marks = g_strv_builder_new ();
  guint n = 0;

  if (rn_wzdx_is_empty (place) || !rn_roadnet_opt_array (place, error))
    return;
  for (guint i = 0; i < rn_json_length (place) && *error == NULL; i++)
    {
      RnJson mark = rn_json_element (place, i);
      g_autofree char *type = rn_roadnet_opt_object (&mark, error)
                                  ? rn_wzdx_dup_word (RN_AT (&mark, "type"), error)
                                  : NULL;

      if (type == NULL)
        continue;
      g_strv_builder_add (marks, type);
      n++;
    }
  if (n > 0)
    device->marks = g_strv_builder_end (marks);
}

static void
read_sensor (RnDevice *device, const RnJson *p, GError **error)
{
  device->speed_kmh = rn_wzdx_read_number (RN_AT (p, "average_speed_kph"), 0, 300, error);
  device->flow_vph = rn_wzdx_read_number (RN_AT (p, "volume_vph"), 0, MAX_VPH, error);
  device->occupancy_pct = rn_wzdx_read_number (RN_AT (p, "occupancy_percent"), 0, 100, error);
  device->data_us = rn_wzdx_read_time (RN_AT (p, "collection_interval_end_date"), error);
}

static void
read_signal (RnDevice *device, const RnJson *p, GError **error)
{
  device->shows = rn_wzdx_dup_word (RN_AT (p, "mode"), error);
}

/* ---- the device ---- */

static void
read_members (const RnWzdxFeed *feed, RnDevice *device, const RnJson *place,
              const ReadMember *members, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      GError *flaw = NULL;

      if (members[i] != NULL)
        members[i](device, place, &flaw);
      rn_wzdx_settle (feed, flaw, error);
    }
}

static void
read_place (const RnWzdxFeed *feed, RnDevice *device, const RnJson *feature, GError **error)
{
  g_autoptr (GArray) points = rn_wzdx_read_place (feed, feature, error);

  if (points == NULL)
    return;
  device->located = TRUE;
  device->at = g_array_index (points, RnPoint, 0);
  if (feed->context->join != NULL)
    device->section = rn_join_point (feed->context->join, device->at, NAN, MAX_JOIN_M).section;
}

gboolean
rn_wzdx_read_device (const RnWzdxFeed *feed, const RnJson *feature, const RnJson *p,
                     const RnJson *core, const char *id, GError **error)
{
  static const ReadMember in_core[] = { read_names,  read_status, read_road,
                                        read_update, read_works,  read_model };
  static const ReadMember in_properties[RN_N_DEVICE_TYPES] = {
    [RN_DEVICE_ARROW_BOARD] = read_arrow,     [RN_DEVICE_CAMERA] = read_camera,
    [RN_DEVICE_MESSAGE_SIGN] = read_sign,     [RN_DEVICE_BEACON] = read_beacon,
    [RN_DEVICE_HYBRID_SIGN] = read_hybrid,    [RN_DEVICE_LOCATION_MARKER] = read_marker,
    [RN_DEVICE_TRAFFIC_SENSOR] = read_sensor, [RN_DEVICE_TRAFFIC_SIGNAL] = read_signal,
  };
  const RnJson *type = RN_AT (core, "device_type");
  g_autofree char *word = rn_wzdx_dup_word (type, error);
  g_autoptr (RnDevice) device = NULL;

  if (word == NULL)
    {
      /* @error is set already unless it holds nothing that can be read */
      rn_json_fail (type, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
      return FALSE;
    }
  device = rn_device_new (feed->context->source, id, parse_type (word));
  device->type_word = g_steal_pointer (&word);
  device->observed_at_us = feed->document->observed_at_us;
  read_place (feed, device, feature, error);
  if (*error != NULL)
    return FALSE;
  read_members (feed, device, core, in_core, G_N_ELEMENTS (in_core), error);
  read_members (feed, device, p, &in_properties[device->type], 1, error);
  device->owner = rn_wzdx_dup_owner (feed, core, error);
  if (*error != NULL)
    return FALSE;
  g_ptr_array_add (feed->document->devices, g_steal_pointer (&device));
  return TRUE;
}
