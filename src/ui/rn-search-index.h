/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds sections, places, roads and facilities of a network, and the incidents, works and devices
 * of a frame, by what an operator types. Immutable and atomically refcounted: built and asked in a
 * worker. No widgets. */
#pragma once

#include <gio/gio.h>

#include "model/rn-frame.h"

typedef enum {
  RN_HIT_PLACE, /* "G42 K123+400" in one direction */
  RN_HIT_ROAD,
  RN_HIT_INCIDENT,
  RN_HIT_FACILITY,
  RN_HIT_WORK,
  RN_HIT_DEVICE,
  RN_HIT_SECTION,
} RnHitKind;

typedef struct {
  RnHitKind kind;
  RnSubject *subject;
  char *title; /* in the language in use */
  char *place; /* second line, NULL none */
  char *road;  /* reference for a shield, NULL none */
  RnShield shield;
  const char *icon; /* symbolic, static */
  int tier;         /* of an incident, 0 none */
  int score;        /* greater is better */
} RnSearchHit;

void rn_search_hit_free (RnSearchHit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSearchHit, rn_search_hit_free)

#define RN_SEARCH_MAX_HITS 50

typedef struct _RnSearchIndex RnSearchIndex;

/** Reads all names of @network; 100,000 sections take some 0.2 s. */
RnSearchIndex *rn_search_index_new (const RnNetwork *network);
RnSearchIndex *rn_search_index_ref (RnSearchIndex *self);
void rn_search_index_unref (RnSearchIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSearchIndex, rn_search_index_unref)

const RnNetwork *rn_search_index_get_network (const RnSearchIndex *self);

/** The best @limit hits, best first: array of RnSearchHit, caller's. All words of @text must occur;
 *  Chinese anywhere, Latin and digits at the beginning of a word, case and width of letters
 *  ignored. A place gives its section in each direction. @frame must have the network of the index,
 *  else its incidents and works are left out. Empty text: no hits. @cancellable may be NULL; when
 *  it is cancelled the array is whatever was found. */
GPtrArray *rn_search_index_query (const RnSearchIndex *self, const RnFrame *frame, const char *text,
                                  guint limit, GCancellable *cancellable);
