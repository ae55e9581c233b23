/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libsoup's server on the main context of the test. */
#include "tile-server.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdio.h>
#include <string.h>

guint32
tile_server_colour (int z, int x, int y)
{
  return 0xff000000u | (guint32) (x & 255) << 16 | (guint32) (y & 255) << 8 | (guint32) (z * 10);
}

GBytes *
tile_server_picture (guint32 colour, int side, gboolean ramp, const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf =
      gdk_pixbuf_new (GDK_COLORSPACE_RGB, g_str_equal (type, "png"), 8, side, side);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  char *data;
  gsize size;

  gdk_pixbuf_fill (pixbuf, colour << 8 | colour >> 24);
  for (int y = 0; ramp && y < side; y++)
    for (int x = 0; x < side; x++)
      {
        guint8 *p = pixels + (gsize) y * stride + (gsize) x * gdk_pixbuf_get_n_channels (pixbuf);

        p[0] = (guint8) x;
        p[1] = (guint8) y;
      }
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, type, NULL, NULL));
  return g_bytes_new_take (data, size);
}

GBytes *
tile_server_bomb (guint width, guint height)
{
  static const char tail[] = "\x08\x06\0\0\0\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82";
  GByteArray *array = g_byte_array_new ();
  guint32 w = GUINT32_TO_BE (width), h = GUINT32_TO_BE (height);

  g_byte_array_append (array, (const guint8 *) "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16);
  g_byte_array_append (array, (const guint8 *) &w, 4);
  g_byte_array_append (array, (const guint8 *) &h, 4);
  g_byte_array_append (array, (const guint8 *) tail, sizeof tail - 1);
  return g_byte_array_free_to_bytes (array);
}

static void
respond (SoupServerMessage *message, guint status, const char *type, GBytes *body)
{
  gsize size = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &size) : NULL;

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, data, size);
}

static void
serve_good (TileServer *self, SoupServerMessage *message, const char *path, int z, int x, int y)
{
  SoupMessageHeaders *to = soup_server_message_get_response_headers (message);
  const char *tag = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "If-None-Match");
  guint32 colour = tile_server_colour (z, x, y);
  g_autoptr (GBytes) picture = NULL;

  if (self->etag != NULL)
    soup_message_headers_replace (to, "ETag", self->etag);
  if (self->cache_control != NULL)
    soup_message_headers_replace (to, "Cache-Control", self->cache_control);
  if (self->etag != NULL && g_strcmp0 (tag, self->etag) == 0)
    {
      self->n_not_modified++;
      respond (message, 304, NULL, NULL);
      return;
    }
  if (g_str_has_prefix (path, "/labels/"))
    colour = (guint32) self->alpha << 24 | 0xff0000;
  picture = tile_server_picture (colour, 256, FALSE, "png");
  self->n_tiles++;
  respond (message, 200, "image/png", picture);
}

static void
serve_bad (TileServer *self, SoupServerMessage *message)
{
  SoupMessageHeaders *to = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) whole = tile_server_picture (0xff102030, 256, TRUE, "png");
  g_autoptr (GBytes) body = NULL;

  switch (self->mode)
    {
    case TILE_SERVER_TRUNCATED:
      body = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
      respond (message, 200, "image/png", body);
      break;
    case TILE_SERVER_HTML:
      body = g_bytes_new_static ("<html>sign in</html>", 20);
      respond (message, 200, "image/png", body);
      break;
    case TILE_SERVER_BOMB:
      body = tile_server_bomb (50000, 50000);
      respond (message, 200, "image/png", body);
      break;
    case TILE_SERVER_BUSY:
      soup_message_headers_replace (to, "Retry-After", "30");
      respond (message, 503, NULL, NULL);
      break;
    case TILE_SERVER_REDIRECT:
      soup_message_headers_replace (to, "Location", "http://192.0.2.1/tile.png");
      respond (message, 302, NULL, NULL);
      break;
    default:
      respond (message, self->mode == TILE_SERVER_404 ? 404 : 500, NULL, NULL);
    }
}

static void
finished_cb (SoupServerMessage *message, TileServer *self)
{
  self->n_open--;
}

/* The tile that is asked for, in rows from the north. */
static gboolean
read_tile (TileServer *self, const char *path, GHashTable *query, int *z, int *x, int *y)
{
  if (sscanf (path, "/xyz/%d/%d/%d.png", z, x, y) == 3
      || sscanf (path, "/labels/%d/%d/%d.png", z, x, y) == 3)
    return TRUE;
  if (sscanf (path, "/tms/%d/%d/%d.png", z, x, y) == 3)
    {
      *y = (1 << *z) - 1 - *y;
      return TRUE;
    }
  if (g_str_equal (path, "/wmts") && query != NULL
      && g_strcmp0 (g_hash_table_lookup (query, "REQUEST"), "GetTile") == 0)
    {
      const char *matrix = g_hash_table_lookup (query, "TILEMATRIX");

      g_assert_nonnull (matrix);
      g_assert_true (g_str_has_prefix (matrix, "level "));
      *z = atoi (matrix + 6);
      *x = atoi (g_hash_table_lookup (query, "TILECOL"));
      *y = atoi (g_hash_table_lookup (query, "TILEROW"));
      return TRUE;
    }
  return FALSE;
}

static void
serve_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
          gpointer data)
{
  TileServer *self = data;
  int z = 0, x = 0, y = 0;

  if (query != NULL && g_strcmp0 (g_hash_table_lookup (query, "REQUEST"), "GetCapabilities") == 0)
    {
      g_autoptr (GBytes) body =
          g_bytes_new (self->capabilities != NULL ? self->capabilities : "",
                       self->capabilities != NULL ? strlen (self->capabilities) : 0);

      respond (message, self->capabilities != NULL ? 200 : 404, "application/xml", body);
      return;
    }
  self->n_requests++;
  self->n_open++;
  self->max_open = MAX (self->max_open, self->n_open);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  g_free (self->last_query);
  self->last_query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  if (!read_tile (self, path, query, &z, &x, &y))
    respond (message, 404, NULL, NULL);
  else if (self->mode == TILE_SERVER_GOOD
           || (self->bad_z >= 0 && (z != self->bad_z || x != self->bad_x || y != self->bad_y)))
    serve_good (self, message, path, z, x, y);
  else if (self->mode == TILE_SERVER_SILENT)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->paused, g_object_ref (message));
    }
  else
    serve_bad (self, message);
}

TileServer *
tile_server_new (void)
{
  TileServer *self = g_new0 (TileServer, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  self->bad_z = -1;
  self->alpha = 255;
  self->paused = g_ptr_array_new_with_free_func (g_object_unref);
  soup_server_add_handler (self->server, NULL, serve_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

void
tile_server_free (TileServer *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->paused);
  g_free (self->base);
  g_free (self->capabilities);
  g_free (self->last_query);
  g_free (self);
}
