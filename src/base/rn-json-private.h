/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of JSON in this room share. Any thread. */
#pragma once

#include "base/rn-json.h"

/** The text of @bytes, checked and mended so that json-glib reads it as RFC 8259 says, without
 *  byte-order mark. NULL and @error as rn_json_parse(). Caller frees. */
char *rn_json_dup_checked (GBytes *bytes, GError **error);

/** Parses such a text, or a value out of it. Free with json_node_unref(). */
JsonNode *rn_json_parse_checked (JsonParser *parser, const char *text, GError **error);
