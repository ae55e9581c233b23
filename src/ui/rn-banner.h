/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands across the window when the picture is not to be trusted: server lost, access refused,
 * feed frozen. Main thread; the judgement is pure. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-feed-text.h"

typedef enum { RN_BANNER_NONE, RN_BANNER_FROZEN, RN_BANNER_LOST } RnBannerKind;

typedef struct {
  RnBannerKind kind;
  char *title, *detail; /* NULL with RN_BANNER_NONE */
  char *reason;         /* the errors as they came, one a line; NULL none */
} RnBannerMessage;

/** What to say about @feeds (RnFeedStatus): the worst. @demo_error: why the demo did not come up,
 *  or NULL. Free with rn_banner_message_free(). */
RnBannerMessage *
rn_banner_judge (const GPtrArray *feeds, const RnFeedContext *context, const char *demo_error);
void rn_banner_message_free (RnBannerMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnBannerMessage, rn_banner_message_free)

#define RN_TYPE_BANNER (rn_banner_get_type ())
G_DECLARE_FINAL_TYPE (RnBanner, rn_banner, RN, BANNER, GtkWidget)

/* Signal: "retry" (): the person wants to try now. */

/** Shows @message, or slides away with RN_BANNER_NONE. */
void rn_banner_set_message (RnBanner *self, const RnBannerMessage *message);
