/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section traffic in both of the bureau's forms. Every row is counted: with a known section it is
 * joined, without one it is listed by id, without an id it is refused. Pure; runs in a worker. */
#include "feed/rn-adapter-tw-freeway-parts.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"

/* A speed outside of this is the bureau's way to say "no data": 250 when the detectors are silent,
 * 0, -1 (closed), -2 … . Level and travel time beside it are fillers. */
#define MIN_SPEED_KMH 1.0
#define MAX_SPEED_KMH 200.0

/* section_*_volume count the vehicles of all lanes in five minutes, renewed each minute. The form
 * says no interval, but occupancy and speed do: flow = density × speed with an effective vehicle
 * length of 6.5 m gives 2.5 lanes in the median over 602 sections of 2023-04-11 when read as five
 * minutes, and 12.5 lanes (up to 45,000 vehicles an hour on one carriageway) when read as one.
 * An `interval` on the document (seconds) wins. */
#define VOLUME_INTERVAL_S 300.0
#define MAX_FLOW_VPH 50000.0

typedef struct {
  double speed_kmh, flow_vph, occupancy_pct, trucks_pct; /* NaN unknown */
} Values;

static double
number_at (const RnXmlElement *row, const char *attribute)
{
  return rn_xml_parse_number (rn_xml_attribute (row, attribute));
}

static double
usable_speed (double kmh)
{
  return kmh >= MIN_SPEED_KMH && kmh <= MAX_SPEED_KMH ? kmh : NAN;
}

/* Flow of a count. Where nothing was counted the form says 0 although cars drive (a ramp beside it
 * counts hundreds, the speed comes from toll tags): 0 is no count, not an empty road. */
static double
flow_of (double count, double interval_s)
{
  double flow_vph = count * 3600.0 / interval_s;

  return count > 0 && flow_vph <= MAX_FLOW_VPH ? flow_vph : NAN;
}

/* Lorries, coaches and trailers ("big", "connect") of the classified vehicles. */
static double
trucks_of (const RnXmlElement *row)
{
  double small = number_at (row, "section_small_car_volume");
  double big = number_at (row, "section_big_car_volume");
  double trailers = number_at (row, "section_connect_car_volume");
  double all = small + big + trailers;

  return small >= 0 && big >= 0 && trailers >= 0 && all > 0 ? 100 * (big + trailers) / all : NAN;
}

/* The bureau's own form: <traffic_data locationId="0001" section_average_speed="72" …/>. */
static Values
read_traffic_data (const RnXmlElement *row, double interval_s)
{
  double occupancy = number_at (row, "section_average_occupancy");
  Values values = {
    .speed_kmh = usable_speed (number_at (row, "section_average_speed")),
    .flow_vph = flow_of (number_at (row, "section_total_car_volume"), interval_s),
    .trucks_pct = trucks_of (row),
    .occupancy_pct = NAN,
  };

  /* Occupancy 0 without a count is a silent detector as well. */
  if (occupancy >= 0 && occupancy <= 100 && (occupancy > 0 || !isnan (values.flow_vph)))
    values.occupancy_pct = occupancy;
  return values;
}

/* The standard's form: <LiveTraffic><SectionID/><TravelSpeed/>…; it holds no volumes. */
static Values
read_live_traffic (const RnXmlElement *row)
{
  double kmh = rn_xml_parse_number (rn_xml_text (row, "TravelSpeed"));

  return (Values){ usable_speed (kmh), NAN, NAN, NAN };
}

static void
add_row (RnDocument *document, const char *id, const Values *values, const RnDecodeContext *context)
{
  RnFlowUpdate *flow = document->flow;
  guint at = flow->n++;
  guint32 section =
      context->network != NULL ? rn_network_find_section (context->network, NULL, id) : RN_NONE;

  flow->section[at] = section;
  flow->speed_kmh[at] = (float) values->speed_kmh;
  flow->flow_vph[at] = (float) values->flow_vph;
  flow->occupancy_pct[at] = (float) values->occupancy_pct;
  flow->trucks_pct[at] = (float) values->trucks_pct;
  flow->typical_speed_kmh[at] = NAN;
  flow->n_rows++;
  if (isnan (values->speed_kmh))
    flow->n_no_data++;
  if (section == RN_NONE)
    {
      g_ptr_array_add (flow->unjoined, g_strdup (id));
      g_ptr_array_add (document->unjoined, g_strdup (id));
    }
}

