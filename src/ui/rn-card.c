/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows the session: each frame is shown, each second the ages. The body is made anew for another
 * kind of subject. What has left the frame stays as it was last seen, with a line that says when.
 * Main thread. */
#include "ui/rn-card.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-alert-actions.h"
#include "ui/rn-card-alert.h"
#include "ui/rn-card-body.h"
#include "ui/rn-compat.h"
#include "ui/rn-shield-label.h"
#include "ui/rn-state-chip.h"

struct _RnCard {
  GtkWidget parent_instance;
  RnSeat *seat;
  RnSubject *subject;    /* NULL: hidden, or the alert has no place */
  char *alert_key;       /* of an alert that was chosen as such; NULL: the subject's own is shown */
  gint64 alert_ended_us; /* when that was first missing; 0: it stands */
  gboolean plain;
  GtkWidget *body; /* RnCardBody, NULL none */
  RnSubjectKind body_kind;
  gboolean seen;   /* the subject was in a frame since it was set */
  gint64 ended_us; /* when it was first missing; 0: it is there */
  RnDataAge age;
  const char *icon_class, *badge_class, *age_class; /* interned */

  GtkWidget *box, *icon, *shield, *title, *chip, *badge, *locate, *close, *second, *age_label,
      *ended, *alert, *actions;
};

G_DEFINE_FINAL_TYPE (RnCard, rn_card, GTK_TYPE_WIDGET)

/* ---- head ---------------------------------------------------------------------------------- */

static void
swap_class (GtkWidget *widget, const char **held, const char *css_class)
{
  const char *next = g_intern_string (css_class);

  if (*held == next)
    return;
  if (*held != NULL)
    gtk_widget_remove_css_class (widget, *held);
  if (next != NULL)
    gtk_widget_add_css_class (widget, next);
  *held = next;
}

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text != NULL ? text : "") != 0)
    gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

/* A good age is part of the second line; another one stands on a line of its own, as in the truth
 * strip. */
static void
show_age (RnCard *self, const RnCardHead *head)
{
  gboolean live = head->age.quality == RN_QUALITY_LIVE;
  gboolean ageless = live && head->age.age_us < 0; /* static things */
  g_autofree char *words = rn_side_age_words (head->age);
  g_autofree char *second = NULL;

  if (!live || ageless)
    second = g_strdup (head->second);
  else if (head->second != NULL)
    second = g_strdup_printf ("%s · %s", head->second, words);
  else
    second = g_strdup (words);
  set_text (self->second, second);
  swap_class (self->age_label, &self->age_class, rn_side_age_class (head->age));
  set_text (self->age_label, live ? NULL : words);
}

static void
show_head (RnCard *self, const RnCardHead *head)
{
  gtk_widget_set_visible (self->icon, head->icon != NULL);
  if (g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (self->icon)), head->icon) != 0)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), head->icon);
  swap_class (self->icon, &self->icon_class, head->icon_class);
  rn_shield_label_set_road (RN_SHIELD_LABEL (self->shield), head->road, head->shield);
  set_text (self->title, head->title);
  gtk_widget_set_visible (self->chip, head->state >= 0);
  if (head->state >= 0)
    rn_state_chip_set_state (RN_STATE_CHIP (self->chip), (guint8) head->state);
  set_text (self->badge, head->badge);
  swap_class (self->badge, &self->badge_class, head->badge_class);
  show_age (self, head);
}

static void
show_name (RnCard *self)
{
  g_autofree char *name =
      g_strdup_printf (_("%s: %s"), gtk_label_get_text (GTK_LABEL (self->title)),
                       gtk_label_get_text (GTK_LABEL (self->second)));

  rn_compat_set_name (GTK_WIDGET (self), name);
}

/* ---- following ----------------------------------------------------------------------------- */

/* The alert that is shown; NULL none. */
static const RnAlert *
find_alert (RnCard *self)
{
  RnAlertDesk *desk = rn_seat_get_desk (self->seat);

  if (self->alert_key != NULL)
    return rn_alert_desk_find (desk, self->alert_key);
  return self->subject != NULL ? rn_alert_desk_find_for (desk, self->subject) : NULL;
}

static const RnRule *
find_rule (RnCard *self)
{
  const RnAlert *alert = find_alert (self);

  if (alert == NULL || alert->rule == NULL)
    return NULL;
  return rn_rule_set_find (rn_seat_get_alerts (self->seat)->rules, alert->rule);
}

