/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one can point at: a kind and a key ("source/id"). Boxed, immutable. */
#pragma once

#include <glib-object.h>

typedef enum {
  RN_SUBJECT_SECTION,
  RN_SUBJECT_FACILITY,
  RN_SUBJECT_INCIDENT,
  RN_SUBJECT_WORK,
  RN_SUBJECT_WARNING,
  RN_SUBJECT_STATION, /* weather station */
  RN_SUBJECT_ROAD,    /* key: reference */
  RN_SUBJECT_DEVICE,  /* field device */
  /* what has no place of its own on the map */
  RN_SUBJECT_FEED, /* key: "source/flow" */
  RN_SUBJECT_KPI,
  RN_SUBJECT_PLAN,
} RnSubjectKind;
#define RN_N_SUBJECT_KINDS (RN_SUBJECT_PLAN + 1)

typedef struct {
  RnSubjectKind kind;
  char *key;
} RnSubject;

#define RN_TYPE_SUBJECT (rn_subject_get_type ())
GType rn_subject_get_type (void);
RnSubject *rn_subject_new (RnSubjectKind kind, const char *key);
RnSubject *rn_subject_copy (const RnSubject *self);
void rn_subject_free (RnSubject *self);
gboolean rn_subject_equal (const RnSubject *a, const RnSubject *b); /* NULL allowed */
guint rn_subject_hash (const RnSubject *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSubject, rn_subject_free)

/** "section", "feed": for documents and the journal; and back: FALSE when @word is none. */
const char *rn_subject_kind_word (RnSubjectKind kind);
gboolean rn_subject_kind_from_word (const char *word, RnSubjectKind *kind);
