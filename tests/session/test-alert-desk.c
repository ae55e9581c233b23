/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk: what is shown and when, acts, restarts, a journal that cannot be written or is another's,
 * rules of the site. On a manual clock, which the journal's thread does not need. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "alert-road.h"

#define PATIENCE_US (90 * RN_SECOND)
#define T0 G_GINT64_CONSTANT (1790000000000000)
#define MINUTE (60 * RN_SECOND)

typedef struct {
  char *folder, *journal, *rules;
  RnClock *clock;
  Road *road;
  RnAlertDesk *desk;
  guint n_changed, n_rang, n_nags, n_rules;
  char *refused;
  GPtrArray *entries; /* RnAlertEntry */
} Fixture;

/* ---- waiting ------------------------------------------------------------------------------- */

typedef gboolean (*Condition) (Fixture *f);

static void
wait_for (Fixture *f, Condition condition)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  while (!condition (f))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until_us);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
}

static gboolean
is_quiet (Fixture *f)
{
  return f->desk->loading == NULL && !rn_alert_work_is_busy (f->desk->work)
         && (f->desk->journal == NULL || f->desk->journal_state != RN_JOURNAL_STARTING)
         && rn_alert_desk_is_shown (f->desk) && !g_main_context_pending (NULL);
}

static gboolean
is_settled (Fixture *f)
{
  return is_quiet (f) && g_queue_is_empty (&f->desk->batches);
}

static gboolean
is_quiet_and_off (Fixture *f)
{
  return is_quiet (f) && f->desk->journal_state == RN_JOURNAL_OFF;
}

static gboolean
has_taken_over (Fixture *f)
{
  return is_settled (f) && f->desk->journal_state != RN_JOURNAL_ELSEWHERE;
}

static gboolean
was_rules_changed (Fixture *f)
{
  return f->n_rules > 0;
}

/* ---- a desk -------------------------------------------------------------------------------- */

static void
changed_cb (Fixture *f)
{
  f->n_changed++;
}

static void
rang_cb (Fixture *f, const RnAlert *alert, gboolean again)
{
  *(again ? &f->n_nags : &f->n_rang) += 1;
}

static void
entries_cb (Fixture *f, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (f->entries, rn_alert_entry_ref (entries->pdata[i]));
}

static void
refused_cb (Fixture *f, const char *text)
{
  g_free (f->refused);
  f->refused = g_strdup (text);
}

static void
rules_cb (Fixture *f)
{
  f->n_rules++;
}

static void
start (Fixture *f, gboolean journal)
{
  f->desk = rn_alert_desk_new (f->clock);
  g_signal_connect_swapped (f->desk, "changed", G_CALLBACK (changed_cb), f);
  g_signal_connect_swapped (f->desk, "rang", G_CALLBACK (rang_cb), f);
  g_signal_connect_swapped (f->desk, "entries", G_CALLBACK (entries_cb), f);
  g_signal_connect_swapped (f->desk, "refused", G_CALLBACK (refused_cb), f);
  g_signal_connect_swapped (f->desk, "rules-changed", G_CALLBACK (rules_cb), f);
  rn_alert_desk_set_person (f->desk, "li");
  if (journal)
    rn_alert_desk_open (f->desk, f->journal, "seat-1", NULL);
  wait_for (f, is_settled);
}

static void
stop (Fixture *f)
{
  rn_alert_desk_close (f->desk);
  g_assert_finalize_object (f->desk);
  f->desk = NULL;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("roadnet-desk-XXXXXX", NULL);
  f->journal = g_build_filename (f->folder, "journal", NULL);
  f->rules = g_build_filename (f->folder, "config", "rules.json", NULL);
  f->clock = rn_clock_new_manual (T0);
  f->road = road_new (12, T0);
  f->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_chmod (path, 0700);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->desk != NULL)
    stop (f);
  remove_folder (f->folder);
  road_free (f->road);
  g_object_unref (f->clock);
  g_ptr_array_unref (f->entries);
  g_free (f->refused);
  g_free (f->folder);
  g_free (f->journal);
  g_free (f->rules);
}

