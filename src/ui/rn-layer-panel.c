/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row a layer. The first, flow, carries the choice of colouring instead of a title and has the
 * legend below it; the others stand in the order in which they lie on the map. Counts follow the
 * frame, ages the feeds, switches and order the seat. Main thread. */
#include "ui/rn-layer-panel.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-compat.h"
#include "ui/rn-layer-popover.h"
#include "ui/rn-legend.h"
#include "ui/rn-reorder.h"
#include "ui/rn-view-list.h"

static const struct {
  const char *title, *icon;
  RnFeedKind feed;
  gboolean has_feed, has_count;
} layers[RN_N_LAYERS] = {
  [RN_LAYER_FLOW] = { N_("Flow"), "rn-traffic-symbolic", RN_FEED_FLOW, TRUE, FALSE },
  [RN_LAYER_INCIDENTS] = { N_("Incidents"), "rn-incident-crash-symbolic", RN_FEED_INCIDENTS, TRUE,
                           TRUE },
  [RN_LAYER_WORKS] = { N_("Works"), "rn-works-symbolic", RN_FEED_WORKS, TRUE, TRUE },
  [RN_LAYER_WEATHER] = { N_("Weather"), "rn-weather-fog-symbolic", RN_FEED_WEATHER, TRUE, TRUE },
  [RN_LAYER_SERVICE_AREAS] = { N_("Service areas"), "rn-service-area-symbolic", RN_FEED_FACILITIES,
                               TRUE, TRUE },
  [RN_LAYER_TOLL_PLAZAS] = { N_("Toll plazas"), "rn-toll-plaza-symbolic", RN_FEED_FACILITIES, TRUE,
                             TRUE },
  [RN_LAYER_OTHER_FACILITIES] = { N_("Other facilities"), "rn-interchange-symbolic",
                                  RN_FEED_FACILITIES, FALSE, TRUE },
  [RN_LAYER_LABELS] = { N_("Names and shields"), "rn-sign-symbolic", RN_FEED_NETWORK, FALSE,
                        FALSE },
};

typedef struct {
  GtkWidget *row, *toggle, *count;
  GtkWidget *age;     /* beside the switch, of a feed that is live or late */
  GtkWidget *trouble; /* below the title, of one that is worse: its words are longer */
} LayerRow;

struct _RnLayerPanel {
  GtkWidget parent_instance;
  RnSeat *seat;
  GtkWidget *scrolled, *list, *colouring, *views_slot, *views, *popover;
  LayerRow rows[RN_N_LAYERS];
  gboolean updating; /* switches follow the seat now, not the hand */
};

G_DEFINE_FINAL_TYPE (RnLayerPanel, rn_layer_panel, GTK_TYPE_WIDGET)

static void
row_activated_cb (RnLayerPanel *self, GtkListBoxRow *row)
{
  gpointer layer = g_object_get_data (G_OBJECT (row), "rn-layer");

  if (layer != NULL)
    gtk_widget_activate (self->rows[GPOINTER_TO_UINT (layer) - 1].toggle);
}

static void
rn_layer_panel_dispose (GObject *object)
{
  RnLayerPanel *self = RN_LAYER_PANEL (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->seat);
  G_OBJECT_CLASS (rn_layer_panel_parent_class)->dispose (object);
}

static void
rn_layer_panel_class_init (RnLayerPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_layer_panel_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-layer-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, RnLayerPanel, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RnLayerPanel, list);
  gtk_widget_class_bind_template_child (widget_class, RnLayerPanel, views_slot);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rn_layer_panel_init (RnLayerPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void
toggle_changed_cb (GtkSwitch *toggle, GParamSpec *pspec, RnLayerPanel *self)
{
  for (RnLayerId i = 0; i < RN_N_LAYERS && !self->updating; i++)
    if (self->rows[i].toggle == GTK_WIDGET (toggle))
      rn_seat_set_layer_visible (self->seat, i, gtk_switch_get_active (toggle));
}

static void
colouring_changed_cb (GtkDropDown *chooser, GParamSpec *pspec, RnLayerPanel *self)
{
  if (!self->updating)
    g_object_set (self->seat, "colouring", (int) gtk_drop_down_get_selected (chooser), NULL);
}

static GtkWidget *
new_colouring_chooser (RnLayerPanel *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *chooser;

  for (RnColouring i = 0; i < RN_N_COLOURINGS; i++)
    gtk_string_list_append (names, rn_colouring_title (i));
  chooser = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_widget_add_css_class (chooser, "rn-colouring");
  gtk_widget_set_valign (chooser, GTK_ALIGN_CENTER);
  rn_compat_set_tooltip (chooser, _("What the colours stand for"));
  g_signal_connect_object (chooser, "notify::selected", G_CALLBACK (colouring_changed_cb), self, 0);
  return chooser;
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_toggle (RnLayerPanel *self, RnLayerId i)
{
  GtkWidget *toggle = gtk_switch_new ();

  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  rn_compat_set_name (toggle, _ (layers[i].title));
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (toggle_changed_cb), self, 0);
  return toggle;
}

static RnLayerId
layer_of (GtkListBoxRow *row)
{
  return (RnLayerId) (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "rn-layer")) - 1);
}

