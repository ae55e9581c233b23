/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields are one table, so that settings, copy and comparison cannot forget one. Placeholders
 * are those in common use: {z} {x} {y}, {-y} or {tmsy} (from the south), {q} (quadkey), {s}. */
#include "map/rn-raster-spec.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "net/rn-http-rules.h"

#define MAX_TEXT_BYTES 4096

static const char *const kind_words[RN_N_RASTER_KINDS] = { "xyz", "tms", "wmts", "mbtiles" };

typedef struct {
  const char *key;    /* in the settings */
  const char *option; /* on the command line; NULL: not there */
  gsize offset;
  gboolean own; /* says which tiles, not how they are shown */
} Field;

#define TEXT(key, option, member, own)                                                             \
  {                                                                                                \
    key, option, G_STRUCT_OFFSET (RnRasterSpec, member), own                                       \
  }

static const Field texts[] = {
  TEXT ("location", NULL, location, TRUE),     TEXT ("name", "name", name, FALSE),
  TEXT ("licence", "licence", licence, FALSE), TEXT ("subdomains", "subdomains", subdomains, TRUE),
  TEXT ("layer", "layer", layer, TRUE),        TEXT ("matrix-set", "set", matrix_set, TRUE),
  TEXT ("style", "style", style, TRUE),        TEXT ("format", "format", format, TRUE),
};

static const Field numbers[] = {
  TEXT ("min-zoom", "min", min_zoom, TRUE),
  TEXT ("max-zoom", "max", max_zoom, TRUE),
  TEXT ("tile-size", NULL, tile_px, TRUE),
};

static char **
text_of (const RnRasterSpec *self, const Field *field)
{
  return G_STRUCT_MEMBER_P ((RnRasterSpec *) self, field->offset);
}

static int *
number_of (const RnRasterSpec *self, const Field *field)
{
  return G_STRUCT_MEMBER_P ((RnRasterSpec *) self, field->offset);
}

const char *
rn_raster_kind_word (RnRasterKind kind)
{
  return kind_words[kind];
}

gboolean
rn_raster_kind_parse (const char *word, RnRasterKind *kind)
{
  for (guint i = 0; i < RN_N_RASTER_KINDS; i++)
    if (g_ascii_strcasecmp (word, kind_words[i]) == 0)
      {
        *kind = (RnRasterKind) i;
        return TRUE;
      }
  return FALSE;
}

RnRasterSpec *
rn_raster_spec_new (RnRasterKind kind, const char *location)
{
  RnRasterSpec *self = g_new0 (RnRasterSpec, 1);

  self->kind = kind;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *text_of (self, &texts[i]) = g_strdup ("");
  g_free (self->location);
  self->location = g_strdup (location);
  self->opacity = RN_RASTER_DEFAULT_OPACITY;
  self->enabled = TRUE;
  self->max_zoom = kind == RN_RASTER_XYZ || kind == RN_RASTER_TMS ? 19 : RN_RASTER_MAX_ZOOM;
  self->tile_px = 256;
  return self;
}

RnRasterSpec *
rn_raster_spec_copy (const RnRasterSpec *self)
{
  RnRasterSpec *copy = g_new (RnRasterSpec, 1);

  *copy = *self;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *text_of (copy, &texts[i]) = g_strdup (*text_of (self, &texts[i]));
  return copy;
}

void
rn_raster_spec_free (RnRasterSpec *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*text_of (self, &texts[i]));
  g_free (self);
}

static gboolean
equal (const RnRasterSpec *a, const RnRasterSpec *b, gboolean all)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if ((all || texts[i].own) && !g_str_equal (*text_of (a, &texts[i]), *text_of (b, &texts[i])))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (*number_of (a, &numbers[i]) != *number_of (b, &numbers[i]))
      return FALSE;
  if (a->kind != b->kind || a->crs != b->crs || a->allow_http != b->allow_http)
    return FALSE;
  return !all || (a->opacity == b->opacity && a->enabled == b->enabled);
}

gboolean
rn_raster_spec_equal (const RnRasterSpec *a, const RnRasterSpec *b)
{
  return equal (a, b, TRUE);
}

gboolean
rn_raster_spec_same_tiles (const RnRasterSpec *a, const RnRasterSpec *b)
{
  return equal (a, b, FALSE);
}

