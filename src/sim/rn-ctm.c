/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns by cell, cells of a link one after the other. A step has three passes: what each cell
 * could send and take, what passes the nodes, and the new contents. Nodes are proportional and
 * first-in-first-out: where a link's demand exceeds the room, all that want in get the same part of
 * their demand, and who waits for one turn holds up those behind him. */
#include "sim/rn-ctm.h"

#include <math.h>
#include <string.h>

struct _RnCtm {
  guint n_links, n_cells, n_turns;
  RnCtmLink *link;
  guint32 *first;                                          /* n_links + 1: cells of a link */
  double *cell_m;                                          /* by link */
  double *wave_ms;                                         /* by link, m/s */
  double *limit_ms;                                        /* by link: speed in force, m/s */
  double *link_factor;                                     /* by link */
  double *entry_step, *entry_limit, *waiting, *exit_limit; /* by link, vehicles a step */
  double *send, *room;    /* by link: of its last, its first cell */
  double *reduction;      /* by link: part of the demand for it that finds room */
  double *in, *out, *off; /* by link: flows of a step; off: those that leave */
  double *entry_flow;
  double *sum_veh_m, *sum_veh_s, *sum_entered, *sum_left; /* by link: the interval */
  double *n;                                              /* by cell: vehicles */
  double *cell_factor;                                    /* by cell */
  RnCtmTurn *turn;                                        /* by turn, ordered by from */
  guint32 *turn_place;                                    /* by caller's index → place in turn */
  guint32 *turn_first;                                    /* n_links + 1 */
  guint steps;                                            /* of the interval */
  double entered, left, initial, arrived;
};

static void
set_up_links (RnCtm *self, const RnCtmLink *links)
{
  guint32 cells = 0;

  for (guint i = 0; i < self->n_links; i++)
    {
      RnCtmLink *l = &self->link[i];
      double free_ms, jam, critical, least;
      guint count;

      *l = links[i];
      l->lanes = MAX (l->lanes, 1);
      free_ms = l->free_kmh / 3.6;
      count = (guint) MAX (1.0, ceil (l->length_m / RN_CTM_CELL_M));
      least = free_ms * RN_CTM_STEP_S;
      self->cell_m[i] = MAX (l->length_m / count, least);
      jam = RN_CTM_JAM_VPKM * l->lanes / 1000.0;     /* vehicles a m */
      critical = l->capacity_vph / 3600.0 / free_ms; /* vehicles a m */
      critical = MIN (critical, 0.5 * jam);
      self->wave_ms[i] = critical * free_ms / (jam - critical);
      self->limit_ms[i] = free_ms;
      self->link_factor[i] = 1.0;
      self->exit_limit[i] = INFINITY;
      self->first[i] = cells;
      cells += count;
    }
  self->first[self->n_links] = cells;
  self->n_cells = cells;
}

static void
set_up_turns (RnCtm *self, const RnCtmTurn *turns)
{
  guint32 *fill;

  for (guint t = 0; t < self->n_turns; t++)
    self->turn_first[turns[t].from + 1]++;
  for (guint i = 0; i < self->n_links; i++)
    self->turn_first[i + 1] += self->turn_first[i];
  fill = g_memdup2 (self->turn_first, sizeof (guint32) * self->n_links);
  for (guint t = 0; t < self->n_turns; t++)
    {
      guint32 place = fill[turns[t].from]++;

      self->turn[place] = turns[t];
      self->turn_place[t] = place;
    }
  g_free (fill);
}

RnCtm *
rn_ctm_new (const RnCtmLink *links, guint n_links, const RnCtmTurn *turns, guint n_turns)
{
  RnCtm *self = g_new0 (RnCtm, 1);
  double **columns[] = {
    &self->cell_m,      &self->wave_ms,   &self->limit_ms,    &self->link_factor, &self->entry_step,
    &self->entry_limit, &self->waiting,   &self->exit_limit,  &self->send,        &self->room,
    &self->reduction,   &self->in,        &self->out,         &self->off,         &self->entry_flow,
    &self->sum_veh_m,   &self->sum_veh_s, &self->sum_entered, &self->sum_left,
  };

  self->n_links = n_links;
  self->n_turns = n_turns;
  self->link = g_new0 (RnCtmLink, n_links);
  self->first = g_new0 (guint32, n_links + 1);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    *columns[i] = g_new0 (double, n_links);
  set_up_links (self, links);
  self->n = g_new0 (double, self->n_cells);
  self->cell_factor = g_new (double, self->n_cells);
  for (guint c = 0; c < self->n_cells; c++)
    self->cell_factor[c] = 1.0;
  self->turn = g_new0 (RnCtmTurn, n_turns);
  self->turn_place = g_new0 (guint32, n_turns);
  self->turn_first = g_new0 (guint32, n_links + 1);
  set_up_turns (self, turns);
  return self;
}

