/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One feed of the truth strip: dot or icon, name, state and age; its popover has the detail. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-feed-text.h"

#define RN_TYPE_FEED_BUTTON (rn_feed_button_get_type ())
G_DECLARE_FINAL_TYPE (RnFeedButton, rn_feed_button, RN, FEED_BUTTON, GtkWidget)

GtkWidget *rn_feed_button_new (void);

/** Shows @status; keeps a copy. */
void rn_feed_button_set_status (RnFeedButton *self, const RnFeedStatus *status,
                                const RnFeedContext *context);
RnFeedLook rn_feed_button_get_look (RnFeedButton *self);
