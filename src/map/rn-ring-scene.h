/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rings round sections: of the selection (land, then violet) and of what is hovered (violet). */
#pragma once

#include "map/rn-flow-scene.h"
#include "model/rn-subject.h"

/** The sections that a subject's ring goes round: itself, or all of a road; elements guint32. */
GArray *rn_ring_sections (const RnNetwork *network, const RnSubject *subject);

/** The rings of @sections (elements guint32; copied) as drawn in @flow; NULL for no section. */
RnScene *rn_ring_scene_new (const RnFlowScene *flow, const GArray *sections, RnRing ring);
