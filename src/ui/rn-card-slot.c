/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scrolled window that measures its child height for width. Main thread. */
#include "ui/rn-card-slot.h"

#define MIN_HEIGHT_PX 120

struct _RnCardSlot {
  GtkWidget parent_instance;
  GtkWidget *scroller, *child;
};

G_DEFINE_FINAL_TYPE (RnCardSlot, rn_card_slot, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
rn_card_slot_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rn_card_slot_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  RnCardSlot *self = RN_CARD_SLOT (widget);

  *minimum = *natural = 0;
  if (self->child == NULL)
    return;
  gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = MIN (*minimum, MIN_HEIGHT_PX);
}

static void
rn_card_slot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (RN_CARD_SLOT (widget)->scroller,
                            &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static void
rn_card_slot_dispose (GObject *object)
{
  RnCardSlot *self = RN_CARD_SLOT (object);

  self->child = NULL;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_card_slot_parent_class)->dispose (object);
}

static void
rn_card_slot_class_init (RnCardSlotClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_card_slot_dispose;
  widget_class->get_request_mode = rn_card_slot_get_request_mode;
  widget_class->measure = rn_card_slot_measure;
  widget_class->size_allocate = rn_card_slot_size_allocate;
}

static void
rn_card_slot_init (RnCardSlot *self)
{
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

void
rn_card_slot_set_child (RnCardSlot *self, GtkWidget *child)
{
  g_return_if_fail (RN_IS_CARD_SLOT (self));
  self->child = child;
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), child);
}
