/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the layers together and keeps them up to date with frame, theme and view. From below: base
 * map, raster maps, warning areas, sections, ring of the selection, lines of works, symbols, text,
 * ring of what is hovered; over the map scale bar, "demo data" and attribution. Everything that has
 * to be done after a change is done once, in the next tick of the frame clock. Main thread. */
#include "map/rn-map-view.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "carto/rn-basemap.h"
#include "map/rn-base-source.h"
#include "map/rn-camera.h"
#include "map/rn-flow-layer.h"
#include "map/rn-map-hand.h"
#include "map/rn-map-scale.h"
#include "map/rn-navigator.h"
#include "map/rn-planner.h"
#include "map/rn-raster-stack.h"
#include "map/rn-ring-scene.h"
#include "map/rn-symbol-layer.h"
#include "map/rn-text-layer.h"
#include "map/rn-warning-scene.h"
#include "map/rn-work-scene.h"

#define HIT_PX 6.0
/* While the view moves, text is arranged again at most this often. */
#define PLAN_EVERY_US (60 * 1000)
#define FOCUS_PX 2.0f
#define MIN_TEXT_SCALE 0.5
#define MAX_TEXT_SCALE 3.0
#define NOTE_GROUND_ALPHA 50000 /* of 65535 */
/* What is shown without a network: East China, as far as the base map is drawn in detail. */
#define FIRST_LON 119.0
#define FIRST_LAT 33.0
#define FIRST_ZOOM 6.5

struct _RnMapView {
  GtkWidget parent_instance;

  GtkWidget *overlay;
  ShumateMap *map;
  ShumateViewport *viewport;
  RnTileLayer *base, *rasters, *warnings, *selection_ring, *works, *hover_ring;
  RnFlowLayer *flow;
  RnSymbolLayer *symbols;
  RnTextLayer *texts;
  GtkWidget *scale, *credit, *demo_mark;
  RnRasterStack *raster_stack;
  RnNavigator *navigator;
  RnMapHand *hand;
  RnPlanner *planner;

  const RnFrame *frame; /* NULL: none */
  RnThemeId theme;
  RnColouring colouring;
  guint layers;
  RnSubject *selection;
  guint rank[RN_N_MAP_LAYERS];  /* 0: on top */
  double fade[RN_N_MAP_LAYERS]; /* 1 − opacity */
  GHashTable *unacknowledged;   /* set of RnSubject; replaced, never changed */
  gboolean demo;
  double text_scale; /* of the desktop */

  guint tick_id;
  RnCamera camera;      /* of the last tick */
  RnCamera plan_camera; /* of the last plan that was asked for */
  gint64 plan_asked_us;
  gboolean plan_outdated;
};

enum { PROP_0, PROP_DEMO, N_PROPS };
enum {
  HOVERED,
  FOCUSED,
  PICKED,
  CLUSTER_OPENED,
  CONTEXT_MENU,
  VIEW_CHANGED,
  RASTERS_CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnMapView, rn_map_view, GTK_TYPE_WIDGET)

static void queue_tick (RnMapView *self);

static GdkRGBA
rgba (guint32 colour)
{
  return (GdkRGBA){ (float) (colour >> 16 & 255) / 255.0f, (float) (colour >> 8 & 255) / 255.0f,
                    (float) (colour & 255) / 255.0f, 1 };
}

static RnCamera
read_camera (RnMapView *self)
{
  return rn_camera_read (self->viewport, GTK_WIDGET (self));
}

static gboolean
layer_on (const RnMapView *self, RnMapLayerId id)
{
  return (self->layers & RN_MAP_BIT (id)) != 0;
}

/* ---- scenes of the small layers -------------------------------------------------------------- */

/* Takes @scene. The same kind of picture as before, with anything changed: drawn again tile by
 * tile, so that nothing flickers; a tile without anything on it costs next to nothing. */
