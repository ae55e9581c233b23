/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries as JSON and back: nothing is lost, nothing wrong is taken. */
#include <math.h>
#include <string.h>

#include "alert/rn-alert-entry.h"
#include "base/rn-json.h"
#include "model/rn-frame.h"

static void
assert_same_number (double a, double b)
{
  g_assert_true (a == b || (isnan (a) && isnan (b)));
}

static void
assert_equal (const RnAlertEntry *a, const RnAlertEntry *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->at_us, ==, b->at_us);
  g_assert_cmpint (a->data_us, ==, b->data_us);
  g_assert_cmpstr (a->key, ==, b->key);
  g_assert_cmpstr (a->rule, ==, b->rule);
  g_assert_cmpuint (a->rule_version, ==, b->rule_version);
  g_assert_true (rn_subject_equal (a->subject, b->subject));
  g_assert_cmpint (a->tier, ==, b->tier);
  assert_same_number (a->value, b->value);
  assert_same_number (a->threshold, b->threshold);
  g_assert_cmpint (a->quality, ==, b->quality);
  g_assert_cmpint (a->factors, ==, b->factors);
  g_assert_cmpuint (a->count, ==, b->count);
  g_assert_cmpstr (a->parent, ==, b->parent);
  g_assert_cmpstr (a->head, ==, b->head);
  assert_same_number (a->queue_m, b->queue_m);
  g_assert_cmpstr (a->section, ==, b->section);
  assert_same_number (a->chainage_m, b->chainage_m);
  g_assert_cmpint (a->rings, ==, b->rings);
  g_assert_cmpint (a->latch, ==, b->latch);
  g_assert_cmpstr (a->person, ==, b->person);
  g_assert_cmpstr (a->where, ==, b->where);
  g_assert_cmpstr (a->text, ==, b->text);
  g_assert_cmpint (a->until_us, ==, b->until_us);
  g_assert_cmpint (a->one_shot, ==, b->one_shot);
  g_assert_cmpstr (a->body, ==, b->body);
}

static void
assert_returns (const RnAlertEntry *entry)
{
  g_autofree char *json = rn_alert_entry_dup_json (entry);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnAlertEntry) back =
      rn_alert_entry_parse (rn_alert_entry_word (entry->kind), entry->at_us, json, &error);

  g_assert_no_error (error);
  assert_equal (entry, back);
}

static char *
random_text (void)
{
  static const char *const texts[] = { NULL,   "",       "G42 jam",       "“quoted” \"and\" \\ ",
                                       "雨雪", "a\nb\t", "x \x1f \x7f y", "jam section:a/1" };

  return g_strdup (texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))]);
}

static double
random_number (void)
{
  const double some[] = { NAN,   INFINITY, -INFINITY, 0,     0.1,
                          1e300, 5e-324,   -17,       1 / 3., g_test_rand_double () };

  return some[g_test_rand_int_range (0, G_N_ELEMENTS (some))];
}

static gint64
random_time (void)
{
  const gint64 some[] = { 0, G_MAXINT64, G_MININT64, 1790000000123457, -1 };

  return some[g_test_rand_int_range (0, G_N_ELEMENTS (some))];
}

static RnAlertEntry *
random_entry (void)
{
  RnAlertEntry *entry = rn_alert_entry_new (g_test_rand_int_range (0, RN_N_ENTRY_KINDS), 17);

  entry->data_us = random_time ();
  entry->key = random_text ();
  entry->rule = random_text ();
  entry->rule_version = g_test_rand_bit () ? G_MAXUINT32 : 0;
  if (g_test_rand_bit ())
    entry->subject = rn_subject_new (g_test_rand_int_range (0, RN_N_SUBJECT_KINDS), "a/b:c d");
  entry->tier = g_test_rand_int_range (0, RN_N_TIERS);
  entry->value = random_number ();
  entry->threshold = random_number ();
  entry->quality = g_test_rand_int_range (0, RN_QUALITY_LOST + 1);
  entry->factors = g_test_rand_int_range (0, 16);
  entry->count = g_test_rand_bit () ? G_MAXUINT32 : 3;
  entry->parent = random_text ();
  entry->head = random_text ();
  entry->queue_m = random_number ();
  entry->section = random_text ();
  entry->chainage_m = random_number ();
  entry->rings = g_test_rand_bit ();
  entry->latch = g_test_rand_bit ();
  entry->person = random_text ();
  entry->where = random_text ();
  entry->text = random_text ();
  entry->until_us = random_time ();
  entry->one_shot = g_test_rand_bit ();
  entry->body = g_strdup (g_test_rand_bit () ? "{\"a\":[1,{\"b\":null}]}" : NULL);
  return entry;
}

