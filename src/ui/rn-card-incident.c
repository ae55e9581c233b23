/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts are made anew with each frame that brings another revision of the incident, the figures
 * with each frame. Main thread. */
#include "ui/rn-card-incident.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-figure.h"
#include "ui/rn-lane-boxes.h"
#include "ui/rn-stepper.h"

#define N_COLUMNS (RN_N_STEPS + 1) /* of the table of parties */

struct _RnCardIncident {
  RnCardBody parent_instance;
  GtkWidget *box, *status, *queue, *speed, *delay, *flow, *injured, *lanes_head, *lanes_note,
      *lanes, *parties, *times_note, *times, *log;
};

G_DEFINE_FINAL_TYPE (RnCardIncident, rn_card_incident, RN_TYPE_CARD_BODY)

static const char *const time_titles[RN_N_INCIDENT_TIMES] = {
  [RN_TIME_OCCURRED] = N_("Occurred"), [RN_TIME_REPORTED] = N_("Reported"),
  [RN_TIME_VERIFIED] = N_("Verified"), [RN_TIME_DISPATCHED] = N_("Dispatched"),
  [RN_TIME_ARRIVED] = N_("Arrived"),   [RN_TIME_LANES_OPEN] = N_("Lanes open"),
  [RN_TIME_DEPARTED] = N_("Departed"), [RN_TIME_NORMAL] = N_("Normal"),
};

/* ---- head ---------------------------------------------------------------------------------- */

static char *
dup_second (const RnCardContext *context, const RnIncident *incident)
{
  const RnFrame *frame = context->frame;
  gint64 since_us = rn_side_incident_since_us (incident);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *revision = NULL;

  if (!isnan (incident->chainage_m))
    {
      g_autofree char *chainage = rn_text_chainage (incident->chainage_m);

      g_string_append_printf (text, "%s · ", chainage);
    }
  if (incident->section < frame->network->n_sections)
    {
      g_autofree char *name = rn_network_dup_section_name (frame->network, incident->section);

      g_string_append_printf (text, "%s · %s · ", name,
                              rn_network_direction_name (frame->network, incident->section));
    }
  else
    g_string_append_printf (text, "%s · ", _("not on a known section"));
  if (since_us != 0)
    {
      g_autofree char *open = rn_text_age (context->now_us - since_us);

      g_string_append_printf (text, _("open %s"), open);
      g_string_append (text, " · ");
    }
  revision = g_strdup_printf ("%" G_GINT64_FORMAT, incident->revision);
  g_string_append_printf (text, _("rev. %s"), revision);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
fill_head (const RnCardContext *context, const RnIncident *incident, RnCardHead *head)
{
  const char *ref = rn_side_road (context->frame, incident->section, &head->shield);

  head->icon = rn_side_tier_icon (incident->level);
  head->icon_class = rn_side_level_class (incident->level);
  head->road = g_strdup (ref);
  head->title = g_strdup (rn_side_incident_what (incident));
  head->second = dup_second (context, incident);
  if (incident->section < context->frame->network->n_sections)
    head->state = context->frame->state[incident->section];
  head->age = rn_side_feed_age (context->frame, incident->source, RN_FEED_INCIDENTS,
                                incident->observed_at_us, context->now_us);
  if (!rn_incident_active (incident))
    head->ended_us = incident->times_us[RN_TIME_NORMAL] != 0 ? incident->times_us[RN_TIME_NORMAL]
                                                             : context->frame->at_us;
}

/* ---- status and figures -------------------------------------------------------------------- */

static void
show_status (RnCardIncident *self, const RnIncident *incident)
{
  RnStep steps[RN_INCIDENT_CLOSED + 1] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      steps[i].title = rn_incident_status_title (i);
      steps[i].state = i < (guint) incident->status    ? RN_STEP_DONE
                       : i == (guint) incident->status ? RN_STEP_NOW
                                                       : RN_STEP_TODO;
    }
  rn_stepper_set_steps (RN_STEPPER (self->status), steps, G_N_ELEMENTS (steps));
}

static void
show_queue (RnCardIncident *self, const RnQueue *queue)
{
  g_autofree char *minutes = NULL;

  rn_figure_set_quantity (RN_FIGURE (self->queue), rn_quantity_distance (queue->length_m));
  if (!isnan (queue->delay_s))
    minutes = g_strdup_printf ("%+.0f", round (queue->delay_s / 60) + 0.0);
  rn_figure_set_text (RN_FIGURE (self->delay), minutes);
}

