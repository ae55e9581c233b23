/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times in minutes after the occurrence are drawn by type; what share of a road's capacity is left
 * is HCM 2010, Exhibit 10-17 (as in HCM 2000, 22-6). */
#include "sim/rn-sim-incident.h"

#include "sim/rn-sim-random.h"
#include "sim/rn-sim-time.h"

#include <math.h>

typedef struct {
  double verify, dispatch, arrive, open, depart; /* mean minutes, each after the one before */
  int lanes;                                     /* blocked at most */
  double shoulder;                               /* chance that only the shoulder is touched */
  guint parties;                                 /* bits */
  const char *zh, *en;
} Course;

#define P(party) (1u << RN_PARTY_##party)
static const Course courses[RN_N_INCIDENT_TYPES] = {
  [RN_INCIDENT_CRASH] = { 2, 2, 10, 26, 8, 2, 0.15,
                          P (OPERATOR) | P (POLICE) | P (ENFORCEMENT) | P (RESCUE), "车辆追尾事故",
                          "Rear-end crash" },
  [RN_INCIDENT_BREAKDOWN] = { 3, 2, 12, 18, 4, 1, 0.65, P (OPERATOR) | P (POLICE) | P (RESCUE),
                              "车辆故障", "Broken-down vehicle" },
  [RN_INCIDENT_DEBRIS] = { 2, 1, 9, 5, 3, 1, 0.2, P (OPERATOR) | P (ENFORCEMENT), "路面抛洒物",
                           "Debris on the road" },
  [RN_INCIDENT_FIRE] = { 1, 1, 12, 55, 20, 2, 0.0,
                         P (OPERATOR) | P (POLICE) | P (ENFORCEMENT) | P (RESCUE) | P (FIRE),
                         "车辆起火", "Vehicle fire" },
  [RN_INCIDENT_HAZMAT] = { 2, 2, 14, 70, 25, 1, 0.4,
                           P (OPERATOR) | P (POLICE) | P (ENFORCEMENT) | P (RESCUE) | P (FIRE),
                           "危化品罐车故障", "Broken-down tanker" },
  [RN_INCIDENT_CONGESTION] = { 2, 3, 10, 30, 5, 0, 1.0, P (OPERATOR) | P (POLICE), "车流量大缓行",
                               "Heavy traffic" },
  [RN_INCIDENT_WEATHER] = { 2, 3, 12, 80, 5, 0, 1.0, P (OPERATOR) | P (POLICE), "路面积水",
                            "Water on the road" },
  [RN_INCIDENT_CLOSURE] = { 1, 1, 8, 60, 5, 8, 0.0, P (OPERATOR) | P (POLICE) | P (ENFORCEMENT),
                            "道路封闭", "Road closed" },
  [RN_INCIDENT_INFRASTRUCTURE] = { 4, 4, 15, 60, 10, 1, 0.5, P (OPERATOR) | P (ENFORCEMENT),
                                   "护栏受损", "Damaged guardrail" },
  [RN_INCIDENT_OTHER] = { 3, 3, 10, 20, 5, 0, 0.9, P (OPERATOR) | P (ENFORCEMENT), "行人上高速",
                          "Pedestrian on the road" },
};
#undef P

static const char *const party_by[RN_N_PARTIES][2] = {
  { "监控员 周敏", "Control room, Zhou Min" },
  { "高速二大队", "Traffic police, unit 2" },
  { "执法大队", "Road enforcement" },
  { "清障 07", "Tow 07" },
  { "消防救援站", "Fire station" },
  { "急救分站", "Ambulance station" },
};

static double
draw (const RnSimIncidentMaker *maker, guint64 what)
{
  return rn_sim_uniform (maker->seed, RN_SIM_STREAM_INCIDENT, 1, what);
}

/* A time around @minutes: between half and twice of it, more often short. */
static gint64
after (const RnSimIncidentMaker *maker, guint64 what, double minutes)
{
  double u = draw (maker, what);

  return (gint64) (minutes * (0.5 + 1.5 * u * u) * 60.0) * RN_SIM_SECOND;
}

void
rn_sim_incident_add_log (RnSimIncident *self, gint64 at_us, const char *by, const char *text)
{
  RnSimLogLine line = { .at_us = at_us, .by = by, .text = text };
  guint place = self->log->len;

  while (place > 0 && g_array_index (self->log, RnSimLogLine, place - 1).at_us > at_us)
    place--;
  g_array_insert_val (self->log, place, line);
}

static void
say (const RnSimIncidentMaker *maker, RnSimIncident *self, gint64 at_us, RnParty party,
     const char *zh, const char *en)
{
  rn_sim_incident_add_log (self, at_us, party_by[party][maker->chinese ? 0 : 1],
                           maker->chinese ? zh : en);
}

