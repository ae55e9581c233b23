/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operator's figures. Those of the roads are counted by the simulation; those of the back
 * office (tolling, data, hotline, concessions) are the day's curve with some chance for each
 * hour. */
#include "sim/rn-sim-documents.h"

#include "sim/rn-sim-cities.h"
#include "sim/rn-sim-random.h"
#include "sim/rn-sim-writer.h"

#include <math.h>

typedef struct {
  RnSimWriter w;
  const RnSimWorld *world;
  const RnSimFigures *f;
  const RnSimView *view;
  guint count;
  double hours; /* of the day's curve since midnight: grows with the traffic */
} Kpis;

typedef struct {
  const char *id, *zh, *en, *group, *unit, *better, *period;
  double target; /* NaN none */
  int decimals;
} KpiKind;

static const KpiKind vehicles_kind = {
  "vehicles_today", "今日断面车辆", "Vehicles today", "traffic", "veh", NULL, "day", NAN, 0
};
static const KpiKind smooth_kind = { "smooth_rate", "路网畅通率", "Smooth rate", "traffic", "%",
                                     "higher",      "day",        97.0,          1 };
static const KpiKind slow_kind = { "slow_km", "缓行里程", "Slow length", "traffic", "km",
                                   "lower",   "day",      NAN,           1 };
static const KpiKind speed_kind = { "mean_speed", "平均车速", "Mean speed", "traffic", "km/h",
                                    "higher",     "day",      NAN,          0 };
static const KpiKind incidents_kind = {
  "incidents_today", "今日事件", "Incidents today", "traffic", NULL, "lower", "day", NAN, 0
};
static const KpiKind response_kind = {
  "response_median", "事件响应中位数", "Median response", "traffic", "min", "lower", "day", 15.0, 1
};
static const KpiKind secondary_kind = {
  "secondary_crashes", "二次事故", "Secondary crashes", "traffic", NULL, "lower", "day", 0.0, 0
};
static const KpiKind complete_kind = { "transactions_complete",
                                       "交易完整率",
                                       "Transaction completeness",
                                       "tolling",
                                       "%",
                                       "higher",
                                       "day",
                                       99.98,
                                       3 };
static const KpiKind accuracy_kind = { "charging_accuracy",
                                       "计费准确率",
                                       "Charging accuracy",
                                       "tolling",
                                       "%",
                                       "higher",
                                       "month",
                                       99.95,
                                       2 };
static const KpiKind uncollected_kind = { "uncollected", "未收份额", "Uncollected share",
                                          "tolling",     "‰",        "lower",
                                          "month",       0.50,       2 };
static const KpiKind etc_kind = { "etc_share", "ETC 使用率", "ETC share", "tolling", "%",
                                  "higher",    "day",        70.0,        1 };
static const KpiKind punctual_kind = { "data_punctual", "数据准时率", "Data on time", "data", "%",
                                       "higher",        "day",        99.0,           1 };
static const KpiKind records_kind = {
  "records_delivered", "清洗交付记录", "Records delivered", "data", NULL, "higher", "day", 1.9e8, 0
};
static const KpiKind fresh_kind = {
  "data_freshness", "数据时延", "Data freshness", "data", "s", "lower", "day", 30.0, 0
};
static const KpiKind calls_kind = { "hotline_calls", "热线来电", "Hotline calls",
                                    "hotline",       NULL,       NULL,
                                    "day",           NAN,        0 };
static const KpiKind answered_kind = {
  "hotline_answered", "热线接通率", "Calls answered", "hotline", "%", "higher", "day", 95.0, 1
};
static const KpiKind wait_kind = { "hotline_wait", "平均等待", "Mean wait", "hotline", "s",
                                   "lower",        "day",      20.0,        0 };
static const KpiKind differential_kind = { "differential_vehicles",
                                           "差异化收费服务车辆",
                                           "Vehicles at differential tolls",
                                           "concession",
                                           "veh",
                                           "higher",
                                           "day",
                                           NAN,
                                           0 };
static const KpiKind green_kind = {
  "green_lane_vehicles", "绿通车辆", "Green-lane vehicles", "concession", "veh", NULL, "day", NAN, 0
};
static const KpiKind tasks_kind = { "key_tasks", "重点任务进度", "Key tasks", "work", "%",
                                    "higher",    "quarter",      75.0,        0 };
static const KpiKind upkeep_kind = { "upkeep_plan", "养护计划完成", "Upkeep plan", "work", "%",
                                     "higher",      "month",        68.0,          0 };

/* Chance that holds for an hour: 0 … 1. */
static double
hourly (const Kpis *self, guint64 what)
{
  guint64 slot = (guint64) (self->f->at_us / RN_SIM_HOUR);

  return rn_sim_uniform (rn_sim_world_seed (self->world), RN_SIM_STREAM_KPI, slot, what);
}

