/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the session from the options, opens the window, and takes the picture if one was asked for.
 * A start without options raises the window that is there; one with a source, the demo or a picture
 * is a process of its own, whose sources win over those of the settings and are not kept. Main
 * thread; owns the session. */
#include "ui/rn-application.h"

#include <glib-unix.h>

#include "base/rn-i18n.h"
#include "base/rn-memory.h"
#include "base/rn-paths.h"
#include "base/rn-watchdog.h"
#include "base/rn-text.h"
#include "map/rn-jobs.h"
#include "ui/rn-about.h"
#include "ui/rn-alert-service.h"
#include "ui/rn-operator.h"
#include "ui/rn-preferences.h"
#include "ui/rn-settings.h"
#include "ui/rn-snapshot.h"
#include "ui/rn-style.h"
#include "ui/rn-window.h"

#define FIRST_ANSWERS_US (10 * G_USEC_PER_SEC)

struct _RnApplication {
  AdwApplication parent_instance;
  RnOptions *options;
  RnClock *clock;
  RnSession *session;
  RnSourceBook *book;
  RnAlertService *alerts;
  RnWindow *window;        /* borrowed from GTK; NULL before and after */
  GtkWindow *preferences;  /* the same */
  guint end_source;        /* of SIGTERM */
  gint64 picture_asked_us; /* when a picture was first wanted, monotonic; 0 not yet */
  int status;
};

G_DEFINE_FINAL_TYPE (RnApplication, rn_application, ADW_TYPE_APPLICATION)

static void
fail (RnApplication *self, int status, const GError *error)
{
  g_printerr ("roadnet: %s\n", error->message);
  self->status = status;
}

/* ---- sources --------------------------------------------------------------------------------- */

static gboolean
add_sources (RnApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (self->options->demo && !rn_session_add_demo (self->session, NULL, &error))
    {
      fail (self, 1, error);
      return FALSE;
    }
  for (guint i = 0; i < self->options->sources->len; i++)
    if (!rn_session_add_source (self->session, self->options->sources->pdata[i], &error))
      {
        fail (self, 2, error);
        return FALSE;
      }
  return TRUE;
}

static RnFrameStoreLimits
history_limits (void)
{
  RnFrameStoreLimits limits = RN_FRAME_STORE_LIMITS_DEFAULT;

  limits.days = (guint) g_settings_get_int (rn_settings_get (), "history-days");
  limits.max_bytes = (guint64) g_settings_get_int (rn_settings_get (), "history-mib") << 20;
  return limits;
}

/* Pictures leave the history alone unless they are told a folder. */
static void
open_history (RnApplication *self)
{
  const char *wish = self->options->history;
  g_autofree char *usual = g_build_filename (g_get_user_data_dir (), "roadnet", "history", NULL);
  RnFrameStoreLimits limits = history_limits ();

  if (g_strcmp0 (wish, "off") == 0 || (wish == NULL && self->options->snapshot != NULL))
    return;
  rn_history_open (rn_session_get_history (self->session), wish != NULL ? wish : usual, &limits,
                   self->clock);
}

/* A setting, or @usual (taken) while it is empty. */
static char *
dup_setting_or (const char *key, char *usual)
{
  g_autofree char *text = g_settings_get_string (rn_settings_get (), key);
  g_autofree char *owned = usual;

  return *text != '\0' ? g_steal_pointer (&text) : g_steal_pointer (&owned);
}

static void
set_rules_file (RnApplication *self)
{
  g_autofree char *path = dup_setting_or (
      "rules-file", g_build_filename (g_get_user_config_dir (), "roadnet", "rules.json", NULL));

  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *plans = g_build_filename (folder, "plans.json", NULL);

  rn_alert_desk_set_rules_file (rn_session_get_alert_desk (self->session), path);
  rn_plan_desk_set_file (rn_session_get_plan_desk (self->session), plans);
}

/* A picture shows what it is told to, not what happened at this seat. */
static void
open_alerts (RnApplication *self)
{
  g_autofree char *folder = dup_setting_or (
      "journal-folder", g_build_filename (g_get_user_data_dir (), "roadnet", "journal", NULL));
  g_autofree char *key_file = g_settings_get_string (rn_settings_get (), "journal-key-file");
  g_autofree char *seat = rn_operator_dup_seat ();

  if (self->options->snapshot != NULL)
    return;
  rn_session_seek_journal_key (self->session, *key_file != '\0' ? key_file : NULL);
  set_rules_file (self);
  g_signal_connect_object (rn_settings_get (), "changed::rules-file", G_CALLBACK (set_rules_file),
                           self, G_CONNECT_SWAPPED);
  rn_session_keep_alerts (self->session, folder, seat, NULL);
}

