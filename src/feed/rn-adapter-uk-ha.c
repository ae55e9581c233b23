/* SPDX-License-Identifier: GPL-3.0-or-later */
/* British Highways Agency: DATEX II 1.0 in XML. Predefined locations are the sections, elaborated
 * data the journey times on them, two publications of situations the unplanned events and the
 * current roadworks. Pure; runs in a worker. */
#include "feed/rn-adapter-uk-ha.h"

#include <math.h>
#include <string.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "feed/rn-adapter-uk-ha-parts.h"

#define SCHEMA "http://datex2.eu/schema/"
#define VERSION "1_0"

/* ---- reading XML ---- */

void
rn_uk_refuse (RnDocument *document, const RnXmlElement *element, const char *below,
              const char *reason)
{
  g_autofree char *path = rn_xml_path (element, below);
  g_autofree char *valid =
      g_utf8_make_valid (reason, -1); /* cut texts may end within a character */

  rn_refusals_add (document->refusals, path, valid);
}

const RnXmlElement *
rn_uk_find (const RnXmlElement *element, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  for (guint i = 0; names[i] != NULL && element != NULL; i++)
    element = rn_xml_child (element, names[i]);
  return element;
}

char *
rn_uk_dup_text (const RnXmlElement *element, const char *path)
{
  const char *text = rn_xml_text (element, path);
  GString *clean;

  if (text == NULL)
    return NULL;
  clean = g_string_sized_new (strlen (text));
  for (; *text != '\0'; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (clean, *text);
    else if (clean->len > 0 && clean->str[clean->len - 1] != ' ')
      g_string_append_c (clean, ' ');
  g_strchomp (clean->str);
  return g_string_free (clean, FALSE);
}

const char *
rn_uk_type (const RnXmlElement *element)
{
  const char *type = rn_xml_attribute (element, "type");
  const char *colon = type != NULL ? strrchr (type, ':') : NULL;

  return colon != NULL ? colon + 1 : type != NULL ? type : "";
}

gint64
rn_uk_read_time (RnDocument *document, const RnXmlElement *element, const char *path)
{
  const char *text = rn_xml_text (element, path);
  gint64 at_us = 0;

  if (text == NULL || rn_text_parse_rfc3339 (text, &at_us))
    return at_us;

  g_autofree char *reason = g_strdup_printf (_("not a date and time: %.40s"), text);
  rn_uk_refuse (document, element, path, reason);
  return 0;
}

double
rn_uk_read_number (RnDocument *document, const RnXmlElement *element, const char *path,
                   double least)
{
  const char *text = rn_xml_text (element, path);
  double value = rn_xml_parse_number (text);

  if (text == NULL || value >= least)
    return value;

  g_autofree char *reason = isnan (value) ? g_strdup_printf (_("not a number: %.40s"), text)
                                          : g_strdup_printf (_("out of range: %.40s"), text);
  rn_uk_refuse (document, element, path, reason);
  return NAN;
}

gboolean
rn_uk_read_point (RnDocument *document, const RnXmlElement *place, RnCrs crs, RnPoint *out)
{
  const RnXmlElement *at = place != NULL ? rn_xml_child (place, "pointCoordinates") : NULL;
  RnPoint point;

  if (at == NULL)
    return FALSE;
  point.lat = rn_xml_parse_number (rn_xml_text (at, "latitude"));
  point.lon = rn_xml_parse_number (rn_xml_text (at, "longitude"));
  if (rn_point_is_valid (point.lon, point.lat))
    {
      *out = rn_crs_to_wgs84 (crs, point);
      return TRUE;
    }
  if (document != NULL)
    rn_uk_refuse (document, at, NULL, _("not a position on the globe"));
  return FALSE;
}

/* ---- opening a publication ---- */

static const char *const publications[RN_UK_N_SLOTS] = {
  [RN_UK_SECTIONS] = "PredefinedLocationsPublication",
  [RN_UK_JOURNEY_TIMES] = "ElaboratedDataPublication",
  [RN_UK_EVENTS] = "SituationPublication",
  [RN_UK_ROADWORKS] = "SituationPublication",
};

/* The version of the schema: "1_0" of "http://datex2.eu/schema/1_0/1_0", else modelBaseVersion,
 * else NULL. */
static const char *
schema_of (const RnXmlElement *root)
{
  for (guint i = 0; root->attributes[i] != NULL; i += 2)
    if (g_str_has_prefix (root->attributes[i + 1], SCHEMA))
      return root->attributes[i + 1] + strlen (SCHEMA);
  return rn_xml_attribute (root, "modelBaseVersion");
}

static gboolean
is_own_version (const char *schema)
{
  return schema == NULL || strcmp (schema, "1.0") == 0 || strcmp (schema, "1") == 0
         || strcmp (schema, VERSION) == 0 || g_str_has_prefix (schema, VERSION "/");
}

static gboolean
check_root (const RnXmlElement *root, const char *slot, GError **error)
{
  const char *schema = schema_of (root);

  if (strcmp (root->name, "d2LogicalModel") != 0)
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT,
                   _("%s: the root element is <%s>, not <%s>"), slot, root->name,
                   "d2LogicalModel");
      return FALSE;
    }
  if (is_own_version (schema))
    return TRUE;
  g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT,
               _("%s: DATEX II in version %s; uk-ha reads 1.0"), slot, schema);
  return FALSE;
}

