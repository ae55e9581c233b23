/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the parts together and hands them what the session says by "feeds-changed", which comes with
 * each frame and each second; lists and map follow the frames themselves. Under 1400 px the left
 * panel folds over the map. Named views go to the map from here. What the window remembers is
 * written half a second after a change and when the program ends. Main thread. */
#include "ui/rn-window.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-alert-keys.h"
#include "ui/rn-area-panel.h"
#include "ui/rn-banner.h"
#include "ui/rn-facility-limits.h"
#include "ui/rn-header.h"
#include "ui/rn-layer-panel.h"
#include "ui/rn-map-pane.h"
#include "ui/rn-plan-page.h"
#include "ui/rn-search.h"
#include "ui/rn-settings.h"
#include "ui/rn-side-panel.h"
#include "ui/rn-source-hint.h"
#include "ui/rn-start-page.h"
#include "ui/rn-style.h"
#include "ui/rn-truth-strip.h"
#include "ui/rn-window-state.h"

#define FOLD_BELOW_PX 1400
#define NARROW_BELOW_PX 1080
#define WIDE_FROM_PX 1700
#define SIDE_PX 440
#define SIDE_WIDE_PX 580
#define SIDE_NARROW_PX 400
#define MAP_LEAST_PX 320
#define VIEW_PADDING_PX 24.0
#define SAVE_AFTER_MS 500
/* A view is "still shown" within these. */
#define SAME_PX 2.0
#define SAME_ZOOM 0.02
#define SAME_DEGREES 0.5

struct _RnWindow {
  AdwApplicationWindow parent_instance;
  GtkWidget *toasts, *header, *strip, *banner, *alert_banner, *hint_slot, *hint, *pages,
      *start_page, *flap, *paned;
  GtkWidget *layer_slot, *map_slot, *side_slot, *plan_slot;
  GtkWidget *layer_panel, *map_pane, *area_panel, *side_panel, *search, *plan_page;
  RnSession *session;
  RnSeat *seat;
  RnSourceBook *book; /* NULL before rn_window_set_book() */
  gboolean plans;     /* the page of the plans is in front of the map */
  gboolean later;     /* no source for now: the person wants to see the seat */
  int width;          /* as last laid out */
  guint layout_idle;
  int side_px;     /* asked for the side panel */
  int paned_width; /* at the last change of the division */
  int right_width; /* as the person has dragged it; 0 not */
  gboolean left_open;

  GSettings *settings;     /* NULL: nothing is remembered */
  gboolean keep_size;      /* unless the command line gave one */
  gboolean view_unchecked; /* of the last start, and no network yet to compare it with */
  guint save_source;
  RnViewPlace flown_to; /* of the current named view */
};

