/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two tables: plans by key, measures by key in the order of their ordering. Lifted measures are
 * forgotten a day later, by the time of later entries. Pure. */
#include "alert/rn-plan-book.h"

#include <gio/gio.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-json.h"

#define MAX_DECISIONS 100
#define KEEP_LIFTED_US (24 * 3600 * G_GINT64_CONSTANT (1000000))

struct _RnPlanBook {
  GHashTable *states;  /* plan key → RnPlanState */
  GPtrArray *measures; /* RnPlanMeasure, in the order of their ordering */
};

static const char *const step_words[] = { "ordered", "confirmed", "executed", "lifted" };

const char *
rn_measure_step_word (RnMeasureStep step)
{
  return step_words[step];
}

int
rn_measure_step_from_word (const char *word)
{
  for (int i = 0; i < RN_N_MEASURE_STEPS; i++)
    if (g_strcmp0 (word, step_words[i]) == 0)
      return i;
  return -1;
}

/* ---- life ---------------------------------------------------------------------------------- */

static void
decision_free (gpointer data)
{
  RnPlanDecision *self = data;

  g_free (self->person);
  g_free (self->second);
  g_free (self->text);
  g_free (self);
}

static void
state_free (gpointer data)
{
  RnPlanState *self = data;

  g_free (self->key);
  g_free (self->by);
  g_free (self->second);
  g_free (self->proposed_by);
  g_free (self->proposed_text);
  g_free (self->first);
  g_free (self->other);
  g_free (self->declined_by);
  g_free (self->declined_text);
  g_ptr_array_unref (self->decisions);
  g_free (self);
}

static void
measure_free (gpointer data)
{
  RnPlanMeasure *self = data;

  g_free (self->key);
  g_free (self->plan);
  g_free (self->what);
  g_free (self->where);
  g_free (self->party);
  g_free (self->second);
  for (int i = 0; i < RN_N_MEASURE_STEPS; i++)
    g_free (self->by[i]);
  g_free (self);
}

RnPlanBook *
rn_plan_book_new (void)
{
  RnPlanBook *self = g_new0 (RnPlanBook, 1);

  self->states = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, state_free);
  self->measures = g_ptr_array_new_with_free_func (measure_free);
  return self;
}

void
rn_plan_book_free (RnPlanBook *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->states);
  g_ptr_array_unref (self->measures);
  g_free (self);
}

/* ---- checks -------------------------------------------------------------------------------- */

gboolean
rn_plan_book_takes (const RnAlertEntry *entry)
{
  switch (entry->kind)
    {
    case RN_ENTRY_PLAN_PROPOSED:
    case RN_ENTRY_PLAN_CONFIRMED:
    case RN_ENTRY_PLAN_DECLINED:
    case RN_ENTRY_PLAN_TIER:
    case RN_ENTRY_MEASURE:
      return TRUE;
    default:
      return FALSE;
    }
}

guint
rn_plan_book_needs (int tier)
{
  return tier == 1 ? 2 : 1;
}

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, text);
  return FALSE;
}

static gboolean
check_confirmation (const RnPlanState *state, const RnAlertEntry *entry, GError **error)
{
  if (entry->person == NULL || entry->person[0] == '\0')
    return refuse (error, _("A confirmation needs a name."));
  if (state == NULL || state->proposed != entry->tier)
    return refuse (error, _("This tier is not proposed now."));
  if (entry->count < 1 || entry->count > rn_plan_book_needs (entry->tier))
    return refuse (error, _("It does not need so many confirmations."));
  if (entry->count == 2 && state->first == NULL)
    return refuse (error, _("The first person has not confirmed yet."));
  if (entry->count == 2 && g_str_equal (state->first, entry->person))
    return refuse (error, _("The second confirmation needs another person."));
  return TRUE;
}

static gboolean
check_refusal (const RnPlanState *state, const RnAlertEntry *entry, GError **error)
{
  if (state == NULL || state->proposed != entry->tier)
    return refuse (error, _("This tier is not proposed now."));
  if (entry->text == NULL || entry->text[0] == '\0')
    return refuse (error, _("Declining needs a reason."));
  return TRUE;
}

