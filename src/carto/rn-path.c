/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projecting and shifting of polylines, the inner loop of preparation. Pure, any thread. */
#include "carto/rn-path.h"

#include <math.h>

static guint
project (const RnFixed *at, guint n, double k, double ox, double oy, RnSpot *out)
{
  guint m = 0;

  for (guint i = 0; i < n; i++)
    {
      RnSpot spot = { (float) (at[i].x * k - ox), (float) (at[i].y * k - oy) };

      if (m > 0 && fabsf (spot.x - out[m - 1].x) + fabsf (spot.y - out[m - 1].y) < 1e-3f
          && !(i == n - 1 && m == 1))
        continue;
      out[m++] = spot;
    }
  return m;
}

/* Unit normal to the right of a → b; zero when they are the same. */
static RnSpot
normal (RnSpot a, RnSpot b)
{
  float dx = b.x - a.x, dy = b.y - a.y;
  float length = sqrtf (dx * dx + dy * dy);

  return length > 0.0f ? (RnSpot){ -dy / length, dx / length } : (RnSpot){ 0.0f, 0.0f };
}

static void
shift (RnSpot *path, guint n, float offset)
{
  RnSpot before = normal (path[0], path[1]);

  for (guint i = 0; i < n; i++)
    {
      RnSpot after = i + 1 < n ? normal (path[i], path[i + 1]) : before;
      float cosine = before.x * after.x + before.y * after.y;
      float mitre = offset / MAX (1.0f + cosine, 0.5f);

      path[i].x += (before.x + after.x) * mitre;
      path[i].y += (before.y + after.y) * mitre;
      before = after;
    }
}

guint
rn_path_make (const RnFixed *at, guint n, double k, double ox, double oy, float offset, RnSpot *out)
{
  guint m = project (at, n, k, ox, oy, out);

  if (offset != 0.0f)
    shift (out, m, offset);
  return m;
}

float
rn_path_offset (const RnNetwork *network, guint32 i, double width, double px)
{
  double offset = rn_line_offset_px (width / px) * px;

  switch ((RnSide) network->side[i])
    {
    case RN_SIDE_RIGHT:
      return (float) offset;
    case RN_SIDE_LEFT:
      return (float) -offset;
    case RN_SIDE_NONE:
    default:
      return 0.0f;
    }
}

float
rn_path_length (const RnSpot *path, guint n)
{
  float sum = 0.0f;

  for (guint i = 1; i < n; i++)
    sum += hypotf (path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
  return sum;
}