static void
test_round (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (RnAlertEntry) entry = random_entry ();

      assert_returns (entry);
    }
}

/* What stands in journals of years must never change. */
static void
test_form (void)
{
  g_autoptr (RnAlertEntry) entry = rn_alert_entry_new (RN_ENTRY_RAISED, 1);
  g_autofree char *json = NULL;

  entry->subject = rn_subject_new (RN_SUBJECT_SECTION, "demo/s:1");
  entry->rule = g_strdup ("jam");
  entry->key = rn_alert_key ("jam", entry->subject);
  entry->tier = 2;
  entry->value = 0.25;
  entry->quality = RN_QUALITY_LIVE;
  entry->factors = RN_FACTOR_WORKS | RN_FACTOR_CONTROL;
  entry->rings = TRUE;
  json = rn_alert_entry_dup_json (entry);
  g_assert_cmpstr (json, ==,
                   "{\"alert\":\"jam section:demo/s:1\",\"rule\":\"jam\",\"subject\":"
                   "\"section:demo/s:1\",\"tier\":\"II\",\"value\":0.25,\"quality\":\"live\","
                   "\"factors\":[\"works\",\"control\"],\"rings\":true}");
}

/* What is no JSON object is kept as text; not UTF-8 becomes U+FFFD, and the document stays whole. */
static void
test_foreign_text (void)
{
  g_autoptr (RnAlertEntry) entry = rn_alert_entry_new (RN_ENTRY_NOTE, 1);
  g_autoptr (RnAlertEntry) bytes = rn_alert_entry_new (RN_ENTRY_NOTE, 1);
  g_autoptr (RnAlertEntry) back = NULL;
  g_autofree char *json = NULL;

  entry->body = g_strdup ("{no json");
  assert_returns (entry);
  bytes->text = g_strdup ("caf\xe9");
  json = rn_alert_entry_dup_json (bytes);
  back = rn_alert_entry_parse ("note", 1, json, NULL);
  g_assert_cmpstr (back->text, ==, "caf\xef\xbf\xbd");
}

static void
test_refused (void)
{
  static const struct {
    const char *word, *json, *place;
  } cases[] = {
    { "annihilated", "{}", "annihilated" },
    { "raised", "", "" },
    { "raised", "[]", "$" },
    { "raised", "{\"tier\":\"V\"}", "tier" },
    { "raised", "{\"tier\":2}", "tier" },
    { "raised", "{\"subject\":\"section\"}", "subject" },
    { "raised", "{\"subject\":\"planet:x\"}", "subject" },
    { "raised", "{\"value\":\"17\"}", "value" },
    { "raised", "{\"value\":true}", "value" },
    { "raised", "{\"count\":-1}", "count" },
    { "raised", "{\"count\":1.5}", "count" },
    { "raised", "{\"quality\":\"fine\"}", "quality" },
    { "raised", "{\"rings\":1}", "rings" },
    { "raised", "{\"factors\":[1]}", "factors[0]" },
    { "raised", "{\"body\":7}", "body" },
    { "raised", "{\"text\":{}}", "text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rn_alert_entry_parse (cases[i].word, 1, cases[i].json, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

static void
test_newer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnAlertEntry) entry = rn_alert_entry_parse (
      "tier", 5, "{\"tier\":\"I\",\"mood\":{\"x\":[1]},\"factors\":[\"flood\",\"weather\"]}",
      &error);

  g_assert_no_error (error);
  g_assert_cmpint (entry->tier, ==, 1);
  g_assert_cmpint (entry->factors, ==, RN_FACTOR_WEATHER);
}

static void
test_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < RN_N_ENTRY_KINDS; i++)
    {
      RnAlertEntryKind kind;

      g_assert_true (g_hash_table_add (seen, (gpointer) rn_alert_entry_word (i)));
      g_assert_true (rn_alert_entry_kind_from_word (rn_alert_entry_word (i), &kind));
      g_assert_cmpint (kind, ==, i);
      g_assert_cmpstr (rn_alert_entry_title (i), !=, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alert-entry/round", test_round);
  g_test_add_func ("/alert-entry/form", test_form);
  g_test_add_func ("/alert-entry/foreign-text", test_foreign_text);
  g_test_add_func ("/alert-entry/refused", test_refused);
  g_test_add_func ("/alert-entry/newer", test_newer);
  g_test_add_func ("/alert-entry/words", test_words);
  return g_test_run ();
}
