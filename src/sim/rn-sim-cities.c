/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Positions to 0.01°; weights and reaches are chosen so that the southern corridors
 * are the busy ones. */
#include "sim/rn-sim-cities.h"

const RnSimCity rn_sim_cities[] = {
  { "南京", "Nanjing", 118.78, 32.05, 0.62, 32, "南京处" },
  { "苏州", "Suzhou", 120.62, 31.30, 0.70, 30, "苏州处" },
  { "无锡", "Wuxi", 120.30, 31.57, 0.62, 26, "无锡处" },
  { "常州", "Changzhou", 119.95, 31.78, 0.48, 26, "常州处" },
  { "镇江", "Zhenjiang", 119.45, 32.20, 0.34, 24, "镇江处" },
  { "扬州", "Yangzhou", 119.42, 32.39, 0.32, 24, "扬州处" },
  { "泰州", "Taizhou", 119.92, 32.46, 0.30, 24, "泰州处" },
  { "南通", "Nantong", 120.87, 32.00, 0.46, 26, "南通处" },
  { "盐城", "Yancheng", 120.15, 33.35, 0.24, 28, "盐城处" },
  { "淮安", "Huai'an", 119.02, 33.60, 0.24, 28, "淮安处" },
  { "宿迁", "Suqian", 118.28, 33.96, 0.20, 26, "宿迁处" },
  { "徐州", "Xuzhou", 117.20, 34.27, 0.32, 30, "徐州处" },
  { "连云港", "Lianyungang", 119.20, 34.60, 0.22, 28, "连云港处" },
  { "上海", "Shanghai", 121.40, 31.25, 0.60, 42, NULL },
};
const guint rn_sim_n_cities = G_N_ELEMENTS (rn_sim_cities);

const RnSimCity *
rn_sim_city_near (double lon, double lat)
{
  const RnSimCity *best = NULL;
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < rn_sim_n_cities; i++)
    {
      RnPoint at = { rn_sim_cities[i].lon, rn_sim_cities[i].lat };
      double d = rn_distance_m ((RnPoint){ lon, lat }, at);

      if (rn_sim_cities[i].office != NULL && d < least)
        {
          least = d;
          best = &rn_sim_cities[i];
        }
    }
  return best;
}