static gboolean
check_tier (const RnPlanState *state, const RnAlertEntry *entry, GError **error)
{
  if (state == NULL || state->proposed != entry->tier)
    return refuse (error, _("This tier is not proposed now."));
  if (state->first == NULL || (rn_plan_book_needs (entry->tier) == 2 && state->other == NULL))
    return refuse (error, _("This tier is not confirmed yet."));
  return TRUE;
}

/* The members of an order; what is not there stays unknown. */
static void
read_order (RnPlanMeasure *measure, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));
  g_autoptr (JsonNode) node = rn_json_parse (bytes, NULL);
  RnJson root = rn_json_root (node), what = rn_json_member (&root, "what"),
         where = rn_json_member (&root, "where"), party = rn_json_member (&root, "party"),
         closure = rn_json_member (&root, "closure"), second = rn_json_member (&root, "second");

  measure->what = g_strdup (rn_json_opt_string (&what, NULL));
  measure->where = g_strdup (rn_json_opt_string (&where, NULL));
  measure->party = g_strdup (rn_json_opt_string (&party, NULL));
  measure->closure = rn_json_opt_boolean (&closure, FALSE, NULL);
  measure->second = g_strdup (rn_json_opt_string (&second, NULL));
}

static RnPlanMeasure *
create_measure (const RnAlertEntry *entry)
{
  RnPlanMeasure *measure = g_new0 (RnPlanMeasure, 1);

  measure->key = g_strdup (entry->key);
  measure->plan = g_strdup (entry->subject->key);
  measure->tier = entry->tier;
  read_order (measure, entry->body != NULL ? entry->body : "{}");
  return measure;
}

static gboolean
check_order (const RnAlertEntry *entry, GError **error)
{
  RnPlanMeasure *measure = create_measure (entry);
  gboolean of_two = measure->second != NULL && measure->second[0] != '\0'
                    && !g_str_equal (measure->second, entry->person);
  gboolean says_what = measure->what != NULL && measure->what[0] != '\0';
  gboolean closure = measure->closure;

  measure_free (measure);
  if (!says_what)
    return refuse (error, _("A measure says what is done."));
  return !closure || of_two
         || refuse (error, _("A closure needs the confirmation of a second person."));
}

static gboolean
check_measure (const RnPlanMeasure *measure, const RnAlertEntry *entry, GError **error)
{
  int step = rn_measure_step_from_word (entry->text);

  if (entry->key == NULL || step < 0)
    return refuse (error, _("There is no such step of a measure."));
  if (entry->person == NULL || entry->person[0] == '\0')
    return refuse (error, _("A measure needs the name of who orders it."));
  if (step == RN_MEASURE_ORDERED)
    return measure == NULL ? check_order (entry, error)
                           : refuse (error, _("This measure is ordered already."));
  if (measure == NULL)
    return refuse (error, _("There is no such measure."));
  if (measure->at_us[RN_MEASURE_LIFTED] != 0)
    return refuse (error, _("This measure is lifted already."));
  if (measure->at_us[step] != 0)
    return refuse (error, _("This step is done already."));
  return TRUE;
}

static RnPlanState *
find_state (const RnPlanBook *self, const RnAlertEntry *entry)
{
  return entry->subject != NULL ? g_hash_table_lookup (self->states, entry->subject->key) : NULL;
}

static RnPlanMeasure *
find_measure (const RnPlanBook *self, const char *key)
{
  for (guint i = 0; key != NULL && i < self->measures->len; i++)
    if (g_str_equal (((RnPlanMeasure *) self->measures->pdata[i])->key, key))
      return self->measures->pdata[i];
  return NULL;
}

gboolean
rn_plan_book_check (RnPlanBook *self, const RnAlertEntry *entry, GError **error)
{
  const RnPlanState *state = find_state (self, entry);

  if (entry->subject == NULL || entry->subject->kind != RN_SUBJECT_PLAN)
    return refuse (error, _("This is of no plan."));
  if (entry->kind != RN_ENTRY_MEASURE && (entry->tier < 0 || entry->tier >= RN_N_TIERS))
    return refuse (error, _("There is no such tier."));
  switch (entry->kind)
    {
    case RN_ENTRY_PLAN_PROPOSED:
      return TRUE;
    case RN_ENTRY_PLAN_CONFIRMED:
      return check_confirmation (state, entry, error);
    case RN_ENTRY_PLAN_DECLINED:
      return check_refusal (state, entry, error);
    case RN_ENTRY_PLAN_TIER:
      return check_tier (state, entry, error);
    case RN_ENTRY_MEASURE:
      return check_measure (find_measure (self, entry->key), entry, error);
    default:
      return refuse (error, _("This is of no plan."));
    }
}

