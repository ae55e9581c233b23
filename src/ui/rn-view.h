/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A named view of the map: the whole network, a box, or a centre with zoom and rotation. Immutable,
 * main thread; how it is kept is "views" in the settings schema. */
#pragma once

#include <gio/gio.h>

#include "base/rn-geodesy.h"

typedef enum {
  RN_VIEW_NETWORK, /* as far as the network reaches */
  RN_VIEW_BOX,     /* fits in any window */
  RN_VIEW_PLACE,   /* as it was seen */
} RnViewKind;

/** Where a map looks at. */
typedef struct {
  double lon, lat, zoom;
  double rotation; /* degrees, −180 < r ≤ 180 */
} RnViewPlace;

#define RN_TYPE_VIEW (rn_view_get_type ())
G_DECLARE_FINAL_TYPE (RnView, rn_view, RN, VIEW, GObject)

RnView *rn_view_new_network (const char *name);
RnView *rn_view_new_box (const char *name, const RnBox *box);
RnView *rn_view_new_place (const char *name, const RnViewPlace *place);
RnView *rn_view_rename (RnView *self, const char *name); /* another one */

const char *rn_view_get_name (RnView *self);
RnViewKind rn_view_get_kind (RnView *self);
const RnBox *rn_view_get_box (RnView *self);         /* of RN_VIEW_BOX */
const RnViewPlace *rn_view_get_place (RnView *self); /* of RN_VIEW_PLACE */

/** Whether a map may be sent there: on the earth, zoom 3 to 18. */
gboolean rn_view_place_is_valid (const RnViewPlace *place);

/** Reads "a{sv}": name with lon, lat, zoom and maybe rotation, or with west, south, east, north.
 *  NULL with G_IO_ERROR_INVALID_DATA that names the member. */
RnView *rn_view_parse (GVariant *variant, GError **error);
/** Appends to @builder ("a{sv}") what rn_view_parse() reads. */
void rn_view_build (RnView *self, GVariantBuilder *builder);
