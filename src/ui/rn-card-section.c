/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures from the frame's columns, made with each frame, the head also each second. Main
 * thread. */
#include "ui/rn-card-section.h"

#include <math.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-figure.h"
#include "ui/rn-section-trend.h"

#define MAX_BUTTONS 3

struct _RnCardSection {
  RnCardBody parent_instance;
  GtkWidget *box, *speed, *flow, *saturation, *density, *note, *trend, *capacity, *actions;
};

G_DEFINE_FINAL_TYPE (RnCardSection, rn_card_section, RN_TYPE_CARD_BODY)

/* ---- head ---------------------------------------------------------------------------------- */

static gboolean
covers (const guint32 *sections, guint n, guint32 section)
{
  for (guint i = 0; i < n; i++)
    if (sections[i] == section)
      return TRUE;
  return FALSE;
}

/* The least limit that controls and works in force set; NaN none. */
static double
find_limit (const RnCardContext *context, guint32 section)
{
  const RnFrame *frame = context->frame;
  double limit = NAN;

  for (guint i = 0; i < frame->controls->len; i++)
    {
      const RnControl *control = frame->controls->pdata[i];

      if (covers (control->sections, control->n_sections, section))
        limit = fmin (limit, control->limit_kmh);
    }
  for (guint i = 0; i < frame->works->len; i++)
    {
      const RnWork *work = frame->works->pdata[i];

      if (rn_work_phase (work, context->now_us) == RN_WORK_ACTIVE
          && covers (work->sections, work->n_sections, section))
        limit = fmin (limit, work->limit_kmh);
    }
  return limit;
}

static char *
dup_second (const RnCardContext *context, guint32 i)
{
  const RnNetwork *network = context->frame->network;
  g_autofree char *range = rn_network_dup_chainage_range (network, i);
  g_autoptr (GString) text = g_string_new (rn_network_direction_name (network, i));
  double limit = find_limit (context, i);

  g_string_append_printf (text, " · %s", range);
  if (network->lanes[i] > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u lane", "%u lanes", network->lanes[i]),
                              network->lanes[i]);
    }
  if (!isnan (limit))
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("limit %.0f"), rn_quantity_speed (limit).value);
    }
  else if (!isnan (context->frame->free_speed_kmh[i]))
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("free speed %.0f"),
                              rn_quantity_speed (context->frame->free_speed_kmh[i]).value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
fill_head (const RnCardContext *context, guint32 i, RnCardHead *head)
{
  const char *ref = rn_side_road (context->frame, i, &head->shield);

  head->road = g_strdup (ref);
  head->title = rn_network_dup_section_name (context->frame->network, i);
  head->second = dup_second (context, i);
  head->state = context->frame->state[i];
  head->age = rn_side_section_age (context->frame, i, context->now_us);
}

/* ---- figures ------------------------------------------------------------------------------- */

static void
show_figures (RnCardSection *self, const RnFrame *frame, guint32 i)
{
  double saturation = rn_frame_saturation (frame, i), occupancy = frame->occupancy_pct[i];
  g_autoptr (GString) note = g_string_new (NULL);

  rn_figure_set_quantity (RN_FIGURE (self->speed), rn_quantity_speed (frame->speed_kmh[i]));
  rn_figure_set_value (RN_FIGURE (self->flow), frame->flow_vph[i], 0);
  rn_figure_set_value (RN_FIGURE (self->saturation), saturation, 2);
  rn_figure_set_value (RN_FIGURE (self->density), rn_frame_density_vpkm (frame, i), 0);
  if (frame->mark[i] == RN_MARK_FEW_VEHICLES)
    g_string_append (note, _("Few vehicles: hardly anyone drives here now."));
  else if (frame->mark[i] == RN_MARK_STANDSTILL)
    g_string_append (note, _("Standstill: nothing flows, and the road was slow before."));
  if (!isnan (occupancy))
    {
      g_autofree char *text = rn_text_measure (occupancy, 0, "%");

      g_string_append_printf (note, "%s", note->len > 0 ? " " : "");
      g_string_append_printf (note, _("Occupancy %s."), text);
    }
  gtk_widget_set_visible (self->note, note->len > 0);
  gtk_label_set_text (GTK_LABEL (self->note), note->str);
}

