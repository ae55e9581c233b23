/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One poll asks for the documents of its feed one after the other, decodes them together and hands
 * the result to the holding. ETags are kept only of what was taken; a document of several parts is
 * kept as bytes, since one of them may change alone. */
#include "feed/rn-poller.h"

#include "base/rn-i18n.h"
#include "feed/rn-decode.h"

#define NOT_OFFERED_WAIT_US (5 * 60 * RN_SECOND)

/* What is known of one document. */
typedef struct {
  char *etag, *etag_uri; /* of what was taken */
  GBytes *bytes;         /* of what was taken, when the feed has several documents */
  char *new_etag, *new_uri;
  GBytes *new_bytes; /* of the poll under way; NULL: 304 */
} Slot;

struct _RnPoller {
  GObject parent_instance;
  RnSourceState *state; /* borrowed */
  RnHolding *holding;   /* borrowed */
  RnFeedKind kind;
  guint n_own; /* documents of this feed */
  Slot *slots; /* by slot of the adapter */
  RnJoin *join;
  guint timer;
  GCancellable *cancellable; /* of the poll under way, NULL: none */
  guint at_slot;
  gboolean with_cursor;
  gint64 as_of_us; /* what the answer says of the time */
  gboolean asked_network;
  gboolean offered;
  gboolean stopped;
};

G_DEFINE_FINAL_TYPE (RnPoller, rn_poller, G_TYPE_OBJECT)

enum { CHANGED, STATUS_CHANGED, NETWORK_UNKNOWN, FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void begin_slot (RnPoller *self);

/* ---- address ------------------------------------------------------------------------------- */

char *
rn_poller_dup_uri (const char *base, const char *path, const char *cursor)
{
  g_autoptr (GUri) uri = g_uri_parse (base, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *escaped = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
  g_autofree char *since = escaped != NULL ? g_strconcat ("since=", escaped, NULL) : NULL;
  g_autofree char *joined = NULL, *query = NULL;
  const char *folder, *old_query;

  if (uri == NULL)
    return NULL;
  folder = g_uri_get_path (uri);
  old_query = g_uri_get_query (uri);
  if (path != NULL)
    joined = g_strconcat (folder, g_str_has_suffix (folder, "/") ? "" : "/", path + (*path == '/'),
                          NULL);
  query = since != NULL && old_query != NULL ? g_strconcat (old_query, "&", since, NULL)
                                             : g_strdup (since != NULL ? since : old_query);
  return g_uri_join_with_user (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), g_uri_get_user (uri),
                               g_uri_get_password (uri), NULL, g_uri_get_host (uri),
                               g_uri_get_port (uri), joined != NULL ? joined : folder, query, NULL);
}

static const RnAdapterSlot *
adapter_slot (RnPoller *self)
{
  return &self->state->adapter->slots[self->at_slot];
}

/* ---- end of a poll ------------------------------------------------------------------------- */

static gboolean
timer_cb (gpointer data)
{
  RnPoller *self = data;

  self->timer = 0;
  rn_poller_poll_now (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for (RnPoller *self, gint64 wait_us)
{
  rn_clock_clear_timer (self->state->clock, &self->timer);
  rn_holding_set_next_us (self->holding, wait_us);
  if (wait_us >= 0)
    self->timer = rn_clock_add_timer (self->state->clock, wait_us, timer_cb, self, NULL);
}

void
rn_poller_plan (RnPoller *self)
{
  if (self->stopped || self->cancellable != NULL)
    return;
  if (!self->offered)
    wait_for (self, NOT_OFFERED_WAIT_US);
  else if (rn_holding_get_poll_us (self->holding) == 0 && !rn_holding_is_failing (self->holding))
    wait_for (self, -1);
  else
    wait_for (self, rn_holding_plan_next_us (self->holding, g_random_double ()));
}

static void
forget_news (Slot *slot)
{
  g_clear_pointer (&slot->new_etag, g_free);
  g_clear_pointer (&slot->new_uri, g_free);
  g_clear_pointer (&slot->new_bytes, g_bytes_unref);
}

/* The documents of this poll are what is held now. */
static void
keep_news (RnPoller *self)
{
  for (guint i = 0; i < self->state->adapter->n_slots; i++)
    {
      Slot *slot = &self->slots[i];

      if (slot->new_bytes == NULL)
        continue;
      g_free (slot->etag);
      g_free (slot->etag_uri);
      slot->etag = g_steal_pointer (&slot->new_etag);
      slot->etag_uri = g_steal_pointer (&slot->new_uri);
      g_clear_pointer (&slot->bytes, g_bytes_unref);
      if (self->n_own > 1)
        slot->bytes = g_steal_pointer (&slot->new_bytes);
    }
}

/* Ends the poll: plans the next and tells. @signal: what to emit before "finished". */
static void
finish (RnPoller *self, guint signal)
{
  g_autoptr (RnPoller) alive = g_object_ref (self);

  for (guint i = 0; i < self->state->adapter->n_slots; i++)
    forget_news (&self->slots[i]);
  g_clear_object (&self->cancellable);
  rn_poller_plan (self);
  g_signal_emit (self, signals[signal], 0);
  if (!self->stopped)
    g_signal_emit (self, signals[FINISHED], 0);
}

static void
fail (RnPoller *self, const GError *error)
{
  rn_holding_fail (self->holding, error);
  finish (self, STATUS_CHANGED);
}

/* ---- decoding ------------------------------------------------------------------------------ */

static guint
n_sections (RnPoller *self)
{
  return self->state->network != NULL ? self->state->network->n_sections : 0;
}

static void
take (RnPoller *self, RnDecoded *decoded)
{
  RnTaken taken;

  self->asked_network = FALSE;
  taken = rn_holding_take (self->holding, g_steal_pointer (&decoded->document), self->as_of_us,
                           n_sections (self));
  if (taken == RN_TAKEN_OLD)
    {
      finish (self, STATUS_CHANGED);
      return;
    }
  keep_news (self);
  if (taken == RN_TAKEN && decoded->join != NULL)
    {
      g_clear_pointer (&self->join, rn_join_unref);
      self->join = g_steal_pointer (&decoded->join);
    }
  finish (self, taken == RN_TAKEN ? CHANGED : STATUS_CHANGED);
}

static void
decoded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnPoller) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDecoded) decoded = rn_decode_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (decoded != NULL)
    take (self, decoded);
  else if (g_error_matches (error, RN_FEED_ERROR, RN_FEED_ERROR_NETWORK_UNKNOWN)
           && !self->asked_network)
    {
      self->asked_network = TRUE;
      finish (self, NETWORK_UNKNOWN);
    }
  else
    {
      self->asked_network = FALSE;
      fail (self, error);
    }
}

