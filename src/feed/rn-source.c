/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source is a holding per feed, filled by pollers (an address) or by a playback (files). This
 * file orders them: the network first, then the others; another network empties all that points
 * into the old one; a server that answers again ends all back-off. */
#include "feed/rn-source.h"

#include "base/rn-i18n.h"
#include "feed/rn-playback.h"
#include "feed/rn-poller.h"
#include "feed/rn-recording.h"
#include "feed/rn-service.h"
#include "feed/rn-source-state.h"
#include "net/rn-http-rules.h"

#define TICK_US RN_SECOND
#define SLEPT_US (30 * RN_SECOND) /* time of day ahead of monotonic time by more */
#define SERVICE_TIMEOUT_US (15 * RN_SECOND)
#define SERVICE_RETRY_US (10 * RN_SECOND)
#define SERVICE_MAX_RETRY_US (300 * RN_SECOND)

struct _RnSource {
  GObject parent_instance;
  RnSourceState state;
  RnHolding *holdings[RN_N_FEEDS]; /* NULL where the adapter has none */
  RnPoller *pollers[RN_N_FEEDS];   /* of an address */
  RnPlayback *playback;            /* of files */
  RnNetwork *no_network;           /* empty: for a source that will never have one */
  char *title;
  GTimeZone *utc;

  GCancellable *cancellable; /* of the service document */
  guint service_timer, service_failures;

  guint wanting_network; /* bits: to be polled again after the network */
  gboolean was_failing[RN_N_FEEDS];
  guint8 states_seen[RN_N_FEEDS]; /* to tell ageing */
  double rate_seen;
  gint64 ahead_us; /* time of day − monotonic time at the last tick */
  gint64 slept_us; /* the machine slept, or its clock was put right: not known which yet */
  guint tick;
  GNetworkMonitor *monitor;
  gboolean started, stopped;
};

G_DEFINE_FINAL_TYPE (RnSource, rn_source, G_TYPE_OBJECT)

