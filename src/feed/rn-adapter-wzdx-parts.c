/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of single members as the feeds of many agencies have them: empty strings for what is not
 * known, numbers in quotes, a text where a list is due, markup in descriptions. Pure. */
#include "feed/rn-adapter-wzdx-parts.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-plain-text.h"
#include "base/rn-text.h"

#define MAX_OWNER_CHARS 120
#define MAX_WORD_CHARS 80
#define MAX_TEXTS 200
#define PLACES                                                                                     \
  (1u << RN_SHAPE_NONE | 1u << RN_SHAPE_POINT | 1u << RN_SHAPE_POINTS | 1u << RN_SHAPE_LINE)

gboolean
rn_wzdx_settle (const RnWzdxFeed *feed, GError *flaw, GError **error)
{
  if (flaw == NULL)
    return FALSE;
  if (feed->own == NULL)
    rn_refusals_take_error (feed->document->flaws, flaw);
  else if (*error == NULL)
    g_propagate_error (error, flaw);
  else
    g_error_free (flaw);
  return TRUE;
}

static const char *
peek_string (const RnJson *place)
{
  if (rn_json_is_null (place) || !JSON_NODE_HOLDS_VALUE (place->node)
      || json_node_get_value_type (place->node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (place->node);
}

gboolean
rn_wzdx_is_empty (const RnJson *place)
{
  const char *text = peek_string (place);

  if (text == NULL)
    return rn_json_is_null (place);
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

char *
rn_wzdx_dup_text (const RnJson *place, guint max_chars, GError **error)
{
  return rn_plain_text (rn_json_opt_string (place, error), max_chars);
}

RnNames *
rn_wzdx_read_names (const RnJson *place, guint max_chars, GError **error)
{
  if (rn_json_is_object (place))
    return rn_json_opt_names (place, error);

  g_autofree char *text = rn_wzdx_dup_text (place, max_chars, error);
  return text != NULL ? rn_names_new (text) : NULL;
}

GStrv
rn_wzdx_dup_texts (const RnJson *place, guint max_chars, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint n = rn_json_length (place);
  char *one = peek_string (place) != NULL ? rn_wzdx_dup_text (place, max_chars, error) : NULL;

  if (one != NULL)
    g_ptr_array_add (texts, one);
  else if (!rn_wzdx_is_empty (place) && rn_roadnet_opt_array (place, error) && n > MAX_TEXTS)
    rn_json_fail (place, RN_JSON_ERROR_RANGE, error, _("more than %u: %u"), MAX_TEXTS, n);
  for (guint i = 0; i < n && *error == NULL; i++)
    {
      RnJson element = rn_json_element (place, i);
      char *text = rn_wzdx_dup_text (&element, max_chars, error);

      if (text != NULL)
        g_ptr_array_add (texts, text);
    }
  if (texts->len == 0 || *error != NULL)
    return NULL;
  g_ptr_array_add (texts, NULL);
  g_ptr_array_set_free_func (texts, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}

char *
rn_wzdx_dup_word (const RnJson *place, GError **error)
{
  g_autofree char *text = rn_wzdx_dup_text (place, MAX_WORD_CHARS, error);

  return text != NULL ? g_ascii_strdown (text, -1) : NULL;
}

double
rn_wzdx_read_number (const RnJson *place, double min, double max, GError **error)
{
  const char *text = peek_string (place);
  char *end = NULL;
  double value;

  if (text == NULL)
    return rn_json_opt_number (place, min, max, error);
  if (*error != NULL || rn_wzdx_is_empty (place))
    return NAN;
  value = g_ascii_strtod (text, &end);
  while (g_ascii_isspace (*end))
    end++;
  if (end != text && *end == '\0' && value >= min && value <= max)
    return value;
  rn_json_fail (place, RN_JSON_ERROR_TYPE, error, "%s", _("is not a number"));
  return NAN;
}

/* "…-0500" as "…-05:00", as RFC 3339 wants it; NULL when it has no such offset. */
static char *
dup_with_colon (const char *text)
{
  gsize n = text != NULL ? strlen (text) : 0;

  if (n < 5 || strchr (text, ':') == NULL || strchr ("+-", text[n - 5]) == NULL
      || strspn (text + n - 4, "0123456789") != 4)
    return NULL;
  return g_strdup_printf ("%.*s:%s", (int) (n - 2), text, text + n - 2);
}

gint64
rn_wzdx_read_time (const RnJson *place, GError **error)
{
  g_autofree char *text = dup_with_colon (peek_string (place));
  gint64 at_us;

  if (rn_text_parse_rfc3339 (text, &at_us))
    return at_us;
  return rn_wzdx_is_empty (place) ? 0 : rn_json_opt_time (place, error);
}

int
rn_wzdx_read_flag (const RnJson *place, GError **error)
{
  gboolean value;

  if (rn_wzdx_is_empty (place))
    return -1;
  value = rn_json_opt_boolean (place, FALSE, error);
  return *error != NULL ? -1 : value ? 1 : 0;
}

GArray *
rn_wzdx_read_place (const RnWzdxFeed *feed, const RnJson *feature, GError **error)
{
  GArray *points = NULL;

  rn_roadnet_read_place (feature, PLACES, feed->context, &points, error);
  return points;
}

char *
rn_wzdx_dup_owner (const RnWzdxFeed *feed, const RnJson *core, GError **error)
{
  GError *flaw = NULL;
  const char *source = rn_json_opt_string (RN_AT (core, "data_source_id"), &flaw);
  const RnJson *list = RN_AT (&feed->info, "data_sources");
  const char *owner = rn_json_opt_string (RN_AT (core, "issuing_organization"), NULL);

  for (guint i = 0; source != NULL && owner == NULL && i < rn_json_length (list); i++)
    {
      RnJson entry = rn_json_element (list, i);

      if (g_strcmp0 (rn_json_opt_string (RN_AT (&entry, "data_source_id"), NULL), source) == 0)
        owner = rn_json_opt_string (RN_AT (&entry, "organization_name"), NULL);
    }
  if (owner == NULL)
    owner = rn_json_opt_string (RN_AT (&feed->info, "publisher"), NULL);
  rn_wzdx_settle (feed, flaw, error);
  return rn_plain_text (owner, MAX_OWNER_CHARS);
}
