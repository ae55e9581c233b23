/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layout that puts children side by side and begins another line where there is no room left: for
 * chips. No state but its gap; main thread. */
#pragma once

#include <gtk/gtk.h>

#define RN_TYPE_WRAP_LAYOUT (rn_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (RnWrapLayout, rn_wrap_layout, RN, WRAP_LAYOUT, GtkLayoutManager)

/** @gap_px: between children and between lines. */
GtkLayoutManager *rn_wrap_layout_new (int gap_px);
