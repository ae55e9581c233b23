/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames, theme, layers, colouring and selection flow from the seat to the map; clicks flow back as
 * the selection. The hover card is filled anew with each frame, so that it never shows an old
 * value. Main thread. */
#include "ui/rn-map-pane.h"

#include "base/rn-i18n.h"
#include "ui/rn-base-maps.h"
#include "ui/rn-compat.h"
#include "ui/rn-hover-card.h"

#define CARD_GAP_PX 14
#define GO_TO_PADDING_PX 80

struct _RnMapPane {
  GtkWidget parent_instance;
  RnSeat *seat;
  GtkWidget *overlay, *map, *card, *waiting, *spinner, *waiting_label, *controls;
  RnSubject *hovered; /* NULL none */
  double x, y;        /* of the pointer */
};

G_DEFINE_FINAL_TYPE (RnMapPane, rn_map_pane, GTK_TYPE_WIDGET)

/* Beside the pointer, on the side where there is room. */
static gboolean
child_position_cb (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *place, RnMapPane *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (overlay));
  int height = gtk_widget_get_height (GTK_WIDGET (overlay));
  GtkRequisition size;

  if (child != self->card)
    return FALSE;
  gtk_widget_get_preferred_size (child, NULL, &size);
  place->width = MIN (size.width, width);
  place->height = MIN (size.height, height);
  place->x = (int) self->x + CARD_GAP_PX;
  place->y = (int) self->y + CARD_GAP_PX;
  if (place->x + place->width > width)
    place->x = MAX (0, (int) self->x - CARD_GAP_PX - place->width);
  if (place->y + place->height > height)
    place->y = MAX (0, (int) self->y - CARD_GAP_PX - place->height);
  return TRUE;
}

static void
rn_map_pane_dispose (GObject *object)
{
  RnMapPane *self = RN_MAP_PANE (object);

  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_pointer (&self->hovered, rn_subject_free);
  g_clear_object (&self->seat);
  G_OBJECT_CLASS (rn_map_pane_parent_class)->dispose (object);
}

static void
rn_map_pane_class_init (RnMapPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (RN_TYPE_HOVER_CARD);
  G_OBJECT_CLASS (klass)->dispose = rn_map_pane_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-map-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, overlay);
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, card);
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, controls);
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, waiting);
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, spinner);
  gtk_widget_class_bind_template_callback (widget_class, child_position_cb);
}

static void
rn_map_pane_init (RnMapPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->map = rn_map_view_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->map);
}

/* ---- from the map ---------------------------------------------------------------------------- */

static void
update_card (RnMapPane *self)
{
  RnSession *session = rn_seat_get_session (self->seat);
  g_autoptr (RnHoverText) text = NULL;

  if (self->hovered != NULL)
    text = rn_hover_text_new (rn_seat_get_frame (self->seat), self->hovered,
                              rn_session_now_us (session), rn_session_get_timezone (session));
  if (text != NULL)
    rn_hover_card_set_text (RN_HOVER_CARD (self->card), text);
  gtk_widget_set_visible (self->card, text != NULL);
}

static void
hovered_cb (RnMapView *map, const RnSubject *subject, double x, double y, RnMapPane *self)
{
  self->x = x;
  self->y = y;
  if (!rn_subject_equal (self->hovered, subject))
    {
      g_clear_pointer (&self->hovered, rn_subject_free);
      self->hovered = subject != NULL ? rn_subject_copy (subject) : NULL;
      update_card (self);
    }
  if (subject != NULL)
    gtk_widget_queue_allocate (self->overlay);
}

static void
picked_cb (RnMapView *map, const RnSubject *subject, double x, double y, RnMapPane *self)
{
  rn_seat_select (self->seat, subject);
}

/* ---- from the seat --------------------------------------------------------------------------- */

static void
update_frame (RnMapPane *self)
{
  const RnFrame *frame = rn_seat_get_frame (self->seat);
  gboolean waiting = frame->network->n_sections == 0;

  rn_map_view_set_frame (RN_MAP_VIEW (self->map), frame);
  rn_map_view_set_demo (RN_MAP_VIEW (self->map),
                        rn_session_is_demo (rn_seat_get_session (self->seat)));
  gtk_widget_set_visible (self->waiting, waiting);
  g_object_set (self->spinner, "spinning", waiting, NULL);
  update_card (self);
}

static void
update_selection (RnMapPane *self)
{
  rn_map_view_set_selection (RN_MAP_VIEW (self->map), rn_seat_get_selection (self->seat));
}

static void
update_view (RnMapPane *self)
{
  int theme = 0, colouring = 0;
  guint layers = 0;

  g_object_get (self->seat, "theme", &theme, "colouring", &colouring, "layers", &layers, NULL);
  rn_map_view_set_theme (RN_MAP_VIEW (self->map), (RnThemeId) theme);
  rn_map_view_set_colouring (RN_MAP_VIEW (self->map), (RnColouring) colouring);
  rn_map_view_set_layers (RN_MAP_VIEW (self->map), layers);
}

static void
go_to_cb (RnSeat *seat, const RnSubject *subject, RnMapPane *self)
{
  gboolean animate = TRUE;
  RnBox box;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animate,
                NULL);
  if (rn_frame_locate (rn_seat_get_frame (seat), subject, &box))
    rn_map_view_show_box (RN_MAP_VIEW (self->map), &box, GO_TO_PADDING_PX, animate);
}

GtkWidget *
rn_map_pane_new (RnSeat *seat)
{
  RnMapPane *self = g_object_new (RN_TYPE_MAP_PANE, NULL);

  self->seat = g_object_ref (seat);
  g_signal_connect_object (self->map, "hovered", G_CALLBACK (hovered_cb), self, 0);
  g_signal_connect_object (self->map, "picked", G_CALLBACK (picked_cb), self, 0);
  g_signal_connect_object (rn_seat_get_session (seat), "changed", G_CALLBACK (update_frame), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::selection", G_CALLBACK (update_selection), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::theme", G_CALLBACK (update_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::colouring", G_CALLBACK (update_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::layers", G_CALLBACK (update_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "go-to", G_CALLBACK (go_to_cb), self, 0);
  rn_base_maps_bind (RN_MAP_VIEW (self->map));
  update_view (self);
  update_frame (self);
  update_selection (self);
  return GTK_WIDGET (self);
}

RnMapView *
rn_map_pane_get_map (RnMapPane *self)
{
  return RN_MAP_VIEW (self->map);
}
