/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places come from the frame, names and limits from the rules. What has left the frame is told as
 * it was when it raised, else by its key, for a word is better than nothing. Pure. */
#include "ui/rn-alert-text.h"

#include <math.h>

#include "alert/rn-alert-group.h"
#include "base/rn-i18n.h"
#include "ui/rn-side-text.h"

const RnRule *
rn_alert_text_rule (const RnAlertContext *context, const RnAlert *alert)
{
  return alert->rule != NULL ? rn_rule_set_find (context->sheet->rules, alert->rule) : NULL;
}

/* ---- where ----------------------------------------------------------------------------------- */

/* Where a thing was that has left the frame: there, or else where its queue is. */
static guint32
find_told_section (const RnFrame *frame, const RnAlert *alert)
{
  const char *key = alert->section != NULL ? alert->section : alert->head;

  return key != NULL ? rn_network_find_section_key (frame->network, key) : RN_NONE;
}

guint32
rn_alert_text_section (const RnAlertContext *context, const RnAlert *alert)
{
  const RnFrame *frame = context->frame;
  const RnIncident *incident;
  const RnWork *work;

  if (alert->subject == NULL)
    return RN_NONE;
  switch (alert->subject->kind)
    {
    case RN_SUBJECT_SECTION:
      return rn_network_find_section_key (frame->network, alert->subject->key);
    case RN_SUBJECT_INCIDENT:
      incident = rn_frame_find_incident (frame, alert->subject->key);
      return incident != NULL ? incident->section : find_told_section (frame, alert);
    case RN_SUBJECT_WORK:
      work = rn_frame_find_work (frame, alert->subject->key);
      return work != NULL ? rn_side_work_section (work) : find_told_section (frame, alert);
    default:
      return RN_NONE;
    }
}

double
rn_alert_text_chainage_m (const RnAlertContext *context, const RnAlert *alert)
{
  const RnNetwork *network = context->frame->network;
  guint32 section = rn_alert_text_section (context, alert);
  const RnIncident *incident = NULL;

  if (alert->subject != NULL && alert->subject->kind == RN_SUBJECT_INCIDENT)
    incident = rn_frame_find_incident (context->frame, alert->subject->key);
  if (incident != NULL)
    return incident->chainage_m;
  if (!isnan (alert->chainage_m))
    return alert->chainage_m;
  return section < network->n_sections ? (double) network->to_m[section] : NAN;
}

static char *
dup_name (const RnNames *names, const char *key)
{
  const char *name = rn_names_get (names, NULL);

  return g_strdup (name != NULL ? name : key);
}

static char *
dup_facility_place (const RnFrame *frame, const char *key)
{
  guint32 i = rn_network_find_facility_key (frame->network, key);

  return dup_name (i != RN_NONE ? frame->network->facilities[i].names : NULL, key);
}

static char *
dup_station_place (const RnFrame *frame, const char *key)
{
  for (guint i = 0; i < frame->stations->len; i++)
    {
      const RnStation *station = frame->stations->pdata[i];

      if (g_str_equal (station->key, key))
        return dup_name (station->names, key);
    }
  return g_strdup (key);
}

static const RnFeedStatus *
find_feed (const RnFrame *frame, const char *key)
{
  const char *slash = strrchr (key, '/');
  gsize length = slash != NULL ? (gsize) (slash - key) : 0;

  for (guint i = 0; slash != NULL && i < frame->n_feeds; i++)
    {
      const RnFeedStatus *feed = frame->feeds[i];

      if (feed->source != NULL && strlen (feed->source) == length
          && strncmp (feed->source, key, length) == 0
          && g_strcmp0 (rn_feed_kind_word (feed->kind), slash + 1) == 0)
        return feed;
    }
  return NULL;
}

static char *
dup_feed_place (const RnFrame *frame, const char *key)
{
  const RnFeedStatus *feed = find_feed (frame, key);

  return feed != NULL ? g_strdup_printf ("%s (%s)", rn_feed_kind_title (feed->kind), feed->source)
                      : g_strdup (key);
}

static char *
dup_kpi_place (const RnFrame *frame, const char *key)
{
  for (guint i = 0; i < frame->kpis->len; i++)
    {
      const RnKpi *kpi = frame->kpis->pdata[i];

      if (g_str_equal (kpi->key, key))
        return dup_name (kpi->names, key);
    }
  return g_strdup (key);
}

static char *
dup_road_place (const RnAlertContext *context, const RnAlert *alert)
{
  guint32 section = rn_alert_text_section (context, alert);
  double chainage_m = rn_alert_text_chainage_m (context, alert);

  if (section == RN_NONE && isnan (chainage_m))
    return g_strdup (alert->subject->key);
  return rn_side_place (context->frame, section, chainage_m, TRUE);
}