/* A minute passes, with these speeds; what follows is on the disk, or known not to be. */
static void
live (Fixture *f, guint minutes)
{
  for (guint i = 0; i < minutes; i++)
    {
      const RnFrame *frame = road_measure (f->road, MINUTE);

      rn_clock_advance (f->clock, MINUTE);
      rn_alert_desk_step (f->desk, frame, f->road->now_us, NULL);
      wait_for (f, is_quiet);
    }
  if (f->desk->journal_state == RN_JOURNAL_ON)
    wait_for (f, is_settled);
}

static void
jam (Fixture *f, float ratio)
{
  f->road->ratio[5] = ratio;
  live (f, 4);
}

static const char *const jam_key = "jam section:s/a5";

static const RnAlert *
find (Fixture *f)
{
  return rn_alert_desk_find (f->desk, jam_key);
}

static guint
count (Fixture *f, RnAlertEntryKind kind)
{
  guint n = 0;

  for (guint i = 0; i < f->entries->len; i++)
    n += ((RnAlertEntry *) f->entries->pdata[i])->kind == kind;
  return n;
}

static char *
dup_digest (Fixture *f)
{
  return rn_alert_book_dup_digest (f->desk->book);
}

/* ---- tests --------------------------------------------------------------------------------- */

static void
test_memory (Fixture *f, gconstpointer data)
{
  g_autoptr (RnSubject) subject = rn_subject_new (RN_SUBJECT_SECTION, "s/a5");
  g_autoptr (RnSubject) other = rn_subject_new (RN_SUBJECT_SECTION, "s/a9");
  g_autoptr (GPtrArray) timeline = NULL;

  start (f, FALSE);
  g_assert_null (rn_alert_desk_get_journal_status (f->desk));
  jam (f, 0.4f);
  g_assert_nonnull (find (f));
  g_assert_cmpuint (f->n_rang, ==, 1);
  g_assert_cmpuint (f->n_changed, >, 0);
  g_assert_cmpuint (count (f, RN_ENTRY_RAISED), ==, 1);
  g_assert_cmpuint (rn_alert_desk_get_alerts (f->desk)->len, ==, 1);
  g_assert_true (rn_alert_desk_find_for (f->desk, subject) == find (f));
  g_assert_null (rn_alert_desk_find_for (f->desk, other));
  g_assert_false (rn_alert_desk_is_recorded (f->desk, jam_key));

  g_assert_true (rn_alert_desk_acknowledge (f->desk, jam_key));
  wait_for (f, is_settled);
  g_assert_true (find (f)->acknowledged);
  g_assert_cmpstr (find (f)->acknowledged_by, ==, "li");
  timeline = rn_alert_desk_dup_timeline (f->desk, jam_key);
  g_assert_cmpstr (((RnAlertEntry *) timeline->pdata[timeline->len - 1])->where, ==,
                   rn_alert_desk_get_seat (f->desk));
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  start (f, TRUE);
  g_assert_false (rn_alert_desk_acknowledge (f->desk, "jam section:s/a1"));
  g_assert_cmpstr (f->refused, ==, "There is no such alert any more");
  jam (f, 0.4f);
  g_assert_false (rn_alert_desk_shelve (f->desk, jam_key, "", 60 * MINUTE, FALSE));
  g_assert_cmpstr (f->refused, ==, "Shelving needs a reason");
  g_assert_false (rn_alert_desk_shelve (f->desk, jam_key, "works", 9 * 60 * MINUTE, FALSE));
  g_assert_false (rn_alert_desk_unshelve (f->desk, jam_key));
  g_assert_false (rn_alert_desk_note (f->desk, jam_key, NULL));
  wait_for (f, is_settled);
  g_assert_cmpuint (count (f, RN_ENTRY_SHELVED) + count (f, RN_ENTRY_NOTE), ==, 0);
}

/* Two presses before the first is on the disk: the second is refused by the engine. */
static void
test_twice (Fixture *f, gconstpointer data)
{
  start (f, TRUE);
  jam (f, 0.4f);
  g_assert_true (rn_alert_desk_acknowledge (f->desk, jam_key));
  g_assert_true (rn_alert_desk_acknowledge (f->desk, jam_key));
  wait_for (f, is_settled);
  g_assert_cmpuint (count (f, RN_ENTRY_ACKNOWLEDGED), ==, 1);
  g_assert_cmpstr (f->refused, ==, "The alert is acknowledged already");
}

