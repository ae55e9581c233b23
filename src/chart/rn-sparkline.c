/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws with cairo into one node, since it changes only with new data, a new size or the pointer.
 * Where a point lies (x_of, y_of) and which one lies at x (nearest_point) are one object's job, so
 * that the tooltip can never tell another value than the line. Main thread; owns its points. */
#include "chart/rn-sparkline.h"

#include <math.h>
#include <string.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "chart/rn-chart-colour.h"

#define MAX_THRESHOLDS 4
#define MINUTE_US (60 * RN_SECOND)
#define DAY_US (24 * 60 * MINUTE_US)
#define MIN_SPAN_US (5 * MINUTE_US) /* a chart of a minute is not stretched over the whole width */
#define TOP_PX 6
#define AXIS_PX 18 /* height of the times */
#define FONT_PX 12

typedef struct {
  double value;
  int tier;
  char *label;
} Threshold;

struct _RnSparkline {
  GtkWidget parent_instance;
  char *title, *unit, *dot_colour;
  guint decimals;
  GArray *points; /* RnSparklinePoint */
  gint64 from_us, until_us, gap_us, span_us;
  GTimeZone *timezone;
  double minimum_top, top, step;
  Threshold thresholds[MAX_THRESHOLDS];
  guint n_thresholds;
  double pointer_x; /* < 0: not over it */
};

G_DEFINE_FINAL_TYPE (RnSparkline, rn_sparkline, GTK_TYPE_WIDGET)

typedef struct {
  double left, top, width, height;
} Plot;

/* ---- numbers ------------------------------------------------------------------------------- */

double
rn_sparkline_nice_step (double top, guint max_steps)
{
  static const double factors[] = { 1, 2, 4, 5, 10 };
  double raw = top / MAX (max_steps, 1), power;

  if (!(raw > 0) || !isfinite (raw))
    return 1;
  power = pow (10, floor (log10 (raw)));
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      gboolean odd = factors[i] == 4 && power < 10;

      if (!odd && factors[i] * power >= raw * (1 - 1e-9))
        return factors[i] * power;
    }
  return 10 * power;
}

gint64
rn_sparkline_time_step (gint64 span_us, guint max_steps)
{
  static const guint minutes[] = { 1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440 };

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    if (span_us / (minutes[i] * MINUTE_US) < MAX (max_steps, 1))
      return minutes[i] * MINUTE_US;
  return 1440 * MINUTE_US * (span_us / (1440 * MINUTE_US) / MAX (max_steps, 1) + 1);
}

static const RnSparklinePoint *
point (RnSparkline *self, guint i)
{
  return &g_array_index (self->points, RnSparklinePoint, i);
}

/* The last point with a value; NULL without one. */
static const RnSparklinePoint *
last_known (RnSparkline *self)
{
  for (guint i = self->points->len; i > 0; i--)
    if (isfinite (point (self, i - 1)->value))
      return point (self, i - 1);
  return NULL;
}

static gboolean
find_range (RnSparkline *self, double *min, double *max)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->points->len; i++)
    {
      double value = point (self, i)->value;

      if (!isfinite (value))
        continue;
      *min = any ? MIN (*min, value) : value;
      *max = any ? MAX (*max, value) : value;
      any = TRUE;
    }
  return any;
}

static void
update_scale (RnSparkline *self)
{
  double min = 0, max = 0, top;

  find_range (self, &min, &max);
  top = fmax (max, isfinite (self->minimum_top) ? self->minimum_top : 0);
  for (guint i = 0; i < self->n_thresholds; i++)
    top = fmax (top, self->thresholds[i].value);
  if (!(top > 0))
    top = 1;
  self->step = rn_sparkline_nice_step (top, 4);
  self->top = ceil (top / self->step - 1e-9) * self->step;
}

/* ---- words --------------------------------------------------------------------------------- */

static char *
dup_time (RnSparkline *self, gint64 at_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / RN_SECOND);
  g_autoptr (GDateTime) local = NULL;

  if (utc == NULL)
    return g_strdup (RN_DASH);
  local = self->timezone != NULL ? g_date_time_to_timezone (utc, self->timezone)
                                 : g_date_time_ref (utc);
  return g_date_time_format (local, "%H:%M");
}

