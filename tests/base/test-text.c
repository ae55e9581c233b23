/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for numbers, places and times, and their parsers against tables and noise. */
#include "base/rn-text.h"

#include <math.h>
#include <string.h>

#define N "\u202f" /* narrow no-break space */
#define S G_GINT64_CONSTANT (1000000)

#define ASSERT_TEXT(call, expected)                                                               \
  G_STMT_START                                                                                    \
  {                                                                                               \
    g_autofree char *text_ = (call);                                                              \
    g_assert_cmpstr (text_, ==, expected);                                                        \
  }                                                                                               \
  G_STMT_END

/* Names the case in hand; escaped, since what is tested may not be UTF-8. */
static void
test_say (const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_test_message ("%s", escaped);
}

static void
test_numbers (void)
{
  ASSERT_TEXT (rn_text_count (0), "0");
  ASSERT_TEXT (rn_text_count (999), "999");
  ASSERT_TEXT (rn_text_count (1000), "1,000");
  ASSERT_TEXT (rn_text_count (2183400), "2,183,400");
  ASSERT_TEXT (rn_text_count (-12345), "−12,345");
  ASSERT_TEXT (rn_text_count (G_MININT64), "−9,223,372,036,854,775,808");
  ASSERT_TEXT (rn_text_measure (17, 0, "km/h"), "17" N "km/h");
  ASSERT_TEXT (rn_text_measure (98.46, 1, "%"), "98.5" N "%");
  ASSERT_TEXT (rn_text_measure (3020.4, 0, "veh/h"), "3,020" N "veh/h");
  ASSERT_TEXT (rn_text_measure (0.917, 2, NULL), "0.92");
  ASSERT_TEXT (rn_text_measure (1234567.891, 2, NULL), "1,234,567.89");
  ASSERT_TEXT (rn_text_measure (NAN, 1, "km"), RN_DASH);
  ASSERT_TEXT (rn_text_measure (INFINITY, 1, "km"), RN_DASH);
  ASSERT_TEXT (rn_text_measure (-0.01, 1, NULL), "0.0");
  ASSERT_TEXT (rn_text_measure (-3.25, 1, NULL), "−3.2");
  ASSERT_TEXT (rn_text_distance (8600), "8.6" N "km");
  ASSERT_TEXT (rn_text_distance (624), "620" N "m");
  ASSERT_TEXT (rn_text_distance (994), "990" N "m");
  ASSERT_TEXT (rn_text_distance (996), "1.0" N "km");
  ASSERT_TEXT (rn_text_distance (0), "0" N "m");
  ASSERT_TEXT (rn_text_distance (NAN), RN_DASH);
  /* The longest double there is. */
  g_free (rn_text_measure (-G_MAXDOUBLE, 9, "x"));
}

static void
test_units (void)
{
  ASSERT_TEXT (rn_text_speed (17.4), "17" N "km/h");
  ASSERT_TEXT (rn_text_speed (NAN), RN_DASH);
  ASSERT_TEXT (rn_text_quantity (rn_quantity_length (0.25)), "0.2" N "km");
  rn_text_set_units (RN_UNITS_IMPERIAL);
  ASSERT_TEXT (rn_text_speed (112.7), "70" N "mph");
  ASSERT_TEXT (rn_text_speed (0), "0" N "mph");
  ASSERT_TEXT (rn_text_speed (NAN), RN_DASH);
  ASSERT_TEXT (rn_text_distance (8600), "5.3" N "mi");
  ASSERT_TEXT (rn_text_distance (1609.344), "1.0" N "mi");
  ASSERT_TEXT (rn_text_distance (804.672), "0.5" N "mi");
  ASSERT_TEXT (rn_text_distance (620), "680" N "yd");
  ASSERT_TEXT (rn_text_distance (0), "0" N "yd");
  ASSERT_TEXT (rn_text_distance (NAN), RN_DASH);
  ASSERT_TEXT (rn_text_quantity (rn_quantity_length (100)), "62.1" N "mi");
  ASSERT_TEXT (rn_text_chainage (123400), "K123+400");
  rn_text_set_units (RN_UNITS_METRIC);
  ASSERT_TEXT (rn_text_distance (620), "620" N "m");
}

