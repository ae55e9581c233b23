/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's own memory of each alert that stands, and what its files share. All of it but
 * `calm_us` and `gone` is made of entries, so that a restart has the same. */
#pragma once

#include "alert/rn-alert-engine.h"
#include "alert/rn-queue.h"

#define RN_ALERT_REJOIN_US (30 * 60 * G_GINT64_CONSTANT (1000000))

typedef struct {
  char *key, *rule; /* rule: its id */
  RnSubject *subject;
  guint32 section; /* of a section's in the network in use, else RN_NONE */
  char *parent;
  gboolean own_row; /* was raised as a row of its own, or under what is not a section */
  RnCondition condition;
  int tier;       /* as told last */
  int found_tier; /* the same without escalation */
  gboolean escalated;
  RnQuality quality;
  gint64 raised_us;
  gint64 calm_us;   /* the detector says normal since then; 0: it does not */
  gboolean gone;    /* its subject or its rule is no more */
  int rung_tier;    /* worst that it rang for in this occurrence; 0: it never rang */
  guint rung_queue; /* limits of its queue that were passed then */
  gint64 rung_us;   /* when it last rang, or reminded */
  gint64 asking_us; /* unanswered since; 0: answered */
  char *head;
  double queue_m; /* as told last; NaN unknown */
} RnAlertTrack;

struct _RnAlertEngine {
  RnAlertBook *book;
  RnDetector *detector;
  RnRuleSet *rules;
  GPtrArray *tracks;      /* RnAlertTrack, in the order of their raise */
  GHashTable *by_key;     /* key → RnAlertTrack */
  GHashTable *by_section; /* section → GPtrArray of RnAlertTrack, borrowed */
  GPtrArray *things;      /* RnAlertTrack that are not of sections, borrowed */
  GHashTable *shelves;    /* key → gint64: until when it is shelved */
  RnFrame *frame;         /* last seen; NULL none */
  RnQueue *queue;
  gboolean restored; /* the detector has what stood in the journal */
  gboolean flood;
  int flood_tier;     /* worst that rang in this flood */
  GQueue rows;        /* gint64 *: when rows were raised, the last 10 min */
  gint64 settled_us;  /* rows raised before count to no flood: the program had just started */
  GHashTable *causes; /* of the frame: section → RnAlertCause; NULL not made yet */
  /* of the step under way */
  gint64 now_us;
  GPtrArray *entries;
};

void rn_alert_track_free (gpointer track);

/* ---- rn-alert-engine-tracks.c ---- */

RnAlertTrack *rn_alert_engine_find (RnAlertEngine *self, const char *key);
/** Good until the next entry, not to be referenced. */
const RnAlert *rn_alert_engine_alert (RnAlertEngine *self, const RnAlertTrack *track);
const RnRule *rn_alert_engine_rule (RnAlertEngine *self, const RnAlertTrack *track);
/** Whether it is a row that can be heard: no parent, no mask. */
gboolean rn_alert_engine_is_heard (RnAlertEngine *self, const RnAlertTrack *track);
/** Whether anything stands under it: few rows have to be searched for what does. */
gboolean rn_alert_engine_has_children (RnAlertEngine *self, const RnAlertTrack *track);
/** A new entry of @track's alert, to be filled and emitted. */
RnAlertEntry *
rn_alert_engine_entry (RnAlertEngine *self, RnAlertEntryKind kind, const RnAlertTrack *track);
/** Puts into @entry, which raises, what its subject is and where, when that may go away. */
void rn_alert_engine_tell_thing (RnAlertEntry *entry, const RnFrame *frame);
/** The engine's memory of an entry that the book has taken, live and from the journal alike. */
void rn_alert_engine_note (RnAlertEngine *self, const RnAlertEntry *entry);
/** Applies @entry (taken), notes it and hands it out. */
void rn_alert_engine_emit (RnAlertEngine *self, RnAlertEntry *entry);

gboolean rn_alert_engine_is_masked (RnAlertEngine *self, const char *key);
/** In a flood the first sound stands for all, but for a tier that is worse than all that rang. */
gboolean rn_alert_engine_may_ring (RnAlertEngine *self, int tier);

/* ---- rn-alert-engine-time.c ---- */

void rn_alert_engine_end_shelves (RnAlertEngine *self);
void rn_alert_engine_escalate (RnAlertEngine *self);
void rn_alert_engine_watch_flood (RnAlertEngine *self);

/* ---- rn-alert-engine-group.c ---- */

/** Whether @track is of a section and goes into the jams and queues there. */
gboolean rn_alert_engine_is_in_queue (RnAlertEngine *self, const RnAlertTrack *track);
/** Sections that such alerts stand on, or are active on (a set). Caller's. */
GHashTable *rn_alert_engine_dup_standing (RnAlertEngine *self, gboolean active);

/** How many of the limits of a queue (2, 5, 10 km) @queue_m has passed. */
guint rn_alert_engine_queue_limits (double queue_m);
/** The row that a new alert belongs under, made if it has to be; NULL: it stands for itself.
 *  Borrowed. */
const RnAlertTrack *
rn_alert_engine_place (RnAlertEngine *self, const RnFrame *frame, const RnFinding *finding);
/** Rows that the new alert @track connects become one. */
void rn_alert_engine_merge (RnAlertEngine *self, const RnFrame *frame, RnAlertTrack *track);
/** @frame is a new one: sections by their place in its network. */
void rn_alert_engine_index (RnAlertEngine *self, const RnFrame *frame);
void rn_alert_engine_index_track (RnAlertEngine *self, const RnFrame *frame, RnAlertTrack *track);
/** Alerts go under the causes that have them now, and come out from those that have not. */
void rn_alert_engine_regroup (RnAlertEngine *self, const RnFrame *frame);

/* ---- rn-alert-engine-rows.c ---- */

/** Heads and queues of rows, and what rings for them. */
void rn_alert_engine_extend (RnAlertEngine *self, const RnFrame *frame);
/** By design: alerts of closed sections. */
void rn_alert_engine_suppress (RnAlertEngine *self, const RnFrame *frame);
/** Ends what has been calm for long enough and has no children. */
void rn_alert_engine_end_calm (RnAlertEngine *self);
