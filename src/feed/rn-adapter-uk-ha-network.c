/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The predefined locations become sections. Each is a straight line between two junctions, so its
 * length is less than that of the road, and both directions share one line: they are drawn to the
 * left of it, where they drive. An element predefinedLocation holds another of its name, which
 * holds the place. Pure; runs in a worker. */
#include "feed/rn-adapter-uk-ha-parts.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "model/rn-network-builder.h"

#define LINK_M 1000.0 /* from the end of a section to the start of the next on the same road */
#define NODE_M 30.0   /* to that of another road */
#define NODE_DEG 100.0
#define LINK_DEG 0.02 /* of latitude: more than LINK_M */
#define CLEAR_SHARE 0.8
#define MAX_RAMP_M 5000.0 /* "link road from A to B and B to C" is more than that */

typedef struct {
  const RnXmlElement *element;
  const char *id;
  char *name;
  GStrv roads;
  GPtrArray *families; /* char * */
  RnUkWay way;
  RnPoint ends[2];
  double bearing_deg;
} Section;

static void
section_free (gpointer data)
{
  Section *self = data;

  g_free (self->name);
  g_strfreev (self->roads);
  g_clear_pointer (&self->families, g_ptr_array_unref);
  g_free (self);
}

/* ---- reading ---- */

/* The road by its name, else by what the junctions at its ends are of, else unknown. */
static GStrv
dup_section_roads (const char *name, const RnXmlElement *line)
{
  static const char *const places[] = { "from/ilc/descriptor/value", "to/ilc/descriptor/value" };
  GStrv roads = rn_uk_dup_roads (name);

  for (guint i = 0; roads[0] == NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_strfreev (roads);
      roads = rn_uk_dup_roads (rn_xml_text (line, places[i]) != NULL ? rn_xml_text (line, places[i])
                                                                     : "");
    }
  if (roads[0] != NULL)
    return roads;
  g_strfreev (roads);
  roads = g_new0 (char *, 2);
  roads[0] = g_strdup ("?");
  return roads;
}

static RnUkWay
way_of (const Section *section, const RnXmlElement *line)
{
  RnUkWay way = rn_uk_way_of_tpeg (rn_xml_text (line, "tpegDirection"));

  if (way == RN_UK_UNKNOWN)
    way = rn_uk_way_of_name (section->name);
  return way != RN_UK_UNKNOWN ? way : rn_uk_way_of_bearing (section->bearing_deg);
}

/* The line of a location, in it or in one nested in it. */
static const RnXmlElement *
find_line (const RnXmlElement *location)
{
  const RnXmlElement *line = NULL;

  for (; location != NULL && line == NULL; location = rn_xml_child (location, "predefinedLocation"))
    line = rn_xml_child (location, "tpeglinearLocation");
  return line;
}

/* NULL: refused. */
static Section *
read_section (RnDocument *document, const RnXmlElement *element, RnCrs crs)
{
  const char *id = rn_xml_attribute (element, "id");
  const RnXmlElement *line = find_line (element);
  static const char *const names[2] = { "from", "to" };
  Section *self;
  RnPoint ends[2];

  if (id == NULL || *id == '\0' || line == NULL)
    {
      rn_uk_refuse (document, element, line == NULL ? "tpeglinearLocation" : "@id", _("missing"));
      return NULL;
    }
  for (guint i = 0; i < 2; i++)
    if (!rn_uk_read_point (NULL, rn_xml_child (line, names[i]), crs, &ends[i]))
      {
        rn_uk_refuse (document, line, names[i], _("no position on the globe"));
        return NULL;
      }
  self = g_new0 (Section, 1);
  self->element = element;
  self->id = id;
  self->name = rn_uk_dup_text (element, "predefinedLocationName/value");
  if (self->name == NULL)
    self->name = g_strdup (id);
  self->roads = dup_section_roads (self->name, line);
  self->families = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; self->roads[i] != NULL; i++)
    g_ptr_array_add (self->families, rn_uk_dup_family (self->roads[i]));
  memcpy (self->ends, ends, sizeof ends);
  self->bearing_deg = rn_bearing_deg (ends[0], ends[1]);
  self->way = way_of (self, line);
  return self;
}

static GPtrArray *
read_sections (RnDocument *document, const RnXmlElement *payload, RnCrs crs)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func (section_free);

  for (const RnXmlElement *set = rn_xml_child (payload, "predefinedLocationSet"); set != NULL;
       set = rn_xml_next (set, "predefinedLocationSet"))
    for (const RnXmlElement *e = rn_xml_child (set, "predefinedLocation"); e != NULL;
         e = rn_xml_next (e, "predefinedLocation"))
      {
        Section *section = read_section (document, e, crs);

        document->n_rows++;
        if (section != NULL)
          g_ptr_array_add (sections, section);
      }
  return sections;
}

