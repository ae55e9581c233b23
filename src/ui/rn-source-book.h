/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of sources that the seat watches: read from the settings, changed by the person, handed
 * to the session with the tokens of the keyring. Main thread. */
#pragma once

#include "session/rn-session.h"
#include "ui/rn-source-settings.h"

#define RN_TYPE_SOURCE_BOOK (rn_source_book_get_type ())
G_DECLARE_FINAL_TYPE (RnSourceBook, rn_source_book, RN, SOURCE_BOOK, GObject)

/* Signals:
 *  "changed": other entries, or in another order.
 *  "applied": the session has been given them.
 *  "said" (const char *): something to be read by the person: that there is no keyring. */

/** @applies: whether the session watches these sources; FALSE: the command line named others, the
 *  book is only kept. */
RnSourceBook *rn_source_book_new (RnSession *session, gboolean applies);

gboolean rn_source_book_get_applies (RnSourceBook *self);
RnSession *rn_source_book_get_session (RnSourceBook *self);

/** RnSourceEntry in order; borrowed until the next "changed". */
const GPtrArray *rn_source_book_get_entries (RnSourceBook *self);

/** Which entry has this name; as many as there are when none has. Entries may change while a window
 *  over them is open. */
guint rn_source_book_find (RnSourceBook *self, const char *name);

/** Hands the enabled and usable ones to the session, once their tokens are known. */
void rn_source_book_apply (RnSourceBook *self);

/** All of these are kept in the settings and applied at once. Tokens in specs go to the keyring.
 *  rn_source_book_put() takes @entry; @i as many as there are entries: a new one at the end. A name
 *  that another entry has gets a number. */
void rn_source_book_put (RnSourceBook *self, guint i, RnSourceEntry *entry);
void rn_source_book_remove (RnSourceBook *self, guint i);
void rn_source_book_move (RnSourceBook *self, guint i, int by);
void rn_source_book_set_enabled (RnSourceBook *self, guint i, gboolean enabled);
