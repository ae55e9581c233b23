/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cursor over the text; numbers are read without the locale. */
#include "feed/rn-wkt.h"

#include <math.h>
#include <string.h>

#include "base/rn-geodesy.h"
#include "base/rn-i18n.h"
#include "feed/rn-adapter.h"

#define MAX_GAP_M 100.0

static void
skip_space (const char **at)
{
  while (g_ascii_isspace (**at))
    (*at)++;
}

static gboolean
take (const char **at, char c)
{
  skip_space (at);
  if (**at != c)
    return FALSE;
  (*at)++;
  return TRUE;
}

static gboolean
take_word (const char **at, const char *word)
{
  gsize n = strlen (word);

  skip_space (at);
  if (g_ascii_strncasecmp (*at, word, n) != 0 || g_ascii_isalpha ((*at)[n]))
    return FALSE;
  *at += n;
  return TRUE;
}

static gboolean
take_number (const char **at, double *out)
{
  char *end = NULL;

  skip_space (at);
  /* strtod also takes "nan", "inf" and hex: a coordinate begins with a digit, a sign or a point
   * and holds no letter but an exponent. */
  if (!g_ascii_isdigit (**at) && **at != '-' && **at != '+' && **at != '.')
    return FALSE;
  *out = g_ascii_strtod (*at, &end);
  if (end == *at || !isfinite (*out))
    return FALSE;
  for (const char *c = *at; c < end; c++)
    if (g_ascii_isalpha (*c) && *c != 'e' && *c != 'E')
      return FALSE;
  *at = end;
  return TRUE;
}

static gboolean
fail (GError **error, const char *cause)
{
  g_set_error_literal (error, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT, cause);
  return FALSE;
}

static gboolean
take_position (const char **at, RnPoint *point, GError **error)
{
  double extra;

  if (!take_number (at, &point->lon) || !take_number (at, &point->lat))
    return fail (error, _("a coordinate is not a number"));
  if (!rn_point_is_valid (point->lon, point->lat))
    return fail (error, _("a coordinate lies outside of the globe"));
  while (take_number (at, &extra)) /* Z, M */
    continue;
  return TRUE;
}

/* "(lon lat, lon lat)", appended to @points; a repeated vertex is kept once. */
static gboolean
take_line (const char **at, GArray *points, GError **error)
{
  gboolean first = TRUE;

  if (!take (at, '('))
    return fail (error, _("“(” expected"));
  do
    {
      RnPoint point;

      if (!take_position (at, &point, error))
        return FALSE;
      if (points->len > 0)
        {
          const RnPoint *last = &g_array_index (points, RnPoint, points->len - 1);

          if (first && rn_distance_m (*last, point) > MAX_GAP_M)
            return fail (error, _("the parts of the line do not meet"));
          if (last->lon == point.lon && last->lat == point.lat)
            {
              first = FALSE;
              continue;
            }
        }
      first = FALSE;
      g_array_append_val (points, point);
    }
  while (take (at, ','));
  if (!take (at, ')'))
    return fail (error, _("“)” expected: the line is cut off"));
  return TRUE;
}

static gboolean
take_geometry (const char **at, GArray *points, GError **error)
{
  gboolean multi = FALSE;

  if (take_word (at, "SRID"))
    {
      while (**at != '\0' && **at != ';')
        (*at)++;
      take (at, ';');
    }
  if (take_word (at, "MULTILINESTRING"))
    multi = TRUE;
  else if (!take_word (at, "LINESTRING"))
    return fail (error, _("neither LINESTRING nor MULTILINESTRING"));
  if (!take_word (at, "ZM") && !take_word (at, "Z"))
    take_word (at, "M");
  if (take_word (at, "EMPTY"))
    return fail (error, _("an empty line"));
  if (!multi)
    return take_line (at, points, error);
  if (!take (at, '('))
    return fail (error, _("“(” expected"));
  do
    if (!take_line (at, points, error))
      return FALSE;
  while (take (at, ','));
  return take (at, ')') || fail (error, _("“)” expected: the line is cut off"));
}

GArray *
rn_wkt_parse_line (const char *text, GError **error)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (RnPoint));

  if (!take_geometry (&text, points, error))
    return NULL;
  skip_space (&text);
  if (*text != '\0')
    {
      fail (error, _("text after the end of the line"));
      return NULL;
    }
  return g_steal_pointer (&points);
}
