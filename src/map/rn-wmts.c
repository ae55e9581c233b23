/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choice among what a service offers, and the addresses. Levels are found by the span of a tile
 * on the ground, not by their names, which are free ("5", "05", "EPSG:3857:5"). */
#include "map/rn-wmts.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "map/rn-wmts-document.h"
#include "net/rn-http-rules.h"

#define EQUATOR_M 40075016.68557849
#define HALF_EQUATOR_M (EQUATOR_M / 2)
/* Metres a pixel at scale 1, by the standard. */
#define PIXEL_M 0.00028
#define CORNER_TOLERANCE_M 100.0
#define LEVEL_TOLERANCE 0.01

typedef struct {
  char *id; /* NULL: the set has no such level */
  gboolean limited;
  int min_row, max_row, min_col, max_col;
} Level;

struct _RnWmtsTiles {
  char *base;  /* address up to and with "?" or "&" */
  char *fixed; /* the pairs that are the same for all tiles */
  Level levels[RN_RASTER_MAX_ZOOM + 1];
  int min_zoom, max_zoom, tile_px;
};

static char *
join_query (const char *location, const char *pairs)
{
  const char *hash = strchr (location, '#');
  g_autofree char *plain =
      hash != NULL ? g_strndup (location, (gsize) (hash - location)) : g_strdup (location);
  const char *glue = strchr (plain, '?') == NULL ? "?" : "&";

  if (g_str_has_suffix (plain, "?") || g_str_has_suffix (plain, "&"))
    glue = "";
  return g_strconcat (plain, glue, pairs, NULL);
}

char *
rn_wmts_dup_capabilities_uri (const char *location)
{
  g_autofree char *lower = g_ascii_strdown (location, -1);

  if (strstr (lower, "request=getcapabilities") != NULL || g_str_has_suffix (lower, ".xml"))
    return g_strdup (location);
  return join_query (location, "SERVICE=WMTS&REQUEST=GetCapabilities&VERSION=1.0.0");
}

/* ---- what can be shown ----------------------------------------------------------------------- */

static gboolean
is_web_mercator (const char *crs)
{
  static const char *const codes[] = { "3857", "900913", "102100", "102113", "3785" };
  const char *code = strrchr (crs, ':');

  code = code != NULL ? code + 1 : crs;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (code, codes[i]))
      return TRUE;
  return FALSE;
}

/* The level of a matrix, or −1 when it does not cut the world as all web maps do. The signs of its
 * corner are not looked at: well-known services have them the wrong way round. */
static int
level_of (const RnWmtsMatrix *matrix)
{
  double span = matrix->scale_denominator * PIXEL_M * matrix->tile_width;
  double level = log2 (EQUATOR_M / span);

  if (matrix->tile_width != matrix->tile_height
      || (matrix->tile_width != 256 && matrix->tile_width != 512) || !isfinite (level))
    return -1;
  if (fabs (fabs (matrix->corner[0]) - HALF_EQUATOR_M) > CORNER_TOLERANCE_M
      || fabs (fabs (matrix->corner[1]) - HALF_EQUATOR_M) > CORNER_TOLERANCE_M)
    return -1;
  if (fabs (level - round (level)) > LEVEL_TOLERANCE || level < -0.5
      || level > RN_RASTER_MAX_ZOOM + 0.5)
    return -1;
  return (int) round (level);
}

static gboolean
is_usable_set (const RnWmtsSet *set)
{
  if (!is_web_mercator (set->crs))
    return FALSE;
  for (guint i = 0; i < set->matrices->len; i++)
    if (level_of (g_ptr_array_index (set->matrices, i)) >= 0)
      return TRUE;
  return FALSE;
}

static const RnWmtsSet *
find_set (const RnWmts *self, const char *id)
{
  for (guint i = 0; i < self->sets->len; i++)
    {
      const RnWmtsSet *set = g_ptr_array_index (self->sets, i);

      if (g_str_equal (set->id, id))
        return set;
    }
  return NULL;
}

/* The link of @layer to the set @id, or with "" to the first that can be shown. */
static const RnWmtsLink *
find_link (const RnWmts *self, const RnWmtsLayerEntry *layer, const char *id)
{
  for (guint i = 0; i < layer->links->len; i++)
    {
      const RnWmtsLink *link = g_ptr_array_index (layer->links, i);
      const RnWmtsSet *set = find_set (self, link->set);

      if (set != NULL && is_usable_set (set) && (*id == '\0' || g_str_equal (id, link->set)))
        return link;
    }
  return NULL;
}

