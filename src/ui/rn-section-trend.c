/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the history and draws its answer when it comes; until then what is drawn stays. Main
 * thread; holds the seat, the key of the section and the samples as drawn. */
#include "ui/rn-section-trend.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "chart/rn-sparkline.h"
#include "ui/rn-compat.h"

#define MINUTE_US (60 * RN_SECOND)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)
/* Values further apart than this many polls are not joined by a line. */
#define GAP_POLLS 3.5

/* How far back the trend can reach; means_us 0: each poll. */
static const struct {
  gint64 us, means_us;
  const char *label, *name, *title, *flow_title;
} spans[] = {
  { 3 * HOUR_US, 0, NC_ ("span", "3 h"), N_("Trend of 3 hours"), NULL, NULL },
  { DAY_US, 5 * MINUTE_US, NC_ ("span", "24 h"), N_("Trend of 24 hours"),
    N_("Speed, means of 5 min"), N_("Flow, means of 5 min") },
  { 7 * DAY_US, 30 * MINUTE_US, NC_ ("span", "7 d"), N_("Trend of 7 days"),
    N_("Speed, means of 30 min"), N_("Flow, means of 30 min") },
  { 30 * DAY_US, 2 * HOUR_US, NC_ ("span", "30 d"), N_("Trend of 30 days"),
    N_("Speed, means of 2 h"), N_("Flow, means of 2 h") },
};

struct _RnSectionTrend {
  GtkWidget parent_instance;
  GtkWidget *box, *title, *buttons, *chart, *limits;
  RnRule *rule;          /* whose limits are drawn; NULL none */
  RnSeat *seat;          /* NULL before the first section */
  char *key;             /* of the section */
  guint span;            /* index into spans */
  guint drawn_span;      /* that the samples are of */
  GArray *samples;       /* RnFrameSample, as drawn */
  GCancellable *loading; /* NULL: nothing is asked for */
  gint64 loaded_us;      /* the source's clock when it was last asked for */
};

G_DEFINE_FINAL_TYPE (RnSectionTrend, rn_section_trend, GTK_TYPE_WIDGET)

/* ---- limits -------------------------------------------------------------------------------- */

static gboolean
is_of_flow (RnSectionTrend *self)
{
  return self->rule != NULL
         && (self->rule->metric == RN_METRIC_FLOW_VPH
             || self->rule->metric == RN_METRIC_FLOW_VPH_LANE
             || self->rule->metric == RN_METRIC_SATURATION);
}

/* A limit of @metric as the speed or flow that it means here now; NaN when it means neither. */
static double
limit_here (const RnFrame *frame, guint32 i, RnMetric metric, double limit)
{
  double free_kmh = frame->free_speed_kmh[i], typical_kmh = frame->typical_speed_kmh[i];
  double length_km = (double) frame->network->length_m[i] / 1000;

  switch (metric)
    {
    case RN_METRIC_SPEED_KMH:
    case RN_METRIC_FLOW_VPH:
      return limit;
    case RN_METRIC_SPEED_RATIO:
      return limit * (double) frame->effective_speed_kmh[i];
    case RN_METRIC_TRAVEL_TIME_INDEX:
      return free_kmh / limit;
    case RN_METRIC_TYPICAL_TIME_RATIO:
      return typical_kmh / limit;
    case RN_METRIC_DELAY_S:
      return length_km / (limit / 3600 + length_km / typical_kmh);
    case RN_METRIC_FLOW_VPH_LANE:
      return frame->network->lanes[i] > 0 ? limit * frame->network->lanes[i] : NAN;
    case RN_METRIC_SATURATION:
      return limit * (double) frame->effective_capacity_vph[i];
    default:
      return NAN;
    }
}

static void
draw_limits (RnSectionTrend *self, const RnFrame *frame, guint32 section)
{
  g_autofree char *text = NULL;
  guint n = 0;

  rn_sparkline_clear_thresholds (RN_SPARKLINE (self->chart));
  for (int tier = 1; self->rule != NULL && tier < RN_N_TIERS; tier++)
    {
      const RnRuleTier *limits = &self->rule->tiers[tier];
      double limit =
          limits->on ? limit_here (frame, section, self->rule->metric, limits->enter) : NAN;
      g_autofree char *label = NULL;

      if (!isfinite (limit))
        continue;
      if (!is_of_flow (self))
        limit = rn_quantity_speed (limit).value;
      label =
          g_strdup_printf ("%s %s %.0f", rn_tier_word (tier), is_of_flow (self) ? ">" : "<", limit);
      rn_sparkline_add_threshold (RN_SPARKLINE (self->chart), limit, tier, label);
      n++;
    }
  gtk_widget_set_visible (self->limits, n > 0);
  if (n == 0)
    return;
  text = g_strdup_printf (_("Limits: rule “%s”, version %u"), rn_rule_title (self->rule),
                          self->rule->version);
  gtk_label_set_text (GTK_LABEL (self->limits), text);
}

