/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A short list of (kind, share, feed); the first that a draw hits wins. */
#include "sim/rn-sim-faults.h"

#include "base/rn-i18n.h"
#include "sim/rn-sim-random.h"
#include "sim/rn-sim-world.h"

#include <math.h>
#include <string.h>

typedef struct {
  RnSimFault fault;
  double share;
  char *feed; /* NULL: all */
} Rule;

struct _RnSimFaults {
  guint64 seed, count;
  GArray *rules;
};

static const char *const words[RN_SIM_N_FAULTS + 1] = { "none",   "drop",  "late",    "500",
                                                        "429",    "cut",   "garbage", "types",
                                                        "frozen", "stuck", "skew",    "partial",
                                                        "slow",   "huge",  NULL };
static const char *const feeds[] = { "root",      "me",    "network", "flow",
                                     "incidents", "works", "weather", "facilities",
                                     "kpis",      "plans", NULL };

static void
clear_rule (gpointer data)
{
  Rule *rule = data;

  g_free (rule->feed);
}

RnSimFaults *
rn_sim_faults_new (guint64 seed)
{
  RnSimFaults *self = g_new0 (RnSimFaults, 1);

  self->seed = seed;
  self->rules = g_array_new (FALSE, FALSE, sizeof (Rule));
  g_array_set_clear_func (self->rules, clear_rule);
  return self;
}

void
rn_sim_faults_free (RnSimFaults *self)
{
  g_array_unref (self->rules);
  g_free (self);
}

const char *
rn_sim_fault_word (RnSimFault fault)
{
  return words[fault];
}

char *
rn_sim_fault_words (void)
{
  return g_strjoinv ("|", (char **) (words + 1));
}

static gboolean
check (const char *kind, double share, const char *feed, RnSimFault *fault, GError **error)
{
  int i = 0;

  while (words[i] != NULL && g_strcmp0 (words[i], kind) != 0)
    i++;
  if (words[i] == NULL)
    {
      g_autofree char *all = rn_sim_fault_words ();

      g_set_error (error, RN_SIM_ERROR, RN_SIM_ERROR_OPTION,
                   _("unknown fault \"%s\"; there are %s"), kind, all);
      return FALSE;
    }
  if (!(share >= 0.0 && share <= 1.0))
    {
      g_set_error (error, RN_SIM_ERROR, RN_SIM_ERROR_OPTION,
                   _("the share of fault \"%s\" must be from 0 to 1"), kind);
      return FALSE;
    }
  if (feed != NULL && !g_strv_contains (feeds, feed))
    {
      g_autofree char *all = g_strjoinv ("|", (char **) feeds);

      g_set_error (error, RN_SIM_ERROR, RN_SIM_ERROR_OPTION,
                   _("unknown feed \"%s\"; there are %s"), feed, all);
      return FALSE;
    }
  *fault = (RnSimFault) i;
  return TRUE;
}

gboolean
rn_sim_faults_set (RnSimFaults *self, const char *kind, double share, const char *feed,
                   GError **error)
{
  Rule rule = { .share = share };

  if (!check (kind, share, feed, &rule.fault, error))
    return FALSE;
  for (guint i = self->rules->len; i-- > 0;)
    {
      const Rule *old = &g_array_index (self->rules, Rule, i);

      if (rule.fault == RN_SIM_FAULT_NONE
          || (old->fault == rule.fault && g_strcmp0 (old->feed, feed) == 0))
        g_array_remove_index (self->rules, i);
    }
  if (rule.fault != RN_SIM_FAULT_NONE && share > 0.0)
    {
      rule.feed = g_strdup (feed);
      g_array_append_val (self->rules, rule);
    }
  return TRUE;
}

gboolean
rn_sim_faults_add (RnSimFaults *self, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 3);
  const char *feed = NULL;
  double share = 1.0;

  for (guint i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    {
      char *end = NULL;
      double number = g_ascii_strtod (parts[i], &end);

      if (i == 1 && *parts[i] != '\0' && *end == '\0')
        share = number;
      else
        feed = parts[i];
    }
  return rn_sim_faults_set (self, parts[0] != NULL ? parts[0] : "", share, feed, error);
}

RnSimFault
rn_sim_faults_draw (RnSimFaults *self, const char *feed)
{
  guint64 count = self->count++;

  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = &g_array_index (self->rules, Rule, i);

      if (rule->feed != NULL && g_strcmp0 (rule->feed, feed) != 0)
        continue;
      if (rn_sim_uniform (self->seed, RN_SIM_STREAM_FAULT, count, i) < rule->share)
        return rule->fault;
    }
  return RN_SIM_FAULT_NONE;
}

/* One token outside of strings, up to its end: a number or a word. */
static gsize
spoil_token (GString *out, const char *token, gsize left)
{
  gsize n = strspn (token, "+-.0123456789eE");

  if (n > 0 && (g_ascii_isdigit (token[0]) || token[0] == '-'))
    {
      n = MIN (n, left);
      g_string_append_c (out, '"');
      g_string_append_len (out, token, (gssize) n);
      g_string_append_c (out, '"');
      return n;
    }
  if (strncmp (token, "true", 4) == 0 || strncmp (token, "null", 4) == 0)
    {
      g_string_append (out, token[0] == 't' ? "1" : "{}");
      return 4;
    }
  if (strncmp (token, "false", 5) == 0)
    {
      g_string_append_c (out, '0');
      return 5;
    }
  g_string_append_c (out, *token);
  return 1;
}

GBytes *
rn_sim_fault_spoil_types (GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *text = g_strndup (data, size);
  GString *out = g_string_sized_new (size + size / 4);
  gboolean in_string = FALSE;

  for (gsize i = 0; i < size;)
    {
      if (in_string && text[i] == '\\' && i + 1 < size)
        {
          g_string_append_len (out, text + i, 2);
          i += 2;
          continue;
        }
      if (text[i] == '"')
        in_string = !in_string;
      if (in_string || text[i] == '"')
        g_string_append_c (out, text[i++]);
      else
        i += spoil_token (out, text + i, size - i);
    }
  return g_string_free_to_bytes (out);
}

GBytes *
rn_sim_fault_garbage (guint64 salt)
{
  static const char page[] = "<!DOCTYPE html>\n<html><head><title>Login</title></head><body>"
                             "<p>Please sign in to use this network.</p></body></html>\n";
  GByteArray *noise;

  if (salt % 2 == 0)
    return g_bytes_new_static (page, sizeof page - 1);
  noise = g_byte_array_new ();
  for (guint64 i = 0; i < 512; i++)
    {
      guint64 h = rn_sim_hash (salt, RN_SIM_STREAM_FAULT, i, 1);

      g_byte_array_append (noise, (const guint8 *) &h, sizeof h);
    }
  return g_byte_array_free_to_bytes (noise);
}
