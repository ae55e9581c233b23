/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Appends the textures of a plan's symbols where their places lie now. Main thread. */
#include "map/rn-symbol-layer.h"

#include <math.h>

#include "map/rn-texture.h"

#define LAND_RING_PX 2.5f
#define VIOLET_RING_PX 2.0f
#define LEADER_PX 1.5f
#define HIT_SLACK_PX 2.0
/* Rings of what is not acknowledged: one close, a fainter one around it. */
#define PULSE_GAP_PX 8.0f
#define PULSE_WIDTH_PX 2.0f
#define PULSE_FAR_PX 15.0f
#define PULSE_FAR_WIDTH_PX 1.5f
#define PULSE_FAR_OPACITY 0.4f
#define PULSE_LOW_OPACITY 0.35f

struct _RnSymbolLayer {
  ShumateLayer parent_instance;

  RnMapPlan *plan;
  RnSubject *selection;
  RnSubject *hover;
  gboolean pulse_low;
};

G_DEFINE_FINAL_TYPE (RnSymbolLayer, rn_symbol_layer, SHUMATE_TYPE_LAYER)

static GdkRGBA
rgba (guint32 colour, float opacity)
{
  return (GdkRGBA){ (float) (colour >> 16 & 255) / 255.0f, (float) (colour >> 8 & 255) / 255.0f,
                    (float) (colour & 255) / 255.0f, opacity };
}

/* A frame of @width px whose inner edge lies @gap px off the shape. */
static void
append_frame (GtkSnapshot *snapshot, const RnPlanItem *item, double x, double y, float gap,
              float width, GdkRGBA c)
{
  const float widths[4] = { width, width, width, width };
  const GdkRGBA colours[4] = { c, c, c, c };
  float out = gap + width;
  GskRoundedRect rect;

  gsk_rounded_rect_init_from_rect (&rect,
                                   &GRAPHENE_RECT_INIT ((float) (x + item->shape.x) - out,
                                                        (float) (y + item->shape.y) - out,
                                                        (float) item->shape.width + 2 * out,
                                                        (float) item->shape.height + 2 * out),
                                   (float) item->radius + out);
  gtk_snapshot_append_border (snapshot, &rect, widths, colours);
}

/* From the middle of the symbol to the place where it belongs. */
static void
append_leader (GtkSnapshot *snapshot, const RnPlanItem *item, double x, double y, guint32 colour)
{
  double mx = item->shape.x + item->shape.width / 2, my = item->shape.y + item->shape.height / 2;
  GdkRGBA c = rgba (colour, 1);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_rotate (snapshot, (float) (atan2 (my, mx) * 180.0 / G_PI));
  gtk_snapshot_append_color (
      snapshot, &c, &GRAPHENE_RECT_INIT (0, -LEADER_PX / 2, (float) hypot (mx, my), LEADER_PX));
  gtk_snapshot_restore (snapshot);
}

static void
append_pulse (RnSymbolLayer *self, GtkSnapshot *snapshot, const RnPlanItem *item, double x,
              double y)
{
  guint32 colour = rn_theme_get (self->plan->theme)->tier[CLAMP (item->tier, 0, 4)].fill;
  float opacity = self->pulse_low ? PULSE_LOW_OPACITY : 1;

  RnPlanItem round_item = *item;

  /* a circle, however square the symbol */
  round_item.radius = MIN (item->shape.width, item->shape.height) / 2;
  append_frame (snapshot, &round_item, x, y, PULSE_GAP_PX, PULSE_WIDTH_PX, rgba (colour, opacity));
  append_frame (snapshot, &round_item, x, y, PULSE_FAR_PX, PULSE_FAR_WIDTH_PX,
                rgba (colour, opacity * PULSE_FAR_OPACITY));
}

/* Its place on whole device pixels; FALSE when it is not in sight. */
static gboolean
find_place (const RnPlanItem *item, const RnCamera *camera, double *x, double *y)
{
  rn_plan_item_place (item, camera, x, y);
  if (*x + item->x > camera->width || *y + item->y > camera->height
      || *x + item->x + item->width < 0 || *y + item->y + item->height < 0)
    return FALSE;
  *x = round ((*x + item->x) * camera->scale) / camera->scale - item->x;
  *y = round ((*y + item->y) * camera->scale) / camera->scale - item->y;
  return TRUE;
}

/* What lies beneath all symbols: lines to what was moved, rings that pulse. */
static void
append_below (RnSymbolLayer *self, GtkSnapshot *snapshot, const RnPlanItem *item, double x,
              double y)
{
  const RnTheme *theme = rn_theme_get (self->plan->theme);

  if (item->fade > 0)
    gtk_snapshot_push_opacity (snapshot, 1 - item->fade);
  if (item->leader)
    append_leader (snapshot, item, x, y, theme->map.city);
  if (item->unacknowledged)
    append_pulse (self, snapshot, item, x, y);
  if (item->fade > 0)
    gtk_snapshot_pop (snapshot);
}

static void
append_rings (RnSymbolLayer *self, GtkSnapshot *snapshot, const RnPlanItem *item, double x,
              double y)
{
  const RnTheme *theme = rn_theme_get (self->plan->theme);

  if (rn_subject_equal (item->subject, self->selection))
    {
      append_frame (snapshot, item, x, y, 0, LAND_RING_PX, rgba (theme->map.land, 1));
      append_frame (snapshot, item, x, y, LAND_RING_PX, VIOLET_RING_PX,
                    rgba (theme->map.selection, 1));
    }
  else if (rn_subject_equal (item->subject, self->hover))
    append_frame (snapshot, item, x, y, 1, VIOLET_RING_PX, rgba (theme->map.selection, 1));
}

