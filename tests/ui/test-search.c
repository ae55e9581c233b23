/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search index: what is found by which words, in which order, how much, and how quickly grows
 * the work. No display is needed. */
#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "made-up.h"
#include "model/rn-network-builder.h"
#include "ui/rn-search-index.h"

typedef struct {
  RnNetwork *network;
  RnFrame *frame;
  RnSearchIndex *index;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  MadeUp how = MADE_UP_INIT;

  fixture->network = made_up_network ();
  fixture->frame = made_up_frame (fixture->network, &how, NULL);
  fixture->index = rn_search_index_new (fixture->network);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rn_search_index_unref (fixture->index);
  rn_frame_unref (fixture->frame);
  rn_network_unref (fixture->network);
}

static GPtrArray *
find (Fixture *fixture, const char *text)
{
  return rn_search_index_query (fixture->index, fixture->frame, text, RN_SEARCH_MAX_HITS, NULL);
}

static const RnSearchHit *
first (GPtrArray *hits)
{
  g_assert_cmpuint (hits->len, >, 0);
  return hits->pdata[0];
}

/* The first hit for a text is this subject. */
static void
assert_first (Fixture *fixture, const char *text, RnSubjectKind kind, const char *key)
{
  g_autoptr (GPtrArray) hits = find (fixture, text);

  g_test_message ("\"%s\": %u hits", text, hits->len);
  g_assert_cmpstr (first (hits)->subject->key, ==, key);
  g_assert_cmpint (first (hits)->subject->kind, ==, kind);
}

static void
test_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) both = find (fixture, "g2 k1064+300");
  g_autoptr (GPtrArray) one = find (fixture, "G2 K1064+300 beijing");
  g_autoptr (GPtrArray) beyond = find (fixture, "G2 K9999+000");
  const RnSearchHit *a = first (both), *b = both->pdata[1];

  g_assert_cmpint (a->kind, ==, RN_HIT_PLACE);
  g_assert_cmpint (b->kind, ==, RN_HIT_PLACE);
  g_assert_cmpstr (a->subject->key, !=, b->subject->key);
  g_assert_cmpstr (a->road, ==, "G2");
  g_assert_cmpint (a->shield, ==, RN_SHIELD_NATIONAL);
  g_assert_nonnull (strstr (a->title, "K1064+300"));
  g_assert_cmpint (first (one)->kind, ==, RN_HIT_PLACE);
  g_assert_cmpstr (first (one)->subject->key, ==, MADE_UP_SECTION);
  if (one->len > 1)
    g_assert_cmpint (((RnSearchHit *) one->pdata[1])->kind, !=, RN_HIT_PLACE);
  for (guint i = 0; i < beyond->len; i++)
    g_assert_cmpint (((RnSearchHit *) beyond->pdata[i])->kind, !=, RN_HIT_PLACE);
}

static void
test_ranking (Fixture *fixture, gconstpointer data)
{
  assert_first (fixture, "G2", RN_SUBJECT_ROAD, "G2");
  assert_first (fixture, "s35", RN_SUBJECT_ROAD, "S35");
  assert_first (fixture, "Ｓ３５", RN_SUBJECT_ROAD, "S35"); /* full width */
  assert_first (fixture, "沪蓉", RN_SUBJECT_ROAD, "G42");
  assert_first (fixture, "huaqiao", RN_SUBJECT_FACILITY, MADE_UP_PLAZA);
  assert_first (fixture, "澄湖", RN_SUBJECT_FACILITY, MADE_UP_AREA); /* in the middle */
  assert_first (fixture, "追尾", RN_SUBJECT_INCIDENT, MADE_UP_CRASH);
  assert_first (fixture, "rear-end", RN_SUBJECT_INCIDENT, MADE_UP_CRASH);
  assert_first (fixture, "resurf", RN_SUBJECT_WORK, MADE_UP_WORK);
  assert_first (fixture, "  YANGCHENG   lake ", RN_SUBJECT_FACILITY, MADE_UP_AREA);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) inner = find (fixture, "uaqiao");  /* not the beginning of a word */
  g_autoptr (GPtrArray) second = find (fixture, "plaza");  /* of the second word */
  g_autoptr (GPtrArray) both = find (fixture, "g42 靖江");
  g_autoptr (GPtrArray) none = find (fixture, "huaqiao nowhere");
  g_autoptr (GPtrArray) empty = find (fixture, "   ");

  g_assert_cmpuint (inner->len, ==, 0);
  g_assert_cmpuint (second->len, >=, 2);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (empty->len, ==, 0);
  g_assert_cmpuint (both->len, ==, 4); /* two sections a direction */
  for (guint i = 0; i < both->len; i++)
    {
      const RnSearchHit *hit = both->pdata[i];

      g_assert_cmpint (hit->kind, ==, RN_HIT_SECTION);
      g_assert_cmpstr (hit->road, ==, "G42");
    }
}