/* With its date where times alone would be ambiguous. */
static char *
dup_moment (RnSparkline *self, gint64 at_us)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  GTimeZone *zone = self->timezone != NULL ? self->timezone : utc;

  if (self->span_us < DAY_US)
    return dup_time (self, at_us);
  return rn_text_moment (at_us, self->until_us, zone);
}

/* What stands under a tick: the date alone where ticks are whole days apart. */
static char *
dup_tick (RnSparkline *self, gint64 at_us, gint64 step_us)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  GTimeZone *zone = self->timezone != NULL ? self->timezone : utc;
  char *text, *space;

  if (step_us < DAY_US)
    return dup_time (self, at_us);
  text = rn_text_moment (at_us, self->until_us + 400 * DAY_US, zone); /* never "today" */
  space = strrchr (text, ' ');
  if (space != NULL)
    *space = '\0';
  return text;
}

static char *
dup_value (RnSparkline *self, double value)
{
  return rn_text_measure (value, (int) self->decimals, self->unit);
}

static void
update_label (RnSparkline *self)
{
  const RnSparklinePoint *last = last_known (self);
  const char *title = self->title != NULL ? self->title : "";
  g_autofree char *label = NULL;
  double min, max;

  if (last == NULL || !find_range (self, &min, &max))
    label = g_strdup_printf (_("%s: not known"), title);
  else
    {
      g_autofree char *value = dup_value (self, last->value);
      g_autofree char *low = dup_value (self, min);
      g_autofree char *high = dup_value (self, max);
      g_autofree char *from = dup_moment (self, point (self, 0)->at_us);
      g_autofree char *at = dup_moment (self, last->at_us);
      g_autofree char *age = rn_text_age (self->until_us - last->at_us);

      /* what it is, value, time, age; lowest, highest, since */
      label = g_strdup_printf (_("%s: %s at %s, %s old; between %s and %s since %s"), title, value,
                               at, age, low, high, from);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* ---- places -------------------------------------------------------------------------------- */

static PangoLayout *
create_text (RnSparkline *self, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static void
find_text_width (RnSparkline *self, const char *text, double *width)
{
  g_autoptr (PangoLayout) layout = create_text (self, text);
  int w;

  pango_layout_get_pixel_size (layout, &w, NULL);
  *width = fmax (*width, w);
}

static Plot
get_plot (RnSparkline *self)
{
  double labels = 0, marks = 4;
  g_autofree char *top = rn_text_measure (self->top, self->step < 1 ? 1 : 0, NULL);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  find_text_width (self, top, &labels);
  for (guint i = 0; i < self->n_thresholds; i++)
    {
      double text = 0;

      find_text_width (self, self->thresholds[i].label, &text);
      marks = fmax (marks, text + FONT_PX + 10);
    }
  return (Plot){ labels + 6, TOP_PX, fmax (1, width - labels - 6 - fmax (marks, 8)),
                 fmax (1, height - TOP_PX - AXIS_PX) };
}

static double
x_of (RnSparkline *self, const Plot *plot, gint64 at_us)
{
  double span = (double) (self->until_us - self->from_us);

  return span > 0 ? plot->left + plot->width * (double) (at_us - self->from_us) / span : plot->left;
}

static double
y_of (RnSparkline *self, const Plot *plot, double value)
{
  return plot->top + plot->height * (1 - CLAMP (value / self->top, 0, 1));
}

static const RnSparklinePoint *
nearest_point (RnSparkline *self, gint64 at_us)
{
  const RnSparklinePoint *best = NULL;
  guint low = 0, high = self->points->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (point (self, middle)->at_us < at_us)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < self->points->len)
    best = point (self, low);
  if (low > 0 && (best == NULL || at_us - point (self, low - 1)->at_us < best->at_us - at_us))
    best = point (self, low - 1);
  return best;
}

static gint64
time_at (RnSparkline *self, const Plot *plot, double x)
{
  double share = CLAMP ((x - plot->left) / plot->width, 0, 1);

  return self->from_us + (gint64) (share * (double) (self->until_us - self->from_us));
}

/* ---- drawing ------------------------------------------------------------------------------- */

static void
show_text (RnSparkline *self, cairo_t *cr, const char *text, double x, double y, double align)
{
  g_autoptr (PangoLayout) layout = create_text (self, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (cr, round (x - align * width), round (y - height / 2.0));
  pango_cairo_show_layout (cr, layout);
}

static void
draw_grid (RnSparkline *self, cairo_t *cr, const Plot *plot)
{
  GdkRGBA grid = rn_chart_colour (GTK_WIDGET (self), "rn_grid");
  GdkRGBA faint = rn_chart_colour (GTK_WIDGET (self), "rn_faint_fg");

  cairo_set_line_width (cr, 1);
  for (double value = 0; value <= self->top * (1 + 1e-9); value += self->step)
    {
      g_autofree char *text = rn_text_measure (value, self->step < 1 ? 1 : 0, NULL);
      double y = floor (y_of (self, plot, value)) + 0.5;

      rn_chart_set_source (cr, &grid, 1);
      cairo_move_to (cr, plot->left, y);
      cairo_line_to (cr, plot->left + plot->width, y);
      cairo_stroke (cr);
      rn_chart_set_source (cr, &faint, 1);
      show_text (self, cr, text, plot->left - 6, y, 1);
    }
}

static void
draw_times (RnSparkline *self, cairo_t *cr, const Plot *plot)
{
  GdkRGBA faint = rn_chart_colour (GTK_WIDGET (self), "rn_faint_fg");
  guint steps = (guint) CLAMP (plot->width / 60, 1, 12);
  gint64 step = rn_sparkline_time_step (self->until_us - self->from_us, steps);
  int interval = self->timezone == NULL
                     ? -1
                     : g_time_zone_find_interval (self->timezone, G_TIME_TYPE_UNIVERSAL,
                                                  self->from_us / RN_SECOND);
  gint64 shift = interval < 0 ? 0 : g_time_zone_get_offset (self->timezone, interval) * RN_SECOND;
  gint64 first = (self->from_us + shift + step - 1) / step * step - shift;
  double y = plot->top + plot->height + AXIS_PX / 2.0 + 1;

  rn_chart_set_source (cr, &faint, 1);
  for (gint64 at = first; at <= self->until_us; at += step)
    {
      g_autofree char *text = dup_tick (self, at, step);
      double x = x_of (self, plot, at), half = 0;

      find_text_width (self, text, &half);
      half /= 2;
      show_text (self, cr, text, CLAMP (x, half, MAX (half, plot->left + plot->width - half + 8)),
                 y, 0.5);
    }
}

static void
draw_thresholds (RnSparkline *self, cairo_t *cr, const Plot *plot)
{
  static const double dash[] = { 4, 3 };

  for (guint i = 0; i < self->n_thresholds; i++)
    {
      const Threshold *line = &self->thresholds[i];
      g_autofree char *name = g_strdup_printf ("rn_tier_%d", line->tier);
      GdkRGBA colour = rn_chart_colour (GTK_WIDGET (self), name);
      GdkRGBA text = rn_chart_colour (GTK_WIDGET (self), "window_fg_color");
      double y = floor (y_of (self, plot, line->value)) + 0.5;

      rn_chart_set_source (cr, &colour, 1);
      cairo_set_line_width (cr, 1.5);
      cairo_set_dash (cr, dash, 2, 0);
      cairo_move_to (cr, plot->left, y);
      cairo_line_to (cr, plot->left + plot->width, y);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
      rn_chart_set_source (cr, &text, 1);
      show_text (self, cr, line->label, plot->left + plot->width + FONT_PX + 8, y, 0);
    }
}

/* Whether the line goes from point i - 1 to i. */
static gboolean
joins (RnSparkline *self, guint i)
{
  return isfinite (point (self, i - 1)->value) && isfinite (point (self, i)->value)
         && (self->gap_us <= 0
             || point (self, i)->at_us - point (self, i - 1)->at_us <= self->gap_us);
}

/* One run of joined points: its area, then its line; a lone point is a dot. */
static void
draw_run (RnSparkline *self, cairo_t *cr, const Plot *plot, guint first, guint last)
{
  GdkRGBA line = rn_chart_colour (GTK_WIDGET (self), "window_fg_color");
  double base = plot->top + plot->height;

  cairo_new_path (cr); /* text leaves its point behind */
  rn_chart_set_source (cr, &line, first == last ? 1 : 0.08);
  if (first == last)
    {
      cairo_arc (cr, x_of (self, plot, point (self, first)->at_us),
                 y_of (self, plot, point (self, first)->value), 1.2, 0, 2 * G_PI);
      cairo_fill (cr);
      return;
    }
  for (guint i = first; i <= last; i++)
    cairo_line_to (cr, x_of (self, plot, point (self, i)->at_us),
                   y_of (self, plot, point (self, i)->value));
  cairo_path_t *path = cairo_copy_path (cr);
  cairo_line_to (cr, x_of (self, plot, point (self, last)->at_us), base);
  cairo_line_to (cr, x_of (self, plot, point (self, first)->at_us), base);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_append_path (cr, path);
  cairo_path_destroy (path);
  rn_chart_set_source (cr, &line, 1);
  cairo_set_line_width (cr, 1.8);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

static void
draw_values (RnSparkline *self, cairo_t *cr, const Plot *plot)
{
  guint first = 0;

  for (guint i = 0; i < self->points->len; i++)
    {
      gboolean ends = i + 1 == self->points->len || !joins (self, i + 1);

      if (ends && isfinite (point (self, i)->value))
        draw_run (self, cr, plot, first, i);
      if (ends)
        first = i + 1;
    }
}

static void
draw_dot (RnSparkline *self, cairo_t *cr, const Plot *plot, const RnSparklinePoint *at,
          const char *colour_name)
{
  GdkRGBA ring = rn_chart_colour (GTK_WIDGET (self), "window_fg_color");
  GdkRGBA fill = rn_chart_colour (GTK_WIDGET (self), colour_name);

  cairo_new_path (cr);
  cairo_arc (cr, x_of (self, plot, at->at_us), y_of (self, plot, at->value), 4, 0, 2 * G_PI);
  rn_chart_set_source (cr, &fill, 1);
  cairo_fill_preserve (cr);
  rn_chart_set_source (cr, &ring, 1);
  cairo_set_line_width (cr, 1.8);
  cairo_stroke (cr);
}

static void
draw_pointer (RnSparkline *self, cairo_t *cr, const Plot *plot)
{
  GdkRGBA faint = rn_chart_colour (GTK_WIDGET (self), "rn_faint_fg");
  const RnSparklinePoint *at;
  double x;

  if (self->pointer_x < 0)
    return;
  at = nearest_point (self, time_at (self, plot, self->pointer_x));
  if (at == NULL)
    return;
  x = floor (x_of (self, plot, at->at_us)) + 0.5;
  rn_chart_set_source (cr, &faint, 1);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, x, plot->top);
  cairo_line_to (cr, x, plot->top + plot->height);
  cairo_stroke (cr);
  if (isfinite (at->value))
    draw_dot (self, cr, plot, at, "window_fg_color");
}

static void
draw_nothing (RnSparkline *self, cairo_t *cr, const Plot *plot)
{
  GdkRGBA faint = rn_chart_colour (GTK_WIDGET (self), "rn_faint_fg");

  rn_chart_set_source (cr, &faint, 1);
  show_text (self, cr,
             self->span_us > 0 ? _("No values in this time") : _("No values since the start"),
             plot->left + plot->width / 2, plot->top + plot->height / 2, 0.5);
}

static void
rn_sparkline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnSparkline *self = RN_SPARKLINE (widget);
  graphene_rect_t area =
      GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  Plot plot = get_plot (self);
  const RnSparklinePoint *last = last_known (self);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);

  draw_grid (self, cr, &plot);
  draw_thresholds (self, cr, &plot);
  if (last == NULL)
    draw_nothing (self, cr, &plot);
  else
    {
      draw_times (self, cr, &plot);
      draw_values (self, cr, &plot);
      draw_pointer (self, cr, &plot);
      /* a value that is gone has no "now" */
      if (last == point (self, self->points->len - 1))
        draw_dot (self, cr, &plot, last,
                  self->dot_colour != NULL ? self->dot_colour : "window_fg_color");
    }
  cairo_destroy (cr);
}

static void
rn_sparkline_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  gboolean wide = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = wide ? 160 : 72;
  *natural = wide ? 360 : 144;
}

