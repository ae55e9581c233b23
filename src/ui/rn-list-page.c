/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new frame is collected, filtered and sorted here and shown by the keyed model, which keeps
 * items, selection and scroll. Rows on the screen are told again at each frame and each second, for
 * the ages: only those that are bound. Holds the frame whose rows it shows. Main thread. */
#include "ui/rn-list-page.h"

#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-compat.h"
#include "ui/rn-keyed-model.h"

struct _RnListPage {
  GtkWidget parent_instance;
  RnSeat *seat;
  const RnListKind *kind;
  RnFrame *frame;       /* whose rows are shown */
  guint64 shown_minute; /* when the order was last made, for what changes with time alone */
  RnKeyedModel *model;
  GtkSingleSelection *selection;
  GPtrArray *bound;       /* GtkListItem on the screen */
  gboolean scroll_wanted; /* to the mark, when the list is on the screen */
  guint scroll_source;    /* idle, 0 none */
  guint chip, count;
  char *needle;          /* casefolded; NULL none */
  GHashTable *haystacks; /* row → text that the filter looks through; of this frame */
  GPtrArray *chip_buttons;
  gboolean updating; /* our own changes of widgets */

  GtkWidget *box, *filter, *tools, *chip_scroller, *chips, *filter_button, *stack, *list, *empty,
      *empty_label, *clear_button;
};

G_DEFINE_FINAL_TYPE (RnListPage, rn_list_page, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_COUNT, N_PROPS };

static GParamSpec *properties[N_PROPS];

static RnListContext
get_context (RnListPage *self)
{
  RnSession *session = rn_seat_get_session (self->seat);

  return (RnListContext){ self->frame, rn_session_now_us (session),
                          rn_session_get_timezone (session) };
}

/* ---- rows on the screen -------------------------------------------------------------------- */

static void
show_row (RnListPage *self, const RnListContext *context, GtkListItem *list_item)
{
  RnKeyedItem *item = gtk_list_item_get_item (list_item);
  gconstpointer row = item != NULL ? rn_keyed_item_get_row (item) : NULL;
  RnRowText text = { 0 };

  if (row == NULL)
    return;
  self->kind->describe (context, row, &text);
  rn_row_show (RN_ROW (gtk_list_item_get_child (list_item)), &text);
  rn_row_text_clear (&text);
}

static void
show_rows (RnListPage *self)
{
  RnListContext context = get_context (self);

  for (guint i = 0; i < self->bound->len; i++)
    show_row (self, &context, self->bound->pdata[i]);
}

/* Of a row that is shown. */
static RnSubjectKind
subject_kind_of (RnListPage *self, gconstpointer row)
{
  return self->kind->get_subject_kind != NULL && row != NULL
             ? self->kind->get_subject_kind (self->frame, row)
             : self->kind->subject_kind;
}

static void
go_to_row (RnListPage *self, RnKeyedItem *item)
{
  g_autoptr (RnSubject) subject = rn_subject_new (
      subject_kind_of (self, rn_keyed_item_get_row (item)), rn_keyed_item_get_key (item));

  rn_seat_go_to (self->seat, subject);
}

