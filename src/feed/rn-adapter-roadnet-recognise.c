/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which endpoint a recorded answer is of, by its members: the first 64 KiB of a document, cut off
 * anywhere, are walked by a small lexer that knows keys, strings and nesting and nothing else. A
 * file name decides only between collections that are empty. Pure. */
#include <string.h>

#include "feed/rn-adapter-roadnet-parts.h"

#define MAX_DEPTH 32
#define MAX_WORD 32

typedef struct {
  const char *at, *end;
  guint depth;
  char container[MAX_DEPTH]; /* '{' or '[' */
  char key[MAX_DEPTH][MAX_WORD];
  gboolean collection; /* "type": "FeatureCollection" */
  gboolean versioned;  /* "version" at the top */
  int slot;            /* -1 while not known */
} Walk;

/* Reads the string that begins at `at`, of which only the beginning is kept. FALSE when cut off. */
static gboolean
take_string (Walk *walk, char word[MAX_WORD])
{
  gsize n = 0;

  for (walk->at++; walk->at < walk->end && *walk->at != '"'; walk->at++)
    {
      if (*walk->at == '\\' && ++walk->at >= walk->end)
        break;
      if (n < MAX_WORD - 1)
        word[n++] = *walk->at;
    }
  word[n] = '\0';
  if (walk->at >= walk->end)
    return FALSE;
  walk->at++;
  return TRUE;
}

static int
slot_of_top_key (const char *key)
{
  static const struct {
    const char *key;
    int slot;
  } table[] = {
    { "feed_info", RN_ROADNET_WORKS },       { "road_event_feed_info", RN_ROADNET_WORKS },
    { "network_version", RN_ROADNET_FLOW },  { "flow_vph", RN_ROADNET_FLOW },
    { "speed_kmh", RN_ROADNET_FLOW },        { "roads", RN_ROADNET_NETWORK },
    { "facilities", RN_ROADNET_FACILITIES }, { "kpis", RN_ROADNET_KPIS },
    { "plans", RN_ROADNET_PLANS },           { "measures", RN_ROADNET_PLANS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].key, key) == 0)
      return table[i].slot;
  return -1;
}

static int
slot_of_feature_kind (const char *kind)
{
  if (strcmp (kind, "section") == 0 || strcmp (kind, "facility") == 0)
    return RN_ROADNET_NETWORK;
  if (strcmp (kind, "station") == 0 || strcmp (kind, "warning") == 0
      || strcmp (kind, "control") == 0)
    return RN_ROADNET_WEATHER;
  return -1;
}

/* Whether the walk is right in features[i].properties. */
static gboolean
in_properties (const Walk *walk)
{
  return walk->depth == 4 && strcmp (walk->key[0], "features") == 0
         && strcmp (walk->key[2], "properties") == 0 && walk->container[1] == '[';
}

static void
see_key (Walk *walk)
{
  const char *key = walk->key[walk->depth - 1];

  if (walk->depth == 1)
    {
      walk->versioned |= strcmp (key, "version") == 0;
      walk->slot = slot_of_top_key (key);
    }
  else if (in_properties (walk)
           && (strcmp (key, "core_details") == 0 || strcmp (key, "road_event_id") == 0
               || strcmp (key, "vehicle_impact") == 0)) /* the latter two in versions 2 and 3 */
    walk->slot = RN_ROADNET_WORKS;
  else if (in_properties (walk) && strcmp (key, "revision") == 0)
    walk->slot = RN_ROADNET_INCIDENTS;
}

static void
see_string (Walk *walk, const char *text)
{
  const char *key = walk->depth > 0 ? walk->key[walk->depth - 1] : "";

  if (walk->depth == 1 && strcmp (key, "type") == 0)
    walk->collection = strcmp (text, "FeatureCollection") == 0;
  else if (in_properties (walk) && strcmp (key, "kind") == 0)
    walk->slot = slot_of_feature_kind (text);
}

/* Takes a string: a key when a colon follows in an object. FALSE at the end of the head. */
static gboolean
step_string (Walk *walk)
{
  char word[MAX_WORD];

  if (!take_string (walk, word))
    return FALSE;
  while (walk->at < walk->end && g_ascii_isspace (*walk->at))
    walk->at++;
  if (walk->depth > 0 && walk->container[walk->depth - 1] == '{' && walk->at < walk->end
      && *walk->at == ':')
    {
      memcpy (walk->key[walk->depth - 1], word, sizeof word);
      see_key (walk);
    }
  else
    see_string (walk, word);
  return TRUE;
}

static void
walk_head (Walk *walk)
{
  while (walk->at < walk->end && walk->slot < 0)
    switch (*walk->at)
      {
      case '"':
        if (!step_string (walk))
          return;
        break;
      case '{':
      case '[':
        if (walk->depth == MAX_DEPTH)
          return;
        walk->container[walk->depth] = *walk->at++;
        walk->key[walk->depth][0] = '\0';
        walk->depth++;
        break;
      case '}':
      case ']':
        if (walk->depth == 0)
          return;
        walk->depth--;
        walk->at++;
        break;
      default:
        walk->at++;
      }
}

int
rn_roadnet_recognise (const char *name, const char *head, gsize length)
{
  Walk walk = { .at = head, .end = head + length, .slot = -1 };

  if (length >= 3 && memcmp (head, "\xEF\xBB\xBF", 3) == 0)
    walk.at += 3;
  while (walk.at < walk.end && g_ascii_isspace (*walk.at))
    walk.at++;
  if (walk.at == walk.end || *walk.at != '{')
    return -1;
  walk_head (&walk);
  if (walk.slot >= 0 || !walk.collection)
    return walk.slot;
  if (walk.versioned)
    return RN_ROADNET_NETWORK;
  /* A collection without a feature that tells: incidents and weather look alike when empty. */
  if (name != NULL && strstr (name, "incident") != NULL)
    return RN_ROADNET_INCIDENTS;
  if (name != NULL && strstr (name, "weather") != NULL)
    return RN_ROADNET_WEATHER;
  return -1;
}
