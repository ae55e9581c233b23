/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each tone is played by a worker to its very end, since only then is it known that there was a
 * device. The context lives on: libcanberra tells the end of a sound a moment before it lets go
 * of it, and whoever frees the context in that moment is told twice; a worker waits that moment.
 * A sound of the desktop's theme wins over the file of ours. The role is one of its own: who
 * silences the desktop's event sounds has not silenced alerts. */
#include "ui/rn-sound.h"

#include <gsound.h>
#include <math.h>

#include "base/rn-i18n.h"
#include "alert/rn-tier.h"

#define GIVE_UP_S 10                  /* of the longest tone ten times */
#define NO_ANSWER_US (15 * RN_SECOND) /* the worker itself does not come back */
#define PROBE_US (600 * RN_SECOND)
#define PROBE_AGAIN_US (60 * RN_SECOND)
#define QUIETEST_DB -60.0
#define SETTLE_US (100 * 1000) /* in which libcanberra lets go of a sound that has ended */
#define MOST_PLAYING 4         /* a sound system that hangs gets no more */

struct _RnSound {
  GObject parent_instance;
  RnClock *clock;
  char *fault;
  guint probe_timer, answer_timer;
  guint n_playing, n_failed; /* workers out; failed ones in a row */

  GMutex mutex;           /* of what follows, which workers use */
  GSoundContext *context; /* NULL before the first tone */
  gboolean broken;        /* the last tone failed: the next one begins with another context */
};

G_DEFINE_FINAL_TYPE (RnSound, rn_sound, G_TYPE_OBJECT)

enum { PROP_0, PROP_FAULT, N_PROPS };
static GParamSpec *props[N_PROPS];
static guint played_signal;

/* One tone for a worker. */
typedef struct {
  int tier; /* 0: the probe */
  char *file, *name;
  double volume_db;
} Tone;

static void
tone_free (Tone *tone)
{
  g_free (tone->file);
  g_free (tone->name);
  g_free (tone);
}

static char *
dup_name (int tier)
{
  return tier != 0 ? g_strdup_printf ("roadnet-tier-%d", tier) : g_strdup ("roadnet-silence");
}

char *
rn_sound_dup_file (int tier)
{
  g_autofree char *name = dup_name (tier);
  g_autofree char *file = g_strconcat (name, ".wav", NULL);

  for (const char *const *folder = g_get_system_data_dirs (); *folder != NULL; folder++)
    {
      g_autofree char *path = g_build_filename (*folder, "sounds", file, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

/* ---- in the worker --------------------------------------------------------------------------- */

typedef struct {
  GAsyncResult *result;
} Ended;

static void
ended_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  ((Ended *) data)->result = g_object_ref (result);
}

static gboolean
give_up_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* A ref of the caller; NULL with @error. */
static GSoundContext *
ref_context (RnSound *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->broken)
    g_clear_object (&self->context);
  self->broken = FALSE;
  if (self->context == NULL)
    self->context = gsound_context_new (NULL, error);
  return self->context != NULL ? g_object_ref (self->context) : NULL;
}

static void
set_broken (RnSound *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->broken = TRUE;
}

static gboolean
play (RnSound *self, const Tone *tone, GMainContext *context, GCancellable *cancellable,
      GError **error)
{
  GSoundContext *sound = ref_context (self, error);
  g_autoptr (GObject) held = (GObject *) sound;
  g_autoptr (GSource) give_up = g_timeout_source_new_seconds (GIVE_UP_S);
  char volume[G_ASCII_DTOSTR_BUF_SIZE];
  Ended ended = { 0 };
  gboolean ok;

  if (sound == NULL)
    return FALSE;
  g_source_set_callback (give_up, give_up_cb, cancellable, NULL);
  g_source_attach (give_up, context);
  g_ascii_formatd (volume, sizeof volume, "%.1f", tone->volume_db);
  gsound_context_play_full (sound, cancellable, ended_cb, &ended, GSOUND_ATTR_EVENT_ID, tone->name,
                            GSOUND_ATTR_MEDIA_FILENAME, tone->file, GSOUND_ATTR_MEDIA_ROLE, "alarm",
                            GSOUND_ATTR_APPLICATION_ID, RN_APP_ID, GSOUND_ATTR_CANBERRA_VOLUME,
                            volume, NULL);
  while (ended.result == NULL)
    g_main_context_iteration (context, TRUE);
  ok = gsound_context_play_full_finish (sound, ended.result, error);
  g_object_unref (ended.result);
  g_source_destroy (give_up);
  g_usleep (SETTLE_US);
  if (!ok)
    set_broken (self);
  return ok;
}

static void
play_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GCancellable) late = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gboolean ok;

  g_main_context_push_thread_default (context);
  ok = play (source, data, context, late, &error);
  g_main_context_pop_thread_default (context);
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* ---- on the main thread ---------------------------------------------------------------------- */

