/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. All things in these lists begin with `char *source, *id, *key`: held by the
 * assertions below. */
#include "feed/rn-holding-parts.h"

#include <math.h>

#include "feed/rn-freshness.h"

typedef gpointer (*RefFunc) (gconstpointer thing);

typedef struct {
  RnFeedKind kind;
  gsize in_document, in_parts; /* offsets of the GPtrArray * */
  RefFunc ref;
  GDestroyNotify unref;
} Part;

#define PART(KIND, member, prefix)                                                                 \
  {                                                                                                \
    KIND, G_STRUCT_OFFSET (RnDocument, member), G_STRUCT_OFFSET (RnFrameParts, member),            \
        (RefFunc) prefix##_ref, (GDestroyNotify) prefix##_unref                                    \
  }

static const Part table[RN_HOLDING_N_PARTS] = {
  [RN_HOLDING_INCIDENTS] = PART (RN_FEED_INCIDENTS, incidents, rn_incident),
  [RN_HOLDING_WORKS] = PART (RN_FEED_WORKS, works, rn_work),
  [RN_HOLDING_DEVICES] = PART (RN_FEED_WORKS, devices, rn_device),
  [RN_HOLDING_STATIONS] = PART (RN_FEED_WEATHER, stations, rn_station),
  [RN_HOLDING_WARNINGS] = PART (RN_FEED_WEATHER, warnings, rn_warning),
  [RN_HOLDING_CONTROLS] = PART (RN_FEED_WEATHER, controls, rn_control),
  [RN_HOLDING_FACILITY_STATES] = PART (RN_FEED_FACILITIES, facility_states, rn_facility_state),
  [RN_HOLDING_KPIS] = PART (RN_FEED_KPIS, kpis, rn_kpi),
  [RN_HOLDING_PLANS] = PART (RN_FEED_PLANS, plans, rn_plan),
  [RN_HOLDING_MEASURES] = PART (RN_FEED_PLANS, measures, rn_measure),
};

#define KEY_OFFSET G_STRUCT_OFFSET (RnIncident, key)
G_STATIC_ASSERT (G_STRUCT_OFFSET (RnWork, key) == KEY_OFFSET);
G_STATIC_ASSERT (G_STRUCT_OFFSET (RnDevice, key) == KEY_OFFSET);
G_STATIC_ASSERT (G_STRUCT_OFFSET (RnStation, key) == KEY_OFFSET);
G_STATIC_ASSERT (G_STRUCT_OFFSET (RnWarning, key) == KEY_OFFSET);
G_STATIC_ASSERT (G_STRUCT_OFFSET (RnControl, key) == KEY_OFFSET);
G_STATIC_ASSERT (G_STRUCT_OFFSET (RnFacilityState, key) == KEY_OFFSET);
G_STATIC_ASSERT (G_STRUCT_OFFSET (RnKpi, key) == KEY_OFFSET);
G_STATIC_ASSERT (G_STRUCT_OFFSET (RnPlan, key) == KEY_OFFSET);
G_STATIC_ASSERT (G_STRUCT_OFFSET (RnMeasure, key) == KEY_OFFSET);

static const char *
key_of (gconstpointer thing)
{
  return G_STRUCT_MEMBER (const char *, thing, KEY_OFFSET);
}

static void
append_all (const Part *part, GPtrArray *to, const GPtrArray *from, GHashTable *except)
{
  for (guint i = 0; from != NULL && i < from->len; i++)
    if (except == NULL || !g_hash_table_contains (except, key_of (from->pdata[i])))
      g_ptr_array_add (to, part->ref (from->pdata[i]));
}

/* All of @now, then those of @before whose key it lacks. */
static GPtrArray *
merge (const Part *part, const GPtrArray *before, const GPtrArray *now)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *all = g_ptr_array_new_with_free_func (part->unref);

  for (guint i = 0; now != NULL && i < now->len; i++)
    g_hash_table_add (keys, (gpointer) key_of (now->pdata[i]));
  append_all (part, all, now, NULL);
  append_all (part, all, before, keys);
  return all;
}

void
rn_holding_parts_apply (GPtrArray **parts, const RnDocument *document, gboolean hold)
{
  for (guint i = 0; i < RN_HOLDING_N_PARTS; i++)
    {
      GPtrArray *now = G_STRUCT_MEMBER (GPtrArray *, document, table[i].in_document);
      GPtrArray *next;

      if (table[i].kind != document->kind
          || (now == NULL && parts[i] != NULL && document->kind == RN_FEED_WORKS))
        continue;
      next = merge (&table[i], hold ? parts[i] : NULL, now);
      g_clear_pointer (&parts[i], g_ptr_array_unref);
      parts[i] = next;
    }
}

