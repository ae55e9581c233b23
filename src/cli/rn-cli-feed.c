/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roadnetctl feed check: reads a source once and says what came of it. */
#include "base/rn-file.h"
#include "base/rn-i18n.h"
#include "base/rn-json.h"
#include "cli/rn-cli.h"
#include "cli/rn-feed-cautions.h"
#include "cli/rn-feed-check.h"
#include "feed/rn-source-load.h"

#define MAX_TOKEN_BYTES (64 << 10)

typedef struct {
  gboolean json, allow_http;
  char *token_file, *crs_word;
  RnCrs crs;
} Options;

/* What is being made of all sources. */
typedef struct {
  RnFeedCheck *check;
  RnFeedCautions *cautions;
} Report;

static void
clear_options (Options *options)
{
  g_free (options->token_file);
  g_free (options->crs_word);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static void
print_kinds (void)
{
  const RnAdapter *const *all = rn_adapter_list ();

  g_printerr ("%s\n", _("Kinds:"));
  for (guint i = 0; all[i] != NULL; i++)
    g_printerr ("  %-12s %s\n", all[i]->kind, _ (all[i]->title));
}

/* The token stands in a file: on the command line every user of the machine could read it. */
static gboolean
read_token (const char *path, char **token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (path == NULL)
    return TRUE;
  bytes = rn_file_read (path, MAX_TOKEN_BYTES, &error);
  if (bytes == NULL)
    {
      g_printerr ("roadnetctl: %s: %s\n", path, error->message);
      return FALSE;
    }
  *token = g_strstrip (g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
  return TRUE;
}

static void
print_report (const RnFeedCheck *check, gboolean json)
{
  if (json)
    {
      g_autoptr (JsonNode) node = rn_feed_check_to_json (check);
      g_autofree char *text = rn_json_dup_text (node, TRUE);

      g_print ("%s\n", text);
    }
  else
    {
      g_autofree char *text = rn_feed_check_to_text (check);

      g_print ("%s", text);
    }
}

/* Reads one location (an address, or files and folders joined by ',') into @report. */
static gboolean
load (const char *kind, const char *location, const Options *options, const Report *report)
{
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new (kind, location);
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_source_problem_free);
  g_autoptr (GError) error = NULL;

  if (!read_token (options->token_file, &spec->token))
    return FALSE;
  spec->allow_http = options->allow_http;
  spec->crs = options->crs;
  rn_feed_check_begin_source (report->check);
  rn_feed_cautions_begin (report->cautions, location, spec->crs);

  g_autoptr (GPtrArray) documents = rn_source_load_all (spec, problems, &error);
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      rn_feed_check_add_document (report->check, documents->pdata[i]);
      rn_feed_cautions_add_document (report->cautions, documents->pdata[i]);
    }
  for (guint i = 0; i < problems->len; i++)
    {
      const RnSourceProblem *problem = g_ptr_array_index (problems, i);

      rn_feed_check_add_problem (report->check, problem->path, problem->reason);
      g_printerr ("roadnetctl: %s: %s\n", problem->path, problem->reason);
    }
  if (documents == NULL)
    {
      rn_feed_check_add_problem (report->check, location, error->message);
      g_printerr ("roadnetctl: %s\n", error->message);
    }
  return TRUE;
}

/* Whether each file or folder is a source of its own, as an address always is. */
static gboolean
takes_one (const char *kind)
{
  const RnAdapter *adapter = rn_adapter_find (kind);

  for (guint i = 0; i < adapter->n_slots; i++)
    if (adapter->slots[i].single)
      return TRUE;
  return FALSE;
}

/* An address is a source of its own; all files and folders together are one, but for kinds of which
 * a source is one file. */
static gboolean
load_sources (const char *kind, char *const *sources, const Options *options, const Report *report)
{
  g_autoptr (GStrvBuilder) local = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  for (guint i = 0; sources[i] != NULL; i++)
    if (!takes_one (kind)
        && (g_uri_peek_scheme (sources[i]) == NULL || g_file_test (sources[i], G_FILE_TEST_EXISTS)))
      g_strv_builder_add (local, sources[i]);
    else if (!load (kind, sources[i], options, report))
      return FALSE;
  paths = g_strv_builder_end (local);

  g_autofree char *location = g_strjoinv (",", paths);
  return paths[0] == NULL || load (kind, location, options, report);
}

static int
check (const char *kind, char *const *sources, const Options *options)
{
  g_autoptr (RnFeedCheck) made = rn_feed_check_new (kind, (const char *const *) sources);
  g_autoptr (RnFeedCautions) judged = rn_feed_cautions_new ();
  g_autoptr (GPtrArray) cautions = NULL;
  Report report = { made, judged };

  if (!load_sources (kind, sources, options, &report))
    return RN_CLI_USAGE;
  cautions = rn_feed_cautions_judge (judged);
  for (guint i = 0; i < cautions->len; i++)
    rn_feed_check_add_caution (made, cautions->pdata[i]);
  print_report (made, options->json);
  return rn_feed_check_is_usable (made) ? RN_CLI_OK : RN_CLI_NOTHING;
}

static int
run (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("Print one JSON object"), NULL },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &options.token_file,
      N_("Send the bearer token in FILE"), N_("FILE") },
    { "allow-http", 0, 0, G_OPTION_ARG_NONE, &options.allow_http,
      N_("Allow plain http beyond this machine"), NULL },
    { "crs", 0, 0, G_OPTION_ARG_STRING, &options.crs_word,
      N_("Coordinates are of this system: wgs84 (default), gcj02 or bd09"), N_("SYSTEM") },
    G_OPTION_ENTRY_NULL,
  };
  int status = rn_cli_parse (&rn_cli_feed_check, entries,
                             _("SOURCE is a file (also .gz), a folder of recorded answers or an "
                                "address.\nExit status: 0 something usable came, 1 nothing did, 2 "
                                "wrong arguments."),
                             &argc, &argv);

  if (status >= 0)
    return status;
  if (options.crs_word != NULL && !rn_crs_parse (options.crs_word, &options.crs))
    {
      g_printerr (_("%s: --crs: “%s” is none of wgs84, gcj02 and bd09\n"), argv[0],
                  options.crs_word);
      return RN_CLI_USAGE;
    }
  if (argc < 3)
    {
      g_printerr (_("%s: KIND and at least one SOURCE are needed\n"), argv[0]);
      print_kinds ();
      return RN_CLI_USAGE;
    }
  if (rn_adapter_find (argv[1]) == NULL)
    {
      g_printerr (_("%s: unknown kind: %s\n"), argv[0], argv[1]);
      print_kinds ();
      return RN_CLI_USAGE;
    }
  return check (argv[1], argv + 2, &options);
}

const RnCliCommand rn_cli_feed_check = {
  .group = "feed",
  .name = "check",
  .arguments = N_("KIND SOURCE… [--crs SYSTEM] [--json]"),
  .summary = N_("Read a source once and say what came of it"),
  .run = run,
};