static void
take_lanes (const RnSimIncidentMaker *maker, RnSimIncident *self, const Course *course)
{
  int blocked = 0, first;

  if (self->type == RN_INCIDENT_CLOSURE)
    blocked = self->n_lanes;
  else if (draw (maker, 1) >= course->shoulder)
    blocked = 1 + (draw (maker, 2) < 0.25 ? course->lanes - 1 : 0);
  blocked = MIN (blocked, self->n_lanes);
  if (blocked > 0 && blocked == self->n_lanes && self->type != RN_INCIDENT_CLOSURE)
    blocked--; /* some lane stays open */
  first = draw (maker, 3) < 0.5 ? 1 : self->n_lanes - blocked + 1;
  for (int lane = first; lane < first + blocked; lane++)
    self->lane[lane] = RN_LANE_BLOCKED;
  if (blocked > 0 && blocked < self->n_lanes && draw (maker, 4) < 0.3)
    self->lane[first > 1 ? first - 1 : first + blocked] = RN_LANE_AFFECTED;
  if (blocked == 0 && self->type != RN_INCIDENT_CONGESTION)
    self->lane[0] = RN_LANE_AFFECTED;
}

static void
plan_times (const RnSimIncidentMaker *maker, RnSimIncident *self, const Course *course,
            gint64 occurred_us)
{
  gint64 *t = self->times_us;

  t[RN_TIME_OCCURRED] = occurred_us;
  t[RN_TIME_REPORTED] = t[RN_TIME_OCCURRED] + after (maker, 11, 1.5);
  t[RN_TIME_VERIFIED] = t[RN_TIME_REPORTED] + after (maker, 12, course->verify);
  t[RN_TIME_DISPATCHED] = t[RN_TIME_VERIFIED] + after (maker, 13, course->dispatch);
  t[RN_TIME_ARRIVED] = t[RN_TIME_DISPATCHED] + after (maker, 14, course->arrive);
  t[RN_TIME_LANES_OPEN] = t[RN_TIME_ARRIVED] + after (maker, 15, course->open);
  t[RN_TIME_DEPARTED] = t[RN_TIME_LANES_OPEN] + after (maker, 16, course->depart);
  t[RN_TIME_NORMAL] = RN_SIM_NEVER; /* when traffic flows again */
  self->expected_end_us = t[RN_TIME_DEPARTED] + 10 * RN_SIM_MINUTE;
  self->expected_end_us -= self->expected_end_us % (5 * RN_SIM_MINUTE);
}

static void
plan_parties (const RnSimIncidentMaker *maker, RnSimIncident *self, guint parties)
{
  const gint64 *t = self->times_us;

  for (guint p = 0; p < RN_N_PARTIES; p++)
    {
      gint64 *step = self->party_us[p];

      for (guint s = 0; s < RN_N_STEPS; s++)
        step[s] = RN_SIM_NEVER;
      self->party[p] = (parties & (1u << p)) != 0;
      if (!self->party[p])
        continue;
      step[RN_STEP_NOTIFIED] = t[RN_TIME_REPORTED] + after (maker, 40 + p, 1.0);
      step[RN_STEP_CONFIRMED] = step[RN_STEP_NOTIFIED] + after (maker, 50 + p, 1.5);
      step[RN_STEP_DEPARTED] = step[RN_STEP_CONFIRMED] + after (maker, 60 + p, 2.5);
      step[RN_STEP_ARRIVED] = MAX (t[RN_TIME_ARRIVED], step[RN_STEP_DEPARTED])
                              + (p == RN_PARTY_OPERATOR ? 0 : after (maker, 70 + p, 4.0));
      step[RN_STEP_LEFT] = MAX (t[RN_TIME_LANES_OPEN] + after (maker, 80 + p, 4.0),
                                step[RN_STEP_ARRIVED] + 2 * RN_SIM_MINUTE);
    }
}

