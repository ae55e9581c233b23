/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects rows of one source and turns them into an RnNetwork. One thread; strings are copied. */
#pragma once

#include "model/rn-network.h"

#define RN_MODEL_ERROR (rn_model_error_quark ())
GQuark rn_model_error_quark (void);
typedef enum {
  RN_MODEL_ERROR_ROW, /* a row that cannot be used; the message says why */
  RN_MODEL_ERROR_DUPLICATE,
  RN_MODEL_ERROR_DOCUMENT, /* the whole document cannot be used */
} RnModelError;

typedef struct _RnNetworkBuilder RnNetworkBuilder;

typedef struct {
  const char *ref;
  RnNames *names; /* all RnNames of rows are borrowed and reffed */
  RnNames *direction_names[2];
  RnShield shield;
} RnRoadRow;

typedef struct {
  const char *id;
  const char *road; /* reference; a road not added yet is made */
  RnDirection direction;
  RnClass section_class;
  RnSide side;
  double from_m, to_m;   /* NaN unknown */
  double length_m;       /* NaN: from the geometry */
  int lanes;             /* 0 unknown */
  double free_speed_kmh; /* NaN unknown */
  double capacity_vph;   /* NaN: by lanes and speed (2,200/2,100/2,000 a lane at 120/100/80) */
  RnNames *names;
  const char *bridge, *tunnel, *company, *thresholds;
  const RnPoint *points;
  guint n_points;
  const char *const *downstream; /* ids, NULL-terminated, or NULL */
} RnSectionRow;

typedef struct {
  const char *id;
  RnFacilityType type;
  RnNames *names;
  const char *road; /* NULL unknown */
  double chainage_m;
  RnPoint at;
  const char *const *sections; /* ids or NULL */
  const char *company;
  int lanes_entry, lanes_exit, parking_car, parking_truck, chargers; /* -1 unknown */
} RnFacilityRow;

/** A section row with everything unknown. */
#define RN_SECTION_ROW_INIT                                                                        \
  {                                                                                                \
    .from_m = NAN, .to_m = NAN, .length_m = NAN, .free_speed_kmh = NAN, .capacity_vph = NAN,       \
    .side = RN_SIDE_RIGHT                                                                          \
  }
#define RN_FACILITY_ROW_INIT                                                                       \
  {                                                                                                \
    .chainage_m = NAN, .lanes_entry = -1, .lanes_exit = -1, .parking_car = -1,                     \
    .parking_truck = -1, .chargers = -1                                                            \
  }

RnNetworkBuilder *rn_network_builder_new (const char *source, const char *version);
void rn_network_builder_free (RnNetworkBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnNetworkBuilder, rn_network_builder_free)

void rn_network_builder_add_road (RnNetworkBuilder *self, const RnRoadRow *row);
/** FALSE and @error when the row is refused: double id, fewer than 2 different points, a point off
 *  the globe, from and to against the direction. */
gboolean
rn_network_builder_add_section (RnNetworkBuilder *self, const RnSectionRow *row, GError **error);
gboolean
rn_network_builder_add_facility (RnNetworkBuilder *self, const RnFacilityRow *row, GError **error);
void rn_network_builder_add_contact (RnNetworkBuilder *self, const RnContact *row);

/** Ends the building. Where no section names any `downstream`, sections are joined end to start
 *  within 30 m on the same road and direction (and across roads at nodes within 30 m whose bearing
 *  differs by less than 100°). Unknown ids in downstream or sections are ignored. */
RnNetwork *rn_network_builder_end (RnNetworkBuilder *self);
