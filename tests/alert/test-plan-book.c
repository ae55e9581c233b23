/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions as the fold of entries: what is taken and refused, and that reading them back from JSON
 * gives the same state. */
#include "alert/rn-plan-book.h"
#include "base/rn-clock.h"

#define PLAN "x/p"

typedef struct {
  RnPlanBook *book, *again; /* again: lives through what was written as JSON */
  gint64 at_us;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->book = rn_plan_book_new ();
  fixture->again = rn_plan_book_new ();
  fixture->at_us = 1000 * RN_SECOND;
}

/* Both books always are the same. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *digest = rn_plan_book_dup_digest (fixture->book);
  g_autofree char *again = rn_plan_book_dup_digest (fixture->again);

  g_assert_cmpstr (digest, ==, again);
  rn_plan_book_free (fixture->book);
  rn_plan_book_free (fixture->again);
}

static gboolean
apply (Fixture *fixture, RnAlertEntry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = rn_alert_entry_dup_json (entry);
  g_autoptr (RnAlertEntry) read =
      rn_alert_entry_parse (rn_alert_entry_word (entry->kind), entry->at_us, json, &error);
  gboolean taken;

  g_assert_no_error (error);
  g_assert_true (rn_plan_book_takes (entry));
  taken = rn_plan_book_apply (fixture->book, entry, NULL);
  g_assert_cmpint (taken, ==, rn_plan_book_apply (fixture->again, read, NULL));
  rn_alert_entry_unref (entry);
  return taken;
}

static RnAlertEntry *
new_entry (Fixture *fixture, RnAlertEntryKind kind, int tier, const char *person)
{
  RnAlertEntry *entry = rn_alert_entry_new (kind, fixture->at_us += 60 * RN_SECOND);

  entry->subject = rn_subject_new (RN_SUBJECT_PLAN, PLAN);
  entry->tier = tier;
  entry->person = g_strdup (person);
  return entry;
}

static gboolean
propose (Fixture *fixture, int tier, const char *person)
{
  return apply (fixture, new_entry (fixture, RN_ENTRY_PLAN_PROPOSED, tier, person));
}

static gboolean
confirm (Fixture *fixture, int tier, guint count, const char *person)
{
  RnAlertEntry *entry = new_entry (fixture, RN_ENTRY_PLAN_CONFIRMED, tier, person);

  entry->count = count;
  return apply (fixture, entry);
}

static gboolean
put_in_force (Fixture *fixture, int tier)
{
  return apply (fixture, new_entry (fixture, RN_ENTRY_PLAN_TIER, tier, "Zhou"));
}

static gboolean
decline (Fixture *fixture, int tier, const char *person, const char *why)
{
  RnAlertEntry *entry = new_entry (fixture, RN_ENTRY_PLAN_DECLINED, tier, person);

  entry->text = g_strdup (why);
  return apply (fixture, entry);
}

static gboolean
measure (Fixture *fixture, const char *key, const char *step, const char *person, const char *body)
{
  RnAlertEntry *entry = new_entry (fixture, RN_ENTRY_MEASURE, 3, person);

  entry->key = g_strdup (key);
  entry->text = g_strdup (step);
  entry->body = g_strdup (body);
  return apply (fixture, entry);
}

static const RnPlanState *
state_of (Fixture *fixture)
{
  return rn_plan_book_find (fixture->book, PLAN);
}

static void
test_one_person (Fixture *fixture, gconstpointer data)
{
  g_assert_false (confirm (fixture, 4, 1, "Zhou")); /* nothing is proposed */
  g_assert_true (propose (fixture, 4, NULL));
  g_assert_false (put_in_force (fixture, 4)); /* nobody has confirmed */
  g_assert_false (confirm (fixture, 3, 1, "Zhou"));
  g_assert_false (confirm (fixture, 4, 1, NULL));
  g_assert_false (confirm (fixture, 4, 2, "Li")); /* one will do */
  g_assert_true (confirm (fixture, 4, 1, "Zhou"));
  g_assert_true (put_in_force (fixture, 4));
  g_assert_cmpint (state_of (fixture)->tier, ==, 4);
  g_assert_cmpstr (state_of (fixture)->by, ==, "Zhou");
  g_assert_cmpint (state_of (fixture)->since_us, ==, fixture->at_us);
  g_assert_cmpint (state_of (fixture)->proposed, ==, -1);
  g_assert_false (put_in_force (fixture, 4));
}