static void
show_figures (RnCardIncident *self, const RnFrame *frame, const RnIncident *incident)
{
  gboolean placed = incident->section < frame->network->n_sections;
  RnQueue queue = rn_side_queue (frame, incident->section);

  show_queue (self, &queue);
  rn_figure_set_quantity (RN_FIGURE (self->speed),
                          rn_quantity_speed (placed ? frame->speed_kmh[incident->section] : NAN));
  rn_figure_set_value (RN_FIGURE (self->flow), placed ? frame->flow_vph[incident->section] : NAN,
                       0);
  rn_figure_set_value (RN_FIGURE (self->injured),
                       incident->casualties >= 0 ? incident->casualties : NAN, 0);
}

/* ---- lanes --------------------------------------------------------------------------------- */

static RnLaneBoxState
lane_state (const RnIncident *incident, int lane)
{
  static const RnLaneBoxState states[] = { [RN_LANE_OPEN] = RN_LANE_BOX_OPEN,
                                           [RN_LANE_AFFECTED] = RN_LANE_BOX_AFFECTED,
                                           [RN_LANE_BLOCKED] = RN_LANE_BOX_BLOCKED };

  for (guint i = 0; i < incident->n_lanes; i++)
    if (incident->lanes[i].lane == lane)
      return states[incident->lanes[i].state];
  return RN_LANE_BOX_UNKNOWN;
}

static int
count_lanes (const RnFrame *frame, const RnIncident *incident)
{
  int n =
      incident->section < frame->network->n_sections ? frame->network->lanes[incident->section] : 0;

  for (guint i = 0; i < incident->n_lanes; i++)
    n = MAX (n, incident->lanes[i].lane);
  return MIN (n, 12);
}

static void
show_lanes_note (RnCardIncident *self, const RnFrame *frame, guint32 section)
{
  g_autoptr (GString) text = g_string_new (_("in direction of travel, left to right"));

  if (section < frame->network->n_sections && !isnan (frame->network->capacity_vph[section])
      && !isnan (frame->effective_capacity_vph[section]))
    {
      g_autofree char *own = rn_text_measure (frame->network->capacity_vph[section], 0, NULL);
      g_autofree char *now =
          rn_text_measure (frame->effective_capacity_vph[section], 0, _("veh/h"));

      g_string_append (text, " · ");
      g_string_append_printf (text, _("capacity %s → %s"), own, now);
    }
  gtk_label_set_text (GTK_LABEL (self->lanes_note), text->str);
  gtk_widget_set_tooltip_text (self->lanes_note, text->str);
}

/* Lane 1 is at the median: on the left where one drives on the right, else on the right. */
static void
show_lanes (RnCardIncident *self, const RnFrame *frame, const RnIncident *incident)
{
  int n = count_lanes (frame, incident);
  gboolean left_hand = incident->section < frame->network->n_sections
                       && frame->network->side[incident->section] == RN_SIDE_LEFT;
  gboolean shoulder = FALSE;

  for (guint i = 0; i < incident->n_lanes; i++)
    shoulder = shoulder || incident->lanes[i].lane == 0;
  rn_card_clear (self->lanes);
  gtk_widget_set_visible (self->lanes, n > 0 || shoulder);
  gtk_widget_set_visible (self->lanes_head, n > 0 || shoulder);
  for (int i = 1; i <= n + (shoulder ? 1 : 0); i++)
    {
      int lane = i <= n ? i : 0;
      GtkWidget *box = rn_lane_box_new (lane, lane_state (incident, lane));

      if (left_hand)
        gtk_box_prepend (GTK_BOX (self->lanes), box);
      else
        gtk_box_append (GTK_BOX (self->lanes), box);
    }
  show_lanes_note (self, frame, incident->section);
}

/* ---- parties ------------------------------------------------------------------------------- */

