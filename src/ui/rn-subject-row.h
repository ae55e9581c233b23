/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of list boxes for things on the map: icon, what, where, and a word at the right edge. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"

/** A row of a list box that shows @subject of the seat's frame; floating. @before, @word: in front
 *  of its second line and at the right edge; NULL: nothing. NULL when it is not in the frame. */
GtkWidget *
rn_subject_row_new (RnSeat *seat, const RnSubject *subject, const char *before, const char *word);
const RnSubject *rn_subject_row_get (GtkWidget *row);

/** "12 incidents", of subjects of one kind. Caller's. */
char *rn_subject_row_count_title (const GPtrArray *subjects);
