/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a verified journal came to, for a person or a program. Pure; strings are the caller's. */
#pragma once

#include <json-glib/json-glib.h>

#include "record/rn-journal-verify.h"

char *rn_journal_report_text (const RnJournalVerdict *verdict);

/** One object: "clean", counts, "seats", "set_aside", "faults" with "kind", "seat", "sequence",
 *  "until", "anchor" and "cause". */
JsonNode *rn_journal_report_json (const RnJournalVerdict *verdict);
