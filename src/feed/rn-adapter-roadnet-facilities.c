/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/facilities: the live state of service areas, toll plazas and checkpoints. Pure; runs in a
 * worker. */
#include "feed/rn-adapter-roadnet-parts.h"

#include "base/rn-i18n.h"
#include "model/rn-facility-state.h"

#define MAX_COUNT 1000000
#define MAX_PRICE_CNY 100000.0

static const char *const status_words[] = { "open", "full", "controlled", "closed", NULL };
static const char *const mode_words[] = { "booth", "card_no_booth", "no_card_no_booth", "free_flow",
                                          NULL };
static const char *const entry_words[] = { "open", "metered", "closed", NULL };

/* A count, -1 when not known. */
static int
read_count (const RnJson *place, const char *key, GError **error)
{
  return (int) rn_json_opt_integer (RN_AT (place, key), 0, MAX_COUNT, -1, error);
}

/* A truth value, -1 when not known. A text (what the promotion is) counts as true. */
static int
read_flag (const RnJson *place, GError **error)
{
  if (*error != NULL || rn_json_is_null (place))
    return -1;
  if (JSON_NODE_HOLDS_VALUE (place->node)
      && json_node_get_value_type (place->node) == G_TYPE_STRING)
    return *json_node_get_string (place->node) != '\0';
  return rn_json_opt_boolean (place, FALSE, error) ? 1 : 0;
}

static void
read_parking (const RnJson *parking, const char *key, int *used, int *total, GError **error)
{
  const RnJson *place = RN_AT (parking, key);

  if (!rn_roadnet_opt_object (place, error))
    return;
  *used = read_count (place, "used", error);
  *total = read_count (place, "total", error);
}

static void
read_fuel (RnFacilityState *state, const RnJson *place, GError **error)
{
  if (!rn_roadnet_opt_array (place, error))
    return;
  state->fuel = g_new0 (RnFuel, MAX (rn_json_length (place), 1));
  for (guint i = 0; i < rn_json_length (place) && *error == NULL; i++)
    {
      RnJson fuel = rn_json_element (place, i);

      if (!rn_roadnet_opt_object (&fuel, error))
        continue;
      state->fuel[state->n_fuel++] = (RnFuel){
        .grade = rn_json_id (RN_AT (&fuel, "grade"), error),
        .price_cny_l = rn_json_opt_number (RN_AT (&fuel, "price_cny_l"), 0, MAX_PRICE_CNY, error),
        .stock_pct = rn_json_opt_number (RN_AT (&fuel, "stock_pct"), 0, 100, error),
        .available = read_flag (RN_AT (&fuel, "available"), error),
      };
    }
}

static void
read_goods (RnFacilityState *state, const RnJson *place, GError **error)
{
  if (!rn_roadnet_opt_array (place, error))
    return;
  state->goods = g_new0 (RnGood, MAX (rn_json_length (place), 1));
  for (guint i = 0; i < rn_json_length (place) && *error == NULL; i++)
    {
      RnJson good = rn_json_element (place, i);

      if (!rn_roadnet_opt_object (&good, error))
        continue;
      state->goods[state->n_goods++] = (RnGood){
        .names = rn_json_opt_names (RN_AT (&good, "name"), error),
        .price_cny = rn_json_opt_number (RN_AT (&good, "price_cny"), 0, MAX_PRICE_CNY, error),
        .promotion = read_flag (RN_AT (&good, "promotion"), error),
      };
    }
}

static void
read_area (RnFacilityState *state, const RnJson *row, GError **error)
{
  const RnJson *parking = RN_AT (row, "parking"), *chargers = RN_AT (row, "chargers");

  if (rn_roadnet_opt_object (parking, error))
    {
      read_parking (parking, "car", &state->car_used, &state->car_total, error);
      read_parking (parking, "truck", &state->truck_used, &state->truck_total, error);
    }
  if (rn_roadnet_opt_object (chargers, error))
    {
      state->chargers_free = read_count (chargers, "free", error);
      state->chargers_total = read_count (chargers, "total", error);
      state->chargers_queue = read_count (chargers, "queue", error);
    }
  state->status =
      (RnAreaStatus) (rn_json_opt_word (RN_AT (row, "status"), status_words, -1, error) + 1);
  state->inflow_vph = rn_json_opt_number (RN_AT (row, "inflow_vph"), 0, 50000, error);
  read_fuel (state, RN_AT (row, "fuel"), error);
  read_goods (state, RN_AT (row, "goods"), error);
}

static void
read_plaza (RnFacilityState *state, const RnJson *row, GError **error)
{
  const RnJson *lanes = RN_AT (row, "lanes_open"), *flow = RN_AT (row, "throughput_vph");

  if (rn_roadnet_opt_object (lanes, error))
    {
      state->lanes_entry = read_count (lanes, "entry", error);
      state->lanes_exit = read_count (lanes, "exit", error);
    }
  if (rn_roadnet_opt_object (flow, error))
    {
      state->entry_vph = rn_json_opt_number (RN_AT (flow, "entry"), 0, 100000, error);
      state->exit_vph = rn_json_opt_number (RN_AT (flow, "exit"), 0, 100000, error);
    }
  state->queue_m = rn_json_opt_number (RN_AT (row, "queue_m"), 0, 100000, error);
  state->etc_share_pct = rn_json_opt_number (RN_AT (row, "etc_share_pct"), 0, 100, error);
  state->mode = (RnTollMode) (rn_json_opt_word (RN_AT (row, "mode"), mode_words, -1, error) + 1);
  state->entry = (RnEntry) (rn_json_opt_word (RN_AT (row, "entry"), entry_words, -1, error) + 1);
}

static gboolean
read_facility (RnDocument *document, const RnJson *row, const char *id,
               const RnDecodeContext *context, GError **error)
{
  int type = rn_json_word (RN_AT (row, "type"), rn_facility_type_words (), error);
  g_autoptr (RnFacilityState) state =
      rn_facility_state_new (context->source, id, (RnFacilityType) MAX (type, 0));

  read_area (state, row, error);
  read_plaza (state, row, error);
  state->vehicles_today =
      rn_json_opt_integer (RN_AT (row, "vehicles_today"), 0, G_MAXINT64, -1, error);
  state->people_today = rn_json_opt_integer (RN_AT (row, "people_today"), 0, G_MAXINT64, -1, error);
  state->observed_at_us = document->observed_at_us;
  if (*error != NULL)
    return FALSE;
  state->facility =
      context->network != NULL ? rn_network_find_facility (context->network, NULL, id) : RN_NONE;
  if (state->facility == RN_NONE)
    g_ptr_array_add (document->unjoined, g_strdup (id));
  g_ptr_array_add (document->facility_states, g_steal_pointer (&state));
  return TRUE;
}

gboolean
rn_roadnet_decode_facilities (RnDocument *document, const RnJson *root,
                              const RnDecodeContext *context, GError **error)
{
  document->facility_states =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_facility_state_unref);
  document->observed_at_us = rn_json_opt_time (RN_AT (root, "observed_at"), error);
  return *error == NULL
         && rn_roadnet_each_row (document, root, "facilities", TRUE, read_facility, context, error);
}
