/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations API, version 1: its endpoints as slots, and one decoder for each. A document is
 * taken whole or not at all; a bad row is refused alone, with its path. Pure; runs in a worker. */
#include "feed/rn-adapter-roadnet.h"

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "feed/rn-adapter-roadnet-parts.h"
#include "model/rn-network-geojson.h"

/* Of a network the features are the bulk: they are read one by one. */
static void
read_network (RnDocument *document, GBytes *bytes, const RnDecodeContext *context, GError **error)
{
  g_autoptr (RnJsonSplit) split = rn_json_split_new (bytes, "features", error);
  const RnJson *root;

  if (split == NULL)
    return;
  root = rn_json_split_root (split);
  if (!rn_json_is_object (root))
    rn_json_fail (root, RN_JSON_ERROR_TYPE, error, "%s", _("is not an object"));
  document->observed_at_us = rn_json_opt_time (RN_AT (root, "observed_at"), error);
  if (*error != NULL)
    return;
  document->n_rows = rn_json_split_length (split);
  document->network =
      rn_network_from_geojson (split, context->source, context->crs, document->refusals, error);
}

static RnDocument *
decode_network (GBytes *bytes, const RnDecodeContext *context, GError **error)
{
  const char *slot = "network";
  g_autoptr (RnDocument) document = rn_document_new (RN_FEED_NETWORK);
  GError *cause = NULL;

  if (rn_adapter_refuse_empty (bytes, slot, error))
    return NULL;
  read_network (document, bytes, context, &cause);
  if (cause == NULL)
    return g_steal_pointer (&document);
  rn_roadnet_raise (cause, slot, error);
  return NULL;
}

static const RnRoadnetDecoder decoders[RN_ROADNET_N_SLOTS] = {
  [RN_ROADNET_NETWORK] = NULL, /* decode_network() */
  [RN_ROADNET_FLOW] = rn_roadnet_decode_flow,
  [RN_ROADNET_INCIDENTS] = rn_roadnet_decode_incidents,
  [RN_ROADNET_WORKS] = rn_roadnet_decode_works,
  [RN_ROADNET_WEATHER] = rn_roadnet_decode_weather,
  [RN_ROADNET_FACILITIES] = rn_roadnet_decode_facilities,
  [RN_ROADNET_KPIS] = rn_roadnet_decode_kpis,
  [RN_ROADNET_PLANS] = rn_roadnet_decode_plans,
};

static const RnAdapterSlot slots[RN_ROADNET_N_SLOTS] = {
  [RN_ROADNET_NETWORK] = { RN_FEED_NETWORK, "network", "network", 0, FALSE },
  [RN_ROADNET_FLOW] = { RN_FEED_FLOW, "flow", "flow", 30 * RN_SECOND, FALSE },
  [RN_ROADNET_INCIDENTS] = { RN_FEED_INCIDENTS, "incidents", "incidents", 30 * RN_SECOND, FALSE },
  [RN_ROADNET_WORKS] = { RN_FEED_WORKS, "works", "works", 300 * RN_SECOND, TRUE },
  [RN_ROADNET_WEATHER] = { RN_FEED_WEATHER, "weather", "weather", 60 * RN_SECOND, TRUE },
  [RN_ROADNET_FACILITIES] = { RN_FEED_FACILITIES, "facilities", "facilities", 60 * RN_SECOND,
                              TRUE },
  [RN_ROADNET_KPIS] = { RN_FEED_KPIS, "kpis", "kpis", 60 * RN_SECOND, TRUE },
  [RN_ROADNET_PLANS] = { RN_FEED_PLANS, "plans", "plans", 60 * RN_SECOND, TRUE },
};

static int
slot_of_kind (RnFeedKind kind)
{
  for (int i = 0; i < RN_ROADNET_N_SLOTS; i++)
    if (slots[i].kind == kind)
      return i;
  return -1;
}

static RnDocument *
decode (RnFeedKind kind, GBytes *const *documents, const RnDecodeContext *context, GError **error)
{
  int slot = slot_of_kind (kind);

  if (slot < 0 || documents[slot] == NULL)
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE, _("no document for the feed “%s”"),
                   rn_feed_kind_word (kind));
      return NULL;
    }
  if (slot == RN_ROADNET_NETWORK)
    return decode_network (documents[slot], context, error);
  return rn_roadnet_decode_json (kind, documents[slot], slots[slot].slot, decoders[slot], context,
                                 error);
}

const RnAdapter rn_adapter_roadnet = {
  .kind = "roadnet",
  .title = N_("RoadNet operations API"),
  .timezone = NULL,
  .n_slots = RN_ROADNET_N_SLOTS,
  .slots = slots,
  .recognise = rn_roadnet_recognise,
  .decode = decode,
};
