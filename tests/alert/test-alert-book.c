/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fold of entries, dimension by dimension, then as a whole by random lives: what holds whatever
 * the entries say. */
#include <math.h>
#include <string.h>

#include "alert-help.h"

typedef struct {
  RnAlertBook *book;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->book = rn_alert_book_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rn_alert_book_free (f->book);
}

static void
apply (Fixture *f, RnAlertEntry *entry)
{
  g_autoptr (RnAlertEntry) owned = entry;
  g_autoptr (GError) error = NULL;

  rn_alert_book_apply (f->book, owned, &error);
  g_assert_no_error (error);
}

/* Refused with @code, and nothing changed. */
static void
refuse (Fixture *f, RnAlertEntry *entry, int code)
{
  g_autoptr (RnAlertEntry) owned = entry;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = rn_alert_book_dup_digest (f->book), *after = NULL;

  g_assert_false (rn_alert_book_check (f->book, owned, NULL));
  g_assert_false (rn_alert_book_apply (f->book, owned, &error));
  g_assert_error (error, RN_ALERT_ERROR, code);
  after = rn_alert_book_dup_digest (f->book);
  g_assert_cmpstr (before, ==, after);
}

static void
raise_alert (Fixture *f, const char *section, int tier, const char *parent, double minute)
{
  RnAlertEntry *entry = make_entry (RN_ENTRY_RAISED, "jam", section, minute);

  entry->tier = tier;
  entry->parent = parent != NULL ? g_strdup_printf ("jam section:%s", parent) : NULL;
  apply (f, entry);
}

static void
turn (Fixture *f, RnAlertEntryKind kind, const char *section, int tier, double minute)
{
  RnAlertEntry *entry = make_entry (kind, "jam", section, minute);

  entry->tier = tier;
  apply (f, entry);
}

static void
act (Fixture *f, RnAlertEntryKind kind, const char *section, double minute, const char *text)
{
  apply (f, make_act (kind, "jam", section, minute, text));
}

static RnAlertEntry *
make_shelf (const char *section, double minute, const char *reason, double minutes, gboolean once)
{
  RnAlertEntry *entry = make_act (RN_ENTRY_SHELVED, "jam", section, minute, reason);

  entry->until_us = entry->at_us + (gint64) (minutes * MINUTE);
  entry->one_shot = once;
  return entry;
}

static const RnAlert *
find (Fixture *f, const char *section)
{
  g_autofree char *key = g_strdup_printf ("jam section:%s", section);

  return rn_alert_book_find (f->book, key);
}

/* ---- condition ----------------------------------------------------------------------------- */

static void
test_condition (Fixture *f, gconstpointer data)
{
  RnAlertEntry *entry = make_entry (RN_ENTRY_TIER, "jam", "a/1", 3);

  refuse (f, make_entry (RN_ENTRY_TIER, "jam", "a/1", 0), RN_ALERT_ERROR_UNKNOWN);
  raise_alert (f, "a/1", 3, NULL, 1);
  refuse (f, make_entry (RN_ENTRY_RAISED, "jam", "a/1", 1), RN_ALERT_ERROR_STATE);
  refuse (f, make_entry (RN_ENTRY_RELAPSED, "jam", "a/1", 2), RN_ALERT_ERROR_STATE);
  g_assert_cmpint (find (f, "a/1")->condition, ==, RN_CONDITION_ACTIVE);
  g_assert_true (rn_alert_asks (find (f, "a/1")));

  entry->tier = 1;
  entry->value = 0.2;
  entry->threshold = 0.25;
  apply (f, entry);
  g_assert_cmpint (find (f, "a/1")->tier, ==, 1);
  g_assert_cmpfloat (find (f, "a/1")->value, ==, 0.2);
  turn (f, RN_ENTRY_RECOVERING, "a/1", 2, 4);
  g_assert_cmpint (find (f, "a/1")->condition, ==, RN_CONDITION_RECOVERING);
  g_assert_cmpint (find (f, "a/1")->tier, ==, 2);
  g_assert_cmpint (find (f, "a/1")->worst_tier, ==, 1);
  g_assert_cmpfloat (find (f, "a/1")->value, ==, 0.2);
  refuse (f, make_entry (RN_ENTRY_RECOVERING, "jam", "a/1", 5), RN_ALERT_ERROR_STATE);
  turn (f, RN_ENTRY_RELAPSED, "a/1", 0, 6);
  g_assert_cmpint (find (f, "a/1")->condition, ==, RN_CONDITION_ACTIVE);
  g_assert_cmpint (find (f, "a/1")->raised_us, ==, T0 + MINUTE);
  g_assert_cmpint (find (f, "a/1")->changed_us, ==, T0 + 6 * MINUTE);
  turn (f, RN_ENTRY_CLEARED, "a/1", 0, 7);
  g_assert_null (find (f, "a/1"));
  refuse (f, make_entry (RN_ENTRY_CLEARED, "jam", "a/1", 8), RN_ALERT_ERROR_UNKNOWN);
}

