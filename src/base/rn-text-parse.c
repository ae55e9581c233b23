/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reading half of rn-text.h: times and places, strict, without allocation on failure. They take
 * any bytes, also such as are no UTF-8. Pure, any thread. */
#include "base/rn-text.h"

#include <string.h>

#define SECOND_US G_GINT64_CONSTANT (1000000)
#define MAX_KM_DIGITS 4 /* 9,999 km: the chainage limit of the operations API */

typedef struct {
  int year, month, day, hour, minute, second;
} Civil;

/* Exactly @n digits; moves @at behind them. */
static gboolean
read_digits (const char **at, int n, int *out)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit ((*at)[i]))
        return FALSE;
      value = value * 10 + ((*at)[i] - '0');
    }
  *at += n;
  *out = value;
  return TRUE;
}

static gboolean
read_char (const char **at, const char *any_of)
{
  if (**at == '\0' || strchr (any_of, **at) == NULL)
    return FALSE;
  (*at)++;
  return TRUE;
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant, "chrono-compatible
 * low-level date algorithms"). */
static gint64
days_from_civil (int year, int month, int day)
{
  gint64 y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
  gint64 doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

  return era * 146097 + doe - 719468;
}

static gboolean
is_valid (const Civil *c)
{
  static const int month_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (c->year % 4 == 0 && c->year % 100 != 0) || c->year % 400 == 0;

  if (c->year < 1 || c->year > 9999 || c->month < 1 || c->month > 12 || c->day < 1)
    return FALSE;
  return c->day <= month_days[c->month - 1] + (leap && c->month == 2) && c->hour <= 23
         && c->minute <= 59 && c->second <= 60;
}

static gint64
to_seconds (const Civil *c)
{
  return days_from_civil (c->year, c->month, c->day) * 86400 + c->hour * 3600 + c->minute * 60
         + c->second;
}

/* A leap second is only ever the last one of a day in UTC. */
static gboolean
leap_second_fits (const Civil *c, gint64 seconds)
{
  return c->second < 60 || (seconds % 86400 + 86400) % 86400 == 0;
}

static gboolean
read_fraction (const char **at, gint64 *us)
{
  gint64 unit = SECOND_US / 10;

  *us = 0;
  if (**at != '.')
    return TRUE;
  (*at)++;
  if (!g_ascii_isdigit (**at))
    return FALSE;
  for (; g_ascii_isdigit (**at); (*at)++, unit /= 10)
    *us += unit * (**at - '0');
  return TRUE;
}

static gboolean
read_offset (const char **at, int *seconds)
{
  int hours, minutes, sign;

  *seconds = 0;
  if (read_char (at, "Zz"))
    return TRUE;
  sign = **at == '-' ? -1 : 1;
  if (!read_char (at, "+-") || !read_digits (at, 2, &hours) || !read_char (at, ":")
      || !read_digits (at, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;
  *seconds = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

gboolean
rn_text_parse_rfc3339 (const char *text, gint64 *out)
{
  const char *at = text;
  Civil c;
  gint64 seconds, us;
  int offset;

  if (text == NULL || !read_digits (&at, 4, &c.year) || !read_char (&at, "-")
      || !read_digits (&at, 2, &c.month) || !read_char (&at, "-") || !read_digits (&at, 2, &c.day)
      || !read_char (&at, "Tt ") || !read_digits (&at, 2, &c.hour) || !read_char (&at, ":")
      || !read_digits (&at, 2, &c.minute) || !read_char (&at, ":")
      || !read_digits (&at, 2, &c.second) || !read_fraction (&at, &us)
      || !read_offset (&at, &offset) || *at != '\0' || !is_valid (&c))
    return FALSE;
  seconds = to_seconds (&c) - offset;
  if (!leap_second_fits (&c, seconds))
    return FALSE;
  *out = seconds * SECOND_US + us;
  return TRUE;
}

/* ---- HTTP dates, RFC 9110, 5.6.7 ----------------------------------------------------------- */

/* One of the English words, whole or its first three letters; 1-based in @out. */
static gboolean
read_word (const char **at, const char *const *words, int n, gboolean whole, int *out)
{
  for (int i = 0; i < n; i++)
    {
      gsize length = whole ? strlen (words[i]) : 3;

      if (strncmp (*at, words[i], length) == 0)
        {
          *at += length;
          *out = i + 1;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_month (const char **at, int *month)
{
  static const char *const words[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

  return read_word (at, words, 12, FALSE, month);
}

static gboolean
read_weekday (const char **at, gboolean whole)
{
  static const char *const words[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday" };
  int ignored;

  return read_word (at, words, 7, whole, &ignored);
}

static gboolean
read_literal (const char **at, const char *literal)
{
  gsize n = strlen (literal);

  if (strncmp (*at, literal, n) != 0)
    return FALSE;
  *at += n;
  return TRUE;
}

static gboolean
read_time (const char **at, Civil *c)
{
  return read_digits (at, 2, &c->hour) && read_char (at, ":") && read_digits (at, 2, &c->minute)
         && read_char (at, ":") && read_digits (at, 2, &c->second);
}

/* "Sun, 06 Nov 1994 08:49:37 GMT" */
static gboolean
read_imf (const char *at, Civil *c)
{
  return read_weekday (&at, FALSE) && read_literal (&at, ", ") && read_digits (&at, 2, &c->day)
         && read_char (&at, " ") && read_month (&at, &c->month) && read_char (&at, " ")
         && read_digits (&at, 4, &c->year) && read_char (&at, " ") && read_time (&at, c)
         && read_literal (&at, " GMT") && *at == '\0';
}

/* "Sunday, 06-Nov-94 08:49:37 GMT"; years 70–99 are of the 20th century, as in POSIX. */
static gboolean
read_rfc850 (const char *at, Civil *c)
{
  gboolean good = read_weekday (&at, TRUE) && read_literal (&at, ", ")
                  && read_digits (&at, 2, &c->day) && read_char (&at, "-")
                  && read_month (&at, &c->month) && read_char (&at, "-")
                  && read_digits (&at, 2, &c->year) && read_char (&at, " ") && read_time (&at, c)
                  && read_literal (&at, " GMT") && *at == '\0';

  if (good)
    c->year += c->year >= 70 ? 1900 : 2000;
  return good;
}

/* "Sun Nov  6 08:49:37 1994" */
static gboolean
read_asctime (const char *at, Civil *c)
{
  if (!read_weekday (&at, FALSE) || !read_char (&at, " ") || !read_month (&at, &c->month)
      || !read_char (&at, " "))
    return FALSE;
  if (*at == ' ' ? !(at++, read_digits (&at, 1, &c->day)) : !read_digits (&at, 2, &c->day))
    return FALSE;
  return read_char (&at, " ") && read_time (&at, c) && read_char (&at, " ")
         && read_digits (&at, 4, &c->year) && *at == '\0';
}

gboolean
rn_text_parse_http_date (const char *text, gint64 *out)
{
  Civil c;

  if (text == NULL || !(read_imf (text, &c) || read_rfc850 (text, &c) || read_asctime (text, &c))
      || !is_valid (&c) || !leap_second_fits (&c, to_seconds (&c)))
    return FALSE;
  *out = to_seconds (&c) * SECOND_US;
  return TRUE;
}

/* ---- places -------------------------------------------------------------------------------- */

static const char *
skip_space (const char *at)
{
  while (*at == ' ' || *at == '\t')
    at++;
  return at;
}

/* The end of a reference such as "G42", "S39", "G15W3"; NULL when there is none. A 'K' ends it,
 * so that "g42k123+400" needs no space. */
static const char *
end_of_reference (const char *at)
{
  const char *start = at;

  while (g_ascii_isalpha (*at) && at - start < 3)
    at++;
  if (at == start || !g_ascii_isdigit (*at))
    return NULL;
  while (g_ascii_isdigit (*at) && at - start < 9)
    at++;
  if (g_ascii_isalpha (*at) && *at != 'k' && *at != 'K')
    {
      at++;
      while (g_ascii_isdigit (*at) && at - start < 12)
        at++;
    }
  return at;
}

/* The same for any word that is followed by a 'K': roads of other countries. */
static const char *
end_of_word (const char *at)
{
  const char *start = at, *next;

  while (*at != '\0' && *at != ' ' && *at != '\t' && at - start < 64)
    at++;
  next = skip_space (at);
  if (at == start || next == at || (*next != 'K' && *next != 'k')
      || !g_utf8_validate (start, at - start, NULL))
    return NULL;
  return at;
}

/* Kilometres "123", metres "+400", or both in one "123.4". */
static gboolean
read_chainage (const char **at, double *m)
{
  double unit = 1000.0;
  int n = 0, km = 0;

  for (; g_ascii_isdigit (**at) && n <= MAX_KM_DIGITS; (*at)++, n++)
    km = km * 10 + (**at - '0');
  if (n == 0 || n > MAX_KM_DIGITS)
    return FALSE;
  *m = km * 1000.0;
  if (**at == '+')
    {
      int metres = 0;

      for ((*at)++, n = 0; g_ascii_isdigit (**at) && n <= 3; (*at)++, n++)
        metres = metres * 10 + (**at - '0');
      if (n == 0 || n > 3)
        return FALSE;
      *m += metres;
      unit = 1.0;
    }
  if (**at == '.')
    {
      (*at)++;
      if (!g_ascii_isdigit (**at))
        return FALSE;
      for (; g_ascii_isdigit (**at); (*at)++)
        *m += (unit /= 10.0) * (**at - '0');
    }
  return TRUE;
}

gboolean
rn_text_parse_place (const char *text, char **road, double *chainage_m, char **rest)
{
  const char *start, *end, *at;
  gboolean k;
  double m;

  if (text == NULL)
    return FALSE;
  start = skip_space (text);
  end = end_of_reference (start);
  if (end == NULL || !(*end == ' ' || *end == '\t' || *end == 'k' || *end == 'K'))
    end = end_of_word (start);
  if (end == NULL)
    return FALSE;
  at = skip_space (end);
  k = read_char (&at, "kK");
  at = k ? skip_space (at) : at;
  if ((!k && at == end) || !read_chainage (&at, &m))
    return FALSE;
  /* "K12a" and "K12+" are typing errors, "K12 北京" and "K12北京" are not. */
  if (*at != '\0' && *at != ' ' && *at != '\t' && (guchar) *at < 0x80)
    return FALSE;
  at = skip_space (at);
  if (*at != '\0' && !g_utf8_validate (at, -1, NULL))
    return FALSE;
  if (road != NULL)
    {
      g_autofree char *reference = g_strndup (start, end - start);

      *road = g_utf8_strup (reference, -1);
    }
  if (chainage_m != NULL)
    *chainage_m = m;
  if (rest != NULL)
    *rest = *at != '\0' ? g_strchomp (g_strdup (at)) : NULL;
  return TRUE;
}
