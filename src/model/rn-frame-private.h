/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writable side of a frame while it is made. Private to rn-frame*.c. */
#pragma once

#include "model/rn-frame.h"

/* What warnings leave of the capacity by section of the joint network, and of what it was made: it
 * is taken over from frame to frame while that is the same, since polygons are slow. Refcounted. */
typedef struct _RnWeatherEffect RnWeatherEffect;
void rn_weather_effect_unref (RnWeatherEffect *self);

typedef struct {
  RnFrame pub;
  gatomicrefcount refs;
  gpointer block; /* of all columns */
  float *flow_vph, *speed_kmh, *occupancy_pct, *trucks_pct, *typical_speed_kmh, *capacity_vph,
      *effective_kmh;
  gint64 *flow_at_us, *slow_us, *jam_us;
  guint8 *quality, *state, *mark, *los, *factors;
  guint32 *facility_state_of;
  RnFeedStatus **feeds;
  RnWeatherEffect *weather; /* NULL: no warning holds */
} RnFramePrivate;

/* Things of the parts that are shown from another source, which sees them too. */
typedef struct _RnHidden RnHidden;
RnHidden *rn_hidden_find (const RnFrameParts *parts, guint n_parts);
void rn_hidden_free (RnHidden *self);
gboolean rn_hidden_has (const RnHidden *self, gconstpointer thing);
/** Sets how many of the feed of @status hide, and behind which sources. */
void rn_hidden_tell (const RnHidden *self, RnFeedStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnHidden, rn_hidden_free)

/** Adds the things of a part; its sections and facilities begin at these indices in the frame. */
void rn_frame_add_lists (RnFrame *frame, const RnFrameParts *part, guint32 section,
                         guint32 facility, const RnHidden *hidden);

/** Fills the columns of effective capacity, effective speed and factors. */
void rn_frame_apply_effects (RnFramePrivate *self, const RnFrameParts *parts, guint n_parts,
                             const RnHidden *hidden, const RnFramePrivate *before);
