/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places for what is remembered: only subjects that are not normal have one. They are reused, so
 * that a step without changes allocates nothing. Private to the detector. */
#pragma once

#include "alert/rn-detector-latch.h"

typedef struct {
  RnLatch latch;
  /* what the last finding said; a condition NORMAL: nothing is told of it */
  guint8 told_condition, told_tier, told_class;
  guint64 seen;  /* of a thing: the step that last saw it */
  guint32 index; /* of a section or facility, or RN_NONE */
  guint32 next_free;
  char *key; /* owned; NULL for a section of the present network */
} RnSlot;

typedef struct {
  RnSlot *slots;
  gint64 *rings; /* capacity × RN_N_TIERS × ring */
  guint n, capacity, n_used;
  guint ring;
  guint32 free; /* first free one, or RN_NONE */
} RnSlots;

void rn_slots_init (RnSlots *self, guint ring);
void rn_slots_clear (RnSlots *self);
guint32 rn_slots_take (RnSlots *self);             /* all zero, index RN_NONE */
void rn_slots_release (RnSlots *self, guint32 at); /* frees its key */
/** Another number of samples for "n of m": what pends, pends anew. */
void rn_slots_set_ring (RnSlots *self, guint ring);
gint64 *rn_slots_ring (RnSlots *self, guint32 at); /* NULL when there are none */
