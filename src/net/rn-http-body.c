/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. */
#include "net/rn-http-body.h"

#include "base/rn-i18n.h"

#define CHUNK_BYTES ((gsize) 64 << 10)
#define MAX_RESERVED ((gsize) 4 << 20)

struct _RnHttpBody {
  gatomicrefcount refs;
  gsize max_bytes;
  char *encoding;      /* NULL: none said */
  GByteArray *raw;     /* as it came */
  gsize n_counted;     /* of raw: bytes that the counter has seen */
  GConverter *counter; /* NULL: not compressed */
  gboolean at_end;     /* the last gzip member is complete */
  gsize n_inflated;
};

RnHttpBody *
rn_http_body_new (gsize max_bytes, gsize expected, const char *encoding)
{
  RnHttpBody *self = g_new0 (RnHttpBody, 1);

  g_atomic_ref_count_init (&self->refs);
  self->max_bytes = max_bytes;
  self->encoding = g_strdup (encoding);
  self->raw = g_byte_array_sized_new (MIN (expected, MAX_RESERVED) + 1);
  return self;
}

static RnHttpBody *
ref (RnHttpBody *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
rn_http_body_unref (RnHttpBody *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->counter);
  g_clear_pointer (&self->raw, g_byte_array_unref);
  g_free (self->encoding);
  g_free (self);
}

static gboolean
look_at_encoding (RnHttpBody *self, GError **error)
{
  if (self->counter != NULL || self->raw->len < 2)
    return TRUE;
  if (self->raw->data[0] == 0x1f && self->raw->data[1] == 0x8b)
    {
      self->counter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
      return TRUE;
    }
  if (self->encoding == NULL || g_ascii_strcasecmp (self->encoding, "identity") == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("the body is not in the encoding it is said to be in (%s)"), self->encoding);
  return FALSE;
}

static gboolean
check_size (RnHttpBody *self, gsize size, GError **error)
{
  if (size <= self->max_bytes)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _("too large"));
  return FALSE;
}

gboolean
rn_http_body_add (RnHttpBody *self, GBytes *bytes, GError **error)
{
  g_byte_array_append (self->raw, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return check_size (self, self->raw->len, error) && look_at_encoding (self, error);
}

gboolean
rn_http_body_must_count (RnHttpBody *self)
{
  return self->counter != NULL && self->n_counted < self->raw->len;
}

/* ---- workers ------------------------------------------------------------------------------- */

/* Inflates @input through @converter; the output goes to @out, or is only counted when @out is
 * NULL. Goes on over concatenated members. FALSE on damage (@error), TRUE when all is used up or
 * more than @max came out in total. */
static gboolean
inflate (GConverter *converter, const guint8 *input, gsize n_input, GByteArray *out, gsize max,
         gsize *total, gboolean *at_end, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *scratch = g_malloc (CHUNK_BYTES);

  while (n_input > 0 && *total <= max)
    {
      g_autoptr (GError) local = NULL;
      gsize n_read = 0, n_written = 0;
      GConverterResult result;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (*at_end)
        g_converter_reset (converter);
      result = g_converter_convert (converter, input, n_input, scratch, CHUNK_BYTES,
                                    G_CONVERTER_NO_FLAGS, &n_read, &n_written, &local);
      *at_end = result == G_CONVERTER_FINISHED;
      if (result == G_CONVERTER_ERROR
          && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        return TRUE;
      if (result == G_CONVERTER_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      input += n_read;
      n_input -= n_read;
      *total += n_written;
      if (out != NULL)
        g_byte_array_append (out, scratch, n_written);
    }
  return TRUE;
}

static void
run (RnHttpBody *self, GTaskThreadFunc func, GCancellable *cancellable,
     GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_task_data (task, ref (self), (GDestroyNotify) rn_http_body_unref);
  g_task_run_in_thread (task, func);
}

static void
count_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  RnHttpBody *self = data;
  GError *error = NULL;
  gboolean good =
      inflate (self->counter, self->raw->data + self->n_counted, self->raw->len - self->n_counted,
               NULL, self->max_bytes, &self->n_inflated, &self->at_end, cancellable, &error);

  self->n_counted = self->raw->len;
  if (good && check_size (self, self->n_inflated, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
rn_http_body_count_async (RnHttpBody *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer data)
{
  run (self, count_thread, cancellable, callback, data);
}

gboolean
rn_http_body_count_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
end_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  RnHttpBody *self = data;
  g_autoptr (GByteArray) out = g_byte_array_sized_new (MAX (self->n_inflated, 1));
  gsize total = 0;
  gboolean at_end = FALSE;
  GError *error = NULL;

  g_converter_reset (self->counter);
  if (inflate (self->counter, self->raw->data, self->raw->len, out, self->n_inflated, &total,
               &at_end, cancellable, &error))
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&out)),
                           (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
rn_http_body_end_async (RnHttpBody *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer data)
{
  g_autoptr (GTask) task = NULL;

  if (self->counter != NULL && self->at_end)
    {
      run (self, end_thread, cancellable, callback, data);
      return;
    }
  task = g_task_new (NULL, cancellable, callback, data);
  if (self->counter == NULL)
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&self->raw)),
                           (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                             _("the compressed data ends too early"));
}

GBytes *
rn_http_body_end_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
