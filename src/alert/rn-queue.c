/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A breadth-first walk. Marks carry the number of the walk, so that nothing is cleared between
 * walks: a walk costs what it visits, not what the network holds. */
#include "alert/rn-queue.h"

struct _RnQueue {
  guint32 *marks; /* by section: the last walk that visited it */
  guint n_marks;
  guint32 walk;
  GArray *sections; /* guint32 */
};

gboolean
rn_queue_is_congested (const RnFrame *frame, guint32 i)
{
  return frame->state[i] >= RN_QUEUE_MIN_STATE && frame->quality[i] != RN_QUALITY_LOST;
}

gboolean
rn_queue_is_head (const RnFrame *frame, guint32 i)
{
  const RnNetwork *network = frame->network;

  if (!rn_queue_is_congested (frame, i))
    return FALSE;
  for (guint32 k = network->down_first[i]; k < network->down_first[i + 1]; k++)
    if (rn_queue_is_congested (frame, network->down[k]))
      return FALSE;
  return TRUE;
}

RnQueue *
rn_queue_new (void)
{
  RnQueue *self = g_new0 (RnQueue, 1);

  self->sections = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
rn_queue_free (RnQueue *self)
{
  g_free (self->marks);
  g_array_unref (self->sections);
  g_free (self);
}

static void
begin (RnQueue *self, guint n_sections)
{
  if (self->n_marks < n_sections || self->walk == G_MAXUINT32)
    {
      g_free (self->marks);
      self->n_marks = n_sections;
      self->marks = g_new0 (guint32, MAX (n_sections, 1));
      self->walk = 0;
    }
  self->walk++;
  g_array_set_size (self->sections, 0);
}

static void
visit_upstream (RnQueue *self, const RnFrame *frame, guint32 i)
{
  const RnNetwork *network = frame->network;

  for (guint32 k = network->up_first[i]; k < network->up_first[i + 1]; k++)
    {
      guint32 up = network->up[k];

      if (self->marks[up] == self->walk || !rn_queue_is_congested (frame, up))
        continue;
      self->marks[up] = self->walk;
      g_array_append_val (self->sections, up);
    }
}

double
rn_queue_walk (RnQueue *self, const RnFrame *frame, guint32 from, const guint32 **sections,
               guint *n)
{
  double length_m = 0;

  begin (self, frame->network->n_sections);
  self->marks[from] = self->walk;
  if (rn_queue_is_congested (frame, from))
    g_array_append_val (self->sections, from);
  else
    visit_upstream (self, frame, from);
  for (guint at = 0; at < self->sections->len; at++)
    {
      guint32 i = g_array_index (self->sections, guint32, at);

      length_m += frame->network->length_m[i];
      visit_upstream (self, frame, i);
    }
  if (sections != NULL)
    *sections = (const guint32 *) (gpointer) self->sections->data;
  if (n != NULL)
    *n = self->sections->len;
  return length_m;
}
