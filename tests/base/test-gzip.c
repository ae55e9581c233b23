/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gzip: there and back, limits, damage of every kind. */
#include <string.h>

#include "base/rn-gzip.h"

static GBytes *
pattern (gsize n)
{
  char *text = g_malloc (MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    text[i] = (char) (i * i % 251);
  return g_bytes_new_take (text, n);
}

static void
test_round_trip (void)
{
  static const gsize sizes[] = { 0, 1, 100, 65535, 65536, 65537, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) plain = pattern (sizes[i]);
      g_autoptr (GBytes) packed = rn_gzip_deflate (plain, 6);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) again = rn_gzip_inflate (packed, MAX (sizes[i], 1), &error);

      g_assert_no_error (error);
      g_assert_true (rn_gzip_is (packed));
      g_assert_true (g_bytes_equal (plain, again));
    }
}

static void
test_limit (void)
{
  g_autofree char *zeros = g_malloc0 (50 << 20);
  g_autoptr (GBytes) plain = g_bytes_new_static (zeros, 50 << 20);
  g_autoptr (GBytes) bomb = rn_gzip_deflate (plain, 9);
  g_autoptr (GBytes) exact = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_bytes_get_size (bomb), <, 100000);
  g_assert_null (rn_gzip_inflate (bomb, (50 << 20) - 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  exact = rn_gzip_inflate (bomb, 50 << 20, NULL);
  g_assert_nonnull (exact);
}

static void
test_damage (void)
{
  g_autoptr (GBytes) plain = pattern (5000);
  g_autoptr (GBytes) packed = rn_gzip_deflate (plain, 6);
  gsize n = g_bytes_get_size (packed);
  const guint8 *data = g_bytes_get_data (packed, NULL);

  /* Cut anywhere: never taken for the whole. */
  for (gsize cut = 0; cut < n; cut += cut < 20 || cut > n - 20 ? 1 : 37)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (packed, 0, cut);
      g_autoptr (GError) error = NULL;

      g_assert_null (rn_gzip_inflate (part, 1 << 20, &error));
      g_assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
                     || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA));
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        g_assert_cmpstr (error->message, ==, "the compressed data ends too early");
    }
  /* Any flipped byte: an error, or (in the header's time and name) the same content. */
  for (gsize at = 0; at < n; at += 13)
    {
      g_autofree guint8 *copy = g_memdup2 (data, n);
      g_autoptr (GBytes) bad = NULL;
      g_autoptr (GBytes) out = NULL;
      g_autoptr (GError) error = NULL;

      copy[at] ^= 0x55;
      bad = g_bytes_new (copy, n);
      out = rn_gzip_inflate (bad, 1 << 20, &error);
      g_assert_true ((out == NULL) == (error != NULL));
      g_assert_true (out == NULL || g_bytes_equal (out, plain));
    }
}

static void
test_members (void)
{
  g_autoptr (GBytes) a = g_bytes_new_static ("abc", 3);
  g_autoptr (GBytes) packed = rn_gzip_deflate (a, 6);
  g_autoptr (GByteArray) two = g_byte_array_new ();
  g_autoptr (GBytes) joint = NULL;
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) trailing = NULL;
  g_autoptr (GError) error = NULL;

  g_byte_array_append (two, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  g_byte_array_append (two, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  joint = g_bytes_new (two->data, two->len);
  out = rn_gzip_inflate (joint, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (out, NULL), g_bytes_get_size (out), "abcabc", 6);
  g_byte_array_append (two, (const guint8 *) "garbage", 7);
  trailing = g_bytes_new (two->data, two->len);
  g_assert_null (rn_gzip_inflate (trailing, 100, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpstr (error->message, ==, "the compressed data is damaged");
}

static void
test_is (void)
{
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) json = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) one = g_bytes_new_static ("\x1f", 1);

  g_assert_false (rn_gzip_is (none));
  g_assert_false (rn_gzip_is (json));
  g_assert_false (rn_gzip_is (one));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gzip/round-trip", test_round_trip);
  g_test_add_func ("/gzip/limit", test_limit);
  g_test_add_func ("/gzip/damage", test_damage);
  g_test_add_func ("/gzip/members", test_members);
  g_test_add_func ("/gzip/is", test_is);
  return g_test_run ();
}
