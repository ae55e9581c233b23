/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues: congested sections that follow each other without a break. Walks the network of a frame;
 * pure, but an RnQueue keeps its working memory and belongs to one thread at a time. */
#pragma once

#include "model/rn-frame.h"

#define RN_QUEUE_MIN_STATE 4 /* congested */

/** Whether section @i is congested by data that is not lost. */
gboolean rn_queue_is_congested (const RnFrame *frame, guint32 i);
/** Whether a queue begins at @i: it is congested and nothing downstream of it is. */
gboolean rn_queue_is_head (const RnFrame *frame, guint32 i);

typedef struct _RnQueue RnQueue;
RnQueue *rn_queue_new (void);
void rn_queue_free (RnQueue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnQueue, rn_queue_free)

/** Walks upstream from @from over congested sections, each once, nearest first, and returns the sum
 *  of their lengths in m. @from itself counts when it is congested; when it is not, the walk begins
 *  behind it (an incident's section may be free already). @sections gets @n indices, valid until
 *  the next walk. */
double rn_queue_walk (RnQueue *self, const RnFrame *frame, guint32 from, const guint32 **sections,
                      guint *n);