static void
refresh (RnTileLayer *layer, RnScene *scene, gboolean whole)
{
  if (scene == NULL || whole)
    rn_tile_layer_set_scene (layer, scene);
  else
    {
      rn_tile_layer_update_scene (layer, scene);
      rn_tile_layer_touch (layer, 0, 0, 1, 1, 0);
      rn_tile_layer_redraw (layer);
    }
  rn_scene_unref (scene);
}

static void
update_ring (RnMapView *self, RnTileLayer *layer, const RnSubject *subject, RnRing ring)
{
  const RnFlowScene *flow = rn_flow_layer_get_scene (self->flow);
  g_autoptr (GArray) sections =
      rn_ring_sections (self->frame != NULL ? self->frame->network : NULL, subject);

  /* between two networks an index may belong to the other one */
  if (flow != NULL && (self->frame == NULL || flow->frame->network != self->frame->network))
    flow = NULL;
  refresh (layer, layer_on (self, RN_MAP_FLOW) ? rn_ring_scene_new (flow, sections, ring) : NULL,
           FALSE);
}

static void
update_rings (RnMapView *self)
{
  update_ring (self, self->selection_ring, self->selection, RN_RING_SELECTION);
  update_ring (self, self->hover_ring, rn_map_hand_get_hover (self->hand), RN_RING_HOVER);
}

static void
hover_changed_cb (const RnSubject *subject, gpointer user_data)
{
  RnMapView *self = user_data;

  rn_symbol_layer_set_hover (self->symbols, subject);
  update_ring (self, self->hover_ring, subject, RN_RING_HOVER);
}

static void
scene_changed_cb (RnMapView *self)
{
  const RnFlowScene *flow = rn_flow_layer_get_scene (self->flow);

  update_rings (self);
  refresh (self->works, flow != NULL ? rn_work_scene_new (flow) : NULL, FALSE);
  refresh (self->warnings, flow != NULL ? rn_warning_scene_new (flow->frame, self->theme) : NULL,
           FALSE);
  self->plan_outdated = TRUE;
  queue_tick (self);
}

/* ---- symbols and text ------------------------------------------------------------------------ */

static void
plan_ready_cb (RnMapPlan *plan, gpointer user_data)
{
  RnMapView *self = user_data;

  rn_symbol_layer_set_plan (self->symbols, plan);
  rn_text_layer_set_plan (self->texts, plan);
  queue_tick (self);
}

/* What stands over the map at its lower edge. */
static void
take_rect (RnMapView *self, RnPlanRequest *request, GtkWidget *child)
{
  graphene_rect_t bounds;

  if (request->n_taken < G_N_ELEMENTS (request->taken) && gtk_widget_get_visible (child)
      && gtk_widget_compute_bounds (child, GTK_WIDGET (self), &bounds))
    request->taken[request->n_taken++] =
        (RnRect){ bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height };
}

static void
request_plan (RnMapView *self, const RnCamera *camera)
{
  RnPlanRequest request = { .camera = *camera,
                            .text_scale = self->text_scale,
                            .layers = self->layers };

  request.flow = rn_scene_ref (rn_flow_layer_get_scene (self->flow));
  request.selection = self->selection != NULL ? rn_subject_copy (self->selection) : NULL;
  if (self->unacknowledged != NULL)
    request.unacknowledged = g_hash_table_ref (self->unacknowledged);
  memcpy (request.rank, self->rank, sizeof request.rank);
  memcpy (request.fade, self->fade, sizeof request.fade);
  take_rect (self, &request, self->scale);
  take_rect (self, &request, self->credit);
  take_rect (self, &request, self->demo_mark);
  take_rect (self, &request, rn_raster_stack_get_note (self->raster_stack));
  self->plan_camera = *camera;
  self->plan_outdated = FALSE;
  self->plan_asked_us = g_get_monotonic_time ();
  rn_planner_request (self->planner, &request, self->theme);
}

