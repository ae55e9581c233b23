/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A key figure of the operator. Immutable once in a frame, atomically refcounted. */
#pragma once

#include "base/rn-names.h"

typedef enum {
  RN_KPI_TRAFFIC,
  RN_KPI_TOLLING,
  RN_KPI_DATA,
  RN_KPI_HOTLINE,
  RN_KPI_CONCESSION,
  RN_KPI_WORK,
  RN_N_KPI_GROUPS
} RnKpiGroup;

typedef struct {
  gint64 at_us;
  double value;
} RnKpiSample;
typedef struct {
  char *dimension, *key;
  RnNames *names;
  double value;
} RnKpiShare;
typedef struct {
  char *id, *title, *list, *owner, *note;
  gint64 due_us; /* 0 unknown */
  double progress_pct;
} RnKpiTask;

typedef struct {
  char *source, *id, *key;
  RnNames *names;
  RnKpiGroup group;
  double value, target; /* NaN unknown */
  char *unit, *period;  /* NULL unknown */
  int better;           /* 1 higher, -1 lower, 0 unknown */
  double record_value;  /* NaN none */
  char *record_on, *record_what;
  guint n_series;
  RnKpiSample *series;
  guint n_by;
  RnKpiShare *by;
  guint n_tasks;
  RnKpiTask *tasks;
  gint64 observed_at_us;
} RnKpi;

RnKpi *rn_kpi_new (const char *source, const char *id);
RnKpi *rn_kpi_ref (const RnKpi *self);
void rn_kpi_unref (const RnKpi *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnKpi, rn_kpi_unref)
