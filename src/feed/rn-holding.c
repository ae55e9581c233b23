/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Two kinds of time: the source's clock for what data is worth, our monotonic time
 * for when we tried; the latter is shown as time of day. */
#include "feed/rn-holding.h"

#include "base/rn-i18n.h"
#include "feed/rn-adapter.h"
#include "feed/rn-holding-parts.h"

#define NEVER G_GINT64_CONSTANT (-1) /* of monotonic times, which begin at 0 */
#define FROZEN_MIN_ROWS 20           /* fewer rows may well stand still */

struct _RnHolding {
  char *source, *adapter;
  RnFeedKind kind;
  const RnSourceClock *time;

  gint64 user_poll_us, service_poll_us, hint_poll_us, max_age_us, default_poll_us;
  gint64 given_delay_us; /* -1: unknown */
  gint64 hint_delay_us;  /* of the last document; 0: it says nothing */

  gboolean has_data;
  RnNetwork *network;
  RnFlow *flow;
  GPtrArray *parts[RN_HOLDING_N_PARTS];
  char *cursor;
  gint64 observed_at_us; /* of the data, by document or 304 */
  gint64 document_at_us; /* of the last document taken */
  gint64 began_us;       /* monotonic: when waiting for data began */

  guint rows, rows_before; /* of the last answer; of the last that was taken for complete */
  RnDocument *pending;     /* a short answer that waits to be confirmed */
  gint64 pending_us;       /* the source's clock when it came */
  guint unjoined, dropped_old;
  GPtrArray *unjoined_ids; /* of the document, ref; NULL */
  RnRefusals *refusals, *flaws;

  RnLags lags;
  gint64 observed_moved_us, values_moved_us; /* the source's clock */
  guint n_same;                              /* answers since something moved */
  gboolean frozen;

  gint64 success_us, failing_us, next_us; /* monotonic, or NEVER */
  gint64 retry_after_us;
  guint attempt;
  char *error;
  gboolean refused, needs_person;
};

RnHolding *
rn_holding_new (const char *source, const char *adapter, RnFeedKind kind, const RnSourceClock *time,
                gint64 user_poll_us, gint64 default_poll_us)
{
  RnHolding *self = g_new0 (RnHolding, 1);

  self->source = g_strdup (source);
  self->adapter = g_strdup (adapter);
  self->kind = kind;
  self->time = time;
  self->user_poll_us = user_poll_us;
  self->default_poll_us = default_poll_us;
  self->given_delay_us = -1;
  self->success_us = self->failing_us = self->next_us = NEVER;
  self->began_us = rn_clock_monotonic_us (time->clock);
  return self;
}

static void
clear_data (RnHolding *self)
{
  g_clear_pointer (&self->network, rn_network_unref);
  g_clear_pointer (&self->flow, rn_flow_unref);
  for (guint i = 0; i < RN_HOLDING_N_PARTS; i++)
    g_clear_pointer (&self->parts[i], g_ptr_array_unref);
  g_clear_pointer (&self->cursor, g_free);
  g_clear_pointer (&self->pending, rn_document_free);
  g_clear_pointer (&self->refusals, rn_refusals_unref);
  g_clear_pointer (&self->unjoined_ids, g_ptr_array_unref);
  g_clear_pointer (&self->flaws, rn_refusals_unref);
}

void
rn_holding_free (RnHolding *self)
{
  if (self == NULL)
    return;
  clear_data (self);
  g_free (self->error);
  g_free (self->source);
  g_free (self->adapter);
  g_free (self);
}

/* ---- settings ------------------------------------------------------------------------------ */

RnFeedKind
rn_holding_get_kind (const RnHolding *self)
{
  return self->kind;
}

void
rn_holding_set_service (RnHolding *self, gint64 poll_us, gint64 delay_us)
{
  self->service_poll_us = poll_us;
  self->given_delay_us = delay_us;
}

void
rn_holding_set_max_age (RnHolding *self, gint64 max_age_us)
{
  self->max_age_us = max_age_us;
}

