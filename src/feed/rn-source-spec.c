/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to watch, as a person says it. Plain value. */
#include <string.h>

#include "base/rn-i18n.h"
#include "feed/rn-source.h"

#define MAX_RATE 100000

RnSourceSpec *
rn_source_spec_new (const char *adapter, const char *location)
{
  RnSourceSpec *self = g_new0 (RnSourceSpec, 1);

  self->name = g_strdup (adapter);
  self->adapter = g_strdup (adapter);
  self->location = g_strdup (location);
  self->play_rate = 1.0;
  return self;
}

/* "roadnet, tw-freeway". */
static char *
list_kinds (void)
{
  const RnAdapter *const *adapters = rn_adapter_list ();
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();

  for (guint i = 0; adapters[i] != NULL; i++)
    g_ptr_array_add (kinds, (gpointer) adapters[i]->kind);
  g_ptr_array_add (kinds, NULL);
  return g_strjoinv (", ", (char **) kinds->pdata);
}

/* "x600". */
static gboolean
parse_rate (const char *option, double *rate)
{
  char *end = NULL;

  if (g_ascii_tolower (option[0]) != 'x' || !g_ascii_isdigit (option[1]))
    return FALSE;
  *rate = g_ascii_strtod (option + 1, &end);
  return *end == '\0' && *rate > 0 && *rate <= MAX_RATE;
}

static gboolean
parse_option (RnSourceSpec *self, const char *option, GError **error)
{
  if (rn_crs_parse (option, &self->crs) || parse_rate (option, &self->play_rate))
    return TRUE;
  g_set_error (
      error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE,
      _("“%s” is no option of a source: there are the systems of coordinates wgs84, gcj02 "
         "and bd09, and a rate of play such as x60 (up to x%d)"),
      option, MAX_RATE);
  return FALSE;
}

RnSourceSpec *
rn_source_spec_parse (const char *text, GError **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *head = equals != NULL ? g_strndup (text, equals - text) : g_strdup ("");
  g_auto (GStrv) words = g_strsplit (head, ":", -1);
  const char *kind = words[0] != NULL ? g_strstrip (words[0]) : "";
  g_autofree char *kinds = list_kinds ();
  g_autoptr (RnSourceSpec) spec = NULL;

  if (equals == NULL || equals[1] == '\0')
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE,
                   _("“%s” is no source: it should be KIND=WHERE, where KIND is one of %s and "
                      "WHERE an address, a file or a folder"),
                   text, kinds);
      return NULL;
    }
  if (rn_adapter_find (kind) == NULL)
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE,
                   _("“%s” is no kind of source that is known; there are %s"), kind, kinds);
      return NULL;
    }
  spec = rn_source_spec_new (kind, equals + 1);
  for (guint i = 1; words[i] != NULL; i++)
    if (!parse_option (spec, g_strstrip (words[i]), error))
      return NULL;
  return g_steal_pointer (&spec);
}

char *
rn_source_spec_to_text (const RnSourceSpec *self)
{
  GString *text = g_string_new (self->adapter);
  char rate[G_ASCII_DTOSTR_BUF_SIZE];

  if (self->crs != RN_CRS_WGS84)
    g_string_append_printf (text, ":%s", rn_crs_word (self->crs));
  if (self->play_rate > 0 && self->play_rate != 1.0)
    g_string_append_printf (text, ":x%s",
                            g_ascii_formatd (rate, sizeof rate, "%.10g", self->play_rate));
  g_string_append_printf (text, "=%s", self->location);
  return g_string_free (text, FALSE);
}

gboolean
rn_source_spec_equal (const RnSourceSpec *a, const RnSourceSpec *b)
{
  return g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->adapter, b->adapter) == 0
         && g_strcmp0 (a->location, b->location) == 0 && g_strcmp0 (a->token, b->token) == 0
         && a->allow_http == b->allow_http && a->play_rate == b->play_rate
         && a->poll_us == b->poll_us && a->crs == b->crs;
}

RnSourceSpec *
rn_source_spec_copy (const RnSourceSpec *self)
{
  RnSourceSpec *copy = g_new0 (RnSourceSpec, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->adapter = g_strdup (self->adapter);
  copy->location = g_strdup (self->location);
  copy->token = g_strdup (self->token);
  return copy;
}

void
rn_source_spec_free (RnSourceSpec *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->adapter);
  g_free (self->location);
  g_free (self->token);
  g_free (self);
}
