/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps on a line: the status of an incident (large marks with ticks) and its times T0–T7 (small
 * marks with values). Main thread. */
#pragma once

#include <gtk/gtk.h>

typedef enum { RN_STEP_TODO, RN_STEP_NOW, RN_STEP_DONE } RnStepState;

typedef struct {
  const char *code;  /* above the mark, "T0"; NULL none */
  const char *title; /* below it */
  const char *value; /* below that, NULL none */
  RnStepState state;
} RnStep;

#define RN_TYPE_STEPPER (rn_stepper_get_type ())
G_DECLARE_FINAL_TYPE (RnStepper, rn_stepper, RN, STEPPER, GtkWidget)

/* Property for templates: "small" (boolean, construct): small marks. */

GtkWidget *rn_stepper_new (gboolean small);

/** Shows the steps; strings are copied. */
void rn_stepper_set_steps (RnStepper *self, const RnStep *steps, guint n);
