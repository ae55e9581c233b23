/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Traffic state and level of service by tables that are data (data/tables/traffic-state.json,
 * embedded). Pure; any thread. */
#include "model/rn-state.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-json.h"
#include "rn-model-resources.h"

#define TABLE_PATH "/com/example/RoadNet/model/traffic-state.json"
#define N_RATIOS 4
#define N_LOS_LIMITS 5

/* @n numbers into @out, each greater (@rising) or less than the one before. */
static void
read_limits (const RnJson *root, const char *key, guint n, gboolean rising, double max, double *out,
             GError **error)
{
  RnJson list = rn_json_member (root, key);

  if (rn_json_length (&list) != n)
    rn_json_fail (&list, RN_JSON_ERROR_TYPE, error, _("is not a list of %u numbers"), n);
  for (guint i = 0; i < n; i++)
    {
      RnJson element = rn_json_element (&list, i);

      out[i] = rn_json_number (&element, 0.001, max, error);
      if (i > 0 && (rising ? out[i] <= out[i - 1] : out[i] >= out[i - 1]))
        rn_json_fail (&element, RN_JSON_ERROR_RANGE, error, "%s",
                      rising ? _("is not above the number before it")
                             : _("is not below the number before it"));
    }
}

static double
read_number (const RnJson *object, const char *key, double min, double max, GError **error)
{
  RnJson member = rn_json_member (object, key);

  return rn_json_number (&member, min, max, error);
}

static guint8
read_state (const RnJson *object, const char *key, GError **error)
{
  RnJson member = rn_json_member (object, key);

  return (guint8) rn_json_integer (&member, 1, RN_N_STATES - 1, error);
}

gboolean
rn_state_table_parse (GBytes *json, RnStateTable *out, GError **error)
{
  g_autoptr (JsonNode) node = rn_json_parse (json, error);
  RnJson root = rn_json_root (node);
  RnJson standstill = rn_json_member (&root, "standstill");
  RnStateTable table = { .max_los[6] = INFINITY };
  GError *local = NULL;

  if (node == NULL)
    return FALSE;
  read_limits (&root, "min_ratio", N_RATIOS, FALSE, 1.0, &table.min_ratio[1], &local);
  read_limits (&root, "max_los", N_LOS_LIMITS, TRUE, 2.0, &table.max_los[1], &local);
  table.min_flow_vph_lane = read_number (&root, "min_flow_vph_lane", 0, 3000, &local);
  table.min_occupancy_pct = read_number (&root, "min_occupancy_pct", 0, 100, &local);
  table.standstill_kmh = read_number (&standstill, "speed_kmh", 0, 60, &local);
  table.standstill_memory_us =
      (gint64) (read_number (&standstill, "memory_s", 0, 86400, &local) * 1e6);
  table.standstill_own = read_state (&standstill, "own_state", &local);
  table.standstill_upstream = read_state (&standstill, "upstream_state", &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  *out = table;
  return TRUE;
}

const RnStateTable *
rn_state_table_default (void)
{
  static RnStateTable table;
  static gsize read_it = 0;

  if (g_once_init_enter (&read_it))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) json =
          g_resource_lookup_data (rn_model_get_resource (), TABLE_PATH, 0, &error);

      if (json == NULL || !rn_state_table_parse (json, &table, &error))
        g_error ("%s: %s", TABLE_PATH, error->message); /* built in: a fault of the build */
      g_once_init_leave (&read_it, 1);
    }
  return &table;
}

guint8
rn_state_of (const RnStateTable *table, double flow_vph, int lanes, double speed_kmh,
             double effective_speed_kmh, double occupancy_pct, gboolean remembered,
             RnStateMark *mark)
{
  double ratio = speed_kmh / effective_speed_kmh;
  guint8 state = 1;

  *mark = RN_MARK_NONE;
  if (isnan (ratio) || !(effective_speed_kmh > 0))
    return 0;
  if (flow_vph <= table->min_flow_vph_lane * MAX (lanes, 1)
      && !(occupancy_pct >= table->min_occupancy_pct))
    {
      if (!remembered || speed_kmh > table->standstill_kmh)
        {
          *mark = RN_MARK_FEW_VEHICLES;
          return 1;
        }
      *mark = RN_MARK_STANDSTILL;
    }
  while (state < RN_N_STATES - 1 && ratio < table->min_ratio[state])
    state++;
  return state;
}

guint8
rn_los_of (const RnStateTable *table, double flow_vph, double capacity_vph)
{
  guint8 level = 1;

  if (isnan (flow_vph) || isnan (capacity_vph))
    return 0;
  /* Not divided: a closed road has no capacity. */
  while (level < 6 && flow_vph > table->max_los[level] * capacity_vph)
    level++;
  return level;
}

const char *
rn_state_title (guint8 state)
{
  static const char *const titles[RN_N_STATES] = {
    NC_ ("traffic state", "No data"),       NC_ ("traffic state", "Smooth"),
    NC_ ("traffic state", "Mostly smooth"), NC_ ("traffic state", "Slow"),
    NC_ ("traffic state", "Congested"),     NC_ ("traffic state", "Severe")
  };

  g_return_val_if_fail (state < RN_N_STATES, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "traffic state", titles[state]);
}