static void
test_incomplete (Fixture *f, gconstpointer data)
{
  RnAlertEntry *entry = make_entry (RN_ENTRY_RAISED, "jam", "a/1", 0);

  entry->tier = 0;
  refuse (f, entry, RN_ALERT_ERROR_INVALID);
  refuse (f, rn_alert_entry_new (RN_ENTRY_RAISED, T0), RN_ALERT_ERROR_INVALID);
  refuse (f, rn_alert_entry_new (RN_ENTRY_NOTE, T0), RN_ALERT_ERROR_UNKNOWN);
}

/* An immutable value: who holds one sees it as it was. */
static void
test_immutable (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL;

  raise_alert (f, "a/1", 3, NULL, 1);
  before = rn_alert_book_dup_alerts (f->book);
  turn (f, RN_ENTRY_TIER, "a/1", 1, 2);
  g_assert_cmpint (((RnAlert *) before->pdata[0])->tier, ==, 3);
  g_assert_cmpint (find (f, "a/1")->tier, ==, 1);
}

static void
test_chatter (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      raise_alert (f, "a/1", 3, NULL, 1 + 10 * i);
      g_assert_cmpuint (find (f, "a/1")->n_raised, ==, i + 1);
      turn (f, RN_ENTRY_CLEARED, "a/1", 0, 5 + 10 * i);
    }
  raise_alert (f, "a/1", 3, NULL, 40);
  g_assert_cmpuint (find (f, "a/1")->n_raised, ==, 3); /* that of minute 1 is past */
  turn (f, RN_ENTRY_RECOVERING, "a/1", 0, 41);
  turn (f, RN_ENTRY_RELAPSED, "a/1", 0, 42);
  g_assert_cmpuint (find (f, "a/1")->n_raised, ==, 3); /* that of minute 11, too */
  turn (f, RN_ENTRY_CLEARED, "a/1", 0, 43);
  raise_alert (f, "a/1", 3, NULL, 200);
  g_assert_cmpuint (find (f, "a/1")->n_raised, ==, 1);
}

/* ---- response ------------------------------------------------------------------------------ */

static void
test_response (Fixture *f, gconstpointer data)
{
  raise_alert (f, "a/1", 3, NULL, 1);
  refuse (f, make_act (RN_ENTRY_UNACKNOWLEDGED, "jam", "a/1", 1, NULL), RN_ALERT_ERROR_STATE);
  act (f, RN_ENTRY_ACKNOWLEDGED, "a/1", 2, NULL);
  g_assert_true (find (f, "a/1")->acknowledged);
  g_assert_cmpint (find (f, "a/1")->acknowledged_tier, ==, 3);
  g_assert_cmpstr (find (f, "a/1")->acknowledged_by, ==, "li");
  g_assert_cmpint (find (f, "a/1")->acknowledged_us, ==, T0 + 2 * MINUTE);
  refuse (f, make_act (RN_ENTRY_ACKNOWLEDGED, "jam", "a/1", 2, NULL), RN_ALERT_ERROR_STATE);
  turn (f, RN_ENTRY_TIER, "a/1", 4, 3); /* better */
  g_assert_true (find (f, "a/1")->acknowledged);
  turn (f, RN_ENTRY_TIER, "a/1", 3, 4); /* as it was acknowledged */
  g_assert_true (find (f, "a/1")->acknowledged);
  turn (f, RN_ENTRY_TIER, "a/1", 2, 5); /* worse */
  g_assert_false (find (f, "a/1")->acknowledged);
  turn (f, RN_ENTRY_TIER, "a/1", 3, 6); /* nobody answered the II */
  g_assert_false (find (f, "a/1")->acknowledged);
  act (f, RN_ENTRY_ACKNOWLEDGED, "a/1", 7, NULL);
  turn (f, RN_ENTRY_ESCALATED, "a/1", 2, 8);
  g_assert_false (find (f, "a/1")->acknowledged);
  act (f, RN_ENTRY_ACKNOWLEDGED, "a/1", 9, NULL);
  act (f, RN_ENTRY_UNACKNOWLEDGED, "a/1", 10, NULL);
  g_assert_false (find (f, "a/1")->acknowledged);
  g_assert_cmpint (find (f, "a/1")->acknowledged_tier, ==, 0);
  act (f, RN_ENTRY_ACKNOWLEDGED, "a/1", 11, NULL);
  turn (f, RN_ENTRY_RANG, "a/1", 0, 12);
  g_assert_false (find (f, "a/1")->acknowledged);
}

