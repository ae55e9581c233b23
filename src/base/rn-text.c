/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, places and times as text for people. Digits and the point never depend on the locale.
 * Parsing is in rn-text-parse.c. Pure, any thread. */
#include "base/rn-text.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"

#define NARROW "\u202f" /* narrow no-break space, between a number and its unit */
#define SECOND_US G_GINT64_CONSTANT (1000000)
#define MAX_DECIMALS 9
#define KM_PER_MILE 1.609344
#define M_PER_YARD 0.9144

/* Puts ',' between groups of three digits of the whole part. */
static char *
group (const char *digits)
{
  GString *text = g_string_new (NULL);
  gsize whole;

  if (*digits == '-')
    g_string_append (text, "−"), digits++;
  whole = strspn (digits, "0123456789");
  for (gsize i = 0; digits[i] != '\0'; i++)
    {
      if (i > 0 && i < whole && (whole - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

char *
rn_text_count (gint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  return group (digits);
}

char *
rn_text_measure (double value, int decimals, const char *unit)
{
  char format[16], digits[512];
  g_autofree char *number = NULL;

  if (!isfinite (value))
    return g_strdup (RN_DASH);
  g_snprintf (format, sizeof format, "%%.%df", CLAMP (decimals, 0, MAX_DECIMALS));
  g_ascii_formatd (digits, sizeof digits, format, value);
  /* No "−0": what rounds to nothing has no sign. */
  if (digits[0] == '-' && strspn (digits + 1, "0.") == strlen (digits + 1))
    memmove (digits, digits + 1, strlen (digits));
  number = group (digits);
  if (unit == NULL || *unit == '\0')
    return g_steal_pointer (&number);
  return g_strconcat (number, NARROW, unit, NULL);
}

/* ---- units ---- */

static int units = RN_UNITS_METRIC; /* atomic */

void
rn_text_set_units (RnUnits wanted)
{
  g_atomic_int_set (&units, (int) wanted);
}

RnUnits
rn_text_get_units (void)
{
  return (RnUnits) g_atomic_int_get (&units);
}

static gboolean
is_imperial (void)
{
  return rn_text_get_units () == RN_UNITS_IMPERIAL;
}

RnQuantity
rn_quantity_speed (double kmh)
{
  if (is_imperial ())
    return (RnQuantity){ kmh / KM_PER_MILE, 0, _("mph") };
  return (RnQuantity){ kmh, 0, _("km/h") };
}

RnQuantity
rn_quantity_length (double km)
{
  if (is_imperial ())
    return (RnQuantity){ km / KM_PER_MILE, 1, _("mi") };
  return (RnQuantity){ km, 1, _("km") };
}

RnQuantity
rn_quantity_distance (double m)
{
  gboolean imperial = is_imperial ();
  double of_short = imperial ? m / M_PER_YARD : m;

  if (fabs (of_short) < (imperial ? 875.0 : 995.0))
    return (RnQuantity){ round (of_short / 10.0) * 10.0, 0, imperial ? _("yd") : _("m") };
  return rn_quantity_length (m / 1000.0);
}

char *
rn_text_quantity (RnQuantity quantity)
{
  return rn_text_measure (quantity.value, quantity.decimals, quantity.unit);
}

char *
rn_text_speed (double kmh)
{
  return rn_text_quantity (rn_quantity_speed (kmh));
}

char *
rn_text_distance (double m)
{
  return rn_text_quantity (rn_quantity_distance (m));
}

char *
rn_text_chainage (double m)
{
  gint64 whole;

  if (!isfinite (m) || fabs (m) > 1e12)
    return g_strdup (RN_DASH);
  whole = (gint64) llround (fabs (m));
  return g_strdup_printf ("%sK%" G_GINT64_FORMAT "+%03d", m < 0 && whole > 0 ? "−" : "",
                          whole / 1000, (int) (whole % 1000));
}

char *
rn_text_age (gint64 age_us)
{
  gint64 s = MAX (age_us, 0) / SECOND_US;

  if (s < 60)
    return g_strdup_printf ("%d" NARROW "%s", (int) s, C_ ("age", "s"));
  if (s < 10 * 60)
    return g_strdup_printf ("%d:%02d", (int) (s / 60), (int) (s % 60));
  if (s < 60 * 60)
    return g_strdup_printf ("%d" NARROW "%s", (int) (s / 60), C_ ("age", "min"));
  return g_strdup_printf ("%" G_GINT64_FORMAT NARROW "%s %02d" NARROW "%s", s / 3600,
                          C_ ("age", "h"), (int) (s / 60 % 60), C_ ("age", "min"));
}

/* NULL outside the years 1 to 9999. */
static GDateTime *
date_time (gint64 at_us, GTimeZone *tz)
{
  gint64 s = at_us / SECOND_US - (at_us % SECOND_US < 0);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (s);

  if (utc == NULL || tz == NULL)
    return g_steal_pointer (&utc);
  return g_date_time_to_timezone (utc, tz);
}

static const char *
month_title (int month)
{
  static const char *const titles[] = {
    NC_ ("month", "Jan"), NC_ ("month", "Feb"), NC_ ("month", "Mar"), NC_ ("month", "Apr"),
    NC_ ("month", "May"), NC_ ("month", "Jun"), NC_ ("month", "Jul"), NC_ ("month", "Aug"),
    NC_ ("month", "Sep"), NC_ ("month", "Oct"), NC_ ("month", "Nov"), NC_ ("month", "Dec")
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "month", titles[CLAMP (month, 1, 12) - 1]);
}

static const char *
weekday_title (int weekday)
{
  static const char *const titles[] = { NC_ ("weekday", "Mon"), NC_ ("weekday", "Tue"),
                                        NC_ ("weekday", "Wed"), NC_ ("weekday", "Thu"),
                                        NC_ ("weekday", "Fri"), NC_ ("weekday", "Sat"),
                                        NC_ ("weekday", "Sun") };

  return g_dpgettext2 (GETTEXT_PACKAGE, "weekday", titles[CLAMP (weekday, 1, 7) - 1]);
}

char *
rn_text_clock (gint64 at_us, GTimeZone *tz)
{
  g_autoptr (GDateTime) at = date_time (at_us, tz);

  if (at == NULL)
    return g_strdup (RN_DASH);
  return g_strdup_printf ("%02d:%02d:%02d", g_date_time_get_hour (at), g_date_time_get_minute (at),
                          g_date_time_get_second (at));
}

char *
rn_text_day (gint64 at_us, GTimeZone *tz)
{
  g_autoptr (GDateTime) at = date_time (at_us, tz);

  if (at == NULL)
    return g_strdup (RN_DASH);
  /* Translators: a day: weekday ("Thu"), day of the month, month ("Oct"). */
  return g_strdup_printf (_("%1$s %2$d %3$s"), weekday_title (g_date_time_get_day_of_week (at)),
                          g_date_time_get_day_of_month (at),
                          month_title (g_date_time_get_month (at)));
}

char *
rn_text_moment (gint64 at_us, gint64 now_us, GTimeZone *tz)
{
  g_autoptr (GDateTime) at = date_time (at_us, tz);
  g_autoptr (GDateTime) now = date_time (now_us, tz);
  int year, month, day, now_year = 0, now_month = 0, now_day = 0;

  if (at == NULL)
    return g_strdup (RN_DASH);
  g_date_time_get_ymd (at, &year, &month, &day);
  if (now != NULL)
    g_date_time_get_ymd (now, &now_year, &now_month, &now_day);
  if (year == now_year && month == now_month && day == now_day)
    return g_strdup_printf ("%02d:%02d", g_date_time_get_hour (at), g_date_time_get_minute (at));
  /* Translators: a moment of another day: day of the month, month ("Oct"), hour, minute. */
  return g_strdup_printf (_("%1$d %2$s %3$02d:%4$02d"), day, month_title (month),
                          g_date_time_get_hour (at), g_date_time_get_minute (at));
}

/* "2026-10-01T10:42:36"; the year has four digits always, which "%Y" does not promise. */
static char *
format_iso (GDateTime *at)
{
  int year, month, day;

  g_date_time_get_ymd (at, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d", year, month, day,
                          g_date_time_get_hour (at), g_date_time_get_minute (at),
                          g_date_time_get_second (at));
}

char *
rn_text_rfc3339 (gint64 at_us)
{
  g_autoptr (GDateTime) at = date_time (at_us, NULL);
  gint64 ms = (at_us % SECOND_US + SECOND_US) % SECOND_US / 1000;
  g_autofree char *text = NULL;

  if (at == NULL)
    return g_strdup (RN_DASH);
  text = format_iso (at);
  if (ms != 0)
    return g_strdup_printf ("%s.%03dZ", text, (int) ms);
  return g_strconcat (text, "Z", NULL);
}

char *
rn_text_rfc3339_local (gint64 at_us, GTimeZone *tz)
{
  g_autoptr (GDateTime) at = date_time (at_us, tz);
  g_autofree char *text = NULL, *offset = NULL;

  if (at == NULL)
    return g_strdup (RN_DASH);
  text = format_iso (at);
  offset = g_date_time_format (at, "%:z");
  return g_strconcat (text, offset, NULL);
}
