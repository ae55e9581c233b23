/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One place for the words that rows, cards and search share, so that a thing is called the same
 * everywhere. Pure; no state. */
#include "ui/rn-side-text.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"

/* How far upstream a queue is followed: a loop in a network must end. */
#define MAX_QUEUE_SECTIONS 200

/* ---- age ----------------------------------------------------------------------------------- */

const RnFeedStatus *
rn_side_find_feed (const RnFrame *frame, const char *source, RnFeedKind kind)
{
  for (guint i = 0; i < frame->n_feeds; i++)
    if (frame->feeds[i]->kind == kind && g_strcmp0 (frame->feeds[i]->source, source) == 0)
      return frame->feeds[i];
  return NULL;
}

static gint64
age_of (const RnFeedStatus *feed, gint64 at_us, gint64 now_us)
{
  if (at_us == 0)
    return -1;
  return MAX (0, now_us - at_us - (feed != NULL ? feed->delay_us : 0));
}

RnDataAge
rn_side_section_age (const RnFrame *frame, guint32 i, gint64 now_us)
{
  const RnNetwork *network = frame->network;
  const char *source = network->n_sources > 0 ? network->sources[network->source[i]] : NULL;
  const RnFeedStatus *feed = rn_side_find_feed (frame, source, RN_FEED_FLOW);
  RnDataAge age = { frame->quality[i], age_of (feed, frame->flow_at_us[i], now_us) };

  if (isnan (frame->speed_kmh[i]) && isnan (frame->flow_vph[i]))
    age.quality = RN_QUALITY_UNKNOWN;
  return age;
}

RnDataAge
rn_side_feed_age (const RnFrame *frame, const char *source, RnFeedKind kind, gint64 observed_at_us,
                  gint64 now_us)
{
  const RnFeedStatus *feed = rn_side_find_feed (frame, source, kind);
  RnDataAge age = { RN_QUALITY_LIVE, age_of (feed, observed_at_us, now_us) };

  if (feed != NULL)
    age.quality = rn_feed_state_quality (feed->state, feed->suspect);
  if (observed_at_us == 0)
    age.quality = RN_QUALITY_UNKNOWN;
  return age;
}

char *
rn_side_age_words (RnDataAge age)
{
  g_autofree char *text = age.age_us >= 0 ? rn_text_age (age.age_us) : g_strdup (RN_DASH);

  switch (age.quality)
    {
    case RN_QUALITY_LIVE:
      return g_strdup_printf (_("Data %s old"), text);
    case RN_QUALITY_LATE:
      return g_strdup_printf (_("Data late: %s old"), text);
    case RN_QUALITY_STALE:
      return g_strdup_printf (_("Data stale: %s old"), text);
    case RN_QUALITY_SUSPECT:
      return g_strdup_printf (_("Data suspect: %s old"), text);
    case RN_QUALITY_LOST:
      return g_strdup_printf (_("Contact lost: data %s old"), text);
    case RN_QUALITY_UNKNOWN:
    default:
      return g_strdup (_("No data"));
    }
}

const char *
rn_side_age_class (RnDataAge age)
{
  static const char *const classes[] = {
    [RN_QUALITY_UNKNOWN] = "unknown", [RN_QUALITY_LIVE] = "live",      [RN_QUALITY_LATE] = "late",
    [RN_QUALITY_STALE] = "stale",     [RN_QUALITY_SUSPECT] = "frozen", [RN_QUALITY_LOST] = "lost",
  };

  return classes[MIN ((guint) age.quality, G_N_ELEMENTS (classes) - 1)];
}

/* ---- place --------------------------------------------------------------------------------- */

const char *
rn_side_road (const RnFrame *frame, guint32 section, RnShield *shield)
{
  const RnNetwork *network = frame->network;
  const RnRoad *road;

  if (section == RN_NONE || section >= network->n_sections || network->road[section] == RN_NONE)
    return NULL;
  road = &network->roads[network->road[section]];
  if (shield != NULL)
    *shield = road->shield;
  return road->ref;
}

