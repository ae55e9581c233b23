/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine by tables: frames in, entries out. Then random series, over which must hold: never two
 * alerts of one rule and subject, nothing without a cause, no hidden tier, masks that journal on, and
 * a fold of the entries that equals the engine's own book. */
#include "engine-stage.h"

#define FREE "999999999999"

/* ---- one alert ---- */

static void
test_life (void)
{
  Stage stage;

  stage_init (&stage);
  stage_begin (&stage);
  assert_text (stage_step (&stage, FREE), "");
  assert_text (stage_step (&stage, "999939999999"),
               "raised jam a4 III ring; extent jam a4 at a4 1000");
  assert_text (stage_step (&stage, "999939999999"), "");
  assert_text (stage_step (&stage, "999929999999"), "tier jam a4 II ring");
  assert_text (stage_step (&stage, "999949999999"), "tier jam a4 III");
  assert_text (stage_step (&stage, "999929999999"), "tier jam a4 II"); /* it rang for that */
  assert_text (stage_step (&stage, FREE), "recovering jam a4");
  assert_text (stage_step (&stage, "999949999999"), "relapsed jam a4; tier jam a4 III");
  assert_text (stage_step (&stage, FREE), "recovering jam a4");
  assert_text (stage_hold (&stage, FREE, 29), "");
  assert_text (stage_step (&stage, FREE), "cleared jam a4"); /* 30 min without it */
  assert_text (stage_step (&stage, "999939999999"),
               "raised jam a4 III ring; extent jam a4 at a4 1000");
  stage_clear (&stage);
}

static void
test_acknowledge (void)
{
  Stage stage;
  const RnAlert *alert;

  stage_init (&stage);
  stage_begin (&stage);
  g_free (stage_step (&stage, "999939999999"));
  assert_text (stage_act (&stage, RN_ENTRY_ACKNOWLEDGED, "jam", "a4", 3), "acknowledged jam a4");
  assert_text (stage_act (&stage, RN_ENTRY_ACKNOWLEDGED, "jam", "a4", 3),
               "The alert is acknowledged already");
  assert_text (stage_act (&stage, RN_ENTRY_ACKNOWLEDGED, "jam", "a5", 3),
               "There is no such alert any more");
  assert_text (stage_step (&stage, "999929999999"), "tier jam a4 II ring");
  alert = rn_alert_book_find (rn_alert_engine_get_book (stage.engine), "jam section:s/a4");
  g_assert_true (rn_alert_asks (alert));
  stage_clear (&stage);
}

static void
test_shelf (void)
{
  Stage stage;

  stage_init (&stage);
  stage_begin (&stage);
  g_free (stage_step (&stage, "999939999999"));
  assert_text (stage_act (&stage, RN_ENTRY_SHELVED, "jam", "a4", 0), "shelved jam a4");
  /* journalled, unheard */
  assert_text (stage_step (&stage, "999929999999"), "tier jam a4 II");
  assert_text (stage_hold (&stage, "999929999999", 8), "");
  /* its end makes heard what was not */
  assert_text (stage_step (&stage, "999929999999"), "");
  assert_text (stage_step (&stage, "999929999999"), "unshelved jam a4 ring");
  stage_clear (&stage);
}

static void
test_one_shot (void)
{
  Stage stage;
  g_autoptr (RnAlertEntry) act = rn_alert_entry_new (RN_ENTRY_SHELVED, T0 + MINUTE);
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);

  stage_init (&stage);
  stage_begin (&stage);
  g_free (stage_step (&stage, "999939999999"));
  act->key = g_strdup ("jam section:s/a4");
  act->person = g_strdup ("li");
  act->text = g_strdup ("known");
  act->until_us = T0 + 480 * MINUTE;
  act->one_shot = TRUE;
  g_assert_true (rn_alert_engine_take (stage.engine, act, entries, NULL));
  g_free (stage_note (&stage, entries));
  assert_text (stage_hold (&stage, FREE, 31),
               "recovering jam a4; cleared jam a4; unshelved jam a4");
  assert_text (stage_step (&stage, "999939999999"),
               "raised jam a4 III ring; extent jam a4 at a4 1000");
  stage_clear (&stage);
}

