/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The named views in the left panel: a row each with its key, and what can be done with them. A row
 * that is activated activates the action win.view with its number, from 1. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-views.h"

#define RN_TYPE_VIEW_LIST (rn_view_list_get_type ())
G_DECLARE_FINAL_TYPE (RnViewList, rn_view_list, RN, VIEW_LIST, GtkWidget)

GtkWidget *rn_view_list_new (RnViews *views);

/** Keeps what the map shows now: asks for its name in a new row. */
void rn_view_list_add (RnViewList *self);