/* FALSE: not yet, look again in the next tick. */
static gboolean
update_plan (RnMapView *self, const RnCamera *camera)
{
  gboolean moved = !rn_camera_equal (camera, &self->plan_camera);

  if (camera->width <= 0 || (!moved && !self->plan_outdated))
    return TRUE;
  if (rn_planner_is_busy (self->planner)
      || (moved && g_get_monotonic_time () - self->plan_asked_us < PLAN_EVERY_US))
    return FALSE;
  request_plan (self, camera);
  return TRUE;
}

/* ---- ticks ----------------------------------------------------------------------------------- */

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RnMapView *self = RN_MAP_VIEW (widget);
  RnCamera camera = read_camera (self);
  gboolean moved = !rn_camera_equal (&camera, &self->camera);

  self->camera = camera;
  rn_map_hand_update (self->hand);
  /* also without a move: the units of length may be others */
  rn_map_scale_set_m_per_px (RN_MAP_SCALE (self->scale), rn_camera_m_per_px (&camera));
  if (moved)
    {
      rn_raster_stack_set_view (self->raster_stack, &camera);
      g_signal_emit (self, signals[VIEW_CHANGED], 0);
    }
  if (!update_plan (self, &camera))
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
queue_tick (RnMapView *self)
{
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* ---- words ----------------------------------------------------------------------------------- */

static void
update_label (RnMapView *self)
{
  guint n_severe = 0;
  g_autofree char *sources = NULL, *label = NULL;

  if (self->frame != NULL)
    {
      const RnNetwork *network = self->frame->network;
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) names = NULL;

      for (guint i = 0; i < network->n_sections; i++)
        n_severe += self->frame->state[i] == RN_N_STATES - 1;
      for (guint i = 0; i < network->n_sources; i++)
        g_strv_builder_add (builder, network->sources[i]);
      names = g_strv_builder_end (builder);
      sources = g_strjoinv (", ", names);
    }
  if (sources == NULL || *sources == '\0')
    label = g_strdup (_("Map without a network"));
  else
    label = g_strdup_printf (ngettext ("Map of %s; %u section in state 5",
                                       "Map of %s; %u sections in state 5", n_severe),
                             sources, n_severe);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Small text on a faint ground of land colour, so that roads beneath do not cut it. */
static void
set_note_colours (GtkWidget *label, const RnTheme *theme, guint32 colour)
{
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();
  guint32 land = theme->map.land;

  pango_attr_list_insert (list, pango_attr_size_new (9 * PANGO_SCALE));
  pango_attr_list_insert (list, pango_attr_foreground_new ((guint16) ((colour >> 16 & 255) * 257),
                                                           (guint16) ((colour >> 8 & 255) * 257),
                                                           (guint16) ((colour & 255) * 257)));
  pango_attr_list_insert (list, pango_attr_background_new ((guint16) ((land >> 16 & 255) * 257),
                                                           (guint16) ((land >> 8 & 255) * 257),
                                                           (guint16) ((land & 255) * 257)));
  pango_attr_list_insert (list, pango_attr_background_alpha_new (NOTE_GROUND_ALPHA));
  gtk_label_set_attributes (GTK_LABEL (label), list);
}

/* The roads of the demo network hold a few points read off OpenStreetMap. */
static void
update_credit (RnMapView *self)
{
  g_autofree char *rasters = rn_raster_stack_dup_credit (self->raster_stack);
  g_autofree char *text = g_strconcat (
      rasters, *rasters != '\0' ? " · " : "", rn_basemap_credit (),
      self->demo && strstr (rasters, "OpenStreetMap") == NULL ? " · © OpenStreetMap" : "", NULL);

  gtk_label_set_text (GTK_LABEL (self->credit), text);
}

static void
rasters_changed_cb (gpointer user_data)
{
  RnMapView *self = user_data;

  update_credit (self);
  self->plan_outdated = TRUE;
  queue_tick (self);
  g_signal_emit (self, signals[RASTERS_CHANGED], 0);
}

static void
apply_theme (RnMapView *self)
{
  const RnTheme *theme = rn_theme_get (self->theme);

  refresh (self->base, rn_base_scene_new (self->theme), TRUE);
  rn_map_scale_set_theme (RN_MAP_SCALE (self->scale), self->theme);
  set_note_colours (self->credit, theme, theme->surface.faint_fg);
  set_note_colours (self->demo_mark, theme, theme->surface.dim_fg);
  rn_raster_stack_set_dim (self->raster_stack, self->theme != RN_THEME_LIGHT);
  set_note_colours (rn_raster_stack_get_note (self->raster_stack), theme, theme->surface.dim_fg);
}

/* ---- the widget ------------------------------------------------------------------------------ */

static void
rn_map_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnMapView *self = RN_MAP_VIEW (widget);

  gtk_widget_allocate (self->overlay, width, height, baseline, NULL);
  rn_navigator_show_pending (self->navigator);
  queue_tick (self);
}