/* ---- addresses ------------------------------------------------------------------------------- */

static char *
dup_subdomain (const RnRasterSpec *self, guint n)
{
  if (strchr (self->subdomains, ',') != NULL)
    {
      g_auto (GStrv) words = g_strsplit (self->subdomains, ",", -1);

      return g_strdup (g_strstrip (words[n % g_strv_length (words)]));
    }
  return *self->subdomains == '\0'
             ? g_strdup ("")
             : g_strdup_printf ("%c", self->subdomains[n % strlen (self->subdomains)]);
}

static char *
dup_quadkey (int z, int x, int y)
{
  char *key = g_new0 (char, z + 1);

  for (int i = 0; i < z; i++)
    key[i] = (char) ('0' + (x >> (z - 1 - i) & 1) + 2 * (y >> (z - 1 - i) & 1));
  return key;
}

/* What stands for the placeholder of @length bytes at @name; NULL: there is no such one. */
static char *
dup_placeholder (const RnRasterSpec *self, const char *name, gsize length, int z, int x, int y)
{
  static const char *const names[] = { "z", "x", "y", "-y", "tmsy", "q", "s" };
  int south = (1 << z) - 1 - y;
  guint i = 0;

  while (i < G_N_ELEMENTS (names)
         && (strlen (names[i]) != length || strncmp (names[i], name, length) != 0))
    i++;
  switch (i)
    {
    case 0:
      return g_strdup_printf ("%d", z);
    case 1:
      return g_strdup_printf ("%d", x);
    case 2:
      return g_strdup_printf ("%d", self->kind == RN_RASTER_TMS ? south : y);
    case 3:
    case 4:
      return g_strdup_printf ("%d", south);
    case 5:
      return dup_quadkey (z, x, y);
    case 6:
      return dup_subdomain (self, (guint) (x + y));
    default:
      return NULL;
    }
}

/* The template, or for a bare TMS folder the one that its standard names. */
static char *
dup_template (const RnRasterSpec *self)
{
  if (self->kind != RN_RASTER_TMS || strchr (self->location, '{') != NULL)
    return g_strdup (self->location);
  return g_strconcat (self->location, g_str_has_suffix (self->location, "/") ? "" : "/",
                      "{z}/{x}/{y}.png", NULL);
}

/* NULL with an error that names a placeholder which is not known. */
static char *
expand (const RnRasterSpec *self, int z, int x, int y, GError **error)
{
  g_autofree char *template = dup_template (self);
  g_autoptr (GString) uri = g_string_new (NULL);

  for (const char *p = template; *p != '\0';)
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;
      g_autofree char *value = NULL;

      if (end == NULL)
        {
          g_string_append_c (uri, *p++);
          continue;
        }
      value = dup_placeholder (self, p + 1, (gsize) (end - p - 1), z, x, y);
      if (value == NULL)
        {
          g_set_error (
              error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
              _("location: “%.*s” is not known; known are {z} {x} {y} {-y} {tmsy} {q} {s}"),
              (int) (end - p + 1), p);
          return NULL;
        }
      g_string_append (uri, value);
      p = end + 1;
    }
  return g_string_free (g_steal_pointer (&uri), FALSE);
}

char *
rn_raster_spec_dup_tile_uri (const RnRasterSpec *self, int z, int x, int y)
{
  return expand (self, z, x, y, NULL);
}

/* ---- checks ---------------------------------------------------------------------------------- */

static gboolean
refuse (GError **error, const char *field, const char *why)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s: %s", field, why);
  return FALSE;
}

static gboolean
has (const RnRasterSpec *self, const char *placeholder)
{
  return strstr (self->location, placeholder) != NULL;
}

static gboolean
check_template (const RnRasterSpec *self, GError **error)
{
  gboolean bare = self->kind == RN_RASTER_TMS && strchr (self->location, '{') == NULL;
  gboolean row = has (self, "{y}") || has (self, "{-y}") || has (self, "{tmsy}");

  if (!bare && !has (self, "{q}") && !(has (self, "{z}") && has (self, "{x}") && row))
    return refuse (error, "location", _("must hold {z}, {x} and {y}, or {q}"));
  if (has (self, "{s}") && *self->subdomains == '\0')
    return refuse (error, "subdomains", _("must be given where the address holds {s}"));
  return TRUE;
}

