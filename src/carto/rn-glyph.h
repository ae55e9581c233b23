/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The embedded outlines of symbols, in boxes of 16 × 16. Read once; constant, any thread. Of this
 * room only. */
#pragma once

#include <cairo.h>
#include <glib.h>

/** Appends the outline of piece @piece of @name to the path; FALSE past the last piece or when
 *  there is no such glyph. @even_odd gets its fill rule. */
gboolean rn_glyph_path (cairo_t *cr, const char *name, guint piece, gboolean *even_odd);
