/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roadnetctl rules backtest: what rules would have raised on a recording. */
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-json.h"
#include "base/rn-text.h"
#include "cli/rn-backtest.h"
#include "cli/rn-cli.h"
#include "cli/rn-rules-test.h"
#include "feed/rn-document.h"
#include "feed/rn-recording.h"

#define WINDOW_US (600 * RN_SECOND)
#define DAY_US (24 * 3600 * RN_SECOND)
#define FLOOD_BEGINS 10

typedef struct {
  gboolean json;
  char *alerts, *without, *crs_word;
} Options;

static void
clear_options (Options *options)
{
  g_free (options->alerts);
  g_free (options->without);
  g_free (options->crs_word);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* ---- figures ------------------------------------------------------------------------------- */

typedef struct {
  guint rows, children, rises, peak, flooded, windows;
} Figures;

static Figures
count_figures (const RnBacktest *test)
{
  Figures figures = { 0 };
  g_autofree guint *rows = NULL;

  figures.windows = (guint) ((test->until_us - test->from_us) / WINDOW_US) + 1;
  rows = g_new0 (guint, figures.windows);
  for (guint i = 0; i < test->alerts->len; i++)
    {
      const RnBacktestAlert *alert = test->alerts->pdata[i];

      figures.rises += alert->rises->len;
      if (alert->parent != 0)
        {
          figures.children++;
          continue;
        }
      figures.rows++;
      rows[(alert->raised_us - test->from_us) / WINDOW_US]++;
    }
  for (guint i = 0; i < figures.windows; i++)
    {
      figures.peak = MAX (figures.peak, rows[i]);
      figures.flooded += rows[i] > FLOOD_BEGINS;
    }
  return figures;
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void
put_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
put_time (JsonBuilder *builder, const char *member, gint64 at_us)
{
  g_autofree char *text = at_us != 0 ? rn_text_rfc3339 (at_us) : NULL;

  put_text (builder, member, text);
}

static void
put_count (JsonBuilder *builder, const char *member, guint n)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, n);
}

static void
put_alert (JsonBuilder *builder, const RnBacktestAlert *alert)
{
  g_autofree char *id = g_strdup_printf ("%u", alert->id);
  g_autofree char *parent = alert->parent != 0 ? g_strdup_printf ("%u", alert->parent) : NULL;

  json_builder_begin_object (builder);
  put_text (builder, "id", id);
  put_text (builder, "subject", alert->subject);
  put_text (builder, "rule", alert->rule);
  put_text (builder, "tier", rn_tier_word (alert->tier));
  put_time (builder, "raised", alert->raised_us);
  put_time (builder, "cleared", alert->cleared_us);
  put_text (builder, "parent", parent);
  json_builder_set_member_name (builder, "rises");
  json_builder_begin_array (builder);
  for (guint i = 0; i < alert->rises->len; i++)
    {
      g_autofree char *at = rn_text_rfc3339 (g_array_index (alert->rises, gint64, i));

      json_builder_add_string_value (builder, at);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static JsonNode *
to_json (const RnBacktest *test, const Figures *figures)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  put_time (builder, "from", test->from_us);
  put_time (builder, "until", test->until_us);
  put_count (builder, "sections", test->n_sections);
  put_count (builder, "frames", test->n_frames);
  put_count (builder, "rows", figures->rows);
  put_count (builder, "children", figures->children);
  put_count (builder, "rises", figures->rises);
  put_count (builder, "peak_10min", figures->peak);
  put_count (builder, "flooded_10min", figures->flooded);
  put_count (builder, "windows_10min", figures->windows);
  json_builder_set_member_name (builder, "alerts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < test->alerts->len; i++)
    put_alert (builder, test->alerts->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
write_alerts (const RnBacktest *test, const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < test->alerts->len; i++)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *line = NULL;

      put_alert (builder, test->alerts->pdata[i]);
      node = json_builder_get_root (builder);
      line = rn_json_dup_text (node, FALSE);
      g_string_append_printf (text, "%s\n", line);
    }
  return g_file_set_contents (path, text->str, (gssize) text->len, error);
}

/* ---- text ---------------------------------------------------------------------------------- */

static void
print_rules (const RnBacktest *test)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < test->alerts->len; i++)
    {
      const char *rule = ((const RnBacktestAlert *) test->alerts->pdata[i])->rule;
      guint rows = 0, children = 0;

      if (!g_hash_table_add (seen, (gpointer) rule))
        continue;
      for (guint k = i; k < test->alerts->len; k++)
        {
          const RnBacktestAlert *alert = test->alerts->pdata[k];

          if (strcmp (alert->rule, rule) == 0)
            *(alert->parent == 0 ? &rows : &children) += 1;
        }
      g_print (_("  %s: %u rows, %u under others\n"), rule, rows, children);
    }
}

