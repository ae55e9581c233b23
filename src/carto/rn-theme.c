/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads tokens.json (as the designers wrote it) and extra.json (shields, pill, ramp) from the
 * resource, once, on first use by any thread. */
#include "carto/rn-theme.h"

#include <gio/gio.h>
#include <math.h>

#include "base/rn-json.h"
#include "carto/rn-carto-data.h"

static const char *const WORDS[RN_N_THEMES] = { "dark", "light", "hc" };

typedef struct {
  const char *key;
  gsize offset; /* of a guint32 in RnTheme */
} Token;

#define SURFACE(key, field)                                                                        \
  {                                                                                                \
    key, G_STRUCT_OFFSET (RnTheme, surface.field)                                                  \
  }
#define MAP(field)                                                                                 \
  {                                                                                                \
#field, G_STRUCT_OFFSET(RnTheme, map.field)                                                    \
  }

static const Token SURFACE_TOKENS[] = {
  SURFACE ("window_bg", window_bg),
  SURFACE ("headerbar_bg", headerbar_bg),
  SURFACE ("view_bg", view_bg),
  SURFACE ("card_bg", card_bg),
  SURFACE ("rn_raised", raised),
  SURFACE ("rn_border", border),
  SURFACE ("window_fg", window_fg),
  SURFACE ("rn_dim_fg", dim_fg),
  SURFACE ("rn_faint_fg", faint_fg),
  SURFACE ("accent", accent),
  SURFACE ("accent_bg", accent_bg),
  SURFACE ("accent_fg", accent_fg),
  SURFACE ("rn_selected_bg", selected_bg),
  SURFACE ("rn_live", live),
  SURFACE ("rn_red_fg", red_fg),
  SURFACE ("rn_orange_fg", orange_fg),
  SURFACE ("rn_yellow_fg", yellow_fg),
  SURFACE ("rn_blue_fg", blue_fg),
  SURFACE ("rn_grid", grid),
};

static const Token MAP_TOKENS[] = {
  MAP (land),      MAP (water),       MAP (boundary),       MAP (city),        MAP (town),
  MAP (province),  MAP (water_label), MAP (halo),           MAP (casing),      MAP (no_data),
  MAP (selection), MAP (slow_edge),   MAP (congested_core), MAP (severe_edge), MAP (severe_core),
};

static guint32
read_colour (const RnJson *place, GError **error)
{
  const char *text = rn_json_string (place, error);
  char *end = NULL;
  guint64 value;

  if (text == NULL)
    return 0;
  value = text[0] == '#' ? g_ascii_strtoull (text + 1, &end, 16) : 0;
  if (end == NULL || strlen (text) != 7 || *end != '\0')
    {
      rn_json_fail (place, RN_JSON_ERROR_SYNTAX, error, "not a colour #rrggbb: %s", text);
      return 0;
    }
  return (guint32) value;
}

static guint32
read_member (const RnJson *place, const char *key, GError **error)
{
  RnJson member = rn_json_member (place, key);

  return *error == NULL ? read_colour (&member, error) : 0;
}

static void
read_tokens (RnTheme *theme, const RnJson *place, const Token *tokens, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    G_STRUCT_MEMBER (guint32, theme, tokens[i].offset) = read_member (place, tokens[i].key, error);
}

static void
read_tiers (RnTheme *theme, const RnJson *tiers, GError **error)
{
  for (int tier = 1; tier <= 4; tier++)
    {
      RnThemeTier *out = &theme->tier[tier];
      char key[] = { (char) ('0' + tier), '\0' };
      RnJson place = rn_json_member (tiers, key);
      RnJson outline = rn_json_member (&place, "outline");

      out->fill = read_member (&place, "fill", error);
      out->ink = read_member (&place, "ink", error);
      out->has_outline = !rn_json_is_null (&outline);
      out->outline = out->has_outline && *error == NULL ? read_colour (&outline, error) : out->fill;
    }
}