static RnCardContext
get_context (RnCard *self, gboolean fresh)
{
  RnSession *session = rn_seat_get_session (self->seat);

  return (RnCardContext){ .seat = self->seat,
                          .rule = find_rule (self),
                          .frame = rn_seat_get_frame (self->seat),
                          .key = self->subject != NULL ? self->subject->key : NULL,
                          .now_us = rn_session_now_us (session),
                          .timezone = rn_session_get_timezone (session),
                          .fresh = fresh };
}

static void
show_ended (RnCard *self, const RnCardContext *context)
{
  g_autofree char *moment = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->ended, self->ended_us != 0);
  rn_compat_set_class (GTK_WIDGET (self), "ended", self->ended_us != 0);
  if (self->ended_us == 0)
    return;
  moment = rn_text_moment (self->ended_us, context->now_us, context->timezone);
  if (self->seen)
    text = g_strdup_printf (_("Ended %s. What is shown is how it was last."), moment);
  else
    text = g_strdup (_("The data does not have this any more."));
  gtk_label_set_text (GTK_LABEL (self->ended), text);
}

/* An alert without a place: its words are the head. */
static void
show_placeless (RnCard *self, const RnAlertContext *context, const RnAlert *alert)
{
  RnCardHead head = { .state = -1, .age = { RN_QUALITY_LIVE, -1 } };

  if (alert == NULL)
    return;
  head.title = rn_alert_text_place (context, alert);
  show_head (self, &head);
  rn_card_head_clear (&head);
}

static void
show_alert (RnCard *self, const RnCardContext *from, gboolean fresh)
{
  const RnAlert *alert = find_alert (self);
  RnAlertContext context = { from->frame, rn_seat_get_alerts (self->seat), from->now_us,
                             from->timezone };

  if (alert != NULL)
    {
      self->alert_ended_us = 0;
      rn_card_alert_show (RN_CARD_ALERT (self->alert), &context, alert);
    }
  else if (self->alert_key != NULL && self->alert_ended_us == 0)
    {
      self->alert_ended_us = from->now_us;
      rn_card_alert_show_ended (RN_CARD_ALERT (self->alert), &context, from->now_us);
    }
  gtk_widget_set_visible (self->alert, alert != NULL || self->alert_key != NULL);
  if (fresh)
    rn_alert_actions_show (RN_ALERT_ACTIONS (self->actions), &context, alert);
  if (self->subject == NULL)
    show_placeless (self, &context, alert);
}

static void
show_subject (RnCard *self, const RnCardContext *context, gboolean fresh)
{
  RnCardHead head;

  if (rn_card_body_show (RN_CARD_BODY (self->body), context, &head))
    {
      self->seen = TRUE;
      self->ended_us = head.ended_us;
      show_head (self, &head);
      gtk_widget_show (self->body);
    }
  else if (self->ended_us == 0)
    {
      self->ended_us = context->frame->at_us;
      set_text (self->age_label, NULL);
      if (!self->seen)
        {
          set_text (self->title, self->subject->key);
          gtk_widget_hide (self->body);
        }
    }
  rn_card_head_clear (&head);
  show_ended (self, context);
}

static void
show (RnCard *self, gboolean fresh)
{
  RnCardContext context;

  if (self->subject == NULL && self->alert_key == NULL)
    return;
  context = get_context (self, fresh);
  if (self->subject != NULL)
    show_subject (self, &context, fresh);
  show_alert (self, &context, fresh);
  if (fresh)
    show_name (self);
}

static void
frame_changed_cb (RnCard *self)
{
  show (self, TRUE);
}

static void
tick_cb (RnCard *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->ended_us == 0)
    show (self, FALSE);
}

/* ---- controls ------------------------------------------------------------------------------ */

static void
locate_cb (RnCard *self)
{
  if (self->alert_key != NULL)
    rn_seat_go_to_alert (self->seat, self->alert_key);
  else if (self->subject != NULL)
    rn_seat_go_to (self->seat, self->subject);
}

static void
close_cb (RnCard *self)
{
  rn_seat_select (self->seat, NULL);
}

/* ---- life ---------------------------------------------------------------------------------- */

static void
rn_card_dispose (GObject *object)
{
  RnCard *self = RN_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->body = NULL;
  g_clear_object (&self->seat);
  g_clear_pointer (&self->subject, rn_subject_free);
  g_clear_pointer (&self->alert_key, g_free);
  G_OBJECT_CLASS (rn_card_parent_class)->dispose (object);
}