/* ---- the document ---- */

typedef struct {
  const RnXmlElement *root;
  gboolean standard; /* <LiveTraffic> rows */
  const char *group, *row;
  const char *time; /* as text, NULL absent */
  char *time_path;
  double interval_s;
} Form;

/* Which form it is; FALSE and @error when it is neither. */
static gboolean
find_form (const RnXml *live, Form *form, GError **error)
{
  const RnXmlElement *root = rn_xml_root (live);

  *form = (Form){ .root = root, .interval_s = VOLUME_INTERVAL_S };
  if (strcmp (root->name, "LiveTrafficList") == 0)
    {
      form->standard = TRUE;
      form->group = "LiveTraffics";
      form->row = "LiveTraffic";
      form->time = rn_xml_text (root, "UpdateTime");
      form->time_path = rn_xml_path (root, "UpdateTime");
      return TRUE;
    }

  gboolean bare = strcmp (root->name, "section_traffic_data") == 0;
  if (bare || rn_xml_child (root, "section_traffic_data") != NULL)
    {
      double interval_s = number_at (root, "interval");

      form->group = bare ? NULL : "section_traffic_data";
      form->row = "traffic_data";
      form->time = rn_xml_attribute (root, "time");
      form->time_path = rn_xml_path (root, "@time");
      if (interval_s >= 1 && interval_s <= 3600)
        form->interval_s = interval_s;
      return TRUE;
    }
  g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT,
               _("live: the root element <%s> holds neither <section_traffic_data> nor is it "
                  "<LiveTrafficList>"),
               root->name);
  return FALSE;
}

static void
read_group (RnDocument *document, const Form *form, const RnXmlElement *group,
            const RnDecodeContext *context)
{
  for (const RnXmlElement *e = rn_xml_child (group, form->row); e != NULL;
       e = rn_xml_next (e, form->row))
    {
      const char *id =
          form->standard ? rn_xml_text (e, "SectionID") : rn_xml_attribute (e, "locationId");

      document->n_rows++;
      if (id == NULL || *id == '\0')
        {
          rn_tw_refuse (document, e, form->standard ? "SectionID" : "@locationId", _("missing"));
          continue;
        }

      Values values =
          form->standard ? read_live_traffic (e) : read_traffic_data (e, form->interval_s);
      add_row (document, id, &values, context);
    }
}

static guint
count_rows (const Form *form)
{
  guint n = 0;
  const RnXmlElement *group =
      form->group != NULL ? rn_xml_child (form->root, form->group) : form->root;

  for (; group != NULL; group = form->group != NULL ? rn_xml_next (group, form->group) : NULL)
    for (const RnXmlElement *e = rn_xml_child (group, form->row); e != NULL;
         e = rn_xml_next (e, form->row))
      n++;
  return n;
}

RnDocument *
rn_tw_decode_flow (const RnXml *live, const RnDecodeContext *context, GError **error)
{
  Form form;

  if (!find_form (live, &form, error))
    return NULL;

  g_autofree char *time_path = form.time_path;
  g_autoptr (RnDocument) document = rn_document_new (RN_FEED_FLOW);
  guint n = count_rows (&form);

  document->flow = rn_flow_update_new (n);
  document->flow->n = 0;
  document->flow->full = TRUE;
  if (document->flow->unjoined == NULL)
    document->flow->unjoined = g_ptr_array_new_with_free_func (g_free);
  document->observed_at_us = rn_tw_parse_time (form.time, context->timezone);
  document->flow->observed_at_us = document->observed_at_us;
  if (document->observed_at_us == 0 && form.time != NULL)
    {
      g_autofree char *reason = g_strdup_printf (_("not a date and time: %s"), form.time);

      rn_refusals_add (document->refusals, time_path, reason);
    }

  if (form.group == NULL)
    read_group (document, &form, form.root, context);
  else
    for (const RnXmlElement *group = rn_xml_child (form.root, form.group); group != NULL;
         group = rn_xml_next (group, form.group))
      read_group (document, &form, group, context);
  return g_steal_pointer (&document);
}