void
rn_ctm_free (RnCtm *self)
{
  gpointer all[] = {
    self->link,        self->first,      self->cell_m,      self->wave_ms,   self->limit_ms,
    self->link_factor, self->entry_step, self->entry_limit, self->waiting,   self->exit_limit,
    self->send,        self->room,       self->reduction,   self->in,        self->out,
    self->off,         self->entry_flow, self->sum_veh_m,   self->sum_veh_s, self->sum_entered,
    self->sum_left,    self->n,          self->cell_factor, self->turn,      self->turn_place,
    self->turn_first,
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
  g_free (self);
}

void
rn_ctm_set_entry (RnCtm *self, guint link, double demand_vph, double limit_vph)
{
  self->entry_step[link] = MAX (demand_vph, 0.0) / 3600.0 * RN_CTM_STEP_S;
  self->entry_limit[link] = MAX (limit_vph, 0.0) / 3600.0 * RN_CTM_STEP_S;
}

void
rn_ctm_set_share (RnCtm *self, guint turn, double share)
{
  self->turn[self->turn_place[turn]].share = share;
}

void
rn_ctm_set_exit_limit (RnCtm *self, guint link, double limit_vph)
{
  self->exit_limit[link] = limit_vph / 3600.0 * RN_CTM_STEP_S;
}

void
rn_ctm_set_link (RnCtm *self, guint link, double limit_kmh, double capacity_factor)
{
  double limit = MIN (limit_kmh, self->link[link].free_kmh);

  self->limit_ms[link] = MAX (limit, 5.0) / 3.6;
  self->link_factor[link] = CLAMP (capacity_factor, 0.0, 1.0);
  for (guint32 c = self->first[link]; c < self->first[link + 1]; c++)
    self->cell_factor[c] = 1.0;
}

void
rn_ctm_set_cell (RnCtm *self, guint link, double position_m, double capacity_factor)
{
  guint count = self->first[link + 1] - self->first[link];
  double place = position_m / self->link[link].length_m * count;
  guint cell = (guint) CLAMP (place, 0.0, count - 1.0);

  self->cell_factor[self->first[link] + cell] *= CLAMP (capacity_factor, 0.0, 1.0);
}

void
rn_ctm_set_density (RnCtm *self, guint link, double vpkm)
{
  double vehicles =
      CLAMP (vpkm, 0.0, RN_CTM_JAM_VPKM) * self->link[link].lanes * self->cell_m[link] / 1000.0;

  for (guint32 c = self->first[link]; c < self->first[link + 1]; c++)
    {
      self->initial += vehicles - self->n[c];
      self->n[c] = vehicles;
    }
}

/* What the end of each link could send and its start could take, in vehicles of one step, and what
 * wants to enter from outside. */
static void
offer (RnCtm *self)
{
  for (guint i = 0; i < self->n_links; i++)
    {
      double most = self->link[i].capacity_vph / 3600.0 * RN_CTM_STEP_S * self->link_factor[i];
      double per_m = RN_CTM_STEP_S / self->cell_m[i];
      double jam = RN_CTM_JAM_VPKM * self->link[i].lanes * self->cell_m[i] / 1000.0;
      guint32 a = self->first[i], z = self->first[i + 1] - 1;

      self->send[i] = MIN (self->n[z] * self->limit_ms[i] * per_m, most * self->cell_factor[z]);
      self->room[i] =
          MIN (most * self->cell_factor[a], self->wave_ms[i] * per_m * (jam - self->n[a]));
      self->waiting[i] += self->entry_step[i];
      self->arrived += self->entry_step[i];
      self->entry_flow[i] = MIN (self->waiting[i], self->entry_limit[i]);
      self->reduction[i] = self->entry_flow[i]; /* demand for the link, for now */
      self->in[i] = 0.0;
    }
}

static void
pass_nodes (RnCtm *self)
{
  for (guint i = 0; i < self->n_links; i++)
    for (guint32 t = self->turn_first[i]; t < self->turn_first[i + 1]; t++)
      self->reduction[self->turn[t].to] += self->send[i] * self->turn[t].share;
  for (guint i = 0; i < self->n_links; i++)
    self->reduction[i] = self->reduction[i] > self->room[i] && self->reduction[i] > 0.0
                             ? MAX (self->room[i], 0.0) / self->reduction[i]
                             : 1.0;
  for (guint i = 0; i < self->n_links; i++)
    {
      double part = 1.0, stays = 0.0, leaves;

      for (guint32 t = self->turn_first[i]; t < self->turn_first[i + 1]; t++)
        {
          stays += self->turn[t].share;
          if (self->turn[t].share > 0.0)
            part = MIN (part, self->reduction[self->turn[t].to]);
        }
      leaves = MAX (1.0 - stays, 0.0);
      if (leaves * self->send[i] > self->exit_limit[i])
        part = MIN (part, self->exit_limit[i] / (leaves * self->send[i]));
      self->out[i] = self->send[i] * part;
      self->off[i] = self->out[i];
      for (guint32 t = self->turn_first[i]; t < self->turn_first[i + 1]; t++)
        {
          double flow = self->out[i] * self->turn[t].share;

          self->in[self->turn[t].to] += flow;
          self->off[i] -= flow;
        }
      self->entry_flow[i] *= self->reduction[i];
    }
}

/* Moves the vehicles of one link, from its end backwards so that each cell still holds what it had
 * when the step began. */
static void
move (RnCtm *self, guint i)
{
  double most = self->link[i].capacity_vph / 3600.0 * RN_CTM_STEP_S * self->link_factor[i];
  double ahead = self->limit_ms[i] * RN_CTM_STEP_S / self->cell_m[i];
  double back = self->wave_ms[i] * RN_CTM_STEP_S / self->cell_m[i];
  double jam = RN_CTM_JAM_VPKM * self->link[i].lanes * self->cell_m[i] / 1000.0;
  double out = self->out[i], travelled = 0.0, present = 0.0;
  guint32 a = self->first[i];

  for (guint32 c = self->first[i + 1]; c-- > a;)
    {
      double in;

      present += self->n[c];
      travelled += out;
      if (c == a)
        in = self->in[i] + self->entry_flow[i];
      else
        in = MAX (0.0, MIN (MIN (self->n[c - 1] * ahead, most * self->cell_factor[c - 1]),
                            MIN (most * self->cell_factor[c], back * (jam - self->n[c]))));
      self->n[c] += in - out;
      out = in;
    }
  self->sum_veh_m[i] += travelled * self->cell_m[i];
  self->sum_veh_s[i] += present * RN_CTM_STEP_S;
}

void
rn_ctm_step (RnCtm *self)
{
  offer (self);
  pass_nodes (self);
  for (guint i = 0; i < self->n_links; i++)
    {
      move (self, i);
      self->waiting[i] -= self->entry_flow[i];
      self->entered += self->entry_flow[i];
      self->left += self->off[i];
      self->sum_entered[i] += self->entry_flow[i];
      self->sum_left[i] += self->off[i];
    }
  self->steps++;
}

void
rn_ctm_begin (RnCtm *self)
{
  gsize size = sizeof (double) * self->n_links;

  memset (self->sum_veh_m, 0, size);
  memset (self->sum_veh_s, 0, size);
  memset (self->sum_entered, 0, size);
  memset (self->sum_left, 0, size);
  self->steps = 0;
}

RnCtmMeasure
rn_ctm_measure (const RnCtm *self, guint link)
{
  RnCtmMeasure m = { 0.0, NAN, 0.0, 0.0, 0.0 };
  guint count = self->first[link + 1] - self->first[link];
  double length_m = self->cell_m[link] * count;
  double time_s = self->steps * RN_CTM_STEP_S;

  if (self->steps == 0)
    return m;
  m.flow_vph = self->sum_veh_m[link] / (length_m * time_s) * 3600.0;
  m.density_vpkm = self->sum_veh_s[link] / (length_m * time_s) * 1000.0 / self->link[link].lanes;
  if (self->sum_veh_s[link] > 1e-6)
    m.speed_kmh = self->sum_veh_m[link] / self->sum_veh_s[link] * 3.6;
  m.entered_vph = self->sum_entered[link] / time_s * 3600.0;
  m.left_vph = self->sum_left[link] / time_s * 3600.0;
  return m;
}

RnCtmTotals
rn_ctm_totals (const RnCtm *self)
{
  RnCtmTotals totals = {
    .entered = self->entered, .left = self->left, .initial = self->initial, .arrived = self->arrived
  };

  for (guint c = 0; c < self->n_cells; c++)
    totals.stored += self->n[c];
  for (guint i = 0; i < self->n_links; i++)
    totals.waiting += self->waiting[i];
  return totals;
}

double
rn_ctm_waiting (const RnCtm *self, guint link)
{
  return self->waiting[link];
}

guint
rn_ctm_n_cells (const RnCtm *self, guint link)
{
  return self->first[link + 1] - self->first[link];
}

double
rn_ctm_cell_length_m (const RnCtm *self, guint link)
{
  return self->cell_m[link];
}

double
rn_ctm_cell_vpkm (const RnCtm *self, guint link, guint cell)
{
  return self->n[self->first[link] + cell] / self->link[link].lanes / self->cell_m[link] * 1000.0;
}

double
rn_ctm_critical_vpkm (const RnCtm *self, guint link)
{
  double speed = self->limit_ms[link], wave = self->wave_ms[link];
  double meet = RN_CTM_JAM_VPKM * wave / (speed + wave); /* where both branches meet */
  double most = self->link[link].capacity_vph * self->link_factor[link] / self->link[link].lanes
                / (speed * 3.6);

  return MIN (meet, most);
}

double
rn_ctm_wave_kmh (const RnCtm *self, guint link)
{
  return self->wave_ms[link] * 3.6;
}

double
rn_ctm_courant (const RnCtm *self)
{
  double worst = 0.0;

  for (guint i = 0; i < self->n_links; i++)
    worst = MAX (worst, MAX (self->link[i].free_kmh / 3.6, self->wave_ms[i]) * RN_CTM_STEP_S
                            / self->cell_m[i]);
  return worst;
}