static gboolean
begin (Kpis *self, const KpiKind *kind, double value)
{
  RnSimWriter *w = &self->w;

  if (!rn_sim_view_shows (self->view, self->count++))
    return FALSE;
  rn_sim_write_object (w, NULL);
  rn_sim_write_string (w, "id", kind->id);
  rn_sim_write_pair (w, "name", kind->zh, kind->en);
  rn_sim_write_string (w, "group", kind->group);
  rn_sim_write_number (w, "value", value, kind->decimals);
  if (kind->unit != NULL)
    rn_sim_write_string (w, "unit", kind->unit);
  if (!isnan (kind->target))
    rn_sim_write_number (w, "target", kind->target, 3);
  if (kind->better != NULL)
    rn_sim_write_string (w, "better", kind->better);
  rn_sim_write_string (w, "period", kind->period);
  return TRUE;
}

static void
end (Kpis *self)
{
  rn_sim_write_end_object (&self->w);
}

/* One without more to say. */
static void
plain (Kpis *self, const KpiKind *kind, double value)
{
  if (begin (self, kind, value))
    end (self);
}

static void
record (Kpis *self, double value, const char *on, const char *what)
{
  rn_sim_write_object (&self->w, "record");
  rn_sim_write_number (&self->w, "value", value, 1);
  rn_sim_write_string (&self->w, "on", on);
  rn_sim_write_string (&self->w, "what", what);
  rn_sim_write_end_object (&self->w);
}

static void
series (Kpis *self, const float *values, int decimals)
{
  rn_sim_write_array (&self->w, "series");
  for (guint i = 0; i < self->f->n_samples; i++)
    {
      rn_sim_write_object (&self->w, NULL);
      rn_sim_write_time (&self->w, "at", self->f->sample_us[i]);
      rn_sim_write_number (&self->w, "value", (double) values[i], decimals);
      rn_sim_write_end_object (&self->w);
    }
  rn_sim_write_end_array (&self->w);
}

static void
share (Kpis *self, const char *dimension, const char *key, const char *zh, const char *en,
       double value, int decimals)
{
  rn_sim_write_object (&self->w, NULL);
  rn_sim_write_string (&self->w, "dimension", dimension);
  rn_sim_write_string (&self->w, "key", key);
  rn_sim_write_pair (&self->w, "name", zh, en);
  rn_sim_write_number (&self->w, "value", value, decimals);
  rn_sim_write_end_object (&self->w);
}

static void
write_traffic (Kpis *self)
{
  const RnSimFigures *f = self->f;
  gboolean zh = rn_sim_world_is_demo (self->world);

  if (begin (self, &vehicles_kind, f->vehicles_today))
    {
      record (self, round (f->vehicles_record), "2025-10-01", zh ? "国庆首日" : "National Day");
      series (self, f->sample_vehicles, 0);
      end (self);
    }
  if (begin (self, &smooth_kind, f->roads.smooth_pct))
    {
      record (self, 99.9, "2026-02-03", zh ? "平日" : "A working day");
      series (self, f->sample_smooth, 2);
      end (self);
    }
  plain (self, &slow_kind, f->roads.slow_km);
  if (begin (self, &speed_kind, f->roads.mean_kmh))
    {
      series (self, f->sample_kmh, 1);
      end (self);
    }
  plain (self, &incidents_kind, f->incidents_today);
  plain (self, &response_kind, f->response_min);
  plain (self, &secondary_kind, f->secondary_today);
}

static void
write_tolling (Kpis *self)
{
  plain (self, &complete_kind, 99.978 + 0.014 * hourly (self, 1));
  plain (self, &accuracy_kind, 99.93 + 0.04 * hourly (self, 2));
  plain (self, &uncollected_kind, 0.38 + 0.10 * hourly (self, 3));
  plain (self, &etc_kind, self->f->etc_pct);
}

static void
write_data (Kpis *self)
{
  if (begin (self, &punctual_kind, 97.2 + 2.0 * hourly (self, 4)))
    {
      rn_sim_write_array (&self->w, "by");
      for (guint i = 0; i < rn_sim_n_cities; i++)
        {
          const RnSimCity *city = &rn_sim_cities[i];

          if (city->office != NULL)
            share (self, "company", city->en, city->office, city->en,
                   MIN (99.9, 96.0 + 3.9 * sqrt (hourly (self, 100 + i))), 1);
        }
      rn_sim_write_end_array (&self->w);
      end (self);
    }
  plain (self, &records_kind, floor (self->f->vehicles_today * 88.0 / 1000.0) * 1000.0);
  plain (self, &fresh_kind, 11.0 + 9.0 * hourly (self, 5));
}