static void
test_chainage (void)
{
  ASSERT_TEXT (rn_text_chainage (123400), "K123+400");
  ASSERT_TEXT (rn_text_chainage (1064300), "K1064+300");
  ASSERT_TEXT (rn_text_chainage (0), "K0+000");
  ASSERT_TEXT (rn_text_chainage (999.6), "K1+000");
  ASSERT_TEXT (rn_text_chainage (-250), "−K0+250");
  ASSERT_TEXT (rn_text_chainage (NAN), RN_DASH);
}

static void
test_age (void)
{
  ASSERT_TEXT (rn_text_age (12 * S), "12" N "s");
  ASSERT_TEXT (rn_text_age (-5 * S), "0" N "s");
  ASSERT_TEXT (rn_text_age (59 * S + 999999), "59" N "s");
  ASSERT_TEXT (rn_text_age (60 * S), "1:00");
  ASSERT_TEXT (rn_text_age (200 * S), "3:20");
  ASSERT_TEXT (rn_text_age (599 * S), "9:59");
  ASSERT_TEXT (rn_text_age (660 * S), "11" N "min");
  ASSERT_TEXT (rn_text_age (7500 * S), "2" N "h 05" N "min");
  ASSERT_TEXT (rn_text_age (100 * 3600 * S), "100" N "h 00" N "min");
}

static void
test_times (void)
{
  g_autoptr (GTimeZone) tz = g_time_zone_new_identifier ("Asia/Shanghai");
  gint64 at = G_GINT64_CONSTANT (1790822556) * S; /* 2026-10-01T02:42:36Z */

  ASSERT_TEXT (rn_text_clock (at, tz), "10:42:36");
  ASSERT_TEXT (rn_text_day (at, tz), "Thu 1 Oct");
  ASSERT_TEXT (rn_text_moment (at, at + 3600 * S, tz), "10:42");
  ASSERT_TEXT (rn_text_moment (at, at + 24 * 3600 * S, tz), "1 Oct 10:42");
  ASSERT_TEXT (rn_text_moment (at, at + 365 * 24 * 3600 * S, tz), "1 Oct 10:42");
  /* 23:59 of the day before in Shanghai is another day there, though the same in UTC. */
  ASSERT_TEXT (rn_text_moment (at - 11 * 3600 * S, at, tz), "30 Sep 23:42");
  ASSERT_TEXT (rn_text_rfc3339 (at), "2026-10-01T02:42:36Z");
  ASSERT_TEXT (rn_text_rfc3339 (at + 7000), "2026-10-01T02:42:36.007Z");
  ASSERT_TEXT (rn_text_rfc3339 (-1), "1969-12-31T23:59:59.999Z");
  ASSERT_TEXT (rn_text_rfc3339_local (at, tz), "2026-10-01T10:42:36+08:00");
  ASSERT_TEXT (rn_text_clock (G_MAXINT64, tz), RN_DASH);
  ASSERT_TEXT (rn_text_rfc3339 (G_MININT64), RN_DASH);
}

