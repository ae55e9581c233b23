/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of everything at one instant. Immutable, atomically refcounted; views, engine and
 * record read nothing else. Made by rn_frame_build() from the parts that the feeds hold and the
 * frame before. All fields are read-only. */
#pragma once

#include "model/rn-device.h"
#include "model/rn-facility-state.h"
#include "model/rn-feed-status.h"
#include "model/rn-flow.h"
#include "model/rn-incident.h"
#include "model/rn-kpi.h"
#include "model/rn-network.h"
#include "model/rn-plan.h"
#include "model/rn-state.h"
#include "model/rn-subject.h"
#include "model/rn-weather.h"
#include "model/rn-work.h"

/** Network figures, lengths in km of carriageway. */
typedef struct {
  double state_km[RN_N_STATES]; /* [0]: without data */
  double total_km, data_km;
  double smooth_rate;     /* 0…1: 1 − km in states 3–5 / km with data; NaN without data */
  double slow_km;         /* states ≥ 3 */
  double severe_km;       /* state 5 */
  double mean_speed_kmh;  /* weighted by length (and flow where known); NaN */
  gint64 vehicles_today;  /* KPI "vehicles_today"; -1 unknown */
  gint64 vehicles_record; /* its record; -1 unknown */
  guint n_sections_known;
} RnFigures;

/** Which factors made the effective capacity and speed of a section less than its own. */
typedef enum {
  RN_FACTOR_WORKS = 1 << 0,
  RN_FACTOR_INCIDENT = 1 << 1,
  RN_FACTOR_WEATHER = 1 << 2,
  RN_FACTOR_CONTROL = 1 << 3,
} RnFactors;

typedef struct {
  RnNetwork *network;
  gint64 at_us;   /* data time of the frame: the source clock when it was made */
  guint64 serial; /* grows by one a frame of a session */

  /* columns of network->n_sections; NaN unknown */
  const float *flow_vph, *speed_kmh, *occupancy_pct, *trucks_pct, *typical_speed_kmh;
  const float *free_speed_kmh; /* the network's, else as the rows of flow tell it */
  const gint64 *flow_at_us;    /* when the row was true; 0 never */
  const guint8 *quality;       /* RnQuality */
  const guint8 *state;         /* 0…5; of a row without usable data 0 */
  const guint8 *mark;          /* RnStateMark */
  const guint8 *los;           /* 0 unknown, 1…6 */
  const float *effective_capacity_vph;
  const float *effective_speed_kmh;
  const guint8 *factors; /* RnFactors */
  const gint64 *slow_us; /* when last in state ≥ 3; 0 never: memory for standstill */
  const gint64 *jam_us;  /* when last in state ≥ 4 */

  GPtrArray *incidents;             /* RnIncident, in the order of their feeds */
  GPtrArray *works;                 /* RnWork */
  GPtrArray *devices;               /* RnDevice */
  GPtrArray *stations;              /* RnStation */
  GPtrArray *warnings;              /* RnWarning */
  GPtrArray *controls;              /* RnControl */
  GPtrArray *facility_states;       /* RnFacilityState */
  const guint32 *facility_state_of; /* by facility index → index above, or RN_NONE */
  GPtrArray *kpis;                  /* RnKpi */
  GPtrArray *plans;                 /* RnPlan */
  GPtrArray *measures;              /* RnMeasure */

  guint n_feeds;
  const RnFeedStatus *const *feeds;
  RnFigures figures;
} RnFrame;

/** The parts of one source, as its feeds hold them now; borrowed. Arrays may be NULL. Indices in
 *  them are of the source's own network; rn_frame_build() shifts them, but for those of incidents
 *  and works that were placed on the network of the whole frame (`joint`, see rn-place.h). */
typedef struct {
  const RnNetwork *network;
  const RnFlow *flow;         /* NULL none */
  RnQuality flow_quality_cap; /* of the feed: a value is never better than its feed */
  gint64 now_us;              /* the source's clock: for the age of each row */
  gint64 poll_us, delay_us;   /* of the flow feed: thresholds for a row's own age */
  gboolean joint;             /* incidents, works and devices have indices of the frame's network */
  GPtrArray *incidents, *works, *devices, *stations, *warnings, *controls, *facility_states, *kpis,
      *plans, *measures;
} RnFrameParts;

/** When a frame of @part would first look different for age alone: the time on the source's
 *  clock, Unix µs, at which the own age of some row passes the next limit; G_MAXINT64 when none
 *  will. */
gint64 rn_frame_parts_next_ageing_us (const RnFrameParts *part);

#define RN_TYPE_FRAME (rn_frame_get_type ())
GType rn_frame_get_type (void);

/** A new frame. @network is rn_network_concat() of the networks of @parts in their order; @before
 *  (NULL: none) gives the serial, and the memory for standstill when it has the same network.
 *  @feeds are copied, and told how many of their things are shown from another source. Pure, any
 *  thread; 100,000 sections take some ms. In the figures a value of quality "lost" counts as no
 *  data, and its `state` stays for the map, which fades it. */
RnFrame *rn_frame_build (const RnNetwork *network, const RnFrameParts *parts, guint n_parts,
                         const RnStateTable *table, gint64 at_us, const RnFrame *before,
                         const RnFeedStatus *const *feeds, guint n_feeds);
RnFrame *rn_frame_new_empty (void);
RnFrame *rn_frame_ref (const RnFrame *self);
void rn_frame_unref (const RnFrame *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnFrame, rn_frame_unref)

/** Speed over effective speed; density from flow and speed, vehicles per km and lane; flow over
 *  effective capacity. NaN unknown. */
double rn_frame_speed_ratio (const RnFrame *self, guint32 section);
double rn_frame_density_vpkm (const RnFrame *self, guint32 section);
double rn_frame_saturation (const RnFrame *self, guint32 section);

/** Looked up by key; NULL when it is not (any more) there. Borrowed. */
const RnIncident *rn_frame_find_incident (const RnFrame *self, const char *key);
const RnWork *rn_frame_find_work (const RnFrame *self, const char *key);
const RnDevice *rn_frame_find_device (const RnFrame *self, const char *key);
const RnFacilityState *rn_frame_facility_state (const RnFrame *self, guint32 facility);

/** Where a subject lies, for flying to it. FALSE when it has no place. */
gboolean rn_frame_locate (const RnFrame *self, const RnSubject *subject, RnBox *box);

/** Whether some source gives a network, be it that it has not come yet. Sources of works alone have
 *  none to wait for. */
gboolean rn_frame_expects_network (const RnFrame *self);
/** All there is to see: the network, or of sources without one their incidents, works and devices.
 *  FALSE while nothing has a place. */
gboolean rn_frame_get_extent (const RnFrame *self, RnBox *box);
