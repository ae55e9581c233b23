/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the journal as lines: JSON Lines, exact, or CSV for spreadsheets (RFC 4180, a header,
 * CRLF; NULL is an empty field, "" a quoted one). A text that a spreadsheet would take for a formula
 * gets a leading apostrophe in CSV. Pure. */
#pragma once

#include "record/rn-journal.h"

/** The names of the columns as a line of CSV. */
void rn_journal_export_header (GString *out);
void rn_journal_export_csv (const RnJournalEntry *entry, GString *out);

/** One object. A body that is one JSON object in one line stands there as it is in the journal, byte
 *  by byte; any other as a string. */
void rn_journal_export_json (const RnJournalEntry *entry, GString *out);
