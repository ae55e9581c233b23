/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Knows what is in sight, where the rows stand, the mark, keys and clicks; the cells are kept by
 * RnRowCells. Main thread. */
#include "ui/rn-row-list.h"

#include <math.h>

#include "ui/rn-row-cells.h"

/* Rows that are made before it is known how high one is. */
#define FIRST_ROWS 32

struct _RnRowList {
  GtkWidget parent_instance;
  GtkAdjustment *hadjustment, *vadjustment;
  RnKeyedModel *model;
  RnRowCells *cells;      /* NULL until there is a model */
  RnKeyedItem *selected;  /* NULL none */
  RnKeyedItem *scroll_to; /* to be brought into sight when the list has its size; NULL none */
  int row_px;             /* 0: not known yet */
  gboolean restyled;      /* they may be lower now */
  guint tick;             /* 0 none */
  gboolean configuring;   /* our own change of the adjustment */
};

enum { PROP_0, PROP_HADJUSTMENT, PROP_VADJUSTMENT, PROP_HSCROLL_POLICY, PROP_VSCROLL_POLICY };

enum { ACTIVATE, MOVED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (RnRowList, rn_row_list, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static guint
count_rows (RnRowList *self)
{
  return self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
}

static guint
find_position (RnRowList *self, RnKeyedItem *item)
{
  guint position = item != NULL && rn_keyed_item_get_row (item) != NULL
                       ? rn_keyed_model_find (self->model, rn_keyed_item_get_key (item))
                       : G_MAXUINT;

  return position != G_MAXUINT ? position : GTK_INVALID_LIST_POSITION;
}

/* ---- what is in sight ---------------------------------------------------------------------- */

static double
get_value (RnRowList *self)
{
  return self->vadjustment != NULL ? gtk_adjustment_get_value (self->vadjustment) : 0;
}

/* The rows in sight, those that are cut too. */
static void
find_sight (RnRowList *self, guint *first, guint *end)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  guint n = count_rows (self);

  *first = 0;
  *end = MIN (n, FIRST_ROWS);
  if (self->row_px == 0 || height <= 0)
    return;
  *first = MIN (n, (guint) floor (get_value (self) / self->row_px));
  *end = MIN (n, (guint) ceil ((get_value (self) + height) / self->row_px));
}

/* Those that have cells: a screen more above and below. */
static void
find_reach (RnRowList *self, guint *first, guint *end)
{
  guint page;

  find_sight (self, first, end);
  page = *end - *first + 1;
  if (self->row_px == 0)
    return;
  *first -= MIN (*first, page);
  *end = MIN (count_rows (self), *end + page);
}

/* Puts the scroll at @value, as far as there are rows. */
static void
set_scroll (RnRowList *self, double value)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double upper = MAX ((double) count_rows (self) * self->row_px, height);

  if (self->vadjustment == NULL || self->row_px == 0)
    return;
  self->configuring = TRUE;
  gtk_adjustment_configure (self->vadjustment, CLAMP (value, 0, upper - height), 0, upper,
                            self->row_px, MAX (height - self->row_px, self->row_px), height);
  self->configuring = FALSE;
}

/* As little as is needed. */
static double
value_to_see (RnRowList *self, guint position)
{
  double top = (double) position * self->row_px, value = get_value (self);
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (top < value)
    return top;
  return MAX (value, top + self->row_px - height);
}