static void
row_clicked_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *list_item)
{
  RnListPage *self = g_object_get_data (G_OBJECT (list_item), "rn-page");
  RnKeyedItem *item = gtk_list_item_get_item (list_item);

  if (n_press == 1 && item != NULL)
    go_to_row (self, item);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *row = rn_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_object_set_data (G_OBJECT (list_item), "rn-page", data);
  g_signal_connect_object (click, "released", G_CALLBACK (row_clicked_cb), list_item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  RnListPage *self = data;
  RnListContext context = get_context (self);

  g_ptr_array_add (self->bound, list_item);
  show_row (self, &context, list_item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  g_ptr_array_remove_fast (((RnListPage *) data)->bound, list_item);
}

static void
activate_cb (RnListPage *self, guint position)
{
  g_autoptr (RnKeyedItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (item != NULL)
    go_to_row (self, item);
}

/* ---- filter and order ---------------------------------------------------------------------- */

static gboolean
matches_text (RnListPage *self, const RnListContext *context, gconstpointer row)
{
  char *haystack;

  if (self->needle == NULL)
    return TRUE;
  haystack = g_hash_table_lookup (self->haystacks, row);
  if (haystack == NULL)
    {
      haystack = self->kind->dup_haystack (context, row);
      g_hash_table_insert (self->haystacks, (gpointer) row, haystack);
    }
  return strstr (haystack, self->needle) != NULL;
}

typedef struct {
  RnListPage *self;
  RnListContext context;
} Order;

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  Order *order = data;

  return order->self->kind->compare (*(gconstpointer *) a, *(gconstpointer *) b, &order->context);
}

static void
show_chip_counts (RnListPage *self, const RnListContext *context, GPtrArray *all)
{
  for (guint c = 0; c < self->kind->n_chips; c++)
    {
      g_autofree char *count = NULL;
      g_autofree char *label = NULL;
      guint n = 0;

      for (guint i = 0; i < all->len; i++)
        if (self->kind->matches_chip (context, all->pdata[i], c))
          n++;
      count = rn_text_count (n);
      label = g_strdup_printf ("%s %s", _ (self->kind->chips[c].title), count);
      gtk_button_set_label (GTK_BUTTON (self->chip_buttons->pdata[c]), label);
    }
}

/* Empty lists say why: nothing there, nothing matches, nothing known yet, or nobody to tell. */
static void
show_emptiness (RnListPage *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  gboolean filtered = self->count > 0, answered = FALSE, offered = FALSE;
  g_autofree char *text = NULL;

  gtk_stack_set_visible_child (GTK_STACK (self->stack),
                               any ? gtk_widget_get_parent (self->list) : self->empty);
  if (any)
    return;
  for (guint i = 0; i < self->frame->n_feeds; i++)
    if (self->frame->feeds[i]->kind == self->kind->feed)
      {
        offered = TRUE;
        answered = answered || self->frame->feeds[i]->observed_at_us != 0;
      }
  if (filtered)
    text = self->kind->dup_no_match (self->count);
  else if (answered || self->frame->n_feeds == 0)
    text = self->kind->dup_none ();
  else if (!offered)
    text = g_strdup (_("No source tells of this."));
  else
    text = g_strdup (_("Nothing is known yet: no answer has come."));
  gtk_label_set_text (GTK_LABEL (self->empty_label), text);
  gtk_widget_set_visible (self->clear_button, filtered);
}

static gboolean
scroll_cb (gpointer data)
{
  RnListPage *self = data;
  guint position = gtk_single_selection_get_selected (self->selection);

  self->scroll_source = 0;
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
  return G_SOURCE_REMOVE;
}

/* Only when the list has its place: GTK 4.8 shows a single row after a scroll before that. */
static void
scroll_to_mark (RnListPage *self)
{
  self->scroll_wanted = !gtk_widget_get_mapped (self->list);
  if (!self->scroll_wanted && self->scroll_source == 0)
    self->scroll_source = g_idle_add_full (G_PRIORITY_LOW, scroll_cb, self, NULL);
}

/* The selection of the seat is the row that is marked, if it is in this list. @moved: it has just
 * changed; else a mark that the keyboard moved stays. */
static void
follow_selection (RnListPage *self, gboolean moved)
{
  const RnSubject *subject = rn_seat_get_selection (self->seat);
  guint position = GTK_INVALID_LIST_POSITION;

  if (subject != NULL)
    position = rn_keyed_model_find (self->model, subject->key);
  if (position == G_MAXUINT
      || (subject != NULL
          && subject->kind
                 != subject_kind_of (self, rn_keyed_model_get_row (self->model, position))))
    position = GTK_INVALID_LIST_POSITION;
  if (gtk_single_selection_get_selected (self->selection) == position
      || (!moved && position == GTK_INVALID_LIST_POSITION))
    return;
  gtk_single_selection_set_selected (self->selection, position);
  if (moved && position != GTK_INVALID_LIST_POSITION)
    scroll_to_mark (self);
}

static void
refilter (RnListPage *self)
{
  Order order = { self, get_context (self) };
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  self->kind->collect (order.context.frame, all);
  for (guint i = 0; i < all->len; i++)
    if (self->kind->matches_chip (&order.context, all->pdata[i], self->chip)
        && matches_text (self, &order.context, all->pdata[i]))
      g_ptr_array_add (rows, all->pdata[i]);
  g_ptr_array_sort_with_data (rows, compare_cb, &order);
  rn_keyed_model_show (self->model, (gconstpointer *) rows->pdata, rows->len);
  self->shown_minute = (guint64) (order.context.now_us / (60 * RN_SECOND));
  show_chip_counts (self, &order.context, all);
  if (self->count != all->len)
    {
      self->count = all->len;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
    }
  follow_selection (self, FALSE);
  show_emptiness (self);
  show_rows (self);
}

static void
frame_changed_cb (RnListPage *self)
{
  RnFrame *before = self->frame;

  self->frame = rn_frame_ref (rn_seat_get_frame (self->seat));
  g_hash_table_remove_all (self->haystacks);
  refilter (self);
  if (before != NULL)
    rn_frame_unref (before); /* only now: its rows were shown until here */
}

/* Once a second: the ages; once a minute also the order, which time alone can change. */
static void
tick_cb (RnListPage *self)
{
  gint64 now_us = rn_session_now_us (rn_seat_get_session (self->seat));

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if ((guint64) (now_us / (60 * RN_SECOND)) != self->shown_minute)
    refilter (self);
  else
    show_rows (self);
}

static void
selection_changed_cb (RnListPage *self)
{
  follow_selection (self, TRUE);
}

static void
map_cb (RnListPage *self)
{
  show_rows (self);
  if (self->scroll_wanted)
    scroll_to_mark (self);
}

/* ---- controls ------------------------------------------------------------------------------ */

static void
chip_toggled_cb (GtkToggleButton *button, RnListPage *self)
{
  guint chip;

  if (self->updating || !gtk_toggle_button_get_active (button)
      || !g_ptr_array_find (self->chip_buttons, button, &chip) || chip == self->chip)
    return;
  self->chip = chip;
  refilter (self);
}

static void
set_needle (RnListPage *self, const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  g_clear_pointer (&self->needle, g_free);
  if (*trimmed != '\0')
    self->needle = g_utf8_casefold (trimmed, -1);
}

static void
filter_changed_cb (RnListPage *self)
{
  if (self->updating)
    return;
  set_needle (self, gtk_editable_get_text (GTK_EDITABLE (self->filter)));
  refilter (self);
}

static void
filter_stopped_cb (RnListPage *self)
{
  rn_list_page_set_filter (self, self->chip, "");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->filter_button), FALSE);
  gtk_widget_grab_focus (self->list);
}