/* The preferences, when they are open, say it themselves. */
static void
said_cb (RnApplication *self, const char *message)
{
  GtkWidget *dialog;

  if (self->window == NULL || self->preferences != NULL)
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (self->window), _("Access Token"), message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
make_book (RnApplication *self)
{
  const RnOptions *options = self->options;

  self->book = rn_source_book_new (self->session, !options->demo && options->sources->len == 0);
  g_signal_connect_object (self->book, "said", G_CALLBACK (said_cb), self, G_CONNECT_SWAPPED);
}

/* ---- settings -------------------------------------------------------------------------------- */

static void
theme_changed_cb (RnApplication *self)
{
  static const RnThemeId themes[] = { RN_N_THEMES, RN_THEME_DARK, RN_THEME_LIGHT, RN_THEME_HC };
  int theme = g_settings_get_enum (rn_settings_get (), "theme");

  rn_style_set_wanted (rn_style_get_default (),
                       themes[CLAMP (theme, 0, (int) G_N_ELEMENTS (themes) - 1)]);
}

/* All that is on the screen says its figures anew. */
static void
units_changed_cb (RnApplication *self)
{
  rn_text_set_units ((RnUnits) g_settings_get_enum (rn_settings_get (), "units"));
  g_signal_emit_by_name (self->session, "changed");
  g_signal_emit_by_name (self->session, "feeds-changed");
}

static void
limits_changed_cb (RnApplication *self)
{
  RnFrameStoreLimits limits = history_limits ();

  rn_history_set_limits (rn_session_get_history (self->session), &limits);
}

static void
follow_settings (RnApplication *self)
{
  GSettings *settings = rn_settings_get ();

  g_signal_connect_object (settings, "changed::history-days", G_CALLBACK (limits_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::history-mib", G_CALLBACK (limits_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::theme", G_CALLBACK (theme_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::units", G_CALLBACK (units_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->options->has_theme)
    rn_style_set_wanted (rn_style_get_default (), self->options->theme);
  else
    theme_changed_cb (self);
  units_changed_cb (self);
}

/* ---- what the command line asked to see ------------------------------------------------------ */

/* The same with the source in front, when the person left it out. */
static RnSubject *
complete_key (const RnFrame *frame, const RnSubject *subject)
{
  g_autofree char *key = NULL;

  if (subject->kind == RN_SUBJECT_ROAD || strchr (subject->key, '/') != NULL
      || frame->network->n_sources == 0)
    return rn_subject_copy (subject);
  key = g_strdup_printf ("%s/%s", frame->network->sources[0], subject->key);
  return rn_subject_new (subject->kind, key);
}

/* Selects it once it is there. TRUE when that is done or nothing was asked. */
static gboolean
try_select (RnApplication *self)
{
  const RnFrame *frame = rn_session_get_frame (self->session);
  g_autoptr (RnSubject) subject = NULL;
  RnBox box;

  if (self->options->select == NULL || self->window == NULL)
    return TRUE;
  subject = complete_key (frame, self->options->select);
  if (subject->kind == RN_SUBJECT_PLAN
          ? rn_plan_desk_find (rn_session_get_plan_desk (self->session), subject->key) == NULL
          : !rn_frame_locate (frame, subject, &box))
    return FALSE;
  if (self->options->has_view || subject->kind == RN_SUBJECT_PLAN)
    rn_seat_select (rn_window_get_seat (self->window), subject);
  else
    rn_seat_go_to (rn_window_get_seat (self->window), subject);
  g_clear_pointer (&self->options->select, rn_subject_free);
  return TRUE;
}

static void
session_changed_cb (RnApplication *self)
{
  try_select (self);
}

/* Whether the first roads or speeds are still to come: a picture waits for them some seconds. */
static gboolean
awaits_first_answers (RnApplication *self)
{
  const RnFrame *frame = rn_session_get_frame (self->session);
  gint64 now_us = g_get_monotonic_time ();

  if (self->picture_asked_us == 0)
    self->picture_asked_us = now_us;
  if (now_us - self->picture_asked_us > FIRST_ANSWERS_US)
    return FALSE;
  for (guint i = 0; i < frame->n_feeds; i++)
    if (frame->feeds[i]->kind <= RN_FEED_FLOW && frame->feeds[i]->state == RN_FEED_WAITING)
      return TRUE;
  return frame->n_feeds == 0 && rn_session_get_n_sources (self->session) > 0;
}

static gboolean
picture_ready_cb (gpointer data, GError **error)
{
  RnApplication *self = data;
  const char *demo_error = rn_session_get_demo_error (self->session);

  if (self->window == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _("the window was closed"));
      return FALSE;
    }
  if (demo_error != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", demo_error);
      return FALSE;
    }
  if (!try_select (self))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("--select: there is no such thing as “%s” now"), self->options->select->key);
      return FALSE;
    }
  return !awaits_first_answers (self) && rn_window_is_settled (self->window);
}

static void
picture_taken_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RnApplication *self = data;
  g_autoptr (GError) error = NULL;

  if (!rn_snapshot_take_finish (result, &error))
    fail (self, 1, error);
  g_application_quit (G_APPLICATION (self));
}

