/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See made-up-alerts.h. */
#include "made-up-alerts.h"

#include <math.h>

#define MINUTE_US (60 * RN_SECOND)

RnAlertEntry *
made_up_entry (RnAlertEntryKind kind, gint64 at_us, const char *rule, RnSubjectKind subject,
               const char *key, int tier)
{
  RnAlertEntry *entry = rn_alert_entry_new (kind, at_us);

  entry->rule = g_strdup (rule);
  entry->rule_version = 3;
  entry->subject = rn_subject_new (subject, key);
  entry->key = rn_alert_key (rule, entry->subject);
  entry->tier = tier;
  entry->data_us = at_us - 12 * RN_SECOND;
  entry->quality = RN_QUALITY_LIVE;
  return entry;
}

void
made_up_take (RnAlertDesk *desk, RnAlertEntry *entry)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);

  g_ptr_array_add (entries, entry);
  g_assert_cmpuint (rn_alert_desk_take_entries (desk, entries), ==, 1);
}

static RnAlertEntry *
add (GPtrArray *entries, RnAlertEntryKind kind, gint64 at_us, const char *rule,
     RnSubjectKind subject, const char *key, int tier)
{
  RnAlertEntry *entry = made_up_entry (kind, at_us, rule, subject, key, tier);

  g_ptr_array_add (entries, entry);
  return entry;
}

static RnAlertEntry *
add_raised (GPtrArray *entries, gint64 at_us, const char *rule, RnSubjectKind subject, const char *key,
       int tier, double value, double threshold)
{
  RnAlertEntry *entry = add (entries, RN_ENTRY_RAISED, at_us, rule, subject, key, tier);

  entry->value = value;
  entry->threshold = threshold;
  entry->rings = TRUE;
  return entry;
}

static void
act (GPtrArray *entries, RnAlertEntryKind kind, gint64 at_us, const char *rule,
     RnSubjectKind subject, const char *key, int tier, const char *text)
{
  RnAlertEntry *entry = add (entries, kind, at_us, rule, subject, key, tier);

  entry->person = g_strdup ("周敏");
  entry->where = g_strdup ("seat-1");
  entry->text = g_strdup (text);
  if (kind == RN_ENTRY_SHELVED)
    entry->until_us = at_us + 60 * MINUTE_US;
}

static void
raise_children (GPtrArray *entries, gint64 at_us, const char *parent, const char *const *sections)
{
  for (guint i = 0; sections[i] != NULL; i++)
    {
      RnAlertEntry *child = add_raised (entries, at_us + (gint64) i * 30 * RN_SECOND, "jam",
                                   RN_SUBJECT_SECTION, sections[i], 3, 0.38, 0.45);

      child->parent = g_strdup (parent);
      child->rings = FALSE;
    }
}

static void
extend (GPtrArray *entries, gint64 at_us, const char *rule, RnSubjectKind subject, const char *key,
        const char *head, double queue_m)
{
  RnAlertEntry *entry = add (entries, RN_ENTRY_EXTENT, at_us, rule, subject, key, 0);

  entry->head = g_strdup (head);
  entry->queue_m = queue_m;
}

