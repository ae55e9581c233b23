/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Foreign text as it may stand on the screen: without markup, without signs that change the
 * direction or are not to be seen, and not longer than asked for. Pure, any thread. */
#pragma once

#include <glib.h>

/** @text (UTF-8) without HTML tags, its character references resolved, breaks and list items as
 *  lines, white space run together, cut with "…" after @max_chars. NULL when nothing is left of it
 *  or @text is NULL. Caller frees. */
char *rn_plain_text (const char *text, guint max_chars);
