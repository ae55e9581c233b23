/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do about plans, as entries of the alert desk. Those that belong together are entered
 * together, in order; the book takes each when it is on the disk. Main thread. */

#include "base/rn-i18n.h"
#include "base/rn-json.h"
#include "session/rn-plan-desk-private.h"

static RnAlertEntry *
entry_new (RnPlanDesk *self, RnAlertEntryKind kind, const char *plan_key, int tier,
           const char *person)
{
  RnAlertEntry *entry = rn_alert_entry_new (kind, rn_alert_desk_get_now_us (self->desk));

  entry->at_us = MAX (entry->at_us, self->now_us);
  entry->subject = rn_subject_new (RN_SUBJECT_PLAN, plan_key);
  entry->tier = tier;
  entry->person = g_strdup (person != NULL ? person : rn_alert_desk_get_person (self->desk));
  return entry;
}

static void
entry_free (gpointer data)
{
  rn_alert_entry_unref (data);
}

/* Takes @entries. The desk shows them when they are on the disk. */
static gboolean
enter (RnPlanDesk *self, GPtrArray *entries)
{
  g_autoptr (GPtrArray) owned = entries;
  gboolean all = TRUE;

  for (guint i = 0; i < owned->len && all; i++)
    all = rn_alert_desk_enter (self->desk, rn_alert_entry_ref (owned->pdata[i]));
  return all;
}

static GPtrArray *
entries_new (void)
{
  return g_ptr_array_new_with_free_func (entry_free);
}

/* ---- orders -------------------------------------------------------------------------------- */

static void
add_member (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static char *
dup_order_body (const char *what, const char *where, const char *party, gboolean closure,
                const char *second)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  add_member (builder, "what", what);
  add_member (builder, "where", where);
  add_member (builder, "party", party);
  if (closure)
    {
      json_builder_set_member_name (builder, "closure");
      json_builder_add_boolean_value (builder, TRUE);
      add_member (builder, "second", second);
    }
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return rn_json_dup_text (node, FALSE);
}

static RnAlertEntry *
order_new (RnPlanDesk *self, const char *plan_key, int tier, const char *person, char *body)
{
  RnAlertEntry *entry = entry_new (self, RN_ENTRY_MEASURE, plan_key, tier, person);
  g_autofree char *id = g_uuid_string_random ();

  entry->key = g_strdup_printf ("%s/%s", plan_key, id);
  entry->text = g_strdup (rn_measure_step_word (RN_MEASURE_ORDERED));
  entry->body = body;
  return entry;
}