static double
rate_of (const RnHolding *self)
{
  return self->time->rate > 0 ? self->time->rate : 1.0;
}

gint64
rn_holding_get_poll_us (const RnHolding *self)
{
  gint64 poll_us = self->default_poll_us;

  if (poll_us <= 0)
    return 0;
  if (self->user_poll_us > 0)
    poll_us = self->user_poll_us;
  else if (self->service_poll_us > 0)
    poll_us = self->service_poll_us;
  else if (self->hint_poll_us > 0)
    poll_us = self->hint_poll_us;
  else if (self->max_age_us > 0)
    poll_us = self->max_age_us;
  return rn_freshness_effective_poll_us (poll_us, rate_of (self));
}

/* While too few lags are known for a median, what the document says of itself: data that is always
 * published ten minutes old is not late for it. No more than 2 P: it must hide no standstill. */
static gint64
delay_us_of (const RnHolding *self)
{
  if (self->given_delay_us >= 0)
    return self->given_delay_us;
  return self->lags.n >= RN_FRESHNESS_MIN_LAGS ? rn_lags_median_us (&self->lags)
                                               : self->hint_delay_us;
}

static gint64
now_us_of (const RnHolding *self)
{
  return rn_source_clock_now_us (self->time);
}

/* ---- answers ------------------------------------------------------------------------------- */

void
rn_holding_succeed (RnHolding *self)
{
  self->success_us = rn_clock_monotonic_us (self->time->clock);
  self->failing_us = NEVER;
  self->attempt = 0;
  self->retry_after_us = 0;
  self->refused = self->needs_person = FALSE;
  g_clear_pointer (&self->error, g_free);
}

void
rn_holding_fail (RnHolding *self, const GError *error)
{
  gboolean net = error->domain == RN_NET_ERROR;

  if (self->attempt++ == 0)
    self->failing_us = rn_clock_monotonic_us (self->time->clock);
  g_free (self->error);
  self->error = g_strdup (error->message);
  self->retry_after_us = rn_http_error_retry_after_us (error);
  self->refused = net && error->code == RN_NET_ERROR_REFUSED;
  self->needs_person =
      self->refused
      || (net
          && (error->code == RN_NET_ERROR_TLS || error->code == RN_NET_ERROR_INSECURE
              || error->code == RN_NET_ERROR_REDIRECT));
}

/* Keeps count of what moved; @values: whether any value did (or it cannot be told). */
static void
see_moves (RnHolding *self, gint64 observed_us, gboolean values)
{
  gint64 now_us = now_us_of (self), poll_us = rn_holding_get_poll_us (self);
  gboolean moved = observed_us != self->observed_at_us;

  /* A clock that went back began anew. */
  if (moved || now_us < self->observed_moved_us)
    self->observed_moved_us = now_us;
  if (values || now_us < self->values_moved_us)
    self->values_moved_us = now_us;
  self->n_same = moved && values ? 0 : self->n_same + 1;
  self->frozen = rn_feed_kind_freezes (self->kind) && self->n_same >= 2
                 && (rn_freshness_is_frozen (now_us, self->observed_moved_us, poll_us)
                     || rn_freshness_is_frozen (now_us, self->values_moved_us, poll_us));
}

/* Whether all of 20 and more rows that are known before and after are the same. */
static gboolean
stands_still (guint n_equal, guint n_known)
{
  return n_known >= FROZEN_MIN_ROWS && n_equal == n_known;
}

