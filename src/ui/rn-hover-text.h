/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the hover card says about a subject, in the language in use. Pure. */
#pragma once

#include "model/rn-frame.h"

typedef struct {
  char *road; /* "G2", NULL none */
  RnShield shield;
  char *title;
  guint8 state; /* of a section: 0 … 5; else RN_N_STATES */
  char *values; /* second line; NULL none */
  char *note;   /* third line; NULL none */
} RnHoverText;

/** NULL when the subject is not in the frame. @now_us: the source's clock. Caller frees. */
RnHoverText *rn_hover_text_new (const RnFrame *frame, const RnSubject *subject, gint64 now_us,
                                GTimeZone *timezone);
void rn_hover_text_free (RnHoverText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnHoverText, rn_hover_text_free)