static void
test_out_of_service (void)
{
  Stage stage;

  stage_init (&stage);
  stage_begin (&stage);
  g_free (stage_step (&stage, "999939999999"));
  g_free (stage_act (&stage, RN_ENTRY_OUT_OF_SERVICE, "jam", "a4", 0));
  assert_text (stage_hold (&stage, FREE, 31), "recovering jam a4; cleared jam a4");
  assert_text (stage_step (&stage, "999939999999"),
               "raised jam a4 III; extent jam a4 at a4 1000");
  stage_clear (&stage);
}

static void
test_escalate_and_nag (void)
{
  Stage stage;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) soon = NULL;

  stage_init (&stage);
  stage.rules[0]->escalate_us = 5 * MINUTE;
  stage.rules[0]->nag_us = 3 * MINUTE;
  stage_begin (&stage);
  g_free (stage_step (&stage, "999939999999"));
  none = rn_alert_engine_dup_nags (stage.engine, T0 + 2 * MINUTE);
  g_assert_cmpuint (none->len, ==, 0);
  one = rn_alert_engine_dup_nags (stage.engine, T0 + 3 * MINUTE);
  g_assert_cmpuint (one->len, ==, 1);
  soon = rn_alert_engine_dup_nags (stage.engine, T0 + 4 * MINUTE);
  g_assert_cmpuint (soon->len, ==, 0);
  assert_text (stage_hold (&stage, NULL, 4), "");
  assert_text (stage_step (&stage, NULL), "escalated jam a4 II ring");
  assert_text (stage_hold (&stage, "999939999999", 20), ""); /* once in an occurrence */
  assert_text (stage_step (&stage, "999929999999"), "tier jam a4 I ring");
  stage_clear (&stage);
}

static void
test_latch (void)
{
  Stage stage;

  stage_init (&stage);
  stage.rules[0]->latch = TRUE;
  stage_begin (&stage);
  g_free (stage_step (&stage, "999939999999"));
  assert_text (stage_hold (&stage, FREE, 31), "recovering jam a4; cleared jam a4");
  g_assert_cmpuint (rn_alert_book_get_n (rn_alert_engine_get_book (stage.engine)), ==, 1);
  assert_text (stage_act (&stage, RN_ENTRY_ACKNOWLEDGED, "jam", "a4", 3), "acknowledged jam a4");
  g_assert_cmpuint (rn_alert_book_get_n (rn_alert_engine_get_book (stage.engine)), ==, 0);
  stage_clear (&stage);
}

/* ---- jams ---- */

static void
test_jam (void)
{
  Stage stage;

  stage_init (&stage);
  stage_begin (&stage);
  /* at once: the worst stands for all */
  assert_text (stage_step (&stage, "999932399999"),
               "raised jam a5 II ring; raised jam a4 III under jam a5; "
               "raised jam a6 III under jam a5; extent jam a5 at a6 3000");
  /* it grows upstream: no sound, but for 5 km */
  assert_text (stage_step (&stage, "999332399999"),
               "raised jam a3 III under jam a5; extent jam a5 at a6 4000");
  assert_text (stage_step (&stage, "993332399999"),
               "raised jam a2 III under jam a5; extent jam a5 at a6 5000; rang jam a5 II ring");
  /* the other direction is another one */
  assert_text (stage_step (&stage, "993332399999 999939999999"),
               "raised jam d4 III ring; extent jam d4 at d4 1000");
  /* a worse child */
  assert_text (stage_step (&stage, "993332399999 999929999999"), "tier jam d4 II ring");
  /* its first section gets free: the row stays as long as some of it stands */
  assert_text (stage_step (&stage, "993999999999 999929999999"),
               "recovering jam a3; recovering jam a4; recovering jam a5; recovering jam a6; "
               "extent jam a5 at a2 1000");
  stage_clear (&stage);
}

static void
test_worse_child (void)
{
  Stage stage;

  stage_init (&stage);
  stage_begin (&stage);
  g_free (stage_step (&stage, "999939999999"));
  g_free (stage_act (&stage, RN_ENTRY_ACKNOWLEDGED, "jam", "a4", 3));
  assert_text (stage_step (&stage, "999339999999"),
               "raised jam a3 III under jam a4; extent jam a4 at a4 2000; rang jam a4 III ring");
  g_free (stage_act (&stage, RN_ENTRY_ACKNOWLEDGED, "jam", "a4", 3));
  assert_text (stage_step (&stage, "999239999999"), "tier jam a3 II; rang jam a4 II ring");
  stage_clear (&stage);
}

