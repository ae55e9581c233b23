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
  if (status->pending == 0)
    return g_strdup (C_ ("record", "off"));
  return g_strdup_printf (ngettext ("off, %u waits", "off, %u wait", status->pending),
                          status->pending);
}

static char *
dup_off_sentence (const RnFrameStoreStatus *status)
{
  if (status->pending == 0)
    return g_strdup_printf (_("Record off: %s."), status->reason);
  return g_strdup_printf (ngettext ("Record off: %s, %u entry waits.",
                                    "Record off: %s, %u entries wait.", status->pending),
                          status->reason, status->pending);
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
      return dup_off_sentence (status);
    }
}

char *
rn_record_text_journal_word (const RnJournalStatus *status)
{
  if (status == NULL || status->state != RN_JOURNAL_OFF)
    return NULL;
  if (status->pending == 0)
    return g_strdup (C_ ("record", "off"));
  return g_strdup_printf (ngettext ("off, %u waits", "off, %u wait", status->pending),
                          status->pending);
}

char *
rn_record_text_journal_sentence (const RnJournalStatus *status)
{
  const char *reason = status != NULL && status->reason != NULL ? status->reason : RN_DASH;

  if (status == NULL || status->state != RN_JOURNAL_OFF)
    return NULL;
  return g_strdup_printf (ngettext ("Journal off: %s, %u entry waits.",
                                    "Journal off: %s, %u entries wait.", status->pending),
                          reason, status->pending);
}

char *
rn_record_text_size (guint64 bytes, guint64 max_bytes)
{
  g_autofree char *size = rn_text_measure ((double) bytes / MIB, 1, "MiB");
  g_autofree char *bound = rn_text_measure ((double) max_bytes / MIB, 0, "MiB");

  return g_strdup_printf (_("%s of %s"), size, bound);
}
