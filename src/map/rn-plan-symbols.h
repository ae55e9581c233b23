/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which symbols a frame has to show at a zoom, before they are arranged. Pure. */
#pragma once

#include "map/rn-map-plan.h"

/* What lies on what within a layer rank. */
typedef enum {
  RN_CANDIDATE_FACILITY,
  RN_CANDIDATE_WEATHER,
  RN_CANDIDATE_WORK,
  RN_CANDIDATE_INCIDENT,
} RnCandidateOrder;

typedef struct {
  guint64 id;
  RnCandidateOrder order;
  RnSymbolGroup group;
  RnSymbol symbol;
  char *pill;       /* text of a weather pill, else NULL */
  double wx, wy;    /* 0…1 of the world */
  double radius_px; /* of the corners of its shape */
  RnSubjectKind kind;
  const char *key; /* of the frame */
  RnNames *names;  /* of a facility, borrowed; else NULL */
  gboolean selected, unacknowledged;
  RnMapLayerId layer;
  guint rank;      /* of its layer, 0 on top */
  gboolean urgent; /* tier I or II: over all, and never faded */
  double fade;     /* 1 − opacity */
} RnCandidate;

/** Elements RnCandidate; free with g_array_unref(). What is far outside of the view is left out. */
GArray *rn_plan_collect_symbols (const RnPlanRequest *request);
