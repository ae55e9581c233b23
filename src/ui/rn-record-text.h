/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the record in words, in the language in use. @folder NULL: it is off by choice;
 * @status NULL: there is nothing to keep. Pure; strings are the caller's unless const. */
#pragma once

#include "record/rn-frame-store.h"
#include "record/rn-journal.h"
#include "ui/rn-feed-text.h"

/** How the entry of the truth strip is drawn. */
RnFeedLook rn_record_look (const char *folder, const RnFrameStoreStatus *status);

/** What stands behind "Record": "normal", "off, 412 wait". */
char *rn_record_text_word (const char *folder, const RnFrameStoreStatus *status);

/** "Record off: the disk refuses writes (…), 412 entries wait." */
char *rn_record_text_sentence (const char *folder, const RnFrameStoreStatus *status);

/** "38.2 MiB of 4,096 MiB". */
char *rn_record_text_size (guint64 bytes, guint64 max_bytes);

/* ---- of the journal; @status NULL: there is none to keep ---- */
RnFeedLook rn_record_journal_look (const RnJournalStatus *status);

/** What stands behind "Record" when that is worse than the values' own: "off, 412 wait". */
char *rn_record_text_journal_word (const RnJournalStatus *status);

/** "Record off: the disk refuses writes (…), 412 entries wait." */
char *rn_record_text_journal_sentence (const RnJournalStatus *status);
