/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made once; each frame changes its words. Main thread. */
#include "ui/rn-plan-advice-card.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-compat.h"
#include "ui/rn-plan-dialogs.h"
#include "ui/rn-plan-text.h"
#include "ui/rn-side-text.h"

typedef struct {
  GtkWidget *button, *title, *second, *state;
} TierBox;

struct _RnPlanAdviceCard {
  GtkWidget parent_instance;
  GtkWidget *box, *tiers, *card, *icon, *title, *grounds, *first_box, *first, *second_box, *second,
      *confirm, *confirm_second, *decline, *copy, *after;
  TierBox tier[RN_N_TIERS];
  RnPlanDesk *desk;
  GTimeZone *zone; /* NULL before the first plan */
  char *plan_key;
  int to;          /* tier proposed */
  gboolean narrow; /* a tier says its state below its name */
};

G_DEFINE_FINAL_TYPE (RnPlanAdviceCard, rn_plan_advice_card, GTK_TYPE_WIDGET)

static GtkWindow *
window_of (RnPlanAdviceCard *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* ---- tiers --------------------------------------------------------------------------------- */

static char *
dup_time (RnPlanAdviceCard *self, gint64 at_us)
{
  return rn_text_moment (at_us, rn_plan_desk_get_now_us (self->desk), self->zone);
}

/* "Entered 10:16", "Needs two persons" … */
static char *
dup_second_line (RnPlanAdviceCard *self, const RnPlanAdvice *advice, int tier)
{
  const RnPlanState *state = rn_plan_desk_get_state (self->desk, advice->plan->key);
  RnPlanTierNow now = rn_plan_desk_get_tier (self->desk, advice);
  gint64 entered_us = tier == now.tier ? now.since_us : 0;
  g_autofree char *at = NULL;

  if (entered_us == 0 && state != NULL && now.here && tier > now.tier && now.tier != 0)
    entered_us = state->entered_us[tier];
  if (entered_us != 0)
    {
      at = dup_time (self, entered_us);
      return g_strdup_printf (_("Entered %s"), at);
    }
  if (now.tier != 0 && tier > now.tier)
    return g_strdup (_("Passed"));
  return g_strdup (rn_plan_book_needs (tier) == 2 ? _("Two persons") : _("Not entered"));
}

static void
show_tier (RnPlanAdviceCard *self, const RnPlanAdvice *advice, int tier)
{
  TierBox *box = &self->tier[tier];
  RnPlanTierNow now = rn_plan_desk_get_tier (self->desk, advice);
  gboolean in_force = tier == now.tier;
  gboolean proposed = tier == advice->to && rn_plan_desk_asks (self->desk, advice);
  gboolean allowed = rn_plan_advice_allows (advice, tier);
  g_autofree char *second = dup_second_line (self, advice, tier);
  g_autofree char *age = rn_text_age (rn_plan_desk_get_now_us (self->desk) - now.since_us);
  g_autofree char *state = NULL;
  g_autofree char *name = NULL;

  if (in_force && now.since_us != 0)
    state = g_strdup_printf (_("for %s"), age);
  else if (in_force)
    state = g_strdup (_("In force"));
  else
    state = g_strdup (proposed ? _("Suggested") : "");
  gtk_label_set_text (GTK_LABEL (box->second), self->narrow && *state != '\0' ? state : second);
  gtk_widget_set_visible (box->state, !self->narrow);
  gtk_label_set_text (GTK_LABEL (box->state), state);
  rn_compat_set_class (box->button, "in-force", in_force);
  rn_compat_set_class (box->button, "proposed", proposed);
  rn_compat_set_class (box->button, "passed", now.tier != 0 && tier > now.tier);
  gtk_widget_set_sensitive (box->button, allowed);
  gtk_widget_set_tooltip_text (box->button, allowed ? _("Change to this tier") : NULL);
  name = g_strdup_printf ("%s, %s, %s", rn_plan_tier_title (tier), second, state);
  rn_compat_set_name (box->button, name);
}

static void
tier_cb (GtkButton *button, RnPlanAdviceCard *self)
{
  int tier = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "rn-tier"));

  rn_plan_ask_tier (window_of (self), self->desk, self->plan_key, tier);
}

