/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the program's own files lie. A program runs uninstalled when its executable lies in the
 * build folder that it was made in; then schemas, icons and sibling programs come from there. */
#include "base/rn-paths.h"

#include <string.h>

static char *
dup_executable (void)
{
  return g_file_read_link ("/proc/self/exe", NULL);
}

gboolean
rn_paths_uninstalled (void)
{
  static gsize known = 0; /* 1: installed, 2: not */

  if (g_once_init_enter (&known))
    {
      g_autofree char *executable = dup_executable ();
      g_autofree char *build = g_canonicalize_filename (RN_BUILD_DIR, NULL);
      gsize n = strlen (build);
      gboolean inside =
          executable != NULL && strncmp (executable, build, n) == 0 && executable[n] == '/';

      g_once_init_leave (&known, inside ? 2 : 1);
    }
  return known == 2;
}

/* Puts @path before what @variable holds, or before @fallback. */
static void
prepend (const char *variable, const char *path, const char *fallback)
{
  const char *old = g_getenv (variable);
  g_autofree char *value = NULL;

  if (old == NULL || *old == '\0')
    old = fallback;
  value = g_strjoin (G_SEARCHPATH_SEPARATOR_S, path, old, NULL);
  g_setenv (variable, value, TRUE);
}

void
rn_paths_init (void)
{
  if (!rn_paths_uninstalled ())
    return;
  /* A data folder has icons/, applications/, metainfo/ below it: so has the source folder. */
  prepend ("XDG_DATA_DIRS", RN_SOURCE_DIR, "/usr/local/share:/usr/share");
  prepend ("XDG_DATA_DIRS", RN_BUILD_DIR G_DIR_SEPARATOR_S "data", NULL);
  if (g_file_test (RN_BUILD_DIR "/data/gschemas.compiled", G_FILE_TEST_EXISTS))
    prepend ("GSETTINGS_SCHEMA_DIR", RN_BUILD_DIR G_DIR_SEPARATOR_S "data", NULL);
}

char *
rn_paths_program (const char *name)
{
  g_autofree char *executable = dup_executable ();
  g_autofree char *folder = executable != NULL ? g_path_get_dirname (executable) : NULL;
  const char *places[] = { folder, RN_BUILD_DIR "/src/programs", RN_BIN_DIR };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = NULL;

      if (places[i] == NULL || (i == 1 && !rn_paths_uninstalled ()))
        continue;
      path = g_build_filename (places[i], name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return g_build_filename (RN_BIN_DIR, name, NULL);
}
