/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one interface of all foreign formats: bytes in, value or error out. An adapter is a const
 * table of pure functions; they run in a worker and touch nothing but their arguments. */
#pragma once

#include "feed/rn-document.h"
#include "model/rn-join.h"

#define RN_FEED_ERROR (rn_feed_error_quark ())
GQuark rn_feed_error_quark (void);
typedef enum {
  RN_FEED_ERROR_EMPTY,           /* nothing, or a byte or two: a failed download */
  RN_FEED_ERROR_SYNTAX,          /* not of the format at all */
  RN_FEED_ERROR_DOCUMENT,        /* of the format, but a mandatory part is missing or wrong */
  RN_FEED_ERROR_NETWORK_UNKNOWN, /* speaks of a network version that is not held: fetch it first */
  RN_FEED_ERROR_GONE,            /* 410: the cursor is no longer known: ask without it */
  RN_FEED_ERROR_SOURCE,          /* the source itself cannot be used: unknown kind, no such file */
} RnFeedError;

typedef struct {
  const char *source;       /* name of the source, for keys */
  const RnNetwork *network; /* of this source; NULL while there is none */
  const RnJoin *join;       /* over the network that rows without section are joined to; or NULL */
  GTimeZone *timezone;      /* for times without a zone; NULL: the adapter's own */
  gint64 received_us;       /* when the bytes came, Unix µs */
  RnCrs crs;                /* of the coordinates in the documents */
} RnDecodeContext;

/** One document that an adapter understands. Most feeds have one; a network may need two. */
typedef struct {
  RnFeedKind kind;
  const char *slot;       /* "network", "shapes", "live": names it within the kind */
  const char *path;       /* below the base address; NULL: has none of its own */
  gint64 default_poll_us; /* 0: fetched once, and again when asked */
  gboolean optional;      /* a server without it is no fault */
  gboolean single;        /* a source is one such file; a second one is no newer version of it */
} RnAdapterSlot;

typedef struct {
  const char *kind;     /* "tw-freeway" */
  const char *title;    /* N_(): "Taiwan Freeway Bureau" */
  const char *timezone; /* of times without a zone, IANA; NULL: UTC */
  guint n_slots;
  const RnAdapterSlot *slots;

  /** Which slot a recorded file belongs to, by its content (at most the first 64 KiB, inflated) and
   *  name with the folder it is in; -1: none of ours, or only its siblings can tell. */
  int (*recognise) (const char *name, const char *head, gsize length);

  /** Decodes the documents of one feed; @documents runs parallel to slots, NULL where not of this
   *  feed or not held. */
  RnDocument *(*decode) (RnFeedKind kind, GBytes *const *documents, const RnDecodeContext *context,
                         GError **error);
} RnAdapter;

/** By its kind word, or NULL. */
const RnAdapter *rn_adapter_find (const char *kind);
/** All, NULL-terminated. */
const RnAdapter *const *rn_adapter_list (void);

/** For adapters: TRUE and RN_FEED_ERROR_EMPTY when @bytes hold nothing, or a byte or two besides
 *  white space: a failed download. @slot names the document in the message. */
gboolean rn_adapter_refuse_empty (GBytes *bytes, const char *slot, GError **error);
