/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries made by hand, for tests of what folds them. */
#pragma once

#include "alert/rn-alert-book.h"

#define T0 G_GINT64_CONSTANT (1790000000000000)
#define MINUTE (60 * G_GINT64_CONSTANT (1000000))

/** An entry of @kind for the alert of rule @rule and section @section ("a/1"), at T0 + @minute. */
static inline RnAlertEntry *
make_entry (RnAlertEntryKind kind, const char *rule, const char *section, double minute)
{
  RnAlertEntry *entry = rn_alert_entry_new (kind, T0 + (gint64) (minute * MINUTE));
  RnSubject *subject = rn_subject_new (RN_SUBJECT_SECTION, section);

  entry->key = rn_alert_key (rule, subject);
  if (kind != RN_ENTRY_RAISED)
    {
      rn_subject_free (subject);
      return entry;
    }
  entry->subject = subject;
  entry->rule = g_strdup (rule);
  entry->rule_version = 1;
  entry->quality = RN_QUALITY_LIVE;
  entry->tier = 3;
  return entry;
}

/** The same of a person. */
static inline RnAlertEntry *
make_act (RnAlertEntryKind kind, const char *rule, const char *section, double minute,
          const char *text)
{
  RnAlertEntry *entry = make_entry (kind, rule, section, minute);

  entry->person = g_strdup ("li");
  entry->where = g_strdup ("seat 1");
  entry->text = g_strdup (text);
  return entry;
}
