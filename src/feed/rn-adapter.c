/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of adapters and what all of them share: the errors of the room. Pure; any thread. */
#include "feed/rn-adapter.h"

#include "base/rn-i18n.h"
#include "feed/rn-adapter-network.h"
#include "feed/rn-adapter-roadnet.h"
#include "feed/rn-adapter-tw-freeway.h"

G_DEFINE_QUARK (rn - feed - error - quark, rn_feed_error)

/* An answer of so few bytes besides white space is a download that failed, not a document. */
#define LEAST_BYTES 3

const RnAdapter *const *
rn_adapter_list (void)
{
  static const RnAdapter *const all[] = {
    &rn_adapter_roadnet,
    &rn_adapter_tw_freeway,
    &rn_adapter_network,
    NULL,
  };

  return all;
}

const RnAdapter *
rn_adapter_find (const char *kind)
{
  const RnAdapter *const *all = rn_adapter_list ();

  for (guint i = 0; kind != NULL && all[i] != NULL; i++)
    if (g_strcmp0 (all[i]->kind, kind) == 0)
      return all[i];
  return NULL;
}

gboolean
rn_adapter_refuse_empty (GBytes *bytes, const char *slot, GError **error)
{
  gsize n = 0, used = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &n) : NULL;

  for (gsize i = 0; i < n && used < LEAST_BYTES; i++)
    if (!g_ascii_isspace ((char) data[i]) && data[i] != 0)
      used++;
  if (used >= LEAST_BYTES)
    return FALSE;
  g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_EMPTY,
               ngettext ("%s: the answer is empty (%u byte)", "%s: the answer is empty (%u bytes)",
                         (gulong) n),
               slot, (guint) MIN (n, G_MAXUINT));
  return TRUE;
}
