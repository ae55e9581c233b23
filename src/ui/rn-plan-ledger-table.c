/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are made anew only when other measures are there; else their cells change, so that the row
 * in hand stays in hand. Main thread. */
#include "ui/rn-plan-ledger-table.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-card-body.h"
#include "ui/rn-compat.h"
#include "ui/rn-plan-text.h"
#include "ui/rn-side-text.h"

#define TIME_CHARS 5
#define WHAT_PX 120
#define N_COLUMNS (RN_N_MEASURE_STEPS + 2) /* of figures: party, times, state */

struct _RnPlanLedgerTable {
  GtkWidget parent_instance;
  GtkWidget *box, *card, *list, *empty, *tools, *next, *lift, *party_head;
  RnPlanDesk *desk;
  GTimeZone *zone;
  char *plan_key;
  GPtrArray *rows; /* RnPlanLedgerRow as shown */
  char *shape;     /* keys and tiers of the rows: when it is another one they are made anew */
  char *chosen;    /* key of the measure; NULL none */
  gboolean narrow; /* the party stands behind the place */
  GtkSizeGroup *columns[N_COLUMNS];
};

G_DEFINE_FINAL_TYPE (RnPlanLedgerTable, rn_plan_ledger_table, GTK_TYPE_WIDGET)

typedef struct {
  char *key;
  GtkWidget *what, *where, *party, *times[RN_N_MEASURE_STEPS], *state;
  const char *state_class; /* interned */
} Cells;

/* ---- rows ---------------------------------------------------------------------------------- */

static void
cells_free (gpointer data)
{
  Cells *cells = data;

  g_free (cells->key);
  g_free (cells);
}

static GtkWidget *
add_cell (RnPlanLedgerTable *self, GtkWidget *line, guint column, float xalign,
          const char *css_class)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_size_group_add_widget (self->columns[column], cell);
  gtk_widget_set_hexpand (cell, FALSE); /* whatever its label does */
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (cell), label);
  gtk_box_append (GTK_BOX (line), cell);
  return label;
}

/* The same columns for the head and the rows. */
static GtkWidget *
create_line (RnPlanLedgerTable *self, Cells *cells)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_size_request (lines, WHAT_PX, -1);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  cells->what = rn_card_label ("", "title", 0);
  cells->where = rn_card_label ("", "second", 0);
  gtk_box_append (GTK_BOX (lines), cells->what);
  gtk_box_append (GTK_BOX (lines), cells->where);
  gtk_box_append (GTK_BOX (line), lines);
  cells->party = add_cell (self, line, 0, 0, "second");
  for (int step = 0; step < RN_N_MEASURE_STEPS; step++)
    cells->times[step] = add_cell (self, line, 1 + (guint) step, 1, "numeric");
  cells->state = add_cell (self, line, N_COLUMNS - 1, 1, "word");
  gtk_widget_add_css_class (line, "rn-measure");
  return line;
}

static GtkWidget *
create_head (RnPlanLedgerTable *self)
{
  static const char *const times[RN_N_MEASURE_STEPS] = { NC_ ("measure", "Ordered"),
                                                         NC_ ("measure", "Confirmed"),
                                                         NC_ ("measure", "Executed"),
                                                         NC_ ("measure", "Lifted") };
  Cells cells = { 0 };
  GtkWidget *line = create_line (self, &cells);

  gtk_label_set_text (GTK_LABEL (cells.what), _("Measure and place"));
  gtk_widget_set_visible (cells.where, FALSE);
  gtk_label_set_text (GTK_LABEL (cells.party), _("Party"));
  self->party_head = gtk_widget_get_parent (cells.party);
  for (int step = 0; step < RN_N_MEASURE_STEPS; step++)
    gtk_label_set_text (GTK_LABEL (cells.times[step]),
                        g_dpgettext2 (GETTEXT_PACKAGE, "measure", times[step]));
  gtk_label_set_text (GTK_LABEL (cells.state), _("State"));
  gtk_widget_add_css_class (line, "head");
  return line;
}

