/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routes, conditions and the data clock. The world is moved on before each answer and once a
 * second; a clock that runs faster than the world can be computed is held back, not the main
 * loop. */
#include "sim/rn-sim-server.h"

#include "base/rn-i18n.h"
#include "sim/rn-sim-answers.h"
#include "sim/rn-sim-control.h"
#include "sim/rn-sim-wire.h"

#include <math.h>
#include <string.h>

#define BUDGET_US (RN_SECOND / 2) /* of computing at a time */
#define LATE_US (6 * RN_SIM_MINUTE)
#define SKEW_US (10 * RN_SIM_MINUTE)
#define SLOW_US (20 * RN_SECOND)
#define RETRY_AFTER_S "10"

struct _RnSimServer {
  GObject parent_instance;
  RnSimWorld *world;
  RnSimFaults *faults;
  RnSimAnswers *answers;
  RnClock *clock;
  SoupServer *soup;
  char *address;
  double rate;
  gint64 base_us, base_monotonic_us; /* data time at a monotonic time */
  guint timer;
  guint64 salt;
  GHashTable *frozen; /* fault and place → GBytes: the draft that stands still */
  GPtrArray *slow;    /* Slow: answers held back */
};

typedef struct {
  RnSimServer *server;
  SoupServerMessage *message;
  guint timer;
} Slow;

G_DEFINE_FINAL_TYPE (RnSimServer, rn_sim_server, G_TYPE_OBJECT)

static void
slow_free (gpointer data)
{
  Slow *slow = data;

  rn_clock_clear_timer (slow->server->clock, &slow->timer);
  g_object_unref (slow->message);
  g_free (slow);
}

static void
rn_sim_server_dispose (GObject *object)
{
  RnSimServer *self = RN_SIM_SERVER (object);

  rn_sim_server_stop (self);
  g_clear_pointer (&self->answers, rn_sim_answers_free);
  g_clear_pointer (&self->faults, rn_sim_faults_free);
  g_clear_pointer (&self->world, rn_sim_world_free);
  g_clear_pointer (&self->frozen, g_hash_table_unref);
  g_clear_pointer (&self->slow, g_ptr_array_unref);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->address, g_free);
  G_OBJECT_CLASS (rn_sim_server_parent_class)->dispose (object);
}

static void
rn_sim_server_class_init (RnSimServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_sim_server_dispose;
}

static void
rn_sim_server_init (RnSimServer *self)
{
  self->frozen =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->slow = g_ptr_array_new_with_free_func (slow_free);
}

/* The data clock as it would run if the world could always keep up. */
static gint64
clock_us (RnSimServer *self)
{
  gint64 since = rn_clock_monotonic_us (self->clock) - self->base_monotonic_us;

  return self->base_us + (gint64) ((double) since * self->rate);
}

/* Never past what the world has reached, so that it stops rather than goes back. */
gint64
rn_sim_server_now_us (RnSimServer *self)
{
  return MIN (clock_us (self), rn_sim_world_at (self->world, 1) + RN_SIM_ROUND - 1);
}

/* Sets the data clock to @now_us from here on. */
static void
set_now (RnSimServer *self, gint64 now_us)
{
  self->base_us = now_us;
  self->base_monotonic_us = rn_clock_monotonic_us (self->clock);
}

static void
move_on (RnSimServer *self)
{
  gint64 target = clock_us (self);
  gint64 begin = rn_clock_monotonic_us (self->clock), at;

  while ((at = rn_sim_world_at (self->world, 1)) + RN_SIM_ROUND <= target)
    {
      if (rn_clock_monotonic_us (self->clock) - begin > BUDGET_US)
        {
          set_now (self, at + RN_SIM_ROUND - 1);
          return;
        }
      rn_sim_world_advance (self->world, at + RN_SIM_ROUND);
    }
}

static gboolean
tick_cb (gpointer data)
{
  move_on (data);
  return G_SOURCE_CONTINUE;
}

/* The source's clock: RoadNet-Time, and Date on the same clock, since a 304 confirms the data as of
 * its Date. */
static void
set_time (RnSimServer *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gint64 now_us = rn_sim_server_now_us (self);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / RN_SECOND);
  g_autofree char *date = soup_date_time_to_string (utc, SOUP_DATE_HTTP);
  char stamp[RN_SIM_TIME_SIZE], rate[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *value = NULL;

  rn_sim_time_format (now_us - now_us % 1000, stamp);
  g_ascii_formatd (rate, sizeof rate, "%g", self->rate);
  value = g_strdup_printf ("%s;rate=%s", stamp, rate);
  soup_message_headers_replace (headers, "Date", date);
  soup_message_headers_replace (headers, "RoadNet-Time", value);
}