static void
test_two_persons (Fixture *fixture, gconstpointer data)
{
  g_assert_true (propose (fixture, 1, "Zhou"));
  g_assert_false (confirm (fixture, 1, 2, "Wang")); /* the second before the first */
  g_assert_true (confirm (fixture, 1, 1, "Zhou"));
  g_assert_false (put_in_force (fixture, 1));
  g_assert_false (confirm (fixture, 1, 2, "Zhou")); /* the same person twice */
  g_assert_cmpint (state_of (fixture)->tier, ==, 0);
  g_assert_true (confirm (fixture, 1, 2, "Wang"));
  g_assert_true (put_in_force (fixture, 1));
  g_assert_cmpstr (state_of (fixture)->by, ==, "Zhou");
  g_assert_cmpstr (state_of (fixture)->second, ==, "Wang");
}

/* A new proposal does not inherit the confirmations of the one before. */
static void
test_no_inheritance (Fixture *fixture, gconstpointer data)
{
  propose (fixture, 1, NULL);
  confirm (fixture, 1, 1, "Zhou");
  g_assert_true (propose (fixture, 1, "Li"));
  g_assert_false (confirm (fixture, 1, 2, "Wang"));
  g_assert_null (state_of (fixture)->first);
}

static void
test_declined (Fixture *fixture, gconstpointer data)
{
  g_assert_false (decline (fixture, 3, "Zhou", "no"));
  propose (fixture, 3, NULL);
  g_assert_true (decline (fixture, 3, "Zhou", "Crash will be cleared in 10 min"));
  g_assert_cmpint (state_of (fixture)->declined, ==, 3);
  g_assert_cmpint (state_of (fixture)->proposed, ==, -1);
  g_assert_cmpstr (state_of (fixture)->declined_text, ==, "Crash will be cleared in 10 min");
  g_assert_cmpuint (state_of (fixture)->decisions->len, ==, 1);
  propose (fixture, 3, NULL);
  g_assert_false (decline (fixture, 3, "Zhou", NULL)); /* no reason */
  g_assert_cmpint (state_of (fixture)->proposed, ==, 3);
}

static void
step (Fixture *fixture, int tier)
{
  propose (fixture, tier, NULL);
  confirm (fixture, tier, 1, "Zhou");
  g_assert_true (put_in_force (fixture, tier));
}

static void
test_entered (Fixture *fixture, gconstpointer data)
{
  gint64 fourth_us;

  step (fixture, 4);
  fourth_us = fixture->at_us;
  step (fixture, 3);
  g_assert_cmpint (state_of (fixture)->entered_us[4], ==, fourth_us);
  g_assert_cmpint (state_of (fixture)->entered_us[3], ==, fixture->at_us);
  step (fixture, 4);
  g_assert_cmpint (state_of (fixture)->entered_us[4], ==, fourth_us);
  g_assert_cmpint (state_of (fixture)->entered_us[3], ==, 0);
  step (fixture, 0);
  g_assert_cmpint (state_of (fixture)->entered_us[4], ==, 0);
  g_assert_cmpuint (state_of (fixture)->decisions->len, ==, 4);
}

