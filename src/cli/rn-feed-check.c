/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts documents for "feed check" and writes the result for people and for scripts. */
#include "cli/rn-feed-check.h"

#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "model/rn-device.h"
#include "model/rn-facility-state.h"
#include "model/rn-incident.h"
#include "model/rn-kpi.h"
#include "model/rn-plan.h"
#include "model/rn-weather.h"
#include "model/rn-work.h"

/* Ids listed in the table; JSON holds them all. */
#define MAX_LISTED 40

/* Things with an id, in the order of the object. */
typedef enum {
  INCIDENTS,
  WORKS,
  STATIONS,
  FACILITIES,
  KPIS,
  WARNINGS,
  CONTROLS,
  PLANS,
  MEASURES,
  DEVICES,
  N_THINGS
} Thing;

static const struct {
  const char *member;
  const char *title;
  gboolean always; /* in the object even when there are none */
} things[N_THINGS] = {
  [INCIDENTS] = { "incidents", N_("Incidents"), TRUE },
  [WORKS] = { "works", N_("Works"), TRUE },
  [STATIONS] = { "stations", N_("Stations"), TRUE },
  [FACILITIES] = { "facilities", N_("Facilities"), TRUE },
  [KPIS] = { "kpis", N_("KPIs"), TRUE },
  [WARNINGS] = { "warnings", N_("Warnings"), FALSE },
  [CONTROLS] = { "controls", N_("Controls"), FALSE },
  [PLANS] = { "plans", N_("Plans"), FALSE },
  [MEASURES] = { "measures", N_("Measures"), FALSE },
  [DEVICES] = { "devices", N_("Devices"), FALSE },
};

struct _RnFeedCheck {
  char *kind;
  GStrv sources;
  gint64 flow_at_us, other_at_us, network_at_us; /* newest observed_at; 0 none */
  guint sections, sections_before;               /* before: of other sources */
  guint64 flow_rows, flow_no_data, joined;
  GPtrArray *unjoined;      /* ids, each once, in the order of the documents */
  GHashTable *unjoined_set; /* the same, borrowed */
  GHashTable *ids[N_THINGS];
  RnRefusals *refusals, *flaws;
  GPtrArray *partial;  /* Partial */
  GPtrArray *cautions; /* char * */
};

/* An answer with far fewer rows than the one before. */
typedef struct {
  char *path;
  guint rows, before;
} Partial;

static void
partial_free (gpointer data)
{
  Partial *self = data;

  g_free (self->path);
  g_free (self);
}

RnFeedCheck *
rn_feed_check_new (const char *kind, const char *const *sources)
{
  RnFeedCheck *self = g_new0 (RnFeedCheck, 1);

  self->kind = g_strdup (kind);
  self->sources = g_strdupv ((GStrv) sources);
  self->unjoined = g_ptr_array_new_with_free_func (g_free);
  self->unjoined_set = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < N_THINGS; i++)
    self->ids[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->partial = g_ptr_array_new_with_free_func (partial_free);
  self->refusals = rn_refusals_new ();
  self->cautions = g_ptr_array_new_with_free_func (g_free);
  self->flaws = rn_refusals_new ();
  return self;
}

void
rn_feed_check_free (RnFeedCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_strfreev (self->sources);
  g_hash_table_unref (self->unjoined_set);
  g_ptr_array_unref (self->unjoined);
  for (guint i = 0; i < N_THINGS; i++)
    g_hash_table_unref (self->ids[i]);
  g_ptr_array_unref (self->partial);
  rn_refusals_unref (self->refusals);
  g_ptr_array_unref (self->cautions);
  rn_refusals_unref (self->flaws);
  g_free (self);
}

/* ---- counting ---- */

static void
add_id (RnFeedCheck *self, Thing thing, const char *id)
{
  g_hash_table_add (self->ids[thing], g_strdup (id));
}

#define ADD_ALL(self, thing, array, Type)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    for (guint i_ = 0; (array) != NULL && i_ < (array)->len; i_++)                                 \
      add_id ((self), (thing), ((const Type *) g_ptr_array_index ((array), i_))->id);              \
  }                                                                                                \
  G_STMT_END

static void
add_network (RnFeedCheck *self, const RnNetwork *network)
{
  self->sections = network->n_sections;
  for (guint i = 0; i < network->n_facilities; i++)
    add_id (self, FACILITIES, network->facilities[i].id);
}

static void
add_flow (RnFeedCheck *self, const RnFlowUpdate *flow)
{
  guint n_unjoined = flow->unjoined != NULL ? flow->unjoined->len : 0;

  self->flow_rows += flow->n_rows;
  self->flow_no_data += flow->n_no_data;
  self->joined += flow->n_rows - MIN (flow->n_rows, n_unjoined);
}

