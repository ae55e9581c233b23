/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: session, window, actions, and what the command line asked for. Main thread. */
#pragma once

#include <adwaita.h>

#include "ui/rn-options.h"

#define RN_TYPE_APPLICATION (rn_application_get_type ())
G_DECLARE_FINAL_TYPE (RnApplication, rn_application, RN, APPLICATION, AdwApplication)

/** Takes @options. */
RnApplication *rn_application_new (RnOptions *options);

/** All of the program behind main(): options, language, run. Returns the exit status: 0; 1 when
 *  what was asked for failed; 2 when the command line is wrong. */
int rn_application_main (int argc, char **argv);