char *
rn_side_place (const RnFrame *frame, guint32 section, double chainage_m, gboolean with_road)
{
  const char *ref = with_road ? rn_side_road (frame, section, NULL) : NULL;
  g_autoptr (GString) text = g_string_new (ref);

  if (section == RN_NONE || section >= frame->network->n_sections)
    return isnan (chainage_m) ? g_strdup (RN_DASH) : rn_text_chainage (chainage_m);
  if (isnan (chainage_m))
    {
      g_autofree char *name = rn_network_dup_section_name (frame->network, section);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", name);
    }
  else
    {
      g_autofree char *chainage = rn_text_chainage (chainage_m);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", chainage);
    }
  g_string_append_printf (text, " %s", rn_network_direction_name (frame->network, section));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "G2" before "G15": runs of digits by their value. */
static int
compare_refs (const char *a, const char *b)
{
  while (*a != '\0' && *b != '\0')
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          guint64 n = g_ascii_strtoull (a, (char **) &a, 10);
          guint64 m = g_ascii_strtoull (b, (char **) &b, 10);

          if (n != m)
            return n < m ? -1 : 1;
        }
      else if (*a != *b)
        return (guchar) *a < (guchar) *b ? -1 : 1;
      else
        a++, b++;
    }
  return *a != '\0' ? 1 : *b != '\0' ? -1 : 0;
}

int
rn_side_compare_roads (const RnNetwork *network, guint32 a, guint32 b)
{
  const char *a_ref = a < network->n_roads ? network->roads[a].ref : NULL;
  const char *b_ref = b < network->n_roads ? network->roads[b].ref : NULL;

  if (a == b || (a_ref == NULL && b_ref == NULL))
    return 0;
  if (a_ref == NULL || b_ref == NULL)
    return a_ref == NULL ? 1 : -1;
  return compare_refs (a_ref, b_ref);
}

static double
chainage_of (const RnNetwork *network, guint32 section, double chainage_m)
{
  return isnan (chainage_m) && section < network->n_sections ? network->from_m[section]
                                                             : chainage_m;
}

int
rn_side_compare_places (const RnNetwork *network, guint32 a, double a_m, guint32 b, double b_m)
{
  guint32 a_road = a < network->n_sections ? network->road[a] : RN_NONE;
  guint32 b_road = b < network->n_sections ? network->road[b] : RN_NONE;
  int by_road = rn_side_compare_roads (network, a_road, b_road);

  if (by_road != 0)
    return by_road;
  a_m = chainage_of (network, a, a_m);
  b_m = chainage_of (network, b, b_m);
  if (isnan (a_m) || isnan (b_m))
    return isnan (a_m) - isnan (b_m);
  return a_m < b_m ? -1 : a_m > b_m;
}

/* ---- incidents ----------------------------------------------------------------------------- */

const char *
rn_side_incident_what (const RnIncident *incident)
{
  const char *text = rn_names_get (incident->description, NULL);

  return text != NULL && *text != '\0' ? text : rn_incident_type_title (incident->type);
}

gint64
rn_side_incident_since_us (const RnIncident *incident)
{
  for (guint t = RN_TIME_OCCURRED; t <= RN_TIME_VERIFIED; t++)
    if (incident->times_us[t] != 0)
      return incident->times_us[t];
  return incident->observed_at_us;
}

