/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One GTask a document. The join over a new network is made here too: it takes long. */
#include "feed/rn-decode.h"

#include "base/rn-i18n.h"

typedef struct {
  const RnAdapter *adapter;
  RnFeedKind kind;
  GPtrArray *documents; /* GBytes or NULL, by slot */
  RnDecodeContext *context;
} Job;

static void
clear_bytes (gpointer bytes)
{
  if (bytes != NULL)
    g_bytes_unref (bytes);
}

static void
job_free (Job *job)
{
  g_ptr_array_unref (job->documents);
  rn_decode_context_free (job->context);
  g_free (job);
}

RnDecodeContext *
rn_decode_context_copy (const RnDecodeContext *self)
{
  RnDecodeContext *copy = g_new0 (RnDecodeContext, 1);

  *copy = *self;
  copy->source = g_strdup (self->source);
  if (self->network != NULL)
    copy->network = rn_network_ref (self->network);
  if (self->join != NULL)
    copy->join = rn_join_ref ((RnJoin *) self->join);
  if (self->timezone != NULL)
    copy->timezone = g_time_zone_ref (self->timezone);
  return copy;
}

void
rn_decode_context_free (RnDecodeContext *self)
{
  g_free ((char *) self->source);
  if (self->network != NULL)
    rn_network_unref ((RnNetwork *) self->network);
  if (self->join != NULL)
    rn_join_unref ((RnJoin *) self->join);
  g_clear_pointer (&self->timezone, g_time_zone_unref);
  g_free (self);
}

void
rn_decoded_free (RnDecoded *self)
{
  if (self == NULL)
    return;
  rn_document_free (self->document);
  g_clear_pointer (&self->join, rn_join_unref);
  g_free (self);
}

static gboolean
check_version (const RnDocument *document, const RnDecodeContext *context, GError **error)
{
  const char *spoken = document->flow != NULL ? document->flow->network_version : NULL;

  if (spoken == NULL || context->network == NULL
      || g_strcmp0 (spoken, context->network->version) == 0)
    return TRUE;
  g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_NETWORK_UNKNOWN,
               _("speaks of network “%s”, but “%s” is held"), spoken, context->network->version);
  return FALSE;
}

RnDecoded *
rn_decode (const RnAdapter *adapter, RnFeedKind kind, GBytes *const *documents,
           const RnDecodeContext *context, GError **error)
{
  GError *cause = NULL;
  g_autoptr (RnDocument) document = adapter->decode (kind, documents, context, &cause);
  RnDecoded *decoded;

  if (document == NULL && cause == NULL)
    g_set_error (&cause, RN_FEED_ERROR, RN_FEED_ERROR_DOCUMENT,
                 _("cannot be read as %s, for a reason that is not known"), adapter->kind);
  if (document != NULL && cause == NULL)
    check_version (document, context, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return NULL;
    }
  decoded = g_new0 (RnDecoded, 1);
  if (document->network != NULL)
    decoded->join = rn_join_new (document->network);
  decoded->document = g_steal_pointer (&document);
  return decoded;
}

static void
decode_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  RnDecoded *decoded;

  if (g_task_return_error_if_cancelled (task))
    return;
  decoded = rn_decode (job->adapter, job->kind, (GBytes *const *) job->documents->pdata,
                       job->context, &error);
  if (decoded != NULL)
    g_task_return_pointer (task, decoded, (GDestroyNotify) rn_decoded_free);
  else
    g_task_return_error (task, error);
}

void
rn_decode_async (const RnAdapter *adapter, RnFeedKind kind, GBytes *const *documents,
                 const RnDecodeContext *context, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->adapter = adapter;
  job->kind = kind;
  job->documents = g_ptr_array_new_with_free_func (clear_bytes);
  for (guint i = 0; i < adapter->n_slots; i++)
    g_ptr_array_add (job->documents, documents[i] != NULL ? g_bytes_ref (documents[i]) : NULL);
  job->context = rn_decode_context_copy (context);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_set_source_tag (task, rn_decode_async);
  g_task_run_in_thread (task, decode_thread);
}

RnDecoded *
rn_decode_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
