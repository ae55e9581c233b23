/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Access tokens of sources: in the keyring of the desktop (Secret Service, or the portal within
 * Flatpak), and in memory for this run, so that a machine without a keyring can be used too. Never
 * in the settings. Main thread. */
#pragma once

#include <gio/gio.h>

/** Keeps @token for the source called @source; NULL or "" forgets it. It counts for this run at
 *  once. FALSE with an error in words for an operator when the keyring did not take it: the token
 *  is then known until the program ends. */
void rn_keyring_store_async (const char *source, const char *token, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
gboolean rn_keyring_store_finish (GAsyncResult *result, GError **error);

/** The token of @source, caller's: that of this run, else that of the keyring. NULL without @error
 *  when there is none, NULL with @error when the keyring cannot be asked. */
void rn_keyring_lookup_async (const char *source, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
char *rn_keyring_lookup_finish (GAsyncResult *result, GError **error);

/** What this run knows of it without asking anybody; borrowed, NULL when nothing. */
const char *rn_keyring_peek (const char *source);
