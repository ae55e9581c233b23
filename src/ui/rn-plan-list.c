/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are made anew only when other plans, or another order, are there; else their words change.
 * Main thread. */
#include "ui/rn-plan-list.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-plan-text.h"
#include "ui/rn-side-text.h"

struct _RnPlanList {
  GtkWidget parent_instance;
  GtkWidget *box, *list, *empty;
  RnPlanDesk *desk;
  GPtrArray *keys; /* of the rows, in order */
  char *chosen;    /* NULL none */
};

G_DEFINE_FINAL_TYPE (RnPlanList, rn_plan_list, GTK_TYPE_WIDGET)

static guint chosen_signal;

typedef struct {
  GtkWidget *icon, *title, *extent, *status;
  const char *icon_class, *status_class; /* interned */
} Row;

/* ---- rows ---------------------------------------------------------------------------------- */

static GtkWidget *
add_line (GtkWidget *lines, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (lines), label);
  return label;
}

static GtkWidget *
create_row (void)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Row *parts = g_new0 (Row, 1);

  parts->icon = gtk_image_new ();
  gtk_widget_set_valign (parts->icon, GTK_ALIGN_CENTER);
  gtk_image_set_pixel_size (GTK_IMAGE (parts->icon), 22);
  gtk_widget_add_css_class (parts->icon, "rn-shape");
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (lines, TRUE);
  parts->title = add_line (lines, "title");
  parts->extent = add_line (lines, "second");
  parts->status = add_line (lines, "status");
  gtk_box_append (GTK_BOX (content), parts->icon);
  gtk_box_append (GTK_BOX (content), lines);
  gtk_widget_add_css_class (content, "rn-plan-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
  g_object_set_data_full (G_OBJECT (row), "rn-row", parts, g_free);
  return row;
}

static void
swap_class (GtkWidget *widget, const char **held, const char *css_class)
{
  const char *next = g_intern_string (css_class);

  if (*held == next)
    return;
  if (*held != NULL)
    gtk_widget_remove_css_class (widget, *held);
  if (next != NULL)
    gtk_widget_add_css_class (widget, next);
  *held = next;
}

static void
show_row (RnPlanList *self, GtkWidget *row, const RnPlanAdvice *advice)
{
  Row *parts = g_object_get_data (G_OBJECT (row), "rn-row");
  g_autofree char *extent = rn_plan_dup_extent (advice);
  const char *css_class;
  g_autofree char *status = rn_plan_dup_status (self->desk, advice, &css_class);
  g_autofree char *name = g_strdup_printf ("%s, %s, %s, %s", rn_plan_title (advice),
                                           rn_plan_tier_title (advice->tier), extent, status);

  gtk_image_set_from_icon_name (GTK_IMAGE (parts->icon), advice->tier > 0
                                                             ? rn_side_tier_icon (advice->tier)
                                                             : "rn-plan-symbolic");
  swap_class (parts->icon, &parts->icon_class, rn_side_level_class (advice->tier));
  gtk_label_set_text (GTK_LABEL (parts->title), rn_plan_title (advice));
  gtk_label_set_text (GTK_LABEL (parts->extent), extent);
  gtk_label_set_text (GTK_LABEL (parts->status), status);
  swap_class (parts->status, &parts->status_class, css_class);
  rn_compat_set_name (row, name);
  rn_compat_set_class (row, "rn-current", g_strcmp0 (advice->plan->key, self->chosen) == 0);
}

/* ---- following ----------------------------------------------------------------------------- */

static int
rank (const RnPlanAdvice *advice)
{
  return advice->tier == 0 ? RN_N_TIERS : advice->tier;
}

/* The worst first; the order of the source among equals. */
static GPtrArray *
dup_sorted (RnPlanDesk *desk)
{
  const GPtrArray *plans = rn_plan_desk_get_plans (desk);
  GPtrArray *sorted = g_ptr_array_new ();

  for (int tier = 1; tier <= RN_N_TIERS; tier++)
    for (guint i = 0; i < plans->len; i++)
      if (rank (plans->pdata[i]) == tier)
        g_ptr_array_add (sorted, plans->pdata[i]);
  return sorted;
}

