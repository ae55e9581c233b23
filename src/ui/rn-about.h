/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The About window with the credits of all data that the program carries. Main thread. */
#pragma once

#include <gtk/gtk.h>

void rn_about_show (GtkWindow *parent);