static void
read_base (RnTheme *theme, const RnJson *root, GError **error)
{
  RnJson self = rn_json_member (root, theme->word);
  RnJson surface = rn_json_member (&self, "surface");
  RnJson map = rn_json_member (&self, "map");
  RnJson state = rn_json_member (&self, "state");
  RnJson tier = rn_json_member (&self, "tier");
  RnJson works = rn_json_member (&self, "works");
  RnJson facility = rn_json_member (&self, "facility");

  read_tokens (theme, &surface, SURFACE_TOKENS, G_N_ELEMENTS (SURFACE_TOKENS), error);
  read_tokens (theme, &map, MAP_TOKENS, G_N_ELEMENTS (MAP_TOKENS), error);
  theme->state[0] = theme->map.no_data;
  for (int i = 1; i < RN_N_STATES; i++)
    theme->state[i] = read_member (&state, (char[]){ (char) ('0' + i), '\0' }, error);
  read_tiers (theme, &tier, error);
  theme->works.fill = read_member (&works, "fill", error);
  theme->works.ink = read_member (&works, "ink", error);
  theme->facility.fill = read_member (&facility, "fill", error);
  theme->facility.ink = read_member (&facility, "ink", error);
  theme->facility.edge = read_member (&facility, "edge", error);
}

static void
read_extra (RnTheme *theme, const RnJson *root, GError **error)
{
  RnJson self = rn_json_member (root, theme->word);
  RnJson ramp = rn_json_member (&self, "ramp");
  RnJson unknown = rn_json_member (&self, "unknown");
  RnJson shield = rn_json_member (&self, "shield");
  RnJson opacity = rn_json_member (&shield, "edge_opacity");

  theme->map.pill = read_member (&self, "pill", error);
  for (guint i = 0; i < RN_N_RAMP; i++)
    {
      RnJson step = rn_json_element (&ramp, i);

      theme->map.ramp[i] = *error == NULL ? read_colour (&step, error) : 0;
    }
  theme->tier[0].fill = theme->tier[0].outline = read_member (&unknown, "fill", error);
  theme->tier[0].ink = read_member (&unknown, "ink", error);
  theme->shield.body = read_member (&shield, "body", error);
  theme->shield.text = read_member (&shield, "text", error);
  theme->shield.edge = read_member (&shield, "edge", error);
  theme->shield.band[RN_SHIELD_NATIONAL] = read_member (&shield, "national", error);
  theme->shield.band[RN_SHIELD_PROVINCIAL] = read_member (&shield, "provincial", error);
  theme->shield.edge_opacity = *error == NULL ? rn_json_number (&opacity, 0.0, 1.0, error) : 0.0;
}

static RnTheme *
read_all (void)
{
  RnTheme *themes = g_new0 (RnTheme, RN_N_THEMES);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) tokens = rn_carto_data_json ("tokens.json");
  g_autoptr (JsonNode) extra = rn_carto_data_json ("extra.json");
  RnJson base = rn_json_root (tokens), more = rn_json_root (extra);

  for (guint i = 0; i < RN_N_THEMES; i++)
    {
      themes[i].id = (RnThemeId) i;
      themes[i].word = WORDS[i];
      read_base (&themes[i], &base, &error);
      read_extra (&themes[i], &more, &error);
      if (error != NULL)
        g_error ("embedded colours: %s", error->message);
    }
  return themes;
}

const RnTheme *
rn_theme_get (RnThemeId id)
{
  static gsize once;
  static const RnTheme *themes;

  if (g_once_init_enter (&once))
    {
      themes = read_all ();
      g_once_init_leave (&once, 1);
    }
  g_return_val_if_fail ((guint) id < RN_N_THEMES, &themes[RN_THEME_DARK]);
  return &themes[id];
}

guint32
rn_colour_mix (guint32 a, guint32 b, double t)
{
  guint32 out = 0;

  for (guint shift = 0; shift <= 16; shift += 8)
    {
      double from = (a >> shift) & 0xff, to = (b >> shift) & 0xff;

      out |= (guint32) (from + (to - from) * CLAMP (t, 0.0, 1.0) + 0.5) << shift;
    }
  return out;
}

/* Relative luminance: WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
static double
luminance (guint32 colour)
{
  static const double weight[3] = { 0.0722, 0.7152, 0.2126 };
  double sum = 0.0;

  for (guint i = 0; i < 3; i++)
    {
      double c = ((colour >> (8 * i)) & 0xff) / 255.0;

      sum += weight[i] * (c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4));
    }
  return sum;
}

double
rn_colour_contrast (guint32 a, guint32 b)
{
  double la = luminance (a), lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}
