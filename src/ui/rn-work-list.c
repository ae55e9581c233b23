/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The road works of a frame as rows. No state; functions of the frame and the time. */
#include "ui/rn-work-list.h"

#include <math.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-side-text.h"

enum { CHIP_ALL, CHIP_ACTIVE, CHIP_PLANNED, CHIP_OVERRUN };

static const RnListChip chips[] = {
  [CHIP_ALL] = { "all", N_("All") },
  [CHIP_ACTIVE] = { "active", N_("Active") },
  [CHIP_PLANNED] = { "planned", N_("Planned") },
  [CHIP_OVERRUN] = { "overrun", N_("Overrunning") },
};

static void
collect (const RnFrame *frame, GPtrArray *rows)
{
  for (guint i = 0; i < frame->works->len; i++)
    if (rn_work_phase (frame->works->pdata[i], frame->at_us) != RN_WORK_ENDED)
      g_ptr_array_add (rows, frame->works->pdata[i]);
}

static const char *
get_key (gconstpointer row)
{
  return ((const RnWork *) row)->key;
}

static gboolean
matches_chip (const RnListContext *context, gconstpointer row, guint chip)
{
  const RnWork *work = row;

  switch (chip)
    {
    case CHIP_ACTIVE:
      return rn_work_phase (work, context->now_us) == RN_WORK_ACTIVE;
    case CHIP_PLANNED:
      return rn_work_phase (work, context->now_us) == RN_WORK_PLANNED;
    case CHIP_OVERRUN:
      return rn_work_overrun_us (work, context->now_us) > 0;
    case CHIP_ALL:
    default:
      return TRUE;
    }
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
  const RnWork *work = row;
  g_autofree char *place = rn_side_work_place (context->frame, work, TRUE);
  g_autoptr (GString) text = g_string_new (place);

  g_string_append_c (text, '\n');
  append_names (text, work->names);
  append_names (text, work->description);
  for (guint i = 0; work->roads != NULL && work->roads[i] != NULL; i++)
    g_string_append_printf (text, "%s\n", work->roads[i]);
  g_string_append_printf (text, "%s\n%s\n%s\n%s\n%s", work->id, rn_work_kind_title (work->kind),
                          work->permit != NULL ? work->permit : "",
                          work->owner != NULL ? work->owner : "",
                          work->reference != NULL ? work->reference : "");
  return g_utf8_casefold (text->str, -1);
}

static int
compare (gconstpointer a_row, gconstpointer b_row, gpointer data)
{
  const RnListContext *context = data;
  const RnWork *a = a_row, *b = b_row;
  gboolean a_active = rn_work_phase (a, context->now_us) == RN_WORK_ACTIVE;
  gboolean b_active = rn_work_phase (b, context->now_us) == RN_WORK_ACTIVE;
  gint64 a_over = rn_work_overrun_us (a, context->now_us);
  gint64 b_over = rn_work_overrun_us (b, context->now_us);
  gint64 a_next = a_active ? rn_side_work_end_us (a) : a->start_us;
  gint64 b_next = b_active ? rn_side_work_end_us (b) : b->start_us;

  if (a_active != b_active)
    return a_active ? -1 : 1;
  if (a_over != b_over)
    return a_over > b_over ? -1 : 1;
  if (a_next != b_next && (a_next == 0 || b_next == 0))
    return a_next == 0 ? 1 : -1;
  if (a_next != b_next)
    return a_next < b_next ? -1 : 1;
  return g_strcmp0 (a->key, b->key);
}

static int
compare_start (gconstpointer a_row, gconstpointer b_row, gpointer context)
{
  gint64 a = ((const RnWork *) a_row)->start_us, b = ((const RnWork *) b_row)->start_us;

  return a != b ? (a > b ? -1 : 1) : compare (a_row, b_row, context);
}

static int
compare_road (gconstpointer a_row, gconstpointer b_row, gpointer data)
{
  const RnNetwork *network = ((const RnListContext *) data)->frame->network;
  const RnWork *a = a_row, *b = b_row;
  guint32 a_section = a->n_sections > 0 ? a->sections[0] : RN_NONE;
  guint32 b_section = b->n_sections > 0 ? b->sections[0] : RN_NONE;
  int by_place = rn_side_compare_places (network, a_section, NAN, b_section, NAN);

  return by_place != 0 ? by_place : compare (a, b, data);
}

static const RnListOrder orders[] = {
  { "latest", N_("Latest start first"), compare_start },
  { "road", N_("By road"), compare_road },
};

/* The moment that counts: the end of what goes on, the start of what is planned. "~": nobody has
 * confirmed it, and it is not as permitted. */
static char *
dup_moment (const RnListContext *context, const RnWork *work, gboolean active)
{
  gint64 at_us = active ? rn_side_work_end_us (work) : work->start_us;
  gboolean sure = active ? work->end_verified || work->plan_end_us != 0
                         : work->start_verified || work->plan_start_us != 0;
  g_autofree char *moment = NULL, *text = NULL;

  if (at_us == 0)
    return g_strdup (RN_DASH);
  moment = rn_text_moment (at_us, context->now_us, context->timezone);
  text = g_strconcat (sure ? "" : "~", moment, NULL);
  return g_strdup_printf (active ? _("until %s") : _("from %s"), text);
}

static void
describe (const RnListContext *context, gconstpointer row, RnRowText *out)
{
  const RnWork *work = row;
  gboolean active = rn_work_phase (work, context->now_us) == RN_WORK_ACTIVE;
  gint64 over_us = rn_work_overrun_us (work, context->now_us);
  g_autofree char *lanes = rn_side_work_lanes (work);
  const char *name = rn_names_get (work->names, NULL);
  RnDataAge age = rn_side_feed_age (context->frame, work->source, RN_FEED_WORKS,
                                    work->observed_at_us, context->now_us);

  out->icon = "rn-works-symbolic";
  out->icon_class = active ? "works" : NULL;
  out->title = rn_side_work_place (context->frame, work, TRUE);
  out->second = g_strdup_printf ("%s%s%s", name != NULL ? name : rn_work_kind_title (work->kind),
                                 lanes != NULL ? " · " : "", lanes != NULL ? lanes : "");
  out->age = dup_moment (context, work, active);
  if (over_us >= 60 * RN_SECOND)
    {
      g_autofree char *over = rn_text_age (over_us);

      out->word = g_strdup_printf (_("%s over"), over);
      out->word_class = "warn";
      return;
    }
  out->word = g_strdup (active ? _("Active") : _("Planned"));
  if (age.quality > RN_QUALITY_LATE)
    out->word_class = rn_side_age_class (age);
}

static char *
dup_no_match (guint n_all)
{
  return g_strdup_printf (
      ngettext ("No works match (%u in all).", "No works match (%u in all).", n_all), n_all);
}

static char *
dup_none (void)
{
  return g_strdup (_("No works go on or are planned."));
}

const RnListKind rn_work_list = {
  .subject_kind = RN_SUBJECT_WORK,
  .feed = RN_FEED_WORKS,
  .chips = chips,
  .n_chips = G_N_ELEMENTS (chips),
  .name = N_("Works"),
  .collect = collect,
  .get_key = get_key,
  .matches_chip = matches_chip,
  .dup_haystack = dup_haystack,
  .compare = compare,
  .order_title = N_("By urgency"),
  .orders = orders,
  .n_orders = G_N_ELEMENTS (orders),
  .describe = describe,
  .dup_no_match = dup_no_match,
  .dup_none = dup_none,
};