static void
window_gone_cb (gpointer data, GObject *window)
{
  RN_APPLICATION (data)->window = NULL;
}

static void
open_window (RnApplication *self)
{
  const RnOptions *options = self->options;

  self->window = rn_window_new (GTK_APPLICATION (self), self->session);
  rn_alert_service_set_window (self->alerts, self->window);
  rn_window_set_book (self->window, self->book);
  g_object_weak_ref (G_OBJECT (self->window), window_gone_cb, self);
  if (options->width > 0)
    gtk_window_set_default_size (GTK_WINDOW (self->window), options->width, options->height);
  if (options->base_maps->len > 0)
    rn_map_view_set_rasters (rn_window_get_map (self->window),
                             (const RnRasterSpec *const *) options->base_maps->pdata,
                             options->base_maps->len);
  if (options->snapshot == NULL)
    rn_window_remember (self->window, options->width == 0, !options->has_view);
  if (options->has_view)
    rn_map_view_go_to (rn_window_get_map (self->window), options->lon, options->lat, options->zoom,
                       FALSE);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (options->snapshot != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->window), "rn-picture");
  gtk_window_present (GTK_WINDOW (self->window));
  if (options->snapshot != NULL)
    rn_snapshot_take_async (GTK_WINDOW (self->window), options->snapshot, options->after_us,
                            picture_ready_cb, self, picture_taken_cb, self);
}

