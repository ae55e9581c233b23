/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Appends the textures of a plan's names and shields where their places lie now. A plan that was
 * arranged at a zoom far off is not drawn: its names would lie over each other. Main thread. */
#include "map/rn-text-layer.h"

#include <math.h>

#include "map/rn-texture.h"

#define MAX_ZOOM_OFF 1.5

struct _RnTextLayer {
  ShumateLayer parent_instance;

  RnMapPlan *plan;
};

G_DEFINE_FINAL_TYPE (RnTextLayer, rn_text_layer, SHUMATE_TYPE_LAYER)

static void
rn_text_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnTextLayer *self = RN_TEXT_LAYER (widget);
  gboolean software = rn_texture_is_software (widget);
  RnCamera camera;

  if (self->plan == NULL)
    return;
  camera = rn_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (self)), widget);
  if (fabs (camera.zoom - self->plan->camera.zoom) > MAX_ZOOM_OFF)
    return;
  for (guint i = 0; i < self->plan->texts->len; i++)
    {
      const RnPlanItem *item = &g_array_index (self->plan->texts, RnPlanItem, i);
      double x, y;

      rn_plan_item_place (item, &camera, &x, &y);
      x = round ((x + item->x) * camera.scale) / camera.scale;
      y = round ((y + item->y) * camera.scale) / camera.scale;
      if (x < camera.width && y < camera.height && x + item->width > 0 && y + item->height > 0)
        rn_texture_append (
            item->texture, software, snapshot,
            &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) item->width, (float) item->height));
    }
}

static void
rn_text_layer_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
rn_text_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (rn_text_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
}

static void
rn_text_layer_dispose (GObject *object)
{
  g_clear_pointer (&RN_TEXT_LAYER (object)->plan, rn_map_plan_unref);
  G_OBJECT_CLASS (rn_text_layer_parent_class)->dispose (object);
}

static void
rn_text_layer_class_init (RnTextLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rn_text_layer_constructed;
  G_OBJECT_CLASS (klass)->dispose = rn_text_layer_dispose;
  widget_class->snapshot = rn_text_layer_snapshot;
  widget_class->measure = rn_text_layer_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
rn_text_layer_init (RnTextLayer *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

RnTextLayer *
rn_text_layer_new (ShumateViewport *viewport)
{
  return g_object_new (RN_TYPE_TEXT_LAYER, "viewport", viewport, NULL);
}

void
rn_text_layer_set_plan (RnTextLayer *self, RnMapPlan *plan)
{
  g_clear_pointer (&self->plan, rn_map_plan_unref);
  self->plan = plan != NULL ? rn_map_plan_ref (plan) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