static void
icon_clicked_cb (GtkWidget *button, RnLayerPanel *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  RnLayerId layer = layer_of (GTK_LIST_BOX_ROW (row));

  rn_layer_popover_open (RN_LAYER_POPOVER (self->popover), layer, _ (layers[layer].title), row);
}

/* The icon of a layer that can be moved opens what can be done with it. */
static GtkWidget *
new_icon (RnLayerPanel *self, RnLayerId i)
{
  GtkWidget *button;
  g_autofree char *name = g_strdup_printf (_("Order and opacity: %s"), _ (layers[i].title));

  if (i == RN_LAYER_FLOW)
    return gtk_image_new_from_icon_name (layers[i].icon);
  button = gtk_button_new_from_icon_name (layers[i].icon);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "rn-layer-icon");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  rn_compat_set_tooltip (button, name);
  g_signal_connect (button, "clicked", G_CALLBACK (icon_clicked_cb), self);
  return button;
}

static GtkWidget *
new_names (RnLayerPanel *self, RnLayerId i)
{
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title;

  if (i == RN_LAYER_FLOW)
    {
      self->colouring = new_colouring_chooser (self);
      gtk_box_append (GTK_BOX (names), self->colouring);
    }
  else
    {
      title = new_label (_ (layers[i].title), "rn-layer-title");
      gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (names), title);
    }
  self->rows[i].count = new_label ("", "rn-count");
  gtk_box_append (GTK_BOX (names), self->rows[i].count);
  return names;
}

static void
add_row (RnLayerPanel *self, RnLayerId i)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  LayerRow *layer = &self->rows[i];

  layer->row = row;
  gtk_box_append (GTK_BOX (box), new_icon (self, i));
  gtk_box_append (GTK_BOX (middle), new_names (self, i));
  layer->trouble = new_label ("", "rn-age");
  gtk_label_set_xalign (GTK_LABEL (layer->trouble), 0);
  gtk_widget_set_visible (layer->trouble, FALSE);
  gtk_box_append (GTK_BOX (middle), layer->trouble);
  gtk_widget_set_valign (middle, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (middle, TRUE);
  gtk_box_append (GTK_BOX (box), middle);
  layer->age = new_label (layers[i].has_feed ? RN_DASH : "", "rn-age");
  gtk_box_append (GTK_BOX (box), layer->age);
  layer->toggle = new_toggle (self, i);
  gtk_box_append (GTK_BOX (box), layer->toggle);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE); /* the switch has the focus */
  rn_compat_set_name (row, _ (layers[i].title));
  g_object_set_data (G_OBJECT (row), "rn-layer", GUINT_TO_POINTER (i + 1));
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  if (i != RN_LAYER_FLOW)
    rn_reorder_add_row (GTK_LIST_BOX_ROW (row));
}

static void
add_legend (RnLayerPanel *self)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), rn_legend_new (self->seat));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "rn-legend-row");
  rn_compat_set_name (row, _("Legend"));
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/* ---- what it follows ------------------------------------------------------------------------- */

static void
update_switches (RnLayerPanel *self)
{
  int colouring = 0;

  g_object_get (self->seat, "colouring", &colouring, NULL);
  self->updating = TRUE;
  for (RnLayerId i = 0; i < RN_N_LAYERS; i++)
    gtk_switch_set_active (GTK_SWITCH (self->rows[i].toggle),
                           rn_seat_layer_visible (self->seat, i));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->colouring), (guint) colouring);
  self->updating = FALSE;
}

/* Flow, its legend, then the others from above. */
static int
sort_cb (GtkListBoxRow *a, GtkListBoxRow *b, gpointer data)
{
  RnLayerPanel *self = data;
  const RnLayerStack *stack = rn_seat_get_stack (self->seat);
  int places[2];

  for (guint i = 0; i < 2; i++)
    {
      RnLayerId layer = layer_of (i == 0 ? a : b);

      /* of the legend, which is no layer, layer_of() is out of range */
      places[i] = layer == RN_LAYER_FLOW ? -2
                  : layer >= RN_N_LAYERS ? -1
                                         : (int) rn_layer_stack_find (stack, layer);
    }
  return places[0] - places[1];
}

static void
move_cb (GtkListBoxRow *row, GtkListBoxRow *target, gpointer data)
{
  RnLayerPanel *self = data;
  RnLayerStack stack = *rn_seat_get_stack (self->seat);

  rn_layer_stack_move (&stack, layer_of (row), rn_layer_stack_find (&stack, layer_of (target)));
  rn_seat_set_stack (self->seat, &stack);
}

static guint
count_facilities (const RnNetwork *network, RnLayerId layer)
{
  guint n = 0;

  for (guint i = 0; i < network->n_facilities; i++)
    switch (network->facilities[i].type)
      {
      case RN_FACILITY_SERVICE_AREA:
        n += layer == RN_LAYER_SERVICE_AREAS;
        break;
      case RN_FACILITY_TOLL_PLAZA:
        n += layer == RN_LAYER_TOLL_PLAZAS;
        break;
      default:
        n += layer == RN_LAYER_OTHER_FACILITIES;
      }
  return n;
}

