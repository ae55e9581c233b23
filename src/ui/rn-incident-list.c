/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The incidents of a frame as rows. No state; functions of the frame. */
#include "ui/rn-incident-list.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-side-text.h"

static const RnListChip chips[] = {
  { "all", N_("All") },          { "tier-1", N_("Level I") },  { "tier-2", N_("Level II") },
  { "tier-3", N_("Level III") }, { "tier-4", N_("Level IV") },
};

static void
collect (const RnFrame *frame, GPtrArray *rows)
{
  for (guint i = 0; i < frame->incidents->len; i++)
    if (rn_incident_active (frame->incidents->pdata[i]))
      g_ptr_array_add (rows, frame->incidents->pdata[i]);
}

static const char *
get_key (gconstpointer row)
{
  return ((const RnIncident *) row)->key;
}

static gboolean
matches_chip (const RnListContext *context, gconstpointer row, guint chip)
{
  return chip == 0 || ((const RnIncident *) row)->level == (int) chip;
}

static void
append_names (GString *text, const RnNames *names)
{
  const char *tag, *name;

  for (guint i = 0; rn_names_nth (names, i, &tag, &name); i++)
    g_string_append_printf (text, "%s\n", name);
}

static char *
dup_haystack (const RnListContext *context, gconstpointer row)
{
  const RnIncident *incident = row;
  g_autofree char *place =
      rn_side_place (context->frame, incident->section, incident->chainage_m, TRUE);
  g_autoptr (GString) text = g_string_new (place);

  g_string_append_printf (text, "\n%s\n%s\n", rn_incident_type_title (incident->type),
                          rn_incident_status_title (incident->status));
  append_names (text, incident->description);
  if (incident->section < context->frame->network->n_sections)
    append_names (text, context->frame->network->names[incident->section]);
  g_string_append_printf (text, "%s", incident->id);
  return g_utf8_casefold (text->str, -1);
}

static int
compare (gconstpointer a_row, gconstpointer b_row, gpointer context)
{
  const RnIncident *a = a_row, *b = b_row;
  int a_level = a->level > 0 ? a->level : 5, b_level = b->level > 0 ? b->level : 5;
  gint64 a_since = rn_side_incident_since_us (a), b_since = rn_side_incident_since_us (b);

  if (a_level != b_level)
    return a_level - b_level;
  if (a_since != b_since)
    return a_since > b_since ? -1 : 1;
  return g_strcmp0 (a->key, b->key);
}

static int
compare_age (gconstpointer a, gconstpointer b, gpointer context)
{
  gint64 a_since = rn_side_incident_since_us (a), b_since = rn_side_incident_since_us (b);

  return a_since != b_since ? (a_since > b_since ? -1 : 1) : compare (a, b, context);
}

static int
compare_road (gconstpointer a_row, gconstpointer b_row, gpointer data)
{
  const RnListContext *context = data;
  const RnIncident *a = a_row, *b = b_row;
  int by_place = rn_side_compare_places (context->frame->network, a->section, a->chainage_m,
                                         b->section, b->chainage_m);

  return by_place != 0 ? by_place : compare (a, b, data);
}

static const RnListOrder orders[] = {
  { "newest", N_("Newest first"), compare_age },
  { "road", N_("By road"), compare_road },
};

static void
describe (const RnListContext *context, gconstpointer row, RnRowText *out)
{
  const RnIncident *incident = row;
  g_autofree char *place =
      rn_side_place (context->frame, incident->section, incident->chainage_m, TRUE);
  g_autofree char *effect = rn_side_incident_effect (incident, NULL);
  gint64 since_us = rn_side_incident_since_us (incident);
  RnDataAge age = rn_side_feed_age (context->frame, incident->source, RN_FEED_INCIDENTS,
                                    incident->observed_at_us, context->now_us);

  out->icon = rn_side_tier_icon (incident->level);
  out->icon_class = rn_side_level_class (incident->level);
  out->title = g_strdup_printf ("%s · %s", place, rn_incident_type_title (incident->type));
  out->second = effect != NULL
                    ? g_strdup_printf ("%s · %s", rn_side_incident_what (incident), effect)
                    : g_strdup (rn_side_incident_what (incident));
  out->age = since_us != 0 ? rn_text_age (context->now_us - since_us) : g_strdup (RN_DASH);
  out->strong = incident->status == RN_INCIDENT_REPORTED;
  out->word = g_strdup (rn_incident_status_title (incident->status));
  if (age.quality > RN_QUALITY_LATE)
    out->word_class = rn_side_age_class (age);
}

static char *
dup_no_match (guint n_all)
{
  return g_strdup_printf (
      ngettext ("No incident matches (%u in all).", "No incident matches (%u in all).", n_all),
      n_all);
}

static char *
dup_none (void)
{
  return g_strdup (_("No incidents are open."));
}

const RnListKind rn_incident_list = {
  .subject_kind = RN_SUBJECT_INCIDENT,
  .feed = RN_FEED_INCIDENTS,
  .chips = chips,
  .n_chips = G_N_ELEMENTS (chips),
  .name = N_("Incidents"),
  .collect = collect,
  .get_key = get_key,
  .matches_chip = matches_chip,
  .dup_haystack = dup_haystack,
  .compare = compare,
  .order_title = N_("By level"),
  .orders = orders,
  .n_orders = G_N_ELEMENTS (orders),
  .describe = describe,
  .dup_no_match = dup_no_match,
  .dup_none = dup_none,
};
