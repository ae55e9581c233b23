/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gzip in memory with a limit against bombs. Pure; any thread. */
#pragma once

#include <gio/gio.h>

/** Whether @bytes begin with the gzip magic. */
gboolean rn_gzip_is (GBytes *bytes);

/** Inflates @bytes; G_IO_ERROR_MESSAGE_TOO_LARGE past @max_bytes, G_IO_ERROR_INVALID_DATA or
 *  G_IO_ERROR_PARTIAL_INPUT on damage. */
GBytes *rn_gzip_inflate (GBytes *bytes, gsize max_bytes, GError **error);

GBytes *rn_gzip_deflate (GBytes *bytes, int level);
