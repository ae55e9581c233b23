/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A complete operations API on loopback, with a simulated province behind it. All it does is in the
 * room sim. */
#include "base/rn-i18n.h"
#include "base/rn-paths.h"
#include "sim/rn-sim-command.h"

int
main (int argc, char **argv)
{
  rn_paths_init ();
  rn_i18n_init (NULL);
  return rn_sim_command_run (argc, argv);
}
