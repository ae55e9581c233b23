/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections as rows of a card that lead to them: name, direction, speed, state chip. Main thread. */
#pragma once

#include "ui/rn-card-body.h"

/** Fills @box with the sections, worst first, at most @max of them. Returns how many there are. */
guint rn_section_rows_fill (GtkWidget *box, const RnCardContext *context, const guint32 *sections,
                            guint n, guint max);
