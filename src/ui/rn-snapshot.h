/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of a window as a PNG file. Main thread. */
#pragma once

#include <gtk/gtk.h>

/** Renders @window as it is now, at its scale factor, and writes @path. Fails when it is not on a
 *  display or the file cannot be written; the message names the file. Blocks while it encodes. */
gboolean rn_snapshot_save (GtkWindow *window, const char *path, GError **error);

/** Asked every 100 ms: TRUE when the picture may be taken; FALSE with *error set ends in failure;
 *  FALSE without: not yet. */
typedef gboolean (*RnSnapshotReady) (gpointer data, GError **error);

/** Waits @after_us, then until @ready says so (at most 30 s more), then saves. The callback gets a
 *  GAsyncResult for rn_snapshot_take_finish(). */
void
rn_snapshot_take_async (GtkWindow *window, const char *path, gint64 after_us, RnSnapshotReady ready,
                        gpointer ready_data, GAsyncReadyCallback callback, gpointer data);
gboolean rn_snapshot_take_finish (GAsyncResult *result, GError **error);
