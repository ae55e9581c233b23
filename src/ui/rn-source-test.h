/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a source once without adding it, and says what came, feed by feed, as it comes. Lives on the
 * main thread; reads and decodes in a worker. */
#pragma once

#include "base/rn-refusals.h"
#include "feed/rn-source.h"

typedef enum {
  RN_TEST_READING, /* asked, no answer yet */
  RN_TEST_GOOD,
  RN_TEST_WARNING, /* usable, but something is wrong with it */
  RN_TEST_BAD,
} RnTestMark;

/** One line of the result. */
typedef struct {
  char *title; /* "Flow", "Flow rows" */
  RnTestMark mark;
  char *text;           /* "1,148 sections with data", or what went wrong */
  char *note;           /* "12 s ago", "version 2026-09"; NULL */
  RnRefusals *refusals; /* what was refused and why, to be looked at; NULL none */
  gboolean refused;     /* 401 or 403: another token may help */
} RnTestRow;

typedef enum {
  RN_VERDICT_NONE, /* nothing was asked yet, or it was broken off */
  RN_VERDICT_RUNNING,
  RN_VERDICT_GOOD,
  RN_VERDICT_WITH_FAULTS, /* usable */
  RN_VERDICT_UNUSABLE,
} RnVerdict;

#define RN_TYPE_SOURCE_TEST (rn_source_test_get_type ())
G_DECLARE_FINAL_TYPE (RnSourceTest, rn_source_test, RN, SOURCE_TEST, GObject)

/* Signal "changed": rows or verdict are other ones. */

RnSourceTest *rn_source_test_new (void);

/** Asks @spec, whose token may be set; what still runs is broken off. The demo is good at once. */
void rn_source_test_start (RnSourceTest *self, const RnSourceSpec *spec);
/** Whether what is shown is of exactly this source: a form says "changed" also when the focus
 *  moves. FALSE when there is nothing. */
gboolean rn_source_test_is_of (RnSourceTest *self, const RnSourceSpec *spec);
/** Breaks off and forgets the rows. */
void rn_source_test_cancel (RnSourceTest *self);

/** RnTestRow, borrowed until the next "changed". */
const GPtrArray *rn_source_test_get_rows (RnSourceTest *self);
RnVerdict rn_source_test_get_verdict (RnSourceTest *self);
/** The verdict in one sentence; borrowed, "" for none. */
const char *rn_source_test_get_summary (RnSourceTest *self);
