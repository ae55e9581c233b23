/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulator's calendar: all times are Unix µs, all wall clocks are China Standard Time, which
 * has been UTC+8 without summer time since 1992. Pure; any thread. */
#pragma once

#include <glib.h>

#define RN_SIM_SECOND G_GINT64_CONSTANT (1000000)
#define RN_SIM_MINUTE (60 * RN_SIM_SECOND)
#define RN_SIM_HOUR (60 * RN_SIM_MINUTE)
#define RN_SIM_DAY (24 * RN_SIM_HOUR)
#define RN_SIM_TIMEZONE "Asia/Shanghai"
#define RN_SIM_TIME_SIZE 32

typedef enum { RN_SIM_WORKDAY, RN_SIM_SATURDAY, RN_SIM_SUNDAY, RN_SIM_HOLIDAY } RnSimDayKind;

typedef struct {
  int year, month, day; /* month and day from 1 */
  int weekday;          /* 0 = Monday */
  gint64 number;        /* days since 1970-01-01, local */
  double hour;          /* 0 … 24, with fraction */
} RnSimDate;

RnSimDate rn_sim_date (gint64 at_us);

/** Local midnight at or before @at_us. */
gint64 rn_sim_midnight (gint64 at_us);

/** What kind of day it is. Holidays are those of fixed date: 1 January, 1–5 May, 1–7 October. */
RnSimDayKind rn_sim_day_kind (gint64 at_us);

/** "2026-10-01T10:12:00+08:00", with milliseconds only when there are some. */
void rn_sim_time_format (gint64 at_us, char out[RN_SIM_TIME_SIZE]);
