/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of a book as canonical text: each member of each alert that does not follow from
 * others, sorted by key. Numbers have 17 digits; texts are escaped, so that no two states are one
 * text. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alert/rn-alert-book-private.h"

static void
add_text (GString *text, const char *name, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;
  escaped = g_strescape (value, NULL);
  g_string_append_printf (text, " %s=\"%s\"", name, escaped);
}

static void
add_number (GString *text, const char *name, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isnan (value))
    g_string_append_printf (text, " %s=%s", name, g_ascii_dtostr (number, sizeof number, value));
}

static void
add_integer (GString *text, const char *name, gint64 value)
{
  g_string_append_printf (text, " %s=%" G_GINT64_FORMAT, name, value);
}

static void
add_condition (GString *text, const RnAlertRow *row)
{
  const RnAlert *alert = row->alert;

  add_text (text, "rule", alert->rule);
  add_integer (text, "version", alert->rule_version);
  if (alert->subject != NULL)
    add_text (text, rn_subject_kind_word (alert->subject->kind), alert->subject->key);
  add_text (text, "title", alert->title);
  add_text (text, "section", alert->section);
  add_number (text, "chainage", alert->chainage_m);
  add_integer (text, "condition", alert->condition);
  add_integer (text, "latch", row->latch);
  add_integer (text, "tier", alert->tier);
  add_integer (text, "worst", alert->worst_tier);
  add_number (text, "value", alert->value);
  add_number (text, "threshold", alert->threshold);
  add_integer (text, "factors", alert->factors);
  add_integer (text, "raised", alert->raised_us);
  add_integer (text, "raised_data", alert->raised_data_us);
  add_integer (text, "changed", alert->changed_us);
  add_integer (text, "n_raised", alert->n_raised);
  add_integer (text, "quality", alert->quality);
}

static void
add_response (GString *text, const RnAlertRow *row)
{
  const RnAlert *alert = row->alert;

  add_integer (text, "acknowledged", alert->acknowledged);
  add_integer (text, "acknowledged_tier", alert->acknowledged_tier);
  add_text (text, "acknowledged_by", alert->acknowledged_by);
  add_integer (text, "acknowledged_at", alert->acknowledged_us);
  add_text (text, "owner", alert->owner);
  add_integer (text, "notes", alert->n_notes);
}

static void
add_mask (GString *text, const RnAlertRow *row)
{
  const RnAlert *alert = row->alert;

  add_integer (text, "mask", alert->mask);
  add_integer (text, "shelved", alert->shelved);
  add_text (text, "shelved_by", row->shelved_by);
  add_text (text, "shelved_reason", row->shelved_reason);
  add_integer (text, "shelved_at", alert->shelved_us);
  add_integer (text, "shelved_until", alert->shelved_until_us);
  add_integer (text, "one_shot", alert->one_shot);
  add_integer (text, "suppressed", alert->suppressed);
  add_integer (text, "out_of_service", alert->out_of_service);
  add_text (text, "service_by", row->service_by);
  add_text (text, "service_reason", row->service_reason);
}

static void
add_group (GString *text, const RnAlertRow *row)
{
  const RnAlert *alert = row->alert;

  add_text (text, "parent", alert->parent);
  add_integer (text, "children", alert->n_children);
  add_integer (text, "worst_child", alert->worst_child);
  add_text (text, "head", alert->head);
  add_number (text, "queue", alert->queue_m);
  add_integer (text, "timeline", g_queue_get_length ((GQueue *) &row->timeline));
}

/* Raises that still count, of alerts that ended, too. */
static void
add_raises (GString *text, const RnAlertBook *self, const char *key)
{
  const GArray *times = g_hash_table_lookup (self->raises, key);
  g_autoptr (GString) recent = g_string_new (NULL);

  for (guint i = 0; i < times->len; i++)
    if (g_array_index (times, gint64, i) > self->last_us - RN_RAISES_US)
      add_integer (recent, "at", g_array_index (times, gint64, i));
  if (recent->len > 0)
    {
      add_text (text, "raises", key);
      g_string_append_printf (text, "%s\n", recent->str);
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gpointer *
dup_sorted_keys (GHashTable *table, guint *n)
{
  gpointer *keys = g_hash_table_get_keys_as_array (table, n);

  qsort (keys, *n, sizeof *keys, compare_keys);
  return keys;
}

char *
rn_alert_book_dup_digest (const RnAlertBook *self)
{
  GString *text = g_string_new (NULL);
  guint n_rows, n_raises;
  g_autofree gpointer *rows = dup_sorted_keys (self->rows, &n_rows);
  g_autofree gpointer *raises = dup_sorted_keys (self->raises, &n_raises);

  g_string_append_printf (text, "flood=%d\n", self->flood);
  for (guint i = 0; i < n_rows; i++)
    {
      const RnAlertRow *row = g_hash_table_lookup (self->rows, rows[i]);

      add_text (text, "alert", rows[i]);
      add_condition (text, row);
      add_response (text, row);
      add_mask (text, row);
      add_group (text, row);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < n_raises; i++)
    add_raises (text, self, raises[i]);
  return g_string_free (text, FALSE);
}