/* Enter in the filter goes to the first row. */
static void
filter_activated_cb (RnListPage *self)
{
  activate_cb (self, 0);
}

static void
filter_toggled_cb (RnListPage *self)
{
  gboolean on = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->filter_button));

  gtk_widget_set_visible (self->filter, on || self->kind->filter_always);
  if (on)
    gtk_widget_grab_focus (self->filter);
  else if (self->needle != NULL)
    rn_list_page_set_filter (self, self->chip, "");
}

static void
clear_cb (RnListPage *self)
{
  rn_list_page_set_filter (self, 0, "");
  gtk_widget_grab_focus (self->list);
}

static void
add_chips (RnListPage *self)
{
  for (guint i = 0; i < self->kind->n_chips; i++)
    {
      GtkWidget *chip = gtk_toggle_button_new ();

      gtk_widget_add_css_class (chip, "rn-chip");
      gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
      gtk_button_set_label (GTK_BUTTON (chip), _ (self->kind->chips[i].title));
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), self->chip_buttons->pdata[0]);
      else
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
      g_signal_connect (chip, "toggled", G_CALLBACK (chip_toggled_cb), self);
      g_ptr_array_add (self->chip_buttons, chip);
      gtk_box_append (GTK_BOX (self->chips), chip);
    }
}