static guint
count (RnLayerPanel *self, RnLayerId layer)
{
  const RnFrame *frame = rn_seat_get_frame (self->seat);
  guint n = 0;

  switch (layer)
    {
    case RN_LAYER_INCIDENTS:
      for (guint i = 0; i < frame->incidents->len; i++)
        n += rn_incident_active (frame->incidents->pdata[i]);
      return n;
    case RN_LAYER_WORKS:
      for (guint i = 0; i < frame->works->len; i++)
        n += rn_work_phase (frame->works->pdata[i], frame->at_us) == RN_WORK_ACTIVE;
      return n;
    case RN_LAYER_WEATHER:
      return frame->warnings->len;
    case RN_LAYER_OTHER_FACILITIES:
      for (guint i = 0; i < frame->devices->len; i++)
        n += ((const RnDevice *) frame->devices->pdata[i])->located;
      return n + count_facilities (frame->network, layer);
    default:
      return count_facilities (frame->network, layer);
    }
}

/* "23", and how opaque it is when it is not wholly so. */
static void
update_counts (RnLayerPanel *self)
{
  const RnLayerStack *stack = rn_seat_get_stack (self->seat);

  for (RnLayerId i = 0; i < RN_N_LAYERS; i++)
    {
      g_autofree char *n = layers[i].has_count ? rn_text_count (count (self, i)) : NULL;
      g_autofree char *share =
          stack->opacity[i] < 1 ? rn_text_measure (stack->opacity[i] * 100, 0, "%") : NULL;
      g_autofree char *text =
          g_strconcat (n != NULL ? n : "", n != NULL && share ? " · " : "", share, NULL);

      gtk_label_set_label (GTK_LABEL (self->rows[i].count), text);
    }
}

static void
update_stack (RnLayerPanel *self)
{
  gtk_list_box_invalidate_sort (GTK_LIST_BOX (self->list));
  update_counts (self);
}

static const RnFeedStatus *
worst_of (const GPtrArray *feeds, RnFeedKind kind)
{
  const RnFeedStatus *worst = NULL;

  for (guint i = 0; i < feeds->len; i++)
    {
      const RnFeedStatus *status = feeds->pdata[i];

      if (status->kind == kind && (worst == NULL || rn_feed_look (status) > rn_feed_look (worst)))
        worst = status;
    }
  return worst;
}

GtkWidget *
rn_layer_panel_new (RnSeat *seat)
{
  RnLayerPanel *self = g_object_new (RN_TYPE_LAYER_PANEL, NULL);

  self->seat = g_object_ref (seat);
  self->views = rn_view_list_new (rn_seat_get_views (seat));
  gtk_box_append (GTK_BOX (self->views_slot), self->views);
  self->popover = rn_layer_popover_new (seat);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  rn_reorder_init (GTK_LIST_BOX (self->list), move_cb, self);
  for (RnLayerId i = 0; i < RN_N_LAYERS; i++)
    {
      add_row (self, i);
      if (i == RN_LAYER_FLOW)
        add_legend (self);
    }
  gtk_list_box_set_sort_func (GTK_LIST_BOX (self->list), sort_cb, self, NULL);
  g_signal_connect_object (seat, "stack-changed", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::layers", G_CALLBACK (update_switches), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::colouring", G_CALLBACK (update_switches), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rn_seat_get_session (seat), "changed", G_CALLBACK (update_counts), self,
                           G_CONNECT_SWAPPED);
  update_switches (self);
  update_counts (self);
  return GTK_WIDGET (self);
}

static void
set_age (LayerRow *row, const char *age, RnFeedLook look)
{
  gboolean worse = look > RN_FEED_LOOK_LATE;

  gtk_label_set_label (GTK_LABEL (worse ? row->trouble : row->age), age);
  gtk_widget_set_visible (row->trouble, worse);
  gtk_widget_set_visible (row->age, !worse);
  for (RnFeedLook i = 0; i < RN_N_FEED_LOOKS; i++)
    rn_compat_set_class (worse ? row->trouble : row->age, rn_feed_look_class (i), i == look);
}

void
rn_layer_panel_set_feeds (RnLayerPanel *self, const GPtrArray *feeds)
{
  for (RnLayerId i = 0; i < RN_N_LAYERS; i++)
    {
      const RnFeedStatus *status = layers[i].has_feed ? worst_of (feeds, layers[i].feed) : NULL;
      g_autofree char *age = status != NULL ? rn_feed_text_age (status) : g_strdup (RN_DASH);

      if (layers[i].has_feed)
        set_age (&self->rows[i], age,
                 status != NULL ? rn_feed_look (status) : RN_FEED_LOOK_WAITING);
    }
}

void
rn_layer_panel_add_view (RnLayerPanel *self)
{
  rn_view_list_add (RN_VIEW_LIST (self->views));
}

void
rn_layer_panel_focus (RnLayerPanel *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