/* The person saw III and pressed; it had become II. */
static void
test_acknowledged_too_late (Fixture *f, gconstpointer data)
{
  RnAlertEntry *entry = make_act (RN_ENTRY_ACKNOWLEDGED, "jam", "a/1", 3, NULL);

  raise_alert (f, "a/1", 3, NULL, 1);
  turn (f, RN_ENTRY_TIER, "a/1", 2, 2);
  entry->tier = 3;
  apply (f, entry);
  g_assert_false (find (f, "a/1")->acknowledged);
  g_assert_cmpint (find (f, "a/1")->acknowledged_tier, ==, 3);
}

static void
test_notes (Fixture *f, gconstpointer data)
{
  raise_alert (f, "a/1", 3, NULL, 1);
  act (f, RN_ENTRY_NOTE, "a/1", 2, "patrol sent");
  act (f, RN_ENTRY_OWNER, "a/1", 3, "wang");
  refuse (f, make_act (RN_ENTRY_NOTE, "jam", "a/1", 3, " \n"), RN_ALERT_ERROR_INVALID);
  g_assert_cmpuint (find (f, "a/1")->n_notes, ==, 1);
  g_assert_cmpstr (find (f, "a/1")->owner, ==, "wang");
  act (f, RN_ENTRY_OWNER, "a/1", 4, NULL);
  g_assert_null (find (f, "a/1")->owner);
  g_assert_false (find (f, "a/1")->acknowledged);
}

static void
test_latch (Fixture *f, gconstpointer data)
{
  RnAlertEntry *entry = make_entry (RN_ENTRY_RAISED, "jam", "a/1", 1);
  g_autoptr (RnAlertEntry) again = make_entry (RN_ENTRY_RAISED, "jam", "a/1", 4);

  entry->latch = again->latch = TRUE;
  apply (f, entry);
  turn (f, RN_ENTRY_CLEARED, "a/1", 0, 2);
  g_assert_cmpint (find (f, "a/1")->condition, ==, RN_CONDITION_NORMAL);
  g_assert_cmpint (find (f, "a/1")->tier, ==, 3);
  g_assert_true (rn_alert_asks (find (f, "a/1")));
  refuse (f, make_entry (RN_ENTRY_TIER, "jam", "a/1", 3), RN_ALERT_ERROR_STATE);
  apply (f, (RnAlertEntry *) rn_alert_entry_ref (again)); /* unanswered: the same occurrence */
  g_assert_cmpint (find (f, "a/1")->raised_us, ==, T0 + MINUTE);
  turn (f, RN_ENTRY_CLEARED, "a/1", 0, 5);
  act (f, RN_ENTRY_ACKNOWLEDGED, "a/1", 6, NULL);
  g_assert_null (find (f, "a/1"));
  apply (f, (RnAlertEntry *) rn_alert_entry_ref (again));
  act (f, RN_ENTRY_ACKNOWLEDGED, "a/1", 7, NULL);
  turn (f, RN_ENTRY_GONE, "a/1", 0, 8);
  g_assert_null (find (f, "a/1"));
}

/* ---- mask ---------------------------------------------------------------------------------- */

static void
test_shelf_refused (Fixture *f, gconstpointer data)
{
  raise_alert (f, "a/1", 3, NULL, 1);
  refuse (f, make_shelf ("a/1", 2, NULL, 60, FALSE), RN_ALERT_ERROR_INVALID);
  refuse (f, make_shelf ("a/1", 2, "  ", 60, FALSE), RN_ALERT_ERROR_INVALID);
  refuse (f, make_shelf ("a/1", 2, "works", 0, FALSE), RN_ALERT_ERROR_INVALID);
  refuse (f, make_shelf ("a/1", 2, "works", -5, FALSE), RN_ALERT_ERROR_INVALID);
  refuse (f, make_shelf ("a/1", 2, "works", 480.1, FALSE), RN_ALERT_ERROR_INVALID);
  refuse (f, make_shelf ("a/2", 2, "works", 60, FALSE), RN_ALERT_ERROR_UNKNOWN);
  refuse (f, make_act (RN_ENTRY_UNSHELVED, "jam", "a/1", 2, NULL), RN_ALERT_ERROR_STATE);
  apply (f, make_shelf ("a/1", 2, "works", 480, FALSE));
}