static void
set_fault (RnSound *self, const char *fault)
{
  if (g_strcmp0 (fault, self->fault) == 0)
    return;
  g_free (self->fault);
  self->fault = g_strdup (fault);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FAULT]);
}

static gboolean
no_answer_cb (gpointer data)
{
  RnSound *self = data;

  self->answer_timer = 0;
  set_fault (self, _("the sound system does not answer"));
  return G_SOURCE_REMOVE;
}

/* Of what an operator can do something about, in words; the files were looked at before. */
static const char *
fault_of (const GError *error)
{
  if (g_error_matches (error, GSOUND_ERROR, GSOUND_ERROR_NODRIVER))
    return _("there is no sound system");
  if (g_error_matches (error, GSOUND_ERROR, GSOUND_ERROR_NOTFOUND)
      || g_error_matches (error, GSOUND_ERROR, GSOUND_ERROR_NOTAVAILABLE))
    return _("no sound device was found");
  if (g_error_matches (error, GSOUND_ERROR, GSOUND_ERROR_CANCELED))
    return _("the sound system does not answer");
  return error->message;
}

static void
played_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RnSound *self = RN_SOUND (object);
  const Tone *tone = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);

  self->n_playing--;
  if (self->n_playing == 0)
    rn_clock_clear_timer (self->clock, &self->answer_timer);
  self->n_failed = ok ? 0 : self->n_failed + 1;
  set_fault (self, ok ? NULL : fault_of (error));
  if (ok)
    g_signal_emit (self, played_signal, 0, tone->tier);
}

void
rn_sound_play (RnSound *self, int tier, double volume)
{
  g_autofree char *file = rn_sound_dup_file (tier);
  g_autoptr (GTask) task = NULL;
  Tone *tone;

  if (self->n_playing >= MOST_PLAYING)
    return;
  if (file == NULL)
    {
      self->n_failed++;
      set_fault (self, _("its sound files are not installed"));
      return;
    }
  tone = g_new0 (Tone, 1);
  tone->tier = tier;
  tone->file = g_steal_pointer (&file);
  tone->name = dup_name (tier);
  tone->volume_db = volume > 0 ? MAX (20 * log10 (MIN (volume, 1)), QUIETEST_DB) : QUIETEST_DB;
  task = g_task_new (self, NULL, played_cb, NULL);
  g_task_set_task_data (task, tone, (GDestroyNotify) tone_free);
  self->n_playing++;
  if (self->answer_timer == 0)
    self->answer_timer = rn_clock_add_timer (self->clock, NO_ANSWER_US, no_answer_cb, self, NULL);
  g_task_run_in_thread (task, play_thread);
}

/* A system without a device complains on standard error at each try: ever more rarely. */
static gint64
probe_in_us (RnSound *self)
{
  if (self->fault == NULL)
    return PROBE_US;
  return MIN (PROBE_AGAIN_US << MIN (self->n_failed, 4u), PROBE_US);
}

static gboolean
probe_cb (gpointer data)
{
  RnSound *self = data;

  if (self->n_playing == 0)
    rn_sound_play (self, 0, 1);
  self->probe_timer = rn_clock_add_timer (self->clock, probe_in_us (self), probe_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

void
rn_sound_watch (RnSound *self)
{
  rn_clock_clear_timer (self->clock, &self->probe_timer);
  probe_cb (self);
}

const char *
rn_sound_get_fault (RnSound *self)
{
  return self->fault;
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_sound_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, RN_SOUND (object)->fault);
}

static void
rn_sound_dispose (GObject *object)
{
  RnSound *self = RN_SOUND (object);

  if (self->clock != NULL)
    {
      rn_clock_clear_timer (self->clock, &self->probe_timer);
      rn_clock_clear_timer (self->clock, &self->answer_timer);
    }
  g_clear_object (&self->clock);
  g_clear_pointer (&self->fault, g_free);
  G_OBJECT_CLASS (rn_sound_parent_class)->dispose (object);
}

static void
rn_sound_finalize (GObject *object)
{
  RnSound *self = RN_SOUND (object);

  g_clear_object (&self->context);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (rn_sound_parent_class)->finalize (object);
}

static void
rn_sound_class_init (RnSoundClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = rn_sound_get_property;
  G_OBJECT_CLASS (klass)->dispose = rn_sound_dispose;
  G_OBJECT_CLASS (klass)->finalize = rn_sound_finalize;
  props[PROP_FAULT] =
      g_param_spec_string ("fault", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  played_signal = g_signal_new ("played", RN_TYPE_SOUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
rn_sound_init (RnSound *self)
{
  g_mutex_init (&self->mutex);
}

RnSound *
rn_sound_new (RnClock *clock)
{
  RnSound *self = g_object_new (RN_TYPE_SOUND, NULL);

  self->clock = g_object_ref (clock);
  return self;
}