/* ---- pointer ------------------------------------------------------------------------------- */

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, gpointer data)
{
  RnSparkline *self = data;

  self->pointer_x = x;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (GtkEventControllerMotion *controller, gpointer data)
{
  RnSparkline *self = data;

  self->pointer_x = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
query_tooltip_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip,
                  gpointer data)
{
  RnSparkline *self = RN_SPARKLINE (widget);
  Plot plot = get_plot (self);
  g_autofree char *text =
      rn_sparkline_dup_text_at (self, keyboard ? self->until_us : time_at (self, &plot, x));

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

/* ---- life ---------------------------------------------------------------------------------- */

static void
rn_sparkline_finalize (GObject *object)
{
  RnSparkline *self = RN_SPARKLINE (object);

  rn_sparkline_clear_thresholds (self);
  g_free (self->title);
  g_free (self->unit);
  g_free (self->dot_colour);
  g_array_unref (self->points);
  g_clear_pointer (&self->timezone, g_time_zone_unref);
  G_OBJECT_CLASS (rn_sparkline_parent_class)->finalize (object);
}

static void
rn_sparkline_class_init (RnSparklineClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = rn_sparkline_finalize;
  widget_class->snapshot = rn_sparkline_snapshot;
  widget_class->measure = rn_sparkline_measure;
  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rn_sparkline_init (RnSparkline *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->points = g_array_new (FALSE, FALSE, sizeof (RnSparklinePoint));
  self->minimum_top = NAN;
  self->pointer_x = -1;
  update_scale (self);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

/* ---- API ----------------------------------------------------------------------------------- */

GtkWidget *
rn_sparkline_new (void)
{
  return g_object_new (RN_TYPE_SPARKLINE, NULL);
}

void
rn_sparkline_set_subject (RnSparkline *self, const char *title, const char *unit, guint decimals)
{
  g_return_if_fail (RN_IS_SPARKLINE (self));
  g_free (self->title);
  g_free (self->unit);
  self->title = g_strdup (title);
  self->unit = g_strdup (unit);
  self->decimals = decimals;
  update_label (self);
}

void
rn_sparkline_set_points (RnSparkline *self, const RnSparklinePoint *points, guint n,
                         gint64 until_us, gint64 gap_us, GTimeZone *timezone)
{
  g_return_if_fail (RN_IS_SPARKLINE (self));
  g_array_set_size (self->points, 0);
  if (n > 0)
    g_array_append_vals (self->points, points, n);
  if (timezone != NULL)
    g_time_zone_ref (timezone);
  g_clear_pointer (&self->timezone, g_time_zone_unref);
  self->timezone = timezone;
  self->gap_us = gap_us;
  self->until_us = n > 0 ? MAX (until_us, points[n - 1].at_us) : until_us;
  self->from_us = n > 0 ? points[0].at_us : until_us;
  self->from_us = MIN (self->from_us, self->until_us - MIN_SPAN_US);
  if (self->span_us > 0)
    self->from_us = self->until_us - self->span_us;
  update_scale (self);
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rn_sparkline_set_span (RnSparkline *self, gint64 span_us)
{
  g_return_if_fail (RN_IS_SPARKLINE (self) && span_us >= 0);
  self->span_us = span_us;
}

void
rn_sparkline_set_minimum_top (RnSparkline *self, double maximum)
{
  g_return_if_fail (RN_IS_SPARKLINE (self));
  self->minimum_top = maximum;
  update_scale (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rn_sparkline_set_dot_colour (RnSparkline *self, const char *name)
{
  g_return_if_fail (RN_IS_SPARKLINE (self));
  if (g_strcmp0 (self->dot_colour, name) == 0)
    return;
  g_free (self->dot_colour);
  self->dot_colour = g_strdup (name);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rn_sparkline_add_threshold (RnSparkline *self, double value, int tier, const char *label)
{
  g_return_if_fail (RN_IS_SPARKLINE (self));
  g_return_if_fail (self->n_thresholds < MAX_THRESHOLDS && tier >= 1 && tier <= 4);
  self->thresholds[self->n_thresholds++] =
      (Threshold){ .value = value, .tier = tier, .label = g_strdup (label) };
  update_scale (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rn_sparkline_clear_thresholds (RnSparkline *self)
{
  for (guint i = 0; i < self->n_thresholds; i++)
    g_free (self->thresholds[i].label);
  self->n_thresholds = 0;
  update_scale (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

char *
rn_sparkline_dup_text_at (RnSparkline *self, gint64 at_us)
{
  const RnSparklinePoint *at;
  g_autofree char *time = NULL;
  g_autofree char *value = NULL;

  g_return_val_if_fail (RN_IS_SPARKLINE (self), NULL);
  at = nearest_point (self, at_us);
  if (at == NULL)
    return NULL;
  time = dup_moment (self, at->at_us);
  value = dup_value (self, at->value);
  return g_strdup_printf ("%s  %s", time, value);
}
