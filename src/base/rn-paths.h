/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the program's own files lie: installed, else in the build folder, so that every program
 * runs uninstalled. */
#pragma once

#include <glib.h>

/** Sets GSETTINGS_SCHEMA_DIR and XDG_DATA_DIRS additions when run from the build folder. Call in
 *  main() before anything of GIO or GTK. */
void rn_paths_init (void);

/** Whether the running executable lies in the build folder. */
gboolean rn_paths_uninstalled (void);

/** The path of a sibling program such as "roadnet-simulator": beside the running executable, else
 *  in the bin directory. Caller frees. */
char *rn_paths_program (const char *name);
