/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames: effective capacity and speed, states with memory, qualities by age, figures computed by
 * hand, shifting of indices, determinism. */
#include "model/rn-frame.h"

#include <math.h>
#include <string.h>

#include "fixture.h"

#define S G_GINT64_CONSTANT (1000000)
#define T0 (G_GINT64_CONSTANT (1790822556) * S)

typedef struct {
  RnNetwork *network;
  RnFlowUpdate *update;
  RnFrameParts part;
} Scene;

/* A road of @n sections in two directions, all with 3,000 veh/h at 110 km/h. */
static void
scene_init (Scene *scene, guint n)
{
  memset (scene, 0, sizeof *scene);
  scene->network = fixture_road ("demo", n);
  scene->update = rn_flow_update_new (2 * n);
  scene->update->full = TRUE;
  for (guint i = 0; i < 2 * n; i++)
    {
      scene->update->section[i] = i;
      scene->update->flow_vph[i] = 3000;
      scene->update->speed_kmh[i] = 110;
    }
  scene->part.network = scene->network;
  scene->part.flow_quality_cap = RN_QUALITY_LIVE;
  scene->part.poll_us = 30 * S;
}

static void
clear_list (GPtrArray **list)
{
  g_clear_pointer (list, g_ptr_array_unref);
}

static void
scene_clear (Scene *scene)
{
  rn_flow_update_free (scene->update);
  rn_network_unref (scene->network);
  clear_list (&scene->part.incidents);
  clear_list (&scene->part.works);
  clear_list (&scene->part.warnings);
  clear_list (&scene->part.controls);
  clear_list (&scene->part.kpis);
  clear_list (&scene->part.facility_states);
  clear_list (&scene->part.stations);
}

/* The frame at @at_us, whose flow was observed then. */
static RnFrame *
scene_frame (Scene *scene, gint64 at_us, const RnFrame *before)
{
  g_autoptr (RnFlow) flow = NULL;
  RnFrame *frame;

  scene->update->observed_at_us = at_us;
  flow = rn_flow_apply (NULL, scene->update, scene->network->n_sections, FALSE);
  scene->part.flow = flow;
  scene->part.now_us = at_us;
  frame = rn_frame_build (scene->network, &scene->part, 1, rn_state_table_default (), at_us,
                          before, NULL, 0);
  scene->part.flow = NULL;
  return frame;
}

static void
set_row (Scene *scene, guint i, double flow, double speed)
{
  scene->update->flow_vph[i] = (float) flow;
  scene->update->speed_kmh[i] = (float) speed;
}

static void
add_to (GPtrArray **list, gpointer element, gpointer unref)
{
  if (*list == NULL)
    *list = g_ptr_array_new_with_free_func ((GDestroyNotify) unref);
  g_ptr_array_add (*list, element);
}

static RnIncident *
add_incident (Scene *scene, guint32 section, int blocked)
{
  RnIncident *incident = rn_incident_new ("demo", "i");

  incident->section = section;
  incident->lanes = g_new0 (RnIncidentLane, MAX (blocked, 1));
  for (int k = 0; k < blocked; k++)
    incident->lanes[k] = (RnIncidentLane){ k + 1, RN_LANE_BLOCKED };
  incident->n_lanes = blocked;
  add_to (&scene->part.incidents, incident, rn_incident_unref);
  return incident;
}

static RnWork *
add_work (Scene *scene, guint32 section, double factor, double limit_kmh)
{
  RnWork *work = rn_work_new ("demo", "w");

  work->sections = g_memdup2 (&section, sizeof section);
  work->n_sections = 1;
  work->capacity_factor = factor;
  work->limit_kmh = limit_kmh;
  add_to (&scene->part.works, work, rn_work_unref);
  return work;
}

/* ---- effects ------------------------------------------------------------------------------- */