static void
decode (RnPoller *self)
{
  RnSourceState *state = self->state;
  g_autofree GBytes **documents = g_new0 (GBytes *, state->adapter->n_slots + 1);
  RnDecodeContext context = {
    .source = state->spec->name,
    .network = state->network,
    .join = state->join,
    .timezone = state->timezone,
    .received_us = self->as_of_us,
    .crs = state->spec->crs,
  };

  for (guint i = 0; i < state->adapter->n_slots; i++)
    documents[i] =
        self->slots[i].new_bytes != NULL ? self->slots[i].new_bytes : self->slots[i].bytes;
  rn_decode_async (state->adapter, self->kind, documents, &context, self->cancellable, decoded_cb,
                   g_object_ref (self));
}

/* All documents of the feed are there. */
static void
end_slots (RnPoller *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->state->adapter->n_slots; i++)
    any = any || self->slots[i].new_bytes != NULL;
  if (any)
    decode (self);
  else
    finish (self, rn_holding_confirm (self->holding, self->as_of_us, n_sections (self))
                      ? CHANGED
                      : STATUS_CHANGED);
}

/* ---- asking -------------------------------------------------------------------------------- */

static void
next_slot (RnPoller *self)
{
  const RnAdapter *adapter = self->state->adapter;

  while (++self->at_slot < adapter->n_slots)
    if (adapter->slots[self->at_slot].kind == self->kind)
      {
        begin_slot (self);
        return;
      }
  end_slots (self);
}

static void
take_answer (RnPoller *self, const RnHttpAnswer *answer, const char *uri)
{
  Slot *slot = &self->slots[self->at_slot];

  rn_source_clock_hear (&self->state->time, answer);
  rn_holding_set_max_age (self->holding, answer->max_age_us);
  self->as_of_us = answer->source_time_us != 0 ? answer->source_time_us
                   : answer->date_us != 0      ? answer->date_us
                                               : rn_source_clock_now_us (&self->state->time);
  self->offered = TRUE;
  if (answer->status == 304)
    return;
  forget_news (slot);
  slot->new_bytes = g_bytes_ref (answer->body);
  slot->new_etag = g_strdup (answer->etag);
  slot->new_uri = g_strdup (uri);
}

/* 404 where the adapter says that a server need not have this. */
static void
not_offered (RnPoller *self)
{
  self->offered = FALSE;
  rn_holding_succeed (self->holding);
  rn_holding_forget (self->holding);
  rn_poller_forget (self);
  finish (self, STATUS_CHANGED);
}

typedef struct {
  RnPoller *poller;
  char *uri;
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->poller);
  g_free (asking->uri);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asking) asking = data;
  RnPoller *self = asking->poller;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnHttpAnswer) answer = rn_http_get_finish (RN_HTTP (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer != NULL)
    {
      take_answer (self, answer, asking->uri);
      next_slot (self);
    }
  else if (self->with_cursor && g_error_matches (error, RN_NET_ERROR, RN_NET_ERROR_GONE))
    {
      rn_holding_drop_cursor (self->holding);
      begin_slot (self);
    }
  else if (adapter_slot (self)->optional && rn_http_error_status (error) == 404)
    not_offered (self);
  else
    fail (self, error);
}

