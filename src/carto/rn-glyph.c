/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads symbols.json (made by data/carto/convert.py: M, L, C and Z, absolute) into a table of
 * pieces and replays them into cairo paths. */
#include "carto/rn-glyph.h"

#include "base/rn-json.h"
#include "carto/rn-carto-data.h"

typedef struct {
  gboolean even_odd;
  const char *outline; /* of the parsed document, which is kept */
} Piece;

typedef struct {
  guint n;
  Piece *pieces;
} Glyph;

static GHashTable *
read_glyphs (void)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);
  JsonNode *node = rn_carto_data_json ("symbols.json");
  g_autoptr (GError) error = NULL;
  RnJson root = rn_json_root (node);
  g_autoptr (GList) keys = rn_json_keys (&root);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      Glyph *glyph = g_new0 (Glyph, 1);
      RnJson list = rn_json_member (&root, l->data);

      glyph->n = rn_json_length (&list);
      glyph->pieces = g_new0 (Piece, glyph->n + 1);
      for (guint i = 0; i < glyph->n; i++)
        {
          RnJson row = rn_json_element (&list, i);
          RnJson rule = rn_json_element (&row, 0), outline = rn_json_element (&row, 1);

          glyph->pieces[i].even_odd = g_strcmp0 (rn_json_string (&rule, &error), "e") == 0;
          glyph->pieces[i].outline = rn_json_string (&outline, &error);
        }
      g_hash_table_insert (table, g_strdup (l->data), glyph);
    }
  if (error != NULL)
    g_error ("embedded symbols: %s", error->message);
  return table;
}

static const Glyph *
find_glyph (const char *name)
{
  static gsize once;
  static GHashTable *table;

  if (g_once_init_enter (&once))
    {
      table = read_glyphs ();
      g_once_init_leave (&once, 1);
    }
  return g_hash_table_lookup (table, name);
}

static void
replay (cairo_t *cr, const char *outline)
{
  double v[6];
  const char *at = outline;

  while (*at != '\0')
    {
      char command = *at++;
      guint need = command == 'C' ? 6 : command == 'Z' ? 0 : 2;

      for (guint i = 0; i < need; i++)
        {
          char *end;

          v[i] = g_ascii_strtod (at, &end);
          if (end == at)
            g_error ("embedded symbols: bad outline: %s", outline);
          at = end;
        }
      if (command == 'M')
        cairo_move_to (cr, v[0], v[1]);
      else if (command == 'L')
        cairo_line_to (cr, v[0], v[1]);
      else if (command == 'C')
        cairo_curve_to (cr, v[0], v[1], v[2], v[3], v[4], v[5]);
      else
        cairo_close_path (cr);
    }
}

gboolean
rn_glyph_path (cairo_t *cr, const char *name, guint piece, gboolean *even_odd)
{
  const Glyph *glyph = find_glyph (name);

  if (glyph == NULL || piece >= glyph->n)
    return FALSE;
  replay (cr, glyph->pieces[piece].outline);
  *even_odd = glyph->pieces[piece].even_odd;
  return TRUE;
}