static GtkWidget *
add_label (GtkWidget *box, const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_tier (RnPlanAdviceCard *self, int tier)
{
  TierBox *box = &self->tier[tier];
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (rn_side_tier_icon (tier));
  g_autofree char *title =
      g_strdup_printf ("%s  %s", rn_plan_tier_title (tier), rn_plan_tier_colour (tier));

  box->button = gtk_button_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 26);
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (icon, "rn-shape");
  gtk_widget_add_css_class (icon, rn_side_level_class (tier));
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (lines, TRUE);
  box->title = add_label (lines, "title", 0);
  box->second = add_label (lines, "second", 0);
  gtk_label_set_text (GTK_LABEL (box->title), title);
  gtk_box_append (GTK_BOX (content), icon);
  gtk_box_append (GTK_BOX (content), lines);
  box->state = add_label (content, "state", 1);
  gtk_label_set_ellipsize (GTK_LABEL (box->state), PANGO_ELLIPSIZE_NONE);
  gtk_button_set_child (GTK_BUTTON (box->button), content);
  rn_compat_set_name (box->button, title);
  gtk_widget_add_css_class (box->button, "rn-plan-tier");
  g_object_set_data (G_OBJECT (box->button), "rn-tier", GINT_TO_POINTER (tier));
  g_signal_connect (box->button, "clicked", G_CALLBACK (tier_cb), self);
  gtk_box_append (GTK_BOX (self->tiers), box->button);
}

/* ---- proposal ------------------------------------------------------------------------------ */

static void
show_persons (RnPlanAdviceCard *self, const RnPlanState *state, gboolean awaits)
{
  g_autofree char *at = awaits ? dup_time (self, state->first_us) : NULL;
  g_autofree char *first = awaits ? g_strdup_printf ("%s %s", state->first, at) : NULL;

  gtk_widget_set_visible (self->first_box, awaits);
  gtk_widget_set_visible (self->second_box, awaits);
  gtk_label_set_text (GTK_LABEL (self->first), first != NULL ? first : "");
  gtk_label_set_text (GTK_LABEL (self->second), _("Waited for"));
}

static void
show_after (RnPlanAdviceCard *self, const RnPlanAdvice *advice, int to)
{
  g_autoptr (GPtrArray) orders = rn_plan_desk_dup_to_order (self->desk, advice->plan->key, to);
  g_autofree char *text = NULL;

  if (rn_tier_is_worse (to, advice->tier))
    text = g_strdup_printf (
        ngettext ("Confirming orders %u measure", "Confirming orders %u measures", orders->len),
        orders->len);
  gtk_label_set_text (GTK_LABEL (self->after), text != NULL ? text : "");
}

static void
show_buttons (RnPlanAdviceCard *self, const RnPlanAdvice *advice, gboolean asks, gboolean awaits)
{
  gboolean grave = advice->to == 1;
  g_autofree char *label = g_strdup_printf (
      advice->move == RN_PLAN_LOWER ? _("Confirm: down to %s") : _("Confirm: up to %s"),
      rn_plan_tier_numeral (advice->to));

  gtk_widget_set_visible (self->confirm, asks);
  gtk_widget_set_visible (self->confirm_second, awaits);
  gtk_widget_set_visible (self->decline, asks || awaits);
  gtk_widget_set_visible (self->copy, advice->move != RN_PLAN_HOLD);
  gtk_button_set_label (GTK_BUTTON (self->confirm), label);
  gtk_button_set_label (GTK_BUTTON (self->decline),
                        awaits ? _("_Withdraw, with reason…") : _("_Not now, with reason…"));
  rn_compat_set_class (self->confirm, "destructive-action", grave);
  rn_compat_set_class (self->confirm, "suggested-action", !grave);
}

static char *
dup_waiting_title (const RnPlanAdvice *advice, const RnPlanState *state)
{
  return g_strdup_printf (_("%s → %s waits for the second person"),
                          rn_plan_tier_numeral (advice->tier),
                          rn_plan_tier_numeral (state->proposed));
}

