/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A site's own file of rules: read and watched, whoever changes it. A file that cannot be used is
 * refused whole, with file, place and cause, and the last good one stays in force. Main thread;
 * reading and parsing is done by a worker. Owned by the desk. */
#pragma once

#include <gio/gio.h>

#include "alert/rn-rule-read.h"
#include "base/rn-clock.h"

#define RN_TYPE_RULE_FILE (rn_rule_file_get_type ())
G_DECLARE_FINAL_TYPE (RnRuleFile, rn_rule_file, RN, RULE_FILE, GObject)

/* Signals: "changed" (gboolean by_us): other rules, or another complaint. */

/** Watches the file at @path, which need not be there yet. */
RnRuleFile *rn_rule_file_new (const char *path, RnClock *clock);

/** The rules of the last good file; NULL: there is none. Borrowed until "changed". */
const RnRuleSet *rn_rule_file_get_rules (RnRuleFile *self);
/** Why the file, as it lies there, is not in force, with its path; NULL. */
const char *rn_rule_file_get_error (RnRuleFile *self);

/** Writes @rules into the file, at once whole (by rename), and takes them. FALSE with @error, and
 *  nothing changed, also when the file is refused as it is or was changed by another hand since it
 *  was read. Waits for the disk: called for what a person does now and then. */
gboolean rn_rule_file_save (RnRuleFile *self, const RnRuleSet *rules, GError **error);
