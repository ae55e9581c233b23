/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roads, directions and places as the agency writes them. Section names are prose ("Journey Time
 * Section for the M6 northbound from Jct 10A to Jct 11A") and the only word on the road; TPEG gives
 * the direction, except where it says "unknown". Pure. */
#include <math.h>
#include <string.h>

#include "feed/rn-adapter-uk-ha-parts.h"
#include "model/rn-network.h"

/* A road: M6 Toll, A1(M), A194M, A 14. Not A27 of "NPN A27x". */
#define ROAD "(?:M6 ?Toll|[AM] ?\\d{1,4}(?:\\(M\\)|M)?)(?!\\w)"

/* Compiled once a process. */
static GRegex *
regex_of (GRegex **slot, const char *pattern)
{
  if (g_once_init_enter (slot))
    g_once_init_leave (slot, g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
  return *slot;
}

/* ---- directions ---- */

static const struct {
  const char *tpeg, *word, *zh;
  double bearing_deg;
} ways[RN_UK_N_WAYS] = {
  [RN_UK_UNKNOWN] = { NULL, NULL, NULL, NAN },
  [RN_UK_NORTH] = { "northBound", "northbound", "北行", 0 },
  [RN_UK_EAST] = { "eastBound", "eastbound", "东行", 90 },
  [RN_UK_SOUTH] = { "southBound", "southbound", "南行", 180 },
  [RN_UK_WEST] = { "westBound", "westbound", "西行", 270 },
  [RN_UK_CLOCKWISE] = { "clockwise", "clockwise", "顺时针", NAN },
  [RN_UK_ANTICLOCKWISE] = { "anticlockwise", "anticlockwise", "逆时针", NAN },
};

RnUkWay
rn_uk_way_of_tpeg (const char *text)
{
  for (RnUkWay way = RN_UK_NORTH; text != NULL && way < RN_UK_N_WAYS; way++)
    if (g_ascii_strcasecmp (text, ways[way].tpeg) == 0)
      return way;
  return RN_UK_UNKNOWN;
}

RnUkWay
rn_uk_way_of_name (const char *name)
{
  static GRegex *slot;
  GRegex *regex =
      regex_of (&slot, "\\b(?:(anti|counter)?[- ]?clockwise|(north|south|east|west)[- ]?bound|"
                       "([nsew])/?b)\\b");
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *anti = NULL, *wind = NULL, *letter = NULL;

  if (name == NULL || !g_regex_match (regex, name, 0, &match))
    return RN_UK_UNKNOWN;
  anti = g_match_info_fetch (match, 1);
  wind = g_match_info_fetch (match, 2);
  letter = g_match_info_fetch (match, 3);
  if (anti != NULL && *anti != '\0')
    return RN_UK_ANTICLOCKWISE;

  const char *word = wind != NULL && *wind != '\0' ? wind : letter;
  for (RnUkWay way = RN_UK_NORTH; word != NULL && *word != '\0' && way <= RN_UK_WEST; way++)
    if (g_ascii_tolower (*word) == *ways[way].word)
      return way;
  return RN_UK_CLOCKWISE;
}

RnUkWay
rn_uk_way_of_bearing (double bearing_deg)
{
  return RN_UK_NORTH + (RnUkWay) ((int) floor ((bearing_deg + 45) / 90) % 4);
}

RnDirection
rn_uk_direction (RnUkWay way)
{
  return way == RN_UK_SOUTH || way == RN_UK_WEST || way == RN_UK_ANTICLOCKWISE ? RN_DIRECTION_DESC
                                                                               : RN_DIRECTION_ASC;
}

const char *
rn_uk_way_word (RnUkWay way)
{
  return ways[way].word;
}

RnNames *
rn_uk_way_names (RnUkWay way)
{
  return way != RN_UK_UNKNOWN
             ? rn_names_new_pairs ("en", ways[way].word, "zh-CN", ways[way].zh, NULL)
             : NULL;
}

double
rn_uk_way_bearing_deg (RnUkWay way)
{
  return ways[way].bearing_deg;
}

/* ---- roads ---- */

/* "m6 toll" → "M6 Toll", "A194M" → "A194(M)", "A 14" → "A14". */
static char *
tidy_road (const char *found)
{
  g_autofree char *upper = g_ascii_strup (found, -1);
  g_auto (GStrv) words = g_strsplit (upper, " ", -1);
  g_autofree char *road = g_strjoinv ("", words);
  gsize n = strlen (road);

  if (strcmp (road, "M6TOLL") == 0)
    return g_strdup ("M6 Toll");
  if (n > 1 && road[n - 1] == 'M')
    return g_strdup_printf ("%.*s(M)", (int) n - 1, road);
  return g_steal_pointer (&road);
}

char *
rn_uk_dup_road (const char *text)
{
  static GRegex *slot;
  GRegex *regex = regex_of (&slot, "\\b" ROAD);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *found = NULL;

  if (text == NULL || !g_regex_match (regex, text, 0, &match))
    return NULL;
  found = g_match_info_fetch (match, 0);
  return tidy_road (found);
}

static void
add_road (GPtrArray *roads, char *road)
{
  if (road != NULL && !g_ptr_array_find_with_equal_func (roads, road, g_str_equal, NULL))
    g_ptr_array_add (roads, road);
  else
    g_free (road);
}

/* What stands before the first word of place: "M42 southbound ". */
static char *
dup_head (const char *name)
{
  static GRegex *slot;
  GRegex *regex = regex_of (&slot, "\\b(?:from|to|at|towards|within|between|approach)(?=\\b|Jct)");
  g_autoptr (GMatchInfo) match = NULL;
  int from = 0, to = 0;

  if (!g_regex_match (regex, name, 0, &match) || !g_match_info_fetch_pos (match, 0, &from, &to))
    return g_strdup (name);
  return g_strndup (name, from);
}

GStrv
rn_uk_dup_roads (const char *name)
{
  static GRegex *slot;
  GRegex *others = regex_of (&slot, "\\b(?:and|then)(?: then)?(?: the)? (" ROAD ")(?=[ ,.]|$)");
  GPtrArray *roads = g_ptr_array_new ();
  g_autofree char *head = dup_head (name);
  g_autoptr (GMatchInfo) match = NULL;

  add_road (roads, rn_uk_dup_road (head));
  g_regex_match (others, name, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *found = g_match_info_fetch (match, 1);

      add_road (roads, tidy_road (found));
    }
  if (roads->len == 0)
    add_road (roads, rn_uk_dup_road (name));
  g_ptr_array_add (roads, NULL);
  return (GStrv) g_ptr_array_free (roads, FALSE);
}

char *
rn_uk_dup_family (const char *road)
{
  gsize n = strlen (road);

  if (strcmp (road, "A282") == 0)
    return g_strdup ("M25");
  return g_str_has_suffix (road, "(M)") ? g_strndup (road, n - 3) : g_strdup (road);
}

/* ---- names for people ---- */

/* Each in turn. */
static const struct {
  const char *pattern, *with;
} tidying[] = {
  { "^\\s*(?:Journey Time Section|JTS)\\s+(?:for\\s+)?(?:the\\s+)?", "" },
  { "(?<=\\bfrom)(?=J)", " " },
  { "(?<=[\\d)])(?=to\\b)", " " },
  { "(?<=\\bto)(?=Jct)", " " },
  { "(?<=\\b[ABM])\\s(?=\\d)", "" },
  { "\\b(?:Junctions?|Jct|Jn|J)\\s*\\.?\\s*(?=T?\\d)", "J" },
  { "(?<=[\\w)])\\s*\\((?!M\\))", " (" },
  { "\\(\\s+", "(" },
  { "\\)(?=\\w)", ") " },
  { "\\b(?:the\\s+)?(?:Junction|Jct|Jn)\\s+(?:with?|of|for)\\s+(?:the\\s+)?(?:NPN\\s+)?", "" },
  { "\\bthe\\s+(?=[ABM]\\d)", "" },
  { "\\bNPN\\s+", "" },
};

/* Drops @road and a direction word from the front of @text. */
static char *
drop_road (const char *text, const char *road)
{
  static GRegex *slot;
  GRegex *direction = regex_of (
      &slot, "^(?:(?:(?:anti|counter)?[- ]?clockwise|(?:north|south|east|west)[- ]?bound|[nsew]b)"
             "(?:\\s+|$))");
  gsize n = strlen (road);

  if (g_ascii_strncasecmp (text, road, n) != 0 || !g_ascii_isspace (text[n]))
    return g_strdup (text);
  for (text += n; g_ascii_isspace (*text); text++)
    ;
  return g_regex_replace_literal (direction, text, -1, 0, "", 0, NULL);
}

char *
rn_uk_dup_section_name (const char *name, const char *road)
{
  static GRegex *slots[G_N_ELEMENTS (tidying)];
  g_autofree char *text = g_strdup (name);

  for (guint i = 0; i < G_N_ELEMENTS (tidying); i++)
    {
      GRegex *regex = regex_of (&slots[i], tidying[i].pattern);
      char *next = g_regex_replace_literal (regex, text, -1, 0, tidying[i].with, 0, NULL);

      g_free (text);
      text = next;
    }

  g_autofree char *rest = drop_road (text, road);
  g_strstrip (rest);
  if (g_ascii_strncasecmp (rest, "from ", 5) == 0)
    {
      const char *from = rest + 5, *to = strstr (from, " to ");

      if (to != NULL)
        return g_strdup_printf ("%.*s → %s", (int) (to - from), from, to + 4);
    }
  if (*rest == '\0')
    return g_strdup (name);
  if (g_ascii_islower (*rest))
    *rest = g_ascii_toupper (*rest);
  return g_steal_pointer (&rest);
}

gboolean
rn_uk_is_beside (const char *text)
{
  static GRegex *slot;
  GRegex *regex = regex_of (&slot, "\\b(?:exit|access|slip(?: road)?|link road|distributor)\\b");

  return text != NULL && g_regex_match (regex, text, 0, NULL);
}
