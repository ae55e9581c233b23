/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what happened and what becomes of the data; never only "error". Pure. */
#include "ui/rn-record-text.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"

#define MIB (1024.0 * 1024.0)

RnFeedLook
rn_record_look (const char *folder, const RnFrameStoreStatus *status)
{
  if (folder == NULL || status == NULL)
    return RN_FEED_LOOK_WAITING;
  switch (status->state)
    {
    case RN_FRAME_STORE_ON:
      return RN_FEED_LOOK_LIVE;
    case RN_FRAME_STORE_OFF:
      return RN_FEED_LOOK_LOST;
    case RN_FRAME_STORE_ELSEWHERE:
    case RN_FRAME_STORE_STARTING:
    default:
      return RN_FEED_LOOK_WAITING;
    }
}

static char *
dup_off_word (guint pending)
{
  if (pending == 0)
    return g_strdup (C_ ("record", "off"));
  return g_strdup_printf (ngettext ("off, %u waits", "off, %u wait", pending), pending);
}

static char *
dup_off_sentence (const char *reason, guint pending)
{
  if (pending == 0)
    return g_strdup_printf (_("Record off: %s."), reason);
  return g_strdup_printf (
      ngettext ("Record off: %s, %u entry waits.", "Record off: %s, %u entries wait.", pending),
      reason, pending);
}

char *
rn_record_text_word (const char *folder, const RnFrameStoreStatus *status)
{
  if (folder == NULL || status == NULL)
    return g_strdup ("–"); /* as meant; "off" is a fault */
  switch (status->state)
    {
    case RN_FRAME_STORE_ON:
      return g_strdup (C_ ("record", "normal"));
    case RN_FRAME_STORE_ELSEWHERE:
      return g_strdup (C_ ("record", "reads only"));
    case RN_FRAME_STORE_STARTING:
      return g_strdup (C_ ("record", "opening"));
    case RN_FRAME_STORE_OFF:
    default:
      break;
    }
  return dup_off_word (status->pending);
}

char *
rn_record_text_sentence (const char *folder, const RnFrameStoreStatus *status)
{
  if (folder == NULL)
    return g_strdup (_("Record: off, as this start asked for."));
  if (status == NULL)
    return g_strdup (
        _("Record: nothing to keep now. Values of the demo and of recordings are not kept, "
           "since their clocks begin anew."));
  switch (status->state)
    {
    case RN_FRAME_STORE_ON:
      return g_strdup (_("Record: normal, values of sections are kept."));
    case RN_FRAME_STORE_ELSEWHERE:
      return g_strdup_printf (_("Record: %s, this one reads only."), status->reason);
    case RN_FRAME_STORE_STARTING:
      return g_strdup (_("Record: the file is being opened."));
    case RN_FRAME_STORE_OFF:
    default:
      return dup_off_sentence (status->reason, status->pending);
    }
}

char *
rn_record_text_size (guint64 bytes, guint64 max_bytes)
{
  g_autofree char *size = rn_text_measure ((double) bytes / MIB, 1, "MiB");
  g_autofree char *bound = rn_text_measure ((double) max_bytes / MIB, 0, "MiB");

  return g_strdup_printf (_("%s of %s"), size, bound);
}

/* ---- the journal --------------------------------------------------------------------------- */

/* A journal that somebody changed, or that has lost entries, is as bad as one that is off. */
static gboolean
is_hurt (const RnJournalStatus *status)
{
  return status->mismatch != NULL || status->dropped > 0;
}

RnFeedLook
rn_record_journal_look (const RnJournalStatus *status)
{
  if (status == NULL)
    return RN_FEED_LOOK_WAITING;
  if (status->state == RN_JOURNAL_OFF || is_hurt (status))
    return RN_FEED_LOOK_LOST;
  return status->state == RN_JOURNAL_ON ? RN_FEED_LOOK_LIVE : RN_FEED_LOOK_WAITING;
}

char *
rn_record_text_journal_word (const RnJournalStatus *status)
{
  if (status == NULL)
    return g_strdup ("–");
  switch (status->state)
    {
    case RN_JOURNAL_OFF:
      return dup_off_word (status->pending);
    case RN_JOURNAL_ELSEWHERE:
      return g_strdup (C_ ("record", "reads only"));
    case RN_JOURNAL_STARTING:
      return g_strdup (C_ ("record", "opening"));
    case RN_JOURNAL_ON:
    default:
      return g_strdup (is_hurt (status) ? C_ ("record", "not whole") : C_ ("record", "normal"));
    }
}

static char *
dup_on_sentence (const RnJournalStatus *status)
{
  g_autofree char *n = NULL;

  if (status->mismatch != NULL)
    return g_strdup_printf (_("Journal: %s. “roadnetctl journal verify” tells which."),
                            status->mismatch);
  if (status->dropped > 0)
    {
      n = rn_text_count ((gint64) status->dropped);
      return g_strdup_printf (ngettext ("Journal: %s entry found no room and is lost.",
                                        "Journal: %s entries found no room and are lost.",
                                        status->dropped),
                              n);
    }
  if (status->unkeyed)
    return g_strdup (_("Journal: normal, but its anchors are made without a key."));
  return g_strdup (_("Journal: normal, alerts and what is done about them are kept."));
}

char *
rn_record_text_journal_sentence (const RnJournalStatus *status)
{
  if (status == NULL)
    return g_strdup (_("Journal: nothing to keep now."));
  switch (status->state)
    {
    case RN_JOURNAL_OFF:
      return dup_off_sentence (status->reason, status->pending);
    case RN_JOURNAL_ELSEWHERE:
      return g_strdup_printf (_("Journal: %s, alerts are answered there."), status->reason);
    case RN_JOURNAL_STARTING:
      return g_strdup (_("Journal: the file is being opened."));
    case RN_JOURNAL_ON:
    default:
      return dup_on_sentence (status);
    }
}
