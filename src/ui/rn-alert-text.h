/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of alerts: place, what, value against threshold, queue, answer, shelf. Pure, no widgets,
 * any thread. Returned strings are the caller's unless const. */
#pragma once

#include "model/rn-frame.h"
#include "ui/rn-alert-sheet.h"

/** From where an alert is looked at; borrowed. */
typedef struct {
  const RnFrame *frame;
  const RnAlertSheet *sheet;
  gint64 now_us; /* the session's clock */
  GTimeZone *timezone;
} RnAlertContext;

/** The rule that it is of; NULL when there is none of this id any more. Borrowed. */
const RnRule *rn_alert_text_rule (const RnAlertContext *context, const RnAlert *alert);
/** The section that it is about: its own, that of its incident, the first of its works; RN_NONE. */
guint32 rn_alert_text_section (const RnAlertContext *context, const RnAlert *alert);
/** Where along the road; NaN unknown. */
double rn_alert_text_chainage_m (const RnAlertContext *context, const RnAlert *alert);

/** "G2 K1064+300 towards Beijing", "Yangcheng Lake Service Area", "Flow (Jiangsu)". */
char *rn_alert_text_place (const RnAlertContext *context, const RnAlert *alert);
/** The same without the direction where the place is exact enough for a row: of an incident. */
char *rn_alert_text_row_place (const RnAlertContext *context, const RnAlert *alert);
/** "Severe congestion": the name of its rule; of an incident what it is. */
char *rn_alert_text_what (const RnAlertContext *context, const RnAlert *alert);

/** The value as it is now, else as it was last told; NaN unknown. */
double rn_alert_text_value (const RnAlertContext *context, const RnAlert *alert);
/** "Speed ratio 0.21 < 0.25", "Road surface: ice". */
char *rn_alert_text_limit (const RnAlertContext *context, const RnAlert *alert);
/** "queue 8.6 km · tail K1252+300"; NULL when it has none. */
char *rn_alert_text_queue (const RnAlertContext *context, const RnAlert *alert);
/** The second line of a row: what an incident blocks, value, queue, owner. */
char *rn_alert_text_second (const RnAlertContext *context, const RnAlert *alert);

/** "Data lost", "Data stale", "Data suspect"; NULL while they are good. Borrowed. */
const char *rn_alert_text_data (const RnAlert *alert);
/** "Unacknowledged", "Recovering", "Shelved to 11:42". */
char *rn_alert_text_answer (const RnAlertContext *context, const RnAlert *alert);
/** "Shelved by Zhou Min until 11:42, or until it ends: camera works"; NULL when nothing masks it. */
char *rn_alert_text_mask (const RnAlertContext *context, const RnAlert *alert);

/** "Tier II". Borrowed. */
const char *rn_alert_text_tier (int tier);
/** "What happened" in a timeline: "Tier II: speed ratio 0.21 < 0.25", "Shelved to 11:42: …". */
char *rn_alert_text_entry (const RnAlertContext *context, const RnAlertEntry *entry);
