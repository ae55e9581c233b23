/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tiered heavy-flow plan and the measures in force. Immutable once in a frame, refcounted. The
 * criteria stay as JSON text: the alert room reads them. */
#pragma once

#include "base/rn-names.h"

typedef struct {
  char *source, *id, *key;
  RnNames *names;
  int tier; /* 0 none, 4 (IV) … 1 (I) */
  gint64 since_us;
  GStrv sections, facilities;          /* ids as given */
  char *criteria_json, *measures_json; /* NULL absent */
} RnPlan;

typedef struct {
  char *source, *id, *key, *plan, *what, *where, *party, *by;
  int tier;
  gint64 ordered_us, confirmed_us, executed_us, lifted_us; /* 0 not yet */
} RnMeasure;

RnPlan *rn_plan_new (const char *source, const char *id);
RnPlan *rn_plan_ref (const RnPlan *self);
void rn_plan_unref (const RnPlan *self);
RnMeasure *rn_measure_new (const char *source, const char *id);
RnMeasure *rn_measure_ref (const RnMeasure *self);
void rn_measure_unref (const RnMeasure *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnPlan, rn_plan_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnMeasure, rn_measure_unref)
