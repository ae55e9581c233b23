/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a record thread tells its object on the main thread what is: only the newest value counts, so
 * a burst is one look, and the same value again is none. Counts what is under way besides.
 * Made on the owner's thread; posted to from any. */
#pragma once

#include <glib-object.h>

typedef struct _RnMailbox RnMailbox;

/** How values are handled; a copy owns all it holds. */
typedef struct {
  gboolean (*equal) (gconstpointer a, gconstpointer b);
  gpointer (*copy) (gconstpointer value);
  GDestroyNotify free;
} RnMailboxKind;

/** Looks at the newest value, in the context that was the thread's default when the mailbox was
 *  made. Never after the owner is gone. */
typedef void (*RnMailboxLook) (gpointer owner, gconstpointer value);

/** @owner: a GObject, held weakly. */
RnMailbox *rn_mailbox_new (gpointer owner, const RnMailboxKind *kind, RnMailboxLook look);
RnMailbox *rn_mailbox_ref (RnMailbox *self);
void rn_mailbox_unref (gpointer self); /* a GDestroyNotify, on any thread */

/** Puts a copy of @value in the place of what is there; the owner looks soon, unless it is equal.
 *  On any thread. */
void rn_mailbox_post (RnMailbox *self, gconstpointer value);

/** Bytes on their way to the thread. On any thread. */
void rn_mailbox_add_bytes (RnMailbox *self, gssize bytes);
gssize rn_mailbox_get_bytes (RnMailbox *self);
