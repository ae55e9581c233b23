/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of a network is made with the first search in it and kept. An answer for a place that
 * is not asked for any more is dropped. Main thread, but for the search. */
#include "ui/rn-near-popover.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "model/rn-near.h"
#include "ui/rn-compat.h"
#include "ui/rn-subject-row.h"

#define LIMIT_M 60000.0
#define N_EACH 4

struct _RnNearPopover {
  GtkPopover parent_instance;
  RnSeat *seat;
  RnNearIndex *index; /* NULL: none yet */
  GCancellable *cancellable;
  RnPoint at;
  GtkWidget *place, *coordinates, *north_up, *pages, *list;
};

G_DEFINE_FINAL_TYPE (RnNearPopover, rn_near_popover, GTK_TYPE_POPOVER)

enum { CENTRE, NORTH_UP, N_SIGNALS };

static guint signals[N_SIGNALS];

/* ---- words ----------------------------------------------------------------------------------- */

static const char *
group_title (RnNearGroup group)
{
  static const char *const titles[RN_N_NEAR_GROUPS] = {
    [RN_NEAR_INCIDENT] = N_("Incidents"),
    [RN_NEAR_WORK] = N_("Works"),
    [RN_NEAR_INTERCHANGE] = N_("Interchanges"),
    [RN_NEAR_TOLL_PLAZA] = N_("Toll plazas"),
    [RN_NEAR_SERVICE_AREA] = N_("Service areas"),
    [RN_NEAR_SIGN] = N_("Message signs"),
    [RN_NEAR_CAMERA] = N_("Cameras"),
    [RN_NEAR_STATION] = N_("Weather stations"),
    [RN_NEAR_OTHER] = N_("Bridges, tunnels and others"),
  };

  return _ (titles[group]);
}

/* "upstream · towards Beijing" */
static char *
dup_way (const RnNetwork *network, const RnNearItem *item)
{
  const char *way = NULL;

  switch (item->way)
    {
    case RN_NEAR_HERE:
      return g_strdup (C_ ("near", "here"));
    case RN_NEAR_DOWNSTREAM:
      way = C_ ("near", "downstream");
      break;
    case RN_NEAR_UPSTREAM:
      way = C_ ("near", "upstream");
      break;
    case RN_NEAR_BY_AIR:
    default:
      return g_strdup (C_ ("near", "as the crow flies"));
    }
  return g_strjoin (" · ", way, rn_network_direction_name (network, item->from), NULL);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *title = g_object_get_data (G_OBJECT (row), "rn-group");
  GtkWidget *label;

  if (before != NULL && g_object_get_data (G_OBJECT (before), "rn-group") == title)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "group");
  gtk_list_box_row_set_header (row, label);
}

static void
add_row (RnNearPopover *self, const RnNearItem *item)
{
  const RnNetwork *network = rn_seat_get_frame (self->seat)->network;
  g_autofree char *way = dup_way (network, item);
  g_autofree char *distance = rn_text_distance (item->distance_m);
  GtkWidget *row = rn_subject_row_new (self->seat, item->subject, way, distance);

  if (row == NULL)
    return;
  g_object_set_data (G_OBJECT (row), "rn-group", (gpointer) group_title (item->group));
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
row_activated_cb (RnNearPopover *self, GtkListBoxRow *row)
{
  g_autoptr (RnSubject) subject = rn_subject_copy (rn_subject_row_get (GTK_WIDGET (row)));

  gtk_popover_popdown (GTK_POPOVER (self));
  rn_seat_go_to (self->seat, subject);
}

/* All of one size: a popover that changes its size while it opens may be put in the wrong place. */
static void
show_page (RnNearPopover *self, const char *name)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), name);
}

static void
clear_rows (RnNearPopover *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
}

/* ---- the place ------------------------------------------------------------------------------- */

static void
show_place (RnNearPopover *self, const RnNear *near)
{
  const RnNetwork *network = rn_seat_get_frame (self->seat)->network;
  g_autofree char *text = NULL;

  if (near == NULL || near->section == RN_NONE)
    text = g_strdup (near == NULL ? _("This place") : _("On no road"));
  else
    {
      guint32 i = near->section;
      g_autofree char *chainage = rn_text_chainage (near->chainage_m);

      text = isnan (near->chainage_m)
                 ? rn_network_dup_section_title (network, i)
                 : g_strjoin (" ", network->roads[network->road[i]].ref, chainage,
                              rn_network_direction_name (network, i), NULL);
    }
  gtk_label_set_label (GTK_LABEL (self->place), text);
}

