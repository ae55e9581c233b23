/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GtkGrid.rn-table with meters. Main thread. */
#include "ui/rn-plan-criteria-table.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "ui/rn-card-body.h"
#include "ui/rn-compat.h"
#include "ui/rn-meter.h"
#include "ui/rn-plan-text.h"

enum { MARK, WHAT, VALUE, LIMIT, DEGREE, DURATION, CONCLUSION, N_COLUMNS };

struct _RnPlanCriteriaTable {
  GtkWidget parent_instance;
  GtkWidget *box, *title, *rule, *grid;
  gboolean narrow;
  int tier; /* that it leads to, when it is worse than the present one; else 0 */
};

G_DEFINE_FINAL_TYPE (RnPlanCriteriaTable, rn_plan_criteria_table, GTK_TYPE_WIDGET)

static void
rn_plan_criteria_table_dispose (GObject *object)
{
  g_clear_pointer (&RN_PLAN_CRITERIA_TABLE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_plan_criteria_table_parent_class)->dispose (object);
}

static void
rn_plan_criteria_table_class_init (RnPlanCriteriaTableClass *class)
{
  G_OBJECT_CLASS (class)->dispose = rn_plan_criteria_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
rn_plan_criteria_table_init (RnPlanCriteriaTable *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->title = rn_card_label ("", "what", 0);
  self->rule = rn_card_label ("", "dim", 0);
  self->grid = gtk_grid_new ();
  gtk_widget_add_css_class (head, "rn-part");
  gtk_widget_add_css_class (self->grid, "rn-table");
  gtk_widget_add_css_class (self->grid, "card");
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (head), self->rule);
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), self->grid);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
rn_plan_criteria_table_new (void)
{
  return g_object_new (RN_TYPE_PLAN_CRITERIA_TABLE, NULL);
}

/* ---- cells --------------------------------------------------------------------------------- */

/* Never cut: the figures are what the table is for. */
static GtkWidget *
figure_label (const char *text, const char *css_class, float xalign)
{
  GtkWidget *label = rn_card_label (text, css_class, xalign);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

/* What it is and its degree take the room that there is. */
static void
attach (RnPlanCriteriaTable *self, GtkWidget *child, int column, int row)
{
  GtkWidget *cell;
  /* the two tables stand over each other: the same columns */
  static const int wide_px[N_COLUMNS] = { 34, 130, 84, 84, 90, 176, 104 };
  static const int narrow_px[N_COLUMNS] = { 34, 116, 66, 70, 70, 84, 88 };
  gboolean wide = column == WHAT || column == DEGREE;

  rn_card_attach_cell (self->grid, child, column, N_COLUMNS, row);
  cell = gtk_widget_get_parent (child);
  gtk_widget_set_hexpand (cell, wide);
  gtk_widget_set_size_request (cell, (self->narrow ? narrow_px : wide_px)[column], -1);
}

static GtkWidget *
create_mark (const RnPlanLimitFinding *limit)
{
  gboolean waits = limit->truth == RN_PLAN_NO && limit->held_us > 0;
  GtkWidget *mark;

  if (limit->truth != RN_PLAN_YES && !waits)
    return rn_card_label (RN_DASH, "dim", 0.5f);
  mark = gtk_image_new_from_icon_name (waits ? "rn-clock-symbolic" : "rn-check-symbolic");
  gtk_widget_add_css_class (mark, waits ? "rn-warn" : "strong");
  return mark;
}

/* What holds has the colour of the tier that it leads to; what is under way that of waiting. */
static const char *
meter_class (const RnPlanLimitFinding *limit, int tier)
{
  if (limit->truth == RN_PLAN_YES)
    return tier > 0 ? rn_side_tier_class (tier) : "calm";
  return limit->held_us > 0 ? "tier-3" : NULL;
}

static GtkWidget *
create_degree (const RnPlanLimitFinding *limit, int tier, const char *what, const char *value,
               const char *bound)
{
  GtkWidget *meter = rn_meter_new ();
  g_autofree char *label = g_strdup_printf (_("%s %s, limit %s"), what, value, bound);
  double share, tick;

  rn_plan_get_degree (limit, &share, &tick);
  rn_meter_set (RN_METER (meter), share, tick, label);
  rn_meter_set_class (RN_METER (meter), meter_class (limit, tier));
  gtk_widget_set_hexpand (meter, TRUE);
  return meter;
}

static GtkWidget *
create_duration (RnPlanCriteriaTable *self, const RnPlanLimitFinding *limit, gint64 whole_us)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *meter = rn_meter_new ();
  gint64 for_us = MAX (limit->node->for_us, whole_us);
  g_autofree char *text = rn_plan_dup_duration (limit->held_us, for_us);
  double share = for_us > 0 ? (double) limit->held_us / (double) for_us : limit->held_us > 0;

  rn_meter_set (RN_METER (meter), share, NAN, text);
  rn_meter_set_class (RN_METER (meter), meter_class (limit, self->tier));
  gtk_widget_set_size_request (meter, 56, -1);
  gtk_widget_set_visible (meter, !self->narrow);
  gtk_box_append (GTK_BOX (box), meter);
  gtk_box_append (GTK_BOX (box), figure_label (text, NULL, 0));
  return box;
}

