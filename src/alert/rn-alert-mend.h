/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is proposed to make a rule better, computed from what its alerts did. A plain value; its
 * words are made here. Pure, any thread. */
#pragma once

#include "alert/rn-rule.h"

typedef enum {
  RN_MEND_NONE,
  RN_MEND_EXIT,   /* comes back soon after leaving: leave it later, `exit` */
  RN_MEND_KEEP,   /* the same where the value swings far: `keep_s` */
  RN_MEND_FOR,    /* over before anybody could act: `for_s` */
  RN_MEND_ENTER,  /* too many, or nobody answers: `enter` */
  RN_MEND_RETIRE, /* nobody answers, and no other limit would help: a colour, not an alert */
  RN_MEND_SCOPE,  /* stands for a day: nothing can be done there: scope or schedule */
  RN_MEND_CHECK,  /* comes and goes, and no limit would help: look at what measures it */
} RnMendKind;

typedef struct {
  RnMendKind kind;
  int tier;        /* whose limit or delay it is */
  double from, to; /* the metric's unit, or seconds; NaN: no number is proposed */
  guint n, of;     /* so many of so many alerts are the reason */
} RnMend;

/** Why, in a sentence. Caller frees. */
char *rn_mend_dup_reason (const RnMend *self);
/** The change as the rule would say it: "III: exit 0.55 → 0.60", "for_s 120 → 240"; NULL where no
 *  number is proposed. Caller frees. */
char *rn_mend_dup_change (const RnMend *self);

/** The next round number beyond @value away from @from, in steps that suit @from: limits of rules
 *  are round. */
double rn_mend_round (double value, double from);
/** Rounded up: to 30 s up to a minute, to a minute up to ten, else to five minutes. */
double rn_mend_round_s (double seconds);
