/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What belongs together on the road: which sections form one jam, what causes a queue, which
 * sections are closed. Looks only round sections that have alerts. Pure, any thread. */
#pragma once

#include "model/rn-frame.h"

/* Rule of a row that the engine makes itself, where no rule has told of the cause: of an incident,
 * of works, of a feed. Its alerts are "cause incident:…". */
#define RN_ALERT_CAUSE "cause"

/* Sections that far apart still hang together, or one section, if that is longer. */
#define RN_ALERT_BRIDGE_M 2000.0

/** "Queue at an incident", for the title of such a row. */
const char *rn_alert_cause_title (RnSubjectKind kind);

/** Appends the sections (guint32) whose alerts are of one jam with those of @section, nearest
 *  first: itself, all upstream and downstream of it, over junctions too, and on its own road and
 *  direction those behind a gap of one section or of RN_ALERT_BRIDGE_M. */
void rn_alert_group_neighbours (const RnNetwork *network, guint32 section, GArray *neighbours);

/** Why there is a queue on a section. */
typedef struct {
  RnSubjectKind kind; /* RN_SUBJECT_INCIDENT or RN_SUBJECT_WORK */
  const char *key;    /* borrowed from the frame */
  guint32 section;    /* where it is */
  guint distance;     /* sections from there */
  gboolean sure;      /* FALSE: only over sections without data */
} RnAlertCause;

/** The queues of all active incidents, and of active works that take capacity, at @frame: section →
 *  RnAlertCause. Each begins at its own sections and goes upstream while sections are congested
 *  (state ≥ 4) or among @standing (a set of sections); the nearest cause has a section, at the same
 *  distance an incident before works. Caller's. */
GHashTable *rn_alert_group_causes (const RnFrame *frame, GHashTable *standing);

/** Sections (a set) that are closed by design, so that nothing there needs anybody: by a control of
 *  level "special", a closure that names the section, or works there that close all lanes. Caller's;
 *  NULL: none. */
GHashTable *rn_alert_group_closed (const RnFrame *frame);

/** Where the queue on @section begins: downstream from it while sections are congested or among
 *  @standing. */
guint32 rn_alert_group_head (const RnFrame *frame, guint32 section, GHashTable *standing);