static const RnContact *
find_contact (const RnFrame *frame, const RnIncident *incident, RnParty party)
{
  static const char *const words[RN_N_PARTIES] = { "operator", "police", "enforcement",
                                                   "rescue",   "fire",   "medical" };
  const char *ref = rn_side_road (frame, incident->section, NULL);

  for (guint i = 0; i < frame->network->n_contacts; i++)
    {
      const RnContact *contact = &frame->network->contacts[i];
      g_auto (GStrv) roads = NULL;

      if (g_strcmp0 (contact->party, words[party]) != 0)
        continue;
      roads = contact->roads != NULL ? g_strsplit (contact->roads, " ", -1) : NULL;
      if (roads == NULL || (ref != NULL && g_strv_contains ((const char *const *) roads, ref)))
        return contact;
    }
  return NULL;
}

static GtkWidget *
create_party (const RnFrame *frame, const RnIncident *incident, RnParty party)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = rn_card_label (rn_party_title (party), "strong", 0);
  const RnContact *contact = find_contact (frame, incident, party);
  g_autofree char *text = NULL;

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (title), 11);
  gtk_box_append (GTK_BOX (box), title);
  if (contact != NULL && (contact->name != NULL || contact->phone != NULL))
    {
      text = g_strdup_printf ("%s%s%s", contact->name != NULL ? contact->name : "",
                              contact->name != NULL && contact->phone != NULL ? " · " : "",
                              contact->phone != NULL ? contact->phone : "");
      gtk_box_append (GTK_BOX (box), rn_card_label (text, "rn-label", 0));
      gtk_widget_set_tooltip_text (box, text);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static void
attach_party (RnCardIncident *self, const RnCardContext *context, const RnIncident *incident,
              RnParty party, int row)
{
  rn_card_attach_cell (self->parties, create_party (context->frame, incident, party), 0, N_COLUMNS,
                       row);
  for (guint step = 0; step < RN_N_STEPS; step++)
    {
      gint64 at_us = incident->party_us[party][step];
      g_autofree char *text = rn_card_moment (context, at_us);
      GtkWidget *label = rn_card_label (text, at_us != 0 ? "numeric" : "dim", 1);

      rn_card_attach_cell (self->parties, label, (int) step + 1, N_COLUMNS, row);
    }
}

static void
show_parties (RnCardIncident *self, const RnCardContext *context, const RnIncident *incident)
{
  /* "departed" of a party is that it sets out; of the timeline (T6) that all have left */
  static const char *const titles[N_COLUMNS] = {
    NC_ ("party", "Party"),    NC_ ("party", "Notified"), NC_ ("party", "Confirmed"),
    NC_ ("party", "Departed"), NC_ ("party", "Arrived"),  NC_ ("party", "Left")
  };
  int row = 1;

  rn_card_clear (self->parties);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      const char *title = g_dpgettext2 (GETTEXT_PACKAGE, "party", titles[i]);
      GtkWidget *label = rn_card_label (title, "rn-label", i == 0 ? 0 : 1);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
      rn_card_attach_cell (self->parties, label, (int) i, N_COLUMNS, 0);
    }
  /* the three parties always, the others when they take part */
  for (guint party = 0; party < RN_N_PARTIES; party++)
    if (party <= RN_PARTY_ENFORCEMENT || incident->party_known[party])
      attach_party (self, context, incident, party, row++);
}

/* ---- times and log ------------------------------------------------------------------------- */

static char *
dup_time_value (const RnCardContext *context, const RnIncident *incident, guint i)
{
  g_autofree char *moment = NULL;

  if (i != RN_TIME_LANES_OPEN || incident->times_us[i] != 0 || incident->expected_end_us == 0)
    return rn_card_moment (context, incident->times_us[i]);
  moment = rn_card_moment (context, incident->expected_end_us);
  return g_strdup_printf ("~%s", moment);
}

static void
show_times (RnCardIncident *self, const RnCardContext *context, const RnIncident *incident)
{
  RnStep steps[RN_N_INCIDENT_TIMES] = { 0 };
  char *values[RN_N_INCIDENT_TIMES];
  char codes[RN_N_INCIDENT_TIMES][8];

  for (guint i = 0; i < RN_N_INCIDENT_TIMES; i++)
    {
      values[i] = dup_time_value (context, incident, i);
      g_snprintf (codes[i], sizeof codes[i], "T%u", i);
      steps[i] = (RnStep){ codes[i], _ (time_titles[i]), values[i],
                           incident->times_us[i] != 0 ? RN_STEP_DONE : RN_STEP_TODO };
    }
  rn_stepper_set_steps (RN_STEPPER (self->times), steps, RN_N_INCIDENT_TIMES);
  for (guint i = 0; i < RN_N_INCIDENT_TIMES; i++)
    g_free (values[i]);
}

