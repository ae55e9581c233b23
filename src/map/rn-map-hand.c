/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyboard's focus is hovered as if the pointer were there, until the pointer is taken up
 * again. Main thread. */
#include "map/rn-map-hand.h"

#include "map/rn-map-input.h"
#include "map/rn-map-walk.h"

struct _RnMapHand {
  RnMapView *view;
  RnNavigator *navigator;
  RnSymbolLayer *symbols;
  RnFlowLayer *flow;
  RnMapHoverFunc hover_changed;
  gpointer user_data;
  RnMapInput *input;
  RnSubject *hover;
  gboolean leaving; /* the walk was ended: the next Tab leaves the map */
  RnSubject *focus; /* what the keyboard has walked to; NULL: the pointer tells what is hovered */
};

static GArray *
get_stops (RnMapHand *self)
{
  RnCamera camera = rn_navigator_get_camera (self->navigator);

  return rn_map_walk_stops (rn_symbol_layer_get_plan (self->symbols),
                            gtk_widget_get_visible (GTK_WIDGET (self->flow))
                                ? rn_flow_layer_get_scene (self->flow)
                                : NULL,
                            &camera);
}

/* Where the focus of the keyboard is; FALSE when it is no more: moved out of sight, or the pointer
 * has been taken up. */
static gboolean
locate_focus (RnMapHand *self, double *x, double *y)
{
  g_autoptr (GArray) stops = NULL;
  int at = -1;

  if (self->focus != NULL && !rn_map_input_has_moved (self->input))
    {
      stops = get_stops (self);
      at = rn_map_walk_find (stops, self->focus);
    }
  if (at < 0)
    {
      g_clear_pointer (&self->focus, rn_subject_free);
      return FALSE;
    }
  *x = g_array_index (stops, RnMapStop, at).x;
  *y = g_array_index (stops, RnMapStop, at).y;
  return TRUE;
}

void
rn_map_hand_update (RnMapHand *self)
{
  double x = 0, y = 0;
  g_autoptr (RnSubject) subject = NULL;

  if (locate_focus (self, &x, &y))
    subject = rn_subject_copy (self->focus);
  else if (rn_map_input_get_pointer (self->input, &x, &y))
    subject = rn_map_view_pick (self->view, x, y);
  if (subject == NULL && self->hover == NULL)
    return;
  if (!rn_subject_equal (subject, self->hover))
    {
      g_clear_pointer (&self->hover, rn_subject_free);
      self->hover = subject != NULL ? rn_subject_copy (subject) : NULL;
      self->hover_changed (subject, self->user_data);
    }
  g_signal_emit_by_name (self->view, "hovered", subject, x, y);
}

static void
pan_cb (double dx_px, double dy_px, gpointer user_data)
{
  RnMapHand *self = user_data;

  rn_navigator_pan (self->navigator, dx_px, dy_px);
}

static void
zoom_cb (double steps, gpointer user_data)
{
  rn_map_view_zoom_by (((RnMapHand *) user_data)->view, steps);
}

static void
home_cb (gpointer user_data)
{
  rn_map_view_show_network (((RnMapHand *) user_data)->view, TRUE);
}

static void
touched_cb (gpointer user_data)
{
  RnMapHand *self = user_data;

  rn_navigator_stop (self->navigator);
}

static void
zoom_at_cb (double steps, double x, double y, gpointer user_data)
{
  rn_navigator_zoom_at (((RnMapHand *) user_data)->navigator, steps, x, y);
}

static void
rotate_cb (double degrees, gpointer user_data)
{
  RnMapHand *self = user_data;

  rn_navigator_turn (self->navigator, degrees);
}

static void
north_up_cb (gpointer user_data)
{
  rn_map_view_reset_rotation (((RnMapHand *) user_data)->view);
}

/* Goes to where the cluster parts; where it does not, its members are said. */
static void
open_cluster (RnMapHand *self, const RnPlanItem *item, double x, double y)
{
  RnCamera camera = rn_navigator_get_camera (self->navigator);
  g_autoptr (GPtrArray) members = g_ptr_array_ref (item->members);
  double lon, lat, zoom;

  if (rn_cluster_opening (&item->span, &camera, &lon, &lat, &zoom))
    rn_map_view_go_to (self->view, lon, lat, zoom, TRUE);
  else
    g_signal_emit_by_name (self->view, "cluster-opened", members, x, y);
}

