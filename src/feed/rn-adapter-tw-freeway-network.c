/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section list and shapes become one network. A section is what both lists hold under one id; what
 * only one holds is refused with the reason. Both carriageways have shapes of their own, so they
 * are drawn where they lie. Pure; runs in a worker. */
#include "feed/rn-adapter-tw-freeway-parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "feed/rn-wkt.h"
#include "model/rn-network-builder.h"

/* What a speed limit can be, in steps of ten. The list of 2024-05 has another quantity in its place
 * (36 … 274): a list of which a quarter of the limits are impossible is not believed. */
#define MIN_LIMIT_KMH 20
#define MAX_LIMIT_KMH 130
#define MAX_BAD_LIMITS 0.25

/* The general limits of the road classes, where the list gives none that can be believed: without a
 * free speed no state could be told. */
#define FREEWAY_KMH 100
#define EXPRESSWAY_KMH 80

/* ---- roads ---- */

/* Splits "國道1號五股楊梅高架道路" into number and rest when it begins with @prefix, digits, 號. */
static gboolean
split_road (const char *name, const char *prefix, char **number, const char **rest)
{
  gsize n = 0;

  if (!g_str_has_prefix (name, prefix))
    return FALSE;
  name += strlen (prefix);
  while (g_ascii_isdigit (name[n]))
    n++;
  if (n == 0 || n > 3 || !g_str_has_prefix (name + n, "號"))
    return FALSE;
  *number = g_strndup (name, n);
  *rest = name + n + strlen ("號");
  return TRUE;
}

/* The short reference for the shield, as on the signs and in the bureau's own texts:
 *   國道1號 → 國1, 國道3號甲 → 國3甲, 快速公路74號 → 台74, 快速公路74號甲 → 台74甲;
 * both elevated roads above freeway 1 share one running chainage and are one road, 國1高架. Any
 * other name is its own reference (國3甲, 台2己, 南港連絡道). @names gets the road's names. */
static char *
road_reference (const char *name, RnNames **names)
{
  g_autofree char *number = NULL;
  const char *rest = NULL;

  if (split_road (name, "國道", &number, &rest))
    {
      gboolean elevated = strstr (rest, "高架") != NULL;
      g_autofree char *zh = g_strdup_printf ("國道%s號%s", number, elevated ? "高架道路" : rest);
      g_autofree char *en = g_strdup_printf ("National Freeway %s%s", number,
                                             elevated                   ? " Elevated"
                                             : strcmp (rest, "甲") == 0 ? "A"
                                                                        : rest);

      *names = rn_names_new_pairs ("zh-TW", zh, "en", en, NULL);
      return g_strdup_printf ("國%s%s", number, elevated ? "高架" : rest);
    }
  if (split_road (name, "快速公路", &number, &rest))
    {
      g_autofree char *en =
          g_strdup_printf ("Expressway %s%s", number, strcmp (rest, "甲") == 0 ? "A" : rest);

      *names = rn_names_new_pairs ("zh-TW", name, "en", en, NULL);
      return g_strdup_printf ("台%s%s", number, rest);
    }
  *names = rn_names_new (name);
  return g_strdup (name);
}

static RnNames *
direction_names (char letter)
{
  switch (letter)
    {
    case 'N':
      return rn_names_new_pairs ("zh-TW", "北上", "en", "Northbound", NULL);
    case 'S':
      return rn_names_new_pairs ("zh-TW", "南下", "en", "Southbound", NULL);
    case 'E':
      return rn_names_new_pairs ("zh-TW", "東向", "zh-CN", "东向", "en", "Eastbound", NULL);
    case 'W':
      return rn_names_new_pairs ("zh-TW", "西向", "zh-CN", "西向", "en", "Westbound", NULL);
    default:
      return NULL;
    }
}

/* ---- one section ---- */

