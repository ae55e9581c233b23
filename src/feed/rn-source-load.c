/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header: files are read here and now; addresses through the HTTP client on a main context
 * of its own. */
#include "feed/rn-source-load.h"

#include "base/rn-i18n.h"
#include "feed/rn-decode.h"
#include "feed/rn-holding-parts.h"
#include "feed/rn-poller.h"
#include "feed/rn-recording.h"
#include "feed/rn-service.h"
#include "net/rn-http.h"

#define TIMEOUT_US (120 * RN_SECOND)

typedef struct {
  const RnSourceSpec *spec;
  const RnAdapter *adapter;
  GPtrArray *documents; /* RnDocument */
  GPtrArray *problems;  /* RnSourceProblem, or NULL */
  RnNetwork *network;
  RnJoin *join;
  GTimeZone *timezone;
  GPtrArray *parts[RN_HOLDING_N_PARTS]; /* what the answers so far come to */
  guint rows_before[RN_N_FEEDS];        /* of the last complete answer */
  RnHttp *http;                         /* of addresses */
  gboolean any_answer;                  /* the server has said something */
  gboolean dead; /* it cannot be reached at all: no use in asking for the rest */
  GMainContext *context;

  /* of rn_source_look(); else nothing */
  RnSourceProgressFunc progress;
  gpointer data;
  GCancellable *cancellable;
  guint most_files;
  guint n_read, n_all; /* files of the document in hand */
} Load;

/* An address without what it may hold of secrets; a path as it is. */
static char *
to_show (const char *path)
{
  g_autoptr (GUri) uri =
      rn_recording_is_address (path) ? g_uri_parse (path, G_URI_FLAGS_ENCODED, NULL) : NULL;

  return uri != NULL ? g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY)
                     : g_strdup (path);
}

static void
tell (Load *self, RnSourceProgress *progress)
{
  progress->n_read = self->n_read;
  progress->n_all = self->n_all;
  if (self->progress != NULL && !g_cancellable_is_cancelled (self->cancellable))
    self->progress (progress, self->data);
}

static void
tell_reading (Load *self, RnFeedKind kind)
{
  tell (self, &(RnSourceProgress){ .kind = kind, .reading = TRUE });
}

/* Takes @error over. */
static void
add_problem (Load *self, RnFeedKind kind, const char *path, GError *error)
{
  g_autofree char *shown = to_show (path);
  RnSourceProblem *problem;

  tell (self, &(RnSourceProgress){ .kind = kind, .path = shown, .error = error });
  if (self->problems != NULL)
    {
      problem = g_new0 (RnSourceProblem, 1);
      problem->path = g_steal_pointer (&shown);
      problem->reason = g_strdup (error->message);
      g_ptr_array_add (self->problems, problem);
    }
  g_error_free (error);
}

static RnDecodeContext
decode_context (Load *self, gint64 received_us)
{
  return (RnDecodeContext){ .source = self->spec->name,
                            .network = self->network,
                            .join = self->join,
                            .timezone = self->timezone,
                            .received_us = received_us,
                            .crs = self->spec->crs };
}

/* Tells a partial answer, by the rule of RnHolding: a second one in a row confirms the first. */
static void
note_rows (Load *self, RnDocument *document)
{
  RnFeedKind kind = document->kind;
  const RnDocument *before = NULL;
  gboolean partial = rn_holding_parts_is_short (self->parts, document, self->rows_before[kind],
                                                document->observed_at_us);

  for (guint i = self->documents->len; i > 0 && before == NULL; i--)
    if (((const RnDocument *) self->documents->pdata[i - 1])->kind == kind)
      before = self->documents->pdata[i - 1];
  if (partial && before != NULL && before->rows_before > 0
      && document->observed_at_us > before->observed_at_us)
    partial = FALSE;
  if (partial)
    document->rows_before = self->rows_before[kind];
  else
    self->rows_before[kind] = document->n_rows;
  rn_holding_parts_apply (self->parts, document, partial);
}

/* @path: file or address. */
static void
take (Load *self, const char *path, gint64 received_us, RnDecoded *decoded)
{
  g_autofree char *shown = to_show (path);

  decoded->document->origin = g_strdup (shown);
  if (self->documents != NULL)
    note_rows (self, decoded->document);

  tell (self, &(RnSourceProgress){ .kind = decoded->document->kind,
                                   .path = shown,
                                   .document = decoded->document,
                                   .received_us = received_us });
  if (decoded->document->network != NULL)
    {
      g_clear_pointer (&self->network, rn_network_unref);
      g_clear_pointer (&self->join, rn_join_unref);
      self->network = rn_network_ref (decoded->document->network);
      self->join = g_steal_pointer (&decoded->join);
    }
  if (self->documents != NULL)
    g_ptr_array_add (self->documents, g_steal_pointer (&decoded->document));
  rn_decoded_free (decoded);
}

/* ---- files --------------------------------------------------------------------------------- */

