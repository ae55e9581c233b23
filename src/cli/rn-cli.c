/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of subcommands, and what all of them share: help, version, options. */
#include "cli/rn-cli.h"

#include <string.h>

#include "base/rn-i18n.h"

static const RnCliCommand *const commands[] = {
  &rn_cli_feed_check,     &rn_cli_rules_check,    &rn_cli_rules_test,
  &rn_cli_journal_verify, &rn_cli_journal_export, &rn_cli_rules_backtest,
};

static void
print_help (void)
{
  g_print ("%s\n  roadnetctl %s\n  roadnetctl --help | --version\n\n%s\n", _("Usage:"),
           _("COMMAND [OPTION…] [ARGUMENT…]"), _("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %s %s %s\n      %s\n", commands[i]->group, commands[i]->name,
             _ (commands[i]->arguments), _ (commands[i]->summary));
  g_print ("\n%s\n", _("“roadnetctl COMMAND --help” explains the options of a command."));
}

static int
refuse_command (const char *group, const char *name)
{
  g_printerr (_("roadnetctl: unknown command: %s %s\n"), group, name != NULL ? name : "");
  g_printerr ("%s\n", _("“roadnetctl --help” lists the commands."));
  return RN_CLI_USAGE;
}

int
rn_cli_run (int argc, char **argv)
{
  if (argc < 2)
    {
      print_help ();
      return RN_CLI_USAGE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    {
      print_help ();
      return RN_CLI_OK;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      g_print ("roadnetctl %s\n", RN_VERSION);
      return RN_CLI_OK;
    }
  for (guint i = 0; argc > 2 && i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i]->group) == 0 && strcmp (argv[2], commands[i]->name) == 0)
      {
        g_autofree char *name =
            g_strdup_printf ("roadnetctl %s %s", commands[i]->group, commands[i]->name);

        argv[2] = name;
        return commands[i]->run (argc - 2, argv + 2);
      }
  return refuse_command (argv[1], argc > 2 ? argv[2] : NULL);
}

int
rn_cli_parse (const RnCliCommand *command, const GOptionEntry *entries, const char *description,
              int *argc, char ***argv)
{
  gboolean help = FALSE;
  const GOptionEntry own[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Show this help"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ (command->arguments));
  g_autoptr (GError) error = NULL;

  /* GOption's own --help ends the process; this one returns. */
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, own, GETTEXT_PACKAGE);
  g_set_prgname ((*argv)[0]);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("%s: %s\n", (*argv)[0], error->message);
      return RN_CLI_USAGE;
    }
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      g_print ("%s", text);
      return RN_CLI_OK;
    }
  return -1;
}
