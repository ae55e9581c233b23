/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind the flow layer's colours: for each colouring its bands, with bounds, words and
 * look. The look of a band is a Look, turned into line styles a theme once. State and level of
 * service take their bounds from the model's table; density and occupancy follow the levels of
 * service of HCM 6 (Exhibit 12-15: 11, 16, 22, 28 vehicles per km and lane; as occupancy with 6.5 m
 * of vehicle and detector together 7, 10, 15 %, then 20 % for a standing queue). */
#include "carto/rn-colouring.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"

/* How a band looks: colours by token, the rest from the table of states in "look". */
typedef enum {
  LOOK_NO_DATA,
  LOOK_SMOOTH,
  LOOK_MOSTLY,
  LOOK_SLOW,
  LOOK_DENSE,
  LOOK_CONGESTED,
  LOOK_SEVERE,
  LOOK_RAMP_1,
  LOOK_RAMP_2,
  LOOK_RAMP_3,
  LOOK_RAMP_4,
  LOOK_RAMP_5,
  N_LOOKS
} Look;

typedef struct {
  int state; /* token of the colour: state, or -1: ramp */
  int ramp;
  float width_factor;
  RnPattern pattern;
  guint8 order;
  const char *style_class;
} LookRow;

static const LookRow LOOKS[N_LOOKS] = {
  [LOOK_NO_DATA] = { 0, 0, 0.9f, RN_PATTERN_DOTTED, 1, "s0" },
  [LOOK_SMOOTH] = { 1, 0, 1.0f, RN_PATTERN_PLAIN, 0, "s1" },
  [LOOK_MOSTLY] = { 2, 0, 1.0f, RN_PATTERN_PLAIN, 0, "s2" },
  [LOOK_SLOW] = { 3, 0, 1.35f, RN_PATTERN_CASED, 2, "s3" },
  [LOOK_DENSE] = { 4, 0, 1.5f, RN_PATTERN_CASED, 3, "s4" },
  [LOOK_CONGESTED] = { 4, 0, 1.65f, RN_PATTERN_CORE_DASH, 3, "s4" },
  [LOOK_SEVERE] = { 5, 0, 2.0f, RN_PATTERN_SEVERE, 4, "s5" },
  [LOOK_RAMP_1] = { -1, 0, 0.8f, RN_PATTERN_PLAIN, 0, "r1" },
  [LOOK_RAMP_2] = { -1, 1, 1.0f, RN_PATTERN_PLAIN, 0, "r2" },
  [LOOK_RAMP_3] = { -1, 2, 1.25f, RN_PATTERN_PLAIN, 2, "r3" },
  [LOOK_RAMP_4] = { -1, 3, 1.55f, RN_PATTERN_PLAIN, 3, "r4" },
  [LOOK_RAMP_5] = { -1, 4, 2.0f, RN_PATTERN_PLAIN, 4, "r5" },
};

typedef struct {
  const char *word;
  const char *title;
  guint n;                    /* bands, class 0 included */
  gboolean falling;           /* the value falls from class 1 on (speed ratio) */
  double bound[RN_MAX_BANDS]; /* [i]: between class i and i + 1, i = 1 … n - 2 */
  Look look[RN_MAX_BANDS];
} Table;

#define STATE_LOOKS                                                                                \
  {                                                                                                \
    LOOK_NO_DATA, LOOK_SMOOTH, LOOK_MOSTLY, LOOK_SLOW, LOOK_CONGESTED, LOOK_SEVERE                 \
  }

static const Table TABLES[RN_N_COLOURINGS] = {
  [RN_COLOURING_STATE] = { "state", N_("Traffic state"), 6, FALSE, { 0 }, STATE_LOOKS },
  [RN_COLOURING_SPEED_RATIO] = { "speed-ratio", N_("Speed ratio"), 6, TRUE, { 0 }, STATE_LOOKS },
  [RN_COLOURING_LOS] = { "los",
                         N_("Level of service"),
                         7,
                         FALSE,
                         { 0 },
                         { LOOK_NO_DATA, LOOK_SMOOTH, LOOK_MOSTLY, LOOK_SLOW, LOOK_DENSE,
                           LOOK_CONGESTED, LOOK_SEVERE } },
  [RN_COLOURING_FLOW] = { "flow",
                          N_("Flow"),
                          6,
                          FALSE,
                          { 0, 500, 1500, 3000, 4500 },
                          { LOOK_NO_DATA, LOOK_RAMP_1, LOOK_RAMP_2, LOOK_RAMP_3, LOOK_RAMP_4,
                            LOOK_RAMP_5 } },
  [RN_COLOURING_DENSITY] = { "density",
                             N_("Density"),
                             6,
                             FALSE,
                             { 0, 11, 16, 22, 28 },
                             STATE_LOOKS },
  [RN_COLOURING_OCCUPANCY] = { "occupancy",
                               N_("Occupancy"),
                               6,
                               FALSE,
                               { 0, 7, 10, 15, 20 },
                               STATE_LOOKS },
};

