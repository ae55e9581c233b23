/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fold: checks an entry against the row of its alert, applies it, and forgets rows that are
 * over. Conditions and groups here, acts of people in rn-alert-book-acts.c. One thread at a
 * time. */
#include <math.h>

#include "alert/rn-alert-book-private.h"
#include "base/rn-i18n.h"

static void
row_free (gpointer data)
{
  rn_alert_row_free (data);
}

static void
times_free (gpointer data)
{
  g_array_unref (data);
}

RnAlertBook *
rn_alert_book_new (void)
{
  RnAlertBook *self = g_new0 (RnAlertBook, 1);

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, row_free);
  self->raises = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, times_free);
  self->last_us = G_MININT64;
  return self;
}

void
rn_alert_book_free (RnAlertBook *self)
{
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->raises);
  g_free (self);
}

static RnAlertRow *
find_row (const RnAlertBook *self, const char *key)
{
  return key != NULL ? g_hash_table_lookup (self->rows, key) : NULL;
}

/* ---- chatter ------------------------------------------------------------------------------- */

static void
drop_old_times (GArray *times, gint64 at_us)
{
  for (guint i = times->len; i > 0; i--)
    if (g_array_index (times, gint64, i - 1) <= at_us - RN_RAISES_US)
      g_array_remove_index (times, i - 1);
}

static gboolean
is_old (gpointer key, gpointer value, gpointer data)
{
  drop_old_times (value, *(gint64 *) data);
  return ((GArray *) value)->len == 0;
}

static guint
add_raise (RnAlertBook *self, const char *key, gint64 at_us)
{
  GArray *times = g_hash_table_lookup (self->raises, key);

  if (times == NULL)
    {
      times = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->raises, g_strdup (key), times);
    }
  drop_old_times (times, at_us);
  g_array_append_val (times, at_us);
  return times->len;
}

/* Once in 30 min, so that an alert that was once is not remembered for ever. */
static void
go_on (RnAlertBook *self, gint64 at_us)
{
  self->last_us = MAX (self->last_us, at_us);
  if (self->last_us - self->swept_us < RN_RAISES_US)
    return;
  self->swept_us = self->last_us;
  g_hash_table_foreach_remove (self->raises, is_old, &self->last_us);
}

/* ---- whether ------------------------------------------------------------------------------- */

static gboolean
is_of_alert (RnAlertEntryKind kind)
{
  return kind <= RN_ENTRY_IN_SERVICE;
}

static gboolean
check_parent (const RnAlertBook *self, const RnAlertRow *row, const char *key, GError **error)
{
  const RnAlertRow *parent = find_row (self, key);

  if (key == NULL)
    return TRUE;
  if (parent == NULL || !rn_alert_row_stands (parent))
    return rn_alert_refuse (error, RN_ALERT_ERROR_UNKNOWN,
                            _("There is no alert to group it under"));
  if (row != NULL && rn_alert_row_holds (row, parent))
    return rn_alert_refuse (error, RN_ALERT_ERROR_INVALID,
                            _("An alert cannot stand under itself"));
  return TRUE;
}

static gboolean
check_raised (const RnAlertBook *self, const RnAlertRow *row, const RnAlertEntry *entry,
              GError **error)
{
  if (row != NULL && rn_alert_row_stands (row))
    return rn_alert_refuse (error, RN_ALERT_ERROR_STATE, _("The alert stands already"));
  if (entry->key == NULL || entry->rule == NULL || entry->subject == NULL || entry->tier == 0)
    return rn_alert_refuse (error, RN_ALERT_ERROR_INVALID,
                            _("An alert needs a rule, a subject and a tier"));
  return check_parent (self, row, entry->parent, error);
}

