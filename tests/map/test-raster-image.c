/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding of tiles: what is a picture, and what only says so. */
#include "map/rn-raster-image.h"
#include "tile-server.h"

static void
test_pictures (void)
{
  static const char *const types[] = { "png", "jpeg" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GBytes) bytes = tile_server_picture (0xff336699, 256, FALSE, types[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (RnRasterImage) image = rn_raster_image_decode (bytes, &error);
      guint32 p;

      g_assert_no_error (error);
      g_assert_cmpint (image->width, ==, 256);
      g_assert_cmpint (image->height, ==, 256);
      p = image->pixels[256 * 128 + 128];
      g_assert_cmpint (ABS ((int) (p & 255) - 0x99), <=, 3);
      g_assert_cmpint (ABS ((int) (p >> 16 & 255) - 0x33), <=, 3);
      g_assert_cmpuint (p >> 24, ==, 255);
    }
}

static void
test_premultiplied (void)
{
  g_autoptr (GBytes) bytes = tile_server_picture (0x80ff0040, 64, FALSE, "png");
  g_autoptr (RnRasterImage) image = rn_raster_image_decode (bytes, NULL);

  g_assert_cmphex (image->pixels[0], ==, 0x80800020);
}

static void
refuse (GBytes *bytes, int code, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnRasterImage) image = rn_raster_image_decode (bytes, &error);

  g_assert_null (image);
  g_assert_error (error, G_IO_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
  g_bytes_unref (bytes);
}

static void
test_refused (void)
{
  g_autoptr (GBytes) png = tile_server_picture (0xff336699, 256, TRUE, "png");
  g_autoptr (GBytes) jpeg = tile_server_picture (0xff336699, 256, TRUE, "jpeg");
  gsize size = g_bytes_get_size (png);
  guint8 *broken = g_memdup2 (g_bytes_get_data (png, NULL), size);

  refuse (tile_server_bomb (50000, 50000), G_IO_ERROR_INVALID_DATA, "50000 × 50000");
  refuse (tile_server_bomb (256, 4000000000u), G_IO_ERROR_INVALID_DATA, "4000000000");
  refuse (tile_server_bomb (0, 256), G_IO_ERROR_INVALID_DATA, "size");
  refuse (tile_server_bomb (256, 256), G_IO_ERROR_INVALID_DATA, "broken");
  refuse (g_bytes_new_from_bytes (png, 0, size / 2), G_IO_ERROR_INVALID_DATA, "cut off");
  refuse (g_bytes_new_from_bytes (png, 0, 9), G_IO_ERROR_INVALID_DATA, "cut off");
  refuse (g_bytes_new_from_bytes (jpeg, 0, g_bytes_get_size (jpeg) / 2), G_IO_ERROR_INVALID_DATA,
          "cut off");
  refuse (g_bytes_new_static ("RIFF\x10\0\0\0WEBPVP8 ", 16), G_IO_ERROR_INVALID_DATA, "cut off");
  refuse (g_bytes_new_static (" <html>no</html>", 16), G_IO_ERROR_INVALID_DATA, "a text");
  refuse (g_bytes_new_static ("<svg xmlns=''/>", 15), G_IO_ERROR_INVALID_DATA, "a text");
  refuse (g_bytes_new_static ("", 0), G_IO_ERROR_INVALID_DATA, "empty");
  refuse (g_bytes_new_static ("GIF89a\1\0\1\0", 10), G_IO_ERROR_INVALID_DATA, "neither");
  refuse (g_bytes_new_static ("\x1a\x05water", 7), G_IO_ERROR_NOT_SUPPORTED, "vector");
  refuse (g_bytes_new_static ("\x1f\x8b\x08\0", 4), G_IO_ERROR_NOT_SUPPORTED, "vector");
  for (gsize i = 40; i < size - 20; i++)
    broken[i] ^= 0x5a;
  refuse (g_bytes_new_take (broken, size), G_IO_ERROR_INVALID_DATA, "broken");
}

/* Whatever the bytes, an answer and no crash. */
static void
test_noise (void)
{
  static const char *const types[] = { "png", "jpeg" };

  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    {
      g_autoptr (GBytes) good = tile_server_picture (0xff336699, 64, TRUE, types[t]);
      gsize size = g_bytes_get_size (good);

      for (guint i = 0; i < 400; i++)
        {
          guint8 *copy = g_memdup2 (g_bytes_get_data (good, NULL), size);
          g_autoptr (GBytes) bytes = NULL;
          g_autoptr (GError) error = NULL;
          RnRasterImage *image;

          for (guint k = 0; k < 3; k++)
            copy[g_test_rand_int_range (8, (gint32) size)] ^= (guint8) g_test_rand_int ();
          bytes = g_bytes_new_take (copy, size);
          image = rn_raster_image_decode (bytes, &error);
          g_assert_true ((image == NULL) == (error != NULL));
          g_clear_pointer (&image, rn_raster_image_unref);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/raster-image/pictures", test_pictures);
  g_test_add_func ("/raster-image/premultiplied", test_premultiplied);
  g_test_add_func ("/raster-image/refused", test_refused);
  g_test_add_func ("/raster-image/noise", test_noise);
  return g_test_run ();
}