static void
rn_map_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  RnMapView *self = RN_MAP_VIEW (widget);

  gtk_widget_measure (self->overlay, orientation, for_size, minimum, natural, NULL, NULL);
  *natural = MAX (*natural, orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 400);
}

/* So that one sees that the keys go to the map. */
static void
append_focus (RnMapView *self, GtkSnapshot *snapshot)
{
  const float widths[4] = { FOCUS_PX, FOCUS_PX, FOCUS_PX, FOCUS_PX };
  GdkRGBA c = rgba (rn_theme_get (self->theme)->surface.accent), colours[4] = { c, c, c, c };
  GskRoundedRect rect;

  gsk_rounded_rect_init_from_rect (
      &rect,
      &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                           (float) gtk_widget_get_height (GTK_WIDGET (self))),
      0);
  gtk_snapshot_append_border (snapshot, &rect, widths, colours);
}

static void
rn_map_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnMapView *self = RN_MAP_VIEW (widget);
  GdkRGBA colour = rgba (rn_theme_get (self->theme)->map.land);

  /* where no tile of the base map has come yet there is land, never a hole */
  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                  (float) gtk_widget_get_height (widget)));
  GTK_WIDGET_CLASS (rn_map_view_parent_class)->snapshot (widget, snapshot);
  if (gtk_widget_has_visible_focus (widget))
    append_focus (self, snapshot);
}

static void
rn_map_view_dispose (GObject *object)
{
  RnMapView *self = RN_MAP_VIEW (object);

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  g_clear_pointer (&self->hand, rn_map_hand_free);
  g_clear_pointer (&self->navigator, rn_navigator_free);
  g_clear_pointer (&self->planner, rn_planner_free);
  g_clear_pointer (&self->raster_stack, rn_raster_stack_free);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_clear_pointer (&self->selection, rn_subject_free);
  g_clear_pointer (&self->unacknowledged, g_hash_table_unref);
  g_clear_object (&self->viewport);
  G_OBJECT_CLASS (rn_map_view_parent_class)->dispose (object);
}

