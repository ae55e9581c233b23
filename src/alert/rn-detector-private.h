/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the detector, shared by its files: rn-detector.c orders the step, -sections.c walks
 * columns, -things.c walks lists, -tell.c turns latches into findings. */
#pragma once

#include "alert/rn-detector-scope.h"
#include "alert/rn-detector-slots.h"
#include "alert/rn-metric-measure.h"

/* One rule and everything that is remembered for it. */
typedef struct {
  const RnRule *rule; /* of detector->rules */
  RnSubjectKind kind;
  RnLatchLimits limits;
  RnSlots slots;
  gboolean on;     /* in force in this step */
  guint8 *scope;   /* by section: RN_SCOPE_…; NULL until there is a network */
  GHashTable *own; /* RN_N_TIERS RnRuleTier by section + 1; NULL none */
  /* of sections: which have a slot, and where; padded to a multiple of 8 */
  guint8 *has;
  guint32 *slot_of;
  /* of things: slot + 1 by key. Of sections: slots that wait for their section to come (back) */
  GHashTable *by_key;
} RnRuleState;

/* A metric of all sections, made at most once a frame. */
typedef struct {
  RnMetric metric;
  const char *select;
  float *own;          /* memory of its own, NULL while the frame's column serves */
  const float *values; /* NULL: not made for this frame */
} RnColumn;

struct _RnDetector {
  RnRuleSet *rules;
  GTimeZone *zone;
  GArray *states;            /* RnRuleState in the order of the rules, disabled ones left out */
  GArray *leaving;           /* RnRuleState of rules that went: their alerts end in the next step */
  GPtrArray *old_rules;      /* RnRuleSet: findings of the last step may point into them */
  GPtrArray *old_keys;       /* char *: likewise */
  gboolean rules_changed;    /* since the last step */
  RnThresholdFaults *faults; /* of sections' own thresholds */
  GArray *columns;           /* RnColumn */
  RnQueue *queue;

  RnFrame *frame;      /* the last one; NULL */
  gint64 frame_now_us; /* session's clock when it came */
  gint64 first_us;     /* session's clock of the first step; 0 none */
  gint64 minute;       /* for which schedules were looked at */
  guint64 step;
  gboolean back; /* the clock of the frame went back in this step */

  /* by section of the last frame's network */
  guint n_sections, n_padded;
  gint64 *last_us; /* newest usable sample */
  guint8 *sampled; /* SAMPLE_… in this frame */
  guint8 *todo;    /* scratch: who has to be looked at one by one */
  gint64 *poll_us; /* by source of the network: P of its flow; 0 unknown */
  guint8 *waits;   /* by source, RN_WAITS_…: for what limits speed and capacity there */
};

/* Bit 0: there is a new sample; bit 1: it is older than what was there, the clock began anew. */
enum { RN_SAMPLED_NO = 0, RN_SAMPLED = 1, RN_SAMPLED_BACK = 3 };

/* Whether what bears on a source's sections is still to come; _NO_LONGER: it came in this frame. */
enum { RN_WAITS_NO, RN_WAITS_YES, RN_WAITS_NO_LONGER };

/* What is seen of a subject in one step. */
typedef struct {
  double value; /* NaN unknown */
  RnQuality quality;
  gint64 at_us;   /* of the sample */
  gint64 poll_us; /* P; 0 unknown */
  guint8 sampled; /* RN_SAMPLED_… */
  gboolean enters;
  gboolean early; /* its source has feeds that are still waited for */
} RnSeen;

/* How long restored alerts wait for a source that nobody speaks of, on the session's clock. */
#define RN_RESTORE_WAIT_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define RN_UNKNOWN_POLL_US (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)

static inline gint64
rn_max_gap_us (gint64 poll_us)
{
  return 3 * (poll_us > 0 ? poll_us : RN_UNKNOWN_POLL_US);
}

/* ---- -sections ---- */
void rn_detector_enter_network (RnDetector *self, RnRuleState *state, const RnNetwork *network);
void rn_detector_leave_network (RnRuleState *state, const RnNetwork *network);
void rn_detector_mark_samples (RnDetector *self, const RnFrame *frame);
void rn_detector_step_sections (RnDetector *self, RnRuleState *state, const RnFrame *frame,
                                gint64 now_us, gboolean fresh, GArray *findings);

/* ---- -things ---- */
void rn_detector_step_things (RnDetector *self, RnRuleState *state, const RnFrame *frame,
                              gint64 now_us, GArray *findings);

/* ---- -tell ---- */
/** Takes what is seen of the subject of @slot into its latch, or counts how long it is missing. */
void rn_detector_see (RnRuleState *state, const RnLatchLimits *limits, RnSlot *slot, gint64 *rings,
                      const RnSeen *seen, const RnFrame *frame, gint64 now_us);
/** Appends a finding when it differs from the last one told of @slot. */
void rn_detector_tell (RnDetector *self, RnRuleState *state, const RnLatchLimits *limits,
                       RnSlot *slot, const char *key, const RnSeen *seen, const RnFrame *frame,
                       gint64 now_us, GArray *findings);
/** The alert of @slot ends, since there is no subject or no rule: told, if it was ever told of. */
void rn_detector_tell_end (RnDetector *self, RnRuleState *state, RnSlot *slot, gboolean gone,
                           const RnFrame *frame, GArray *findings);
/** Whether anything has to be remembered of @slot. */
gboolean rn_detector_keeps (const RnRuleState *state, const RnSlot *slot);
/** Gives the slot back; a key that findings may point to lives until the next step. */
void rn_detector_release (RnDetector *self, RnRuleState *state, guint32 at);
/** Whether @key is "@source/…". */
gboolean rn_detector_is_key_of (const char *key, const char *source);
/** Whether all guards of @rule let a section in. */
gboolean rn_detector_guards_hold (const RnRule *rule, const RnFrame *frame, RnSubjectKind kind,
                                  guint32 section, const char *key, RnQueue *queue);
void rn_rule_limits (const RnRule *rule, RnLatchLimits *limits);
