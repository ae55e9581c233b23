/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list shows of a frame, without a display: words of the filter, chips and their counts,
 * each order of each list, and texts that are kept from frame to frame. */
#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "made-up.h"
#include "ui/rn-facility-list.h"
#include "ui/rn-incident-list.h"
#include "ui/rn-list-query.h"
#include "ui/rn-side-text.h"
#include "ui/rn-work-list.h"

typedef struct {
  RnNetwork *network;
  RnFrame *frame;
  MadeUp how;
  RnHaystacks *haystacks;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->how = (MadeUp) MADE_UP_INIT;
  fixture->how.n_more_incidents = 60;
  fixture->how.n_more_works = 20;
  fixture->network = made_up_network ();
  fixture->frame = made_up_frame (fixture->network, &fixture->how, NULL);
  fixture->haystacks = rn_haystacks_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rn_haystacks_free (fixture->haystacks);
  rn_frame_unref (fixture->frame);
  rn_network_unref (fixture->network);
}

static RnListQuery *
run (Fixture *fixture, const RnListKind *kind, guint chip, guint order, const char *text)
{
  RnListContext context = { fixture->frame, fixture->how.now_us, NULL };
  RnListQuery *query =
      rn_list_query_new (kind, &context, chip, order, text, fixture->haystacks);

  rn_list_query_run (query);
  return query;
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *text, *haystack;
    gboolean matches;
  } rows[] = {
    { "g42", "g42 k80 towards chengdu", TRUE },
    { "G42", "g42 k80", TRUE },
    { "g42", "g4221 k80", FALSE },  /* another road */
    { "g42", "xg42 k80", FALSE },
    { "g42", "g4221\ng42", TRUE },  /* the second time */
    { "g4", "g42 k80", TRUE },      /* there is no G4: what one types on the way to G42 */
    { "k8", "g42 k80", TRUE },
    { "g42 chengdu", "g42 k80 towards chengdu", TRUE },
    { "chengdu g42", "g42 k80 towards chengdu", TRUE },
    { "g42 beijing", "g42 k80 towards chengdu", FALSE },
    { "  ", "anything", TRUE },
    { "三车", "三车追尾", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s in %s", rows[i].text, rows[i].haystack);
      g_assert_cmpint (rn_list_text_matches (fixture->network, rows[i].text, rows[i].haystack), ==,
                       rows[i].matches);
    }
}

static void
test_chips (Fixture *fixture, gconstpointer data)
{
  for (guint chip = 0; chip < rn_incident_list.n_chips; chip++)
    {
      g_autoptr (RnListQuery) query = run (fixture, &rn_incident_list, chip, 0, NULL);
      guint sum = 0;

      g_assert_cmpuint (query->all->len, ==, 61);
      g_assert_cmpuint (query->rows->len, ==, query->chip_counts[chip]);
      for (guint c = 1; c < rn_incident_list.n_chips; c++)
        sum += query->chip_counts[c];
      g_assert_cmpuint (sum, ==, query->chip_counts[0]);
      g_assert_cmpuint (query->chip_counts[0], ==, 61);
    }
}

static guint
count_orders (const RnListKind *kind, const char *id)
{
  for (guint i = 0; i < kind->n_orders; i++)
    if (g_str_equal (kind->orders[i].id, id))
      return i + 1;
  g_assert_not_reached ();
}

static void
test_newest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RnListQuery) query =
      run (fixture, &rn_incident_list, 0, count_orders (&rn_incident_list, "newest"), NULL);

  g_assert_cmpuint (query->rows->len, ==, 61);
  for (guint i = 1; i < query->rows->len; i++)
    g_assert_cmpint (rn_side_incident_since_us (query->rows->pdata[i - 1]), >=,
                     rn_side_incident_since_us (query->rows->pdata[i]));
}

static void
test_by_road (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RnListQuery) query =
      run (fixture, &rn_incident_list, 0, count_orders (&rn_incident_list, "road"), NULL);
  g_autoptr (RnListQuery) facilities =
      run (fixture, &rn_facility_list, 0, count_orders (&rn_facility_list, "road"), NULL);
  gboolean placed = TRUE;

  for (guint i = 1; i < query->rows->len; i++)
    {
      const RnIncident *a = query->rows->pdata[i - 1], *b = query->rows->pdata[i];

      placed = placed && a->section != RN_NONE;
      g_assert_true (placed || b->section == RN_NONE); /* without a place: last */
      if (b->section != RN_NONE
          && fixture->network->road[a->section] == fixture->network->road[b->section])
        g_assert_cmpfloat (a->chainage_m, <=, b->chainage_m);
    }
  g_assert_false (placed);
  for (guint i = 1; i < facilities->rows->len; i++)
    {
      const RnFacility *a = facilities->rows->pdata[i - 1], *b = facilities->rows->pdata[i];

      g_assert_cmpint (rn_side_compare_roads (fixture->network, a->road, b->road), <=, 0);
    }
  /* G2 stands before G42, by number */
  g_assert_cmpint (rn_side_compare_roads (fixture->network,
                                          rn_network_find_road (fixture->network, "G2"),
                                          rn_network_find_road (fixture->network, "G42")),
                   <, 0);
  g_assert_cmpint (rn_side_compare_roads (fixture->network,
                                          rn_network_find_road (fixture->network, "S35"),
                                          RN_NONE),
                   <, 0);
}

/* The same rows in another frame, and other rows: never a text of the frame before. */
static void
test_next_frame (Fixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 25; round++)
    {
      g_autoptr (RnListQuery) query = run (fixture, &rn_incident_list, 0, 0, "g42");
      g_autoptr (RnListQuery) works = run (fixture, &rn_work_list, 0, 0, NULL);
      RnFrame *before = fixture->frame;
      guint expected = 0;

      for (guint i = 0; i < query->all->len; i++)
        {
          const RnIncident *incident = query->all->pdata[i];
          const char *road = rn_side_road (fixture->frame, incident->section, NULL);

          expected += g_strcmp0 (road, "G42") == 0;
        }
      g_assert_cmpuint (query->rows->len, ==, expected);
      g_assert_cmpuint (expected, >, 0);
      g_assert_cmpuint (works->rows->len, ==, works->all->len);
      fixture->how.round++;
      fixture->frame = made_up_frame (fixture->network, &fixture->how, before);
      rn_frame_unref (before);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rn_i18n_init ("en_US");
  g_test_add ("/ui/list-query/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/ui/list-query/chips", Fixture, NULL, set_up, test_chips, tear_down);
  g_test_add ("/ui/list-query/newest", Fixture, NULL, set_up, test_newest, tear_down);
  g_test_add ("/ui/list-query/by-road", Fixture, NULL, set_up, test_by_road, tear_down);
  g_test_add ("/ui/list-query/next-frame", Fixture, NULL, set_up, test_next_frame, tear_down);
  return g_test_run ();
}
