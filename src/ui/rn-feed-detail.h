/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind one feed of the truth strip: times, counts, refused rows, the last error.
 * Content of its popover. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-feed-text.h"

#define RN_TYPE_FEED_DETAIL (rn_feed_detail_get_type ())
G_DECLARE_FINAL_TYPE (RnFeedDetail, rn_feed_detail, RN, FEED_DETAIL, GtkWidget)

GtkWidget *rn_feed_detail_new (void);
void rn_feed_detail_update (RnFeedDetail *self, const RnFeedStatus *status,
                            const RnFeedContext *context);
