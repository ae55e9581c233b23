/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Left the plans, in the middle the advice, right the measures. Everything that is shown comes from
 * the desk and is put in place with each of its changes. Main thread. */
#include "ui/rn-plan-page.h"

#include <adwaita.h>
#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "chart/rn-sparkline.h"
#include "ui/rn-card-body.h"
#include "ui/rn-compat.h"
#include "ui/rn-figure.h"
#include "ui/rn-plan-advice-card.h"
#include "ui/rn-plan-criteria-table.h"
#include "ui/rn-plan-dialogs.h"
#include "ui/rn-plan-ledger-table.h"
#include "ui/rn-plan-list.h"
#include "ui/rn-plan-text.h"

#define MAX_DECISIONS 12
#define WIDE_FROM_PX 1500 /* of the window */
#define LEFT_PX 270
#define LEFT_NARROW_PX 214
#define DAY_US (24 * 3600 * RN_SECOND)
#define TREND_GAP_US (5 * 60 * RN_SECOND)
#define TREND_HEIGHT_PX 104

enum { SATURATION, SPEED, CLOSED, METERED, QUEUE, N_FIGURES };

struct _RnPlanPage {
  GtkWidget parent_instance;
  GtkWidget *box, *left, *list_slot, *file_error, *rules, *decisions, *paned, *middle, *centre,
      *title, *subtitle, *note, *advice_slot, *up_slot, *down_slot, *figures, *trends, *right,
      *count, *order, *ledger_slot, *next_title, *next;
  GtkWidget *list, *advice, *up, *down, *ledger, *figure[N_FIGURES], *slow_trend, *saturation_trend;
  RnSeat *seat;
  RnPlanDesk *desk;
  char *key; /* of the plan shown; NULL none */
  int width; /* as last laid out */
  guint layout_idle;
};

G_DEFINE_FINAL_TYPE (RnPlanPage, rn_plan_page, GTK_TYPE_WIDGET)

static guint back_signal;

static GTimeZone *
zone_of (RnPlanPage *self)
{
  return rn_session_get_timezone (rn_seat_get_session (self->seat));
}

/* ---- left ---------------------------------------------------------------------------------- */

static GtkWidget *
append_line (GtkWidget *box, const char *icon, const char *icon_class)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_widget_add_css_class (line, "line");
  if (icon != NULL)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (icon);

      gtk_widget_set_valign (image, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (image, "rn-shape");
      if (icon_class != NULL)
        gtk_widget_add_css_class (image, icon_class);
      gtk_box_append (GTK_BOX (line), image);
    }
  gtk_box_append (GTK_BOX (box), line);
  return line;
}

static void
add_rules (RnPlanPage *self)
{
  static const char *const rules[] = { N_("Up one tier at a time"), N_("Down one tier at a time"),
                                       N_("Tier I and closures need two persons"),
                                       N_("No change on lost data") };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      GtkWidget *line = append_line (self->rules, NULL, NULL);
      GtkWidget *label = rn_card_label (_ (rules[i]), NULL, 0);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_box_append (GTK_BOX (line), label);
    }
}

static void
add_decision (RnPlanPage *self, const RnPlanAdvice *advice, const RnPlanDecision *decision)
{
  GtkWidget *line = append_line (
      self->decisions, decision->tier > 0 ? rn_side_tier_icon (decision->tier) : "rn-plan-symbolic",
      rn_side_level_class (decision->tier));
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *what = rn_plan_dup_decision (decision);
  g_autofree char *at =
      rn_text_moment (decision->at_us, rn_plan_desk_get_now_us (self->desk), zone_of (self));
  g_autoptr (GString) who = g_string_new (decision->person);

  if (decision->second != NULL)
    g_string_append_printf (who, " + %s", decision->second);
  if (decision->text != NULL && decision->text[0] != '\0')
    g_string_append_printf (who, " · %s", decision->text);
  gtk_box_append (GTK_BOX (lines), rn_card_label (what, "strong", 0));
  gtk_box_append (GTK_BOX (lines), rn_card_label (rn_plan_title (advice), "rn-label", 0));
  gtk_box_append (GTK_BOX (lines), rn_card_label (who->str, "rn-label", 0));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_tooltip_text (line, who->str);
  gtk_box_append (GTK_BOX (line), lines);
  gtk_box_append (GTK_BOX (line), rn_card_label (at, "rn-age", 1));
}