static char *
dup_work_place (const RnAlertContext *context, const RnAlert *alert)
{
  const RnWork *work = rn_frame_find_work (context->frame, alert->subject->key);

  return work != NULL ? rn_side_work_place (context->frame, work, TRUE)
                      : dup_road_place (context, alert);
}

char *
rn_alert_text_place (const RnAlertContext *context, const RnAlert *alert)
{
  const RnSubject *subject = alert->subject;

  if (subject == NULL)
    return g_strdup (alert->key);
  switch (subject->kind)
    {
    case RN_SUBJECT_SECTION:
    case RN_SUBJECT_INCIDENT:
      return dup_road_place (context, alert);
    case RN_SUBJECT_WORK:
      return dup_work_place (context, alert);
    case RN_SUBJECT_FACILITY:
      return dup_facility_place (context->frame, subject->key);
    case RN_SUBJECT_STATION:
      return dup_station_place (context->frame, subject->key);
    case RN_SUBJECT_FEED:
      return dup_feed_place (context->frame, subject->key);
    case RN_SUBJECT_KPI:
      return dup_kpi_place (context->frame, subject->key);
    default:
      return g_strdup (subject->key);
    }
}

char *
rn_alert_text_row_place (const RnAlertContext *context, const RnAlert *alert)
{
  double chainage_m = rn_alert_text_chainage_m (context, alert);
  guint32 section = rn_alert_text_section (context, alert);
  const char *road = section != RN_NONE ? rn_side_road (context->frame, section, NULL) : NULL;
  g_autofree char *chainage = NULL;

  if (alert->subject == NULL || alert->subject->kind != RN_SUBJECT_INCIDENT || road == NULL
      || isnan (chainage_m))
    return rn_alert_text_place (context, alert);
  chainage = rn_text_chainage (chainage_m);
  return g_strdup_printf ("%s %s", road, chainage);
}

/* A row that the engine made for what it groups: it has no rule. */
static gboolean
is_cause (const RnAlert *alert)
{
  return g_strcmp0 (alert->rule, RN_ALERT_CAUSE) == 0 && alert->subject != NULL;
}

/* ---- what ------------------------------------------------------------------------------------ */

char *
rn_alert_text_what (const RnAlertContext *context, const RnAlert *alert)
{
  const RnRule *rule = rn_alert_text_rule (context, alert);
  const RnIncident *incident = NULL;

  if (alert->subject != NULL && alert->subject->kind == RN_SUBJECT_INCIDENT)
    incident = rn_frame_find_incident (context->frame, alert->subject->key);
  if (incident != NULL)
    return g_strdup (rn_side_incident_what (incident));
  if (alert->title != NULL)
    return g_strdup (alert->title);
  if (is_cause (alert))
    return g_strdup (rn_alert_cause_title (alert->subject->kind));
  return g_strdup (rule != NULL ? rn_rule_title (rule) : alert->rule);
}

double
rn_alert_text_value (const RnAlertContext *context, const RnAlert *alert)
{
  const RnRule *rule = rn_alert_text_rule (context, alert);
  RnQuality quality = RN_QUALITY_UNKNOWN;
  double value;

  if (rule == NULL || alert->subject == NULL)
    return alert->value;
  value = rn_metric_measure (context->frame, rule->metric, rule->select, alert->subject->kind,
                             alert->subject->key, &quality);
  return isnan (value) ? alert->value : value;
}

/* "0.21 < 0.25"; a value that is no longer beyond the limit stands beside it. */
static char *
dup_compared (const RnRule *rule, double value, double limit)
{
  RnBadSide side = rn_rule_bad_side (rule);
  g_autofree char *now = rn_metric_text (rule->metric, value);
  g_autofree char *bound = rn_metric_text (rule->metric, limit);

  if (isnan (limit) || side == RN_BAD_SET || rule->metric == RN_METRIC_INCIDENT_LEVEL)
    return g_strdup (now);
  if (!isnan (value) && !rn_bad_side_is_beyond (side, value, limit))
    /* Translators: a value that is good again, and its limit */
    return g_strdup_printf (_("%s, limit %s"), now, bound);
  return g_strdup_printf (side == RN_BAD_LOW ? "%s < %s" : "%s > %s", now, bound);
}

/* Of a feed its age runs with the clock; without an answer it has none. */
static char *
dup_feed_limit (const RnAlertContext *context, const RnAlert *alert)
{
  const RnFeedStatus *feed = find_feed (context->frame, alert->subject->key);
  g_autofree char *clock = NULL;

  if (feed == NULL || feed->observed_at_us == 0)
    return g_strdup (_("No answer has come"));
  clock = rn_text_clock (feed->observed_at_us, context->timezone);
  return g_strdup_printf (_("Last data of %s; its values stand as they were"), clock);
}