/* Several rules on a section are one row. */
static void
test_rules_of_one_section (void)
{
  Stage stage;

  stage_init (&stage);
  stage.rules[stage.n_rules] = stage_rule ("slow");
  stage.rules[stage.n_rules]->tiers[4] =
      (RnRuleTier){ .on = TRUE, .enter = 0.65, .exit = 0.75 };
  stage.rules[stage.n_rules++]->tiers[2].on = FALSE;
  stage_begin (&stage);
  assert_text (stage_step (&stage, "999969999999"), "raised slow a4 IV ring");
  assert_text (stage_step (&stage, "999929999999"),
               "raised jam a4 II under slow a4; tier slow a4 III ring; "
               "extent slow a4 at a4 1000; rang slow a4 II ring");
  stage_clear (&stage);
}

static void
test_merge (void)
{
  Stage stage;

  stage_init (&stage);
  stage_begin (&stage);
  g_free (stage_step (&stage, "939999999999"));
  assert_text (stage_step (&stage, "939999993999"),
               "raised jam a8 III ring; extent jam a8 at a8 1000");
  /* between both: with the nearer, and then all are one */
  assert_text (stage_hold (&stage, "939993333999", 1),
               "raised jam a5 III under jam a8; raised jam a6 III under jam a8; "
               "raised jam a7 III under jam a8; extent jam a8 at a8 4000; rang jam a8 III ring");
  assert_text (stage_step (&stage, "933333333999"),
               "raised jam a2 III under jam a1; raised jam a3 III under jam a1; "
               "raised jam a4 III under jam a1; parent jam a8 under jam a1; "
               "extent jam a1 at a8 8000; rang jam a1 III ring");
  stage_clear (&stage);
}

/* ---- causes ---- */

static void
test_incident (void)
{
  Stage stage;

  stage_init (&stage);
  stage_begin (&stage);
  g_free (stage_step (&stage, "999339999999"));
  /* it takes over what is in its queue, unheard */
  stage_incident (&stage, "i", 4);
  assert_text (stage_step (&stage, "999339999999"),
               "raised cause i III; parent jam a3 under cause i; extent cause i at a4 2000");
  assert_text (stage_step (&stage, "993339999999"),
               "raised jam a2 III under cause i; extent cause i at a4 3000");
  /* its queue is heard again where it passes limits */
  g_free (stage_step (&stage, "933339999999"));
  assert_text (stage_step (&stage, "333339999999"),
               "raised jam a0 III under cause i; extent cause i at a4 5000; rang cause i III ring");
  /* it is over, its queue is not */
  ((RnIncident *) stage.incidents->pdata[0])->status = RN_INCIDENT_CLOSED;
  assert_text (stage_step (&stage, "333339999999"), "recovering cause i");
  assert_text (stage_step (&stage, FREE),
               "recovering jam a0; recovering jam a1; recovering jam a2; recovering jam a3; "
               "recovering jam a4; extent cause i at a4 0");
  assert_text (stage_hold (&stage, FREE, 30),
               "cleared jam a0; cleared jam a1; cleared jam a2; cleared jam a4; cleared jam a3; "
               "cleared cause i");
  stage_clear (&stage);
}

static void
test_break_out (void)
{
  Stage stage;

  stage_init (&stage);
  stage_incident (&stage, "i", 6);
  stage_begin (&stage);
  assert_text (stage_step (&stage, "999333399999"),
               "raised cause i III ring; raised jam a3 III under cause i; "
               "raised jam a4 III under cause i; raised jam a5 III under cause i; "
               "raised jam a6 III under cause i; extent cause i at a6 4000");
  /* free in between, for half an hour */
  g_free (stage_step (&stage, "999399399999"));
  assert_text (stage_hold (&stage, "999399399999", 29), "");
  assert_text (stage_hold (&stage, "999399399999", 2),
               "cleared jam a5; cleared jam a4; parent jam a3 ring; extent jam a3 at a3 1000");
  stage_clear (&stage);
}

