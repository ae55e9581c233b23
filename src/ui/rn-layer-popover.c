/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One for all rows; it looks at the seat anew whenever the stack changes. Main thread. */
#include "ui/rn-layer-popover.h"

#include <math.h>

#include "base/rn-text.h"
#include "ui/rn-compat.h"

struct _RnLayerPopover {
  GtkPopover parent_instance;
  RnSeat *seat;
  RnLayerId layer;
  GtkWidget *title, *scale, *share, *up, *down, *reset;
  GtkAdjustment *adjustment;
  gboolean updating; /* our own changes of the scale */
};

G_DEFINE_FINAL_TYPE (RnLayerPopover, rn_layer_popover, GTK_TYPE_POPOVER)

static void
update (RnLayerPopover *self)
{
  const RnLayerStack *stack = rn_seat_get_stack (self->seat);
  guint place = rn_layer_stack_find (stack, self->layer);
  double percent = round (stack->opacity[self->layer] * 100);
  g_autofree char *share = rn_text_measure (percent, 0, "%");
  RnLayerStack first;

  rn_layer_stack_init (&first);
  self->updating = TRUE;
  gtk_adjustment_set_value (self->adjustment, percent);
  self->updating = FALSE;
  gtk_label_set_text (GTK_LABEL (self->share), share);
  gtk_widget_set_sensitive (self->up, place > 0);
  gtk_widget_set_sensitive (self->down, place + 1 < RN_N_STACKED);
  gtk_widget_set_sensitive (self->reset, !rn_layer_stack_equal (stack, &first));
}

static void
opacity_changed_cb (RnLayerPopover *self)
{
  RnLayerStack stack = *rn_seat_get_stack (self->seat);

  if (self->updating)
    return;
  rn_layer_stack_set_opacity (&stack, self->layer,
                              round (gtk_adjustment_get_value (self->adjustment)) / 100);
  rn_seat_set_stack (self->seat, &stack);
}

static void
move (RnLayerPopover *self, int by)
{
  RnLayerStack stack = *rn_seat_get_stack (self->seat);
  int place = (int) rn_layer_stack_find (&stack, self->layer) + by;

  rn_layer_stack_move (&stack, self->layer, (guint) MAX (place, 0));
  rn_seat_set_stack (self->seat, &stack);
}

static void
up_cb (RnLayerPopover *self)
{
  move (self, -1);
}

static void
down_cb (RnLayerPopover *self)
{
  move (self, 1);
}

static void
reset_cb (RnLayerPopover *self)
{
  RnLayerStack first;

  rn_layer_stack_init (&first);
  rn_seat_set_stack (self->seat, &first);
}

static void
rn_layer_popover_dispose (GObject *object)
{
  g_clear_object (&RN_LAYER_POPOVER (object)->seat);
  G_OBJECT_CLASS (rn_layer_popover_parent_class)->dispose (object);
}

static void
rn_layer_popover_class_init (RnLayerPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_layer_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-layer-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, RnLayerPopover, title);
  gtk_widget_class_bind_template_child (widget_class, RnLayerPopover, scale);
  gtk_widget_class_bind_template_child (widget_class, RnLayerPopover, share);
  gtk_widget_class_bind_template_child (widget_class, RnLayerPopover, up);
  gtk_widget_class_bind_template_child (widget_class, RnLayerPopover, down);
  gtk_widget_class_bind_template_child (widget_class, RnLayerPopover, reset);
  gtk_widget_class_bind_template_child (widget_class, RnLayerPopover, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
rn_layer_popover_init (RnLayerPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (opacity_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
rn_layer_popover_new (RnSeat *seat)
{
  RnLayerPopover *self = g_object_new (RN_TYPE_LAYER_POPOVER, NULL);

  self->seat = g_object_ref (seat);
  g_signal_connect_object (seat, "stack-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->layer = RN_LAYER_INCIDENTS;
  return GTK_WIDGET (self);
}

void
rn_layer_popover_open (RnLayerPopover *self, RnLayerId layer, const char *title, GtkWidget *at)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (at, gtk_widget_get_parent (GTK_WIDGET (self)), &bounds))
    return;
  self->layer = layer;
  gtk_label_set_text (GTK_LABEL (self->title), title);
  rn_compat_set_name (GTK_WIDGET (self), title);
  update (self);
  gtk_popover_set_pointing_to (
      GTK_POPOVER (self), &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                           (int) bounds.size.width, (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self));
}