static void
rn_map_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DEMO:
      g_value_set_boolean (value, RN_MAP_VIEW (object)->demo);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rn_map_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DEMO:
      rn_map_view_set_demo (RN_MAP_VIEW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static guint
new_subject_signal (const char *name)
{
  return g_signal_new (name, RN_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       3, RN_TYPE_SUBJECT | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_DOUBLE,
                       G_TYPE_DOUBLE);
}

static void
rn_map_view_class_init (RnMapViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rn_map_view_dispose;
  object_class->get_property = rn_map_view_get_property;
  object_class->set_property = rn_map_view_set_property;
  widget_class->size_allocate = rn_map_view_size_allocate;
  widget_class->measure = rn_map_view_measure;
  widget_class->snapshot = rn_map_view_snapshot;

  props[PROP_DEMO] =
      g_param_spec_boolean ("demo", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[HOVERED] = new_subject_signal ("hovered");
  signals[PICKED] = new_subject_signal ("picked");
  signals[CONTEXT_MENU] = new_subject_signal ("context-menu");
  signals[FOCUSED] = g_signal_new (
      "focused", RN_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
      RN_TYPE_SUBJECT | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_UINT, G_TYPE_UINT);
  signals[CLUSTER_OPENED] =
      g_signal_new ("cluster-opened", RN_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_PTR_ARRAY, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", RN_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RASTERS_CHANGED] = g_signal_new ("rasters-changed", RN_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "rn-map");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

/* ---- text scale ------------------------------------------------------------------------------ */

/* gtk-xft-dpi: 1024 × dots an inch, in logical pixels; it holds the desktop's text scale. */
static void
update_text_scale (RnMapView *self)
{
  int dpi = 0;
  double text_scale = 1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  if (dpi > 0)
    text_scale = CLAMP (dpi / (96.0 * 1024.0), MIN_TEXT_SCALE, MAX_TEXT_SCALE);
  if (self->text_scale == text_scale)
    return;
  self->text_scale = text_scale;
  self->plan_outdated = TRUE;
  queue_tick (self);
}

/* ---- construction ---------------------------------------------------------------------------- */

static RnTileLayer *
add_tile_layer (RnMapView *self)
{
  RnTileLayer *layer = rn_tile_layer_new (self->viewport);

  shumate_map_add_layer (self->map, SHUMATE_LAYER (layer));
  return layer;
}

static void
add_layers (RnMapView *self)
{
  self->base = add_tile_layer (self);
  rn_tile_layer_set_urgency (self->base, RN_JOB_BASE);
  self->rasters = add_tile_layer (self);
  rn_tile_layer_set_urgency (self->rasters, RN_JOB_BASE);
  self->warnings = add_tile_layer (self);
  self->flow = rn_flow_layer_new (self->viewport);
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->flow));
  g_signal_connect_object (self->flow, "scene-changed", G_CALLBACK (scene_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->selection_ring = add_tile_layer (self);
  self->works = add_tile_layer (self);
  self->symbols = rn_symbol_layer_new (self->viewport);
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->symbols));
  self->texts = rn_text_layer_new (self->viewport);
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->texts));
  self->hover_ring = add_tile_layer (self);
}

static void
add_map (RnMapView *self)
{
  g_autoptr (ShumateMapSource) source = rn_base_source_new ();

  self->map = shumate_map_new ();
  self->viewport = g_object_ref (shumate_map_get_viewport (self->map));
  /* before any layer: without it the viewport knows no pixels */
  shumate_viewport_set_reference_map_source (self->viewport, source);
  shumate_map_set_map_source (self->map, source);
  shumate_viewport_set_min_zoom_level (self->viewport, RN_MIN_ZOOM);
  shumate_viewport_set_max_zoom_level (self->viewport, RN_MAX_ZOOM);
  shumate_viewport_set_zoom_level (self->viewport, FIRST_ZOOM);
  shumate_location_set_location (SHUMATE_LOCATION (self->viewport), FIRST_LAT, FIRST_LON);
  shumate_map_set_zoom_on_double_click (self->map, FALSE); /* the input does, about the pointer */
  /* the view has the focus and the keys, not the map within it */
  gtk_widget_set_focusable (GTK_WIDGET (self->map), FALSE);
}

static void
add_notes (RnMapView *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->scale = rn_map_scale_new ();
  self->demo_mark = gtk_label_new (_("Demo data"));
  self->credit = gtk_label_new (rn_basemap_credit ());
  gtk_widget_set_visible (self->demo_mark, FALSE);
  gtk_widget_set_valign (self->demo_mark, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->demo_mark, "rn-demo-mark");
  gtk_box_append (GTK_BOX (left), self->scale);
  gtk_box_append (GTK_BOX (left), self->demo_mark);
  gtk_widget_set_halign (left, GTK_ALIGN_START);
  gtk_widget_set_valign (left, GTK_ALIGN_END);
  gtk_widget_set_margin_start (left, 14);
  gtk_widget_set_margin_bottom (left, 10);
  gtk_widget_set_can_target (left, FALSE);
  gtk_widget_set_halign (self->credit, GTK_ALIGN_END);
  gtk_widget_set_valign (self->credit, GTK_ALIGN_END);
  gtk_widget_set_margin_end (self->credit, 14);
  gtk_widget_set_margin_bottom (self->credit, 10);
  gtk_widget_set_can_target (self->credit, FALSE);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), left);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->credit);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay),
                           rn_raster_stack_get_note (self->raster_stack));
}

