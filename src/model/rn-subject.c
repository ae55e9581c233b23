/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one can point at. Plain boxed value. */
#include "model/rn-subject.h"

G_DEFINE_BOXED_TYPE (RnSubject, rn_subject, rn_subject_copy, rn_subject_free)

RnSubject *
rn_subject_new (RnSubjectKind kind, const char *key)
{
  RnSubject *self = g_new0 (RnSubject, 1);

  self->kind = kind;
  self->key = g_strdup (key);
  return self;
}

RnSubject *
rn_subject_copy (const RnSubject *self)
{
  return self != NULL ? rn_subject_new (self->kind, self->key) : NULL;
}

void
rn_subject_free (RnSubject *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self);
}

gboolean
rn_subject_equal (const RnSubject *a, const RnSubject *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->kind == b->kind && g_strcmp0 (a->key, b->key) == 0;
}

guint
rn_subject_hash (const RnSubject *self)
{
  return g_str_hash (self->key) * RN_N_SUBJECT_KINDS + (guint) self->kind;
}

static const char *const words[RN_N_SUBJECT_KINDS] = {
  [RN_SUBJECT_SECTION] = "section",   [RN_SUBJECT_FACILITY] = "facility",
  [RN_SUBJECT_INCIDENT] = "incident", [RN_SUBJECT_WORK] = "work",
  [RN_SUBJECT_WARNING] = "warning",   [RN_SUBJECT_STATION] = "station",
  [RN_SUBJECT_ROAD] = "road",         [RN_SUBJECT_DEVICE] = "device",
  [RN_SUBJECT_FEED] = "feed",         [RN_SUBJECT_KPI] = "kpi",
  [RN_SUBJECT_PLAN] = "plan",
};

const char *
rn_subject_kind_word (RnSubjectKind kind)
{
  return words[kind];
}

gboolean
rn_subject_kind_from_word (const char *word, RnSubjectKind *kind)
{
  for (guint i = 0; i < RN_N_SUBJECT_KINDS; i++)
    if (g_strcmp0 (word, words[i]) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}
