/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Helpers of the value types. Pure. */
#include "model/rn-value.h"

void
rn_value_set_key (char **to_source, char **to_id, char **to_key, const char *source, const char *id)
{
  *to_source = g_strdup (source);
  *to_id = g_strdup (id);
  *to_key = g_strconcat (source, "/", id, NULL);
}

guint32 *
rn_value_shift (const guint32 *indices, guint n, guint32 by)
{
  guint32 *copy = g_memdup2 (indices, n * sizeof *indices);

  for (guint i = 0; i < n; i++)
    if (copy[i] != RN_NONE)
      copy[i] += by;
  return copy;
}