static const char *
find_format (const RnWmtsLayerEntry *layer, const char *wanted)
{
  static const char *const known[] = { "image/png", "image/jpeg", "image/jpg", "image/webp" };
  const char *const *formats = (const char *const *) layer->formats->pdata;

  for (guint k = 0; k < G_N_ELEMENTS (known); k++)
    for (guint i = 0; i < layer->formats->len; i++)
      if (*wanted != '\0' ? g_str_equal (formats[i], wanted)
                          : g_ascii_strncasecmp (formats[i], known[k], strlen (known[k])) == 0)
        return formats[i];
  /* a service that names none, or only its own word for what it sends */
  return *wanted == '\0' && layer->formats->len == 1
                 && g_ascii_strncasecmp (formats[0], "tiles", 5) == 0
             ? formats[0]
             : NULL;
}

void
rn_wmts_find_usable (RnWmts *self)
{
  for (guint i = 0; i < self->layers->len; i++)
    {
      RnWmtsLayerEntry *layer = g_ptr_array_index (self->layers, i);

      layer->parent.usable = find_link (self, layer, "") != NULL && find_format (layer, "") != NULL;
    }
}

/* ---- the choice ------------------------------------------------------------------------------ */

/* The ids of all layers, not too many. */
static char *
dup_ids (const RnWmts *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->layers->len && i < 8; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", rn_wmts_get_layer (self, i)->id);
  if (self->layers->len > 8)
    g_string_append (text, ", …");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const RnWmtsLayerEntry *
choose_layer (const RnWmts *self, const char *id, GError **error)
{
  g_autofree char *ids = NULL;

  for (guint i = 0; i < self->layers->len; i++)
    {
      const RnWmtsLayerEntry *layer = g_ptr_array_index (self->layers, i);

      if (*id != '\0' ? g_str_equal (layer->parent.id, id) : layer->parent.usable)
        return layer;
    }
  ids = dup_ids (self);
  if (*id == '\0')
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 _("layer: none of the service can be shown (%s): they are not in Web Mercator "
                    "(EPSG:3857), or not pictures"),
                 ids);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _("layer: the service has no “%s”; it has %s"), id, ids);
  return NULL;
}

static void
fill_levels (RnWmtsTiles *tiles, const RnWmtsSet *set)
{
  tiles->min_zoom = -1;
  for (guint i = 0; i < set->matrices->len; i++)
    {
      const RnWmtsMatrix *matrix = g_ptr_array_index (set->matrices, i);
      int z = level_of (matrix);

      if (z < 0 || tiles->levels[z].id != NULL
          || (tiles->tile_px != 0 && matrix->tile_width != tiles->tile_px))
        continue;
      tiles->tile_px = matrix->tile_width;
      tiles->levels[z].id = g_strdup (matrix->id);
      tiles->min_zoom = tiles->min_zoom < 0 ? z : MIN (tiles->min_zoom, z);
      tiles->max_zoom = MAX (tiles->max_zoom, z);
    }
}

/* A layer that has limits has only the levels that they name. */
static void
apply_limits (RnWmtsTiles *tiles, const RnWmtsLink *link)
{
  if (link->limits->len == 0)
    return;
  tiles->min_zoom = RN_RASTER_MAX_ZOOM;
  tiles->max_zoom = 0;
  for (int z = 0; z <= RN_RASTER_MAX_ZOOM; z++)
    {
      Level *level = &tiles->levels[z];

      for (guint i = 0; level->id != NULL && i < link->limits->len && !level->limited; i++)
        {
          const RnWmtsLimits *limits = g_ptr_array_index (link->limits, i);

          if (!g_str_equal (limits->matrix, level->id))
            continue;
          level->limited = TRUE;
          level->min_row = limits->min_row;
          level->max_row = limits->max_row;
          level->min_col = limits->min_col;
          level->max_col = limits->max_col;
          tiles->min_zoom = MIN (tiles->min_zoom, z);
          tiles->max_zoom = MAX (tiles->max_zoom, z);
        }
      if (!level->limited)
        g_clear_pointer (&level->id, g_free);
    }
}

