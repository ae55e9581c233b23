/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of alerts without a display: chips, order, filter, the words of a row, the shelf, what
 * an empty list says, and which banner stands over it. */
#include <glib/gstdio.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "made-up-alerts.h"
#include "made-up.h"
#include "ui/rn-alert-list.h"
#include "ui/rn-alert-text.h"
#include "ui/rn-banner.h"
#include "ui/rn-list-query.h"

typedef struct {
  RnClock *clock;
  RnSession *session;
  RnAlertDesk *desk;
  RnNetwork *network;
  RnAlertSheet *sheet;
  GTimeZone *utc;
  RnListContext context;
} Fixture;

static void
look_again (Fixture *f)
{
  g_clear_pointer (&f->sheet, rn_alert_sheet_unref);
  f->sheet = rn_alert_sheet_new (f->desk);
  f->context = (RnListContext){ rn_session_get_frame (f->session), MADE_UP_NOW_US, f->utc,
                                f->sheet };
}

static void
set_up (Fixture *f, gconstpointer with_alerts)
{
  MadeUp how = MADE_UP_INIT;

  f->clock = rn_clock_new_manual (MADE_UP_NOW_US);
  f->session = rn_session_new (f->clock);
  f->desk = rn_session_get_alert_desk (f->session);
  f->network = made_up_network ();
  f->utc = g_time_zone_new_utc ();
  if (with_alerts != NULL)
    made_up_alerts (f->desk, MADE_UP_NOW_US, 0, 0);
  else
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new ();

      rn_alert_desk_take_entries (f->desk, none);
    }
  rn_session_take_frame (f->session, made_up_frame (f->network, &how, NULL));
  look_again (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rn_alert_sheet_unref (f->sheet);
  g_object_unref (f->session);
  g_object_unref (f->clock);
  rn_network_unref (f->network);
  g_time_zone_unref (f->utc);
}

static RnListQuery *
run (Fixture *f, RnHaystacks *haystacks, guint chip, guint order, const char *text)
{
  RnListQuery *query = rn_list_query_new (&rn_alert_list, &f->context, chip, order, text, haystacks);

  rn_list_query_run (query);
  return query;
}

static const char *
key_at (const RnListQuery *query, guint i)
{
  return ((const RnAlert *) query->rows->pdata[i])->key;
}

static void
test_chips (Fixture *f, gconstpointer data)
{
  RnHaystacks *haystacks = rn_haystacks_new ();
  g_autoptr (RnListQuery) all = NULL;
  g_autoptr (RnListQuery) shelf = NULL;
  g_autoptr (RnListQuery) mine = NULL;

  rn_alert_desk_set_person (f->desk, "李卫东");
  look_again (f);
  all = run (f, haystacks, RN_ALERT_CHIP_ALL, 0, NULL);
  g_assert_cmpuint (all->rows->len, ==, 8);
  g_assert_cmpuint (all->chip_counts[RN_ALERT_CHIP_UNACKNOWLEDGED], ==, 4);
  g_assert_cmpuint (all->chip_counts[RN_ALERT_CHIP_SHELVED], ==, 1);
  g_assert_cmpuint (f->sheet->asks[0], ==, 4);
  g_assert_cmpuint (f->sheet->asks[1], ==, 1);
  g_assert_cmpuint (f->sheet->known[0], ==, 4);
  g_assert_cmpstr (key_at (all, 0), ==, MADE_UP_JAM_ALERT);
  g_assert_cmpstr (key_at (all, 1), ==, MADE_UP_CRASH_ALERT);
  shelf = run (f, haystacks, RN_ALERT_CHIP_SHELVED, 0, NULL);
  g_assert_cmpuint (shelf->rows->len, ==, 1);
  g_assert_cmpstr (key_at (shelf, 0), ==, MADE_UP_SHELVED_ALERT);
  mine = run (f, haystacks, RN_ALERT_CHIP_MINE, 0, NULL);
  g_assert_cmpuint (mine->rows->len, ==, 1);
  g_assert_cmpstr (key_at (mine, 0), ==, "plaza-queue facility:x/huaqiao");
  rn_haystacks_free (haystacks);
}

static void
test_filter (Fixture *f, gconstpointer data)
{
  RnHaystacks *haystacks = rn_haystacks_new ();
  g_autoptr (RnListQuery) road = run (f, haystacks, RN_ALERT_CHIP_ALL, 0, "g2");
  g_autoptr (RnListQuery) word = run (f, haystacks, RN_ALERT_CHIP_ALL, 0, "crash");
  g_autoptr (RnListQuery) reason = run (f, haystacks, RN_ALERT_CHIP_SHELVED, 0, "油车");
  g_autoptr (RnListQuery) by_road = run (f, haystacks, RN_ALERT_CHIP_ALL, 2, NULL);

  g_assert_cmpuint (road->rows->len, ==, 2); /* the crash and what recovers, not G42 */
  g_assert_cmpuint (word->rows->len, ==, 1);
  g_assert_cmpuint (reason->rows->len, ==, 1);
  g_assert_cmpstr (key_at (by_road, 0), ==, MADE_UP_CRASH_ALERT); /* G2 before G42 */
  g_assert_cmpstr (key_at (by_road, 1), ==, "jam section:x/G2a4");
  g_assert_cmpstr (key_at (by_road, 2), ==, MADE_UP_JAM_ALERT);
  rn_haystacks_free (haystacks);
}