static void
test_borrowed (Fixture *f, gconstpointer data)
{
  const GPtrArray *before;

  start (f, FALSE);
  jam (f, 0.4f);
  before = rn_alert_desk_get_alerts (f->desk);
  g_assert_true (rn_alert_desk_get_alerts (f->desk) == before);
  rn_alert_desk_note (f->desk, jam_key, "seen");
  while (rn_alert_desk_get_alerts (f->desk) == before) /* until it is applied */
    g_main_context_iteration (NULL, TRUE);
  wait_for (f, is_settled);
  g_assert_cmpuint (find (f)->n_notes, ==, 1);
}

/* Every dimension comes back. */
static void
test_restart (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;

  start (f, TRUE);
  jam (f, 0.4f);
  rn_alert_desk_acknowledge (f->desk, jam_key);
  rn_alert_desk_note (f->desk, jam_key, "patrol “sent”");
  rn_alert_desk_set_owner (f->desk, jam_key, "wang");
  rn_alert_desk_shelve (f->desk, jam_key, "works", 60 * MINUTE, TRUE);
  rn_alert_desk_set_out_of_service (f->desk, jam_key, TRUE, "loop");
  wait_for (f, is_settled);
  g_assert_true (rn_alert_desk_is_recorded (f->desk, jam_key));
  before = dup_digest (f);
  stop (f);

  g_ptr_array_set_size (f->entries, 0);
  f->n_rang = 0;
  start (f, TRUE);
  g_assert_nonnull (find (f));
  g_assert_true (find (f)->acknowledged);
  g_assert_cmpstr (find (f)->owner, ==, "wang");
  g_assert_cmpint (find (f)->mask, ==, RN_MASK_OUT_OF_SERVICE);
  g_assert_cmpint (find (f)->shelved_until_us, ==, T0 + 64 * MINUTE);
  after = dup_digest (f);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (count (f, RN_ENTRY_RAISED), ==, 0); /* of restored ones nothing is told */
  live (f, 2);
  g_assert_cmpuint (f->n_rang, ==, 0);
  g_assert_cmpint (find (f)->condition, ==, RN_CONDITION_ACTIVE);
  jam (f, 0.1f);
  g_assert_false (find (f)->acknowledged); /* a worse tier was never answered */
}

/* It ended while the program was not there; the shelf too. */
static void
test_ended_meanwhile (Fixture *f, gconstpointer data)
{
  start (f, TRUE);
  jam (f, 0.4f);
  rn_alert_desk_shelve (f->desk, jam_key, "works", 30 * MINUTE, FALSE);
  wait_for (f, is_settled);
  stop (f);
  f->road->ratio[5] = 0.9f;
  rn_clock_advance (f->clock, 120 * MINUTE);
  road_measure (f->road, 120 * MINUTE);
  start (f, TRUE);
  live (f, 40);
  g_assert_cmpuint (count (f, RN_ENTRY_UNSHELVED), ==, 1);
  g_assert_cmpuint (count (f, RN_ENTRY_CLEARED), ==, 1);
  g_assert_null (find (f));
  g_assert_cmpint (rn_alert_desk_get_last_cleared_us (f->desk), >, T0);
}

/* The journal's folder refuses. */
static void
refuse_journal (Fixture *f)
{
  if (geteuid () == 0)
    {
      /* root writes everywhere: a file in the place of the folder */
      g_assert_true (g_file_set_contents (f->journal, "x", 1, NULL));
    }
  else
    g_assert_cmpint (g_mkdir (f->journal, 0500), ==, 0);
}

static void
let_journal (Fixture *f)
{
  if (geteuid () == 0)
    g_unlink (f->journal);
  else
    g_chmod (f->journal, 0700);
}