static const RnXmlElement *
find_payload (const RnXmlElement *root, RnUkSlot slot, GError **error)
{
  const RnXmlElement *payload = rn_xml_child (root, "payloadPublication");
  const char *name = rn_adapter_uk_ha.slots[slot].slot;

  if (payload != NULL && strcmp (rn_uk_type (payload), publications[slot]) == 0)
    return payload;
  if (payload != NULL)
    g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT,
                 _("%s: the publication is a “%s”, not a “%s”"), name, rn_uk_type (payload),
                 publications[slot]);
  else if (rn_uk_find (root, "exchange/deliveryBreak") != NULL)
    g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT,
                 _("%s: the source says that its delivery is interrupted"), name);
  else
    g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT, _("%s: holds no publication"),
                 name);
  return NULL;
}

/* FALSE and @error, which names the slot, when it cannot be read. */
static gboolean
open_publication (GBytes *bytes, RnUkSlot slot, RnUkPublication *out, GError **error)
{
  const char *name = rn_adapter_uk_ha.slots[slot].slot;
  const char *published;

  *out = (RnUkPublication){ 0 };
  if (rn_adapter_refuse_empty (bytes, name, error))
    return FALSE;
  out->xml = rn_xml_parse (bytes, error);
  if (out->xml == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  if (check_root (rn_xml_root (out->xml), name, error))
    out->payload = find_payload (rn_xml_root (out->xml), slot, error);
  if (out->payload == NULL)
    {
      g_clear_pointer (&out->xml, rn_xml_free);
      return FALSE;
    }
  published = rn_xml_text (out->payload, "publicationTime");
  if (published != NULL)
    rn_text_parse_rfc3339 (published, &out->published_at_us);
  return TRUE;
}

/* ---- which document a file is ---- */

/* Whether name or folder of a file hold one of @words. */
static gboolean
holds_any (const char *name, const char *const *words)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (; *words != NULL; words++)
    if (strstr (lower, *words) != NULL)
      return TRUE;
  return FALSE;
}

/* Events and roadworks are one kind of publication, and an event can be a work. The agency's
 * references tell: "U-…" is unplanned, "P-…" planned; what is no work is an event. A publication
 * without any record goes by its name, else with its siblings (-1). */
