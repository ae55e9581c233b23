/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body is drawn by carto, which also draws it on the map; the number is set here, 11 px bold,
 * centred below the band. Follows the theme. Main thread. */
#include "ui/rn-shield-label.h"

#include <math.h>

#include "carto/rn-symbols.h"
#include "ui/rn-compat.h"
#include "ui/rn-style.h"

#define HEIGHT_PX 18
#define BAND_SHARE (4.4 / 17.0)
#define PADDING_PX 5
#define MIN_WIDTH_PX 27

struct _RnShieldLabel {
  GtkWidget parent_instance;
  char *ref;
  RnShield shield;
};

G_DEFINE_FINAL_TYPE (RnShieldLabel, rn_shield_label, GTK_TYPE_WIDGET)

static PangoLayout *
create_layout (RnShieldLabel *self)
{
  return gtk_widget_create_pango_layout (GTK_WIDGET (self), self->ref != NULL ? self->ref : "");
}

static void
rn_shield_label_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  g_autoptr (PangoLayout) layout = create_layout (RN_SHIELD_LABEL (widget));
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                            ? MAX (width + 2 * PADDING_PX, MIN_WIDTH_PX)
                            : HEIGHT_PX;
}

static void
rn_shield_label_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnShieldLabel *self = RN_SHIELD_LABEL (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  gboolean plain = self->shield == RN_SHIELD_OTHER;
  double band = plain ? 0 : height * BAND_SHARE;
  g_autoptr (PangoLayout) layout = create_layout (self);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  GdkRGBA colour;
  int text_width, text_height;

  rn_symbol_draw_shield (cr, rn_style_get_theme (rn_style_get_default ()), self->shield, width,
                         height);
  rn_compat_get_colour (widget, &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  cairo_move_to (cr, round ((width - text_width) / 2),
                 round (band + (height - band - text_height) / 2));
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
}

static void
rn_shield_label_finalize (GObject *object)
{
  g_free (RN_SHIELD_LABEL (object)->ref);
  G_OBJECT_CLASS (rn_shield_label_parent_class)->finalize (object);
}

static void
rn_shield_label_class_init (RnShieldLabelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = rn_shield_label_finalize;
  widget_class->measure = rn_shield_label_measure;
  widget_class->snapshot = rn_shield_label_snapshot;
  gtk_widget_class_set_css_name (widget_class, "shield");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rn_shield_label_init (RnShieldLabel *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
rn_shield_label_new (void)
{
  return g_object_new (RN_TYPE_SHIELD_LABEL, NULL);
}

void
rn_shield_label_set_road (RnShieldLabel *self, const char *ref, RnShield shield)
{
  g_return_if_fail (RN_IS_SHIELD_LABEL (self));
  if (g_strcmp0 (self->ref, ref) == 0 && self->shield == shield)
    return;
  g_free (self->ref);
  self->ref = g_strdup (ref);
  self->shield = shield;
  gtk_widget_set_visible (GTK_WIDGET (self), ref != NULL && *ref != '\0');
  if (shield == RN_SHIELD_OTHER)
    gtk_widget_add_css_class (GTK_WIDGET (self), "plain");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "plain");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  ref != NULL ? ref : "", -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