/* Makes @document the data held. @hold: rows that it lacks stay. Returns whether values moved. */
static gboolean
apply (RnHolding *self, const RnDocument *document, guint n_sections, gboolean hold)
{
  guint n_equal = 0, n_known = 0;

  if (document->flow != NULL)
    {
      const RnFlow *before = self->flow != NULL && self->flow->n == n_sections ? self->flow : NULL;
      RnFlow *flow = rn_flow_apply (before, document->flow, n_sections, hold);

      if (before != NULL)
        n_equal = rn_flow_count_equal (before, flow, &n_known);
      g_clear_pointer (&self->flow, rn_flow_unref);
      self->flow = flow;
    }
  if (document->stations != NULL && self->parts[RN_HOLDING_STATIONS] != NULL)
    n_equal = rn_holding_parts_count_equal_stations (self->parts[RN_HOLDING_STATIONS],
                                                     document->stations, &n_known);
  rn_holding_parts_apply (self->parts, document, hold);
  return !stands_still (n_equal, n_known);
}

/* What a document says of itself. */
static void
note_document (RnHolding *self, const RnDocument *document)
{
  self->rows = document->n_rows;
  self->unjoined = document->unjoined != NULL ? document->unjoined->len : 0;
  g_clear_pointer (&self->unjoined_ids, g_ptr_array_unref);
  if (document->unjoined != NULL)
    self->unjoined_ids = g_ptr_array_ref (document->unjoined);
  if (document->poll_hint_us > 0)
    self->hint_poll_us = document->poll_hint_us;
  self->hint_delay_us = MIN (document->delay_hint_us, 2 * rn_holding_get_poll_us (self));
  g_clear_pointer (&self->refusals, rn_refusals_unref);
  if (document->refusals != NULL)
    self->refusals = rn_refusals_ref (document->refusals);
  g_clear_pointer (&self->flaws, rn_refusals_unref);
  if (document->flaws != NULL)
    self->flaws = rn_refusals_ref (document->flaws);
  g_clear_pointer (&self->cursor, g_free);
  if (document->flow != NULL)
    self->cursor = g_strdup (document->flow->cursor);
}

/* A delta says nothing of the rows that it lacks; a network has a version instead. */
static gboolean
can_be_partial (const RnDocument *document)
{
  return document->network == NULL && (document->flow == NULL || document->flow->full);
}

/* Whether @document is short and nothing has confirmed that yet. The same answer again, with the
 * same observed_at, confirms nothing. */
static gboolean
is_unconfirmed (RnHolding *self, const RnDocument *document, gint64 observed_us)
{
  if (!rn_holding_parts_is_short (self->parts, document, self->rows_before, observed_us))
    return FALSE;
  return self->pending == NULL || observed_us <= self->document_at_us;
}

static RnTaken
take_network (RnHolding *self, RnDocument *document, gint64 observed_us)
{
  g_autoptr (RnDocument) owned = document;
  const char *version = document->network->version;
  gboolean same = self->network != NULL && version != NULL && *version != '\0'
                  && g_strcmp0 (version, self->network->version) == 0
                  && self->network->n_sections == document->network->n_sections;

  note_document (self, document);
  rn_holding_succeed (self);
  self->has_data = TRUE;
  self->observed_at_us = self->document_at_us = observed_us;
  if (same)
    return RN_TAKEN_SAME;
  g_clear_pointer (&self->network, rn_network_unref);
  self->network = g_steal_pointer (&document->network);
  return RN_TAKEN;
}

RnTaken
rn_holding_take (RnHolding *self, RnDocument *document, gint64 received_us, guint n_sections)
{
  g_autoptr (RnDocument) owned = document;
  gint64 now_us = now_us_of (self);
  gint64 observed_us = document->observed_at_us != 0 ? document->observed_at_us : received_us;
  gboolean hold, values;

  if (document->network != NULL)
    return take_network (self, g_steal_pointer (&owned), observed_us);
  rn_holding_succeed (self);
  /* What came from the future must not bar what comes in time. */
  if (self->has_data && observed_us < self->document_at_us
      && !rn_freshness_is_suspect (now_us, self->document_at_us))
    {
      self->dropped_old++;
      return RN_TAKEN_OLD;
    }
  hold = is_unconfirmed (self, document, observed_us);
  values = apply (self, document, n_sections, hold);
  if (observed_us != self->document_at_us)
    rn_lags_add (&self->lags, now_us - observed_us);
  see_moves (self, observed_us, values);
  note_document (self, document);
  if (!hold && can_be_partial (document))
    self->rows_before = document->n_rows;
  if (!hold || self->pending == NULL)
    self->pending_us = now_us;
  if (hold || can_be_partial (document))
    g_clear_pointer (&self->pending, rn_document_free);
  self->has_data = TRUE;
  self->observed_at_us = self->document_at_us = observed_us;
  if (hold)
    self->pending = g_steal_pointer (&owned);
  return RN_TAKEN;
}

