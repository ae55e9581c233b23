/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands across the window when the picture is not to be trusted: server lost, access refused,
 * feed frozen; and in a second one what is wrong with the alerts: a flood, rules that were refused, a
 * journal that is off. Main thread; the judgement is pure. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-alert-sheet.h"
#include "ui/rn-feed-text.h"

typedef enum {
  RN_BANNER_NONE,
  RN_BANNER_FROZEN,
  RN_BANNER_LOST,
  RN_BANNER_FLOOD,
  RN_BANNER_RULES,
  RN_BANNER_JOURNAL
} RnBannerKind;

typedef struct {
  RnBannerKind kind;
  char *title, *detail; /* NULL with RN_BANNER_NONE */
  char *reason;         /* the errors as they came, one a line; NULL none */
} RnBannerMessage;

/** What to say about @feeds (RnFeedStatus): the worst. @demo_error: why the demo did not come up,
 *  or NULL. Free with rn_banner_message_free(). */
RnBannerMessage *
rn_banner_judge (const GPtrArray *feeds, const RnFeedContext *context, const char *demo_error);
/** What to say about the alerts of @sheet: the worst. @rules_error, @status: NULL all is well. */
RnBannerMessage *rn_banner_judge_alerts (const RnAlertSheet *sheet, gint64 now_us,
                                         const char *rules_error, const RnJournalStatus *status);
void rn_banner_message_free (RnBannerMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnBannerMessage, rn_banner_message_free)

#define RN_TYPE_BANNER (rn_banner_get_type ())
G_DECLARE_FINAL_TYPE (RnBanner, rn_banner, RN, BANNER, GtkWidget)

/* Signals: "retry" (): the person wants to try now. "show-alerts" (): wants to see the alerts. */

/** Shows @message, or slides away with RN_BANNER_NONE. */
void rn_banner_set_message (RnBanner *self, const RnBannerMessage *message);
