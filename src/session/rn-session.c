/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders the others in time: a source has a new part → one new frame → (later: alerts, record) →
 * "changed". Changes of several feeds in one turn of the main loop make one frame. The tick once a
 * second ages the data: it makes a frame only when the state of a feed changed. Main thread; owns
 * the sources, the clock and the frame. */
#include "session/rn-session.h"

#include "base/rn-i18n.h"
#include "session/rn-demo.h"

#define RECENT_SPAN_US (3 * 60 * 60 * RN_SECOND)
#define RECENT_MAX_BYTES ((gsize) 48 << 20)

struct _RnSession {
  GObject parent_instance;
  RnClock *clock;
  RnHttp *http;
  GPtrArray *sources; /* RnSource */
  RnDemo *demo;
  char *demo_error; /* why there is no demo, NULL */
  GCancellable *cancellable;

  RnFrame *frame;
  RnNetwork *network;  /* of all sources */
  GPtrArray *networks; /* what it was made of: RnNetwork by source, borrowed from it by ref */
  RnRecent *recent;
  RnHistory *history;

  gboolean started;
  guint apply_source; /* idle that makes the next frame */
  guint tick;
  guint32 states_seen; /* hash of the feed states that the frame was made with */
  guint n_ageing;
  gint64 *ageing_us; /* by source, on its clock: when rows next change by age alone */
};

G_DEFINE_FINAL_TYPE (RnSession, rn_session, G_TYPE_OBJECT)

enum { PROP_0, PROP_FRAME, N_PROPS };
enum { CHANGED, FEEDS_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* ---- feeds ------------------------------------------------------------------------------- */

static GPtrArray *
dup_feeds (RnSession *self)
{
  GPtrArray *feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_feed_status_free);

  for (guint i = 0; i < self->sources->len; i++)
    {
      RnSource *source = self->sources->pdata[i];
      guint mask = rn_source_get_feeds (source);

      for (guint kind = 0; kind < RN_N_FEEDS; kind++)
        if (mask & (1u << kind))
          g_ptr_array_add (feeds, rn_source_dup_status (source, kind));
    }
  return feeds;
}

/* Changes of these make old values look different, so they need a frame. */
static guint32
hash_states (const GPtrArray *feeds)
{
  guint32 hash = 2166136261u;

  for (guint i = 0; i < feeds->len; i++)
    {
      const RnFeedStatus *status = feeds->pdata[i];

      hash = (hash ^ (status->state | status->suspect << 4 | status->partial << 5)) * 16777619u;
    }
  return hash;
}

/* ---- frame --------------------------------------------------------------------------------- */

/* The joint network is made anew only when a source has another one. */
static void
update_network (RnSession *self, const RnFrameParts *parts, guint n)
{
  g_autofree const RnNetwork **networks = g_new0 (const RnNetwork *, MAX (n, 1));
  gboolean same = self->networks->len == n && self->network != NULL;

  for (guint i = 0; i < n; i++)
    {
      networks[i] = parts[i].network;
      same = same && networks[i] == self->networks->pdata[i];
    }
  if (same)
    return;
  g_ptr_array_set_size (self->networks, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->networks, rn_network_ref (networks[i]));
  g_clear_pointer (&self->network, rn_network_unref);
  self->network = n > 0 ? rn_network_concat (networks, n, NULL) : rn_network_new_empty ();
}

/* The one short function that fixes the order: frame → alerts → record → "changed". */
static void
rn_session_apply (RnSession *self)
{
  guint n = self->sources->len, n_parts = 0;
  g_autofree RnFrameParts *parts = g_new0 (RnFrameParts, MAX (n, 1));
  g_autoptr (GPtrArray) feeds = dup_feeds (self);
  RnFrame *frame;

  self->ageing_us = g_renew (gint64, self->ageing_us, MAX (n, 1));
  self->n_ageing = n;
  for (guint i = 0; i < n; i++)
    {
      rn_source_get_parts (self->sources->pdata[i], &parts[n_parts]);
      self->ageing_us[i] = rn_frame_parts_next_ageing_us (&parts[n_parts]);
      if (parts[n_parts].network != NULL)
        n_parts++;
    }
  update_network (self, parts, n_parts);
  self->states_seen = hash_states (feeds);
  frame = rn_frame_build (self->network, parts, n_parts, rn_state_table_default (),
                          rn_session_now_us (self), self->frame,
                          (const RnFeedStatus *const *) feeds->pdata, feeds->len);
  rn_session_take_frame (self, frame);
}

