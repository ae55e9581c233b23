/* SPDX-License-Identifier: GPL-3.0-or-later */
/* At most MOST_ROWS rows: who has more on one spot is sent to the lists. Main thread. */
#include "ui/rn-cluster-popover.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-subject-row.h"

#define MOST_ROWS 100

struct _RnClusterPopover {
  GtkPopover parent_instance;
  RnSeat *seat;
  GtkWidget *title, *list, *more;
};

G_DEFINE_FINAL_TYPE (RnClusterPopover, rn_cluster_popover, GTK_TYPE_POPOVER)

static void
row_activated_cb (RnClusterPopover *self, GtkListBoxRow *row)
{
  g_autoptr (RnSubject) subject = rn_subject_copy (rn_subject_row_get (GTK_WIDGET (row)));

  gtk_popover_popdown (GTK_POPOVER (self));
  rn_seat_select (self->seat, subject);
}

static void
rn_cluster_popover_dispose (GObject *object)
{
  g_clear_object (&RN_CLUSTER_POPOVER (object)->seat);
  G_OBJECT_CLASS (rn_cluster_popover_parent_class)->dispose (object);
}

static void
rn_cluster_popover_class_init (RnClusterPopoverClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_cluster_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-cluster-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, RnClusterPopover, title);
  gtk_widget_class_bind_template_child (widget_class, RnClusterPopover, list);
  gtk_widget_class_bind_template_child (widget_class, RnClusterPopover, more);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rn_cluster_popover_init (RnClusterPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rn_cluster_popover_new (RnSeat *seat)
{
  RnClusterPopover *self = g_object_new (RN_TYPE_CLUSTER_POPOVER, NULL);

  self->seat = g_object_ref (seat);
  return GTK_WIDGET (self);
}

/* How many rows there are now. */
static guint
fill (RnClusterPopover *self, const GPtrArray *members)
{
  GtkWidget *row;
  guint n = 0;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < members->len && n < MOST_ROWS; i++)
    {
      row = rn_subject_row_new (self->seat, members->pdata[i], NULL, NULL);
      if (row == NULL)
        continue;
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      n++;
    }
  return n;
}

void
rn_cluster_popover_open (RnClusterPopover *self, const GPtrArray *members, double x, double y)
{
  const GdkRectangle at = { (int) x, (int) y, 1, 1 };
  g_autofree char *title = NULL, *more = NULL;
  guint n;

  g_return_if_fail (RN_IS_CLUSTER_POPOVER (self));
  if (members->len == 0)
    return;
  title = rn_subject_row_count_title (members);
  n = fill (self, members);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  rn_compat_set_name (GTK_WIDGET (self), title);
  rn_compat_set_name (self->list, title);
  gtk_widget_set_visible (self->more, members->len > n);
  if (members->len > n)
    {
      more = g_strdup_printf (
          ngettext ("%u more: see the lists", "%u more: see the lists", members->len - n),
          members->len - n);
      gtk_label_set_label (GTK_LABEL (self->more), more);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &at);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}
