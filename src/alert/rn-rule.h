/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule: when which subject asks an operator to do something. Immutable once read, atomically
 * refcounted. All fields are read-only; read from JSON by rn-rule-read.h. */
#pragma once

#include "alert/rn-metric.h"
#include "alert/rn-tier.h"
#include "base/rn-names.h"
#include "model/rn-network.h"

typedef enum { RN_NO_DATA_HOLD, RN_NO_DATA_ALERT, RN_NO_DATA_NORMAL } RnNoData;

/** How one tier is entered and left. */
typedef struct {
  gboolean on;
  double enter, exit; /* exit on the safe side of enter; NaN for sets */
  guint set;          /* for RN_BAD_SET: bit 1 << value */
  gint64 for_us, keep_us;
  guint count; /* n of m: so many bad samples within window_us; 0: not used */
  gint64 window_us;
} RnRuleTier;

/** A further condition for entry. It passes when its metric is unknown, and in a standstill. */
typedef struct {
  RnMetric metric;
  double above, below; /* NaN: not asked */
} RnRuleGuard;

/** NULL members do not narrow. */
typedef struct {
  GStrv roads, directions, sections, companies, facilities, tags;
  guint classes;        /* bits 1 << RnClass; 0: all */
  guint facility_types; /* bits 1 << RnFacilityType; 0: all */
} RnRuleScope;

/** When a rule is in force, in the zone of the source. */
typedef struct {
  guint weekdays;          /* bits 1 << 1 (Monday) … 1 << 7; 0: all */
  int from_min, until_min; /* minutes of the day; until ≤ from: over midnight */
} RnRuleHours;

/** "06:30" → 390, "24:00" → 1440; -1: it is no time of the day. */
int rn_rule_minute_from_text (const char *text);
/** 390 → "06:30". Caller frees. */
char *rn_rule_minute_dup_text (int minute);

typedef struct {
  char *id;
  RnNames *names;
  guint version;
  char *owner, *reason; /* who keeps it, and why it is as it is; NULL unknown */
  gboolean enabled;
  RnMetric metric;
  char *select; /* KPI id, "truck", fuel grade; NULL none */
  RnRuleScope scope;
  RnRuleTier tiers[RN_N_TIERS];
  guint n_guards; /* all must hold */
  RnRuleGuard *guards;
  RnNoData no_data;
  gint64 hold_max_us;
  gboolean latch;
  gint64 escalate_us; /* unacknowledged so long: one tier worse; 0 never */
  gint64 nag_us;      /* unacknowledged so long: rings again; 0 never */
  guint n_hours;
  RnRuleHours *hours; /* none: always */
  RnNames *guidance;  /* what to do; NULL none */
  char *group_by;     /* "queue", "road", "company", NULL: by itself */
  char *display;      /* as given, NULL none */
  gboolean local;     /* from the site's own file */
} RnRule;

RnRule *rn_rule_ref (const RnRule *self);
void rn_rule_unref (const RnRule *self);
/** A new one with everything off and unknown; filled before it is shared. */
RnRule *rn_rule_new (const char *id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRule, rn_rule_unref)

/** On which side values are bad, never RN_BAD_BY_LIMITS: that of the metric, or, where it has none
 *  (a key figure), the side of `enter` on which `exit` is not. Without limits it is high. */
RnBadSide rn_rule_bad_side (const RnRule *self);
/** Whether @value is at or beyond @limit on the bad side; FALSE for NaN and for sets. */
gboolean rn_rule_is_beyond (const RnRule *self, double value, double limit);
/** The name in the language in use, else the id. */
const char *rn_rule_title (const RnRule *self);
/** Whether it is in force at @now_us. */
gboolean rn_rule_is_on (const RnRule *self, gint64 now_us, GTimeZone *zone);

/** Rules in order, each id once. Immutable, atomically refcounted. */
typedef struct {
  guint n;
  RnRule *const *rules;
} RnRuleSet;

RnRuleSet *rn_rule_set_new (RnRule *const *rules, guint n); /* refs them */
RnRuleSet *rn_rule_set_ref (const RnRuleSet *self);
void rn_rule_set_unref (const RnRuleSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRuleSet, rn_rule_set_unref)
/** NULL when there is none. Borrowed. */
const RnRule *rn_rule_set_find (const RnRuleSet *self, const char *id);
/** @base with the rules of @site in place of those with the same id, and after them the rest. */
RnRuleSet *rn_rule_set_override (const RnRuleSet *base, const RnRuleSet *site);