static void
rn_card_class_init (RnCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_card_dispose;
  g_type_ensure (RN_TYPE_CARD_ALERT);
  g_type_ensure (RN_TYPE_SHIELD_LABEL);
  g_type_ensure (RN_TYPE_STATE_CHIP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/RoadNet/ui/rn-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RnCard, box);
  gtk_widget_class_bind_template_child (widget_class, RnCard, icon);
  gtk_widget_class_bind_template_child (widget_class, RnCard, shield);
  gtk_widget_class_bind_template_child (widget_class, RnCard, title);
  gtk_widget_class_bind_template_child (widget_class, RnCard, chip);
  gtk_widget_class_bind_template_child (widget_class, RnCard, badge);
  gtk_widget_class_bind_template_child (widget_class, RnCard, locate);
  gtk_widget_class_bind_template_child (widget_class, RnCard, close);
  gtk_widget_class_bind_template_child (widget_class, RnCard, second);
  gtk_widget_class_bind_template_child_full (widget_class, "age", FALSE,
                                             G_STRUCT_OFFSET (RnCard, age_label));
  gtk_widget_class_bind_template_child (widget_class, RnCard, ended);
  gtk_widget_class_bind_template_child (widget_class, RnCard, alert);
  gtk_widget_class_bind_template_callback (widget_class, locate_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
rn_card_init (RnCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- API ----------------------------------------------------------------------------------- */

GtkWidget *
rn_card_new (RnSeat *seat, gboolean plain)
{
  RnCard *self = g_object_new (RN_TYPE_CARD, NULL);
  RnSession *session = rn_seat_get_session (seat);

  self->seat = g_object_ref (seat);
  gtk_widget_add_css_class (GTK_WIDGET (self), plain ? "rn-card-page" : "rn-card");
  if (!plain)
    gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_visible (self->close, !plain);
  self->plain = plain;
  self->actions = rn_alert_actions_new (seat);
  gtk_widget_hide (self->actions);
  gtk_box_append (GTK_BOX (self->box), self->actions);
  g_signal_connect_object (seat, "notify::alerts", G_CALLBACK (frame_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (frame_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "feeds-changed", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/* Long pages have the acts above their body, cards below it, so that the figures stand together. */
static void
replace_body (RnCard *self, RnSubjectKind kind)
{
  if (self->body != NULL)
    gtk_box_remove (GTK_BOX (self->box), self->body);
  self->body = rn_card_body_new (kind);
  self->body_kind = kind;
  gtk_box_insert_child_after (GTK_BOX (self->box), self->body,
                              self->plain ? self->actions : self->alert);
}

void
rn_card_set_subject (RnCard *self, const RnSubject *subject)
{
  rn_card_set_alert (self, NULL, subject);
}

void
rn_card_set_alert (RnCard *self, const char *key, const RnSubject *subject)
{
  g_return_if_fail (RN_IS_CARD (self));
  if (rn_subject_equal (self->subject, subject) && g_strcmp0 (self->alert_key, key) == 0)
    return;
  g_clear_pointer (&self->subject, rn_subject_free);
  g_free (self->alert_key);
  self->alert_key = g_strdup (key);
  self->seen = FALSE;
  self->ended_us = self->alert_ended_us = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), subject != NULL || key != NULL);
  gtk_widget_hide (self->ended);
  rn_compat_set_class (GTK_WIDGET (self), "ended", FALSE);
  if (subject != NULL)
    {
      self->subject = rn_subject_copy (subject);
      if (self->body == NULL || self->body_kind != subject->kind)
        replace_body (self, subject->kind);
    }
  gtk_widget_set_visible (self->locate, subject != NULL);
  if (self->body != NULL)
    gtk_widget_set_visible (self->body, subject != NULL);
  show (self, TRUE);
}

gboolean
rn_card_open_form (RnCard *self, RnAlertForm form)
{
  g_return_val_if_fail (RN_IS_CARD (self), FALSE);
  if (find_alert (self) == NULL)
    return FALSE;
  rn_alert_actions_open (RN_ALERT_ACTIONS (self->actions), form);
  return TRUE;
}

void
rn_card_toggle_timeline (RnCard *self)
{
  g_return_if_fail (RN_IS_CARD (self));
  if (find_alert (self) != NULL)
    rn_alert_actions_toggle_timeline (RN_ALERT_ACTIONS (self->actions));
}

const RnSubject *
rn_card_get_subject (RnCard *self)
{
  g_return_val_if_fail (RN_IS_CARD (self), NULL);
  return self->subject;
}

gboolean
rn_card_is_ended (RnCard *self)
{
  g_return_val_if_fail (RN_IS_CARD (self), FALSE);
  return self->ended_us != 0;
}
