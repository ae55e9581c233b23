/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One alert as it stands: four independent dimensions and what is told of it. Immutable, atomically
 * refcounted; made by RnAlertBook. All fields are read-only. */
#pragma once

#include "alert/rn-alert-entry.h"

typedef enum {
  RN_MASK_NONE,
  RN_MASK_SHELVED,
  RN_MASK_SUPPRESSED, /* by design */
  RN_MASK_OUT_OF_SERVICE,
} RnMask;

typedef struct {
  char *key; /* "RULE KIND:SUBJECT": one alert per rule and subject */
  char *rule;
  guint rule_version; /* of the rule that raised it */
  RnSubject *subject;

  /* of a thing that goes away, as it was when it raised: a row may outlive it */
  char *title;       /* what it is; NULL: what its rule says */
  char *section;     /* key of the section where it lies; NULL unknown, or the subject itself */
  double chainage_m; /* and where on its road; NaN unknown */

  /* condition */
  RnCondition condition; /* ACTIVE or RECOVERING; NORMAL: ended, but latched, out of service … */
  int tier;              /* worst latched now; while NORMAL and latched the last one */
  int worst_tier;        /* of the occurrence */
  double value, threshold; /* as last told by an entry; NaN unknown */
  guint8 factors;
  gint64 raised_us;      /* session's clock: its age counts from here */
  gint64 raised_data_us; /* data time */
  gint64 changed_us;     /* of the last transition */
  guint n_raised;        /* relapses and raises within 30 min, with this one: for chatter */

  /* response */
  gboolean acknowledged; /* and no worse tier came since */
  int acknowledged_tier; /* worst acknowledged in the occurrence; 0 none */
  char *acknowledged_by;
  gint64 acknowledged_us;
  char *owner; /* NULL nobody */

  /* mask */
  RnMask mask;
  gboolean shelved, suppressed, out_of_service; /* all that hold; `mask` is the strongest */
  char *mask_by, *mask_reason;
  gint64 shelved_us, shelved_until_us;
  gboolean one_shot;

  /* data */
  RnQuality quality;

  /* group */
  char *parent;     /* key; NULL: a row of its own */
  guint n_children; /* active or recovering ones, of all depths */
  int worst_child;  /* tier; 0 none */
  char *head;       /* key of the head section of its queue; NULL */
  double queue_m;   /* NaN unknown */

  guint n_notes;
} RnAlert;

RnAlert *rn_alert_new (const char *key);      /* everything unknown */
RnAlert *rn_alert_copy (const RnAlert *self); /* to be changed and shared */
RnAlert *rn_alert_ref (const RnAlert *self);
void rn_alert_unref (const RnAlert *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnAlert, rn_alert_unref)

/** The tier that it shows: the worst of its own and its children's. */
int rn_alert_shown_tier (const RnAlert *self);
/** Whether it asks for something: not acknowledged, not masked, not under a parent. */
gboolean rn_alert_asks (const RnAlert *self);
/** How far down it belongs in a list, 0 at the top: what asks first; then not acknowledged; then
 *  tier, where lost data ranks above its last tier. */
guint rn_alert_rank (const RnAlert *self);
/** Order of lists: by rank; then the younger. */
int rn_alert_compare (const RnAlert *a, const RnAlert *b);
