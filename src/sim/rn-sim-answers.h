/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents ready to be sent, each made once a renewal: bytes, entity tag, and compressed form. One
 * thread. */
#pragma once

#include "sim/rn-sim-documents.h"

typedef enum {
  RN_SIM_KIND_ROOT,
  RN_SIM_KIND_NETWORK,
  RN_SIM_KIND_FLOW,
  RN_SIM_KIND_INCIDENTS,
  RN_SIM_KIND_WORKS,
  RN_SIM_KIND_WEATHER,
  RN_SIM_KIND_FACILITIES,
  RN_SIM_KIND_KPIS,
  RN_SIM_KIND_PLANS,
  RN_SIM_N_KINDS
} RnSimKind;

typedef struct {
  GBytes *body;
  GBytes *gzip; /* made when first asked for: rn_sim_answer_gzip() */
  char *etag;   /* with quotes and W/ */
  gint64 observed_at_us;
} RnSimAnswer;

typedef struct _RnSimAnswers RnSimAnswers;

/** Borrows @world. */
RnSimAnswers *rn_sim_answers_new (const RnSimWorld *world);
void rn_sim_answers_free (RnSimAnswers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSimAnswers, rn_sim_answers_free)

/** The present document; borrowed until the world moves on. @since as in rn_sim_document_flow(). */
RnSimAnswer *rn_sim_answers_get (RnSimAnswers *self, RnSimKind kind, guint64 since);
GBytes *rn_sim_answer_gzip (RnSimAnswer *self); /* borrowed */

/** The document before its time is stamped, for faults that claim another or leave out rows. */
GBytes *
rn_sim_answers_draft (RnSimAnswers *self, RnSimKind kind, guint64 since, const RnSimView *view);

/** "flow", …; NULL past the last. And the kind of a word, or -1. */
const char *rn_sim_kind_word (RnSimKind kind);
int rn_sim_kind_find (const char *word);
/** Interval of renewal in seconds of data time; 0: never. */
int rn_sim_kind_poll_s (RnSimKind kind);
const char *rn_sim_kind_content_type (RnSimKind kind);
