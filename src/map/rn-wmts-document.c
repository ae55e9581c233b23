/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GMarkup's events by the path of local names: a table says what an element begins and where its
 * text goes. GMarkup expands no declared entities; size, depth and numbers are limited here. */
#include "map/rn-wmts-document.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"

#define MAX_BYTES ((gsize) 16 << 20)
#define MAX_DEPTH 32
#define MAX_ENTRIES 200000
#define MAX_TEXT_BYTES 4096

typedef struct {
  RnWmts *document;
  GString *path, *text;
  guint depth, n_entries;
  gboolean is_get_tile;   /* within that operation */
  gboolean rest, kvp;     /* what the address at hand is for */
  char *href;             /* of the address at hand */
  gboolean default_style; /* of the style at hand */
} Reader;

static void
matrix_free (gpointer data)
{
  RnWmtsMatrix *matrix = data;

  g_free (matrix->id);
  g_free (matrix);
}

static void
set_free (gpointer data)
{
  RnWmtsSet *set = data;

  g_free (set->id);
  g_free (set->crs);
  g_ptr_array_unref (set->matrices);
  g_free (set);
}

static void
limits_free (gpointer data)
{
  RnWmtsLimits *limits = data;

  g_free (limits->matrix);
  g_free (limits);
}

static void
link_free (gpointer data)
{
  RnWmtsLink *link = data;

  g_free (link->set);
  g_ptr_array_unref (link->limits);
  g_free (link);
}

static void
layer_free (gpointer data)
{
  RnWmtsLayerEntry *layer = data;

  g_free (layer->parent.id);
  g_free (layer->parent.title);
  g_free (layer->style);
  g_ptr_array_unref (layer->formats);
  g_ptr_array_unref (layer->links);
  g_free (layer);
}

/* ---- elements -------------------------------------------------------------------------------- */

typedef enum {
  LAYER,
  LAYER_ID,
  LAYER_TITLE,
  STYLE,
  STYLE_ID,
  FORMAT,
  LINK,
  LINK_SET,
  LIMITS,
  LIMITS_MATRIX,
  MIN_ROW,
  MAX_ROW,
  MIN_COL,
  MAX_COL,
  SET,
  SET_ID,
  SET_CRS,
  MATRIX,
  MATRIX_ID,
  SCALE,
  CORNER,
  TILE_WIDTH,
  TILE_HEIGHT,
  OPERATION,
  GET,
  ENCODING,
  PROVIDER,
  REST,
  N_PLACES
} Place;

#define LAYER_PATH "/Capabilities/Contents/Layer"
#define LINK_PATH LAYER_PATH "/TileMatrixSetLink"
#define LIMITS_PATH LINK_PATH "/TileMatrixSetLimits/TileMatrixLimits"
#define SET_PATH "/Capabilities/Contents/TileMatrixSet"
#define MATRIX_PATH SET_PATH "/TileMatrix"
#define OPERATION_PATH "/Capabilities/OperationsMetadata/Operation"

static const char *const places[N_PLACES] = {
  [LAYER] = LAYER_PATH,
  [LAYER_ID] = LAYER_PATH "/Identifier",
  [LAYER_TITLE] = LAYER_PATH "/Title",
  [STYLE] = LAYER_PATH "/Style",
  [STYLE_ID] = LAYER_PATH "/Style/Identifier",
  [FORMAT] = LAYER_PATH "/Format",
  [LINK] = LINK_PATH,
  [LINK_SET] = LINK_PATH "/TileMatrixSet",
  [LIMITS] = LIMITS_PATH,
  [LIMITS_MATRIX] = LIMITS_PATH "/TileMatrix",
  [MIN_ROW] = LIMITS_PATH "/MinTileRow",
  [MAX_ROW] = LIMITS_PATH "/MaxTileRow",
  [MIN_COL] = LIMITS_PATH "/MinTileCol",
  [MAX_COL] = LIMITS_PATH "/MaxTileCol",
  [SET] = SET_PATH,
  [SET_ID] = SET_PATH "/Identifier",
  [SET_CRS] = SET_PATH "/SupportedCRS",
  [MATRIX] = MATRIX_PATH,
  [MATRIX_ID] = MATRIX_PATH "/Identifier",
  [SCALE] = MATRIX_PATH "/ScaleDenominator",
  [CORNER] = MATRIX_PATH "/TopLeftCorner",
  [TILE_WIDTH] = MATRIX_PATH "/TileWidth",
  [TILE_HEIGHT] = MATRIX_PATH "/TileHeight",
  [OPERATION] = OPERATION_PATH,
  [GET] = OPERATION_PATH "/DCP/HTTP/Get",
  [ENCODING] = OPERATION_PATH "/DCP/HTTP/Get/Constraint/AllowedValues/Value",
  [PROVIDER] = "/Capabilities/ServiceProvider/ProviderName",
  [REST] = LAYER_PATH "/ResourceURL",
};

static Place
find_place (const Reader *self)
{
  guint i = 0;

  while (i < N_PLACES && !g_str_equal (places[i], self->path->str))
    i++;
  return (Place) i;
}

