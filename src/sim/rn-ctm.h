/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cell transmission model: traffic as a fluid in cells (Daganzo, "The cell transmission model",
 * Transportation Research B 28, 1994, and part II: network traffic, B 29, 1995) with a triangular
 * fundamental diagram. Knows links, turns, entries and exits, and nothing of roads, time of day or
 * incidents. Deterministic; one thread. */
#pragma once

#include <glib.h>

/** Greatest length of a cell. */
#define RN_CTM_CELL_M 500.0
/** Length of a step. 140 km/h × 5 s = 194 m, so the cells of any section from 200 m on keep the
 *  Courant–Friedrichs–Lewy condition; a shorter section counts as long as it needs to be. */
#define RN_CTM_STEP_S 5.0
/** Vehicles per km and lane when all stand: 7.1 m each. Textbooks use 120 to 150 (Treiber and
 *  Kesting, "Traffic Flow Dynamics", 2013, for mixed traffic). */
#define RN_CTM_JAM_VPKM 140.0
typedef struct {
  double length_m;
  int lanes;           /* at least 1 */
  double free_kmh;     /* > 0 */
  double capacity_vph; /* all lanes, > 0 */
} RnCtmLink;

/** From the end of one link to the start of another. The shares of a link add up to at most 1; what
 *  is left leaves the network at its end. */
typedef struct {
  guint32 from, to;
  double share;
} RnCtmTurn;

typedef struct {
  double entered; /* vehicles that came onto the roads since the start */
  double left;    /* vehicles that left them */
  double stored;  /* vehicles on them now */
  double initial; /* vehicles put there by rn_ctm_set_density() */
  double arrived; /* vehicles that wanted in since the start */
  double waiting; /* vehicles that still wait to enter */
} RnCtmTotals;

typedef struct {
  double flow_vph;     /* Edie's flow: vehicle-km over length and time */
  double speed_kmh;    /* space-mean speed: vehicle-km over vehicle-hours; NaN without a vehicle */
  double density_vpkm; /* mean over length and time, per lane */
  double entered_vph;  /* came in at the start from outside */
  double left_vph;     /* left the network at the end */
} RnCtmMeasure;

typedef struct _RnCtm RnCtm;

/** Copies its arguments. Links whose ends meet in a turn share a node. */
RnCtm *rn_ctm_new (const RnCtmLink *links, guint n_links, const RnCtmTurn *turns, guint n_turns);
void rn_ctm_free (RnCtm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnCtm, rn_ctm_free)

/** How much wants to enter at the start of @link, vehicles per hour; it waits while there is no
 *  room. @limit_vph: the most that may pass (metering, lanes of a plaza); 0 closes the entry. */
void rn_ctm_set_entry (RnCtm *self, guint link, double demand_vph, double limit_vph);
void rn_ctm_set_share (RnCtm *self, guint turn, double share);
/** Greatest flow off the network at the end of @link; INFINITY for none. */
void rn_ctm_set_exit_limit (RnCtm *self, guint link, double limit_vph);

/** Speed limit in force (at most the free speed) and factor on the capacity of all of @link.
 *  Forgets the factors of single cells. */
void rn_ctm_set_link (RnCtm *self, guint link, double limit_kmh, double capacity_factor);
/** A further factor on the capacity of the cell of @link that holds @position_m. 0 shuts it. */
void rn_ctm_set_cell (RnCtm *self, guint link, double position_m, double capacity_factor);

/** Fills @link evenly, vehicles per km and lane. */
void rn_ctm_set_density (RnCtm *self, guint link, double vpkm);

/** One step of RN_CTM_STEP_S. */
void rn_ctm_step (RnCtm *self);

/** Begins a new interval of measurement, for all links. */
void rn_ctm_begin (RnCtm *self);
/** What happened on @link since rn_ctm_begin(). */
RnCtmMeasure rn_ctm_measure (const RnCtm *self, guint link);

RnCtmTotals rn_ctm_totals (const RnCtm *self);
double rn_ctm_waiting (const RnCtm *self, guint link);
guint rn_ctm_n_cells (const RnCtm *self, guint link);
double rn_ctm_cell_length_m (const RnCtm *self, guint link);
/** Vehicles per km and lane in a cell, counted from the start of the link. */
double rn_ctm_cell_vpkm (const RnCtm *self, guint link, guint cell);
/** The density at capacity of @link under the limits in force, vehicles per km and lane. */
double rn_ctm_critical_vpkm (const RnCtm *self, guint link);
/** Speed of the backward wave of @link, km/h. */
double rn_ctm_wave_kmh (const RnCtm *self, guint link);
/** Greatest share of a cell that a vehicle can cross in a step, over all cells: ≤ 1 is CFL. */
double rn_ctm_courant (const RnCtm *self);
