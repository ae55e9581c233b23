/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A handful of rows: no filter, no virtual list. Main thread. */
#include "ui/rn-plan-tab.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-plan-list.h"
#include "ui/rn-side-tab.h"

struct _RnPlanTab {
  GtkWidget parent_instance;
  GtkWidget *scroller, *list, *button, *count; /* button: NULL before it is made */
  RnPlanDesk *desk;
};

G_DEFINE_FINAL_TYPE (RnPlanTab, rn_plan_tab, GTK_TYPE_WIDGET)

static void
update (RnPlanTab *self)
{
  const GPtrArray *plans = rn_plan_desk_get_plans (self->desk);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  guint n_asking = 0;

  if (self->button == NULL)
    return;
  for (guint i = 0; i < plans->len; i++)
    {
      const RnPlanAdvice *advice = plans->pdata[i];

      n_asking += rn_plan_desk_asks (self->desk, advice)
                  || rn_plan_desk_awaits_second (self->desk, advice->plan->key);
    }
  text = g_strdup_printf ("%u", n_asking > 0 ? n_asking : plans->len);
  name = n_asking > 0 ? g_strdup_printf (
             ngettext ("Plans: %u asks for a decision", "Plans: %u ask for a decision", n_asking),
             n_asking)
                      : g_strdup_printf (_("Plans: %u"), plans->len);
  gtk_label_set_text (GTK_LABEL (self->count), text);
  rn_compat_set_class (self->count, "asks", n_asking > 0);
  rn_compat_set_name (self->button, name);
}

static void
chosen_cb (RnPlanTab *self, const char *key)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.plan", "s", key);
}

static void
rn_plan_tab_dispose (GObject *object)
{
  RnPlanTab *self = RN_PLAN_TAB (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->button);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rn_plan_tab_parent_class)->dispose (object);
}

static void
rn_plan_tab_class_init (RnPlanTabClass *class)
{
  G_OBJECT_CLASS (class)->dispose = rn_plan_tab_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_TAB_PANEL);
}

static void
rn_plan_tab_init (RnPlanTab *self)
{
}

GtkWidget *
rn_plan_tab_new (RnPlanDesk *desk)
{
  RnPlanTab *self = g_object_new (RN_TYPE_PLAN_TAB, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->desk = g_object_ref (desk);
  self->list = rn_plan_list_new (desk);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_add_css_class (box, "rn-side");
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

GtkWidget *
rn_plan_tab_create_button (RnPlanTab *self)
{
  g_return_val_if_fail (self->button == NULL, self->button);
  self->button = rn_side_tab_new_button (_("Plans"), &self->count);
  update (self);
  return self->button;
}

void
rn_plan_tab_focus (RnPlanTab *self)
{
  g_return_if_fail (RN_IS_PLAN_TAB (self));
  rn_plan_list_focus (RN_PLAN_LIST (self->list));
}
