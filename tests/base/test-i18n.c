/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Language under environments as they occur, on a system that may have no locale but C.UTF-8. Each
 * case runs in a process of its own, since libc remembers. The catalogue is one made here: a .mo
 * file with one string, of a domain that is bound like that of any library. */
#include "base/rn-i18n.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "base/rn-text.h"

#define DOMAIN "roadnet-test"

typedef struct {
  const char *name;
  const char *lc_all, *lang, *language; /* environment; NULL unset */
  const char *wish;                     /* --lang */
  const char *expected;                 /* rn_i18n_language() */
  const char *text;                     /* what "Hello" becomes */
} Case;

static const Case cases[] = {
  { "c", "C", NULL, NULL, NULL, "en", "Hello" },
  { "c-wish", "C", NULL, NULL, "zh_CN", "zh-CN", "你好" },
  { "posix-wish-utf8", "POSIX", NULL, NULL, "zh_CN.UTF-8", "zh-CN", "你好" },
  { "unset", NULL, NULL, NULL, NULL, "en", "Hello" },
  { "unset-wish", NULL, NULL, NULL, "zh_CN", "zh-CN", "你好" },
  { "unset-wish-tag", NULL, NULL, NULL, "zh-Hans-CN", "zh-CN", "你好" },
  { "c-utf8", "C.UTF-8", NULL, NULL, NULL, "en", "Hello" },
  { "c-utf8-wish", "C.UTF-8", NULL, NULL, "zh", "zh-CN", "你好" },
  { "c-utf8-language", "C.UTF-8", NULL, "zh_CN:en", NULL, "zh-CN", "你好" },
  { "c-language", "C", NULL, "zh_CN", NULL, "en", "Hello" },
  { "chinese", NULL, "zh_CN.UTF-8", NULL, NULL, "zh-CN", "你好" },
  { "chinese-all", "zh_CN.UTF-8", NULL, NULL, NULL, "zh-CN", "你好" },
  { "chinese-wish-english", NULL, "zh_CN.UTF-8", "zh_CN", "en", "en", "Hello" },
  { "english", NULL, "en_GB.UTF-8", NULL, NULL, "en", "Hello" },
  { "english-list", NULL, "en_GB.UTF-8", "en:zh_CN", NULL, "en", "Hello" },
  { "no-such", "xx_YY.UTF-8", NULL, NULL, NULL, "en", "Hello" },
  { "no-such-wish", "xx_YY.UTF-8", NULL, NULL, "zh_CN", "zh-CN", "你好" },
  { "wish-unknown", "C.UTF-8", NULL, NULL, "fr_FR", "en", "Hello" },
};

/* The file format of GNU gettext: header, two tables of (length, offset), strings. */
static void
write_catalogue (const char *folder)
{
  static const char *const pairs[] = { "", "Content-Type: text/plain; charset=UTF-8\n", "Hello",
                                       "你好" };
  g_autofree char *place = g_build_filename (folder, "zh_CN", "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (place, DOMAIN ".mo", NULL);
  guint32 head[7] = { 0x950412de, 0, 2, 28, 44, 0, 0 }, tables[8], at = 28 + sizeof tables;
  g_autoptr (GByteArray) file = g_byte_array_new ();

  for (guint i = 0; i < 4; i++)
    {
      guint entry = (i % 2) * 4 + (i / 2) * 2;

      tables[entry] = strlen (pairs[i]);
      tables[entry + 1] = at;
      at += strlen (pairs[i]) + 1;
    }
  g_byte_array_append (file, (const guint8 *) head, sizeof head);
  g_byte_array_append (file, (const guint8 *) tables, sizeof tables);
  for (guint i = 0; i < 4; i++)
    g_byte_array_append (file, (const guint8 *) pairs[i], strlen (pairs[i]) + 1);
  g_assert_cmpint (g_mkdir_with_parents (place, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, (const char *) file->data, file->len, NULL));
}

static void
set_variable (const char *variable, const char *value)
{
  if (value != NULL)
    g_setenv (variable, value, TRUE);
  else
    g_unsetenv (variable);
}

static void
run_case (const Case *c)
{
  g_autofree char *folder = g_dir_make_tmp ("roadnet-i18n-XXXXXX", NULL);
  g_autofree char *number = NULL;

  write_catalogue (folder);
  g_unsetenv ("LC_MESSAGES");
  set_variable ("LC_ALL", c->lc_all);
  set_variable ("LANG", c->lang);
  set_variable ("LANGUAGE", c->language);
  g_log_set_handler ("rn-base", G_LOG_LEVEL_MESSAGE, g_log_default_handler, NULL);
  rn_i18n_init (c->wish);
  bindtextdomain (DOMAIN, folder);
  bind_textdomain_codeset (DOMAIN, "UTF-8");
  g_assert_cmpstr (rn_i18n_language (), ==, c->expected);
  g_assert_cmpstr (dgettext (DOMAIN, "Hello"), ==, c->text);
  /* As GTK does; it must change nothing. */
  g_assert_nonnull (setlocale (LC_ALL, ""));
  g_assert_cmpstr (dgettext (DOMAIN, "Hello"), ==, c->text);
  g_assert_true (g_get_charset (NULL));
  number = rn_text_measure (1234.5, 1, NULL);
  g_assert_cmpstr (number, ==, "1,234.5");
}

/* RoadNet's own catalogue, as built: found from the build folder, under the barest environment. */
static void
test_own_catalogue (void)
{
  const char *catalogue = RN_BUILD_DIR "/po/zh_CN/LC_MESSAGES/" GETTEXT_PACKAGE ".mo";
  g_autofree char *day = NULL;
  g_autoptr (GTimeZone) tz = NULL;

  if (!g_test_subprocess ())
    {
      if (!g_file_test (catalogue, G_FILE_TEST_EXISTS))
        {
          g_test_skip ("the catalogue is not built");
          return;
        }
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  g_setenv ("LC_ALL", "C", TRUE);
  g_unsetenv ("LANGUAGE");
  rn_i18n_init ("zh_CN");
  tz = g_time_zone_new_identifier ("Asia/Shanghai");
  day = rn_text_day (G_GINT64_CONSTANT (1790822556000000), tz);
  g_assert_cmpstr (day, ==, "10月1日 周四");
}

static void
test_case (gconstpointer data)
{
  if (g_test_subprocess ())
    {
      run_case (data);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/i18n/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/i18n/own-catalogue", test_own_catalogue);
  return g_test_run ();
}