/* A second one within the queue has what is behind it. */
static void
test_second_incident (void)
{
  Stage stage;

  stage_init (&stage);
  stage_incident (&stage, "i", 8);
  stage_begin (&stage);
  g_free (stage_step (&stage, "999999333999"));
  g_free (stage_step (&stage, "999933333999"));
  stage_incident (&stage, "j", 5);
  assert_text (stage_step (&stage, "999933333999"),
               "raised cause j III; parent jam a4 under cause j; parent jam a5 under cause j; "
               "extent cause j at a5 2000");
  g_ptr_array_remove_index (stage.incidents, 0);
  assert_text (stage_step (&stage, "999933333999"), "recovering cause i");
  stage_clear (&stage);
}

/* Works take over as incidents do; an incident at the same place comes first. */
static void
test_works (void)
{
  Stage stage;

  stage_init (&stage);
  stage_work (&stage, "w", 4);
  stage_begin (&stage);
  assert_text (stage_step (&stage, "999339999999"),
               "raised cause w III ring; raised jam a3 III under cause w; "
               "raised jam a4 III under cause w; extent cause w at a4 2000");
  stage_incident (&stage, "i", 4);
  assert_text (stage_step (&stage, "999339999999"),
               "raised cause i III; parent jam a3 under cause i; parent jam a4 under cause i; "
               "extent cause i at a4 2000; cleared cause w");
  stage_clear (&stage);
}

/* A rule on incidents gives the row itself; records of one event are one. */
static void
test_incident_rule (void)
{
  Stage stage;
  RnRule *rule = stage_rule ("event");
  const RnAlert *alert;
  RnIncident *incident;

  stage_init (&stage);
  rule->metric = RN_METRIC_INCIDENT_LEVEL;
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    rule->tiers[tier] = (RnRuleTier){ .on = TRUE, .enter = tier, .exit = tier + 0.5 };
  stage.rules[stage.n_rules++] = rule;
  stage_begin (&stage);
  stage_incident (&stage, "i", 4)->level = 3;
  incident = stage_incident (&stage, "j", 9);
  incident->level = 4;
  incident->n_related = 1;
  incident->related = g_new0 (RnIncidentLink, 1);
  incident->related[0].id = g_strdup ("i");
  assert_text (stage_step (&stage, "999339999999"),
               "raised event i III ring; raised event j IV under event i; "
               "raised jam a3 III under event i; raised jam a4 III under event i; "
               "extent event i at a4 2000");
  /* it is reported over; its queue keeps the row */
  g_ptr_array_set_size (stage.incidents, 0);
  g_free (stage_step (&stage, "999339999999"));
  alert = rn_alert_book_find (rn_alert_engine_get_book (stage.engine), "event incident:s/i");
  g_assert_nonnull (alert);
  g_assert_cmpstr (alert->section, ==, "s/a4");
  g_assert_cmpstr (alert->title, ==, "Crash");
  g_free (stage_hold (&stage, FREE, 32));
  g_assert_cmpuint (rn_alert_book_get_n (rn_alert_engine_get_book (stage.engine)), ==, 0);
  stage_clear (&stage);
}

/* Somebody is reminded of a row that the engine made by the rule of what it stands for. */
static void
test_nag_of_cause (void)
{
  Stage stage;
  g_autoptr (GPtrArray) nags = NULL;

  stage_init (&stage);
  stage.rules[0]->nag_us = 3 * MINUTE;
  stage_incident (&stage, "i", 4);
  stage_begin (&stage);
  g_free (stage_step (&stage, "999339999999"));
  nags = rn_alert_engine_dup_nags (stage.engine, T0 + 3 * MINUTE);
  g_assert_cmpuint (nags->len, ==, 1);
  g_assert_cmpstr (((const RnAlert *) nags->pdata[0])->rule, ==, RN_ALERT_CAUSE);
  stage_clear (&stage);
}

static void
test_group_by_road (void)
{
  Stage stage;

  stage_init (&stage);
  stage.rules[0]->group_by = g_strdup ("road");
  stage_begin (&stage);
  assert_text (stage_step (&stage, "399999999993"),
               "raised jam a0 III ring; raised jam a11 III under jam a0; "
               "extent jam a0 at a0 1000");
  stage_clear (&stage);
}

