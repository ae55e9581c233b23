/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders the others in time: a source has a new part → one new frame → alerts → record →
 * "changed". Changes of several feeds in one turn of the main loop make one frame. The tick once a
 * second ages the data: it makes a frame only when the state of a feed changed. Main thread; owns
 * the sources, the clock and the frame. */
#include "session/rn-session.h"

#include "base/rn-i18n.h"
#include "session/rn-journal-key.h"
#include "session/rn-placing.h"
#include "session/rn-source-set.h"

#define RECENT_SPAN_US (3 * 60 * 60 * RN_SECOND)
#define CLOCK_PATIENCE_US (10 * RN_SECOND)
#define RECENT_MAX_BYTES ((gsize) 48 << 20)

struct _RnSession {
  GObject parent_instance;
  RnClock *clock;
  RnHttp *http;
  RnSourceSet *sources;
  RnPlacing *placing;

  RnFrame *frame;
  RnNetwork *network;  /* of all sources */
  GPtrArray *networks; /* what it was made of: RnNetwork by source, borrowed from it by ref */
  RnRecent *recent;
  RnHistory *history;
  RnAlertDesk *alert_desk;
  RnPlanDesk *plan_desk;
  RnShiftFigures *shift_figures;
  char *alert_folder, *seat; /* of the journal; NULL: none */
  GBytes *alert_key;
  gboolean keeps_alerts;
  gboolean seeks_key;    /* of the journal, before that is opened */
  char *key_file;        /* where; NULL: in the keyring */
  GCancellable *seeking; /* NULL: not now */

  gboolean started;
  gint64 started_us;  /* monotonic */
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

/* What the frame found out about a feed. */
static void
tell_duplicates (const RnFrame *frame, RnFeedStatus *status)
{
  for (guint i = 0; i < frame->n_feeds; i++)
    {
      const RnFeedStatus *seen = frame->feeds[i];

      if (seen->kind != status->kind || g_strcmp0 (seen->source, status->source) != 0)
        continue;
      status->duplicates = seen->duplicates;
      g_free (status->shown_from);
      status->shown_from = g_strdup (seen->shown_from);
    }
}

static GPtrArray *
dup_feeds (RnSession *self)
{
  GPtrArray *feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_feed_status_free);

