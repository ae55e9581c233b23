/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for terminals, members for scripts. */
#include "cli/rn-journal-report.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"

static char *
dup_hex (const guint8 *hash)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < RN_JOURNAL_HASH; i++)
    g_string_append_printf (text, "%02x", hash[i]);
  return g_string_free (text, FALSE);
}

/* ---- text ---------------------------------------------------------------------------------- */

static void
append_counts (GString *text, const RnJournalVerdict *verdict)
{
  g_autofree char *entries = rn_text_count ((gint64) verdict->entries);
  g_autofree char *anchors = rn_text_count ((gint64) verdict->anchors);
  g_autofree char *last = verdict->anchor_us != 0 ? rn_text_rfc3339 (verdict->anchor_us) : NULL;

  g_string_append_printf (text, "%s\n", verdict->path);
  g_string_append_printf (text, _("Entries: %s, anchors: %s"), entries, anchors);
  if (last != NULL)
    g_string_append_printf (text, _(", the last of %s"), last);
  g_string_append (text, "\n");
}

static void
append_seats (GString *text, const RnJournalVerdict *verdict)
{
  for (guint i = 0; i < verdict->seats->len; i++)
    {
      const RnJournalSeat *seat = g_ptr_array_index (verdict->seats, i);
      g_autofree char *entries = rn_text_count ((gint64) seat->entries);
      g_autofree char *anchored = rn_text_count ((gint64) seat->anchored);
      g_autofree char *first = rn_text_rfc3339 (seat->first_us);
      g_autofree char *last = rn_text_rfc3339 (seat->last_us);

      g_string_append_printf (text, _("  seat %s: %s entries from %s to %s, anchored up to %s\n"),
                              seat->seat, entries, first, last, anchored);
    }
}

static void
append_notes (GString *text, const RnJournalVerdict *verdict)
{
  g_autofree char *unkeyed = rn_text_count ((gint64) verdict->unkeyed);
  g_autofree char *unchecked = rn_text_count ((gint64) verdict->unchecked);
  g_autofree char *dropped = rn_text_count ((gint64) verdict->dropped);

  for (guint i = 0; i < verdict->aside->len; i++)
    g_string_append_printf (text, _("Follows a damaged file that was set aside: %s\n"),
                            (const char *) g_ptr_array_index (verdict->aside, i));
  if (verdict->dropped > 0)
    g_string_append_printf (
        text, _("Entries that found no room while it could not be written: %s\n"), dropped);
  if (verdict->unkeyed > 0)
    g_string_append_printf (text, _("Anchors without a key, which anybody could make: %s\n"),
                            unkeyed);
  if (verdict->unchecked > 0)
    g_string_append_printf (
        text, _("Anchors whose seal was not checked, for want of their key: %s\n"), unchecked);
}

static void
append_fault (GString *text, const RnJournalFault *fault)
{
  g_autofree char *sequence = rn_text_count ((gint64) fault->sequence);
  g_autofree char *until = rn_text_count ((gint64) fault->until);
  g_autofree char *anchor = rn_text_count ((gint64) fault->anchor);

  g_string_append (text, "  ");
  if (fault->seat != NULL)
    g_string_append_printf (text, _("seat %s, "), fault->seat);
  if (fault->anchor > 0)
    g_string_append_printf (text, _("anchor %s: "), anchor);
  else if (fault->until > fault->sequence)
    g_string_append_printf (text, _("entries %s to %s: "), sequence, until);
  else
    g_string_append_printf (text, _("entry %s: "), sequence);
  g_string_append_printf (text, "%s (%s)\n", fault->cause, rn_journal_fault_word (fault->kind));
}

char *
rn_journal_report_text (const RnJournalVerdict *verdict)
{
  GString *text = g_string_new (NULL);
  g_autofree char *n = rn_text_count ((gint64) verdict->n_faults);

  append_counts (text, verdict);
  append_seats (text, verdict);
  append_notes (text, verdict);
  if (verdict->n_faults == 0)
    g_string_append_printf (text, "%s\n", _("Nothing is wrong with it."));
  else
    g_string_append_printf (text, _("Faults: %s\n"), n);
  for (guint i = 0; i < verdict->faults->len; i++)
    append_fault (text, g_ptr_array_index (verdict->faults, i));
  if (verdict->n_faults > verdict->faults->len)
    g_string_append (text, "  …\n");
  return g_string_free (text, FALSE);
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void
add_number (JsonBuilder *builder, const char *member, guint64 number)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, (gint64) number);
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_time (JsonBuilder *builder, const char *member, gint64 at_us)
{
  g_autofree char *text = at_us != 0 ? rn_text_rfc3339 (at_us) : NULL;

  add_text (builder, member, text);
}

static void
add_seat (JsonBuilder *builder, const RnJournalSeat *seat)
{
  g_autofree char *hash = dup_hex (seat->hash);

  json_builder_begin_object (builder);
  add_text (builder, "seat", seat->seat);
  add_number (builder, "entries", seat->entries);
  add_time (builder, "first_at", seat->first_us);
  add_time (builder, "last_at", seat->last_us);
  add_number (builder, "anchored", seat->anchored);
  add_text (builder, "hash", hash);
  json_builder_end_object (builder);
}

static void
add_fault (JsonBuilder *builder, const RnJournalFault *fault)
{
  json_builder_begin_object (builder);
  add_text (builder, "kind", rn_journal_fault_word (fault->kind));
  add_text (builder, "seat", fault->seat);
  add_number (builder, "sequence", fault->sequence);
  add_number (builder, "until", fault->until);
  add_number (builder, "anchor", fault->anchor);
  add_text (builder, "cause", fault->cause);
  json_builder_end_object (builder);
}

JsonNode *
rn_journal_report_json (const RnJournalVerdict *verdict)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "path", verdict->path);
  json_builder_set_member_name (builder, "clean");
  json_builder_add_boolean_value (builder, verdict->n_faults == 0);
  add_number (builder, "entries", verdict->entries);
  add_number (builder, "anchors", verdict->anchors);
  add_time (builder, "anchor_at", verdict->anchor_us);
  add_number (builder, "unkeyed", verdict->unkeyed);
  add_number (builder, "unchecked", verdict->unchecked);
  add_number (builder, "dropped", verdict->dropped);
  json_builder_set_member_name (builder, "seats");
  json_builder_begin_array (builder);
  for (guint i = 0; i < verdict->seats->len; i++)
    add_seat (builder, g_ptr_array_index (verdict->seats, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "set_aside");
  json_builder_begin_array (builder);
  for (guint i = 0; i < verdict->aside->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (verdict->aside, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "faults");
  json_builder_begin_array (builder);
  for (guint i = 0; i < verdict->faults->len; i++)
    add_fault (builder, g_ptr_array_index (verdict->faults, i));
  json_builder_end_array (builder);
  add_number (builder, "faults_total", verdict->n_faults);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
