/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bar with upturned ends and its length in words below. Main thread, owned by the map view. */
#include "map/rn-map-scale.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"

#define MAX_PX 112.0
#define TICK_PX 7.0f
#define LINE_PX 1.0f
#define GAP_PX 2
#define M_PER_MILE 1609.344
#define M_PER_YARD 0.9144

struct _RnMapScale {
  GtkWidget parent_instance;

  RnThemeId theme;
  double m_per_px;
  RnUnits units;
  double length_px; /* of the bar */
  PangoLayout *layout;
};

G_DEFINE_FINAL_TYPE (RnMapScale, rn_map_scale, GTK_TYPE_WIDGET)

static void
rn_map_scale_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnMapScale *self = RN_MAP_SCALE (widget);
  guint32 faint = rn_theme_get (self->theme)->surface.faint_fg;
  GdkRGBA colour = { (float) (faint >> 16 & 255) / 255.0f, (float) (faint >> 8 & 255) / 255.0f,
                     (float) (faint & 255) / 255.0f, 1 };
  float length = (float) round (self->length_px);

  if (self->length_px <= 0)
    return;
  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (0, 0, LINE_PX, TICK_PX));
  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT (0, TICK_PX, length + LINE_PX, LINE_PX));
  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (length, 0, LINE_PX, TICK_PX));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, TICK_PX + LINE_PX + GAP_PX));
  gtk_snapshot_append_layout (snapshot, self->layout, &colour);
}

static void
rn_map_scale_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  int text_width, text_height;

  pango_layout_get_pixel_size (RN_MAP_SCALE (widget)->layout, &text_width, &text_height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = (int) MAX_PX + 2;
  else
    *minimum = *natural = (int) (TICK_PX + LINE_PX) + GAP_PX + text_height;
}

static void
rn_map_scale_dispose (GObject *object)
{
  g_clear_object (&RN_MAP_SCALE (object)->layout);
  G_OBJECT_CLASS (rn_map_scale_parent_class)->dispose (object);
}

static void
rn_map_scale_class_init (RnMapScaleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_map_scale_dispose;
  widget_class->snapshot = rn_map_scale_snapshot;
  widget_class->measure = rn_map_scale_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rn_map_scale_init (RnMapScale *self)
{
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();

  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "");
  pango_attr_list_insert (list, pango_attr_size_new (9 * PANGO_SCALE));
  pango_layout_set_attributes (self->layout, list);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
rn_map_scale_new (void)
{
  return g_object_new (RN_TYPE_MAP_SCALE, NULL);
}

void
rn_map_scale_set_theme (RnMapScale *self, RnThemeId theme)
{
  self->theme = theme;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
rn_map_scale_round_m (double most_m)
{
  double power = pow (10, floor (log10 (most_m)));
  double rest = most_m / power;

  return power * (rest >= 5 ? 5 : rest >= 2 ? 2 : 1);
}

/* The length in words and, in @most_m, in metres. */
static char *
round_length (double *most_m)
{
  gboolean imperial = rn_text_get_units () == RN_UNITS_IMPERIAL;
  double m_per_long = imperial ? M_PER_MILE : 1000, m_per_short = imperial ? M_PER_YARD : 1;
  gboolean far = *most_m >= m_per_long;
  double m_per_unit = far ? m_per_long : m_per_short;
  double length = rn_map_scale_round_m (*most_m / m_per_unit);

  *most_m = length * m_per_unit;
  if (far)
    return rn_text_measure (length, 0, imperial ? _("mi") : _("km"));
  return rn_text_measure (length, 0, imperial ? _("yd") : _("m"));
}

void
rn_map_scale_set_m_per_px (RnMapScale *self, double m_per_px)
{
  double length_m;
  g_autofree char *text = NULL, *label = NULL;

  if (m_per_px == self->m_per_px && rn_text_get_units () == self->units)
    return;
  self->m_per_px = m_per_px;
  self->units = rn_text_get_units ();
  if (!(m_per_px > 0) || !isfinite (m_per_px))
    {
      self->length_px = 0;
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }
  length_m = MAX_PX * m_per_px;
  text = round_length (&length_m);
  self->length_px = length_m / m_per_px;
  if (!g_str_equal (text, pango_layout_get_text (self->layout)))
    {
      pango_layout_set_text (self->layout, text, -1);
      /* Translators: %s is a distance, such as "20 km" */
      label = g_strdup_printf (_("Scale bar, %s"), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
