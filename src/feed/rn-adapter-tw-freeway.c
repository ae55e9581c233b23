/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taiwan Freeway Bureau: its open data has a section list, a list of shapes (both of the national
 * standard for traffic information, "TIX") and section traffic every minute, in two forms: the
 * bureau's own (<traffic_data> with attributes) and the standard's (<LiveTraffic> with elements).
 * Pure; runs in a worker. */
#include "feed/rn-adapter-tw-freeway.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "feed/rn-adapter-tw-freeway-parts.h"

#define TAIWAN_OFFSET_S (8 * 60 * 60)

gint64
rn_tw_parse_time (const char *text, GTimeZone *zone)
{
  gint64 at_us = 0;
  int year, month, day, hour, minute, used = 0;
  double second;

  if (text == NULL)
    return 0;

  g_autofree char *clean = g_strstrip (g_strdup (text));
  g_strdelimit (clean, "/", '-');
  if (strlen (clean) > 10 && clean[10] == ' ')
    clean[10] = 'T';
  if (rn_text_parse_rfc3339 (clean, &at_us))
    return at_us;

  /* Without a zone: seconds may have a fraction, which has no comma in any locale used here. */
  if (sscanf (clean, "%4d-%2d-%2dT%2d:%2d%n", &year, &month, &day, &hour, &minute, &used) != 5)
    return 0;
  second = clean[used] == ':' ? rn_xml_parse_number (clean + used + 1) : 0;
  if ((clean[used] != ':' && clean[used] != '\0') || !(second >= 0 && second < 61) || year < 1970)
    return 0;

  g_autoptr (GTimeZone) own = zone == NULL ? g_time_zone_new_offset (TAIWAN_OFFSET_S) : NULL;
  g_autoptr (GDateTime) at = g_date_time_new (zone != NULL ? zone : own, year, month, day, hour,
                                              minute, MIN (second, 59.999999));
  return at != NULL ? g_date_time_to_unix (at) * RN_SECOND + g_date_time_get_microsecond (at) : 0;
}

void
rn_tw_refuse (RnDocument *document, const RnXmlElement *element, const char *below,
              const char *reason)
{
  g_autofree char *path = rn_xml_path (element, below);

  rn_refusals_add (document->refusals, path, reason);
}

/* ---- the adapter ---- */

static int
recognise (const char *name, const char *head, gsize length)
{
  char *names[3] = { NULL };
  guint n = rn_xml_sniff (head, length, names, G_N_ELEMENTS (names));
  int slot = -1;

  if (n > 0 && strcmp (names[0], "SectionShapeList") == 0)
    slot = RN_TW_SHAPES;
  else if (n > 0 && strcmp (names[0], "SectionList") == 0)
    slot = RN_TW_SECTIONS;
  for (guint i = 0; i < n && slot < 0; i++)
    if (strcmp (names[i], "section_traffic_data") == 0 || strcmp (names[i], "LiveTrafficList") == 0)
      slot = RN_TW_LIVE;
  for (guint i = 0; i < n; i++)
    g_free (names[i]);
  return slot;
}

/* The document of a slot as a tree; NULL and @error with the slot's name when it is not there or
 * not XML. */
static RnXml *
parse_slot (GBytes *const *documents, RnTwSlot slot, GError **error)
{
  const char *name = rn_adapter_tw_freeway.slots[slot].slot;

  if (documents[slot] == NULL)
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT,
                   _("the document “%s” is missing; the network needs “shapes” and “sections”"),
                   name);
      return NULL;
    }
  if (rn_adapter_refuse_empty (documents[slot], name, error))
    return NULL;

  RnXml *xml = rn_xml_parse (documents[slot], error);
  if (xml == NULL)
    g_prefix_error (error, "%s: ", name);
  return xml;
}

static RnDocument *
decode (RnFeedKind kind, GBytes *const *documents, const RnDecodeContext *context, GError **error)
{
  if (kind == RN_FEED_FLOW)
    {
      g_autoptr (RnXml) live = parse_slot (documents, RN_TW_LIVE, error);

      return live != NULL ? rn_tw_decode_flow (live, context, error) : NULL;
    }
  if (kind == RN_FEED_NETWORK)
    {
      g_autoptr (RnXml) shapes = parse_slot (documents, RN_TW_SHAPES, error);
      g_autoptr (RnXml) sections =
          shapes != NULL ? parse_slot (documents, RN_TW_SECTIONS, error) : NULL;

      return sections != NULL ? rn_tw_decode_network (shapes, sections, context, error) : NULL;
    }
  g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE, _("tw-freeway has no feed “%s”"),
               rn_feed_kind_word (kind));
  return NULL;
}

/* File names below https://tisvcloud.freeway.gov.tw/history/motc20/ */
static const RnAdapterSlot slots[RN_TW_N_SLOTS] = {
  [RN_TW_SHAPES] = { RN_FEED_NETWORK, "shapes", "SectionShape.xml", 0, FALSE },
  [RN_TW_SECTIONS] = { RN_FEED_NETWORK, "sections", "Section.xml", 0, FALSE },
  [RN_TW_LIVE] = { RN_FEED_FLOW, "live", "LiveTraffic.xml", 60 * RN_SECOND, FALSE },
};

const RnAdapter rn_adapter_tw_freeway = {
  .kind = "tw-freeway",
  .title = N_("Taiwan Freeway Bureau"),
  .timezone = "Asia/Taipei",
  .n_slots = RN_TW_N_SLOTS,
  .slots = slots,
  .recognise = recognise,
  .decode = decode,
};