/* What ends on the shelf stays there, is raised there silently, and is free when the shelf ends. */
static void
test_shelf (Fixture *f, gconstpointer data)
{
  raise_alert (f, "a/1", 3, NULL, 1);
  apply (f, make_shelf ("a/1", 2, "works", 60, TRUE));
  g_assert_cmpint (find (f, "a/1")->mask, ==, RN_MASK_SHELVED);
  g_assert_cmpstr (find (f, "a/1")->mask_reason, ==, "works");
  g_assert_cmpstr (find (f, "a/1")->mask_by, ==, "li");
  g_assert_cmpint (find (f, "a/1")->shelved_until_us, ==, T0 + 62 * MINUTE);
  g_assert_true (find (f, "a/1")->one_shot);
  g_assert_false (rn_alert_asks (find (f, "a/1")));
  apply (f, make_shelf ("a/1", 3, "longer", 90, FALSE));
  g_assert_false (find (f, "a/1")->one_shot);
  turn (f, RN_ENTRY_TIER, "a/1", 1, 4);
  turn (f, RN_ENTRY_CLEARED, "a/1", 0, 5);
  g_assert_cmpint (find (f, "a/1")->condition, ==, RN_CONDITION_NORMAL);
  refuse (f, make_act (RN_ENTRY_ACKNOWLEDGED, "jam", "a/1", 5, NULL), RN_ALERT_ERROR_STATE);
  raise_alert (f, "a/1", 2, NULL, 6);
  g_assert_cmpint (find (f, "a/1")->mask, ==, RN_MASK_SHELVED);
  g_assert_cmpint (find (f, "a/1")->worst_tier, ==, 2);
  turn (f, RN_ENTRY_CLEARED, "a/1", 0, 7);
  turn (f, RN_ENTRY_UNSHELVED, "a/1", 0, 93);
  g_assert_null (find (f, "a/1"));
}

static void
test_masks_together (Fixture *f, gconstpointer data)
{
  raise_alert (f, "a/1", 3, NULL, 1);
  apply (f, make_shelf ("a/1", 2, "works", 60, FALSE));
  turn (f, RN_ENTRY_SUPPRESSED, "a/1", 0, 3);
  refuse (f, make_entry (RN_ENTRY_SUPPRESSED, "jam", "a/1", 3), RN_ALERT_ERROR_STATE);
  g_assert_cmpint (find (f, "a/1")->mask, ==, RN_MASK_SUPPRESSED);
  refuse (f, make_act (RN_ENTRY_OUT_OF_SERVICE, "jam", "a/1", 4, ""), RN_ALERT_ERROR_INVALID);
  refuse (f, make_act (RN_ENTRY_IN_SERVICE, "jam", "a/1", 4, ""), RN_ALERT_ERROR_STATE);
  act (f, RN_ENTRY_OUT_OF_SERVICE, "a/1", 4, "broken loop");
  g_assert_cmpint (find (f, "a/1")->mask, ==, RN_MASK_OUT_OF_SERVICE);
  g_assert_cmpstr (find (f, "a/1")->mask_reason, ==, "broken loop");
  turn (f, RN_ENTRY_UNSUPPRESSED, "a/1", 0, 5);
  act (f, RN_ENTRY_IN_SERVICE, "a/1", 6, NULL);
  g_assert_cmpint (find (f, "a/1")->mask, ==, RN_MASK_SHELVED);
  g_assert_cmpstr (find (f, "a/1")->mask_reason, ==, "works");
  act (f, RN_ENTRY_UNSHELVED, "a/1", 7, NULL);
  g_assert_true (rn_alert_asks (find (f, "a/1")));
  turn (f, RN_ENTRY_SUPPRESSED, "a/1", 0, 8);
  turn (f, RN_ENTRY_CLEARED, "a/1", 0, 9); /* a suppression ends with it */
  g_assert_null (find (f, "a/1"));
  raise_alert (f, "a/1", 3, NULL, 10);
  act (f, RN_ENTRY_OUT_OF_SERVICE, "a/1", 11, "broken loop");
  turn (f, RN_ENTRY_GONE, "a/1", 0, 12);
  g_assert_true (find (f, "a/1")->out_of_service);
  act (f, RN_ENTRY_IN_SERVICE, "a/1", 13, NULL);
  g_assert_null (find (f, "a/1"));
}

/* ---- data ---------------------------------------------------------------------------------- */

static void
test_data (Fixture *f, gconstpointer data)
{
  RnAlertEntry *entry = make_entry (RN_ENTRY_DATA, "jam", "a/1", 2);

  raise_alert (f, "a/1", 3, NULL, 1);
  entry->quality = RN_QUALITY_LOST;
  apply (f, entry);
  g_assert_cmpint (find (f, "a/1")->quality, ==, RN_QUALITY_LOST);
  g_assert_cmpint (find (f, "a/1")->changed_us, ==, T0 + MINUTE);
  turn (f, RN_ENTRY_ESCALATED, "a/1", 2, 3); /* knows nothing of the data */
  g_assert_cmpint (find (f, "a/1")->quality, ==, RN_QUALITY_LOST);
}

/* ---- groups -------------------------------------------------------------------------------- */

