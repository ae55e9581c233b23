/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result of asking a source once, line by line, with ways to see what was refused and to change
 * the token. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-source-test.h"

#define RN_TYPE_SOURCE_CHECK_LIST (rn_source_check_list_get_type ())
G_DECLARE_FINAL_TYPE (RnSourceCheckList, rn_source_check_list, RN, SOURCE_CHECK_LIST, GtkWidget)

/* Signal "change-token": the person wants to type another one. */

/** Follows @test; hidden while it has nothing to say. */
GtkWidget *rn_source_check_list_new (RnSourceTest *test);