static void
add_time (RnFeedCheck *self, const RnDocument *document)
{
  gint64 *at_us = document->kind == RN_FEED_FLOW      ? &self->flow_at_us
                  : document->kind == RN_FEED_NETWORK ? &self->network_at_us
                                                      : &self->other_at_us;

  *at_us = MAX (*at_us, document->observed_at_us);
}

static void
add_partial (RnFeedCheck *self, const RnDocument *document)
{
  Partial *partial;

  if (document->rows_before == 0)
    return;
  partial = g_new0 (Partial, 1);
  partial->path = g_strdup (document->origin);
  partial->rows = document->n_rows;
  partial->before = document->rows_before;
  g_ptr_array_add (self->partial, partial);
}

void
rn_feed_check_add_document (RnFeedCheck *self, const RnDocument *document)
{
  add_time (self, document);
  add_partial (self, document);
  if (document->network != NULL)
    add_network (self, document->network);
  if (document->flow != NULL)
    add_flow (self, document->flow);
  ADD_ALL (self, INCIDENTS, document->incidents, RnIncident);
  ADD_ALL (self, WORKS, document->works, RnWork);
  ADD_ALL (self, STATIONS, document->stations, RnStation);
  ADD_ALL (self, FACILITIES, document->facility_states, RnFacilityState);
  ADD_ALL (self, KPIS, document->kpis, RnKpi);
  ADD_ALL (self, WARNINGS, document->warnings, RnWarning);
  ADD_ALL (self, CONTROLS, document->controls, RnControl);
  ADD_ALL (self, PLANS, document->plans, RnPlan);
  ADD_ALL (self, MEASURES, document->measures, RnMeasure);
  ADD_ALL (self, DEVICES, document->devices, RnDevice);
  for (guint i = 0; document->unjoined != NULL && i < document->unjoined->len; i++)
    {
      const char *id = g_ptr_array_index (document->unjoined, i);

      if (g_hash_table_contains (self->unjoined_set, id))
        continue;
      g_ptr_array_add (self->unjoined, g_strdup (id));
      g_hash_table_add (self->unjoined_set,
                        g_ptr_array_index (self->unjoined, self->unjoined->len - 1));
    }
  if (document->refusals != NULL)
    rn_refusals_merge (self->refusals, document->refusals);
  if (document->flaws != NULL)
    rn_refusals_merge (self->flaws, document->flaws);
}

void
rn_feed_check_add_problem (RnFeedCheck *self, const char *path, const char *reason)
{
  rn_refusals_add (self->refusals, path, reason);
}

void
rn_feed_check_begin_source (RnFeedCheck *self)
{
  self->sections_before += self->sections;
  self->sections = 0;
}

void
rn_feed_check_add_caution (RnFeedCheck *self, const char *text)
{
  g_ptr_array_add (self->cautions, g_strdup (text));
}

static guint
n_sections (const RnFeedCheck *self)
{
  return self->sections_before + self->sections;
}

gboolean
rn_feed_check_is_usable (const RnFeedCheck *self)
{
  if (n_sections (self) > 0 || self->flow_rows > self->flow_no_data)
    return TRUE;
  for (guint i = 0; i < N_THINGS; i++)
    if (g_hash_table_size (self->ids[i]) > 0)
      return TRUE;
  return FALSE;
}

/* When the data was true: that of the live rows, else of the other things, else of the network. */
static gint64
observed_at_us (const RnFeedCheck *self)
{
  if (self->flow_at_us != 0)
    return self->flow_at_us;
  return self->other_at_us != 0 ? self->other_at_us : self->network_at_us;
}

/* ---- JSON ---- */

static void
put_number (JsonBuilder *builder, const char *member, guint64 value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, (gint64) value);
}

static void
put_strings (JsonBuilder *builder, const char *member, char *const *strings, guint n)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
}

