/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The notation of series in rule tests. Pure. */
#include "cli/rn-rules-series.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-json.h"

#define MAX_SAMPLES 100000

/* "…x12" → 12, and @token without it; 1 where there is no count. 0: a count that is none. */
static guint
take_count (char *token)
{
  char *x = strrchr (token, 'x');
  guint64 count;

  if (x == NULL || x[1] == '\0' || x[1 + strspn (x + 1, G_CSET_DIGITS)] != '\0')
    return 1;
  if (!g_ascii_string_to_unsigned (x + 1, 10, 1, MAX_SAMPLES, &count, NULL))
    return 0;
  *x = '\0';
  return (guint) count;
}

/* "100", "100+20", "100-2.5" */
static gboolean
read_number (const char *text, double *value, double *step)
{
  char *end;

  *step = 0;
  *value = g_ascii_strtod (text, &end);
  if (end == text || !isfinite (*value))
    return FALSE;
  if (*end == '+' || *end == '-')
    {
      const char *from = end;

      *step = g_ascii_strtod (from, &end);
      if (end == from || !isfinite (*step))
        return FALSE;
    }
  return *end == '\0';
}

static gboolean
read_word (const char *text, const char *const *words, double *value)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], text))
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
add_token (GArray *values, const char *written, const char *const *words)
{
  g_autofree char *token = g_strdup (written);
  guint count = take_count (token);
  double value = NAN, step = 0;

  if (count == 0 || values->len + count > MAX_SAMPLES)
    return FALSE;
  if (!g_str_equal (token, "_")
      && !(words != NULL ? read_word (token, words, &value) : read_number (token, &value, &step)))
    return FALSE;
  for (guint i = 0; i < count; i++)
    {
      double at = value + i * step;

      g_array_append_val (values, at);
    }
  return TRUE;
}

RnRulesSeries *
rn_rules_series_parse (const char *text, const char *const *words, GError **error)
{
  g_auto (GStrv) tokens = g_strsplit_set (text, " \t\n", -1);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  RnRulesSeries *self;

  for (guint i = 0; tokens[i] != NULL; i++)
    if (*tokens[i] != '\0' && !add_token (values, tokens[i], words))
      {
        g_set_error (error, RN_JSON_ERROR, RN_JSON_ERROR_RANGE, _("cannot be read: %s"),
                     tokens[i]);
        return NULL;
      }
  if (values->len == 0)
    {
      g_set_error_literal (error, RN_JSON_ERROR, RN_JSON_ERROR_RANGE, _("is empty"));
      return NULL;
    }
  self = g_new0 (RnRulesSeries, 1);
  self->n = values->len;
  self->value = (double *) g_array_free (g_steal_pointer (&values), FALSE);
  return self;
}

void
rn_rules_series_free (RnRulesSeries *self)
{
  g_free (self->value);
  g_free (self);
}

double
rn_rules_series_at (const RnRulesSeries *self, guint sample)
{
  return self == NULL ? NAN : self->value[MIN (sample, self->n - 1)];
}
