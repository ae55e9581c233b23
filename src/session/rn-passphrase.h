/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passphrases of people who confirm as the second: kept as salted PBKDF2-HMAC-SHA256 in the keyring
 * of this seat (rn-keyring), never as they are. They prove that two people who know two secrets
 * acted at this seat; who they are is as good as how they were enrolled. Main thread; the slow part
 * runs in a worker. */
#pragma once

#include <gio/gio.h>

#define RN_PASSPHRASE_MIN_CHARS 8

typedef enum {
  RN_PASSPHRASE_RIGHT,
  RN_PASSPHRASE_WRONG,
  RN_PASSPHRASE_NONE, /* this person has none yet at this seat */
} RnPassphraseAnswer;

/** Keeps a new one for @person who has none yet. FALSE with an error in words: too short, or the
 *  keyring did not take it (G_IO_ERROR_NOT_SUPPORTED: it holds for this run). */
void
rn_passphrase_enrol_async (const char *person, const char *passphrase, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);
gboolean rn_passphrase_enrol_finish (GAsyncResult *result, GError **error);

void
rn_passphrase_check_async (const char *person, const char *passphrase, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);
/** WRONG with @error when the keyring cannot be asked. */
RnPassphraseAnswer rn_passphrase_check_finish (GAsyncResult *result, GError **error);

/** The first 32 bytes of PBKDF2-HMAC-SHA256 (RFC 8018). Pure. */
void
rn_passphrase_derive (const char *passphrase, const char *salt, guint iterations, guint8 key[32]);