static gboolean
check_address (const RnRasterSpec *self, GError **error)
{
  gboolean wmts = self->kind == RN_RASTER_WMTS;
  g_autofree char *uri = wmts ? g_strdup (self->location) : expand (self, 1, 0, 0, error);
  g_autoptr (GUri) parsed = uri != NULL ? rn_http_rules_parse (uri, self->allow_http, error) : NULL;

  if (uri != NULL && parsed == NULL)
    g_prefix_error (error, "location: ");
  return parsed != NULL && (wmts || check_template (self, error));
}

static gboolean
check_numbers (const RnRasterSpec *self, GError **error)
{
  if (self->min_zoom < 0 || self->min_zoom > RN_RASTER_MAX_ZOOM)
    return refuse (error, "min-zoom", _("must be from 0 to 24"));
  if (self->max_zoom < self->min_zoom || self->max_zoom > RN_RASTER_MAX_ZOOM)
    return refuse (error, "max-zoom", _("must be from the lowest level to 24"));
  if (self->tile_px != 256 && self->tile_px != 512)
    return refuse (error, "tile-size", _("must be 256 or 512"));
  if (!(self->opacity >= RN_RASTER_MIN_OPACITY && self->opacity <= 1))
    return refuse (error, "opacity", _("must be from 0.1 to 1"));
  return TRUE;
}

gboolean
rn_raster_spec_check (const RnRasterSpec *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = *text_of (self, &texts[i]);

      if (strlen (text) > MAX_TEXT_BYTES || !g_utf8_validate (text, -1, NULL))
        return refuse (error, texts[i].key, _("is too long or not UTF-8"));
    }
  if (*self->location == '\0')
    return refuse (error, "location", _("must not be empty"));
  if (self->crs == RN_CRS_BD09)
    return refuse (error, "crs",
                   _("tiles in BD-09 are cut on a grid of their own, which is not read; choose "
                      "WGS-84 or GCJ-02"));
  if (!check_numbers (self, error))
    return FALSE;
  return self->kind == RN_RASTER_MBTILES || check_address (self, error);
}

char *
rn_raster_spec_dup_name (const RnRasterSpec *self)
{
  g_autofree char *uri = NULL;
  g_autoptr (GUri) parsed = NULL;

  if (*self->name != '\0')
    return g_strdup (self->name);
  if (self->kind == RN_RASTER_MBTILES)
    return g_path_get_basename (self->location);
  uri = expand (self, 1, 0, 0, NULL);
  parsed = uri != NULL ? g_uri_parse (uri, G_URI_FLAGS_ENCODED, NULL) : NULL;
  return parsed != NULL && g_uri_get_host (parsed) != NULL ? rn_http_rules_dup_place (parsed)
                                                           : g_strdup (kind_words[self->kind]);
}

/* ---- settings -------------------------------------------------------------------------------- */

