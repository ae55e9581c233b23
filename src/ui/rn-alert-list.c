/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alerts of a sheet as rows. No state; functions of sheet and frame. */
#include "ui/rn-alert-list.h"

#include "base/rn-i18n.h"
#include "ui/rn-alert-text.h"
#include "ui/rn-side-text.h"

static const RnListChip chips[] = {
  [RN_ALERT_CHIP_ALL] = { "all", N_("All") },
  [RN_ALERT_CHIP_UNACKNOWLEDGED] = { "unacknowledged", N_("Unacknowledged") },
  [RN_ALERT_CHIP_SHELVED] = { "shelved", N_("Shelved") },
  [RN_ALERT_CHIP_MINE] = { "mine", N_("Mine") },
};

static RnAlertContext
look (const RnListContext *context)
{
  return (RnAlertContext){ context->frame, context->alerts, context->now_us, context->timezone };
}

static void
collect (const RnAlertSheet *sheet, GPtrArray *rows)
{
  for (guint i = 0; i < sheet->alerts->len; i++)
    g_ptr_array_add (rows, sheet->alerts->pdata[i]);
}

static const char *
get_key (gconstpointer row)
{
  return ((const RnAlert *) row)->key;
}

static gboolean
matches_chip (const RnListContext *context, gconstpointer row, guint chip)
{
  const RnAlert *alert = row;
  gboolean aside = rn_alert_sheet_is_aside (alert);

  switch (chip)
    {
    case RN_ALERT_CHIP_UNACKNOWLEDGED:
      return rn_alert_asks (alert);
    case RN_ALERT_CHIP_SHELVED:
      return aside;
    case RN_ALERT_CHIP_MINE:
      return !aside && alert->owner != NULL
             && g_strcmp0 (alert->owner, context->alerts->person) == 0;
    case RN_ALERT_CHIP_ALL:
    default:
      return !aside;
    }
}

static char *
dup_haystack (const RnListContext *context, gconstpointer row)
{
  RnAlertContext from = look (context);
  const RnAlert *alert = row;
  guint32 section = rn_alert_text_section (&from, alert);
  g_autofree char *place = rn_alert_text_place (&from, alert);
  g_autofree char *what = rn_alert_text_what (&from, alert);
  g_autofree char *name =
      section != RN_NONE ? rn_network_dup_section_name (context->frame->network, section) : NULL;
  g_autofree char *text =
      g_strjoin ("\n", place, what, name != NULL ? name : "",
                 alert->rule != NULL ? alert->rule : "", alert->owner != NULL ? alert->owner : "",
                 alert->mask_reason != NULL ? alert->mask_reason : "", NULL);

  return g_utf8_casefold (text, -1);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer context)
{
  return rn_alert_compare (a, b);
}

static int
compare_age (gconstpointer a_row, gconstpointer b_row, gpointer context)
{
  const RnAlert *a = a_row, *b = b_row;

  if (a->raised_us != b->raised_us)
    return a->raised_us > b->raised_us ? -1 : 1;
  return rn_alert_compare (a, b);
}

static int
compare_road (gconstpointer a_row, gconstpointer b_row, gpointer data)
{
  const RnListContext *context = data;
  RnAlertContext from = look (context);
  const RnAlert *a = a_row, *b = b_row;
  int by_place =
      rn_side_compare_places (context->frame->network, rn_alert_text_section (&from, a),
                              rn_alert_text_chainage_m (&from, a), rn_alert_text_section (&from, b),
                              rn_alert_text_chainage_m (&from, b));

  return by_place != 0 ? by_place : rn_alert_compare (a, b);
}

static const RnListOrder orders[] = {
  { "newest", N_("Newest first"), compare_age },
  { "road", N_("By road"), compare_road },
};

static void
describe (const RnListContext *context, gconstpointer row, RnRowText *out)
{
  RnAlertContext from = look (context);
  const RnAlert *alert = row;
  int tier = rn_alert_shown_tier (alert);

  out->icon = rn_side_tier_icon (tier);
  out->icon_class = rn_side_level_class (tier);
  out->title = rn_alert_text_row_place (&from, alert);
  out->what = rn_alert_text_what (&from, alert);
  out->n_more = alert->n_children;
  out->age = rn_text_age (context->now_us - alert->raised_us);
  out->word = rn_alert_text_answer (&from, alert);
  out->strong = rn_alert_asks (alert);
  out->edge_class = out->strong ? rn_side_tier_class (tier) : NULL;
  if (rn_alert_sheet_is_aside (alert))
    out->second = rn_alert_text_mask (&from, alert);
  else
    out->second = rn_alert_text_second (&from, alert);
  if (rn_alert_text_data (alert) != NULL)
    out->word_class = "lost";
  else if (out->strong)
    out->word_class = "strong";
}

static char *
dup_no_match (guint n_all)
{
  return g_strdup_printf (
      ngettext ("No alert matches (%u in all).", "No alert matches (%u in all).", n_all), n_all);
}

static char *
dup_aside (guint n_aside)
{
  return g_strdup_printf (ngettext ("%u set aside", "%u set aside", n_aside), n_aside);
}

/* Why there can be no alert; NULL when something is watched. */
static const char *
find_blindness (const RnFrame *frame)
{
  gboolean offered = FALSE;

  for (guint i = 0; i < frame->n_feeds; i++)
    {
      const RnFeedStatus *feed = frame->feeds[i];

      if (feed->kind == RN_FEED_NETWORK)
        continue;
      if (feed->observed_at_us != 0)
        return NULL;
      offered = TRUE;
    }
  return offered ? _("No alerts yet: no answer has come.")
                 : _("No alerts: no source tells what happens on the roads.");
}

static char *
dup_none (const RnListContext *context)
{
  const char *blindness = find_blindness (context->frame);
  gint64 cleared_us = context->alerts->last_cleared_us;
  g_autofree char *moment = NULL;

  if (blindness != NULL)
    return g_strdup (blindness);
  if (cleared_us == 0)
    return g_strdup (_("No alerts."));
  moment = rn_text_moment (cleared_us, context->now_us, context->timezone);
  return g_strdup_printf (_("No alerts. The last one cleared at %s."), moment);
}

const RnListKind rn_alert_list = {
  .subject_kind = RN_SUBJECT_SECTION,
  .chips = chips,
  .n_chips = G_N_ELEMENTS (chips),
  .name = N_("Alerts"),
  .collect_alerts = collect,
  .get_key = get_key,
  .matches_chip = matches_chip,
  .dup_haystack = dup_haystack,
  .compare = compare,
  .order_title = N_("By urgency"),
  .orders = orders,
  .n_orders = G_N_ELEMENTS (orders),
  .describe = describe,
  .dup_no_match = dup_no_match,
  .dup_aside = dup_aside,
  .dup_none_at = dup_none,
};
