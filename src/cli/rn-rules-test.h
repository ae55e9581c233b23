/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a file of rule tests: series in, expected alerts out, as promtool does for Prometheus. The
 * format is told in data/rules/README.md. Reads files; any thread. */
#pragma once

#include "alert/rn-rule-read.h"

/** What came of one file. Plain values. */
typedef struct {
  guint n_passed, n_failed;
  GPtrArray *lines; /* char *: what was expected and what was found, for each failure */
} RnRulesTestReport;

/** NULL with @error when the file cannot be read or says nothing that can be run. */
RnRulesTestReport *rn_rules_test_file (const char *path, GError **error);
void rn_rules_test_report_free (RnRulesTestReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRulesTestReport, rn_rules_test_report_free)

/** The rules that a word names: "default", or the path of a file (relative to @folder). @error
 *  begins with the word. */
RnRuleSet *rn_rules_load (const char *word, const char *folder, GError **error);