typedef struct {
  const RnXmlElement *element;
  const char *id;
  char *road;     /* reference */
  RnNames *names; /* of the road */
  char letter;    /* N, S, E, W or 0 */
  RnDirection direction;
  double from_m, to_m;
} Section;

static void
clear_section (gpointer data)
{
  Section *section = data;

  g_free (section->road);
  g_clear_pointer (&section->names, rn_names_unref);
}

/* "12K+300" → 12300; "12.3" (km) too; NaN for all else. */
static double
parse_chainage (const char *text)
{
  unsigned km, m;
  int used = 0;

  if (text == NULL)
    return NAN;
  if (sscanf (text, " %5uK+%3u %n", &km, &m, &used) == 2 && used > 0 && text[used] == '\0')
    return km * 1000.0 + m;

  double value = rn_tw_parse_number (text);
  return value >= 0 && value < 10000 ? value * 1000 : NAN;
}

static char
direction_letter (const char *text)
{
  return text != NULL && text[0] != '\0' && text[1] == '\0' && strchr ("NSEW", text[0]) != NULL
             ? text[0]
             : '\0';
}

static RnDirection
section_direction (const Section *section)
{
  if (section->from_m != section->to_m && !isnan (section->from_m) && !isnan (section->to_m))
    return section->from_m < section->to_m ? RN_DIRECTION_ASC : RN_DIRECTION_DESC;
  /* All roads of the island are measured from north and west. */
  return section->letter == 'N' || section->letter == 'W' ? RN_DIRECTION_DESC : RN_DIRECTION_ASC;
}

static gboolean
read_section (RnDocument *document, const RnXmlElement *element, Section *out)
{
  const char *id = rn_xml_text (element, "SectionID");
  const char *road = rn_xml_text (element, "RoadName");
  Section section = { .element = element, .id = id };

  if (road == NULL)
    road = rn_xml_text (element, "RoadID");
  if (id == NULL || road == NULL)
    {
      rn_tw_refuse (document, element, id == NULL ? "SectionID" : "RoadName", _("missing"));
      return FALSE;
    }
  section.road = road_reference (road, &section.names);
  section.letter = direction_letter (rn_xml_text (element, "RoadDirection"));
  section.from_m = parse_chainage (rn_xml_text (element, "SectionMile/StartKM"));
  section.to_m = parse_chainage (rn_xml_text (element, "SectionMile/EndKM"));
  if (isnan (section.from_m) || isnan (section.to_m))
    section.from_m = section.to_m = NAN;
  section.direction = section_direction (&section);
  *out = section;
  return TRUE;
}

static RnNames *
section_names (const RnXmlElement *element)
{
  const char *start = rn_xml_text (element, "RoadSection/Start");
  const char *end = rn_xml_text (element, "RoadSection/End");
  const char *name = rn_xml_text (element, "SectionName");

  if (start != NULL && end != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s→%s", start, end);

      return rn_names_new (both);
    }
  return name != NULL ? rn_names_new (name) : NULL;
}

/* NaN when the list says none, or none that can be. */
static double
speed_limit (const RnXmlElement *element)
{
  double kmh = rn_tw_parse_number (rn_xml_text (element, "SpeedLimit"));

  return kmh >= MIN_LIMIT_KMH && kmh <= MAX_LIMIT_KMH && fmod (kmh, 10) == 0 ? kmh : NAN;
}

static gboolean
limits_are_believable (const GArray *sections)
{
  guint n = 0, n_bad = 0;

  for (guint i = 0; i < sections->len; i++)
    {
      const RnXmlElement *element = g_array_index (sections, Section, i).element;

      if (rn_xml_text (element, "SpeedLimit") == NULL)
        continue;
      n++;
      n_bad += isnan (speed_limit (element)) ? 1 : 0;
    }
  return n_bad <= MAX_BAD_LIMITS * n;
}

