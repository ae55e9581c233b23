/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing but values; reading refuses what a map could not show. Main thread. */
#include "ui/rn-view.h"

#include <math.h>

#include "base/rn-i18n.h"

#define MIN_ZOOM 3.0
#define MAX_ZOOM 18.0
#define MAX_LAT 85.0

struct _RnView {
  GObject parent_instance;
  char *name;
  RnViewKind kind;
  RnBox box;
  RnViewPlace place;
};

G_DEFINE_FINAL_TYPE (RnView, rn_view, G_TYPE_OBJECT)

static void
rn_view_finalize (GObject *object)
{
  g_free (RN_VIEW (object)->name);
  G_OBJECT_CLASS (rn_view_parent_class)->finalize (object);
}

static void
rn_view_class_init (RnViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rn_view_finalize;
}

static void
rn_view_init (RnView *self)
{
}

static RnView *
new_view (const char *name, RnViewKind kind)
{
  RnView *self = g_object_new (RN_TYPE_VIEW, NULL);

  self->name = g_strdup (name);
  self->kind = kind;
  return self;
}

RnView *
rn_view_new_network (const char *name)
{
  return new_view (name, RN_VIEW_NETWORK);
}

RnView *
rn_view_new_box (const char *name, const RnBox *box)
{
  RnView *self = new_view (name, RN_VIEW_BOX);

  self->box = *box;
  return self;
}

RnView *
rn_view_new_place (const char *name, const RnViewPlace *place)
{
  RnView *self = new_view (name, RN_VIEW_PLACE);

  self->place = *place;
  return self;
}

RnView *
rn_view_rename (RnView *self, const char *name)
{
  RnView *other = new_view (name, self->kind);

  other->box = self->box;
  other->place = self->place;
  return other;
}

const char *
rn_view_get_name (RnView *self)
{
  return self->name;
}

RnViewKind
rn_view_get_kind (RnView *self)
{
  return self->kind;
}

const RnBox *
rn_view_get_box (RnView *self)
{
  return &self->box;
}

const RnViewPlace *
rn_view_get_place (RnView *self)
{
  return &self->place;
}

gboolean
rn_view_place_is_valid (const RnViewPlace *place)
{
  return fabs (place->lon) <= 180 && fabs (place->lat) <= MAX_LAT && place->zoom >= MIN_ZOOM
         && place->zoom <= MAX_ZOOM && fabs (place->rotation) <= 180;
}

/* ---- settings -------------------------------------------------------------------------------- */

static gboolean
refuse (GError **error, const char *member, const char *reason)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", member, reason);
  return FALSE;
}

static gboolean
read_number (GVariantDict *dict, const char *member, double min, double max, double *out,
             GError **error)
{
  g_autofree char *reason = NULL;

  if (!g_variant_dict_lookup (dict, member, "d", out))
    return refuse (error, member, _("there is no number"));
  if (*out >= min && *out <= max)
    return TRUE;
  reason = g_strdup_printf (_("must be from %g to %g"), min, max);
  return refuse (error, member, reason);
}

static gboolean
read_box (GVariantDict *dict, RnBox *box, GError **error)
{
  if (!read_number (dict, "west", -180, 180, &box->min_lon, error)
      || !read_number (dict, "east", -180, 180, &box->max_lon, error)
      || !read_number (dict, "south", -MAX_LAT, MAX_LAT, &box->min_lat, error)
      || !read_number (dict, "north", -MAX_LAT, MAX_LAT, &box->max_lat, error))
    return FALSE;
  if (rn_box_is_empty (box))
    return refuse (error, "west", _("the box is empty"));
  return TRUE;
}

static gboolean
read_place (GVariantDict *dict, RnViewPlace *place, GError **error)
{
  return read_number (dict, "lon", -180, 180, &place->lon, error)
         && read_number (dict, "lat", -MAX_LAT, MAX_LAT, &place->lat, error)
         && read_number (dict, "zoom", MIN_ZOOM, MAX_ZOOM, &place->zoom, error)
         && (!g_variant_dict_contains (dict, "rotation")
             || read_number (dict, "rotation", -180, 180, &place->rotation, error));
}

RnView *
rn_view_parse (GVariant *variant, GError **error)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (variant);
  g_autofree char *name = NULL;
  RnViewPlace place = { 0 };
  RnBox box = RN_BOX_EMPTY;

  if (!g_variant_dict_lookup (&dict, "name", "s", &name) || *g_strstrip (name) == '\0')
    {
      refuse (error, "name", _("there is none"));
      return NULL;
    }
  if (g_variant_dict_contains (&dict, "west"))
    return read_box (&dict, &box, error) ? rn_view_new_box (name, &box) : NULL;
  return read_place (&dict, &place, error) ? rn_view_new_place (name, &place) : NULL;
}

static void
add_number (GVariantBuilder *builder, const char *member, double value)
{
  g_variant_builder_add (builder, "{sv}", member, g_variant_new_double (value));
}

void
rn_view_build (RnView *self, GVariantBuilder *builder)
{
  g_variant_builder_add (builder, "{sv}", "name", g_variant_new_string (self->name));
  if (self->kind == RN_VIEW_BOX)
    {
      add_number (builder, "west", self->box.min_lon);
      add_number (builder, "south", self->box.min_lat);
      add_number (builder, "east", self->box.max_lon);
      add_number (builder, "north", self->box.max_lat);
      return;
    }
  add_number (builder, "lon", self->place.lon);
  add_number (builder, "lat", self->place.lat);
  add_number (builder, "zoom", self->place.zoom);
  add_number (builder, "rotation", self->place.rotation);
}