static void
rn_map_view_init (RnMapView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->layers = RN_MAP_DEFAULT_LAYERS;
  add_map (self);
  add_layers (self);
  self->raster_stack = rn_raster_stack_new (self->rasters, NULL, rasters_changed_cb, self);
  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->map));
  gtk_widget_set_parent (self->overlay, widget);
  add_notes (self);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  self->navigator = rn_navigator_new (widget, self->viewport);
  self->planner = rn_planner_new (plan_ready_cb, self);
  self->hand =
      rn_map_hand_new (self, self->navigator, self->symbols, self->flow, hover_changed_cb, self);
  self->plan_outdated = TRUE;
  g_signal_connect_object (self->viewport, "notify", G_CALLBACK (queue_tick), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "state-flags-changed", G_CALLBACK (gtk_widget_queue_draw), NULL);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (queue_tick), NULL);
  g_signal_connect_object (gtk_widget_get_settings (widget), "notify::gtk-xft-dpi",
                           G_CALLBACK (update_text_scale), self, G_CONNECT_SWAPPED);
  update_text_scale (self);
  apply_theme (self);
  update_label (self);
}

GtkWidget *
rn_map_view_new (void)
{
  return g_object_new (RN_TYPE_MAP_VIEW, NULL);
}

/* ---- what is shown --------------------------------------------------------------------------- */

static void
update_flow (RnMapView *self)
{
  rn_flow_layer_set (self->flow, self->frame, self->colouring, self->theme);
  self->plan_outdated = TRUE;
  queue_tick (self);
}

void
rn_map_view_set_frame (RnMapView *self, const RnFrame *frame)
{
  const RnFrame *before = self->frame;

  if (before == frame)
    return;
  self->frame = frame != NULL ? rn_frame_ref (frame) : NULL;
  g_clear_pointer (&before, rn_frame_unref);
  update_flow (self);
  update_label (self);
  if (!rn_navigator_is_set (self->navigator))
    rn_map_view_show_network (self, FALSE);
}

const RnFrame *
rn_map_view_get_frame (RnMapView *self)
{
  return self->frame;
}