static void
test_effects (void)
{
  Scene scene;
  g_autoptr (RnFrame) frame = NULL;
  RnControl *control = rn_control_new ("demo", "c");
  RnWarning *warning = rn_warning_new ("demo", "v");
  const guint32 one = 1, three = 3;

  scene_init (&scene, 5);
  add_incident (&scene, 1, 1);             /* 2 of 3 lanes open */
  add_incident (&scene, 1, 2);             /* the worst counts: 1 of 3 */
  add_incident (&scene, 2, 3)->status = RN_INCIDENT_CLOSED;
  add_work (&scene, 1, 0.5, 60);
  add_work (&scene, 4, 0.5, 60)->start_us = T0 + S; /* not yet */
  control->limit_kmh = 40;
  control->sections = g_memdup2 (&three, sizeof three);
  control->n_sections = 1;
  add_to (&scene.part.controls, control, rn_control_unref);
  warning->hazard = RN_HAZARD_RAIN;
  warning->tier = 2;
  warning->sections = g_memdup2 (&one, sizeof one);
  warning->n_sections = 1;
  add_to (&scene.part.warnings, warning, rn_warning_unref);
  frame = scene_frame (&scene, T0, NULL);
  g_assert_cmpfloat_with_epsilon (frame->effective_capacity_vph[1], 6600 * 0.5 / 3 * 0.86, 0.5);
  g_assert_cmpfloat (frame->effective_speed_kmh[1], ==, 60);
  g_assert_cmpint (frame->factors[1], ==,
                   RN_FACTOR_WORKS | RN_FACTOR_INCIDENT | RN_FACTOR_WEATHER);
  g_assert_cmpfloat (frame->effective_capacity_vph[2], ==, 6600);
  g_assert_cmpint (frame->factors[2], ==, 0);
  g_assert_cmpfloat (frame->effective_speed_kmh[3], ==, 40);
  g_assert_cmpint (frame->factors[3], ==, RN_FACTOR_CONTROL);
  g_assert_cmpint (frame->factors[4], ==, 0);
  g_assert_cmpfloat_with_epsilon (rn_frame_speed_ratio (frame, 3), 110.0 / 40, 1e-6);
  g_assert_cmpfloat_with_epsilon (rn_frame_saturation (frame, 0), 3000.0 / 6600, 1e-6);
  g_assert_cmpfloat_with_epsilon (rn_frame_density_vpkm (frame, 0), 3000.0 / 110 / 3, 1e-6);
  g_assert_cmpint (frame->los[0], ==, 2);
  g_assert_cmpint (frame->los[1], ==, 6);
  scene_clear (&scene);
}

static void
test_full_closure (void)
{
  Scene scene;
  g_autoptr (RnFrame) frame = NULL;

  scene_init (&scene, 3);
  add_incident (&scene, 1, 0)->type = RN_INCIDENT_CLOSURE;
  frame = scene_frame (&scene, T0, NULL);
  g_assert_cmpfloat (frame->effective_capacity_vph[1], ==, 0);
  g_assert_true (isnan (rn_frame_saturation (frame, 1)));
  scene_clear (&scene);
}

static RnWarning *
add_ring (Scene *scene, double from_m, double to_m)
{
  RnWarning *warning = rn_warning_new ("demo", "ring");
  RnPoint ring[] = { { 119 + fixture_lon (from_m), 31.9 }, { 119 + fixture_lon (to_m), 31.9 },
                     { 119 + fixture_lon (to_m), 32.1 }, { 119 + fixture_lon (from_m), 32.1 } };

  warning->hazard = RN_HAZARD_SNOW;
  warning->tier = 1;
  warning->ring = g_memdup2 (ring, sizeof ring);
  warning->n_ring = 4;
  add_to (&scene->part.warnings, warning, rn_warning_unref);
  return warning;
}