enum { CHANGED, STATUS_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void fetch_service (RnSource *self);

/* ---- telling ------------------------------------------------------------------------------- */

static guint8
state_of (RnSource *self, RnFeedKind kind)
{
  return (guint8) rn_holding_get_state (self->holdings[kind]);
}

static void
emit (RnSource *self, guint signal, RnFeedKind kind)
{
  if (self->stopped)
    return;
  self->states_seen[kind] = state_of (self, kind);
  g_signal_emit (self, signals[signal], 0, (guint) kind);
}

static gint64
time_ahead_us (RnSource *self)
{
  return rn_clock_now_us (self->state.clock) - rn_clock_monotonic_us (self->state.clock);
}

/* Our monotonic time stands still while the machine sleeps. A leap of the time of day may be that,
 * or a clock put right: the server is asked at once, and if it does not answer the worse is
 * believed. */
static void
look_for_sleep (RnSource *self)
{
  gint64 ahead_us = time_ahead_us (self), leap_us = ahead_us - self->ahead_us;

  self->ahead_us = ahead_us;
  if (leap_us < SLEPT_US || self->playback != NULL)
    return;
  self->slept_us += leap_us;
  rn_source_poll_now (self);
}

static void
settle_sleep (RnSource *self, RnFeedKind kind)
{
  if (self->slept_us == 0)
    return;
  if (rn_holding_is_failing (self->holdings[kind]))
    rn_source_clock_skip (&self->state.time, self->slept_us);
  self->slept_us = 0;
}

/* Data ages without a poll. */
static gboolean
tick_cb (gpointer data)
{
  g_autoptr (RnSource) self = g_object_ref (data);

  look_for_sleep (self);
  for (guint kind = 0; kind < RN_N_FEEDS && !self->stopped; kind++)
    if (self->holdings[kind] != NULL && state_of (self, kind) != self->states_seen[kind])
      emit (self, STATUS_CHANGED, kind);
  return G_SOURCE_CONTINUE;
}

/* ---- the network --------------------------------------------------------------------------- */

/* Another network: what was read before points into the old one. */
static void
adopt_network (RnSource *self, RnJoin *join)
{
  RnNetwork *network = rn_holding_get_network (self->holdings[RN_FEED_NETWORK]);

  g_clear_pointer (&self->state.network, rn_network_unref);
  g_clear_pointer (&self->state.join, rn_join_unref);
  self->state.network = network != NULL ? rn_network_ref (network) : NULL;
  self->state.join = join != NULL ? rn_join_ref (join) : NULL;
  for (guint kind = RN_FEED_NETWORK + 1; kind < RN_N_FEEDS; kind++)
    {
      if (self->holdings[kind] != NULL)
        rn_holding_forget (self->holdings[kind]);
      if (self->pollers[kind] != NULL)
        rn_poller_forget (self->pollers[kind]);
    }
  self->wanting_network = 0;
}

static void
poll_others (RnSource *self)
{
  for (guint kind = RN_FEED_NETWORK + 1; kind < RN_N_FEEDS && !self->stopped; kind++)
    if (self->pollers[kind] != NULL)
      rn_poller_poll_now (self->pollers[kind]);
}

/* ---- pollers ------------------------------------------------------------------------------- */

static RnFeedKind
kind_of (RnPoller *poller)
{
  return rn_holding_get_kind (rn_poller_get_holding (poller));
}

static void
poller_changed_cb (RnPoller *poller, RnSource *self)
{
  RnFeedKind kind = kind_of (poller);

  if (kind == RN_FEED_NETWORK)
    adopt_network (self, rn_poller_get_join (poller));
  emit (self, CHANGED, kind);
  if (kind == RN_FEED_NETWORK)
    poll_others (self);
}

static void
poller_status_changed_cb (RnPoller *poller, RnSource *self)
{
  emit (self, STATUS_CHANGED, kind_of (poller));
}

static void
poller_network_unknown_cb (RnPoller *poller, RnSource *self)
{
  self->wanting_network |= 1u << kind_of (poller);
  if (self->pollers[RN_FEED_NETWORK] != NULL)
    rn_poller_poll_now (self->pollers[RN_FEED_NETWORK]);
  emit (self, STATUS_CHANGED, kind_of (poller));
}

static void
end_backoff (RnSource *self)
{
  for (guint kind = 0; kind < RN_N_FEEDS && !self->stopped; kind++)
    if (self->pollers[kind] != NULL)
      rn_poller_end_backoff (self->pollers[kind]);
}

/* The server is back: what failed with it is asked again, and who it is may have changed. */
static void
note_recovery (RnSource *self, RnFeedKind kind)
{
  gboolean failing = rn_holding_is_failing (self->holdings[kind]);
  gboolean recovered = self->was_failing[kind] && !failing;

  self->was_failing[kind] = failing;
  if (!recovered)
    return;
  end_backoff (self);
  fetch_service (self);
}

static void
note_rate (RnSource *self)
{
  if (self->rate_seen == self->state.time.rate)
    return;
  self->rate_seen = self->state.time.rate;
  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    if (self->pollers[kind] != NULL
        && (rn_holding_has_data (self->holdings[kind])
            || rn_holding_is_failing (self->holdings[kind])))
      rn_poller_plan (self->pollers[kind]);
}

static void
poller_finished_cb (RnPoller *poller, RnSource *self)
{
  RnFeedKind kind = kind_of (poller);
  guint wanting = self->wanting_network;

  if (self->stopped)
    return;
  settle_sleep (self, kind);
  note_rate (self);
  note_recovery (self, kind);
  if (kind != RN_FEED_NETWORK || wanting == 0)
    return;
  self->wanting_network = 0;
  for (guint other = 0; other < RN_N_FEEDS && !self->stopped; other++)
    if (wanting & (1u << other))
      rn_poller_poll_now (self->pollers[other]);
}

static void
add_poller (RnSource *self, RnFeedKind kind)
{
  RnPoller *poller = rn_poller_new (&self->state, self->holdings[kind]);

  self->pollers[kind] = poller;
  g_signal_connect (poller, "changed", G_CALLBACK (poller_changed_cb), self);
  g_signal_connect (poller, "status-changed", G_CALLBACK (poller_status_changed_cb), self);
  g_signal_connect (poller, "network-unknown", G_CALLBACK (poller_network_unknown_cb), self);
  g_signal_connect (poller, "finished", G_CALLBACK (poller_finished_cb), self);
}

static void
network_available_cb (GNetworkMonitor *monitor, gboolean available, RnSource *self)
{
  if (available && !self->stopped)
    end_backoff (self);
}

/* ---- the service document ------------------------------------------------------------------ */

static gboolean
service_timer_cb (gpointer data)
{
  RnSource *self = data;

  self->service_timer = 0;
  fetch_service (self);
  return G_SOURCE_REMOVE;
}

static void
retry_service (RnSource *self)
{
  gint64 wait_us = SERVICE_RETRY_US << MIN (self->service_failures, 10);

  self->service_failures++;
  rn_clock_clear_timer (self->state.clock, &self->service_timer);
  self->service_timer = rn_clock_add_timer (self->state.clock, MIN (wait_us, SERVICE_MAX_RETRY_US),
                                            service_timer_cb, self, NULL);
}

static void
adopt_service (RnSource *self, const RnService *service)
{
  const char *name = rn_names_get (service->names, NULL);

  self->service_failures = 0;
  if (name != NULL && *name != '\0')
    {
      g_free (self->title);
      self->title = g_strdup (name);
    }
  if (service->timezone != NULL)
    {
      g_clear_pointer (&self->state.timezone, g_time_zone_unref);
      self->state.timezone = g_time_zone_ref (service->timezone);
    }
  else if (service->timezone_id != NULL)
    g_message ("%s: time zone “%s” is not known here", self->state.spec->name,
               service->timezone_id);
  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    {
      if (self->holdings[kind] == NULL)
        continue;
      rn_holding_set_service (self->holdings[kind], service->poll_us[kind],
                              service->delay_us[kind]);
      if (rn_holding_has_data (self->holdings[kind]))
        rn_poller_plan (self->pollers[kind]);
      emit (self, STATUS_CHANGED, kind);
    }
}

static void
service_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnSource) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnHttpAnswer) answer = rn_http_get_finish (RN_HTTP (object), result, &error);
  g_autoptr (RnService) service = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (answer != NULL)
    {
      rn_source_clock_hear (&self->state.time, answer);
      service = rn_service_decode (answer->body, &error);
    }
  if (service != NULL)
    adopt_service (self, service);
  else
    {
      g_debug ("%s: %s", self->state.spec->name, error->message);
      retry_service (self);
    }
}