static void
describe (Fixture *f, const char *key, RnRowText *text)
{
  const RnAlert *alert = rn_alert_desk_find (f->desk, key);

  g_assert_nonnull (alert);
  *text = (RnRowText){ 0 };
  rn_alert_list.describe (&f->context, alert, text);
}

static void
test_rows (Fixture *f, gconstpointer data)
{
  RnRowText text;

  describe (f, MADE_UP_JAM_ALERT, &text);
  g_assert_cmpstr (text.title, ==, "G42 K82+600 towards Chengdu");
  g_assert_cmpstr (text.what, ==, "Severe jam");
  g_assert_cmpuint (text.n_more, ==, 3);
  g_assert_cmpstr (text.icon, ==, "rn-tier-1-symbolic");
  g_assert_cmpstr (text.edge_class, ==, "tier-1");
  g_assert_cmpstr (text.word, ==, "Unacknowledged");
  g_assert_cmpstr (text.age, ==, "1:47");
  g_assert_true (text.strong);
  g_assert_nonnull (strstr (text.second, "queue 16.2"));
  g_assert_nonnull (strstr (text.second, "tail K66+"));
  rn_row_text_clear (&text);

  describe (f, MADE_UP_CRASH_ALERT, &text);
  g_assert_cmpstr (text.title, ==, "G2 K1064+300");
  g_assert_cmpstr (text.what, ==, "Rear-end crash, 3 cars");
  g_assert_true (g_str_has_prefix (text.second, "Lanes 1, 2 blocked · queue 8.6"));
  g_assert_cmpuint (text.n_more, ==, 7);
  rn_row_text_clear (&text);

  describe (f, "jam section:x/G2a4", &text);
  g_assert_cmpstr (text.word, ==, "Recovering");
  g_assert_null (text.edge_class);
  g_assert_nonnull (strstr (text.second, ", limit ")); /* it is good again */
  rn_row_text_clear (&text);

  describe (f, MADE_UP_SHELVED_ALERT, &text);
  g_assert_nonnull (strstr (text.second, "周敏"));
  g_assert_nonnull (strstr (text.second, "油车已在途中"));
  g_assert_nonnull (strstr (text.word, "Shelved to 02:54"));
  g_assert_null (text.edge_class);
  rn_row_text_clear (&text);
}

/* Of an incident that is no longer reported the row says what and where it was. */
static void
test_ended (Fixture *f, gconstpointer data)
{
  RnAlertEntry *entry =
      made_up_entry (RN_ENTRY_RAISED, MADE_UP_NOW_US, "incident", RN_SUBJECT_INCIDENT, "x/gone", 2);
  RnRowText text;

  entry->text = g_strdup ("Lorry on its side");
  entry->section = g_strdup ("x/G2a4");
  entry->chainage_m = 1064900;
  made_up_take (f->desk, entry);
  entry = made_up_entry (RN_ENTRY_RAISED, MADE_UP_NOW_US, "jam", RN_SUBJECT_SECTION, "x/G2a3", 3);
  entry->parent = g_strdup ("incident incident:x/gone");
  made_up_take (f->desk, entry);
  look_again (f);
  describe (f, "incident incident:x/gone", &text);
  g_assert_cmpstr (text.title, ==, "G2 K1064+900");
  g_assert_cmpstr (text.what, ==, "Lorry on its side");
  g_assert_cmpstr (text.second, ==, "Has ended · 1 alert under it");
  rn_row_text_clear (&text);
}

static gboolean
has_rule (RnAlertDesk *desk, const char *id)
{
  return rn_rule_set_find (rn_alert_desk_get_rules (desk), id) != NULL;
}

static void
raise_kpi (Fixture *f, const char *id, double value, RnRowText *text)
{
  g_autofree char *subject = g_strdup_printf ("x/%s", id);
  g_autofree char *key = g_strdup_printf ("smooth kpi:%s", subject);
  RnAlertEntry *entry =
      made_up_entry (RN_ENTRY_RAISED, MADE_UP_NOW_US, "smooth", RN_SUBJECT_KPI, subject, 3);

  entry->value = value;
  entry->threshold = 75;
  made_up_take (f->desk, entry);
  look_again (f);
  describe (f, key, text);
}