static void
show_proposal (RnPlanAdviceCard *self, const RnPlanAdvice *advice)
{
  const RnPlanState *state = rn_plan_desk_get_state (self->desk, advice->plan->key);
  gboolean awaits = rn_plan_desk_awaits_second (self->desk, advice->plan->key);
  gboolean asks = rn_plan_desk_asks (self->desk, advice);
  int to = awaits ? state->proposed : advice->to;
  g_autofree char *title = NULL;
  g_autofree char *grounds = NULL;

  gtk_widget_set_visible (self->card, awaits || advice->move != RN_PLAN_HOLD);
  if (!awaits && advice->move == RN_PLAN_HOLD)
    return;
  title = awaits ? dup_waiting_title (advice, state) : rn_plan_dup_suggestion (advice);
  if (advice->move != RN_PLAN_HOLD)
    grounds = rn_plan_dup_grounds (advice);
  else
    grounds = g_strdup (state->proposed_text != NULL ? state->proposed_text
                                                     : _("Its criteria do not hold any more."));
  if (!asks && !awaits)
    {
      g_free (grounds);
      grounds =
          g_strdup_printf (_("Declined by %s: %s"), state->declined_by, state->declined_text);
    }
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                to > 0 ? rn_side_tier_icon (to) : "rn-plan-symbolic");
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    {
      rn_compat_set_class (self->icon, rn_side_level_class (tier), tier == to);
      rn_compat_set_class (self->card, rn_side_tier_class (tier), tier == to);
    }
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->grounds), grounds);
  show_persons (self, state, awaits);
  show_buttons (self, advice, asks, awaits);
  show_after (self, advice, to);
}

void
rn_plan_advice_card_show (RnPlanAdviceCard *self, const RnPlanAdvice *advice, GTimeZone *zone)
{
  g_return_if_fail (RN_IS_PLAN_ADVICE_CARD (self));
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  g_free (self->plan_key);
  self->plan_key = g_strdup (advice->plan->key);
  self->to = advice->to;
  for (int tier = RN_N_TIERS - 1; tier >= 1; tier--)
    show_tier (self, advice, tier);
  show_proposal (self, advice);
}

void
rn_plan_advice_card_set_narrow (RnPlanAdviceCard *self, gboolean narrow)
{
  g_return_if_fail (RN_IS_PLAN_ADVICE_CARD (self));
  self->narrow = narrow;
}

/* ---- acts ---------------------------------------------------------------------------------- */

static void
confirm_cb (RnPlanAdviceCard *self)
{
  rn_plan_ask_tier (window_of (self), self->desk, self->plan_key, self->to);
}

static void
confirm_second_cb (RnPlanAdviceCard *self)
{
  rn_plan_ask_second (window_of (self), self->desk, self->plan_key);
}

static void
decline_cb (RnPlanAdviceCard *self)
{
  rn_plan_ask_decline (window_of (self), self->desk, self->plan_key);
}

static void
copy_cb (RnPlanAdviceCard *self)
{
  const RnPlanAdvice *advice = rn_plan_desk_find (self->desk, self->plan_key);
  g_autofree char *text = NULL;

  if (advice == NULL || advice->move == RN_PLAN_HOLD)
    return;
  text = rn_plan_dup_evidence_text (self->desk, advice, self->zone);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_plan_advice_card_dispose (GObject *object)
{
  RnPlanAdviceCard *self = RN_PLAN_ADVICE_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rn_plan_advice_card_parent_class)->dispose (object);
}

static void
rn_plan_advice_card_finalize (GObject *object)
{
  RnPlanAdviceCard *self = RN_PLAN_ADVICE_CARD (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->plan_key);
  G_OBJECT_CLASS (rn_plan_advice_card_parent_class)->finalize (object);
}

static void
rn_plan_advice_card_class_init (RnPlanAdviceCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_plan_advice_card_dispose;
  G_OBJECT_CLASS (class)->finalize = rn_plan_advice_card_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-plan-advice-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, box);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, tiers);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, card);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, icon);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, title);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, grounds);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, first_box);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, first);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, second_box);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, second);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, confirm);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, confirm_second);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, decline);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, copy);
  gtk_widget_class_bind_template_child (widget_class, RnPlanAdviceCard, after);
  gtk_widget_class_bind_template_callback (widget_class, confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_second_cb);
  gtk_widget_class_bind_template_callback (widget_class, decline_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
rn_plan_advice_card_init (RnPlanAdviceCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int tier = RN_N_TIERS - 1; tier >= 1; tier--)
    add_tier (self, tier);
}

GtkWidget *
rn_plan_advice_card_new (RnPlanDesk *desk)
{
  RnPlanAdviceCard *self = g_object_new (RN_TYPE_PLAN_ADVICE_CARD, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}
