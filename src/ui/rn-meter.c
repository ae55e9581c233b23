/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawn: trough, bar, dotted tick. The trough is the colour rn_raised, the bar the text colour of
 * the node. Main thread. */
#include "ui/rn-meter.h"

#include <math.h>

#include "ui/rn-compat.h"

#define HEIGHT_PX 12
#define RADIUS_PX 3

struct _RnMeter {
  GtkWidget parent_instance;
  double share, tick;
  const char *css_class; /* interned */
};

G_DEFINE_FINAL_TYPE (RnMeter, rn_meter, GTK_TYPE_WIDGET)

static void
rn_meter_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                  int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 40 : HEIGHT_PX;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : HEIGHT_PX;
}

static void
append_tick (GtkSnapshot *snapshot, GtkWidget *widget, double x, double height)
{
  GdkRGBA colour;

  rn_compat_lookup_colour (widget, "window_fg_color", &colour);
  for (double y = 0; y < height; y += 3)
    gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (x - 0.75, y, 1.5, 1.5));
}

static void
rn_meter_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnMeter *self = RN_METER (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double bar = isfinite (self->share) ? CLAMP (self->share, 0, 1) * width : 0;
  GskRoundedRect outline;
  GdkRGBA trough, fill;

  rn_compat_lookup_colour (widget, "rn_raised", &trough);
  rn_compat_get_colour (widget, &fill);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height), RADIUS_PX);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &trough, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  if (bar > 0)
    {
      gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, fmax (bar, 2), height),
                                       RADIUS_PX);
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, &fill, &outline.bounds);
      gtk_snapshot_pop (snapshot);
    }
  if (isfinite (self->tick))
    append_tick (snapshot, widget, CLAMP (self->tick, 0, 1) * width, height);
}

static void
rn_meter_class_init (RnMeterClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->measure = rn_meter_measure;
  widget_class->snapshot = rn_meter_snapshot;
  gtk_widget_class_set_css_name (widget_class, "meterbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
rn_meter_init (RnMeter *self)
{
  self->share = NAN;
  self->tick = NAN;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
rn_meter_new (void)
{
  return g_object_new (RN_TYPE_METER, NULL);
}

void
rn_meter_set (RnMeter *self, double share, double tick, const char *label)
{
  g_return_if_fail (RN_IS_METER (self));
  self->share = share;
  self->tick = tick;
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label != NULL ? label : "",
      GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0,
      GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, isfinite (share) ? share : 0.0, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rn_meter_set_class (RnMeter *self, const char *css_class)
{
  g_return_if_fail (RN_IS_METER (self));
  if (self->css_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->css_class);
  self->css_class = g_intern_string (css_class);
  if (self->css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), self->css_class);
}
