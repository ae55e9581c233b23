/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One slot, read as the operations API's adapter reads its network. Any JSON object is taken for
 * one, so that a GeoJSON file of another kind is refused by the decoder, which says what it lacks.
 * Pure; runs in a worker. */
#include "feed/rn-adapter-network.h"

#include <string.h>

#include "base/rn-i18n.h"
#include "feed/rn-adapter-roadnet-parts.h"
#include "feed/rn-adapter-roadnet.h"

static const RnAdapterSlot slots[] = {
  { RN_FEED_NETWORK, "network", NULL, 0, FALSE },
};

static int
recognise (const char *name, const char *head, gsize length)
{
  const char *at = head, *end = head + length;

  if (length >= 3 && memcmp (head, "\xEF\xBB\xBF", 3) == 0)
    at += 3;
  while (at < end && g_ascii_isspace (*at))
    at++;
  return at < end && *at == '{' ? 0 : -1;
}

static RnDocument *
decode (RnFeedKind kind, GBytes *const *documents, const RnDecodeContext *context, GError **error)
{
  GBytes *of_roadnet[RN_ROADNET_N_SLOTS] = { [RN_ROADNET_NETWORK] = documents[0] };

  return rn_adapter_roadnet.decode (kind, of_roadnet, context, error);
}

const RnAdapter rn_adapter_network = {
  .kind = "network",
  .title = N_("Own network file"),
  .timezone = NULL,
  .n_slots = G_N_ELEMENTS (slots),
  .slots = slots,
  .recognise = recognise,
  .decode = decode,
};