static void
append_part (GString *text, const char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

/* "Lanes 1, 2 blocked · Shoulder blocked" */
static void
append_lanes (GString *text, const RnIncident *incident, RnLaneState state)
{
  g_autoptr (GString) lanes = g_string_new (NULL);
  gboolean blocked = state == RN_LANE_BLOCKED, shoulder = FALSE;
  g_autofree char *part = NULL;
  guint n = 0;

  for (guint i = 0; i < incident->n_lanes; i++)
    if (incident->lanes[i].state == state && incident->lanes[i].lane == 0)
      shoulder = TRUE;
    else if (incident->lanes[i].state == state)
      g_string_append_printf (lanes, "%s%d", n++ > 0 ? _(", ") : "", incident->lanes[i].lane);
  if (n > 0)
    {
      part = g_strdup_printf (blocked ? ngettext ("Lane %s blocked", "Lanes %s blocked", n)
                                      : ngettext ("Lane %s affected", "Lanes %s affected", n),
                              lanes->str);
      append_part (text, part);
    }
  if (shoulder)
    append_part (text, blocked ? _("Shoulder blocked") : _("Shoulder affected"));
}

char *
rn_side_incident_effect (const RnIncident *incident, const char *queue)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize blocked;

  append_lanes (text, incident, RN_LANE_BLOCKED);
  blocked = text->len;
  append_lanes (text, incident, RN_LANE_AFFECTED);
  if (incident->casualties > 0)
    {
      g_autofree char *part = g_strdup_printf (
          ngettext ("%d injured", "%d injured", incident->casualties), incident->casualties);

      append_part (text, part);
    }
  if (incident->hazmat)
    append_part (text, _("Dangerous goods"));
  if (text->len == 0)
    return NULL;
  if (queue != NULL)
    {
      g_autofree char *part = g_strdup_printf (blocked > 0 ? " · %s" : "%s · ", queue);

      g_string_insert (text, (gssize) blocked, part);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
rn_side_tier_class (int tier)
{
  static const char *const classes[] = { NULL, "tier-1", "tier-2", "tier-3", "tier-4" };

  return tier >= 1 && tier <= 4 ? classes[tier] : NULL;
}

const char *
rn_side_level_class (int tier)
{
  static const char *const classes[] = { NULL, "level-1", "level-2", "level-3", "level-4" };

  return tier >= 1 && tier <= 4 ? classes[tier] : NULL;
}

const char *
rn_side_tier_icon (int tier)
{
  static const char *const icons[] = { "rn-tier-1-symbolic", "rn-tier-2-symbolic",
                                       "rn-tier-3-symbolic", "rn-tier-4-symbolic" };

  return tier >= 1 && tier <= 4 ? icons[tier - 1] : "rn-incident-other-symbolic";
}

const char *
rn_side_tier_title (int tier)
{
  static const char *const titles[] = { N_("Level unknown"), N_("Level I"), N_("Level II"),
                                        N_("Level III"), N_("Level IV") };

  return _ (titles[tier >= 1 && tier <= 4 ? tier : 0]);
}

char *
rn_side_factors (guint8 factors)
{
  static const struct {
    RnFactors factor;
    const char *title;
  } names[] = {
    { RN_FACTOR_WORKS, N_("works") },
    { RN_FACTOR_INCIDENT, N_("incident") },
    { RN_FACTOR_WEATHER, N_("weather") },
    { RN_FACTOR_CONTROL, N_("control") },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (factors & names[i].factor)
      g_string_append_printf (text, "%s%s", text->len > 0 ? _(", ") : "", _ (names[i].title));
  return g_string_free (text, FALSE);
}

/* ---- facilities and weather ---------------------------------------------------------------- */

char *
rn_side_fuel_title (const char *grade)
{
  /* GB 17930 petrol grades are octane numbers, GB 19147 diesel grades freezing points ≤ 5 °C */
  gint64 number;

  if (grade == NULL || !g_ascii_string_to_signed (grade, 10, -99, 110, &number, NULL))
    return g_strdup (grade != NULL ? grade : RN_DASH);
  if (number > 5)
    return g_strdup_printf (_("Petrol %s"), grade);
  return g_strdup_printf (_("Diesel %s"), grade);
}

const char *
rn_side_facility_icon (RnFacilityType type)
{
  static const char *const icons[RN_N_FACILITY_TYPES] = {
    [RN_FACILITY_INTERCHANGE] = "rn-interchange-symbolic",
    [RN_FACILITY_TOLL_PLAZA] = "rn-toll-plaza-symbolic",
    [RN_FACILITY_SERVICE_AREA] = "rn-service-area-symbolic",
    [RN_FACILITY_BRIDGE] = "rn-bridge-symbolic",
    [RN_FACILITY_TUNNEL] = "rn-tunnel-symbolic",
    [RN_FACILITY_BORDER] = "rn-border-symbolic",
    [RN_FACILITY_WEATHER_STATION] = "rn-weather-station-symbolic",
    [RN_FACILITY_CAMERA] = "rn-camera-symbolic",
    [RN_FACILITY_SIGN] = "rn-sign-symbolic",
    [RN_FACILITY_CHECKPOINT] = "rn-checkpoint-symbolic",
  };

  return (guint) type < RN_N_FACILITY_TYPES ? icons[type] : "rn-interchange-symbolic";
}

const char *
rn_side_hazard_icon (RnHazard hazard)
{
  static const char *const icons[RN_N_HAZARDS] = {
    [RN_HAZARD_FOG] = "rn-weather-fog-symbolic",
    [RN_HAZARD_RAIN] = "rn-weather-rain-symbolic",
    [RN_HAZARD_SNOW] = "rn-weather-snow-symbolic",
    [RN_HAZARD_ICE] = "rn-weather-ice-symbolic",
    [RN_HAZARD_WIND] = "rn-weather-wind-symbolic",
    [RN_HAZARD_TYPHOON] = "rn-weather-typhoon-symbolic",
    [RN_HAZARD_HEAT] = "rn-weather-heat-symbolic",
  };

  return (guint) hazard < RN_N_HAZARDS ? icons[hazard] : "rn-incident-weather-symbolic";
}

const char *
rn_side_area_status_title (RnAreaStatus status)
{
  static const char *const titles[] = {
    [RN_AREA_UNKNOWN] = RN_DASH,
    [RN_AREA_OPEN] = NC_ ("area", "Open"),
    [RN_AREA_FULL] = NC_ ("area", "Full"),
    [RN_AREA_CONTROLLED] = NC_ ("area", "Entry controlled"),
    [RN_AREA_CLOSED] = NC_ ("area", "Closed"),
  };

  if ((guint) status >= G_N_ELEMENTS (titles) || status == RN_AREA_UNKNOWN)
    return RN_DASH;
  return g_dpgettext2 (GETTEXT_PACKAGE, "area", titles[status]);
}

const char *
rn_side_entry_title (RnEntry entry)
{
  static const char *const titles[] = {
    [RN_ENTRY_UNKNOWN] = RN_DASH,
    [RN_ENTRY_OPEN] = NC_ ("entry", "Entry open"),
    [RN_ENTRY_METERED] = NC_ ("entry", "Entry metered"),
    [RN_ENTRY_CLOSED] = NC_ ("entry", "Entry closed"),
  };

  if ((guint) entry >= G_N_ELEMENTS (titles) || entry == RN_ENTRY_UNKNOWN)
    return RN_DASH;
  return g_dpgettext2 (GETTEXT_PACKAGE, "entry", titles[entry]);
}

const char *
rn_side_toll_mode_title (RnTollMode mode)
{
  static const char *const titles[] = {
    [RN_TOLL_UNKNOWN] = RN_DASH,
    [RN_TOLL_BOOTH] = NC_ ("toll", "Booths"),
    [RN_TOLL_CARD_NO_BOOTH] = NC_ ("toll", "Cards, no booths"),
    [RN_TOLL_NO_CARD_NO_BOOTH] = NC_ ("toll", "No cards, no booths"),
    [RN_TOLL_FREE_FLOW] = NC_ ("toll", "Free flow"),
  };

  if ((guint) mode >= G_N_ELEMENTS (titles) || mode == RN_TOLL_UNKNOWN)
    return RN_DASH;
  return g_dpgettext2 (GETTEXT_PACKAGE, "toll", titles[mode]);
}

/* ---- works --------------------------------------------------------------------------------- */

guint32
rn_side_work_section (const RnWork *work)
{
  return work->n_sections > 0 ? work->sections[0] : RN_NONE;
}

const char *
rn_side_work_road (const RnFrame *frame, const RnWork *work, RnShield *shield)
{
  const char *ref = rn_side_road (frame, rn_side_work_section (work), shield);
  guint32 road;

  if (ref != NULL || work->road == NULL)
    return ref;
  road = rn_network_find_road (frame->network, work->road);
  if (shield != NULL)
    *shield = road != RN_NONE ? frame->network->roads[road].shield : RN_SHIELD_OTHER;
  return work->road;
}

/* The chainages that its sections span, in the order of travel. */
static char *
dup_work_range (const RnNetwork *network, const RnWork *work)
{
  double from = NAN, to = NAN;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  for (guint i = 0; i < work->n_sections; i++)
    {
      guint32 s = work->sections[i];

      if (s >= network->n_sections || network->road[s] != network->road[work->sections[0]]
          || network->direction[s] != network->direction[work->sections[0]])
        continue;
      if (network->direction[s] == RN_DIRECTION_ASC)
        {
          from = fmin (from, network->from_m[s]);
          to = fmax (to, network->to_m[s]);
        }
      else
        {
          from = fmax (from, network->from_m[s]);
          to = fmin (to, network->to_m[s]);
        }
    }
  if (isnan (from) || isnan (to))
    return NULL;
  a = rn_text_chainage (from);
  b = rn_text_chainage (to);
  return g_strdup_printf ("%s–%s", a, b);
}

char *
rn_side_work_place (const RnFrame *frame, const RnWork *work, gboolean with_road)
{
  guint32 section = rn_side_work_section (work);
  const char *ref = with_road ? rn_side_work_road (frame, work, NULL) : NULL;
  g_autofree char *range = dup_work_range (frame->network, work);
  const char *direction = section < frame->network->n_sections
                              ? rn_network_direction_name (frame->network, section)
                              : rn_work_direction_title (work->direction);
  g_autofree char *reach = range == NULL ? rn_work_dup_reach (work) : NULL;
  g_autoptr (GString) text = g_string_new (ref);

  if (range != NULL || reach != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", range != NULL ? range : reach);
  if (direction != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", direction);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : g_strdup (RN_DASH);
}

char *
rn_side_work_lanes (const RnWork *work)
{
  guint closed = 0;

  for (guint i = 0; i < work->n_lanes; i++)
    if (work->lanes[i].state == RN_WORK_LANE_CLOSED)
      closed++;
  if (closed > 0)
    return g_strdup_printf (
        ngettext ("%u of %u lane closed", "%u of %u lanes closed", work->n_lanes), closed,
        work->n_lanes);
  if (work->impact == RN_IMPACT_UNKNOWN)
    return NULL;
  return g_strdup (rn_work_impact_title (work->impact));
}

gint64
rn_side_work_end_us (const RnWork *work)
{
  return work->plan_end_us != 0 ? work->plan_end_us : work->end_us;
}

/* ---- queue --------------------------------------------------------------------------------- */

static guint32
upstream_on_same_road (const RnNetwork *network, guint32 i)
{
  for (guint32 u = network->up_first[i]; u < network->up_first[i + 1]; u++)
    {
      guint32 other = network->up[u];

      if (network->road[other] == network->road[i]
          && network->direction[other] == network->direction[i])
        return other;
    }
  return RN_NONE;
}

RnQueue
rn_side_queue (const RnFrame *frame, guint32 section)
{
  const RnNetwork *network = frame->network;
  RnQueue queue = { NAN, NAN, 0 };

  if (section == RN_NONE || section >= network->n_sections || frame->state[section] == 0)
    return queue;
  queue.length_m = 0;
  queue.delay_s = 0;
  for (guint32 i = section; i != RN_NONE && queue.n_sections < MAX_QUEUE_SECTIONS;
       i = upstream_on_same_road (network, i))
    {
      double speed = frame->speed_kmh[i], free = frame->effective_speed_kmh[i];

      if (frame->state[i] < 4 || (i == section && queue.n_sections > 0))
        break;
      queue.length_m += network->length_m[i];
      /* at a standstill the time would be without end: 2 km/h is the least that counts */
      queue.delay_s += network->length_m[i] * 3.6 * fmax (0, 1 / fmax (speed, 2) - 1 / free);
      queue.n_sections++;
    }
  return queue;
}
