/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roadnetctl: the core without a window. One table of subcommands; each reads its own options,
 * prints to standard output, explains failures on standard error and returns an exit status for
 * scripts. Main thread. */
#pragma once

#include <glib.h>

#define RN_CLI_OK 0
#define RN_CLI_NOTHING 1 /* it ran, and nothing usable came of it */
#define RN_CLI_USAGE 2   /* wrong arguments */

typedef struct {
  const char *group, *name; /* "feed", "check" */
  const char *arguments;    /* N_(): "KIND SOURCE…" */
  const char *summary;      /* N_(): one line */
  /** @argv[0] is the whole command ("roadnetctl feed check"), the rest what follows it. */
  int (*run) (int argc, char **argv);
} RnCliCommand;

/** Runs the subcommand that @argv names, and returns the exit status. */
int rn_cli_run (int argc, char **argv);

/** Parses the options of a subcommand. -1: go on; else the exit status (after --help, or after an
 *  error, which is explained). Arguments that are no options are left in @argv. */
int rn_cli_parse (const RnCliCommand *command, const GOptionEntry *entries, const char *description,
                  int *argc, char ***argv);

extern const RnCliCommand rn_cli_feed_check;
extern const RnCliCommand rn_cli_rules_check;
extern const RnCliCommand rn_cli_rules_test;
extern const RnCliCommand rn_cli_journal_export;
extern const RnCliCommand rn_cli_journal_verify;
extern const RnCliCommand rn_cli_rules_backtest;