static gpointer
last (const GPtrArray *array)
{
  return array->pdata[array->len - 1];
}

static const char *
attribute (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *colon = strrchr (names[i], ':');

      if (g_str_equal (colon != NULL ? colon + 1 : names[i], name))
        return values[i];
    }
  return "";
}

static void
begin_layer (RnWmts *document)
{
  RnWmtsLayerEntry *layer = g_new0 (RnWmtsLayerEntry, 1);

  layer->parent.id = g_strdup ("");
  layer->parent.title = g_strdup ("");
  layer->style = g_strdup ("");
  layer->formats = g_ptr_array_new_with_free_func (g_free);
  layer->links = g_ptr_array_new_with_free_func (link_free);
  g_ptr_array_add (document->layers, layer);
}

static void
begin_link (RnWmtsLayerEntry *layer)
{
  RnWmtsLink *link = g_new0 (RnWmtsLink, 1);

  link->set = g_strdup ("");
  link->limits = g_ptr_array_new_with_free_func (limits_free);
  g_ptr_array_add (layer->links, link);
}

static void
begin_set (RnWmts *document)
{
  RnWmtsSet *set = g_new0 (RnWmtsSet, 1);

  set->id = g_strdup ("");
  set->crs = g_strdup ("");
  set->matrices = g_ptr_array_new_with_free_func (matrix_free);
  g_ptr_array_add (document->sets, set);
}

static void
begin_limits (RnWmtsLink *link)
{
  RnWmtsLimits *limits = g_new0 (RnWmtsLimits, 1);

  limits->matrix = g_strdup ("");
  limits->max_row = limits->max_col = G_MAXINT;
  g_ptr_array_add (link->limits, limits);
}

static void
begin_matrix (RnWmtsSet *set)
{
  RnWmtsMatrix *matrix = g_new0 (RnWmtsMatrix, 1);

  matrix->id = g_strdup ("");
  g_ptr_array_add (set->matrices, matrix);
}

/* The path tells that there is a layer, a link or a set to belong to. */
static void
begin (Reader *self, Place place, const char **names, const char **values)
{
  RnWmts *document = self->document;

  switch (place)
    {
    case LAYER:
      begin_layer (document);
      break;
    case STYLE:
      self->default_style = g_str_equal (attribute (names, values, "isDefault"), "true");
      break;
    case LINK:
      begin_link (last (document->layers));
      break;
    case LIMITS:
      begin_limits (last (((RnWmtsLayerEntry *) last (document->layers))->links));
      break;
    case SET:
      begin_set (document);
      break;
    case MATRIX:
      begin_matrix (last (document->sets));
      break;
    case OPERATION:
      self->is_get_tile = g_str_equal (attribute (names, values, "name"), "GetTile");
      break;
    case GET:
      self->rest = self->kvp = FALSE;
      g_free (self->href);
      self->href = g_strdup (attribute (names, values, "href"));
      break;
    case REST:
      document->has_rest |= g_str_equal (attribute (names, values, "resourceType"), "tile");
      break;
    default:
      break;
    }
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static int
to_int (const char *text)
{
  return (int) CLAMP (g_ascii_strtoll (text, NULL, 10), G_MININT, G_MAXINT);
}

static void
take_corner (RnWmtsMatrix *matrix, const char *text)
{
  char *end;

  matrix->corner[0] = g_ascii_strtod (text, &end);
  matrix->corner[1] = g_ascii_strtod (end, NULL);
}

static void
take_style (Reader *self, RnWmtsLayerEntry *layer, const char *text)
{
  if (layer->style_is_default || (*layer->style != '\0' && !self->default_style))
    return;
  set_text (&layer->style, text);
  layer->style_is_default = self->default_style;
}

/* The end of an address: of GetTile, the first one for keys and values. */
static void
end_get (Reader *self)
{
  RnWmts *document = self->document;

  if (!self->is_get_tile)
    return;
  if (self->rest && !self->kvp)
    document->has_rest = TRUE;
  else if (*document->get_tile == '\0')
    set_text (&document->get_tile, self->href);
}

static void
end_of_layer (Reader *self, Place place, const char *text)
{
  RnWmtsLayerEntry *layer = last (self->document->layers);
  RnWmtsLink *link = layer->links->len > 0 ? last (layer->links) : NULL;
  RnWmtsLimits *limits = link != NULL && link->limits->len > 0 ? last (link->limits) : NULL;

  if (place == LAYER_ID)
    set_text (&layer->parent.id, text);
  else if (place == LAYER_TITLE && *layer->parent.title == '\0')
    set_text (&layer->parent.title, text);
  else if (place == STYLE_ID)
    take_style (self, layer, text);
  else if (place == FORMAT)
    g_ptr_array_add (layer->formats, g_strdup (text));
  else if (place == LINK_SET)
    set_text (&link->set, text);
  else if (place == LIMITS_MATRIX)
    set_text (&limits->matrix, text);
  else if (place == MIN_ROW)
    limits->min_row = to_int (text);
  else if (place == MAX_ROW)
    limits->max_row = to_int (text);
  else if (place == MIN_COL)
    limits->min_col = to_int (text);
  else if (place == MAX_COL)
    limits->max_col = to_int (text);
}

static void
end_of_set (Reader *self, Place place, const char *text)
{
  RnWmtsSet *set = last (self->document->sets);
  RnWmtsMatrix *matrix = set->matrices->len > 0 ? last (set->matrices) : NULL;

  if (place == SET_ID)
    set_text (&set->id, text);
  else if (place == SET_CRS)
    set_text (&set->crs, text);
  else if (place == MATRIX_ID)
    set_text (&matrix->id, text);
  else if (place == SCALE)
    matrix->scale_denominator = g_ascii_strtod (text, NULL);
  else if (place == CORNER)
    take_corner (matrix, text);
  else if (place == TILE_WIDTH)
    matrix->tile_width = to_int (text);
  else if (place == TILE_HEIGHT)
    matrix->tile_height = to_int (text);
}

static void
end (Reader *self, Place place, const char *text)
{
  if (place >= LAYER && place <= MAX_COL)
    end_of_layer (self, place, text);
  else if (place >= SET && place <= TILE_HEIGHT)
    end_of_set (self, place, text);
  else if (place == GET)
    end_get (self);
  else if (place == ENCODING)
    {
      self->kvp |= g_ascii_strcasecmp (text, "KVP") == 0;
      self->rest |= g_ascii_strncasecmp (text, "REST", 4) == 0;
    }
  else if (place == PROVIDER)
    set_text (&self->document->provider, text);
}

/* ---- events ---------------------------------------------------------------------------------- */

static void
start_cb (GMarkupParseContext *context, const char *name, const char **names, const char **values,
          gpointer data, GError **error)
{
  Reader *self = data;
  const char *colon = strrchr (name, ':');
  Place place;

  if (++self->depth > MAX_DEPTH || ++self->n_entries > MAX_ENTRIES)
    {
      g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                           _("too deep or too long"));
      return;
    }
  g_string_append_c (self->path, '/');
  g_string_append (self->path, colon != NULL ? colon + 1 : name);
  g_string_truncate (self->text, 0);
  place = find_place (self);
  if (place < N_PLACES)
    begin (self, place, names, values);
}

