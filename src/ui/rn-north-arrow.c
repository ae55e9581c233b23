/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The half to the north is full, the other is drawn faintly, in the button's colour. Main
 * thread. */
#include "ui/rn-north-arrow.h"

#include "ui/rn-compat.h"

#define SIZE_PX 16
#define HALF_WIDTH_PX 4.0
#define SOUTH_ALPHA 0.4

struct _RnNorthArrow {
  GtkWidget parent_instance;
  double degrees;
};

G_DEFINE_FINAL_TYPE (RnNorthArrow, rn_north_arrow, GTK_TYPE_WIDGET)

static void
half (cairo_t *cr, const GdkRGBA *colour, double tip, double alpha)
{
  cairo_move_to (cr, 0, tip);
  cairo_line_to (cr, HALF_WIDTH_PX, 0);
  cairo_line_to (cr, -HALF_WIDTH_PX, 0);
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha * alpha);
  cairo_fill (cr);
}

static void
rn_north_arrow_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  GdkRGBA colour;

  rn_compat_get_colour (widget, &colour);
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_rotate (cr, RN_NORTH_ARROW (widget)->degrees * G_PI / 180.0);
  half (cr, &colour, -SIZE_PX / 2.0, 1);
  half (cr, &colour, SIZE_PX / 2.0, SOUTH_ALPHA);
  cairo_destroy (cr);
}

static void
rn_north_arrow_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIZE_PX;
}

static void
rn_north_arrow_class_init (RnNorthArrowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->snapshot = rn_north_arrow_snapshot;
  widget_class->measure = rn_north_arrow_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
rn_north_arrow_init (RnNorthArrow *self)
{
}

void
rn_north_arrow_set_rotation (RnNorthArrow *self, double degrees)
{
  g_return_if_fail (RN_IS_NORTH_ARROW (self));
  self->degrees = degrees;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
