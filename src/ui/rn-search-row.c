/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are plain boxes; their parts are found again by order. Main thread. */
#include "ui/rn-search-row.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-shield-label.h"
#include "ui/rn-side-text.h"

struct _RnHitItem {
  GObject parent_instance;
  RnSearchHit *hit;
};

G_DEFINE_FINAL_TYPE (RnHitItem, rn_hit_item, G_TYPE_OBJECT)

static void
rn_hit_item_finalize (GObject *object)
{
  rn_search_hit_free (RN_HIT_ITEM (object)->hit);
  G_OBJECT_CLASS (rn_hit_item_parent_class)->finalize (object);
}

static void
rn_hit_item_class_init (RnHitItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = rn_hit_item_finalize;
}

static void
rn_hit_item_init (RnHitItem *self)
{
}

RnHitItem *
rn_hit_item_new (RnSearchHit *hit)
{
  RnHitItem *self = g_object_new (RN_TYPE_HIT_ITEM, NULL);

  self->hit = hit;
  return self;
}

const RnSearchHit *
rn_hit_item_get_hit (RnHitItem *self)
{
  g_return_val_if_fail (RN_IS_HIT_ITEM (self), NULL);
  return self->hit;
}

/* ---- rows ---------------------------------------------------------------------------------- */

typedef struct {
  GtkWidget *icon, *shield, *title, *place;
} Parts;

static GtkWidget *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "spacing", 10, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  Parts *parts = g_new (Parts, 1);

  parts->icon = gtk_image_new ();
  parts->shield = rn_shield_label_new ();
  parts->title = create_label ("what");
  parts->place = create_label ("second");
  gtk_image_set_pixel_size (GTK_IMAGE (parts->icon), 20);
  gtk_widget_add_css_class (parts->icon, "rn-shape");
  gtk_box_append (GTK_BOX (first), parts->shield);
  gtk_box_append (GTK_BOX (first), parts->title);
  gtk_box_append (GTK_BOX (lines), first);
  gtk_box_append (GTK_BOX (lines), parts->place);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (row), parts->icon);
  gtk_box_append (GTK_BOX (row), lines);
  gtk_widget_add_css_class (row, "rn-hit");
  g_object_set_data_full (G_OBJECT (row), "rn-parts", parts, g_free);
  gtk_list_item_set_child (list_item, row);
}

static const char *
kind_title (RnHitKind kind)
{
  switch (kind)
    {
    case RN_HIT_PLACE:
      return _("Place");
    case RN_HIT_ROAD:
      return _("Road");
    case RN_HIT_INCIDENT:
      return _("Incident");
    case RN_HIT_FACILITY:
      return _("Facility");
    case RN_HIT_WORK:
      return _("Works");
    case RN_HIT_DEVICE:
      return C_ ("device", "Device");
    case RN_HIT_SECTION:
    default:
      return _("Section");
    }
}

static void
show_tier (GtkWidget *icon, int tier)
{
  for (int t = 1; t <= 4; t++)
    rn_compat_set_class (icon, rn_side_level_class (t), t == tier);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  const RnSearchHit *hit = rn_hit_item_get_hit (gtk_list_item_get_item (list_item));
  GtkWidget *row = gtk_list_item_get_child (list_item);
  Parts *parts = g_object_get_data (G_OBJECT (row), "rn-parts");
  g_autofree char *name =
      g_strdup_printf ("%s: %s %s, %s", kind_title (hit->kind), hit->road != NULL ? hit->road : "",
                       hit->title, hit->place != NULL ? hit->place : "");

  gtk_image_set_from_icon_name (GTK_IMAGE (parts->icon), hit->icon);
  show_tier (parts->icon, hit->tier);
  rn_shield_label_set_road (RN_SHIELD_LABEL (parts->shield), hit->road, hit->shield);
  gtk_label_set_text (GTK_LABEL (parts->title), hit->title);
  gtk_label_set_text (GTK_LABEL (parts->place), hit->place != NULL ? hit->place : "");
  gtk_widget_set_visible (parts->place, hit->place != NULL);
  rn_compat_set_row_name (row, name);
}

GtkListItemFactory *
rn_search_row_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}
