/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/flow: columns as long as `sections`. The arrays are walked directly, for there may be
 * 100,000 rows; a path is only made for a row that is refused. A refused row of a known section
 * stays in the update with nothing known, since in a delta a row that is left out would count as
 * confirmed. Pure; runs in a worker. */
#include "feed/rn-adapter-roadnet-parts.h"

#include <math.h>

#include "base/rn-i18n.h"

typedef struct {
  const char *name;
  gboolean mandatory;
  double max;       /* the least is 0 */
  JsonArray *array; /* NULL absent */
  float *values;
} Column;

enum { FLOW, SPEED, OCCUPANCY, TRUCKS, TYPICAL, OFFSET, N_COLUMNS };

/* Ten years: an offset beyond it is a fault, not an age. */
#define MAX_OFFSET_S (10.0 * 366 * 86400)

static gboolean
find_column (const RnJson *root, const RnJson *sections, Column *column, GError **error)
{
  const RnJson *place = RN_AT (root, column->name);

  if (!rn_roadnet_opt_array (place, error))
    {
      if (column->mandatory)
        rn_json_fail (place, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
      return *error == NULL;
    }
  if (rn_json_length (place) != rn_json_length (sections))
    {
      rn_json_fail (place, RN_JSON_ERROR_RANGE, error, _("%u values for %u sections"),
                    rn_json_length (place), rn_json_length (sections));
      return FALSE;
    }
  column->array = json_node_get_array (place->node);
  return TRUE;
}

/* Refuses row @i for a value of @column. */
static void
refuse_cell (RnDocument *document, const Column *column, guint i, JsonNode *node)
{
  g_autofree char *path = g_strdup_printf ("%s[%u]", column->name, i);
  g_autofree char *reason = NULL;

  if (!JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_INT64
          && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    reason = g_strdup (_("is not a number"));
  else
    {
      char max[G_ASCII_DTOSTR_BUF_SIZE], value[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (max, sizeof max, "%.0f", column->max);
      g_ascii_formatd (value, sizeof value, "%.10g", json_node_get_double (node));
      reason = g_strdup_printf (_("out of range %s…%s: %s"), "0", max, value);
    }
  rn_refusals_add (document->refusals, path, reason);
}

/* The value of one cell, NaN for null. FALSE when it is no number in range. */
static inline gboolean
read_cell (JsonNode *node, double max, double *value)
{
  *value = NAN;
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  GType type = json_node_get_value_type (node);
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;

  double number = json_node_get_double (node);
  if (!(number >= 0 && number <= max))
    return FALSE;
  *value = number;
  return TRUE;
}

/* Reads row @i of all columns into position @at. FALSE (and a refusal) at the first bad cell. */
static gboolean
read_row (RnDocument *document, Column *columns, guint i, guint at)
{
  RnFlowUpdate *flow = document->flow;

  for (guint c = 0; c < N_COLUMNS; c++)
    {
      double value;
      JsonNode *node;

      if (columns[c].array == NULL)
        continue;
      node = json_array_get_element (columns[c].array, i);
      if (!read_cell (node, columns[c].max, &value))
        {
          refuse_cell (document, &columns[c], i, node);
          return FALSE;
        }
      if (c == OFFSET)
        flow->offset_s[at] = isnan (value) ? 0 : (gint32) value;
      else
        columns[c].values[at] = (float) value;
    }
  return TRUE;
}

static void
forget_row (RnFlowUpdate *flow, guint at)
{
  flow->flow_vph[at] = flow->speed_kmh[at] = flow->occupancy_pct[at] = NAN;
  flow->trucks_pct[at] = flow->typical_speed_kmh[at] = NAN;
  if (flow->offset_s != NULL)
    flow->offset_s[at] = 0;
}

/* ---- identifiers ---- */

typedef struct {
  const RnNetwork *network; /* NULL: none */
  guint8 *seen;             /* by section index */
  GHashTable *seen_unknown; /* ids, borrowed from the update */
} Ids;

/* The section of row @i, RN_NONE for one that is not known there (then it is listed). FALSE when
 * the row has no id or one that was there before: it is refused. */
static gboolean
find_section (RnDocument *document, const RnJson *sections, guint i, Ids *ids, guint32 *section)
{
  RnJson place = rn_json_element (sections, i);
  GError *error = NULL;
  g_autofree char *id = rn_json_id (&place, &error);
  gboolean again;

  *section = RN_NONE;
  if (id == NULL)
    {
      rn_refusals_take_error (document->refusals, error);
      return FALSE;
    }
  if (ids->network != NULL)
    *section = rn_network_find_section (ids->network, NULL, id);
  if (*section != RN_NONE)
    {
      again = ids->seen[*section] != 0;
      ids->seen[*section] = 1;
    }
  else
    {
      again = g_hash_table_contains (ids->seen_unknown, id);
      if (!again)
        {
          char *copy = g_strdup (id);

          g_ptr_array_add (document->flow->unjoined, copy);
          g_ptr_array_add (document->unjoined, g_strdup (id));
          g_hash_table_add (ids->seen_unknown, copy);
        }
    }
  if (again)
    {
      rn_json_fail (&place, RN_JSON_ERROR_RANGE, &error, _("a second one of this id: %s"), id);
      rn_refusals_take_error (document->refusals, error);
    }
  return !again;
}

static void
drop_last_unjoined (RnDocument *document, Ids *ids)
{
  GPtrArray *listed = document->flow->unjoined;

  g_hash_table_remove (ids->seen_unknown, g_ptr_array_index (listed, listed->len - 1));
  g_ptr_array_set_size (listed, (int) listed->len - 1);
  g_ptr_array_set_size (document->unjoined, (int) document->unjoined->len - 1);
}

static void
read_rows (RnDocument *document, const RnJson *sections, Column *columns, Ids *ids)
{
  RnFlowUpdate *flow = document->flow;
  guint n = rn_json_length (sections);

  for (guint i = 0; i < n; i++)
    {
      guint at = flow->n;
      guint32 section;

      document->n_rows++;
      if (!find_section (document, sections, i, ids, &section))
        continue;
      if (read_row (document, columns, i, at))
        {
          flow->n_rows++;
          flow->n_no_data += isnan (flow->speed_kmh[at]) ? 1 : 0;
        }
      else if (section != RN_NONE)
        forget_row (flow, at);
      else
        {
          drop_last_unjoined (document, ids);
          forget_row (flow, at);
          continue;
        }
      flow->section[at] = section;
      flow->n++;
    }
}

/* ---- the document ---- */

static gboolean
read_head (RnDocument *document, const RnJson *root, const RnDecodeContext *context, char **version,
           GError **error)
{
  const RnJson *sections = RN_AT (root, "sections");

  *version = g_strdup (rn_json_string (RN_AT (root, "network_version"), error));
  document->observed_at_us = rn_json_time (RN_AT (root, "observed_at"), error);
  if (*error == NULL && !rn_roadnet_opt_array (sections, error))
    rn_json_fail (sections, RN_JSON_ERROR_MISSING, error, "%s", _("is missing"));
  if (*error != NULL)
    return FALSE;
  if (context->network != NULL && g_strcmp0 (context->network->version, *version) != 0)
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_NETWORK_UNKNOWN,
                   _("flow: speaks of network version “%s”; held is “%s”"), *version,
                   context->network->version);
      return FALSE;
    }
  return TRUE;
}

gboolean
rn_roadnet_decode_flow (RnDocument *document, const RnJson *root, const RnDecodeContext *context,
                        GError **error)
{
  Column columns[N_COLUMNS] = {
    [FLOW] = { "flow_vph", TRUE, 50000 },
    [SPEED] = { "speed_kmh", TRUE, 300 },
    [OCCUPANCY] = { "occupancy_pct", FALSE, 100 },
    [TRUCKS] = { "trucks_pct", FALSE, 100 },
    [TYPICAL] = { "typical_speed_kmh", FALSE, 300 },
    [OFFSET] = { "observed_offset_s", FALSE, MAX_OFFSET_S },
  };
  const RnJson *sections = RN_AT (root, "sections");
  g_autofree char *version = NULL;

  if (!read_head (document, root, context, &version, error))
    return FALSE;
  for (guint c = 0; c < N_COLUMNS; c++)
    if (!find_column (root, sections, &columns[c], error))
      return FALSE;

  RnFlowUpdate *flow = document->flow = rn_flow_update_new (rn_json_length (sections));
  flow->n = 0;
  flow->observed_at_us = document->observed_at_us;
  flow->full = rn_json_boolean (RN_AT (root, "full"), error);
  flow->cursor = rn_roadnet_dup_string (RN_AT (root, "cursor"), error);
  flow->network_version = g_steal_pointer (&version);
  if (*error != NULL)
    return FALSE;
  if (flow->unjoined == NULL)
    flow->unjoined = g_ptr_array_new_with_free_func (g_free);
  if (columns[OFFSET].array == NULL)
    g_clear_pointer (&flow->offset_s, g_free);
  else if (flow->offset_s == NULL)
    flow->offset_s = g_new0 (gint32, MAX (rn_json_length (sections), 1));
  columns[FLOW].values = flow->flow_vph;
  columns[SPEED].values = flow->speed_kmh;
  columns[OCCUPANCY].values = flow->occupancy_pct;
  columns[TRUCKS].values = flow->trucks_pct;
  columns[TYPICAL].values = flow->typical_speed_kmh;

  guint n_known = context->network != NULL ? context->network->n_sections : 0;
  g_autofree guint8 *seen = g_malloc0 (n_known + 1);
  g_autoptr (GHashTable) unknown = g_hash_table_new (g_str_hash, g_str_equal);
  Ids ids = { context->network, seen, unknown };
  read_rows (document, sections, columns, &ids);
  return TRUE;
}