/* A folder that cannot be written: shown all the same, said, and written when it can be. */
static void
test_off_and_on (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;

  refuse_journal (f);
  f->desk = NULL;
  start (f, FALSE);
  rn_alert_desk_open (f->desk, f->journal, "seat-1", NULL);
  wait_for (f, is_quiet_and_off);
  f->road->ratio[5] = 0.4f;
  live (f, 4);
  g_assert_nonnull (find (f));
  g_assert_false (rn_alert_desk_is_recorded (f->desk, jam_key));
  g_assert_true (rn_alert_desk_acknowledge (f->desk, jam_key));
  wait_for (f, is_quiet);
  g_assert_true (find (f)->acknowledged);
  g_assert_cmpuint (rn_alert_desk_get_journal_status (f->desk)->pending, >, 0);

  let_journal (f);
  wait_for (f, is_settled);
  g_assert_true (rn_alert_desk_is_recorded (f->desk, jam_key));
  before = dup_digest (f);
  stop (f);
  start (f, TRUE);
  after = dup_digest (f);
  g_assert_cmpstr (before, ==, after);
}

/* The disk refuses until the program ends: what was done meanwhile is there after the next start. */
static void
test_off_until_the_end (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;

  refuse_journal (f);
  start (f, FALSE);
  rn_alert_desk_open (f->desk, f->journal, "seat-1", NULL);
  wait_for (f, is_quiet_and_off);
  f->road->ratio[5] = 0.4f;
  live (f, 4);
  g_assert_true (rn_alert_desk_acknowledge (f->desk, jam_key));
  g_assert_true (rn_alert_desk_shelve (f->desk, jam_key, "works", 60 * MINUTE, FALSE));
  wait_for (f, is_quiet);
  before = dup_digest (f);
  stop (f);
  let_journal (f);
  start (f, TRUE);
  g_assert_true (find (f)->acknowledged);
  g_assert_true (find (f)->shelved);
  g_assert_true (rn_alert_desk_is_recorded (f->desk, jam_key));
  after = dup_digest (f);
  g_assert_cmpstr (before, ==, after);
}

/* Two processes, here two desks: the second shows, records nothing and is told where to act; when
 * the first has gone it goes on from there. */
static void
test_elsewhere (Fixture *f, gconstpointer data)
{
  RnAlertDesk *first;

  start (f, TRUE);
  jam (f, 0.4f);
  first = f->desk;
  start (f, TRUE);
  g_assert_cmpint (f->desk->journal_state, ==, RN_JOURNAL_ELSEWHERE);
  live (f, 4);
  g_assert_nonnull (find (f));
  g_assert_false (rn_alert_desk_is_recorded (f->desk, jam_key));
  g_assert_false (rn_alert_desk_acknowledge (f->desk, jam_key));
  g_assert_nonnull (strstr (f->refused, "Another RoadNet"));

  rn_alert_desk_acknowledge (first, jam_key);
  while (!rn_alert_desk_find (first, jam_key)->acknowledged)
    g_main_context_iteration (NULL, TRUE);
  rn_alert_desk_close (first);
  g_object_unref (first);
  wait_for (f, has_taken_over);
  g_assert_true (find (f)->acknowledged);
  g_assert_true (rn_alert_desk_is_recorded (f->desk, jam_key));
  live (f, 1);
  g_assert_true (rn_alert_desk_note (f->desk, jam_key, "here now"));
  wait_for (f, is_settled);
}

/* As after a file that was damaged while we ran: the new one is told what stands, and what is shown
 * stays as it is. */
static void
test_told_again (Fixture *f, gconstpointer data)
{
  RnAlertEntry *started = rn_alert_entry_new (RN_ENTRY_STARTED, T0);
  g_autofree char *before = NULL, *after = NULL;

  start (f, TRUE);
  jam (f, 0.4f);
  rn_alert_desk_acknowledge (f->desk, jam_key);
  rn_alert_desk_set_owner (f->desk, jam_key, "wang");
  rn_alert_desk_note (f->desk, jam_key, "patrol sent");
  rn_alert_desk_shelve (f->desk, jam_key, "works", 60 * MINUTE, FALSE);
  wait_for (f, is_settled);
  before = dup_digest (f);
  started->one_shot = TRUE;
  rn_alert_work_retell (f->desk->work, started, T0);
  wait_for (f, is_settled);
  after = dup_digest (f);
  g_assert_cmpstr (before, ==, after);
  stop (f);
  start (f, TRUE);
  g_assert_true (find (f)->acknowledged);
  g_assert_cmpstr (find (f)->owner, ==, "wang");
  g_assert_cmpuint (find (f)->n_notes, ==, 1);
  g_assert_cmpstr (find (f)->mask_reason, ==, "works");
  g_assert_cmpint (find (f)->shelved_until_us, ==, T0 + 64 * MINUTE);
  live (f, 2);
  g_assert_cmpint (find (f)->condition, ==, RN_CONDITION_ACTIVE);
}

