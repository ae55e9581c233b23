/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes JSON straight into a GString: commas by itself, numbers with fixed decimals (the same
 * bytes on every machine), NaN as null. Keys are NULL within arrays. One thread; plain value. */
#pragma once

#include "base/rn-names.h"

typedef struct {
  GString *out;
  gboolean comma; /* the next value needs one before it */
} RnSimWriter;

#define RN_SIM_WRITER_INIT                                                                         \
  {                                                                                                \
    .out = g_string_new (NULL)                                                                     \
  }

void rn_sim_write_object (RnSimWriter *self, const char *key); /* begins one */
void rn_sim_write_array (RnSimWriter *self, const char *key);
void rn_sim_write_end_object (RnSimWriter *self);
void rn_sim_write_end_array (RnSimWriter *self);

void rn_sim_write_string (RnSimWriter *self, const char *key, const char *text); /* NULL: null */
/** A formatted string. */
void rn_sim_write_format (RnSimWriter *self, const char *key, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void rn_sim_write_int (RnSimWriter *self, const char *key, gint64 value);
/** @decimals 0 … 6; trailing zeros are cut. NaN writes null. */
void rn_sim_write_number (RnSimWriter *self, const char *key, double value, int decimals);
void rn_sim_write_bool (RnSimWriter *self, const char *key, gboolean value);
void rn_sim_write_null (RnSimWriter *self, const char *key);
/** RFC 3339 with the offset +08:00 of Chinese time; 0 writes null. */
void rn_sim_write_time (RnSimWriter *self, const char *key, gint64 at_us);
/** A name by language, or a plain string when it has but one; NULL writes nothing. */
void rn_sim_write_names (RnSimWriter *self, const char *key, const RnNames *names);
/** {"zh-CN": @zh, "en": @en}. */
void rn_sim_write_pair (RnSimWriter *self, const char *key, const char *zh, const char *en);
/** A GeoJSON position [lon, lat] with 5 decimals (1 m). */
void rn_sim_write_position (RnSimWriter *self, double lon, double lat);
/** A member "geometry" that is a Point. */
void rn_sim_write_point (RnSimWriter *self, double lon, double lat);
/** Text that is JSON already. */
void rn_sim_write_raw (RnSimWriter *self, const char *key, const char *json);

GBytes *rn_sim_writer_end (RnSimWriter *self); /* steals what was written */