static void
plan_log (const RnSimIncidentMaker *maker, RnSimIncident *self)
{
  const gint64 *t = self->times_us;
  gint64 minute = RN_SIM_MINUTE;

  if (draw (maker, 90) < 0.5)
    say (maker, self, t[RN_TIME_REPORTED], RN_PARTY_OPERATOR, "视频巡检发现，正在核实。",
         "Seen on camera, being verified.");
  else
    say (maker, self, t[RN_TIME_REPORTED], RN_PARTY_OPERATOR, "12122 转来报警，正在核实。",
         "Call from the hotline, being verified.");
  say (maker, self, t[RN_TIME_VERIFIED], RN_PARTY_OPERATOR, "视频确认，已通知三方。",
       "Confirmed on camera; all parties told.");
  say (maker, self, t[RN_TIME_DISPATCHED] + minute, RN_PARTY_OPERATOR,
       "上游情报板已发布“前方事故，减速慢行”。",
       "Signs upstream set: \"Incident ahead, slow down\".");
  if (self->party[RN_PARTY_POLICE])
    say (maker, self, self->party_us[RN_PARTY_POLICE][RN_STEP_ARRIVED], RN_PARTY_POLICE,
         "到达现场，已设置警戒区。", "On site, area secured.");
  if (self->party[RN_PARTY_RESCUE])
    say (maker, self, self->party_us[RN_PARTY_RESCUE][RN_STEP_ARRIVED], RN_PARTY_RESCUE,
         "到达现场，开始清障。", "On site, starting to clear.");
  if (self->party[RN_PARTY_FIRE])
    say (maker, self, self->party_us[RN_PARTY_FIRE][RN_STEP_ARRIVED], RN_PARTY_FIRE,
         "到达现场，现场无泄漏扩散。", "On site; nothing spreads.");
  if (self->party[RN_PARTY_MEDICAL])
    say (maker, self, self->party_us[RN_PARTY_MEDICAL][RN_STEP_ARRIVED], RN_PARTY_MEDICAL,
         "到达现场，轻伤人员已处置。", "On site; slight injuries treated.");
  say (maker, self, t[RN_TIME_LANES_OPEN], RN_PARTY_OPERATOR, "车道全部恢复，排队消散中。",
       "All lanes open, the queue dissolves.");
  say (maker, self, t[RN_TIME_DEPARTED], RN_PARTY_OPERATOR, "各方撤离现场。",
       "All parties have left.");
}

/* I (1) is the gravest; most are IV. */
static int
grade (const RnSimIncidentMaker *maker, const RnSimIncident *self)
{
  double u = draw (maker, 30);
  int blocked = 0;

  for (int lane = 1; lane <= self->n_lanes; lane++)
    blocked += self->lane[lane] == RN_LANE_BLOCKED;
  if (self->type == RN_INCIDENT_CLOSURE)
    return 2;
  if (self->type == RN_INCIDENT_FIRE || self->hazmat)
    return u < 0.3 ? 2 : 3;
  if (blocked >= 2 || self->casualties > 1)
    return u < 0.25 ? 2 : 3;
  return blocked == 1 && u < 0.3 ? 3 : 4;
}

void
rn_sim_incident_describe (RnSimIncident *self, const RnNetwork *network)
{
  const Course *course = &courses[self->type];
  const char *bridge = network->bridge[self->section];
  int blocked = 0;
  const char *lanes_zh = "占应急车道", *lanes_en = "on the shoulder";
  g_autofree char *zh = NULL;
  g_autofree char *en = NULL;

  for (int lane = 1; lane <= self->n_lanes; lane++)
    blocked += self->lane[lane] == RN_LANE_BLOCKED;
  if (blocked > 0)
    {
      lanes_zh = zh = blocked == self->n_lanes ? g_strdup ("全幅中断")
                                               : g_strdup_printf ("占用 %d 条车道", blocked);
      lanes_en = en =
          blocked == self->n_lanes
              ? g_strdup ("all lanes blocked")
              : g_strdup_printf (blocked == 1 ? "%d lane blocked" : "%d lanes blocked", blocked);
    }
  g_free (self->zh);
  g_free (self->en);
  self->zh = g_strdup_printf ("%s%s%s，%s", bridge != NULL ? bridge : "", bridge != NULL ? " " : "",
                              course->zh, lanes_zh);
  self->en = g_strdup_printf ("%s, %s", course->en, lanes_en);
}

RnSimIncident *
rn_sim_incident_new (const RnSimIncidentMaker *maker, const char *id, RnIncidentType type,
                     guint32 section, double along_m, gint64 occurred_us)
{
  static const char *const owners[] = { "周敏", "李卫东", "赵琳", "陈晓" };
  const Course *course = &courses[type];
  RnSimIncident *self = g_new0 (RnSimIncident, 1);
  guint parties = course->parties;
  int lanes = maker->network->lanes[section];

  self->id = g_strdup (id);
  self->type = type;
  self->section = section;
  self->along_m = along_m;
  self->n_lanes = CLAMP (lanes > 0 ? lanes : 2, 1, RN_SIM_MAX_LANES);
  self->end_us = RN_SIM_NEVER;
  self->log = g_array_new (FALSE, TRUE, sizeof (RnSimLogLine));
  self->owner = owners[(guint) (draw (maker, 31) * G_N_ELEMENTS (owners))];
  if (type == RN_INCIDENT_CRASH && draw (maker, 32) < 0.25)
    self->casualties = 1 + (int) (draw (maker, 33) * draw (maker, 34) * 4.0);
  self->hazmat = type == RN_INCIDENT_HAZMAT;
  if (self->casualties > 0)
    parties |= 1u << RN_PARTY_MEDICAL;
  take_lanes (maker, self, course);
  self->level = grade (maker, self);
  plan_times (maker, self, course, occurred_us);
  plan_parties (maker, self, parties);
  plan_log (maker, self);
  rn_sim_incident_describe (self, maker->network);
  return self;
}