G_DEFINE_FINAL_TYPE (RnWindow, rn_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- layout by width ------------------------------------------------------------------------- */

static void
update_side_width (RnWindow *self)
{
  gboolean wide = FALSE;
  int px = SIDE_PX;

  g_object_get (self->side_panel, "wide", &wide, NULL);
  if (self->width > 0 && self->width < NARROW_BELOW_PX)
    px = SIDE_NARROW_PX;
  else if (wide && self->width >= WIDE_FROM_PX)
    px = SIDE_WIDE_PX;
  if (self->right_width > 0 && px != SIDE_WIDE_PX)
    px = MAX (self->right_width, SIDE_NARROW_PX);
  else if (self->right_width > 0)
    px = MAX (self->right_width, px);
  self->paned_width = gtk_widget_get_width (self->paned);
  self->side_px = MIN (px, MAX (self->paned_width - MAP_LEAST_PX, SIDE_NARROW_PX));
  if (self->paned_width > 0)
    gtk_paned_set_position (GTK_PANED (self->paned), self->paned_width - self->side_px);
}

static void queue_save (RnWindow *self);

/* The person has moved the division, when nothing else has changed. */
static void
position_changed_cb (RnWindow *self)
{
  int width = gtk_widget_get_width (self->paned);
  int side = width - gtk_paned_get_position (GTK_PANED (self->paned));

  if (width == self->paned_width && abs (side - self->side_px) > 1)
    {
      self->right_width = self->side_px = side;
      queue_save (self);
    }
  self->paned_width = width;
}

/* While it is folded over the map, opening and closing it is for the moment. */
static void
flap_changed_cb (RnWindow *self)
{
  AdwFlap *flap = ADW_FLAP (self->flap);

  if (adw_flap_get_fold_policy (flap) != ADW_FLAP_FOLD_POLICY_NEVER || self->layout_idle != 0)
    return;
  self->left_open = adw_flap_get_reveal_flap (flap);
  queue_save (self);
}

static gboolean
layout_cb (gpointer data)
{
  RnWindow *self = data;
  AdwFlap *flap = ADW_FLAP (self->flap);
  AdwFlapFoldPolicy policy =
      self->width < FOLD_BELOW_PX ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_NEVER;

  if (policy != adw_flap_get_fold_policy (flap))
    {
      adw_flap_set_fold_policy (flap, policy);
      adw_flap_set_reveal_flap (flap, policy == ADW_FLAP_FOLD_POLICY_NEVER && self->left_open);
    }
  self->layout_idle = 0;
  update_side_width (self);
  return G_SOURCE_REMOVE;
}

static void
rn_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnWindow *self = RN_WINDOW (widget);

  GTK_WIDGET_CLASS (rn_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (width == self->width)
    return;
  self->width = width;
  /* children may not change their requests while they are allocated */
  if (self->layout_idle == 0)
    self->layout_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, layout_cb, self, NULL);
}

/* ---- named views ----------------------------------------------------------------------------- */

static RnMapView *
map_of (RnWindow *self)
{
  return rn_map_pane_get_map (RN_MAP_PANE (self->map_pane));
}

static RnViewPlace
present_place (RnWindow *self)
{
  RnViewPlace place;

  rn_map_view_get_target (map_of (self), &place.lon, &place.lat, &place.zoom);
  place.rotation = rn_map_view_get_rotation (map_of (self));
  return place;
}

/* Where the map would go to show @view. FALSE when that is not known. */
static gboolean
place_of (RnWindow *self, RnView *view, RnViewPlace *place)
{
  RnBox box;

  place->rotation = 0;
  switch (rn_view_get_kind (view))
    {
    case RN_VIEW_PLACE:
      *place = *rn_view_get_place (view);
      return TRUE;
    case RN_VIEW_BOX:
      return rn_map_view_fit_box (map_of (self), rn_view_get_box (view), VIEW_PADDING_PX,
                                  &place->lon, &place->lat, &place->zoom);
    case RN_VIEW_NETWORK:
    default:
      return rn_frame_get_extent (rn_session_get_frame (self->session), &box)
             && rn_map_view_fit_box (map_of (self), &box, RN_MAP_NETWORK_PADDING_PX, &place->lon,
                                     &place->lat, &place->zoom);
    }
}

static gboolean
is_same_place (const RnViewPlace *a, const RnViewPlace *b)
{
  double degrees = SAME_PX * 360 / (256 * exp2 (a->zoom));

  return fabs (a->lon - b->lon) < degrees && fabs (a->lat - b->lat) < degrees
         && fabs (a->zoom - b->zoom) < SAME_ZOOM && fabs (a->rotation - b->rotation) < SAME_DEGREES;
}

static void
go_to_view (RnWindow *self, guint position)
{
  RnView *view = rn_views_get (rn_seat_get_views (self->seat), position);
  RnViewPlace place;

  if (view == NULL || !place_of (self, view, &place))
    return;
  rn_map_view_set_rotation (map_of (self), place.rotation);
  rn_map_view_go_to (map_of (self), place.lon, place.lat, place.zoom, TRUE);
  self->flown_to = present_place (self);
  rn_views_set_current (rn_seat_get_views (self->seat), (int) position);
}