/* Cells for all rows in reach. @anew: those that had one already are shown anew, too. */
static void
place_cells (RnRowList *self, gboolean anew)
{
  guint first, end;

  find_reach (self, &first, &end);
  rn_row_cells_place (self->cells, first, end, self->selected, anew);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* ---- scroll -------------------------------------------------------------------------------- */

/* Whether each row in sight has a cell, and those of half a screen around when @with_more. */
static gboolean
covers_sight (RnRowList *self, gboolean with_more)
{
  guint first, end, more, from = rn_row_cells_get_first (self->cells);

  find_sight (self, &first, &end);
  more = with_more ? (end - first) / 2 : 0;
  return first - MIN (first, more) >= from
         && MIN (count_rows (self), end + more) <= from + rn_row_cells_get_n (self->cells);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  RnRowList *self = RN_ROW_LIST (widget);

  self->tick = 0;
  place_cells (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* Before a frame is laid out, not while it is. */
static void
queue_cells (RnRowList *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
scrolled_cb (RnRowList *self)
{
  if (self->configuring || self->model == NULL)
    return;
  if (!covers_sight (self, FALSE))
    place_cells (self, FALSE);
  else if (!covers_sight (self, TRUE))
    queue_cells (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* What holds still while rows come and go: the row with the mark when it is in sight, else the
 * first one in sight that is still there. NULL: the scroll, as at the top, where new rows come. */
static RnRowCell *
find_anchor (RnRowList *self)
{
  RnRowCell *first_alive = NULL;
  guint first, end;

  find_sight (self, &first, &end);
  if (get_value (self) <= 0)
    return NULL;
  for (guint i = first; i < end; i++)
    {
      RnRowCell *cell = rn_row_cells_get (self->cells, i);

      if (cell == NULL || rn_keyed_item_get_row (rn_row_cell_get_item (cell)) == NULL)
        continue;
      if (rn_row_cell_get_item (cell) == self->selected)
        return cell;
      if (first_alive == NULL)
        first_alive = cell;
    }
  return first_alive;
}

static void
hold_scroll (RnRowList *self, guint n_before)
{
  double value = get_value (self);
  RnRowCell *anchor;
  guint position;

  /* the old places: positions are of before, the number of rows of now */
  if (self->row_px == 0 || n_before == 0)
    return;
  anchor = find_anchor (self);
  if (anchor != NULL)
    {
      position = find_position (self, rn_row_cell_get_item (anchor));
      if (position != GTK_INVALID_LIST_POSITION)
        value += ((double) position - rn_row_cell_get_position (anchor)) * self->row_px;
    }
  set_scroll (self, value);
}

/* The row that has the focus has gone: the one in its place has it now. */
static void
keep_focus (RnRowList *self, guint position)
{
  guint n = count_rows (self);
  RnRowCell *cell = n > 0 ? rn_row_cells_get (self->cells, MIN (position, n - 1)) : NULL;

  if (cell == NULL)
    cell = rn_row_cells_get (self->cells, rn_row_cells_get_first (self->cells));
  if (cell != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (cell));
}

void
rn_row_list_update (RnRowList *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  gboolean lost = FALSE;
  guint position = 0;

  g_return_if_fail (RN_IS_ROW_LIST (self));
  if (self->selected != NULL && rn_keyed_item_get_row (self->selected) == NULL)
    g_clear_object (&self->selected);
  if (self->model == NULL)
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      rn_row_cells_forget_gone (self->cells);
      return;
    }
  if (focus != NULL)
    {
      position = rn_row_cell_get_position (RN_ROW_CELL (focus));
      lost = rn_keyed_item_get_row (rn_row_cell_get_item (RN_ROW_CELL (focus))) == NULL;
    }
  hold_scroll (self, rn_row_cells_get_n (self->cells));
  place_cells (self, TRUE);
  if (lost)
    keep_focus (self, position);
}

void
rn_row_list_foreach (RnRowList *self, void (*func) (RnRow *row, gpointer data), gpointer data)
{
  g_return_if_fail (RN_IS_ROW_LIST (self));
  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self)); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    func (rn_row_cell_get_row (RN_ROW_CELL (cell)), data);
}

/* ---- mark ---------------------------------------------------------------------------------- */

guint
rn_row_list_get_selected (RnRowList *self)
{
  g_return_val_if_fail (RN_IS_ROW_LIST (self), GTK_INVALID_LIST_POSITION);
  return find_position (self, self->selected);
}

RnKeyedItem *
rn_row_list_get_selected_item (RnRowList *self)
{
  g_return_val_if_fail (RN_IS_ROW_LIST (self), NULL);
  return self->selected;
}

void
rn_row_list_set_selected (RnRowList *self, guint position)
{
  g_autoptr (RnKeyedItem) item = NULL;

  g_return_if_fail (RN_IS_ROW_LIST (self) && self->model != NULL);
  item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  if (g_set_object (&self->selected, item))
    rn_row_cells_mark (self->cells, self->selected);
}

void
rn_row_list_scroll_to (RnRowList *self, guint position)
{
  g_autoptr (RnKeyedItem) item = NULL;

  g_return_if_fail (RN_IS_ROW_LIST (self) && self->model != NULL);
  if (self->row_px > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      set_scroll (self, value_to_see (self, position));
      place_cells (self, FALSE);
      return;
    }
  item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  g_set_object (&self->scroll_to, item);
}

/* By a person, who may see and use it there. */
static void
move_to (RnRowList *self, guint position)
{
  RnRowCell *cell;

  rn_row_list_scroll_to (self, position);
  rn_row_list_set_selected (self, position);
  cell = rn_row_cells_get (self->cells, position);
  if (cell != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (cell));
  g_signal_emit (self, signals[MOVED], 0);
}

/* From where keys move it: the row with the focus. */
static guint
get_present (RnRowList *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));

  return focus != NULL ? rn_row_cell_get_position (RN_ROW_CELL (focus))
                       : rn_row_list_get_selected (self);
}

/* ---- keys and clicks ----------------------------------------------------------------------- */

typedef enum { STEP_ROWS, STEP_PAGES, STEP_ENDS } Step;

static gboolean
move_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  RnRowList *self = RN_ROW_LIST (widget);
  double n = count_rows (self), from = get_present (self), to;
  double page = self->row_px > 0 ? gtk_widget_get_height (widget) / self->row_px - 1 : 1;
  int step, by;

  g_variant_get (arguments, "(ii)", &step, &by);
  if (n == 0)
    return FALSE;
  if (step == STEP_ENDS)
    to = by < 0 ? 0 : n - 1;
  else
    to = from >= n ? 0 : from + by * (step == STEP_PAGES ? MAX (floor (page), 1) : 1);
  move_to (self, (guint) CLAMP (to, 0, n - 1));
  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  RnRowList *self = RN_ROW_LIST (widget);
  guint position = get_present (self);

  if (position >= count_rows (self))
    return FALSE;
  g_signal_emit (self, signals[ACTIVATE], 0, position);
  return TRUE;
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, RnRowList *self)
{
  double position = self->row_px > 0 ? floor ((y + get_value (self)) / self->row_px) : -1;

  if (n_press != 1 || position < 0 || position >= count_rows (self))
    return;
  move_to (self, (guint) position);
  g_signal_emit (self, signals[ACTIVATE], 0, (guint) position);
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  static const struct {
    guint key[2];
    Step step;
    int by;
  } moves[] = {
    { { GDK_KEY_Up, GDK_KEY_KP_Up }, STEP_ROWS, -1 },
    { { GDK_KEY_Down, GDK_KEY_KP_Down }, STEP_ROWS, 1 },
    { { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up }, STEP_PAGES, -1 },
    { { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down }, STEP_PAGES, 1 },
    { { GDK_KEY_Home, GDK_KEY_KP_Home }, STEP_ENDS, -1 },
    { { GDK_KEY_End, GDK_KEY_KP_End }, STEP_ENDS, 1 },
  };
  static const guint enters[] = { GDK_KEY_Return, GDK_KEY_ISO_Enter, GDK_KEY_KP_Enter };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    for (guint k = 0; k < G_N_ELEMENTS (moves[i].key); k++)
      gtk_widget_class_add_binding (widget_class, moves[i].key[k], 0, move_cb, "(ii)",
                                    (int) moves[i].step, moves[i].by);
  for (guint i = 0; i < G_N_ELEMENTS (enters); i++)
    gtk_widget_class_add_binding (widget_class, enters[i], 0, activate_cb, NULL);
}

