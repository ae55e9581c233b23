/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list shows of a frame: filtered by chip and text, counted and sorted. A query is made and
 * its answer used on the main thread; run it in any thread, one at a time for each set of
 * haystacks. */
#pragma once

#include "ui/rn-list-kind.h"

/* The texts that a filter looks through, by row, kept from query to query while there is a filter;
 * it holds the frame and the sheet whose rows it knows. */
typedef struct _RnHaystacks RnHaystacks;
RnHaystacks *rn_haystacks_new (void);
void rn_haystacks_free (RnHaystacks *self);

typedef struct {
  const RnListKind *kind;
  RnFrame *frame;
  gint64 now_us;
  RnAlertSheet *alerts;   /* NULL: no list of alerts */
  GTimeZone *timezone;    /* NULL: UTC */
  guint chip, order;      /* order 0: the kind's own */
  char *text;             /* of the filter; NULL none */
  GPtrArray *all;         /* rows of the frame, borrowed from it */
  RnHaystacks *haystacks; /* borrowed; lent for the run */
  gboolean prepare;       /* also makes the haystacks when there is no text yet */

  /* the answer */
  GPtrArray *rows;
  GHashTable *index; /* rn_keyed_model_index() of them */
  guint chip_counts[RN_LIST_MAX_CHIPS];
} RnListQuery;

/** @text is copied, the rest referenced; @haystacks lives longer than the query. */
RnListQuery *rn_list_query_new (const RnListKind *kind, const RnListContext *context, guint chip,
                                guint order, const char *text, RnHaystacks *haystacks);
void rn_list_query_free (RnListQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnListQuery, rn_list_query_free)

/** Fills the answer. */
void rn_list_query_run (RnListQuery *self);

/** Whether each word of @text is in @haystack (casefolded). The number of a road of @network is met
 *  as a whole: "G42" is not in "G4221". */
gboolean rn_list_text_matches (const RnNetwork *network, const char *text, const char *haystack);