static void
test_counts (Fixture *f, gconstpointer data)
{
  RnAlertEntry *loop = make_entry (RN_ENTRY_PARENT, "jam", "a/1", 5);

  raise_alert (f, "a/1", 4, NULL, 1);
  raise_alert (f, "a/2", 3, "a/1", 1);
  raise_alert (f, "a/3", 2, "a/2", 1);
  raise_alert (f, "a/4", 4, "a/2", 1);
  g_assert_cmpuint (find (f, "a/1")->n_children, ==, 3);
  g_assert_cmpint (find (f, "a/1")->worst_child, ==, 2);
  g_assert_cmpint (rn_alert_shown_tier (find (f, "a/1")), ==, 2);
  g_assert_cmpuint (find (f, "a/2")->n_children, ==, 2);
  g_assert_cmpstr (find (f, "a/3")->parent, ==, "jam section:a/2");
  g_assert_false (rn_alert_asks (find (f, "a/3")));

  loop->parent = g_strdup ("jam section:a/3");
  refuse (f, loop, RN_ALERT_ERROR_INVALID);
  apply (f, make_shelf ("a/3", 6, "works", 60, FALSE)); /* counts, but asks nobody */
  g_assert_cmpuint (find (f, "a/1")->n_children, ==, 3);
  g_assert_cmpint (find (f, "a/1")->worst_child, ==, 3);
  turn (f, RN_ENTRY_CLEARED, "a/3", 0, 7);
  g_assert_cmpuint (find (f, "a/1")->n_children, ==, 2);
  turn (f, RN_ENTRY_PARENT, "a/2", 0, 8); /* stands for itself */
  g_assert_null (find (f, "a/2")->parent);
  g_assert_cmpuint (find (f, "a/1")->n_children, ==, 0);
  g_assert_cmpint (find (f, "a/1")->worst_child, ==, 0);
  turn (f, RN_ENTRY_CLEARED, "a/2", 0, 9);
  g_assert_null (find (f, "a/4")->parent); /* its parent ended */
  g_assert_null (find (f, "a/3")->parent);
  g_assert_true (find (f, "a/3")->shelved);
}

static void
test_parent_response (Fixture *f, gconstpointer data)
{
  RnAlertEntry *part = make_act (RN_ENTRY_ACKNOWLEDGED, "jam", "a/1", 2, NULL);

  raise_alert (f, "a/1", 4, NULL, 1);
  raise_alert (f, "a/2", 3, "a/1", 1);
  raise_alert (f, "a/3", 2, "a/1", 1);
  part->tier = 3; /* was shown before a/3 came */
  apply (f, part);
  g_assert_false (find (f, "a/1")->acknowledged);
  g_assert_true (find (f, "a/2")->acknowledged);
  g_assert_false (find (f, "a/3")->acknowledged);
  act (f, RN_ENTRY_ACKNOWLEDGED, "a/1", 3, NULL);
  g_assert_true (find (f, "a/1")->acknowledged);
  g_assert_true (find (f, "a/3")->acknowledged);
  g_assert_cmpint (find (f, "a/1")->acknowledged_tier, ==, 2);
  raise_alert (f, "a/4", 2, "a/1", 4); /* not worse */
  g_assert_true (find (f, "a/1")->acknowledged);
  turn (f, RN_ENTRY_TIER, "a/2", 1, 5);
  g_assert_false (find (f, "a/1")->acknowledged);
  turn (f, RN_ENTRY_CLEARED, "a/1", 0, 6);
  g_assert_true (rn_alert_asks (find (f, "a/4"))); /* nobody saw it */
  g_assert_false (rn_alert_asks (find (f, "a/3")));
}

static void
test_latched_child (Fixture *f, gconstpointer data)
{
  RnAlertEntry *child = make_entry (RN_ENTRY_RAISED, "jam", "a/2", 1);
  g_autoptr (GPtrArray) children = NULL;

  raise_alert (f, "a/1", 3, NULL, 1);
  child->latch = TRUE;
  child->parent = g_strdup ("jam section:a/1");
  apply (f, child);
  turn (f, RN_ENTRY_CLEARED, "a/2", 0, 2);
  children = rn_alert_book_dup_children (f->book, "jam section:a/1");
  g_assert_cmpuint (children->len, ==, 0);
  g_assert_nonnull (find (f, "a/2"));
  act (f, RN_ENTRY_ACKNOWLEDGED, "a/1", 3, NULL);
  g_assert_null (find (f, "a/2"));
}

static void
test_extent (Fixture *f, gconstpointer data)
{
  RnAlertEntry *entry = make_entry (RN_ENTRY_EXTENT, "jam", "a/1", 2);

  raise_alert (f, "a/1", 3, NULL, 1);
  entry->queue_m = 2100;
  entry->head = g_strdup ("a/9");
  apply (f, entry);
  g_assert_cmpfloat (find (f, "a/1")->queue_m, ==, 2100);
  g_assert_cmpstr (find (f, "a/1")->head, ==, "a/9");
}