static gboolean
is_on (GPtrArray *ledger, const RnPlanTemplate *template)
{
  const char *what = rn_names_get (template->what, NULL);

  for (guint i = 0; i < ledger->len; i++)
    {
      const RnPlanMeasure *measure = &((RnPlanLedgerRow *) ledger->pdata[i])->measure;

      if (measure->at_us[RN_MEASURE_LIFTED] == 0 && g_strcmp0 (measure->what, what) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Those of the tier, and of tiers that are passed over on the way to it; what is on stays on. */
GPtrArray *
rn_plan_desk_dup_to_order (RnPlanDesk *self, const char *plan_key, int tier)
{
  const RnPlanAdvice *advice = rn_plan_desk_find (self, plan_key);
  g_autoptr (GPtrArray) ledger = rn_plan_desk_dup_ledger (self, plan_key);
  GPtrArray *found = g_ptr_array_new ();
  int from = advice == NULL || advice->tier == 0 ? RN_N_TIERS : advice->tier;

  for (guint i = 0; advice != NULL && tier > 0 && i < advice->templates->len; i++)
    {
      const RnPlanTemplate *template = advice->templates->pdata[i];

      if (template->tier >= tier && template->tier < from && !is_on (ledger, template))
        g_ptr_array_add (found, (gpointer) template);
    }
  return found;
}

static void
add_orders (RnPlanDesk *self, GPtrArray *entries, const char *plan_key, int tier,
            const char *person, const char *second)
{
  g_autoptr (GPtrArray) templates = rn_plan_desk_dup_to_order (self, plan_key, tier);

  for (guint i = 0; i < templates->len; i++)
    {
      const RnPlanTemplate *template = templates->pdata[i];

      g_ptr_array_add (entries,
                       order_new (self, plan_key, template->tier, person,
                                  dup_order_body (rn_names_get (template->what, NULL),
                                                  rn_names_get (template->where, NULL),
                                                  template->party, template->closure, second)));
    }
}

/* ---- tiers --------------------------------------------------------------------------------- */

/* {"from": 3, "since": …, "evidence": {…}} */
static char *
dup_proposal_body (RnPlanDesk *self, const RnPlanAdvice *advice, int tier)
{
  gboolean up = advice->tier == 0 || (tier != 0 && tier < advice->tier);
  int decides = up ? tier : advice->tier;
  g_autofree char *evidence = NULL;

  if (advice->move != RN_PLAN_HOLD && advice->to == tier)
    decides = advice->evidence;
  evidence = rn_plan_advice_dup_evidence (advice, up ? RN_PLAN_RAISE : RN_PLAN_LOWER, decides);
  return g_strdup_printf ("{\"from\":%d,\"proposed\":%s,\"evidence\":%s}", advice->tier,
                          advice->move != RN_PLAN_HOLD && advice->to == tier ? "true" : "false",
                          evidence);
}

static RnAlertEntry *
proposal_new (RnPlanDesk *self, const RnPlanAdvice *advice, int tier, const char *reason)
{
  RnAlertEntry *entry = entry_new (self, RN_ENTRY_PLAN_PROPOSED, advice->plan->key, tier, NULL);

  entry->text = g_strdup (reason);
  entry->data_us = advice->readings.at_us;
  entry->body = dup_proposal_body (self, advice, tier);
  return entry;
}

static RnAlertEntry *
confirmation_new (RnPlanDesk *self, const char *plan_key, int tier, guint count, const char *person)
{
  RnAlertEntry *entry = entry_new (self, RN_ENTRY_PLAN_CONFIRMED, plan_key, tier, person);

  entry->count = count;
  return entry;
}

gboolean
rn_plan_desk_confirm (RnPlanDesk *self, const char *plan_key, int tier, const char *reason)
{
  const RnPlanAdvice *advice = rn_plan_desk_find (self, plan_key);
  g_autoptr (GPtrArray) entries = entries_new ();

  if (advice == NULL || !rn_plan_advice_allows (advice, tier))
    {
      rn_plan_desk_refuse (self, _("A tier is changed by one step at a time."));
      return FALSE;
    }
  if ((advice->move == RN_PLAN_HOLD || advice->to != tier) && (reason == NULL || reason[0] == '\0'))
    {
      rn_plan_desk_refuse (self, _("A change that is not proposed needs a reason."));
      return FALSE;
    }
  g_ptr_array_add (entries, proposal_new (self, advice, tier, reason));
  g_ptr_array_add (entries, confirmation_new (self, plan_key, tier, 1, NULL));
  if (rn_plan_book_needs (tier) == 1)
    {
      g_ptr_array_add (entries, entry_new (self, RN_ENTRY_PLAN_TIER, plan_key, tier, NULL));
      if (advice->tier == 0 || (tier != 0 && tier < advice->tier))
        add_orders (self, entries, plan_key, tier, NULL, NULL);
    }
  return enter (self, g_steal_pointer (&entries));
}

gboolean
rn_plan_desk_confirm_second (RnPlanDesk *self, const char *plan_key, const char *second,
                             const char *credential)
{
  const RnPlanState *state = rn_plan_book_find (self->book, plan_key);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  RnAlertEntry *confirmation;

  if (!rn_plan_desk_awaits_second (self, plan_key))
    {
      rn_plan_desk_refuse (self, _("Nothing waits for a second person here."));
      return FALSE;
    }
  entries = entries_new ();
  confirmation = confirmation_new (self, plan_key, state->proposed, 2, second);
  confirmation->body = g_strdup_printf ("{\"credential\":\"%s\"}", credential);
  g_ptr_array_add (entries, confirmation);
  if (!rn_plan_book_check (self->book, confirmation, &error))
    {
      rn_plan_desk_refuse (self, error->message);
      return FALSE;
    }
  g_ptr_array_add (entries,
                   entry_new (self, RN_ENTRY_PLAN_TIER, plan_key, state->proposed, state->first));
  add_orders (self, entries, plan_key, state->proposed, state->first, second);
  return enter (self, g_steal_pointer (&entries));
}

gboolean
rn_plan_desk_decline (RnPlanDesk *self, const char *plan_key, const char *reason)
{
  const RnPlanAdvice *advice = rn_plan_desk_find (self, plan_key);
  gboolean waits = rn_plan_desk_awaits_second (self, plan_key);
  g_autoptr (GPtrArray) entries = entries_new ();
  RnAlertEntry *refusal;
  int tier;

  if (advice == NULL || (!waits && advice->move == RN_PLAN_HOLD))
    {
      rn_plan_desk_refuse (self, _("Nothing is proposed here now."));
      return FALSE;
    }
  if (reason == NULL || reason[0] == '\0')
    {
      rn_plan_desk_refuse (self, _("Declining needs a reason."));
      return FALSE;
    }
  tier = waits ? rn_plan_book_find (self->book, plan_key)->proposed : advice->to;
  if (!waits)
    g_ptr_array_add (entries, proposal_new (self, advice, tier, NULL));
  refusal = entry_new (self, RN_ENTRY_PLAN_DECLINED, plan_key, tier, NULL);
  refusal->text = g_strdup (reason);
  g_ptr_array_add (entries, refusal);
  return enter (self, g_steal_pointer (&entries));
}

/* ---- measures ------------------------------------------------------------------------------ */

static gboolean
enter_checked (RnPlanDesk *self, RnAlertEntry *entry)
{
  g_autoptr (RnAlertEntry) owned = entry;
  g_autoptr (GError) error = NULL;

  if (!rn_plan_book_check (self->book, entry, &error))
    {
      rn_plan_desk_refuse (self, error->message);
      return FALSE;
    }
  return rn_alert_desk_enter (self->desk, g_steal_pointer (&owned));
}

gboolean
rn_plan_desk_order (RnPlanDesk *self, const char *plan_key, int tier, const char *what,
                    const char *where, const char *party, gboolean closure, const char *second)
{
  return enter_checked (self, order_new (self, plan_key, tier, NULL,
                                         dup_order_body (what, where, party, closure, second)));
}

/* A measure that the server ordered is taken into the book first, as it stands there. */
static void
take_over (RnPlanDesk *self, const char *plan_key, const RnPlanLedgerRow *row)
{
  const RnPlanMeasure *measure = &row->measure;

  for (int step = 0; step < RN_N_MEASURE_STEPS; step++)
    {
      const char *by = measure->by[step] != NULL ? measure->by[step] : _("Server");
      RnAlertEntry *entry;

      if (measure->at_us[step] == 0)
        continue;
      entry = order_new (self, plan_key, measure->tier, by,
                         step == RN_MEASURE_ORDERED ? dup_order_body (measure->what, measure->where,
                                                                      measure->party, FALSE, NULL)
                                                    : NULL);
      entry->at_us = measure->at_us[step];
      g_free (entry->key);
      entry->key = g_strdup (measure->key);
      g_free (entry->text);
      entry->text = g_strdup (rn_measure_step_word ((RnMeasureStep) step));
      rn_alert_desk_enter (self->desk, entry);
    }
}

gboolean
rn_plan_desk_step_measure (RnPlanDesk *self, const char *plan_key, const char *measure_key,
                           RnMeasureStep step)
{
  g_autoptr (GPtrArray) ledger = rn_plan_desk_dup_ledger (self, plan_key);
  RnAlertEntry *entry = entry_new (self, RN_ENTRY_MEASURE, plan_key, 0, NULL);

  entry->key = g_strdup (measure_key);
  entry->text = g_strdup (rn_measure_step_word (step));
  for (guint i = 0; i < ledger->len; i++)
    {
      const RnPlanLedgerRow *row = ledger->pdata[i];

      if (!g_str_equal (row->measure.key, measure_key) || row->here)
        continue;
      take_over (self, plan_key, row);
      return rn_alert_desk_enter (self->desk, entry);
    }
  return enter_checked (self, entry);
}
