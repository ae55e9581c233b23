/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of one source: kind, place, token and the rest, shown as far as they mean something
 * for what was typed. Used by the first start and the preferences. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-source-settings.h"

typedef enum {
  RN_SOURCE_FORM_ADDRESS,
  RN_SOURCE_FORM_FOLDER,
  RN_SOURCE_FORM_FILE,
  RN_SOURCE_FORM_DEMO,
  RN_SOURCE_FORM_ALL, /* any source, with every field */
} RnSourceFormMode;

#define RN_TYPE_SOURCE_FORM (rn_source_form_get_type ())
G_DECLARE_FINAL_TYPE (RnSourceForm, rn_source_form, RN, SOURCE_FORM, GtkWidget)

/* Signals: "changed": a field has another value. "check": the person wants to see whether it
 * works, or to break that off. */

/** What is asked for; ADDRESS at first. Fields that stay keep what was typed. */
void rn_source_form_set_mode (RnSourceForm *self, RnSourceFormMode mode);

/** Fills the fields. */
void rn_source_form_set_entry (RnSourceForm *self, const RnSourceEntry *entry, const char *token);

/** What was typed: a new value, caller's; the token is in its spec, NULL when none was typed. What
 *  the form has no field for is as in the entry set last. */
RnSourceEntry *rn_source_form_dup_entry (RnSourceForm *self);

/** Whether a check is under way: the button says how to break it off. */
void rn_source_form_set_checking (RnSourceForm *self, gboolean checking);

void rn_source_form_focus_token (RnSourceForm *self);
void rn_source_form_focus_first (RnSourceForm *self);