  for (guint i = 0; i < rn_source_set_get_n (self->sources); i++)
    {
      RnSource *source = rn_source_set_nth (self->sources, i);
      guint mask = rn_source_get_feeds (source);

      for (guint kind = 0; kind < RN_N_FEEDS; kind++)
        if (mask & (1u << kind))
          g_ptr_array_add (feeds, rn_source_dup_status (source, kind));
    }
  rn_source_set_add_errors (self->sources, feeds);
  for (guint i = 0; i < feeds->len; i++)
    rn_placing_tell (self->placing, feeds->pdata[i]);
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

/* The joint network is made anew only when a source has another one. A source that comes or goes
 * without one changes nothing. */
static void
update_network (RnSession *self, const RnFrameParts *parts, guint n_parts)
{
  g_autofree const RnNetwork **networks = g_new0 (const RnNetwork *, MAX (n_parts, 1));
  gboolean same = self->network != NULL;
  guint n = 0;

  for (guint i = 0; i < n_parts; i++)
    if (parts[i].network->n_sections > 0 || parts[i].network->n_facilities > 0)
      {
        same = same && n < self->networks->len && parts[i].network == self->networks->pdata[n];
        networks[n++] = parts[i].network;
      }
  if (same && n == self->networks->len)
    return;
  g_ptr_array_set_size (self->networks, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->networks, rn_network_ref (networks[i]));
  g_clear_pointer (&self->network, rn_network_unref);
  self->network = n > 0 ? rn_network_concat (networks, n, NULL) : rn_network_new_empty ();
}

/* Puts what was placed by place among @parts, and has the rest placed. */
static void
place (RnSession *self, RnSource *const *sources, RnFrameParts *parts, guint n)
{
  rn_placing_update (self->placing, sources, parts, n, self->network);
  for (guint i = 0; i < n; i++)
    rn_placing_fill (self->placing, sources[i], &parts[i]);
}

/* The one short function that fixes the order: frame → alerts → record → "changed". */
static void
rn_session_apply (RnSession *self)
{
  guint n = rn_source_set_get_n (self->sources), n_parts = 0;
  g_autofree RnFrameParts *parts = g_new0 (RnFrameParts, MAX (n, 1));
  g_autofree RnSource **sources = g_new0 (RnSource *, MAX (n, 1));
  g_autoptr (GPtrArray) feeds = dup_feeds (self);
  RnFrame *frame;

  self->ageing_us = g_renew (gint64, self->ageing_us, MAX (n, 1));
  self->n_ageing = n;
  for (guint i = 0; i < n; i++)
    {
      sources[n_parts] = rn_source_set_nth (self->sources, i);
      rn_source_get_parts (sources[n_parts], &parts[n_parts]);
      self->ageing_us[i] = rn_frame_parts_next_ageing_us (&parts[n_parts]);
      if (parts[n_parts].network != NULL)
        n_parts++;
    }
  update_network (self, parts, n_parts);
  place (self, sources, parts, n_parts);
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
placing_changed_cb (RnPlacing *placing, RnSession *self)
{
  queue_apply (self);
}

static void
sources_changed_cb (RnSourceSet *sources, RnSession *self)
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
sources_status_changed_cb (RnSourceSet *sources, RnSession *self)
{
  look_at_feeds (self);
}

/* Rows have times of their own: one may pass a limit while its feed does not. */
static gboolean
rows_have_aged (RnSession *self)
{
  guint n = MIN (self->n_ageing, rn_source_set_get_n (self->sources));

  for (guint i = 0; i < n; i++)
    if (rn_source_now_us (rn_source_set_nth (self->sources, i)) >= self->ageing_us[i])
      return TRUE;
  return FALSE;
}

static guint first_index (RnSession *self);

static void
stop_seeking (RnSession *self)
{
  if (self->seeking == NULL)
    return;
  g_cancellable_cancel (self->seeking);
  g_clear_object (&self->seeking);
  self->keeps_alerts = FALSE;
}

/* @data, the session, may be gone when it was cancelled. */
static void
key_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = rn_journal_key_load_finish (result, &error);
  RnSession *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    g_message ("the anchors of the journal are made without a key: %s", error->message);
  g_clear_object (&self->seeking);
  rn_alert_desk_open (self->alert_desk, self->alert_folder, self->seat, key);
}

/* The demo and recordings have no past that could be told truly. */
static void
keep_alerts (RnSession *self)
{
  guint first = first_index (self);
  gboolean keep = self->alert_folder != NULL && first != RN_NONE
                  && !rn_source_is_recording (rn_source_set_nth (self->sources, first))
                  && !rn_source_set_is_demo (self->sources, first);

  if (keep == self->keeps_alerts)
    return;
  stop_seeking (self);
  self->keeps_alerts = keep;
  if (keep && self->seeks_key && self->alert_key == NULL)
    {
      self->seeking = g_cancellable_new ();
      rn_journal_key_load_async (self->key_file, TRUE, self->seeking, key_cb, self);
      return;
    }
  rn_alert_desk_open (self->alert_desk, keep ? self->alert_folder : NULL, self->seat,
                      self->alert_key);
}

/* A source's clock is known with its first answer. Shelves and delays must not see ours before,
 * unless there is no answer for long. */
static gboolean
knows_the_time (RnSession *self)
{
  guint first = first_index (self);

  return first == RN_NONE || rn_source_has_clock (rn_source_set_nth (self->sources, first))
         || rn_clock_monotonic_us (self->clock) - self->started_us >= CLOCK_PATIENCE_US;
}

/* With each frame and each tick: alerts have delays of their own. What would ring before the
 * journal is open would ring again after it; the keyring has some seconds to answer. */
static void
step_alerts (RnSession *self)
{
  if (self->seeking != NULL || !knows_the_time (self))
    return;
  rn_alert_desk_step (self->alert_desk, self->frame, rn_session_now_us (self),
                      rn_session_get_timezone (self));
  rn_plan_desk_step (self->plan_desk, self->frame, rn_session_now_us (self));
}

static gboolean
tick_cb (gpointer data)
{
  RnSession *self = data;

  step_alerts (self);
  if (rows_have_aged (self))
    queue_apply (self);
  look_at_feeds (self);
  return G_SOURCE_CONTINUE;
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
  g_clear_object (&self->sources);
  g_clear_object (&self->placing);
  g_clear_object (&self->history);
  g_clear_object (&self->plan_desk);
  g_clear_object (&self->shift_figures);
  g_clear_object (&self->alert_desk);
  g_clear_pointer (&self->alert_folder, g_free);
  g_clear_pointer (&self->seat, g_free);
  g_clear_pointer (&self->alert_key, g_bytes_unref);
  g_clear_pointer (&self->key_file, g_free);
  g_clear_pointer (&self->networks, g_ptr_array_unref);
  g_clear_object (&self->http);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->frame, rn_frame_unref);
  g_clear_pointer (&self->network, rn_network_unref);
  g_clear_pointer (&self->recent, rn_recent_free);
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
  self->networks = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_network_unref);
  self->placing = rn_placing_new ();
  g_signal_connect_object (self->placing, "changed", G_CALLBACK (placing_changed_cb), self, 0);
  self->recent = rn_recent_new (RECENT_SPAN_US, RECENT_MAX_BYTES);
  self->history = rn_history_new (self->recent);
  self->frame = rn_frame_new_empty ();
}

