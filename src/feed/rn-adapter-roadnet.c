/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations API, version 1: its endpoints as slots, and one decoder for each. A document is
 * taken whole or not at all; a bad row is refused alone, with its path. Pure; runs in a worker. */
#include "feed/rn-adapter-roadnet.h"

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "feed/rn-adapter-roadnet-parts.h"
#include "model/rn-network-geojson.h"

static gboolean
decode_network (RnDocument *document, const RnJson *root, const RnDecodeContext *context,
                GError **error)
{
  document->observed_at_us = rn_json_opt_time (RN_AT (root, "observed_at"), error);
  if (*error != NULL)
    return FALSE;
  document->n_rows = rn_json_length (RN_AT (root, "features"));
  document->network = rn_network_from_geojson (root->node, context->source, context->crs,
                                               document->refusals, error);
  return document->network != NULL;
}

static const RnRoadnetDecoder decoders[RN_ROADNET_N_SLOTS] = {
  [RN_ROADNET_NETWORK] = decode_network,
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

/* Errors of the rooms below become errors of this one; the words stay. */
static void
raise_error (GError *cause, const char *slot, RnFeedError code, GError **error)
{
  if (cause->domain == RN_FEED_ERROR)
    {
      g_propagate_error (error, cause);
      return;
    }
  g_set_error (error, RN_FEED_ERROR, code, "%s: %s", slot, cause->message);
  g_error_free (cause);
}

static RnDocument *
decode (RnFeedKind kind, GBytes *const *documents, const RnDecodeContext *context, GError **error)
{
  int slot = slot_of_kind (kind);
  GError *cause = NULL;

  if (slot < 0 || documents[slot] == NULL)
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE, _("no document for the feed “%s”"),
                   rn_feed_kind_word (kind));
      return NULL;
    }
  if (rn_adapter_refuse_empty (documents[slot], slots[slot].slot, error))
    return NULL;

  g_autoptr (JsonNode) node = rn_json_parse (documents[slot], &cause);
  if (node == NULL)
    {
      raise_error (cause, slots[slot].slot, RN_FEED_ERROR_SYNTAX, error);
      return NULL;
    }

  g_autoptr (RnDocument) document = rn_document_new (kind);
  RnJson root = rn_json_root (node);
  if (!rn_json_is_object (&root))
    rn_json_fail (&root, RN_JSON_ERROR_TYPE, &cause, "%s", _("is not an object"));
  else
    decoders[slot](document, &root, context, &cause);
  if (cause != NULL)
    {
      raise_error (cause, slots[slot].slot, RN_FEED_ERROR_DOCUMENT, error);
      return NULL;
    }
  return g_steal_pointer (&document);
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
