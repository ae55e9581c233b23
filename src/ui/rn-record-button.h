/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record in the truth strip: whether what is measured and what is done is kept, with a popover
 * that tells since when, how far back, how much and where. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "record/rn-journal.h"
#include "session/rn-history.h"
#include "ui/rn-feed-text.h"

#define RN_TYPE_RECORD_BUTTON (rn_record_button_get_type ())
G_DECLARE_FINAL_TYPE (RnRecordButton, rn_record_button, RN, RECORD_BUTTON, GtkWidget)

GtkWidget *rn_record_button_new (void);

/** Shows how @history and the journal (NULL: there is none) are doing now; the worse one decides how
 *  it looks. */
void rn_record_button_update (RnRecordButton *self, RnHistory *history,
                              const RnJournalStatus *journal, const RnFeedContext *context);