/* Of an alert that stands. */
static gboolean
check_transition (const RnAlertBook *self, const RnAlertRow *row, const RnAlertEntry *entry,
                  GError **error)
{
  const RnAlert *alert = row->alert;
  gboolean fits = TRUE;

  if (!rn_alert_row_stands (row))
    return rn_alert_refuse (error, RN_ALERT_ERROR_STATE, _("The alert has ended"));
  if (entry->kind == RN_ENTRY_PARENT)
    return check_parent (self, row, entry->parent, error);
  if (entry->kind == RN_ENTRY_RECOVERING)
    fits = alert->condition == RN_CONDITION_ACTIVE;
  else if (entry->kind == RN_ENTRY_RELAPSED)
    fits = alert->condition == RN_CONDITION_RECOVERING;
  else if (entry->kind == RN_ENTRY_TIER || entry->kind == RN_ENTRY_ESCALATED)
    fits = entry->tier != 0;
  else if (entry->kind == RN_ENTRY_SUPPRESSED || entry->kind == RN_ENTRY_UNSUPPRESSED)
    fits = alert->suppressed == (entry->kind == RN_ENTRY_UNSUPPRESSED);
  return fits
         || rn_alert_refuse (error, RN_ALERT_ERROR_STATE,
                             _("The alert is not in the state that this would change"));
}

gboolean
rn_alert_book_check (const RnAlertBook *self, const RnAlertEntry *entry, GError **error)
{
  const RnAlertRow *row = find_row (self, entry->key);

  if (!is_of_alert (entry->kind))
    return TRUE;
  if (entry->kind == RN_ENTRY_RAISED)
    return check_raised (self, row, entry, error);
  if (row == NULL)
    return rn_alert_refuse (error, RN_ALERT_ERROR_UNKNOWN, _("There is no such alert any more"));
  if (rn_alert_entry_is_act (entry->kind))
    return rn_alert_row_check_act (row, entry, error);
  return check_transition (self, row, entry, error);
}

/* ---- what ---------------------------------------------------------------------------------- */

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

/* Entries that know no number leave what was told. */
static void
set_measure (RnAlert *alert, const RnAlertEntry *entry)
{
  if (!isnan (entry->value))
    alert->value = entry->value;
  if (!isnan (entry->threshold))
    alert->threshold = entry->threshold;
  if (entry->quality != RN_QUALITY_UNKNOWN)
    alert->quality = entry->quality;
}

static void
set_tier (RnAlert *alert, int tier)
{
  alert->tier = tier;
  alert->worst_tier = rn_tier_worst (alert->worst_tier, tier);
  if (rn_tier_is_worse (tier, alert->acknowledged_tier))
    alert->acknowledged = FALSE;
}

/* Everything of the occurrence before is past; masks of people stay. */
static void
begin_occurrence (RnAlertRow *row, const RnAlertEntry *entry)
{
  RnAlert *alert = rn_alert_row_edit (row);

  alert->worst_tier = alert->acknowledged_tier = 0;
  alert->acknowledged = FALSE;
  alert->acknowledged_us = 0;
  g_clear_pointer (&alert->acknowledged_by, g_free);
  g_clear_pointer (&alert->owner, g_free);
  g_clear_pointer (&alert->head, g_free);
  alert->queue_m = NAN;
  alert->n_notes = 0;
  alert->raised_us = entry->at_us;
  alert->raised_data_us = entry->data_us;
  g_queue_clear_full (&row->timeline, (GDestroyNotify) rn_alert_entry_unref);
}

static void
raise_alert (RnAlertBook *self, RnAlertRow *row, const RnAlertEntry *entry)
{
  RnAlert *alert = rn_alert_row_edit (row);

  /* what is latched and was not answered goes on */
  if (!rn_alert_row_waits_for_ack (row) || alert->raised_us == 0)
    begin_occurrence (row, entry);
  row->latch = entry->latch;
  set_text (&alert->rule, entry->rule);
  alert->rule_version = entry->rule_version;
  rn_subject_free (alert->subject);
  alert->subject = rn_subject_copy (entry->subject);
  set_text (&alert->title, entry->text);
  set_text (&alert->section, entry->section);
  alert->chainage_m = entry->chainage_m;
  alert->condition = RN_CONDITION_ACTIVE;
  alert->value = entry->value;
  alert->threshold = entry->threshold;
  alert->quality = entry->quality;
  alert->factors = entry->factors;
  if (entry->head != NULL)
    set_text (&alert->head, entry->head);
  if (!isnan (entry->queue_m))
    alert->queue_m = entry->queue_m;
  alert->changed_us = entry->at_us;
  set_tier (alert, entry->tier);
  alert->n_raised = add_raise (self, alert->key, entry->at_us);
  rn_alert_row_move (row, find_row (self, entry->parent));
}

