/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made anew with each frame; the overrun also each second. Main thread. */
#include "ui/rn-card-work.h"

#include <string.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-lane-boxes.h"

#define LANES_A_ROW 4
/* A longer description begins with so many lines of it. */
#define LONG_CHARS 320
#define FIRST_LINES 5

struct _RnCardWork {
  RnCardBody parent_instance;
  GtkWidget *box, *overrun, *description, *more, *lanes, *pairs;
  char *shown_key; /* of the work whose description is shown */
  char *text;      /* the description; NULL none */
};

G_DEFINE_FINAL_TYPE (RnCardWork, rn_card_work, RN_TYPE_CARD_BODY)

static void
fill_head (const RnCardContext *context, const RnWork *work, RnCardHead *head)
{
  static const char *const phases[] = { [RN_WORK_PLANNED] = N_("Planned"),
                                        [RN_WORK_ACTIVE] = N_("Active"),
                                        [RN_WORK_ENDED] = N_("Ended") };
  RnWorkPhase phase = rn_work_phase (work, context->now_us);
  const char *ref = rn_side_work_road (context->frame, work, &head->shield);
  const char *name = rn_names_get (work->names, NULL);

  head->icon = "rn-works-symbolic";
  head->icon_class = phase == RN_WORK_ACTIVE ? "works" : NULL;
  head->road = g_strdup (ref);
  head->title = g_strdup (name != NULL ? name : rn_work_kind_title (work->kind));
  head->second = rn_side_work_place (context->frame, work, FALSE);
  head->badge = g_strdup (_ (phases[phase]));
  head->age = rn_side_feed_age (context->frame, work->source, RN_FEED_WORKS, work->observed_at_us,
                                context->now_us);
  if (phase == RN_WORK_ENDED)
    head->ended_us = work->end_us;
}

static void
show_overrun (RnCardWork *self, const RnCardContext *context, const RnWork *work)
{
  gint64 over_us = rn_work_overrun_us (work, context->now_us);
  g_autofree char *age = rn_text_age (over_us);
  g_autofree char *text = g_strdup_printf (_("Overrunning: %s past its end"), age);

  gtk_label_set_text (GTK_LABEL (self->overrun), text);
  gtk_widget_set_visible (self->overrun, over_us >= 60 * RN_SECOND);
}

/* ---- lanes --------------------------------------------------------------------------------- */

/* What is no lane to drive on; NULL for those. */
static const char *
other_title (const char *type)
{
  static const struct {
    const char *type, *title;
  } others[] = {
    { "exit-lane", NC_ ("lane", "Exit lane") },
    { "exit-ramp", NC_ ("lane", "Exit ramp") },
    { "entrance-lane", NC_ ("lane", "Entry lane") },
    { "entrance-ramp", NC_ ("lane", "Entry ramp") },
    { "sidewalk", NC_ ("lane", "Footway") },
    { "bike-lane", NC_ ("lane", "Cycle lane") },
    { "parking", NC_ ("lane", "Parking") },
    { "median", NC_ ("lane", "Median") },
    { "two-way-center-turn-lane", NC_ ("lane", "Turning lane") },
    { "center-left-turn-lane", NC_ ("lane", "Turning lane") },
    { "right-turning-lane", NC_ ("lane", "Turning lane") },
    { "left-turning-lane", NC_ ("lane", "Turning lane") },
    { "right-merging-lane", NC_ ("lane", "Merging lane") },
    { "left-merging-lane", NC_ ("lane", "Merging lane") },
  };

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (others[i].type, type))
      return g_dpgettext2 (GETTEXT_PACKAGE, "lane", others[i].title);
  return NULL;
}

/* The number of a lane on the road: shoulders and ramps left of it are counted in its order. */
static int
lane_number (const RnWork *work, const RnWorkLane *lane)
{
  int number = lane->order;

  for (guint i = 0; i < work->n_lanes; i++)
    if (work->lanes[i].order < lane->order
        && (g_strcmp0 (work->lanes[i].type, "shoulder") == 0
            || other_title (work->lanes[i].type) != NULL))
      number--;
  return MAX (number, 1);
}

static GtkWidget *
create_lane (const RnWork *work, const RnWorkLane *lane)
{
  static const RnLaneBoxState states[] = { [RN_WORK_LANE_OPEN] = RN_LANE_BOX_OPEN,
                                           [RN_WORK_LANE_CLOSED] = RN_LANE_BOX_CLOSED,
                                           [RN_WORK_LANE_OTHER] = RN_LANE_BOX_AFFECTED };
  const char *title = other_title (lane->type);

  if (title != NULL)
    return rn_lane_box_new_titled (title, states[lane->state]);
  return rn_lane_box_new (g_strcmp0 (lane->type, "shoulder") == 0 ? 0 : lane_number (work, lane),
                          states[lane->state]);
}

