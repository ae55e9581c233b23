/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One text a thing, folded once: names (each on a line), then after '\t' what it may also be found
 * by (road, chainage, id, type). All in one block, so that a query is a walk through memory:
 * 100,000 sections take some ms. The text of incidents and works is made at the query, since they
 * change. Pure; any thread. */
#include "ui/rn-search-index.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-device-text.h"
#include "ui/rn-side-text.h"

typedef struct {
  guint8 kind;   /* RnHitKind */
  guint32 index; /* in the network's or frame's array */
  guint32 text;  /* offset in the block */
} Entry;

typedef struct {
  int score;
  guint length; /* of the text: the shorter wins */
  Entry entry;
} Candidate;

struct _RnSearchIndex {
  gatomicrefcount refs;
  RnNetwork *network;
  GArray *entries; /* Entry */
  GString *block;
};

#define MAX_WORDS 8
#define CHECK_EVERY 4096 /* entries between looks at the cancellable */

/* ---- folding ------------------------------------------------------------------------------- */

/* Case and width ("Ｇ２" = "g2") ignored. */
static char *
fold (const char *text)
{
  g_autofree char *wide = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return wide != NULL ? g_utf8_casefold (wide, -1) : NULL;
}

static void
append_folded (GString *block, const char *text, char end)
{
  gboolean plain = text != NULL;

  for (const char *p = text; plain && *p != '\0'; p++)
    plain = (guchar) *p < 0x80;
  if (text == NULL || *text == '\0')
    return;
  if (plain)
    for (const char *p = text; *p != '\0'; p++)
      g_string_append_c (block, g_ascii_iscntrl (*p) ? ' ' : g_ascii_tolower (*p));
  else
    {
      g_autofree char *folded = fold (text);

      for (char *p = folded; p != NULL && *p != '\0'; p++)
        if (g_ascii_iscntrl (*p))
          *p = ' ';
      g_string_append (block, folded != NULL ? folded : "");
    }
  g_string_append_c (block, end);
}

static void
append_names (GString *block, const RnNames *names)
{
  const char *tag, *text;

  for (guint i = 0; rn_names_nth (names, i, &tag, &text); i++)
    append_folded (block, text, '\n');
}

static void
append_chainage (GString *block, double m)
{
  if (!isnan (m))
    g_string_append_printf (block, "k%d+%03d ", (int) m / 1000, abs ((int) m % 1000));
}

/* ---- building ------------------------------------------------------------------------------ */

static void
begin_entry (RnSearchIndex *self, RnHitKind kind, guint32 index)
{
  Entry entry = { (guint8) kind, index, (guint32) self->block->len };

  g_array_append_val (self->entries, entry);
}

static const char *
road_ref (const RnNetwork *network, guint32 road)
{
  return road != RN_NONE ? network->roads[road].ref : NULL;
}

static void
add_road (RnSearchIndex *self, guint32 i)
{
  const RnRoad *road = &self->network->roads[i];

  begin_entry (self, RN_HIT_ROAD, i);
  append_folded (self->block, road->ref, '\n');
  append_names (self->block, road->names);
  g_string_append_c (self->block, '\0');
}

static void
add_facility (RnSearchIndex *self, guint32 i)
{
  const RnFacility *facility = &self->network->facilities[i];

  begin_entry (self, RN_HIT_FACILITY, i);
  append_names (self->block, facility->names);
  g_string_append_c (self->block, '\t');
  append_folded (self->block, road_ref (self->network, facility->road), ' ');
  append_chainage (self->block, facility->chainage_m);
  append_folded (self->block, rn_facility_type_title (facility->type), ' ');
  append_folded (self->block, facility->id, ' ');
  g_string_append_c (self->block, '\0');
}

static void
add_section (RnSearchIndex *self, guint32 i)
{
  const RnNetwork *network = self->network;
  guint32 road = network->road[i];

  begin_entry (self, RN_HIT_SECTION, i);
  append_names (self->block, network->names[i]);
  append_folded (self->block, network->bridge[i], '\n');
  append_folded (self->block, network->tunnel[i], '\n');
  g_string_append_c (self->block, '\t');
  append_folded (self->block, road_ref (network, road), ' ');
  append_chainage (self->block, network->from_m[i]);
  if (road != RN_NONE)
    append_names (self->block, network->roads[road].direction_names[network->direction[i]]);
  append_folded (self->block, network->id[i], ' ');
  g_string_append_c (self->block, '\0');
}

