/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps one document a kind and cursor as long as its renewal lasts. */
#include "sim/rn-sim-answers.h"

#include "base/rn-gzip.h"

#define GZIP_LEVEL 4 /* half the time of the default, some per cent larger */

typedef struct {
  RnSimKind kind;
  guint64 since;
  RnSimAnswer answer;
} Entry;

struct _RnSimAnswers {
  const RnSimWorld *world;
  GPtrArray *entries; /* Entry */
};

static const struct {
  const char *word;
  int poll_s;
  gboolean geo;
} kinds[RN_SIM_N_KINDS] = {
  { "root", 0, FALSE },
  { "network", 0, TRUE },
  { "flow", RN_SIM_POLL_FLOW_S, FALSE },
  { "incidents", RN_SIM_POLL_INCIDENTS_S, TRUE },
  { "works", RN_SIM_POLL_OTHERS_S, TRUE },
  { "weather", RN_SIM_POLL_OTHERS_S, TRUE },
  { "facilities", RN_SIM_POLL_OTHERS_S, FALSE },
  { "kpis", RN_SIM_POLL_OTHERS_S, FALSE },
  { "plans", RN_SIM_POLL_OTHERS_S, FALSE },
};

const char *
rn_sim_kind_word (RnSimKind kind)
{
  return kind < RN_SIM_N_KINDS ? kinds[kind].word : NULL;
}

int
rn_sim_kind_find (const char *word)
{
  for (guint i = 0; i < RN_SIM_N_KINDS; i++)
    if (g_strcmp0 (kinds[i].word, word) == 0)
      return (int) i;
  return -1;
}

int
rn_sim_kind_poll_s (RnSimKind kind)
{
  return kinds[kind].poll_s;
}

const char *
rn_sim_kind_content_type (RnSimKind kind)
{
  return kinds[kind].geo ? "application/geo+json" : "application/json";
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_bytes_unref (entry->answer.body);
  g_clear_pointer (&entry->answer.gzip, g_bytes_unref);
  g_free (entry->answer.etag);
  g_free (entry);
}

RnSimAnswers *
rn_sim_answers_new (const RnSimWorld *world)
{
  RnSimAnswers *self = g_new0 (RnSimAnswers, 1);

  self->world = world;
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

void
rn_sim_answers_free (RnSimAnswers *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

GBytes *
rn_sim_answers_draft (RnSimAnswers *self, RnSimKind kind, guint64 since, const RnSimView *view)
{
  static const RnSimView all = { 0 };
  const RnSimView *shown = view != NULL ? view : &all;

  switch (kind)
    {
    case RN_SIM_KIND_NETWORK:
      return rn_sim_document_network (self->world, shown);
    case RN_SIM_KIND_FLOW:
      return rn_sim_document_flow (self->world, shown, since);
    case RN_SIM_KIND_INCIDENTS:
      return rn_sim_document_incidents (self->world, shown);
    case RN_SIM_KIND_WORKS:
      return rn_sim_document_works (self->world, shown);
    case RN_SIM_KIND_WEATHER:
      return rn_sim_document_weather (self->world, shown);
    case RN_SIM_KIND_FACILITIES:
      return rn_sim_document_facilities (self->world, shown);
    case RN_SIM_KIND_KPIS:
      return rn_sim_document_kpis (self->world, shown);
    case RN_SIM_KIND_PLANS:
      return rn_sim_document_plans (self->world, shown);
    case RN_SIM_KIND_ROOT:
    case RN_SIM_N_KINDS:
    default:
      return rn_sim_document_root (self->world);
    }
}

static gint64
renewed_at (const RnSimAnswers *self, RnSimKind kind)
{
  int poll_s = kinds[kind].poll_s;

  return poll_s > 0 ? rn_sim_world_at (self->world, poll_s) : rn_sim_world_start (self->world);
}

RnSimAnswer *
rn_sim_answers_get (RnSimAnswers *self, RnSimKind kind, guint64 since)
{
  g_autoptr (GBytes) draft = NULL;
  g_autofree char *hash = NULL;
  Entry *entry;

  for (guint i = self->entries->len; i-- > 0;)
    {
      entry = g_ptr_array_index (self->entries, i);
      if (entry->answer.observed_at_us != renewed_at (self, entry->kind))
        g_ptr_array_remove_index_fast (self->entries, i);
      else if (entry->kind == kind && entry->since == since)
        return &entry->answer;
    }
  entry = g_new0 (Entry, 1);
  draft = rn_sim_answers_draft (self, kind, since, NULL);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, draft);
  entry->kind = kind;
  entry->since = since;
  entry->answer.observed_at_us = renewed_at (self, kind);
  entry->answer.etag = g_strdup_printf ("W/\"%.24s\"", hash);
  entry->answer.body = rn_sim_document_stamp (draft, entry->answer.observed_at_us);
  g_ptr_array_add (self->entries, entry);
  return &entry->answer;
}

GBytes *
rn_sim_answer_gzip (RnSimAnswer *self)
{
  if (self->gzip == NULL)
    self->gzip = rn_gzip_deflate (self->body, GZIP_LEVEL);
  return self->gzip;
}