static void
show_lanes (RnCardWork *self, const RnWork *work)
{
  guint n_rows = (work->n_lanes + LANES_A_ROW - 1) / LANES_A_ROW;
  guint a_row = n_rows > 0 ? (work->n_lanes + n_rows - 1) / n_rows : 0;
  GtkWidget *row = NULL;

  rn_card_clear (self->lanes);
  gtk_widget_set_visible (self->lanes, work->n_lanes > 0);
  for (guint i = 0; i < work->n_lanes; i++)
    {
      if (i % a_row == 0)
        {
          row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
          gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
          gtk_box_append (GTK_BOX (self->lanes), row);
        }
      gtk_box_append (GTK_BOX (row), create_lane (work, &work->lanes[i]));
    }
}

/* ---- pairs --------------------------------------------------------------------------------- */

static void
add_pair (RnCardWork *self, const char *what, const char *value)
{
  gtk_box_append (GTK_BOX (self->pairs), rn_card_pair (what, value));
}

static void
add_known (RnCardWork *self, const char *what, const char *value)
{
  if (value != NULL)
    add_pair (self, what, value);
}

/* On the source's wall clocks; 0 when out of range. */
static int
year_of (const RnCardContext *context, gint64 at_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / RN_SECOND);
  g_autoptr (GDateTime) at = utc != NULL && context->timezone != NULL
                                 ? g_date_time_to_timezone (utc, context->timezone)
                                 : NULL;

  return at != NULL ? g_date_time_get_year (at) : 0;
}

/* "14 Feb 17:08 (2020)": works last for years, so another year is told. "–" for 0. */
static char *
dup_moment (const RnCardContext *context, gint64 at_us)
{
  int year = year_of (context, at_us);
  char *moment = rn_card_moment (context, at_us);

  if (at_us == 0 || year == 0 || year == year_of (context, context->now_us))
    return moment;

  g_autofree char *yearless = moment;
  return g_strdup_printf ("%s (%d)", yearless, year);
}

/* "08:00 – 17:00" */
static char *
dup_span (const RnCardContext *context, gint64 from_us, gint64 to_us)
{
  g_autofree char *from = dup_moment (context, from_us);
  g_autofree char *to = dup_moment (context, to_us);

  return g_strdup_printf ("%s – %s", from, to);
}

/* "08:00 · verified" */
static void
add_time (RnCardWork *self, const RnCardContext *context, const char *what, gint64 at_us,
          gboolean verified)
{
  g_autofree char *moment = dup_moment (context, at_us);
  g_autofree char *text =
      at_us == 0 ? NULL
                 : g_strdup_printf ("%s · %s", moment,
                                    verified ? C_ ("time", "verified") : C_ ("time", "estimated"));

  add_pair (self, what, text);
}

static void
add_times (RnCardWork *self, const RnCardContext *context, const RnWork *work)
{
  g_autofree char *permitted = dup_span (context, work->plan_start_us, work->plan_end_us);

  if (work->plan_start_us != 0 || work->plan_end_us != 0)
    add_pair (self, _("Permitted"), permitted);
  add_time (self, context, _("Begins"), work->start_us, work->start_verified);
  add_time (self, context, _("Ends"), work->end_us, work->end_verified);
}

static void
add_workers (RnCardWork *self, const RnCardContext *context, const RnWork *work)
{
  const char *word = work->workers < 0 ? NULL : work->workers == 0 ? _("absent") : _("present");
  g_autofree char *moment = rn_card_moment (context, work->workers_at_us);
  g_autofree char *text = word != NULL && work->workers_at_us != 0
                              ? g_strdup_printf (_("%s, confirmed %s"), word, moment)
                              : g_strdup (word);

  add_pair (self, _("Workers"), text);
}

