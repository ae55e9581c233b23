/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Language of the program. A wished language must also work where its locale is not installed (a
 * bare Debian has only C, C.UTF-8 and POSIX): glibc's gettext takes LANGUAGE into account under
 * every locale but "C", so the locale becomes C.UTF-8 and LANGUAGE names the catalogue. The
 * environment is set too, since GTK calls setlocale (LC_ALL, "") again. Main thread, once. */
#include "base/rn-i18n.h"

#include <locale.h>
#include <string.h>

#include "base/rn-paths.h"

static const char *language = "en";

static gboolean
is_c (const char *locale)
{
  return locale == NULL || *locale == '\0' || g_str_equal (locale, "C")
         || g_str_equal (locale, "POSIX");
}

static const char *
environment (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0' ? value : NULL;
}

/* The locale of messages as POSIX finds it. */
static const char *
wished_locale (void)
{
  const char *value = environment ("LC_ALL");

  if (value == NULL)
    value = environment ("LC_MESSAGES");
  if (value == NULL)
    value = environment ("LANG");
  return value;
}

/* Our catalogues are English and simplified Chinese; NULL: another language. */
static const char *
language_of (const char *locale)
{
  gsize n = strcspn (locale, ".@");
  g_autofree char *tag = g_strndup (locale, n);

  g_strdelimit (tag, "_", '-');
  if (g_ascii_strcasecmp (tag, "zh") == 0 || g_ascii_strcasecmp (tag, "zh-CN") == 0
      || g_ascii_strcasecmp (tag, "zh-SG") == 0 || g_ascii_strncasecmp (tag, "zh-Hans", 7) == 0)
    return "zh-CN";
  if (g_ascii_strcasecmp (tag, "en") == 0 || g_ascii_strncasecmp (tag, "en-", 3) == 0
      || g_ascii_strcasecmp (tag, "C") == 0 || g_ascii_strcasecmp (tag, "POSIX") == 0)
    return "en";
  return NULL;
}

/* What the environment asks for: the list in LANGUAGE, which counts under every locale but C, else
 * the locale itself. */
static const char *
language_of_environment (void)
{
  const char *locale = wished_locale ();
  g_auto (GStrv) list = NULL;
  const char *found = NULL;

  if (is_c (locale))
    return "en";
  if (environment ("LANGUAGE") != NULL)
    list = g_strsplit (environment ("LANGUAGE"), ":", -1);
  for (guint i = 0; list != NULL && list[i] != NULL && found == NULL; i++)
    if (*list[i] != '\0')
      found = language_of (list[i]);
  if (found == NULL)
    found = language_of (locale);
  return found != NULL ? found : "en";
}

/* Sets the locale and the environment alike; FALSE when it is not installed. */
static gboolean
try_locale (const char *locale)
{
  if (setlocale (LC_ALL, locale) == NULL)
    return FALSE;
  g_setenv ("LC_ALL", locale, TRUE);
  return TRUE;
}

static void
force_language (const char *tag)
{
  gboolean chinese = g_str_equal (tag, "zh-CN");
  const char *const places[] = { chinese ? "zh_CN.UTF-8" : "en_US.UTF-8", "C.UTF-8", "en_US.UTF-8",
                                 "zh_CN.UTF-8" };

  /* Before setlocale(): that makes gettext look again. */
  g_setenv ("LANGUAGE", chinese ? "zh_CN:zh" : "en", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (try_locale (places[i]))
      return;
  g_warning ("no UTF-8 locale is installed, not even C.UTF-8: texts stay English");
  language = "en";
}

static void
bind_catalogue (void)
{
  const char *folder = rn_paths_uninstalled () ? RN_BUILD_DIR "/po" : RN_LOCALE_DIR;

  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

void
rn_i18n_init (const char *lang)
{
  const char *wish = lang != NULL ? language_of (lang) : NULL;

  if (lang != NULL && wish == NULL)
    g_message ("no catalogue for language “%s”: English is used", lang);
  language = lang != NULL ? (wish != NULL ? wish : "en") : language_of_environment ();
  if (lang != NULL || setlocale (LC_ALL, "") == NULL || is_c (setlocale (LC_CTYPE, NULL)))
    force_language (language);
  else if (g_str_equal (language, "zh-CN"))
    g_setenv ("LANGUAGE", "zh_CN:zh", TRUE);
  setlocale (LC_NUMERIC, "C");
  bind_catalogue ();
}

const char *
rn_i18n_language (void)
{
  return language;
}
