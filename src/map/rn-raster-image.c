/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first bytes say what it is: PNG (ISO 15948, IHDR), JPEG (ITU T.81, SOF), WebP (RFC 9649,
 * VP8, VP8L, VP8X). Only then gdk-pixbuf decodes, with the module of that type and no other. */
#include "map/rn-raster-image.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "base/rn-i18n.h"

/* Where the mark of the end is looked for: some servers append a few bytes. */
#define TAIL_BYTES 1024

typedef struct {
  const char *type; /* the module's name; NULL: no picture */
  guint width, height;
  gboolean cut; /* its end is missing */
} Head;

static guint
be16 (const guint8 *p)
{
  return (guint) p[0] << 8 | p[1];
}

static guint
be32 (const guint8 *p)
{
  return be16 (p) << 16 | be16 (p + 2);
}

static guint
le24 (const guint8 *p)
{
  return p[0] | (guint) p[1] << 8 | (guint) p[2] << 16;
}

static gboolean
has (const guint8 *data, gsize size, gsize at, const char *text, gsize length)
{
  return size >= at + length && memcmp (data + at, text, length) == 0;
}

static gboolean
is_cut (const guint8 *data, gsize size, const char *mark, gsize length)
{
  for (gsize at = size - MIN (size, TAIL_BYTES); at + length <= size; at++)
    if (has (data, size, at, mark, length))
      return FALSE;
  return TRUE;
}

static void
read_png (const guint8 *data, gsize size, Head *head)
{
  head->type = "png";
  if (!has (data, size, 12, "IHDR", 4) || size < 24)
    {
      head->cut = TRUE;
      return;
    }
  head->width = be32 (data + 16);
  head->height = be32 (data + 20);
  head->cut = is_cut (data, size, "IEND\xae\x42\x60\x82", 8);
}

static void
read_jpeg (const guint8 *data, gsize size, Head *head)
{
  head->type = "jpeg";
  head->cut = is_cut (data, size, "\xff\xd9", 2);
  for (gsize at = 2; at + 9 < size && data[at] == 0xff;)
    {
      guint marker = data[at + 1];

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          head->height = be16 (data + at + 5);
          head->width = be16 (data + at + 7);
          return;
        }
      at += 2 + be16 (data + at + 2);
    }
}

static void
read_webp (const guint8 *data, gsize size, Head *head)
{
  head->type = "webp";
  head->cut = size < 30 || (le24 (data + 4) | (guint) data[7] << 24) > size - 8;
  if (size < 30)
    return;
  if (has (data, size, 12, "VP8X", 4))
    {
      head->width = le24 (data + 24) + 1;
      head->height = le24 (data + 27) + 1;
    }
  else if (has (data, size, 12, "VP8L", 4))
    {
      guint32 bits = le24 (data + 21) | (guint32) data[24] << 24;

      head->width = (bits & 0x3fff) + 1;
      head->height = (bits >> 14 & 0x3fff) + 1;
    }
  else if (has (data, size, 12, "VP8 ", 4))
    {
      head->width = ((guint) data[26] | (guint) data[27] << 8) & 0x3fff;
      head->height = ((guint) data[28] | (guint) data[29] << 8) & 0x3fff;
    }
}

static Head
read_head (const guint8 *data, gsize size)
{
  Head head = { 0 };

  if (has (data, size, 0, "\x89PNG\r\n\x1a\n", 8))
    read_png (data, size, &head);
  else if (has (data, size, 0, "\xff\xd8\xff", 3))
    read_jpeg (data, size, &head);
  else if (has (data, size, 0, "RIFF", 4) && has (data, size, 8, "WEBP", 4))
    read_webp (data, size, &head);
  return head;
}

static RnRasterImage *
refuse_foreign (const guint8 *data, gsize size, GError **error)
{
  gsize i = 0;

  while (i < size && g_ascii_isspace (data[i]))
    i++;
  /* a layer of a vector tile is field 3, or the whole is gzipped */
  if (has (data, size, 0, "\x1f\x8b", 2) || has (data, size, 0, "\x1a", 1))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                         _("a vector tile (pbf): only pictures (png, jpeg, webp) are shown"));
  else if (i < size && (data[i] == '<' || data[i] == '{'))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _("a text came instead of a picture"));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         size == 0 ? _("an empty answer instead of a picture")
                                   : _("neither a png nor a jpeg nor a webp picture"));
  return NULL;
}

static gboolean
check_head (const Head *head, gsize size, GError **error)
{
  if (head->cut)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("the picture is cut off"));
  else if (head->width == 0 || head->height == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _("the picture does not say its size"));
  else if (head->width > RN_RASTER_IMAGE_MAX_PX || head->height > RN_RASTER_IMAGE_MAX_PX)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _("a picture of %u × %u pixels, over %d"), head->width, head->height,
                 RN_RASTER_IMAGE_MAX_PX);
  else if (size > RN_RASTER_IMAGE_MAX_BYTES)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("a picture of over %d MiB"), 4);
  else
    return TRUE;
  return FALSE;
}

/* x·a/255, rounded. */
static guint32
times (guint32 x, guint32 a)
{
  guint32 t = x * a + 128;

  return (t + (t >> 8)) >> 8;
}

static RnRasterImage *
from_pixbuf (const GdkPixbuf *pixbuf)
{
  RnRasterImage *self =
      rn_raster_image_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));
  const guint8 *from = gdk_pixbuf_read_pixels (pixbuf);
  int n = gdk_pixbuf_get_n_channels (pixbuf), stride = gdk_pixbuf_get_rowstride (pixbuf);

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        const guint8 *p = from + (gsize) y * stride + (gsize) x * n;
        guint32 a = n == 4 ? p[3] : 255;

        self->pixels[(gsize) y * self->width + x] =
            a << 24 | times (p[0], a) << 16 | times (p[1], a) << 8 | times (p[2], a);
      }
  return self;
}

RnRasterImage *
rn_raster_image_decode (GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  Head head = read_head (data, size);
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GError) cause = NULL;
  GdkPixbuf *pixbuf;
  gboolean written, closed;

  /* whoever runs the main loop has better things to do */
  g_return_val_if_fail (!g_main_context_is_owner (NULL), NULL);
  if (head.type == NULL)
    return refuse_foreign (data, size, error);
  if (!check_head (&head, size, error))
    return NULL;
  loader = gdk_pixbuf_loader_new_with_type (head.type, &cause);
  if (loader == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _("this machine cannot decode %s pictures"), head.type);
      return NULL;
    }
  written = gdk_pixbuf_loader_write (loader, data, size, &cause);
  closed = gdk_pixbuf_loader_close (loader, cause == NULL ? &cause : NULL);
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (!written || !closed || pixbuf == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("a broken %s picture: %s"),
                   head.type, cause != NULL ? cause->message : "–");
      return NULL;
    }
  return from_pixbuf (pixbuf);
}

RnRasterImage *
rn_raster_image_new (int width, int height)
{
  gsize n = (gsize) width * height;
  RnRasterImage *self = g_malloc0 (sizeof *self + n * sizeof self->pixels[0]);

  g_atomic_ref_count_init (&self->ref_count);
  self->width = width;
  self->height = height;
  return self;
}

RnRasterImage *
rn_raster_image_ref (RnRasterImage *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rn_raster_image_unref (RnRasterImage *self)
{
  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}
