/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sprites by a key of everything that they show. Text by Pango on cairo image surfaces, with a font
 * map of this thread; halos are the outline of the text, stroked. */
#include "map/rn-sprites.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "map/rn-texture.h"

#define FAMILIES "Cantarell, Noto Sans CJK SC"
#define HALO_EM 0.28 /* width of the stroke: half of it is outside */
#define SHIELD_HEIGHT_PX 17.0
#define SHIELD_TEXT_Y_PX 10.3 /* middle of the field below the band, a little up for the eye */
#define SHIELD_TEXT_PX 11.0
#define SHIELD_PAD_PX 5.0
#define SHIELD_LEAST_PX 22.0
#define PILL_TEXT_PX 12.0
#define LASTING_ROUNDS 100

typedef struct {
  RnSprite sprite;
  guint round; /* of the last use */
  gboolean lasting;
} Entry;

struct _RnSprites {
  RnThemeId theme;
  int scale;
  double text_scale;
  char *language;
  RnSymbolAtlas *atlas;      /* made at first use */
  PangoContext *context;     /* the same */
  GHashTable *entries;       /* char * → Entry */
  GHashTable *shield_widths; /* char * → width in px */
  guint round;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->sprite.texture);
  g_free (entry);
}

RnSprites *
rn_sprites_new (RnThemeId theme, int scale, double text_scale, const char *language)
{
  RnSprites *self = g_new0 (RnSprites, 1);

  self->theme = theme;
  self->scale = scale;
  self->text_scale = text_scale > 0 ? text_scale : 1;
  self->language = g_strdup (language);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  self->shield_widths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
rn_sprites_free (RnSprites *self)
{
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->shield_widths);
  g_clear_object (&self->context);
  g_clear_pointer (&self->atlas, rn_symbol_atlas_unref);
  g_free (self->language);
  g_free (self);
}

/* Small and coming back at every zoom: symbols and their counts. */
static gboolean
is_lasting (const char *key)
{
  return *key == 's';
}

static const RnSprite *
lookup (RnSprites *self, const char *key)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    return NULL;
  entry->round = self->round;
  return &entry->sprite;
}

/* Takes @key and the texture of @sprite. */
static const RnSprite *
keep (RnSprites *self, char *key, const RnSprite *sprite)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->sprite = *sprite;
  entry->round = self->round;
  entry->lasting = is_lasting (key);
  g_hash_table_insert (self->entries, key, entry);
  return &entry->sprite;
}

void
rn_sprites_end_round (RnSprites *self)
{
  GHashTableIter iter;
  Entry *entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    if (self->round - entry->round > (entry->lasting ? LASTING_ROUNDS : 1))
      g_hash_table_iter_remove (&iter);
  self->round++;
}

/* ---- cairo ---- */

static void
set_colour (cairo_t *cr, guint32 colour, double opacity)
{
  cairo_set_source_rgba (cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0, opacity);
}

/* A surface of whole device pixels for at least @width × @height logical ones. */
static cairo_t *
begin (RnSprites *self, double width, double height)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int) ceil (width * self->scale), (int) ceil (height * self->scale));
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, self->scale, self->scale);
  cairo_surface_destroy (surface);
  return cr;
}

/* Frees @cr; fills texture and size of @sprite. */
static void
end (RnSprites *self, cairo_t *cr, RnSprite *sprite)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) stride * height);
  sprite->texture = rn_texture_new (width, height, bytes, (gsize) stride);
  sprite->width = (double) width / self->scale;
  sprite->height = (double) height / self->scale;
  cairo_destroy (cr);
}

/* ---- text ---- */

static PangoContext *
get_context (RnSprites *self)
{
  if (self->context == NULL)
    {
      cairo_font_options_t *options = cairo_font_options_create ();

      /* the default font map is this thread's own */
      self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
      cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
      cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_SLIGHT);
      cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
      pango_cairo_context_set_font_options (self->context, options);
      pango_cairo_context_set_resolution (self->context, 96);
      pango_context_set_language (self->context, pango_language_from_string (self->language));
      cairo_font_options_destroy (options);
    }
  return self->context;
}