/* @ended: it is over, what it caused may not be. */
static char *
dup_stands_for (const RnAlert *alert, gboolean ended)
{
  g_autofree char *count = g_strdup_printf (
      ngettext ("%u alert under it", "%u alerts under it", alert->n_children), alert->n_children);

  if (!ended)
    return g_steal_pointer (&count);
  return alert->n_children > 0 ? g_strdup_printf (_("Has ended · %s"), count)
                               : g_strdup (_("Has ended"));
}

static gboolean
has_ended (const RnAlertContext *context, const RnAlert *alert)
{
  const RnIncident *incident = NULL;

  if (alert->subject == NULL)
    return FALSE;
  if (alert->subject->kind == RN_SUBJECT_INCIDENT)
    {
      incident = rn_frame_find_incident (context->frame, alert->subject->key);
      return incident == NULL || !rn_incident_active (incident);
    }
  return alert->subject->kind == RN_SUBJECT_WORK
         && rn_frame_find_work (context->frame, alert->subject->key) == NULL;
}

char *
rn_alert_text_limit (const RnAlertContext *context, const RnAlert *alert)
{
  const RnRule *rule = rn_alert_text_rule (context, alert);
  gboolean ended = has_ended (context, alert);
  g_autofree char *compared = NULL;

  if (is_cause (alert) || ended)
    return dup_stands_for (alert, ended);
  if (rule == NULL)
    return g_strdup (_("Its rule is no more"));
  if (rule->metric == RN_METRIC_FEED_AGE_S && alert->subject != NULL)
    return dup_feed_limit (context, alert);
  compared = dup_compared (rule, rn_alert_text_value (context, alert), alert->threshold);
  return g_strdup_printf ("%s %s", rn_metric_title (rule->metric), compared);
}

/* Upstream from the end of the head section as far as the queue reaches, while the road is the same
 * one; NaN when it leaves it. */
static double
find_tail_m (const RnNetwork *network, guint32 head, double queue_m)
{
  guint32 at = head;
  double rest_m = queue_m;

  while (rest_m > (double) network->length_m[at])
    {
      guint32 next = RN_NONE;

      for (guint32 i = network->up_first[at]; i < network->up_first[at + 1]; i++)
        if (network->road[network->up[i]] == network->road[head])
          next = network->up[i];
      if (next == RN_NONE || next == head)
        return NAN;
      rest_m -= (double) network->length_m[at];
      at = next;
    }
  return (double) network->to_m[at] - (network->to_m[at] >= network->from_m[at] ? rest_m : -rest_m);
}

char *
rn_alert_text_queue (const RnAlertContext *context, const RnAlert *alert)
{
  const RnNetwork *network = context->frame->network;
  guint32 head = alert->head != NULL ? rn_network_find_section_key (network, alert->head) : RN_NONE;
  g_autofree char *length = NULL;
  g_autofree char *tail = NULL;
  double tail_m = NAN;

  if (isnan (alert->queue_m) || alert->queue_m <= 0)
    return NULL;
  length = rn_text_distance (alert->queue_m);
  if (head != RN_NONE)
    tail_m = find_tail_m (network, head, alert->queue_m);
  if (isnan (tail_m))
    return g_strdup_printf (_("queue %s"), length);
  tail = rn_text_chainage (fabs (round (tail_m / 10) * 10));
  /* Translators: the length of a queue, and the chainage where it ends upstream */
  return g_strdup_printf (_("queue %s, tail %s"), length, tail);
}

