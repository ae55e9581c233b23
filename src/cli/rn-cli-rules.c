/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roadnetctl rules check, rules test. */
#include "base/rn-i18n.h"
#include "base/rn-json.h"
#include "cli/rn-cli.h"
#include "cli/rn-rules-check.h"
#include "cli/rn-rules-test.h"
#include "cli/rn-rules-world.h"

/* ---- rules check --------------------------------------------------------------------------- */

static void
print_refusal (const char *file, const char *message, gboolean json)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  JsonObject *object;

  if (!json)
    {
      g_printerr ("roadnetctl: %s\n", message);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "file", file);
  json_object_set_boolean_member (object, "usable", FALSE);
  json_object_set_string_member (object, "error", message);
  node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  text = rn_json_dup_text (node, FALSE);
  g_print ("%s\n", text);
}

static void
print_check (const char *file, const RnRuleSet *rules, const GPtrArray *warnings, gboolean json)
{
  g_autofree char *text = NULL;

  if (json)
    {
      g_autoptr (JsonNode) node = rn_rules_check_to_json (rules, warnings);

      json_object_set_string_member (json_node_get_object (node), "file", file);
      text = rn_json_dup_text (node, FALSE);
      g_print ("%s\n", text);
      return;
    }
  text = rn_rules_check_text (rules);
  g_print (ngettext ("%s: %u rule can be used\n", "%s: %u rules can be used\n", rules->n), file,
           rules->n);
  g_print ("%s", text);
  for (guint i = 0; warnings != NULL && i < warnings->len; i++)
    g_print (_("  warning: %s\n"), (const char *) warnings->pdata[i]);
}

static int
check_files (char *const *files, const RnNetwork *network, gboolean json)
{
  int status = RN_CLI_OK;
  g_autofree char *here = g_get_current_dir ();

  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RnRuleSet) rules = rn_rules_load (files[i], here, &error);
      g_autoptr (GPtrArray) warnings = NULL;

      if (rules != NULL && network != NULL)
        {
          warnings = rn_rules_check_names (rules, network);
          g_ptr_array_extend_and_steal (warnings, rn_rules_check_thresholds (rules, network));
        }
      if (rules != NULL)
        print_check (files[i], rules, warnings, json);
      else
        {
          print_refusal (files[i], error->message, json);
          status = RN_CLI_NOTHING;
        }
    }
  return status;
}

static int
run_check (int argc, char **argv)
{
  gboolean json = FALSE;
  g_autofree char *network_file = NULL;
  g_autoptr (RnNetwork) network = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON object a file"), NULL },
    { "network", 0, 0, G_OPTION_ARG_FILENAME, &network_file,
      N_("Warn of names that the network in FILE does not have, and of its sections' own "
          "thresholds that cannot be used"),
      N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  int status = rn_cli_parse (&rn_cli_rules_check, entries,
                             _("FILE is a site's own rules; “default” stands for the built-in "
                                "ones.\nExit status: 0 all can be used, 1 some cannot, 2 wrong "
                                "arguments."),
                             &argc, &argv);

  if (status >= 0)
    return status;
  if (argc < 2)
    {
      g_printerr (_("%s: a FILE is needed\n"), argv[0]);
      return RN_CLI_USAGE;
    }
  if (network_file != NULL)
    {
      network = rn_rules_read_network (network_file, &error);
      if (network == NULL)
        {
          g_printerr ("roadnetctl: %s\n", error->message);
          return RN_CLI_USAGE;
        }
    }
  return check_files (argv + 1, network, json);
}

const RnCliCommand rn_cli_rules_check = {
  .group = "rules",
  .name = "check",
  .arguments = N_("FILE… [--network FILE] [--json]"),
  .summary = N_("Say whether files of alert rules can be used, and where not"),
  .run = run_check,
};

/* ---- rules test ---------------------------------------------------------------------------- */

static int
test_files (char *const *files)
{
  int status = RN_CLI_OK;

  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RnRulesTestReport) report = rn_rules_test_file (files[i], &error);

      if (report == NULL)
        {
          g_printerr ("roadnetctl: %s: %s\n", files[i], error->message);
          status = RN_CLI_USAGE;
          continue;
        }
      g_print (_("%s: %u passed, %u failed\n"), files[i], report->n_passed, report->n_failed);
      for (guint k = 0; k < report->lines->len; k++)
        g_print ("  %s\n", (const char *) report->lines->pdata[k]);
      if (report->n_failed > 0)
        status = MAX (status, RN_CLI_NOTHING);
    }
  return status;
}

static int
run_test (int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  int status =
      rn_cli_parse (&rn_cli_rules_test, entries,
                    _("FILE holds series of values and the alerts expected of them.\nExit "
                       "status: 0 all as expected, 1 something was not, 2 a file cannot be "
                       "read."),
                    &argc, &argv);

  if (status >= 0)
    return status;
  if (argc < 2)
    {
      g_printerr (_("%s: a FILE is needed\n"), argv[0]);
      return RN_CLI_USAGE;
    }
  return test_files (argv + 1);
}

const RnCliCommand rn_cli_rules_test = {
  .group = "rules",
  .name = "test",
  .arguments = N_("FILE…"),
  .summary = N_("Run rule tests: series in, expected alerts out"),
  .run = run_test,
};