/* Of a key figure the rule's limits tell which side is bad, and the row says so. */
static void
test_kpi (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("roadnet-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "rules.json", NULL);
  gint64 until_us = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  RnRowText text;

  g_assert_true (g_file_set_contents (path,
                                      "{\"rules\": [{\"id\": \"smooth\", \"metric\": \"kpi\", "
                                      "\"select\": {\"kpi\": \"smooth\"}, "
                                      "\"tiers\": {\"III\": {\"enter\": 75, \"exit\": 80}}}]}",
                                      -1, NULL));
  rn_alert_desk_set_rules_file (f->desk, path);
  while (!has_rule (f->desk, "smooth") && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (has_rule (f->desk, "smooth"));
  raise_kpi (f, "smooth", 72, &text);
  g_assert_nonnull (strstr (text.second, "72 < 75"));
  rn_row_text_clear (&text);
  raise_kpi (f, "smoother", 92, &text); /* it is good again */
  g_assert_nonnull (strstr (text.second, "92, limit 75"));
  rn_row_text_clear (&text);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Lost data are said in words, and never look calm. */
static void
test_lost (Fixture *f, gconstpointer data)
{
  RnAlertEntry *entry = made_up_entry (RN_ENTRY_DATA, MADE_UP_NOW_US, "plaza-queue",
                                       RN_SUBJECT_FACILITY, "x/huaqiao", 3);
  RnRowText text;

  entry->quality = RN_QUALITY_LOST;
  made_up_take (f->desk, entry);
  look_again (f);
  describe (f, "plaza-queue facility:x/huaqiao", &text);
  g_assert_true (g_str_has_prefix (text.second, "Data lost"));
  g_assert_cmpstr (text.word_class, ==, "lost");
  rn_row_text_clear (&text);
}

static void
test_empty (Fixture *f, gconstpointer data)
{
  g_autofree char *first = rn_alert_list.dup_none_at (&f->context);
  g_autofree char *second = NULL;
  g_autofree char *blind = NULL;
  g_autoptr (RnSession) nothing = rn_session_new (f->clock); /* without a source */
  RnListContext context = f->context;
  RnAlertEntry *raised = made_up_entry (RN_ENTRY_RAISED, MADE_UP_NOW_US - 60 * RN_SECOND, "jam",
                                        RN_SUBJECT_SECTION, "x/G2a1", 3);

  g_assert_cmpstr (first, ==, "No alerts.");
  context.frame = rn_session_get_frame (nothing);
  blind = rn_alert_list.dup_none_at (&context);
  g_assert_cmpstr (blind, ==, "No alerts: no source tells what happens on the roads.");
  raised->value = 0.4;
  raised->threshold = 0.45;
  made_up_take (f->desk, raised);
  made_up_take (f->desk, made_up_entry (RN_ENTRY_CLEARED, MADE_UP_NOW_US - 36 * RN_SECOND, "jam",
                                        RN_SUBJECT_SECTION, "x/G2a1", 3));
  look_again (f);
  g_assert_cmpuint (f->sheet->alerts->len, ==, 0);
  second = rn_alert_list.dup_none_at (&f->context);
  g_assert_cmpstr (second, ==, "No alerts. The last one cleared at 02:42.");
}

static void
test_banner (Fixture *f, gconstpointer data)
{
  RnJournalStatus off = { .state = RN_JOURNAL_OFF, .reason = (char *) "No space left",
                          .pending = 412 };
  RnAlertSheet flood = *f->sheet;
  g_autoptr (RnBannerMessage) none = rn_banner_judge_alerts (f->sheet, MADE_UP_NOW_US, NULL, NULL);
  g_autoptr (RnBannerMessage) rules =
      rn_banner_judge_alerts (f->sheet, MADE_UP_NOW_US, "rules.json: rules[3]", NULL);
  g_autoptr (RnBannerMessage) many = NULL;
  g_autoptr (RnBannerMessage) journal = NULL;

  g_assert_cmpint (none->kind, ==, RN_BANNER_NONE);
  g_assert_cmpint (rules->kind, ==, RN_BANNER_RULES);
  g_assert_cmpstr (rules->detail, ==, "rules.json: rules[3]");
  flood.flood = TRUE;
  many = rn_banner_judge_alerts (&flood, MADE_UP_NOW_US, "rules.json: rules[3]", NULL);
  g_assert_cmpint (many->kind, ==, RN_BANNER_FLOOD);
  /* four rows of the last ten minutes, with the 7 and 3 that two of them stand for */
  g_assert_cmpstr (many->title, ==, "Flood: 14 new alerts in 10 min");
  journal = rn_banner_judge_alerts (&flood, MADE_UP_NOW_US, NULL, &off);
  g_assert_cmpint (journal->kind, ==, RN_BANNER_JOURNAL);
  g_assert_nonnull (strstr (journal->detail, "412"));
}

int
main (int argc, char **argv)
{
  rn_i18n_init ("en_US");
  g_test_init (&argc, &argv, NULL);
#define ADD(path, with, func) g_test_add (path, Fixture, with, set_up, func, tear_down)
  ADD ("/alerts/chips", "", test_chips);
  ADD ("/alerts/filter", "", test_filter);
  ADD ("/alerts/rows", "", test_rows);
  ADD ("/alerts/ended", "", test_ended);
  ADD ("/alerts/kpi", NULL, test_kpi);
  ADD ("/alerts/lost", "", test_lost);
  ADD ("/alerts/empty", NULL, test_empty);
  ADD ("/alerts/banner", "", test_banner);
#undef ADD
  return g_test_run ();
}
