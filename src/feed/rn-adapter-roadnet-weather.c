/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/weather: stations, warnings and controls, told apart by `kind`. Pure; in a worker. */
#include "feed/rn-adapter-roadnet-parts.h"

#include <string.h>

#include "base/rn-i18n.h"
#include "model/rn-weather.h"

/* What an instrument on a road may say; beyond it the station is at fault. */
#define MAX_VISIBILITY_M 100000.0
#define MAX_RAIN_MM_H 500.0
#define MAX_WIND_MS 120.0
#define MIN_TEMPERATURE_C (-80.0)
#define MAX_AIR_C 70.0
#define MAX_SURFACE_C 100.0

#define ANY_SHAPE                                                                                  \
  (1u << RN_SHAPE_NONE | 1u << RN_SHAPE_POINT | 1u << RN_SHAPE_POINTS | 1u << RN_SHAPE_LINE        \
   | 1u << RN_SHAPE_RING)

static const char *const kind_words[] = { "station", "warning", "control", NULL };
static const char *const colour_words[] = { "red", "orange", "yellow", "blue", NULL };
static const char *const control_words[] = { "special", "1", "2", "3", NULL };

static gboolean
add_station (RnDocument *document, const RnJson *feature, const RnJson *p, const char *id,
             const RnDecodeContext *context, GError **error)
{
  g_autoptr (RnStation) station = rn_station_new (context->source, id);
  g_autoptr (GArray) points = NULL;

  rn_roadnet_read_place (feature, 1u << RN_SHAPE_POINT, context, &points, error);
  station->names = rn_json_opt_names (RN_AT (p, "name"), error);
  station->visibility_m =
      rn_json_opt_number (RN_AT (p, "visibility_m"), 0, MAX_VISIBILITY_M, error);
  station->rain_mm_h = rn_json_opt_number (RN_AT (p, "rain_mm_h"), 0, MAX_RAIN_MM_H, error);
  station->wind_ms = rn_json_opt_number (RN_AT (p, "wind_ms"), 0, MAX_WIND_MS, error);
  station->gust_ms = rn_json_opt_number (RN_AT (p, "gust_ms"), 0, MAX_WIND_MS, error);
  station->air_c = rn_json_opt_number (RN_AT (p, "air_c"), MIN_TEMPERATURE_C, MAX_AIR_C, error);
  station->surface_c =
      rn_json_opt_number (RN_AT (p, "surface_c"), MIN_TEMPERATURE_C, MAX_SURFACE_C, error);
  station->friction = rn_json_opt_number (RN_AT (p, "friction"), 0, 1, error);
  station->surface =
      (RnSurface) (rn_json_opt_word (RN_AT (p, "surface"), rn_surface_words (), -1, error) + 1);
  station->observed_at_us = document->observed_at_us;
  if (*error != NULL)
    return FALSE;
  station->at = g_array_index (points, RnPoint, 0);
  g_ptr_array_add (document->stations, g_steal_pointer (&station));
  return TRUE;
}

/* Sections of a warning or a control; one that names some of which none is known is listed. */
static guint32 *
read_sections (RnDocument *document, const RnJson *p, const char *id,
               const RnDecodeContext *context, guint *n, gboolean *named, GError **error)
{
  guint n_unknown = 0;
  GArray *sections = rn_roadnet_dup_sections (RN_AT (p, "sections"), context, &n_unknown, error);

  *n = 0;
  *named = FALSE;
  if (sections == NULL)
    return NULL;
  *n = sections->len;
  *named = sections->len + n_unknown > 0;
  if (sections->len == 0 && n_unknown > 0)
    g_ptr_array_add (document->unjoined, g_strdup (id));
  return (guint32 *) g_array_free (sections, FALSE);
}

