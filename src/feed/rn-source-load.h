/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads all that a source has once, in one go: for the command line ("feed check") and for tests.
 * Blocks; never call it on a main loop that somebody waits for. */
#pragma once

#include "feed/rn-document.h"
#include "feed/rn-source.h"

/** A file or address that could not be used. */
typedef struct {
  char *path;   /* file name or address, without token */
  char *reason; /* words for an operator */
} RnSourceProblem;

void rn_source_problem_free (RnSourceProblem *self);

/** Decodes every answer of @spec once: the network first, then the others in order of their times.
 *  Files and folders are read as they are; of an address each slot is asked for once.
 *  @problems: (element-type RnSourceProblem) (optional): what could not be used is added to it.
 *  Returns an array of RnDocument, caller's, which may be empty when all failed; NULL with @error
 *  (RN_FEED_ERROR_SOURCE) when the source itself cannot be used: unknown kind, nothing there. */
GPtrArray *rn_source_load_all (const RnSourceSpec *spec, GPtrArray *problems, GError **error);