/* ---- roads ---- */

/* How many sections of a road go which way. */
typedef struct {
  const char *ref;
  guint n[RN_UK_N_WAYS];
  RnUkWay usual[2]; /* by direction: the way of most, if clear; else unknown */
} Road;

static void
count_section (GHashTable *roads, const Section *section)
{
  Road *road = g_hash_table_lookup (roads, section->roads[0]);

  if (road == NULL)
    {
      road = g_new0 (Road, 1);
      road->ref = section->roads[0];
      g_hash_table_insert (roads, section->roads[0], road);
    }
  road->n[section->way]++;
}

static guint
count_ways (const Road *road, RnDirection direction, RnUkWay *most)
{
  guint all = 0;

  *most = RN_UK_UNKNOWN;
  for (RnUkWay way = RN_UK_NORTH; way < RN_UK_N_WAYS; way++)
    if (rn_uk_direction (way) == direction)
      {
        all += road->n[way];
        if (road->n[way] > 0 && road->n[way] > road->n[*most])
          *most = way;
      }
  return all;
}

/* "northbound", or "northbound / eastbound" where a road turns. */
static RnNames *
direction_names (Road *road, RnDirection direction)
{
  RnUkWay most;
  guint all = count_ways (road, direction, &most);
  g_autoptr (GString) en = g_string_new (NULL);
  g_autoptr (GString) zh = g_string_new (NULL);

  if (most == RN_UK_UNKNOWN)
    return NULL;
  if (road->n[most] >= CLEAR_SHARE * all)
    {
      road->usual[direction] = most;
      return rn_uk_way_names (most);
    }
  for (RnUkWay way = RN_UK_NORTH; way < RN_UK_N_WAYS; way++)
    {
      g_autoptr (RnNames) one = rn_uk_way_names (way);

      if (road->n[way] == 0 || rn_uk_direction (way) != direction)
        continue;
      g_string_append_printf (en, "%s%s", en->len > 0 ? " / " : "", rn_names_get (one, "en"));
      g_string_append_printf (zh, "%s%s", zh->len > 0 ? "、" : "", rn_names_get (one, "zh-CN"));
    }
  return rn_names_new_pairs ("en", en->str, "zh-CN", zh->str, NULL);
}

/* Shields tell the rank of a road: motorways, and the other trunk roads. */
static RnShield
shield_of (const char *ref)
{
  if (*ref == 'M' || g_str_has_suffix (ref, "(M)"))
    return RN_SHIELD_NATIONAL;
  return *ref == 'A' ? RN_SHIELD_PROVINCIAL : RN_SHIELD_OTHER;
}

static void
add_road (RnNetworkBuilder *builder, Road *road)
{
  g_autoptr (RnNames) name = rn_names_new (road->ref);
  g_autoptr (RnNames) asc = direction_names (road, RN_DIRECTION_ASC);
  g_autoptr (RnNames) desc = direction_names (road, RN_DIRECTION_DESC);
  RnRoadRow row = {
    .ref = road->ref,
    .names = name,
    .direction_names = { asc, desc },
    .shield = shield_of (road->ref),
  };

  rn_network_builder_add_road (builder, &row);
}

/* Road by reference; roads come in the order of their first sections. */
static GHashTable *
add_roads (RnNetworkBuilder *builder, const GPtrArray *sections)
{
  GHashTable *roads = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < sections->len; i++)
    count_section (roads, sections->pdata[i]);
  for (guint i = 0; i < sections->len; i++)
    {
      const Section *section = sections->pdata[i];
      Road *road = g_hash_table_lookup (roads, section->roads[0]);

      if (road->ref == section->roads[0])
        add_road (builder, road);
    }
  return roads;
}

/* ---- links ---- */

static gboolean
share_road (const Section *a, const Section *b)
{
  for (guint i = 0; i < a->families->len; i++)
    if (g_ptr_array_find_with_equal_func (b->families, a->families->pdata[i], g_str_equal, NULL))
      return TRUE;
  return FALSE;
}

/* Whether traffic goes on from the end of @a into @b. */
static gboolean
leads_to (const Section *a, const Section *b)
{
  double gap_m;

  if (a == b)
    return FALSE;
  gap_m = rn_distance_m (a->ends[1], b->ends[0]);
  if (a->way == b->way && share_road (a, b))
    return gap_m <= LINK_M;
  return gap_m <= NODE_M && rn_bearing_difference_deg (a->bearing_deg, b->bearing_deg) < NODE_DEG;
}

