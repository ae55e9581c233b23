/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways in which the server can be made to misbehave, so that clients can be tested. Which
 * answer is hit is drawn by hash from a running number. One thread. */
#pragma once

#include <gio/gio.h>

typedef enum {
  RN_SIM_FAULT_NONE,
  RN_SIM_FAULT_DROP, /* closes the connection without an answer */
  RN_SIM_FAULT_LATE, /* observed_at lies minutes back */
  RN_SIM_FAULT_500,
  RN_SIM_FAULT_429,     /* with Retry-After */
  RN_SIM_FAULT_CUT,     /* the connection ends in the middle of the body */
  RN_SIM_FAULT_GARBAGE, /* 200, but not JSON */
  RN_SIM_FAULT_TYPES,   /* JSON, but numbers are strings, and so on */
  RN_SIM_FAULT_FROZEN,  /* the values of the first such answer for ever; observed_at moves */
  RN_SIM_FAULT_STUCK,   /* the same answer for ever, observed_at and all */
  RN_SIM_FAULT_SKEW,    /* observed_at lies ahead of the clock */
  RN_SIM_FAULT_PARTIAL, /* over half of the rows are missing */
  RN_SIM_FAULT_SLOW,    /* the answer takes 20 s */
  RN_SIM_FAULT_HUGE,    /* a body that inflates to more than 256 MiB */
  RN_SIM_N_FAULTS
} RnSimFault;

typedef struct _RnSimFaults RnSimFaults;

RnSimFaults *rn_sim_faults_new (guint64 seed);
void rn_sim_faults_free (RnSimFaults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSimFaults, rn_sim_faults_free)

/** Adds KIND[:SHARE][:FEED], such as "late", "500:0.3" or "frozen:1:weather". FALSE and an error
 *  of RN_SIM_ERROR_OPTION that names the kinds or feeds there are. */
gboolean rn_sim_faults_add (RnSimFaults *self, const char *text, GError **error);

/** Sets the share of answers that @kind hits, for one feed or (NULL) for all; 0 ends it; "none" as
 *  the kind ends all. */
gboolean rn_sim_faults_set (RnSimFaults *self, const char *kind, double share, const char *feed,
                            GError **error);

/** What happens to the next answer of @feed ("flow", … or "root", "me", "network"). */
RnSimFault rn_sim_faults_draw (RnSimFaults *self, const char *feed);

const char *rn_sim_fault_word (RnSimFault fault);
/** All words but "none", separated by "|". Caller frees. */
char *rn_sim_fault_words (void);

/** @body with wrong JSON types: numbers become strings, true and false numbers, null an object. */
GBytes *rn_sim_fault_spoil_types (GBytes *body);
/** Bytes that are no JSON: a login page, or noise. */
GBytes *rn_sim_fault_garbage (guint64 salt);