static PangoLayout *
make_layout (RnSprites *self, const char *text, const RnTextStyle *style)
{
  PangoLayout *layout = pango_layout_new (get_context (self));
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FAMILIES);

  pango_font_description_set_absolute_size (font, style->size_px * PANGO_SCALE);
  pango_font_description_set_weight (font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style (font, style->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  if (style->spacing_px > 0)
    {
      g_autoptr (PangoAttrList) list = pango_attr_list_new ();

      pango_attr_list_insert (
          list, pango_attr_letter_spacing_new ((int) (style->spacing_px * PANGO_SCALE)));
      pango_layout_set_attributes (layout, list);
    }
  return layout;
}

/* The box of the letters as drawn, logical px. */
static void
layout_size (PangoLayout *layout, double *width, double *height, double *ascent)
{
  PangoRectangle ink, logical;

  pango_layout_get_extents (layout, &ink, &logical);
  *width = (double) logical.width / PANGO_SCALE;
  *height = (double) logical.height / PANGO_SCALE;
  *ascent = (double) pango_layout_get_baseline (layout) / PANGO_SCALE;
}

const RnSprite *
rn_sprites_name (RnSprites *self, const char *text, const RnTextStyle *designed)
{
  RnTextStyle scaled = *designed, *style = &scaled;
  g_autofree char *key =
      g_strdup_printf ("n %g %d%d %g %06x %06x %s", style->size_px, style->bold, style->italic,
                       style->spacing_px, style->colour, style->halo, text);
  const RnSprite *known = lookup (self, key);
  g_autoptr (PangoLayout) layout = NULL;
  RnSprite sprite = { 0 };
  double ascent, pad;
  cairo_t *cr;

  if (known != NULL)
    return known;
  style->size_px *= self->text_scale;
  pad = ceil (style->size_px * HALO_EM);
  layout = make_layout (self, text, style);
  layout_size (layout, &sprite.text_width, &sprite.text_height, &ascent);
  sprite.x = sprite.y = -pad;
  cr = begin (self, sprite.text_width + 2 * pad, sprite.text_height + 2 * pad);
  cairo_move_to (cr, pad, pad);
  pango_cairo_layout_path (cr, layout);
  cairo_set_line_width (cr, style->size_px * HALO_EM);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  set_colour (cr, style->halo, 1);
  cairo_stroke (cr);
  cairo_move_to (cr, pad, pad);
  set_colour (cr, style->colour, 1);
  pango_cairo_show_layout (cr, layout);
  end (self, cr, &sprite);
  return keep (self, g_steal_pointer (&key), &sprite);
}

const RnSprite *
rn_sprites_dot (RnSprites *self, double radius_px, guint32 colour, guint32 halo)
{
  g_autofree char *key = g_strdup_printf ("d %g %06x %06x", radius_px, colour, halo);
  const RnSprite *known = lookup (self, key);
  RnSprite sprite = { 0 };
  double half = ceil (radius_px + 1);
  cairo_t *cr;

  if (known != NULL)
    return known;
  cr = begin (self, 2 * half, 2 * half);
  cairo_arc (cr, half, half, radius_px + 1, 0, 2 * G_PI);
  set_colour (cr, halo, 1);
  cairo_fill (cr);
  cairo_arc (cr, half, half, radius_px, 0, 2 * G_PI);
  set_colour (cr, colour, 1);
  cairo_fill (cr);
  sprite.x = sprite.y = -half;
  sprite.text_width = sprite.text_height = 2 * half;
  end (self, cr, &sprite);
  return keep (self, g_steal_pointer (&key), &sprite);
}

/* ---- shields, symbols, pills ---- */

/* Text with the middle of its capitals or digits at (@x, @y). */
static void
show_centred (RnSprites *self, cairo_t *cr, const char *text, const RnTextStyle *style, double x,
              double y)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text, style);
  double width, height, ascent;

  layout_size (layout, &width, &height, &ascent);
  /* Cantarell's capitals and digits are 0.71 em high */
  cairo_move_to (cr, x - width / 2.0, y + 0.355 * style->size_px - ascent);
  set_colour (cr, style->colour, 1);
  pango_cairo_show_layout (cr, layout);
}

double
rn_sprites_shield_height_px (const RnSprites *self)
{
  return round (SHIELD_HEIGHT_PX * self->text_scale);
}

static RnTextStyle
shield_style (const RnSprites *self, guint32 colour)
{
  return (
      RnTextStyle){ .size_px = SHIELD_TEXT_PX * self->text_scale, .bold = TRUE, .colour = colour };
}

double
rn_sprites_shield_width_px (RnSprites *self, const char *ref)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->shield_widths, ref));

  if (known == 0)
    {
      RnTextStyle style = shield_style (self, 0);
      g_autoptr (PangoLayout) layout = make_layout (self, ref, &style);
      double width, height, ascent;

      layout_size (layout, &width, &height, &ascent);
      known = (guint) ceil (
          MAX (width + 2 * SHIELD_PAD_PX * self->text_scale, SHIELD_LEAST_PX * self->text_scale));
      g_hash_table_insert (self->shield_widths, g_strdup (ref), GUINT_TO_POINTER (known));
    }
  return known;
}