static void
print_text (const RnBacktest *test, const Figures *figures)
{
  g_autofree char *from = rn_text_rfc3339 (test->from_us);
  g_autofree char *until = rn_text_rfc3339 (test->until_us);

  g_print (_("%s – %s, %u sections\n"), from, until, test->n_sections);
  g_print (_("%u rows, %u alerts under others, %u rings again\n"), figures->rows,
           figures->children, figures->rises);
  g_print (_("at most %u new rows in 10 minutes; more than %u in %u of %u such spans\n"),
           figures->peak, FLOOD_BEGINS, figures->flooded, figures->windows);
  print_rules (test);
}

/* ---- command ------------------------------------------------------------------------------- */

static gboolean
parse_without (const char *text, guint *without)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint kind = 0;

      while (kind < RN_N_FEEDS && strcmp (words[i], rn_feed_kind_word (kind)) != 0)
        kind++;
      if (kind == RN_N_FEEDS || kind == RN_FEED_NETWORK)
        {
          g_printerr (_("roadnetctl rules backtest: --without: there is no feed “%s”\n"),
                      words[i]);
          return FALSE;
        }
      *without |= 1u << kind;
    }
  return TRUE;
}

static int
fail (const GError *error)
{
  g_printerr ("roadnetctl rules backtest: %s\n", error->message);
  return RN_CLI_NOTHING;
}

static int
print_test (const RnBacktest *test, const Options *options)
{
  g_autoptr (GError) error = NULL;
  Figures figures = count_figures (test);

  if (options->alerts != NULL && !write_alerts (test, options->alerts, &error))
    return fail (error);
  if (options->json)
    {
      g_autoptr (JsonNode) node = to_json (test, &figures);
      g_autofree char *text = rn_json_dup_text (node, TRUE);

      g_print ("%s\n", text);
    }
  else
    print_text (test, &figures);
  return RN_CLI_OK;
}

static int
backtest (char **argv, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *here = g_get_current_dir ();
  g_autoptr (RnRuleSet) rules = rn_rules_load (argv[1], here, &error);
  g_autofree char *location = g_strjoinv (",", argv + 3);
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new (argv[2], location);
  g_autoptr (RnBacktest) test = NULL;
  guint without = 0;

  if (rules == NULL)
    return fail (error);
  if (!parse_without (options->without, &without))
    return RN_CLI_USAGE;
  if (options->crs_word != NULL && !rn_crs_parse (options->crs_word, &spec->crs))
    {
      g_printerr (_("%s: --crs: “%s” is none of wgs84, gcj02 and bd09\n"), argv[0],
                  options->crs_word);
      return RN_CLI_USAGE;
    }
  test = rn_backtest_run (rules, spec, without, &error);
  return test != NULL ? print_test (test, options) : fail (error);
}

static int
run (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("Print one JSON object"), NULL },
    { "alerts", 0, 0, G_OPTION_ARG_FILENAME, &options.alerts,
      N_("Write one line of JSON an alert into FILE"), N_("FILE") },
    { "without", 0, 0, G_OPTION_ARG_STRING, &options.without,
      N_("Leave these feeds out, as if they were not there: incidents,works …"), N_("FEEDS") },
    { "crs", 0, 0, G_OPTION_ARG_STRING, &options.crs_word,
      N_("Coordinates are of this system: wgs84 (default), gcj02 or bd09"), N_("SYSTEM") },
    G_OPTION_ENTRY_NULL,
  };
  int status =
      rn_cli_parse (&rn_cli_rules_backtest, entries,
                    _("RULES is a file of rules, or the word “default”. SOURCE is a file or "
                       "folder of recorded answers.\nExit status: 0 it ran, 1 the rules or "
                       "the recording cannot be used, 2 wrong arguments."),
                    &argc, &argv);

  if (status >= 0)
    return status;
  if (argc < 4)
    {
      g_printerr (_("%s: RULES, KIND and at least one SOURCE are needed\n"), argv[0]);
      return RN_CLI_USAGE;
    }
  if (rn_adapter_find (argv[2]) == NULL)
    {
      g_printerr (_("%s: unknown kind: %s\n"), argv[0], argv[2]);
      return RN_CLI_USAGE;
    }
  return backtest (argv, &options);
}

const RnCliCommand rn_cli_rules_backtest = {
  .group = "rules",
  .name = "backtest",
  .arguments = N_("RULES KIND SOURCE… [--without FEEDS] [--json] [--alerts FILE]"),
  .summary = N_("Say what rules would have raised on recorded answers"),
  .run = run,
};