static gboolean
apply_cb (gpointer data)
{
  RnSession *self = data;

  self->apply_source = 0;
  rn_session_apply (self);
  return G_SOURCE_REMOVE;
}

static void
queue_apply (RnSession *self)
{
  if (self->apply_source == 0 && self->started)
    self->apply_source = g_idle_add_full (G_PRIORITY_DEFAULT, apply_cb, self, NULL);
}

static void
source_changed_cb (RnSource *source, guint kind, RnSession *self)
{
  queue_apply (self);
}

/* A status that changes the quality of what is shown needs a frame, any other only the strip. */
static void
look_at_feeds (RnSession *self)
{
  g_autoptr (GPtrArray) feeds = dup_feeds (self);

  if (hash_states (feeds) != self->states_seen)
    queue_apply (self);
  else
    g_signal_emit (self, signals[FEEDS_CHANGED], 0);
}

static void
source_status_changed_cb (RnSource *source, guint kind, RnSession *self)
{
  look_at_feeds (self);
}

/* Rows have times of their own: one may pass a limit while its feed does not. */
static gboolean
rows_have_aged (RnSession *self)
{
  for (guint i = 0; i < self->n_ageing; i++)
    if (rn_source_now_us (self->sources->pdata[i]) >= self->ageing_us[i])
      return TRUE;
  return FALSE;
}

static gboolean
tick_cb (gpointer data)
{
  RnSession *self = data;

  if (rows_have_aged (self))
    queue_apply (self);
  look_at_feeds (self);
  return G_SOURCE_CONTINUE;
}

/* ---- demo ---------------------------------------------------------------------------------- */

static const char *
last_name (RnSession *self)
{
  return rn_source_get_spec (self->sources->pdata[self->sources->len - 1])->name;
}

static void
demo_address_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = rn_demo_get_address_finish (RN_DEMO (object), result, &error);
  g_autoptr (RnSourceSpec) spec = NULL;

  if (address != NULL)
    {
      spec = rn_source_spec_new ("roadnet", address);
      g_free (spec->name);
      spec->name = g_strdup ("demo");
      if (rn_session_add_source (self, spec, &error))
        rn_history_leave_out (self->history, last_name (self));
    }
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_free (self->demo_error);
  self->demo_error = g_strdup (error->message);
  g_warning ("%s", error->message);
  g_signal_emit (self, signals[FEEDS_CHANGED], 0);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
rn_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RnSession *self = RN_SESSION (object);

  switch (id)
    {
    case PROP_FRAME:
      g_value_set_boxed (value, self->frame);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rn_session_dispose (GObject *object)
{
  RnSession *self = RN_SESSION (object);

  rn_session_stop (self);
  g_clear_object (&self->history);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->networks, g_ptr_array_unref);
  g_clear_object (&self->demo);
  g_clear_object (&self->http);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_clear_pointer (&self->network, rn_network_unref);
  g_clear_pointer (&self->recent, rn_recent_free);
  g_clear_pointer (&self->demo_error, g_free);
  g_clear_pointer (&self->ageing_us, g_free);
  G_OBJECT_CLASS (rn_session_parent_class)->dispose (object);
}

