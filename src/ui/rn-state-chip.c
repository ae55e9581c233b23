/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two labels in a box; all of its look is in the classes "rn-state sN". Main thread. */
#include "ui/rn-state-chip.h"

#include "model/rn-state.h"

struct _RnStateChip {
  GtkWidget parent_instance;
  GtkWidget *digit, *word;
  guint8 state;
};

static const char *const classes[RN_N_STATES] = { "s0", "s1", "s2", "s3", "s4", "s5" };

G_DEFINE_FINAL_TYPE (RnStateChip, rn_state_chip, GTK_TYPE_WIDGET)

static void
rn_state_chip_dispose (GObject *object)
{
  RnStateChip *self = RN_STATE_CHIP (object);

  g_clear_pointer (&self->digit, gtk_widget_unparent);
  g_clear_pointer (&self->word, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_state_chip_parent_class)->dispose (object);
}

static void
rn_state_chip_class_init (RnStateChipClass *class)
{
  G_OBJECT_CLASS (class)->dispose = rn_state_chip_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
show_state (RnStateChip *self)
{
  char digit[2] = { self->state > 0 ? (char) ('0' + self->state) : '-', '\0' };

  gtk_label_set_text (GTK_LABEL (self->digit), digit);
  gtk_label_set_text (GTK_LABEL (self->word), rn_state_title (self->state));
  gtk_widget_set_visible (self->digit, self->state > 0);
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[self->state]);
}

static void
rn_state_chip_init (RnStateChip *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->digit = gtk_label_new (NULL);
  self->word = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->digit, "digit");
  gtk_widget_set_valign (self->digit, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->digit, widget);
  gtk_widget_set_parent (self->word, widget);
  gtk_widget_add_css_class (widget, "rn-state");
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (widget)), 6);
  show_state (self);
}

GtkWidget *
rn_state_chip_new (void)
{
  return g_object_new (RN_TYPE_STATE_CHIP, NULL);
}

void
rn_state_chip_set_state (RnStateChip *self, guint8 state)
{
  g_return_if_fail (RN_IS_STATE_CHIP (self) && state < RN_N_STATES);
  if (self->state == state)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self), classes[self->state]);
  self->state = state;
  show_state (self);
}
