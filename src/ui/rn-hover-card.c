/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels filled from RnHoverText; the map pane places it. Main thread. */
#include "ui/rn-hover-card.h"

#include "ui/rn-shield-label.h"
#include "ui/rn-state-chip.h"

struct _RnHoverCard {
  GtkWidget parent_instance;
  GtkWidget *box, *road, *title, *state, *values, *note;
};

G_DEFINE_FINAL_TYPE (RnHoverCard, rn_hover_card, GTK_TYPE_WIDGET)

static void
rn_hover_card_dispose (GObject *object)
{
  g_clear_pointer (&RN_HOVER_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_hover_card_parent_class)->dispose (object);
}

static void
rn_hover_card_class_init (RnHoverCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (RN_TYPE_SHIELD_LABEL);
  g_type_ensure (RN_TYPE_STATE_CHIP);
  G_OBJECT_CLASS (klass)->dispose = rn_hover_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-hover-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RnHoverCard, box);
  gtk_widget_class_bind_template_child (widget_class, RnHoverCard, road);
  gtk_widget_class_bind_template_child (widget_class, RnHoverCard, title);
  gtk_widget_class_bind_template_child (widget_class, RnHoverCard, state);
  gtk_widget_class_bind_template_child (widget_class, RnHoverCard, values);
  gtk_widget_class_bind_template_child (widget_class, RnHoverCard, note);
}

static void
rn_hover_card_init (RnHoverCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_optional (GtkWidget *label, const char *text)
{
  gtk_widget_set_visible (label, text != NULL);
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
}

GtkWidget *
rn_hover_card_new (void)
{
  return g_object_new (RN_TYPE_HOVER_CARD, NULL);
}

void
rn_hover_card_set_text (RnHoverCard *self, const RnHoverText *text)
{
  rn_shield_label_set_road (RN_SHIELD_LABEL (self->road), text->road, text->shield);
  gtk_label_set_label (GTK_LABEL (self->title), text->title);
  gtk_widget_set_visible (self->state, text->state < RN_N_STATES);
  if (text->state < RN_N_STATES)
    rn_state_chip_set_state (RN_STATE_CHIP (self->state), text->state);
  set_optional (self->values, text->values);
  set_optional (self->note, text->note);
}
