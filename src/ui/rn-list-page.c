/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new frame is collected, filtered and sorted by a query and shown by the keyed model, which
 * keeps items, selection and scroll. Rows on the screen are told again at each frame and each
 * second, for the ages. Holds the frame whose rows it shows. Main thread. */
#include "ui/rn-list-page.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-alert-keys.h"
#include "ui/rn-compat.h"
#include "ui/rn-keyed-model.h"
#include "ui/rn-list-query.h"
#include "ui/rn-row-list.h"
#include "ui/rn-wrap-layout.h"

/* Rows that are filtered and sorted without a worker. */
#define AT_ONCE 500
#define CHIP_GAP_PX 6

struct _RnListPage {
  GtkWidget parent_instance;
  RnSeat *seat;
  const RnListKind *kind;
  RnFrame *frame;       /* whose rows are shown */
  RnAlertSheet *alerts; /* likewise; NULL: no list of alerts */
  guint64 shown_minute; /* when the order was last made, for what changes with time alone */
  RnKeyedModel *model;
  guint chip, order, count;
  char *needle; /* NULL none */
  RnHaystacks *haystacks;
  gboolean busy;     /* a worker has the haystacks */
  gboolean outdated; /* something has changed since the query that is shown or on its way */
  GPtrArray *chip_buttons;
  gboolean updating; /* our own changes of widgets */

  GtkWidget *box, *filter, *chips, *filter_button, *shown_count, *show_all, *orders, *stack, *list,
      *empty, *empty_label, *clear_button;
};

G_DEFINE_FINAL_TYPE (RnListPage, rn_list_page, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_COUNT, N_PROPS };

static GParamSpec *properties[N_PROPS];
static guint filter_changed;

static void refilter (RnListPage *self);

static gboolean
is_of_alerts (RnListPage *self)
{
  return self->kind->collect_alerts != NULL;
}

/* From where the newest frame is looked at. */
static RnListContext
get_context (RnListPage *self)
{
  RnSession *session = rn_seat_get_session (self->seat);

  return (RnListContext){ rn_seat_get_frame (self->seat), rn_session_now_us (session),
                          rn_session_get_timezone (session),
                          is_of_alerts (self) ? rn_seat_get_alerts (self->seat) : NULL };
}

/* The same for the frame that is shown. */
static RnListContext
get_shown_context (RnListPage *self)
{
  RnListContext context = get_context (self);

  context.frame = self->frame;
  context.alerts = self->alerts;
  return context;
}

/* ---- rows on the screen -------------------------------------------------------------------- */

static void
show_row (RnRow *row, RnKeyedItem *item, gpointer data)
{
  RnListPage *self = data;
  RnListContext context = get_shown_context (self);
  RnRowText text = { 0 };

  self->kind->describe (&context, rn_keyed_item_get_row (item), &text);
  rn_row_show (row, &text);
  rn_row_set_pulse (row, rn_pulse_is_low (rn_seat_get_pulse (self->seat)));
  rn_row_text_clear (&text);
}

static void
show_rows (RnListPage *self)
{
  rn_row_list_update (RN_ROW_LIST (self->list));
}

static void
pulse_row (RnRow *row, gpointer data)
{
  rn_row_set_pulse (row, rn_pulse_is_low (data));
}

