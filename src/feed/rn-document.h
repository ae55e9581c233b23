/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an adapter made of one answer: parts for a frame, and all that it refused. A plain value,
 * made in a worker and handed to the main thread. */
#pragma once

#include "base/rn-refusals.h"
#include "model/rn-feed-status.h"
#include "model/rn-flow.h"
#include "model/rn-network.h"

typedef struct {
  RnFeedKind kind;
  gint64 observed_at_us; /* when the data was true; 0: the document does not say */
  gint64 poll_hint_us;   /* an interval that the document itself asks for; 0 none */
  gint64 delay_hint_us;  /* from observed_at to publication, as the document says; 0 unknown */
  char *origin;          /* file or address, where it was loaded from one; else NULL */
  guint n_rows;          /* rows read, used or refused: for "partial" */
  guint rows_before;     /* set where it was loaded as partial: rows of the answer before; else 0 */
  RnNetwork *network;    /* kind network */
  RnFlowUpdate *flow;    /* kind flow */
  /* the others; NULL where the kind has none; elements as in RnFrame, indices of the source's own
   * network */
  GPtrArray *incidents, *works, *devices, *stations, *warnings, *controls, *facility_states, *kpis,
      *plans, *measures;
  GPtrArray *unjoined;  /* ids (char *) whose section is not known */
  RnRefusals *refusals; /* rows that were not taken */
  RnRefusals *flaws;    /* members that were not understood, of rows that were taken without */
} RnDocument;

RnDocument *rn_document_new (RnFeedKind kind);
void rn_document_free (RnDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnDocument, rn_document_free)
