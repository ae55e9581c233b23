/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The room's embedded files (data/carto). Of this room only. Any thread. */
#pragma once

#include <json-glib/json-glib.h>

/** Parses an embedded JSON file; aborts when it is missing or broken, for then the program is
 *  built wrong. Free with json_node_unref(). */
JsonNode *rn_carto_data_json (const char *name);