static void
add_restrictions (RnCardWork *self, const RnWork *work)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < work->n_restrictions; i++)
    {
      g_autofree char *title = rn_work_restriction_title (&work->restrictions[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", title);
    }
  if (text->len > 0)
    add_pair (self, _("Restrictions"), text->str);
}

/* Roads besides the one in the head, and streets besides the posts there. */
static void
add_place (RnCardWork *self, const RnWork *work)
{
  g_autofree char *roads = work->roads != NULL && work->roads[0] != NULL && work->roads[1] != NULL
                               ? g_strjoinv (", ", work->roads)
                               : NULL;
  g_autofree char *between = work->from_place != NULL && work->to_place != NULL
                                 ? g_strdup_printf ("%s – %s", work->from_place, work->to_place)
                                 : NULL;

  add_known (self, _("Roads"), roads);
  add_known (self, _("Between"), between);
}

static void
show_pairs (RnCardWork *self, const RnCardContext *context, const RnWork *work)
{
  g_autofree char *limit = rn_text_speed (work->limit_kmh);
  g_autofree char *capacity = rn_text_measure (rn_work_capacity_factor (work) * 100, 0, "%");
  g_autofree char *updated = work->updated_us != 0 ? dup_moment (context, work->updated_us) : NULL;

  rn_card_clear (self->pairs);
  add_times (self, context, work);
  add_pair (self, _("Effect"),
            work->impact != RN_IMPACT_UNKNOWN ? rn_work_impact_title (work->impact) : NULL);
  if (work->kind != RN_WORK_DETOUR)
    add_pair (self, _("Capacity left"), capacity);
  add_pair (self, _("Speed limit"), limit);
  add_restrictions (self, work);
  add_workers (self, context, work);
  add_place (self, work);
  add_pair (self, _("Carried out by"), work->owner);
  add_known (self, _("Permit"), work->permit);
  add_known (self, _("Reference"), work->reference);
  add_known (self, _("Last change"), updated);
  add_pair (self, _("Source"), work->source);
}

/* ---- description --------------------------------------------------------------------------- */

/* The beginning is shown as one paragraph: lines are counted by paragraph. */
static void
more_toggled_cb (RnCardWork *self)
{
  gboolean all = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->more));
  GtkLabel *label = GTK_LABEL (self->description);
  g_autofree char *text = g_strdup (self->text != NULL ? self->text : "");

  if (!all)
    g_strdelimit (text, "\n", ' ');
  gtk_label_set_lines (label, all ? -1 : FIRST_LINES);
  gtk_label_set_ellipsize (label, all ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_text (label, text);
}

/* A long text is shown whole when asked for, as long as the card is about the same work. */
static void
show_description (RnCardWork *self, const RnWork *work)
{
  const char *text = rn_names_get (work->description, NULL);
  gboolean is_long =
      text != NULL && (g_utf8_strlen (text, -1) > LONG_CHARS || strchr (text, '\n') != NULL);

  g_free (self->text);
  self->text = g_strdup (text);
  if (g_strcmp0 (self->shown_key, work->key) != 0)
    {
      g_free (self->shown_key);
      self->shown_key = g_strdup (work->key);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->more), !is_long);
    }
  more_toggled_cb (self);
  gtk_widget_set_visible (self->description, text != NULL);
  gtk_widget_set_visible (self->more, is_long);
}

static gboolean
rn_card_work_show (RnCardBody *body, const RnCardContext *context, RnCardHead *head)
{
  RnCardWork *self = RN_CARD_WORK (body);
  const RnWork *work = rn_frame_find_work (context->frame, context->key);

  if (work == NULL)
    return FALSE;
  fill_head (context, work, head);
  show_overrun (self, context, work);
  if (!context->fresh)
    return TRUE;
  show_description (self, work);
  show_lanes (self, work);
  show_pairs (self, context, work);
  return TRUE;
}

static void
rn_card_work_finalize (GObject *object)
{
  g_free (RN_CARD_WORK (object)->shown_key);
  g_free (RN_CARD_WORK (object)->text);
  G_OBJECT_CLASS (rn_card_work_parent_class)->finalize (object);
}

static void
rn_card_work_class_init (RnCardWorkClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = rn_card_work_finalize;
  RN_CARD_BODY_CLASS (class)->show = rn_card_work_show;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-card-work.ui");
  gtk_widget_class_bind_template_child (widget_class, RnCardWork, box);
  gtk_widget_class_bind_template_child (widget_class, RnCardWork, overrun);
  gtk_widget_class_bind_template_child (widget_class, RnCardWork, description);
  gtk_widget_class_bind_template_child (widget_class, RnCardWork, more);
  gtk_widget_class_bind_template_callback (widget_class, more_toggled_cb);
  gtk_widget_class_bind_template_child (widget_class, RnCardWork, lanes);
  gtk_widget_class_bind_template_child (widget_class, RnCardWork, pairs);
}

static void
rn_card_work_init (RnCardWork *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