/* More than a bookmark's worth: the next start reads from there, to the same state. */
static void
test_bookmark (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;

  start (f, TRUE);
  jam (f, 0.4f);
  for (guint i = 0; i < 5100; i++)
    rn_alert_desk_note (f->desk, jam_key, "noted");
  wait_for (f, is_settled);
  rn_alert_desk_note (f->desk, jam_key, "and after");
  wait_for (f, is_settled);
  g_assert_cmpuint (count (f, RN_ENTRY_BOOKMARK), ==, 1);
  before = dup_digest (f);
  stop (f);
  start (f, TRUE);
  g_assert_cmpint (f->desk->load, ==, LOAD_REST);
  after = dup_digest (f);
  g_assert_cmpstr (before, ==, after);
}

/* An entry of a newer version, and one that is nonsense, between good ones. */
static void
test_foreign_entries (Fixture *f, gconstpointer data)
{
  g_autoptr (RnJournal) journal = NULL;
  GPtrArray *entries;

  start (f, TRUE);
  jam (f, 0.4f);
  stop (f);
  journal = rn_journal_new (f->journal, "seat-1", NULL, f->clock);
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_journal_entry_free);
  g_ptr_array_add (entries, rn_journal_entry_new (T0, "levitated", jam_key, NULL, "{}"));
  g_ptr_array_add (entries, rn_journal_entry_new (T0, "tier", jam_key, NULL, "{\"tier\":9}"));
  g_ptr_array_add (entries, rn_journal_entry_new (T0, "tier", jam_key, NULL, NULL));
  g_ptr_array_add (entries, rn_journal_entry_new (T0, "bookmark", NULL, NULL, "{\"text\":\"no\"}"));
  rn_journal_append (journal, entries);
  rn_journal_close (journal);
  g_test_expect_message ("rn-session", G_LOG_LEVEL_MESSAGE, "*bookmark*does not fit*");
  g_test_expect_message ("rn-session", G_LOG_LEVEL_MESSAGE, "3 entries*levitated*");
  start (f, TRUE);
  g_test_assert_expected_messages ();
  g_assert_nonnull (find (f));
  g_assert_cmpint (find (f)->tier, ==, 3);
}

static void
test_by_hand (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);
  RnAlertEntry *raised = rn_alert_entry_new (RN_ENTRY_RAISED, T0);

  start (f, FALSE);
  raised->rule = g_strdup ("jam");
  raised->subject = rn_subject_new (RN_SUBJECT_SECTION, "s/a5");
  raised->key = g_strdup (jam_key);
  raised->tier = 2;
  raised->rings = TRUE;
  g_ptr_array_add (entries, raised);
  g_ptr_array_add (entries, rn_alert_entry_ref (raised)); /* does not fit */
  g_test_expect_message ("rn-session", G_LOG_LEVEL_MESSAGE, "raised of jam*");
  g_assert_cmpuint (rn_alert_desk_take_entries (f->desk, entries), ==, 1);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (f->n_rang, ==, 1);
  live (f, 3);
  g_assert_nonnull (find (f));
  g_assert_true (rn_alert_desk_acknowledge (f->desk, jam_key));
  g_assert_true (find (f)->acknowledged);
}

/* ---- rules of the site --------------------------------------------------------------------- */

static void
write_rules (Fixture *f, const char *text)
{
  g_autofree char *folder = g_path_get_dirname (f->rules);

  f->n_rules = 0;
  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (f->rules, text, -1, NULL));
}

/* The settling is on the manual clock. */
static gboolean
pass_and_see (Fixture *f)
{
  rn_clock_advance (f->clock, RN_SECOND);
  return was_rules_changed (f) && is_settled (f);
}

#define RULE(version, enter)                                                                       \
  "{\"rules\":[{\"id\":\"jam\",\"name\":\"Jam\",\"version\":" version ",\"metric\":"                 \
  "\"speed_ratio\",\"reason\":\"quiet\",\"tiers\":{\"III\":{\"enter\":" enter                        \
  ",\"exit\":0.8}}}]}"