typedef struct {
  const RnPlanAdvice *advice;
  const RnPlanDecision *decision;
} Decided;

static int
compare_decided (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const Decided *) a)->decision->at_us, y = ((const Decided *) b)->decision->at_us;

  return x > y ? -1 : x < y;
}

/* Of all plans, the newest first. */
static void
show_decisions (RnPlanPage *self)
{
  const GPtrArray *plans = rn_plan_desk_get_plans (self->desk);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Decided));
  gint64 since_us = rn_plan_desk_get_now_us (self->desk) - DAY_US;

  for (guint i = 0; i < plans->len; i++)
    {
      const RnPlanAdvice *advice = plans->pdata[i];
      const RnPlanState *state = rn_plan_desk_get_state (self->desk, advice->plan->key);

      for (guint k = 0; state != NULL && k < state->decisions->len; k++)
        {
          Decided decided = { advice, state->decisions->pdata[k] };

          if (decided.decision->at_us >= since_us)
            g_array_append_val (all, decided);
        }
    }
  g_array_sort (all, compare_decided);
  rn_card_clear (self->decisions);
  for (guint i = 0; i < MIN (all->len, MAX_DECISIONS); i++)
    add_decision (self, g_array_index (all, Decided, i).advice,
                  g_array_index (all, Decided, i).decision);
  if (all->len == 0)
    gtk_box_append (GTK_BOX (append_line (self->decisions, NULL, NULL)),
                    rn_card_label (_("None yet"), "dim", 0));
}

/* ---- middle -------------------------------------------------------------------------------- */

static const char *
party_note (const RnPlanAdvice *advice)
{
  return advice->served ? _("Plan of the server") : _("Plan of this seat");
}

/* What the person has to know before deciding: where the server says something else, criteria that
 * could not be read, sections that are not in the network, how much of it is known. */
static char *
dup_note (RnPlanPage *self, const RnPlanAdvice *advice)
{
  RnPlanTierNow now = rn_plan_desk_get_tier (self->desk, advice);
  g_autoptr (GString) note = g_string_new (NULL);

  if (now.here && now.server_tier >= 0 && now.server_tier != now.tier)
    g_string_append_printf (note, _("Decided here and not sent: the server still says %s."),
                            rn_plan_tier_title (now.server_tier));
  if (advice->refusal != NULL)
    g_string_append_printf (note, _("%sNot understood, the default holds: %s."),
                            note->len > 0 ? " " : "", advice->refusal);
  if (advice->scope->n_unknown > 0)
    g_string_append_printf (note,
                            ngettext ("%s%u of its sections is not in the network.",
                                      "%s%u of its sections are not in the network.",
                                      advice->scope->n_unknown),
                            note->len > 0 ? " " : "", advice->scope->n_unknown);
  if (advice->lost)
    g_string_append_printf (
        note, _("%sData lost: %.0f %% of the length is known. No change is proposed."),
        note->len > 0 ? " " : "", advice->readings.known_share * 100);
  return note->len > 0 ? g_string_free (g_steal_pointer (&note), FALSE) : NULL;
}

static void
show_tables (RnPlanPage *self, const RnPlanAdvice *advice)
{
  int up = advice->straight ? 1 : rn_plan_next_up (advice->tier);
  int down = rn_plan_next_down (advice->tier);
  g_autofree char *up_title = g_strdup_printf (
      _("Up: %s → %s"), rn_plan_tier_numeral (advice->tier), rn_plan_tier_numeral (up));
  g_autofree char *down_title = g_strdup_printf (
      _("Down: %s → %s"), rn_plan_tier_numeral (advice->tier), rn_plan_tier_numeral (down));

  rn_plan_criteria_table_show (RN_PLAN_CRITERIA_TABLE (self->up), up_title,
                               up > 0 ? &advice->enter[up] : NULL, up);
  rn_plan_criteria_table_show (RN_PLAN_CRITERIA_TABLE (self->down), down_title,
                               advice->tier > 0 ? &advice->leave[advice->tier] : NULL, 0);
}