/* The row with the mark, or the first in sight. */
static gboolean
rn_row_list_grab_focus (GtkWidget *widget)
{
  RnRowList *self = RN_ROW_LIST (widget);
  guint position = rn_row_list_get_selected (self), first, end;

  if (position == GTK_INVALID_LIST_POSITION)
    {
      find_sight (self, &first, &end);
      position = first;
    }
  else if (rn_row_cells_get (self->cells, position) == NULL)
    rn_row_list_scroll_to (self, position);
  return rn_row_cells_get (self->cells, position) != NULL
         && gtk_widget_grab_focus (GTK_WIDGET (rn_row_cells_get (self->cells, position)));
}

/* One stop for the Tab key. */
static gboolean
rn_row_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_get_focus_child (widget) == NULL && gtk_widget_grab_focus (widget);
}

/* ---- size ---------------------------------------------------------------------------------- */

static void
measure_cells (RnRowList *self, GtkOrientation orientation, int for_size, int *minimum,
               int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self)); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      int cell_minimum, cell_natural;

      gtk_widget_measure (cell, orientation, for_size, &cell_minimum, &cell_natural, NULL, NULL);
      *minimum = MAX (*minimum, cell_minimum);
      *natural = MAX (*natural, cell_natural);
    }
}

static void
rn_row_list_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  RnRowList *self = RN_ROW_LIST (widget);

  measure_cells (self, orientation, for_size, minimum, natural);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *natural = (int) CLAMP ((double) *natural * count_rows (self), *minimum, G_MAXINT / 2);
}

/* All rows are as high as the highest that was met since the style changed: then none jumps. */
static void
find_row_height (RnRowList *self, int width)
{
  int minimum, natural, before = self->row_px;
  double value = get_value (self);

  measure_cells (self, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural);
  self->row_px = self->restyled && minimum > 0 ? minimum : MAX (self->row_px, minimum);
  self->restyled = self->restyled && minimum == 0;
  if (before > 0)
    value = value / before * self->row_px;
  set_scroll (self, value);
}