/* Rules that go take their alerts with them; a rule that changes does not reset one. */
static void
test_other_rules (void)
{
  Stage stage;
  g_autoptr (RnRule) milder = stage_rule ("jam");
  RnRule *only[1] = { milder };
  g_autoptr (RnRuleSet) changed = NULL;
  g_autoptr (RnRuleSet) none = rn_rule_set_new (NULL, 0);

  stage_init (&stage);
  stage_begin (&stage);
  g_free (stage_step (&stage, "999939999999"));
  milder->version = 2;
  changed = rn_rule_set_new (only, 1);
  rn_alert_engine_set_rules (stage.engine, changed);
  assert_text (stage_step (&stage, "999939999999"), "");
  rn_alert_engine_set_rules (stage.engine, none);
  assert_text (stage_step (&stage, "999939999999"), "recovering jam a4; gone jam a4");
  stage_clear (&stage);
}

static void
test_frozen_feed (void)
{
  Stage stage;
  RnRule *rule = stage_rule ("feed");

  stage_init (&stage);
  rule->metric = RN_METRIC_FEED_AGE_S;
  rule->tiers[3] = (RnRuleTier){ .on = TRUE, .enter = 3600, .exit = 1800 };
  rule->tiers[2].on = FALSE;
  stage.rules[stage.n_rules++] = rule;
  stage.has_feed = TRUE;
  stage.feed.source = (char *) "s";
  stage.feed.kind = RN_FEED_FLOW;
  stage.feed.state = RN_FEED_LIVE;
  stage.feed.poll_us = MINUTE;
  stage_begin (&stage);
  g_free (stage_step (&stage, "999939999999"));
  stage.feed.state = RN_FEED_FROZEN;
  {
    g_autofree char *text = stage_hold (&stage, "999939999999", 30);

    g_assert_true (g_str_has_prefix (text, "raised feed flow III ring"));
    g_assert_null (strstr (text + 1, "raised"));
    g_assert_null (strstr (text, "cleared"));
  }
  stage_clear (&stage);
}

static void
test_suppress (void)
{
  Stage stage;
  RnControl *control;

  stage_init (&stage);
  stage_begin (&stage);
  g_free (stage_step (&stage, "999939999999"));
  control = rn_control_new ("s", "k");
  control->level = RN_CONTROL_SPECIAL;
  control->sections = g_new0 (guint32, 1);
  control->sections[0] = 4;
  control->n_sections = 1;
  g_ptr_array_add (stage.controls, control);
  assert_text (stage_step (&stage, "999939999999"), "suppressed jam a4");
  assert_text (stage_step (&stage, "999929999999"), "tier jam a4 II");
  g_ptr_array_set_size (stage.controls, 0);
  assert_text (stage_step (&stage, "999929999999"), "unsuppressed jam a4 ring");
  stage_clear (&stage);
}

static void
test_lost_feed (void)
{
  Stage stage;

  stage_init (&stage);
  stage.rules[0]->no_data = RN_NO_DATA_ALERT;
  stage.rules[0]->hold_max_us = MINUTE;
  stage.has_feed = TRUE;
  stage.feed.source = (char *) "s";
  stage.feed.kind = RN_FEED_FLOW;
  stage.feed.state = RN_FEED_LIVE;
  stage_begin (&stage);
  g_free (stage_step (&stage, FREE));
  stage.feed.state = RN_FEED_LOST;
  {
    g_autofree char *text = stage_hold (&stage, "------------ ------------", 10);
    guint rows = 0;

    for (guint i = 0; i < stage.entries->len; i++)
      {
        const RnAlertEntry *entry = stage.entries->pdata[i];

        rows += entry->kind == RN_ENTRY_RAISED && entry->parent == NULL;
      }
    g_assert_nonnull (strstr (text, "raised cause flow"));
    g_assert_cmpuint (rows, ==, 1);
  }
  stage_clear (&stage);
}

/* ---- flood ---- */