/* All that blinks does it in step. */
static void
pulse_cb (RnListPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    rn_row_list_foreach (RN_ROW_LIST (self->list), pulse_row, rn_seat_get_pulse (self->seat));
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
go_to_subject (RnListPage *self, RnKeyedItem *item)
{
  g_autoptr (RnSubject) subject = rn_subject_new (
      subject_kind_of (self, rn_keyed_item_get_row (item)), rn_keyed_item_get_key (item));

  rn_seat_go_to (self->seat, subject);
}

static void
go_to_row (RnListPage *self, RnKeyedItem *item)
{
  if (is_of_alerts (self))
    rn_seat_go_to_alert (self->seat, rn_keyed_item_get_key (item));
  else
    go_to_subject (self, item);
}

static void
activate_cb (RnListPage *self, guint position)
{
  g_autoptr (RnKeyedItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (item != NULL)
    go_to_row (self, item);
}

static void
set_count (RnListPage *self, guint count)
{
  if (self->count == count)
    return;
  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

/* ---- counts -------------------------------------------------------------------------------- */

static void
set_label (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
show_chip_counts (RnListPage *self, const RnListQuery *query)
{
  for (guint c = 0; c < self->kind->n_chips; c++)
    {
      GtkButton *button = self->chip_buttons->pdata[c];
      g_autofree char *count = rn_text_count (query->chip_counts[c]);
      g_autofree char *label = g_strdup_printf ("%s %s", _ (self->kind->chips[c].title), count);

      if (g_strcmp0 (gtk_button_get_label (button), label) != 0)
        gtk_button_set_label (button, label);
    }
}

/* So that nobody takes a part for all. */
static void
show_shown_count (RnListPage *self, const RnListQuery *query)
{
  gboolean filtered = query->chip > 0 || query->text != NULL;
  guint n_aside = query->all->len - query->chip_counts[0];
  g_autofree char *aside =
      n_aside > 0 && self->kind->dup_aside != NULL ? self->kind->dup_aside (n_aside) : NULL;
  g_autofree char *shown = rn_text_count (query->rows->len);
  g_autofree char *all = rn_text_count (filtered ? query->all->len : query->rows->len);
  g_autofree char *told =
      filtered ? g_strdup_printf (_("%s of %s"), shown, all) : g_strdup_printf (_("All %s"), all);
  g_autofree char *text =
      aside != NULL && !filtered ? g_strjoin (" · ", told, aside, NULL) : g_strdup (told);

  set_label (GTK_LABEL (self->shown_count), text);
  rn_compat_set_class (self->shown_count, "filtered", filtered);
  gtk_widget_set_visible (self->show_all, filtered);
}

static char *
dup_none_of_alerts (RnListPage *self)
{
  RnListContext context = get_shown_context (self);

  return self->kind->dup_none_at (&context);
}

/* Empty lists say why: nothing there, nothing matches, nothing known yet, or nobody to tell. */
static void
show_emptiness (RnListPage *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  gboolean filtered = self->count > 0 && (self->chip > 0 || self->needle != NULL);
  gboolean answered = FALSE, offered = FALSE;
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
  else if (is_of_alerts (self))
    text = dup_none_of_alerts (self);
  else if (answered || self->frame->n_feeds == 0)
    text = self->kind->dup_none ();
  else if (!offered)
    text = g_strdup (_("No source tells of this."));
  else
    text = g_strdup (_("Nothing is known yet: no answer has come."));
  gtk_label_set_text (GTK_LABEL (self->empty_label), text);
  gtk_widget_set_visible (self->clear_button, filtered);
}

/* The row of what the seat looks at; invalid when it is not in this list. */
static guint
find_mark (RnListPage *self)
{
  const RnSubject *subject = rn_seat_get_selection (self->seat);
  const RnAlert *alert = is_of_alerts (self) ? rn_seat_find_alert (self->seat) : NULL;
  guint position = G_MAXUINT;

  if (is_of_alerts (self))
    position = alert != NULL ? rn_keyed_model_find (self->model, alert->key) : G_MAXUINT;
  else if (subject != NULL)
    position = rn_keyed_model_find (self->model, subject->key);
  if (position == G_MAXUINT
      || (!is_of_alerts (self)
          && subject->kind
                 != subject_kind_of (self, rn_keyed_model_get_row (self->model, position))))
    return GTK_INVALID_LIST_POSITION;
  return position;
}

/* The selection of the seat is the row that is marked, if it is in this list. @moved: it has just
 * changed; else a mark that the keyboard moved stays. */
static void
follow_selection (RnListPage *self, gboolean moved)
{
  guint position = find_mark (self);

  if (rn_row_list_get_selected (RN_ROW_LIST (self->list)) == position
      || (!moved && position == GTK_INVALID_LIST_POSITION))
    return;
  rn_row_list_set_selected (RN_ROW_LIST (self->list), position);
  if (moved && position != GTK_INVALID_LIST_POSITION)
    rn_row_list_scroll_to (RN_ROW_LIST (self->list), position);
}

/* Keys act on the alert that the seat looks at, so that is the one that a person has moved to. */
static void
mark_moved_cb (RnListPage *self)
{
  RnKeyedItem *item = rn_row_list_get_selected_item (RN_ROW_LIST (self->list));
  const RnAlert *alert = rn_seat_find_alert (self->seat);

  if (item == NULL || (alert != NULL && g_str_equal (alert->key, rn_keyed_item_get_key (item))))
    return;
  rn_seat_select_alert (self->seat, rn_keyed_item_get_key (item));
}

/* ---- filter and order ---------------------------------------------------------------------- */

static void
unref_frame_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_set_task_data (task, NULL, NULL);
}

/* Ten thousand rows take a while to free: not here. */
static void
drop_frame (RnFrame *frame)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, frame, (GDestroyNotify) rn_frame_unref);
  g_task_run_in_thread (task, unref_frame_cb);
}

/* The answer comes on the screen: the frame whose rows were shown lives until it has. */
static void
show_answer (RnListPage *self, const RnListQuery *query)
{
  g_autoptr (RnAlertSheet) sheet_before = g_steal_pointer (&self->alerts);
  RnFrame *before = self->frame;

  self->frame = rn_frame_ref (query->frame);
  self->alerts = query->alerts != NULL ? rn_alert_sheet_ref (query->alerts) : NULL;
  rn_keyed_model_show (self->model, query->rows, query->index);
  if (before != NULL && before != self->frame && query->all->len > AT_ONCE)
    drop_frame (before);
  else
    g_clear_pointer (&before, rn_frame_unref);
  self->shown_minute = (guint64) (query->now_us / (60 * RN_SECOND));
  show_chip_counts (self, query);
  show_shown_count (self, query);
  set_count (self, query->all->len);
  follow_selection (self, FALSE);
  show_emptiness (self);
  show_rows (self);
}

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnListPage) self = data;
  RnListQuery *query = g_task_get_task_data (G_TASK (result));

  self->busy = FALSE;
  if (self->box == NULL)
    return; /* it is gone */
  show_answer (self, query);
  if (self->outdated)
    refilter (self);
}

