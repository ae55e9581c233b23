/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Updated each second. The age keeps the widest room that its state needed, so that the strip does
 * not dance. The popover's content is made when it is opened first. Main thread. */
#include "ui/rn-feed-button.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-feed-detail.h"

struct _RnFeedButton {
  GtkWidget parent_instance;
  GtkWidget *button, *popover, *dot, *icon, *title, *age;
  GtkWidget *detail; /* NULL before the popover was opened */
  RnFeedStatus *status;
  RnFeedContext context;
  RnFeedLook look;
  gboolean warned;
  int age_width; /* px, the widest of this state */
};

G_DEFINE_FINAL_TYPE (RnFeedButton, rn_feed_button, GTK_TYPE_WIDGET)

static const char *const icons[RN_N_FEED_LOOKS] = {
  [RN_FEED_LOOK_LATE] = "rn-clock-symbolic",
  [RN_FEED_LOOK_STALE] = "rn-clock-symbolic",
  [RN_FEED_LOOK_FROZEN] = "rn-feed-frozen-symbolic",
  [RN_FEED_LOOK_LOST] = "rn-feed-lost-symbolic",
};

static void
update_detail (RnFeedButton *self)
{
  if (self->detail != NULL && self->status != NULL)
    rn_feed_detail_update (RN_FEED_DETAIL (self->detail), self->status, &self->context);
}

static void
popover_map_cb (RnFeedButton *self)
{
  if (self->detail == NULL)
    {
      self->detail = rn_feed_detail_new ();
      gtk_popover_set_child (GTK_POPOVER (self->popover), self->detail);
    }
  update_detail (self);
}

static void
rn_feed_button_dispose (GObject *object)
{
  RnFeedButton *self = RN_FEED_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->status, rn_feed_status_free);
  g_clear_pointer (&self->context.timezone, g_time_zone_unref);
  G_OBJECT_CLASS (rn_feed_button_parent_class)->dispose (object);
}

static void
rn_feed_button_class_init (RnFeedButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_feed_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-feed-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RnFeedButton, button);
  gtk_widget_class_bind_template_child (widget_class, RnFeedButton, popover);
  gtk_widget_class_bind_template_child (widget_class, RnFeedButton, dot);
  gtk_widget_class_bind_template_child (widget_class, RnFeedButton, icon);
  gtk_widget_class_bind_template_child (widget_class, RnFeedButton, title);
  gtk_widget_class_bind_template_child (widget_class, RnFeedButton, age);
  gtk_widget_class_bind_template_callback (widget_class, popover_map_cb);
}

static void
rn_feed_button_init (RnFeedButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->look = RN_N_FEED_LOOKS;
}

/* What is wrong with data that comes well stands where a feed that does not come has its sign. */
static void
set_look (RnFeedButton *self, RnFeedLook look, gboolean warned)
{
  const char *icon = icons[look] != NULL ? icons[look] : warned ? "rn-warning-symbolic" : NULL;

  if (look == self->look && warned == self->warned)
    return;
  rn_compat_set_class (self->button, "with-warning", warned && icons[look] == NULL);
  self->warned = warned;
  if (self->look != RN_N_FEED_LOOKS)
    gtk_widget_remove_css_class (self->button, rn_feed_look_class (self->look));
  gtk_widget_add_css_class (self->button, rn_feed_look_class (look));
  gtk_widget_set_visible (self->dot, icon == NULL);
  gtk_widget_set_visible (self->icon, icon != NULL);
  if (icon != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  self->look = look;
  self->age_width = 0;
  gtk_widget_set_size_request (self->age, -1, -1);
}

static void
set_age (RnFeedButton *self, const char *age)
{
  int width = 0;

  if (g_str_equal (gtk_label_get_label (GTK_LABEL (self->age)), age))
    return;
  gtk_label_set_label (GTK_LABEL (self->age), age);
  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (self->age)), &width, NULL);
  if (width <= self->age_width)
    return;
  self->age_width = width;
  gtk_widget_set_size_request (self->age, width, -1);
}

/* Also what is wrong with its data. */
static char *
dup_sentence (const RnFeedStatus *status, const RnFeedContext *context)
{
  g_autofree char *state = rn_feed_text_sentence (status, context);

  return status->warning != NULL
             ? g_strdup_printf (C_ ("feed", "%s. Warning: %s"), state, status->warning)
             : g_steal_pointer (&state);
}

GtkWidget *
rn_feed_button_new (void)
{
  return g_object_new (RN_TYPE_FEED_BUTTON, NULL);
}

void
rn_feed_button_set_status (RnFeedButton *self, const RnFeedStatus *status,
                           const RnFeedContext *context)
{
  g_autofree char *title = rn_feed_text_title (status, context);
  g_autofree char *age = rn_feed_text_age (status);
  g_autofree char *sentence = dup_sentence (status, context);
  g_autoptr (RnFeedStatus) old = self->status;
  GTimeZone *old_zone = self->context.timezone;

  self->status = rn_feed_status_copy (status);
  self->context = *context;
  self->context.timezone = context->timezone != NULL ? g_time_zone_ref (context->timezone) : NULL;
  g_clear_pointer (&old_zone, g_time_zone_unref);

  set_look (self, rn_feed_look (status), status->warning != NULL);
  rn_compat_set_class (self->button, "with-refusals", rn_refusals_total (status->refusals) > 0);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  set_age (self, age);
  rn_compat_set_name (self->button, sentence);
  if (gtk_widget_get_mapped (self->popover))
    update_detail (self);
}

RnFeedLook
rn_feed_button_get_look (RnFeedButton *self)
{
  return self->look == RN_N_FEED_LOOKS ? RN_FEED_LOOK_WAITING : self->look;
}
