/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One value under a mutex and at most one idle under way. Counted, since the thread may outlive the
 * owner and the owner the thread. */
#include "record/rn-mailbox.h"

struct _RnMailbox {
  gatomicrefcount refs;
  const RnMailboxKind *kind;
  RnMailboxLook look;
  GMainContext *context;
  GWeakRef owner;
  gssize bytes; /* atomic */
  GMutex mutex;
  gpointer newest;    /* under the mutex; NULL: nothing yet */
  gboolean will_look; /* under the mutex: the owner has not seen the newest */
};

RnMailbox *
rn_mailbox_new (gpointer owner, const RnMailboxKind *kind, RnMailboxLook look)
{
  RnMailbox *self = g_new0 (RnMailbox, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  self->look = look;
  self->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->owner, owner);
  g_mutex_init (&self->mutex);
  return self;
}

RnMailbox *
rn_mailbox_ref (RnMailbox *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
rn_mailbox_unref (gpointer data)
{
  RnMailbox *self = data;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->newest, self->kind->free);
  g_mutex_clear (&self->mutex);
  g_weak_ref_clear (&self->owner);
  g_main_context_unref (self->context);
  g_free (self);
}

static gboolean
look_cb (gpointer data)
{
  RnMailbox *self = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);
  gpointer value;

  if (owner == NULL)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&self->mutex);
  self->will_look = FALSE;
  value = self->kind->copy (self->newest);
  g_mutex_unlock (&self->mutex);
  self->look (owner, value);
  self->kind->free (value);
  return G_SOURCE_REMOVE;
}

/* TRUE when the owner has to be told. */
static gboolean
replace (RnMailbox *self, gconstpointer value)
{
  gboolean tell;

  if (self->newest != NULL && self->kind->equal (self->newest, value))
    return FALSE;
  g_clear_pointer (&self->newest, self->kind->free);
  self->newest = self->kind->copy (value);
  tell = !self->will_look;
  self->will_look = TRUE;
  return tell;
}

void
rn_mailbox_post (RnMailbox *self, gconstpointer value)
{
  g_autoptr (GSource) source = NULL;
  gboolean tell;

  g_mutex_lock (&self->mutex);
  tell = replace (self, value);
  g_mutex_unlock (&self->mutex);
  if (!tell)
    return;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, look_cb, rn_mailbox_ref (self), rn_mailbox_unref);
  g_source_attach (source, self->context);
}

void
rn_mailbox_add_bytes (RnMailbox *self, gssize bytes)
{
  g_atomic_pointer_add (&self->bytes, bytes);
}

gssize
rn_mailbox_get_bytes (RnMailbox *self)
{
  return (gssize) g_atomic_pointer_get (&self->bytes);
}