static void
add_row (RnPlanCriteriaTable *self, const RnPlanLimitFinding *limit, gint64 whole_us, int row)
{
  const char *what = rn_metric_title (limit->node->metric);
  g_autofree char *value = rn_plan_dup_value (limit);
  g_autofree char *bound = rn_plan_node_dup_limit (limit->node);
  g_autofree char *conclusion = rn_plan_dup_conclusion (limit);
  gboolean holds = limit->truth == RN_PLAN_YES;
  GtkWidget *cells[N_COLUMNS] = {
    [MARK] = create_mark (limit),
    [WHAT] = rn_card_label (what, NULL, 0),
    [VALUE] = figure_label (value, "strong", 1),
    [LIMIT] = figure_label (bound, "dim", 1),
    [DEGREE] = create_degree (limit, self->tier, what, value, bound),
    [DURATION] = create_duration (self, limit, whole_us),
    [CONCLUSION] = figure_label (conclusion, holds ? "strong" : "dim", 1),
  };

  for (int column = 0; column < N_COLUMNS; column++)
    attach (self, cells[column], column, row);
}

void
rn_plan_criteria_table_show (RnPlanCriteriaTable *self, const char *title,
                             const RnPlanTreeFinding *finding, int tier)
{
  static const char *const heads[N_COLUMNS] = { "",
                                                N_("Criterion"),
                                                N_("Now"),
                                                N_("Limit"),
                                                N_("Degree"),
                                                N_("Duration"),
                                                N_("Conclusion") };
  gboolean any;

  g_return_if_fail (RN_IS_PLAN_CRITERIA_TABLE (self));
  self->tier = tier;
  rn_card_clear (self->grid);
  gtk_widget_set_visible (GTK_WIDGET (self), finding != NULL && finding->tree->n_nodes > 0);
  if (finding == NULL || finding->tree->n_nodes == 0)
    return;
  any = finding->tree->nodes[0].kind == RN_PLAN_ANY;
  gtk_label_set_text (GTK_LABEL (self->title), title);
  if (finding->for_us > 0)
    {
      g_autofree char *rule = g_strdup_printf (any ? _("any one, for %d min (now %d)")
                                                   : _("all, for %d min (now %d)"),
                                               (int) (finding->for_us / (60 * G_USEC_PER_SEC)),
                                               (int) (finding->held_us / (60 * G_USEC_PER_SEC)));

      gtk_label_set_text (GTK_LABEL (self->rule), rule);
    }
  else
    gtk_label_set_text (GTK_LABEL (self->rule), any ? _("any one") : _("all"));
  rn_compat_set_name (self->grid, title);
  for (int column = 0; column < N_COLUMNS; column++)
    attach (self,
            figure_label (column > 0 ? _ (heads[column]) : "", "rn-label",
                          column == VALUE || column == LIMIT || column == CONCLUSION),
            column, 0);
  for (guint i = 0; i < finding->tree->n_limits; i++)
    add_row (self, &finding->limits[i], finding->for_us, (int) i + 1);
}

void
rn_plan_criteria_table_set_narrow (RnPlanCriteriaTable *self, gboolean narrow)
{
  g_return_if_fail (RN_IS_PLAN_CRITERIA_TABLE (self));
  self->narrow = narrow;
}
