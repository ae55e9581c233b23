/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames and networks for the display tests, the picture program and the benchmark of the map. */
#pragma once

#include "model/rn-frame.h"

#define FRAMES_AT_US (G_GINT64_CONSTANT (1790822556) * G_USEC_PER_SEC) /* 1 Oct 2026, 10:42:36 +8 */

/** The demo network with facilities and names from RN_TEST_SHARED; NULL when it is not there. */
RnNetwork *frames_jiangsu (void);

/** States in the whole network, mostly calm, worse around three places; the same for the same
 *  @seed. @quality: of all rows. */
RnFrame *frames_calm (const RnNetwork *network, guint seed, RnQuality quality);

/** Section i in state 1 + (i + @shift) % 5: everything changes with the shift. */
RnFrame *frames_striped (const RnNetwork *network, guint shift);

/** As frames_striped() with shift 0, but section @section is in state 5 instead of what it was, or
 *  1 when it was 5. */
RnFrame *frames_one_changed (const RnNetwork *network, guint32 section);

/** frames_calm() with incidents, works, a warning with a station, and facility states, at places
 *  of Jiangsu. */
RnFrame *frames_busy (const RnNetwork *network, RnQuality quality);

/** frames_calm() with @n incidents and works, half each, spread over the sections, levels mixed: of
 *  a hundred incidents one of level I, four of II. */
RnFrame *frames_crowded (const RnNetwork *network, guint n);