/* A section is in a ring with its middle. Warnings come and go with their times. */
static void
test_weather_ring (void)
{
  Scene scene;
  g_autoptr (RnFrame) a = NULL, b = NULL, c = NULL, d = NULL;

  scene_init (&scene, 6);
  add_ring (&scene, 1600, 3600)->until_us = T0 + 60 * S;
  a = scene_frame (&scene, T0, NULL);
  for (guint i = 0; i < 6; i++)
    {
      /* Middles at 500, 1500, 2500, 3500 …: only 2500 and 3500 lie inside. */
      gboolean inside = i == 2 || i == 3;

      g_assert_cmpfloat_with_epsilon (a->effective_capacity_vph[i], inside ? 3960 : 6600, 0.5);
      g_assert_cmpint (a->factors[6 + i], ==, inside ? RN_FACTOR_WEATHER : 0);
    }
  /* Taken over while nothing changes, and dropped when it ends. */
  b = scene_frame (&scene, T0 + 30 * S, a);
  g_assert_cmpmem (b->factors, 12, a->factors, 12);
  c = scene_frame (&scene, T0 + 60 * S, b);
  g_assert_cmpint (c->factors[2], ==, 0);
  add_ring (&scene, -100, 900);
  d = scene_frame (&scene, T0 + 70 * S, c);
  g_assert_cmpint (d->factors[0], ==, RN_FACTOR_WEATHER);
  g_assert_cmpint (d->factors[2], ==, 0);
  scene_clear (&scene);
}

/* ---- states -------------------------------------------------------------------------------- */

/* A closure at a3: a2 stands and its flow sinks to nothing. It stays severe as long as it stands,
 * and is smooth when it moves again. */
static void
test_standstill_own (void)
{
  Scene scene;
  RnFrame *frame = NULL;
  static const struct {
    gint64 s;
    double flow, speed;
    guint8 state;
    RnStateMark mark;
  } steps[] = {
    { 0, 3000, 110, 1, RN_MARK_NONE },
    { 60, 1500, 40, 4, RN_MARK_NONE },
    { 120, 90, 8, 5, RN_MARK_STANDSTILL },
    { 180, 0, 0, 5, RN_MARK_STANDSTILL },
    { 3600 - 10, 0, 0, 1, RN_MARK_FEW_VEHICLES }, /* nothing heard for most of an hour: forgotten */
  };
  static const struct {
    gint64 s;
    double flow, speed;
    guint8 state;
    RnStateMark mark;
  } go_on[] = {
    { 240, 0, 0, 5, RN_MARK_STANDSTILL },  { 840, 0, 3, 5, RN_MARK_STANDSTILL },
    { 1440, 0, 0, 5, RN_MARK_STANDSTILL }, { 1500, 4000, 60, 3, RN_MARK_NONE },
    { 1560, 100, 110, 1, RN_MARK_FEW_VEHICLES }, { 1620, 0, 12, 5, RN_MARK_STANDSTILL },
    { 2221, 0, 12, 1, RN_MARK_FEW_VEHICLES }, /* 601 s */
  };

  scene_init (&scene, 5);
  for (guint run = 0; run < 2; run++)
    {
      guint n = run == 0 ? G_N_ELEMENTS (steps) : 4 + G_N_ELEMENTS (go_on);

      for (guint k = 0; k < n; k++)
        {
          gboolean first = k < 4 || run == 0;
          gint64 s = first ? steps[k].s : go_on[k - 4].s;
          RnFrame *next;

          set_row (&scene, 2, first ? steps[k].flow : go_on[k - 4].flow,
                   first ? steps[k].speed : go_on[k - 4].speed);
          next = scene_frame (&scene, T0 + s * S, frame);
          g_test_message ("run %u, %d s", run, (int) s);
          g_assert_cmpint (next->state[2], ==, first ? steps[k].state : go_on[k - 4].state);
          g_assert_cmpint (next->mark[2], ==, first ? steps[k].mark : go_on[k - 4].mark);
          g_clear_pointer (&frame, rn_frame_unref);
          frame = next;
        }
      g_clear_pointer (&frame, rn_frame_unref);
    }
  scene_clear (&scene);
}

