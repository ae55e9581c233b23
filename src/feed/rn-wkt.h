/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines in well-known text (OGC 06-103r4), as road authorities put them into XML. Pure. */
#pragma once

#include <glib.h>

/** Reads "LINESTRING(lon lat,lon lat)" (any case and spacing, an SRID prefix, Z and M values are
 *  skipped) or a MULTILINESTRING whose parts follow each other with gaps of at most 100 m, which
 *  become one line. An array of RnPoint, or NULL and RN_FEED_ERROR_DOCUMENT with the cause. */
GArray *rn_wkt_parse_line (const char *text, GError **error);