/* What the server says of itself. Without it the defaults hold: it is no feed and has no status. */
static void
fetch_service (RnSource *self)
{
  g_autofree char *uri = NULL;
  RnHttpRequest request = { 0 };

  if (self->stopped || self->cancellable != NULL || self->playback != NULL
      || !g_str_equal (self->state.adapter->kind, "roadnet"))
    return;
  uri = rn_poller_dup_uri (self->state.spec->location, "", NULL);
  if (uri == NULL)
    return;
  rn_clock_clear_timer (self->state.clock, &self->service_timer);
  self->cancellable = g_cancellable_new ();
  request.uri = uri;
  request.token = self->state.spec->token;
  request.allow_http = self->state.spec->allow_http;
  request.timeout_us = SERVICE_TIMEOUT_US;
  request.max_bytes = 1 << 20;
  rn_http_get_async (self->state.http, &request, self->cancellable, service_cb,
                     g_object_ref (self));
}

/* ---- files --------------------------------------------------------------------------------- */

/* Tells of the clock: of one feed, for it is the same for all; the flow is what one looks at. */
static void
playback_scanned_cb (RnPlayback *playback, RnSource *self)
{
  if (self->holdings[RN_FEED_FLOW] != NULL)
    emit (self, STATUS_CHANGED, RN_FEED_FLOW);
  else
    for (guint kind = 0; kind < RN_N_FEEDS; kind++)
      if (self->holdings[kind] != NULL)
        {
          emit (self, STATUS_CHANGED, kind);
          return;
        }
}

static void
playback_changed_cb (RnPlayback *playback, guint kind, RnSource *self)
{
  if (kind == RN_FEED_NETWORK)
    adopt_network (self, rn_playback_get_join (playback));
  emit (self, CHANGED, kind);
}

static void
playback_status_changed_cb (RnPlayback *playback, guint kind, RnSource *self)
{
  emit (self, STATUS_CHANGED, kind);
}