/* The view that was chosen stays the current one until the map goes elsewhere; a map that comes to
 * a view by another way shows it too. */
static void
view_changed_cb (RnWindow *self)
{
  RnViews *views = rn_seat_get_views (self->seat);
  RnViewPlace present = present_place (self), place;
  int found = -1;

  rn_views_set_present (views, &present);
  if (rn_views_get_current (views) >= 0 && is_same_place (&present, &self->flown_to))
    return; /* it follows a view that is told by a box, though the window has changed */
  for (guint i = 0; i < rn_views_get_n (views) && found < 0; i++)
    if (place_of (self, rn_views_get (views, i), &place) && is_same_place (&present, &place))
      found = (int) i;
  if (found == rn_views_get_current (views) && is_same_place (&present, &self->flown_to))
    return;
  self->flown_to = present;
  rn_views_set_current (views, found);
  queue_save (self);
}

static void
stack_changed_cb (RnWindow *self)
{
  const RnLayerStack *stack = rn_seat_get_stack (self->seat);
  RnMapLayerId order[RN_N_STACKED];

  for (guint i = 0; i < RN_N_STACKED; i++)
    order[i] = (RnMapLayerId) stack->order[i];
  rn_map_view_set_layer_order (map_of (self), order, RN_N_STACKED);
  for (guint i = 0; i < RN_N_STACKED; i++)
    rn_map_view_set_layer_opacity (map_of (self), order[i], stack->opacity[stack->order[i]]);
  queue_save (self);
}

/* A view of the last start is of no use when there is another network now. */
static void
check_view (RnWindow *self)
{
  GtkWidget *map = GTK_WIDGET (map_of (self));
  RnViewPlace place = present_place (self);
  RnBox box;

  if (!self->view_unchecked || gtk_widget_get_width (map) <= 0
      || !rn_frame_get_extent (rn_session_get_frame (self->session), &box))
    return;
  self->view_unchecked = FALSE;
  if (!rn_window_state_view_touches (&place, gtk_widget_get_width (map),
                                     gtk_widget_get_height (map), &box))
    {
      rn_map_view_set_rotation (RN_MAP_VIEW (map), 0);
      rn_map_view_show_network (RN_MAP_VIEW (map), FALSE);
    }
}

/* ---- what it remembers ----------------------------------------------------------------------- */

static void
save (RnWindow *self)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free); /* told at the start */
  RnWindowState state;
  RnViews *views = rn_seat_get_views (self->seat);
  int colouring = 0;
  RnBox box;

  rn_window_state_read (&state, self->settings, refused);
  if (self->keep_size)
    {
      state.maximized = gtk_window_is_maximized (GTK_WINDOW (self));
      if (!state.maximized)
        gtk_window_get_default_size (GTK_WINDOW (self), &state.width, &state.height);
    }
  state.left_open = self->left_open;
  state.right_width = self->right_width;
  g_free (state.tab);
  state.tab = g_strdup (rn_side_panel_get_tab (RN_SIDE_PANEL (self->side_panel)));
  /* while nothing has come, the view of the last start stands */
  if (rn_frame_get_extent (rn_session_get_frame (self->session), &box) && !self->view_unchecked)
    state.view = rn_views_get_current (views) == 0 ? (RnViewPlace){ 0 } : present_place (self);
  g_object_get (self->seat, "layers", &state.layers, "colouring", &colouring, NULL);
  state.colouring = (RnColouring) colouring;
  state.stack = *rn_seat_get_stack (self->seat);
  g_clear_pointer (&state.filters, g_variant_unref);
  state.filters =
      g_variant_ref_sink (rn_side_panel_filters_to_variant (RN_SIDE_PANEL (self->side_panel)));
  rn_window_state_write (&state, self->settings);
  rn_window_state_clear (&state);
}