static void
test_standstill_upstream (void)
{
  Scene scene;
  g_autoptr (RnFrame) a = NULL, b = NULL, c = NULL, other = NULL;

  scene_init (&scene, 5);
  /* In one frame a1 jams and a2, behind it in travel, stands without flow: it counts at once. */
  set_row (&scene, 1, 2000, 35);
  set_row (&scene, 2, 0, 5);
  set_row (&scene, 3, 0, 5);  /* its upstream neighbour was not in state 4 */
  set_row (&scene, 5 + 2, 0, 5); /* the other direction has nothing to do with it */
  a = scene_frame (&scene, T0, NULL);
  g_assert_cmpint (a->state[1], ==, 4);
  g_assert_cmpint (a->state[2], ==, 5);
  g_assert_cmpint (a->mark[2], ==, RN_MARK_STANDSTILL);
  g_assert_cmpint (a->state[3], ==, 1);
  g_assert_cmpint (a->state[5 + 2], ==, 1);
  /* State 3 upstream is not enough. */
  scene.update->speed_kmh[1] = 60;
  other = scene_frame (&scene, T0, NULL);
  g_assert_cmpint (other->state[1], ==, 3);
  g_assert_cmpint (other->state[2], ==, 1);
  /* Nine minutes later the jam upstream is over, but remembered; then a2 itself is in state 5, so
   * that a3 counts too. */
  set_row (&scene, 1, 2000, 110);
  b = scene_frame (&scene, T0 + 540 * S, a);
  g_assert_cmpint (b->state[1], ==, 1);
  g_assert_cmpint (b->state[2], ==, 5);
  g_assert_cmpint (b->state[3], ==, 5);
  g_assert_cmpint (b->state[5 + 2], ==, 1);
  scene_clear (&scene);
}

/* The same inputs give the same bytes, also when made twice from the same frame before. */
static void
test_deterministic (void)
{
  Scene scene;
  RnFrame *before = NULL;

  scene_init (&scene, 50);
  add_incident (&scene, 7, 2);
  add_ring (&scene, 10000, 20000);
  for (int step = 0; step < 20; step++)
    {
      RnFrame *a, *b;

      for (guint i = 0; i < 100; i++)
        set_row (&scene, i, g_test_rand_int_range (0, 4) == 0 ? 0 : g_test_rand_int_range (0, 6000),
                 g_test_rand_int_range (0, 3) == 0 ? g_test_rand_int_range (0, 20)
                                                   : g_test_rand_int_range (0, 130));
      a = scene_frame (&scene, T0 + step * 30 * S, before);
      b = scene_frame (&scene, T0 + step * 30 * S, before);
      g_assert_cmpmem (a->state, 100, b->state, 100);
      g_assert_cmpmem (a->mark, 100, b->mark, 100);
      g_assert_cmpmem (a->los, 100, b->los, 100);
      g_assert_cmpmem (a->quality, 100, b->quality, 100);
      g_assert_cmpmem (a->slow_us, 800, b->slow_us, 800);
      g_assert_cmpmem (a->effective_capacity_vph, 400, b->effective_capacity_vph, 400);
      g_assert_cmpmem (&a->figures, sizeof a->figures, &b->figures, sizeof b->figures);
      g_assert_cmpuint (a->serial, ==, (guint) step + 1);
      rn_frame_unref (b);
      g_clear_pointer (&before, rn_frame_unref);
      before = a;
    }
  rn_frame_unref (before);
  scene_clear (&scene);
}

/* ---- quality ------------------------------------------------------------------------------- */

