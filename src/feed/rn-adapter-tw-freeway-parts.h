/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the tw-freeway adapter share with each other and with nobody else. */
#pragma once

#include "feed/rn-adapter.h"
#include "feed/rn-xml.h"

/* Slots in the order of the adapter's table. */
typedef enum { RN_TW_SHAPES, RN_TW_SECTIONS, RN_TW_LIVE, RN_TW_N_SLOTS } RnTwSlot;

RnDocument *rn_tw_decode_network (const RnXml *shapes, const RnXml *sections,
                                  const RnDecodeContext *context, GError **error);
RnDocument *rn_tw_decode_flow (const RnXml *live, const RnDecodeContext *context, GError **error);

/** A time as the bureau writes it: "2023-04-11 15:44:00" or "2023/04/11 15:44:00" on Taiwan's
 *  clocks (UTC+8 all year since 1979, or @zone if not NULL), or RFC 3339, its T possibly a space.
 *  Unix µs, 0 when it is not one. */
gint64 rn_tw_parse_time (const char *text, GTimeZone *zone);

/** Counts @element as refused; @below (may be NULL) is the member at fault. */
void rn_tw_refuse (RnDocument *document, const RnXmlElement *element, const char *below,
                   const char *reason);
