/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one source of chance of the simulator; see the header. */
#include "sim/rn-sim-random.h"

#include <math.h>

static guint64
mix (guint64 x)
{
  x += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

guint64
rn_sim_hash (guint64 seed, RnSimStream stream, guint64 index, guint64 slot)
{
  return mix (mix (mix (seed ^ ((guint64) stream << 56)) ^ index) ^ slot);
}

double
rn_sim_uniform (guint64 seed, RnSimStream stream, guint64 index, guint64 slot)
{
  return (double) (rn_sim_hash (seed, stream, index, slot) >> 11) * 0x1p-53;
}

int
rn_sim_between (guint64 seed, RnSimStream stream, guint64 index, guint64 slot, int min, int max)
{
  return min + (int) (rn_sim_uniform (seed, stream, index, slot) * (max - min + 1));
}

double
rn_sim_normal (guint64 seed, RnSimStream stream, guint64 index, guint64 slot)
{
  guint64 h = rn_sim_hash (seed, stream, index, slot);
  double sum = 0.0;

  for (guint i = 0; i < 4; i++)
    sum += (double) ((h >> (16 * i)) & 0xffff) / 65536.0;
  return (sum - 2.0) * sqrt (3.0);
}