/* Asks for the document at_slot. */
static void
begin_slot (RnPoller *self)
{
  RnSourceState *state = self->state;
  Slot *slot = &self->slots[self->at_slot];
  const char *cursor = self->kind == RN_FEED_FLOW ? rn_holding_get_cursor (self->holding) : NULL;
  char *uri = rn_poller_dup_uri (state->spec->location, adapter_slot (self)->path, cursor);
  gboolean same_uri = slot->etag != NULL && g_strcmp0 (uri, slot->etag_uri) == 0;
  RnHttpRequest request = {
    .uri = uri != NULL ? uri : state->spec->location,
    .token = state->spec->token,
    .etag = same_uri && (self->n_own == 1 || slot->bytes != NULL) ? slot->etag : NULL,
    .allow_http = state->spec->allow_http,
    .timeout_us =
        rn_freshness_timeout_us (rn_holding_get_poll_us (self->holding), state->time.rate),
  };
  Asking *asking = g_new0 (Asking, 1);

  self->with_cursor = cursor != NULL;
  asking->poller = g_object_ref (self);
  asking->uri = uri;
  rn_http_get_async (state->http, &request, self->cancellable, answered_cb, asking);
}

/* Rows of these name sections: without the network they cannot be read. */
static gboolean
lacks_network (RnPoller *self)
{
  const RnAdapter *adapter = self->state->adapter;

  if (self->kind == RN_FEED_NETWORK || self->state->network != NULL)
    return FALSE;
  for (guint i = 0; i < adapter->n_slots; i++)
    if (adapter->slots[i].kind == RN_FEED_NETWORK && !adapter->slots[i].optional)
      return TRUE;
  return FALSE;
}

void
rn_poller_poll_now (RnPoller *self)
{
  if (self->stopped || self->cancellable != NULL || lacks_network (self))
    return;
  rn_clock_clear_timer (self->state->clock, &self->timer);
  rn_holding_set_next_us (self->holding, -1);
  self->cancellable = g_cancellable_new ();
  self->at_slot = G_MAXUINT;
  next_slot (self);
}

void
rn_poller_end_backoff (RnPoller *self)
{
  if (rn_holding_is_backing_off (self->holding))
    rn_poller_poll_now (self);
}

static void
cancel (RnPoller *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
rn_poller_forget (RnPoller *self)
{
  cancel (self);
  for (guint i = 0; i < self->state->adapter->n_slots; i++)
    {
      Slot *slot = &self->slots[i];

      forget_news (slot);
      g_clear_pointer (&slot->etag, g_free);
      g_clear_pointer (&slot->etag_uri, g_free);
      g_clear_pointer (&slot->bytes, g_bytes_unref);
    }
}

void
rn_poller_stop (RnPoller *self)
{
  if (self->stopped)
    return;
  self->stopped = TRUE;
  rn_clock_clear_timer (self->state->clock, &self->timer);
  rn_poller_forget (self);
}

/* ---- object -------------------------------------------------------------------------------- */

gboolean
rn_poller_is_busy (RnPoller *self)
{
  return self->cancellable != NULL;
}

RnHolding *
rn_poller_get_holding (RnPoller *self)
{
  return self->holding;
}

gboolean
rn_poller_is_offered (RnPoller *self)
{
  return self->offered;
}

RnJoin *
rn_poller_get_join (RnPoller *self)
{
  return self->join;
}

static void
rn_poller_finalize (GObject *object)
{
  RnPoller *self = RN_POLLER (object);

  g_assert (self->stopped);
  g_clear_pointer (&self->join, rn_join_unref);
  g_free (self->slots);
  G_OBJECT_CLASS (rn_poller_parent_class)->finalize (object);
}

static void
rn_poller_class_init (RnPollerClass *klass)
{
  static const char *const names[N_SIGNALS] = { "changed", "status-changed", "network-unknown",
                                                "finished" };

  G_OBJECT_CLASS (klass)->finalize = rn_poller_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], RN_TYPE_POLLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
rn_poller_init (RnPoller *self)
{
  self->offered = TRUE;
}

RnPoller *
rn_poller_new (RnSourceState *state, RnHolding *holding)
{
  RnPoller *self = g_object_new (RN_TYPE_POLLER, NULL);

  self->state = state;
  self->holding = holding;
  self->kind = rn_holding_get_kind (holding);
  self->slots = g_new0 (Slot, state->adapter->n_slots + 1);
  for (guint i = 0; i < state->adapter->n_slots; i++)
    self->n_own += state->adapter->slots[i].kind == self->kind;
  return self;
}
