/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first half of the engine: walks the columns of a frame with all rules and tells, for each
 * (rule, subject), what changed. Knows hysteresis, delays, n of m, guards, missing data, schedules
 * and thresholds of a section's own; knows nothing of operators, groups or sounds. Deterministic;
 * time is injected; one thread at a time. A section that does not change allocates nothing. */
#pragma once

#include "alert/rn-rule.h"
#include "alert/rn-threshold-faults.h"
#include "model/rn-frame.h"

typedef enum {
  RN_CONDITION_NORMAL,
  RN_CONDITION_PENDING,
  RN_CONDITION_ACTIVE,
  RN_CONDITION_RECOVERING,
} RnCondition;

/** What was found of one (rule, subject). */
typedef struct {
  const RnRule *rule; /* borrowed from the detector's rules */
  RnSubjectKind kind;
  const char *key; /* borrowed from the frame, or, when the subject is gone, from the detector until
                    * the next step */
  guint32 index;   /* of the section or facility in frame->network, else RN_NONE */
  RnCondition condition; /* never PENDING: that leaves no record */
  int tier;              /* worst latched; of NORMAL 0 */
  gboolean gone;         /* NORMAL because subject or rule are no more */
  double value;          /* now; NaN unknown */
  double threshold;      /* of `tier` (of its exit while recovering); NaN for sets */
  RnQuality quality;     /* of the value; UNKNOWN: it is missing and held */
  guint8 factors;        /* RnFactors of the section */
  gint64 at_us;          /* data time of the sample that did it */
  guint n_samples;       /* since it became active, with this one */
} RnFinding;

typedef struct _RnDetector RnDetector;

RnDetector *rn_detector_new (const RnRuleSet *rules, GTimeZone *zone);
void rn_detector_free (RnDetector *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnDetector, rn_detector_free)

/** Other rules from now on. A rule with the id of an old one and an active alert keeps its state
 *  and is judged by its new limits at the next sample; rules that went end with `gone`. */
void rn_detector_set_rules (RnDetector *self, const RnRuleSet *rules);
const RnRuleSet *rn_detector_get_rules (const RnDetector *self);
/** The zone of schedules; NULL: the machine's. */
void rn_detector_set_zone (RnDetector *self, GTimeZone *zone);

/** What could not be used of the sections' own thresholds, of the last network and the rules in
 *  force, never NULL. Another object whenever it was looked at anew: who keeps a reference can tell
 *  by it. Borrowed. */
const RnThresholdFaults *rn_detector_get_threshold_faults (const RnDetector *self);

/** Looks at @frame at @now_us (the session's clock) and appends to @findings (RnFinding) what
 *  changed since the last step: condition, tier or the class of quality (live and late, stale,
 *  suspect, lost or missing). The same frame again only ages. */
void rn_detector_step (RnDetector *self, const RnFrame *frame, gint64 now_us, GArray *findings);

/** From a journal, before the first step: @subject of rule @rule_id is active or recovering, with
 *  @tier latched, since data time @at_us. It waits for its subject's source; the first step that
 *  sees it tells it once, also unchanged, since its quality is not known. One whose rule is no more
 *  ends with `gone` in the first step: the finding has a rule of nothing but the id. */
void rn_detector_restore (RnDetector *self, const char *rule_id, const RnSubject *subject,
                          RnCondition condition, int tier, gint64 at_us);

/** The value of @metric of a subject as a rule would see it; NaN unknown. @select NULL: none. */
double rn_metric_measure (const RnFrame *frame, RnMetric metric, const char *select,
                          RnSubjectKind kind, const char *key, RnQuality *quality);

/** What @rule, new and without memory, would say of @frame: subjects beyond an entering limit whose
 *  guards hold now, by tier ([0]: subjects in scope). For the editor. @subjects, if not NULL, gets
 *  up to @max RnSubject (caller's), worst first. */
void rn_rule_try (const RnRule *rule, const RnFrame *frame, guint by_tier[RN_N_TIERS],
                  GPtrArray *subjects, guint max);