static void
load_paths (Load *self, RnFeedKind kind, const char *const *paths, const char *path,
            gint64 received_us)
{
  RnDecodeContext context = decode_context (self, received_us);
  GError *error = NULL;
  RnDecoded *decoded = rn_recording_decode (self->adapter, kind, paths, &context, &error);

  if (decoded != NULL)
    take (self, path, received_us, decoded);
  else
    add_problem (self, kind, path, error);
}

/* The documents that do not age, together: one network may be made of two. */
static void
load_fixed (Load *self, const RnRecording *recording)
{
  const RnAdapter *adapter = self->adapter;
  g_autofree const char **paths = g_new0 (const char *, adapter->n_slots + 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *all = NULL;
  gint64 changed_us = 0;

  for (guint i = 0; i < adapter->n_slots; i++)
    {
      const RnRecordingEntry *entry = recording->fixed->pdata[i];

      if (entry == NULL || adapter->slots[i].kind != RN_FEED_NETWORK)
        continue;
      paths[i] = entry->path;
      changed_us = MAX (changed_us, entry->changed_us);
      g_ptr_array_add (names, entry->path);
    }
  if (names->len == 0)
    return;
  g_ptr_array_add (names, NULL);
  all = g_strjoinv (", ", (char **) names->pdata);
  tell_reading (self, RN_FEED_NETWORK);
  load_paths (self, RN_FEED_NETWORK, paths, all, changed_us);
}

/* Of @n_all files the @i th is one of the at most @most that are spread evenly, the last included;
 * @most 0: all are. */
static gboolean
is_looked_at (guint i, guint n_all, guint most)
{
  return most == 0 || n_all <= most
         || (guint64) (i + 1) * most / n_all != (guint64) i * most / n_all;
}

static void
load_played (Load *self, const RnRecording *recording)
{
  const RnAdapter *adapter = self->adapter;
  g_autofree const char **paths = g_new0 (const char *, adapter->n_slots + 1);
  g_autofree guint *n_all = g_new0 (guint, adapter->n_slots + 1);
  g_autofree guint *n_seen = g_new0 (guint, adapter->n_slots + 1);
  g_autofree guint *n_read = g_new0 (guint, adapter->n_slots + 1);

  for (guint i = 0; i < recording->played->len; i++)
    n_all[((const RnRecordingEntry *) recording->played->pdata[i])->slot]++;
  for (guint i = 0; i < recording->played->len; i++)
    {
      const RnRecordingEntry *entry = recording->played->pdata[i];
      int slot = entry->slot;

      if (!is_looked_at (n_seen[slot]++, n_all[slot], self->most_files))
        continue;
      if (g_cancellable_is_cancelled (self->cancellable))
        return;
      if (n_read[slot]++ == 0)
        tell_reading (self, adapter->slots[slot].kind);
      self->n_read = n_read[slot];
      self->n_all = n_all[slot];
      paths[slot] = entry->path;
      load_paths (self, adapter->slots[slot].kind, paths, entry->path,
                  entry->at_us != 0 ? entry->at_us : entry->changed_us);
      paths[slot] = NULL;
    }
}

/* What is no document of this kind. */
static void
tell_problems (Load *self, const RnRecording *recording)
{
  for (guint i = 0; self->progress != NULL && i < recording->problems->len; i++)
    {
      const RnSourceProblem *problem = recording->problems->pdata[i];
      g_autoptr (GError) error =
          g_error_new_literal (RN_FEED_ERROR, RN_FEED_ERROR_SYNTAX, problem->reason);

      tell (self, &(RnSourceProgress){ .kind = RN_N_FEEDS, .path = problem->path, .error = error });
    }
}

/* Whether a scan found nothing, not even something that is no document. */
static gboolean
is_bare (const RnRecording *recording)
{
  for (guint i = 0; i < recording->fixed->len; i++)
    if (recording->fixed->pdata[i] != NULL)
      return FALSE;
  return recording->played->len == 0 && recording->problems->len == 0;
}

static gboolean
load_files (Load *self, GError **error)
{
  g_autoptr (RnRecording) recording = rn_recording_scan (self->adapter, self->spec->location,
                                                         self->timezone, self->cancellable, error);

  if (recording == NULL)
    return FALSE;
  if (is_bare (recording))
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE, _("there are no files in “%s”"),
                   self->spec->location);
      return FALSE;
    }
  for (guint i = 0; i < recording->problems->len && self->problems != NULL; i++)
    g_ptr_array_add (self->problems, recording->problems->pdata[i]);
  if (self->problems != NULL)
    g_ptr_array_set_free_func (recording->problems, NULL);
  else
    tell_problems (self, recording);
  load_fixed (self, recording);
  load_played (self, recording);
  return TRUE;
}

/* ---- addresses ----------------------------------------------------------------------------- */

typedef struct {
  RnHttpAnswer *answer;
  GError *error;
  gboolean done;
} Outcome;

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->answer = rn_http_get_finish (RN_HTTP (object), result, &outcome->error);
  outcome->done = TRUE;
}

