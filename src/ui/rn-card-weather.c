/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs of what and value, built in one box with each frame: there is no fixed form to put into a
 * template. Main thread. */
#include "ui/rn-card-weather.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-section-rows.h"

#define MAX_SECTIONS 4

struct _RnCardWeather {
  RnCardBody parent_instance;
  RnSubjectKind kind;
  GtkWidget *text, *pairs, *sections;
};

G_DEFINE_FINAL_TYPE (RnCardWeather, rn_card_weather, RN_TYPE_CARD_BODY)

static void
add_pair (GtkWidget *box, const char *what, const char *value)
{
  gtk_box_append (GTK_BOX (box), rn_card_pair (what, value));
}

static void
add_measure (GtkWidget *box, const char *what, double value, int decimals, const char *unit)
{
  g_autofree char *text = rn_text_measure (value, decimals, unit);

  add_pair (box, what, text);
}

/* ---- station ------------------------------------------------------------------------------- */

void
rn_card_weather_fill_station (GtkWidget *box, const RnStation *station)
{
  g_autofree char *visibility =
      isnan (station->visibility_m) ? NULL : rn_text_distance (station->visibility_m);

  add_pair (box, _("Visibility"), visibility);
  add_measure (box, _("Rain"), station->rain_mm_h, 1, _("mm/h"));
  add_measure (box, _("Wind"), station->wind_ms, 1, _("m/s"));
  add_measure (box, _("Gusts"), station->gust_ms, 1, _("m/s"));
  add_measure (box, _("Air"), station->air_c, 1, "°C");
  add_measure (box, _("Road surface"), station->surface_c, 1, "°C");
  add_pair (box, _("Surface state"), rn_surface_title (station->surface));
  add_measure (box, _("Friction"), station->friction, 2, NULL);
}

static const RnStation *
find_station (const RnFrame *frame, const char *key)
{
  for (guint i = 0; i < frame->stations->len; i++)
    {
      const RnStation *station = frame->stations->pdata[i];

      if (g_strcmp0 (station->key, key) == 0)
        return station;
    }
  return NULL;
}

static gboolean
show_station (RnCardWeather *self, const RnCardContext *context, RnCardHead *head)
{
  const RnStation *station = find_station (context->frame, context->key);
  const char *name;

  if (station == NULL)
    return FALSE;
  name = rn_names_get (station->names, NULL);
  head->icon = "rn-weather-station-symbolic";
  head->title = g_strdup (name != NULL ? name : station->id);
  head->second = g_strdup (_("Weather station"));
  head->age = rn_side_feed_age (context->frame, station->source, RN_FEED_WEATHER,
                                station->observed_at_us, context->now_us);
  if (!context->fresh)
    return TRUE;
  gtk_widget_hide (self->text);
  gtk_widget_hide (self->sections);
  rn_card_clear (self->pairs);
  rn_card_weather_fill_station (self->pairs, station);
  return TRUE;
}

/* ---- warning ------------------------------------------------------------------------------- */

static const RnWarning *
find_warning (const RnFrame *frame, const char *key)
{
  for (guint i = 0; i < frame->warnings->len; i++)
    {
      const RnWarning *warning = frame->warnings->pdata[i];

      if (g_strcmp0 (warning->key, key) == 0)
        return warning;
    }
  return NULL;
}

static const char *
tier_colour (int tier)
{
  static const char *const titles[] = { N_("red warning"), N_("orange warning"),
                                        N_("yellow warning"), N_("blue warning") };

  return tier >= 1 && tier <= 4 ? _ (titles[tier - 1]) : _("warning");
}

static void
add_control (RnCardWeather *self, const RnControl *control)
{
  static const char *const levels[] = { [RN_CONTROL_SPECIAL] = N_("Control, special level"),
                                        [RN_CONTROL_1] = N_("Control, level 1"),
                                        [RN_CONTROL_2] = N_("Control, level 2"),
                                        [RN_CONTROL_3] = N_("Control, level 3") };
  g_autofree char *limit = rn_text_speed (control->limit_kmh);
  g_autofree char *text = isnan (control->limit_kmh) ? g_strdup (_("no limit given"))
                                                     : g_strdup_printf (_("limit %s"), limit);

  add_pair (self->pairs, _ (levels[control->level]), text);
}