static const char *const AMOUNTS[] = {
  NULL, N_("Very low"), N_("Low"), N_("Medium"), N_("High"), N_("Very high"),
};

/* Bound between class @i and @i + 1. */
static double
bound_of (RnColouring self, guint i)
{
  const RnStateTable *model = rn_state_table_default ();

  switch (self)
    {
    case RN_COLOURING_STATE:
    case RN_COLOURING_SPEED_RATIO:
      return model->min_ratio[i];
    case RN_COLOURING_LOS:
      return model->max_los[i];
    default:
      return TABLES[self].bound[i];
    }
}

static const char *
title_of (RnColouring self, guint i)
{
  if (i == 0)
    return rn_state_title (0);
  switch (self)
    {
    case RN_COLOURING_STATE:
    case RN_COLOURING_SPEED_RATIO:
      return rn_state_title ((guint8) i);
      case RN_COLOURING_LOS: {
        static const char *const levels[] = { NULL,           N_("Level 1"), N_("Level 2"),
                                              N_("Level 3"), N_("Level 4"), N_("Level 5"),
                                              N_("Level 6") };
        return _ (levels[i]);
      }
    default:
      return _ (AMOUNTS[i]);
    }
}

static char *
format_bound (RnColouring self, double bound)
{
  return self <= RN_COLOURING_LOS ? g_strdup_printf ("%.2f", bound)
                                  : rn_text_measure (bound, 0, NULL);
}

/* Takes @range. */
static char *
with_unit (RnColouring self, char *range)
{
  g_autofree char *bare = range;

  switch (self)
    {
    case RN_COLOURING_LOS:
      return g_strconcat ("v/C ", bare, NULL);
    case RN_COLOURING_FLOW:
      return g_strdup_printf (_("%s veh/h"), bare);
    case RN_COLOURING_DENSITY:
      return g_strdup_printf (_("%s veh/km·lane"), bare);
    case RN_COLOURING_OCCUPANCY:
      return g_strconcat (bare, " %", NULL);
    case RN_COLOURING_STATE:
    case RN_COLOURING_SPEED_RATIO:
    case RN_N_COLOURINGS:
    default:
      return g_steal_pointer (&bare);
    }
}

/* "≥ 0.75", "0.60–0.75", "< 0.25" in its unit. */
static const char *
range_of (RnColouring self, guint i)
{
  const Table *table = &TABLES[self];
  gboolean falling = table->falling || self == RN_COLOURING_STATE;
  g_autofree char *low = NULL, *high = NULL, *range = NULL;
  guint last = table->n - 1;

  if (i == 0)
    return "";
  if (i > 1)
    low = format_bound (self, bound_of (self, i - 1));
  if (i < last)
    high = format_bound (self, bound_of (self, i));
  if (falling)
    {
      char *swap = g_steal_pointer (&low);

      low = g_steal_pointer (&high);
      high = swap;
    }
  if (low != NULL && high != NULL)
    range = g_strconcat (low, "–", high, NULL);
  else if (low != NULL)
    range = g_strconcat (self == RN_COLOURING_LOS ? "> " : "≥ ", low, NULL);
  else
    range = g_strconcat (self == RN_COLOURING_LOS ? "≤ " : "< ", high, NULL);
  return with_unit (self, g_steal_pointer (&range));
}

static RnBand *
make_bands (void)
{
  static const char *const labels[RN_MAX_BANDS] = { "–", "1", "2", "3", "4", "5", "6" };
  RnBand *bands = g_new0 (RnBand, RN_N_COLOURINGS * RN_MAX_BANDS);

  for (guint c = 0; c < RN_N_COLOURINGS; c++)
    for (guint i = 0; i < TABLES[c].n; i++)
      bands[c * RN_MAX_BANDS + i] =
          (RnBand){ labels[i], title_of ((RnColouring) c, i), range_of ((RnColouring) c, i),
                    LOOKS[TABLES[c].look[i]].style_class };
  return bands;
}

static RnLineStyle
make_style (const LookRow *look, const RnTheme *theme)
{
  const RnThemeMap *map = &theme->map;
  RnLineStyle style = {
    .colour = look->state >= 0 ? theme->state[look->state] : map->ramp[look->ramp],
    .edge = map->casing,
    .edge_px = 0.6f,
    .width_factor = look->width_factor,
    .pattern = look->pattern,
    .order = look->order,
  };

  if (look->pattern == RN_PATTERN_CASED || look->pattern == RN_PATTERN_CORE_DASH)
    style.edge_px = 0.7f;
  if (look->pattern == RN_PATTERN_CASED && look->state == 3)
    style.edge = map->slow_edge;
  if (look->pattern == RN_PATTERN_CORE_DASH)
    {
      style.core = map->congested_core;
      style.core_share = 0.3f;
      style.core_px = 1.0f;
    }
  if (look->pattern == RN_PATTERN_SEVERE)
    {
      style.edge = map->severe_edge;
      style.edge_px = 1.1f;
      style.core = map->severe_core;
      style.core_share = 0.28f;
      style.core_px = 1.1f;
    }
  return style;
}

