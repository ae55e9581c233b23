/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of one source share: owned by the source, which outlives them. Main thread. */
#pragma once

#include "base/rn-clock.h"
#include "feed/rn-adapter.h"
#include "feed/rn-source-clock.h"
#include "feed/rn-source.h"
#include "net/rn-http.h"

typedef struct {
  RnSourceSpec *spec;
  const RnAdapter *adapter;
  RnClock *clock;
  RnHttp *http;
  RnSourceClock time;  /* of the source */
  RnNetwork *network;  /* NULL while there is none */
  RnJoin *join;        /* over it; NULL */
  GTimeZone *timezone; /* of wall clocks at the source */
} RnSourceState;
