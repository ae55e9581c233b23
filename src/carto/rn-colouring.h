/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the colours of the flow layer stand for: pure tables of bands, of which the map, the legend
 * and the figures are made. Class 0 is "no data" in each; the others follow from good (little) to
 * bad (much). Pure, any thread. */
#pragma once

#include "carto/rn-line.h"
#include "carto/rn-theme.h"
#include "model/rn-frame.h"

typedef enum {
  RN_COLOURING_STATE,
  RN_COLOURING_SPEED_RATIO,
  RN_COLOURING_LOS,
  RN_COLOURING_FLOW,
  RN_COLOURING_DENSITY,
  RN_COLOURING_OCCUPANCY,
  RN_N_COLOURINGS
} RnColouring;

#define RN_MAX_BANDS 7

typedef struct {
  const char *label;       /* "1" … "6", "–" for no data: the digit of the row */
  const char *title;       /* "Severe", in the language in use; never NULL */
  const char *range;       /* "≥ 0.75", "1,500–3,000 veh/h", …; "" when it has none */
  const char *style_class; /* CSS class: "s0" … "s5" as of states, "r1" … "r5" of the ramp */
} RnBand;

/** The bands by class, in the language in use. Owned by the table. */
const RnBand *rn_colouring_bands (RnColouring self, guint *n);

/** How each class is drawn; as many rows as there are bands. Owned by the table. */
const RnLineStyle *rn_colouring_styles (RnColouring self, RnThemeId theme, guint *n);

/** Name in the language in use ("Traffic state"), and word for settings ("speed-ratio"). */
const char *rn_colouring_title (RnColouring self);
const char *rn_colouring_word (RnColouring self);
/** FALSE when @word is none. */
gboolean rn_colouring_from_word (const char *word, RnColouring *self);

/** The value that is classified, in the unit of the range text; NaN unknown. For STATE and LOS
 *  the level itself (0 is NaN). */
double rn_colouring_value (RnColouring self, const RnFrame *frame, guint32 section);

/** Class of one value; NaN and values below 0 give 0. */
guint8 rn_colouring_class (RnColouring self, double value);

/** Fills @classes, one of frame->network->n_sections. 100,000 take about a millisecond. */
void rn_colouring_classify (RnColouring self, const RnFrame *frame, guint8 *classes);

/** Sums the length of the sections of each class, km of carriageway. */
void
rn_colouring_lengths_km (const RnNetwork *network, const guint8 *classes, double km[RN_MAX_BANDS]);