static gboolean
save_cb (gpointer data)
{
  RnWindow *self = data;

  self->save_source = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
queue_save (RnWindow *self)
{
  if (self->settings != NULL && self->save_source == 0)
    self->save_source = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

/* At the end of the program, when there is no half second left. */
static void
save_now (RnWindow *self)
{
  if (self->save_source == 0)
    return;
  g_clear_handle_id (&self->save_source, g_source_remove);
  save (self);
}

static void
restore_size (RnWindow *self, RnWindowState *state)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  int width = 0, height = 0;

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      GdkRectangle area;

      gdk_monitor_get_geometry (monitor, &area);
      width = MAX (width, area.width);
      height = MAX (height, area.height);
    }
  rn_window_state_clamp (state, width, height);
  gtk_window_set_default_size (GTK_WINDOW (self), state->width, state->height);
  if (state->maximized)
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
restore (RnWindow *self, RnWindowState *state, gboolean with_view, GPtrArray *refused)
{
  if (self->keep_size)
    restore_size (self, state);
  self->left_open = state->left_open;
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), state->left_open);
  self->right_width = state->right_width;
  rn_side_panel_restore (RN_SIDE_PANEL (self->side_panel), state->tab, state->filters, refused);
  g_object_set (self->seat, "layers", state->layers, "colouring", (int) state->colouring, NULL);
  rn_seat_set_stack (self->seat, &state->stack);
  if (!with_view || state->view.zoom == 0)
    return;
  self->view_unchecked = TRUE;
  rn_map_view_go_to (map_of (self), state->view.lon, state->view.lat, state->view.zoom, FALSE);
  rn_map_view_set_rotation (map_of (self), state->view.rotation);
}

static void
follow_changes (RnWindow *self)
{
  static const char *const of_window[] = { "notify::default-width", "notify::default-height",
                                           "notify::maximized" };
  static const char *const of_seat[] = { "notify::layers", "notify::colouring" };

  for (guint i = 0; i < G_N_ELEMENTS (of_window); i++)
    g_signal_connect (self, of_window[i], G_CALLBACK (queue_save), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (of_seat); i++)
    g_signal_connect_object (self->seat, of_seat[i], G_CALLBACK (queue_save), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->side_panel, "kept-changed", G_CALLBACK (queue_save), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_window_get_application (GTK_WINDOW (self)), "shutdown",
                           G_CALLBACK (save_now), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "close-request", G_CALLBACK (save_now), NULL);
}

void
rn_window_remember (RnWindow *self, gboolean with_size, gboolean with_view)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);
  RnWindowState state;

  g_return_if_fail (self->settings == NULL);
  rn_window_state_read (&state, rn_settings_get (), refused);
  self->keep_size = with_size;
  restore (self, &state, with_view, refused);
  rn_window_state_clear (&state);
  for (guint i = 0; i < refused->len; i++)
    g_message (_("Settings: %s"), (const char *) refused->pdata[i]);
  self->settings = g_object_ref (rn_settings_get ());
  rn_views_keep_in (rn_seat_get_views (self->seat), self->settings);
  follow_changes (self);
}

/* ---- what it follows ------------------------------------------------------------------------- */

/* The clock time of the figures when the flow is not what it was; NULL while it is live or late. */
static char *
dup_as_of (const GPtrArray *feeds, const RnFeedContext *context)
{
  for (guint i = 0; i < feeds->len; i++)
    {
      const RnFeedStatus *status = feeds->pdata[i];

      if (status->kind == RN_FEED_FLOW && rn_feed_look (status) >= RN_FEED_LOOK_STALE
          && status->observed_at_us != 0)
        return rn_text_clock (status->observed_at_us, context->timezone);
    }
  return NULL;
}