/* ---- the whole ----------------------------------------------------------------------------- */

static void
test_timeline (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) first = NULL, second = NULL, full = NULL;

  raise_alert (f, "a/1", 3, NULL, 1);
  act (f, RN_ENTRY_NOTE, "a/1", 2, "one");
  first = rn_alert_book_dup_timeline (f->book, "jam section:a/1");
  g_assert_cmpuint (first->len, ==, 2);
  g_assert_cmpint (((RnAlertEntry *) first->pdata[0])->kind, ==, RN_ENTRY_RAISED);
  turn (f, RN_ENTRY_CLEARED, "a/1", 0, 3);
  raise_alert (f, "a/1", 3, NULL, 4);
  second = rn_alert_book_dup_timeline (f->book, "jam section:a/1");
  g_assert_cmpuint (second->len, ==, 1);
  for (guint i = 0; i < 300; i++)
    act (f, RN_ENTRY_NOTE, "a/1", 5 + i, "more");
  full = rn_alert_book_dup_timeline (f->book, "jam section:a/1");
  g_assert_cmpuint (full->len, ==, 200);
}

static void
test_flood (Fixture *f, gconstpointer data)
{
  g_autoptr (RnAlertEntry) began = rn_alert_entry_new (RN_ENTRY_FLOOD_BEGAN, T0);
  g_autoptr (RnAlertEntry) ended = rn_alert_entry_new (RN_ENTRY_FLOOD_ENDED, T0);

  g_assert_true (rn_alert_book_apply (f->book, began, NULL));
  g_assert_true (rn_alert_book_is_flood (f->book));
  g_assert_true (rn_alert_book_apply (f->book, ended, NULL));
  g_assert_false (rn_alert_book_is_flood (f->book));
}

/* Any entry, sensible or not: most are refused at first, then lives go on. */
static RnAlertEntry *
random_entry (guint n_alerts, double minute)
{
  g_autofree char *section = g_strdup_printf ("a/%d", g_test_rand_int_range (0, n_alerts));
  RnAlertEntryKind kind = g_test_rand_int_range (0, RN_ENTRY_IN_SERVICE + 1);
  RnAlertEntry *entry;

  if (g_test_rand_int_range (0, 4) == 0)
    kind = RN_ENTRY_RAISED;
  entry = make_act (kind, "jam", section, minute, g_test_rand_bit () ? "because" : NULL);
  if (g_test_rand_bit () || kind == RN_ENTRY_RAISED)
    entry->tier = g_test_rand_int_range (1, RN_N_TIERS);
  entry->latch = g_test_rand_int_range (0, 4) == 0;
  entry->one_shot = g_test_rand_bit ();
  entry->quality = g_test_rand_int_range (0, RN_QUALITY_LOST + 1);
  entry->value = g_test_rand_bit () ? g_test_rand_double () : NAN;
  entry->until_us = entry->at_us + g_test_rand_int_range (-1, 500) * MINUTE;
  if (g_test_rand_bit ())
    entry->parent = g_strdup_printf ("jam section:a/%d", g_test_rand_int_range (0, n_alerts));
  return entry;
}

/* From the alerts alone, the slow way. */
static void
count_below (GHashTable *by_key, const RnAlert *of, guint *n, int *worst)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, by_key);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const RnAlert *alert = value, *up = alert;

      while (up->parent != NULL && !g_str_equal (up->parent, of->key))
        up = g_hash_table_lookup (by_key, up->parent);
      if (up->parent == NULL || alert->condition == RN_CONDITION_NORMAL)
        continue;
      ++*n;
      if (alert->mask == RN_MASK_NONE)
        *worst = rn_tier_worst (*worst, alert->tier);
    }
}

static void
check_truths (RnAlertBook *book)
{
  g_autoptr (GPtrArray) alerts = rn_alert_book_dup_alerts (book);
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < alerts->len; i++)
    g_assert_true (
        g_hash_table_insert (by_key, ((RnAlert *) alerts->pdata[i])->key, alerts->pdata[i]));
  for (guint i = 0; i < alerts->len; i++)
    {
      const RnAlert *alert = alerts->pdata[i];
      guint n = 0;
      int worst = 0;

      count_below (by_key, alert, &n, &worst);
      g_assert_cmpuint (alert->n_children, ==, n);
      g_assert_cmpint (alert->worst_child, ==, worst);
      g_assert_false (alert->acknowledged
                      && rn_tier_is_worse (rn_alert_shown_tier (alert), alert->acknowledged_tier));
      g_assert_true (alert->condition != RN_CONDITION_NORMAL || alert->shelved
                     || alert->out_of_service || !alert->acknowledged);
      g_assert_cmpint (alert->condition, !=, RN_CONDITION_PENDING);
      g_assert_true ((alert->mask != RN_MASK_NONE)
                     == (alert->shelved || alert->suppressed || alert->out_of_service));
      g_assert_false (rn_tier_is_worse (alert->tier, alert->worst_tier));
    }
}