/* ---- applying ------------------------------------------------------------------------------ */

static RnPlanState *
get_state (RnPlanBook *self, const char *key)
{
  RnPlanState *state = g_hash_table_lookup (self->states, key);

  if (state != NULL)
    return state;
  state = g_new0 (RnPlanState, 1);
  state->key = g_strdup (key);
  state->proposed = state->declined = -1;
  state->decisions = g_ptr_array_new_with_free_func (decision_free);
  g_hash_table_insert (self->states, state->key, state);
  return state;
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static void
add_decision (RnPlanState *state, const RnAlertEntry *entry, const char *person, const char *second,
              const char *text)
{
  RnPlanDecision *decision = g_new0 (RnPlanDecision, 1);

  decision->kind = entry->kind;
  decision->at_us = entry->at_us;
  decision->tier = entry->tier;
  decision->from = state->proposed_from;
  decision->person = g_strdup (person);
  decision->second = g_strdup (second);
  decision->text = g_strdup (text);
  g_ptr_array_add (state->decisions, decision);
  if (state->decisions->len > MAX_DECISIONS)
    g_ptr_array_remove_index (state->decisions, 0);
}

static void
forget_proposal (RnPlanState *state)
{
  state->proposed = -1;
  state->proposed_us = state->first_us = 0;
  set_text (&state->proposed_by, NULL);
  set_text (&state->proposed_text, NULL);
  set_text (&state->first, NULL);
  set_text (&state->other, NULL);
}

/* The tier in force when it was proposed: a server may have changed it since our last decision. */
static int
read_from (const char *body, int fallback)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new_static (body, strlen (body)) : NULL;
  g_autoptr (JsonNode) node = bytes != NULL ? rn_json_parse (bytes, NULL) : NULL;
  RnJson root = rn_json_root (node), from = rn_json_member (&root, "from");

  return (int) rn_json_opt_integer (&from, 0, RN_N_TIERS - 1, fallback, NULL);
}

static void
propose (RnPlanState *state, const RnAlertEntry *entry)
{
  forget_proposal (state);
  state->proposed = entry->tier;
  state->proposed_from = read_from (entry->body, state->tier);
  state->proposed_us = entry->at_us;
  set_text (&state->proposed_by, entry->person);
  set_text (&state->proposed_text, entry->text);
}

static void
confirm (RnPlanState *state, const RnAlertEntry *entry)
{
  if (entry->count == 2)
    {
      set_text (&state->other, entry->person);
      return;
    }
  set_text (&state->first, entry->person);
  state->first_us = entry->at_us;
}

static void
decline (RnPlanState *state, const RnAlertEntry *entry)
{
  state->declined = entry->tier;
  state->declined_us = entry->at_us;
  set_text (&state->declined_by, entry->person);
  set_text (&state->declined_text, entry->text);
  add_decision (state, entry, entry->person, NULL, entry->text);
  forget_proposal (state);
}

/* Tiers above (milder than) the one in force keep the time of their entering. */
static void
put_in_force (RnPlanState *state, const RnAlertEntry *entry)
{
  add_decision (state, entry, state->first, state->other, state->proposed_text);
  state->decided = TRUE;
  state->tier = entry->tier;
  state->since_us = entry->at_us;
  set_text (&state->by, state->first);
  set_text (&state->second, state->other);
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    if (entry->tier == 0 || tier < entry->tier)
      state->entered_us[tier] = 0;
  if (entry->tier != 0 && state->entered_us[entry->tier] == 0)
    state->entered_us[entry->tier] = entry->at_us;
  state->declined = -1;
  forget_proposal (state);
}

static void
carry_on_measure (RnPlanBook *self, const RnAlertEntry *entry)
{
  RnMeasureStep step = (RnMeasureStep) rn_measure_step_from_word (entry->text);
  RnPlanMeasure *measure = find_measure (self, entry->key);

  if (measure == NULL)
    {
      measure = create_measure (entry);
      g_ptr_array_add (self->measures, measure);
    }
  measure->at_us[step] = entry->at_us;
  set_text (&measure->by[step], entry->person);
}

