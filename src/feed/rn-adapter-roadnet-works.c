/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/works: a WZDx 4.2 feed; ours stands under `properties.roadnet`, also names by language.
 * The rest is read where foreign feeds are. Pure; runs in a worker. */
#include "feed/rn-adapter-wzdx-parts.h"

static void
take_sections (RnWork *work, GArray *sections)
{
  work->n_sections = sections->len;
  work->sections = (guint32 *) g_array_free (sections, FALSE);
}

/* The names in ours are by language, where WZDx has one language: they win. */
static void
read_own_names (RnWork *work, const RnJson *place, GError **error)
{
  RnNames *names = rn_json_opt_names (RN_AT (place, "name"), error);
  RnNames *description = rn_json_opt_names (RN_AT (place, "description"), error);

  if (names != NULL)
    {
      g_clear_pointer (&work->names, rn_names_unref);
      work->names = names;
    }
  if (description != NULL)
    {
      g_clear_pointer (&work->description, rn_names_unref);
      work->description = description;
    }
}

static void
read_roadnet (RnWork *work, const RnJson *properties, const RnDecodeContext *context,
              gboolean *named, GError **error)
{
  const RnJson *place = RN_AT (properties, "roadnet");
  guint n_unknown = 0;

  if (!rn_roadnet_opt_object (place, error))
    return;

  GArray *sections =
      rn_roadnet_dup_sections (RN_AT (place, "sections"), context, &n_unknown, error);
  const RnJson *plan = RN_AT (place, "plan");
  double limit_kmh = rn_json_opt_number (RN_AT (place, "limit_kmh"), 0, 300, error);

  work->capacity_factor = rn_json_opt_number (RN_AT (place, "capacity_factor"), 0, 1, error);
  if (limit_kmh > 0)
    work->limit_kmh = limit_kmh;
  work->permit = rn_roadnet_dup_string (RN_AT (place, "permit"), error);
  read_own_names (work, place, error);
  if (rn_roadnet_opt_object (plan, error))
    {
      work->plan_start_us = rn_json_opt_time (RN_AT (plan, "start"), error);
      work->plan_end_us = rn_json_opt_time (RN_AT (plan, "end"), error);
    }
  if (sections != NULL)
    {
      *named = sections->len + n_unknown > 0;
      take_sections (work, sections);
    }
}

gboolean
rn_roadnet_decode_works (RnDocument *document, const RnJson *root, const RnDecodeContext *context,
                         GError **error)
{
  return rn_wzdx_decode (document, root, context, read_roadnet, error);
}
