/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The flow of one source: columns by section index of its network, each row with its own time.
 * Immutable, atomically refcounted. A delta makes a new one from the old. */
#pragma once

#include "model/rn-network.h"

typedef struct {
  gint64 observed_at_us; /* of the last answer taken */
  guint n;
  /* columns of n; NaN unknown */
  const float *flow_vph; /* all lanes */
  const float *speed_kmh;
  const float *occupancy_pct;
  const float *trucks_pct;
  const float *typical_speed_kmh;
  const float *free_speed_kmh; /* where a source tells it with its rows, not with its sections */
  const gint64 *at_us;         /* when the row was true; 0: never reported */
} RnFlow;

/** What one answer says, before it is applied. Columns of n; a NULL column was absent. */
typedef struct {
  gint64 observed_at_us;
  gboolean full;         /* a section not listed is unknown; else it is confirmed */
  char *network_version; /* NULL: the source has none */
  char *cursor;          /* NULL none */
  guint n;
  guint32 *section; /* index in the network, or RN_NONE where it is not known there */
  float *flow_vph, *speed_kmh, *occupancy_pct, *trucks_pct, *typical_speed_kmh, *free_speed_kmh;
  gint32 *offset_s;    /* ≥ 0, NULL absent */
  GPtrArray *unjoined; /* ids (char *) of rows without a section */
  guint n_rows;        /* rows read, joined or not */
  guint n_no_data;     /* rows without a usable speed */
} RnFlowUpdate;

RnFlowUpdate *rn_flow_update_new (guint n_reserved); /* all columns allocated and NaN */
void rn_flow_update_free (RnFlowUpdate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnFlowUpdate, rn_flow_update_free)

/** The flow after @update. @before may be NULL. @hold_missing: a full answer that is partial; rows
 *  that it lacks keep value and time. Pure, any thread. */
RnFlow *rn_flow_apply (const RnFlow *before, const RnFlowUpdate *update, guint n_sections,
                       gboolean hold_missing);

/** The same rows, confirmed as of @observed_at_us (a 304): rows that were current move with it. */
RnFlow *rn_flow_confirm (const RnFlow *before, gint64 observed_at_us);

/** How many rows known in both have equal values; @n_known gets the rows known in both. */
guint rn_flow_count_equal (const RnFlow *a, const RnFlow *b, guint *n_known);

RnFlow *rn_flow_ref (const RnFlow *self);
void rn_flow_unref (const RnFlow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnFlow, rn_flow_unref)
