/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker runs rn_source_look() and sends each step to the main thread as a message; messages of
 * a run that was broken off are thrown away there. Of several answers of one feed (a recording) the
 * last one is shown, refused rows add up. Main thread but for the functions marked so. */
#include "ui/rn-source-test.h"

#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "feed/rn-source-load.h"
#include "net/rn-http.h"
#include "ui/rn-source-settings.h"

/* Of a recording so many answers of each feed are looked at: enough to see a fault that comes and
 * goes, few enough to wait for. */
#define MOST_FILES 12

/* What came of one feed; the entry behind the feeds is the server or the folder itself. */
typedef struct {
  gboolean asked, reading, answered;
  gboolean refused;    /* 401, 403 */
  char *error;         /* of the last answer, NULL */
  char *text, *note;   /* of the last good answer, NULL */
  guint n_failed;      /* answers that could not be taken */
  guint n_read, n_all; /* files */
  guint n_unjoined;
  RnRefusals *refusals; /* never NULL */
} Feed;

typedef struct {
  RnSourceTest *test;
  GCancellable *run;
  RnFeedKind kind;
  gboolean reading, answered, refused, shows;
  char *error, *path, *text, *note;
  guint n_read, n_all, n_unjoined;
  RnRefusals *refusals; /* NULL */
} Message;

struct _RnSourceTest {
  GObject parent_instance;
  GCancellable *run;  /* NULL: nothing runs */
  RnSourceSpec *spec; /* of the rows; NULL none */
  Feed feeds[RN_N_FEEDS + 1];
  gboolean shows; /* something came that a screen can show */
  GPtrArray *rows;
  RnVerdict verdict;
  char *summary;
};

G_DEFINE_FINAL_TYPE (RnSourceTest, rn_source_test, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
test_row_free (gpointer data)
{
  RnTestRow *row = data;

  g_free (row->title);
  g_free (row->text);
  g_free (row->note);
  g_clear_pointer (&row->refusals, rn_refusals_unref);
  g_free (row);
}

static void
message_free (gpointer data)
{
  Message *message = data;

  g_object_unref (message->test);
  g_object_unref (message->run);
  g_free (message->error);
  g_free (message->path);
  g_free (message->text);
  g_free (message->note);
  g_clear_pointer (&message->refusals, rn_refusals_unref);
  g_free (message);
}

/* ---- what a document says: in the worker ----------------------------------------------------- */

static guint
length (const GPtrArray *array)
{
  return array != NULL ? array->len : 0;
}

/* Takes @part. */
static void
append (GString *text, char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
  g_free (part);
}

/* @template: translated, with one %s for the number. */
static char *
dup_number (const char *template, guint n)
{
  g_autofree char *number = rn_text_count (n);
  g_auto (GStrv) parts = g_strsplit (template, "%s", 2);

  return g_strconcat (parts[0], number, parts[1], NULL);
}

static void
append_network (GString *text, const RnNetwork *network)
{
  append (text, dup_number (ngettext ("%s section", "%s sections", network->n_sections),
                            network->n_sections));
  if (network->n_facilities > 0)
    append (text, dup_number (ngettext ("%s facility", "%s facilities", network->n_facilities),
                              network->n_facilities));
}

static void
append_flow (GString *text, const RnFlowUpdate *flow)
{
  guint n_usable = flow->n_rows - MIN (flow->n_rows, flow->n_no_data);

  append (text, dup_number (ngettext ("%s section with data", "%s sections with data", n_usable),
                            n_usable));
  if (flow->n_no_data > 0)
    append (text,
            dup_number (ngettext ("%s without", "%s without", flow->n_no_data), flow->n_no_data));
}

static char *
dup_text (const RnDocument *document)
{
  GString *text = g_string_new (NULL);

  if (document->network != NULL)
    append_network (text, document->network);
  if (document->flow != NULL)
    append_flow (text, document->flow);
  if (document->incidents != NULL)
    append (text, dup_number (ngettext ("%s incident", "%s incidents", document->incidents->len),
                              document->incidents->len));
  if (document->works != NULL)
    append (text, dup_number (ngettext ("%s work", "%s works", document->works->len),
                              document->works->len));
  if (length (document->devices) > 0)
    append (text, dup_number (ngettext ("%s device", "%s devices", length (document->devices)),
                              length (document->devices)));
  if (document->stations != NULL)
    append (text, dup_number (ngettext ("%s station", "%s stations", document->stations->len),
                              document->stations->len));
  if (document->warnings != NULL)
    append (text, dup_number (ngettext ("%s warning", "%s warnings", document->warnings->len),
                              document->warnings->len));
  if (document->facility_states != NULL)
    append (text,
            dup_number (ngettext ("%s facility", "%s facilities", document->facility_states->len),
                        document->facility_states->len));
  if (document->kpis != NULL)
    append (text, dup_number (ngettext ("%s figure", "%s figures", document->kpis->len),
                              document->kpis->len));
  if (document->plans != NULL)
    append (text, dup_number (ngettext ("%s plan", "%s plans", document->plans->len),
                              document->plans->len));
  return g_string_free (text, FALSE);
}

static gboolean
shows_something (const RnDocument *document)
{
  return (document->network != NULL && document->network->n_sections > 0)
         || (document->flow != NULL && document->flow->n_rows > document->flow->n_no_data)
         || length (document->incidents) + length (document->works) + length (document->stations)
                    + length (document->warnings) + length (document->facility_states)
                    + length (document->kpis) + length (document->plans)
                    + length (document->devices)
                > 0;
}

/* "version 2026-09", "12 s ago", or of a recording "2013-04-24 00:05". */
static char *
dup_note (const RnDocument *document, gint64 received_us, const GTimeZone *timezone,
          gboolean recorded)
{
  g_autofree char *age = NULL, *at = NULL;

  if (document->network != NULL && document->network->version != NULL
      && *document->network->version != '\0')
    return g_strdup_printf (_("version %s"), document->network->version);
  if (document->observed_at_us == 0)
    return NULL;
  if (recorded)
    {
      at = rn_text_rfc3339_local (document->observed_at_us, (GTimeZone *) timezone);
      g_strdelimit (at, "T", ' ');
      at[MIN (strlen (at), strlen ("2013-04-24 00:05"))] = '\0';
      return g_steal_pointer (&at);
    }
  if (received_us == 0)
    return NULL;
  age = rn_text_age (received_us - document->observed_at_us);
  return g_strdup_printf (C_ ("age", "%s ago"), age);
}

/* ---- worker ---------------------------------------------------------------------------------- */

typedef struct {
  RnSourceSpec *spec;
  GTimeZone *timezone; /* of the kind; NULL: UTC */
  RnSourceTest *test;  /* borrowed: the task holds it */
  GCancellable *run;
  GMainContext *context;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  rn_source_spec_free (job->spec);
  g_clear_pointer (&job->timezone, g_time_zone_unref);
  g_object_unref (job->run);
  g_main_context_unref (job->context);
  g_free (job);
}

static gboolean take_message_cb (gpointer data);

/* Takes @message. */
static void
send (GMainContext *context, Message *message)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, take_message_cb, message, message_free);
  g_source_attach (source, context);
}