static void
test_rfc3339 (void)
{
  static const struct {
    const char *text;
    gint64 at_us;
  } good[] = {
    { "2026-10-01T02:42:36Z", G_GINT64_CONSTANT (1790822556000000) },
    { "2026-10-01t02:42:36z", G_GINT64_CONSTANT (1790822556000000) },
    { "2026-10-01 02:42:36Z", G_GINT64_CONSTANT (1790822556000000) },
    { "2026-10-01T10:42:36+08:00", G_GINT64_CONSTANT (1790822556000000) },
    { "2026-09-30T23:12:36-03:30", G_GINT64_CONSTANT (1790822556000000) },
    { "2026-10-01T02:42:36.5Z", G_GINT64_CONSTANT (1790822556500000) },
    { "2026-10-01T02:42:36.123456789012345Z", G_GINT64_CONSTANT (1790822556123456) },
    { "1970-01-01T00:00:00Z", 0 },
    { "1969-12-31T23:59:59.000001Z", -999999 },
    { "0001-01-01T00:00:00Z", G_GINT64_CONSTANT (-62135596800000000) },
    { "9999-12-31T23:59:59Z", G_GINT64_CONSTANT (253402300799000000) },
    { "2024-02-29T00:00:00Z", G_GINT64_CONSTANT (1709164800000000) },
    { "2000-02-29T00:00:00Z", G_GINT64_CONSTANT (951782400000000) },
    { "2016-12-31T23:59:60Z", G_GINT64_CONSTANT (1483228800000000) },
    { "2017-01-01T07:59:60+08:00", G_GINT64_CONSTANT (1483228800000000) },
  };
  static const char *const bad[]
      = { "",
          "2026-10-01",
          "2026-10-01T02:42Z",
          "2026-10-01T02:42:36",
          "2026-10-01T02:42:36+0800",
          "2026-10-01T02:42:36+8:00",
          "2026-10-01T02:42:36+24:00",
          "2026-10-01T02:42:36+08:60",
          "2026-10-01T02:42:36.Z",
          "2026-10-01T02:42:36,5Z",
          "2026-10-01T24:00:00Z",
          "2026-10-01T02:60:00Z",
          "2026-10-01T02:42:61Z",
          "2026-10-01T02:42:60Z", /* no leap second at that time */
          "2026-13-01T02:42:36Z",
          "2026-00-01T02:42:36Z",
          "2026-02-29T02:42:36Z",
          "1900-02-29T02:42:36Z",
          "2026-04-31T02:42:36Z",
          "2026-10-00T02:42:36Z",
          "0000-01-01T00:00:00Z",
          "-2026-10-01T02:42:36Z",
          "12026-10-01T02:42:36Z",
          " 2026-10-01T02:42:36Z",
          "2026-10-01T02:42:36Z ",
          "2026-10-01T02:42:36ZZ",
          "2026-10-01X02:42:36Z",
          "2026/10/01T02:42:36Z",
          "26-10-01T02:42:36Z",
          "２０２６-10-01T02:42:36Z" };
  gint64 out = 42;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      test_say (good[i].text);
      g_assert_true (rn_text_parse_rfc3339 (good[i].text, &out));
      g_assert_cmpint (out, ==, good[i].at_us);
    }
  out = 42;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      test_say (bad[i]);
      g_assert_false (rn_text_parse_rfc3339 (bad[i], &out));
      g_assert_cmpint (out, ==, 42);
    }
  g_assert_false (rn_text_parse_rfc3339 (NULL, &out));
}

/* Any time is read back as it was written. */
static void
test_rfc3339_random (void)
{
  for (int i = 0; i < 5000; i++)
    {
      gint64 ms = (gint64) g_test_rand_double_range (-62135596800000.0, 253402300799000.0);
      g_autofree char *text = rn_text_rfc3339 (ms * 1000);
      gint64 again;

      g_assert_true (rn_text_parse_rfc3339 (text, &again));
      g_assert_cmpint (again, ==, ms * 1000);
    }
}

static void
test_http_date (void)
{
  static const char *const good[] = { "Sun, 06 Nov 1994 08:49:37 GMT",
                                      "Sunday, 06-Nov-94 08:49:37 GMT",
                                      "Sun Nov  6 08:49:37 1994" };
  static const char *const bad[]
      = { "", "Sun, 06 Nov 1994 08:49:37", "Sun, 6 Nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 08:49:37 UTC", "Xyz, 06 Nov 1994 08:49:37 GMT",
          "Sun, 06 Now 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 25:49:37 GMT", "Sun Nov 6 08:49:37 1994",
          "Sun, 06 Nov 1994 08:49:37 GMT ", "1994-11-06T08:49:37Z",
          "Sun, 06-Nov-94 08:49:37 GMT" };
  gint64 out = 42;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      out = 42;
      g_assert_true (rn_text_parse_http_date (good[i], &out));
      g_assert_cmpint (out, ==, 784111777 * S);
    }
  g_assert_true (rn_text_parse_http_date ("Sun Nov 16 08:49:37 1994", &out));
  g_assert_cmpint (out, ==, (784111777 + 10 * 86400) * S);
  g_assert_true (rn_text_parse_http_date ("Thursday, 01-Oct-26 02:42:36 GMT", &out));
  g_assert_cmpint (out, ==, 1790822556 * S);
  out = 42;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (rn_text_parse_http_date (bad[i], &out));
      g_assert_cmpint (out, ==, 42);
    }
  g_assert_false (rn_text_parse_http_date (NULL, &out));
}