static int
compare_beginnings (gconstpointer a, gconstpointer b)
{
  const Section *x = *(const Section *const *) a, *y = *(const Section *const *) b;

  return (x->ends[0].lat > y->ends[0].lat) - (x->ends[0].lat < y->ends[0].lat);
}

/* The first of @by_beginning, sorted by latitude, that begins at @lat or north of it. */
static guint
find_beginning (const GPtrArray *by_beginning, double lat)
{
  guint low = 0, high = by_beginning->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (((const Section *) by_beginning->pdata[middle])->ends[0].lat < lat)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static const char **
dup_downstream (const GPtrArray *by_beginning, const Section *section)
{
  GPtrArray *ids = g_ptr_array_new ();
  double lat = section->ends[1].lat;

  for (guint i = find_beginning (by_beginning, lat - LINK_DEG); i < by_beginning->len; i++)
    {
      const Section *next = by_beginning->pdata[i];

      if (next->ends[0].lat > lat + LINK_DEG)
        break;
      if (leads_to (section, next))
        g_ptr_array_add (ids, (gpointer) next->id);
    }
  g_ptr_array_add (ids, NULL);
  return (const char **) g_ptr_array_free (ids, FALSE);
}

/* ---- sections ---- */

static RnClass
class_of (const Section *section)
{
  const char *road = section->roads[0];

  if ((strstr (section->name, "link road") != NULL || strstr (section->name, "Spur") != NULL
       || strstr (section->name, "spur") != NULL)
      && rn_distance_m (section->ends[0], section->ends[1]) < MAX_RAMP_M)
    return RN_CLASS_RAMP;
  return *road == 'M' || g_str_has_suffix (road, "(M)") ? RN_CLASS_EXPRESSWAY : RN_CLASS_TRUNK;
}

/* The name without road and direction, which are told beside it; with the direction where the road
 * goes another way nearly everywhere else. */
static RnNames *
names_of (const Section *section, const Road *road)
{
  g_autofree char *name = rn_uk_dup_section_name (section->name, section->roads[0]);
  g_autofree char *full = NULL;
  RnUkWay usual = road->usual[rn_uk_direction (section->way)];

  if (usual == RN_UK_UNKNOWN || usual == section->way)
    return rn_names_new (name);
  full = g_strdup_printf ("%s (%s)", name, rn_uk_way_word (section->way));
  return rn_names_new (full);
}

static void
add_section (RnDocument *document, RnNetworkBuilder *builder, const GPtrArray *by_beginning,
             const Section *section, const Road *road)
{
  g_autofree const char **downstream = dup_downstream (by_beginning, section);
  g_autoptr (RnNames) names = names_of (section, road);
  g_autoptr (GError) error = NULL;
  RnSectionRow row = RN_SECTION_ROW_INIT;

  row.id = section->id;
  row.road = section->roads[0];
  row.direction = rn_uk_direction (section->way);
  row.section_class = class_of (section);
  row.side = RN_SIDE_LEFT;
  row.names = names;
  row.points = section->ends;
  row.n_points = 2;
  row.downstream = downstream;
  if (!rn_network_builder_add_section (builder, &row, &error))
    rn_uk_refuse (document, section->element, NULL, error->message);
}

RnDocument *
rn_uk_decode_network (const RnUkPublication *publication, const RnDecodeContext *context,
                      GError **error)
{
  const char *published = rn_xml_text (publication->payload, "publicationTime");
  g_autoptr (RnNetworkBuilder) builder =
      rn_network_builder_new (context->source, published != NULL ? published : "");
  g_autoptr (RnDocument) document = rn_document_new (RN_FEED_NETWORK);
  g_autoptr (GPtrArray) sections = read_sections (document, publication->payload, context->crs);
  g_autoptr (GPtrArray) by_beginning = g_ptr_array_copy (sections, NULL, NULL);
  g_autoptr (GHashTable) roads = add_roads (builder, sections);

  document->observed_at_us = publication->published_at_us;
  g_ptr_array_set_free_func (by_beginning, NULL);
  g_ptr_array_sort (by_beginning, compare_beginnings);
  for (guint i = 0; i < sections->len; i++)
    {
      const Section *section = sections->pdata[i];

      add_section (document, builder, by_beginning, section,
                   g_hash_table_lookup (roads, section->roads[0]));
    }
  document->network = rn_network_builder_end (builder);
  if (document->network->n_sections > 0)
    return g_steal_pointer (&document);

  const RnRefusal *first =
      rn_refusals_n_kinds (document->refusals) > 0 ? rn_refusals_nth (document->refusals, 0) : NULL;
  g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT, _("no usable section (%s: %s)"),
               first != NULL ? first->path : "predefinedLocationSet",
               first != NULL ? first->reason : _("empty"));
  return NULL;
}