static int
recognise_situations (const char *name, const char *head, gsize length)
{
  static const char *const works_words[] = { "roadwork", "works", NULL };
  static const char *const event_words[] = { "event", "unplanned", "incident", NULL };
  gboolean records = g_strstr_len (head, length, "situationRecord ") != NULL;

  if (g_strstr_len (head, length, "CreationReference>P-") != NULL)
    return RN_UK_ROADWORKS;
  if (g_strstr_len (head, length, "CreationReference>U-") != NULL)
    return RN_UK_EVENTS;
  if (holds_any (name, works_words))
    return RN_UK_ROADWORKS;
  if (holds_any (name, event_words))
    return RN_UK_EVENTS;
  if (!records)
    return -1;
  return g_strstr_len (head, length, "MaintenanceWorks\"") != NULL ? RN_UK_ROADWORKS : RN_UK_EVENTS;
}

static gboolean
begins_as_datex (const char *head, gsize length)
{
  char *names[1] = { NULL };
  guint n = rn_xml_sniff (head, length, names, 1);
  gboolean good = n > 0 && strcmp (names[0], "d2LogicalModel") == 0;

  g_free (names[0]);
  return good;
}

static int
recognise (const char *name, const char *head, gsize length)
{
  if (!begins_as_datex (head, length))
    return -1;
  if (g_strstr_len (head, length, "PredefinedLocationsPublication") != NULL)
    return RN_UK_SECTIONS;
  if (g_strstr_len (head, length, "ElaboratedDataPublication") != NULL)
    return RN_UK_JOURNEY_TIMES;
  return g_strstr_len (head, length, "SituationPublication") != NULL
             ? recognise_situations (name, head, length)
             : -1;
}

/* ---- the adapter ---- */

static RnDocument *
decode_publication (RnFeedKind kind, const RnUkPublication *publication,
                    const RnDecodeContext *context, GError **error)
{
  if (kind == RN_FEED_NETWORK)
    return rn_uk_decode_network (publication, context, error);
  if (kind == RN_FEED_FLOW)
    return rn_uk_decode_flow (publication, context);
  return rn_uk_decode_situations (kind, publication, context);
}

static RnDocument *
decode (RnFeedKind kind, GBytes *const *documents, const RnDecodeContext *context, GError **error)
{
  RnUkPublication publication;
  RnDocument *document;
  guint slot = 0;

  while (slot < RN_UK_N_SLOTS && rn_adapter_uk_ha.slots[slot].kind != kind)
    slot++;
  if (slot == RN_UK_N_SLOTS)
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE, _("%s has no feed “%s”"),
                   rn_adapter_uk_ha.kind, rn_feed_kind_word (kind));
      return NULL;
    }
  if (!open_publication (documents[slot], slot, &publication, error))
    return NULL;
  document = decode_publication (kind, &publication, context, error);
  rn_xml_free (publication.xml);
  return document;
}

/* Paths as the agency served them, one below the other. */
static const RnAdapterSlot slots[RN_UK_N_SLOTS] = {
  [RN_UK_SECTIONS] = { RN_FEED_NETWORK, "sections",
                       "PredefinedLocationJourneyTimeSections/content.xml", 0, FALSE },
  [RN_UK_JOURNEY_TIMES] = { RN_FEED_FLOW, "journey-times", "JourneyTimeData/content.xml",
                            600 * RN_SECOND, FALSE },
  [RN_UK_EVENTS] = { RN_FEED_INCIDENTS, "events", "UnplannedEvent/content.xml", 600 * RN_SECOND,
                     TRUE },
  [RN_UK_ROADWORKS] = { RN_FEED_WORKS, "roadworks", "CurrentRoadworks/content.xml", 600 * RN_SECOND,
                        TRUE },
};

const RnAdapter rn_adapter_uk_ha = {
  .kind = "uk-ha",
  .title = N_("Highways Agency, England"),
  .timezone = "Europe/London",
  .n_slots = RN_UK_N_SLOTS,
  .slots = slots,
  .recognise = recognise,
  .decode = decode,
};