static void
show_figures (RnPlanPage *self, const RnPlanAdvice *advice)
{
  const RnPlanReadings *readings = &advice->readings;
  g_autofree char *of = g_strdup_printf (ngettext ("/ %u plaza", "/ %u plazas", readings->n_plazas),
                                         readings->n_plazas);
  gboolean known = readings->n_entries_known > 0;

  rn_figure_set_value (RN_FIGURE (self->figure[SATURATION]), readings->value[RN_METRIC_SATURATION],
                       2);
  rn_figure_set_quantity (RN_FIGURE (self->figure[SPEED]),
                          rn_quantity_speed (readings->value[RN_METRIC_SPEED_KMH]));
  rn_figure_set_unit (RN_FIGURE (self->figure[CLOSED]), of);
  rn_figure_set_unit (RN_FIGURE (self->figure[METERED]), of);
  rn_figure_set_value (RN_FIGURE (self->figure[CLOSED]), known ? readings->n_closed : NAN, 0);
  rn_figure_set_value (RN_FIGURE (self->figure[METERED]), known ? readings->n_metered : NAN, 0);
  rn_figure_set_quantity (RN_FIGURE (self->figure[QUEUE]),
                          rn_quantity_distance (readings->value[RN_METRIC_PLAZA_QUEUE_M]));
}

/* The limits of this metric to enter the tiers, as lines. */
static void
add_thresholds (GtkWidget *chart, const RnPlanAdvice *advice, RnMetric metric)
{
  rn_sparkline_clear_thresholds (RN_SPARKLINE (chart));
  for (int tier = RN_N_TIERS - 1; tier >= 1; tier--)
    for (guint i = 0; i < advice->enter[tier].tree->n_limits; i++)
      {
        const RnPlanNode *node = advice->enter[tier].limits[i].node;

        if (node == NULL || node->metric != metric || isnan (node->above))
          continue;
        rn_sparkline_add_threshold (
            RN_SPARKLINE (chart),
            metric == RN_METRIC_SLOW_KM ? rn_quantity_length (node->above).value : node->above,
            tier, rn_tier_word (tier));
        break;
      }
}

static void
show_trend (RnPlanPage *self, GtkWidget *chart, const RnPlanAdvice *advice, gboolean slow)
{
  const GArray *trend = advice->trend;
  g_autofree RnSparklinePoint *points = g_new (RnSparklinePoint, MAX (trend->len, 1));

  for (guint i = 0; i < trend->len; i++)
    {
      const RnPlanSample *sample = &g_array_index (trend, RnPlanSample, i);

      points[i].at_us = sample->at_us;
      points[i].value = slow ? rn_quantity_length (sample->slow_km).value : sample->saturation;
    }
  rn_sparkline_set_subject (RN_SPARKLINE (chart), slow ? _("Slow length") : _("Saturation"),
                            slow ? rn_quantity_length (NAN).unit : "", slow ? 1 : 2);
  rn_sparkline_set_minimum_top (RN_SPARKLINE (chart), slow ? 6 : 1);
  add_thresholds (chart, advice, slow ? RN_METRIC_SLOW_KM : RN_METRIC_SATURATION);
  rn_sparkline_set_points (RN_SPARKLINE (chart), points, trend->len,
                           rn_plan_desk_get_now_us (self->desk), TREND_GAP_US, zone_of (self));
}

/* ---- right --------------------------------------------------------------------------------- */

static void
show_next (RnPlanPage *self, const RnPlanAdvice *advice)
{
  int up = advice->straight ? 1 : rn_plan_next_up (advice->tier);
  g_autoptr (GPtrArray) orders = rn_plan_desk_dup_to_order (self->desk, advice->plan->key, up);
  g_autofree char *title =
      g_strdup_printf (_("If raised to %s will be ordered"), rn_plan_tier_numeral (up));
  gboolean any = up > 0 && orders->len > 0;

  gtk_widget_set_visible (self->next_title, any);
  gtk_widget_set_visible (self->next, any);
  gtk_label_set_text (GTK_LABEL (self->next_title), title);
  rn_card_clear (self->next);
  for (guint i = 0; any && i < orders->len; i++)
    {
      const RnPlanTemplate *template = orders->pdata[i];
      const char *where = rn_names_get (template->where, NULL);
      GtkWidget *line = append_line (self->next, rn_side_tier_icon (template->tier),
                                     rn_side_level_class (template->tier));
      GtkWidget *what = rn_card_label (rn_names_get (template->what, NULL), NULL, 0);

      gtk_widget_set_hexpand (what, TRUE);
      gtk_box_append (GTK_BOX (line), what);
      gtk_box_append (GTK_BOX (line), rn_card_label (where != NULL ? where : "", "rn-label", 1));
      gtk_box_append (GTK_BOX (line),
                      rn_card_label (rn_plan_party_title (template->party), "rn-label", 1));
    }
}

