/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cities that make the traffic of the demo province, and after which its member offices are
 * named. Constant. */
#pragma once

#include "base/rn-geodesy.h"

typedef struct {
  const char *zh, *en;
  double lon, lat;
  double weight; /* pull on traffic, 1 = the strongest */
  double reach_km;
  const char *office; /* NULL outside the province */
} RnSimCity;

extern const RnSimCity rn_sim_cities[];
extern const guint rn_sim_n_cities;

/** The city with an office that is nearest. */
const RnSimCity *rn_sim_city_near (double lon, double lat);