static double
free_speed (const RnXmlElement *element, gboolean believe)
{
  const char *class = rn_xml_text (element, "RoadClass");
  double kmh = believe ? speed_limit (element) : NAN;

  if (!isnan (kmh))
    return kmh;
  return g_strcmp0 (class, "0") == 0   ? FREEWAY_KMH
         : g_strcmp0 (class, "1") == 0 ? EXPRESSWAY_KMH
                                       : NAN;
}

static void
add_section (RnDocument *document, RnNetworkBuilder *builder, const Section *section,
             const char *wkt, RnCrs crs, gboolean believe_limits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) points = rn_wkt_parse_line (wkt, &error);

  if (points != NULL)
    {
      g_autoptr (RnNames) names = section_names (section->element);
      RnSectionRow row = RN_SECTION_ROW_INIT;

      for (guint i = 0; i < points->len; i++)
        g_array_index (points, RnPoint, i) =
            rn_crs_to_wgs84 (crs, g_array_index (points, RnPoint, i));
      row.id = section->id;
      row.road = section->road;
      row.direction = section->direction;
      row.side = RN_SIDE_NONE;
      row.from_m = section->from_m;
      row.to_m = section->to_m;
      row.free_speed_kmh = free_speed (section->element, believe_limits);
      row.names = names;
      row.points = (const RnPoint *) points->data;
      row.n_points = points->len;
      if (rn_network_builder_add_section (builder, &row, &error))
        return;
    }
  rn_tw_refuse (document, section->element, NULL, error->message);
}

/* ---- both documents ---- */

/* Shapes by section id: id → WKT; what cannot be used is refused. */
static GHashTable *
read_shapes (RnDocument *document, const RnXmlElement *list)
{
  g_autoptr (GHashTable) shapes = g_hash_table_new (g_str_hash, g_str_equal);
  const RnXmlElement *group = rn_xml_child (list, "SectionShapes");

  for (const RnXmlElement *e = rn_xml_child (group, "SectionShape"); e != NULL;
       e = rn_xml_next (e, "SectionShape"))
    {
      const char *id = rn_xml_text (e, "SectionID");
      const char *wkt = rn_xml_text (e, "Geometry");

      if (id == NULL || wkt == NULL)
        rn_tw_refuse (document, e, id == NULL ? "SectionID" : "Geometry", _("missing"));
      else if (g_hash_table_contains (shapes, id))
        rn_tw_refuse (document, e, "SectionID", _("a second shape for one section"));
      else
        g_hash_table_insert (shapes, (gpointer) id, (gpointer) wkt);
    }
  return g_steal_pointer (&shapes);
}

static GArray *
read_sections (RnDocument *document, const RnXmlElement *list)
{
  g_autoptr (GArray) sections = g_array_new (FALSE, FALSE, sizeof (Section));
  const RnXmlElement *group = rn_xml_child (list, "Sections");

  g_array_set_clear_func (sections, clear_section);
  for (const RnXmlElement *e = rn_xml_child (group, "Section"); e != NULL;
       e = rn_xml_next (e, "Section"))
    {
      Section section;

      document->n_rows++;
      if (read_section (document, e, &section))
        g_array_append_val (sections, section);
    }
  return g_steal_pointer (&sections);
}

static void
clear_road (gpointer data)
{
  RnRoadRow *row = data;

  g_clear_pointer (&row->direction_names[0], rn_names_unref);
  g_clear_pointer (&row->direction_names[1], rn_names_unref);
}

