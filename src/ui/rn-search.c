/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A worker builds the index when there is another network, and answers queries; only the newest
 * query counts. Keys stay with the entry while the results are open: up and down move the mark,
 * Enter goes there, Escape closes, then clears. Main thread. */
#include "ui/rn-search.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-search-index.h"
#include "ui/rn-search-row.h"

struct _RnSearch {
  GtkWidget parent_instance;
  RnSeat *seat;
  RnSearchIndex *index;        /* NULL: none yet */
  RnNetwork *building;         /* network of the index that is there or in the making */
  GCancellable *cancellable;   /* of the query under way */
  gboolean go_when_found;      /* Enter came before the answer */
  GListStore *hits;            /* RnHitItem */
  GtkSingleSelection *selection;
  GtkWidget *entry, *text, *clear, *key, *popover, *message, *scroller, *list;
};

G_DEFINE_FINAL_TYPE (RnSearch, rn_search, GTK_TYPE_WIDGET)

static void start_query (RnSearch *self);

/* ---- index --------------------------------------------------------------------------------- */

static void
build_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, rn_search_index_new (data),
                         (GDestroyNotify) rn_search_index_unref);
}

static void
built_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RnSearch *self = RN_SEARCH (source);
  g_autoptr (RnSearchIndex) index = g_task_propagate_pointer (G_TASK (result), NULL);

  /* a later network has overtaken this one, or the widget is gone */
  if (self->seat == NULL || rn_search_index_get_network (index) != self->building)
    return;
  g_clear_pointer (&self->index, rn_search_index_unref);
  self->index = g_steal_pointer (&index);
  if (gtk_widget_get_visible (self->popover))
    start_query (self);
}

static void
frame_changed_cb (RnSearch *self)
{
  const RnNetwork *network = rn_seat_get_frame (self->seat)->network;
  g_autoptr (GTask) task = NULL;

  if (network == self->building)
    return;
  g_clear_pointer (&self->building, rn_network_unref);
  self->building = rn_network_ref (network);
  task = g_task_new (self, NULL, built_cb, NULL);
  g_task_set_task_data (task, rn_network_ref (network), (GDestroyNotify) rn_network_unref);
  g_task_run_in_thread (task, build_in_worker);
}

/* ---- query --------------------------------------------------------------------------------- */

typedef struct {
  RnSearchIndex *index;
  RnFrame *frame;
  char *text;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  rn_search_index_unref (query->index);
  rn_frame_unref (query->frame);
  g_free (query->text);
  g_free (query);
}

static void
query_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Query *query = data;
  GPtrArray *hits = rn_search_index_query (query->index, query->frame, query->text,
                                           RN_SEARCH_MAX_HITS, cancellable);

  g_task_return_pointer (task, hits, (GDestroyNotify) g_ptr_array_unref);
}

static void
set_expanded (RnSearch *self, gboolean expanded)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_EXPANDED, expanded,
                               -1);
}

static void
open_results (RnSearch *self, const char *message)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->hits));
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  gtk_label_set_text (GTK_LABEL (self->message), message);
  gtk_widget_set_visible (self->message, message != NULL);
  gtk_widget_set_visible (self->scroller, n > 0);
  gtk_widget_set_size_request (self->popover, MAX (width, 320), -1);
  set_expanded (self, TRUE);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
close_results (RnSearch *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  set_expanded (self, FALSE);
}

static void
go_to_hit (RnSearch *self, guint position)
{
  g_autoptr (RnHitItem) item = g_list_model_get_item (G_LIST_MODEL (self->hits), position);

  if (item == NULL)
    return;
  close_results (self);
  rn_seat_go_to (self->seat, rn_hit_item_get_hit (item)->subject);
}

static void
show_hits (RnSearch *self, GPtrArray *hits)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *message = NULL;

  g_ptr_array_set_free_func (hits, NULL); /* the items take them */
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (items, rn_hit_item_new (hits->pdata[i]));
  g_list_store_splice (self->hits, 0, g_list_model_get_n_items (G_LIST_MODEL (self->hits)),
                       items->pdata, items->len);
  if (items->len > 0)
    gtk_single_selection_set_selected (self->selection, 0);
  if (items->len == 0)
    message = g_strdup (_("Nothing found. Try a road, a chainage such as G42 K123+400, or part "
                          "of a name."));
  else if (items->len >= RN_SEARCH_MAX_HITS)
    message = g_strdup_printf (ngettext ("The best %d is shown. Add a word to narrow it down.",
                                         "The best %d are shown. Add a word to narrow them down.",
                                         RN_SEARCH_MAX_HITS), RN_SEARCH_MAX_HITS);
  open_results (self, message);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RnSearch *self = RN_SEARCH (source);
  g_autoptr (GPtrArray) hits = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->seat == NULL || hits == NULL
      || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  show_hits (self, hits);
  if (self->go_when_found)
    go_to_hit (self, 0);
  self->go_when_found = FALSE;
}