static RnLineStyle *
make_styles (void)
{
  RnLineStyle *styles = g_new0 (RnLineStyle, RN_N_THEMES * RN_N_COLOURINGS * RN_MAX_BANDS);
  RnLineStyle *out = styles;

  for (guint t = 0; t < RN_N_THEMES; t++)
    for (guint c = 0; c < RN_N_COLOURINGS; c++, out += RN_MAX_BANDS)
      for (guint i = 0; i < TABLES[c].n; i++)
        out[i] = make_style (&LOOKS[TABLES[c].look[i]], rn_theme_get ((RnThemeId) t));
  return styles;
}

const RnBand *
rn_colouring_bands (RnColouring self, guint *n)
{
  static gsize once;
  static const RnBand *bands;

  g_return_val_if_fail ((guint) self < RN_N_COLOURINGS, NULL);
  if (g_once_init_enter (&once))
    {
      bands = make_bands ();
      g_once_init_leave (&once, 1);
    }
  *n = TABLES[self].n;
  return bands + self * RN_MAX_BANDS;
}

const RnLineStyle *
rn_colouring_styles (RnColouring self, RnThemeId theme, guint *n)
{
  static gsize once;
  static const RnLineStyle *styles;

  g_return_val_if_fail ((guint) self < RN_N_COLOURINGS && (guint) theme < RN_N_THEMES, NULL);
  if (g_once_init_enter (&once))
    {
      styles = make_styles ();
      g_once_init_leave (&once, 1);
    }
  if (n != NULL)
    *n = TABLES[self].n;
  return styles + (theme * RN_N_COLOURINGS + self) * RN_MAX_BANDS;
}

const char *
rn_colouring_title (RnColouring self)
{
  return _ (TABLES[self].title);
}

const char *
rn_colouring_word (RnColouring self)
{
  return TABLES[self].word;
}

gboolean
rn_colouring_from_word (const char *word, RnColouring *self)
{
  for (guint i = 0; i < RN_N_COLOURINGS; i++)
    if (g_strcmp0 (word, TABLES[i].word) == 0)
      {
        *self = (RnColouring) i;
        return TRUE;
      }
  return FALSE;
}

double
rn_colouring_value (RnColouring self, const RnFrame *frame, guint32 section)
{
  switch (self)
    {
    case RN_COLOURING_STATE:
      return frame->state[section] > 0 ? frame->state[section] : NAN;
    case RN_COLOURING_SPEED_RATIO:
      return rn_frame_speed_ratio (frame, section);
    case RN_COLOURING_LOS:
      return frame->los[section] > 0 ? frame->los[section] : NAN;
    case RN_COLOURING_FLOW:
      return frame->flow_vph[section];
    case RN_COLOURING_DENSITY:
      return rn_frame_density_vpkm (frame, section);
    case RN_COLOURING_OCCUPANCY:
      return frame->occupancy_pct[section];
    case RN_N_COLOURINGS:
    default:
      g_return_val_if_reached (NAN);
    }
}

guint8
rn_colouring_class (RnColouring self, double value)
{
  const Table *table = &TABLES[self];
  guint last = table->n - 1;

  if (!(value >= 0.0)) /* NaN too */
    return 0;
  if (self == RN_COLOURING_STATE || self == RN_COLOURING_LOS)
    return (guint8) MIN (value, last);
  for (guint i = 1; i < last; i++)
    if (table->falling ? value >= bound_of (self, i) : value < bound_of (self, i))
      return (guint8) i;
  return (guint8) last;
}

void
rn_colouring_classify (RnColouring self, const RnFrame *frame, guint8 *classes)
{
  guint n = frame->network->n_sections;

  if (self == RN_COLOURING_STATE || self == RN_COLOURING_LOS)
    memcpy (classes, self == RN_COLOURING_STATE ? frame->state : frame->los, n);
  else
    for (guint i = 0; i < n; i++)
      classes[i] = rn_colouring_class (self, rn_colouring_value (self, frame, i));
}

void
rn_colouring_lengths_km (const RnNetwork *network, const guint8 *classes, double km[RN_MAX_BANDS])
{
  for (guint i = 0; i < RN_MAX_BANDS; i++)
    km[i] = 0.0;
  for (guint i = 0; i < network->n_sections; i++)
    km[MIN (classes[i], RN_MAX_BANDS - 1)] += network->length_m[i] / 1000.0;
}