/* Each road once, with the names of both directions as its first sections give them. */
static void
add_roads (RnNetworkBuilder *builder, const GArray *sections)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) roads = g_array_new (FALSE, TRUE, sizeof (RnRoadRow));

  g_array_set_clear_func (roads, clear_road);
  for (guint i = 0; i < sections->len; i++)
    {
      const Section *section = &g_array_index (sections, Section, i);
      guint at = GPOINTER_TO_UINT (g_hash_table_lookup (known, section->road));

      if (at == 0)
        {
          RnRoadRow row = { .ref = section->road,
                            .names = section->names,
                            .shield = RN_SHIELD_OTHER };

          g_array_append_val (roads, row);
          at = roads->len;
          g_hash_table_insert (known, section->road, GUINT_TO_POINTER (at));
        }

      RnNames **name =
          &g_array_index (roads, RnRoadRow, at - 1).direction_names[section->direction];
      if (*name == NULL)
        *name = direction_names (section->letter);
    }
  for (guint i = 0; i < roads->len; i++)
    rn_network_builder_add_road (builder, &g_array_index (roads, RnRoadRow, i));
}

static gboolean
check_root (const RnXml *xml, const char *name, GError **error)
{
  const RnXmlElement *root = rn_xml_root (xml);

  if (strcmp (root->name, name) == 0)
    return TRUE;
  g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT,
               _("the root element is <%s>, not <%s>"), root->name, name);
  return FALSE;
}

/* Shapes that no section of the list has asked for. */
static void
refuse_lone_shapes (RnDocument *document, const RnXmlElement *list, GHashTable *lines,
                    GHashTable *used)
{
  const RnXmlElement *group = rn_xml_child (list, "SectionShapes");

  for (const RnXmlElement *e = rn_xml_child (group, "SectionShape"); e != NULL;
       e = rn_xml_next (e, "SectionShape"))
    {
      const char *id = rn_xml_text (e, "SectionID");

      /* Only the shape that was kept: one that was not is among the refused already. */
      if (id == NULL || g_hash_table_contains (used, id)
          || g_hash_table_lookup (lines, id) != rn_xml_text (e, "Geometry"))
        continue;
      document->n_rows++;
      rn_tw_refuse (document, e, NULL, _("the section list has no section of this id"));
    }
}

RnDocument *
rn_tw_decode_network (const RnXml *shapes, const RnXml *sections, const RnDecodeContext *context,
                      GError **error)
{
  if (!check_root (shapes, "SectionShapeList", error)
      || !check_root (sections, "SectionList", error))
    return NULL;

  const char *shapes_at = rn_xml_text (rn_xml_root (shapes), "UpdateTime");
  const char *sections_at = rn_xml_text (rn_xml_root (sections), "UpdateTime");
  g_autofree char *version = g_strdup_printf ("%s/%s", sections_at != NULL ? sections_at : "?",
                                              shapes_at != NULL ? shapes_at : "?");
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new (context->source, version);
  g_autoptr (RnDocument) document = rn_document_new (RN_FEED_NETWORK);
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) lines = read_shapes (document, rn_xml_root (shapes));
  g_autoptr (GArray) rows = read_sections (document, rn_xml_root (sections));
  gboolean believe_limits = limits_are_believable (rows);

  document->observed_at_us = MAX (rn_tw_parse_time (sections_at, context->timezone),
                                  rn_tw_parse_time (shapes_at, context->timezone));
  add_roads (builder, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const Section *section = &g_array_index (rows, Section, i);
      const char *wkt = g_hash_table_lookup (lines, section->id);

      g_hash_table_add (used, (gpointer) section->id);
      if (wkt != NULL)
        add_section (document, builder, section, wkt, context->crs, believe_limits);
      else
        rn_tw_refuse (document, section->element, NULL, _("no shape of this section"));
    }
  refuse_lone_shapes (document, rn_xml_root (shapes), lines, used);
  document->network = rn_network_builder_end (builder);
  if (document->network->n_sections == 0)
    {
      const RnRefusal *first = rn_refusals_n_kinds (document->refusals) > 0
                                   ? rn_refusals_nth (document->refusals, 0)
                                   : NULL;

      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT, _("no usable section (%s: %s)"),
                   first != NULL ? first->path : "Sections",
                   first != NULL ? first->reason : _("empty"));
      return NULL;
    }
  return g_steal_pointer (&document);
}
