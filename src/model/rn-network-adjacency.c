/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sections hang together where the source does not say: the end of one lies at the start of the
 * next. Starts are hashed by cells of 45 m, so that the work grows with the number of sections
 * only. Used by the builder; pure. */
#include <math.h>
#include <string.h>

#include "model/rn-network-private.h"

#define NEAR_M 30.0
#define MAX_TURN_DEG 100.0
#define CELL_DEG 0.0004 /* of latitude: 45 m, more than NEAR_M */
#define MAX_DEGREE 16
#define MAX_LOOKED_AT 1024 /* starts in one cell: more is no road network */

typedef struct {
  const RnNetwork *network;
  guint32 *head, *next; /* chains of section indices by hashed cell */
  guint32 mask;
} Starts;

static RnPoint
start_of (const RnNetwork *network, guint32 i)
{
  return (RnPoint){ network->lon[network->first[i]], network->lat[network->first[i]] };
}

static RnPoint
end_of (const RnNetwork *network, guint32 i)
{
  guint32 last = network->first[i + 1] - 1;

  return (RnPoint){ network->lon[last], network->lat[last] };
}

static double
start_bearing (const RnNetwork *network, guint32 i)
{
  guint32 k = network->first[i];
  RnPoint next = { network->lon[k + 1], network->lat[k + 1] };

  return rn_bearing_deg (start_of (network, i), next);
}

static double
end_bearing (const RnNetwork *network, guint32 i)
{
  guint32 k = network->first[i + 1] - 2;
  RnPoint before = { network->lon[k], network->lat[k] };

  return rn_bearing_deg (before, end_of (network, i));
}

static int
row_of (double lat)
{
  return (int) floor (lat / CELL_DEG);
}

/* Columns are as wide as rows are high, in metres, at the latitude of the row. */
static int
column_of (double lon, int row)
{
  double width = CELL_DEG / MAX (cos (row * CELL_DEG * G_PI / 180.0), 0.01);

  return (int) floor (lon / width);
}

static guint32
cell_hash (const Starts *starts, int row, int column)
{
  guint32 hash = (guint32) row * 0x9e3779b1u ^ (guint32) column * 0x85ebca6bu;

  return (hash ^ hash >> 15) & starts->mask;
}

static void
starts_init (Starts *starts, const RnNetwork *network)
{
  guint32 size = 64;

  while (size < 2 * (guint64) network->n_sections && size < 1u << 30)
    size *= 2;
  starts->network = network;
  starts->mask = size - 1;
  starts->head = g_new (guint32, size);
  memset (starts->head, 0xff, size * sizeof (guint32));
  starts->next = g_new (guint32, network->n_sections + 1);
  /* From the last to the first, so that chains run upwards. */
  for (guint32 i = network->n_sections; i-- > 0;)
    {
      RnPoint at = start_of (network, i);
      int row = row_of (at.lat);
      guint32 slot = cell_hash (starts, row, column_of (at.lon, row));

      starts->next[i] = starts->head[slot];
      starts->head[slot] = i;
    }
}

/* On one road and direction any two that meet; between roads only those without a sharp turn; never
 * back on the other carriageway of the same road. */
static gboolean
follows (const RnNetwork *network, guint32 i, guint32 j)
{
  if (i == j || rn_distance_m (end_of (network, i), start_of (network, j)) > NEAR_M)
    return FALSE;
  if (network->road[i] == network->road[j])
    return network->direction[i] == network->direction[j];
  return rn_bearing_difference_deg (end_bearing (network, i), start_bearing (network, j))
         < MAX_TURN_DEG;
}

static gboolean
has (const GArray *down, guint from, guint32 j)
{
  for (guint k = from; k < down->len; k++)
    if (g_array_index (down, guint32, k) == j)
      return TRUE;
  return FALSE;
}

static void
join_cell (const Starts *starts, guint32 i, int row, int column, GArray *down, guint from)
{
  guint looked_at = 0;

  for (guint32 j = starts->head[cell_hash (starts, row, column)];
       j != RN_NONE && looked_at < MAX_LOOKED_AT && down->len - from < MAX_DEGREE;
       j = starts->next[j], looked_at++)
    if (follows (starts->network, i, j) && !has (down, from, j))
      g_array_append_val (down, j);
}

static void
join_end (const Starts *starts, guint32 i, GArray *down)
{
  RnPoint at = end_of (starts->network, i);
  double lat_reach = NEAR_M / 111000.0;
  double lon_reach = lat_reach / MAX (cos (at.lat * G_PI / 180.0), 0.01);
  guint from = down->len;

  for (int row = row_of (at.lat - lat_reach); row <= row_of (at.lat + lat_reach); row++)
    {
      int last = column_of (at.lon + lon_reach, row);

      for (int column = column_of (at.lon - lon_reach, row); column <= last; column++)
        join_cell (starts, i, row, column, down, from);
    }
}

void
rn_network_join_by_place (RnNetworkPrivate *self)
{
  RnNetwork *pub = &self->pub;
  GArray *down = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 *first = rn_network_keep (self, g_new0 (guint32, pub->n_sections + 1));
  Starts starts;

  starts_init (&starts, pub);
  for (guint32 i = 0; i < pub->n_sections; i++)
    {
      first[i] = down->len;
      join_end (&starts, i, down);
    }
  first[pub->n_sections] = down->len;
  g_free (starts.head);
  g_free (starts.next);
  pub->down_first = first;
  pub->down = rn_network_keep (self, g_array_free (down, FALSE));
}
