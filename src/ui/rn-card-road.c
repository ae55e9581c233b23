/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums over the road's sections, made with each frame. Main thread. */
#include "ui/rn-card-road.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-figure.h"
#include "ui/rn-section-rows.h"

#define MAX_WORST 4

struct _RnCardRoad {
  RnCardBody parent_instance;
  GtkWidget *box, *length, *slow, *severe, *unknown, *worst_head, *worst;
};

G_DEFINE_FINAL_TYPE (RnCardRoad, rn_card_road, RN_TYPE_CARD_BODY)

/* The age of the oldest of the newest: the worst age of any section with data. */
static RnDataAge
find_age (const RnFrame *frame, const RnRoad *road, gint64 now_us)
{
  RnDataAge worst = { RN_QUALITY_UNKNOWN, -1 };

  for (guint i = 0; i < road->n_sections; i++)
    {
      RnDataAge age = rn_side_section_age (frame, road->sections[i], now_us);

      if (age.quality > worst.quality
          || (age.quality == worst.quality && age.age_us > worst.age_us))
        worst = age;
    }
  return worst;
}

static void
fill_head (const RnCardContext *context, const RnRoad *road, RnCardHead *head)
{
  const char *name = rn_names_get (road->names, NULL);

  head->road = g_strdup (road->ref);
  head->shield = road->shield;
  head->title = g_strdup (name != NULL ? name : road->ref);
  head->second =
      g_strdup_printf (ngettext ("%u section", "%u sections", road->n_sections), road->n_sections);
  head->age = find_age (context->frame, road, context->now_us);
}

static void
show_figures (RnCardRoad *self, const RnFrame *frame, const RnRoad *road)
{
  double total = 0, slow = 0, severe = 0, unknown = 0;

  for (guint i = 0; i < road->n_sections; i++)
    {
      guint32 s = road->sections[i];
      double km = frame->network->length_m[s] / 1000;

      total += km;
      slow += frame->state[s] >= 3 ? km : 0;
      severe += frame->state[s] == 5 ? km : 0;
      unknown += frame->state[s] == 0 ? km : 0;
    }
  rn_figure_set_quantity (RN_FIGURE (self->length), rn_quantity_length (total));
  rn_figure_set_quantity (RN_FIGURE (self->slow), rn_quantity_length (slow));
  rn_figure_set_quantity (RN_FIGURE (self->severe), rn_quantity_length (severe));
  rn_figure_set_quantity (RN_FIGURE (self->unknown), rn_quantity_length (unknown));
}

static void
show_worst (RnCardRoad *self, const RnCardContext *context, const RnRoad *road)
{
  g_autoptr (GArray) slow = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < road->n_sections; i++)
    if (context->frame->state[road->sections[i]] >= 3)
      g_array_append_val (slow, road->sections[i]);
  rn_section_rows_fill (self->worst, context, (const guint32 *) (gpointer) slow->data, slow->len,
                        MAX_WORST);
  gtk_widget_set_visible (self->worst_head, slow->len > 0);
}

static gboolean
rn_card_road_show (RnCardBody *body, const RnCardContext *context, RnCardHead *head)
{
  RnCardRoad *self = RN_CARD_ROAD (body);
  guint32 i = rn_network_find_road (context->frame->network, context->key);
  const RnRoad *road;

  if (i == RN_NONE)
    return FALSE;
  road = &context->frame->network->roads[i];
  fill_head (context, road, head);
  if (!context->fresh)
    return TRUE;
  show_figures (self, context->frame, road);
  show_worst (self, context, road);
  return TRUE;
}

static void
rn_card_road_class_init (RnCardRoadClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  RN_CARD_BODY_CLASS (class)->show = rn_card_road_show;
  g_type_ensure (RN_TYPE_FIGURE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-card-road.ui");
  gtk_widget_class_bind_template_child (widget_class, RnCardRoad, box);
  gtk_widget_class_bind_template_child (widget_class, RnCardRoad, length);
  gtk_widget_class_bind_template_child (widget_class, RnCardRoad, slow);
  gtk_widget_class_bind_template_child (widget_class, RnCardRoad, severe);
  gtk_widget_class_bind_template_child (widget_class, RnCardRoad, unknown);
  gtk_widget_class_bind_template_child (widget_class, RnCardRoad, worst_head);
  gtk_widget_class_bind_template_child (widget_class, RnCardRoad, worst);
}

static void
rn_card_road_init (RnCardRoad *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
