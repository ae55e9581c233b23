/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The id follows what is chosen until a person types one. Main thread. */
#include "ui/rn-rule-origin.h"

#include "alert/rn-rule-names.h"
#include "alert/rn-rule-read.h"
#include "alert/rn-rule-start.h"
#include "base/rn-i18n.h"
#include "ui/rn-compat.h"

struct _RnRuleOrigin {
  GtkWidget parent_instance;
  GtkWidget *group, *from, *metric, *id, *problem;
  RnSeat *seat;
  char *suggested; /* id; NULL: a person typed another */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RnRuleOrigin, rn_rule_origin, GTK_TYPE_WIDGET)

enum { CHOSEN, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const RnRuleSet *
get_rules (RnRuleOrigin *self)
{
  return rn_alert_desk_get_rules (rn_seat_get_desk (self->seat));
}

/* The first choice is "a metric". NULL also when the rule has gone meanwhile. */
static const RnRule *
get_original (RnRuleOrigin *self)
{
  GObject *item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self->from));
  const char *id = item != NULL ? g_object_get_data (item, "rn-rule") : NULL;

  return id != NULL ? rn_rule_set_find (get_rules (self), id) : NULL;
}

static RnMetric
get_metric (RnRuleOrigin *self)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (self->metric));
}

/* ---- the id -------------------------------------------------------------------------------- */

static void
suggest_id (RnRuleOrigin *self)
{
  const RnRule *original = get_original (self);
  g_autofree char *id = rn_rule_set_dup_free_id (
      get_rules (self), original != NULL ? original->id : rn_metric_word (get_metric (self)));

  if (self->suggested == NULL)
    return;
  self->filling = TRUE;
  g_free (self->suggested);
  self->suggested = g_steal_pointer (&id);
  gtk_editable_set_text (GTK_EDITABLE (self->id), self->suggested);
  self->filling = FALSE;
}

static void
id_cb (RnRuleOrigin *self)
{
  if (self->filling)
    return;
  g_clear_pointer (&self->suggested, g_free);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
chosen_cb (RnRuleOrigin *self)
{
  if (self->filling)
    return;
  gtk_widget_set_visible (self->metric, get_original (self) == NULL);
  suggest_id (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* ---- in and out ---------------------------------------------------------------------------- */

static RnRule *
make_copy (const RnRule *original)
{
  RnRule *rule = rn_rule_copy (original);
  g_autofree char *name = g_strdup_printf (_("%s (copy)"), rn_rule_title (original));

  g_clear_pointer (&rule->names, rn_names_unref);
  rule->names = rn_names_new (name);
  rule->version = 1;
  rule->enabled = TRUE;
  g_clear_pointer (&rule->owner, g_free);
  g_clear_pointer (&rule->reason, g_free);
  return rule;
}

RnRule *
rn_rule_origin_make_rule (RnRuleOrigin *self)
{
  const RnRule *original = get_original (self);
  RnRule *rule = original != NULL
                     ? make_copy (original)
                     : rn_rule_start (get_metric (self), "new", rn_seat_get_frame (self->seat));

  g_free (rule->id);
  rule->id = rn_rule_set_dup_free_id (
      get_rules (self), original != NULL ? original->id : rn_metric_word (rule->metric));
  return rule;
}

const char *
rn_rule_origin_get_id (RnRuleOrigin *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->id));
}

void
rn_rule_origin_set_problem (RnRuleOrigin *self, const char *text)
{
  rn_compat_set_class (self->id, "error", text != NULL);
  gtk_label_set_label (GTK_LABEL (self->problem), text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
}

/* ---- object -------------------------------------------------------------------------------- */

static char *
get_item_text (GObject *item)
{
  return g_strdup (gtk_string_object_get_string (GTK_STRING_OBJECT (item)));
}

static GtkWidget *
add_combo (RnRuleOrigin *self, const char *title, GListModel *model)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkExpression) text = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_item_text), NULL, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), text);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), model);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  return row;
}

static GListModel *
list_origins (RnRuleOrigin *self)
{
  GListStore *store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  const RnRuleSet *rules = get_rules (self);
  g_autoptr (GtkStringObject) metric = gtk_string_object_new (_("A measure, with usual limits"));

  g_list_store_append (store, metric);
  for (guint i = 0; i < rules->n; i++)
    {
      g_autofree char *text =
          g_strdup_printf (_("A copy of “%s”"), rn_rule_title (rules->rules[i]));
      g_autoptr (GtkStringObject) item = gtk_string_object_new (text);

      g_object_set_data_full (G_OBJECT (item), "rn-rule", g_strdup (rules->rules[i]->id), g_free);
      g_list_store_append (store, item);
    }
  return G_LIST_MODEL (store);
}

static GListModel *
list_metrics (void)
{
  GListStore *store = g_list_store_new (GTK_TYPE_STRING_OBJECT);

  for (RnMetric metric = 0; metric < RN_N_METRICS; metric++)
    {
      g_autoptr (GtkStringObject) item = gtk_string_object_new (rn_metric_title (metric));

      g_list_store_append (store, item);
    }
  return G_LIST_MODEL (store);
}

static void
rn_rule_origin_dispose (GObject *object)
{
  RnRuleOrigin *self = RN_RULE_ORIGIN (object);

  g_clear_pointer (&self->group, gtk_widget_unparent);
  g_clear_object (&self->seat);
  g_clear_pointer (&self->suggested, g_free);
  G_OBJECT_CLASS (rn_rule_origin_parent_class)->dispose (object);
}

static void
rn_rule_origin_class_init (RnRuleOriginClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_rule_origin_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHOSEN] = g_signal_new ("chosen", RN_TYPE_RULE_ORIGIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_RULE_ORIGIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
rn_rule_origin_init (RnRuleOrigin *self)
{
  self->suggested = g_strdup ("");
}

static void
fill (RnRuleOrigin *self)
{
  g_autoptr (GListModel) origins = list_origins (self);
  g_autoptr (GListModel) metrics = list_metrics ();

  self->filling = TRUE;
  self->from = add_combo (self, _("Begin with"), origins);
  self->metric = add_combo (self, _("What is measured"), metrics);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->metric), RN_METRIC_SPEED_RATIO);
  self->id = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->id),
                                 _("Id: letters, digits, “.”, “_” and “-”"));
  g_signal_connect_object (self->id, "changed", G_CALLBACK (id_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->id);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->problem, "rn-error");
  gtk_widget_set_margin_top (self->problem, 6);
  gtk_widget_set_visible (self->problem, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->problem);
  suggest_id (self);
  self->filling = FALSE;
}

GtkWidget *
rn_rule_origin_new (RnSeat *seat)
{
  RnRuleOrigin *self = g_object_new (RN_TYPE_RULE_ORIGIN, NULL);

  self->seat = g_object_ref (seat);
  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _("New rule"));
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
  fill (self);
  return GTK_WIDGET (self);
}