/* Tiles are asked where the person pointed us, with the key that may stand there; at another server
 * only where the service says so, and then without anything of ours. */
static char *
dup_base (const RnWmts *self, const char *location)
{
  g_autoptr (GUri) own = g_uri_parse (location, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GUri) other =
      *self->get_tile != '\0' ? g_uri_parse (self->get_tile, G_URI_FLAGS_ENCODED, NULL) : NULL;
  g_autofree char *lower = g_ascii_strdown (location, -1);
  gboolean document =
      g_str_has_suffix (lower, ".xml") || strstr (lower, "request=getcapabilities") != NULL;

  if (other != NULL && g_uri_get_host (other) != NULL
      && (document || own == NULL
          || g_ascii_strcasecmp (g_uri_get_host (own), g_uri_get_host (other)) != 0))
    return join_query (self->get_tile, "");
  return join_query (location, "");
}

static char *
dup_fixed (const char *layer, const char *style, const char *format, const char *set)
{
  g_autofree char *l = g_uri_escape_string (layer, NULL, FALSE);
  g_autofree char *s = g_uri_escape_string (style, NULL, FALSE);
  g_autofree char *f = g_uri_escape_string (format, NULL, FALSE);
  g_autofree char *m = g_uri_escape_string (set, NULL, FALSE);

  return g_strdup_printf ("SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=%s&STYLE=%s&FORMAT=%s"
                          "&TILEMATRIXSET=%s",
                          l, s, f, m);
}

static RnWmtsTiles *
refuse (GError **error, const char *field, const char *why)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s: %s", field, why);
  return NULL;
}

RnWmtsTiles *
rn_wmts_choose (const RnWmts *self, const RnRasterSpec *spec, GError **error)
{
  const RnWmtsLayerEntry *layer = choose_layer (self, spec->layer, error);
  const RnWmtsLink *link;
  const char *format;
  g_autoptr (RnWmtsTiles) tiles = NULL;

  if (layer == NULL)
    return NULL;
  if (self->rest_only)
    return refuse (
        error, "location",
        _("the service has no key-value addresses (KVP); use its template as an xyz map"));
  link = find_link (self, layer, spec->matrix_set);
  if (link == NULL)
    return refuse (error, "matrix-set",
                   _("the layer has no such tile matrix set in Web Mercator (EPSG:3857)"));
  format = find_format (layer, spec->format);
  if (format == NULL)
    return refuse (error, "format", _("the layer has no pictures of this kind"));
  tiles = g_new0 (RnWmtsTiles, 1);
  fill_levels (tiles, find_set (self, link->set));
  apply_limits (tiles, link);
  if (tiles->max_zoom < tiles->min_zoom)
    return refuse (error, "matrix-set", _("the limits of the layer name none of its levels"));
  tiles->base = dup_base (self, spec->location);
  tiles->fixed = dup_fixed (layer->parent.id, *spec->style != '\0' ? spec->style : layer->style,
                            format, link->set);
  return g_steal_pointer (&tiles);
}

void
rn_wmts_tiles_free (RnWmtsTiles *self)
{
  for (int z = 0; z <= RN_RASTER_MAX_ZOOM; z++)
    g_free (self->levels[z].id);
  g_free (self->base);
  g_free (self->fixed);
  g_free (self);
}

int
rn_wmts_tiles_min_zoom (const RnWmtsTiles *self)
{
  return self->min_zoom;
}

int
rn_wmts_tiles_max_zoom (const RnWmtsTiles *self)
{
  return self->max_zoom;
}

int
rn_wmts_tiles_px (const RnWmtsTiles *self)
{
  return self->tile_px;
}

char *
rn_wmts_tiles_dup_uri (const RnWmtsTiles *self, int z, int x, int y)
{
  const Level *level = z >= 0 && z <= RN_RASTER_MAX_ZOOM ? &self->levels[z] : NULL;
  g_autofree char *matrix = NULL;

  if (level == NULL || level->id == NULL)
    return NULL;
  if (level->limited
      && (x < level->min_col || x > level->max_col || y < level->min_row || y > level->max_row))
    return NULL;
  matrix = g_uri_escape_string (level->id, NULL, FALSE);
  return g_strdup_printf ("%s%s&TILEMATRIX=%s&TILEROW=%d&TILECOL=%d", self->base, self->fixed,
                          matrix, y, x);
}
