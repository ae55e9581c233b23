/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing array with a list of free places in it. */
#include "alert/rn-detector-slots.h"

#include <string.h>

#define FIRST_CAPACITY 16

void
rn_slots_init (RnSlots *self, guint ring)
{
  *self = (RnSlots){ .ring = ring, .free = RN_NONE };
}

void
rn_slots_clear (RnSlots *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->slots[i].key);
  g_free (self->slots);
  g_free (self->rings);
  rn_slots_init (self, self->ring);
}

static gsize
ring_bytes (const RnSlots *self)
{
  return sizeof (gint64) * RN_N_TIERS * self->ring;
}

static void
grow (RnSlots *self)
{
  self->capacity = MAX (2 * self->capacity, FIRST_CAPACITY);
  self->slots = g_renew (RnSlot, self->slots, self->capacity);
  if (self->ring > 0)
    self->rings = g_realloc (self->rings, self->capacity * ring_bytes (self));
}

guint32
rn_slots_take (RnSlots *self)
{
  guint32 at = self->free;

  if (at != RN_NONE)
    self->free = self->slots[at].next_free;
  else
    {
      if (self->n == self->capacity)
        grow (self);
      at = self->n++;
    }
  self->slots[at] = (RnSlot){ .index = RN_NONE };
  self->n_used++;
  return at;
}

void
rn_slots_release (RnSlots *self, guint32 at)
{
  g_clear_pointer (&self->slots[at].key, g_free);
  self->slots[at].next_free = self->free;
  self->free = at;
  self->n_used--;
}

void
rn_slots_set_ring (RnSlots *self, guint ring)
{
  if (ring == self->ring)
    return;
  self->ring = ring;
  g_clear_pointer (&self->rings, g_free);
  if (ring > 0 && self->capacity > 0)
    self->rings = g_malloc (self->capacity * ring_bytes (self));
  for (guint i = 0; i < self->n; i++)
    rn_latch_drop_pending (&self->slots[i].latch);
}

gint64 *
rn_slots_ring (RnSlots *self, guint32 at)
{
  return self->ring > 0 ? self->rings + (gsize) at * RN_N_TIERS * self->ring : NULL;
}