static void
put_refusals (JsonBuilder *builder, const char *member, const RnRefusals *refusals)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < rn_refusals_n_kinds (refusals); i++)
    {
      const RnRefusal *refusal = rn_refusals_nth (refusals, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "path");
      json_builder_add_string_value (builder, refusal->path);
      json_builder_set_member_name (builder, "reason");
      json_builder_add_string_value (builder, refusal->reason);
      put_number (builder, "count", refusal->count);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
put_partial (JsonBuilder *builder, const GPtrArray *partials)
{
  json_builder_set_member_name (builder, "partial");
  json_builder_begin_array (builder);
  for (guint i = 0; i < partials->len; i++)
    {
      const Partial *partial = partials->pdata[i];

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "path");
      json_builder_add_string_value (builder, partial->path);
      put_number (builder, "rows", partial->rows);
      put_number (builder, "before", partial->before);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

JsonNode *
rn_feed_check_to_json (const RnFeedCheck *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gint64 at_us = observed_at_us (self);
  g_autofree char *at = at_us != 0 ? rn_text_rfc3339 (at_us) : NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, self->kind);
  put_strings (builder, "sources", self->sources, g_strv_length (self->sources));
  json_builder_set_member_name (builder, "observed_at");
  if (at != NULL)
    json_builder_add_string_value (builder, at);
  else
    json_builder_add_null_value (builder);
  put_number (builder, "sections", n_sections (self));
  put_number (builder, "flow_rows", self->flow_rows);
  put_number (builder, "flow_no_data", self->flow_no_data);
  put_number (builder, "joined", self->joined);
  put_strings (builder, "unjoined", (char *const *) self->unjoined->pdata, self->unjoined->len);
  for (guint i = 0; i < N_THINGS; i++)
    if (things[i].always || g_hash_table_size (self->ids[i]) > 0)
      put_number (builder, things[i].member, g_hash_table_size (self->ids[i]));
  if (self->partial->len > 0)
    put_partial (builder, self->partial);
  if (self->cautions->len > 0)
    put_strings (builder, "cautions", (char *const *) self->cautions->pdata, self->cautions->len);
  put_refusals (builder, "refused", self->refusals);
  put_number (builder, "refused_total", rn_refusals_total (self->refusals));
  if (rn_refusals_total (self->flaws) > 0)
    put_refusals (builder, "flaws", self->flaws);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* ---- text ---- */

/* One line: the title padded to a column, by what it looks like, not by its bytes. */
static void
put_line (GString *text, const char *title, const char *value)
{
  glong width = 0;

  for (const char *c = title; *c != '\0'; c = g_utf8_next_char (c))
    width += g_unichar_iswide (g_utf8_get_char (c)) ? 2 : 1;
  g_string_append (text, title);
  for (; width < 16; width++)
    g_string_append_c (text, ' ');
  g_string_append_printf (text, "%s\n", value);
}

static void
put_count (GString *text, const char *title, guint64 n)
{
  g_autofree char *count = rn_text_count ((gint64) n);

  if (n > 0)
    put_line (text, title, count);
}

static void
put_unjoined (GString *text, const RnFeedCheck *self)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (self->unjoined->len == 0)
    return;
  g_string_append_printf (list, "%u:", self->unjoined->len);
  for (guint i = 0; i < MIN (self->unjoined->len, MAX_LISTED); i++)
    g_string_append_printf (list, " %s", (const char *) g_ptr_array_index (self->unjoined, i));
  if (self->unjoined->len > MAX_LISTED)
    g_string_append (list, " …");
  put_line (text, _("Without section"), list->str);
}

static void
put_refused (GString *text, const char *title, const RnRefusals *refusals)
{
  g_autofree char *total = rn_text_count (rn_refusals_total (refusals));

  put_line (text, title, total);
  for (guint i = 0; i < rn_refusals_n_kinds (refusals); i++)
    {
      const RnRefusal *refusal = rn_refusals_nth (refusals, i);

      g_string_append_printf (text, "  %u × %s: %s\n", refusal->count, refusal->path,
                              refusal->reason);
    }
}

static void
put_partial_lines (GString *text, const GPtrArray *partials)
{
  put_count (text, _("Partial answers"), partials->len);
  for (guint i = 0; i < partials->len; i++)
    {
      const Partial *partial = partials->pdata[i];

      g_string_append_printf (text, _("  %s: %u rows after %u\n"), partial->path, partial->rows,
                              partial->before);
    }
}

char *
rn_feed_check_to_text (const RnFeedCheck *self)
{
  GString *text = g_string_new (NULL);
  gint64 at_us = observed_at_us (self);
  g_autofree char *at = at_us != 0 ? rn_text_rfc3339 (at_us) : g_strdup (RN_DASH);

  put_line (text, _("Kind"), self->kind);
  for (guint i = 0; self->sources[i] != NULL; i++)
    put_line (text, i == 0 ? _("Sources") : "", self->sources[i]);
  put_line (text, _("Observed"), at);
  put_count (text, _("Sections"), n_sections (self));
  put_count (text, _("Flow rows"), self->flow_rows);
  put_count (text, _("Without speed"), self->flow_no_data);
  put_count (text, _("Joined"), self->joined);
  put_unjoined (text, self);
  for (guint i = 0; i < N_THINGS; i++)
    put_count (text, _ (things[i].title), g_hash_table_size (self->ids[i]));
  put_partial_lines (text, self->partial);
  for (guint i = 0; i < self->cautions->len; i++)
    put_line (text, _("Caution"), self->cautions->pdata[i]);
  put_refused (text, _("Refused"), self->refusals);
  if (rn_refusals_total (self->flaws) > 0)
    put_refused (text, _("Not understood"), self->flaws);
  return g_string_free (text, FALSE);
}