static gboolean
shares_section (const RnWarning *warning, const RnControl *control)
{
  for (guint i = 0; i < warning->n_sections; i++)
    for (guint j = 0; j < control->n_sections; j++)
      if (warning->sections[i] == control->sections[j])
        return TRUE;
  return FALSE;
}

static void
show_warning_body (RnCardWeather *self, const RnCardContext *context, const RnWarning *warning)
{
  const RnFrame *frame = context->frame;
  const char *text = rn_names_get (warning->text, NULL);
  g_autofree char *from = rn_card_moment (context, warning->from_us);
  g_autofree char *until = rn_card_moment (context, warning->until_us);
  g_autofree char *length = NULL;
  double m = 0;

  gtk_label_set_text (GTK_LABEL (self->text), text != NULL ? text : "");
  gtk_widget_set_visible (self->text, text != NULL);
  rn_card_clear (self->pairs);
  add_pair (self->pairs, _("From"), from);
  add_pair (self->pairs, _("Until"), until);
  for (guint i = 0; i < warning->n_sections; i++)
    if (warning->sections[i] < frame->network->n_sections)
      m += frame->network->length_m[warning->sections[i]];
  length = warning->n_sections > 0 ? rn_text_distance (m) : NULL;
  add_pair (self->pairs, _("Carriageway concerned"), length);
  for (guint i = 0; i < frame->controls->len; i++)
    if (shares_section (warning, frame->controls->pdata[i]))
      add_control (self, frame->controls->pdata[i]);
  gtk_widget_set_visible (self->sections, warning->n_sections > 0);
  rn_section_rows_fill (self->sections, context, warning->sections, warning->n_sections,
                        MAX_SECTIONS);
}

static gboolean
show_warning (RnCardWeather *self, const RnCardContext *context, RnCardHead *head)
{
  const RnWarning *warning = find_warning (context->frame, context->key);
  const RnFeedStatus *feed;

  if (warning == NULL)
    return FALSE;
  feed = rn_side_find_feed (context->frame, warning->source, RN_FEED_WEATHER);
  head->icon = rn_side_hazard_icon (warning->hazard);
  head->icon_class = rn_side_tier_class (warning->tier);
  head->title = g_strdup (rn_hazard_title (warning->hazard));
  head->badge = g_strdup (tier_colour (warning->tier));
  head->badge_class = rn_side_tier_class (warning->tier);
  head->age = rn_side_feed_age (context->frame, warning->source, RN_FEED_WEATHER,
                                feed != NULL ? feed->observed_at_us : context->frame->at_us,
                                context->now_us);
  if (warning->until_us != 0 && warning->until_us <= context->now_us)
    head->ended_us = warning->until_us;
  if (context->fresh)
    show_warning_body (self, context, warning);
  return TRUE;
}

/* ---- class --------------------------------------------------------------------------------- */

static gboolean
rn_card_weather_show (RnCardBody *body, const RnCardContext *context, RnCardHead *head)
{
  RnCardWeather *self = RN_CARD_WEATHER (body);

  return self->kind == RN_SUBJECT_STATION ? show_station (self, context, head)
                                          : show_warning (self, context, head);
}

static void
rn_card_weather_class_init (RnCardWeatherClass *class)
{
  RN_CARD_BODY_CLASS (class)->show = rn_card_weather_show;
}

static void
rn_card_weather_init (RnCardWeather *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->text = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->text), 0);
  gtk_widget_set_margin_top (self->text, 6);
  self->pairs = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_margin_top (self->pairs, 6);
  self->sections = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), self->text);
  gtk_box_append (GTK_BOX (box), self->pairs);
  gtk_box_append (GTK_BOX (box), self->sections);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
rn_card_weather_new (RnSubjectKind kind)
{
  RnCardWeather *self = g_object_new (RN_TYPE_CARD_WEATHER, NULL);

  self->kind = kind;
  return GTK_WIDGET (self);
}