static void
test_rules_file (Fixture *f, gconstpointer data)
{
  start (f, TRUE);
  live (f, 1);
  write_rules (f, RULE ("7", "0.3"));
  rn_alert_desk_set_rules_file (f->desk, f->rules);
  wait_for (f, pass_and_see);
  g_assert_null (rn_alert_desk_get_rules_error (f->desk));
  g_assert_cmpuint (rn_rule_set_find (rn_alert_desk_get_rules (f->desk), "jam")->version, ==, 7);
  g_assert_cmpuint (rn_alert_desk_get_rules (f->desk)->n, ==, rn_rule_set_default ()->n);

  write_rules (f, RULE ("8", "0.9")); /* its exit is on the wrong side */
  wait_for (f, pass_and_see);
  g_assert_nonnull (strstr (rn_alert_desk_get_rules_error (f->desk), f->rules));
  g_assert_nonnull (strstr (rn_alert_desk_get_rules_error (f->desk), "rules[0].tiers.III.exit"));
  g_assert_cmpuint (rn_rule_set_find (rn_alert_desk_get_rules (f->desk), "jam")->version, ==, 7);

  write_rules (f, RULE ("9", "0.5"));
  wait_for (f, pass_and_see);
  g_assert_null (rn_alert_desk_get_rules_error (f->desk));
  g_assert_cmpuint (rn_rule_set_find (rn_alert_desk_get_rules (f->desk), "jam")->version, ==, 9);
  f->n_rules = 0;
  g_unlink (f->rules);
  wait_for (f, pass_and_see);
  g_assert_cmpuint (rn_rule_set_find (rn_alert_desk_get_rules (f->desk), "jam")->version, ==,
                    rn_rule_set_find (rn_rule_set_default (), "jam")->version);
  /* at the start, and three changes */
  g_assert_cmpuint (count (f, RN_ENTRY_RULES), ==, 4);
}

/* Rules that are already known make no entry at a start, and no frame is judged by others before. */
static void
test_rules_at_start (Fixture *f, gconstpointer data)
{
  write_rules (f, RULE ("7", "0.5"));
  for (guint i = 0; i < 2; i++)
    {
      start (f, TRUE);
      rn_alert_desk_set_rules_file (f->desk, f->rules);
      f->road->ratio[5] = 0.4f;
      rn_alert_desk_step (f->desk, road_measure (f->road, MINUTE), T0 + MINUTE, NULL);
      wait_for (f, was_rules_changed);
      wait_for (f, is_settled);
      g_assert_cmpuint (count (f, RN_ENTRY_RULES), ==, 1);
      g_assert_cmpuint (count (f, RN_ENTRY_STARTED), ==, i + 1);
      f->n_rules = 0;
      stop (f);
    }
}