static void
test_quality (void)
{
  /* P = 30 s: live up to 65 s, late to 120, stale to 300. */
  static const struct {
    int age_s;
    RnQuality cap, expected;
  } cases[] = {
    { 0, RN_QUALITY_LIVE, RN_QUALITY_LIVE },     { 65, RN_QUALITY_LIVE, RN_QUALITY_LIVE },
    { 66, RN_QUALITY_LIVE, RN_QUALITY_LATE },    { 120, RN_QUALITY_LIVE, RN_QUALITY_LATE },
    { 121, RN_QUALITY_LIVE, RN_QUALITY_STALE },  { 300, RN_QUALITY_LIVE, RN_QUALITY_STALE },
    { 301, RN_QUALITY_LIVE, RN_QUALITY_LOST },   { 0, RN_QUALITY_SUSPECT, RN_QUALITY_SUSPECT },
    { 66, RN_QUALITY_STALE, RN_QUALITY_STALE },  { 301, RN_QUALITY_LATE, RN_QUALITY_LOST },
    { -61, RN_QUALITY_LIVE, RN_QUALITY_SUSPECT }, { -60, RN_QUALITY_LIVE, RN_QUALITY_LIVE },
  };
  Scene scene;

  scene_init (&scene, 2);
  set_row (&scene, 1, NAN, NAN);
  for (guint delay_s = 0; delay_s <= 40; delay_s += 40)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (RnFlow) flow = NULL;
        g_autoptr (RnFrame) frame = NULL;

        if (cases[i].age_s < 0 && delay_s > 0)
          continue;
        scene.update->observed_at_us = T0;
        flow = rn_flow_apply (NULL, scene.update, 4, FALSE);
        scene.part.flow = flow;
        scene.part.flow_quality_cap = cases[i].cap;
        scene.part.delay_us = delay_s * S;
        scene.part.now_us = T0 + cases[i].age_s * S + delay_s * S;
        frame = rn_frame_build (scene.network, &scene.part, 1, rn_state_table_default (), T0, NULL,
                                NULL, 0);
        g_test_message ("%d s, delay %u s", cases[i].age_s, delay_s);
        g_assert_cmpint (frame->quality[0], ==, cases[i].expected);
        g_assert_cmpint (frame->quality[1], ==, RN_QUALITY_UNKNOWN); /* sent with nulls */
        g_assert_cmpint (frame->state[0], ==, 1); /* kept, for the map to fade */
        g_assert_cmpuint (frame->figures.n_sections_known, ==,
                          cases[i].expected == RN_QUALITY_LOST ? 0 : 3);
      }
  scene_clear (&scene);
}

/* ---- figures ------------------------------------------------------------------------------- */

static void
test_figures (void)
{
  Scene scene;
  g_autoptr (RnFrame) frame = NULL;
  const RnFigures *f;
  RnKpi *kpi = rn_kpi_new ("demo", "vehicles_today"), *other = rn_kpi_new ("demo", "calls");

  scene_init (&scene, 4); /* 8 sections of 1 km */
  set_row (&scene, 0, 1000, 100); /* 1 */
  set_row (&scene, 1, 2000, 80);  /* 2: r = 0.67 */
  set_row (&scene, 2, 3000, 60);  /* 3: 0.5 */
  set_row (&scene, 3, 3000, 40);  /* 4: 0.33 */
  set_row (&scene, 4, 1000, 20);  /* 5: 0.17 */
  set_row (&scene, 5, NAN, 120);  /* 1, flow not known */
  set_row (&scene, 6, NAN, NAN);  /* no data */
  set_row (&scene, 7, 500, NAN);  /* no speed, no state */
  kpi->value = 2183400.4;
  kpi->record_value = 2700000;
  other->value = 7;
  add_to (&scene.part.kpis, other, rn_kpi_unref);
  add_to (&scene.part.kpis, kpi, rn_kpi_unref);
  frame = scene_frame (&scene, T0, NULL);
  f = &frame->figures;
  g_assert_cmpfloat_with_epsilon (f->total_km, 8, 0.01);
  g_assert_cmpfloat_with_epsilon (f->data_km, 6, 0.01);
  g_assert_cmpfloat_with_epsilon (f->state_km[0], 2, 0.01);
  g_assert_cmpfloat_with_epsilon (f->state_km[1], 2, 0.01);
  g_assert_cmpfloat_with_epsilon (f->state_km[3], 1, 0.01);
  g_assert_cmpfloat_with_epsilon (f->slow_km, 3, 0.01);
  g_assert_cmpfloat_with_epsilon (f->severe_km, 1, 0.01);
  g_assert_cmpfloat_with_epsilon (f->smooth_rate, 0.5, 1e-6);
  g_assert_cmpuint (f->n_sections_known, ==, 6);
  /* Σ q v = 100,000 + 160,000 + 180,000 + 120,000 + 20,000 = 580,000, Σ q = 10,000 over five
   * sections; the sixth counts with their mean of 2,000: 820,000 / 12,000. */
  g_assert_cmpfloat_with_epsilon (f->mean_speed_kmh, 820.0 / 12, 0.01);
  g_assert_cmpint (f->vehicles_today, ==, 2183400);
  g_assert_cmpint (f->vehicles_record, ==, 2700000);
  scene_clear (&scene);
}