static void
rn_session_class_init (RnSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rn_session_dispose;
  object_class->get_property = rn_session_get_property;
  properties[PROP_FRAME] = g_param_spec_boxed ("frame", NULL, NULL, RN_TYPE_FRAME,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[FEEDS_CHANGED] = g_signal_new ("feeds-changed", RN_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rn_session_init (RnSession *self)
{
  self->http = rn_http_new ();
  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
  self->networks = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_network_unref);
  self->recent = rn_recent_new (RECENT_SPAN_US, RECENT_MAX_BYTES);
  self->history = rn_history_new (self->recent);
  self->frame = rn_frame_new_empty ();
  self->cancellable = g_cancellable_new ();
}

RnSession *
rn_session_new (RnClock *clock)
{
  RnSession *self = g_object_new (RN_TYPE_SESSION, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

static gboolean
has_source (RnSession *self, const char *name)
{
  for (guint i = 0; i < self->sources->len; i++)
    if (g_str_equal (rn_source_get_spec (self->sources->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

/* Keys are "source/id": a second source of one name gets a number. */
static RnSourceSpec *
with_unique_name (RnSession *self, const RnSourceSpec *spec)
{
  RnSourceSpec *copy = rn_source_spec_copy (spec);

  for (guint i = 2; has_source (self, copy->name); i++)
    {
      g_free (copy->name);
      copy->name = g_strdup_printf ("%s-%u", spec->name, i);
    }
  return copy;
}

gboolean
rn_session_add_source (RnSession *self, const RnSourceSpec *spec, GError **error)
{
  g_autoptr (RnSourceSpec) named = with_unique_name (self, spec);
  RnSource *source = rn_source_new (named, self->clock, self->http, error);

  if (source == NULL)
    return FALSE;
  g_ptr_array_add (self->sources, source);
  g_signal_connect_object (source, "changed", G_CALLBACK (source_changed_cb), self, 0);
  g_signal_connect_object (source, "status-changed", G_CALLBACK (source_status_changed_cb), self,
                           0);
  if (self->started)
    {
      rn_source_start (source);
      queue_apply (self);
    }
  return TRUE;
}

gboolean
rn_session_add_demo (RnSession *self, const char *const *arguments, GError **error)
{
  g_return_val_if_fail (self->demo == NULL, FALSE);
  self->demo = rn_demo_new (arguments, error);
  if (self->demo == NULL)
    return FALSE;
  rn_demo_get_address_async (self->demo, self->cancellable, demo_address_cb, g_object_ref (self));
  return TRUE;
}

void
rn_session_start (RnSession *self)
{
  if (self->started)
    return;
  self->started = TRUE;
  for (guint i = 0; i < self->sources->len; i++)
    rn_source_start (self->sources->pdata[i]);
  self->tick = rn_clock_add_timer (self->clock, RN_SECOND, tick_cb, self, NULL);
  queue_apply (self);
}

void
rn_session_stop (RnSession *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->apply_source, g_source_remove);
  if (!self->started)
    return;
  self->started = FALSE;
  rn_clock_clear_timer (self->clock, &self->tick);
  for (guint i = 0; i < self->sources->len; i++)
    rn_source_stop (self->sources->pdata[i]);
}

const RnFrame *
rn_session_get_frame (RnSession *self)
{
  return self->frame;
}

const RnRecent *
rn_session_get_recent (RnSession *self)
{
  return self->recent;
}

RnHistory *
rn_session_get_history (RnSession *self)
{
  return self->history;
}

RnClock *
rn_session_get_clock (RnSession *self)
{
  return self->clock;
}

guint
rn_session_get_n_sources (RnSession *self)
{
  return self->sources->len;
}

gboolean
rn_session_is_demo (RnSession *self)
{
  return self->demo != NULL;
}

const char *
rn_session_get_demo_error (RnSession *self)
{
  return self->demo_error;
}

static RnSource *
first_source (RnSession *self)
{
  return self->sources->len > 0 ? self->sources->pdata[0] : NULL;
}

const char *
rn_session_get_title (RnSession *self)
{
  RnSource *source = first_source (self);

  return source != NULL ? rn_source_get_title (source) : "RoadNet";
}

GPtrArray *
rn_session_dup_feeds (RnSession *self)
{
  return dup_feeds (self);
}

gint64
rn_session_now_us (RnSession *self)
{
  RnSource *source = first_source (self);

  return source != NULL ? rn_source_now_us (source) : rn_clock_now_us (self->clock);
}

double
rn_session_get_rate (RnSession *self)
{
  RnSource *source = first_source (self);

  return source != NULL ? rn_source_get_rate (source) : 1.0;
}

gboolean
rn_session_is_recording (RnSession *self)
{
  RnSource *source = first_source (self);

  return source != NULL && rn_source_is_recording (source);
}

GTimeZone *
rn_session_get_timezone (RnSession *self)
{
  static GTimeZone *local;
  RnSource *source = first_source (self);

  if (source != NULL)
    return rn_source_get_timezone (source);
  if (local == NULL)
    local = g_time_zone_new_local ();
  return local;
}

void
rn_session_take_frame (RnSession *self, RnFrame *frame)
{
  g_clear_pointer (&self->frame, rn_frame_unref);
  self->frame = frame;
  rn_recent_add (self->recent, frame);
  rn_history_add (self->history, frame, self->sources);
  g_signal_emit (self, signals[CHANGED], 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
  g_signal_emit (self, signals[FEEDS_CHANGED], 0);
}

void
rn_session_poll_now (RnSession *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    rn_source_poll_now (self->sources->pdata[i]);
}
