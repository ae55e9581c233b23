/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The value that an adapter makes of one answer. Made in a worker, read on the main thread, freed
 * by whoever holds it last. */
#include "feed/rn-document.h"

RnDocument *
rn_document_new (RnFeedKind kind)
{
  RnDocument *self = g_new0 (RnDocument, 1);

  self->kind = kind;
  self->unjoined = g_ptr_array_new_with_free_func (g_free);
  self->refusals = rn_refusals_new ();
  self->flaws = rn_refusals_new ();
  return self;
}

void
rn_document_free (RnDocument *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->network, rn_network_unref);
  g_clear_pointer (&self->flow, rn_flow_update_free);

  GPtrArray **parts[] = { &self->incidents,       &self->works,    &self->devices,
                          &self->stations,        &self->warnings, &self->controls,
                          &self->facility_states, &self->kpis,     &self->plans,
                          &self->measures,        &self->unjoined };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_clear_pointer (parts[i], g_ptr_array_unref);
  g_clear_pointer (&self->refusals, rn_refusals_unref);
  g_clear_pointer (&self->flaws, rn_refusals_unref);
  g_free (self->origin);
  g_free (self);
}