void
rn_map_view_set_theme (RnMapView *self, RnThemeId theme)
{
  if (self->theme == theme)
    return;
  self->theme = theme;
  apply_theme (self);
  update_flow (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rn_map_view_set_colouring (RnMapView *self, RnColouring colouring)
{
  if (self->colouring == colouring)
    return;
  self->colouring = colouring;
  update_flow (self);
}

void
rn_map_view_set_layers (RnMapView *self, guint mask)
{
  if (self->layers == mask)
    return;
  self->layers = mask;
  gtk_widget_set_visible (GTK_WIDGET (self->flow), layer_on (self, RN_MAP_FLOW));
  gtk_widget_set_visible (GTK_WIDGET (self->works), layer_on (self, RN_MAP_WORKS));
  gtk_widget_set_visible (GTK_WIDGET (self->warnings), layer_on (self, RN_MAP_WEATHER));
  update_rings (self);
  self->plan_outdated = TRUE;
  queue_tick (self);
}

void
rn_map_view_set_layer_order (RnMapView *self, const RnMapLayerId *order, guint n)
{
  GtkWidget *symbols = GTK_WIDGET (self->symbols), *texts = GTK_WIDGET (self->texts);

  for (guint i = 0; i < n; i++)
    self->rank[order[i]] = i;
  gtk_widget_insert_after (texts, GTK_WIDGET (self->map), symbols);
  if (self->rank[RN_MAP_LABELS] > 0)
    gtk_widget_insert_after (symbols, GTK_WIDGET (self->map), texts);
  self->plan_outdated = TRUE;
  queue_tick (self);
}

void
rn_map_view_set_layer_opacity (RnMapView *self, RnMapLayerId layer, double opacity)
{
  double fade = 1 - CLAMP (opacity, 0, 1);

  if (layer == RN_MAP_FLOW || self->fade[layer] == fade)
    return;
  self->fade[layer] = fade;
  gtk_widget_set_opacity (GTK_WIDGET (self->works), 1 - self->fade[RN_MAP_WORKS]);
  gtk_widget_set_opacity (GTK_WIDGET (self->warnings), 1 - self->fade[RN_MAP_WEATHER]);
  gtk_widget_set_opacity (GTK_WIDGET (self->texts), 1 - self->fade[RN_MAP_LABELS]);
  self->plan_outdated = TRUE;
  queue_tick (self);
}

void
rn_map_view_set_selection (RnMapView *self, const RnSubject *subject)
{
  if (rn_subject_equal (self->selection, subject))
    return;
  g_clear_pointer (&self->selection, rn_subject_free);
  self->selection = subject != NULL ? rn_subject_copy (subject) : NULL;
  rn_symbol_layer_set_selection (self->symbols, subject);
  update_ring (self, self->selection_ring, subject, RN_RING_SELECTION);
  self->plan_outdated = TRUE;
  queue_tick (self);
}

void
rn_map_view_set_unacknowledged (RnMapView *self, const RnSubject *const *subjects, const int *tiers,
                                guint n)
{
  g_clear_pointer (&self->unacknowledged, g_hash_table_unref);
  self->unacknowledged = rn_plan_subjects_new (subjects, tiers, n);
  self->plan_outdated = TRUE;
  queue_tick (self);
}

void
rn_map_view_set_pulse (RnMapView *self, gboolean low)
{
  rn_symbol_layer_set_pulse (self->symbols, !!low);
}

void
rn_map_view_set_rasters (RnMapView *self, const RnRasterSpec *const *specs, guint n)
{
  rn_raster_stack_set_specs (self->raster_stack, specs, n);
}

GPtrArray *
rn_map_view_dup_raster_status (RnMapView *self)
{
  return rn_raster_stack_dup_status (self->raster_stack);
}

void
rn_map_view_set_demo (RnMapView *self, gboolean demo)
{
  demo = !!demo;
  if (self->demo == demo)
    return;
  self->demo = demo;
  gtk_widget_set_visible (self->demo_mark, demo);
  update_credit (self);
  self->plan_outdated = TRUE;
  queue_tick (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DEMO]);
}

gboolean
rn_map_view_get_demo (RnMapView *self)
{
  return self->demo;
}

/* ---- where ----------------------------------------------------------------------------------- */

gboolean
rn_map_view_fit_box (RnMapView *self, const RnBox *box, double padding_px, double *lon, double *lat,
                     double *zoom)
{
  return rn_navigator_fit_box (self->navigator, box, padding_px, lon, lat, zoom);
}

void
rn_map_view_show_box (RnMapView *self, const RnBox *box, double padding_px, gboolean animate)
{
  rn_navigator_show_box (self->navigator, box, padding_px, animate);
  queue_tick (self);
}

void
rn_map_view_show_network (RnMapView *self, gboolean animate)
{
  RnBox box;

  if (self->frame != NULL && rn_frame_get_extent (self->frame, &box))
    rn_map_view_show_box (self, &box, RN_MAP_NETWORK_PADDING_PX, animate);
}

void
rn_map_view_go_to (RnMapView *self, double lon, double lat, double zoom, gboolean animate)
{
  rn_navigator_go_to (self->navigator, lon, lat, zoom, animate);
  queue_tick (self);
}

void
rn_map_view_get_view (RnMapView *self, double *lon, double *lat, double *zoom)
{
  rn_navigator_get_view (self->navigator, lon, lat, zoom);
}

void
rn_map_view_get_target (RnMapView *self, double *lon, double *lat, double *zoom)
{
  rn_navigator_get_target (self->navigator, lon, lat, zoom);
}

void
rn_map_view_zoom_by (RnMapView *self, double steps)
{
  rn_navigator_zoom_by (self->navigator, steps);
}

double
rn_map_view_get_rotation (RnMapView *self)
{
  return rn_navigator_get_rotation (self->navigator);
}

void
rn_map_view_set_rotation (RnMapView *self, double degrees)
{
  rn_navigator_set_rotation (self->navigator, degrees);
}

void
rn_map_view_reset_rotation (RnMapView *self)
{
  rn_map_view_set_rotation (self, 0);
}

/* ---- what is where --------------------------------------------------------------------------- */

static guint32
hit_section (RnMapView *self, double x, double y)
{
  const RnFlowScene *flow = rn_flow_layer_get_scene (self->flow);
  RnCamera camera = read_camera (self);
  RnPoint at;
  double px, py;

  if (flow == NULL || !layer_on (self, RN_MAP_FLOW))
    return RN_NONE;
  rn_camera_from_widget (&camera, x, y, &at.lon, &at.lat);
  rn_mercator_project (at, camera.zoom, &px, &py);
  return rn_levels_hit (flow->levels, camera.zoom, px, py, HIT_PX, flow->styles, flow->classes,
                        NULL);
}

RnSubject *
rn_map_view_pick (RnMapView *self, double x, double y)
{
  const RnPlanItem *symbol = rn_symbol_layer_hit (self->symbols, x, y);
  guint32 section;

  if (symbol != NULL)
    return rn_subject_copy (symbol->subject);
  section = hit_section (self, x, y);
  if (section == RN_NONE)
    return NULL;
  return rn_subject_new (RN_SUBJECT_SECTION,
                         rn_flow_layer_get_scene (self->flow)->frame->network->key[section]);
}

GPtrArray *
rn_map_view_get_members (RnMapView *self, const RnSubject *subject)
{
  const RnPlanItem *item = rn_symbol_layer_find (self->symbols, subject);

  return item != NULL ? item->members : NULL;
}

void
rn_map_view_describe (RnMapView *self, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

void
rn_map_view_get_place (RnMapView *self, double x, double y, double *lon, double *lat)
{
  RnCamera camera = read_camera (self);

  rn_camera_from_widget (&camera, x, y, lon, lat);
}

gboolean
rn_map_view_locate (RnMapView *self, double lon, double lat, double *x, double *y)
{
  RnCamera camera = read_camera (self);

  rn_camera_to_widget (&camera, lon, lat, x, y);
  return *x >= 0 && *y >= 0 && *x < camera.width && *y < camera.height;
}

void
rn_map_view_queue_update (RnMapView *self)
{
  queue_tick (self);
}

static gboolean
tiles_settled (RnTileLayer *layer)
{
  return !gtk_widget_get_visible (GTK_WIDGET (layer)) || rn_tile_layer_is_settled (layer);
}

gboolean
rn_map_view_is_settled (RnMapView *self)
{
  RnCamera camera = read_camera (self);

  if (camera.width <= 0 || rn_navigator_is_moving (self->navigator))
    return FALSE;
  if (!rn_flow_layer_is_prepared (self->flow) || !tiles_settled (RN_TILE_LAYER (self->flow)))
    return FALSE;
  if (self->plan_outdated || rn_planner_is_busy (self->planner)
      || !rn_camera_equal (&camera, &self->plan_camera))
    return FALSE;
  return tiles_settled (self->base) && rn_raster_stack_is_settled (self->raster_stack)
         && tiles_settled (self->warnings) && tiles_settled (self->selection_ring)
         && tiles_settled (self->works) && tiles_settled (self->hover_ring);
}

double
rn_map_view_get_scale_m_per_px (RnMapView *self)
{
  RnCamera camera = read_camera (self);

  return rn_camera_m_per_px (&camera);
}