static void
test_flood (void)
{
  Stage stage;
  g_autofree char *text = NULL;

  stage_init (&stage);
  g_free (stage.rules[0]->group_by);
  stage.rules[0]->group_by = g_strdup ("none");
  stage_begin (&stage);
  text = stage_step (&stage, "333333333333");
  g_assert_true (g_str_has_suffix (text, "flood-began"));
  assert_text (stage_step (&stage, "333333333333 399999999999"),
               "raised jam d0 III ring; extent jam d0 at d0 1000"); /* the flood's one sound */
  assert_text (stage_step (&stage, "333333333333 399399999999"),
               "raised jam d3 III; extent jam d3 at d3 1000");
  assert_text (stage_step (&stage, "333333333333 399299999999"), "tier jam d3 II ring");
  assert_text (stage_hold (&stage, "333333333333 399299999999", 8), "flood-ended");
  stage_clear (&stage);
}

/* What stands on the road when the program starts is not new. */
static void
test_settling (void)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);
  g_autoptr (RnAlertEntry) started = rn_alert_entry_new (RN_ENTRY_STARTED, T0);
  g_autofree char *text = NULL;
  Stage stage;

  stage_init (&stage);
  g_free (stage.rules[0]->group_by);
  stage.rules[0]->group_by = g_strdup ("none");
  stage_begin (&stage);
  g_assert_true (rn_alert_engine_take (stage.engine, started, entries, NULL));
  text = stage_step (&stage, "333333333333");
  g_assert_null (strstr (text, "flood"));
  g_assert_nonnull (strstr (text, "raised jam a11"));
  for (guint minute = 1; minute < 4; minute++)
    assert_text (stage_step (&stage, "333333333333"), "");
  g_free (text);
  text = stage_step (&stage, "333333333333 333333333333");
  g_assert_true (g_str_has_suffix (text, "flood-began"));
  stage_clear (&stage);
}

/* ---- random series ---- */

typedef struct {
  RnCondition condition;
  gboolean acted;
} Life;

static void
check_entry (GHashTable *lives, const RnAlertEntry *entry)
{
  Life *life;

  if (entry->key == NULL)
    return;
  life = g_hash_table_lookup (lives, entry->key);
  if (life == NULL)
    {
      life = g_new0 (Life, 1);
      g_hash_table_insert (lives, g_strdup (entry->key), life);
    }
  switch (entry->kind)
    {
    case RN_ENTRY_RAISED:
      g_assert_cmpint (life->condition, ==, RN_CONDITION_NORMAL); /* never two of one */
      life->condition = RN_CONDITION_ACTIVE;
      break;
    case RN_ENTRY_RECOVERING:
      g_assert_cmpint (life->condition, ==, RN_CONDITION_ACTIVE);
      life->condition = RN_CONDITION_RECOVERING;
      break;
    case RN_ENTRY_RELAPSED:
      g_assert_cmpint (life->condition, ==, RN_CONDITION_RECOVERING);
      life->condition = RN_CONDITION_ACTIVE;
      break;
    case RN_ENTRY_CLEARED:
    case RN_ENTRY_GONE:
      g_assert_cmpint (life->condition, !=, RN_CONDITION_NORMAL);
      life->condition = RN_CONDITION_NORMAL;
      break;
    case RN_ENTRY_TIER:
    case RN_ENTRY_RANG:
    case RN_ENTRY_EXTENT:
    case RN_ENTRY_PARENT:
    case RN_ENTRY_ESCALATED:
      g_assert_cmpint (life->condition, !=, RN_CONDITION_NORMAL);
      break;
    default:
      break;
    }
}

/* What an operator may rely on, of all that stands. */
static void
check_book (Stage *stage)
{
  RnAlertBook *book = rn_alert_engine_get_book (stage->engine);
  g_autoptr (GPtrArray) alerts = rn_alert_book_dup_alerts (book);

  for (guint i = 0; i < alerts->len; i++)
    {
      const RnAlert *alert = alerts->pdata[i];

      if (alert->acknowledged && alert->mask == RN_MASK_NONE
          && alert->condition != RN_CONDITION_NORMAL)
        g_assert_false (rn_tier_is_worse (rn_alert_shown_tier (alert), alert->acknowledged_tier));
      if (alert->parent != NULL)
        g_assert_nonnull (rn_alert_book_find (book, alert->parent));
    }
}