static void
test_measures (Fixture *fixture, gconstpointer data)
{
  const RnPlanMeasure *found;
  g_autoptr (GPtrArray) all = NULL;

  g_assert_false (measure (fixture, "m1", "confirmed", "Zhou", NULL)); /* not ordered */
  g_assert_false (measure (fixture, "m1", "ordered", "Zhou", "{}"));   /* what? */
  g_assert_false (measure (fixture, "m1", "ordered", NULL, "{\"what\": \"Drones\"}"));
  g_assert_true (measure (fixture, "m1", "ordered", "Zhou",
                          "{\"what\": \"Drones\", \"party\": \"police\", \"where\": \"K1089\"}"));
  g_assert_false (measure (fixture, "m1", "ordered", "Zhou", "{\"what\": \"Drones\"}"));
  g_assert_true (measure (fixture, "m1", "confirmed", "Zhou", NULL));
  g_assert_false (measure (fixture, "m1", "confirmed", "Zhou", NULL));
  g_assert_true (measure (fixture, "m1", "executed", "Zhou", NULL));
  g_assert_false (measure (fixture, "m1", "finished", "Zhou", NULL));
  g_assert_true (measure (fixture, "m1", "lifted", "Li", NULL));
  g_assert_false (measure (fixture, "m1", "executed", "Li", NULL));
  found = rn_plan_book_find_measure (fixture->book, "m1");
  g_assert_cmpint (found->tier, ==, 3);
  g_assert_cmpstr (found->party, ==, "police");
  g_assert_cmpstr (found->by[RN_MEASURE_ORDERED], ==, "Zhou");
  g_assert_cmpstr (found->by[RN_MEASURE_LIFTED], ==, "Li");
  all = rn_plan_book_dup_measures (fixture->book, PLAN);
  g_assert_cmpuint (all->len, ==, 1);
  fixture->at_us += 25 * 3600 * RN_SECOND;
  g_assert_true (measure (fixture, "m2", "ordered", "Zhou", "{\"what\": \"Signs\"}"));
  g_assert_null (rn_plan_book_find_measure (fixture->book, "m1"));
}

static void
test_closure (Fixture *fixture, gconstpointer data)
{
  g_assert_false (
      measure (fixture, "c", "ordered", "Zhou", "{\"what\": \"Close\", \"closure\": true}"));
  g_assert_false (measure (fixture, "c", "ordered", "Zhou",
                           "{\"what\": \"Close\", \"closure\": true, \"second\": \"Zhou\"}"));
  g_assert_true (measure (fixture, "c", "ordered", "Zhou",
                          "{\"what\": \"Close\", \"closure\": true, \"second\": \"Wang\"}"));
  g_assert_cmpstr (rn_plan_book_find_measure (fixture->book, "c")->second, ==, "Wang");
}

/* Whatever comes in whatever order: no tier I without two persons, and both books agree. */
static void
test_random (Fixture *fixture, gconstpointer data)
{
  static const char *const people[] = { NULL, "Zhou", "Wang", "Li" };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint i = 0; i < 5000; i++)
    {
      int tier = g_rand_int_range (random, 0, RN_N_TIERS);
      const char *person = people[g_rand_int_range (random, 0, G_N_ELEMENTS (people))];

      switch (g_rand_int_range (random, 0, 4))
        {
        case 0:
          propose (fixture, tier, person);
          break;
        case 1:
          confirm (fixture, tier, (guint) g_rand_int_range (random, 0, 4), person);
          break;
        case 2:
          if (put_in_force (fixture, tier) && tier == 1)
            {
              g_assert_nonnull (state_of (fixture)->by);
              g_assert_nonnull (state_of (fixture)->second);
              g_assert_cmpstr (state_of (fixture)->by, !=, state_of (fixture)->second);
            }
          break;
        default:
          decline (fixture, tier, person, "why");
        }
    }
  g_assert_cmpuint (state_of (fixture)->decisions->len, <=, 100);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "one-person", test_one_person },         { "two-persons", test_two_persons },
    { "no-inheritance", test_no_inheritance }, { "declined", test_declined },
    { "entered", test_entered },               { "measures", test_measures },
    { "closure", test_closure },               { "random", test_random },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plan-book/%s", tests[i].name);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