static void
click_cb (gboolean secondary, double x, double y, gpointer user_data)
{
  RnMapHand *self = user_data;
  g_autoptr (RnSubject) subject = rn_map_view_pick (self->view, x, y);
  const RnPlanItem *item = rn_symbol_layer_hit (self->symbols, x, y);

  if (!secondary && item != NULL && item->members != NULL)
    open_cluster (self, item, x, y);
  else
    g_signal_emit_by_name (self->view, secondary ? "context-menu" : "picked", subject, x, y);
}

static void
focus_on (RnMapHand *self, const RnSubject *subject, guint at, guint n)
{
  g_autoptr (RnSubject) copy = subject != NULL ? rn_subject_copy (subject) : NULL;

  g_clear_pointer (&self->focus, rn_subject_free);
  self->focus = g_steal_pointer (&copy);
  rn_map_hand_update (self);
  g_signal_emit_by_name (self->view, "focused", self->focus, at, n);
}

static gboolean
step_cb (int by, gpointer user_data)
{
  RnMapHand *self = user_data;
  g_autoptr (GArray) stops = get_stops (self);
  int at = self->focus != NULL ? rn_map_walk_find (stops, self->focus) : -1;

  if (self->leaving)
    {
      self->leaving = FALSE;
      return FALSE;
    }
  /* from outside to the first or last one, and at the end out of the map */
  at = at < 0 ? (by > 0 ? 0 : (int) stops->len - 1) : at + by;
  if (at < 0 || at >= (int) stops->len)
    {
      focus_on (self, NULL, 0, stops->len);
      return FALSE;
    }
  focus_on (self, g_array_index (stops, RnMapStop, at).subject, (guint) at, stops->len);
  return TRUE;
}

static gboolean
activate_cb (gpointer user_data)
{
  RnMapHand *self = user_data;
  const RnPlanItem *item;
  double x, y;

  if (!locate_focus (self, &x, &y))
    return FALSE;
  item = rn_symbol_layer_find (self->symbols, self->focus);
  if (item != NULL && item->members != NULL)
    open_cluster (self, item, x, y);
  else
    g_signal_emit_by_name (self->view, "picked", self->focus, x, y);
  return TRUE;
}

static void
menu_cb (gpointer user_data)
{
  RnMapHand *self = user_data;
  RnCamera camera = rn_navigator_get_camera (self->navigator);
  double x = camera.width / 2.0, y = camera.height / 2.0;
  g_autoptr (RnSubject) subject = NULL;

  if (locate_focus (self, &x, &y))
    subject = rn_subject_copy (self->focus);
  else
    subject = rn_map_view_pick (self->view, x, y);
  g_signal_emit_by_name (self->view, "context-menu", subject, x, y);
}

static void
unpick_cb (gpointer user_data)
{
  RnMapHand *self = user_data;

  self->leaving = self->focus != NULL;
  if (self->focus != NULL)
    focus_on (self, NULL, 0, 0);
  else
    g_signal_emit_by_name (self->view, "picked", NULL, 0.0, 0.0);
}

static void
pointer_cb (gpointer user_data)
{
  rn_map_view_queue_update (((RnMapHand *) user_data)->view);
}

static const RnMapInputFuncs input_funcs = {
  .pan = pan_cb,
  .zoom = zoom_cb,
  .zoom_at = zoom_at_cb,
  .rotate = rotate_cb,
  .north_up = north_up_cb,
  .home = home_cb,
  .touched = touched_cb,
  .click = click_cb,
  .unpick = unpick_cb,
  .pointer = pointer_cb,
  .step = step_cb,
  .activate = activate_cb,
  .menu = menu_cb,
};

RnMapHand *
rn_map_hand_new (RnMapView *view, RnNavigator *navigator, RnSymbolLayer *symbols, RnFlowLayer *flow,
                 RnMapHoverFunc hover_changed, gpointer user_data)
{
  RnMapHand *self = g_new0 (RnMapHand, 1);

  self->view = view;
  self->navigator = navigator;
  self->symbols = symbols;
  self->flow = flow;
  self->hover_changed = hover_changed;
  self->user_data = user_data;
  self->input = rn_map_input_new (GTK_WIDGET (view), &input_funcs, self);
  return self;
}

void
rn_map_hand_free (RnMapHand *self)
{
  rn_map_input_free (self->input);
  g_clear_pointer (&self->hover, rn_subject_free);
  g_clear_pointer (&self->focus, rn_subject_free);
  g_free (self);
}

const RnSubject *
rn_map_hand_get_hover (const RnMapHand *self)
{
  return self->hover;
}