static void
set_caching (SoupServerMessage *message, const RnSimAnswer *answer, RnSimKind kind)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  int poll_s = rn_sim_kind_poll_s (kind);
  g_autofree char *control = g_strdup_printf ("max-age=%d", poll_s > 0 ? poll_s : 3600);

  soup_message_headers_replace (headers, "ETag", answer->etag);
  soup_message_headers_replace (headers, "Cache-Control", control);
  soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
}

/* If-None-Match by weak comparison: a list of tags, or "*". */
static gboolean
not_modified (SoupServerMessage *message, const char *etag)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *match = soup_message_headers_get_list (headers, "If-None-Match");
  GSList *tags;
  gboolean found = FALSE;

  if (match == NULL)
    return FALSE;
  tags = soup_header_parse_list (match);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      const char *tag = l->data, *own = etag;

      if (g_str_has_prefix (tag, "W/"))
        tag += 2;
      if (g_str_has_prefix (own, "W/"))
        own += 2;
      found |= strcmp (tag, own) == 0 || strcmp (l->data, "*") == 0;
    }
  soup_header_free_list (tags);
  return found;
}

static void
send_answer (SoupServerMessage *message, RnSimAnswer *answer, RnSimKind kind)
{
  gboolean gzip = rn_sim_wire_takes_gzip (message);

  set_caching (message, answer, kind);
  if (not_modified (message, answer->etag))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
      return;
    }
  rn_sim_wire_send (message, rn_sim_kind_content_type (kind),
                    gzip ? rn_sim_answer_gzip (answer) : answer->body, gzip);
}

/* The draft that a frozen or stuck answer repeats: the first one after the fault began. */
static GBytes *
frozen_draft (RnSimServer *self, RnSimFault fault, RnSimKind kind)
{
  g_autofree char *key = g_strdup_printf ("%d %d", fault, kind);
  GBytes *held = g_hash_table_lookup (self->frozen, key);

  if (held == NULL)
    {
      if (fault == RN_SIM_FAULT_STUCK)
        held = g_bytes_ref (rn_sim_answers_get (self->answers, kind, 0)->body);
      else
        held = rn_sim_answers_draft (self->answers, kind, 0, NULL);
      g_hash_table_insert (self->frozen, g_steal_pointer (&key), held);
    }
  return held;
}

/* The bodies of the faults that change what an answer says. */
static GBytes *
false_body (RnSimServer *self, RnSimFault fault, RnSimKind kind, guint64 since)
{
  RnSimAnswer *answer = rn_sim_answers_get (self->answers, kind, since);
  RnSimView view = { .missing = 0.6, .salt = ++self->salt };
  gint64 at_us = answer->observed_at_us;
  g_autoptr (GBytes) draft = NULL;

  switch (fault)
    {
    case RN_SIM_FAULT_GARBAGE:
      return rn_sim_fault_garbage (view.salt);
    case RN_SIM_FAULT_TYPES:
      return rn_sim_fault_spoil_types (answer->body);
    case RN_SIM_FAULT_FROZEN:
    case RN_SIM_FAULT_STUCK:
      return rn_sim_document_stamp (frozen_draft (self, fault, kind), at_us);
    case RN_SIM_FAULT_PARTIAL:
      draft = rn_sim_answers_draft (self->answers, kind, 0, &view);
      return rn_sim_document_stamp (draft, at_us);
    case RN_SIM_FAULT_LATE:
    case RN_SIM_FAULT_SKEW:
      draft = rn_sim_answers_draft (self->answers, kind, since, NULL);
      at_us += fault == RN_SIM_FAULT_LATE ? -LATE_US : SKEW_US;
      return rn_sim_document_stamp (draft, at_us);
    case RN_SIM_FAULT_NONE:
    case RN_SIM_FAULT_DROP:
    case RN_SIM_FAULT_500:
    case RN_SIM_FAULT_429:
    case RN_SIM_FAULT_CUT:
    case RN_SIM_FAULT_SLOW:
    case RN_SIM_FAULT_HUGE:
    case RN_SIM_N_FAULTS:
    default:
      return g_bytes_ref (answer->body);
    }
}

static gboolean
slow_cb (gpointer data)
{
  Slow *slow = data;

  slow->timer = 0;
  soup_server_message_unpause (slow->message);
  g_ptr_array_remove_fast (slow->server->slow, slow);
  return G_SOURCE_REMOVE;
}

static void
hold_back (RnSimServer *self, SoupServerMessage *message)
{
  Slow *slow = g_new0 (Slow, 1);

  slow->server = self;
  slow->message = g_object_ref (message);
  g_ptr_array_add (self->slow, slow);
  soup_server_message_pause (message);
  slow->timer = rn_clock_add_timer (self->clock, SLOW_US, slow_cb, slow, NULL);
}