/* ---- application ----------------------------------------------------------------------------- */

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rn_about_show (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

static void
preferences_gone_cb (gpointer data, GObject *preferences)
{
  RN_APPLICATION (data)->preferences = NULL;
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RnApplication *self = data;

  if (self->window == NULL)
    return;
  if (self->preferences == NULL)
    {
      self->preferences = rn_preferences_new (GTK_WINDOW (self->window), self->book,
                                              rn_window_get_seat (self->window));
      g_object_weak_ref (G_OBJECT (self->preferences), preferences_gone_cb, self);
    }
  gtk_window_present (self->preferences);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_quit (G_APPLICATION (data));
}

static void
add_actions (RnApplication *self)
{
  static const GActionEntry entries[] = {
    { "about", about_cb },
    { "quit", quit_cb },
    { "preferences", preferences_cb },
  };
  static const struct {
    const char *action;
    const char *keys[3];
  } keys[] = {
    { "app.quit", { "<Control>q" } },
    { "app.preferences", { "<Control>comma" } },
    { "win.search", { "<Control>k", "<Control>f" } },
    { "win.panel", { "F9" } },
    { "win.show-help-overlay", { "F1", "<Control>question" } },
    { "win.tab(1)", { "<Control>1" } },
    { "win.tab(2)", { "<Control>2" } },
    { "win.tab(3)", { "<Control>3" } },
    { "win.tab(4)", { "<Control>4" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i].action, keys[i].keys);
}

/* The end of a desktop session is an end like any other: the journal says so. */
static gboolean
asked_to_end_cb (gpointer data)
{
  g_application_quit (data);
  return G_SOURCE_CONTINUE;
}

static void
rn_application_startup (GApplication *application)
{
  RnApplication *self = RN_APPLICATION (application);

  G_APPLICATION_CLASS (rn_application_parent_class)->startup (application);
  self->end_source = g_unix_signal_add (SIGTERM, asked_to_end_cb, self);
  self->clock = rn_clock_new_system ();
  self->session = rn_session_new (self->clock);
  make_book (self);
  self->alerts =
      rn_alert_service_new (GTK_APPLICATION (self), self->session, self->options->snapshot != NULL);
  follow_settings (self);
  add_actions (self);
}

static void
rn_application_activate (GApplication *application)
{
  RnApplication *self = RN_APPLICATION (application);

  if (self->window == NULL)
    {
      if (!add_sources (self))
        return; /* without a window the program ends */
      open_history (self);
      open_alerts (self);
      rn_session_start (self->session);
      open_window (self);
      rn_source_book_apply (self->book);
      return;
    }
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
rn_application_shutdown (GApplication *application)
{
  RnApplication *self = RN_APPLICATION (application);

  if (self->alerts != NULL)
    rn_alert_service_end (self->alerts);
  if (self->session != NULL)
    {
      rn_session_stop (self->session);
      rn_alert_desk_close (rn_session_get_alert_desk (self->session));
      rn_history_close (rn_session_get_history (self->session));
    }
  g_clear_handle_id (&self->end_source, g_source_remove);
  G_APPLICATION_CLASS (rn_application_parent_class)->shutdown (application);
  g_clear_object (&self->alerts);
  g_clear_object (&self->book);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
}

static void
rn_application_finalize (GObject *object)
{
  RnApplication *self = RN_APPLICATION (object);

  if (self->window != NULL)
    g_object_weak_unref (G_OBJECT (self->window), window_gone_cb, self);
  if (self->preferences != NULL)
    g_object_weak_unref (G_OBJECT (self->preferences), preferences_gone_cb, self);
  g_clear_pointer (&self->options, rn_options_free);
  G_OBJECT_CLASS (rn_application_parent_class)->finalize (object);
}

static void
rn_application_class_init (RnApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rn_application_finalize;
  application_class->startup = rn_application_startup;
  application_class->activate = rn_application_activate;
  application_class->shutdown = rn_application_shutdown;
}

static void
rn_application_init (RnApplication *self)
{
}

RnApplication *
rn_application_new (RnOptions *options)
{
  RnApplication *self =
      g_object_new (RN_TYPE_APPLICATION, "application-id", RN_APP_ID, "flags",
                    rn_options_want_own_process (options) ? G_APPLICATION_NON_UNIQUE
                                                          : G_APPLICATION_DEFAULT_FLAGS,
                    "resource-base-path", "/com/example/RoadNet", NULL);

  self->options = options;
  return self;
}

/* Before any words: that of the command line, of the preferences, of the desktop. */
static void
init_language (int argc, char **argv)
{
  const char *asked = rn_options_language (argc, argv);
  g_autofree char *kept =
      asked == NULL && rn_settings_check (NULL) ? rn_settings_dup_language () : NULL;

  rn_i18n_init (asked != NULL ? asked : kept);
}

int
rn_application_main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnApplication) self = NULL;
  RnOptions *options;
  int status;

  rn_memory_init ();
  rn_paths_init ();
  init_language (argc, argv);
  options = rn_options_parse (argc, argv, &error);
  if (options == NULL)
    {
      g_printerr ("roadnet: %s\n", error->message);
      return 2;
    }
  if (options->version)
    {
      g_print ("roadnet %s\n", RN_VERSION);
      rn_options_free (options);
      return 0;
    }
  if (!gtk_init_check ())
    {
      g_printerr ("roadnet: %s\n", _("no display was found; a virtual one will do (xvfb-run)"));
      rn_options_free (options);
      return 1;
    }
  if (!rn_settings_check (&error))
    {
      g_printerr ("roadnet: %s\n", error->message);
      rn_options_free (options);
      return 1;
    }
  g_set_prgname (RN_APP_ID); /* the window's class, which the desktop file is found by */
  self = rn_application_new (options);
  rn_watchdog_start ();
  status = g_application_run (G_APPLICATION (self), 1, argv);
  rn_watchdog_stop ();
  rn_jobs_end ();
  return self->status != 0 ? self->status : status;
}
