/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be switched on and off on the map; in the order of RnLayerId in ui/rn-seat.h. */
#pragma once

#include <glib.h>

typedef enum {
  RN_MAP_FLOW,
  RN_MAP_INCIDENTS,
  RN_MAP_WORKS,
  RN_MAP_WEATHER,
  RN_MAP_SERVICE_AREAS,
  RN_MAP_TOLL_PLAZAS,
  RN_MAP_OTHER_FACILITIES,
  RN_MAP_LABELS,
  RN_N_MAP_LAYERS
} RnMapLayerId;

#define RN_MAP_BIT(id) (1u << (id))
#define RN_MAP_ALL_LAYERS (RN_MAP_BIT (RN_N_MAP_LAYERS) - 1)

/** What is on at first: all but toll plazas and the other facilities. */
#define RN_MAP_DEFAULT_LAYERS                                                                      \
  (RN_MAP_ALL_LAYERS & ~(RN_MAP_BIT (RN_MAP_TOLL_PLAZAS) | RN_MAP_BIT (RN_MAP_OTHER_FACILITIES)))
