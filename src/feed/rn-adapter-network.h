/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapter "network": own network files. A document of the schema of GET /v1/network that lies in a
 * file or at an address of its own: roads, sections and facilities, and nothing that changes. Other
 * sources may then give works and incidents for it, joined by place. */
#pragma once

#include "feed/rn-adapter.h"

extern const RnAdapter rn_adapter_network;
