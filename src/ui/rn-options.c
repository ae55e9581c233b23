/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GOption reads, the functions here check. Every complaint names its option. Pure. */
#include "ui/rn-options.h"

#include <math.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"

#define DEFAULT_AFTER_S 5
#define MAX_AFTER_S (24.0 * 60 * 60)
#define MIN_SIZE_PX 320
#define MAX_SIZE_PX 16384
#define MIN_ZOOM 3.0
#define MAX_ZOOM 18.0

/* As GOption hands them over. */
typedef struct {
  gboolean version, demo;
  char **sources, **base_maps;
  char *snapshot, *view, *theme, *language, *size, *select, *history;
  double after_s;
} Raw;

static const char *const subject_words[] = { "section", "facility", "incident", "work", "warning",
                                             "station", "road",     "device",   NULL };

static void
raw_clear (Raw *raw)
{
  g_strfreev (raw->sources);
  g_strfreev (raw->base_maps);
  g_free (raw->snapshot);
  g_free (raw->view);
  g_free (raw->theme);
  g_free (raw->language);
  g_free (raw->size);
  g_free (raw->select);
  g_free (raw->history);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Raw, raw_clear)

static gboolean
refuse (GError **error, const char *option, const char *value, const char *expected)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: “%s” is not %s"), option,
               value, expected);
  return FALSE;
}

/* One number of a list; moves @text behind it and the separator. */
static gboolean
next_number (const char **text, char separator, double min, double max, double *out)
{
  char *end = NULL;

  *out = g_ascii_strtod (*text, &end);
  if (end == *text || !isfinite (*out) || *out < min || *out > max)
    return FALSE;
  if (*end != separator)
    return FALSE;
  *text = separator != '\0' ? end + 1 : end;
  return TRUE;
}

static gboolean
parse_view (RnOptions *self, const char *text, GError **error)
{
  const char *p = text;

  if (!next_number (&p, ',', -180, 180, &self->lon) || !next_number (&p, ',', -85, 85, &self->lat)
      || !next_number (&p, '\0', MIN_ZOOM, MAX_ZOOM, &self->zoom))
    return refuse (error, "--view", text,
                   _("longitude,latitude,zoom, such as 119.5,32.6,7.5 (zoom 3 to 18)"));
  self->has_view = TRUE;
  return TRUE;
}

static gboolean
parse_size (RnOptions *self, const char *text, GError **error)
{
  const char *p = text;
  double width, height;

  if (!next_number (&p, 'x', MIN_SIZE_PX, MAX_SIZE_PX, &width)
      || !next_number (&p, '\0', MIN_SIZE_PX, MAX_SIZE_PX, &height))
    return refuse (error, "--size", text, _("WIDTHxHEIGHT in pixels, such as 1920x1080"));
  self->width = (int) width;
  self->height = (int) height;
  return TRUE;
}

static gboolean
parse_theme (RnOptions *self, const char *text, GError **error)
{
  static const char *const words[] = { "dark", "light", "hc", "system" };
  static const RnThemeId themes[] = { RN_THEME_DARK, RN_THEME_LIGHT, RN_THEME_HC, RN_N_THEMES };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (text, words[i]))
      {
        self->theme = themes[i];
        self->has_theme = TRUE;
        return TRUE;
      }
  return refuse (error, "--theme", text, _("one of dark, light, hc, system"));
}

static gboolean
parse_select (RnOptions *self, const char *text, GError **error)
{
  const char *colon = strchr (text, ':');
  g_autofree char *word = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;

  if (g_strcmp0 (word, "plan") == 0 && colon[1] != '\0')
    {
      self->select = rn_subject_new (RN_SUBJECT_PLAN, colon + 1);
      return TRUE;
    }
  for (guint i = 0; word != NULL && colon[1] != '\0' && subject_words[i] != NULL; i++)
    if (g_str_equal (word, subject_words[i]))
      {
        self->select = rn_subject_new ((RnSubjectKind) i, colon + 1);
        return TRUE;
      }
  return refuse (error, "--select", text,
                 _("KIND:KEY, with KIND one of section, facility, incident, work, warning, "
                    "station, road, device, plan"));
}

static gboolean
parse_after (RnOptions *self, const Raw *raw, GError **error)
{
  double after_s = isnan (raw->after_s) ? DEFAULT_AFTER_S : raw->after_s;

  if (!isnan (raw->after_s) && raw->snapshot == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--after: only means something together with --snapshot"));
      return FALSE;
    }
  if (!(after_s >= 0 && after_s <= MAX_AFTER_S))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--after: must be from 0 to 86400 seconds"));
      return FALSE;
    }
  self->after_us = (gint64) (after_s * RN_SECOND);
  return TRUE;
}

static gboolean
parse_sources (RnOptions *self, const Raw *raw, GError **error)
{
  for (guint i = 0; raw->sources != NULL && raw->sources[i] != NULL; i++)
    {
      RnSourceSpec *spec = rn_source_spec_parse (raw->sources[i], error);

      if (spec == NULL)
        {
          g_prefix_error (error, "--source %s: ", raw->sources[i]);
          return FALSE;
        }
      g_ptr_array_add (self->sources, spec);
    }
  return TRUE;
}