static void
add_named (GPtrArray *entries, gint64 now_us)
{
  static const char *const behind_crash[] = { "x/G2d2", "x/G2d3", "x/G2d4", "x/S35a1", "x/S35a2",
                                              "x/S35d1", "x/S35d2", NULL };
  static const char *const behind_jam[] = { "x/G42a1", "x/G42a0", "x/G42d3", NULL };

  add_raised (entries, now_us - 192 * RN_SECOND, "incident", RN_SUBJECT_INCIDENT, "x/crash", 2, 2, 2);
  raise_children (entries, now_us - 170 * RN_SECOND, MADE_UP_CRASH_ALERT, behind_crash);
  extend (entries, now_us - 60 * RN_SECOND, "incident", RN_SUBJECT_INCIDENT, "x/crash", "x/G2d2",
          8600);
  add_raised (entries, now_us - 107 * RN_SECOND, "jam", RN_SUBJECT_SECTION, "x/G42a2", 2, 0.21, 0.25)
      ->factors = RN_FACTOR_INCIDENT;
  add (entries, RN_ENTRY_TIER, now_us - 47 * RN_SECOND, "jam", RN_SUBJECT_SECTION, "x/G42a2", 1)
      ->value = 0.12;
  raise_children (entries, now_us - 40 * RN_SECOND, MADE_UP_JAM_ALERT, behind_jam);
  extend (entries, now_us - 30 * RN_SECOND, "jam", RN_SUBJECT_SECTION, "x/G42a2", "x/G42a2",
          16200);
  add_raised (entries, now_us - 395 * RN_SECOND, "visibility", RN_SUBJECT_STATION, "x/ws1", 3, 160, 200);
  add_raised (entries, now_us - 20 * RN_SECOND, "feed", RN_SUBJECT_FEED, "x/weather", 4, 200, 180);
  add_raised (entries, now_us - 1120 * RN_SECOND, "parking", RN_SUBJECT_FACILITY, "x/yangcheng", 2, 101,
         95);
  act (entries, RN_ENTRY_ACKNOWLEDGED, now_us - 1000 * RN_SECOND, "parking", RN_SUBJECT_FACILITY,
       "x/yangcheng", 2, NULL);
  add_raised (entries, now_us - 1878 * RN_SECOND, "plaza-queue", RN_SUBJECT_FACILITY, "x/huaqiao", 3,
         620, 500);
  act (entries, RN_ENTRY_ACKNOWLEDGED, now_us - 1800 * RN_SECOND, "plaza-queue",
       RN_SUBJECT_FACILITY, "x/huaqiao", 3, NULL);
  act (entries, RN_ENTRY_OWNER, now_us - 1790 * RN_SECOND, "plaza-queue", RN_SUBJECT_FACILITY,
       "x/huaqiao", 0, "李卫东");
  add_raised (entries, now_us - 662 * RN_SECOND, "jam", RN_SUBJECT_SECTION, "x/G2a4", 3, 0.41, 0.45);
  act (entries, RN_ENTRY_ACKNOWLEDGED, now_us - 600 * RN_SECOND, "jam", RN_SUBJECT_SECTION,
       "x/G2a4", 3, NULL);
  add (entries, RN_ENTRY_RECOVERING, now_us - 90 * RN_SECOND, "jam", RN_SUBJECT_SECTION, "x/G2a4",
       3)
      ->value = 0.62;
  add_raised (entries, now_us - 1330 * RN_SECOND, "works", RN_SUBJECT_WORK, "x/w1", 4, 1320, 900);
  act (entries, RN_ENTRY_ACKNOWLEDGED, now_us - 1200 * RN_SECOND, "works", RN_SUBJECT_WORK, "x/w1",
       4, NULL);
  act (entries, RN_ENTRY_NOTE, now_us - 1100 * RN_SECOND, "works", RN_SUBJECT_WORK, "x/w1", 0,
       "养护二所：20 分钟内收尾。");
  add_raised (entries, now_us - 3000 * RN_SECOND, "fuel", RN_SUBJECT_FACILITY, "x/yangcheng", 3, 9, 10);
  act (entries, RN_ENTRY_SHELVED, now_us - 2900 * RN_SECOND, "fuel", RN_SUBJECT_FACILITY,
       "x/yangcheng", 0, "油车已在途中");
}

/* Every 20th has ended since the round before and is raised anew. */
static void
add_more (GPtrArray *entries, gint64 now_us, guint n_more, guint round)
{
  for (guint i = 0; i < n_more; i++)
    {
      gboolean replaced = round > 0 && i % 20 == round % 20;
      g_autofree char *key = g_strdup_printf ("x/f%u", i);
      const char *rule = i % 3 ? "plaza-queue" : "parking";
      int tier = 1 + (int) (i % 4);

      if (round > 0 && !replaced)
        continue;
      if (replaced)
        add (entries, RN_ENTRY_GONE, now_us, rule, RN_SUBJECT_FACILITY, key, 0);
      add_raised (entries, now_us - (gint64) (i % 600) * RN_SECOND, rule, RN_SUBJECT_FACILITY, key, tier,
             i % 3 ? 700 : 99, i % 3 ? 500 : 95);
      if ((i + round) % 7 != 0)
        act (entries, RN_ENTRY_ACKNOWLEDGED, now_us, rule, RN_SUBJECT_FACILITY, key, tier, NULL);
    }
}

void
made_up_alerts (RnAlertDesk *desk, gint64 now_us, guint n_more, guint round)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);

  if (round == 0)
    add_named (entries, now_us);
  add_more (entries, now_us, n_more, round);
  rn_alert_desk_take_entries (desk, entries);
}
