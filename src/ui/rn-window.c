/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the parts together and hands them what the session says by "feeds-changed", which comes with
 * each frame and each second; lists and map follow the frames themselves. Under 1400 px the left
 * panel folds over the map. Main thread. */
#include "ui/rn-window.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-banner.h"
#include "ui/rn-header.h"
#include "ui/rn-layer-panel.h"
#include "ui/rn-map-pane.h"
#include "ui/rn-search.h"
#include "ui/rn-side-panel.h"
#include "ui/rn-start-page.h"
#include "ui/rn-style.h"
#include "ui/rn-truth-strip.h"

#define FOLD_BELOW_PX 1400
#define WIDE_FROM_PX 1700
#define SIDE_PX 440
#define SIDE_WIDE_PX 580
#define SIDE_NARROW_PX 400

struct _RnWindow {
  AdwApplicationWindow parent_instance;
  GtkWidget *header, *strip, *banner, *pages, *flap, *paned;
  GtkWidget *layer_slot, *map_slot, *side_slot;
  GtkWidget *layer_panel, *map_pane, *side_panel, *search;
  RnSession *session;
  RnSeat *seat;
  int width; /* as last laid out */
  guint layout_idle;
};

G_DEFINE_FINAL_TYPE (RnWindow, rn_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- layout by width ------------------------------------------------------------------------- */

static void
update_side_width (RnWindow *self)
{
  gboolean wide = FALSE;
  int px = SIDE_PX;

  g_object_get (self->side_panel, "wide", &wide, NULL);
  if (self->width > 0 && self->width < FOLD_BELOW_PX)
    px = SIDE_NARROW_PX;
  else if (wide && self->width >= WIDE_FROM_PX)
    px = SIDE_WIDE_PX;
  gtk_widget_set_size_request (self->side_slot, px, -1);
}

static gboolean
layout_cb (gpointer data)
{
  RnWindow *self = data;
  AdwFlap *flap = ADW_FLAP (self->flap);
  AdwFlapFoldPolicy policy =
      self->width < FOLD_BELOW_PX ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_NEVER;

  self->layout_idle = 0;
  if (policy != adw_flap_get_fold_policy (flap))
    {
      adw_flap_set_fold_policy (flap, policy);
      adw_flap_set_reveal_flap (flap, policy == ADW_FLAP_FOLD_POLICY_NEVER);
    }
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

  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->pages)), "seat") != 0)
    return;
  rn_header_update (RN_HEADER (self->header), self->session, feeds);
  rn_truth_strip_set_feeds (RN_TRUTH_STRIP (self->strip), feeds, &context);
  rn_truth_strip_set_record (RN_TRUTH_STRIP (self->strip), rn_session_get_history (self->session),
                             &context);
  rn_truth_strip_set_figures (RN_TRUTH_STRIP (self->strip),
                              &rn_session_get_frame (self->session)->figures, as_of);
  rn_layer_panel_set_feeds (RN_LAYER_PANEL (self->layer_panel), feeds);
  rn_banner_set_message (RN_BANNER (self->banner), message);
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
tab_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnWindow *self = RN_WINDOW (widget);

  rn_side_panel_show_tab (RN_SIDE_PANEL (self->side_panel),
                          (guint) g_variant_get_int32 (parameter));
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
  G_OBJECT_CLASS (rn_window_parent_class)->dispose (object);
}

static void
rn_window_finalize (GObject *object)
{
  RnWindow *self = RN_WINDOW (object);

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
  g_type_ensure (RN_TYPE_START_PAGE);
  object_class->dispose = rn_window_dispose;
  object_class->finalize = rn_window_finalize;
  widget_class->size_allocate = rn_window_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RnWindow, header);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, layer_slot);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, map_slot);
  gtk_widget_class_bind_template_child (widget_class, RnWindow, side_slot);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  install_actions (widget_class);
}

static void
rn_window_init (RnWindow *self)
{
  g_autoptr (GPropertyAction) panel = NULL;

  rn_style_get_default ();
  gtk_widget_init_template (GTK_WIDGET (self));
  panel = g_property_action_new ("panel", self->flap, "reveal-flap");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (panel));
}

static void
add_parts (RnWindow *self)
{
  self->layer_panel = rn_layer_panel_new (self->seat);
  adw_bin_set_child (ADW_BIN (self->layer_slot), self->layer_panel);
  self->map_pane = rn_map_pane_new (self->seat);
  adw_bin_set_child (ADW_BIN (self->map_slot), self->map_pane);
  self->side_panel = rn_side_panel_new (self->seat);
  adw_bin_set_child (ADW_BIN (self->side_slot), self->side_panel);
  self->search = rn_search_new (self->seat);
  rn_header_set_search (RN_HEADER (self->header), self->search);
}

RnWindow *
rn_window_new (GtkApplication *application, RnSession *session)
{
  RnWindow *self = g_object_new (RN_TYPE_WINDOW, "application", application, NULL);

  self->session = g_object_ref (session);
  self->seat = rn_seat_new (session);
  theme_changed_cb (self);
  add_parts (self);
  g_signal_connect_object (rn_style_get_default (), "notify::theme", G_CALLBACK (theme_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "feeds-changed", G_CALLBACK (update_feeds), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->side_panel, "notify::wide", G_CALLBACK (update_side_width), self,
                           G_CONNECT_SWAPPED);
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
  return rn_map_pane_get_map (RN_MAP_PANE (self->map_pane));
}

void
rn_window_update_page (RnWindow *self)
{
  gboolean empty =
      rn_session_get_n_sources (self->session) == 0 && !rn_session_is_demo (self->session);

  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), empty ? "start" : "seat");
  gtk_widget_set_visible (self->strip, !empty);
  rn_header_set_empty (RN_HEADER (self->header), empty);
  update_feeds (self);
}

gboolean
rn_window_is_settled (RnWindow *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->pages)), "start") == 0)
    return TRUE;
  return self->layout_idle == 0 && rn_map_view_is_settled (rn_window_get_map (self));
}