static void
test_figures_unknown (void)
{
  Scene scene;
  g_autoptr (RnFrame) frame = NULL, empty = rn_frame_new_empty ();

  scene_init (&scene, 2);
  frame = rn_frame_build (scene.network, &scene.part, 1, rn_state_table_default (), T0, NULL, NULL,
                          0);
  g_assert_true (isnan (frame->figures.smooth_rate));
  g_assert_true (isnan (frame->figures.mean_speed_kmh));
  g_assert_cmpint (frame->figures.vehicles_today, ==, -1);
  g_assert_cmpint (frame->quality[0], ==, RN_QUALITY_UNKNOWN);
  g_assert_cmpint (frame->state[0], ==, 0);
  g_assert_true (isnan (empty->figures.smooth_rate));
  g_assert_cmpuint (empty->network->n_sections, ==, 0);
  scene_clear (&scene);
}

/* ---- several sources ----------------------------------------------------------------------- */

static void
test_two_sources (void)
{
  Scene a, b;
  g_autoptr (RnNetwork) joint = NULL;
  g_autoptr (RnFlow) flow_a = NULL, flow_b = NULL;
  g_autoptr (RnFrame) frame = NULL;
  RnFrameParts parts[2];
  RnFeedStatus status = { .source = (char *) "x", .kind = RN_FEED_FLOW };
  const RnFeedStatus *feeds[] = { &status };
  const RnIncident *found;

  scene_init (&a, 3);
  scene_init (&b, 4);
  rn_network_unref (b.network);
  b.part.network = b.network = fixture_road ("west", 4);
  a.update->observed_at_us = b.update->observed_at_us = T0;
  set_row (&b, 2, 4000, 20);
  flow_a = rn_flow_apply (NULL, a.update, 6, FALSE);
  flow_b = rn_flow_apply (NULL, b.update, 8, FALSE);
  add_incident (&b, 2, 1);
  add_work (&b, 1, 0.5, NAN);
  add_incident (&a, RN_NONE, 0);
  parts[0] = a.part;
  parts[1] = b.part;
  parts[0].flow = flow_a;
  parts[1].flow = flow_b;
  parts[0].now_us = parts[1].now_us = T0;
  parts[1].flow_quality_cap = RN_QUALITY_LATE;
  joint = rn_network_concat ((const RnNetwork *[]){ a.network, b.network }, 2, NULL);
  frame = rn_frame_build (joint, parts, 2, rn_state_table_default (), T0, NULL, feeds, 1);
  g_assert_cmpint (frame->state[6 + 2], ==, 5);
  g_assert_cmpint (frame->factors[6 + 2], ==, RN_FACTOR_INCIDENT);
  g_assert_cmpint (frame->factors[2], ==, 0);
  g_assert_cmpint (frame->factors[6 + 1], ==, RN_FACTOR_WORKS);
  g_assert_cmpint (frame->quality[0], ==, RN_QUALITY_LIVE);
  g_assert_cmpint (frame->quality[6], ==, RN_QUALITY_LATE);
  g_assert_cmpuint (frame->incidents->len, ==, 2);
  found = frame->incidents->pdata[1];
  g_assert_cmpuint (found->section, ==, 8);
  g_assert_cmpuint (((RnIncident *) frame->incidents->pdata[0])->section, ==, RN_NONE);
  g_assert_cmpuint (((RnWork *) frame->works->pdata[0])->sections[0], ==, 7);
  /* Those of the source are as they were. */
  g_assert_cmpuint (((RnIncident *) b.part.incidents->pdata[0])->section, ==, 2);
  g_assert_cmpuint (frame->n_feeds, ==, 1);
  g_assert_cmpstr (frame->feeds[0]->source, ==, "x");
  scene_clear (&a);
  scene_clear (&b);
  /* The frame stands alone. */
  g_assert_cmpstr (frame->network->key[8], ==, "west/a2");
}

