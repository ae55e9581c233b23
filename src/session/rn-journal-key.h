/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key of the journal's anchors: of a file, else of the desktop's keyring, where one made at
 * random is stored at the first use. Who changes the journal cannot make its anchors anew without
 * it. Main thread. */
#pragma once

#include <gio/gio.h>

/** The key in the file @path; white space at its end is not part of it. NULL with an error that
 *  names the file. */
GBytes *rn_journal_key_read (const char *path, GError **error);

/** The key: that of the file @path, or with NULL that of the keyring, which has 5 s to answer.
 *  @create: makes and stores one there when it has none. Never waits. */
void rn_journal_key_load_async (const char *path, gboolean create, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
/** NULL with an error in words for an operator: anchors are made without a key then. */
GBytes *rn_journal_key_load_finish (GAsyncResult *result, GError **error);