RnSession *
rn_session_new (RnClock *clock)
{
  RnSession *self = g_object_new (RN_TYPE_SESSION, NULL);

  self->clock = g_object_ref (clock);
  self->alert_desk = rn_alert_desk_new (clock);
  self->plan_desk = rn_plan_desk_new (self->alert_desk);
  self->shift_figures = rn_shift_figures_new (self->alert_desk);
  self->sources = rn_source_set_new (clock, self->http);
  g_signal_connect_object (self->sources, "changed", G_CALLBACK (sources_changed_cb), self, 0);
  g_signal_connect_object (self->sources, "status-changed", G_CALLBACK (sources_status_changed_cb),
                           self, 0);
  return self;
}

gboolean
rn_session_add_source (RnSession *self, const RnSourceSpec *spec, GError **error)
{
  return rn_source_set_add (self->sources, spec, error);
}

gboolean
rn_session_add_demo (RnSession *self, const char *const *arguments, GError **error)
{
  const char *const none[] = { NULL };
  g_autofree char *words = g_strjoinv (" ", (char **) (arguments != NULL ? arguments : none));
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new (RN_SOURCE_DEMO, words);

  g_return_val_if_fail (!rn_source_set_has_demo (self->sources), FALSE);
  return rn_source_set_add (self->sources, spec, error);
}

void
rn_session_set_sources (RnSession *self, const RnSourceSpec *const *specs, guint n)
{
  rn_source_set_replace (self->sources, specs, n);
}

gboolean
rn_session_remove_source (RnSession *self, const char *name)
{
  return rn_source_set_remove (self->sources, name);
}

const char *
rn_session_get_source_error (RnSession *self, const char *name)
{
  return rn_source_set_get_error (self->sources, name);
}

void
rn_session_start (RnSession *self)
{
  if (self->started)
    return;
  self->started = TRUE;
  self->started_us = rn_clock_monotonic_us (self->clock);
  rn_source_set_start (self->sources);
  self->tick = rn_clock_add_timer (self->clock, RN_SECOND, tick_cb, self, NULL);
  queue_apply (self);
}