gboolean
rn_holding_confirm (RnHolding *self, gint64 as_of_us, guint n_sections)
{
  gint64 now_us = now_us_of (self), poll_us = rn_holding_get_poll_us (self);
  gboolean changed = FALSE, values = TRUE;

  rn_holding_succeed (self);
  if (as_of_us == 0)
    as_of_us = now_us;
  if (as_of_us < self->observed_at_us && !rn_freshness_is_suspect (now_us, self->observed_at_us))
    as_of_us = self->observed_at_us;
  if (self->pending != NULL && now_us - self->pending_us >= poll_us / 2)
    {
      g_autoptr (RnDocument) confirmed = g_steal_pointer (&self->pending);

      values = apply (self, confirmed, n_sections, FALSE);
      self->rows_before = confirmed->n_rows;
      changed = TRUE;
    }
  else
    values = !rn_holding_parts_can_freeze (self->flow, self->parts, FROZEN_MIN_ROWS);
  if (self->flow != NULL && as_of_us > self->flow->observed_at_us)
    {
      RnFlow *flow = rn_flow_confirm (self->flow, as_of_us);

      rn_flow_unref (self->flow);
      self->flow = flow;
      changed = TRUE;
    }
  see_moves (self, as_of_us, values);
  self->observed_at_us = as_of_us;
  return changed;
}

void
rn_holding_forget (RnHolding *self)
{
  clear_data (self);
  self->has_data = self->frozen = FALSE;
  self->observed_at_us = self->document_at_us = 0;
  self->rows = self->rows_before = self->unjoined = self->n_same = 0;
  self->began_us = rn_clock_monotonic_us (self->time->clock);
}

/* ---- next poll ----------------------------------------------------------------------------- */

void
rn_holding_set_next_us (RnHolding *self, gint64 wait_us)
{
  self->next_us = wait_us < 0 ? NEVER : rn_clock_monotonic_us (self->time->clock) + wait_us;
}

gint64
rn_holding_plan_next_us (RnHolding *self, double jitter)
{
  RnNextPoll in = {
    .kind = self->kind,
    .poll_us = rn_holding_get_poll_us (self),
    .rate = rate_of (self),
    .now_us = now_us_of (self),
    .observed_at_us = self->observed_at_us,
    .delay_us = self->given_delay_us >= 0 ? self->given_delay_us : rn_lags_min_us (&self->lags),
    .failures = self->attempt,
    .refused = self->refused,
    .retry_after_us = self->retry_after_us,
    .jitter = jitter,
  };
  gint64 wait_us = rn_freshness_next_poll_us (&in);

  rn_holding_set_next_us (self, wait_us);
  return wait_us;
}

/* ---- what is held -------------------------------------------------------------------------- */

gboolean
rn_holding_has_data (const RnHolding *self)
{
  return self->has_data;
}

gboolean
rn_holding_is_failing (const RnHolding *self)
{
  return self->attempt > 0;
}

gboolean
rn_holding_is_backing_off (const RnHolding *self)
{
  return self->attempt > 0 && !self->refused && self->retry_after_us == 0;
}

RnNetwork *
rn_holding_get_network (const RnHolding *self)
{
  return self->network;
}

const char *
rn_holding_get_cursor (const RnHolding *self)
{
  return self->cursor;
}

void
rn_holding_drop_cursor (RnHolding *self)
{
  g_clear_pointer (&self->cursor, g_free);
}