static void
send_faulty (RnSimServer *self, SoupServerMessage *message, RnSimFault fault, RnSimKind kind,
             guint64 since)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) body = NULL;

  switch ((int) fault)
    {
    case RN_SIM_FAULT_DROP:
      rn_sim_wire_drop (message);
      return;
    case RN_SIM_FAULT_500:
      rn_sim_wire_problem (message, 500, "Internal error", "A fault that was asked for");
      return;
    case RN_SIM_FAULT_429:
      soup_message_headers_replace (headers, "Retry-After", RETRY_AFTER_S);
      rn_sim_wire_problem (message, 429, "Too many requests", "A fault that was asked for");
      return;
    case RN_SIM_FAULT_HUGE:
      rn_sim_wire_huge (message);
      return;
    case RN_SIM_FAULT_SLOW:
      send_answer (message, rn_sim_answers_get (self->answers, kind, since), kind);
      hold_back (self, message);
      return;
    default:
      break;
    }
  body = false_body (self, fault, kind, since);
  if (fault == RN_SIM_FAULT_CUT)
    rn_sim_wire_cut (message, rn_sim_kind_content_type (kind), body);
  else
    rn_sim_wire_send (message, rn_sim_kind_content_type (kind), body, FALSE);
}

/* Who asks. FALSE when a token was given that is none of ours. */
static gboolean
identify (SoupServerMessage *message, const char **name, gboolean *operate)
{
  static const struct {
    const char *token, *name;
    gboolean operate;
  } known[] = {
    { RN_SIM_TOKEN_OPERATOR_1, "周敏", TRUE },
    { RN_SIM_TOKEN_OPERATOR_2, "王建国", TRUE },
    { RN_SIM_TOKEN_VIEWER, "赵琳", FALSE },
  };
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *given = soup_message_headers_get_one (headers, "Authorization");

  *name = NULL;
  *operate = FALSE;
  if (given == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strncasecmp (given, "Bearer ", 7) == 0 && strcmp (given + 7, known[i].token) == 0)
      {
        *name = known[i].name;
        *operate = known[i].operate;
        return TRUE;
      }
  return FALSE;
}

/* The round of ?since=, 0 without one. FALSE: the cursor is none of ours, or too old. */
static gboolean
read_cursor (const RnSimServer *self, GHashTable *query, guint64 *since)
{
  const char *cursor = query != NULL ? g_hash_table_lookup (query, "since") : NULL;

  *since = 0;
  if (cursor == NULL)
    return TRUE;
  *since = rn_sim_flow_cursor_round (self->world, cursor);
  return *since != 0;
}

static void
serve_kind (RnSimServer *self, SoupServerMessage *message, RnSimKind kind, GHashTable *query)
{
  RnSimFault fault = rn_sim_faults_draw (self->faults, rn_sim_kind_word (kind));
  guint64 since = 0;

  if (kind == RN_SIM_KIND_FLOW && fault != RN_SIM_FAULT_FROZEN && fault != RN_SIM_FAULT_STUCK
      && !read_cursor (self, query, &since))
    {
      rn_sim_wire_problem (message, SOUP_STATUS_GONE, "Unknown cursor",
                           "Ask again without it: it is too old or of another run");
      return;
    }
  if (fault == RN_SIM_FAULT_NONE)
    send_answer (message, rn_sim_answers_get (self->answers, kind, since), kind);
  else
    send_faulty (self, message, fault, kind, since);
}

static void
serve_me (RnSimServer *self, SoupServerMessage *message, const char *name, gboolean operate)
{
  RnSimFault fault = rn_sim_faults_draw (self->faults, "me");
  g_autoptr (GBytes) body = NULL;

  if (fault == RN_SIM_FAULT_DROP)
    {
      rn_sim_wire_drop (message);
      return;
    }
  body = rn_sim_document_me (name, operate);
  rn_sim_wire_send (message, "application/json", body, FALSE);
}

/* One incident, with the strong tag of its revision. */
static void
serve_incident (RnSimServer *self, SoupServerMessage *message, const char *id)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  int revision = 0;
  g_autoptr (GBytes) body = rn_sim_document_incident (self->world, id, &revision);
  g_autofree char *etag = NULL;

  if (body == NULL)
    {
      rn_sim_wire_problem (message, SOUP_STATUS_NOT_FOUND, "No such incident", id);
      return;
    }
  etag = g_strdup_printf ("\"%d\"", revision);
  soup_message_headers_replace (headers, "ETag", etag);
  soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
  if (not_modified (message, etag))
    soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
  else
    rn_sim_wire_send (message, "application/geo+json", body, FALSE);
}

