/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the works that go on: dashed, tan, along the outer side of their carriageway. */
#pragma once

#include "map/rn-flow-scene.h"

/** NULL when no work of the frame goes on. */
RnScene *rn_work_scene_new (const RnFlowScene *flow);