static void
end_alert (RnAlertRow *row)
{
  RnAlert *alert = rn_alert_row_edit (row);

  alert->condition = RN_CONDITION_NORMAL;
  alert->suppressed = FALSE;
  rn_alert_row_settle_mask (row);
  if (!rn_alert_row_waits_for_ack (row))
    alert->tier = 0;
  while (row->children->len > 0)
    rn_alert_row_move (row->children->pdata[row->children->len - 1], NULL);
}

static void
set_extent (RnAlert *alert, const RnAlertEntry *entry)
{
  set_text (&alert->head, entry->head);
  alert->queue_m = entry->queue_m;
}

static void
change_condition (RnAlertBook *self, RnAlertRow *row, const RnAlertEntry *entry)
{
  RnAlert *alert = rn_alert_row_edit (row);

  alert->changed_us = entry->at_us;
  set_measure (alert, entry);
  switch (entry->kind)
    {
    case RN_ENTRY_RECOVERING:
      alert->condition = RN_CONDITION_RECOVERING;
      break;
    case RN_ENTRY_RELAPSED:
      alert->condition = RN_CONDITION_ACTIVE;
      alert->n_raised = add_raise (self, alert->key, entry->at_us);
      break;
    case RN_ENTRY_CLEARED:
    case RN_ENTRY_GONE:
      end_alert (row);
      return;
    default:
      break;
    }
  if (entry->factors != 0)
    alert->factors = entry->factors;
  if (entry->tier != 0)
    set_tier (alert, entry->tier);
}

static void
apply_transition (RnAlertBook *self, RnAlertRow *row, const RnAlertEntry *entry)
{
  RnAlert *alert = rn_alert_row_edit (row);

  switch (entry->kind)
    {
    case RN_ENTRY_DATA:
      set_measure (alert, entry);
      alert->quality = entry->quality;
      break;
    case RN_ENTRY_PARENT:
      rn_alert_row_move (row, find_row (self, entry->parent));
      break;
    case RN_ENTRY_EXTENT:
      set_extent (alert, entry);
      break;
    case RN_ENTRY_RANG:
      alert->acknowledged = FALSE;
      break;
    case RN_ENTRY_SUPPRESSED:
    case RN_ENTRY_UNSUPPRESSED:
      alert->suppressed = entry->kind == RN_ENTRY_SUPPRESSED;
      rn_alert_row_settle_mask (row);
      break;
    default:
      change_condition (self, row, entry);
      break;
    }
}

/* ---- rows ---------------------------------------------------------------------------------- */

static RnAlertRow *
ensure_row (RnAlertBook *self, const RnAlertEntry *raised)
{
  RnAlertRow *row = find_row (self, raised->key);

  if (row == NULL)
    {
      row = rn_alert_row_new (raised->key);
      row->since_us = raised->at_us;
      g_hash_table_insert (self->rows, row->key, row);
    }
  return row;
}

static void
forget_if_over (RnAlertBook *self, RnAlertRow *row)
{
  if (!rn_alert_row_is_over (row))
    return;
  while (row->children->len > 0)
    rn_alert_row_move (row->children->pdata[row->children->len - 1], NULL);
  rn_alert_row_move (row, NULL);
  g_hash_table_remove (self->rows, row->key);
}

static void
collect (RnAlertRow *row, gpointer data)
{
  g_ptr_array_add (data, row);
}