static void
allocate_cell (RnRowList *self, RnRowCell *cell, int width)
{
  double y = (double) rn_row_cell_get_position (cell) * self->row_px - floor (get_value (self));

  gtk_widget_size_allocate (
      GTK_WIDGET (cell),
      &(GtkAllocation){ 0, (int) CLAMP (y, G_MININT / 4, G_MAXINT / 4), width, self->row_px }, -1);
}

static void
rn_row_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnRowList *self = RN_ROW_LIST (widget);
  g_autoptr (RnKeyedItem) scroll_to = NULL;

  find_row_height (self, width);
  if (self->row_px > 0)
    scroll_to = g_steal_pointer (&self->scroll_to);
  if (find_position (self, scroll_to) != GTK_INVALID_LIST_POSITION)
    set_scroll (self, value_to_see (self, find_position (self, scroll_to)));
  if (self->hadjustment != NULL)
    gtk_adjustment_configure (self->hadjustment, 0, 0, width, width, width, width);
  for (GtkWidget *cell = gtk_widget_get_first_child (widget); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    allocate_cell (self, RN_ROW_CELL (cell), width);
  if (self->model != NULL && !covers_sight (self, TRUE))
    queue_cells (self);
}

static void
rn_row_list_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  RnRowList *self = RN_ROW_LIST (widget);

  GTK_WIDGET_CLASS (rn_row_list_parent_class)->css_changed (widget, change);
  self->restyled = TRUE;
}

/* Only what is in sight. */
static void
rn_row_list_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnRowList *self = RN_ROW_LIST (widget);
  guint first, end;

  find_sight (self, &first, &end);
  for (guint i = first; i < end; i++)
    if (rn_row_cells_get (self->cells, i) != NULL)
      gtk_widget_snapshot_child (widget, GTK_WIDGET (rn_row_cells_get (self->cells, i)), snapshot);
}

static void
rn_row_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rn_row_list_parent_class)->map (widget);
  rn_row_list_update (RN_ROW_LIST (widget));
}

/* ---- life ---------------------------------------------------------------------------------- */

static void
set_adjustment (RnRowList *self, GtkAdjustment **held, GtkAdjustment *adjustment)
{
  if (*held != NULL)
    g_signal_handlers_disconnect_by_data (*held, self);
  if (!g_set_object (held, adjustment) || adjustment == NULL)
    return;
  if (held == &self->vadjustment)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                             G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
rn_row_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RnRowList *self = RN_ROW_LIST (object);

  if (id == PROP_HADJUSTMENT)
    g_value_set_object (value, self->hadjustment);
  else if (id == PROP_VADJUSTMENT)
    g_value_set_object (value, self->vadjustment);
  else
    g_value_set_enum (value, GTK_SCROLL_MINIMUM);
}

/* The policies say what a list does with room for more than it needs: nothing here. */
static void
rn_row_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RnRowList *self = RN_ROW_LIST (object);

  if (id == PROP_HADJUSTMENT)
    set_adjustment (self, &self->hadjustment, g_value_get_object (value));
  else if (id == PROP_VADJUSTMENT)
    set_adjustment (self, &self->vadjustment, g_value_get_object (value));
}

static void
rn_row_list_dispose (GObject *object)
{
  RnRowList *self = RN_ROW_LIST (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_pointer (&self->cells, rn_row_cells_free);
  g_clear_object (&self->selected);
  g_clear_object (&self->scroll_to);
  g_clear_object (&self->model);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  G_OBJECT_CLASS (rn_row_list_parent_class)->dispose (object);
}

static void
set_up_widget (GtkWidgetClass *widget_class)
{
  widget_class->grab_focus = rn_row_list_grab_focus;
  widget_class->focus = rn_row_list_focus;
  widget_class->measure = rn_row_list_measure;
  widget_class->size_allocate = rn_row_list_size_allocate;
  widget_class->css_changed = rn_row_list_css_changed;
  widget_class->snapshot = rn_row_list_snapshot;
  widget_class->map = rn_row_list_map;
  gtk_widget_class_set_css_name (widget_class, "listview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  bind_keys (widget_class);
}

static void
rn_row_list_class_init (RnRowListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = rn_row_list_get_property;
  object_class->set_property = rn_row_list_set_property;
  object_class->dispose = rn_row_list_dispose;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  signals[ACTIVATE] = g_signal_new ("activate", RN_TYPE_ROW_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[MOVED] = g_signal_new ("moved", RN_TYPE_ROW_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  set_up_widget (GTK_WIDGET_CLASS (class));
}

static void
rn_row_list_init (RnRowList *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
rn_row_list_set_model (RnRowList *self, RnKeyedModel *model, RnRowShow show, gpointer data)
{
  g_return_if_fail (RN_IS_ROW_LIST (self) && self->model == NULL);
  self->model = g_object_ref (model);
  self->cells = rn_row_cells_new (GTK_WIDGET (self), model, show, data);
}
