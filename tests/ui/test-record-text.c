/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the truth strip says of the record. */
#include "ui/rn-record-text.h"

static void
check (const char *folder, const RnFrameStoreStatus *status, RnFeedLook look, const char *word,
       const char *sentence)
{
  g_autofree char *said_word = rn_record_text_word (folder, status);
  g_autofree char *said = rn_record_text_sentence (folder, status);

  g_assert_cmpint (rn_record_look (folder, status), ==, look);
  g_assert_cmpstr (said_word, ==, word);
  g_assert_cmpstr (said, ==, sentence);
}

static void
test_states (void)
{
  RnFrameStoreStatus on = { .state = RN_FRAME_STORE_ON };
  RnFrameStoreStatus off = { .state = RN_FRAME_STORE_OFF, .reason = (char *) "the disk refuses writes",
                             .pending = 412 };
  RnFrameStoreStatus newer = { .state = RN_FRAME_STORE_OFF, .reason = (char *) "it is newer" };
  RnFrameStoreStatus other = { .state = RN_FRAME_STORE_ELSEWHERE,
                               .reason = (char *) "another seat writes the history" };
  RnFrameStoreStatus starting = { .state = RN_FRAME_STORE_STARTING };
  g_autofree char *size = rn_record_text_size ((guint64) 40 << 20, (guint64) 4096 << 20);

  check (NULL, NULL, RN_FEED_LOOK_WAITING, "–", "Record: off, as this start asked for.");
  check ("/x", NULL, RN_FEED_LOOK_WAITING, "–",
         "Record: nothing to keep now. Values of the demo and of recordings are not kept, since "
         "their clocks begin anew.");
  check ("/x", &on, RN_FEED_LOOK_LIVE, "normal", "Record: normal, values of sections are kept.");
  check ("/x", &off, RN_FEED_LOOK_LOST, "off, 412 wait",
         "Record off: the disk refuses writes, 412 entries wait.");
  off.pending = 1;
  check ("/x", &off, RN_FEED_LOOK_LOST, "off, 1 waits",
         "Record off: the disk refuses writes, 1 entry waits.");
  check ("/x", &newer, RN_FEED_LOOK_LOST, "off", "Record off: it is newer.");
  check ("/x", &other, RN_FEED_LOOK_WAITING, "reads only",
         "Record: another seat writes the history, this one reads only.");
  check ("/x", &starting, RN_FEED_LOOK_WAITING, "opening", "Record: the file is being opened.");
  g_assert_cmpstr (size, ==, "40.0\u202fMiB of 4,096\u202fMiB");
}

static void
check_journal (const RnJournalStatus *status, RnFeedLook look, const char *word,
               const char *sentence)
{
  g_autofree char *said_word = rn_record_text_journal_word (status);
  g_autofree char *said = rn_record_text_journal_sentence (status);

  g_assert_cmpint (rn_record_journal_look (status), ==, look);
  g_assert_cmpstr (said_word, ==, word);
  g_assert_cmpstr (said, ==, sentence);
}

static void
test_journal (void)
{
  RnJournalStatus on = { .state = RN_JOURNAL_ON };
  RnJournalStatus off = { .state = RN_JOURNAL_OFF, .reason = (char *) "the disk refuses writes",
                          .pending = 412 };
  RnJournalStatus other = { .state = RN_JOURNAL_ELSEWHERE,
                            .reason = (char *) "another RoadNet writes the journal" };
  RnJournalStatus starting = { .state = RN_JOURNAL_STARTING };

  check_journal (NULL, RN_FEED_LOOK_WAITING, "–", "Journal: nothing to keep now.");
  check_journal (&on, RN_FEED_LOOK_LIVE, "normal",
                 "Journal: normal, alerts and what is done about them are kept.");
  on.unkeyed = TRUE;
  check_journal (&on, RN_FEED_LOOK_LIVE, "normal",
                 "Journal: normal, but its anchors are made without a key.");
  on.dropped = 1200;
  check_journal (&on, RN_FEED_LOOK_LOST, "not whole",
                 "Journal: 1,200 entries found no room and are lost.");
  on.mismatch = (char *) "entries of the journal are missing or were changed";
  check_journal (&on, RN_FEED_LOOK_LOST, "not whole",
                 "Journal: entries of the journal are missing or were changed. “roadnetctl journal "
                 "verify” tells which.");
  check_journal (&off, RN_FEED_LOOK_LOST, "off, 412 wait",
                 "Record off: the disk refuses writes, 412 entries wait.");
  off.pending = 0;
  check_journal (&off, RN_FEED_LOOK_LOST, "off", "Record off: the disk refuses writes.");
  check_journal (&other, RN_FEED_LOOK_WAITING, "reads only",
                 "Journal: another RoadNet writes the journal, alerts are answered there.");
  check_journal (&starting, RN_FEED_LOOK_WAITING, "opening",
                 "Journal: the file is being opened.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/record-text/states", test_states);
  g_test_add_func ("/ui/record-text/journal", test_journal);
  return g_test_run ();
}
