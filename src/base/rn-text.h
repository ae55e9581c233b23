/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, places and times as text and back: the words of design "look", in the language in use.
 * All returned strings are the caller's. Pure, any thread. */
#pragma once

#include <glib.h>

/** "–", for what is not known. */
#define RN_DASH "–"

/** Grouped: 2,183,400. */
char *rn_text_count (gint64 n);

/** A measure with @decimals and a narrow space before @unit ("17 km/h"); NaN gives "–" without
 *  unit. @unit may be NULL. Digits are grouped, the point is '.', in both languages. */
char *rn_text_measure (double value, int decimals, const char *unit);

/** What lengths and speeds are said in; chainages and all documents stay metric. */
typedef enum { RN_UNITS_METRIC, RN_UNITS_IMPERIAL } RnUnits;

/** Of the whole program, from now on; metric at the start. Any thread. */
void rn_text_set_units (RnUnits units);
RnUnits rn_text_get_units (void);

/** A number as it is said: in its unit (translated; borrowed), with so many decimals. */
typedef struct {
  double value; /* NaN unknown */
  int decimals;
  const char *unit;
} RnQuantity;

/** km/h or mph, whole. */
RnQuantity rn_quantity_speed (double kmh);
/** Metres as km with one decimal from 1 km on, else m rounded to 10; or miles with one decimal from
 *  half a mile on, else yards rounded to 10. */
RnQuantity rn_quantity_distance (double m);
/** Lengths that are compared: always km, or always miles, with one decimal. */
RnQuantity rn_quantity_length (double km);

/** "17 km/h"; "–" when it is not known. */
char *rn_text_quantity (RnQuantity quantity);
char *rn_text_speed (double kmh);

/** rn_quantity_distance() in words: "8.6 km", "620 m". */
char *rn_text_distance (double m);

/** Chainage: 123400 → "K123+400". NaN gives "–". */
char *rn_text_chainage (double m);

/** Age: 12 s · 3:20 · 11 min · 2 h 05 min (12 秒 · 3:20 · 11 分 · 2 时 05 分). Negative counts as 0. */
char *rn_text_age (gint64 age_us);

/** Clock time "10:42:36" and day "Thu 1 Oct" / "10月1日 周四" of @at_us (Unix µs) in @tz. */
char *rn_text_clock (gint64 at_us, GTimeZone *tz);
char *rn_text_day (gint64 at_us, GTimeZone *tz);

/** "10:42" today in @tz, else "1 Oct 10:42". @now_us tells what today is. */
char *rn_text_moment (gint64 at_us, gint64 now_us, GTimeZone *tz);

/** Parses RFC 3339 with offset or Z (fraction of any length, seconds mandatory, years 1–9999).
 *  TRUE and Unix µs in @out, else FALSE and @out untouched. */
gboolean rn_text_parse_rfc3339 (const char *text, gint64 *out);

/** "2026-10-01T02:42:36Z", with milliseconds only when there are some. */
char *rn_text_rfc3339 (gint64 at_us);

/** The same with the offset of @tz: "2026-10-01T10:42:36+08:00". */
char *rn_text_rfc3339_local (gint64 at_us, GTimeZone *tz);

/** Parses an HTTP date (IMF-fixdate, and the two obsolete forms of RFC 9110). */
gboolean rn_text_parse_http_date (const char *text, gint64 *out);

/** Parses a place as operators type it: "G42 K123+400", "g42k123+400", "G42 123.4", with an
 *  optional direction word left in @rest. FALSE when it is not one.
 *  @road: (out) upper-cased reference; @chainage_m: (out); @rest: (out) (nullable), trimmed. */
gboolean rn_text_parse_place (const char *text, char **road, double *chainage_m, char **rest);