/* ---- heads of tiers ------------------------------------------------------------------------ */

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  RnPlanLedgerTable *self = data;
  guint i = (guint) gtk_list_box_row_get_index (row);
  const RnPlanLedgerRow *this = i < self->rows->len ? self->rows->pdata[i] : NULL;
  const RnPlanLedgerRow *last = before != NULL && i > 0 ? self->rows->pdata[i - 1] : NULL;
  GtkWidget *head, *icon;

  if (this == NULL || (last != NULL && last->measure.tier == this->measure.tier))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  icon = gtk_image_new_from_icon_name (
      this->measure.tier > 0 ? rn_side_tier_icon (this->measure.tier) : "rn-plan-symbolic");
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (icon, "rn-shape");
  if (this->measure.tier > 0)
    gtk_widget_add_css_class (icon, rn_side_level_class (this->measure.tier));
  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (head),
                  rn_card_label (rn_plan_measures_title (this->measure.tier), "strong", 0));
  gtk_widget_add_css_class (head, "rn-measure-tier");
  gtk_list_box_row_set_header (row, head);
}

/* ---- showing ------------------------------------------------------------------------------- */

static void
show_state (RnPlanLedgerTable *self, Cells *cells, const RnPlanLedgerRow *row)
{
  const char *css_class;
  g_autofree char *state =
      rn_plan_dup_measure_state (row, rn_plan_desk_get_now_us (self->desk), &css_class);
  const char *next = g_intern_string (css_class);

  gtk_label_set_text (GTK_LABEL (cells->state), state);
  gtk_widget_set_halign (cells->state, GTK_ALIGN_END);
  if (cells->state_class == next)
    return;
  if (cells->state_class != NULL)
    gtk_widget_remove_css_class (cells->state, cells->state_class);
  if (next != NULL)
    gtk_widget_add_css_class (cells->state, next);
  cells->state_class = next;
}

static char *
dup_steps_text (RnPlanLedgerTable *self, const RnPlanLedgerRow *row)
{
  static const char *const titles[RN_N_MEASURE_STEPS] = { NC_ ("measure", "Ordered"),
                                                          NC_ ("measure", "Confirmed"),
                                                          NC_ ("measure", "Executed"),
                                                          NC_ ("measure", "Lifted") };
  GString *text = g_string_new (NULL);

  for (int step = 0; step < RN_N_MEASURE_STEPS; step++)
    {
      g_autofree char *at = rn_text_moment (row->measure.at_us[step],
                                            rn_plan_desk_get_now_us (self->desk), self->zone);

      if (row->measure.at_us[step] == 0)
        continue;
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? "\n" : "",
                              g_dpgettext2 (GETTEXT_PACKAGE, "measure", titles[step]), at);
      if (row->measure.by[step] != NULL)
        g_string_append_printf (text, " · %s", row->measure.by[step]);
      if (step == RN_MEASURE_ORDERED && row->measure.second != NULL)
        g_string_append_printf (text, " + %s", row->measure.second);
    }
  return g_string_free (text, FALSE);
}

static void
show_where (RnPlanLedgerTable *self, Cells *cells, const RnPlanMeasure *measure)
{
  const char *party = rn_plan_party_title (measure->party);
  g_autofree char *both = measure->where != NULL
                              ? g_strdup_printf ("%s · %s", measure->where, party)
                              : g_strdup (party);
  const char *where = self->narrow ? both : measure->where;

  gtk_label_set_text (GTK_LABEL (cells->where), where != NULL ? where : "");
  gtk_widget_set_visible (cells->where, where != NULL);
  gtk_label_set_text (GTK_LABEL (cells->party), party);
  gtk_widget_set_visible (gtk_widget_get_parent (cells->party), !self->narrow);
}