static void
show_times_note (RnCardIncident *self, const RnCardContext *context, const RnIncident *incident)
{
  gint64 from_us = incident->times_us[RN_TIME_OCCURRED] != 0 ? incident->times_us[RN_TIME_OCCURRED]
                                                             : incident->times_us[RN_TIME_REPORTED];
  gint64 to_us = incident->times_us[RN_TIME_ARRIVED];
  g_autoptr (GString) text = g_string_new (NULL);

  if (from_us != 0 && to_us >= from_us)
    {
      g_autofree char *took = rn_text_age (to_us - from_us);

      g_string_append_printf (text, _("response %s"), took);
    }
  if (incident->expected_end_us != 0)
    {
      g_autofree char *moment = rn_card_moment (context, incident->expected_end_us);

      g_string_append (text, text->len > 0 ? " · " : "");
      g_string_append_printf (text, _("clearance expected %s"), moment);
    }
  gtk_label_set_text (GTK_LABEL (self->times_note), text->str);
}

static GtkWidget *
create_log_line (const RnCardContext *context, const RnLogLine *line)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  g_autofree char *moment = rn_card_moment (context, line->at_us);
  GtkWidget *time = rn_card_label (moment, "rn-label", 0);
  GtkWidget *by = rn_card_label (line->by != NULL ? line->by : RN_DASH, "strong", 0);
  GtkWidget *text = gtk_label_new (line->text != NULL ? line->text : RN_DASH);

  gtk_widget_add_css_class (row, "line");
  gtk_widget_add_css_class (time, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (time), 5);
  gtk_label_set_width_chars (GTK_LABEL (by), 10);
  gtk_label_set_max_width_chars (GTK_LABEL (by), 10);
  gtk_widget_set_tooltip_text (by, line->by);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (text, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *child = (GtkWidget *[]){ time, by, text }[i];

      gtk_widget_set_valign (child, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (row), child);
    }
  return row;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const RnLogLine *const *x = a, *const *y = b;

  return (*x)->at_us > (*y)->at_us ? -1 : (*x)->at_us < (*y)->at_us;
}

static void
show_log (RnCardIncident *self, const RnCardContext *context, const RnIncident *incident)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < incident->n_log; i++)
    g_ptr_array_add (lines, &incident->log[i]);
  g_ptr_array_sort (lines, compare_lines);
  rn_card_clear (self->log);
  for (guint i = 0; i < lines->len; i++)
    gtk_box_append (GTK_BOX (self->log), create_log_line (context, lines->pdata[i]));
  if (lines->len == 0)
    {
      GtkWidget *none = rn_card_label (_("No entries yet."), "rn-label", 0);

      gtk_widget_add_css_class (none, "line");
      gtk_box_append (GTK_BOX (self->log), none);
    }
}

/* ---- class --------------------------------------------------------------------------------- */

static gboolean
rn_card_incident_show (RnCardBody *body, const RnCardContext *context, RnCardHead *head)
{
  RnCardIncident *self = RN_CARD_INCIDENT (body);
  const RnIncident *incident = rn_frame_find_incident (context->frame, context->key);

  if (incident == NULL)
    return FALSE;
  fill_head (context, incident, head);
  if (!context->fresh)
    return TRUE;
  show_figures (self, context->frame, incident);
  show_status (self, incident);
  show_lanes (self, context->frame, incident);
  show_parties (self, context, incident);
  show_times (self, context, incident);
  show_times_note (self, context, incident);
  show_log (self, context, incident);
  return TRUE;
}

static void
rn_card_incident_class_init (RnCardIncidentClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  RN_CARD_BODY_CLASS (class)->show = rn_card_incident_show;
  g_type_ensure (RN_TYPE_FIGURE);
  g_type_ensure (RN_TYPE_STEPPER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-card-incident.ui");
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, box);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, status);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, queue);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, speed);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, delay);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, flow);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, injured);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, lanes_head);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, lanes_note);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, lanes);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, parties);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, times_note);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, times);
  gtk_widget_class_bind_template_child (widget_class, RnCardIncident, log);
}

static void
rn_card_incident_init (RnCardIncident *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