/* What may be written to by the contract. */
static gboolean
is_writable (const char *path)
{
  return strcmp (path, "incidents") == 0 || g_str_has_prefix (path, "incidents/")
         || strcmp (path, "measures") == 0 || g_str_has_prefix (path, "measures/")
         || g_str_has_prefix (path, "plans/");
}

static void
refuse_method (SoupServerMessage *message, const char *path, const char *method)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (is_writable (path) && (strcmp (method, "POST") == 0 || strcmp (method, "PATCH") == 0))
    {
      rn_sim_wire_problem (message, SOUP_STATUS_NOT_IMPLEMENTED, "Not implemented",
                           "This simulator serves the reading side of the API only");
      return;
    }
  soup_message_headers_replace (headers, "Allow", "GET, HEAD");
  rn_sim_wire_problem (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "Method not allowed", NULL);
}

static void
serve (RnSimServer *self, SoupServerMessage *message, const char *path, GHashTable *query)
{
  const char *method = soup_server_message_get_method (message), *name;
  int kind = *path == '\0' ? RN_SIM_KIND_ROOT : rn_sim_kind_find (path);
  gboolean operate;

  if (*path != '\0' && kind == RN_SIM_KIND_ROOT)
    kind = -1;
  if (!identify (message, &name, &operate))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "WWW-Authenticate", "Bearer");
      rn_sim_wire_problem (message, SOUP_STATUS_UNAUTHORIZED, "Unknown token", NULL);
    }
  else if (strcmp (method, "GET") != 0 && strcmp (method, "HEAD") != 0)
    refuse_method (message, path, method);
  else if (strcmp (path, "me") == 0)
    serve_me (self, message, name, operate);
  else if (kind >= 0)
    serve_kind (self, message, (RnSimKind) kind, query);
  else if (g_str_has_prefix (path, "incidents/"))
    serve_incident (self, message, path + strlen ("incidents/"));
  else
    rn_sim_wire_problem (message, SOUP_STATUS_NOT_FOUND, "Not found", path);
}

static void
handler_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer data)
{
  RnSimServer *self = data;

  move_on (self);
  set_time (self, message);
  if (g_str_has_prefix (path, "/v1/-/"))
    rn_sim_control_serve (self, message, path + strlen ("/v1/-/"));
  else if (g_str_has_prefix (path, "/v1/"))
    serve (self, message, path + strlen ("/v1/"), query);
  else if (strcmp (path, "/v1") == 0)
    serve (self, message, "", query);
  else
    rn_sim_wire_problem (message, SOUP_STATUS_NOT_FOUND, "Not found", path);
}

RnSimServer *
rn_sim_server_new (RnSimWorld *world, RnSimFaults *faults, RnClock *clock, double rate)
{
  RnSimServer *self = g_object_new (RN_TYPE_SIM_SERVER, NULL);

  self->world = world;
  self->faults = faults;
  self->clock = g_object_ref (clock);
  self->rate = rate;
  self->answers = rn_sim_answers_new (world);
  set_now (self, rn_sim_world_start (world));
  self->timer = rn_clock_add_timer (clock, RN_SECOND, tick_cb, self, NULL);
  return self;
}

gboolean
rn_sim_server_listen (RnSimServer *self, guint port, GError **error)
{
  GSList *uris;

  self->soup = soup_server_new ("server-header", "roadnet-simulator/" RN_VERSION, NULL);
  soup_server_add_handler (self->soup, NULL, handler_cb, self, NULL);
  if (!soup_server_listen_local (self->soup, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    {
      g_prefix_error (error, _("cannot listen on port %u: "), port);
      return FALSE;
    }
  uris = soup_server_get_uris (self->soup);
  g_free (self->address);
  self->address = g_strdup_printf ("http://127.0.0.1:%d/v1/", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

const char *
rn_sim_server_get_address (RnSimServer *self)
{
  return self->address;
}

void
rn_sim_server_stop (RnSimServer *self)
{
  if (self->clock != NULL)
    rn_clock_clear_timer (self->clock, &self->timer);
  if (self->slow != NULL)
    g_ptr_array_set_size (self->slow, 0);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
}

RnSimWorld *
rn_sim_server_get_world (RnSimServer *self)
{
  return self->world;
}

RnSimFaults *
rn_sim_server_get_faults (RnSimServer *self)
{
  return self->faults;
}

void
rn_sim_server_leap (RnSimServer *self, gint64 by_us)
{
  gint64 target = rn_sim_server_now_us (self) + by_us;

  rn_sim_world_advance (self->world, target);
  set_now (self, target);
}

void
rn_sim_server_thaw (RnSimServer *self)
{
  g_hash_table_remove_all (self->frozen);
}