void
rn_holding_parts_fill (GPtrArray *const *parts, RnFeedKind kind, RnFrameParts *out)
{
  for (guint i = 0; i < RN_HOLDING_N_PARTS; i++)
    if (table[i].kind == kind)
      G_STRUCT_MEMBER (GPtrArray *, out, table[i].in_parts) = parts[i];
}

/* ---- short answers ------------------------------------------------------------------------- */

static gint64
end_us_of (RnHoldingPart part, gconstpointer thing)
{
  if (part == RN_HOLDING_INCIDENTS)
    return ((const RnIncident *) thing)->expected_end_us;
  return part == RN_HOLDING_WORKS ? ((const RnWork *) thing)->end_us : 0;
}

/* Things of @before that @now lacks and that had said they would be over by @observed_us. */
static guint
count_ended (RnHoldingPart part, const GPtrArray *before, const GPtrArray *now, gint64 observed_us)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; now != NULL && i < now->len; i++)
    g_hash_table_add (keys, (gpointer) key_of (now->pdata[i]));
  for (guint i = 0; before != NULL && i < before->len; i++)
    {
      gint64 end_us = end_us_of (part, before->pdata[i]);

      n += end_us != 0 && end_us <= observed_us
           && !g_hash_table_contains (keys, key_of (before->pdata[i]));
    }
  return n;
}

gboolean
rn_holding_parts_is_short (GPtrArray *const *parts, const RnDocument *document, guint rows_before,
                           gint64 observed_us)
{
  guint rows = document->n_rows;

  if (document->network != NULL || (document->flow != NULL && !document->flow->full)
      || !rn_freshness_is_partial (rows, rows_before))
    return FALSE;
  for (guint i = 0; i < RN_HOLDING_N_PARTS; i++)
    if (table[i].kind == document->kind)
      rows += count_ended (
          i, parts[i], G_STRUCT_MEMBER (GPtrArray *, document, table[i].in_document), observed_us);
  return rn_freshness_is_partial (rows, rows_before);
}

/* ---- standing still ------------------------------------------------------------------------ */

static gboolean
is_known (const RnStation *self)
{
  return !isnan (self->visibility_m) || !isnan (self->rain_mm_h) || !isnan (self->wind_ms)
         || !isnan (self->gust_ms) || !isnan (self->air_c) || !isnan (self->surface_c)
         || !isnan (self->friction) || self->surface != RN_SURFACE_UNKNOWN;
}

static gboolean
same_value (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
same_station (const RnStation *a, const RnStation *b)
{
  return same_value (a->visibility_m, b->visibility_m) && same_value (a->rain_mm_h, b->rain_mm_h)
         && same_value (a->wind_ms, b->wind_ms) && same_value (a->gust_ms, b->gust_ms)
         && same_value (a->air_c, b->air_c) && same_value (a->surface_c, b->surface_c)
         && same_value (a->friction, b->friction) && a->surface == b->surface;
}

guint
rn_holding_parts_count_equal_stations (const GPtrArray *a, const GPtrArray *b, guint *n_known)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_equal = 0;

  *n_known = 0;
  for (guint i = 0; i < a->len; i++)
    if (is_known (a->pdata[i]))
      g_hash_table_insert (by_key, (gpointer) key_of (a->pdata[i]), a->pdata[i]);
  for (guint i = 0; i < b->len; i++)
    {
      const RnStation *before = g_hash_table_lookup (by_key, key_of (b->pdata[i]));

      if (before == NULL || !is_known (b->pdata[i]))
        continue;
      (*n_known)++;
      n_equal += same_station (before, b->pdata[i]);
    }
  return n_equal;
}

gboolean
rn_holding_parts_can_freeze (const RnFlow *flow, GPtrArray *const *parts, guint min_rows)
{
  const GPtrArray *stations = parts[RN_HOLDING_STATIONS];
  guint n_known = 0;

  if (flow != NULL)
    rn_flow_count_equal (flow, flow, &n_known);
  else if (stations != NULL)
    rn_holding_parts_count_equal_stations (stations, stations, &n_known);
  return n_known >= min_rows;
}
