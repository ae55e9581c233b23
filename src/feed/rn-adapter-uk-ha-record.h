/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record of a situation, before it becomes an incident or a work. Private to the uk-ha
 * adapter. */
#pragma once

#include "feed/rn-adapter-uk-ha-parts.h"
#include "model/rn-incident.h"
#include "model/rn-work.h"

/** What it does to traffic. */
typedef struct {
  gboolean known;        /* it says anything of it */
  gboolean closed;       /* no lane is open */
  guint n_lanes, n_open; /* 0, 0: unknown */
  double capacity_pct;   /* NaN unknown */
  double delay_s;        /* NaN unknown */
} RnUkEffect;

typedef struct {
  char *id;
  char *reference; /* of the agency: "P-13-0422-0291"; NULL unknown */
  char *comment;   /* without the links at its end; NULL none */
  char *by;        /* who told it; NULL unknown */
  gint64 start_us, end_us, created_us, version_us; /* 0 unknown */
  gint64 version;
  RnUkEffect effect;
  RnUkPlace place;
} RnUkRecord;

/** FALSE when @element is refused, with the reason in @document. A wrong time or number in it is
 *  told and counts as unknown. */
gboolean rn_uk_record_read (RnDocument *document, const RnXmlElement *situation,
                            const RnXmlElement *element, RnCrs crs, RnUkRecord *out);
void rn_uk_record_clear (RnUkRecord *self);

/** "10 min delay · 1 of 3 lanes closed", in the language in use; NULL when nothing is known. Caller
 *  frees. */
char *rn_uk_effect_dup_text (const RnUkEffect *self);

/** Narrows @start_us and @end_us to the shift of a record that is valid only at some hours of the
 *  day (@timezone; NULL: London's): the one that goes on at @now_us, else the next within its
 *  validity. Without such hours they stay. */
void rn_uk_read_shift (RnDocument *document, const RnXmlElement *element, GTimeZone *timezone,
                       gint64 now_us, gint64 *start_us, gint64 *end_us);