static void
run_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  rn_list_query_run (data);
  g_task_return_boolean (task, TRUE);
}

/* Small lists at once; large ones in a worker, one query at a time, the newest next. A list that is
 * not in sight waits until it is, all but its count. */
static void
refilter (RnListPage *self)
{
  RnListContext context = get_context (self);
  g_autoptr (RnListQuery) query = NULL;

  self->outdated = TRUE;
  if (self->busy)
    return;
  query = rn_list_query_new (self->kind, &context, self->chip, self->order, self->needle,
                             self->haystacks);
  if (self->frame != NULL && query->all->len > AT_ONCE
      && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      set_count (self, query->all->len);
      return;
    }
  self->outdated = FALSE;
  query->prepare = gtk_widget_get_visible (self->filter);
  if (query->all->len > AT_ONCE)
    {
      /* without a source object, whose last reference the worker could drop */
      g_autoptr (GTask) task = g_task_new (NULL, NULL, answered_cb, g_object_ref (self));

      self->busy = TRUE;
      g_task_set_task_data (task, g_steal_pointer (&query), (GDestroyNotify) rn_list_query_free);
      g_task_run_in_thread (task, run_cb);
      return;
    }
  rn_list_query_run (query);
  show_answer (self, query);
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
changed (RnListPage *self)
{
  refilter (self);
  g_signal_emit (self, filter_changed, 0);
}

static void
selection_changed_cb (RnListPage *self)
{
  follow_selection (self, TRUE);
}

static void
map_cb (RnListPage *self)
{
  if (self->outdated)
    refilter (self);
  else
    show_rows (self);
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
  changed (self);
}

static void
set_needle (RnListPage *self, const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  g_clear_pointer (&self->needle, g_free);
  if (*trimmed != '\0')
    self->needle = g_steal_pointer (&trimmed);
}

static void
filter_changed_cb (RnListPage *self)
{
  if (self->updating)
    return;
  set_needle (self, gtk_editable_get_text (GTK_EDITABLE (self->filter)));
  changed (self);
}

static void
order_changed_cb (RnListPage *self)
{
  guint order = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->orders));

  if (self->updating || order == self->order)
    return;
  self->order = order;
  changed (self);
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
  if (self->updating)
    return;
  if (on)
    {
      gtk_widget_grab_focus (self->filter);
      refilter (self); /* makes ready what it looks through */
    }
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

  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->list = NULL;
  g_clear_object (&self->model);
  g_clear_object (&self->seat);
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_clear_pointer (&self->alerts, rn_alert_sheet_unref);
  G_OBJECT_CLASS (rn_list_page_parent_class)->dispose (object);
}

static void
rn_list_page_finalize (GObject *object)
{
  RnListPage *self = RN_LIST_PAGE (object);

  g_ptr_array_unref (self->chip_buttons);
  g_free (self->needle);
  rn_haystacks_free (self->haystacks);
  G_OBJECT_CLASS (rn_list_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RnListPage, box);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, filter);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, chips);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, shown_count);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, show_all);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, orders);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, list);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, empty_label);
  gtk_widget_class_bind_template_child (widget_class, RnListPage, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_changed_cb);
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
  filter_changed = g_signal_new ("filter-changed", RN_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (RN_TYPE_ROW_LIST);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
rn_list_page_init (RnListPage *self)
{
  self->haystacks = rn_haystacks_new ();
  self->chip_buttons = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->chips, rn_wrap_layout_new (CHIP_GAP_PX));
}

static void
add_orders (RnListPage *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _ (self->kind->order_title));
  for (guint i = 0; i < self->kind->n_orders; i++)
    gtk_string_list_append (titles, _ (self->kind->orders[i].title));
  self->updating = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->orders), G_LIST_MODEL (titles));
  self->updating = FALSE;
  rn_compat_set_tooltip (self->orders, _("Order of the rows"));
}