static void
show_row (RnPlanLedgerTable *self, GtkWidget *widget, const RnPlanLedgerRow *row)
{
  Cells *cells = g_object_get_data (G_OBJECT (widget), "rn-cells");
  const RnPlanMeasure *measure = &row->measure;
  g_autofree char *steps = dup_steps_text (self, row);
  g_autofree char *name = NULL;

  gtk_label_set_text (GTK_LABEL (cells->what), measure->what != NULL ? measure->what : RN_DASH);
  show_where (self, cells, measure);
  for (int step = 0; step < RN_N_MEASURE_STEPS; step++)
    {
      gboolean done = measure->at_us[step] != 0;
      g_autofree char *at = done ? rn_text_clock (measure->at_us[step], self->zone) : NULL;

      if (done)
        at[TIME_CHARS] = '\0'; /* without the seconds */
      gtk_label_set_text (GTK_LABEL (cells->times[step]), done ? at : RN_DASH);
      rn_compat_set_class (cells->times[step], "dim", !done);
    }
  show_state (self, cells, row);
  rn_compat_set_class (widget, "lifted", measure->at_us[RN_MEASURE_LIFTED] != 0);
  gtk_widget_set_tooltip_text (widget, steps);
  name = g_strdup_printf ("%s, %s, %s, %s", gtk_label_get_text (GTK_LABEL (cells->what)),
                          rn_plan_measures_title (measure->tier),
                          gtk_label_get_text (GTK_LABEL (cells->party)),
                          gtk_label_get_text (GTK_LABEL (cells->state)));
  rn_compat_set_name (widget, name);
}

static GtkWidget *
row_at (RnPlanLedgerTable *self, guint i)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) i));
}

static void
make_rows (RnPlanLedgerTable *self)
{
  GtkWidget *row;

  while ((row = row_at (self, 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const RnPlanLedgerRow *of = self->rows->pdata[i];
      Cells *cells = g_new0 (Cells, 1);

      row = gtk_list_box_row_new ();
      cells->key = g_strdup (of->measure.key);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), create_line (self, cells));
      g_object_set_data_full (G_OBJECT (row), "rn-cells", cells, cells_free);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      if (g_strcmp0 (of->measure.key, self->chosen) == 0)
        gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
    }
}

static const RnPlanLedgerRow *
chosen_row (RnPlanLedgerTable *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const RnPlanLedgerRow *row = self->rows->pdata[i];

      if (g_strcmp0 (row->measure.key, self->chosen) == 0)
        return row;
    }
  return NULL;
}

static void
update_tools (RnPlanLedgerTable *self)
{
  static const char *const labels[RN_N_MEASURE_STEPS] = { "", N_("Party _confirms"),
                                                          N_("Is _executed"), N_("_Lift") };
  const RnPlanLedgerRow *row = chosen_row (self);
  RnMeasureStep next = row != NULL ? rn_plan_next_step (row) : RN_N_MEASURE_STEPS;

  gtk_widget_set_sensitive (self->next, next < RN_MEASURE_LIFTED);
  gtk_widget_set_sensitive (self->lift, next < RN_N_MEASURE_STEPS);
  gtk_button_set_label (GTK_BUTTON (self->next),
                        _ (labels[next < RN_MEASURE_LIFTED ? next : RN_MEASURE_CONFIRMED]));
  rn_compat_set_class (self->lift, "destructive-action", row != NULL && row->overdue_us != 0);
}

guint
rn_plan_ledger_table_show (RnPlanLedgerTable *self, const char *plan_key, GTimeZone *zone)
{
  g_autoptr (GString) shape = g_string_new (plan_key);

  g_return_val_if_fail (RN_IS_PLAN_LEDGER_TABLE (self), 0);
  if (g_strcmp0 (plan_key, self->plan_key) != 0)
    g_clear_pointer (&self->chosen, g_free);
  g_free (self->plan_key);
  self->plan_key = g_strdup (plan_key);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = rn_plan_desk_dup_ledger (self->desk, plan_key);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const RnPlanLedgerRow *row = self->rows->pdata[i];

      g_string_append_printf (shape, "\n%d %s", row->measure.tier, row->measure.key);
    }
  if (g_strcmp0 (shape->str, self->shape) != 0)
    {
      g_free (self->shape);
      self->shape = g_strdup (shape->str);
      make_rows (self);
    }
  for (guint i = 0; i < self->rows->len; i++)
    show_row (self, row_at (self, i), self->rows->pdata[i]);
  gtk_widget_set_visible (self->card, self->rows->len > 0);
  gtk_widget_set_visible (self->tools, self->rows->len > 0);
  gtk_widget_set_visible (self->empty, self->rows->len == 0);
  update_tools (self);
  return self->rows->len;
}

