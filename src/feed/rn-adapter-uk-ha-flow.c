/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Journey times as speeds. The length of a section is that of its straight line, so a speed is less
 * than the true one by the same share at all times: ratios of speeds are exact. -1 is "no
 * measurement". Every value is counted. Pure; runs in a worker. */
#include "feed/rn-adapter-uk-ha-parts.h"

#include <math.h>
#include <string.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"

#define MAX_SPEED_KMH 200.0
#define MAX_TRAVEL_S 86400.0
#define AHEAD_US (60 * RN_SECOND) /* a row further ahead of its publication is no measure of it */

/* NaN when there is none: negative is how the source says so; what cannot be is told. */
static double
read_speed (RnDocument *document, const RnXmlElement *value, const char *member, double length_m)
{
  const char *text = rn_xml_text (value, member);
  double travel_s = rn_xml_parse_number (text), kmh = length_m / travel_s * 3.6;
  g_autofree char *reason = NULL;

  if (text == NULL || travel_s < 0)
    return NAN;
  if (isnan (travel_s))
    reason = g_strdup_printf (_("not a number: %.40s"), text);
  else if (travel_s == 0 || travel_s > MAX_TRAVEL_S)
    reason = g_strdup_printf (_("no travel time: %.40s s"), text);
  else if (kmh > MAX_SPEED_KMH)
    reason = g_strdup_printf (_("faster than %.0f km/h"), MAX_SPEED_KMH);
  if (reason == NULL)
    return kmh;
  rn_uk_refuse (document, value, member, reason);
  return NAN;
}

/* ---- one value ---- */

static const char *
find_section_id (const RnXmlElement *value)
{
  const RnXmlElement *place = rn_xml_child (value, "affectedLocation");

  for (const RnXmlElement *e = rn_xml_child (place, "locationContainedInGroup"); e != NULL;
       e = rn_xml_next (e, "locationContainedInGroup"))
    if (rn_xml_text (e, "predefinedLocationReference") != NULL)
      return rn_xml_text (e, "predefinedLocationReference");
  return NULL;
}

/* A value of a section that is not known has no length, so no speed: it is listed by its id. */
static void
add_unjoined (RnDocument *document, const char *id)
{
  g_ptr_array_add (document->flow->unjoined, g_strdup (id));
  g_ptr_array_add (document->unjoined, g_strdup (id));
}

static void
add_row (RnDocument *document, const RnXmlElement *value, const char *id, gint64 at_us,
         const RnNetwork *network, GArray *times)
{
  RnFlowUpdate *flow = document->flow;
  guint32 section = network != NULL ? rn_network_find_section (network, NULL, id) : RN_NONE;
  double travel_s = rn_xml_parse_number (rn_xml_text (value, "travelTime"));
  double length_m = section != RN_NONE ? network->length_m[section] : NAN;
  guint at = flow->n++;

  flow->section[at] = section;
  flow->n_rows++;
  g_array_append_val (times, at_us);
  if (section == RN_NONE)
    {
      add_unjoined (document, id);
      flow->n_no_data += !(travel_s > 0);
      return;
    }
  flow->speed_kmh[at] = (float) read_speed (document, value, "travelTime", length_m);
  flow->typical_speed_kmh[at] =
      (float) read_speed (document, value, "normallyExpectedTravelTime", length_m);
  flow->free_speed_kmh[at] = (float) read_speed (document, value, "freeFlowTravelTime", length_m);
  flow->n_no_data += isnan (flow->speed_kmh[at]);
}

static void
read_value (RnDocument *document, const RnXmlElement *value, const RnUkPublication *publication,
            const RnDecodeContext *context, GHashTable *seen, GArray *times)
{
  const char *type = rn_uk_type (value), *id = find_section_id (value);
  gint64 at_us = rn_uk_read_time (document, value, "time");

  document->n_rows++;
  if (*type != '\0' && strcmp (type, "TravelTimeValue") != 0)
    {
      g_autofree char *reason = g_strdup_printf (_("not a travel time: %.40s"), type);

      rn_uk_refuse (document, value, NULL, reason);
    }
  else if (id == NULL)
    rn_uk_refuse (document, value, "affectedLocation", _("names no section"));
  else if (!g_hash_table_add (seen, (gpointer) id))
    rn_uk_refuse (document, value, NULL, _("a second value for one section"));
  else
    add_row (document, value, id, at_us != 0 ? at_us : publication->published_at_us,
             context->network, times);
}

/* ---- the document ---- */

static guint
count_values (const RnXmlElement *payload)
{
  guint n = 0;

  for (const RnXmlElement *e = rn_xml_child (payload, "elaboratedData"); e != NULL;
       e = rn_xml_next (e, "elaboratedData"))
    for (const RnXmlElement *v = rn_xml_child (e, "basicDataValue"); v != NULL;
         v = rn_xml_next (v, "basicDataValue"))
      n++;
  return n;
}

/* The data is as old as its newest row; rows lag behind that. */
static void
settle_times (RnDocument *document, const RnUkPublication *publication, const GArray *times)
{
  RnFlowUpdate *flow = document->flow;
  gint64 published_us = publication->published_at_us, newest_us = 0;

  for (guint i = 0; i < times->len; i++)
    {
      gint64 at_us = g_array_index (times, gint64, i);

      if (published_us == 0 || at_us <= published_us + AHEAD_US)
        newest_us = MAX (newest_us, at_us);
    }
  if (newest_us == 0)
    newest_us = published_us;
  document->observed_at_us = flow->observed_at_us = newest_us;
  if (newest_us != 0 && published_us > newest_us)
    document->delay_hint_us = published_us - newest_us;
  for (guint i = 0; i < times->len; i++)
    {
      gint64 lag_us = newest_us - g_array_index (times, gint64, i);

      flow->offset_s[i] = (gint32) CLAMP (lag_us / RN_SECOND, 0, G_MAXINT32);
    }
}

RnDocument *
rn_uk_decode_flow (const RnUkPublication *publication, const RnDecodeContext *context)
{
  RnDocument *document = rn_document_new (RN_FEED_FLOW);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  document->flow = rn_flow_update_new (count_values (publication->payload));
  document->flow->n = 0;
  document->flow->full = TRUE;
  for (const RnXmlElement *e = rn_xml_child (publication->payload, "elaboratedData"); e != NULL;
       e = rn_xml_next (e, "elaboratedData"))
    {
      const RnXmlElement *value = rn_xml_child (e, "basicDataValue");

      if (value == NULL)
        {
          document->n_rows++;
          rn_uk_refuse (document, e, "basicDataValue", _("missing"));
        }
      for (; value != NULL; value = rn_xml_next (value, "basicDataValue"))
        read_value (document, value, publication, context, seen, times);
    }
  settle_times (document, publication, times);
  return document;
}
