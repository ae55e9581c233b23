/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offers the metrics of the same kind of subject as the rule's own. Main thread. */
#include "ui/rn-rule-guards.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-rule-field.h"
#include "ui/rn-rule-lines.h"

typedef struct {
  GtkWidget *metric, *above, *below;
} Line;

struct _RnRuleGuards {
  GtkWidget parent_instance;
  GtkWidget *lines; /* of Line */
  GArray *metrics;  /* RnMetric that can guard */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RnRuleGuards, rn_rule_guards, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
changed_cb (RnRuleGuards *self)
{
  if (!self->filling)
    g_signal_emit (self, changed_signal, 0);
}

static GtkWidget *
add_field (RnRuleGuards *self, GtkWidget *box, const char *title, double value)
{
  GtkWidget *label = gtk_label_new (title);
  g_autofree char *name = g_strdup_printf (_("Condition: %s"), title);
  GtkWidget *field = rn_rule_field_new (name);

  gtk_widget_add_css_class (label, "rn-label");
  rn_rule_field_set (field, value);
  g_signal_connect_object (field, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), field);
  return field;
}

static GtkWidget *
create_metric (RnRuleGuards *self, RnMetric chosen)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  GtkWidget *drop;
  guint selected = 0;

  for (guint i = 0; i < self->metrics->len; i++)
    {
      RnMetric metric = g_array_index (self->metrics, RnMetric, i);

      gtk_string_list_append (titles, rn_metric_title (metric));
      if (metric == chosen)
        selected = i;
    }
  drop = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&titles)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), selected);
  gtk_widget_set_hexpand (drop, TRUE);
  rn_compat_set_name (drop, _("Condition"));
  g_signal_connect_object (drop, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  return drop;
}

static const Line *
add_line (RnRuleGuards *self, const RnRuleGuard *guard)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  Line *line = g_new (Line, 1);

  line->metric = create_metric (self, guard->metric);
  gtk_box_append (GTK_BOX (box), line->metric);
  line->above = add_field (self, box, _("above"), guard->above);
  line->below = add_field (self, box, _("below"), guard->below);
  rn_rule_lines_append (RN_RULE_LINES (self->lines), box, line);
  return line;
}

static void
add_cb (RnRuleGuards *self)
{
  const RnRuleGuard fresh = { g_array_index (self->metrics, RnMetric, 0), NAN, NAN };

  gtk_widget_grab_focus (add_line (self, &fresh)->metric);
  changed_cb (self);
}

/* ---- in and out ---------------------------------------------------------------------------- */

void
rn_rule_guards_set_rule (RnRuleGuards *self, const RnRule *rule)
{
  self->filling = TRUE;
  rn_rule_lines_clear (RN_RULE_LINES (self->lines));
  g_array_set_size (self->metrics, 0);
  for (RnMetric metric = 0; metric < RN_N_METRICS; metric++)
    if (metric != RN_METRIC_KPI && rn_metric_bad_side (metric) != RN_BAD_SET
        && rn_metric_subject_kind (metric) == rn_metric_subject_kind (rule->metric))
      g_array_append_val (self->metrics, metric);
  for (guint i = 0; i < rule->n_guards; i++)
    add_line (self, &rule->guards[i]);
  rn_rule_lines_set_open (RN_RULE_LINES (self->lines), self->metrics->len > 0);
  self->filling = FALSE;
}

gboolean
rn_rule_guards_fill (RnRuleGuards *self, RnRule *rule)
{
  gboolean good = TRUE;

  g_free (rule->guards);
  rule->n_guards = rn_rule_lines_get_n (RN_RULE_LINES (self->lines));
  rule->guards = g_new0 (RnRuleGuard, rule->n_guards);
  for (guint i = 0; i < rule->n_guards; i++)
    {
      const Line *line = rn_rule_lines_nth (RN_RULE_LINES (self->lines), i);
      RnRuleGuard *guard = &rule->guards[i];

      guard->metric = g_array_index (self->metrics, RnMetric,
                                     gtk_drop_down_get_selected (GTK_DROP_DOWN (line->metric)));
      good = rn_rule_field_get (line->above, NAN, &guard->above) && good;
      good = rn_rule_field_get (line->below, NAN, &guard->below) && good;
    }
  if (!good)
    rn_rule_guards_set_problem (self, _("is not a number"));
  return good;
}

void
rn_rule_guards_set_problem (RnRuleGuards *self, const char *text)
{
  rn_rule_lines_set_problem (RN_RULE_LINES (self->lines), text);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_rule_guards_dispose (GObject *object)
{
  g_clear_pointer (&RN_RULE_GUARDS (object)->lines, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_rule_guards_parent_class)->dispose (object);
}

static void
rn_rule_guards_finalize (GObject *object)
{
  g_array_unref (RN_RULE_GUARDS (object)->metrics);
  G_OBJECT_CLASS (rn_rule_guards_parent_class)->finalize (object);
}

static void
rn_rule_guards_class_init (RnRuleGuardsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_rule_guards_dispose;
  G_OBJECT_CLASS (klass)->finalize = rn_rule_guards_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  changed_signal = g_signal_new ("changed", RN_TYPE_RULE_GUARDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rn_rule_guards_init (RnRuleGuards *self)
{
  self->metrics = g_array_new (FALSE, FALSE, sizeof (RnMetric));
  self->lines = rn_rule_lines_new (_("_Add a Condition"), _("Remove the condition"));
  gtk_widget_set_parent (self->lines, GTK_WIDGET (self));
  g_signal_connect_object (self->lines, "add", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lines, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
rn_rule_guards_new (void)
{
  return g_object_new (RN_TYPE_RULE_GUARDS, NULL);
}
