/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Incidents: life, share of lanes left, and words. Filled by one thread, then immutable. */
#include "model/rn-incident.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "model/rn-value.h"

typedef struct {
  RnIncident pub;
  gatomicrefcount refs;
} Private;

RnIncident *
rn_incident_new (const char *source, const char *id)
{
  Private *self = g_new0 (Private, 1);

  g_atomic_ref_count_init (&self->refs);
  rn_value_set_key (&self->pub.source, &self->pub.id, &self->pub.key, source, id);
  self->pub.type = RN_INCIDENT_OTHER;
  self->pub.section = RN_NONE;
  self->pub.chainage_m = NAN;
  self->pub.casualties = -1;
  return &self->pub;
}

RnIncident *
rn_incident_ref (const RnIncident *self)
{
  g_atomic_ref_count_inc (&((Private *) self)->refs);
  return (RnIncident *) self;
}

void
rn_incident_unref (const RnIncident *incident)
{
  RnIncident *self = (RnIncident *) incident;

  if (self == NULL || !g_atomic_ref_count_dec (&((Private *) self)->refs))
    return;
  g_free (self->source);
  g_free (self->id);
  g_free (self->key);
  g_free (self->section_id);
  g_free (self->line);
  g_free (self->lanes);
  for (guint i = 0; i < self->n_log; i++)
    {
      g_free (self->log[i].by);
      g_free (self->log[i].text);
    }
  g_free (self->log);
  for (guint i = 0; i < self->n_related; i++)
    g_free (self->related[i].id);
  g_free (self->related);
  g_free (self->event_id);
  g_free (self->owner);
  rn_names_unref (self->description);
  g_free (self);
}

RnIncident *
rn_incident_copy_at (const RnIncident *self, guint32 section)
{
  RnIncident *copy = rn_incident_new (self->source, self->id);
  char *source = copy->source, *id = copy->id, *key = copy->key;

  *copy = *self;
  copy->source = source;
  copy->id = id;
  copy->key = key;
  copy->section = section;
  copy->section_id = g_strdup (self->section_id);
  copy->line = g_memdup2 (self->line, self->n_line * sizeof *self->line);
  copy->lanes = g_memdup2 (self->lanes, self->n_lanes * sizeof *self->lanes);
  copy->log = g_memdup2 (self->log, self->n_log * sizeof *self->log);
  for (guint i = 0; i < self->n_log; i++)
    {
      copy->log[i].by = g_strdup (self->log[i].by);
      copy->log[i].text = g_strdup (self->log[i].text);
    }
  copy->related = g_memdup2 (self->related, self->n_related * sizeof *self->related);
  for (guint i = 0; i < self->n_related; i++)
    copy->related[i].id = g_strdup (self->related[i].id);
  copy->event_id = g_strdup (self->event_id);
  copy->owner = g_strdup (self->owner);
  rn_names_ref (copy->description);
  return copy;
}

double
rn_incident_open_share (const RnIncident *self, int lanes)
{
  double lost = 0;

  if (self->n_lanes == 0)
    return self->type == RN_INCIDENT_CLOSURE ? 0.0 : 1.0;
  if (lanes <= 0)
    return 1.0;
  for (guint i = 0; i < self->n_lanes; i++)
    if (self->lanes[i].lane > 0 && self->lanes[i].lane <= lanes)
      lost += self->lanes[i].state == RN_LANE_BLOCKED    ? 1.0
              : self->lanes[i].state == RN_LANE_AFFECTED ? 0.5
                                                         : 0.0;
  return CLAMP (1.0 - lost / lanes, 0.0, 1.0);
}

gboolean
rn_incident_active (const RnIncident *self)
{
  return self->status != RN_INCIDENT_CLOSED;
}

/* ---- words --------------------------------------------------------------------------------- */

const char *const *
rn_incident_type_words (void)
{
  static const char *const words[] = { "crash",          "breakdown",  "debris",  "fire",
                                       "hazmat",         "congestion", "weather", "closure",
                                       "infrastructure", "other",      NULL };

  return words;
}

const char *
rn_incident_type_word (RnIncidentType type)
{
  g_return_val_if_fail (type < RN_N_INCIDENT_TYPES, "other");
  return rn_incident_type_words ()[type];
}

const char *
rn_incident_type_title (RnIncidentType type)
{
  static const char *const titles[RN_N_INCIDENT_TYPES] = {
    NC_ ("incident", "Crash"),           NC_ ("incident", "Breakdown"),
    NC_ ("incident", "Debris"),          NC_ ("incident", "Fire"),
    NC_ ("incident", "Hazardous goods"), NC_ ("incident", "Congestion"),
    NC_ ("incident", "Weather"),         NC_ ("incident", "Closure"),
    NC_ ("incident", "Infrastructure"),  NC_ ("incident", "Other incident")
  };

  g_return_val_if_fail (type < RN_N_INCIDENT_TYPES, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "incident", titles[type]);
}

const char *const *
rn_incident_status_words (void)
{
  static const char *const words[] = { "reported", "confirmed", "responding",
                                       "clearing", "closed",    NULL };

  return words;
}

const char *
rn_incident_status_title (RnIncidentStatus status)
{
  static const char *const titles[] = { NC_ ("incident status", "Reported"),
                                        NC_ ("incident status", "Confirmed"),
                                        NC_ ("incident status", "Responding"),
                                        NC_ ("incident status", "Clearing"),
                                        NC_ ("incident status", "Closed") };

  g_return_val_if_fail (status < G_N_ELEMENTS (titles), "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "incident status", titles[status]);
}

const char *
rn_party_title (RnParty party)
{
  static const char *const titles[RN_N_PARTIES] = {
    NC_ ("party", "Operator"), NC_ ("party", "Traffic police"), NC_ ("party", "Road enforcement"),
    NC_ ("party", "Rescue"),   NC_ ("party", "Fire brigade"),   NC_ ("party", "Ambulance")
  };

  g_return_val_if_fail (party < RN_N_PARTIES, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "party", titles[party]);
}
