/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean": the known word nearest to one that is not known. Pure, any thread. */
#pragma once

#include <glib.h>

/** The one of @words (NULL-terminated) with the fewest letters changed, added or left out against
 *  @word; NULL when none is near enough to be meant. Borrowed from @words. */
const char *rn_nearest (const char *word, const char *const *words);
