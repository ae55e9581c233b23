/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the options, prints the address as the first line, and serves until SIGTERM, SIGINT or,
 * with --with-parent, the end of standard input: the pipe closes with the parent, even a killed
 * one. */
#include "sim/rn-sim-command.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "sim/rn-sim-server.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define MOST_RATE 3600.0
#define MOST_SECTIONS 1000000

typedef struct {
  RnSimOptions world;
  char *seed, *start, *network, *day;
  char **faults;
  double rate;
  int port, sections;
  gboolean with_parent, version;
} Options;

static gboolean
fail (GError **error, const char *option, const char *reason)
{
  g_set_error (error, RN_SIM_ERROR, RN_SIM_ERROR_OPTION, "--%s: %s", option, reason);
  return FALSE;
}

static gboolean
check_options (Options *options, GError **error)
{
  if (options->seed != NULL
      && !g_ascii_string_to_unsigned (options->seed, 10, 0, G_MAXUINT64, &options->world.seed,
                                      NULL))
    return fail (error, "seed", _("a whole number is needed"));
  if (options->start != NULL && !rn_text_parse_rfc3339 (options->start, &options->world.start_us))
    return fail (error, "start", _("a time such as 2026-10-01T10:12:00+08:00 is needed"));
  if (options->world.start_us % RN_SECOND != 0)
    return fail (error, "start", _("whole seconds are needed"));
  if (options->day != NULL && !rn_sim_scene_find (options->day, &options->world.scene))
    return fail (error, "day", _("one of normal, holiday and storm is needed"));
  if (options->day != NULL && options->start != NULL)
    return fail (error, "day", _("cannot be used together with --start"));
  if (!(options->rate > 0.0 && options->rate <= MOST_RATE))
    return fail (error, "speed", _("a number above 0 and up to 3600 is needed"));
  if (options->port < 0 || options->port > 65535)
    return fail (error, "port", _("a number from 0 to 65535 is needed"));
  if (options->sections < 0 || options->sections > MOST_SECTIONS)
    return fail (error, "sections", _("a number from 0 to 1000000 is needed"));
  if (options->network != NULL && options->sections > 0)
    return fail (error, "network", _("cannot be used together with --sections"));
  options->world.network_file = options->network;
  options->world.n_sections = (guint) options->sections;
  return TRUE;
}

static GOptionContext *
make_context (Options *options)
{
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_STRING, &options->seed,
      N_("Seed of chance; the same seed and start give the same answers (1)"), N_("N") },
    { "start", 0, 0, G_OPTION_ARG_STRING, &options->start,
      N_("Data time at the start (2026-10-01T10:12:00+08:00)"), N_("TIME") },
    { "day", 0, 0, G_OPTION_ARG_STRING, &options->day,
      N_("A whole day from midnight on, with severe jams that are known: normal, holiday, storm"),
      N_("DAY") },
    { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &options->rate, N_("Seconds of data time a second (1)"),
      N_("N") },
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port,
      N_("Port on 127.0.0.1; 0 takes a free one (0)"), N_("N") },
    { "network", 0, 0, G_OPTION_ARG_FILENAME, &options->network,
      N_("Simulate the roads of a network document"), N_("FILE") },
    { "sections", 0, 0, G_OPTION_ARG_INT, &options->sections,
      N_("Simulate a made-up grid with this many sections"), N_("N") },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->faults,
      N_("Misbehave; can be given several times"), N_("KIND[:SHARE][:FEED]") },
    { "with-parent", 0, 0, G_OPTION_ARG_NONE, &options->with_parent,
      N_("End when standard input ends"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_("Print the version"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  GOptionContext *context = g_option_context_new (NULL);
  g_autofree char *words = rn_sim_fault_words ();
  g_autofree char *text = g_strdup_printf (
      _("Faults: %s.\nSHARE is the part of the answers that are hit, 0 to 1 (1); "
         "FEED one of network, flow, incidents, works, weather, facilities, kpis, "
         "plans.\nTokens: %s, %s, %s; reading needs none."),
      words, RN_SIM_TOKEN_OPERATOR_1, RN_SIM_TOKEN_OPERATOR_2, RN_SIM_TOKEN_VIEWER);

  g_option_context_set_summary (context,
                                _("Serves a simulated expressway network, for demonstration."));
  g_option_context_set_description (context, text);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
stdin_cb (int fd, GIOCondition condition, gpointer loop)
{
  char scrap[256];

  if (read (fd, scrap, sizeof scrap) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static RnSimServer *
start (const Options *options, GError **error)
{
  g_autoptr (RnSimFaults) faults = rn_sim_faults_new (options->world.seed);
  g_autoptr (RnClock) clock = rn_clock_new_system ();
  g_autoptr (RnSimServer) server = NULL;
  RnSimWorld *world;

  for (guint i = 0; options->faults != NULL && options->faults[i] != NULL; i++)
    if (!rn_sim_faults_add (faults, options->faults[i], error))
      return NULL;
  world = rn_sim_world_new (&options->world, error);
  if (world == NULL)
    return NULL;
  server = rn_sim_server_new (world, g_steal_pointer (&faults), clock, options->rate);
  if (!rn_sim_server_listen (server, (guint) options->port, error))
    return NULL;
  return g_steal_pointer (&server);
}

static int
run (const Options *options, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (RnSimServer) server = start (options, error);
  guint sources[3];

  if (server == NULL)
    return 1;
  sources[0] = g_unix_signal_add (SIGTERM, quit_cb, loop);
  sources[1] = g_unix_signal_add (SIGINT, quit_cb, loop);
  sources[2] = options->with_parent
                   ? g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, stdin_cb, loop)
                   : 0;
  printf ("%s\n", rn_sim_server_get_address (server));
  fflush (stdout);
  g_main_loop_run (loop);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i] != 0 && g_main_context_find_source_by_id (NULL, sources[i]) != NULL)
      g_source_remove (sources[i]);
  rn_sim_server_stop (server);
  return 0;
}

int
rn_sim_command_run (int argc, char **argv)
{
  Options options = { .world = RN_SIM_OPTIONS_INIT, .rate = 1.0 };
  g_autoptr (GOptionContext) context = make_context (&options);
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (!g_option_context_parse (context, &argc, &argv, &error) || !check_options (&options, &error))
    status = 2;
  else if (argc > 1)
    {
      g_set_error (&error, RN_SIM_ERROR, RN_SIM_ERROR_OPTION, _("unexpected argument \"%s\""),
                   argv[1]);
      status = 2;
    }
  else if (options.version)
    printf ("roadnet-simulator %s\n", RN_VERSION);
  else
    status = run (&options, &error);
  if (error != NULL)
    fprintf (stderr, "roadnet-simulator: %s\n", error->message);
  g_free (options.seed);
  g_free (options.start);
  g_free (options.day);
  g_free (options.network);
  g_strfreev (options.faults);
  return status;
}