const RnSprite *
rn_sprites_shield (RnSprites *self, RnShield shield, const char *ref)
{
  const RnTheme *theme = rn_theme_get (self->theme);
  g_autofree char *key = g_strdup_printf ("r %d %s", shield, ref);
  const RnSprite *known = lookup (self, key);
  RnTextStyle style = shield_style (self, theme->shield.text);
  RnSprite sprite = { 0 };
  double width, height = rn_sprites_shield_height_px (self);
  cairo_t *cr;

  if (known != NULL || shield == RN_SHIELD_OTHER)
    return known;
  width = rn_sprites_shield_width_px (self, ref);
  cr = begin (self, width + 2, height + 2);
  cairo_translate (cr, 1, 1);
  rn_symbol_draw_shield (cr, self->theme, shield, width, height);
  cairo_new_path (cr);
  show_centred (self, cr, ref, &style, width / 2.0, SHIELD_TEXT_Y_PX * height / SHIELD_HEIGHT_PX);
  sprite.x = sprite.y = -1;
  sprite.text_width = width;
  sprite.text_height = height;
  end (self, cr, &sprite);
  return keep (self, g_steal_pointer (&key), &sprite);
}

static RnSymbolAtlas *
get_atlas (RnSprites *self)
{
  if (self->atlas == NULL)
    self->atlas = rn_symbol_atlas_new (self->theme, self->scale);
  return self->atlas;
}

static void
draw_count (RnSprites *self, cairo_surface_t *surface, const RnSymbolCell *cell, guint count)
{
  cairo_t *cr = cairo_create (surface);
  RnTextStyle style = { .size_px = cell->text_size_px / 0.71, .bold = TRUE, .colour = cell->ink };
  g_autofree char *text = count > 99 ? g_strdup ("99+") : g_strdup_printf ("%u", count);

  if (count > 99)
    style.size_px *= 0.75;
  cairo_scale (cr, self->scale, self->scale);
  show_centred (self, cr, text, &style, cell->anchor_x, cell->anchor_y);
  cairo_destroy (cr);
}

const RnSprite *
rn_sprites_symbol (RnSprites *self, const RnSymbol *symbol, guint count)
{
  guint number = symbol->cluster ? count : 0;
  g_autofree char *key =
      g_strdup_printf ("s %d %u %d %u", symbol->kind, symbol->subtype, symbol->tier, number);
  const RnSprite *known = lookup (self, key);
  g_autoptr (GBytes) bytes = NULL;
  RnSymbolCell cell;
  RnSprite sprite = { 0 };
  guint32 *pixels;
  gsize size;

  if (known != NULL || !rn_symbol_atlas_lookup (get_atlas (self), symbol, &cell))
    return known;
  bytes = rn_symbol_atlas_cell_bytes (self->atlas, &cell);
  pixels = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
  if (symbol->cluster)
    {
      cairo_surface_t *surface = cairo_image_surface_create_for_data (
          (guchar *) pixels, CAIRO_FORMAT_ARGB32, cell.width, cell.height, cell.width * 4);

      draw_count (self, surface, &cell, count);
      cairo_surface_finish (surface);
      cairo_surface_destroy (surface);
    }
  bytes = g_bytes_new_take (pixels, size);
  sprite.texture = rn_texture_new (cell.width, cell.height, bytes, (gsize) cell.width * 4);
  sprite.width = (double) cell.width / self->scale;
  sprite.height = (double) cell.height / self->scale;
  sprite.x = -cell.anchor_x;
  sprite.y = -cell.anchor_y;
  sprite.text_width = sprite.text_height = rn_symbol_size_px (symbol);
  return keep (self, g_steal_pointer (&key), &sprite);
}

const RnSprite *
rn_sprites_pill (RnSprites *self, RnHazard hazard, int tier, const char *text)
{
  const RnTheme *theme = rn_theme_get (self->theme);
  g_autofree char *key = g_strdup_printf ("p %d %d %s", hazard, tier, text);
  const RnSprite *known = lookup (self, key);
  RnTextStyle style = { .size_px = PILL_TEXT_PX, .bold = TRUE, .colour = theme->surface.window_fg };
  g_autoptr (PangoLayout) layout = NULL;
  RnSprite sprite = { 0 };
  double width, height, ascent, designed, k = self->text_scale;
  cairo_t *cr;

  if (known != NULL)
    return known;
  /* measured as designed, drawn larger as a whole */
  layout = make_layout (self, text, &style);
  layout_size (layout, &width, &height, &ascent);
  designed = ceil (RN_PILL_TEXT_X_PX + width + RN_PILL_END_PX);
  sprite.text_width = ceil (designed * k);
  sprite.text_height = ceil (RN_PILL_HEIGHT_PX * k);
  cr = begin (self, sprite.text_width + 4, sprite.text_height + 4);
  cairo_translate (cr, 2, 2);
  cairo_scale (cr, k, k);
  rn_symbol_draw_pill (cr, self->theme, hazard, tier, designed);
  cairo_new_path (cr);
  show_centred (self, cr, text, &style, RN_PILL_TEXT_X_PX + width / 2.0, RN_PILL_HEIGHT_PX / 2.0);
  sprite.x = -sprite.text_width / 2.0 - 2;
  sprite.y = -sprite.text_height / 2.0 - 2;
  end (self, cr, &sprite);
  return keep (self, g_steal_pointer (&key), &sprite);
}