/* What was lived through, read again from the text of a journal, is the same. */
static void
check_replay (RnAlertBook *lived, GPtrArray *journal)
{
  g_autoptr (RnAlertBook) book = rn_alert_book_new ();
  g_autofree char *a = rn_alert_book_dup_digest (lived), *b = NULL;

  for (guint i = 0; i < journal->len; i++)
    {
      const RnAlertEntry *entry = journal->pdata[i];
      g_autofree char *json = rn_alert_entry_dup_json (entry);
      g_autoptr (GError) error = NULL;
      g_autoptr (RnAlertEntry) read = rn_alert_entry_parse (
          rn_alert_entry_word (entry->kind), entry->at_us, json, &error);

      g_assert_no_error (error);
      rn_alert_book_apply (book, read, &error);
      g_assert_no_error (error);
    }
  b = rn_alert_book_dup_digest (book);
  g_assert_cmpstr (a, ==, b);
}

/* A journal that begins anew: the story of what stands gives the same alerts. */
static void
check_story (RnAlertBook *lived)
{
  g_autoptr (GPtrArray) story = rn_alert_book_dup_story (lived);
  g_autoptr (RnAlertBook) book = rn_alert_book_new ();
  g_autoptr (GPtrArray) alerts = rn_alert_book_dup_alerts (lived);

  for (guint i = 0; i < story->len; i++)
    {
      g_autoptr (GError) error = NULL;

      rn_alert_book_apply (book, story->pdata[i], &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (rn_alert_book_get_n (book), ==, alerts->len);
  for (guint i = 0; i < alerts->len; i++)
    {
      const RnAlert *was = alerts->pdata[i], *is = rn_alert_book_find (book, was->key);

      g_assert_cmpint (was->condition, ==, is->condition);
      g_assert_cmpint (was->tier, ==, is->tier);
      g_assert_cmpint (was->raised_us, ==, is->raised_us);
      g_assert_cmpint (was->acknowledged, ==, is->acknowledged);
      g_assert_cmpint (was->acknowledged_tier, ==, is->acknowledged_tier);
      g_assert_cmpstr (was->acknowledged_by, ==, is->acknowledged_by);
      g_assert_cmpstr (was->owner, ==, is->owner);
      g_assert_cmpint (was->mask, ==, is->mask);
      g_assert_cmpstr (was->mask_reason, ==, is->mask_reason);
      g_assert_cmpint (was->shelved_until_us, ==, is->shelved_until_us);
      g_assert_cmpint (was->one_shot, ==, is->one_shot);
      g_assert_cmpint (was->quality, ==, is->quality);
      if (was->condition != RN_CONDITION_NORMAL)
        g_assert_cmpstr (was->parent, ==, is->parent);
      g_assert_cmpuint (was->n_children, ==, is->n_children);
    }
}

/* ---- what was handed out ------------------------------------------------------------------- */

/* An alert that somebody holds, and all that it said when he got it. */
typedef struct {
  const RnAlert *alert;
  char *said;
} Held;

static char *
say (const RnAlert *alert)
{
  return g_strdup_printf (
      "%s %s %u %s %d %d %d %d %d %d %s %" G_GINT64_FORMAT " %d %d %d %d %s %s %" G_GINT64_FORMAT
      " %s %s %u %d %u %u %g %g %d %s %g %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
      alert->key, alert->rule, alert->rule_version, alert->subject->key, alert->condition,
      alert->tier, alert->worst_tier, alert->acknowledged, alert->acknowledged_tier,
      alert->out_of_service, alert->acknowledged_by, alert->acknowledged_us, alert->suppressed,
      alert->shelved, alert->one_shot, alert->mask, alert->mask_by, alert->mask_reason,
      alert->shelved_until_us, alert->owner, alert->parent, alert->n_children, alert->worst_child,
      alert->n_raised, alert->n_notes, alert->value, alert->threshold, alert->quality, alert->head,
      alert->queue_m, alert->raised_us, alert->changed_us);
}

static void
held_clear (gpointer data)
{
  Held *held = data;
  g_autofree char *says = say (held->alert);

  g_assert_cmpstr (says, ==, held->said);
  rn_alert_unref (held->alert);
  g_free (held->said);
}

static void
hold (GArray *all, const RnAlert *alert)
{
  Held held = { rn_alert_ref (alert), say (alert) };

  g_array_append_val (all, held);
}

typedef enum { HOLD_FOUND, HOLD_ALL, HOLD_CHILDREN, N_WAYS } Way;

/* By one of the ways in which the book gives alerts away. */
static void
hold_by (Way way, GArray *all, RnAlertBook *book, const char *key)
{
  const RnAlert *alert = way == HOLD_FOUND ? rn_alert_book_find (book, key) : NULL;
  g_autoptr (GPtrArray) several = NULL;

  if (alert != NULL)
    hold (all, alert);
  if (way == HOLD_ALL)
    several = rn_alert_book_dup_alerts (book);
  else if (way == HOLD_CHILDREN)
    several = rn_alert_book_dup_children (book, key);
  for (guint i = 0; several != NULL && i < several->len; i++)
    hold (all, several->pdata[i]);
}

/* Whoever holds an alert sees it as he got it, whatever comes after. A life knows one way only, so
 * that no other one hides that it is at fault. */
static void
test_held_never_changes (void)
{
  guint n_held[N_WAYS] = { 0 };

  for (guint life = 0; life < 10 * N_WAYS; life++)
    {
      g_autoptr (RnAlertBook) book = rn_alert_book_new ();
      g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Held));
      guint n_alerts = g_test_rand_int_range (2, 6);

      g_array_set_clear_func (all, held_clear);
      for (guint i = 0; i < 400; i++)
        {
          g_autoptr (RnAlertEntry) entry = random_entry (n_alerts, i * 0.7);

          hold_by (life % N_WAYS, all, book, entry->key);
          rn_alert_book_apply (book, entry, NULL);
        }
      n_held[life % N_WAYS] += all->len;
    }
  for (Way way = 0; way < N_WAYS; way++)
    g_assert_cmpuint (n_held[way], >, 50);
}