static void
show_coordinates (RnNearPopover *self)
{
  char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;

  g_ascii_formatd (lat, sizeof lat, "%.5f", self->at.lat);
  g_ascii_formatd (lon, sizeof lon, "%.5f", self->at.lon);
  text = g_strjoin (", ", lat, lon, NULL);
  gtk_label_set_label (GTK_LABEL (self->coordinates), text);
}

static void
copy_cb (RnNearPopover *self)
{
  g_autofree char *text = g_strdup_printf ("%s (%s)", gtk_label_get_label (GTK_LABEL (self->place)),
                                           gtk_label_get_label (GTK_LABEL (self->coordinates)));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
centre_cb (RnNearPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CENTRE], 0, self->at.lon, self->at.lat);
}

static void
north_up_cb (RnNearPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[NORTH_UP], 0);
}

/* ---- the search ------------------------------------------------------------------------------ */

typedef struct {
  RnNearIndex *index; /* made by the search when NULL */
  RnFrame *frame;
  RnPoint at;
  guint32 section;
  double reach_m;
  RnNear *near; /* the answer */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_clear_pointer (&search->index, rn_near_index_unref);
  g_clear_pointer (&search->near, rn_near_free);
  rn_frame_unref (search->frame);
  g_free (search);
}

static void
search_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *search = data;

  if (search->index == NULL)
    search->index = rn_near_index_new (search->frame->network);
  search->near = rn_near_new (search->index, search->frame, search->at, search->section,
                              search->reach_m, LIMIT_M, N_EACH);
  g_task_return_boolean (task, TRUE);
}

static void
show_answer (RnNearPopover *self, const RnNear *near)
{
  GtkWidget *first;

  show_place (self, near);
  for (guint i = 0; i < near->items->len; i++)
    add_row (self, &g_array_index (near->items, RnNearItem, i));
  first = gtk_widget_get_first_child (self->list);
  show_page (self, first != NULL ? "list" : "nothing");
  if (first != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RnNearPopover *self = RN_NEAR_POPOVER (source);
  Search *search = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return; /* asked for no more */
  g_clear_pointer (&self->index, rn_near_index_unref);
  self->index = rn_near_index_ref (search->index);
  show_answer (self, search->near);
}

static void
start (RnNearPopover *self, guint32 section, double reach_m)
{
  const RnFrame *frame = rn_seat_get_frame (self->seat);
  Search *search = g_new0 (Search, 1);
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->index != NULL && rn_near_index_get_network (self->index) == frame->network)
    search->index = rn_near_index_ref (self->index);
  search->frame = rn_frame_ref (frame);
  search->at = self->at;
  search->section = section;
  search->reach_m = reach_m;
  task = g_task_new (self, self->cancellable, searched_cb, NULL);
  g_task_set_task_data (task, search, search_free);
  g_task_run_in_thread (task, search_thread);
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_near_popover_dispose (GObject *object)
{
  RnNearPopover *self = RN_NEAR_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->index, rn_near_index_unref);
  g_clear_object (&self->seat);
  G_OBJECT_CLASS (rn_near_popover_parent_class)->dispose (object);
}

static void
rn_near_popover_class_init (RnNearPopoverClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_near_popover_dispose;
  signals[CENTRE] = g_signal_new ("centre", RN_TYPE_NEAR_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[NORTH_UP] = g_signal_new ("north-up", RN_TYPE_NEAR_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-near-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, RnNearPopover, place);
  gtk_widget_class_bind_template_child (widget_class, RnNearPopover, coordinates);
  gtk_widget_class_bind_template_child (widget_class, RnNearPopover, north_up);
  gtk_widget_class_bind_template_child (widget_class, RnNearPopover, pages);
  gtk_widget_class_bind_template_child (widget_class, RnNearPopover, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, centre_cb);
  gtk_widget_class_bind_template_callback (widget_class, north_up_cb);
}

static void
rn_near_popover_init (RnNearPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, NULL, NULL);
}

GtkWidget *
rn_near_popover_new (RnSeat *seat)
{
  RnNearPopover *self = g_object_new (RN_TYPE_NEAR_POPOVER, NULL);

  self->seat = g_object_ref (seat);
  return GTK_WIDGET (self);
}

void
rn_near_popover_open (RnNearPopover *self, RnPoint at, guint32 section, double reach_m,
                      gboolean turned, double x, double y)
{
  const GdkRectangle pointing_to = { (int) x, (int) y, 1, 1 };

  g_return_if_fail (RN_IS_NEAR_POPOVER (self));
  self->at = at;
  clear_rows (self);
  show_place (self, NULL);
  show_coordinates (self);
  gtk_widget_set_visible (self->north_up, turned);
  show_page (self, "searching");
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &pointing_to);
  gtk_popover_popup (GTK_POPOVER (self));
  start (self, section, reach_m);
}
