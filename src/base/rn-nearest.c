/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edit distance over short ASCII words; case counts for nothing. Pure. */
#include "base/rn-nearest.h"

#include <string.h>

#define MAX_LENGTH 40

static guint
distance (const char *a, const char *b)
{
  guint row[MAX_LENGTH + 1];
  guint n = strlen (b);

  for (guint j = 0; j <= n; j++)
    row[j] = j;
  for (guint i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i + 1;
      for (guint j = 0; j < n; j++)
        {
          gboolean same = g_ascii_tolower (a[i]) == g_ascii_tolower (b[j]);
          guint changed = diagonal + (same ? 0 : 1);

          diagonal = row[j + 1];
          row[j + 1] = MIN (changed, MIN (row[j], diagonal) + 1);
        }
    }
  return row[n];
}

const char *
rn_nearest (const char *word, const char *const *words)
{
  const char *best = NULL;
  guint least = G_MAXUINT;

  if (strlen (word) > MAX_LENGTH)
    return NULL;
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint far = strlen (words[i]) <= MAX_LENGTH ? distance (word, words[i]) : G_MAXUINT;

      if (far < least)
        {
          least = far;
          best = words[i];
        }
    }
  return best != NULL && least <= MAX (1, strlen (word) / 3) ? best : NULL;
}