void
rn_session_stop (RnSession *self)
{
  g_clear_handle_id (&self->apply_source, g_source_remove);
  stop_seeking (self);
  if (self->sources != NULL)
    rn_source_set_stop (self->sources);
  if (self->placing != NULL)
    rn_placing_stop (self->placing);
  if (!self->started)
    return;
  self->started = FALSE;
  rn_clock_clear_timer (self->clock, &self->tick);
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

RnAlertDesk *
rn_session_get_alert_desk (RnSession *self)
{
  return self->alert_desk;
}

RnPlanDesk *
rn_session_get_plan_desk (RnSession *self)
{
  g_return_val_if_fail (RN_IS_SESSION (self), NULL);
  return self->plan_desk;
}

RnShiftFigures *
rn_session_get_shift_figures (RnSession *self)
{
  return self->shift_figures;
}

void
rn_session_keep_alerts (RnSession *self, const char *folder, const char *seat, GBytes *key)
{
  g_free (self->alert_folder);
  self->alert_folder = g_strdup (folder);
  g_free (self->seat);
  self->seat = g_strdup (seat);
  g_clear_pointer (&self->alert_key, g_bytes_unref);
  self->alert_key = key != NULL ? g_bytes_ref (key) : NULL;
  if (self->keeps_alerts)
    rn_alert_desk_set_key (self->alert_desk, key);
  keep_alerts (self);
}

void
rn_session_seek_journal_key (RnSession *self, const char *file)
{
  self->seeks_key = TRUE;
  g_free (self->key_file);
  self->key_file = g_strdup (file);
}

RnClock *
rn_session_get_clock (RnSession *self)
{
  return self->clock;
}

guint
rn_session_get_n_sources (RnSession *self)
{
  return rn_source_set_get_n (self->sources);
}

gboolean
rn_session_is_demo (RnSession *self)
{
  return rn_source_set_has_demo (self->sources);
}

const char *
rn_session_get_demo_error (RnSession *self)
{
  return rn_source_set_get_error (self->sources, NULL);
}

/* The source whose clock, rate and name are shown: the first that gives more than a network, which
 * has no time of its own. RN_NONE without any. */
static guint
first_index (RnSession *self)
{
  guint n = rn_source_set_get_n (self->sources);

  for (guint i = 0; i < n; i++)
    if (rn_source_get_feeds (rn_source_set_nth (self->sources, i)) & ~(1u << RN_FEED_NETWORK))
      return i;
  return n > 0 ? 0 : RN_NONE;
}

static RnSource *
first_source (RnSession *self)
{
  guint first = first_index (self);

  return first != RN_NONE ? rn_source_set_nth (self->sources, first) : NULL;
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
  GPtrArray *feeds = dup_feeds (self);

  for (guint i = 0; i < feeds->len; i++)
    tell_duplicates (self->frame, feeds->pdata[i]);
  return feeds;
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

  /* a network alone, a file too, is of no time */
  return source != NULL && (rn_source_get_feeds (source) & ~(1u << RN_FEED_NETWORK)) != 0
         && rn_source_is_recording (source);
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

/* The demo's clock begins anew at each start: its values are no history. */
static GPtrArray *
lasting_sources (RnSession *self)
{
  GPtrArray *lasting = g_ptr_array_new ();

  for (guint i = 0; i < rn_source_set_get_n (self->sources); i++)
    if (!rn_source_set_is_demo (self->sources, i))
      g_ptr_array_add (lasting, rn_source_set_nth (self->sources, i));
  return lasting;
}

void
rn_session_take_frame (RnSession *self, RnFrame *frame)
{
  g_autoptr (GPtrArray) lasting = lasting_sources (self);

  g_clear_pointer (&self->frame, rn_frame_unref);
  self->frame = frame;
  keep_alerts (self);
  step_alerts (self);
  rn_recent_add (self->recent, frame);
  rn_history_add (self->history, frame, lasting);
  g_signal_emit (self, signals[CHANGED], 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
  g_signal_emit (self, signals[FEEDS_CHANGED], 0);
}

void
rn_session_poll_now (RnSession *self)
{
  for (guint i = 0; i < rn_source_set_get_n (self->sources); i++)
    rn_source_poll_now (rn_source_set_nth (self->sources, i));
}
