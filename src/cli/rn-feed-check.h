/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What "feed check" says of a source: every input feature counted or refused, never nowhere. A
 * plain value of one thread. */
#pragma once

#include <json-glib/json-glib.h>

#include "feed/rn-document.h"

typedef struct _RnFeedCheck RnFeedCheck;

/** @sources: NULL-terminated, as the user named them. */
RnFeedCheck *rn_feed_check_new (const char *kind, const char *const *sources);
void rn_feed_check_free (RnFeedCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnFeedCheck, rn_feed_check_free)

/** Counts a document. Rows of flow add up over all documents; things with an id (incidents, works,
 *  stations …) count once however often they are reported; of networks of one source the
 *  last one counts. */
void rn_feed_check_add_document (RnFeedCheck *self, const RnDocument *document);

/** Counts a document that could not be taken at all: @path is its file or address. */
void rn_feed_check_add_problem (RnFeedCheck *self, const char *path, const char *reason);

/** What comes now is of another source: its sections are others than those before. */
void rn_feed_check_begin_source (RnFeedCheck *self);

/** A sentence that warns of data that can be read and yet is not right. */
void rn_feed_check_add_caution (RnFeedCheck *self, const char *text);

/** Whether anything came that a screen could show: a section, a speed, a thing. */
gboolean rn_feed_check_is_usable (const RnFeedCheck *self);

/** The object of "feed check --json": all members that product.md names, always; and, where there
 *  are any, "warnings", "controls", "plans", "measures", "devices", and
 *  "cautions": sentences that warn of data which can be read and yet is not right. Caller frees. */
JsonNode *rn_feed_check_to_json (const RnFeedCheck *self);

/** The same as a table for people. Caller frees. */
char *rn_feed_check_to_text (const RnFeedCheck *self);