static void
forget_old (RnPlanBook *self, gint64 at_us)
{
  for (guint i = self->measures->len; i > 0; i--)
    {
      gint64 lifted_us = ((RnPlanMeasure *) self->measures->pdata[i - 1])->at_us[RN_MEASURE_LIFTED];

      if (lifted_us != 0 && at_us - lifted_us > KEEP_LIFTED_US)
        g_ptr_array_remove_index (self->measures, i - 1);
    }
}

gboolean
rn_plan_book_apply (RnPlanBook *self, const RnAlertEntry *entry, GError **error)
{
  RnPlanState *state;

  if (!rn_plan_book_check (self, entry, error))
    return FALSE;
  state = get_state (self, entry->subject->key);
  if (entry->kind == RN_ENTRY_PLAN_PROPOSED)
    propose (state, entry);
  else if (entry->kind == RN_ENTRY_PLAN_CONFIRMED)
    confirm (state, entry);
  else if (entry->kind == RN_ENTRY_PLAN_DECLINED)
    decline (state, entry);
  else if (entry->kind == RN_ENTRY_PLAN_TIER)
    put_in_force (state, entry);
  else
    carry_on_measure (self, entry);
  forget_old (self, entry->at_us);
  return TRUE;
}

/* ---- reading it ---------------------------------------------------------------------------- */

const RnPlanState *
rn_plan_book_find (const RnPlanBook *self, const char *plan_key)
{
  return g_hash_table_lookup (self->states, plan_key);
}

const RnPlanMeasure *
rn_plan_book_find_measure (const RnPlanBook *self, const char *key)
{
  return find_measure (self, key);
}

GPtrArray *
rn_plan_book_dup_measures (const RnPlanBook *self, const char *plan_key)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < self->measures->len; i++)
    if (g_str_equal (((RnPlanMeasure *) self->measures->pdata[i])->plan, plan_key))
      g_ptr_array_add (found, self->measures->pdata[i]);
  return found;
}

static const char *
or_none (const char *text)
{
  return text != NULL ? text : "-";
}

static void
digest_state (GString *out, const RnPlanState *state)
{
  g_string_append_printf (out, "plan %s tier %d since %" G_GINT64_FORMAT " by %s second %s\n",
                          state->key, state->tier, state->since_us, or_none (state->by),
                          or_none (state->second));
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    g_string_append_printf (out, " entered %d %" G_GINT64_FORMAT "\n", tier,
                            state->entered_us[tier]);
  g_string_append_printf (out, " proposed %d %" G_GINT64_FORMAT " by %s first %s other %s\n",
                          state->proposed, state->proposed_us, or_none (state->proposed_by),
                          or_none (state->first), or_none (state->other));
  g_string_append_printf (out, " declined %d %" G_GINT64_FORMAT " by %s: %s\n", state->declined,
                          state->declined_us, or_none (state->declined_by),
                          or_none (state->declined_text));
  for (guint i = 0; i < state->decisions->len; i++)
    {
      const RnPlanDecision *decision = state->decisions->pdata[i];

      g_string_append_printf (out, " decision %d %d %" G_GINT64_FORMAT " %s %s: %s\n",
                              decision->kind, decision->tier, decision->at_us,
                              or_none (decision->person), or_none (decision->second),
                              or_none (decision->text));
    }
}

char *
rn_plan_book_dup_digest (const RnPlanBook *self)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GList) keys =
      g_list_sort (g_hash_table_get_keys (self->states), (GCompareFunc) strcmp);

  for (GList *l = keys; l != NULL; l = l->next)
    digest_state (out, g_hash_table_lookup (self->states, l->data));
  for (guint i = 0; i < self->measures->len; i++)
    {
      const RnPlanMeasure *measure = self->measures->pdata[i];

      g_string_append_printf (out, "measure %s of %s tier %d: %s, %s, %s, %d, %s\n", measure->key,
                              measure->plan, measure->tier, or_none (measure->what),
                              or_none (measure->where), or_none (measure->party), measure->closure,
                              or_none (measure->second));
      for (int step = 0; step < RN_N_MEASURE_STEPS; step++)
        g_string_append_printf (out, " %s %" G_GINT64_FORMAT " %s\n", step_words[step],
                                measure->at_us[step], or_none (measure->by[step]));
    }
  return g_string_free (out, FALSE);
}
