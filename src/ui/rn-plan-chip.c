/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button with the action win.plan. Main thread. */
#include "ui/rn-plan-chip.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-compat.h"
#include "ui/rn-plan-text.h"
#include "ui/rn-side-text.h"

struct _RnPlanChip {
  GtkWidget parent_instance;
  GtkWidget *button, *icon, *tier, *what, *age, *asks;
  RnPlanDesk *desk; /* NULL before it is set */
};

G_DEFINE_FINAL_TYPE (RnPlanChip, rn_plan_chip, GTK_TYPE_WIDGET)

/* The worst tier in force; of none the one that asks. */
static const RnPlanAdvice *
find_plan (RnPlanChip *self, guint *n_asking)
{
  const GPtrArray *plans = rn_plan_desk_get_plans (self->desk);
  const RnPlanAdvice *found = NULL;

  *n_asking = 0;
  for (guint i = 0; i < plans->len; i++)
    {
      const RnPlanAdvice *advice = plans->pdata[i];
      gboolean asks = rn_plan_desk_asks (self->desk, advice)
                      || rn_plan_desk_awaits_second (self->desk, advice->plan->key);

      *n_asking += asks;
      if (rn_tier_is_worse (advice->tier, found != NULL ? found->tier : 0)
          || (found == NULL && asks))
        found = advice;
    }
  return found;
}

void
rn_plan_chip_update (RnPlanChip *self)
{
  const RnPlanAdvice *advice;
  g_autofree char *age = NULL;
  g_autofree char *asks = NULL;
  g_autofree char *count = NULL;
  g_autofree char *name = NULL;
  RnPlanTierNow now;
  guint n_asking;

  g_return_if_fail (RN_IS_PLAN_CHIP (self));
  advice = self->desk != NULL ? find_plan (self, &n_asking) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self), advice != NULL);
  if (advice == NULL)
    return;
  now = rn_plan_desk_get_tier (self->desk, advice);
  if (now.since_us != 0 && now.tier > 0)
    age = rn_text_age (rn_plan_desk_get_now_us (self->desk) - now.since_us);
  asks = g_strdup_printf (ngettext ("%u decision", "%u decisions", n_asking), n_asking);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                now.tier > 0 ? rn_side_tier_icon (now.tier) : "rn-plan-symbolic");
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    rn_compat_set_class (self->icon, rn_side_level_class (tier), tier == now.tier);
  gtk_label_set_text (GTK_LABEL (self->tier), rn_plan_tier_title (now.tier));
  gtk_label_set_text (GTK_LABEL (self->what), rn_plan_title (advice));
  gtk_label_set_text (GTK_LABEL (self->age), age != NULL ? age : "");
  gtk_widget_set_visible (self->age, age != NULL);
  count = g_strdup_printf ("%u", n_asking);
  gtk_label_set_text (GTK_LABEL (self->asks), count);
  gtk_widget_set_visible (self->asks, n_asking > 0);
  name = g_strdup_printf ("%s, %s%s%s%s%s", rn_plan_tier_title (now.tier), rn_plan_title (advice),
                          age != NULL ? ", " : "", age != NULL ? age : "", n_asking > 0 ? ", " : "",
                          n_asking > 0 ? asks : "");
  rn_compat_set_tooltip (self->button, name);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", advice->plan->key);
}

static void
rn_plan_chip_dispose (GObject *object)
{
  RnPlanChip *self = RN_PLAN_CHIP (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rn_plan_chip_parent_class)->dispose (object);
}

static void
rn_plan_chip_class_init (RnPlanChipClass *class)
{
  G_OBJECT_CLASS (class)->dispose = rn_plan_chip_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
rn_plan_chip_init (RnPlanChip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->button = gtk_button_new ();
  self->icon = gtk_image_new ();
  gtk_widget_set_valign (self->icon, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->icon, "rn-shape");
  gtk_box_append (GTK_BOX (box), self->icon);
  self->tier = add_label (box, "strong");
  self->what = add_label (box, "rn-dim");
  gtk_label_set_ellipsize (GTK_LABEL (self->what), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->what), 22);
  self->age = add_label (box, "rn-dim");
  self->asks = add_label (box, "rn-overdue");
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "rn-plan-chip");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.plan");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
rn_plan_chip_set_desk (RnPlanChip *self, RnPlanDesk *desk)
{
  g_return_if_fail (RN_IS_PLAN_CHIP (self));
  g_set_object (&self->desk, desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (rn_plan_chip_update), self,
                           G_CONNECT_SWAPPED);
  rn_plan_chip_update (self);
}
