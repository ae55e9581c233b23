/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A device that stands in the field, mostly at works: arrow board, message sign, sensor, camera …
 * and what it shows or measures now. Immutable once in a frame, atomically refcounted. */
#pragma once

#include "model/rn-network.h"

typedef enum {
  RN_DEVICE_OTHER,
  RN_DEVICE_ARROW_BOARD,
  RN_DEVICE_CAMERA,
  RN_DEVICE_MESSAGE_SIGN,
  RN_DEVICE_BEACON,
  RN_DEVICE_HYBRID_SIGN, /* a fixed sign with a part that changes */
  RN_DEVICE_LOCATION_MARKER,
  RN_DEVICE_TRAFFIC_SENSOR,
  RN_DEVICE_TRAFFIC_SIGNAL,
  RN_N_DEVICE_TYPES
} RnDeviceType;

/** As it says of itself; in order of badness. */
typedef enum {
  RN_DEVICE_STATUS_UNKNOWN,
  RN_DEVICE_STATUS_OK,
  RN_DEVICE_STATUS_WARNING,
  RN_DEVICE_STATUS_ERROR
} RnDeviceStatus;

typedef struct {
  char *source, *id, *key;
  RnDeviceType type;
  char *type_word;      /* as given: for a type that is not known; NULL */
  RnNames *names;       /* NULL none */
  RnNames *description; /* NULL none */
  RnDeviceStatus status;
  GStrv messages; /* what it says is wrong; NULL none */
  gboolean located;
  RnPoint at;
  char *road;                 /* reference as given; NULL unknown */
  char *direction;            /* as given; NULL unknown */
  double post;                /* milepost; NaN unknown */
  guint32 section;            /* index in the frame's network, or RN_NONE */
  GStrv work_ids;             /* works of its source that it stands at; NULL none */
  char *owner;                /* NULL unknown */
  char *model;                /* make and model; NULL unknown */
  int moving;                 /* 1, 0; -1 unknown */
  gint64 updated_us, data_us; /* when it last reported; when it last measured. 0 unknown */
  gint64 observed_at_us;      /* of the feed */

  /* what it shows: the word of the feed for a pattern, a function, a mode; text of a sign, with
   * "\n" between lines and "\f" between pages; NULL unknown */
  char *shows;
  char *text;       /* of a hybrid sign: the part that changes; of a beacon's sign */
  char *fixed_text; /* of a hybrid sign: the rest */
  GStrv marks;      /* of a location marker: words of the feed */
  int flashing;     /* of a beacon: 1, 0; -1 unknown */
  int in_transport; /* of an arrow board: not in use: 1, 0; -1 unknown */
  double speed_kmh, flow_vph, occupancy_pct; /* of a sensor; NaN unknown */
  char *image_uri;                           /* of a camera */
} RnDevice;

RnDevice *rn_device_new (const char *source, const char *id, RnDeviceType type);
RnDevice *rn_device_ref (const RnDevice *self);
void rn_device_unref (const RnDevice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnDevice, rn_device_unref)

/** Words of WZDx, NULL-terminated; the index + 1 is the type. */
const char *const *rn_device_type_words (void);
const char *rn_device_type_title (RnDeviceType type);
/** "In order", "Warning", "Fault", "Status unknown". */
const char *rn_device_status_title (RnDeviceStatus status);
/** Its name, else its description, else what it is. Borrowed. */
const char *rn_device_title (const RnDevice *self);
/** What it shows or measures now, on one line: "Right arrow, flashing", "ROADWORK / NEXT 6 MILES //
 *  USE LEFT LANE", "85 km/h · 1,200 veh/h"; NULL when that is not known. Caller's. */
char *rn_device_dup_shows (const RnDevice *self);
/** When it was last heard of: its own time, else that of its feed; 0 unknown. */
gint64 rn_device_heard_us (const RnDevice *self);