/* A flow of an older network has another size: it is not used. */
static void
test_flow_of_other_network (void)
{
  Scene scene;
  g_autoptr (RnFlow) flow = NULL;
  g_autoptr (RnFrame) frame = NULL;

  scene_init (&scene, 2);
  scene.update->observed_at_us = T0;
  flow = rn_flow_apply (NULL, scene.update, 3, FALSE);
  scene.part.flow = flow;
  scene.part.now_us = T0;
  frame = rn_frame_build (scene.network, &scene.part, 1, rn_state_table_default (), T0, NULL, NULL,
                          0);
  g_assert_true (isnan (frame->speed_kmh[0]));
  scene_clear (&scene);
}

/* ---- looking things up --------------------------------------------------------------------- */

static RnNetwork *
network_with_facility (void)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("demo", "1");
  RnPoint line[] = { { 119, 32 }, { 119.1, 32 } };
  RnSectionRow row = RN_SECTION_ROW_INIT;
  RnFacilityRow facility = RN_FACILITY_ROW_INIT;

  row.id = "s";
  row.road = "G1";
  row.from_m = 0;
  row.to_m = 1000;
  row.points = line;
  row.n_points = 2;
  rn_network_builder_add_section (builder, &row, NULL);
  facility.at = (RnPoint){ 119.5, 32.5 };
  facility.id = "f0";
  rn_network_builder_add_facility (builder, &facility, NULL);
  facility.id = "f1";
  rn_network_builder_add_facility (builder, &facility, NULL);
  return rn_network_builder_end (builder);
}

static gboolean
locates (const RnFrame *frame, RnSubjectKind kind, const char *key, double lon)
{
  g_autoptr (RnSubject) subject = rn_subject_new (kind, key);
  RnBox box;

  return rn_frame_locate (frame, subject, &box)
         && fabs ((box.min_lon + box.max_lon) / 2 - lon) < 1e-4;
}

static void
test_lookup (void)
{
  Scene scene;
  g_autoptr (RnFrame) frame = NULL;
  g_autoptr (RnSubject) none = rn_subject_new (RN_SUBJECT_INCIDENT, "demo/none");
  RnFacilityState *state = rn_facility_state_new ("demo", "f1", RN_FACILITY_SERVICE_AREA);
  RnStation *station = rn_station_new ("demo", "t");
  RnDevice *device = rn_device_new ("demo", "dev", RN_DEVICE_CAMERA);
  RnIncident *incident;
  RnBox box;

  scene_init (&scene, 1);
  rn_network_unref (scene.network);
  scene.part.network = scene.network = network_with_facility ();
  state->facility = 1;
  add_to (&scene.part.facility_states, state, rn_facility_state_unref);
  station->at = (RnPoint){ 120, 31 };
  add_to (&scene.part.stations, station, rn_station_unref);
  device->at = (RnPoint){ 119.25, 31 };
  device->located = TRUE;
  add_to (&scene.part.devices, device, rn_device_unref);
  add_to (&scene.part.devices, rn_device_new ("demo", "lost", RN_DEVICE_OTHER), rn_device_unref);
  incident = add_incident (&scene, 0, 1);
  incident->chainage_m = 250;
  add_work (&scene, 0, 0.5, NAN);
  add_ring (&scene, 0, 2000);
  frame = rn_frame_build (scene.network, &scene.part, 1, rn_state_table_default (), T0, NULL, NULL,
                          0);
  g_assert_true (rn_frame_facility_state (frame, 1) == state);
  g_assert_null (rn_frame_facility_state (frame, 0));
  g_assert_null (rn_frame_facility_state (frame, 99));
  g_assert_true (rn_frame_find_incident (frame, "demo/i") == incident);
  g_assert_null (rn_frame_find_incident (frame, "demo/x"));
  g_assert_nonnull (rn_frame_find_work (frame, "demo/w"));
  g_assert_true (locates (frame, RN_SUBJECT_SECTION, "demo/s", 119.05));
  g_assert_true (locates (frame, RN_SUBJECT_FACILITY, "demo/f0", 119.5));
  g_assert_true (locates (frame, RN_SUBJECT_INCIDENT, "demo/i", 119.025)); /* by its chainage */
  g_assert_true (locates (frame, RN_SUBJECT_WORK, "demo/w", 119.05));
  g_assert_true (locates (frame, RN_SUBJECT_WARNING, "demo/ring", 119 + fixture_lon (1000)));
  g_assert_true (locates (frame, RN_SUBJECT_DEVICE, "demo/dev", 119.25));
  g_assert_false (locates (frame, RN_SUBJECT_DEVICE, "demo/lost", 0));
  g_assert_true (locates (frame, RN_SUBJECT_STATION, "demo/t", 120));
  g_assert_true (locates (frame, RN_SUBJECT_ROAD, "g1", 119.05));
  g_assert_false (rn_frame_locate (frame, none, &box));
  scene_clear (&scene);
}

