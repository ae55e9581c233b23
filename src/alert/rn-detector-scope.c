/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scopes as bytes by section. Words of a scope are compared as people write them: case does not
 * matter. */
#include "alert/rn-detector-scope.h"

#include <string.h>

static gboolean
has_word (const GStrv words, const char *word)
{
  for (guint i = 0; word != NULL && words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], word) == 0)
      return TRUE;
  return FALSE;
}

/* NULL does not narrow. */
static gboolean
allows (const GStrv words, const char *word)
{
  return words == NULL || has_word (words, word);
}

gboolean
rn_scope_narrows (const RnRuleScope *self)
{
  return self->roads != NULL || self->directions != NULL || self->sections != NULL
         || self->companies != NULL || self->facilities != NULL || self->tags != NULL
         || self->classes != 0 || self->facility_types != 0;
}

static gboolean
matches_facility_lists (const RnRuleScope *self, const RnFacility *facility)
{
  if (self->facility_types != 0 && !(self->facility_types & (1u << facility->type)))
    return FALSE;
  return self->facilities == NULL || has_word (self->facilities, facility->id)
         || has_word (self->facilities, facility->key);
}

static const char *
road_ref (const RnNetwork *network, guint32 road)
{
  return road < network->n_roads ? network->roads[road].ref : NULL;
}

static gboolean
has_name (const GStrv words, const RnNames *names)
{
  const char *tag, *text;

  for (guint k = 0; names != NULL && rn_names_nth (names, k, &tag, &text); k++)
    if (has_word (words, text))
      return TRUE;
  return FALSE;
}

/* "asc", "desc", or the direction's name in any language. */
static gboolean
allows_direction (const RnRuleScope *self, const RnNetwork *network, guint32 i)
{
  guint8 direction = network->direction[i];
  guint32 road = network->road[i];

  if (allows (self->directions, direction == RN_DIRECTION_ASC ? "asc" : "desc"))
    return TRUE;
  return road < network->n_roads
         && has_name (self->directions, network->roads[road].direction_names[direction]);
}

/* What a section is beside its class: "bridge", "tunnel". */
static gboolean
allows_tags (const RnRuleScope *self, const RnNetwork *network, guint32 i)
{
  return self->tags == NULL || (network->bridge[i] != NULL && has_word (self->tags, "bridge"))
         || (network->tunnel[i] != NULL && has_word (self->tags, "tunnel"));
}

static gboolean
allows_section (const RnRuleScope *self, const RnNetwork *network, guint32 i)
{
  if (self->classes != 0 && !(self->classes & (1u << network->section_class[i])))
    return FALSE;
  if (self->sections != NULL && !has_word (self->sections, network->id[i])
      && !has_word (self->sections, network->key[i]))
    return FALSE;
  return allows (self->roads, road_ref (network, network->road[i]))
         && allows (self->companies, network->company[i]) && allows_direction (self, network, i)
         && allows_tags (self, network, i);
}

/* Sections of the facilities that the scope names; RN_SCOPE_IN everywhere when it names none. */
static void
mark_by_facilities (const RnRuleScope *self, const RnNetwork *network, guint8 *out)
{
  gboolean named = self->facilities != NULL || self->facility_types != 0;

  memset (out, named ? RN_SCOPE_OUT : RN_SCOPE_IN, network->n_sections);
  for (guint f = 0; named && f < network->n_facilities; f++)
    if (matches_facility_lists (self, &network->facilities[f]))
      for (guint k = 0; k < network->facilities[f].n_sections; k++)
        out[network->facilities[f].sections[k]] = RN_SCOPE_IN;
}

void
rn_scope_mark_sections (const RnRuleScope *self, const RnNetwork *network, guint8 *out)
{
  mark_by_facilities (self, network, out);
  for (guint32 i = 0; i < network->n_sections && rn_scope_narrows (self); i++)
    if (out[i] != RN_SCOPE_OUT && !allows_section (self, network, i))
      out[i] = RN_SCOPE_OUT;
}

/* ---- other things -------------------------------------------------------------------------- */

static gboolean
any_marked (const guint32 *sections, guint n, const RnNetwork *network, const guint8 *marks)
{
  for (guint k = 0; k < n; k++)
    if (sections[k] < network->n_sections && marks[sections[k]] != RN_SCOPE_OUT)
      return TRUE;
  return FALSE;
}

/* What a scope says of sections beside roads and companies can only be answered by sections. */
static gboolean
asks_for_sections (const RnRuleScope *self)
{
  return self->directions != NULL || self->sections != NULL || self->tags != NULL
         || self->classes != 0;
}

gboolean
rn_scope_has_facility (const RnRuleScope *self, const RnNetwork *network, guint32 i,
                       const guint8 *marks)
{
  const RnFacility *facility;

  if (!rn_scope_narrows (self))
    return TRUE;
  if (i >= network->n_facilities)
    return FALSE;
  facility = &network->facilities[i];
  if (!matches_facility_lists (self, facility))
    return FALSE;
  if (asks_for_sections (self))
    return any_marked (facility->sections, facility->n_sections, network, marks);
  return allows (self->roads, road_ref (network, facility->road))
         && allows (self->companies, facility->company);
}

static gboolean
has_work (const RnRuleScope *self, const RnFrame *frame, const RnWork *work, const guint8 *marks)
{
  return any_marked (work->sections, work->n_sections, frame->network, marks);
}

gboolean
rn_scope_has_thing (const RnRuleScope *self, const RnFrame *frame, RnSubjectKind kind,
                    gconstpointer thing, const guint8 *marks)
{
  const RnStation *station = thing;

  if (!rn_scope_narrows (self))
    return TRUE;
  switch (kind)
    {
    case RN_SUBJECT_FACILITY:
      return rn_scope_has_facility (self, frame->network,
                                    ((const RnFacilityState *) thing)->facility, marks);
    case RN_SUBJECT_STATION: /* as the facility that it is */
      return rn_scope_has_facility (
          self, frame->network,
          rn_network_find_facility (frame->network, station->source, station->id), marks);
    case RN_SUBJECT_INCIDENT:
      return any_marked (&((const RnIncident *) thing)->section, 1, frame->network, marks);
    case RN_SUBJECT_WORK:
      return has_work (self, frame, thing, marks);
    default: /* a key figure or a feed has no place */
      return FALSE;
    }
}
