/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that a person names, which may be anything: read with a limit, and never waited for. Any
 * thread, but not the main thread of the seat: disks are slow. */
#pragma once

#include <gio/gio.h>

/** All of the regular file at @path, at most @max_bytes. Errors in G_IO_ERROR, without the path:
 *  NOT_REGULAR_FILE for folders, pipes and devices, MESSAGE_TOO_LARGE, or what the system says
 *  (NOT_FOUND, PERMISSION_DENIED …). */
GBytes *rn_file_read (const char *path, gsize max_bytes, GError **error);
