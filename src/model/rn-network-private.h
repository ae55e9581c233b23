/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that make and search a network share. Private to rn-network*.c. */
#pragma once

#include "model/rn-network.h"

/* Open addressing over ids: 4 bytes a slot, at most half full. The strings are those of the
 * columns. */
typedef struct {
  guint32 *slots; /* index or RN_NONE */
  guint32 mask;
} RnIdIndex;

typedef struct {
  RnNetwork pub;
  gatomicrefcount refs;
  GPtrArray *blocks;     /* memory of the columns */
  GStringChunk *strings; /* NULL in a joint network */
  GPtrArray *parts;      /* RnNetwork whose strings a joint network borrows; NULL else */
  GHashTable *roads;     /* upper-case reference → index of the first such road */
  RnIdIndex sections, facilities;
} RnNetworkPrivate;

RnNetworkPrivate *rn_network_private_new (void);

/** Gives @memory (of g_malloc()) to the network and returns it. */
gpointer rn_network_keep (RnNetworkPrivate *self, gpointer memory);

/** Makes the indices over ids and references; the columns must be complete. */
void rn_network_index (RnNetworkPrivate *self);

/** Fills up and up_first from down and down_first. */
void rn_network_reverse (RnNetworkPrivate *self);

/** Joins sections end to start by place into down and down_first (see rn_network_builder_end()). */
void rn_network_join_by_place (RnNetworkPrivate *self);

guint32 rn_id_hash (const char *id);

/** How many slots are looked at to find @id: for tests. */
guint rn_network_count_probes (const RnNetwork *self, const char *id);
