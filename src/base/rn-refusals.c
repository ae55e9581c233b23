/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts refused rows by kind: place with its indices blanked and reason without the value that was
 * found, so that a hundred rows with the same fault are one line with the first as its example.
 * Filled by one thread, then read-only. */
#include "base/rn-refusals.h"

#include <string.h>

#include "base/rn-i18n.h"

#define MAX_KINDS 1000

struct _RnRefusals {
  gatomicrefcount refs;
  GHashTable *by_kind; /* char * → RnRefusal, borrowed from list */
  GPtrArray *list;     /* RnRefusal */
  guint total;
};

static void
refusal_free (gpointer data)
{
  RnRefusal *refusal = data;

  g_free (refusal->path);
  g_free (refusal->reason);
  g_free (refusal);
}

RnRefusals *
rn_refusals_new (void)
{
  RnRefusals *self = g_new0 (RnRefusals, 1);

  g_atomic_ref_count_init (&self->refs);
  self->by_kind = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->list = g_ptr_array_new_with_free_func (refusal_free);
  return self;
}

RnRefusals *
rn_refusals_ref (RnRefusals *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
rn_refusals_unref (RnRefusals *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->by_kind);
  g_ptr_array_unref (self->list);
  g_free (self);
}

static char *
dup_kind (const char *path, const char *reason)
{
  GString *kind = g_string_new (NULL);
  const char *value = g_strrstr (reason, ": ");

  for (const char *c = path; *c != '\0'; c++)
    {
      g_string_append_c (kind, *c);
      if (*c == '[')
        while (g_ascii_isdigit (c[1]))
          c++;
    }
  g_string_append_c (kind, '\n');
  g_string_append_len (kind, reason, value != NULL ? value - reason : (gssize) strlen (reason));
  return g_string_free (kind, FALSE);
}

static void
count (RnRefusals *self, const char *path, const char *reason, guint by)
{
  g_autofree char *kind = dup_kind (path, reason);
  RnRefusal *refusal = g_hash_table_lookup (self->by_kind, kind);

  self->total += by;
  if (refusal == NULL && self->list->len >= MAX_KINDS)
    {
      path = "…";
      reason = _("more than 1,000 different faults");
      g_free (kind);
      kind = g_strdup ("…");
      refusal = g_hash_table_lookup (self->by_kind, kind);
    }
  if (refusal == NULL)
    {
      refusal = g_new0 (RnRefusal, 1);
      refusal->path = g_strdup (path);
      refusal->reason = g_strdup (reason);
      g_ptr_array_add (self->list, refusal);
      g_hash_table_insert (self->by_kind, g_steal_pointer (&kind), refusal);
    }
  refusal->count += by;
}

void
rn_refusals_add (RnRefusals *self, const char *path, const char *reason)
{
  count (self, path, reason, 1);
}

void
rn_refusals_take_error (RnRefusals *self, GError *error)
{
  const char *colon;

  g_return_if_fail (error != NULL);
  colon = strstr (error->message, ": ");
  if (colon != NULL)
    {
      g_autofree char *path = g_strndup (error->message, colon - error->message);

      count (self, path, colon + 2, 1);
    }
  else
    count (self, "$", error->message, 1);
  g_error_free (error);
}

void
rn_refusals_merge (RnRefusals *self, const RnRefusals *other)
{
  for (guint i = 0; other != NULL && i < other->list->len; i++)
    {
      const RnRefusal *refusal = other->list->pdata[i];

      count (self, refusal->path, refusal->reason, refusal->count);
    }
}

guint
rn_refusals_total (const RnRefusals *self)
{
  return self != NULL ? self->total : 0;
}

guint
rn_refusals_n_kinds (const RnRefusals *self)
{
  return self != NULL ? self->list->len : 0;
}

const RnRefusal *
rn_refusals_nth (const RnRefusals *self, guint i)
{
  return i < self->list->len ? self->list->pdata[i] : NULL;
}
