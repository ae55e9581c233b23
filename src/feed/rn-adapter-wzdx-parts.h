/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the decoders of WZDx share with each other and with /v1/works, which is a WZDx 4.2 feed with
 * members of its own: the walk over features, road events, field devices. */
#pragma once

#include "feed/rn-adapter-roadnet-parts.h"
#include "model/rn-device.h"
#include "model/rn-work.h"

typedef struct _RnWzdxFeed RnWzdxFeed;

/** Reads what a work of /v1/works has beyond WZDx. @named gets whether it names any section. */
typedef void (*RnWzdxOwn) (RnWork *work, const RnJson *properties, const RnDecodeContext *context,
                           gboolean *named, GError **error);

/** A feed while it is read. */
struct _RnWzdxFeed {
  RnDocument *document;
  const RnDecodeContext *context;
  RnJson info;   /* what the feed says of itself */
  RnWzdxOwn own; /* of /v1/works: ids are mandatory, and a wrong member refuses its row; NULL: of a
                  * foreign feed, where it is told and the rest of the row is taken */
};

/** Decodes a whole feed into the works and devices of @document. FALSE and @error when it is not
 *  one. */
gboolean rn_wzdx_decode (RnDocument *document, const RnJson *root, const RnDecodeContext *context,
                         RnWzdxOwn own, GError **error);

/** A road event: @core are its core details, in versions 2 and 3 the properties @p themselves. */
gboolean rn_wzdx_read_event (const RnWzdxFeed *feed, const RnJson *feature, const RnJson *p,
                             const RnJson *core, const char *id, GError **error);
/** A field device. */
gboolean rn_wzdx_read_device (const RnWzdxFeed *feed, const RnJson *feature, const RnJson *p,
                              const RnJson *core, const char *id, GError **error);

/** The lanes of a road event in the order of the road, and restrictions of theirs; nothing is left
 *  of them when one cannot be read. */
void rn_wzdx_read_lanes (RnWork *work, const RnJson *p, GError **error);
/** What may not drive there: adds to those that the work has. */
void rn_wzdx_read_restrictions (RnWork *work, const RnJson *place, GError **error);

/* ---- reading ---- */

/** What becomes of a member that was not understood (takes @flaw over): it refuses its row, or is
 *  told among the flaws of the document. TRUE when there was one. */
gboolean rn_wzdx_settle (const RnWzdxFeed *feed, GError *flaw, GError **error);

/** Whether nothing is said: absent, null or an empty string. */
gboolean rn_wzdx_is_empty (const RnJson *place);
/** Text fit for the screen, NULL when empty. Caller's. */
char *rn_wzdx_dup_text (const RnJson *place, guint max_chars, GError **error);
/** The same as names; also names by language. */
RnNames *rn_wzdx_read_names (const RnJson *place, guint max_chars, GError **error);
/** The texts of an array, or one text; NULL when there are none. */
GStrv rn_wzdx_dup_texts (const RnJson *place, guint max_chars, GError **error);
/** A word of an enumeration in small letters, NULL when empty. Caller's. */
char *rn_wzdx_dup_word (const RnJson *place, GError **error);
/** A number, also one in quotes; NaN when empty. */
double rn_wzdx_read_number (const RnJson *place, double min, double max, GError **error);
/** A moment, 0 when empty. */
gint64 rn_wzdx_read_time (const RnJson *place, GError **error);
/** A truth value: 1 or 0, -1 when empty. */
int rn_wzdx_read_flag (const RnJson *place, GError **error);
/** The positions of a feature in WGS-84; NULL for a null geometry, and on error. */
GArray *rn_wzdx_read_place (const RnWzdxFeed *feed, const RnJson *feature, GError **error);
/** The organisation behind core_details.data_source_id, else who is named in version 2, else the
 *  publisher of the feed; NULL unknown. Caller's. */
char *rn_wzdx_dup_owner (const RnWzdxFeed *feed, const RnJson *core, GError **error);