void
rn_section_trend_set_rule (RnSectionTrend *self, const RnRule *rule)
{
  g_return_if_fail (RN_IS_SECTION_TREND (self));
  if (self->rule == rule)
    return;
  g_clear_pointer (&self->rule, rn_rule_unref);
  self->rule = rule != NULL ? rn_rule_ref ((RnRule *) rule) : NULL;
}

/* ---- drawing ------------------------------------------------------------------------------- */

static void
show_title (RnSectionTrend *self, gint64 now_us, GTimeZone *timezone)
{
  gboolean flow = is_of_flow (self);
  const char *unit = flow ? _("veh/h") : rn_quantity_speed (NAN).unit;
  const char *title = flow ? spans[self->drawn_span].flow_title : spans[self->drawn_span].title;
  g_autofree char *since = NULL;
  g_autofree char *text = NULL;

  if (self->samples->len > 0)
    since =
        rn_text_moment (g_array_index (self->samples, RnFrameSample, 0).at_us, now_us, timezone);
  if (title != NULL)
    text = g_strdup_printf ("%s (%s)", _ (title), unit);
  else if (since == NULL)
    text = g_strdup_printf (
        flow ? _("Flow since the start (%s)") : _("Speed since the start (%s)"), unit);
  else
    text =
        g_strdup_printf (flow ? _("Flow since %s (%s)") : _("Speed since %s (%s)"), since, unit);
  gtk_label_set_text (GTK_LABEL (self->title), text);
}

static gint64
find_gap_us (RnSectionTrend *self, const RnFrame *frame, guint32 section)
{
  const RnNetwork *network = frame->network;
  const RnFeedStatus *feed =
      rn_side_find_feed (frame, network->sources[network->source[section]], RN_FEED_FLOW);
  gint64 polls_us = feed != NULL ? (gint64) (GAP_POLLS * (double) feed->poll_us) : 0;

  return MAX (polls_us, spans[self->drawn_span].means_us * 3 / 2);
}

/* A mean stands in the middle of its time. */
static void
draw (RnSectionTrend *self, const RnFrame *frame, guint32 section)
{
  static const char *const dots[RN_N_STATES] = { "rn_no_data", "rn_state_1", "rn_state_2",
                                                 "rn_state_3", "rn_state_4", "rn_state_5" };
  RnSession *session = rn_seat_get_session (self->seat);
  gint64 now_us = rn_session_now_us (session);
  GTimeZone *timezone = rn_session_get_timezone (session);
  RnSparkline *chart = RN_SPARKLINE (self->chart);
  gboolean flow = is_of_flow (self);
  g_autofree RnSparklinePoint *points = g_new (RnSparklinePoint, MAX (self->samples->len, 1));

  for (guint i = 0; i < self->samples->len; i++)
    {
      const RnFrameSample *sample = &g_array_index (self->samples, RnFrameSample, i);

      points[i].at_us = sample->at_us;
      points[i].value =
          flow ? (double) sample->flow_vph : rn_quantity_speed (sample->speed_kmh).value;
      if (sample->span_us > 0)
        points[i].at_us = MAX (sample->at_us, MIN (sample->at_us + sample->span_us / 2, now_us));
    }
  rn_sparkline_set_span (chart,
                         spans[self->drawn_span].means_us > 0 ? spans[self->drawn_span].us : 0);
  rn_sparkline_set_subject (chart, flow ? _("Flow") : _("Speed"),
                            flow ? _("veh/h") : rn_quantity_speed (NAN).unit, 0);
  rn_sparkline_set_minimum_top (
      chart, flow ? (double) frame->network->capacity_vph[section]
                  : rn_quantity_speed (fmax (frame->free_speed_kmh[section], 80)).value);
  draw_limits (self, frame, section);
  rn_sparkline_set_dot_colour (chart, dots[frame->state[section]]);
  rn_sparkline_set_points (chart, points, self->samples->len, now_us,
                           find_gap_us (self, frame, section), timezone);
  show_title (self, now_us, timezone);
}

/* ---- loading ------------------------------------------------------------------------------- */