static void
end_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Reader *self = data;
  Place place = find_place (self);

  if (place < N_PLACES)
    end (self, place, g_strstrip (self->text->str));
  g_string_truncate (self->text, 0);
  g_string_truncate (self->path, (gsize) (strrchr (self->path->str, '/') - self->path->str));
  self->depth--;
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer data,
         GError **error)
{
  Reader *self = data;

  if (self->text->len + length <= MAX_TEXT_BYTES)
    g_string_append_len (self->text, text, (gssize) length);
}

/* ---- the document ---------------------------------------------------------------------------- */

static RnWmts *
wmts_new (void)
{
  RnWmts *self = g_new0 (RnWmts, 1);

  self->layers = g_ptr_array_new_with_free_func (layer_free);
  self->sets = g_ptr_array_new_with_free_func (set_free);
  self->provider = g_strdup ("");
  self->get_tile = g_strdup ("");
  return self;
}

void
rn_wmts_free (RnWmts *self)
{
  g_ptr_array_unref (self->layers);
  g_ptr_array_unref (self->sets);
  g_free (self->provider);
  g_free (self->get_tile);
  g_free (self);
}

static gboolean
read_document (Reader *reader, GBytes *bytes, GError **error)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, NULL, NULL };
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, reader, NULL);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      size -= 3;
    }
  return g_markup_parse_context_parse (context, text, (gssize) size, error)
         && g_markup_parse_context_end_parse (context, error);
}

RnWmts *
rn_wmts_parse (GBytes *bytes, GError **error)
{
  g_autoptr (RnWmts) document = wmts_new ();
  g_autoptr (GString) path = g_string_new (NULL), text = g_string_new (NULL);
  Reader reader = { .document = document, .path = path, .text = text };
  g_autoptr (GError) cause = NULL;
  gboolean ok = FALSE;

  if (g_bytes_get_size (bytes) > MAX_BYTES)
    g_set_error (&cause, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, _("more than %u MiB"),
                 (guint) (MAX_BYTES >> 20));
  else
    ok = read_document (&reader, bytes, &cause);
  g_free (reader.href);
  if (ok && document->layers->len == 0)
    g_set_error_literal (&cause, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                         _("it names no layers"));
  if (cause != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("not the capabilities of a WMTS: %s"), cause->message);
      return NULL;
    }
  document->rest_only = document->has_rest && *document->get_tile == '\0';
  rn_wmts_find_usable (document);
  return g_steal_pointer (&document);
}

guint
rn_wmts_n_layers (const RnWmts *self)
{
  return self->layers->len;
}

const RnWmtsLayer *
rn_wmts_get_layer (const RnWmts *self, guint i)
{
  const RnWmtsLayerEntry *layer = g_ptr_array_index (self->layers, i);

  return &layer->parent;
}

const char *
rn_wmts_get_provider (const RnWmts *self)
{
  return self->provider;
}
