/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editors write a file in several steps, or put another in its place: what is seen is read a little
 * after the last of them. Main thread; read by a worker. */
#include "session/rn-rule-file.h"

#include "base/rn-file.h"
#include "base/rn-i18n.h"

#define SETTLE_US (RN_SECOND / 4)
#define MAX_BYTES ((gsize) 8 << 20)

struct _RnRuleFile {
  GObject parent_instance;
  RnClock *clock;
  GFile *file;
  GFileMonitor *monitor;
  guint settle;          /* timer */
  GCancellable *reading; /* NULL: nobody reads */
  gboolean was_read;
  GBytes *bytes;    /* as last read or written; NULL: no file */
  RnRuleSet *rules; /* of the last good one */
  char *error;
};

G_DEFINE_FINAL_TYPE (RnRuleFile, rn_rule_file, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- reading ------------------------------------------------------------------------------- */

typedef struct {
  GBytes *bytes;    /* NULL: no file */
  RnRuleSet *rules; /* NULL: no file, or not to be used */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->rules, rn_rule_set_unref);
  g_free (self);
}

/* TRUE without bytes: there is no file. */
static gboolean
read_bytes (GFile *file, GBytes **bytes, GError **error)
{
  g_autoptr (GError) local = NULL;

  *bytes = rn_file_read (g_file_peek_path (file), MAX_BYTES, &local);
  if (*bytes != NULL || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* In a worker. What cannot be used has bytes and an error: it is what lies there. */
static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reading *reading = g_new0 (Reading, 1);
  GError *error = NULL;

  if (read_bytes (data, &reading->bytes, &error) && reading->bytes != NULL)
    reading->rules = rn_rule_set_parse (reading->bytes, TRUE, &error);
  if (error == NULL)
    {
      g_task_return_pointer (task, reading, reading_free);
      return;
    }
  reading_free (reading);
  g_task_return_error (task, error);
}

static gboolean
same_bytes (const GBytes *a, const GBytes *b)
{
  return a == NULL || b == NULL ? a == b : g_bytes_equal (a, b);
}

static void
take_reading (RnRuleFile *self, Reading *reading)
{
  gboolean first = !self->was_read;
  gboolean same = same_bytes (reading->bytes, self->bytes) && self->error == NULL;

  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = g_steal_pointer (&reading->bytes);
  g_clear_pointer (&self->rules, rn_rule_set_unref);
  self->rules = g_steal_pointer (&reading->rules);
  self->was_read = TRUE;
  if (!same || first)
    g_signal_emit (self, signals[CHANGED], 0, FALSE);
}

static void
refuse (RnRuleFile *self, const GError *error)
{
  g_autofree char *path = g_file_get_parse_name (self->file);
  g_autofree char *text = g_strdup_printf ("%s: %s", path, error->message);

  if (g_strcmp0 (text, self->error) == 0)
    return;
  g_free (self->error);
  self->error = g_steal_pointer (&text);
  self->was_read = TRUE;
  g_signal_emit (self, signals[CHANGED], 0, FALSE);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RnRuleFile *self = RN_RULE_FILE (object);
  g_autoptr (GError) error = NULL;
  Reading *reading = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (reading == NULL)
    {
      refuse (self, error);
      return;
    }
  take_reading (self, reading);
  reading_free (reading);
}

static void
stop_reading (RnRuleFile *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
start_reading (RnRuleFile *self)
{
  g_autoptr (GTask) task = NULL;

  stop_reading (self);
  self->reading = g_cancellable_new ();
  task = g_task_new (self, self->reading, read_cb, NULL);
  g_task_set_task_data (task, g_object_ref (self->file), g_object_unref);
  g_task_run_in_thread (task, read_thread);
}

static gboolean
settled_cb (gpointer data)
{
  RnRuleFile *self = data;

  self->settle = 0;
  start_reading (self);
  return G_SOURCE_REMOVE;
}

static void
monitor_cb (RnRuleFile *self)
{
  rn_clock_clear_timer (self->clock, &self->settle);
  self->settle = rn_clock_add_timer (self->clock, SETTLE_US, settled_cb, self, NULL);
}

/* ---- writing ------------------------------------------------------------------------------- */

static gboolean
check_untouched (RnRuleFile *self, GError **error)
{
  g_autoptr (GBytes) there = NULL;

  if (self->error != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("The file of rules has to be mended first. %s"), self->error);
      return FALSE;
    }
  if (!read_bytes (self->file, &there, error))
    return FALSE;
  if (same_bytes (there, self->bytes))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG,
                       _("Somebody else changed the file of rules just now"));
  return FALSE;
}

static gboolean
make_folder (GFile *file, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GError) local = NULL;

  if (g_file_make_directory_with_parents (folder, NULL, &local)
      || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
rn_rule_file_save (RnRuleFile *self, const RnRuleSet *rules, GError **error)
{
  g_autofree char *text = rn_rule_set_dup_json (rules);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (RnRuleSet) read = NULL;

  if (!check_untouched (self, error) || !make_folder (self->file, error))
    return FALSE;
  read = rn_rule_set_parse (bytes, TRUE, error); /* what is written will be read */
  if (read == NULL)
    return FALSE;
  if (!g_file_replace_contents (self->file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE,
                                NULL, NULL, error))
    return FALSE;
  stop_reading (self); /* it may have seen the file before */
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = g_steal_pointer (&bytes);
  g_clear_pointer (&self->rules, rn_rule_set_unref);
  self->rules = g_steal_pointer (&read);
  g_signal_emit (self, signals[CHANGED], 0, TRUE);
  return TRUE;
}

/* ---- object -------------------------------------------------------------------------------- */

gboolean
rn_rule_file_was_read (RnRuleFile *self)
{
  return self->was_read;
}

const RnRuleSet *
rn_rule_file_get_rules (RnRuleFile *self)
{
  return self->rules;
}

const char *
rn_rule_file_get_error (RnRuleFile *self)
{
  return self->error;
}

static void
rn_rule_file_dispose (GObject *object)
{
  RnRuleFile *self = RN_RULE_FILE (object);

  stop_reading (self);
  if (self->clock != NULL)
    rn_clock_clear_timer (self->clock, &self->settle);
  g_clear_object (&self->monitor);
  g_clear_object (&self->file);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->rules, rn_rule_set_unref);
  g_clear_pointer (&self->error, g_free);
  G_OBJECT_CLASS (rn_rule_file_parent_class)->dispose (object);
}

static void
rn_rule_file_class_init (RnRuleFileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_rule_file_dispose;
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_RULE_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
rn_rule_file_init (RnRuleFile *self)
{
}

RnRuleFile *
rn_rule_file_new (const char *path, RnClock *clock)
{
  RnRuleFile *self = g_object_new (RN_TYPE_RULE_FILE, NULL);

  self->clock = g_object_ref (clock);
  self->file = g_file_new_for_path (path);
  self->monitor = g_file_monitor_file (self->file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (monitor_cb), self,
                             G_CONNECT_SWAPPED);
  start_reading (self);
  return self;
}