static void
add_playback (RnSource *self)
{
  self->playback = rn_playback_new (&self->state, self->holdings);
  g_signal_connect (self->playback, "scanned", G_CALLBACK (playback_scanned_cb), self);
  g_signal_connect (self->playback, "changed", G_CALLBACK (playback_changed_cb), self);
  g_signal_connect (self->playback, "status-changed", G_CALLBACK (playback_status_changed_cb),
                    self);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_source_dispose (GObject *object)
{
  RnSource *self = RN_SOURCE (object);

  rn_source_stop (self);
  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    g_clear_object (&self->pollers[kind]);
  g_clear_object (&self->playback);
  G_OBJECT_CLASS (rn_source_parent_class)->dispose (object);
}

static void
rn_source_finalize (GObject *object)
{
  RnSource *self = RN_SOURCE (object);

  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    rn_holding_free (self->holdings[kind]);
  g_clear_pointer (&self->state.network, rn_network_unref);
  g_clear_pointer (&self->state.join, rn_join_unref);
  g_clear_pointer (&self->state.timezone, g_time_zone_unref);
  g_clear_pointer (&self->state.spec, rn_source_spec_free);
  g_clear_pointer (&self->no_network, rn_network_unref);
  g_clear_pointer (&self->utc, g_time_zone_unref);
  g_clear_object (&self->state.http);
  g_clear_object (&self->state.clock);
  g_free (self->title);
  G_OBJECT_CLASS (rn_source_parent_class)->finalize (object);
}

static void
rn_source_class_init (RnSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_source_dispose;
  G_OBJECT_CLASS (klass)->finalize = rn_source_finalize;
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[STATUS_CHANGED] = g_signal_new ("status-changed", RN_TYPE_SOURCE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
rn_source_init (RnSource *self)
{
  self->utc = g_time_zone_new_utc ();
}

/* The shortest interval among the documents of a feed; 0: it does not age. */
static gint64
default_poll_us (const RnAdapter *adapter, RnFeedKind kind)
{
  gint64 least_us = 0;

  for (guint i = 0; i < adapter->n_slots; i++)
    if (adapter->slots[i].kind == kind && adapter->slots[i].default_poll_us > 0
        && (least_us == 0 || adapter->slots[i].default_poll_us < least_us))
      least_us = adapter->slots[i].default_poll_us;
  return least_us;
}

static void
add_holdings (RnSource *self)
{
  const RnSourceSpec *spec = self->state.spec;
  const RnAdapter *adapter = self->state.adapter;

  for (guint i = 0; i < adapter->n_slots; i++)
    {
      RnFeedKind kind = adapter->slots[i].kind;

      if (self->holdings[kind] == NULL)
        self->holdings[kind] = rn_holding_new (spec->name, adapter->kind, kind, &self->state.time,
                                               spec->poll_us, default_poll_us (adapter, kind));
    }
}

static gboolean
check_single (const RnSourceSpec *spec, GStrv paths, GError **error)
{
  const RnAdapter *adapter = rn_adapter_find (spec->adapter);

  for (guint i = 0; i < adapter->n_slots; i++)
    if (adapter->slots[i].single && g_strv_length (paths) > 1)
      {
        g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE,
                     _("“%s” names %u files, but a source of kind “%s” is one: give each file a "
                        "source of its own"),
                     spec->location, g_strv_length (paths), spec->adapter);
        return FALSE;
      }
  return TRUE;
}

/* Whether the source can be used at all: said at once, not as a feed that fails. */
static gboolean
check_location (const RnSourceSpec *spec, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_auto (GStrv) paths = NULL;

  if (!rn_recording_is_address (spec->location))
    {
      paths = rn_recording_split (spec->location, error);
      return paths != NULL && check_single (spec, paths, error);
    }
  uri = rn_http_rules_parse (spec->location, spec->allow_http, error);
  return uri != NULL;
}

RnSource *
rn_source_new (const RnSourceSpec *spec, RnClock *clock, RnHttp *http, GError **error)
{
  const RnAdapter *adapter = rn_adapter_find (spec->adapter);
  RnSource *self;

  if (adapter == NULL)
    {
      g_set_error (error, RN_FEED_ERROR, RN_FEED_ERROR_SOURCE,
                   _("“%s” is no kind of source that is known"), spec->adapter);
      return NULL;
    }
  if (!check_location (spec, error))
    return NULL;
  self = g_object_new (RN_TYPE_SOURCE, NULL);
  self->state.spec = rn_source_spec_copy (spec);
  self->state.adapter = adapter;
  self->state.clock = g_object_ref (clock);
  self->state.http = g_object_ref (http);
  rn_source_clock_init (&self->state.time, clock);
  self->rate_seen = self->state.time.rate;
  if (adapter->timezone != NULL)
    self->state.timezone = g_time_zone_new_identifier (adapter->timezone);
  self->title =
      g_strdup (g_str_equal (spec->name, adapter->kind) ? _ (adapter->title) : spec->name);
  add_holdings (self);
  if (!rn_recording_is_address (spec->location))
    add_playback (self);
  for (guint kind = 0; kind < RN_N_FEEDS && self->playback == NULL; kind++)
    if (self->holdings[kind] != NULL)
      add_poller (self, kind);
  return self;
}

void
rn_source_start (RnSource *self)
{
  if (self->started || self->stopped)
    return;
  self->started = TRUE;
  self->ahead_us = time_ahead_us (self);
  self->tick = rn_clock_add_timer (self->state.clock, TICK_US, tick_cb, self, NULL);
  if (self->playback != NULL)
    {
      rn_playback_scan (self->playback);
      return;
    }
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect (self->monitor, "network-changed", G_CALLBACK (network_available_cb), self);
  fetch_service (self);
  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    if (self->pollers[kind] != NULL)
      rn_poller_poll_now (self->pollers[kind]);
}

void
rn_source_stop (RnSource *self)
{
  if (self->stopped)
    return;
  self->stopped = TRUE;
  rn_clock_clear_timer (self->state.clock, &self->tick);
  rn_clock_clear_timer (self->state.clock, &self->service_timer);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    if (self->pollers[kind] != NULL)
      rn_poller_stop (self->pollers[kind]);
  if (self->playback != NULL)
    rn_playback_stop (self->playback);
}

void
rn_source_poll_now (RnSource *self)
{
  if (!self->started || self->stopped)
    return;
  if (self->playback != NULL)
    rn_playback_scan (self->playback);
  fetch_service (self);
  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    if (self->pollers[kind] != NULL)
      rn_poller_poll_now (self->pollers[kind]);
}

/* ---- reading ------------------------------------------------------------------------------- */

const RnSourceSpec *
rn_source_get_spec (RnSource *self)
{
  return self->state.spec;
}

const char *
rn_source_get_title (RnSource *self)
{
  return self->title;
}

guint
rn_source_get_feeds (RnSource *self)
{
  guint feeds = 0;

  if (self->playback != NULL && rn_playback_get_feeds (self->playback) != 0)
    return rn_playback_get_feeds (self->playback);
  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    if (self->holdings[kind] != NULL
        && (self->pollers[kind] == NULL || rn_poller_is_offered (self->pollers[kind])))
      feeds |= 1u << kind;
  return feeds;
}

/* Whether no network will ever come: then the others stand on an empty one. */
static gboolean
never_has_network (RnSource *self)
{
  if (self->playback != NULL && !rn_playback_is_scanned (self->playback))
    return FALSE;
  return !(rn_source_get_feeds (self) & (1u << RN_FEED_NETWORK));
}

void
rn_source_get_parts (RnSource *self, RnFrameParts *parts)
{
  *parts = (RnFrameParts){ .flow_quality_cap = RN_QUALITY_UNKNOWN };
  for (guint kind = 0; kind < RN_N_FEEDS; kind++)
    if (self->holdings[kind] != NULL)
      rn_holding_fill_parts (self->holdings[kind], parts);
  parts->now_us = rn_source_now_us (self);
  if (parts->network != NULL || !never_has_network (self))
    return;
  if (self->no_network == NULL)
    self->no_network = rn_network_new_empty ();
  parts->network = self->no_network;
}

RnJoin *
rn_source_get_join (RnSource *self)
{
  return self->state.join;
}

/* Why a feed that needs the network does not even ask. */
static void
tell_wait (RnSource *self, RnFeedStatus *status)
{
  g_autoptr (RnFeedStatus) network = NULL;

  if (status->error != NULL || status->observed_at_us != 0 || self->state.network != NULL
      || status->kind == RN_FEED_NETWORK || self->holdings[RN_FEED_NETWORK] == NULL)
    return;
  network = rn_holding_dup_status (self->holdings[RN_FEED_NETWORK]);
  if (network->error != NULL)
    status->error = g_strdup_printf (_("waits for the network: %s"), network->error);
}

RnFeedStatus *
rn_source_dup_status (RnSource *self, RnFeedKind kind)
{
  RnFeedStatus *status;

  if (self->holdings[kind] != NULL)
    {
      status = rn_holding_dup_status (self->holdings[kind]);
      tell_wait (self, status);
      return status;
    }
  status = g_new0 (RnFeedStatus, 1);
  status->source = g_strdup (self->state.spec->name);
  status->adapter = g_strdup (self->state.adapter->kind);
  status->kind = kind;
  status->age_us = -1;
  status->rate = self->state.time.rate;
  return status;
}

gboolean
rn_source_is_busy (RnSource *self)
{
  gboolean busy =
      self->cancellable != NULL || (self->playback != NULL && rn_playback_is_busy (self->playback));

  for (guint kind = 0; kind < RN_N_FEEDS && !busy; kind++)
    busy = self->pollers[kind] != NULL && rn_poller_is_busy (self->pollers[kind]);
  return busy;
}

gint64
rn_source_now_us (RnSource *self)
{
  return rn_source_clock_now_us (&self->state.time);
}

gboolean
rn_source_has_clock (RnSource *self)
{
  return self->state.time.anchored;
}

double
rn_source_get_rate (RnSource *self)
{
  return self->state.time.rate;
}

gboolean
rn_source_is_recording (RnSource *self)
{
  return self->playback != NULL;
}

GTimeZone *
rn_source_get_timezone (RnSource *self)
{
  return self->state.timezone != NULL ? self->state.timezone : self->utc;
}
