/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock is that of the source, in its time zone; a simulation says how fast it runs. Main
 * thread. */
#include "ui/rn-header.h"

#include <adwaita.h>
#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-compat.h"
#include "ui/rn-operator-button.h"
#include "ui/rn-plan-chip.h"
#include "ui/rn-sound-button.h"

struct _RnHeader {
  GtkWidget parent_instance;
  GtkWidget *bar, *search_slot, *panel_button, *title, *subtitle, *menu_button;
  gboolean with_alerts; /* rn_header_set_alerts() */
  GtkWidget *plan_chip, *clock_box, *clock, *day, *rate, *operator_button, *sound_button;
};

G_DEFINE_FINAL_TYPE (RnHeader, rn_header, GTK_TYPE_WIDGET)

static void
rn_header_dispose (GObject *object)
{
  g_clear_pointer (&RN_HEADER (object)->bar, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_header_parent_class)->dispose (object);
}

static void
rn_header_class_init (RnHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (RN_TYPE_OPERATOR_BUTTON);
  g_type_ensure (RN_TYPE_SOUND_BUTTON);
  G_OBJECT_CLASS (klass)->dispose = rn_header_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-header.ui");
  gtk_widget_class_bind_template_child (widget_class, RnHeader, bar);
  gtk_widget_class_bind_template_child (widget_class, RnHeader, search_slot);
  gtk_widget_class_bind_template_child (widget_class, RnHeader, panel_button);
  gtk_widget_class_bind_template_child (widget_class, RnHeader, title);
  gtk_widget_class_bind_template_child (widget_class, RnHeader, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RnHeader, menu_button);
  g_type_ensure (RN_TYPE_PLAN_CHIP);
  gtk_widget_class_bind_template_child (widget_class, RnHeader, plan_chip);
  gtk_widget_class_bind_template_child (widget_class, RnHeader, clock_box);
  gtk_widget_class_bind_template_child (widget_class, RnHeader, clock);
  gtk_widget_class_bind_template_child (widget_class, RnHeader, day);
  gtk_widget_class_bind_template_child (widget_class, RnHeader, rate);
  gtk_widget_class_bind_template_child (widget_class, RnHeader, operator_button);
  gtk_widget_class_bind_template_child (widget_class, RnHeader, sound_button);
}

static void
rn_header_init (RnHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rn_compat_set_tooltip (self->menu_button, _("Main menu"));
}

static void
set_text (GtkWidget *label, const char *text)
{
  if (!g_str_equal (gtk_label_get_label (GTK_LABEL (label)), text))
    gtk_label_set_label (GTK_LABEL (label), text);
}

/* What is not the life of now says so beside the clock: a simulation, a recording and its year. */
static char *
dup_clock_note (RnSession *session, gint64 now_us, GTimeZone *timezone, double rate)
{
  g_autofree char *number = rn_text_measure (rate, rate == floor (rate) ? 0 : 1, NULL);
  gboolean at_life = fabs (rate - 1.0) <= 1e-6;

  if (rn_session_is_recording (session))
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / RN_SECOND);
      g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, timezone) : NULL;
      int year = local != NULL ? g_date_time_get_year (local) : 0;

      return at_life ? g_strdup_printf (_("Recording of %d"), year)
                     : g_strdup_printf (_("Recording of %d, ×%s"), year, number);
    }
  return at_life ? NULL : g_strdup_printf (_("×%s simulation"), number);
}

static void
update_clock (RnHeader *self, RnSession *session)
{
  gint64 now_us = rn_session_now_us (session);
  GTimeZone *timezone = rn_session_get_timezone (session);
  double rate = rn_session_get_rate (session);
  g_autofree char *clock = rn_text_clock (now_us, timezone);
  g_autofree char *day = rn_text_day (now_us, timezone);
  g_autofree char *note = dup_clock_note (session, now_us, timezone, rate);

  set_text (self->clock, clock);
  set_text (self->day, day);
  gtk_widget_set_visible (self->rate, note != NULL);
  set_text (self->rate, note != NULL ? note : "");
}

/* The names of the sources, each once. */
static char *
dup_source_names (const GPtrArray *feeds)
{
  g_autoptr (GString) names = g_string_new (NULL);
  const char *last = NULL; /* feeds come source by source */

  for (guint i = 0; i < feeds->len; i++)
    {
      const RnFeedStatus *status = feeds->pdata[i];

      if (status->source == NULL || g_strcmp0 (status->source, last) == 0)
        continue;
      g_string_append_printf (names, "%s%s", last != NULL ? " · " : "", status->source);
      last = status->source;
    }
  return g_strdup (names->str);
}

/* "Demo data" is said wherever the demo is; other sources are named as the person named them. */
static char *
dup_subtitle (RnSession *session, const GPtrArray *feeds)
{
  g_autofree char *names = NULL;

  if (!rn_session_is_demo (session))
    return dup_source_names (feeds);
  if (rn_session_get_n_sources (session) <= 1)
    return g_strdup (_("Simulated network · demo data"));
  names = dup_source_names (feeds);
  return g_strdup_printf (_("%s · with demo data"), names);
}

void
rn_header_set_search (RnHeader *self, GtkWidget *search)
{
  adw_bin_set_child (ADW_BIN (self->search_slot), search);
}

void
rn_header_set_plan_desk (RnHeader *self, RnPlanDesk *desk)
{
  rn_plan_chip_set_desk (RN_PLAN_CHIP (self->plan_chip), desk);
}

void
rn_header_update (RnHeader *self, RnSession *session, const GPtrArray *feeds)
{
  g_autofree char *subtitle = dup_subtitle (session, feeds);

  set_text (self->title, rn_session_get_title (session));
  set_text (self->subtitle, subtitle);
  update_clock (self, session);
  rn_plan_chip_update (RN_PLAN_CHIP (self->plan_chip));
  rn_sound_button_update (RN_SOUND_BUTTON (self->sound_button));
}

void
rn_header_set_alerts (RnHeader *self, RnAlertDesk *desk, RnAlarm *alarm)
{
  self->with_alerts = TRUE;
  rn_operator_button_set_desk (RN_OPERATOR_BUTTON (self->operator_button), desk);
  rn_sound_button_set_alarm (RN_SOUND_BUTTON (self->sound_button), alarm);
}

void
rn_header_set_empty (RnHeader *self, gboolean empty)
{
  gtk_widget_set_visible (self->panel_button, !empty);
  gtk_widget_set_visible (self->clock_box, !empty);
  gtk_widget_set_visible (self->search_slot, !empty);
  gtk_widget_set_visible (self->operator_button, !empty && self->with_alerts);
  gtk_widget_set_visible (self->sound_button, !empty && self->with_alerts);
  if (!empty)
    return;
  set_text (self->title, _("RoadNet"));
  set_text (self->subtitle, _("First start"));
}
