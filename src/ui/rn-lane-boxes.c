/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two labels in a box with a class of CSS. Main thread. */
#include "ui/rn-lane-boxes.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"

static const struct {
  const char *css_class, *icon, *title;
} looks[] = {
  [RN_LANE_BOX_UNKNOWN] = { "unknown", NULL, N_("Not reported") },
  [RN_LANE_BOX_OPEN] = { "open", "rn-check-symbolic", N_("Open") },
  [RN_LANE_BOX_AFFECTED] = { "affected", "rn-warning-symbolic", N_("Affected") },
  [RN_LANE_BOX_BLOCKED] = { "blocked", "rn-close-symbolic", N_("Blocked") },
  [RN_LANE_BOX_CLOSED] = { "closed", "rn-close-symbolic", N_("Closed") },
};

static GtkWidget *
create_title (const char *text, const char *icon)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);
  GtkWidget *label = gtk_label_new (text);

  if (icon != NULL)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (icon);

      gtk_image_set_pixel_size (GTK_IMAGE (image), 14);
      gtk_box_append (GTK_BOX (row), image);
    }
  gtk_widget_add_css_class (label, "title");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (row), label);
  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  return row;
}

static GtkWidget *
create_box (const char *title, const char *name, RnLaneBoxState state)
{
  GtkWidget *outer =
      g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *word = gtk_label_new (_ (looks[state].title));

  gtk_widget_add_css_class (outer, "rn-lane");
  gtk_widget_add_css_class (outer, looks[state].css_class);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (word), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), create_title (title, looks[state].icon));
  gtk_box_append (GTK_BOX (box), word);
  gtk_box_append (GTK_BOX (outer), box);
  rn_compat_set_name (outer, name);
  return outer;
}

GtkWidget *
rn_lane_box_new (int lane, RnLaneBoxState state)
{
  g_autofree char *title =
      lane > 0 ? g_strdup_printf (_("Lane %d"), lane) : g_strdup (_("Shoulder"));
  g_autofree char *name = lane > 0
                              ? g_strdup_printf (_("Lane %d: %s"), lane, _ (looks[state].title))
                              : g_strdup_printf (_("Shoulder: %s"), _ (looks[state].title));

  return create_box (title, name, state);
}

GtkWidget *
rn_lane_box_new_titled (const char *title, RnLaneBoxState state)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", title, _ (looks[state].title));
  GtkWidget *box = create_box (title, name, state);

  gtk_widget_set_tooltip_text (box, name);
  return box;
}
