/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made anew with each frame; the overrun also each second. Main thread. */
#include "ui/rn-card-work.h"

#include <math.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-lane-boxes.h"

struct _RnCardWork {
  RnCardBody parent_instance;
  GtkWidget *box, *overrun, *description, *lanes, *pairs;
};

G_DEFINE_FINAL_TYPE (RnCardWork, rn_card_work, RN_TYPE_CARD_BODY)

static void
fill_head (const RnCardContext *context, const RnWork *work, RnCardHead *head)
{
  static const char *const phases[] = { [RN_WORK_PLANNED] = N_("Planned"),
                                        [RN_WORK_ACTIVE] = N_("Active"),
                                        [RN_WORK_ENDED] = N_("Ended") };
  RnWorkPhase phase = rn_work_phase (work, context->now_us);
  const char *ref = rn_side_work_road (context->frame, work, &head->shield);
  const char *name = rn_names_get (work->names, NULL);

  head->icon = "rn-works-symbolic";
  head->icon_class = phase == RN_WORK_ACTIVE ? "works" : NULL;
  head->road = g_strdup (ref);
  head->title = g_strdup (name != NULL ? name : _("Road works"));
  head->second = rn_side_work_place (context->frame, work, FALSE);
  head->badge = g_strdup (_ (phases[phase]));
  head->age = rn_side_feed_age (context->frame, work->source, RN_FEED_WORKS, work->observed_at_us,
                                context->now_us);
  if (phase == RN_WORK_ENDED)
    head->ended_us = work->end_us;
}

static void
show_overrun (RnCardWork *self, const RnCardContext *context, const RnWork *work)
{
  gint64 over_us = rn_work_overrun_us (work, context->now_us);
  g_autofree char *age = rn_text_age (over_us);
  g_autofree char *text = g_strdup_printf (_("Overrunning: %s past its end"), age);

  gtk_label_set_text (GTK_LABEL (self->overrun), text);
  gtk_widget_set_visible (self->overrun, over_us >= 60 * RN_SECOND);
}

static void
show_lanes (RnCardWork *self, const RnWork *work)
{
  static const RnLaneBoxState states[] = { [RN_WORK_LANE_OPEN] = RN_LANE_BOX_OPEN,
                                           [RN_WORK_LANE_CLOSED] = RN_LANE_BOX_CLOSED,
                                           [RN_WORK_LANE_OTHER] = RN_LANE_BOX_AFFECTED };

  rn_card_clear (self->lanes);
  gtk_widget_set_visible (self->lanes, work->n_lanes > 0);
  for (guint i = 0; i < MIN (work->n_lanes, 12); i++)
    {
      const RnWorkLane *lane = &work->lanes[i];
      gboolean shoulder = g_strcmp0 (lane->type, "shoulder") == 0;

      gtk_box_append (GTK_BOX (self->lanes),
                      rn_lane_box_new (shoulder ? 0 : lane->order, states[lane->state]));
    }
}

static void
add_pair (RnCardWork *self, const char *what, const char *value)
{
  gtk_box_append (GTK_BOX (self->pairs), rn_card_pair (what, value));
}

/* "08:00 – 17:00" */
static char *
dup_span (const RnCardContext *context, gint64 from_us, gint64 to_us)
{
  g_autofree char *from = rn_card_moment (context, from_us);
  g_autofree char *to = rn_card_moment (context, to_us);

  return g_strdup_printf ("%s – %s", from, to);
}

static void
show_pairs (RnCardWork *self, const RnCardContext *context, const RnWork *work)
{
  g_autofree char *span = dup_span (context, work->start_us, work->end_us);
  g_autofree char *permitted = dup_span (context, work->plan_start_us, work->plan_end_us);
  g_autofree char *limit = rn_text_speed (work->limit_kmh);
  g_autofree char *capacity = rn_text_measure (rn_work_capacity_factor (work) * 100, 0, "%");

  rn_card_clear (self->pairs);
  add_pair (self, _("Permitted"), permitted);
  add_pair (self,
            work->start_verified || work->end_verified ? _("Best known (verified)")
                                                       : _("Best known"),
            span);
  add_pair (self, _("Effect"),
            work->impact != RN_IMPACT_UNKNOWN ? rn_work_impact_title (work->impact) : NULL);
  add_pair (self, _("Capacity left"), capacity);
  add_pair (self, _("Speed limit"), limit);
  add_pair (self, _("Workers"),
            work->workers < 0    ? NULL
            : work->workers == 0 ? _("absent")
                                 : _("present"));
  add_pair (self, _("Carried out by"), work->owner);
  add_pair (self, _("Permit"), work->permit);
}

static gboolean
rn_card_work_show (RnCardBody *body, const RnCardContext *context, RnCardHead *head)
{
  RnCardWork *self = RN_CARD_WORK (body);
  const RnWork *work = rn_frame_find_work (context->frame, context->key);
  const char *description;

  if (work == NULL)
    return FALSE;
  fill_head (context, work, head);
  show_overrun (self, context, work);
  if (!context->fresh)
    return TRUE;
  description = rn_names_get (work->description, NULL);
  gtk_label_set_text (GTK_LABEL (self->description), description != NULL ? description : "");
  gtk_widget_set_visible (self->description, description != NULL);
  show_lanes (self, work);
  show_pairs (self, context, work);
  return TRUE;
}

static void
rn_card_work_class_init (RnCardWorkClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  RN_CARD_BODY_CLASS (class)->show = rn_card_work_show;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-card-work.ui");
  gtk_widget_class_bind_template_child (widget_class, RnCardWork, box);
  gtk_widget_class_bind_template_child (widget_class, RnCardWork, overrun);
  gtk_widget_class_bind_template_child (widget_class, RnCardWork, description);
  gtk_widget_class_bind_template_child (widget_class, RnCardWork, lanes);
  gtk_widget_class_bind_template_child (widget_class, RnCardWork, pairs);
}

static void
rn_card_work_init (RnCardWork *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