static RnFrame *
frame_with_feed (Scene *scene, RnFeedKind kind)
{
  g_autoptr (RnFeedStatus) status = g_new0 (RnFeedStatus, 1);
  const RnFeedStatus *feeds[] = { status };

  status->source = g_strdup ("demo");
  status->kind = kind;
  return rn_frame_build (scene->network, &scene->part, 1, rn_state_table_default (), T0, NULL,
                         feeds, 1);
}

/* Works of a source without a network are all there is to see; of one with, they wait for it. */
static void
test_extent (void)
{
  const RnPoint line[] = { { -105, 39 }, { -104.5, 40 } };
  RnWork *work = rn_work_new ("demo", "w");
  RnDevice *device = rn_device_new ("demo", "d", RN_DEVICE_CAMERA);
  Scene scene, network;
  RnBox box;

  scene_init (&scene, 1);
  scene_init (&network, 1);
  rn_network_unref (scene.network);
  scene.part.network = scene.network = rn_network_new_empty ();
  scene.part.flow = NULL;
  work->n_line = G_N_ELEMENTS (line);
  work->line = g_memdup2 (line, sizeof line);
  add_to (&scene.part.works, work, rn_work_unref);
  device->at = (RnPoint){ -106, 39.5 };
  device->located = TRUE;
  add_to (&scene.part.devices, device, rn_device_unref);
  add_to (&scene.part.devices, rn_device_new ("demo", "lost", RN_DEVICE_OTHER), rn_device_unref);
  {
    g_autoptr (RnFrame) things = frame_with_feed (&scene, RN_FEED_WORKS);
    g_autoptr (RnFrame) waiting = frame_with_feed (&scene, RN_FEED_NETWORK);
    g_autoptr (RnFrame) come = frame_with_feed (&network, RN_FEED_NETWORK);
    g_autoptr (RnFrame) empty = rn_frame_new_empty ();

    g_assert_false (rn_frame_expects_network (things));
    g_assert_true (rn_frame_get_extent (things, &box));
    g_assert_cmpfloat (box.min_lon, ==, -106);
    g_assert_cmpfloat (box.max_lon, ==, -104.5);
    g_assert_cmpfloat (box.min_lat, ==, 39);
    g_assert_cmpfloat (box.max_lat, ==, 40);
    g_assert_true (rn_frame_expects_network (waiting));
    g_assert_false (rn_frame_get_extent (waiting, &box));
    g_assert_true (rn_frame_get_extent (come, &box));
    g_assert_cmpfloat (box.min_lon, ==, network.network->extent.min_lon);
    g_assert_false (rn_frame_get_extent (empty, &box));
  }
  scene_clear (&scene);
  scene_clear (&network);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/effects", test_effects);
  g_test_add_func ("/frame/full-closure", test_full_closure);
  g_test_add_func ("/frame/weather-ring", test_weather_ring);
  g_test_add_func ("/frame/standstill-own", test_standstill_own);
  g_test_add_func ("/frame/standstill-upstream", test_standstill_upstream);
  g_test_add_func ("/frame/deterministic", test_deterministic);
  g_test_add_func ("/frame/quality", test_quality);
  g_test_add_func ("/frame/figures", test_figures);
  g_test_add_func ("/frame/figures-unknown", test_figures_unknown);
  g_test_add_func ("/frame/two-sources", test_two_sources);
  g_test_add_func ("/frame/flow-of-other-network", test_flow_of_other_network);
  g_test_add_func ("/frame/lookup", test_lookup);
  g_test_add_func ("/frame/extent", test_extent);
  return g_test_run ();
}
