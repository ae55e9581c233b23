/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Nothing here knows the world. */
#include "sim/rn-sim-wire.h"

#include "sim/rn-sim-writer.h"

#include <string.h>

#define HUGE_CHUNK ((gsize) 1 << 20)
#define HUGE_CHUNKS 300

void
rn_sim_wire_problem (SoupServerMessage *message, guint status, const char *title,
                     const char *detail)
{
  RnSimWriter w = RN_SIM_WRITER_INIT;
  g_autoptr (GBytes) body = NULL;
  gsize size;
  const char *data;

  rn_sim_write_object (&w, NULL);
  rn_sim_write_string (&w, "type", "about:blank");
  rn_sim_write_string (&w, "title", title);
  rn_sim_write_int (&w, "status", status);
  if (detail != NULL)
    rn_sim_write_string (&w, "detail", detail);
  rn_sim_write_end_object (&w);
  body = rn_sim_writer_end (&w);
  data = g_bytes_get_data (body, &size);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/problem+json", SOUP_MEMORY_COPY, data,
                                    size);
}

gboolean
rn_sim_wire_takes_gzip (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *accept = soup_message_headers_get_list (headers, "Accept-Encoding");
  GSList *takes, *refuses = NULL;
  gboolean found = FALSE;

  if (accept == NULL)
    return FALSE;
  takes = soup_header_parse_quality_list (accept, &refuses);
  for (GSList *l = takes; l != NULL; l = l->next)
    found |= g_ascii_strcasecmp (l->data, "gzip") == 0 || strcmp (l->data, "*") == 0;
  for (GSList *l = refuses; l != NULL; l = l->next)
    found &= g_ascii_strcasecmp (l->data, "gzip") != 0;
  soup_header_free_list (takes);
  soup_header_free_list (refuses);
  return found;
}

void
rn_sim_wire_send (SoupServerMessage *message, const char *content_type, GBytes *body, gboolean gzip)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, content_type, NULL);
  if (gzip)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
}

void
rn_sim_wire_drop (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

static void
cut_written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GIOStream) stream = data;

  /* The client may be gone already; there is nobody to tell. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static void
free_bytes_cb (gpointer data, GObject *object)
{
  g_byte_array_unref (data);
}

void
rn_sim_wire_cut (SoupServerMessage *message, const char *content_type, GBytes *body)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           content_type, size);
  GByteArray *out = g_byte_array_new ();
  GIOStream *stream = soup_server_message_steal_connection (message);
  GOutputStream *sink = g_io_stream_get_output_stream (stream);

  g_byte_array_append (out, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (out, data, (guint) (size / 2));
  g_object_weak_ref (G_OBJECT (stream), free_bytes_cb, out);
  g_output_stream_write_all_async (sink, out->data, out->len, G_PRIORITY_DEFAULT, NULL,
                                   cut_written_cb, stream);
}

typedef struct {
  GConverter *gzip; /* NULL: plain */
  guint8 *plain, *packed;
  guint left;
  gboolean complete;
} Huge;

static void
huge_free (gpointer data)
{
  Huge *huge = data;

  g_clear_object (&huge->gzip);
  g_free (huge->plain);
  g_free (huge->packed);
  g_free (huge);
}

/* The next megabyte of blanks. A compressed chunk may come out empty: then the next is taken. */
static void
huge_append (Huge *huge, SoupMessageBody *body)
{
  gsize read, written = 0;

  while (huge->left > 0 && written == 0)
    {
      huge->left--;
      if (huge->gzip == NULL)
        {
          soup_message_body_append (body, SOUP_MEMORY_COPY, huge->plain, HUGE_CHUNK);
          break;
        }
      g_converter_convert (huge->gzip, huge->plain, HUGE_CHUNK, huge->packed, HUGE_CHUNK,
                           huge->left == 0 ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_FLUSH, &read,
                           &written, NULL);
      if (written > 0)
        soup_message_body_append (body, SOUP_MEMORY_COPY, huge->packed, written);
    }
  if (huge->left == 0 && !huge->complete)
    {
      huge->complete = TRUE;
      soup_message_body_complete (body);
    }
}

static void
huge_chunk_cb (SoupServerMessage *message, gpointer data)
{
  huge_append (data, soup_server_message_get_response_body (message));
}

void
rn_sim_wire_huge (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  Huge *huge = g_new0 (Huge, 1);

  huge->left = HUGE_CHUNKS;
  huge->plain = g_malloc (HUGE_CHUNK);
  memset (huge->plain, ' ', HUGE_CHUNK);
  huge->plain[0] = '['; /* at the head of each, so that it is no JSON even when cut off */
  huge->packed = g_malloc (HUGE_CHUNK);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, "application/json", NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  if (rn_sim_wire_takes_gzip (message))
    {
      huge->gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
      soup_message_headers_replace (headers, "Content-Encoding", "gzip");
    }
  soup_message_body_set_accumulate (body, FALSE);
  g_object_set_data_full (G_OBJECT (message), "rn-sim-huge", huge, huge_free);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (huge_chunk_cb), huge);
  huge_append (huge, body);
}
