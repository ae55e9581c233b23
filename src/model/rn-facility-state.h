/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The live state of a facility. Immutable once in a frame, atomically refcounted. */
#pragma once

#include "model/rn-network.h"

typedef enum {
  RN_AREA_UNKNOWN,
  RN_AREA_OPEN,
  RN_AREA_FULL,
  RN_AREA_CONTROLLED,
  RN_AREA_CLOSED
} RnAreaStatus;
typedef enum { RN_ENTRY_UNKNOWN, RN_ENTRY_OPEN, RN_ENTRY_METERED, RN_ENTRY_CLOSED } RnEntry;
typedef enum {
  RN_TOLL_UNKNOWN,
  RN_TOLL_BOOTH,
  RN_TOLL_CARD_NO_BOOTH,
  RN_TOLL_NO_CARD_NO_BOOTH,
  RN_TOLL_FREE_FLOW
} RnTollMode;

typedef struct {
  char *grade;                   /* "92", "LNG" */
  double price_cny_l, stock_pct; /* NaN unknown */
  int available;                 /* 1, 0, -1 unknown */
} RnFuel;
typedef struct {
  RnNames *names;
  double price_cny;
  int promotion; /* 1, 0, -1 unknown */
} RnGood;

typedef struct {
  char *source, *id, *key;
  RnFacilityType type;
  guint32 facility; /* index in the frame's network or RN_NONE */
  /* service area; -1 / NaN unknown */
  int car_used, car_total, truck_used, truck_total;
  int chargers_free, chargers_total, chargers_queue;
  RnAreaStatus status;
  double inflow_vph;
  guint n_fuel;
  RnFuel *fuel;
  guint n_goods;
  RnGood *goods;
  /* toll plaza */
  int lanes_entry, lanes_exit; /* open now */
  double entry_vph, exit_vph, queue_m, etc_share_pct;
  RnTollMode mode;
  RnEntry entry;
  /* checkpoint */
  gint64 vehicles_today, people_today; /* -1 unknown */
  gint64 observed_at_us;
} RnFacilityState;

RnFacilityState *rn_facility_state_new (const char *source, const char *id, RnFacilityType type);
RnFacilityState *rn_facility_state_ref (const RnFacilityState *self);
void rn_facility_state_unref (const RnFacilityState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnFacilityState, rn_facility_state_unref)

const char *const *rn_facility_type_words (void); /* as in the API, NULL-terminated, in order */
const char *rn_facility_type_title (RnFacilityType type);