static void
act_at_random (Stage *stage, GRand *random)
{
  static const RnAlertEntryKind acts[] = { RN_ENTRY_ACKNOWLEDGED, RN_ENTRY_ACKNOWLEDGED,
                                           RN_ENTRY_UNACKNOWLEDGED, RN_ENTRY_SHELVED,
                                           RN_ENTRY_UNSHELVED, RN_ENTRY_OUT_OF_SERVICE,
                                           RN_ENTRY_IN_SERVICE };
  g_autofree char *id = g_strdup_printf ("a%d", g_rand_int_range (random, 0, N));

  /* most are refused, for there is no such alert: then nothing may change */
  g_free (stage_act (stage, acts[g_rand_int_range (random, 0, G_N_ELEMENTS (acts))], "jam", id,
                     g_rand_int_range (random, 0, 4)));
}

/* Speeds wander, so that there are jams, gaps, losses and returns. */
static void
wander (char *speeds, GRand *random)
{
  for (guint i = 0; i < N; i++)
    {
      if (g_rand_int_range (random, 0, 100) < 3)
        speeds[i] = '-';
      else if (speeds[i] == '-')
        speeds[i] = '9';
      else if (g_rand_int_range (random, 0, 100) < 30)
        {
          int speed = speeds[i] + g_rand_int_range (random, -3, 4);

          speeds[i] = (char) CLAMP (speed, '1', '9');
        }
    }
}

static RnAlertEngine *
restart (Stage *stage)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  RnAlertEngine *engine = rn_alert_engine_new (stage->set, utc);

  for (guint i = 0; i < stage->entries->len; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (rn_alert_engine_restore (engine, stage->entries->pdata[i], &error));
      g_assert_no_error (error);
    }
  return engine;
}

static void
check_fold (Stage *stage, RnAlertEngine *engine)
{
  g_autofree char *lived = rn_alert_book_dup_digest (rn_alert_engine_get_book (stage->engine));
  g_autofree char *read = rn_alert_book_dup_digest (rn_alert_engine_get_book (engine));

  g_assert_cmpstr (lived, ==, read);
}

static void
play_random (guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GHashTable) lives = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  char speeds[2 * N + 2] = FREE " " FREE;
  guint seen = 0;
  Stage stage;

  stage_init (&stage);
  stage.rules[0]->escalate_us = 7 * MINUTE;
  stage.rules[0]->tiers[3].for_us = (seed % 3) * MINUTE;
  stage.rules[0]->tiers[3].keep_us = (seed % 4) * MINUTE;
  stage.rules[0]->latch = seed % 5 == 0;
  stage.rules[stage.n_rules++] = stage_rule ("slow");
  stage_begin (&stage);
  for (guint i = 0; i < 300; i++)
    {
      wander (speeds, random);
      wander (speeds + N + 1, random);
      if (g_rand_int_range (random, 0, 20) == 0)
        {
          g_autofree char *id = g_strdup_printf ("i%u", i);

          stage_incident (&stage, id, (guint32) g_rand_int_range (random, 0, 2 * N));
        }
      if (stage.incidents->len > 0 && g_rand_int_range (random, 0, 25) == 0)
        g_ptr_array_remove_index (stage.incidents, 0);
      g_free (stage_step (&stage, speeds));
      if (g_rand_int_range (random, 0, 3) == 0)
        act_at_random (&stage, random);
      for (; seen < stage.entries->len; seen++)
        check_entry (lives, stage.entries->pdata[seen]);
      check_book (&stage);
      if (i % 50 == 49)
        {
          RnAlertEngine *engine = restart (&stage);

          check_fold (&stage, engine);
          /* a kill now and then: the same goes on from the journal */
          rn_alert_engine_free (stage.engine);
          stage.engine = engine;
        }
    }
  stage_clear (&stage);
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 40; seed++)
    play_random (seed);
}