/* Nothing but textures between the first symbol and the last, so that renderers can join them. */
static void
append_symbols (RnSymbolLayer *self, GtkSnapshot *snapshot, const RnCamera *camera)
{
  const GArray *symbols = self->plan->symbols;
  gboolean software = rn_texture_is_software (GTK_WIDGET (self));
  double x, y;

  for (guint i = 0; i < symbols->len; i++)
    {
      const RnPlanItem *item = &g_array_index (symbols, RnPlanItem, i);

      if ((item->leader || item->unacknowledged) && find_place (item, camera, &x, &y))
        append_below (self, snapshot, item, x, y);
    }
  for (guint i = 0; i < symbols->len; i++)
    {
      const RnPlanItem *item = &g_array_index (symbols, RnPlanItem, i);

      if (!find_place (item, camera, &x, &y))
        continue;
      if (item->fade > 0)
        gtk_snapshot_push_opacity (snapshot, 1 - item->fade);
      rn_texture_append (item->texture, software, snapshot,
                         &GRAPHENE_RECT_INIT ((float) (x + item->x), (float) (y + item->y),
                                              (float) item->width, (float) item->height));
      if (item->fade > 0)
        gtk_snapshot_pop (snapshot);
    }
  for (guint i = 0; i < symbols->len && (self->selection != NULL || self->hover != NULL); i++)
    {
      const RnPlanItem *item = &g_array_index (symbols, RnPlanItem, i);

      if (find_place (item, camera, &x, &y))
        append_rings (self, snapshot, item, x, y);
    }
}

static void
rn_symbol_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnSymbolLayer *self = RN_SYMBOL_LAYER (widget);
  RnCamera camera;

  if (self->plan == NULL)
    return;
  camera = rn_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (self)), widget);
  append_symbols (self, snapshot, &camera);
}

static void
rn_symbol_layer_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
rn_symbol_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (rn_symbol_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
}

static void
rn_symbol_layer_dispose (GObject *object)
{
  RnSymbolLayer *self = RN_SYMBOL_LAYER (object);

  g_clear_pointer (&self->plan, rn_map_plan_unref);
  g_clear_pointer (&self->selection, rn_subject_free);
  g_clear_pointer (&self->hover, rn_subject_free);
  G_OBJECT_CLASS (rn_symbol_layer_parent_class)->dispose (object);
}

static void
rn_symbol_layer_class_init (RnSymbolLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rn_symbol_layer_constructed;
  G_OBJECT_CLASS (klass)->dispose = rn_symbol_layer_dispose;
  widget_class->snapshot = rn_symbol_layer_snapshot;
  widget_class->measure = rn_symbol_layer_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
rn_symbol_layer_init (RnSymbolLayer *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

RnSymbolLayer *
rn_symbol_layer_new (ShumateViewport *viewport)
{
  return g_object_new (RN_TYPE_SYMBOL_LAYER, "viewport", viewport, NULL);
}

void
rn_symbol_layer_set_plan (RnSymbolLayer *self, RnMapPlan *plan)
{
  g_clear_pointer (&self->plan, rn_map_plan_unref);
  self->plan = plan != NULL ? rn_map_plan_ref (plan) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_subject (RnSymbolLayer *self, RnSubject **field, const RnSubject *subject)
{
  if (rn_subject_equal (*field, subject))
    return;
  g_clear_pointer (field, rn_subject_free);
  *field = subject != NULL ? rn_subject_copy (subject) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rn_symbol_layer_set_selection (RnSymbolLayer *self, const RnSubject *subject)
{
  set_subject (self, &self->selection, subject);
}

void
rn_symbol_layer_set_hover (RnSymbolLayer *self, const RnSubject *subject)
{
  set_subject (self, &self->hover, subject);
}

void
rn_symbol_layer_set_pulse (RnSymbolLayer *self, gboolean low)
{
  if (self->pulse_low == low)
    return;
  self->pulse_low = low;
  if (self->plan == NULL)
    return;
  for (guint i = 0; i < self->plan->symbols->len; i++)
    if (g_array_index (self->plan->symbols, RnPlanItem, i).unacknowledged)
      {
        gtk_widget_queue_draw (GTK_WIDGET (self));
        return;
      }
}

const RnPlanItem *
rn_symbol_layer_hit (RnSymbolLayer *self, double x, double y)
{
  RnCamera camera;

  if (self->plan == NULL)
    return NULL;
  camera = rn_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (self)), GTK_WIDGET (self));
  for (guint i = self->plan->symbols->len; i-- > 0;)
    {
      const RnPlanItem *item = &g_array_index (self->plan->symbols, RnPlanItem, i);
      double px, py;

      rn_plan_item_place (item, &camera, &px, &py);
      px += item->shape.x - HIT_SLACK_PX;
      py += item->shape.y - HIT_SLACK_PX;
      if (x >= px && y >= py && x <= px + item->shape.width + 2 * HIT_SLACK_PX
          && y <= py + item->shape.height + 2 * HIT_SLACK_PX)
        return item;
    }
  return NULL;
}

const RnPlanItem *
rn_symbol_layer_find (RnSymbolLayer *self, const RnSubject *subject)
{
  for (guint i = self->plan != NULL ? self->plan->symbols->len : 0; i-- > 0;)
    {
      const RnPlanItem *item = &g_array_index (self->plan->symbols, RnPlanItem, i);

      if (rn_subject_equal (item->subject, subject))
        return item;
    }
  return NULL;
}

const RnMapPlan *
rn_symbol_layer_get_plan (RnSymbolLayer *self)
{
  return self->plan;
}
