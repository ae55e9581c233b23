/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A name in one or several languages, as servers send it: a string, or an object by language tag.
 * Immutable, atomically refcounted; NULL stands for "no name". */
#pragma once

#include <json-glib/json-glib.h>

typedef struct _RnNames RnNames;

RnNames *rn_names_new (const char *text); /* one name for all languages */
/** "zh-CN", "…", "en", "…", NULL */
RnNames *rn_names_new_pairs (const char *lang, ...) G_GNUC_NULL_TERMINATED;
/** @n (tag, text) pairs; NULL for n = 0. */
RnNames *rn_names_new_arrays (guint n, const char *const *tags, const char *const *texts);
RnNames *rn_names_ref (RnNames *self);
void rn_names_unref (RnNames *self);

/** The name for @lang ("zh-CN"): exact tag, then the same language, then the unlabelled one, then
 *  English, then the first. NULL @lang means the language in use. NULL @self gives NULL. */
const char *rn_names_get (const RnNames *self, const char *lang);

/** The @i-th (tag, text) pair, for serialising and search; FALSE past the end. @tag is "" for the
 *  unlabelled name. */
gboolean rn_names_nth (const RnNames *self, guint i, const char **tag, const char **text);

/** Whether any of the names contains @needle, compared casefolded. */
gboolean rn_names_match (const RnNames *self, const char *needle_casefolded);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnNames, rn_names_unref)