gint64
rn_holding_get_observed_us (const RnHolding *self)
{
  return self->observed_at_us;
}

/* ---- status -------------------------------------------------------------------------------- */

static gboolean
is_suspect (const RnHolding *self)
{
  return self->has_data && self->kind != RN_FEED_NETWORK
         && rn_freshness_is_suspect (now_us_of (self), self->observed_at_us);
}

static gint64
age_us_of (const RnHolding *self)
{
  return rn_freshness_age_us (now_us_of (self), self->observed_at_us, delay_us_of (self));
}

RnFeedState
rn_holding_get_state (const RnHolding *self)
{
  gint64 waited_us = rn_clock_monotonic_us (self->time->clock) - self->began_us;
  RnFreshness in = {
    .age_us = self->has_data ? age_us_of (self) : (gint64) ((double) waited_us * rate_of (self)),
    .poll_us = rn_holding_get_poll_us (self),
    .has_data = self->has_data,
    .suspect = is_suspect (self),
    .frozen = self->frozen,
    .needs_person = self->needs_person,
  };

  return rn_freshness_state (&in);
}

/* A monotonic time as time of day. */
static gint64
to_unix_us (const RnHolding *self, gint64 mono_us)
{
  RnClock *clock = self->time->clock;

  return mono_us == NEVER ? 0 : rn_clock_now_us (clock) - (rn_clock_monotonic_us (clock) - mono_us);
}

/* How long no value has moved, of the kinds where that says something. */
static gint64
unchanged_us_of (const RnHolding *self)
{
  gint64 moved_us = self->values_moved_us;

  if (!self->has_data || !rn_feed_kind_freezes (self->kind))
    return 0;
  if (self->frozen)
    moved_us = MIN (moved_us, self->observed_moved_us);
  return MAX (now_us_of (self) - moved_us, 0);
}

RnFeedStatus *
rn_holding_dup_status (const RnHolding *self)
{
  RnFeedStatus *status = g_new0 (RnFeedStatus, 1);

  status->source = g_strdup (self->source);
  status->adapter = g_strdup (self->adapter);
  status->kind = self->kind;
  status->state = rn_holding_get_state (self);
  status->partial = self->pending != NULL;
  status->suspect = is_suspect (self);
  status->refused = self->refused;
  status->observed_at_us = self->observed_at_us;
  status->delay_us = delay_us_of (self);
  status->age_us = age_us_of (self);
  status->poll_us = rn_holding_get_poll_us (self);
  status->rate = self->time->rate;
  status->clock_offset_us = rn_source_clock_offset_us (self->time);
  status->last_success_us = to_unix_us (self, self->success_us);
  status->next_poll_us = to_unix_us (self, self->next_us);
  status->failing_since_us = to_unix_us (self, self->failing_us);
  status->attempt = self->attempt;
  status->error = g_strdup (self->error);
  status->rows = self->rows;
  status->unjoined = self->unjoined;
  if (self->unjoined_ids != NULL)
    status->unjoined_ids = g_ptr_array_ref (self->unjoined_ids);
  status->dropped_old = self->dropped_old;
  status->unchanged_us = unchanged_us_of (self);
  if (self->refusals != NULL)
    status->refusals = rn_refusals_ref (self->refusals);
  if (self->flaws != NULL)
    status->flaws = rn_refusals_ref (self->flaws);
  return status;
}

void
rn_holding_fill_parts (const RnHolding *self, RnFrameParts *parts)
{
  rn_holding_parts_fill (self->parts, self->kind, parts);
  if (self->kind == RN_FEED_NETWORK)
    parts->network = self->network;
  if (self->kind != RN_FEED_FLOW)
    return;
  parts->flow = self->flow;
  parts->flow_quality_cap = rn_feed_state_quality (rn_holding_get_state (self), is_suspect (self));
  parts->poll_us = rn_holding_get_poll_us (self);
  parts->delay_us = delay_us_of (self);
}