/* ---- all ----------------------------------------------------------------------------------- */

static void
show_plan (RnPlanPage *self, const RnPlanAdvice *advice)
{
  g_autofree char *extent = rn_plan_dup_extent (advice);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", extent, party_note (advice));
  g_autofree char *note = dup_note (self, advice);
  g_autofree char *count = NULL;

  gtk_label_set_text (GTK_LABEL (self->title), rn_plan_title (advice));
  gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle);
  gtk_label_set_text (GTK_LABEL (self->note), note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
  rn_plan_advice_card_show (RN_PLAN_ADVICE_CARD (self->advice), advice, zone_of (self));
  show_tables (self, advice);
  show_figures (self, advice);
  show_trend (self, self->slow_trend, advice, TRUE);
  show_trend (self, self->saturation_trend, advice, FALSE);
  count = g_strdup_printf ("%u", rn_plan_ledger_table_show (RN_PLAN_LEDGER_TABLE (self->ledger),
                                                            self->key, zone_of (self)));
  gtk_label_set_text (GTK_LABEL (self->count), count);
  show_next (self, advice);
}

/* By the width of the window, which is known before the page is laid out for the first time. */
static void
update_narrow (RnPlanPage *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean narrow = gtk_widget_get_width (window) < WIDE_FROM_PX;

  gtk_widget_set_size_request (self->left, narrow ? LEFT_NARROW_PX : LEFT_PX, -1);
  rn_plan_advice_card_set_narrow (RN_PLAN_ADVICE_CARD (self->advice), narrow);
  rn_plan_criteria_table_set_narrow (RN_PLAN_CRITERIA_TABLE (self->up), narrow);
  rn_plan_criteria_table_set_narrow (RN_PLAN_CRITERIA_TABLE (self->down), narrow);
  rn_plan_ledger_table_set_narrow (RN_PLAN_LEDGER_TABLE (self->ledger), narrow);
}

static void
update (RnPlanPage *self)
{
  const char *error = rn_plan_desk_get_file_error (self->desk);
  const RnPlanAdvice *advice;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  update_narrow (self);
  if (self->key == NULL || rn_plan_desk_find (self->desk, self->key) == NULL)
    {
      g_free (self->key);
      self->key = g_strdup (rn_plan_list_get_first (RN_PLAN_LIST (self->list)));
    }
  rn_plan_list_set_chosen (RN_PLAN_LIST (self->list), self->key);
  advice = rn_plan_desk_find (self->desk, self->key);
  gtk_label_set_text (GTK_LABEL (self->file_error), error != NULL ? error : "");
  gtk_widget_set_visible (self->file_error, error != NULL);
  gtk_widget_set_visible (self->paned, advice != NULL);
  show_decisions (self);
  if (advice != NULL)
    show_plan (self, advice);
}

static void
chosen_cb (RnPlanPage *self, const char *key)
{
  rn_plan_page_show_plan (self, key);
}

static void
back_cb (RnPlanPage *self)
{
  g_signal_emit (self, back_signal, 0);
}

static gboolean
back_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  back_cb (RN_PLAN_PAGE (widget));
  return TRUE;
}

static void
order_cb (RnPlanPage *self)
{
  rn_plan_ask_order (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->desk, self->key);
}

static void
refused_cb (RnPlanPage *self, const char *text)
{
  GtkWidget *dialog;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   _("Not Done"), text);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_plan_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rn_plan_page_parent_class)->map (widget);
  update (RN_PLAN_PAGE (widget));
}

static gboolean
layout_cb (gpointer data)
{
  RnPlanPage *self = data;

  self->layout_idle = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
rn_plan_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnPlanPage *self = RN_PLAN_PAGE (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  if (width == self->width)
    return;
  self->width = width;
  /* children may not change their requests while they are allocated */
  if (self->layout_idle == 0)
    self->layout_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, layout_cb, self, NULL);
}

