/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the HTTP client lets through, as tables. */
#include "net/rn-http-rules.h"

static void
test_schemes (void)
{
  static const struct {
    const char *uri;
    gboolean allow_http;
    int code; /* -1: may be asked */
  } rows[] = {
    { "https://example.com/v1/", FALSE, -1 },
    { "HTTPS://example.com/v1/", FALSE, -1 },
    { "http://example.com/v1/", FALSE, RN_NET_ERROR_INSECURE },
    { "http://example.com/v1/", TRUE, -1 },
    { "http://127.0.0.1:8080/v1/", FALSE, -1 },
    { "http://127.8.9.1/v1/", FALSE, -1 },
    { "http://[::1]:8080/v1/", FALSE, -1 },
    { "http://localhost/v1/", FALSE, -1 },
    { "http://localhost.example.com/v1/", FALSE, RN_NET_ERROR_INSECURE },
    { "http://127.0.0.1.example.com/v1/", FALSE, RN_NET_ERROR_INSECURE },
    { "http://10.0.0.1/v1/", FALSE, RN_NET_ERROR_INSECURE },
    { "ftp://example.com/v1/", TRUE, RN_NET_ERROR_PROTOCOL },
    { "file:///etc/passwd", TRUE, RN_NET_ERROR_PROTOCOL },
    { "https:///v1/", TRUE, RN_NET_ERROR_PROTOCOL },
    { "example.com/v1", TRUE, RN_NET_ERROR_PROTOCOL },
    { "", TRUE, RN_NET_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) uri = rn_http_rules_parse (rows[i].uri, rows[i].allow_http, &error);

      g_test_message ("%s", rows[i].uri);
      g_assert_cmpint (uri == NULL, ==, rows[i].code >= 0);
      if (uri == NULL)
        g_assert_error (error, RN_NET_ERROR, rows[i].code);
    }
}

static void
test_redirects (void)
{
  static const struct {
    const char *from, *location;
    guint count;
    gboolean token, allow_http;
    const char *to; /* NULL: not followed */
  } rows[] = {
    { "https://a.example/v1/flow", "/v2/flow", 0, TRUE, FALSE, "https://a.example/v2/flow" },
    { "https://a.example/v1/flow", "now", 4, TRUE, FALSE, "https://a.example/v1/now" },
    { "https://a.example/v1/flow", "now", 5, TRUE, FALSE, NULL },
    { "https://a.example/", "https://b.example/", 0, FALSE, FALSE, "https://b.example/" },
    { "https://a.example/", "https://b.example/", 0, TRUE, FALSE, NULL },
    { "https://a.example/", "//b.example/", 0, TRUE, FALSE, NULL },
    { "https://a.example/", "https://a.example:444/", 0, TRUE, FALSE, NULL },
    { "https://a.example/", "https://A.example:443/x", 0, TRUE, FALSE, "https://A.example/x" },
    { "https://a.example/", "http://a.example/", 0, FALSE, TRUE, NULL },
    { "https://a.example/", "http://127.0.0.1/", 0, FALSE, TRUE, NULL },
    { "http://127.0.0.1/", "https://a.example/", 0, TRUE, FALSE, NULL },
    { "http://127.0.0.1/", "https://a.example/", 0, FALSE, FALSE, "https://a.example/" },
    { "http://127.0.0.1/", "http://a.example/", 0, FALSE, FALSE, NULL },
    { "http://127.0.0.1/", "http://a.example/", 0, FALSE, TRUE, "http://a.example/" },
    { "http://127.0.0.1/", "file:///etc/passwd", 0, FALSE, TRUE, NULL },
    { "http://127.0.0.1/", "", 0, FALSE, FALSE, NULL },
    { "http://127.0.0.1/", NULL, 0, FALSE, FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) from = rn_http_rules_parse (rows[i].from, TRUE, NULL);
      g_autoptr (GUri) to = rn_http_rules_redirect (from, rows[i].location, rows[i].count,
                                                    rows[i].token, rows[i].allow_http, &error);
      g_autofree char *text = to != NULL ? g_uri_to_string (to) : NULL;

      g_test_message ("%s → %s", rows[i].from, rows[i].location);
      g_assert_cmpstr (text, ==, rows[i].to);
      if (to == NULL)
        g_assert_error (error, RN_NET_ERROR, RN_NET_ERROR_REDIRECT);
    }
}

