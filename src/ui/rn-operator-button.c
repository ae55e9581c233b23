/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields show who sits here each time the popover opens; nothing is changed before the button.
 * Main thread. */
#include "ui/rn-operator-button.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-operator.h"
#include "ui/rn-settings.h"

struct _RnOperatorButton {
  GtkWidget parent_instance;
  GtkWidget *button, *title, *popover, *name, *shift, *shifts, *seat;
  RnAlertDesk *desk; /* NULL before rn_operator_button_set_desk() */
};

G_DEFINE_FINAL_TYPE (RnOperatorButton, rn_operator_button, GTK_TYPE_WIDGET)

static void
update (RnOperatorButton *self)
{
  g_autofree char *title = rn_operator_dup_title ();
  g_autofree char *name = g_strdup_printf (_("At this seat: %s. Change of shift"), title);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  rn_compat_set_tooltip (self->button, name);
}

static void
opened_cb (RnOperatorButton *self)
{
  g_autofree char *name = g_settings_get_string (rn_settings_get (), "operator");
  g_autofree char *shift = g_settings_get_string (rn_settings_get (), "shift");
  g_autofree char *seat = g_strdup_printf (_("Seat: %s"), rn_alert_desk_get_seat (self->desk));

  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  gtk_editable_set_text (GTK_EDITABLE (self->shift), shift);
  gtk_label_set_label (GTK_LABEL (self->seat), seat);
  gtk_widget_grab_focus (self->name);
}

static void
begin_cb (RnOperatorButton *self)
{
  if (rn_operator_begin_shift (self->desk, gtk_editable_get_text (GTK_EDITABLE (self->name)),
                               gtk_editable_get_text (GTK_EDITABLE (self->shift))))
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
shift_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnOperatorButton *self = RN_OPERATOR_BUTTON (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->shift), g_variant_get_string (parameter, NULL));
}

static void
rn_operator_button_dispose (GObject *object)
{
  RnOperatorButton *self = RN_OPERATOR_BUTTON (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_operator_button_parent_class)->dispose (object);
}

static void
rn_operator_button_class_init (RnOperatorButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_operator_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-operator-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RnOperatorButton, button);
  gtk_widget_class_bind_template_child (widget_class, RnOperatorButton, title);
  gtk_widget_class_bind_template_child (widget_class, RnOperatorButton, popover);
  gtk_widget_class_bind_template_child (widget_class, RnOperatorButton, name);
  gtk_widget_class_bind_template_child (widget_class, RnOperatorButton, shift);
  gtk_widget_class_bind_template_child (widget_class, RnOperatorButton, shifts);
  gtk_widget_class_bind_template_child (widget_class, RnOperatorButton, seat);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, begin_cb);
  gtk_widget_class_install_action (widget_class, "operator.shift", "s", shift_cb);
}

static void
add_shift (RnOperatorButton *self, const char *shift)
{
  GtkWidget *button = gtk_button_new_with_label (shift);

  gtk_widget_add_css_class (button, "rn-small");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", shift);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "operator.shift");
  gtk_box_append (GTK_BOX (self->shifts), button);
}

static void
rn_operator_button_init (RnOperatorButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->name), g_get_user_name ());
  /* TRANSLATORS: of a shift */
  add_shift (self, C_ ("shift", "Early"));
  add_shift (self, C_ ("shift", "Late"));
  add_shift (self, C_ ("shift", "Night"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
rn_operator_button_set_desk (RnOperatorButton *self, RnAlertDesk *desk)
{
  g_return_if_fail (self->desk == NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (rn_settings_get (), "changed::operator", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rn_settings_get (), "changed::shift", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  update (self);
}
