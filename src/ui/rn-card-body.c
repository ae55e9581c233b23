/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The common part of the bodies: which class shows which kind, and the few forms they are built of.
 * Main thread. */
#include "ui/rn-card-body.h"

#include "base/rn-text.h"
#include "ui/rn-card-device.h"
#include "ui/rn-card-facility.h"
#include "ui/rn-card-incident.h"
#include "ui/rn-card-road.h"
#include "ui/rn-card-section.h"
#include "ui/rn-card-weather.h"
#include "ui/rn-card-work.h"

G_DEFINE_ABSTRACT_TYPE (RnCardBody, rn_card_body, GTK_TYPE_WIDGET)

void
rn_card_head_clear (RnCardHead *self)
{
  g_clear_pointer (&self->road, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->second, g_free);
  g_clear_pointer (&self->badge, g_free);
}

static void
rn_card_body_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (rn_card_body_parent_class)->dispose (object);
}

static void
rn_card_body_class_init (RnCardBodyClass *class)
{
  G_OBJECT_CLASS (class)->dispose = rn_card_body_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
rn_card_body_init (RnCardBody *self)
{
}

GtkWidget *
rn_card_body_new (RnSubjectKind kind)
{
  switch (kind)
    {
    case RN_SUBJECT_INCIDENT:
      return g_object_new (RN_TYPE_CARD_INCIDENT, NULL);
    case RN_SUBJECT_WORK:
      return g_object_new (RN_TYPE_CARD_WORK, NULL);
    case RN_SUBJECT_FACILITY:
      return g_object_new (RN_TYPE_CARD_FACILITY, NULL);
    case RN_SUBJECT_STATION:
    case RN_SUBJECT_WARNING:
      return rn_card_weather_new (kind);
    case RN_SUBJECT_DEVICE:
      return g_object_new (RN_TYPE_CARD_DEVICE, NULL);
    case RN_SUBJECT_ROAD:
      return g_object_new (RN_TYPE_CARD_ROAD, NULL);
    case RN_SUBJECT_SECTION:
    default:
      return g_object_new (RN_TYPE_CARD_SECTION, NULL);
    }
}

gboolean
rn_card_body_show (RnCardBody *self, const RnCardContext *context, RnCardHead *head)
{
  g_return_val_if_fail (RN_IS_CARD_BODY (self), FALSE);
  *head = (RnCardHead){ .state = -1, .age = { RN_QUALITY_UNKNOWN, -1 } };
  return RN_CARD_BODY_GET_CLASS (self)->show (self, context, head);
}

GtkWidget *
rn_card_label (const char *text, const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

void
rn_card_clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    {
      if (GTK_IS_GRID (box))
        gtk_grid_remove (GTK_GRID (box), child);
      else
        gtk_box_remove (GTK_BOX (box), child);
    }
}

GtkWidget *
rn_card_pair (const char *what, const char *value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *left = rn_card_label (what, "rn-label", 0);
  GtkWidget *right = gtk_label_new (value != NULL ? value : RN_DASH);

  gtk_widget_add_css_class (row, "rn-pair");
  gtk_widget_set_valign (left, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (right, GTK_ALIGN_BASELINE);
  gtk_label_set_xalign (GTK_LABEL (right), 1);
  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (right), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (right), GTK_JUSTIFY_RIGHT);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_set_halign (right, GTK_ALIGN_END);
  gtk_widget_add_css_class (right, "numeric");
  gtk_box_append (GTK_BOX (row), left);
  gtk_box_append (GTK_BOX (row), right);
  return row;
}

void
rn_card_attach_cell (GtkWidget *grid, GtkWidget *child, int column, int n_columns, int row)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (cell, "cell");
  if (row == 0)
    gtk_widget_add_css_class (cell, "head");
  if (column == 0)
    gtk_widget_add_css_class (cell, "first");
  if (column == n_columns - 1)
    gtk_widget_add_css_class (cell, "last");
  gtk_widget_set_hexpand (child, TRUE);
  gtk_box_append (GTK_BOX (cell), child);
  gtk_grid_attach (GTK_GRID (grid), cell, column, row, 1, 1);
}

char *
rn_card_moment (const RnCardContext *context, gint64 at_us)
{
  if (at_us == 0)
    return g_strdup (RN_DASH);
  return rn_text_moment (at_us, context->now_us, context->timezone);
}
