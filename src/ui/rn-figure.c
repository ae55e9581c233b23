/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads as one thing to a screen reader: "Speed 17 km/h". Main thread. */
#include "ui/rn-figure.h"

#include <math.h>

#include "base/rn-text.h"

struct _RnFigure {
  GtkWidget parent_instance;
  GtkWidget *label, *row, *value, *unit, *note;
  const char *css_class; /* interned; NULL none */
};

G_DEFINE_FINAL_TYPE (RnFigure, rn_figure, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_LABEL, PROP_UNIT, PROP_NOTE, PROP_LARGE, N_PROPS };

static GParamSpec *properties[N_PROPS];

static void
update_name (RnFigure *self)
{
  const char *unit =
      gtk_widget_get_visible (self->unit) ? gtk_label_get_text (GTK_LABEL (self->unit)) : "";
  g_autofree char *name = g_strdup_printf ("%s %s %s", gtk_label_get_text (GTK_LABEL (self->label)),
                                           gtk_label_get_text (GTK_LABEL (self->value)), unit);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  g_strstrip (name), -1);
}

static void
rn_figure_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RnFigure *self = RN_FIGURE (object);

  switch (id)
    {
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->label)));
      break;
    case PROP_UNIT:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->unit)));
      break;
    case PROP_NOTE:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->note)));
      break;
    case PROP_LARGE:
      g_value_set_boolean (value, gtk_widget_has_css_class (self->value, "large"));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rn_figure_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RnFigure *self = RN_FIGURE (object);

  switch (id)
    {
    case PROP_LABEL:
      rn_figure_set_label (self, g_value_get_string (value));
      break;
    case PROP_UNIT:
      rn_figure_set_unit (self, g_value_get_string (value));
      break;
    case PROP_NOTE:
      rn_figure_set_note (self, g_value_get_string (value));
      break;
    case PROP_LARGE:
      if (g_value_get_boolean (value))
        gtk_widget_add_css_class (self->value, "large");
      else
        gtk_widget_remove_css_class (self->value, "large");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rn_figure_dispose (GObject *object)
{
  RnFigure *self = RN_FIGURE (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->row, gtk_widget_unparent);
  g_clear_pointer (&self->note, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_figure_parent_class)->dispose (object);
}

static void
rn_figure_class_init (RnFigureClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rn_figure_get_property;
  object_class->set_property = rn_figure_set_property;
  object_class->dispose = rn_figure_dispose;
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_UNIT] = g_param_spec_string ("unit", NULL, NULL, NULL, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  properties[PROP_LARGE] = g_param_spec_boolean ("large", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
rn_figure_init (RnFigure *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (widget);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->label = add_label ("rn-label");
  self->value = add_label ("rn-figure");
  self->unit = add_label ("rn-unit");
  self->note = add_label ("rn-note");
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (self->note), PANGO_ELLIPSIZE_END);
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_widget_set_valign (self->value, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (self->unit, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (self->row), self->value);
  gtk_box_append (GTK_BOX (self->row), self->unit);
  gtk_widget_set_parent (self->label, widget);
  gtk_widget_set_parent (self->row, widget);
  gtk_widget_set_parent (self->note, widget);
  gtk_widget_set_visible (self->note, FALSE);
  rn_figure_set_text (self, NULL);
}

GtkWidget *
rn_figure_new (const char *label, const char *unit)
{
  return g_object_new (RN_TYPE_FIGURE, "label", label, "unit", unit, NULL);
}

void
rn_figure_set_text (RnFigure *self, const char *text)
{
  gboolean known = text != NULL && *text != '\0' && !g_str_equal (text, RN_DASH);
  const char *unit;

  g_return_if_fail (RN_IS_FIGURE (self));
  unit = gtk_label_get_text (GTK_LABEL (self->unit));
  gtk_label_set_text (GTK_LABEL (self->value), known ? text : RN_DASH);
  gtk_widget_set_visible (self->unit, known && *unit != '\0');
  update_name (self);
}

void
rn_figure_set_value (RnFigure *self, double value, int decimals)
{
  g_autofree char *text = isfinite (value) ? rn_text_measure (value, decimals, NULL) : NULL;

  rn_figure_set_text (self, text);
}

void
rn_figure_set_quantity (RnFigure *self, RnQuantity quantity)
{
  rn_figure_set_unit (self, quantity.unit);
  rn_figure_set_value (self, quantity.value, quantity.decimals);
}

void
rn_figure_set_label (RnFigure *self, const char *label)
{
  g_return_if_fail (RN_IS_FIGURE (self));
  gtk_label_set_text (GTK_LABEL (self->label), label != NULL ? label : "");
  gtk_widget_set_tooltip_text (self->label, label);
  update_name (self);
}

void
rn_figure_set_unit (RnFigure *self, const char *unit)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RN_IS_FIGURE (self));
  gtk_label_set_text (GTK_LABEL (self->unit), unit != NULL ? unit : "");
  text = g_strdup (gtk_label_get_text (GTK_LABEL (self->value)));
  rn_figure_set_text (self, text);
}

void
rn_figure_set_note (RnFigure *self, const char *note)
{
  g_return_if_fail (RN_IS_FIGURE (self));
  gtk_label_set_text (GTK_LABEL (self->note), note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL && *note != '\0');
}

void
rn_figure_set_class (RnFigure *self, const char *css_class)
{
  g_return_if_fail (RN_IS_FIGURE (self));
  if (self->css_class != NULL)
    gtk_widget_remove_css_class (self->value, self->css_class);
  self->css_class = g_intern_string (css_class);
  if (self->css_class != NULL)
    gtk_widget_add_css_class (self->value, self->css_class);
}