RnSearchIndex *
rn_search_index_new (const RnNetwork *network)
{
  RnSearchIndex *self = g_new0 (RnSearchIndex, 1);

  g_atomic_ref_count_init (&self->refs);
  self->network = rn_network_ref (network);
  self->entries = g_array_sized_new (
      FALSE, FALSE, sizeof (Entry), network->n_sections + network->n_facilities + network->n_roads);
  self->block = g_string_sized_new ((gsize) network->n_sections * 64 + 64);
  for (guint i = 0; i < network->n_roads; i++)
    add_road (self, i);
  for (guint i = 0; i < network->n_facilities; i++)
    add_facility (self, i);
  for (guint i = 0; i < network->n_sections; i++)
    add_section (self, i);
  return self;
}

RnSearchIndex *
rn_search_index_ref (RnSearchIndex *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
rn_search_index_unref (RnSearchIndex *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  rn_network_unref (self->network);
  g_array_unref (self->entries);
  g_string_free (self->block, TRUE);
  g_free (self);
}

const RnNetwork *
rn_search_index_get_network (const RnSearchIndex *self)
{
  return self->network;
}

/* ---- matching ------------------------------------------------------------------------------ */

/* How good one place of a word in a text is; 0: in the middle of a Latin word. */
static int
score_at (const char *text, const char *at, gsize length, gboolean secondary)
{
  gunichar first = g_utf8_get_char (at);
  gunichar before = at > text ? g_utf8_get_char (g_utf8_prev_char (at)) : '\n';
  gunichar after = g_utf8_get_char (at + length);
  gboolean starts = before == '\n' || before == '\t';
  gboolean ends = after == '\0' || after == '\n' || after == '\t';

  if (secondary)
    {
      if (starts || before == ' ')
        return after == ' ' || ends ? 45 : 30;
      return g_unichar_isdigit (first) && g_unichar_isalpha (before)   ? 15
             : g_unichar_iswide (first) || !g_unichar_isalnum (before) ? 20
                                                                       : 0;
    }
  if (starts)
    return ends ? 100 : 80;
  if (g_unichar_iswide (first))
    return 50;
  if (!g_unichar_isalnum (before) || g_unichar_iswide (before))
    return 60;
  return g_unichar_isdigit (first) && g_unichar_isalpha (before) ? 40 : 0;
}

static int
score_word (const char *text, const char *word, gsize length)
{
  const char *names_end = strchr (text, '\t');
  int best = 0;

  for (const char *at = strstr (text, word); at != NULL && best < 100; at = strstr (at + 1, word))
    best = MAX (best, score_at (text, at, length, names_end != NULL && at > names_end));
  return best;
}

/* The mean of its words; 0 when one does not occur. */
static int
score_text (const char *text, char **words, const gsize *lengths, guint n)
{
  int sum = 0;

  for (guint i = 0; i < n; i++)
    {
      int score = score_word (text, words[i], lengths[i]);

      if (score == 0)
        return 0;
      sum += score;
    }
  return sum / (int) n;
}

static int
kind_bonus (RnHitKind kind)
{
  static const int bonus[] = {
    [RN_HIT_PLACE] = 0, [RN_HIT_ROAD] = 12,  [RN_HIT_INCIDENT] = 8, [RN_HIT_FACILITY] = 6,
    [RN_HIT_WORK] = 3,  [RN_HIT_DEVICE] = 2, [RN_HIT_SECTION] = 0,
  };

  return bonus[kind];
}

static int
compare_candidates (const Candidate *a, const Candidate *b)
{
  if (a->score != b->score)
    return a->score > b->score ? -1 : 1;
  if (a->entry.kind != b->entry.kind)
    return a->entry.kind < b->entry.kind ? -1 : 1;
  if (a->length != b->length)
    return a->length < b->length ? -1 : 1;
  return (a->entry.index > b->entry.index) - (a->entry.index < b->entry.index);
}

/* Keeps @best sorted and at most @limit long. */
static void
offer (GArray *best, guint limit, const Candidate *candidate)
{
  guint low = 0, high = best->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (compare_candidates (&g_array_index (best, Candidate, middle), candidate) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (low >= limit)
    return;
  g_array_insert_val (best, low, *candidate);
  if (best->len > limit)
    g_array_set_size (best, limit);
}

static void
try_text (GArray *best, guint limit, Entry entry, const char *text, char **words,
          const gsize *lengths, guint n_words)
{
  int score = score_text (text, words, lengths, n_words);
  Candidate candidate;

  if (score == 0)
    return;
  candidate = (Candidate){ score + kind_bonus (entry.kind), (guint) strlen (text), entry };
  offer (best, limit, &candidate);
}

static void
try_live (const RnFrame *frame, GArray *best, guint limit, char **words, const gsize *lengths,
          guint n_words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < frame->incidents->len; i++)
    {
      const RnIncident *incident = frame->incidents->pdata[i];
      g_autofree char *place = rn_side_place (frame, incident->section, incident->chainage_m, TRUE);

      g_string_truncate (text, 0);
      append_names (text, incident->description);
      append_folded (text, rn_incident_type_title (incident->type), '\n');
      g_string_append_c (text, '\t');
      append_folded (text, place, ' ');
      append_folded (text, incident->id, ' ');
      try_text (best, limit, (Entry){ RN_HIT_INCIDENT, i, 0 }, text->str, words, lengths, n_words);
    }
  for (guint i = 0; i < frame->works->len; i++)
    {
      const RnWork *work = frame->works->pdata[i];
      g_autofree char *place = rn_side_work_place (frame, work, TRUE);

      g_string_truncate (text, 0);
      append_names (text, work->names);
      append_names (text, work->description);
      g_string_append_c (text, '\t');
      append_folded (text, place, ' ');
      append_folded (text, work->id, ' ');
      try_text (best, limit, (Entry){ RN_HIT_WORK, i, 0 }, text->str, words, lengths, n_words);
    }
  for (guint i = 0; i < frame->devices->len; i++)
    {
      g_autofree char *haystack = rn_device_text_dup_haystack (frame, frame->devices->pdata[i]);

      g_string_truncate (text, 0);
      append_folded (text, haystack, ' ');
      try_text (best, limit, (Entry){ RN_HIT_DEVICE, i, 0 }, text->str, words, lengths, n_words);
    }
}

/* ---- hits ---------------------------------------------------------------------------------- */

void
rn_search_hit_free (RnSearchHit *self)
{
  rn_subject_free (self->subject);
  g_free (self->title);
  g_free (self->place);
  g_free (self->road);
  g_free (self);
}

static RnSearchHit *
hit_new (RnHitKind kind, RnSubjectKind subject_kind, const char *key, int score)
{
  RnSearchHit *hit = g_new0 (RnSearchHit, 1);

  hit->kind = kind;
  hit->subject = rn_subject_new (subject_kind, key);
  hit->score = score;
  return hit;
}

static void
set_road (RnSearchHit *hit, const RnNetwork *network, guint32 road)
{
  if (road == RN_NONE)
    return;
  hit->road = g_strdup (network->roads[road].ref);
  hit->shield = network->roads[road].shield;
}

static char *
dup_chainage_or_null (double m)
{
  return isnan (m) ? NULL : rn_text_chainage (m);
}

static char *
join_parts (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return g_strdup (a != NULL ? a : b);
  return g_strdup_printf ("%s · %s", a, b);
}

static RnSearchHit *
hit_of_road (const RnNetwork *network, guint32 i, int score)
{
  const RnRoad *road = &network->roads[i];
  RnSearchHit *hit = hit_new (RN_HIT_ROAD, RN_SUBJECT_ROAD, road->ref, score);
  const char *name = rn_names_get (road->names, NULL);
  g_autofree char *length = NULL;
  RnQuantity carriageway;
  double km = 0;

  for (guint s = 0; s < road->n_sections; s++)
    km += network->length_m[road->sections[s]] / 1000;
  carriageway = rn_quantity_length (km);
  carriageway.decimals = 0;
  length = rn_text_quantity (carriageway);
  set_road (hit, network, i);
  hit->icon = "rn-traffic-symbolic";
  hit->title = g_strdup (name != NULL ? name : road->ref);
  hit->place = g_strdup_printf (ngettext ("Road, %u section, %s of carriageway",
                                          "Road, %u sections, %s of carriageway", road->n_sections),
                                road->n_sections, length);
  return hit;
}

static RnSearchHit *
hit_of_facility (const RnNetwork *network, guint32 i, int score)
{
  const RnFacility *facility = &network->facilities[i];
  RnSearchHit *hit = hit_new (RN_HIT_FACILITY, RN_SUBJECT_FACILITY, facility->key, score);
  const char *name = rn_names_get (facility->names, NULL);
  g_autofree char *chainage = dup_chainage_or_null (facility->chainage_m);

  set_road (hit, network, facility->road);
  hit->icon = rn_side_facility_icon (facility->type);
  hit->title = g_strdup (name != NULL ? name : facility->id);
  hit->place = join_parts (rn_facility_type_title (facility->type), chainage);
  return hit;
}

static RnSearchHit *
hit_of_section (const RnNetwork *network, guint32 i, int score)
{
  RnSearchHit *hit = hit_new (RN_HIT_SECTION, RN_SUBJECT_SECTION, network->key[i], score);
  g_autofree char *range = rn_network_dup_chainage_range (network, i);

  set_road (hit, network, network->road[i]);
  hit->icon = "rn-traffic-symbolic";
  hit->title = rn_network_dup_section_name (network, i);
  hit->place = join_parts (rn_network_direction_name (network, i), range);
  return hit;
}

static RnSearchHit *
hit_of_incident (const RnFrame *frame, guint32 i, int score)
{
  const RnIncident *incident = frame->incidents->pdata[i];
  RnSearchHit *hit = hit_new (RN_HIT_INCIDENT, RN_SUBJECT_INCIDENT, incident->key, score);

  hit->road = g_strdup (rn_side_road (frame, incident->section, &hit->shield));
  hit->icon = rn_side_tier_icon (incident->level);
  hit->tier = incident->level;
  hit->title = g_strdup (rn_side_incident_what (incident));
  hit->place = rn_side_place (frame, incident->section, incident->chainage_m, FALSE);
  return hit;
}

static RnSearchHit *
hit_of_work (const RnFrame *frame, guint32 i, int score)
{
  const RnWork *work = frame->works->pdata[i];
  RnSearchHit *hit = hit_new (RN_HIT_WORK, RN_SUBJECT_WORK, work->key, score);
  const char *name = rn_names_get (work->names, NULL);

  hit->road = g_strdup (rn_side_work_road (frame, work, &hit->shield));
  hit->icon = "rn-works-symbolic";
  hit->title = g_strdup (name != NULL ? name : rn_work_kind_title (work->kind));
  hit->place = rn_side_work_place (frame, work, FALSE);
  return hit;
}

static RnSearchHit *
hit_of_device (const RnFrame *frame, guint32 i, int score)
{
  const RnDevice *device = frame->devices->pdata[i];
  RnSearchHit *hit = hit_new (RN_HIT_DEVICE, RN_SUBJECT_DEVICE, device->key, score);
  g_autofree char *place = rn_device_text_dup_place (frame, device, FALSE);

  hit->road = g_strdup (rn_device_text_road (frame, device, &hit->shield));
  hit->icon = rn_device_text_icon (device->type);
  hit->title = g_strdup (rn_device_title (device));
  hit->place = join_parts (rn_device_type_title (device->type), place);
  return hit;
}

static RnSearchHit *
hit_of (const RnNetwork *network, const RnFrame *frame, const Candidate *candidate)
{
  guint32 i = candidate->entry.index;

  switch ((RnHitKind) candidate->entry.kind)
    {
    case RN_HIT_ROAD:
      return hit_of_road (network, i, candidate->score);
    case RN_HIT_FACILITY:
      return hit_of_facility (network, i, candidate->score);
    case RN_HIT_INCIDENT:
      return hit_of_incident (frame, i, candidate->score);
    case RN_HIT_WORK:
      return hit_of_work (frame, i, candidate->score);
    case RN_HIT_DEVICE:
      return hit_of_device (frame, i, candidate->score);
    case RN_HIT_SECTION:
    case RN_HIT_PLACE:
    default:
      return hit_of_section (network, i, candidate->score);
    }
}

/* ---- places -------------------------------------------------------------------------------- */

/* Whether the word after a place names this direction; without a word both do. */
static gboolean
direction_matches (const RnNetwork *network, guint32 road, RnDirection direction, const char *rest)
{
  g_autofree char *needle = rest != NULL ? fold (rest) : NULL;

  return needle == NULL || *needle == '\0'
         || rn_names_match (network->roads[road].direction_names[direction], needle);
}

static void
add_place (const RnNetwork *network, guint32 road, RnDirection direction, double chainage_m,
           GPtrArray *hits)
{
  guint32 section = rn_network_section_at (network, road, direction, chainage_m);
  g_autofree char *chainage = rn_text_chainage (chainage_m);
  g_autofree char *name = NULL;
  RnSearchHit *hit;

  if (section == RN_NONE)
    return;
  hit = hit_new (RN_HIT_PLACE, RN_SUBJECT_SECTION, network->key[section], 1000);
  set_road (hit, network, road);
  name = rn_network_dup_section_name (network, section);
  hit->icon = "rn-locate-symbolic";
  hit->title = g_strdup_printf ("%s %s", chainage, rn_network_direction_name (network, section));
  hit->place = g_steal_pointer (&name);
  g_ptr_array_add (hits, hit);
}

static void
add_places (const RnNetwork *network, const char *text, GPtrArray *hits)
{
  g_autofree char *ref = NULL;
  g_autofree char *rest = NULL;
  double chainage_m;

  if (!rn_text_parse_place (text, &ref, &chainage_m, &rest))
    return;
  for (guint road = 0; road < network->n_roads; road++)
    if (g_ascii_strcasecmp (network->roads[road].ref, ref) == 0)
      for (guint d = RN_DIRECTION_ASC; d <= RN_DIRECTION_DESC; d++)
        if (direction_matches (network, road, d, rest))
          add_place (network, road, d, chainage_m, hits);
}

/* ---- query --------------------------------------------------------------------------------- */

static guint
split_words (const char *text, char **words, gsize *lengths)
{
  g_autofree char *folded = fold (text);
  g_auto (GStrv) parts = folded != NULL ? g_strsplit_set (folded, " \t\r\n", -1) : NULL;
  guint n = 0;

  for (guint i = 0; parts != NULL && parts[i] != NULL && n < MAX_WORDS; i++)
    if (*parts[i] != '\0')
      {
        words[n] = g_strdup (parts[i]);
        lengths[n] = strlen (parts[i]);
        n++;
      }
  return n;
}

GPtrArray *
rn_search_index_query (const RnSearchIndex *self, const RnFrame *frame, const char *text,
                       guint limit, GCancellable *cancellable)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_search_hit_free);
  g_autoptr (GArray) best = g_array_new (FALSE, FALSE, sizeof (Candidate));
  char *words[MAX_WORDS];
  gsize lengths[MAX_WORDS];
  guint n_words;

  g_return_val_if_fail (self != NULL && text != NULL, hits);
  if (!g_utf8_validate (text, -1, NULL))
    return hits;
  add_places (self->network, text, hits);
  n_words = split_words (text, words, lengths);
  for (guint i = 0; n_words > 0 && i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (i % CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        break;
      try_text (best, limit, *entry, self->block->str + entry->text, words, lengths, n_words);
    }
  if (n_words > 0 && frame != NULL && frame->network == self->network)
    try_live (frame, best, limit, words, lengths, n_words);
  for (guint i = 0; i < best->len && hits->len < limit; i++)
    g_ptr_array_add (hits, hit_of (self->network, frame, &g_array_index (best, Candidate, i)));
  for (guint i = 0; i < n_words; i++)
    g_free (words[i]);
  return hits;
}
