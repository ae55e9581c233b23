/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the network and the places of events of each source until all are known. */
#include "cli/rn-feed-cautions.h"

#include "model/rn-datum.h"
#include "model/rn-incident.h"
#include "model/rn-work.h"

typedef struct {
  char *name;
  RnCrs crs;
  RnNetwork *network; /* NULL none */
  GArray *events;     /* RnDatumSample, of works and incidents */
} Source;

struct _RnFeedCautions {
  GPtrArray *sources; /* Source */
};

static void
source_free (gpointer data)
{
  Source *self = data;

  g_clear_pointer (&self->network, rn_network_unref);
  g_array_unref (self->events);
  g_free (self->name);
  g_free (self);
}

RnFeedCautions *
rn_feed_cautions_new (void)
{
  RnFeedCautions *self = g_new0 (RnFeedCautions, 1);

  self->sources = g_ptr_array_new_with_free_func (source_free);
  return self;
}

void
rn_feed_cautions_free (RnFeedCautions *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->sources);
  g_free (self);
}

void
rn_feed_cautions_begin (RnFeedCautions *self, const char *name, RnCrs crs)
{
  Source *source = g_new0 (Source, 1);

  source->name = g_strdup (name);
  source->crs = crs;
  source->events = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));
  g_ptr_array_add (self->sources, source);
}

void
rn_feed_cautions_add_document (RnFeedCautions *self, const RnDocument *document)
{
  Source *source;

  g_return_if_fail (self->sources->len > 0);
  source = self->sources->pdata[self->sources->len - 1];
  if (document->network != NULL)
    {
      g_clear_pointer (&source->network, rn_network_unref);
      source->network = rn_network_ref (document->network);
    }
  for (guint i = 0; document->works != NULL && i < document->works->len; i++)
    {
      const RnWork *work = document->works->pdata[i];

      rn_datum_sample_line (work->line, work->n_line, source->events);
    }
  for (guint i = 0; document->incidents != NULL && i < document->incidents->len; i++)
    {
      const RnIncident *incident = document->incidents->pdata[i];

      if (incident->located)
        rn_datum_sample_line (&incident->at, 1, source->events);
    }
}

/* @reference NULL: the document's own sections. */
static void
judge (const Source *source, const GArray *samples, const Source *of, const RnJoin *join,
       const char *reference, GPtrArray *cautions)
{
  RnDatumFinding finding;
  g_autofree char *text = NULL;

  if (!rn_datum_judge (samples, source->crs, join, of->crs, &finding))
    return;
  text = rn_datum_dup_text (&finding, reference);
  g_ptr_array_add (cautions, g_strdup_printf ("%s: %s", source->name, text));
}

/* All that can be held against the network of @of. */
static void
judge_by (const RnFeedCautions *self, guint at, GPtrArray *cautions)
{
  const Source *of = self->sources->pdata[at];
  g_autoptr (RnJoin) join = rn_join_new (of->network);
  g_autoptr (GArray) facilities = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));

  rn_datum_sample_facilities (of->network, facilities);
  judge (of, facilities, of, join, NULL, cautions);
  for (guint i = 0; i < self->sources->len; i++)
    {
      const Source *other = self->sources->pdata[i];
      g_autoptr (GArray) sections = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));

      if (i == at || other->network == NULL)
        judge (other, other->events, of, join, of->name, cautions);
      if (i <= at || other->network == NULL)
        continue;
      rn_datum_sample_sections (other->network, sections);
      judge (other, sections, of, join, of->name, cautions);
    }
}

GPtrArray *
rn_feed_cautions_judge (const RnFeedCautions *self)
{
  GPtrArray *cautions = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->sources->len; i++)
    if (((Source *) self->sources->pdata[i])->network != NULL)
      judge_by (self, i, cautions);
  return cautions;
}