static void
test_bad_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (5000, 'g');
  const char *texts[] = { "\xff\xfe", "G42 K", "K123", "+++", "\t\n", "g2\ng2", long_text,
                          "a b c d e f g h i j k l m n o p" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) hits = find (fixture, texts[i]);

      g_assert_cmpuint (hits->len, <=, RN_SEARCH_MAX_HITS);
    }
}

/* Incidents come from the frame: a newer one has another answer on the same index. */
static void
test_live (Fixture *fixture, gconstpointer data)
{
  MadeUp how = MADE_UP_INIT;
  g_autoptr (RnFrame) without = NULL;
  g_autoptr (GPtrArray) before = find (fixture, "追尾");
  g_autoptr (GPtrArray) after = NULL;

  how.without_crash = TRUE;
  without = made_up_frame (fixture->network, &how, NULL);
  after = rn_search_index_query (fixture->index, without, "追尾", RN_SEARCH_MAX_HITS, NULL);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpuint (after->len, ==, 0);
}

static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) five
    = rn_search_index_query (fixture->index, fixture->frame, "g", 5, NULL);
  g_autoptr (GPtrArray) fifty = find (fixture, "g");

  g_assert_cmpuint (five->len, ==, 5);
  g_assert_cmpuint (fifty->len, >, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_true (rn_subject_equal (((RnSearchHit *) five->pdata[i])->subject,
                                     ((RnSearchHit *) fifty->pdata[i])->subject));
  for (guint i = 1; i < fifty->len; i++)
    g_assert_cmpint (((RnSearchHit *) fifty->pdata[i - 1])->score, >=,
                     ((RnSearchHit *) fifty->pdata[i])->score);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) hits = NULL;

  g_cancellable_cancel (cancellable);
  hits = rn_search_index_query (fixture->index, NULL, "huaqiao", 50, cancellable);
  g_assert_cmpuint (hits->len, ==, 0);
}

static RnNetwork *
make_large (guint n)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("large", "1");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      g_autofree char *ref = g_strdup_printf ("G%u", i / 500);
      g_autofree char *zh = g_strdup_printf ("节点%u → 节点%u", i, i + 1);
      g_autofree char *en = g_strdup_printf ("Node %u → Node %u", i, i + 1);
      g_autoptr (RnNames) names = rn_names_new_pairs ("zh-CN", zh, "en", en, NULL);
      RnPoint points[] = { { 118 + i % 500 * 0.01, 31 + i / 500 * 0.01 },
                           { 118 + (i % 500 + 1) * 0.01, 31 + i / 500 * 0.01 } };
      RnSectionRow row = RN_SECTION_ROW_INIT;

      row.id = id;
      row.road = ref;
      row.from_m = i % 500 * 1000.0;
      row.to_m = row.from_m + 1000;
      row.names = names;
      row.points = points;
      row.n_points = 2;
      g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
    }
  return rn_network_builder_end (builder);
}

/* Prints how long it takes; asserts only what is found. */
static void
test_large (void)
{
  g_autoptr (RnNetwork) network = make_large (100000);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (RnSearchIndex) index = rn_search_index_new (network);
  gint64 built = g_get_monotonic_time ();
  g_autoptr (GPtrArray) many = rn_search_index_query (index, NULL, "n", 50, NULL);
  gint64 asked = g_get_monotonic_time ();
  g_autoptr (GPtrArray) one = rn_search_index_query (index, NULL, "节点99999", 50, NULL);
  gint64 asked_again = g_get_monotonic_time ();

  g_test_message ("100,000 sections: built in %.0f ms, \"n\" in %.1f ms, one node in %.1f ms",
                  (built - start) / 1e3, (asked - built) / 1e3, (asked_again - asked) / 1e3);
  g_assert_cmpuint (many->len, ==, 50);
  g_assert_cmpuint (one->len, ==, 2);
}

#define ADD(path, function) \
  g_test_add ("/ui/search/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rn_i18n_init ("en_US");
  ADD ("place", test_place);
  ADD ("ranking", test_ranking);
  ADD ("words", test_words);
  ADD ("bad-text", test_bad_text);
  ADD ("live", test_live);
  ADD ("limit", test_limit);
  ADD ("cancelled", test_cancelled);
  g_test_add_func ("/ui/search/large", test_large);
  return g_test_run ();
}
