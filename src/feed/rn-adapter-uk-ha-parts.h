/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the uk-ha adapter share with each other and with nobody else. */
#pragma once

#include "feed/rn-adapter.h"
#include "feed/rn-xml.h"

/* Slots in the order of the adapter's table. */
typedef enum {
  RN_UK_SECTIONS,
  RN_UK_JOURNEY_TIMES,
  RN_UK_EVENTS,
  RN_UK_ROADWORKS,
  RN_UK_N_SLOTS
} RnUkSlot;

/** A publication that was opened: of the right kind and version. */
typedef struct {
  RnXml *xml;
  const RnXmlElement *payload;
  gint64 published_at_us; /* 0: it does not say */
} RnUkPublication;

RnDocument *rn_uk_decode_network (const RnUkPublication *publication,
                                  const RnDecodeContext *context, GError **error);
RnDocument *rn_uk_decode_flow (const RnUkPublication *publication, const RnDecodeContext *context);
/** @kind: incidents or works. */
RnDocument *rn_uk_decode_situations (RnFeedKind kind, const RnUkPublication *publication,
                                     const RnDecodeContext *context);

/* ---- reading XML ---- */

/** Counts @element as refused; @below (may be NULL) is the member at fault. */
void rn_uk_refuse (RnDocument *document, const RnXmlElement *element, const char *below,
                   const char *reason);
/** The descendant at a path such as "impact/delays"; NULL when there is none. */
const RnXmlElement *rn_uk_find (const RnXmlElement *element, const char *path);
/** Its text with every run of white space as one space; NULL when it is empty. Caller frees. */
char *rn_uk_dup_text (const RnXmlElement *element, const char *path);
/** xsi:type without its prefix; "" when it has none. */
const char *rn_uk_type (const RnXmlElement *element);
/** A time (RFC 3339), 0 when absent; one that is none is told and gives 0. */
gint64 rn_uk_read_time (RnDocument *document, const RnXmlElement *element, const char *path);
/** A number of @least and more, NaN when absent; one that is none is told and gives NaN. */
double rn_uk_read_number (RnDocument *document, const RnXmlElement *element, const char *path,
                          double least);
/** pointCoordinates below @place, which are of @crs. FALSE when there are none, or ones off the
 *  globe; the latter is told in @document unless that is NULL. */
gboolean
rn_uk_read_point (RnDocument *document, const RnXmlElement *place, RnCrs crs, RnPoint *out);

/* ---- roads and directions ---- */

typedef enum {
  RN_UK_UNKNOWN,
  RN_UK_NORTH,
  RN_UK_EAST,
  RN_UK_SOUTH,
  RN_UK_WEST,
  RN_UK_CLOCKWISE,
  RN_UK_ANTICLOCKWISE,
  RN_UK_N_WAYS
} RnUkWay;

/** tpegDirection, "northBound" …; all else, bothWays too, is unknown. */
RnUkWay rn_uk_way_of_tpeg (const char *text);
/** The first direction word of a name: "northbound", "anti-clockwise", "NB". */
RnUkWay rn_uk_way_of_name (const char *name);
/** The nearest of the four winds. */
RnUkWay rn_uk_way_of_bearing (double bearing_deg);
/** Northbound, eastbound and clockwise ascend. */
RnDirection rn_uk_direction (RnUkWay way);
/** "northbound", NULL when unknown. */
const char *rn_uk_way_word (RnUkWay way);
RnNames *rn_uk_way_names (RnUkWay way);
/** Compass bearing of the four winds, else NaN. */
double rn_uk_way_bearing_deg (RnUkWay way);

/** The first road in @text ("M6 Toll", "A1(M)", "A38"), upper case; NULL none. Caller frees. */
char *rn_uk_dup_road (const char *text);
/** Roads that a section of this name runs along: the one before "from", and those after "and".
 *  Never empty unless @name holds no road. Caller frees. */
GStrv rn_uk_dup_roads (const char *name);
/** The road as it counts for what belongs together: "A1(M)" is "A1", the Dartford Crossing (A282)
 *  is of the M25. Caller frees. */
char *rn_uk_dup_family (const char *road);
/** "Journey Time Section for M42 southbound from Jct 9 (A446) to M42 Jct 8 (M6)" on @road M42 →
 *  "J9 (A446) → M42 J8 (M6)". Caller frees. */
char *rn_uk_dup_section_name (const char *name, const char *road);
/** Whether a place is beside the carriageway: a slip road, a link road, an exit. */
gboolean rn_uk_is_beside (const char *text);

/* ---- place ---- */

/** Where a record is, as TPEG says it. */
typedef struct {
  char *road;  /* NULL unknown */
  RnUkWay way; /* unknown: both carriageways */
  gboolean beside;
  gboolean has_at, has_ends;
  RnPoint at, from, to;
  char *section; /* id, where it names one of the predefined locations */
} RnUkPlace;

void rn_uk_place_clear (RnUkPlace *self);

typedef struct _RnUkJoin RnUkJoin;

/** Makes ready to find sections of @network (may be NULL). */
RnUkJoin *rn_uk_join_new (const RnNetwork *network);
void rn_uk_join_free (RnUkJoin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnUkJoin, rn_uk_join_free)

/** The sections at @place, the best first; empty when none is. Of the road and direction of the
 *  place, a section is at it when the way over the point is at most 15 % and 1 km longer than the
 *  section; the least detour wins, with those up to 500 m behind it, link roads after others. Where
 *  none is, the bearing of sections stands for their direction. With @along also sections whose
 *  middle lies between both ends of the place. Caller frees the array of guint32. */
GArray *rn_uk_join_find (const RnUkJoin *self, const RnUkPlace *place, gboolean along);