static void
append_part (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static char *
dup_incident_effect (const RnAlertContext *context, const RnAlert *alert, const char *queue)
{
  const RnIncident *incident = NULL;

  if (alert->subject != NULL && alert->subject->kind == RN_SUBJECT_INCIDENT)
    incident = rn_frame_find_incident (context->frame, alert->subject->key);
  return incident != NULL ? rn_side_incident_effect (incident, queue) : NULL;
}

char *
rn_alert_text_second (const RnAlertContext *context, const RnAlert *alert)
{
  g_autofree char *queue = rn_alert_text_queue (context, alert);
  g_autofree char *effect = dup_incident_effect (context, alert, queue);
  g_autofree char *limit = effect == NULL ? rn_alert_text_limit (context, alert) : NULL;
  GString *text = g_string_new (NULL);

  if (!rn_alert_sheet_is_recorded (context->sheet, alert->key))
    append_part (text, _("Not recorded"));
  append_part (text, rn_alert_text_data (alert));
  append_part (text, effect != NULL ? effect : limit);
  append_part (text, effect == NULL ? queue : NULL);
  append_part (text, alert->owner);
  return g_string_free (text, FALSE);
}

/* ---- how it stands --------------------------------------------------------------------------- */

const char *
rn_alert_text_data (const RnAlert *alert)
{
  switch (alert->quality)
    {
    case RN_QUALITY_STALE:
      return _("Data stale");
    case RN_QUALITY_SUSPECT:
      return _("Data suspect");
    case RN_QUALITY_LOST:
    case RN_QUALITY_UNKNOWN:
      return _("Data lost");
    case RN_QUALITY_LIVE:
    case RN_QUALITY_LATE:
    default:
      return NULL;
    }
}

char *
rn_alert_text_answer (const RnAlertContext *context, const RnAlert *alert)
{
  g_autofree char *moment = NULL;

  switch (alert->mask)
    {
    case RN_MASK_SHELVED:
      moment = rn_text_moment (alert->shelved_until_us, context->now_us, context->timezone);
      return g_strdup_printf (_("Shelved to %s"), moment);
    case RN_MASK_SUPPRESSED:
      return g_strdup (_("Suppressed"));
    case RN_MASK_OUT_OF_SERVICE:
      return g_strdup (_("Out of service"));
    case RN_MASK_NONE:
    default:
      break;
    }
  if (!alert->acknowledged)
    return g_strdup (alert->condition == RN_CONDITION_NORMAL ? _("Ended, unacknowledged")
                                                             : _("Unacknowledged"));
  if (alert->condition == RN_CONDITION_RECOVERING)
    return g_strdup (_("Recovering"));
  return g_strdup (alert->condition == RN_CONDITION_NORMAL ? _("Ended") : _("Acknowledged"));
}

static char *
dup_shelf (const RnAlertContext *context, const RnAlert *alert)
{
  g_autofree char *moment =
      rn_text_moment (alert->shelved_until_us, context->now_us, context->timezone);
  const char *by = alert->mask_by != NULL ? alert->mask_by : RN_DASH;

  if (alert->one_shot)
    return g_strdup_printf (_("Shelved by %s until %s, or until it ends"), by, moment);
  return g_strdup_printf (_("Shelved by %s until %s"), by, moment);
}

char *
rn_alert_text_mask (const RnAlertContext *context, const RnAlert *alert)
{
  g_autofree char *state = NULL;

  switch (alert->mask)
    {
    case RN_MASK_SHELVED:
      state = dup_shelf (context, alert);
      break;
    case RN_MASK_OUT_OF_SERVICE:
      state = g_strdup_printf (_("Taken out of service by %s"),
                               alert->mask_by != NULL ? alert->mask_by : RN_DASH);
      break;
    case RN_MASK_SUPPRESSED:
      return g_strdup (_("Suppressed by design: the section is closed"));
    case RN_MASK_NONE:
    default:
      return NULL;
    }
  if (alert->mask_reason == NULL)
    return g_steal_pointer (&state);
  return g_strdup_printf (_("%s: %s"), state, alert->mask_reason);
}

const char *
rn_alert_text_tier (int tier)
{
  static const char *const titles[RN_N_TIERS] = { N_("No tier"), N_("Tier I"), N_("Tier II"),
                                                  N_("Tier III"), N_("Tier IV") };

  return _ (titles[tier > 0 && tier < RN_N_TIERS ? tier : 0]);
}

/* ---- timeline -------------------------------------------------------------------------------- */

static char *
dup_entry_limit (const RnAlertContext *context, const RnAlertEntry *entry)
{
  const RnRule *rule =
      entry->rule != NULL ? rn_rule_set_find (context->sheet->rules, entry->rule) : NULL;

  if (rule == NULL || isnan (entry->value) || isinf (entry->value))
    return NULL;
  return dup_compared (rule, entry->value, entry->threshold);
}

char *
rn_alert_text_entry (const RnAlertContext *context, const RnAlertEntry *entry)
{
  GString *text = g_string_new (rn_alert_entry_title (entry->kind));
  g_autofree char *limit = dup_entry_limit (context, entry);
  gboolean tiered = entry->tier > 0
                    && (entry->kind == RN_ENTRY_RAISED || entry->kind == RN_ENTRY_TIER
                        || entry->kind == RN_ENTRY_ESCALATED || entry->kind == RN_ENTRY_RANG);

  if (tiered)
    append_part (text, rn_alert_text_tier (entry->tier));
  if (!rn_alert_entry_is_act (entry->kind))
    append_part (text, limit);
  if (entry->kind == RN_ENTRY_EXTENT && !isnan (entry->queue_m))
    {
      g_autofree char *length = rn_text_distance (entry->queue_m);

      append_part (text, length);
    }
  if (entry->kind == RN_ENTRY_SHELVED && entry->until_us != 0)
    {
      g_autofree char *moment =
          rn_text_moment (entry->until_us, context->now_us, context->timezone);
      g_autofree char *until = g_strdup_printf (_("to %s"), moment);

      append_part (text, until);
    }
  append_part (text, entry->text);
  return g_string_free (text, FALSE);
}
