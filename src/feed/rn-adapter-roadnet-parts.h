/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the decoders of the operations API share with each other and with nobody else: one decoder a
 * feed, and the reading of rows, places and lists that all of them do alike. */
#pragma once

#include "base/rn-json.h"
#include "feed/rn-adapter.h"

/* Slots in the order of the adapter's table. */
typedef enum {
  RN_ROADNET_NETWORK,
  RN_ROADNET_FLOW,
  RN_ROADNET_INCIDENTS,
  RN_ROADNET_WORKS,
  RN_ROADNET_WEATHER,
  RN_ROADNET_FACILITIES,
  RN_ROADNET_KPIS,
  RN_ROADNET_PLANS,
  RN_ROADNET_N_SLOTS
} RnRoadnetSlot;

/** A decoder: @document has its kind, the decoder fills the rest. FALSE and @error (any domain)
 *  when the document as a whole cannot be taken. */
typedef gboolean (*RnRoadnetDecoder) (RnDocument *document, const RnJson *root,
                                      const RnDecodeContext *context, GError **error);

gboolean rn_roadnet_decode_flow (RnDocument *document, const RnJson *root,
                                 const RnDecodeContext *context, GError **error);
gboolean rn_roadnet_decode_incidents (RnDocument *document, const RnJson *root,
                                      const RnDecodeContext *context, GError **error);
gboolean rn_roadnet_decode_works (RnDocument *document, const RnJson *root,
                                  const RnDecodeContext *context, GError **error);
gboolean rn_roadnet_decode_weather (RnDocument *document, const RnJson *root,
                                    const RnDecodeContext *context, GError **error);
gboolean rn_roadnet_decode_facilities (RnDocument *document, const RnJson *root,
                                       const RnDecodeContext *context, GError **error);
gboolean rn_roadnet_decode_kpis (RnDocument *document, const RnJson *root,
                                 const RnDecodeContext *context, GError **error);
gboolean rn_roadnet_decode_plans (RnDocument *document, const RnJson *root,
                                  const RnDecodeContext *context, GError **error);

/** The slot that a document belongs to, by what it holds (see RnAdapter.recognise). */
int rn_roadnet_recognise (const char *name, const char *head, gsize length);

/* ---- reading ---- */

/** A member as a place that lives to the end of the enclosing block (the body of an `if` without
 *  braces is a block too: declare with it, do not assign it). */
#define RN_AT(place, key) ((const RnJson[1]){ rn_json_member ((place), (key)) })

/** Decodes one row, whose identifier is read. FALSE and @error: the row is refused. */
typedef gboolean (*RnRoadnetRow) (RnDocument *document, const RnJson *row, const char *id,
                                  const RnDecodeContext *context, GError **error);

/** Calls @decode for each element of the member @key of @root. A row without an id, with one that
 *  was there before, or that @decode refuses is counted in the document's refusals. FALSE and
 *  @error when the member is no array, or is missing though @mandatory. */
gboolean
rn_roadnet_each_row (RnDocument *document, const RnJson *root, const char *key, gboolean mandatory,
                     RnRoadnetRow decode, const RnDecodeContext *context, GError **error);

/** Whether the member @place is an object; absent is no fault, another type is one (@error). */
gboolean rn_roadnet_opt_object (const RnJson *place, GError **error);
/** The same for an array. */
gboolean rn_roadnet_opt_array (const RnJson *place, GError **error);

/** A copy of an optional string, NULL when absent. */
char *rn_roadnet_dup_string (const RnJson *place, GError **error);

/** An optional array of identifiers; NULL when absent. */
GStrv rn_roadnet_dup_ids (const RnJson *place, GError **error);

/** Sections of the context's network named by an optional array of ids: array of guint32, NULL when
 *  the member is absent. @n_unknown (may be NULL) gets how many it does not know. */
GArray *rn_roadnet_dup_sections (const RnJson *place, const RnDecodeContext *context,
                                 guint *n_unknown, GError **error);

typedef enum {
  RN_SHAPE_NONE, /* null geometry */
  RN_SHAPE_POINT,
  RN_SHAPE_POINTS,
  RN_SHAPE_LINE,
  RN_SHAPE_RING, /* the outer ring of a polygon */
} RnRoadnetShape;

/** The geometry of a GeoJSON Feature: @points gets an array of RnPoint (NULL for RN_SHAPE_NONE). A
 *  geometry that is none of those asked for in @allowed (bits 1 << RnRoadnetShape) sets @error. */
RnRoadnetShape
rn_roadnet_read_geometry (const RnJson *feature, guint allowed, GArray **points, GError **error);

/** The same in WGS-84, from the system of @context. */
RnRoadnetShape
rn_roadnet_read_place (const RnJson *feature, guint allowed, const RnDecodeContext *context,
                       GArray **points, GError **error);

/** The properties of a Feature; sets @error when they are no object. */
RnJson rn_roadnet_properties (const RnJson *feature, GError **error);
