/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that happened: what the engine did, or what a person did. All state is the fold of
 * these (RnAlertBook); they are what the journal keeps. Immutable once made, atomically
 * refcounted; read and written as JSON without loss. */
#pragma once

#include "alert/rn-detector.h"

typedef enum {
  /* transitions of one alert */
  RN_ENTRY_RAISED,     /* normal → active: an occurrence begins */
  RN_ENTRY_TIER,       /* its worst latched tier is another one */
  RN_ENTRY_RECOVERING, /* active → recovering */
  RN_ENTRY_RELAPSED,   /* recovering → active, without a ring */
  RN_ENTRY_CLEARED,    /* → normal: the occurrence ends (a latched one when acknowledged too) */
  RN_ENTRY_GONE,       /* its section, rule or source is no more */
  RN_ENTRY_DATA,       /* the quality of its data is another one */
  RN_ENTRY_PARENT,     /* belongs under `parent` from now on; NULL: stands for itself again */
  RN_ENTRY_EXTENT,     /* of a parent: `queue_m` and `head` */
  RN_ENTRY_RANG,       /* rings again: worst child or queue beyond what was acknowledged */
  RN_ENTRY_ESCALATED,  /* unacknowledged too long: `tier` is one worse */
  RN_ENTRY_SUPPRESSED, /* by design: the section is closed */
  RN_ENTRY_UNSUPPRESSED,
  /* acts on one alert; `person` and `where` are set */
  RN_ENTRY_ACKNOWLEDGED, /* `tier`: the worst that it is acknowledged for */
  RN_ENTRY_UNACKNOWLEDGED,
  RN_ENTRY_NOTE,           /* `text` */
  RN_ENTRY_OWNER,          /* `text`: the owner's name; NULL: nobody's */
  RN_ENTRY_SHELVED,        /* `text`: reason; `until_us`, at most 8 h; `one_shot` */
  RN_ENTRY_UNSHELVED,      /* by a person, or by the engine (no person): its end, or the one shot */
  RN_ENTRY_OUT_OF_SERVICE, /* `text`: reason */
  RN_ENTRY_IN_SERVICE,
  /* of the seat */
  RN_ENTRY_FLOOD_BEGAN, /* `count` alerts in 10 min */
  RN_ENTRY_FLOOD_ENDED,
  RN_ENTRY_RULES,   /* other rules are in force: `rule`, `rule_version`, `text`: who changed what */
  RN_ENTRY_STARTED, /* the program; `text`: its version; `one_shot`: with nothing of what was */
  RN_ENTRY_STOPPED,
  RN_ENTRY_SHIFT, /* a shift begins; `person`; `text`: its name, NULL */
  /* tiered plans: `subject` is the plan; see rn-plan-desk.h */
  RN_ENTRY_PLAN_PROPOSED,  /* the advisor's or a person's: `tier` (0: to be left), `text`, `body` */
  RN_ENTRY_PLAN_CONFIRMED, /* `person`; the first of two when `count` is 1 of 2 */
  RN_ENTRY_PLAN_DECLINED,  /* `text`: why */
  RN_ENTRY_PLAN_TIER,      /* in force from now on: `tier` */
  RN_ENTRY_MEASURE,        /* `key`: of the measure; `text`: ordered, confirmed, executed, lifted */
  /* of the journal */
  RN_ENTRY_BOOKMARK, /* all that stands is told by the entries since `data_us`: see RnAlertDesk */
  RN_N_ENTRY_KINDS
} RnAlertEntryKind;

typedef struct {
  RnAlertEntryKind kind;
  gint64 at_us;   /* session's clock, Unix µs: when it was decided */
  gint64 data_us; /* data time of the sample behind it; 0 none */
  char *key;      /* of the alert: "RULE KIND:SUBJECT"; NULL where none */
  char *rule;     /* id; NULL none */
  guint rule_version;
  RnSubject *subject; /* NULL none */
  int tier;
  double value, threshold; /* NaN unknown */
  RnQuality quality;
  guint8 factors;       /* RnFactors */
  guint count;          /* samples behind it, or as the kind says */
  char *parent;         /* key of another alert; NULL none */
  char *head;           /* key of the head section of a queue; NULL none */
  double queue_m;       /* NaN unknown */
  char *section;        /* of RAISED: key of the section where a thing that goes away lies; NULL */
  double chainage_m;    /* and where on its road; NaN unknown. What it is: `text` */
  gboolean rings;       /* asks for a sound */
  char *person, *where; /* who, and at which seat; NULL: the engine */
  char *text;
  gint64 until_us;
  gboolean one_shot;
  gboolean latch; /* of RAISED: it stays until it was acknowledged, too */
  char *body;     /* further members as a JSON object, NULL none */
} RnAlertEntry;

/** A new one with numbers NaN; filled before it is shared. */
RnAlertEntry *rn_alert_entry_new (RnAlertEntryKind kind, gint64 at_us);
RnAlertEntry *rn_alert_entry_ref (const RnAlertEntry *self);
void rn_alert_entry_unref (const RnAlertEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnAlertEntry, rn_alert_entry_unref)

/** "RULE KIND:SUBJECT". Caller frees. */
char *rn_alert_key (const char *rule, const RnSubject *subject);

/** "raised", "acknowledged": for the journal and interfaces. */
const char *rn_alert_entry_word (RnAlertEntryKind kind);
/** "Raised", "Acknowledged" in the language in use. */
const char *rn_alert_entry_title (RnAlertEntryKind kind);
gboolean rn_alert_entry_is_act (RnAlertEntryKind kind); /* done by a person */

/** FALSE when @word is of no kind that this version knows. */
gboolean rn_alert_entry_kind_from_word (const char *word, RnAlertEntryKind *kind);

/** All members but kind and at_us as a compact JSON object, known ones only. Caller frees. */
char *rn_alert_entry_dup_json (const RnAlertEntry *self);
/** Reads it back. Members of a newer version are left out; NULL with @error, which names the
 *  member, for an unknown @word or what is no such object. */
RnAlertEntry *
rn_alert_entry_parse (const char *word, gint64 at_us, const char *json, GError **error);
