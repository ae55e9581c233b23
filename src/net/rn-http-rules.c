/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Sources: RFC 9110 (Retry-After, redirects), RFC 9111 (Age, Cache-Control), and
 * the conventions of the operations API. */
#include "net/rn-http-rules.h"

#include <libsoup/soup.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"

#define URI_FLAGS (G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE)

static gboolean
is_scheme (GUri *uri, const char *scheme)
{
  return g_ascii_strcasecmp (g_uri_get_scheme (uri), scheme) == 0;
}

static int
effective_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  return port > 0 ? port : is_scheme (uri, "https") ? 443 : 80;
}

gboolean
rn_http_rules_is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

gboolean
rn_http_rules_same_origin (GUri *a, GUri *b)
{
  return g_ascii_strcasecmp (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && effective_port (a) == effective_port (b);
}

char *
rn_http_rules_dup_place (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  gboolean v6 = strchr (host, ':') != NULL;
  g_autofree char *bare = v6 ? g_strdup_printf ("[%s]", host) : g_strdup (host);
  int standard = is_scheme (uri, "https") ? 443 : 80;

  return g_uri_get_port (uri) > 0 && g_uri_get_port (uri) != standard
             ? g_strdup_printf ("%s:%d", bare, g_uri_get_port (uri))
             : g_steal_pointer (&bare);
}

/* Whether plain http may be used for @uri. */
static gboolean
check_plain (GUri *uri, gboolean allow_http, RnNetError code, GError **error)
{
  g_autofree char *place = NULL;

  if (is_scheme (uri, "https") || allow_http || rn_http_rules_is_loopback (uri))
    return TRUE;
  place = rn_http_rules_dup_place (uri);
  g_set_error (error, RN_NET_ERROR, code,
               _("%s would be asked without encryption (http): use https, or allow it for this "
                  "source"),
               place);
  return FALSE;
}

static gboolean
check_scheme (GUri *uri, GError **error)
{
  if ((is_scheme (uri, "https") || is_scheme (uri, "http")) && g_uri_get_host (uri) != NULL
      && *g_uri_get_host (uri) != '\0')
    return TRUE;
  g_set_error (error, RN_NET_ERROR, RN_NET_ERROR_PROTOCOL, _("not an http or https address: %s:…"),
               g_uri_get_scheme (uri));
  return FALSE;
}

GUri *
rn_http_rules_parse (const char *text, gboolean allow_http, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GUri) uri = g_uri_parse (text, URI_FLAGS, &cause);

  if (uri == NULL)
    {
      g_set_error (error, RN_NET_ERROR, RN_NET_ERROR_PROTOCOL, _("not an address: %s"),
                   cause->message);
      return NULL;
    }
  if (!check_scheme (uri, error) || !check_plain (uri, allow_http, RN_NET_ERROR_INSECURE, error))
    return NULL;
  return g_steal_pointer (&uri);
}

/* Sets the error of a redirect that is not followed. @to may be NULL. */
static GUri *
refuse_redirect (GUri *from, GUri *to, const char *why, GError **error)
{
  g_autofree char *place = rn_http_rules_dup_place (from);
  g_autofree char *target = to != NULL ? rn_http_rules_dup_place (to) : NULL;

  if (target != NULL)
    g_set_error (error, RN_NET_ERROR, RN_NET_ERROR_REDIRECT,
                 _("%s sends us on to %s, which is not followed: %s"), place, target, why);
  else
    g_set_error (error, RN_NET_ERROR, RN_NET_ERROR_REDIRECT,
                 _("%s sends us on, which is not followed: %s"), place, why);
  return NULL;
}

GUri *
rn_http_rules_redirect (GUri *from, const char *location, guint count, gboolean has_token,
                        gboolean allow_http, GError **error)
{
  g_autoptr (GUri) to = NULL;

  if (count >= RN_HTTP_MAX_REDIRECTS)
    return refuse_redirect (from, NULL, _("more than 5 redirects"), error);
  if (location != NULL && *location != '\0')
    to = g_uri_parse_relative (from, location, URI_FLAGS, NULL);
  if (to == NULL || !check_scheme (to, NULL))
    return refuse_redirect (from, NULL, _("it does not say where to"), error);
  if (is_scheme (from, "https") && !is_scheme (to, "https"))
    return refuse_redirect (from, to, _("from https to http"), error);
  if (!check_plain (to, allow_http, RN_NET_ERROR_REDIRECT, NULL))
    return refuse_redirect (from, to, _("without encryption (http)"), error);
  if (has_token && !rn_http_rules_same_origin (from, to))
    return refuse_redirect (from, to, _("another server must not see the token"), error);
  return g_steal_pointer (&to);
}

gint64
rn_http_rules_retry_after_us (const char *text, gint64 date_us)
{
  guint64 seconds;
  gint64 at_us, wait_us;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seconds, NULL))
    wait_us = (gint64) seconds * 1000000;
  else if (*text != '\0' && strspn (text, "0123456789") == strlen (text))
    wait_us = RN_HTTP_MAX_RETRY_AFTER_US;
  else if (date_us != 0 && rn_text_parse_http_date (text, &at_us))
    wait_us = at_us - date_us;
  else
    return 0;
  return CLAMP (wait_us, 0, RN_HTTP_MAX_RETRY_AFTER_US);
}

gboolean
rn_http_rules_source_time (const char *text, gint64 *time_us, double *rate)
{
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, ";", 8) : NULL;
  gint64 at_us;
  double n = 1.0;

  if (parts == NULL || parts[0] == NULL || !rn_text_parse_rfc3339 (g_strstrip (parts[0]), &at_us))
    return FALSE;
  for (guint i = 1; parts[i] != NULL; i++)
    {
      const char *word = g_strstrip (parts[i]);
      char *end;

      if (g_ascii_strncasecmp (word, "rate=", 5) != 0)
        continue;
      n = g_ascii_strtod (word + 5, &end);
      if (end == word + 5 || *end != '\0' || !(n >= 0.001 && n <= 10000.0))
        return FALSE;
    }
  *time_us = at_us;
  *rate = n;
  return TRUE;
}

gint64
rn_http_rules_max_age_us (const char *text)
{
  g_autoptr (GHashTable) directives = NULL;
  const char *value;
  guint64 seconds;

  if (text == NULL)
    return 0;
  directives = soup_header_parse_param_list (text);
  if (g_hash_table_contains (directives, "no-store")
      || g_hash_table_contains (directives, "no-cache"))
    return 0;
  value = g_hash_table_lookup (directives, "max-age");
  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 0, 365 * 86400, &seconds, NULL))
    return 0;
  return (gint64) seconds * 1000000;
}

void
rn_http_rules_keep (const char *text, gboolean *no_store, gboolean *must_ask)
{
  g_autoptr (GHashTable) directives = text != NULL ? soup_header_parse_param_list (text) : NULL;

  *no_store = directives != NULL && g_hash_table_contains (directives, "no-store");
  *must_ask = directives != NULL
              && (g_hash_table_contains (directives, "no-cache")
                  || g_strcmp0 (g_hash_table_lookup (directives, "max-age"), "0") == 0);
}
