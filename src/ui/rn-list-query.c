/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a row depends on the row and the network alone, so it is kept while both are the
 * same objects, which holding the frame makes sure of. Runs in any thread; no state but the
 * haystacks. */
#include "ui/rn-list-query.h"

#include <string.h>

#include "ui/rn-keyed-model.h"

struct _RnHaystacks {
  RnFrame *frame;       /* of the rows; NULL none yet */
  RnAlertSheet *alerts; /* likewise; NULL: no list of alerts */
  GHashTable *texts;    /* row → casefolded text */
};

typedef struct {
  char *text;
  gboolean road; /* the number of a road: met as a whole */
} Word;

RnHaystacks *
rn_haystacks_new (void)
{
  RnHaystacks *self = g_new0 (RnHaystacks, 1);

  self->texts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
rn_haystacks_free (RnHaystacks *self)
{
  g_hash_table_unref (self->texts);
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_clear_pointer (&self->alerts, rn_alert_sheet_unref);
  g_free (self);
}

static void
forget (RnHaystacks *self)
{
  g_hash_table_remove_all (self->texts);
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_clear_pointer (&self->alerts, rn_alert_sheet_unref);
}

/* Rows of @frame that were there before keep their text. */
static void
follow_frame (RnHaystacks *self, RnFrame *frame, RnAlertSheet *alerts, const GPtrArray *all)
{
  GHashTable *before = self->texts;

  if (self->frame == frame && self->alerts == alerts)
    return;
  self->texts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (self->frame != NULL && self->frame->network == frame->network)
    for (guint i = 0; i < all->len; i++)
      {
        gpointer row, text;

        if (g_hash_table_steal_extended (before, all->pdata[i], &row, &text))
          g_hash_table_insert (self->texts, row, text);
      }
  g_hash_table_unref (before);
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_clear_pointer (&self->alerts, rn_alert_sheet_unref);
  self->frame = rn_frame_ref (frame);
  self->alerts = alerts != NULL ? rn_alert_sheet_ref (alerts) : NULL;
}

static const char *
haystack_of (RnHaystacks *self, const RnListKind *kind, const RnListContext *context,
             gconstpointer row)
{
  char *text = g_hash_table_lookup (self->texts, row);

  if (text == NULL)
    {
      text = kind->dup_haystack (context, row);
      g_hash_table_insert (self->texts, (gpointer) row, text);
    }
  return text;
}

/* ---- words ----------------------------------------------------------------------------------- */

static void
word_clear (gpointer data)
{
  g_free (((Word *) data)->text);
}

static gboolean
is_road (const RnNetwork *network, const char *word)
{
  for (guint i = 0; i < network->n_roads; i++)
    if (network->roads[i].ref != NULL && g_ascii_strcasecmp (network->roads[i].ref, word) == 0)
      return TRUE;
  return FALSE;
}

static GArray *
split_words (const RnNetwork *network, const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", " \t\n", -1);
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));

  g_array_set_clear_func (words, word_clear);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      {
        Word word = { g_utf8_casefold (parts[i], -1), is_road (network, parts[i]) };

        g_array_append_val (words, word);
      }
  return words;
}

static gboolean
meets (const char *haystack, const Word *word)
{
  gsize length = strlen (word->text);

  for (const char *p = strstr (haystack, word->text); p != NULL; p = strstr (p + 1, word->text))
    if (!word->road
        || (!g_ascii_isdigit (p[length]) && (p == haystack || !g_ascii_isalnum (p[-1]))))
      return TRUE;
  return FALSE;
}

static gboolean
meets_all (const char *haystack, const GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    if (!meets (haystack, &g_array_index (words, Word, i)))
      return FALSE;
  return TRUE;
}

gboolean
rn_list_text_matches (const RnNetwork *network, const char *text, const char *haystack)
{
  g_autoptr (GArray) words = split_words (network, text);

  return meets_all (haystack, words);
}

/* ---- query ----------------------------------------------------------------------------------- */

RnListQuery *
rn_list_query_new (const RnListKind *kind, const RnListContext *context, guint chip, guint order,
                   const char *text, RnHaystacks *haystacks)
{
  RnListQuery *self = g_new0 (RnListQuery, 1);

  self->kind = kind;
  self->frame = rn_frame_ref (context->frame);
  self->alerts = context->alerts != NULL ? rn_alert_sheet_ref (context->alerts) : NULL;
  self->now_us = context->now_us;
  self->timezone = context->timezone != NULL ? g_time_zone_ref (context->timezone) : NULL;
  self->chip = chip;
  self->order = order;
  self->text = g_strdup (text);
  self->haystacks = haystacks;
  self->all = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  if (kind->collect_alerts != NULL)
    kind->collect_alerts (self->alerts, self->all);
  else
    kind->collect (self->frame, self->all);
  return self;
}

void
rn_list_query_free (RnListQuery *self)
{
  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->index, g_hash_table_unref);
  g_clear_pointer (&self->timezone, g_time_zone_unref);
  rn_frame_unref (self->frame);
  g_clear_pointer (&self->alerts, rn_alert_sheet_unref);
  g_free (self->text);
  g_free (self);
}

typedef struct {
  int (*compare) (gconstpointer a, gconstpointer b, gpointer context);
  RnListContext context;
} Sort;

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  Sort *sort = data;

  return sort->compare (*(gconstpointer *) a, *(gconstpointer *) b, &sort->context);
}

void
rn_list_query_run (RnListQuery *self)
{
  const RnListKind *kind = self->kind;
  RnListContext context = { self->frame, self->now_us, self->timezone, self->alerts };
  Sort sort = { self->order > 0 ? kind->orders[self->order - 1].compare : kind->compare, context };
  g_autoptr (GArray) words = split_words (self->frame->network, self->text);

  if (words->len > 0 || self->prepare)
    follow_frame (self->haystacks, self->frame, self->alerts, self->all);
  else
    forget (self->haystacks);
  for (guint i = 0; i < self->all->len; i++)
    {
      gconstpointer row = self->all->pdata[i];
      gboolean matches = FALSE;

      for (guint c = 0; c < kind->n_chips; c++)
        {
          gboolean of_chip = kind->matches_chip (&context, row, c);

          self->chip_counts[c] += of_chip;
          matches = matches || (of_chip && c == self->chip);
        }
      if (self->prepare || (matches && words->len > 0))
        {
          const char *haystack = haystack_of (self->haystacks, kind, &context, row);

          matches = matches && meets_all (haystack, words);
        }
      if (matches)
        g_ptr_array_add (self->rows, (gpointer) row);
    }
  g_ptr_array_sort_with_data (self->rows, compare_cb, &sort);
  self->index = rn_keyed_model_index (kind->get_key, self->rows);
}