static void
show_capacity (RnCardSection *self, const RnFrame *frame, guint32 i)
{
  double own = frame->network->capacity_vph[i], now = frame->effective_capacity_vph[i];
  g_autofree char *own_text = rn_text_measure (own, 0, NULL);
  g_autofree char *now_text = rn_text_measure (now, 0, NULL);
  g_autofree char *factors = rn_side_factors (frame->factors[i]);
  g_autoptr (GString) text = g_string_new (NULL);

  if (frame->factors[i] == 0 || isnan (own) || isnan (now) || own <= 0)
    g_string_append_printf (text, _("Capacity %s veh/h"), own_text);
  else
    {
      g_autofree char *share = rn_text_measure (now / own, 2, NULL);

      /* what is left = its own × the share left (why) */
      g_string_append_printf (text, _("Effective capacity %s = %s × %s (%s)"), now_text, own_text,
                              share, factors);
    }
  if (frame->los[i] > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("level of service %u"), frame->los[i]);
    }
  gtk_label_set_text (GTK_LABEL (self->capacity), text->str);
}

/* ---- what is on it ------------------------------------------------------------------------- */

static void
go_to_cb (GtkButton *button, RnSeat *seat)
{
  rn_seat_go_to (seat, g_object_get_data (G_OBJECT (button), "rn-subject"));
}

static void
add_button (RnCardSection *self, const RnCardContext *context, RnSubjectKind kind, const char *key,
            const char *label, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "rn-small");
  gtk_widget_set_tooltip_text (button, tooltip);
  g_object_set_data_full (G_OBJECT (button), "rn-subject", rn_subject_new (kind, key),
                          (GDestroyNotify) rn_subject_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (go_to_cb), context->seat, 0);
  gtk_box_append (GTK_BOX (self->actions), button);
}

static void
show_actions (RnCardSection *self, const RnCardContext *context, guint32 section)
{
  const RnFrame *frame = context->frame;
  guint n = 0;

  rn_card_clear (self->actions);
  for (guint i = 0; i < frame->incidents->len && n < MAX_BUTTONS; i++)
    {
      const RnIncident *incident = frame->incidents->pdata[i];

      if (incident->section != section || !rn_incident_active (incident))
        continue;
      add_button (self, context, RN_SUBJECT_INCIDENT, incident->key, _("Open incident"),
                  rn_side_incident_what (incident));
      n++;
    }
  for (guint i = 0; i < frame->works->len && n < MAX_BUTTONS; i++)
    {
      const RnWork *work = frame->works->pdata[i];

      if (rn_work_phase (work, context->now_us) != RN_WORK_ACTIVE
          || !covers (work->sections, work->n_sections, section))
        continue;
      add_button (self, context, RN_SUBJECT_WORK, work->key, _("Open works"),
                  rn_names_get (work->names, NULL));
      n++;
    }
  gtk_widget_set_visible (self->actions, n > 0);
}

static gboolean
rn_card_section_show (RnCardBody *body, const RnCardContext *context, RnCardHead *head)
{
  RnCardSection *self = RN_CARD_SECTION (body);
  guint32 i = rn_network_find_section_key (context->frame->network, context->key);

  if (i == RN_NONE)
    return FALSE;
  fill_head (context, i, head);
  if (!context->fresh)
    return TRUE;
  show_figures (self, context->frame, i);
  show_capacity (self, context->frame, i);
  rn_section_trend_set_rule (RN_SECTION_TREND (self->trend), context->rule);
  rn_section_trend_show (RN_SECTION_TREND (self->trend), context, i);
  show_actions (self, context, i);
  return TRUE;
}

static void
rn_card_section_class_init (RnCardSectionClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  RN_CARD_BODY_CLASS (class)->show = rn_card_section_show;
  g_type_ensure (RN_TYPE_FIGURE);
  g_type_ensure (RN_TYPE_SECTION_TREND);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-card-section.ui");
  gtk_widget_class_bind_template_child (widget_class, RnCardSection, box);
  gtk_widget_class_bind_template_child (widget_class, RnCardSection, speed);
  gtk_widget_class_bind_template_child (widget_class, RnCardSection, flow);
  gtk_widget_class_bind_template_child (widget_class, RnCardSection, saturation);
  gtk_widget_class_bind_template_child (widget_class, RnCardSection, density);
  gtk_widget_class_bind_template_child (widget_class, RnCardSection, note);
  gtk_widget_class_bind_template_child (widget_class, RnCardSection, trend);
  gtk_widget_class_bind_template_child (widget_class, RnCardSection, capacity);
  gtk_widget_class_bind_template_child (widget_class, RnCardSection, actions);
}

static void
rn_card_section_init (RnCardSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
