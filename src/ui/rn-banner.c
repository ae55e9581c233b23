/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A revealer with icon, two lines and what to do. Its text runs on each second; it is read aloud
 * only when it appears or changes kind. Main thread. */
#include "ui/rn-banner.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"

struct _RnBanner {
  GtkWidget parent_instance;
  GtkWidget *revealer, *box, *icon, *title, *detail, *retry, *why, *reason;
  RnBannerKind kind;
};

G_DEFINE_FINAL_TYPE (RnBanner, rn_banner, GTK_TYPE_WIDGET)

enum { RETRY, SHOW, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct {
  const char *css_class, *icon;
} kinds[] = {
  [RN_BANNER_NONE] = { "none", NULL },
  [RN_BANNER_FROZEN] = { "frozen", "rn-feed-frozen-symbolic" },
  [RN_BANNER_LOST] = { "lost", "rn-feed-lost-symbolic" },
  [RN_BANNER_FLOOD] = { "flood", "rn-warning-symbolic" },
  [RN_BANNER_RULES] = { "rules", "rn-warning-symbolic" },
  [RN_BANNER_JOURNAL] = { "lost", "rn-warning-symbolic" },
};

static void
retry_clicked_cb (RnBanner *self)
{
  g_signal_emit (self, signals[self->kind == RN_BANNER_FLOOD ? SHOW : RETRY], 0);
}

static void
rn_banner_dispose (GObject *object)
{
  g_clear_pointer (&RN_BANNER (object)->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_banner_parent_class)->dispose (object);
}

static void
rn_banner_class_init (RnBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_banner_dispose;
  signals[RETRY] = g_signal_new ("retry", RN_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[SHOW] = g_signal_new ("show-alerts", RN_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, RnBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, RnBanner, box);
  gtk_widget_class_bind_template_child (widget_class, RnBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, RnBanner, title);
  gtk_widget_class_bind_template_child (widget_class, RnBanner, detail);
  gtk_widget_class_bind_template_child (widget_class, RnBanner, retry);
  gtk_widget_class_bind_template_child (widget_class, RnBanner, why);
  gtk_widget_class_bind_template_child (widget_class, RnBanner, reason);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
}

static void
rn_banner_init (RnBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rn_compat_set_name (self->why, _("Show Why"));
}

static void
set_kind (RnBanner *self, RnBannerKind kind, const char *title)
{
  if (kind == self->kind)
    return;
  gtk_widget_remove_css_class (self->box, kinds[self->kind].css_class);
  gtk_widget_add_css_class (self->box, kinds[kind].css_class);
  if (kinds[kind].icon != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), kinds[kind].icon);
  self->kind = kind;
  gtk_button_set_label (GTK_BUTTON (self->retry),
                        kind == RN_BANNER_FLOOD ? _("Show Them") : _("Try Now"));
  gtk_widget_set_visible (self->retry, kind <= RN_BANNER_FLOOD);
  if (title != NULL)
    rn_compat_set_name (GTK_WIDGET (self), title);
}

void
rn_banner_set_message (RnBanner *self, const RnBannerMessage *message)
{
  gboolean shown = message->kind != RN_BANNER_NONE;

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), shown);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          shown || gtk_revealer_get_child_revealed (GTK_REVEALER (self->revealer)));
  if (!shown)
    return; /* keeps its look while it slides away */
  set_kind (self, message->kind, message->title);
  gtk_label_set_label (GTK_LABEL (self->title), message->title);
  gtk_label_set_label (GTK_LABEL (self->detail), message->detail);
  gtk_widget_set_visible (self->why, message->reason != NULL);
  gtk_label_set_label (GTK_LABEL (self->reason), message->reason != NULL ? message->reason : "");
}
