/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RoadNet's own network document, GET /v1/network: GeoJSON in, network out. Pure. */
#pragma once

#include "base/rn-json.h"
#include "base/rn-refusals.h"
#include "model/rn-network-builder.h"

/** Reads a whole network document whose coordinates are of @crs. Bad rows go to @refusals with path
 *  and reason; NULL and @error when the document itself is none: it names all mandatory members
 *  that are missing. */
RnNetwork *rn_network_from_geojson (JsonNode *root, const char *source, RnCrs crs,
                                    RnRefusals *refusals, GError **error);
