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

/** What happens while a source is looked at. A plain value, valid during the call. */
typedef struct {
  RnFeedKind kind;  /* RN_N_FEEDS: the server or the folder itself */
  gboolean reading; /* it is asked for now; nothing else is set yet */
  const char *path; /* file or address, without token */
  const RnDocument
      *document;       /* NULL: the answer could not be taken, see @error; or none is there */
  const GError *error; /* NULL */
  gint64 received_us;  /* on the source's clock, Unix µs; of a file: when it was recorded */
  guint n_read, n_all; /* of this document: files looked at so far, files there are */
} RnSourceProgress;

typedef void (*RnSourceProgressFunc) (const RnSourceProgress *progress, gpointer data);

/** The same without keeping the documents: @progress is told of each one, in the calling thread. Of
 *  a recording at most @most_files of each document are looked at (0: all), spread over it.
 *  FALSE with @error when the source itself cannot be used, or G_IO_ERROR_CANCELLED. */
gboolean rn_source_look (const RnSourceSpec *spec, guint most_files, RnSourceProgressFunc progress,
                         gpointer data, GCancellable *cancellable, GError **error);