static gboolean
parse_base_maps (RnOptions *self, const Raw *raw, GError **error)
{
  for (guint i = 0; raw->base_maps != NULL && raw->base_maps[i] != NULL; i++)
    {
      RnRasterSpec *spec = rn_raster_spec_parse (raw->base_maps[i], error);

      if (spec == NULL)
        {
          g_prefix_error (error, "--base-map %s: ", raw->base_maps[i]);
          return FALSE;
        }
      g_ptr_array_add (self->base_maps, spec);
    }
  return TRUE;
}

static gboolean
check (RnOptions *self, const Raw *raw, GError **error)
{
  return parse_sources (self, raw, error) && parse_base_maps (self, raw, error)
         && parse_after (self, raw, error)
         && (raw->view == NULL || parse_view (self, raw->view, error))
         && (raw->size == NULL || parse_size (self, raw->size, error))
         && (raw->theme == NULL || parse_theme (self, raw->theme, error))
         && (raw->select == NULL || parse_select (self, raw->select, error));
}

static gboolean
read_raw (Raw *raw, int argc, char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) copy = g_new0 (char *, argc + 1);
  const GOptionEntry entries[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, &raw->demo,
      N_("Watch the simulated network that comes with the program"), NULL },
    { "source", 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw->sources,
      N_("Watch this source instead of those of the preferences: an address, a file or a folder "
          "of recorded answers, for example "
          "network:gcj02=roads.geojson; OPTION is wgs84, gcj02 or bd09, or the rate of a recording "
          "such as x60; repeatable"),
      N_("KIND[:OPTION…]=WHERE") },
    { "base-map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw->base_maps,
      N_("Show this raster map (xyz, tms, wmts or mbtiles) over the embedded one; repeatable"),
      N_("KIND[:OPTION,…]=WHERE") },
    { "snapshot", 0, 0, G_OPTION_ARG_FILENAME, &raw->snapshot,
      N_("Save a picture of the window and end"), N_("FILE.png") },
    { "after", 0, 0, G_OPTION_ARG_DOUBLE, &raw->after_s,
      N_("Wait before the picture is taken (5)"), N_("SECONDS") },
    { "view", 0, 0, G_OPTION_ARG_STRING, &raw->view, N_("Show this part of the map first"),
      N_("LON,LAT,ZOOM") },
    { "select", 0, 0, G_OPTION_ARG_STRING, &raw->select,
      N_("Select this, as in section:demo/G42-17-a"), N_("KIND:KEY") },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &raw->theme,
      N_("dark, light, hc (high contrast) or system; else as in the preferences"), N_("THEME") },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &raw->language, N_("Language, such as zh_CN or en"),
      N_("LOCALE") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &raw->size, N_("Size of the window"),
      N_("WIDTHxHEIGHT") },
    { "history", 0, 0, G_OPTION_ARG_FILENAME, &raw->history,
      N_("Keep measured values in this folder; off: not at all"), N_("FOLDER|off") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &raw->version, N_("Say the version and end"), NULL },
    { NULL },
  };
  char **rest = copy;
  gboolean ok;

  for (int i = 0; i < argc; i++)
    copy[i] = g_strdup (argv[i]);
  g_option_context_set_summary (context, _("Watches expressways live."));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  ok = g_option_context_parse_strv (context, &rest, error);
  copy = rest;
  if (ok && rest != NULL && rest[0] != NULL && rest[1] != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                   _("“%s” was not expected; a source is named with --source"), rest[1]);
      return FALSE;
    }
  return ok;
}

const char *
rn_options_language (int argc, char **argv)
{
  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    {
      if (g_str_has_prefix (argv[i], "--lang="))
        return argv[i] + strlen ("--lang=");
      if (g_str_equal (argv[i], "--lang") && i + 1 < argc)
        return argv[i + 1];
    }
  return NULL;
}

RnOptions *
rn_options_parse (int argc, char **argv, GError **error)
{
  g_autoptr (RnOptions) self = g_new0 (RnOptions, 1);
  g_auto (Raw) raw = { .after_s = NAN };

  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_source_spec_free);
  self->base_maps = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_raster_spec_free);
  self->theme = RN_THEME_DARK;
  if (!read_raw (&raw, argc, argv, error) || !check (self, &raw, error))
    return NULL;
  self->version = raw.version;
  self->demo = raw.demo;
  self->snapshot = g_steal_pointer (&raw.snapshot);
  self->history = g_steal_pointer (&raw.history);
  return g_steal_pointer (&self);
}

void
rn_options_free (RnOptions *self)
{
  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->base_maps);
  g_free (self->snapshot);
  g_free (self->history);
  g_clear_pointer (&self->select, rn_subject_free);
  g_free (self);
}

gboolean
rn_options_want_own_process (const RnOptions *self)
{
  return self->demo || self->snapshot != NULL || self->sources->len > 0 || self->base_maps->len > 0;
}
