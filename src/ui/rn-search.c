/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A worker builds the index when there is another network, and answers queries; only the newest
 * query counts. Keys stay with the entry while the results are open: up and down move the mark,
 * Enter goes there, Escape closes, then clears. Main thread. */
#include "ui/rn-search.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-search-index.h"
#include "ui/rn-search-results.h"

struct _RnSearch {
  GtkWidget parent_instance;
  RnSeat *seat;
  RnSearchIndex *index;      /* NULL: none yet */
  RnNetwork *building;       /* network of the index that is there or in the making */
  GCancellable *cancellable; /* of the query under way */
  gboolean go_when_found;    /* Enter came before the answer */
  guint focus_check;         /* idle source, 0 none */
  GtkWidget *results;        /* RnSearchResults, ours; its parent is an overlay */
  GtkWidget *entry, *text, *clear, *key;
};

G_DEFINE_FINAL_TYPE (RnSearch, rn_search, GTK_TYPE_WIDGET)

static void start_query (RnSearch *self);

static gboolean
is_open (RnSearch *self)
{
  return gtk_widget_get_visible (self->results);
}

/* ---- index --------------------------------------------------------------------------------- */

static void
build_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, rn_search_index_new (data), (GDestroyNotify) rn_search_index_unref);
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
  if (is_open (self))
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
open_results (RnSearch *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE,
                               -1);
  gtk_widget_show (self->results);
}

static void
close_results (RnSearch *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE,
                               -1);
  gtk_widget_hide (self->results);
}

static void
chosen_cb (RnSearch *self, const RnSubject *subject)
{
  g_autoptr (RnSubject) copy = rn_subject_copy (subject);

  close_results (self);
  rn_seat_go_to (self->seat, copy);
}

static void
show_hits (RnSearch *self, GPtrArray *hits)
{
  g_autofree char *message = NULL;

  if (hits->len == 0)
    message = g_strdup (_("Nothing found. Try a road, a chainage such as G42 K123+400, or part "
                           "of a name."));
  else if (hits->len >= RN_SEARCH_MAX_HITS)
    message = g_strdup_printf (ngettext ("The best %d is shown. Add a word to narrow it down.",
                                         "The best %d are shown. Add a word to narrow them down.",
                                         RN_SEARCH_MAX_HITS),
                               RN_SEARCH_MAX_HITS);
  rn_search_results_show_hits (RN_SEARCH_RESULTS (self->results), hits, message);
  open_results (self);
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
    rn_search_results_choose (RN_SEARCH_RESULTS (self->results));
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
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text))));
  g_autoptr (GTask) task = NULL;
  Query *query;

  stop_query (self);
  if (*text == '\0')
    {
      close_results (self);
      return;
    }
  if (self->index == NULL)
    {
      rn_search_results_show_hits (RN_SEARCH_RESULTS (self->results), NULL,
                                   _("The network is being read…"));
      open_results (self);
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
  else if (is_open (self))
    rn_search_results_choose (RN_SEARCH_RESULTS (self->results));
  else
    start_query (self);
}

