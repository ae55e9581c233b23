/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. A device says itself whether it is in order; that it says nothing any more is
 * seen here. */
#include "ui/rn-device-text.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-side-text.h"

static gint64
silent_us (const RnDevice *device, gint64 now_us)
{
  gint64 age_us = device->updated_us != 0 ? now_us - device->updated_us : 0;

  return age_us >= RN_DEVICE_SILENT_US ? age_us : 0;
}

int
rn_device_text_strain (const RnDevice *device, gint64 now_us)
{
  if (device->status == RN_DEVICE_STATUS_ERROR)
    return 2;
  return device->status == RN_DEVICE_STATUS_WARNING || silent_us (device, now_us) > 0 ? 1 : 0;
}

char *
rn_device_text_dup_strain (const RnDevice *device, gint64 now_us)
{
  g_autofree char *age = NULL;

  if (device->status >= RN_DEVICE_STATUS_WARNING)
    return g_strdup (rn_device_status_title (device->status));
  if (silent_us (device, now_us) == 0)
    return NULL;
  age = rn_text_age (silent_us (device, now_us));
  return g_strdup_printf (_("Silent for %s"), age);
}

const char *
rn_device_text_strain_class (int strain)
{
  static const char *const classes[] = { NULL, "tier-4", "tier-3" };

  return classes[CLAMP (strain, 0, 2)];
}

const char *
rn_device_text_icon (RnDeviceType type)
{
  switch (type)
    {
    case RN_DEVICE_CAMERA:
      return "rn-camera-symbolic";
    case RN_DEVICE_TRAFFIC_SENSOR:
      return "rn-traffic-symbolic";
    case RN_DEVICE_LOCATION_MARKER:
      return "rn-works-symbolic";
    default:
      return "rn-sign-symbolic";
    }
}

const char *
rn_device_text_road (const RnFrame *frame, const RnDevice *device, RnShield *shield)
{
  const char *ref = rn_side_road (frame, device->section, shield);

  if (ref == NULL && shield != NULL)
    *shield = RN_SHIELD_OTHER; /* of what country is not known */
  return ref != NULL ? ref : device->road;
}

char *
rn_device_text_dup_place (const RnFrame *frame, const RnDevice *device, gboolean with_road)
{
  const char *ref = with_road ? rn_device_text_road (frame, device, NULL) : NULL;
  gboolean joined = device->section < frame->network->n_sections;
  const char *direction = rn_work_direction_title (device->direction);
  g_autoptr (GString) text = g_string_new (ref);

  if (!isnan (device->post))
    {
      g_autofree char *post = rn_text_measure (device->post, 1, NULL);
      g_autofree char *words = g_strdup_printf (_("mile %s"), post);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words);
    }
  if (direction == NULL && joined)
    direction = rn_network_direction_name (frame->network, device->section);
  if (direction != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", direction);
  return g_strdup (text->len > 0 ? text->str : RN_DASH);
}

static void
append_line (GString *text, const char *part)
{
  if (part != NULL)
    g_string_append_printf (text, "%s\n", part);
}

char *
rn_device_text_dup_haystack (const RnFrame *frame, const RnDevice *device)
{
  g_autofree char *place = rn_device_text_dup_place (frame, device, TRUE);
  g_autofree char *shows = rn_device_dup_shows (device);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *tag, *name;

  for (guint i = 0; rn_names_nth (device->names, i, &tag, &name); i++)
    append_line (text, name);
  for (guint i = 0; rn_names_nth (device->description, i, &tag, &name); i++)
    append_line (text, name);
  append_line (text, rn_device_type_title (device->type));
  append_line (text, place);
  append_line (text, shows);
  append_line (text, device->id);
  append_line (text, device->owner);
  return g_strdup (text->str);
}
