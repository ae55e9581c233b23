/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to watch, as a person says it. Plain value. */
#include <string.h>

#include "base/rn-i18n.h"
#include "feed/rn-source.h"

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

RnSourceSpec *
rn_source_spec_parse (const char *text, GError **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *kind = equals != NULL ? g_strndup (text, equals - text) : g_strdup ("");
  g_autofree char *kinds = NULL;

  if (equals != NULL && equals[1] != '\0' && rn_adapter_find (g_strstrip (kind)) != NULL)
    return rn_source_spec_new (kind, equals + 1);
  kinds = list_kinds ();
  if (equals == NULL || equals[1] == '\0')
    g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE,
                 _("“%s” is no source: it should be KIND=WHERE, where KIND is one of %s and WHERE "
                    "an address, a file or a folder"),
                 text, kinds);
  else
    g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE,
                 _("“%s” is no kind of source that is known; there are %s"), kind, kinds);
  return NULL;
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