/* A message shows where, never with what right. */
static void
test_place (void)
{
  g_autoptr (GUri) uri
      = rn_http_rules_parse ("https://user:secret@a.example:8443/v1/?key=secret", FALSE, NULL);
  g_autofree char *place = rn_http_rules_dup_place (uri);
  g_autoptr (GUri) uri6 = rn_http_rules_parse ("http://[::1]:80/", FALSE, NULL);
  g_autofree char *place6 = rn_http_rules_dup_place (uri6);

  g_assert_cmpstr (place, ==, "a.example:8443");
  g_assert_cmpstr (place6, ==, "[::1]");
}

static void
test_retry_after (void)
{
  static const struct {
    const char *text;
    gint64 seconds;
  } rows[] = {
    { NULL, 0 }, { "", 0 }, { "7", 7 }, { "0", 0 }, { "900", 900 }, { "901", 900 },
    { "99999999999999999999", 900 }, { "-3", 0 }, { "soon", 0 }, { "7.5", 0 },
    { "Tue, 15 Nov 1994 08:12:51 GMT", 20 }, { "Tue, 15 Nov 1994 08:12:11 GMT", 0 },
    { "Wed, 16 Nov 1994 08:12:31 GMT", 900 },
  };
  const gint64 date_us = G_GINT64_CONSTANT (784887151) * 1000000;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (rn_http_rules_retry_after_us (rows[i].text, date_us), ==,
                       rows[i].seconds * 1000000);
    }
  g_assert_cmpint (rn_http_rules_retry_after_us ("Tue, 15 Nov 1994 08:12:51 GMT", 0), ==, 0);
}

static void
test_source_time (void)
{
  static const struct {
    const char *text;
    double rate; /* 0: not understood */
  } rows[] = {
    { "2026-10-01T02:42:36Z", 1 },
    { "2026-10-01T10:42:36+08:00;rate=60", 60 },
    { " 2026-10-01T02:42:36Z ; rate=0.5 ", 0.5 },
    { "2026-10-01T02:42:36Z;mode=demo;rate=3", 3 },
    { "2026-10-01T02:42:36Z;rate=0", 0 },
    { "2026-10-01T02:42:36Z;rate=-1", 0 },
    { "2026-10-01T02:42:36Z;rate=nan", 0 },
    { "2026-10-01T02:42:36Z;rate=inf", 0 },
    { "2026-10-01T02:42:36Z;rate=", 0 },
    { "2026-10-01T02:42:36Z;rate=3x", 0 },
    { "yesterday;rate=1", 0 },
    { "", 0 },
    { NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 at_us = 7;
      double rate = 7;
      gboolean good = rn_http_rules_source_time (rows[i].text, &at_us, &rate);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (good, ==, rows[i].rate > 0);
      g_assert_cmpfloat (rate, ==, good ? rows[i].rate : 7);
      g_assert_cmpint (at_us, ==, good ? G_GINT64_CONSTANT (1790822556000000) : 7);
    }
}

static void
test_max_age (void)
{
  g_assert_cmpint (rn_http_rules_max_age_us (NULL), ==, 0);
  g_assert_cmpint (rn_http_rules_max_age_us ("max-age=30"), ==, 30000000);
  g_assert_cmpint (rn_http_rules_max_age_us ("public, max-age=\"60\""), ==, 60000000);
  g_assert_cmpint (rn_http_rules_max_age_us ("no-cache, max-age=30"), ==, 0);
  g_assert_cmpint (rn_http_rules_max_age_us ("max-age=-1"), ==, 0);
  g_assert_cmpint (rn_http_rules_max_age_us ("max-age"), ==, 0);
}

static void
test_keep (void)
{
  static const struct {
    const char *text;
    gboolean no_store, must_ask;
  } rows[] = {
    { NULL, FALSE, FALSE },           { "", FALSE, FALSE },
    { "max-age=30", FALSE, FALSE },   { "private, no-store", TRUE, FALSE },
    { "No-Cache", FALSE, TRUE },      { "max-age=0", FALSE, TRUE },
    { "no-store, no-cache", TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean no_store = 7, must_ask = 7;

      rn_http_rules_keep (rows[i].text, &no_store, &must_ask);
      g_assert_cmpint (no_store, ==, rows[i].no_store);
      g_assert_cmpint (must_ask, ==, rows[i].must_ask);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/http-rules/schemes", test_schemes);
  g_test_add_func ("/net/http-rules/redirects", test_redirects);
  g_test_add_func ("/net/http-rules/place", test_place);
  g_test_add_func ("/net/http-rules/retry-after", test_retry_after);
  g_test_add_func ("/net/http-rules/source-time", test_source_time);
  g_test_add_func ("/net/http-rules/max-age", test_max_age);
  g_test_add_func ("/net/http-rules/keep", test_keep);
  return g_test_run ();
}