static void
write_hotline (Kpis *self)
{
  double calls = 190.0 * self->hours;

  if (begin (self, &calls_kind, calls))
    {
      rn_sim_write_array (&self->w, "by");
      share (self, "channel", "phone", "电话", "Phone", 0.62 * calls, 0);
      share (self, "channel", "app", "手机应用", "App", 0.21 * calls, 0);
      share (self, "channel", "wechat", "公众号", "WeChat", 0.17 * calls, 0);
      rn_sim_write_end_array (&self->w);
      end (self);
    }
  plain (self, &answered_kind, 93.8 + 3.0 * hourly (self, 6));
  plain (self, &wait_kind, 13.0 + 12.0 * hourly (self, 7));
}

static void
write_concession (Kpis *self)
{
  double green = 2400.0 * self->hours;

  plain (self, &differential_kind, floor (self->f->vehicles_today * 0.18));
  if (begin (self, &green_kind, green))
    {
      rn_sim_write_array (&self->w, "by");
      share (self, "produce", "vegetables", "鲜活蔬菜", "Vegetables", 0.46 * green, 0);
      share (self, "produce", "fruit", "鲜活水果", "Fruit", 0.27 * green, 0);
      share (self, "produce", "fish", "鲜活水产品", "Live fish", 0.15 * green, 0);
      share (self, "produce", "livestock", "活的畜禽", "Livestock", 0.08 * green, 0);
      share (self, "produce", "eggs_milk", "新鲜蛋奶", "Eggs and milk", 0.04 * green, 0);
      rn_sim_write_end_array (&self->w);
      end (self);
    }
}

static void
write_task (Kpis *self, guint i, const char *title, const char *list, const char *owner,
            int due_days, double progress)
{
  RnSimWriter *w = &self->w;
  gint64 due =
      rn_sim_midnight (rn_sim_world_start (self->world)) + due_days * RN_SIM_DAY + 18 * RN_SIM_HOUR;

  rn_sim_write_object (w, NULL);
  rn_sim_write_format (w, "id", "T-%02u", i);
  rn_sim_write_string (w, "title", title);
  rn_sim_write_string (w, "list", list);
  rn_sim_write_string (w, "owner", owner);
  rn_sim_write_time (w, "due", due);
  rn_sim_write_number (w, "progress_pct", progress, 0);
  if (due < self->f->at_us)
    rn_sim_write_string (w, "note", rn_sim_world_is_demo (self->world) ? "已延期" : "overdue");
  rn_sim_write_end_object (w);
}

static void
write_work (Kpis *self)
{
  gboolean zh = rn_sim_world_is_demo (self->world);

  if (begin (self, &tasks_kind, 76.0))
    {
      rn_sim_write_array (&self->w, "tasks");
      write_task (self, 1, zh ? "盐城气象站链路更换" : "New link for the Yancheng station",
                  "problem", zh ? "信息中心" : "Information centre", 4, 60.0);
      write_task (self, 2, zh ? "连云港处网关升级" : "Gateway upgrade, Lianyungang", "problem",
                  zh ? "连云港处" : "Lianyungang office", 11, 35.0);
      write_task (self, 3, zh ? "迟到数据补传规则" : "Rules for late data", "duty",
                  zh ? "数据组" : "Data group", -2, 80.0);
      write_task (self, 4, zh ? "国庆大流量保障方案" : "Plan for the holiday week", "duty",
                  zh ? "调度指挥中心" : "Control centre", 7, 90.0);
      write_task (self, 5, zh ? "服务区充电桩扩容" : "More chargers at service areas", "result",
                  zh ? "服务区管理部" : "Service areas", 40, 100.0);
      rn_sim_write_end_array (&self->w);
      end (self);
    }
  plain (self, &upkeep_kind, 64.0);
}

GBytes *
rn_sim_document_kpis (const RnSimWorld *world, const RnSimView *view)
{
  const RnSimFigures *f = rn_sim_world_figures (world);
  Kpis self = { .w = RN_SIM_WRITER_INIT,
                .world = world,
                .f = f,
                .view = view,
                .hours = rn_sim_demand_since_midnight_h (f->at_us) };

  rn_sim_write_object (&self.w, NULL);
  rn_sim_write_string (&self.w, "observed_at", RN_SIM_OBSERVED_AT);
  rn_sim_write_array (&self.w, "kpis");
  write_traffic (&self);
  write_tolling (&self);
  write_data (&self);
  write_hotline (&self);
  write_concession (&self);
  write_work (&self);
  rn_sim_write_end_array (&self.w);
  rn_sim_write_end_object (&self.w);
  return rn_sim_writer_end (&self.w);
}