static void
update_alert_banner (RnWindow *self)
{
  RnAlertDesk *desk = rn_seat_get_desk (self->seat);
  g_autoptr (RnBannerMessage) message = rn_banner_judge_alerts (
      rn_seat_get_alerts (self->seat), rn_session_now_us (self->session),
      rn_alert_desk_get_rules_error (desk), rn_alert_desk_get_journal_status (desk));

  rn_banner_set_message (RN_BANNER (self->alert_banner), message);
}

static void
update_feeds (RnWindow *self)
{
  g_autoptr (GPtrArray) feeds = rn_session_dup_feeds (self->session);
  RnFeedContext context = {
    .now_us = rn_clock_now_us (rn_session_get_clock (self->session)),
    .timezone = rn_session_get_timezone (self->session),
    .several = rn_session_get_n_sources (self->session) > 1,
  };
  g_autoptr (RnBannerMessage) message =
      rn_banner_judge (feeds, &context, rn_session_get_demo_error (self->session));
  g_autofree char *as_of = dup_as_of (feeds, &context);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->pages)), "start") == 0)
    return;
  rn_views_set_demo (rn_seat_get_views (self->seat), rn_session_is_demo (self->session));
  check_view (self);
  view_changed_cb (self);
  rn_header_update (RN_HEADER (self->header), self->session, feeds);
  rn_truth_strip_set_feeds (RN_TRUTH_STRIP (self->strip), feeds, &context);
  rn_truth_strip_set_record (
      RN_TRUTH_STRIP (self->strip), rn_session_get_history (self->session),
      rn_alert_desk_get_journal_status (rn_session_get_alert_desk (self->session)), &context);
  rn_truth_strip_set_figures (RN_TRUTH_STRIP (self->strip),
                              &rn_session_get_frame (self->session)->figures, as_of);
  rn_layer_panel_set_feeds (RN_LAYER_PANEL (self->layer_panel), feeds);
  rn_banner_set_message (RN_BANNER (self->banner), message);
  update_alert_banner (self);
}

static void
retry_cb (RnWindow *self)
{
  rn_session_poll_now (self->session);
}

static void
theme_changed_cb (RnWindow *self)
{
  g_object_set (self->seat, "theme", (int) rn_style_get_theme (rn_style_get_default ()), NULL);
}

/* ---- actions --------------------------------------------------------------------------------- */

static void
zoom_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rn_map_view_zoom_by (rn_window_get_map (RN_WINDOW (widget)),
                       g_str_equal (name, "win.zoom-in") ? 1 : -1);
}

static void
whole_network_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rn_map_view_show_network (rn_window_get_map (RN_WINDOW (widget)), TRUE);
}

static void
clear_selection_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rn_seat_select (RN_WINDOW (widget)->seat, NULL);
}

static void
search_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnWindow *self = RN_WINDOW (widget);

  if (rn_session_get_n_sources (self->session) > 0)
    rn_search_focus (RN_SEARCH (self->search));
}

static void
view_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go_to_view (RN_WINDOW (widget), (guint) (g_variant_get_int32 (parameter) - 1));
}

static void
add_view_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnWindow *self = RN_WINDOW (widget);
  RnBox box;

  if (!rn_frame_get_extent (rn_session_get_frame (self->session), &box))
    return;
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), TRUE);
  rn_layer_panel_add_view (RN_LAYER_PANEL (self->layer_panel));
}

static void
tab_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnWindow *self = RN_WINDOW (widget);

  rn_side_panel_show_tab (RN_SIDE_PANEL (self->side_panel),
                          (guint) g_variant_get_int32 (parameter));
}

/* ---- alerts ---------------------------------------------------------------------------------- */

static void
show_alerts_cb (RnWindow *self)
{
  rn_side_panel_show_alerts (RN_SIDE_PANEL (self->side_panel));
}

/* What the desk did not take, in its words. */
static void
refused_cb (RnAlertDesk *desk, const char *text, RnWindow *self)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (escaped));
}

static void
still_cb (RnWindow *self)
{
  gboolean still = rn_pulse_is_still (rn_seat_get_pulse (self->seat));

  if (still)
    gtk_widget_add_css_class (GTK_WIDGET (self), "rn-still");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "rn-still");
}