/* A look in passing costs no copy: the next entry is written into the same alert. */
static void
test_peek (Fixture *f, gconstpointer data)
{
  const char *key = "jam section:a/1";
  const RnAlert *alert;
  g_autoptr (RnAlert) held = NULL;

  g_assert_null (rn_alert_book_peek (f->book, key));
  g_assert_null (rn_alert_book_peek (f->book, NULL));
  raise_alert (f, "a/1", 3, NULL, 0);
  alert = rn_alert_book_peek (f->book, key);
  turn (f, RN_ENTRY_TIER, "a/1", 2, 1);
  g_assert_true (rn_alert_book_peek (f->book, key) == alert);
  g_assert_cmpint (alert->tier, ==, 2);
  held = rn_alert_ref (rn_alert_book_find (f->book, key));
  turn (f, RN_ENTRY_TIER, "a/1", 1, 2);
  g_assert_true (rn_alert_book_peek (f->book, key) != held);
  g_assert_cmpint (held->tier, ==, 2);
}

static void
test_random_lives (void)
{
  guint lives = g_test_thorough () ? 400 : 40;

  for (guint life = 0; life < lives; life++)
    {
      g_autoptr (RnAlertBook) book = rn_alert_book_new ();
      g_autoptr (GPtrArray) journal =
          g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);
      guint n_alerts = g_test_rand_int_range (1, 12);

      for (guint i = 0; i < 600; i++)
        {
          RnAlertEntry *entry = random_entry (n_alerts, i * 0.7);
          gboolean fits = rn_alert_book_check (book, entry, NULL);

          g_assert_true (rn_alert_book_apply (book, entry, NULL) == fits);
          if (i % 20 == 0)
            check_truths (book);
          if (fits)
            g_ptr_array_add (journal, entry);
          else
            rn_alert_entry_unref (entry);
        }
      g_assert_cmpuint (journal->len, >, 50);
      check_truths (book);
      check_replay (book, journal);
      check_story (book);
    }
}

int
main (int argc, char **argv)
{
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/alert-book/condition", test_condition);
  ADD ("/alert-book/incomplete", test_incomplete);
  ADD ("/alert-book/immutable", test_immutable);
  ADD ("/alert-book/chatter", test_chatter);
  ADD ("/alert-book/response", test_response);
  ADD ("/alert-book/acknowledged-too-late", test_acknowledged_too_late);
  ADD ("/alert-book/notes", test_notes);
  ADD ("/alert-book/latch", test_latch);
  ADD ("/alert-book/shelf-refused", test_shelf_refused);
  ADD ("/alert-book/shelf", test_shelf);
  ADD ("/alert-book/masks-together", test_masks_together);
  ADD ("/alert-book/data", test_data);
  ADD ("/alert-book/counts", test_counts);
  ADD ("/alert-book/parent-response", test_parent_response);
  ADD ("/alert-book/latched-child", test_latched_child);
  ADD ("/alert-book/extent", test_extent);
  ADD ("/alert-book/timeline", test_timeline);
  ADD ("/alert-book/flood", test_flood);
  ADD ("/alert-book/peek", test_peek);
  g_test_add_func ("/alert-book/held-never-changes", test_held_never_changes);
  g_test_add_func ("/alert-book/random-lives", test_random_lives);
  return g_test_run ();
}
