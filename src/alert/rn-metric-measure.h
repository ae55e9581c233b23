/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of metrics, read from a frame: of one section, of all sections as a column, of one thing
 * of a list. Private to the detector. Pure. */
#pragma once

#include "alert/rn-detector.h"
#include "alert/rn-queue.h"

/** Whether a value of this quality may be judged: a suspect or lost one is as good as none. */
static inline gboolean
rn_quality_is_usable (RnQuality quality)
{
  return quality == RN_QUALITY_LIVE || quality == RN_QUALITY_LATE || quality == RN_QUALITY_STALE;
}

/** Of section @i; NaN unknown. */
double rn_metric_of_section (const RnFrame *frame, RnMetric metric, const char *select, guint32 i,
                             RnQueue *queue);
/** All sections: into @out (n_sections), or, when the frame holds just this column, without
 *  copying. Returns the column. */
const float *rn_metric_column (const RnFrame *frame, RnMetric metric, const char *select,
                               RnQueue *queue, float *out);

double rn_metric_of_facility (const RnFacilityState *state, RnMetric metric, const char *select);
double rn_metric_of_station (const RnStation *station, RnMetric metric);
double rn_metric_of_work (const RnWork *work, gint64 at_us); /* overrun, s */
double rn_metric_of_incident (const RnIncident *incident);   /* level; of a closed one 5 */
double rn_metric_of_feed (const RnFeedStatus *status);       /* s; endless when lost */

/** The feed of @kind of @source, or NULL. */
const RnFeedStatus *rn_metric_find_feed (const RnFrame *frame, const char *source, RnFeedKind kind);
/** Which feed carries things of @kind. */
RnFeedKind rn_metric_feed_kind (RnSubjectKind kind);
/** Whether sections stand: no flow says nothing of them then. */
gboolean rn_metric_stands (const RnFrame *frame, guint32 i);
