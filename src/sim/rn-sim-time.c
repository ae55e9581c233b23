/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar of the simulated province; see the header. */
#include "sim/rn-sim-time.h"

#define OFFSET (8 * RN_SIM_HOUR)

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

/* Days since 1970-01-01 to a date of the Gregorian calendar (Hinnant, "chrono-compatible low-level
 * date algorithms"). */
static void
civil_from_days (gint64 days, RnSimDate *out)
{
  gint64 z = days + 719468;
  gint64 era = floor_div (z, 146097);
  gint64 doe = z - era * 146097;
  gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  gint64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  gint64 mp = (5 * doy + 2) / 153;

  out->day = (int) (doy - (153 * mp + 2) / 5 + 1);
  out->month = (int) (mp < 10 ? mp + 3 : mp - 9);
  out->year = (int) (yoe + era * 400 + (out->month <= 2));
}

RnSimDate
rn_sim_date (gint64 at_us)
{
  RnSimDate date = { 0 };
  gint64 local = at_us + OFFSET;

  date.number = floor_div (local, RN_SIM_DAY);
  date.hour = (double) (local - date.number * RN_SIM_DAY) / (double) RN_SIM_HOUR;
  date.weekday = (int) (((date.number + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
  civil_from_days (date.number, &date);
  return date;
}

gint64
rn_sim_midnight (gint64 at_us)
{
  return floor_div (at_us + OFFSET, RN_SIM_DAY) * RN_SIM_DAY - OFFSET;
}

RnSimDayKind
rn_sim_day_kind (gint64 at_us)
{
  RnSimDate date = rn_sim_date (at_us);

  if ((date.month == 1 && date.day == 1) || (date.month == 5 && date.day <= 5)
      || (date.month == 10 && date.day <= 7))
    return RN_SIM_HOLIDAY;
  if (date.weekday == 5)
    return RN_SIM_SATURDAY;
  return date.weekday == 6 ? RN_SIM_SUNDAY : RN_SIM_WORKDAY;
}

void
rn_sim_time_format (gint64 at_us, char out[RN_SIM_TIME_SIZE])
{
  RnSimDate date = rn_sim_date (at_us);
  gint64 ms = (at_us + OFFSET - date.number * RN_SIM_DAY) / 1000;
  int s = (int) (ms / 1000), milli = (int) (ms % 1000);
  int n = g_snprintf (out, RN_SIM_TIME_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d", date.year, date.month,
                      date.day, s / 3600, s / 60 % 60, s % 60);

  if (milli != 0)
    n += g_snprintf (out + n, (gulong) (RN_SIM_TIME_SIZE - n), ".%03d", milli);
  g_snprintf (out + n, (gulong) (RN_SIM_TIME_SIZE - n), "+08:00");
}
