/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search entry of the header: sections, places such as "G42 K123+400", roads, facilities,
 * incidents, works. Its results float below it in the nearest GtkOverlay above it; Enter goes to
 * one. Main thread; the index is built and asked in a worker. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"

#define RN_TYPE_SEARCH (rn_search_get_type ())
G_DECLARE_FINAL_TYPE (RnSearch, rn_search, RN, SEARCH, GtkWidget)

/** It must be put below a GtkOverlay. */
GtkWidget *rn_search_new (RnSeat *seat);

/** Puts the keyboard focus into the entry and selects its text. */
void rn_search_focus (RnSearch *self);
