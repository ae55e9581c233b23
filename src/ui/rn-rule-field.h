/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry that holds a number, or nothing. The point is '.', as everywhere. Main thread. */
#pragma once

#include <gtk/gtk.h>

/** @name: for screen readers. */
GtkWidget *rn_rule_field_new (const char *name);
/** NaN: empty. */
void rn_rule_field_set (GtkWidget *field, double value);
/** @value: the number; @empty where there is none. FALSE when it holds something else: then it is
 *  marked. */
gboolean rn_rule_field_get (GtkWidget *field, double empty, double *value);
