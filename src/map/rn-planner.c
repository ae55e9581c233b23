/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tools (fonts, sprites, what was placed where) go from job to job; a job that was cancelled
 * keeps them until it has ended. */
#include "map/rn-planner.h"

#include "base/rn-i18n.h"
#include "map/rn-jobs.h"

struct _RnPlanner {
  RnPlannerFunc ready;
  gpointer user_data;
  RnPlanTools *tools;
  RnThemeId theme; /* of the tools */
  int scale;
  double text_scale;
  RnJob *job;
  RnPlanRequest waiting; /* while has_waiting */
  RnThemeId waiting_theme;
  gboolean has_waiting;
};

typedef struct {
  RnPlanner *planner; /* not after a cancel */
  RnPlanTools *tools;
  RnPlanRequest request;
  RnMapPlan *plan;
} Arrange;

static void
arrange_run (gpointer data)
{
  Arrange *arrange = data;

  arrange->plan = rn_map_plan_new (arrange->tools, &arrange->request);
}

static void
arrange_free (gpointer data)
{
  Arrange *arrange = data;

  rn_plan_tools_unref (arrange->tools);
  rn_plan_request_clear (&arrange->request);
  g_clear_pointer (&arrange->plan, rn_map_plan_unref);
  g_free (arrange);
}

static void start (RnPlanner *self, RnPlanRequest *request, RnThemeId theme);

static void
arrange_done (gpointer data)
{
  Arrange *arrange = data;
  RnPlanner *self = arrange->planner;

  self->job = NULL;
  if (self->has_waiting)
    {
      self->has_waiting = FALSE;
      start (self, &self->waiting, self->waiting_theme);
    }
  self->ready (arrange->plan, self->user_data);
}

static void
start (RnPlanner *self, RnPlanRequest *request, RnThemeId theme)
{
  Arrange *arrange = g_new0 (Arrange, 1);

  if (self->tools == NULL || self->theme != theme || self->scale != request->camera.scale
      || self->text_scale != request->text_scale)
    {
      g_clear_pointer (&self->tools, rn_plan_tools_unref);
      self->tools = rn_plan_tools_new (theme, request->camera.scale, request->text_scale,
                                       rn_i18n_language ());
      self->theme = theme;
      self->scale = request->camera.scale;
      self->text_scale = request->text_scale;
    }
  arrange->planner = self;
  arrange->tools = rn_plan_tools_ref (self->tools);
  arrange->request = *request;
  *request = (RnPlanRequest){ 0 };
  self->job = rn_job_push (RN_JOB_TEXT, arrange_run, arrange_done, arrange, arrange_free);
}

RnPlanner *
rn_planner_new (RnPlannerFunc ready, gpointer user_data)
{
  RnPlanner *self = g_new0 (RnPlanner, 1);

  self->ready = ready;
  self->user_data = user_data;
  return self;
}

void
rn_planner_free (RnPlanner *self)
{
  rn_job_clear (&self->job);
  rn_plan_request_clear (&self->waiting);
  g_clear_pointer (&self->tools, rn_plan_tools_unref);
  g_free (self);
}

void
rn_planner_request (RnPlanner *self, RnPlanRequest *request, RnThemeId theme)
{
  if (self->job == NULL)
    {
      start (self, request, theme);
      return;
    }
  rn_plan_request_clear (&self->waiting);
  self->waiting = *request;
  self->waiting_theme = theme;
  self->has_waiting = TRUE;
  *request = (RnPlanRequest){ 0 };
}

gboolean
rn_planner_is_busy (const RnPlanner *self)
{
  return self->job != NULL;
}