static void
clear_cb (RnSearch *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  gtk_widget_grab_focus (self->text);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                RnSearch *self)
{
  gboolean open = is_open (self);

  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (open)
        rn_search_results_move_mark (RN_SEARCH_RESULTS (self->results), 1);
      else
        start_query (self);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      rn_search_results_move_mark (RN_SEARCH_RESULTS (self->results), -1);
      return TRUE;
    case GDK_KEY_Page_Down:
      rn_search_results_move_mark (RN_SEARCH_RESULTS (self->results), 8);
      return TRUE;
    case GDK_KEY_Page_Up:
      rn_search_results_move_mark (RN_SEARCH_RESULTS (self->results), -8);
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

static gboolean
check_focus_cb (gpointer data)
{
  RnSearch *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->focus_check = 0;
  if (focus != NULL && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
      && !gtk_widget_is_ancestor (focus, self->results))
    close_results (self);
  return G_SOURCE_REMOVE;
}

/* A click elsewhere moves the focus there: then the results have no business in the way. A click
 * into the results moves it too, but not away, which shows only when the click is done. */
static void
focus_left_cb (GtkEventControllerFocus *controller, RnSearch *self)
{
  if (self->focus_check == 0)
    self->focus_check = g_idle_add (check_focus_cb, self);
}

/* ---- place of the results ------------------------------------------------------------------ */

#define MIN_WIDTH_PX 360
#define GAP_PX 4

/* Below the entry, as wide, and not over the edges of the window. */
static gboolean
get_position_cb (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *place, RnSearch *self)
{
  graphene_rect_t bounds;
  int width, height, room;

  if (child != self->results
      || !gtk_widget_compute_bounds (GTK_WIDGET (self), GTK_WIDGET (overlay), &bounds))
    return FALSE;
  width = MAX ((int) bounds.size.width, MIN_WIDTH_PX);
  place->y = (int) (bounds.origin.y + bounds.size.height) + GAP_PX;
  room = MAX (0, gtk_widget_get_height (GTK_WIDGET (overlay)) - place->y - GAP_PX);
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &place->width, NULL, NULL, NULL);
  place->width = MAX (place->width, width);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, place->width, NULL, &height, NULL, NULL);
  place->height = MIN (height, room);
  place->x =
      MIN ((int) bounds.origin.x, gtk_widget_get_width (GTK_WIDGET (overlay)) - place->width);
  place->x = MAX (place->x, 0);
  return TRUE;
}

static void
take_results_out (RnSearch *self)
{
  GtkWidget *parent = gtk_widget_get_parent (self->results);

  if (parent == NULL)
    return;
  g_signal_handlers_disconnect_by_data (parent, self);
  gtk_overlay_remove_overlay (GTK_OVERLAY (parent), self->results);
}

static void
rn_search_root (GtkWidget *widget)
{
  RnSearch *self = RN_SEARCH (widget);
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, GTK_TYPE_OVERLAY);

  GTK_WIDGET_CLASS (rn_search_parent_class)->root (widget);
  if (overlay == gtk_widget_get_parent (self->results))
    return;
  take_results_out (self);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->results);
  g_signal_connect_object (overlay, "get-child-position", G_CALLBACK (get_position_cb), self, 0);
}

/* The overlay may be walking through its children now: the results only hide. */
static void
rn_search_unroot (GtkWidget *widget)
{
  gtk_widget_hide (RN_SEARCH (widget)->results);
  GTK_WIDGET_CLASS (rn_search_parent_class)->unroot (widget);
}

/* ---- life ---------------------------------------------------------------------------------- */

static void
rn_search_dispose (GObject *object)
{
  RnSearch *self = RN_SEARCH (object);

  stop_query (self);
  g_clear_handle_id (&self->focus_check, g_source_remove);
  g_clear_object (&self->seat);
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  if (self->results != NULL)
    take_results_out (self);
  g_clear_object (&self->results);
  g_clear_pointer (&self->index, rn_search_index_unref);
  g_clear_pointer (&self->building, rn_network_unref);
  G_OBJECT_CLASS (rn_search_parent_class)->dispose (object);
}

static void
rn_search_class_init (RnSearchClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_search_dispose;
  widget_class->root = rn_search_root;
  widget_class->unroot = rn_search_unroot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-search.ui");
  gtk_widget_class_bind_template_child (widget_class, RnSearch, entry);
  gtk_widget_class_bind_template_child (widget_class, RnSearch, text);
  gtk_widget_class_bind_template_child (widget_class, RnSearch, clear);
  gtk_widget_class_bind_template_child (widget_class, RnSearch, key);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
rn_search_init (RnSearch *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->results = g_object_ref_sink (rn_search_results_new ());
  g_signal_connect_object (self->results, "chosen", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
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
