/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One body for all types of facility: the parts that its type has are shown. Made anew with each
 * frame. Main thread. */
#include "ui/rn-card-facility.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-card-weather.h"
#include "ui/rn-facility-limits.h"
#include "ui/rn-facility-list.h"
#include "ui/rn-figure.h"
#include "ui/rn-meter.h"
#include "ui/rn-section-rows.h"

#define MAX_SECTIONS 6

struct _RnCardFacility {
  RnCardBody parent_instance;
  GtkWidget *box, *area, *cars, *cars_meter, *trucks, *trucks_meter, *fuel_head, *fuel, *chargers,
      *inflow, *goods_head, *goods, *plaza, *entry, *entry_meter, *exit, *exit_meter, *plaza_queue,
      *etc, *checkpoint, *vehicles, *people, *pairs, *sections_head, *sections;
};

G_DEFINE_FINAL_TYPE (RnCardFacility, rn_card_facility, RN_TYPE_CARD_BODY)

/* ---- head ---------------------------------------------------------------------------------- */

static char *
dup_second (const RnCardContext *context, const RnFacility *facility)
{
  const RnNetwork *network = context->frame->network;
  g_autoptr (GString) text = g_string_new (rn_facility_type_title (facility->type));
  const char *road_name =
      facility->road != RN_NONE ? rn_names_get (network->roads[facility->road].names, NULL) : NULL;

  if (road_name != NULL)
    g_string_append_printf (text, " · %s", road_name);
  if (!isnan (facility->chainage_m))
    {
      g_autofree char *chainage = rn_text_chainage (facility->chainage_m);

      g_string_append_printf (text, " · %s", chainage);
    }
  if (facility->company != NULL)
    g_string_append_printf (text, " · %s", facility->company);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
has_state (RnFacilityType type)
{
  return type == RN_FACILITY_SERVICE_AREA || type == RN_FACILITY_TOLL_PLAZA
         || type == RN_FACILITY_CHECKPOINT;
}

/* What the operator of it says, unless that is "open" and something is not as usual. */
static char *
dup_badge (const RnFacility *facility, const RnFacilityState *state)
{
  gboolean strained = rn_facility_strain (state) > 0;

  if (facility->type == RN_FACILITY_SERVICE_AREA && state->status != RN_AREA_UNKNOWN
      && !(strained && state->status == RN_AREA_OPEN))
    return g_strdup (rn_side_area_status_title (state->status));
  if (facility->type == RN_FACILITY_TOLL_PLAZA && state->entry != RN_ENTRY_UNKNOWN
      && !(strained && state->entry == RN_ENTRY_OPEN))
    return g_strdup (rn_side_entry_title (state->entry));
  return rn_facility_dup_strain (state);
}

static void
fill_head (const RnCardContext *context, const RnFacility *facility, const RnFacilityState *state,
           RnCardHead *head)
{
  const RnNetwork *network = context->frame->network;
  const char *name = rn_names_get (facility->names, NULL);
  int strain = rn_facility_strain (state);

  head->icon = rn_side_facility_icon (facility->type);
  head->title = g_strdup (name != NULL ? name : facility->id);
  head->second = dup_second (context, facility);
  if (facility->road != RN_NONE)
    {
      head->road = g_strdup (network->roads[facility->road].ref);
      head->shield = network->roads[facility->road].shield;
    }
  if (state != NULL)
    {
      head->badge = dup_badge (facility, state);
      head->badge_class = rn_facility_strain_class (strain);
      head->age = rn_side_feed_age (context->frame, state->source, RN_FEED_FACILITIES,
                                    state->observed_at_us, context->now_us);
    }
  else if (!has_state (facility->type))
    head->age = (RnDataAge){ RN_QUALITY_LIVE, -1 }; /* static: it has no age */
}

/* ---- service area -------------------------------------------------------------------------- */

static void
show_parking (GtkWidget *figure, GtkWidget *meter, int used, int total, const char *title)
{
  double share = used >= 0 && total > 0 ? (double) used / total : NAN;
  RnFacilityLimits limits = rn_facility_limits_get ();
  g_autofree char *value = used >= 0 ? rn_text_count (used) : NULL;
  g_autofree char *whole = total >= 0 ? rn_text_count (total) : g_strdup (RN_DASH);
  g_autofree char *unit = g_strdup_printf (_("/ %s spaces"), whole);
  g_autofree char *percent = rn_text_measure (share * 100, 0, "%");
  g_autofree char *label = g_strdup_printf (_("%s: %s used"), title, percent);

  rn_figure_set_unit (RN_FIGURE (figure), unit);
  rn_figure_set_text (RN_FIGURE (figure), value);
  rn_figure_set_note (RN_FIGURE (figure), isnan (share) ? NULL : percent);
  rn_meter_set (RN_METER (meter), share, limits.parking_share, label);
  rn_meter_set_class (RN_METER (meter), share >= 1                      ? "tier-2"
                                        : share >= limits.parking_share ? "tier-3"
                                                                        : NULL);
}

static GtkWidget *
create_stock (const RnFuel *fuel)
{
  RnFacilityLimits limits = rn_facility_limits_get ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *meter = rn_meter_new ();
  g_autofree char *percent = rn_text_measure (fuel->stock_pct, 0, "%");
  g_autofree char *grade = rn_side_fuel_title (fuel->grade);
  g_autofree char *label = g_strdup_printf (_("Stock of %s: %s"), grade, percent);
  GtkWidget *text = rn_card_label (percent, "numeric", 1);

  rn_meter_set (RN_METER (meter), fuel->stock_pct / 100, limits.fuel_pct / 100, label);
  rn_meter_set_class (RN_METER (meter), fuel->stock_pct <= limits.fuel_pct ? "tier-3" : NULL);
  gtk_widget_set_hexpand (meter, TRUE);
  gtk_label_set_width_chars (GTK_LABEL (text), 5);
  gtk_box_append (GTK_BOX (row), meter);
  gtk_box_append (GTK_BOX (row), text);
  return row;
}

static GtkWidget *
create_available (const RnFuel *fuel)
{
  RnFacilityLimits limits = rn_facility_limits_get ();

  if (fuel->available == 0)
    return rn_card_label (_("sold out"), "rn-warn", 1);
  if (fuel->stock_pct <= limits.fuel_pct)
    return rn_card_label (_("low"), "rn-warn", 1);
  return rn_card_label (fuel->available < 0 ? RN_DASH : _("yes"), "dim", 1);
}

static void
show_fuel (RnCardFacility *self, const RnFacilityState *state)
{
  static const char *const titles[] = { N_("Grade"), N_("Price"), N_("Stock"),
                                        N_("Available") };

  gtk_widget_set_visible (self->fuel_head, state->n_fuel > 0);
  gtk_widget_set_visible (self->fuel, state->n_fuel > 0);
  rn_card_clear (self->fuel);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    rn_card_attach_cell (self->fuel,
                         rn_card_label (_ (titles[i]), "rn-label", i == 1 || i == 3 ? 1 : 0),
                         (int) i, 4, 0);
  for (guint i = 0; i < state->n_fuel; i++)
    {
      const RnFuel *fuel = &state->fuel[i];
      g_autofree char *price = rn_text_measure (fuel->price_cny_l, 2, _("CNY/L"));

      g_autofree char *grade = rn_side_fuel_title (fuel->grade);

      rn_card_attach_cell (self->fuel, rn_card_label (grade, NULL, 0), 0, 4, (int) i + 1);
      rn_card_attach_cell (self->fuel, rn_card_label (price, "numeric", 1), 1, 4, (int) i + 1);
      rn_card_attach_cell (self->fuel, create_stock (fuel), 2, 4, (int) i + 1);
      rn_card_attach_cell (self->fuel, create_available (fuel), 3, 4, (int) i + 1);
    }
}

static void
show_goods (RnCardFacility *self, const RnFacilityState *state)
{
  gtk_widget_set_visible (self->goods_head, state->n_goods > 0);
  gtk_widget_set_visible (self->goods, state->n_goods > 0);
  rn_card_clear (self->goods);
  for (guint i = 0; i < state->n_goods; i++)
    {
      const RnGood *good = &state->goods[i];
      const char *name = rn_names_get (good->names, NULL);
      g_autofree char *price = rn_text_measure (good->price_cny, 2, _("CNY"));
      g_autofree char *value =
          good->promotion == 1 ? g_strdup_printf (_("on offer · %s"), price) : g_strdup (price);
      GtkWidget *row = rn_card_pair (name != NULL ? name : RN_DASH, value);

      gtk_widget_add_css_class (row, "line");
      gtk_box_append (GTK_BOX (self->goods), row);
    }
}

static void
show_area (RnCardFacility *self, const RnFacilityState *state)
{
  g_autofree char *free = state->chargers_free >= 0 ? rn_text_count (state->chargers_free) : NULL;
  g_autofree char *total =
      state->chargers_total >= 0 ? rn_text_count (state->chargers_total) : g_strdup (RN_DASH);
  g_autofree char *unit = g_strdup_printf ("/ %s", total);
  g_autofree char *note = NULL;

  show_parking (self->cars, self->cars_meter, state->car_used, state->car_total, _("Car parking"));
  show_parking (self->trucks, self->trucks_meter, state->truck_used, state->truck_total,
                _("Truck parking"));
  show_fuel (self, state);
  rn_figure_set_unit (RN_FIGURE (self->chargers), unit);
  rn_figure_set_text (RN_FIGURE (self->chargers), free);
  if (state->chargers_queue >= 0)
    note =
        g_strdup_printf (ngettext ("%d vehicle waits", "%d vehicles wait", state->chargers_queue),
                         state->chargers_queue);
  rn_figure_set_note (RN_FIGURE (self->chargers), note);
  rn_figure_set_value (RN_FIGURE (self->inflow), state->inflow_vph, 0);
  show_goods (self, state);
}

/* ---- toll plaza and checkpoint ------------------------------------------------------------- */

static void
show_lanes (GtkWidget *figure, GtkWidget *meter, double vph, int open, int all, const char *title)
{
  double share = open >= 0 && all > 0 ? (double) open / all : NAN;
  g_autofree char *a = open >= 0 ? rn_text_count (open) : g_strdup (RN_DASH);
  g_autofree char *b = all >= 0 ? rn_text_count (all) : g_strdup (RN_DASH);
  g_autofree char *note = g_strdup_printf (_("%s of %s lanes open"), a, b);
  g_autofree char *label = g_strdup_printf ("%s: %s", title, note);

  rn_figure_set_value (RN_FIGURE (figure), vph, 0);
  rn_figure_set_note (RN_FIGURE (figure), note);
  rn_meter_set (RN_METER (meter), share, NAN, label);
}

static void
show_plaza (RnCardFacility *self, const RnFacility *facility, const RnFacilityState *state)
{
  RnFacilityLimits limits = rn_facility_limits_get ();
  gboolean late = state->queue_m >= limits.queue_m;
  g_autofree char *limit = rn_text_distance (limits.queue_m);
  g_autofree char *note = g_strdup_printf (_("threshold %s"), limit);

  show_lanes (self->entry, self->entry_meter, state->entry_vph, state->lanes_entry,
              facility->lanes_entry, _("Driving in"));
  show_lanes (self->exit, self->exit_meter, state->exit_vph, state->lanes_exit,
              facility->lanes_exit, _("Driving out"));
  rn_figure_set_quantity (RN_FIGURE (self->plaza_queue), rn_quantity_distance (state->queue_m));
  rn_figure_set_class (RN_FIGURE (self->plaza_queue), late ? "warn" : NULL);
  rn_figure_set_note (RN_FIGURE (self->plaza_queue), note);
  rn_figure_set_value (RN_FIGURE (self->etc), state->etc_share_pct, 1);
}

static void
show_checkpoint (RnCardFacility *self, const RnFacilityState *state)
{
  g_autofree char *vehicles =
      state->vehicles_today >= 0 ? rn_text_count (state->vehicles_today) : NULL;
  g_autofree char *people = state->people_today >= 0 ? rn_text_count (state->people_today) : NULL;

  rn_figure_set_text (RN_FIGURE (self->vehicles), vehicles);
  rn_figure_set_text (RN_FIGURE (self->people), people);
}

/* ---- the rest ------------------------------------------------------------------------------ */

static void
show_static (RnCardFacility *self, const RnCardContext *context, const RnFacility *facility,
             const RnFacilityState *state)
{
  rn_card_clear (self->pairs);
  if (facility->type == RN_FACILITY_TOLL_PLAZA && state != NULL)
    gtk_box_append (GTK_BOX (self->pairs),
                    rn_card_pair (_("Mode"), rn_side_toll_mode_title (state->mode)));
  if (facility->type != RN_FACILITY_WEATHER_STATION)
    return;
  for (guint i = 0; i < context->frame->stations->len; i++)
    {
      const RnStation *station = context->frame->stations->pdata[i];

      if (g_strcmp0 (station->key, facility->key) == 0)
        rn_card_weather_fill_station (self->pairs, station);
    }
}

static void
show_parts (RnCardFacility *self, const RnCardContext *context, const RnFacility *facility,
            const RnFacilityState *state)
{
  guint n;

  gtk_widget_set_visible (self->area, facility->type == RN_FACILITY_SERVICE_AREA && state != NULL);
  gtk_widget_set_visible (self->plaza, facility->type == RN_FACILITY_TOLL_PLAZA && state != NULL);
  gtk_widget_set_visible (self->checkpoint,
                          facility->type == RN_FACILITY_CHECKPOINT && state != NULL);
  if (state != NULL && facility->type == RN_FACILITY_SERVICE_AREA)
    show_area (self, state);
  else if (state != NULL && facility->type == RN_FACILITY_TOLL_PLAZA)
    show_plaza (self, facility, state);
  else if (state != NULL && facility->type == RN_FACILITY_CHECKPOINT)
    show_checkpoint (self, state);
  show_static (self, context, facility, state);
  n = rn_section_rows_fill (self->sections, context, facility->sections, facility->n_sections,
                            MAX_SECTIONS);
  gtk_widget_set_visible (self->sections_head, n > 0);
}

static gboolean
rn_card_facility_show (RnCardBody *body, const RnCardContext *context, RnCardHead *head)
{
  RnCardFacility *self = RN_CARD_FACILITY (body);
  guint32 i = rn_network_find_facility_key (context->frame->network, context->key);
  const RnFacility *facility;
  const RnFacilityState *state;

  if (i == RN_NONE)
    return FALSE;
  facility = &context->frame->network->facilities[i];
  state = rn_frame_facility_state (context->frame, i);
  fill_head (context, facility, state, head);
  if (context->fresh)
    show_parts (self, context, facility, state);
  return TRUE;
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, box);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, area);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, cars);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, cars_meter);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, trucks);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, trucks_meter);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, fuel_head);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, fuel);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, chargers);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, inflow);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, goods_head);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, goods);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, plaza);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, entry);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, entry_meter);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, exit);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, exit_meter);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, plaza_queue);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, etc);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, checkpoint);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, vehicles);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, people);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, pairs);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, sections_head);
  gtk_widget_class_bind_template_child (widget_class, RnCardFacility, sections);
}

static void
rn_card_facility_class_init (RnCardFacilityClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  RN_CARD_BODY_CLASS (class)->show = rn_card_facility_show;
  g_type_ensure (RN_TYPE_FIGURE);
  g_type_ensure (RN_TYPE_METER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-card-facility.ui");
  bind_children (widget_class);
}

static void
rn_card_facility_init (RnCardFacility *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
