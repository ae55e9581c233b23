/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a document whose bulk is one array (the features of a FeatureCollection) element by
 * element: the tree of a whole network of 100,000 sections takes half a gigabyte, that of one
 * feature a kilobyte. Checked as by rn_json_parse(). One thread. */
#pragma once

#include "base/rn-json.h"

typedef struct _RnJsonSplit RnJsonSplit;

/** Scans all of @bytes and parses all but the elements of the array that is the member @member of
 *  the document. NULL and @error as rn_json_parse(). Where there is no such array the document is
 *  parsed whole and there are no elements. */
RnJsonSplit *rn_json_split_new (GBytes *bytes, const char *member, GError **error);
void rn_json_split_free (RnJsonSplit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnJsonSplit, rn_json_split_free)

/** The document; its array @member is there, but empty. Borrowed. */
const RnJson *rn_json_split_root (const RnJsonSplit *self);

/** How many elements the array has. */
guint rn_json_split_length (const RnJsonSplit *self);

/** Element @index, with its place in the document; valid until the next call. Borrowed. */
const RnJson *rn_json_split_element (RnJsonSplit *self, guint index);