GVariant *
rn_raster_spec_to_variant (const RnRasterSpec *self)
{
  g_autoptr (RnRasterSpec) plain = rn_raster_spec_new (self->kind, "");
  g_auto (GVariantDict) dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "kind", "s", kind_words[self->kind]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (**text_of (self, &texts[i]) != '\0')
      g_variant_dict_insert (&dict, texts[i].key, "s", *text_of (self, &texts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (*number_of (self, &numbers[i]) != *number_of (plain, &numbers[i]))
      g_variant_dict_insert (&dict, numbers[i].key, "i", *number_of (self, &numbers[i]));
  g_variant_dict_insert (&dict, "crs", "s", rn_crs_word (self->crs));
  g_variant_dict_insert (&dict, "opacity", "d", self->opacity);
  g_variant_dict_insert (&dict, "enabled", "b", self->enabled);
  if (self->allow_http)
    g_variant_dict_insert (&dict, "allow-http", "b", TRUE);
  return g_variant_dict_end (&dict);
}

/* Whether @key is absent or of its type. */
static gboolean
lookup (GVariantDict *dict, const char *key, const char *type, gpointer out, GError **error)
{
  if (!g_variant_dict_contains (dict, key) || g_variant_dict_lookup (dict, key, type, out))
    return TRUE;
  return refuse (error, key, _("is not of the right type"));
}

static gboolean
read_fields (RnRasterSpec *self, GVariantDict *dict, GError **error)
{
  g_autofree char *crs = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = NULL;

      if (!lookup (dict, texts[i].key, "s", &text, error))
        return FALSE;
      if (text == NULL)
        continue;
      g_free (*text_of (self, &texts[i]));
      *text_of (self, &texts[i]) = g_steal_pointer (&text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!lookup (dict, numbers[i].key, "i", number_of (self, &numbers[i]), error))
      return FALSE;
  if (!lookup (dict, "crs", "s", &crs, error)
      || !lookup (dict, "opacity", "d", &self->opacity, error)
      || !lookup (dict, "enabled", "b", &self->enabled, error)
      || !lookup (dict, "allow-http", "b", &self->allow_http, error))
    return FALSE;
  if (crs != NULL && !rn_crs_parse (crs, &self->crs))
    return refuse (error, "crs", _("must be wgs84 or gcj02"));
  return TRUE;
}

RnRasterSpec *
rn_raster_spec_from_variant (GVariant *value, GError **error)
{
  g_auto (GVariantDict) dict;
  g_autofree char *kind_word = NULL;
  g_autoptr (RnRasterSpec) self = NULL;
  RnRasterKind kind;

  g_variant_dict_init (&dict, value);
  if (!g_variant_dict_lookup (&dict, "kind", "s", &kind_word)
      || !rn_raster_kind_parse (kind_word, &kind))
    {
      refuse (error, "kind", _("must be xyz, tms, wmts or mbtiles"));
      return NULL;
    }
  self = rn_raster_spec_new (kind, "");
  if (!read_fields (self, &dict, error) || !rn_raster_spec_check (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- command line ---------------------------------------------------------------------------- */

static gboolean
take_number (const char *key, const char *text, double *number, GError **error)
{
  char *end;

  *number = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (*number))
    return refuse (error, key, _("is not a number"));
  return TRUE;
}

/* A word that stands alone. */
static gboolean
take_word (RnRasterSpec *self, const char *word)
{
  if (g_str_equal (word, "http"))
    self->allow_http = TRUE;
  else if (g_str_equal (word, "256") || g_str_equal (word, "512"))
    self->tile_px = *word == '2' ? 256 : 512;
  else
    return rn_crs_parse (word, &self->crs);
  return TRUE;
}

static gboolean
take_pair (RnRasterSpec *self, const char *key, const char *value, GError **error)
{
  double number;

  if (g_str_equal (key, "opacity"))
    return take_number (key, value, &self->opacity, error);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_strcmp0 (key, numbers[i].option) == 0)
      {
        if (!take_number (key, value, &number, error))
          return FALSE;
        *number_of (self, &numbers[i]) = (int) CLAMP (number, -1, 1000);
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (key, texts[i].option) == 0)
      {
        g_free (*text_of (self, &texts[i]));
        *text_of (self, &texts[i]) = g_strdup (value);
        return TRUE;
      }
  return refuse (error, key, _("there is no such option"));
}

static gboolean
take_options (RnRasterSpec *self, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *colon = strchr (words[i], ':');

      if (colon != NULL)
        *colon = '\0';
      if (colon != NULL ? !take_pair (self, words[i], colon + 1, error)
                        : !take_word (self, words[i]))
        return colon != NULL ? FALSE : refuse (error, words[i], _("there is no such option"));
    }
  return TRUE;
}

RnRasterSpec *
rn_raster_spec_parse (const char *text, GError **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *head =
      equals != NULL ? g_strndup (text, (gsize) (equals - text)) : g_strdup ("");
  char *options = strchr (head, ':');
  g_autoptr (RnRasterSpec) self = NULL;
  RnRasterKind kind;

  if (options != NULL)
    *options++ = '\0';
  if (!rn_raster_kind_parse (head, &kind))
    {
      refuse (error, "kind", _("must be xyz, tms, wmts or mbtiles, as in xyz=https://…"));
      return NULL;
    }
  self = rn_raster_spec_new (kind, equals + 1);
  if ((options != NULL && !take_options (self, options, error))
      || !rn_raster_spec_check (self, error))
    return NULL;
  return g_steal_pointer (&self);
}
