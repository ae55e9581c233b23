/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list store of hits, replaced as a whole with each answer: at most 50 rows. Main thread. */
#include "ui/rn-search-results.h"

#include "base/rn-i18n.h"
#include "ui/rn-search-row.h"

struct _RnSearchResults {
  GtkWidget parent_instance;
  GListStore *hits; /* RnHitItem */
  GtkSingleSelection *selection;
  GtkWidget *box, *message, *scroller, *list;
};

G_DEFINE_FINAL_TYPE (RnSearchResults, rn_search_results, GTK_TYPE_WIDGET)

enum { CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

static gboolean
choose (RnSearchResults *self, guint position)
{
  g_autoptr (RnHitItem) item = g_list_model_get_item (G_LIST_MODEL (self->hits), position);

  if (item == NULL)
    return FALSE;
  g_signal_emit (self, signals[CHOSEN], 0, rn_hit_item_get_hit (item)->subject);
  return TRUE;
}

static void
row_activated_cb (RnSearchResults *self, guint position)
{
  choose (self, position);
}

static void
rn_search_results_dispose (GObject *object)
{
  RnSearchResults *self = RN_SEARCH_RESULTS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->hits);
  G_OBJECT_CLASS (rn_search_results_parent_class)->dispose (object);
}

static void
rn_search_results_class_init (RnSearchResultsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_search_results_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, RN_TYPE_SUBJECT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-search-results.ui");
  gtk_widget_class_bind_template_child (widget_class, RnSearchResults, box);
  gtk_widget_class_bind_template_child (widget_class, RnSearchResults, message);
  gtk_widget_class_bind_template_child (widget_class, RnSearchResults, scroller);
  gtk_widget_class_bind_template_child (widget_class, RnSearchResults, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rn_search_results_init (RnSearchResults *self)
{
  g_autoptr (GtkListItemFactory) factory = rn_search_row_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->hits = g_list_store_new (RN_TYPE_HIT_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->hits)));
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (self->selection));
}

/* ---- API ----------------------------------------------------------------------------------- */

GtkWidget *
rn_search_results_new (void)
{
  return g_object_new (RN_TYPE_SEARCH_RESULTS, NULL);
}

void
rn_search_results_show_hits (RnSearchResults *self, GPtrArray *hits, const char *message)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (RN_IS_SEARCH_RESULTS (self));
  for (guint i = 0; hits != NULL && i < hits->len; i++)
    g_ptr_array_add (items, rn_hit_item_new (hits->pdata[i]));
  if (hits != NULL)
    {
      g_ptr_array_set_free_func (hits, NULL); /* the items have them */
      g_ptr_array_set_size (hits, 0);
    }
  g_list_store_splice (self->hits, 0, g_list_model_get_n_items (G_LIST_MODEL (self->hits)),
                       items->pdata, items->len);
  if (items->len > 0)
    {
      gtk_single_selection_set_selected (self->selection, 0);
      gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", 0);
    }
  gtk_label_set_text (GTK_LABEL (self->message), message != NULL ? message : "");
  gtk_widget_set_visible (self->message, message != NULL);
  gtk_widget_set_visible (self->scroller, items->len > 0);
}

guint
rn_search_results_get_n (RnSearchResults *self)
{
  g_return_val_if_fail (RN_IS_SEARCH_RESULTS (self), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (self->hits));
}

void
rn_search_results_move_mark (RnSearchResults *self, int by)
{
  int n = (int) rn_search_results_get_n (self);
  int at = (int) gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return;
  at = CLAMP (at + by, 0, n - 1);
  gtk_single_selection_set_selected (self->selection, (guint) at);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", (guint) at);
}

gboolean
rn_search_results_choose (RnSearchResults *self)
{
  g_return_val_if_fail (RN_IS_SEARCH_RESULTS (self), FALSE);
  return choose (self, gtk_single_selection_get_selected (self->selection));
}