static void
alert_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const struct {
    const char *name;
    void (*act) (RnSeat *seat);
  } acts[] = {
    { "win.alert-acknowledge", rn_alert_keys_acknowledge },
    { "win.alert-unacknowledge", rn_alert_keys_unacknowledge },
    { "win.alert-take", rn_alert_keys_take },
  };

  if (!rn_alert_keys_apply (widget))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      acts[i].act (RN_WINDOW (widget)->seat);
}

static void
alert_card_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnWindow *self = RN_WINDOW (widget);
  RnCard *card = rn_side_panel_get_card (RN_SIDE_PANEL (self->side_panel));

  if (card == NULL || !rn_alert_keys_apply (widget))
    return;
  if (g_str_equal (name, "win.alert-timeline"))
    rn_card_toggle_timeline (card);
  else if (g_str_equal (name, "win.alert-note"))
    rn_card_open_form (card, RN_ALERT_FORM_NOTE);
  else if (!rn_alert_keys_put_back (self->seat))
    rn_card_open_form (card, RN_ALERT_FORM_SHELVE);
}

/* The next one that asks, and the keyboard with it. */
static void
alert_step_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnWindow *self = RN_WINDOW (widget);
  const RnAlert *alert = rn_seat_next_alert (self->seat, g_str_equal (name, "win.alert-previous"));

  rn_side_panel_show_alerts (RN_SIDE_PANEL (self->side_panel));
  if (alert != NULL)
    rn_seat_go_to_alert (self->seat, alert->key);
  rn_side_panel_focus_list (RN_SIDE_PANEL (self->side_panel));
}

static void
alert_shelf_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (rn_alert_keys_apply (widget))
    rn_side_panel_show_shelf (RN_SIDE_PANEL (RN_WINDOW (widget)->side_panel));
}

static void
alert_go_to_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnWindow *self = RN_WINDOW (widget);
  const RnAlert *alert = rn_seat_find_alert (self->seat);

  if (alert != NULL && rn_alert_keys_apply (widget))
    rn_seat_go_to_alert (self->seat, alert->key);
}

static void
install_alert_actions (GtkWidgetClass *widget_class)
{
  static const struct {
    const char *name;
    GtkWidgetActionActivateFunc act;
  } actions[] = {
    { "win.alert-acknowledge", alert_cb },   { "win.alert-unacknowledge", alert_cb },
    { "win.alert-take", alert_cb },          { "win.alert-note", alert_card_cb },
    { "win.alert-timeline", alert_card_cb }, { "win.alert-shelve", alert_card_cb },
    { "win.alert-next", alert_step_cb },     { "win.alert-previous", alert_step_cb },
    { "win.alert-shelf", alert_shelf_cb },   { "win.alert-go-to", alert_go_to_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].act);
  rn_alert_keys_bind (widget_class);
}

static void
show_plans (RnWindow *self, const char *key)
{
  self->plans = TRUE;
  rn_window_update_page (self);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->pages)), "plans") != 0)
    return;
  rn_plan_page_show_plan (RN_PLAN_PAGE (self->plan_page), key);
  rn_plan_page_focus (RN_PLAN_PAGE (self->plan_page));
}

/* A plan has no place on the map and no card: it is looked at on the page of the plans. */
static void
selection_changed_cb (RnWindow *self)
{
  const RnSubject *subject = rn_seat_get_selection (self->seat);
  g_autofree char *key = NULL;

  if (subject == NULL || subject->kind != RN_SUBJECT_PLAN)
    return;
  key = g_strdup (subject->key);
  rn_seat_select (self->seat, NULL);
  show_plans (self, key);
}

static void
leave_plans_cb (RnWindow *self)
{
  self->plans = FALSE;
  rn_window_update_page (self);
}

