/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of roadnet-simulator: options, the world, the server, and the end of it. */
#pragma once

#include <glib.h>

/** Runs until it is told to end. Returns the exit status: 0, 1 when it could not start, 2 for a
 *  wrong command line. */
int rn_sim_command_run (int argc, char **argv);