static void
set_up_list (RnListPage *self)
{
  self->model = rn_keyed_model_new (self->kind->get_key);
  rn_row_list_set_model (RN_ROW_LIST (self->list), self->model, show_row, self);
  rn_compat_set_name (self->list, _ (self->kind->name));
}

/* ---- alerts -------------------------------------------------------------------------------- */

static void
follow_alerts (RnListPage *self)
{
  rn_alert_keys_add_to_list (self->list);
  g_signal_connect_object (self->list, "moved", G_CALLBACK (mark_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->seat, "notify::alerts", G_CALLBACK (refilter), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->seat, "notify::alert", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rn_seat_get_pulse (self->seat), "notify::low", G_CALLBACK (pulse_cb),
                           self, G_CONNECT_SWAPPED);
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
  add_orders (self);
  set_up_list (self);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->filter), NULL);
  g_object_set (self->filter, "placeholder-text", _("Filter by road, place or word"), NULL);
  rn_compat_set_name (self->filter, _("Filter by road, place or word"));
  gtk_widget_set_visible (self->filter, kind->filter_always);
  gtk_widget_set_visible (self->filter_button, !kind->filter_always);
  g_signal_connect_object (session, "changed", G_CALLBACK (refilter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "feeds-changed", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::selection", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  if (is_of_alerts (self))
    follow_alerts (self);
  refilter (self);
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
  changed (self);
}

guint
rn_list_page_get_chip (RnListPage *self)
{
  g_return_val_if_fail (RN_IS_LIST_PAGE (self), 0);
  return self->chip;
}

void
rn_list_page_set_order (RnListPage *self, guint order)
{
  g_return_if_fail (RN_IS_LIST_PAGE (self) && order <= self->kind->n_orders);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->orders), order);
}

static void
add_word (GVariantBuilder *builder, const char *member, const char *word)
{
  g_variant_builder_add (builder, "{sv}", member, g_variant_new_string (word));
}

GVariant *
rn_list_page_filter_to_variant (RnListPage *self)
{
  GVariantBuilder builder;

  g_return_val_if_fail (RN_IS_LIST_PAGE (self), NULL);
  if (self->chip == 0 && self->order == 0 && self->needle == NULL)
    return NULL;
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (self->chip > 0)
    add_word (&builder, "chip", self->kind->chips[self->chip].id);
  if (self->needle != NULL)
    add_word (&builder, "text", self->needle);
  if (self->order > 0)
    add_word (&builder, "order", self->kind->orders[self->order - 1].id);
  return g_variant_builder_end (&builder);
}

static gboolean
find_chip (const RnListKind *kind, const char *id, guint *chip)
{
  for (*chip = 0; *chip < kind->n_chips; (*chip)++)
    if (g_str_equal (kind->chips[*chip].id, id))
      return TRUE;
  *chip = 0;
  return FALSE;
}

static gboolean
find_order (const RnListKind *kind, const char *id, guint *order)
{
  for (*order = 1; *order <= kind->n_orders; (*order)++)
    if (g_str_equal (kind->orders[*order - 1].id, id))
      return TRUE;
  *order = 0;
  return FALSE;
}

gboolean
rn_list_page_restore_filter (RnListPage *self, GVariant *filter, GError **error)
{
  g_autofree char *chip_id = NULL, *text = NULL, *order_id = NULL;
  guint chip = 0, order = 0;
  const char *strange = NULL;

  g_return_val_if_fail (RN_IS_LIST_PAGE (self), FALSE);
  if (!g_variant_is_of_type (filter, G_VARIANT_TYPE_VARDICT))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("its value makes no sense"));
      return FALSE;
    }
  g_variant_lookup (filter, "chip", "s", &chip_id);
  g_variant_lookup (filter, "text", "s", &text);
  g_variant_lookup (filter, "order", "s", &order_id);
  if (chip_id != NULL && !find_chip (self->kind, chip_id, &chip))
    strange = chip_id;
  if (order_id != NULL && !find_order (self->kind, order_id, &order))
    strange = order_id;
  rn_list_page_set_filter (self, chip, text != NULL ? text : "");
  rn_list_page_set_order (self, order);
  self->updating = TRUE; /* in sight, but without the focus */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->filter_button), self->needle != NULL);
  self->updating = FALSE;
  if (strange != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("there is no “%s”"), strange);
  return strange == NULL;
}

gboolean
rn_list_page_is_settled (RnListPage *self)
{
  g_return_val_if_fail (RN_IS_LIST_PAGE (self), FALSE);
  return !self->busy && !self->outdated;
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