static void
plans_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnWindow *self = RN_WINDOW (widget);

  if (self->plans)
    leave_plans_cb (self);
  else
    show_plans (self, NULL);
}

static void
plan_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_plans (RN_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
later_cb (RnWindow *self)
{
  self->later = TRUE;
  rn_window_update_page (self);
}

static void
choose_source_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnWindow *self = RN_WINDOW (widget);

  self->later = FALSE;
  rn_window_update_page (self);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "win.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "win.whole-network", NULL, whole_network_cb);
  gtk_widget_class_install_action (widget_class, "win.clear-selection", NULL, clear_selection_cb);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "win.tab", "i", tab_cb);
  gtk_widget_class_install_action (widget_class, "win.choose-source", NULL, choose_source_cb);
  gtk_widget_class_install_action (widget_class, "win.view", "i", view_cb);
  gtk_widget_class_install_action (widget_class, "win.add-view", NULL, add_view_cb);
  install_alert_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "win.plans", NULL, plans_cb);
  gtk_widget_class_install_action (widget_class, "win.plan", "s", plan_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "win.plans",
                                       NULL);
  for (int i = 1; i <= 9; i++)
    gtk_widget_class_add_binding_action (widget_class, (guint) (GDK_KEY_0 + i), GDK_ALT_MASK,
                                         "win.view", "i", i);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "win.add-view",
                                       NULL);
  /* in the bubble phase: an entry that has the focus takes them first */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, 0, "win.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_equal, 0, "win.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Add, 0, "win.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, 0, "win.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Subtract, 0, "win.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, 0, "win.whole-network", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.clear-selection",
                                       NULL);
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_window_dispose (GObject *object)
{
  RnWindow *self = RN_WINDOW (object);

  g_clear_handle_id (&self->layout_idle, g_source_remove);
  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (rn_window_parent_class)->dispose (object);
}

static void
rn_window_finalize (GObject *object)
{
  RnWindow *self = RN_WINDOW (object);

  g_clear_object (&self->book);
  g_clear_object (&self->seat);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rn_window_parent_class)->finalize (object);
}

static void
rn_window_class_init (RnWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (RN_TYPE_HEADER);
  g_type_ensure (RN_TYPE_TRUTH_STRIP);
  g_type_ensure (RN_TYPE_BANNER);
  g_type_ensure (RN_TYPE_SOURCE_HINT);
  g_type_ensure (RN_TYPE_START_PAGE);
  object_class->dispose = rn_window_dispose;
  object_class->finalize = rn_window_finalize;
  widget_class->size_allocate = rn_window_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RnWindow, header);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, alert_banner);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, hint_slot);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, hint);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, start_page);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, layer_slot);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, map_slot);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, side_slot);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, plan_slot);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, later_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_alerts_cb);
  gtk_widget_class_bind_template_callback (widget_class, position_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, flap_changed_cb);
  install_actions (widget_class);
}

static void
rn_window_init (RnWindow *self)
{
  g_autoptr (GPropertyAction) panel = NULL;

  rn_style_get_default ();
  self->left_open = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  panel = g_property_action_new ("panel", self->flap, "reveal-flap");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (panel));
}

static void
add_parts (RnWindow *self)
{
  g_autoptr (GPropertyAction) area = NULL;
  GtkWidget *over;

  self->layer_panel = rn_layer_panel_new (self->seat);
  adw_bin_set_child (ADW_BIN (self->layer_slot), self->layer_panel);
  self->map_pane = rn_map_pane_new (self->seat);
  self->area_panel = rn_area_panel_new (self->seat);
  gtk_widget_hide (self->area_panel);
  over = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (over), self->map_pane);
  gtk_overlay_add_overlay (GTK_OVERLAY (over), self->area_panel);
  adw_bin_set_child (ADW_BIN (self->map_slot), over);
  area = g_property_action_new ("area-panel", self->area_panel, "visible");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (area));
  self->side_panel = rn_side_panel_new (self->seat);
  adw_bin_set_child (ADW_BIN (self->side_slot), self->side_panel);
  self->search = rn_search_new (self->seat);
  rn_header_set_search (RN_HEADER (self->header), self->search);
  rn_header_set_plan_desk (RN_HEADER (self->header), rn_session_get_plan_desk (self->session));
  self->plan_page = rn_plan_page_new (self->seat);
  adw_bin_set_child (ADW_BIN (self->plan_slot), self->plan_page);
  g_signal_connect_object (self->plan_page, "back", G_CALLBACK (leave_plans_cb), self,
                           G_CONNECT_SWAPPED);
}