static void
test_save_rule (Fixture *f, gconstpointer data)
{
  const RnRule *jam_rule = rn_rule_set_find (rn_rule_set_default (), "jam"), *now;
  const RnAlertEntry *entry;
  g_autoptr (GError) error = NULL;

  start (f, TRUE);
  g_assert_false (rn_alert_desk_save_rule (f->desk, jam_rule, &error));
  g_clear_error (&error);
  live (f, 1);
  f->n_rules = 0;
  rn_alert_desk_set_rules_file (f->desk, f->rules);
  wait_for (f, was_rules_changed);
  g_assert_true (rn_alert_desk_save_rule (f->desk, jam_rule, &error));
  g_assert_no_error (error);
  now = rn_rule_set_find (rn_alert_desk_get_rules (f->desk), "jam");
  g_assert_cmpuint (now->version, ==, jam_rule->version + 1);
  g_assert_true (now->local);
  g_assert_true (g_file_test (f->rules, G_FILE_TEST_EXISTS));
  wait_for (f, is_settled);
  entry = f->entries->pdata[f->entries->len - 1];
  g_assert_cmpint (entry->kind, ==, RN_ENTRY_RULES);
  g_assert_cmpstr (entry->rule, ==, "jam");
  g_assert_cmpstr (entry->person, ==, "li");
  g_assert_cmpuint (entry->rule_version, ==, jam_rule->version + 1);

  g_assert_true (g_file_set_contents (f->rules, "{\"rules\":[]}", -1, NULL)); /* another hand */
  g_assert_false (rn_alert_desk_save_rule (f->desk, jam_rule, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_clear_error (&error);
  f->n_rules = 0;
  wait_for (f, pass_and_see);
  g_assert_false (rn_alert_desk_reset_rule (f->desk, "jam", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (rn_alert_desk_save_rule (f->desk, jam_rule, NULL));
  g_assert_true (rn_alert_desk_reset_rule (f->desk, "jam", NULL));
  g_assert_false (rn_rule_set_find (rn_alert_desk_get_rules (f->desk), "jam")->local);

  write_rules (f, "{no");
  wait_for (f, pass_and_see);
  g_assert_false (rn_alert_desk_save_rule (f->desk, jam_rule, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* ---- thresholds of sections ---------------------------------------------------------------- */

static void
faults_cb (guint *n)
{
  *n += 1;
}

static gboolean
has_faults (Fixture *f)
{
  return rn_alert_desk_get_threshold_faults (f->desk) != NULL;
}

static gboolean
has_no_faults (Fixture *f)
{
  return rn_alert_desk_get_threshold_faults (f->desk) == NULL;
}

static void
use_road (Fixture *f, const char *thresholds)
{
  road_free (f->road);
  f->road = road_new_on (fixture_road_with_thresholds ("s", 12, thresholds), T0);
  rn_alert_desk_step (f->desk, road_measure (f->road, MINUTE), f->road->now_us, NULL);
}

/* The engine on its thread finds them, the seat asks without waiting; they go with the network. */
static void
test_faults (Fixture *f, gconstpointer data)
{
  const RnThresholdFaults *faults;
  guint n_told = 0;

  start (f, FALSE);
  g_signal_connect_swapped (f->desk, "faults-changed", G_CALLBACK (faults_cb), &n_told);
  rn_alert_desk_step (f->desk, road_measure (f->road, MINUTE), f->road->now_us, NULL);
  wait_for (f, is_settled);
  g_assert_true (has_no_faults (f));
  g_assert_cmpuint (n_told, ==, 0);
  use_road (f, "{\"jam\": {\"III\": {\"enter\": 0.6, \"exit\": 0.5}}}");
  wait_for (f, has_faults);
  faults = rn_alert_desk_get_threshold_faults (f->desk);
  g_assert_cmpuint (faults->n, ==, f->road->n);
  g_assert_true (g_str_has_prefix (faults->faults[0].what, "jam.III.exit: "));
  g_assert_cmpuint (n_told, ==, 1);
  for (guint i = 0; i < 3; i++) /* told once */
    rn_alert_desk_step (f->desk, road_measure (f->road, MINUTE), f->road->now_us, NULL);
  wait_for (f, is_settled);
  g_assert_cmpuint (n_told, ==, 1);
  use_road (f, NULL);
  wait_for (f, has_no_faults);
  g_assert_cmpuint (n_told, ==, 2);
  stop (f);
}

int
main (int argc, char **argv)
{
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/alert-desk/memory", test_memory);
  ADD ("/alert-desk/refused", test_refused);
  ADD ("/alert-desk/twice", test_twice);
  ADD ("/alert-desk/borrowed", test_borrowed);
  ADD ("/alert-desk/restart", test_restart);
  ADD ("/alert-desk/ended-meanwhile", test_ended_meanwhile);
  ADD ("/alert-desk/off-and-on", test_off_and_on);
  ADD ("/alert-desk/off-until-the-end", test_off_until_the_end);
  ADD ("/alert-desk/elsewhere", test_elsewhere);
  ADD ("/alert-desk/told-again", test_told_again);
  ADD ("/alert-desk/bookmark", test_bookmark);
  ADD ("/alert-desk/foreign-entries", test_foreign_entries);
  ADD ("/alert-desk/by-hand", test_by_hand);
  ADD ("/alert-desk/rules-file", test_rules_file);
  ADD ("/alert-desk/rules-at-start", test_rules_at_start);
  ADD ("/alert-desk/save-rule", test_save_rule);
  ADD ("/alert-desk/faults", test_faults);
  return g_test_run ();
}