static void
rn_plan_page_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (RN_PLAN_PAGE (widget)->box, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
rn_plan_page_dispose (GObject *object)
{
  RnPlanPage *self = RN_PLAN_PAGE (object);

  g_clear_handle_id (&self->layout_idle, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  g_clear_object (&self->seat);
  G_OBJECT_CLASS (rn_plan_page_parent_class)->dispose (object);
}

static void
rn_plan_page_finalize (GObject *object)
{
  g_free (RN_PLAN_PAGE (object)->key);
  G_OBJECT_CLASS (rn_plan_page_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, RnPlanPage, name)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (box);
  BIND (left);
  BIND (list_slot);
  BIND (file_error);
  BIND (rules);
  BIND (decisions);
  BIND (paned);
  BIND (middle);
  BIND (centre);
  BIND (title);
  BIND (subtitle);
  BIND (note);
  BIND (advice_slot);
  BIND (up_slot);
  BIND (down_slot);
  BIND (figures);
  BIND (trends);
  BIND (right);
  BIND (count);
  BIND (order);
  BIND (ledger_slot);
  BIND (next_title);
  BIND (next);
}

static void
rn_plan_page_class_init (RnPlanPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_plan_page_dispose;
  G_OBJECT_CLASS (class)->finalize = rn_plan_page_finalize;
  widget_class->map = rn_plan_page_map;
  widget_class->measure = rn_plan_page_measure;
  widget_class->size_allocate = rn_plan_page_size_allocate;
  back_signal = g_signal_new ("back", RN_TYPE_PLAN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-plan-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, back_key_cb, NULL);
}

static void
add_figures (RnPlanPage *self)
{
  static const char *const labels[N_FIGURES] = { N_("Saturation"), N_("Mean speed"),
                                                 N_("Entrances closed"), N_("Entrances metered"),
                                                 N_("Longest plaza queue") };

  for (guint i = 0; i < N_FIGURES; i++)
    {
      GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      self->figure[i] = rn_figure_new (_ (labels[i]), NULL);
      gtk_widget_add_css_class (card, "card");
      gtk_widget_add_css_class (card, "rn-tile");
      gtk_box_append (GTK_BOX (card), self->figure[i]);
      gtk_box_append (GTK_BOX (self->figures), card);
    }
}

static GtkWidget *
add_trend (RnPlanPage *self, const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *chart = rn_sparkline_new ();

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "rn-tile");
  gtk_widget_set_size_request (chart, 120, TREND_HEIGHT_PX);
  gtk_box_append (GTK_BOX (card), rn_card_label (title, "rn-label", 0));
  gtk_box_append (GTK_BOX (card), chart);
  gtk_box_append (GTK_BOX (self->trends), card);
  return chart;
}

static void
rn_plan_page_init (RnPlanPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_rules (self);
  add_figures (self);
  self->slow_trend = add_trend (self, _("Slow length today; dashed: limits of the tiers"));
  self->saturation_trend = add_trend (self, _("Saturation today; dashed: limits of the tiers"));
  self->up = rn_plan_criteria_table_new ();
  self->down = rn_plan_criteria_table_new ();
  adw_bin_set_child (ADW_BIN (self->up_slot), self->up);
  adw_bin_set_child (ADW_BIN (self->down_slot), self->down);
}

GtkWidget *
rn_plan_page_new (RnSeat *seat)
{
  RnPlanPage *self = g_object_new (RN_TYPE_PLAN_PAGE, NULL);

  self->seat = g_object_ref (seat);
  self->desk = g_object_ref (rn_session_get_plan_desk (rn_seat_get_session (seat)));
  self->list = rn_plan_list_new (self->desk);
  self->advice = rn_plan_advice_card_new (self->desk);
  self->ledger = rn_plan_ledger_table_new (self->desk);
  adw_bin_set_child (ADW_BIN (self->list_slot), self->list);
  adw_bin_set_child (ADW_BIN (self->advice_slot), self->advice);
  adw_bin_set_child (ADW_BIN (self->ledger_slot), self->ledger);
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
rn_plan_page_show_plan (RnPlanPage *self, const char *plan_key)
{
  g_return_if_fail (RN_IS_PLAN_PAGE (self));
  if (plan_key != NULL)
    {
      g_autofree char *key = g_strdup (plan_key);

      g_free (self->key);
      self->key = g_steal_pointer (&key);
    }
  update (self);
}

const char *
rn_plan_page_get_plan (RnPlanPage *self)
{
  g_return_val_if_fail (RN_IS_PLAN_PAGE (self), NULL);
  return self->key;
}

void
rn_plan_page_focus (RnPlanPage *self)
{
  g_return_if_fail (RN_IS_PLAN_PAGE (self));
  rn_plan_list_focus (RN_PLAN_LIST (self->list));
}
