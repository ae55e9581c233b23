/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The byte scanner behind rn_json_parse(): nothing reaches json-glib that it would read in another
 * way than RFC 8259. Private to rn-json.c. Pure; any thread. */
#pragma once

#include <glib.h>

/** Checks @n bytes. TRUE when they are one JSON value of at most RN_JSON_MAX_DEPTH levels. @fixes
 *  gets the offsets (gsize) of what json-glib would misread although it is right, and
 *  rn_json_repair() mends: ends of integers beyond 64 bits, and \u0000 escapes. */
gboolean rn_json_scan (const char *data, gsize n, GArray *fixes, GError **error);

/** A copy in which such integers have a ".0" and \u0000 is \ufffd. @length gets its length. */
char *rn_json_repair (const char *data, gsize n, const GArray *fixes, gsize *length);