void
rn_plan_ledger_table_set_narrow (RnPlanLedgerTable *self, gboolean narrow)
{
  g_return_if_fail (RN_IS_PLAN_LEDGER_TABLE (self));
  self->narrow = narrow;
  gtk_widget_set_visible (self->party_head, !narrow);
}

/* ---- acts ---------------------------------------------------------------------------------- */

static void
do_step (RnPlanLedgerTable *self, gboolean lift)
{
  const RnPlanLedgerRow *row = chosen_row (self);
  RnMeasureStep next = row != NULL ? rn_plan_next_step (row) : RN_N_MEASURE_STEPS;
  g_autofree char *key = g_strdup (self->chosen);

  if (next < RN_N_MEASURE_STEPS)
    rn_plan_desk_step_measure (self->desk, self->plan_key, key, lift ? RN_MEASURE_LIFTED : next);
}

static void
next_cb (RnPlanLedgerTable *self)
{
  do_step (self, FALSE);
}

static void
lift_cb (RnPlanLedgerTable *self)
{
  do_step (self, TRUE);
}

/* Enter does what comes next, but lifting is asked for by its own key. */
static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, RnPlanLedgerTable *self)
{
  const RnPlanLedgerRow *chosen = chosen_row (self);

  if (chosen != NULL && rn_plan_next_step (chosen) < RN_MEASURE_LIFTED)
    do_step (self, FALSE);
}

static void
selected_cb (GtkListBox *list, GtkListBoxRow *row, RnPlanLedgerTable *self)
{
  Cells *cells = row != NULL ? g_object_get_data (G_OBJECT (row), "rn-cells") : NULL;

  if (cells == NULL) /* rows are being made anew: the chosen one comes back */
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (cells->key);
  update_tools (self);
}

static gboolean
lift_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  do_step (RN_PLAN_LEDGER_TABLE (widget), TRUE);
  return TRUE;
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_plan_ledger_table_dispose (GObject *object)
{
  RnPlanLedgerTable *self = RN_PLAN_LEDGER_TABLE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rn_plan_ledger_table_parent_class)->dispose (object);
}

static void
rn_plan_ledger_table_finalize (GObject *object)
{
  RnPlanLedgerTable *self = RN_PLAN_LEDGER_TABLE (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_object_unref (self->columns[i]);
  g_ptr_array_unref (self->rows);
  g_free (self->plan_key);
  g_free (self->shape);
  g_free (self->chosen);
  G_OBJECT_CLASS (rn_plan_ledger_table_parent_class)->finalize (object);
}

static void
rn_plan_ledger_table_class_init (RnPlanLedgerTableClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_plan_ledger_table_dispose;
  G_OBJECT_CLASS (class)->finalize = rn_plan_ledger_table_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_l, 0, lift_key_cb, NULL);
}

static GtkWidget *
add_tool (RnPlanLedgerTable *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "rn-small");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->tools), button);
  return button;
}

static void
rn_plan_ledger_table_init (RnPlanLedgerTable *self)
{
  self->rows = g_ptr_array_new ();
  for (guint i = 0; i < N_COLUMNS; i++)
    self->columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->list = gtk_list_box_new ();
  self->tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->empty = rn_card_label (_("No measure is ordered."), "rn-empty", 0.5f);
  gtk_widget_add_css_class (self->card, "rn-layers");
  gtk_widget_add_css_class (self->list, "rn-measures");
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, self, NULL);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), FALSE);
  rn_compat_set_name (self->list, _("Measures"));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  gtk_box_append (GTK_BOX (self->card), create_head (self));
  gtk_box_append (GTK_BOX (self->card), self->list);
  gtk_widget_set_margin_top (self->tools, 8);
  self->next = add_tool (self, _("Party _confirms"), G_CALLBACK (next_cb));
  self->lift = add_tool (self, _("_Lift"), G_CALLBACK (lift_cb));
  gtk_button_set_use_underline (GTK_BUTTON (self->next), TRUE);
  gtk_box_append (GTK_BOX (self->box), self->card);
  gtk_box_append (GTK_BOX (self->box), self->tools);
  gtk_box_append (GTK_BOX (self->box), self->empty);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
rn_plan_ledger_table_new (RnPlanDesk *desk)
{
  RnPlanLedgerTable *self = g_object_new (RN_TYPE_PLAN_LEDGER_TABLE, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}