/* After a start nothing is there at first: no network, no incidents. That ends nothing. */
static void
test_restart (void)
{
  Stage stage;
  g_autoptr (RnFrame) nothing = rn_frame_new_empty ();
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_entry_unref);
  RnAlertEngine *engine;

  stage_init (&stage);
  stage_incident (&stage, "i", 4);
  stage.has_feed = TRUE;
  stage.feed.source = (char *) "s";
  stage.feed.kind = RN_FEED_INCIDENTS;
  stage.feed.state = RN_FEED_LIVE;
  stage.feed.observed_at_us = T0;
  stage_begin (&stage);
  g_free (stage_step (&stage, "999339999999"));
  engine = restart (&stage);
  rn_alert_engine_free (stage.engine);
  stage.engine = engine;
  rn_alert_engine_step (engine, nothing, stage.now_us, entries);
  assert_text (stage_note (&stage, entries), "data jam a3; data jam a4");
  g_ptr_array_set_size (stage.incidents, 0);
  stage.feed.observed_at_us = 0; /* not answered yet */
  assert_text (stage_step (&stage, "999339999999"), "data jam a3; data jam a4");
  stage_incident (&stage, "i", 4);
  stage.feed.observed_at_us = stage.now_us;
  assert_text (stage_step (&stage, "999339999999"), "");
  g_ptr_array_set_size (stage.incidents, 0);
  assert_text (stage_step (&stage, "999339999999"), "recovering cause i");
  stage_incident (&stage, "i", 4);
  assert_text (stage_step (&stage, "999339999999"), "relapsed cause i");
  stage_clear (&stage);
}

/* The same series gives the same entries. */
static void
test_deterministic (void)
{
  char *texts[2] = { NULL, NULL };

  for (guint run = 0; run < 2; run++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (4711);
      char speeds[2 * N + 2] = FREE " " FREE;
      GString *all = g_string_new (NULL);
      Stage stage;

      stage_init (&stage);
      stage_incident (&stage, "i", 5);
      stage_begin (&stage);
      for (guint i = 0; i < 200; i++)
        {
          g_autofree char *text = NULL;

          wander (speeds, random);
          text = stage_step (&stage, speeds);
          g_string_append_printf (all, "%s\n", text);
        }
      texts[run] = g_string_free (all, FALSE);
      stage_clear (&stage);
    }
  g_assert_cmpstr (texts[0], ==, texts[1]);
  g_free (texts[0]);
  g_free (texts[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alert-engine/life", test_life);
  g_test_add_func ("/alert-engine/acknowledge", test_acknowledge);
  g_test_add_func ("/alert-engine/shelf", test_shelf);
  g_test_add_func ("/alert-engine/one-shot", test_one_shot);
  g_test_add_func ("/alert-engine/restart", test_restart);
  g_test_add_func ("/alert-engine/out-of-service", test_out_of_service);
  g_test_add_func ("/alert-engine/escalate-and-nag", test_escalate_and_nag);
  g_test_add_func ("/alert-engine/latch", test_latch);
  g_test_add_func ("/alert-engine/jam", test_jam);
  g_test_add_func ("/alert-engine/worse-child", test_worse_child);
  g_test_add_func ("/alert-engine/rules-of-one-section", test_rules_of_one_section);
  g_test_add_func ("/alert-engine/merge", test_merge);
  g_test_add_func ("/alert-engine/incident", test_incident);
  g_test_add_func ("/alert-engine/break-out", test_break_out);
  g_test_add_func ("/alert-engine/second-incident", test_second_incident);
  g_test_add_func ("/alert-engine/works", test_works);
  g_test_add_func ("/alert-engine/incident-rule", test_incident_rule);
  g_test_add_func ("/alert-engine/nag-of-cause", test_nag_of_cause);
  g_test_add_func ("/alert-engine/group-by-road", test_group_by_road);
  g_test_add_func ("/alert-engine/other-rules", test_other_rules);
  g_test_add_func ("/alert-engine/frozen-feed", test_frozen_feed);
  g_test_add_func ("/alert-engine/suppress", test_suppress);
  g_test_add_func ("/alert-engine/lost-feed", test_lost_feed);
  g_test_add_func ("/alert-engine/flood", test_flood);
  g_test_add_func ("/alert-engine/settling", test_settling);
  g_test_add_func ("/alert-engine/random", test_random);
  g_test_add_func ("/alert-engine/deterministic", test_deterministic);
  return g_test_run ();
}