static gboolean
add_warning (RnDocument *document, const RnJson *feature, const RnJson *p, const char *id,
             const RnDecodeContext *context, GError **error)
{
  g_autoptr (RnWarning) warning = rn_warning_new (context->source, id);
  g_autoptr (GArray) ring = NULL;
  gboolean named = FALSE;
  int hazard = rn_json_word (RN_AT (p, "hazard"), rn_hazard_words (), error);

  warning->hazard = (RnHazard) MAX (hazard, 0);
  warning->tier = rn_json_word (RN_AT (p, "level"), colour_words, error) + 1;
  warning->from_us = rn_json_opt_time (RN_AT (p, "from"), error);
  warning->until_us = rn_json_opt_time (RN_AT (p, "until"), error);
  warning->text = rn_json_opt_names (RN_AT (p, "text"), error);
  rn_roadnet_read_place (feature, 1u << RN_SHAPE_NONE | 1u << RN_SHAPE_RING, context, &ring, error);
  if (*error != NULL)
    return FALSE;
  warning->sections = read_sections (document, p, id, context, &warning->n_sections, &named, error);
  if (*error == NULL && ring == NULL && !named)
    rn_json_fail (feature, RN_JSON_ERROR_MISSING, error, "%s",
                  _("has neither an area nor sections"));
  if (*error != NULL)
    return FALSE;
  if (ring != NULL)
    {
      warning->n_ring = ring->len;
      warning->ring = (RnPoint *) g_array_free (g_steal_pointer (&ring), FALSE);
    }
  g_ptr_array_add (document->warnings, g_steal_pointer (&warning));
  return TRUE;
}

/* `special` or 1, 2, 3, which may also be a number. */
static RnControlLevel
read_control_level (const RnJson *place, GError **error)
{
  g_autofree char *word = rn_json_id (place, error);

  for (guint i = 0; word != NULL && control_words[i] != NULL; i++)
    if (strcmp (word, control_words[i]) == 0)
      return (RnControlLevel) i;
  if (word != NULL)
    rn_json_fail (place, RN_JSON_ERROR_RANGE, error, _("unknown word: %.40s"), word);
  return RN_CONTROL_SPECIAL;
}

static gboolean
add_control (RnDocument *document, const RnJson *feature, const RnJson *p, const char *id,
             const RnDecodeContext *context, GError **error)
{
  g_autoptr (RnControl) control = rn_control_new (context->source, id);
  g_autoptr (GArray) unused = NULL; /* sections say where it holds; a geometry may come along */
  gboolean named = FALSE;

  rn_roadnet_read_geometry (feature, ANY_SHAPE, &unused, error);
  control->level = read_control_level (RN_AT (p, "level"), error);
  control->limit_kmh = rn_json_opt_number (RN_AT (p, "limit_kmh"), 0, 300, error);
  control->bans = rn_roadnet_dup_ids (RN_AT (p, "bans"), error);
  control->since_us = rn_json_opt_time (RN_AT (p, "since"), error);
  control->hazard = rn_json_opt_word (RN_AT (p, "hazard"), rn_hazard_words (), -1, error);
  if (*error != NULL)
    return FALSE;
  control->sections = read_sections (document, p, id, context, &control->n_sections, &named, error);
  if (*error != NULL)
    return FALSE;
  g_ptr_array_add (document->controls, g_steal_pointer (&control));
  return TRUE;
}

static gboolean
read_feature (RnDocument *document, const RnJson *feature, const char *id,
              const RnDecodeContext *context, GError **error)
{
  RnJson p = rn_roadnet_properties (feature, error);

  switch (rn_json_word (RN_AT (&p, "kind"), kind_words, error))
    {
    case 0:
      return add_station (document, feature, &p, id, context, error);
    case 1:
      return add_warning (document, feature, &p, id, context, error);
    case 2:
      return add_control (document, feature, &p, id, context, error);
    default:
      return FALSE;
    }
}

gboolean
rn_roadnet_decode_weather (RnDocument *document, const RnJson *root, const RnDecodeContext *context,
                           GError **error)
{
  document->stations = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_station_unref);
  document->warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_warning_unref);
  document->controls = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_control_unref);
  document->observed_at_us = rn_json_opt_time (RN_AT (root, "observed_at"), error);
  return *error == NULL
         && rn_roadnet_each_row (document, root, "features", TRUE, read_feature, context, error);
}
