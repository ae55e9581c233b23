/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gzip in memory on GIO's converters. The limit is on what comes out, so that a small bomb does not
 * fill the memory. Pure; any thread. */
#include "base/rn-gzip.h"

#include "base/rn-i18n.h"

#define FIRST_BYTES ((gsize) 64 << 10)

typedef struct {
  guint8 *out;
  gsize length, reserved;
} Buffer;

gboolean
rn_gzip_is (GBytes *bytes)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (bytes, &n);

  return n >= 2 && data[0] == 0x1f && data[1] == 0x8b;
}

/* Room for more, FALSE when @max_bytes are full. */
static gboolean
grow (Buffer *buffer, gsize max_bytes)
{
  gsize wish = MIN (MAX (buffer->reserved * 2, FIRST_BYTES), max_bytes);

  if (wish <= buffer->reserved)
    return FALSE;
  buffer->out = g_realloc (buffer->out, wish);
  buffer->reserved = wish;
  return TRUE;
}

/* In our words: GLib's are "Need more input" and the like. */
static void
raise_cause (const GError *cause, GError **error)
{
  g_set_error_literal (error, cause->domain, cause->code,
                       g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
                           ? _("the compressed data ends too early")
                       : g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)
                           ? _("the compressed data is damaged")
                           : cause->message);
}

/* Runs all of @in through @converter until it is finished. @used: how much of @in it took. */
static gboolean
convert (GConverter *converter, const guint8 *in, gsize n, gsize *used, Buffer *buffer,
         gsize max_bytes, GError **error)
{
  GConverterResult result = G_CONVERTER_CONVERTED;

  *used = 0;
  while (result != G_CONVERTER_FINISHED)
    {
      g_autoptr (GError) local = NULL;
      gsize read = 0, written = 0;
      guint8 spare[64]; /* tells "just full" from "too much" */
      gboolean full = buffer->length == buffer->reserved && !grow (buffer, max_bytes);

      result = g_converter_convert (converter, in + *used, n - *used,
                                    full ? spare : buffer->out + buffer->length,
                                    full ? sizeof spare : buffer->reserved - buffer->length,
                                    G_CONVERTER_INPUT_AT_END, &read, &written, &local);
      if (result == G_CONVERTER_ERROR && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE)
          && grow (buffer, max_bytes))
        {
          result = G_CONVERTER_CONVERTED;
          continue;
        }
      if (result == G_CONVERTER_ERROR)
        {
          raise_cause (local, error);
          return FALSE;
        }
      *used += read;
      if (full && written > 0)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                       _("the document has more than %u MiB"), (guint) MAX (max_bytes >> 20, 1));
          return FALSE;
        }
      if (!full)
        buffer->length += written;
    }
  return TRUE;
}

GBytes *
rn_gzip_inflate (GBytes *bytes, gsize max_bytes, GError **error)
{
  g_autoptr (GConverter) converter =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  Buffer buffer = { NULL, 0, 0 };
  gsize n, at = 0, used;
  const guint8 *data = g_bytes_get_data (bytes, &n);

  /* RFC 1952: a file may hold several members, one after the other. */
  do
    {
      g_converter_reset (converter);
      if (!convert (converter, data + at, n - at, &used, &buffer, max_bytes, error))
        {
          g_free (buffer.out);
          return NULL;
        }
      at += used;
    }
  while (at < n);
  return g_bytes_new_take (g_realloc (buffer.out, MAX (buffer.length, 1)), buffer.length);
}

GBytes *
rn_gzip_deflate (GBytes *bytes, int level)
{
  g_autoptr (GConverter) converter =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, level));
  g_autoptr (GError) error = NULL;
  Buffer buffer = { NULL, 0, 0 };
  gsize n, used;
  const guint8 *data = g_bytes_get_data (bytes, &n);

  if (!convert (converter, data, n, &used, &buffer, G_MAXSSIZE, &error))
    g_error ("deflate: %s", error->message); /* only for want of memory */
  return g_bytes_new_take (buffer.out, buffer.length);
}