static void
stop_query (RnSearch *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
start_query (RnSearch *self)
{
  g_autofree char *text
    = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text))));
  g_autoptr (GTask) task = NULL;
  Query *query;

  stop_query (self);
  if (*text == '\0')
    {
      g_list_store_remove_all (self->hits);
      close_results (self);
      return;
    }
  if (self->index == NULL)
    {
      open_results (self, _("The network is being read…"));
      return;
    }
  query = g_new (Query, 1);
  *query = (Query){ rn_search_index_ref (self->index),
                    rn_frame_ref (rn_seat_get_frame (self->seat)), g_steal_pointer (&text) };
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, found_cb, NULL);
  g_task_set_task_data (task, query, query_free);
  g_task_run_in_thread (task, query_in_worker);
}

/* ---- controls ------------------------------------------------------------------------------ */

static void
text_changed_cb (RnSearch *self)
{
  gboolean any = *gtk_editable_get_text (GTK_EDITABLE (self->text)) != '\0';

  gtk_widget_set_visible (self->clear, any);
  gtk_widget_set_visible (self->key, !any);
  self->go_when_found = FALSE;
  if (self->seat != NULL)
    start_query (self);
}

static void
activate_cb (RnSearch *self)
{
  if (self->cancellable != NULL)
    self->go_when_found = TRUE;
  else if (gtk_widget_get_visible (self->popover))
    go_to_hit (self, gtk_single_selection_get_selected (self->selection));
  else
    start_query (self);
}

static void
row_activated_cb (RnSearch *self, guint position)
{
  go_to_hit (self, position);
}

static void
clear_cb (RnSearch *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  gtk_widget_grab_focus (self->text);
}

static void
move_mark (RnSearch *self, int by)
{
  int n = (int) g_list_model_get_n_items (G_LIST_MODEL (self->hits));
  int at = (int) gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return;
  at = CLAMP (at + by, 0, n - 1);
  gtk_single_selection_set_selected (self->selection, (guint) at);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", (guint) at);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                RnSearch *self)
{
  gboolean open = gtk_widget_get_visible (self->popover);

  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (open)
        move_mark (self, 1);
      else
        start_query (self);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_mark (self, -1);
      return TRUE;
    case GDK_KEY_Page_Down:
      move_mark (self, 8);
      return TRUE;
    case GDK_KEY_Page_Up:
      move_mark (self, -8);
      return TRUE;
    case GDK_KEY_Escape:
      if (open)
        close_results (self);
      else if (*gtk_editable_get_text (GTK_EDITABLE (self->text)) != '\0')
        gtk_editable_set_text (GTK_EDITABLE (self->text), "");
      else
        return FALSE;
      return TRUE;
    default:
      return FALSE;
    }
}

/* A click elsewhere moves the focus there: then the results have no business in the way. */
static void
focus_left_cb (GtkEventControllerFocus *controller, RnSearch *self)
{
  close_results (self);
}

/* ---- life ---------------------------------------------------------------------------------- */

static void
rn_search_dispose (GObject *object)
{
  RnSearch *self = RN_SEARCH (object);

  stop_query (self);
  g_clear_object (&self->seat);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->hits);
  g_clear_pointer (&self->index, rn_search_index_unref);
  g_clear_pointer (&self->building, rn_network_unref);
  G_OBJECT_CLASS (rn_search_parent_class)->dispose (object);
}

static void
rn_search_class_init (RnSearchClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_search_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-search.ui");
  gtk_widget_class_bind_template_child (widget_class, RnSearch, entry);
  gtk_widget_class_bind_template_child (widget_class, RnSearch, text);
  gtk_widget_class_bind_template_child (widget_class, RnSearch, clear);
  gtk_widget_class_bind_template_child (widget_class, RnSearch, key);
  gtk_widget_class_bind_template_child (widget_class, RnSearch, popover);
  gtk_widget_class_bind_template_child (widget_class, RnSearch, message);
  gtk_widget_class_bind_template_child (widget_class, RnSearch, scroller);
  gtk_widget_class_bind_template_child (widget_class, RnSearch, list);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
rn_search_init (RnSearch *self)
{
  g_autoptr (GtkListItemFactory) factory = rn_search_row_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->hits = g_list_store_new (RN_TYPE_HIT_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->hits)));
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (self->selection));
  /* without a compositor a shadow is a black rim */
  rn_compat_set_class (self->popover, "flat",
                       !gdk_display_is_composited (gtk_widget_get_display (GTK_WIDGET (self))));
  /* the focus stays in the entry: the list is moved by its keys */
  gtk_widget_set_can_focus (self->list, FALSE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->text, keys);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (self->text, focus);
}

/* ---- API ----------------------------------------------------------------------------------- */

GtkWidget *
rn_search_new (RnSeat *seat)
{
  RnSearch *self = g_object_new (RN_TYPE_SEARCH, NULL);

  self->seat = g_object_ref (seat);
  g_signal_connect_object (rn_seat_get_session (seat), "changed", G_CALLBACK (frame_changed_cb),
                           self, G_CONNECT_SWAPPED);
  frame_changed_cb (self);
  return GTK_WIDGET (self);
}

void
rn_search_focus (RnSearch *self)
{
  g_return_if_fail (RN_IS_SEARCH (self));
  gtk_widget_grab_focus (self->text);
  gtk_editable_select_region (GTK_EDITABLE (self->text), 0, -1);
}