/* The index of the section that is shown; RN_NONE when the present frame does not have it. */
static guint32
find_section (RnSectionTrend *self)
{
  if (self->key == NULL)
    return RN_NONE;
  return rn_network_find_section_key (rn_seat_get_frame (self->seat)->network, self->key);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnSectionTrend) self = data;
  GArray *samples = rn_history_load_section_finish (RN_HISTORY (object), result, NULL);
  guint32 section;

  if (samples == NULL) /* cancelled: something else is asked for by now */
    return;
  g_clear_object (&self->loading);
  g_array_unref (self->samples);
  self->samples = samples;
  self->drawn_span = self->span;
  section = find_section (self);
  if (section != RN_NONE)
    draw (self, rn_seat_get_frame (self->seat), section);
}

static void
stop_loading (RnSectionTrend *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
load (RnSectionTrend *self, guint32 section)
{
  RnSession *session = rn_seat_get_session (self->seat);
  gint64 now_us = rn_session_now_us (session);

  stop_loading (self);
  self->loading = g_cancellable_new ();
  self->loaded_us = now_us;
  rn_history_load_section_async (rn_session_get_history (session),
                                 rn_seat_get_frame (self->seat)->network, section,
                                 now_us - spans[self->span].us, now_us, spans[self->span].means_us,
                                 self->loading, loaded_cb, g_object_ref (self));
}

/* Means change only so often. */
static gboolean
is_due (RnSectionTrend *self, gint64 now_us)
{
  gint64 means_us = spans[self->span].means_us;

  return means_us == 0 || now_us < self->loaded_us || now_us >= self->loaded_us + means_us / 2;
}

static void
span_toggled_cb (GtkToggleButton *button, RnSectionTrend *self)
{
  guint32 section = find_section (self);

  if (!gtk_toggle_button_get_active (button))
    return;
  self->span = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "rn-span"));
  if (section != RN_NONE)
    load (self, section);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_section_trend_dispose (GObject *object)
{
  RnSectionTrend *self = RN_SECTION_TREND (object);

  stop_loading (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->seat);
  G_OBJECT_CLASS (rn_section_trend_parent_class)->dispose (object);
}

static void
rn_section_trend_finalize (GObject *object)
{
  RnSectionTrend *self = RN_SECTION_TREND (object);

  g_free (self->key);
  g_array_unref (self->samples);
  g_clear_pointer (&self->rule, rn_rule_unref);
  G_OBJECT_CLASS (rn_section_trend_parent_class)->finalize (object);
}

static void
rn_section_trend_class_init (RnSectionTrendClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_section_trend_dispose;
  G_OBJECT_CLASS (class)->finalize = rn_section_trend_finalize;
  g_type_ensure (RN_TYPE_SPARKLINE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-section-trend.ui");
  gtk_widget_class_bind_template_child (widget_class, RnSectionTrend, box);
  gtk_widget_class_bind_template_child (widget_class, RnSectionTrend, title);
  gtk_widget_class_bind_template_child (widget_class, RnSectionTrend, buttons);
  gtk_widget_class_bind_template_child (widget_class, RnSectionTrend, chart);
  gtk_widget_class_bind_template_child (widget_class, RnSectionTrend, limits);
}

static void
add_buttons (RnSectionTrend *self)
{
  GtkWidget *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      GtkWidget *button =
          gtk_toggle_button_new_with_label (g_dpgettext2 (GETTEXT_PACKAGE, "span", spans[i].label));

      gtk_widget_add_css_class (button, "rn-small");
      gtk_widget_add_css_class (button, "rn-span");
      rn_compat_set_tooltip (button, _ (spans[i].name));
      g_object_set_data (G_OBJECT (button), "rn-span", GUINT_TO_POINTER (i));
      if (first == NULL)
        first = button;
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      g_signal_connect_object (button, "toggled", G_CALLBACK (span_toggled_cb), self, 0);
      gtk_box_append (GTK_BOX (self->buttons), button);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first), TRUE);
}

static void
rn_section_trend_init (RnSectionTrend *self)
{
  self->samples = g_array_new (FALSE, FALSE, sizeof (RnFrameSample));
  gtk_widget_init_template (GTK_WIDGET (self));
  add_buttons (self);
}

void
rn_section_trend_show (RnSectionTrend *self, const RnCardContext *context, guint32 section)
{
  RnHistory *history = rn_session_get_history (rn_seat_get_session (context->seat));
  gboolean other = g_strcmp0 (self->key, context->key) != 0;

  g_set_object (&self->seat, context->seat);
  if (other)
    {
      g_free (self->key);
      self->key = g_strdup (context->key);
      g_array_unref (self->samples);
      self->samples = rn_history_dup_recent (
          history, section, context->now_us - spans[self->span].us, spans[self->span].means_us);
      self->drawn_span = self->span;
    }
  draw (self, context->frame, section);
  if (other || is_due (self, context->now_us))
    load (self, section);
}
