/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The areas of weather warnings: faint fill, hatched, dashed edge, in the colour of their tier. */
#pragma once

#include "carto/rn-theme.h"
#include "map/rn-scene.h"
#include "model/rn-frame.h"

/** NULL when no warning of the frame has an area. */
RnScene *rn_warning_scene_new (const RnFrame *frame, RnThemeId theme);
