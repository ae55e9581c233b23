/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names by language: a handful of (tag, text) pairs in one block of memory. Immutable, atomically
 * refcounted; any thread. */
#include "base/rn-names.h"

#include <string.h>

#include "base/rn-i18n.h"

typedef struct {
  const char *tag; /* "" unlabelled */
  const char *text;
} Pair;

struct _RnNames {
  gatomicrefcount refs;
  guint n;
  Pair pairs[]; /* then the bytes of the strings */
};

RnNames *
rn_names_new_arrays (guint n, const char *const *tags, const char *const *texts)
{
  gsize bytes = sizeof (RnNames) + n * sizeof (Pair), strings = bytes;
  RnNames *self;
  char *at;

  if (n == 0)
    return NULL;
  for (guint i = 0; i < n; i++)
    bytes += strlen (tags[i]) + strlen (texts[i]) + 2;
  self = g_malloc (bytes);
  g_atomic_ref_count_init (&self->refs);
  self->n = n;
  at = (char *) self + strings;
  for (guint i = 0; i < n; i++)
    {
      self->pairs[i].tag = at;
      at = g_stpcpy (at, tags[i]) + 1;
      self->pairs[i].text = at;
      at = g_stpcpy (at, texts[i]) + 1;
    }
  return self;
}

RnNames *
rn_names_new (const char *text)
{
  const char *tag = "";

  return rn_names_new_arrays (1, &tag, &text);
}

RnNames *
rn_names_new_pairs (const char *lang, ...)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new (), texts = g_ptr_array_new ();
  va_list args;

  va_start (args, lang);
  for (; lang != NULL; lang = va_arg (args, const char *))
    {
      const char *text = va_arg (args, const char *);

      if (text == NULL)
        break;
      g_ptr_array_add (tags, (gpointer) lang);
      g_ptr_array_add (texts, (gpointer) text);
    }
  va_end (args);
  return rn_names_new_arrays (tags->len, (const char *const *) tags->pdata,
                              (const char *const *) texts->pdata);
}

RnNames *
rn_names_ref (RnNames *self)
{
  if (self != NULL)
    g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
rn_names_unref (RnNames *self)
{
  if (self != NULL && g_atomic_ref_count_dec (&self->refs))
    g_free (self);
}

/* Tags compare without regard to case, and "zh_CN" is "zh-CN" (RFC 5646, 2.1.1). @n: only so many
 * characters. */
static gboolean
tag_equal (const char *a, const char *b, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      char x = a[i] == '_' ? '-' : g_ascii_tolower (a[i]);
      char y = b[i] == '_' ? '-' : g_ascii_tolower (b[i]);

      if (x != y)
        return FALSE;
      if (x == '\0')
        break;
    }
  return TRUE;
}

static gboolean
same_language (const char *tag, const char *lang)
{
  gsize n = strcspn (lang, "-_");

  return strcspn (tag, "-_") == n && tag_equal (tag, lang, n);
}

const char *
rn_names_get (const RnNames *self, const char *lang)
{
  const char *best = NULL;
  int best_rank = 5;

  if (self == NULL)
    return NULL;
  if (lang == NULL)
    lang = rn_i18n_language ();
  for (guint i = 0; i < self->n; i++)
    {
      const Pair *pair = &self->pairs[i];
      int rank = 4;

      if (pair->tag[0] == '\0')
        rank = 2;
      else if (tag_equal (pair->tag, lang, G_MAXSIZE))
        rank = 0;
      else if (same_language (pair->tag, lang))
        rank = 1;
      else if (same_language (pair->tag, "en"))
        rank = 3;
      if (rank < best_rank)
        {
          best_rank = rank;
          best = pair->text;
        }
    }
  return best;
}

gboolean
rn_names_nth (const RnNames *self, guint i, const char **tag, const char **text)
{
  if (self == NULL || i >= self->n)
    return FALSE;
  if (tag != NULL)
    *tag = self->pairs[i].tag;
  if (text != NULL)
    *text = self->pairs[i].text;
  return TRUE;
}

gboolean
rn_names_match (const RnNames *self, const char *needle_casefolded)
{
  for (guint i = 0; self != NULL && i < self->n; i++)
    {
      g_autofree char *folded = g_utf8_casefold (self->pairs[i].text, -1);

      if (strstr (folded, needle_casefolded) != NULL)
        return TRUE;
    }
  return FALSE;
}
