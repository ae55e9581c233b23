/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roadnetctl: the core of RoadNet for the shell. No window, no GTK. */
#include "base/rn-i18n.h"
#include "base/rn-paths.h"
#include "cli/rn-cli.h"

int
main (int argc, char **argv)
{
  rn_paths_init ();
  rn_i18n_init (NULL);
  return rn_cli_run (argc, argv);
}
