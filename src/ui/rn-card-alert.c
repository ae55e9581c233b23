/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels that are changed only where their text is another one. Main thread. */
#include "ui/rn-card-alert.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-side-text.h"

struct _RnCardAlert {
  GtkWidget parent_instance;
  GtkWidget *box, *icon, *what, *answer, *limit, *where, *caution, *mask, *guidance;
  const char *icon_class; /* interned */
};

G_DEFINE_FINAL_TYPE (RnCardAlert, rn_card_alert, GTK_TYPE_WIDGET)

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text != NULL ? text : "") != 0)
    gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

static void
show_icon (RnCardAlert *self, int tier)
{
  const char *next = g_intern_string (rn_side_level_class (tier));

  if (g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (self->icon)), rn_side_tier_icon (tier)) != 0)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), rn_side_tier_icon (tier));
  if (next == self->icon_class)
    return;
  if (self->icon_class != NULL)
    gtk_widget_remove_css_class (self->icon, self->icon_class);
  if (next != NULL)
    gtk_widget_add_css_class (self->icon, next);
  self->icon_class = next;
}

/* "Speed ratio 0.21 < 0.25, by 0.04 · queue 8.6 km, tail K1252+300" */
static char *
dup_limit (const RnAlertContext *context, const RnAlert *alert)
{
  const RnRule *rule = rn_alert_text_rule (context, alert);
  double value = rn_alert_text_value (context, alert);
  g_autofree char *limit = rn_alert_text_limit (context, alert);
  g_autofree char *queue = rn_alert_text_queue (context, alert);
  g_autoptr (GString) text = g_string_new (limit);

  if (rule != NULL && rn_rule_is_beyond (rule, value, alert->threshold) && isfinite (value)
      && rule->metric != RN_METRIC_INCIDENT_LEVEL && rule->metric != RN_METRIC_STATE
      && rule->metric != RN_METRIC_FEED_AGE_S)
    {
      g_autofree char *by = rn_metric_text (rule->metric, fabs (value - alert->threshold));

      g_string_append (text, _(", "));
      /* Translators: how far a value is beyond its limit */
      g_string_append_printf (text, _("by %s"), by);
    }
  if (queue != NULL)
    g_string_append_printf (text, " · %s", queue);
  return g_strdup (text->str);
}

/* "Tier II · since 10:21, 21 min · G2 K1064+300 towards Beijing · Zhou Min" */
static char *
dup_where (const RnAlertContext *context, const RnAlert *alert)
{
  g_autofree char *place = rn_alert_text_place (context, alert);
  g_autofree char *moment = rn_text_moment (alert->raised_us, context->now_us, context->timezone);
  g_autofree char *age = rn_text_age (context->now_us - alert->raised_us);
  GString *text = g_string_new (rn_alert_text_tier (rn_alert_shown_tier (alert)));

  g_string_append (text, " · ");
  g_string_append_printf (text, _("since %s, %s"), moment, age);
  g_string_append_printf (text, " · %s", place);
  if (alert->owner != NULL)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("in the hands of %s"), alert->owner);
    }
  return g_string_free (text, FALSE);
}

static char *
dup_caution (const RnAlertContext *context, const RnAlert *alert)
{
  const char *data = rn_alert_text_data (alert);
  GString *text = g_string_new (NULL);

  if (data != NULL)
    g_string_append_printf (text, _("%s: the alert stays as it was last known."), data);
  if (!rn_alert_sheet_is_recorded (context->sheet, alert->key))
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            _("Not recorded yet: the journal cannot be written."));
  return g_string_free (text, FALSE);
}

void
rn_card_alert_show (RnCardAlert *self, const RnAlertContext *context, const RnAlert *alert)
{
  const RnRule *rule = rn_alert_text_rule (context, alert);
  g_autofree char *what = rn_alert_text_what (context, alert);
  g_autofree char *answer = rn_alert_text_answer (context, alert);
  g_autofree char *limit = dup_limit (context, alert);
  g_autofree char *where = dup_where (context, alert);
  g_autofree char *caution = dup_caution (context, alert);
  g_autofree char *mask = rn_alert_text_mask (context, alert);
  g_autofree char *name = g_strdup_printf (_("%s: %s"), what, answer);
  const char *guidance = rule != NULL ? rn_names_get (rule->guidance, NULL) : NULL;
  g_autofree char *advice = guidance != NULL ? g_strdup_printf (_("To do: %s"), guidance) : NULL;

  g_return_if_fail (RN_IS_CARD_ALERT (self));
  show_icon (self, rn_alert_shown_tier (alert));
  set_text (self->what, what);
  set_text (self->answer, answer);
  rn_compat_set_class (self->answer, "asks", rn_alert_asks (alert));
  set_text (self->limit, limit);
  set_text (self->where, where);
  set_text (self->caution, caution);
  set_text (self->mask, mask);
  set_text (self->guidance, advice);
  rn_compat_set_name (GTK_WIDGET (self), name);
}

void
rn_card_alert_show_ended (RnCardAlert *self, const RnAlertContext *context, gint64 at_us)
{
  g_autofree char *moment = rn_text_moment (at_us, context->now_us, context->timezone);
  g_autofree char *text = g_strdup_printf (_("Cleared %s"), moment);

  g_return_if_fail (RN_IS_CARD_ALERT (self));
  set_text (self->answer, text);
  rn_compat_set_class (self->answer, "asks", FALSE);
  rn_compat_set_name (GTK_WIDGET (self), text);
}

static void
rn_card_alert_dispose (GObject *object)
{
  g_clear_pointer (&RN_CARD_ALERT (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_card_alert_parent_class)->dispose (object);
}

static void
rn_card_alert_class_init (RnCardAlertClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_card_alert_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-card-alert.ui");
  gtk_widget_class_bind_template_child (widget_class, RnCardAlert, box);
  gtk_widget_class_bind_template_child (widget_class, RnCardAlert, icon);
  gtk_widget_class_bind_template_child (widget_class, RnCardAlert, what);
  gtk_widget_class_bind_template_child (widget_class, RnCardAlert, answer);
  gtk_widget_class_bind_template_child (widget_class, RnCardAlert, limit);
  gtk_widget_class_bind_template_child (widget_class, RnCardAlert, where);
  gtk_widget_class_bind_template_child (widget_class, RnCardAlert, caution);
  gtk_widget_class_bind_template_child (widget_class, RnCardAlert, mask);
  gtk_widget_class_bind_template_child (widget_class, RnCardAlert, guidance);
}

static void
rn_card_alert_init (RnCardAlert *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
