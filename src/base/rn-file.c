/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opened without blocking, since to open a pipe waits for its other end; judged by what was opened,
 * not by what lay there before. */
#include "base/rn-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rn-i18n.h"

static gboolean
fail_errno (GError **error)
{
  int code = errno;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

static gboolean
check (int fd, gsize max_bytes, gsize *size, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return fail_errno (error);
  if (!S_ISREG (status.st_mode))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                           _("not a regular file"));
      return FALSE;
    }
  *size = (gsize) status.st_size;
  if (*size > max_bytes)
    {
      g_autofree char *most = g_format_size_full (max_bytes, G_FORMAT_SIZE_IEC_UNITS);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _("larger than %s"), most);
      return FALSE;
    }
  return TRUE;
}

/* What has grown since is left, what has shrunk is shorter. */
static gboolean
fill (int fd, GByteArray *bytes, GError **error)
{
  gsize n = 0;

  while (n < bytes->len)
    {
      gssize got = read (fd, bytes->data + n, bytes->len - n);

      if (got < 0 && errno != EINTR)
        return fail_errno (error);
      if (got == 0)
        break;
      n += got > 0 ? (gsize) got : 0;
    }
  g_byte_array_set_size (bytes, (guint) n);
  return TRUE;
}

GBytes *
rn_file_read (const char *path, gsize max_bytes, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean read_all;
  gsize size;
  int fd;

  g_return_val_if_fail (path != NULL && max_bytes < G_MAXUINT, NULL);
  fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    {
      fail_errno (error);
      return NULL;
    }
  read_all = check (fd, max_bytes, &size, error);
  if (read_all)
    {
      g_byte_array_set_size (bytes, (guint) size);
      read_all = fill (fd, bytes, error);
    }
  close (fd);
  return read_all ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}
