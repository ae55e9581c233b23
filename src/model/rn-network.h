/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The static roads: sections, roads, facilities and how they hang together. Immutable columns by
 * index, atomically refcounted, shared between threads without locks. Built by RnNetworkBuilder.
 * All fields are read-only. */
#pragma once

#include "base/rn-geodesy.h"
#include "base/rn-names.h"

/** "No section / road / facility" where an index is expected. */
#define RN_NONE G_MAXUINT32

typedef enum { RN_DIRECTION_ASC, RN_DIRECTION_DESC } RnDirection;
typedef enum { RN_CLASS_EXPRESSWAY, RN_CLASS_RAMP, RN_CLASS_TRUNK } RnClass;
typedef enum { RN_SHIELD_NATIONAL, RN_SHIELD_PROVINCIAL, RN_SHIELD_OTHER } RnShield;
/* To which side of its line a section is drawn: carriageways that lie where they are have none. */
typedef enum { RN_SIDE_NONE, RN_SIDE_RIGHT, RN_SIDE_LEFT } RnSide;
typedef enum {
  RN_FACILITY_INTERCHANGE,
  RN_FACILITY_TOLL_PLAZA,
  RN_FACILITY_SERVICE_AREA,
  RN_FACILITY_BRIDGE,
  RN_FACILITY_TUNNEL,
  RN_FACILITY_BORDER,
  RN_FACILITY_WEATHER_STATION,
  RN_FACILITY_CAMERA,
  RN_FACILITY_SIGN,
  RN_FACILITY_CHECKPOINT,
  RN_N_FACILITY_TYPES
} RnFacilityType;

typedef struct {
  const char *source;
  const char *ref; /* "G42" */
  RnNames *names;
  RnNames *direction_names[2]; /* by RnDirection; NULL unknown */
  RnShield shield;
  guint n_sections;
  const guint32 *sections; /* by direction, then in the direction of travel */
} RnRoad;

typedef struct {
  const char *source;
  const char *id;
  const char *key; /* "source/id" */
  RnFacilityType type;
  RnNames *names;
  guint32 road;      /* index or RN_NONE */
  double chainage_m; /* NaN unknown */
  RnPoint at;
  guint n_sections;
  const guint32 *sections;
  const char *company; /* NULL unknown */
  /* -1 unknown */
  int lanes_entry, lanes_exit, parking_car, parking_truck, chargers;
} RnFacility;

typedef struct {
  const char *party, *name, *duty, *phone, *roads; /* NULL unknown; roads joined by spaces */
} RnContact;

typedef struct {
  const char *version; /* as the source gave it; of several: "source=version source=version" */
  guint n_sources;
  const char *const *sources;

  /* sections: columns of n_sections */
  guint n_sections;
  const char *const *id;
  const char *const *key;      /* "source/id" */
  const guint16 *source;       /* index into sources */
  const guint32 *road;         /* index into roads */
  const guint8 *direction;     /* RnDirection */
  const guint8 *section_class; /* RnClass */
  const guint8 *side;          /* RnSide */
  const guint8 *lanes;         /* 0 unknown */
  const float *from_m;         /* chainage of start and end; NaN unknown; float is exact to 1 m */
  const float *to_m;
  const float *length_m;       /* > 0 */
  const float *free_speed_kmh; /* NaN unknown */
  const float *capacity_vph;   /* all lanes; given, else by lanes and speed; NaN unknown */
  RnNames *const *names;       /* NULL where it has none */
  const char *const *bridge;   /* name or NULL */
  const char *const *tunnel;
  const char *const *company;
  const char *const *thresholds; /* its own thresholds as JSON text, or NULL */

  /* geometry, CSR: section i has the vertices first[i] … first[i + 1] - 1, in the direction of
   * travel, at least 2; degrees WGS-84 */
  const guint32 *first;
  const double *lon;
  const double *lat;
  const RnBox *box; /* by section */
  RnBox extent;     /* of all sections and facilities */

  /* adjacency, CSR: downstream of i are down[down_first[i]] … down[down_first[i + 1] - 1] */
  const guint32 *down_first;
  const guint32 *down;
  const guint32 *up_first;
  const guint32 *up;

  guint n_roads;
  const RnRoad *roads;
  guint n_facilities;
  const RnFacility *facilities;
  guint n_contacts;
  const RnContact *contacts;
} RnNetwork;

#define RN_TYPE_NETWORK (rn_network_get_type ())
GType rn_network_get_type (void);
RnNetwork *rn_network_ref (const RnNetwork *self);
void rn_network_unref (const RnNetwork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnNetwork, rn_network_unref)

/** An empty network, for the time before the first answer. */
RnNetwork *rn_network_new_empty (void);

/** All networks one after the other: section i of network k gets index i + the sections before.
 *  @offsets, if not NULL, gets n of them (caller's array). Names, roads and facilities are kept
 *  apart by source. One network is returned as it is. */
RnNetwork *rn_network_concat (const RnNetwork *const *networks, guint n, guint32 *offsets);

/** Index of the section or facility with this id, or RN_NONE. @source NULL: of the first source
 *  that has it. */
guint32 rn_network_find_section (const RnNetwork *self, const char *source, const char *id);
guint32 rn_network_find_facility (const RnNetwork *self, const char *source, const char *id);
/** By "source/id". */
guint32 rn_network_find_section_key (const RnNetwork *self, const char *key);
guint32 rn_network_find_facility_key (const RnNetwork *self, const char *key);
/** Index of the first road with this reference (case ignored), or RN_NONE. */
guint32 rn_network_find_road (const RnNetwork *self, const char *ref);

/** The section of @road that contains @chainage_m in @direction, or RN_NONE. Where two meet, the
 *  one that begins there. */
guint32 rn_network_section_at (const RnNetwork *self, guint32 road, RnDirection direction,
                               double chainage_m);

/** The point of section @i at @fraction (0…1) of its length. */
RnPoint rn_network_point_on (const RnNetwork *self, guint32 i, double fraction);
/** The point at a chainage of section @i, clamped to it. */
RnPoint rn_network_point_at_chainage (const RnNetwork *self, guint32 i, double chainage_m);

/** "G2 江阴北→靖江 北京方向": road, name, direction of section @i in the language in use. */
char *rn_network_dup_section_title (const RnNetwork *self, guint32 i);
/** Its name without the road ("Jiangyin North → Jingjiang"), else its chainages, else its id. */
char *rn_network_dup_section_name (const RnNetwork *self, guint32 i);
/** "K1066+900–K1051+700", "–" when unknown. */
char *rn_network_dup_chainage_range (const RnNetwork *self, guint32 i);
/** The direction's name ("北京方向"), else "up"/"down" words; never NULL. */
const char *rn_network_direction_name (const RnNetwork *self, guint32 i);