/* Waits for the answer on the load's own main context. */
static RnHttpAnswer *
fetch (Load *self, const char *uri, GError **error)
{
  RnHttpRequest request = { .uri = (char *) uri,
                            .token = self->spec->token,
                            .allow_http = self->spec->allow_http,
                            .timeout_us = TIMEOUT_US };
  Outcome outcome = { 0 };

  rn_http_get_async (self->http, &request, self->cancellable, answered_cb, &outcome);
  while (!outcome.done)
    g_main_context_iteration (self->context, TRUE);
  self->any_answer =
      self->any_answer || outcome.answer != NULL || rn_http_error_status (outcome.error) != 0;
  self->dead = !self->any_answer;
  if (outcome.error != NULL)
    g_propagate_error (error, outcome.error);
  return outcome.answer;
}

static char *
uri_of (Load *self, const char *path)
{
  char *uri = rn_poller_dup_uri (self->spec->location, path, NULL);

  return uri != NULL ? uri : g_strdup (self->spec->location);
}

/* One feed: all its documents, then their decoding. */
static void
load_feed (Load *self, RnFeedKind kind)
{
  const RnAdapter *adapter = self->adapter;
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree GBytes **documents = g_new0 (GBytes *, adapter->n_slots + 1);
  g_autofree char *uri = NULL;
  RnDecodeContext context;
  RnDecoded *decoded;
  gint64 at_us = 0;
  GError *error = NULL;

  for (guint i = 0; i < adapter->n_slots; i++)
    {
      g_autoptr (RnHttpAnswer) answer = NULL;

      if (adapter->slots[i].kind != kind)
        continue;
      g_free (uri);
      uri = uri_of (self, adapter->slots[i].path);
      tell_reading (self, kind);
      answer = fetch (self, uri, &error);
      if (answer == NULL && adapter->slots[i].optional && rn_http_error_status (error) == 404)
        {
          g_error_free (error);
          tell (self, &(RnSourceProgress){ .kind = kind, .path = uri });
          return;
        }
      if (answer == NULL)
        {
          add_problem (self, kind, uri, error);
          return;
        }
      documents[i] = g_bytes_ref (answer->body);
      at_us = answer->source_time_us != 0 ? answer->source_time_us : answer->date_us;
      g_ptr_array_add (held, documents[i]);
    }
  if (held->len == 0)
    return;
  context = decode_context (self, at_us);
  decoded = rn_decode (adapter, kind, documents, &context, &error);
  if (decoded != NULL)
    take (self, uri, at_us, decoded);
  else
    add_problem (self, kind, uri, error);
}

/* What the server says of itself: only its time zone matters here. */
static void
load_service (Load *self)
{
  g_autofree char *uri = uri_of (self, "");
  g_autoptr (RnHttpAnswer) answer = NULL;
  g_autoptr (RnService) service = NULL;
  GError *error = NULL;

  answer = fetch (self, uri, &error);
  if (answer != NULL)
    service = rn_service_decode (answer->body, &error);
  if (service == NULL)
    {
      add_problem (self, RN_N_FEEDS, uri, error);
      return;
    }
  if (service->timezone == NULL)
    return;
  g_clear_pointer (&self->timezone, g_time_zone_unref);
  self->timezone = g_time_zone_ref (service->timezone);
}

static void
load_addresses (Load *self)
{
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->http = rn_http_new ();
  if (g_str_equal (self->adapter->kind, "roadnet"))
    load_service (self);
  for (guint kind = 0; kind < RN_N_FEEDS; kind++) /* the network comes first */
    if (!self->dead && !g_cancellable_is_cancelled (self->cancellable))
      load_feed (self, kind);
  g_clear_object (&self->http);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_clear_pointer (&self->context, g_main_context_unref);
}

static gboolean
load (Load *self, GError **error)
{
  const RnSourceSpec *spec = self->spec;
  gboolean good = TRUE;

  self->adapter = rn_adapter_find (spec->adapter);
  if (self->adapter == NULL)
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE,
                   _("“%s” is no kind of source that is known"), spec->adapter);
      return FALSE;
    }
  if (self->adapter->timezone != NULL)
    self->timezone = g_time_zone_new_identifier (self->adapter->timezone);
  if (rn_recording_is_address (spec->location))
    load_addresses (self);
  else
    good = load_files (self, error);
  g_clear_pointer (&self->network, rn_network_unref);
  g_clear_pointer (&self->join, rn_join_unref);
  g_clear_pointer (&self->timezone, g_time_zone_unref);
  for (guint i = 0; i < RN_HOLDING_N_PARTS; i++)
    g_clear_pointer (&self->parts[i], g_ptr_array_unref);
  return good;
}

GPtrArray *
rn_source_load_all (const RnSourceSpec *spec, GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) documents =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_document_free);
  Load self = { .spec = spec, .documents = documents, .problems = problems };

  return load (&self, error) ? g_steal_pointer (&documents) : NULL;
}

gboolean
rn_source_look (const RnSourceSpec *spec, guint most_files, RnSourceProgressFunc progress,
                gpointer data, GCancellable *cancellable, GError **error)
{
  Load self = { .spec = spec,
                .progress = progress,
                .data = data,
                .cancellable = cancellable,
                .most_files = most_files };

  return load (&self, error) && !g_cancellable_set_error_if_cancelled (cancellable, error);
}