void
rn_sim_incident_free (RnSimIncident *self)
{
  g_free (self->id);
  g_free (self->related);
  g_free (self->zh);
  g_free (self->en);
  g_array_unref (self->log);
  g_free (self);
}

void
rn_sim_incident_open_at (RnSimIncident *self, gint64 lanes_open_us)
{
  gint64 before = self->times_us[RN_TIME_LANES_OPEN], by = lanes_open_us - before;

  self->times_us[RN_TIME_LANES_OPEN] += by;
  self->times_us[RN_TIME_DEPARTED] += by;
  self->expected_end_us += by;
  for (guint p = 0; p < RN_N_PARTIES; p++)
    if (self->party_us[p][RN_STEP_LEFT] != RN_SIM_NEVER)
      self->party_us[p][RN_STEP_LEFT] += by;
  for (guint i = 0; i < self->log->len; i++)
    {
      RnSimLogLine *line = &g_array_index (self->log, RnSimLogLine, i);

      if (line->at_us >= before)
        line->at_us += by;
    }
}

gboolean
rn_sim_incident_listed (const RnSimIncident *self, gint64 at_us)
{
  return self->times_us[RN_TIME_REPORTED] <= at_us && at_us < self->end_us;
}

RnIncidentStatus
rn_sim_incident_status (const RnSimIncident *self, gint64 at_us)
{
  const gint64 *t = self->times_us;

  if (t[RN_TIME_NORMAL] <= at_us)
    return RN_INCIDENT_CLOSED;
  if (t[RN_TIME_ARRIVED] + 3 * RN_SIM_MINUTE <= at_us)
    return RN_INCIDENT_CLEARING;
  if (t[RN_TIME_DISPATCHED] <= at_us)
    return RN_INCIDENT_RESPONDING;
  return t[RN_TIME_VERIFIED] <= at_us ? RN_INCIDENT_CONFIRMED : RN_INCIDENT_REPORTED;
}

int
rn_sim_incident_revision (const RnSimIncident *self, gint64 at_us)
{
  int revision = 1;

  for (guint k = RN_TIME_VERIFIED; k < RN_N_INCIDENT_TIMES; k++)
    revision += self->times_us[k] <= at_us;
  revision += self->times_us[RN_TIME_ARRIVED] <= at_us - 3 * RN_SIM_MINUTE;
  for (guint p = 0; p < RN_N_PARTIES; p++)
    for (guint s = 0; s < RN_N_STEPS; s++)
      revision += self->party[p] && self->party_us[p][s] <= at_us;
  for (guint i = 0; i < self->log->len; i++)
    revision += g_array_index (self->log, RnSimLogLine, i).at_us <= at_us;
  return revision;
}

/* By lanes (rows 2, 3, 4 and more) and lanes blocked; [0] with only the shoulder taken. */
static double
share_left (int lanes, int blocked)
{
  static const double shares[3][4] = { { 0.95, 0.35, 0.00, 0.00 },
                                       { 0.99, 0.49, 0.17, 0.00 },
                                       { 0.99, 0.58, 0.25, 0.13 } };

  if (blocked >= lanes)
    return 0.0;
  if (lanes == 1)
    return 0.9;
  return shares[CLAMP (lanes, 2, 4) - 2][MIN (blocked, 3)];
}

double
rn_sim_incident_factor (const RnSimIncident *self, gint64 at_us)
{
  int blocked = 0, affected = 0;
  double share;

  if (at_us < self->times_us[RN_TIME_OCCURRED] || self->times_us[RN_TIME_LANES_OPEN] <= at_us)
    return 1.0;
  for (int lane = 1; lane <= self->n_lanes; lane++)
    {
      blocked += self->lane[lane] == RN_LANE_BLOCKED;
      affected += self->lane[lane] == RN_LANE_AFFECTED;
    }
  if (blocked + affected == 0 && self->lane[0] == RN_LANE_OPEN)
    return 1.0;
  share = share_left (self->n_lanes, blocked);
  return affected > 0 ? 0.75 * share : share;
}