/* ---- life ---------------------------------------------------------------------------------- */

static void
rn_list_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_COUNT)
    g_value_set_uint (value, RN_LIST_PAGE (object)->count);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rn_list_page_dispose (GObject *object)
{
  RnListPage *self = RN_LIST_PAGE (object);

  g_clear_handle_id (&self->scroll_source, g_source_remove);
  if (self->list != NULL)
    gtk_list_view_set_model (GTK_LIST_VIEW (self->list), NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->list = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->seat);
  g_clear_pointer (&self->frame, rn_frame_unref);
  G_OBJECT_CLASS (rn_list_page_parent_class)->dispose (object);
}

static void
rn_list_page_finalize (GObject *object)
{
  RnListPage *self = RN_LIST_PAGE (object);

  g_ptr_array_unref (self->bound);
  g_ptr_array_unref (self->chip_buttons);
  g_free (self->needle);
  g_hash_table_unref (self->haystacks);
  G_OBJECT_CLASS (rn_list_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RnListPage, box);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, filter);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, tools);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, chip_scroller);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, chips);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, list);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, empty_label);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
rn_list_page_class_init (RnListPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = rn_list_page_get_property;
  object_class->dispose = rn_list_page_dispose;
  object_class->finalize = rn_list_page_finalize;
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
rn_list_page_init (RnListPage *self)
{
  self->bound = g_ptr_array_new ();
  self->haystacks = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->chip_buttons = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_up_list (RnListPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->model = rn_keyed_model_new (self->kind->get_key);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (self->selection));
  rn_compat_set_name (self->list, _ (self->kind->name));
  g_object_unref (factory);
}

/* ---- API ----------------------------------------------------------------------------------- */

GtkWidget *
rn_list_page_new (RnSeat *seat, const RnListKind *kind)
{
  RnListPage *self = g_object_new (RN_TYPE_LIST_PAGE, NULL);
  RnSession *session = rn_seat_get_session (seat);

  self->seat = g_object_ref (seat);
  self->kind = kind;
  add_chips (self);
  set_up_list (self);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->filter), NULL);
  g_object_set (self->filter, "placeholder-text", _("Filter by road, place or word"), NULL);
  rn_compat_set_name (self->filter, _("Filter by road, place or word"));
  gtk_widget_set_visible (self->filter, kind->filter_always);
  gtk_widget_set_visible (self->filter_button, !kind->filter_always);
  g_signal_connect_object (session, "changed", G_CALLBACK (frame_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "feeds-changed", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::selection", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  frame_changed_cb (self);
  return GTK_WIDGET (self);
}

guint
rn_list_page_get_count (RnListPage *self)
{
  g_return_val_if_fail (RN_IS_LIST_PAGE (self), 0);
  return self->count;
}

GListModel *
rn_list_page_get_model (RnListPage *self)
{
  g_return_val_if_fail (RN_IS_LIST_PAGE (self), NULL);
  return G_LIST_MODEL (self->model);
}

void
rn_list_page_set_filter (RnListPage *self, guint chip, const char *text)
{
  g_return_if_fail (RN_IS_LIST_PAGE (self) && chip < self->kind->n_chips);
  self->updating = TRUE;
  self->chip = chip;
  gtk_toggle_button_set_active (self->chip_buttons->pdata[chip], TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->filter), text);
  self->updating = FALSE;
  set_needle (self, text);
  refilter (self);
}

void
rn_list_page_start_filter (RnListPage *self)
{
  g_return_if_fail (RN_IS_LIST_PAGE (self));
  if (!self->kind->filter_always)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->filter_button), TRUE);
  gtk_widget_grab_focus (self->filter);
}

void
rn_list_page_focus (RnListPage *self)
{
  g_return_if_fail (RN_IS_LIST_PAGE (self));
  gtk_widget_grab_focus (self->list);
}
