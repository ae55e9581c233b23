/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One form in three shapes. What is written is given to the desk; when the desk refuses, the form
 * stays open with what was written. Main thread. */
#include "ui/rn-alert-popover.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"

#define MINUTE_US (60 * RN_SECOND)

static const struct {
  const char *title, *placeholder, *apply, *hint;
} forms[] = {
  [RN_ALERT_FORM_NOTE] = { N_("Note"), N_("What is to be known"), N_("Add Note"),
                           N_("It goes into the timeline with name and time.") },
  [RN_ALERT_FORM_SHELVE] = { N_("Put on the shelf"), N_("Reason"), N_("Shelve"),
                             N_("It makes no sound and is out of the list, runs on and comes back "
                                 "by itself.") },
  [RN_ALERT_FORM_OUT_OF_SERVICE] = { N_("Out of service"), N_("Reason"), N_("Take Out"),
                                     N_("Until somebody puts it back: it has no end of its "
                                         "own.") },
};

static const struct {
  gint64 us;
  const char *label;
} times[] = {
  { 15 * MINUTE_US, N_("15 min") }, { 30 * MINUTE_US, N_("30 min") },
  { 60 * MINUTE_US, N_("1 h") },    { 120 * MINUTE_US, N_("2 h") },
  { 240 * MINUTE_US, N_("4 h") },   { 480 * MINUTE_US, N_("8 h") },
};
#define TIME_AT_FIRST 1

struct _RnAlertPopover {
  GtkPopover parent_instance;
  RnSeat *seat;
  RnAlertForm form;
  char *key; /* of the alert that it was opened for; NULL closed */
  GtkWidget *title, *text, *times, *one_shot, *hint, *cancel, *apply;
  GtkWidget *time_buttons[G_N_ELEMENTS (times)];
};

G_DEFINE_FINAL_TYPE (RnAlertPopover, rn_alert_popover, GTK_TYPE_POPOVER)

static char *
dup_text (RnAlertPopover *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text))));
}

static gint64
chosen_us (RnAlertPopover *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->time_buttons[i])))
      return times[i].us;
  return times[TIME_AT_FIRST].us;
}

static gboolean
act (RnAlertPopover *self, const char *text)
{
  RnAlertDesk *desk = rn_seat_get_desk (self->seat);

  switch (self->form)
    {
    case RN_ALERT_FORM_NOTE:
      return rn_alert_desk_note (desk, self->key, text);
    case RN_ALERT_FORM_SHELVE:
      return rn_alert_desk_shelve (desk, self->key, text, chosen_us (self),
                                   gtk_check_button_get_active (GTK_CHECK_BUTTON (self->one_shot)));
    case RN_ALERT_FORM_OUT_OF_SERVICE:
    default:
      return rn_alert_desk_set_out_of_service (desk, self->key, TRUE, text);
    }
}

static void
apply_cb (RnAlertPopover *self)
{
  g_autofree char *text = dup_text (self);

  if (self->key == NULL || *text == '\0')
    return;
  if (act (self, text))
    gtk_popover_popdown (GTK_POPOVER (self));
}

static void
cancel_cb (RnAlertPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
text_changed_cb (RnAlertPopover *self)
{
  g_autofree char *text = dup_text (self);

  gtk_widget_set_sensitive (self->apply, *text != '\0');
}

static void
rn_alert_popover_dispose (GObject *object)
{
  RnAlertPopover *self = RN_ALERT_POPOVER (object);

  g_clear_object (&self->seat);
  g_clear_pointer (&self->key, g_free);
  G_OBJECT_CLASS (rn_alert_popover_parent_class)->dispose (object);
}

static void
rn_alert_popover_class_init (RnAlertPopoverClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_alert_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-alert-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, RnAlertPopover, title);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPopover, text);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPopover, times);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPopover, one_shot);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPopover, hint);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPopover, cancel);
  gtk_widget_class_bind_template_child (widget_class, RnAlertPopover, apply);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
}

static void
rn_alert_popover_init (RnAlertPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (times[i].label));

      gtk_widget_add_css_class (button, "rn-small");
      gtk_widget_add_css_class (button, "rn-span");
      rn_compat_set_name (button, _ (times[i].label));
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button),
                                     GTK_TOGGLE_BUTTON (self->time_buttons[0]));
      gtk_box_append (GTK_BOX (self->times), button);
      self->time_buttons[i] = button;
    }
}

GtkWidget *
rn_alert_popover_new (RnSeat *seat, GtkWidget *parent, RnAlertForm form)
{
  RnAlertPopover *self = g_object_new (RN_TYPE_ALERT_POPOVER, NULL);

  self->seat = g_object_ref (seat);
  self->form = form;
  gtk_label_set_text (GTK_LABEL (self->title), _ (forms[form].title));
  gtk_label_set_text (GTK_LABEL (self->hint), _ (forms[form].hint));
  g_object_set (self->text, "placeholder-text", _ (forms[form].placeholder), NULL);
  rn_compat_set_name (self->text, _ (forms[form].placeholder));
  rn_compat_set_name (GTK_WIDGET (self), _ (forms[form].title));
  gtk_button_set_label (GTK_BUTTON (self->apply), _ (forms[form].apply));
  gtk_widget_set_visible (self->times, form == RN_ALERT_FORM_SHELVE);
  gtk_widget_set_visible (self->one_shot, form == RN_ALERT_FORM_SHELVE);
  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  return GTK_WIDGET (self);
}

void
rn_alert_popover_open (RnAlertPopover *self, GtkWidget *at, const char *key)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  graphene_rect_t bounds;

  g_return_if_fail (RN_IS_ALERT_POPOVER (self));
  if (gtk_widget_compute_bounds (at, parent, &bounds))
    gtk_popover_set_pointing_to (
        GTK_POPOVER (self), &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                             (int) bounds.size.width, (int) bounds.size.height });
  g_free (self->key);
  self->key = g_strdup (key);
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->one_shot), FALSE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->time_buttons[TIME_AT_FIRST]), TRUE);
  text_changed_cb (self);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->text);
}