RnWindow *
rn_window_new (GtkApplication *application, RnSession *session)
{
  RnWindow *self = g_object_new (RN_TYPE_WINDOW, "application", application, NULL);

  self->session = g_object_ref (session);
  self->seat = rn_seat_new (session);
  rn_facility_limits_follow (rn_session_get_alert_desk (session));
  theme_changed_cb (self);
  add_parts (self);
  g_signal_connect_object (rn_style_get_default (), "notify::theme", G_CALLBACK (theme_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "feeds-changed", G_CALLBACK (update_feeds), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->side_panel, "notify::wide", G_CALLBACK (update_side_width), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (map_of (self), "view-changed", G_CALLBACK (view_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->seat, "notify::selection", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->seat, "stack-changed", G_CALLBACK (stack_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->seat, "notify::alerts", G_CALLBACK (update_alert_banner), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rn_seat_get_pulse (self->seat), "notify::still", G_CALLBACK (still_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rn_seat_get_desk (self->seat), "refused", G_CALLBACK (refused_cb), self,
                           0);
  still_cb (self);
  stack_changed_cb (self);
  rn_window_update_page (self);
  return self;
}

RnSeat *
rn_window_get_seat (RnWindow *self)
{
  return self->seat;
}

RnMapView *
rn_window_get_map (RnWindow *self)
{
  return map_of (self);
}

/* The first start is over when there is a source, though it may be switched off. */
static gboolean
is_first_start (RnWindow *self)
{
  return !self->later && self->book != NULL && rn_source_book_get_applies (self->book)
         && rn_source_book_get_entries (self->book)->len == 0;
}

void
rn_window_update_page (RnWindow *self)
{
  gboolean first = is_first_start (self);
  const char *page = first ? "start" : self->plans ? "plans" : "seat";

  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->pages)), page) != 0)
    {
      gtk_stack_set_visible_child_name (GTK_STACK (self->pages), page);
      if (first)
        gtk_widget_grab_focus (self->start_page);
      else
        gtk_widget_child_focus (self->flap, GTK_DIR_TAB_FORWARD);
    }
  gtk_widget_set_visible (self->strip, !first);
  gtk_widget_set_visible (self->hint_slot, !first);
  rn_header_set_empty (RN_HEADER (self->header), first);
  update_feeds (self);
}

void
rn_window_set_book (RnWindow *self, RnSourceBook *book)
{
  self->book = g_object_ref (book);
  rn_source_hint_set_book (RN_SOURCE_HINT (self->hint), book);
  rn_start_page_set_book (RN_START_PAGE (self->start_page), book);
  g_signal_connect_object (book, "changed", G_CALLBACK (rn_window_update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (book, "applied", G_CALLBACK (rn_window_update_page), self,
                           G_CONNECT_SWAPPED);
  rn_window_update_page (self);
}

void
rn_window_set_alarm (RnWindow *self, RnAlarm *alarm)
{
  rn_header_set_alerts (RN_HEADER (self->header), rn_session_get_alert_desk (self->session), alarm);
}

gboolean
rn_window_is_settled (RnWindow *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->pages)), "seat") != 0)
    return TRUE;
  return self->layout_idle == 0 && rn_side_panel_is_settled (RN_SIDE_PANEL (self->side_panel))
         && rn_map_view_is_settled (map_of (self));
}
