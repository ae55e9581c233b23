/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window shows when no source was named: how to start the demo and how to name one. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

#define RN_TYPE_START_PAGE (rn_start_page_get_type ())
G_DECLARE_FINAL_TYPE (RnStartPage, rn_start_page, RN, START_PAGE, GtkWidget)

/* Its button activates the action "app.start-demo". */