/* An act may end latched alerts below, too. */
static void
apply_act (RnAlertBook *self, RnAlertRow *row, const RnAlertEntry *entry)
{
  g_autoptr (GPtrArray) below = g_ptr_array_new ();

  if (entry->kind == RN_ENTRY_ACKNOWLEDGED)
    rn_alert_row_walk (row, collect, below);
  rn_alert_row_apply_act (row, entry);
  for (guint i = 0; i < below->len; i++)
    forget_if_over (self, below->pdata[i]);
}

static void
forget_all (RnAlertBook *self)
{
  g_hash_table_remove_all (self->rows);
  g_hash_table_remove_all (self->raises);
  self->flood = FALSE;
}

gboolean
rn_alert_book_apply (RnAlertBook *self, const RnAlertEntry *entry, GError **error)
{
  RnAlertRow *row;

  if (!rn_alert_book_check (self, entry, error))
    return FALSE;
  go_on (self, entry->at_us);
  if (!is_of_alert (entry->kind))
    {
      if (entry->kind == RN_ENTRY_STARTED && entry->one_shot)
        forget_all (self);
      if (entry->kind == RN_ENTRY_FLOOD_BEGAN || entry->kind == RN_ENTRY_FLOOD_ENDED)
        self->flood = entry->kind == RN_ENTRY_FLOOD_BEGAN;
      if (entry->kind == RN_ENTRY_FLOOD_BEGAN)
        self->flood_us = entry->at_us;
      return TRUE;
    }
  row = entry->kind == RN_ENTRY_RAISED ? ensure_row (self, entry) : find_row (self, entry->key);
  if (entry->kind == RN_ENTRY_RAISED)
    raise_alert (self, row, entry);
  else if (rn_alert_entry_is_act (entry->kind))
    apply_act (self, row, entry);
  else
    apply_transition (self, row, entry);
  rn_alert_row_remember (row, entry);
  rn_alert_row_recount (row);
  forget_if_over (self, row);
  return TRUE;
}

/* ---- queries ------------------------------------------------------------------------------- */

const RnAlert *
rn_alert_book_find (const RnAlertBook *self, const char *key)
{
  RnAlertRow *row = find_row (self, key);

  if (row == NULL)
    return NULL;
  row->shared = TRUE;
  return row->alert;
}

const RnAlert *
rn_alert_book_peek (const RnAlertBook *self, const char *key)
{
  const RnAlertRow *row = find_row (self, key);

  return row != NULL ? row->alert : NULL;
}

static void
alert_free (gpointer data)
{
  rn_alert_unref (data);
}

GPtrArray *
rn_alert_book_dup_alerts (const RnAlertBook *self)
{
  GPtrArray *alerts = g_ptr_array_new_full (g_hash_table_size (self->rows), alert_free);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (alerts, rn_alert_row_share (row));
  return alerts;
}

guint
rn_alert_book_get_n (const RnAlertBook *self)
{
  return g_hash_table_size (self->rows);
}

GPtrArray *
rn_alert_book_dup_children (const RnAlertBook *self, const char *key)
{
  GPtrArray *alerts = g_ptr_array_new_with_free_func (alert_free);
  RnAlertRow *row = find_row (self, key);

  for (guint i = 0; row != NULL && i < row->children->len; i++)
    if (rn_alert_row_stands (row->children->pdata[i]))
      g_ptr_array_add (alerts, rn_alert_row_share (row->children->pdata[i]));
  return alerts;
}

static void
entry_free (gpointer data)
{
  rn_alert_entry_unref (data);
}

GPtrArray *
rn_alert_book_dup_timeline (const RnAlertBook *self, const char *key)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  RnAlertRow *row = find_row (self, key);

  for (GList *l = row != NULL ? row->timeline.head : NULL; l != NULL; l = l->next)
    g_ptr_array_add (entries, rn_alert_entry_ref (l->data));
  return entries;
}

gboolean
rn_alert_book_is_flood (const RnAlertBook *self)
{
  return self->flood;
}

gint64
rn_alert_book_get_since_us (const RnAlertBook *self)
{
  gint64 since_us = self->flood ? self->flood_us : G_MAXINT64;
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    since_us = MIN (since_us, ((RnAlertRow *) row)->since_us);
  return since_us;
}