static gboolean
is_same_order (RnPlanList *self, const GPtrArray *plans)
{
  gboolean same = plans->len == self->keys->len;

  for (guint i = 0; i < plans->len && same; i++)
    same = g_str_equal (((const RnPlanAdvice *) plans->pdata[i])->plan->key, self->keys->pdata[i]);
  return same;
}

static void
make_rows (RnPlanList *self, const GPtrArray *plans)
{
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0))) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  g_ptr_array_set_size (self->keys, 0);
  for (guint i = 0; i < plans->len; i++)
    {
      gtk_list_box_append (GTK_LIST_BOX (self->list), create_row ());
      g_ptr_array_add (self->keys, g_strdup (((const RnPlanAdvice *) plans->pdata[i])->plan->key));
    }
}

static void
update (RnPlanList *self)
{
  g_autoptr (GPtrArray) plans = dup_sorted (self->desk);

  gtk_widget_set_visible (self->list, plans->len > 0);
  gtk_widget_set_visible (self->empty, plans->len == 0);
  if (!is_same_order (self, plans))
    make_rows (self, plans);
  for (guint i = 0; i < plans->len; i++)
    show_row (self, GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) i)),
              plans->pdata[i]);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, RnPlanList *self)
{
  g_autofree char *key = g_strdup (self->keys->pdata[gtk_list_box_row_get_index (row)]);

  g_signal_emit (self, chosen_signal, 0, key);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_plan_list_dispose (GObject *object)
{
  RnPlanList *self = RN_PLAN_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rn_plan_list_parent_class)->dispose (object);
}

static void
rn_plan_list_finalize (GObject *object)
{
  RnPlanList *self = RN_PLAN_LIST (object);

  g_ptr_array_unref (self->keys);
  g_free (self->chosen);
  G_OBJECT_CLASS (rn_plan_list_parent_class)->finalize (object);
}

static void
rn_plan_list_class_init (RnPlanListClass *class)
{
  G_OBJECT_CLASS (class)->dispose = rn_plan_list_dispose;
  G_OBJECT_CLASS (class)->finalize = rn_plan_list_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  chosen_signal = g_signal_new ("chosen", RN_TYPE_PLAN_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rn_plan_list_init (RnPlanList *self)
{
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->list = gtk_list_box_new ();
  self->empty = gtk_label_new (_("No plan lies on this network."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_widget_add_css_class (self->empty, "rn-empty");
  gtk_widget_add_css_class (self->list, "rn-layers");
  gtk_widget_add_css_class (self->list, "rn-plans");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  rn_compat_set_name (self->list, _("Plans"));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_box_append (GTK_BOX (self->box), self->empty);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
rn_plan_list_new (RnPlanDesk *desk)
{
  RnPlanList *self = g_object_new (RN_TYPE_PLAN_LIST, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

void
rn_plan_list_set_chosen (RnPlanList *self, const char *key)
{
  g_return_if_fail (RN_IS_PLAN_LIST (self));
  g_free (self->chosen);
  self->chosen = g_strdup (key);
  update (self);
}

const char *
rn_plan_list_get_first (RnPlanList *self)
{
  g_return_val_if_fail (RN_IS_PLAN_LIST (self), NULL);
  return self->keys->len > 0 ? self->keys->pdata[0] : NULL;
}

void
rn_plan_list_focus (RnPlanList *self)
{
  GtkListBoxRow *row = NULL;

  g_return_if_fail (RN_IS_PLAN_LIST (self));
  for (guint i = 0; i < self->keys->len && row == NULL; i++)
    if (g_strcmp0 (self->keys->pdata[i], self->chosen) == 0)
      row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) i);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}