static void
test_place (void)
{
  static const struct {
    const char *text, *road;
    double m;
    const char *rest;
  } good[] = {
    { "G42 K123+400", "G42", 123400, NULL },
    { "g42k123+400", "G42", 123400, NULL },
    { "  G42   k123+400  ", "G42", 123400, NULL },
    { "G42 123.4", "G42", 123400, NULL },
    { "G42 123", "G42", 123000, NULL },
    { "G42 K123", "G42", 123000, NULL },
    { "G42 K 123+400", "G42", 123400, NULL },
    { "S39 K0+050", "S39", 50, NULL },
    { "S39 K0+50", "S39", 50, NULL },
    { "G1522 K7+000.5", "G1522", 7000.5, NULL },
    { "g15w3 k12", "G15W3", 12000, NULL },
    { "G15W K12+1", "G15W", 12001, NULL },
    { "G42 K123+400 上海方向", "G42", 123400, "上海方向" },
    { "G42 K123+400上海", "G42", 123400, "上海" },
    { "G42 123.4 asc ", "G42", 123400, "asc" },
    { "国道1号 K25+100", "国道1号", 25100, NULL },
  };
  static const char *const bad[]
      = { "",          "G42",         "G42 ",      "K123+400",     "G42123+400",   "G42 K",
          "G42 K+400", "G42 K123+",   "G42 K123+4000", "G42 K12345", "G42 K-5",  "G42 K123.",
          "G42 123a",  "G42 K123+400a", "Nanjing",  "Nanjing North", "service area K12",
          "42 123",    "G42,K123",    "G42 .4",    "ABCD12 5",     "G K5+",       "G42 K1\xff",
          "G42 K1 \xff", "\xff K1",   "G123456789012 5" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *road = NULL, *rest = NULL;
      double m = NAN;

      test_say (good[i].text);
      g_assert_true (rn_text_parse_place (good[i].text, &road, &m, &rest));
      g_assert_cmpstr (road, ==, good[i].road);
      g_assert_cmpfloat_with_epsilon (m, good[i].m, 1e-6);
      g_assert_cmpstr (rest, ==, good[i].rest);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      char *road = NULL, *rest = NULL;
      double m = 42;

      test_say (bad[i]);
      g_assert_false (rn_text_parse_place (bad[i], &road, &m, &rest));
      g_assert_null (road);
      g_assert_null (rest);
      g_assert_cmpfloat (m, ==, 42);
    }
  g_assert_false (rn_text_parse_place (NULL, NULL, NULL, NULL));
  g_assert_true (rn_text_parse_place ("G42 K1", NULL, NULL, NULL));
}

/* What the formatter writes the parser reads. */
static void
test_place_random (void)
{
  for (int i = 0; i < 2000; i++)
    {
      int m = g_test_rand_int_range (0, 9999999);
      g_autofree char *chainage = rn_text_chainage (m), *text = NULL, *road = NULL;
      double again;

      text = g_strdup_printf ("G%d %s", g_test_rand_int_range (1, 9999), chainage);
      g_assert_true (rn_text_parse_place (text, &road, &again, NULL));
      g_assert_cmpfloat_with_epsilon (again, m, 1e-6);
    }
}

static void
test_noise (void)
{
  static const char letters[] = "0123456789-:TZz+. GKgk,SunMonJan\xe6\xb1\x9f\xff";

  for (int i = 0; i < 30000; i++)
    {
      char text[40];
      int n = g_test_rand_int_range (0, sizeof text);
      g_autofree char *exact = NULL, *road = NULL, *rest = NULL;
      gint64 at;
      double m;

      for (int k = 0; k < n; k++)
        text[k] = letters[g_test_rand_int_range (0, sizeof letters - 1)];
      exact = g_strndup (text, n);
      rn_text_parse_rfc3339 (exact, &at);
      rn_text_parse_http_date (exact, &at);
      if (rn_text_parse_place (exact, &road, &m, &rest))
        {
          g_assert_true (g_utf8_validate (road, -1, NULL));
          g_assert_true (rest == NULL || g_utf8_validate (rest, -1, NULL));
          g_assert_true (m >= 0 && m <= 1e7);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/numbers", test_numbers);
  g_test_add_func ("/text/units", test_units);
  g_test_add_func ("/text/chainage", test_chainage);
  g_test_add_func ("/text/age", test_age);
  g_test_add_func ("/text/times", test_times);
  g_test_add_func ("/text/rfc3339", test_rfc3339);
  g_test_add_func ("/text/rfc3339-random", test_rfc3339_random);
  g_test_add_func ("/text/http-date", test_http_date);
  g_test_add_func ("/text/place", test_place);
  g_test_add_func ("/text/place-random", test_place_random);
  g_test_add_func ("/text/noise", test_noise);
  return g_test_run ();
}