static void
progress_cb (const RnSourceProgress *progress, gpointer data)
{
  Job *job = data;
  Message *message = g_new0 (Message, 1);
  const RnDocument *document = progress->document;

  message->test = g_object_ref (job->test);
  message->run = g_object_ref (job->run);
  message->kind = progress->kind;
  message->reading = progress->reading;
  message->n_read = progress->n_read;
  message->n_all = progress->n_all;
  message->path = g_strdup (progress->path);
  if (progress->error != NULL)
    {
      message->error = g_strdup (progress->error->message);
      message->refused = g_error_matches (progress->error, RN_NET_ERROR, RN_NET_ERROR_REFUSED);
    }
  if (document != NULL)
    {
      message->answered = TRUE;
      message->shows = shows_something (document);
      message->text = dup_text (document);
      message->note = dup_note (document, progress->received_us, job->timezone,
                                progress->n_all > 0 || progress->received_us == 0);
      message->n_unjoined =
          document->flow != NULL ? length (document->flow->unjoined) : length (document->unjoined);
      message->refusals = document->refusals != NULL ? rn_refusals_ref (document->refusals) : NULL;
    }
  send (job->context, message);
}

static void
run_job (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (rn_source_look (job->spec, MOST_FILES, progress_cb, job, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static RnTestRow *
add_row (RnSourceTest *self, const char *title, RnTestMark mark, const char *text)
{
  RnTestRow *row = g_new0 (RnTestRow, 1);

  row->title = g_strdup (title);
  row->mark = mark;
  row->text = g_strdup (text);
  g_ptr_array_add (self->rows, row);
  return row;
}

/* "9 incidents · 12 of 1,440 answers looked at" */
static char *
dup_feed_text (const Feed *feed)
{
  g_autofree char *n_read = rn_text_count (feed->n_read), *n_all = rn_text_count (feed->n_all);
  const char *text = feed->text != NULL && *feed->text != '\0' ? feed->text : _("nothing in it");

  if (feed->n_all <= 1)
    return g_strdup (text);
  /* Translators: what came · how many of how many recorded answers were looked at */
  return g_strdup_printf (_("%s · %s of %s answers looked at"), text, n_read, n_all);
}

static void
add_refusals_row (RnSourceTest *self, const char *title, const Feed *feed)
{
  guint n = rn_refusals_total (feed->refusals);
  g_autofree char *row_title = NULL, *number = NULL, *text = NULL;
  RnTestRow *row;

  if (n == 0)
    return;
  row_title = g_strdup_printf (_("%s rows"), title);
  number = dup_number (ngettext ("%s row refused", "%s rows refused", n), n);
  text = g_strdup_printf (_("%s: %s"), number, rn_refusals_nth (feed->refusals, 0)->reason);
  row = add_row (self, row_title, RN_TEST_WARNING, text);
  row->refusals = rn_refusals_ref (feed->refusals);
}

static void
add_unjoined_row (RnSourceTest *self, const char *title, const Feed *feed)
{
  g_autofree char *row_title = NULL, *text = NULL;

  if (feed->n_unjoined == 0)
    return;
  row_title = g_strdup_printf (_("%s rows"), title);
  text =
      dup_number (ngettext ("%s row of a section that the network does not have",
                            "%s rows of sections that the network does not have", feed->n_unjoined),
                  feed->n_unjoined);
  add_row (self, row_title, RN_TEST_WARNING, text);
}

static void
add_feed_rows (RnSourceTest *self, RnFeedKind kind, const Feed *feed)
{
  const char *title = kind < RN_N_FEEDS ? rn_feed_kind_title (kind) : _("Source");
  g_autofree char *text = NULL;
  RnTestRow *row;

  if (feed->answered)
    {
      text = dup_feed_text (feed);
      row = add_row (self, title, feed->n_failed > 0 ? RN_TEST_WARNING : RN_TEST_GOOD, text);
      row->note = g_strdup (feed->note);
    }
  else if (feed->error != NULL)
    {
      row = add_row (self, title, RN_TEST_BAD, feed->error);
      row->refused = feed->refused;
    }
  else if (feed->reading)
    add_row (self, title, RN_TEST_READING, _("Reading…"));
  add_unjoined_row (self, title, feed);
  add_refusals_row (self, title, feed);
}

static guint
count_marks (RnSourceTest *self, RnTestMark mark)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += ((const RnTestRow *) self->rows->pdata[i])->mark == mark;
  return n;
}

/* Takes @summary. */
static void
set_verdict (RnSourceTest *self, RnVerdict verdict, char *summary)
{
  self->verdict = verdict;
  g_free (self->summary);
  self->summary = summary;
}

static void
update_rows (RnSourceTest *self)
{
  g_ptr_array_set_size (self->rows, 0);
  for (guint kind = 0; kind <= RN_N_FEEDS; kind++)
    if (self->feeds[kind].asked)
      add_feed_rows (self, kind, &self->feeds[kind]);
}

static void
judge (RnSourceTest *self)
{
  guint n_faults = count_marks (self, RN_TEST_BAD) + count_marks (self, RN_TEST_WARNING);

  if (!self->shows)
    set_verdict (self, RN_VERDICT_UNUSABLE,
                 g_strdup (n_faults > 0 ? _("It cannot be used: nothing came that could be shown.")
                                        : _("It cannot be used: it holds nothing of this kind.")));
  else if (n_faults > 0)
    set_verdict (self, RN_VERDICT_WITH_FAULTS,
                 dup_number (ngettext ("It can be used; %s line needs a look.",
                                       "It can be used; %s lines need a look.", n_faults),
                             n_faults));
  else
    set_verdict (self, RN_VERDICT_GOOD, g_strdup (_("It can be used.")));
}

/* ---- messages -------------------------------------------------------------------------------- */

static void
take_error (Feed *feed, const Message *message)
{
  feed->n_failed++;
  g_free (feed->error);
  feed->error = message->refused
                    ? g_strdup_printf (_("The token is not accepted: %s"), message->error)
                    : g_strdup (message->error);
  feed->refused = message->refused;
  /* of several files each is a line of its own behind the button */
  if (message->n_all > 1 || message->kind == RN_N_FEEDS)
    rn_refusals_add (feed->refusals, message->path != NULL ? message->path : "", message->error);
}

static void
take_answer (RnSourceTest *self, Feed *feed, Message *message)
{
  feed->answered = TRUE;
  self->shows = self->shows || message->shows;
  g_free (feed->text);
  g_free (feed->note);
  feed->text = g_steal_pointer (&message->text);
  feed->note = g_steal_pointer (&message->note);
  feed->n_unjoined = message->n_unjoined;
  if (message->refusals != NULL)
    rn_refusals_merge (feed->refusals, message->refusals);
}

static gboolean
take_message_cb (gpointer data)
{
  Message *message = data;
  RnSourceTest *self = message->test;
  Feed *feed = &self->feeds[message->kind];

  if (self->run != message->run)
    return G_SOURCE_REMOVE;
  feed->asked = TRUE;
  feed->reading = message->reading;
  feed->n_read = message->n_read;
  feed->n_all = message->n_all;
  if (message->error != NULL)
    take_error (feed, message);
  if (message->answered)
    take_answer (self, feed, message);
  update_rows (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
ended_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RnSourceTest *self = RN_SOURCE_TEST (object);
  g_autoptr (GError) error = NULL;
  gboolean good = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->run != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->run);
  if (good)
    judge (self);
  else
    {
      add_row (self, _("Source"), RN_TEST_BAD, error->message);
      set_verdict (self, RN_VERDICT_UNUSABLE, g_strdup (_("It cannot be used.")));
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
clear (RnSourceTest *self)
{
  if (self->run != NULL)
    g_cancellable_cancel (self->run);
  g_clear_object (&self->run);
  g_clear_pointer (&self->spec, rn_source_spec_free);
  for (guint i = 0; i <= RN_N_FEEDS; i++)
    {
      Feed *feed = &self->feeds[i];

      g_free (feed->error);
      g_free (feed->text);
      g_free (feed->note);
      g_clear_pointer (&feed->refusals, rn_refusals_unref);
      *feed = (Feed){ .refusals = rn_refusals_new () };
    }
  self->shows = FALSE;
  g_ptr_array_set_size (self->rows, 0);
  set_verdict (self, RN_VERDICT_NONE, g_strdup (""));
}

static void
rn_source_test_finalize (GObject *object)
{
  RnSourceTest *self = RN_SOURCE_TEST (object);

  clear (self);
  for (guint i = 0; i <= RN_N_FEEDS; i++)
    rn_refusals_unref (self->feeds[i].refusals);
  g_ptr_array_unref (self->rows);
  g_free (self->summary);
  G_OBJECT_CLASS (rn_source_test_parent_class)->finalize (object);
}

static void
rn_source_test_class_init (RnSourceTestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rn_source_test_finalize;
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_SOURCE_TEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
rn_source_test_init (RnSourceTest *self)
{
  self->rows = g_ptr_array_new_with_free_func (test_row_free);
  clear (self);
}

RnSourceTest *
rn_source_test_new (void)
{
  return g_object_new (RN_TYPE_SOURCE_TEST, NULL);
}

static void
start_job (RnSourceTest *self, const RnSourceSpec *spec)
{
  const RnAdapter *adapter = rn_adapter_find (spec->adapter);
  g_autoptr (GTask) task = NULL;
  Job *job = g_new0 (Job, 1);

  self->run = g_cancellable_new ();
  job->spec = rn_source_spec_copy (spec);
  job->timezone = adapter != NULL && adapter->timezone != NULL
                      ? g_time_zone_new_identifier (adapter->timezone)
                      : NULL;
  job->test = self;
  job->run = g_object_ref (self->run);
  job->context = g_main_context_ref_thread_default ();
  task = g_task_new (self, self->run, ended_cb, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

void
rn_source_test_start (RnSourceTest *self, const RnSourceSpec *spec)
{
  g_autofree char *problem = rn_source_settings_check (spec);

  clear (self);
  self->spec = rn_source_spec_copy (spec);
  if (problem != NULL)
    {
      add_row (self, _("Source"), RN_TEST_BAD, problem);
      set_verdict (self, RN_VERDICT_UNUSABLE, g_strdup (_("It cannot be used.")));
    }
  else if (g_str_equal (spec->adapter, RN_SOURCE_DEMO))
    {
      add_row (self, _("Source"), RN_TEST_GOOD,
               _("A simulated province, made on this machine; nothing in it is real"));
      set_verdict (self, RN_VERDICT_GOOD, g_strdup (_("It can be used.")));
    }
  else
    {
      set_verdict (self, RN_VERDICT_RUNNING, g_strdup (_("Reading…")));
      start_job (self, spec);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
rn_source_test_is_of (RnSourceTest *self, const RnSourceSpec *spec)
{
  const RnSourceSpec *own = self->spec;

  return own != NULL && g_str_equal (own->adapter, spec->adapter)
         && g_str_equal (own->location, spec->location) && g_strcmp0 (own->token, spec->token) == 0
         && own->allow_http == spec->allow_http && own->crs == spec->crs;
}

void
rn_source_test_cancel (RnSourceTest *self)
{
  clear (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

const GPtrArray *
rn_source_test_get_rows (RnSourceTest *self)
{
  return self->rows;
}

RnVerdict
rn_source_test_get_verdict (RnSourceTest *self)
{
  return self->verdict;
}

const char *
rn_source_test_get_summary (RnSourceTest *self)
{
  return self->summary;
}
