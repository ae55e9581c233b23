/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flow of one source: what an answer says is laid over what is held. Columns are one block; nothing
 * is allocated a row. Pure, any thread. */
#include "model/rn-flow.h"

#include <math.h>
#include <string.h>

#define N_COLUMNS 6
#define ROW_BYTES (sizeof (gint64) + N_COLUMNS * sizeof (float) + 1)
#define SECOND_US G_GINT64_CONSTANT (1000000)

typedef struct {
  RnFlow pub;
  gatomicrefcount refs;
  float *columns[N_COLUMNS]; /* in the order of RnFlow */
  gint64 *at_us;             /* the block that holds all */
  guint8 *held; /* of a partial answer before: the source does not confirm it any more */
} Private;

static void
fill_nan (float *column, guint n)
{
  for (guint i = 0; i < n; i++)
    column[i] = NAN;
}

RnFlowUpdate *
rn_flow_update_new (guint n)
{
  RnFlowUpdate *self = g_new0 (RnFlowUpdate, 1);
  float **columns[] = { &self->flow_vph,   &self->speed_kmh,         &self->occupancy_pct,
                        &self->trucks_pct, &self->typical_speed_kmh, &self->free_speed_kmh };

  self->n = n;
  self->section = g_new (guint32, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    self->section[i] = RN_NONE;
  for (guint c = 0; c < N_COLUMNS; c++)
    {
      *columns[c] = g_new (float, MAX (n, 1));
      fill_nan (*columns[c], n);
    }
  self->offset_s = g_new0 (gint32, MAX (n, 1));
  self->unjoined = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
rn_flow_update_free (RnFlowUpdate *self)
{
  if (self == NULL)
    return;
  g_free (self->network_version);
  g_free (self->cursor);
  g_free (self->section);
  g_free (self->flow_vph);
  g_free (self->speed_kmh);
  g_free (self->occupancy_pct);
  g_free (self->trucks_pct);
  g_free (self->typical_speed_kmh);
  g_free (self->free_speed_kmh);
  g_free (self->offset_s);
  g_clear_pointer (&self->unjoined, g_ptr_array_unref);
  g_free (self);
}

static Private *
flow_new (guint n, gint64 observed_at_us)
{
  Private *self = g_new0 (Private, 1);
  char *block = g_malloc (MAX (n, 1) * ROW_BYTES);

  g_atomic_ref_count_init (&self->refs);
  self->at_us = (gint64 *) block;
  for (guint c = 0; c < N_COLUMNS; c++)
    self->columns[c] = (float *) (block + n * (sizeof (gint64) + c * sizeof (float)));
  self->held = (guint8 *) (block + n * (ROW_BYTES - 1));
  self->pub = (RnFlow){ .observed_at_us = observed_at_us,
                        .n = n,
                        .flow_vph = self->columns[0],
                        .speed_kmh = self->columns[1],
                        .occupancy_pct = self->columns[2],
                        .trucks_pct = self->columns[3],
                        .typical_speed_kmh = self->columns[4],
                        .free_speed_kmh = self->columns[5],
                        .at_us = self->at_us };
  return self;
}

RnFlow *
rn_flow_ref (const RnFlow *self)
{
  g_atomic_ref_count_inc (&((Private *) self)->refs);
  return (RnFlow *) self;
}

void
rn_flow_unref (const RnFlow *flow)
{
  Private *self = (Private *) flow;

  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->at_us);
  g_free (self);
}

/* All rows unknown, or those of @before. */
static Private *
begin (const RnFlow *before, guint n, gint64 observed_at_us)
{
  Private *self = flow_new (n, observed_at_us);
  const Private *old = (const Private *) before;

  if (before != NULL && before->n == n)
    {
      memcpy (self->at_us, old->at_us, n * ROW_BYTES);
      return self;
    }
  for (guint c = 0; c < N_COLUMNS; c++)
    fill_nan (self->columns[c], n);
  memset (self->at_us, 0, n * sizeof (gint64));
  memset (self->held, 0, n);
  return self;
}

/* A row that was true at the answer before is true now; one that lagged keeps its lag: its
 * `observed_offset_s` stands as its other values do. */
static void
move_rows (Private *self, const RnFlow *before, gint64 observed_at_us)
{
  gint64 by_us = observed_at_us - before->observed_at_us;

  if (by_us <= 0)
    return;
  for (guint i = 0; i < self->pub.n; i++)
    if (self->at_us[i] != 0 && !self->held[i])
      self->at_us[i] += by_us;
}

static void
lay_rows (Private *self, const RnFlowUpdate *update)
{
  const float *from[] = { update->flow_vph,   update->speed_kmh,         update->occupancy_pct,
                          update->trucks_pct, update->typical_speed_kmh, update->free_speed_kmh };

  for (guint r = 0; r < update->n; r++)
    {
      guint32 i = update->section[r];
      gint32 offset_s = update->offset_s != NULL ? MAX (update->offset_s[r], 0) : 0;

      if (i >= self->pub.n)
        continue;
      for (guint c = 0; c < N_COLUMNS; c++)
        self->columns[c][i] = from[c] != NULL ? from[c][r] : NAN;
      self->at_us[i] = update->observed_at_us - offset_s * SECOND_US;
      self->held[i] = FALSE;
    }
}

RnFlow *
rn_flow_apply (const RnFlow *before, const RnFlowUpdate *update, guint n_sections,
               gboolean hold_missing)
{
  gboolean keep = before != NULL && before->n == n_sections && (!update->full || hold_missing);
  Private *self = begin (keep ? before : NULL, n_sections, update->observed_at_us);

  if (keep && !update->full)
    move_rows (self, before, update->observed_at_us);
  else if (keep)
    memset (self->held, TRUE, n_sections);
  lay_rows (self, update);
  return &self->pub;
}

RnFlow *
rn_flow_confirm (const RnFlow *before, gint64 observed_at_us)
{
  Private *self;

  if (observed_at_us <= before->observed_at_us)
    return rn_flow_ref (before);
  self = begin (before, before->n, observed_at_us);
  move_rows (self, before, observed_at_us);
  return &self->pub;
}

static gboolean
same_value (float a, float b)
{
  return a == b || (isnan (a) && isnan (b));
}

guint
rn_flow_count_equal (const RnFlow *a, const RnFlow *b, guint *n_known)
{
  guint equal = 0, known = 0, n = MIN (a->n, b->n);

  for (guint i = 0; i < n; i++)
    {
      gboolean in_a = !isnan (a->speed_kmh[i]) || !isnan (a->flow_vph[i]);
      gboolean in_b = !isnan (b->speed_kmh[i]) || !isnan (b->flow_vph[i]);

      if (!in_a || !in_b)
        continue;
      known++;
      equal += same_value (a->speed_kmh[i], b->speed_kmh[i])
               && same_value (a->flow_vph[i], b->flow_vph[i])
               && same_value (a->occupancy_pct[i], b->occupancy_pct[i])
               && same_value (a->trucks_pct[i], b->trucks_pct[i]);
    }
  if (n_known != NULL)
    *n_known = known;
  return equal;
}
