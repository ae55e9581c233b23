/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checked JSON reading: the one door to json-glib, which recurses without limit, takes comments,
 * hex and 1e400, and asserts on wrong types. The bytes are scanned before they are parsed, every
 * getter checks, and every complaint names its place ("features[3].properties.road"). Pure; any
 * thread. */
#pragma once

#include <json-glib/json-glib.h>

#include "base/rn-names.h"

#define RN_JSON_ERROR (rn_json_error_quark ())
GQuark rn_json_error_quark (void);
typedef enum {
  RN_JSON_ERROR_TOO_LARGE, /* more bytes than allowed */
  RN_JSON_ERROR_UTF8,
  RN_JSON_ERROR_DEPTH,
  RN_JSON_ERROR_SYNTAX, /* not JSON by RFC 8259, or empty */
  RN_JSON_ERROR_TYPE,   /* a member of another type than expected */
  RN_JSON_ERROR_MISSING,
  RN_JSON_ERROR_RANGE,
} RnJsonError;

#define RN_JSON_MAX_DEPTH 32
#define RN_JSON_MAX_BYTES ((gsize) 256 << 20)

/** Scans and parses @bytes as strict RFC 8259 (a byte-order mark is skipped). NULL and @error on
 *  anything else; the message holds line and column. Free with json_node_unref(). */
JsonNode *rn_json_parse (GBytes *bytes, GError **error);

/** @node as text that rn_json_parse() reads again, indented when @pretty; what is not UTF-8 becomes
 *  U+FFFD. Caller frees. */
char *rn_json_dup_text (JsonNode *node, gboolean pretty);

/** A place in a document: a node (NULL = absent or null) and how one got there. Plain value; it
 *  borrows the node and the parent place, both must outlive it. */
typedef struct _RnJson RnJson;
struct _RnJson {
  JsonNode *node;
  const RnJson *up;
  const char *key; /* member name, or NULL for an element */
  guint index;
};

RnJson rn_json_root (JsonNode *node);

/** Where @self is, as a path: "$" for the root, "features[3].id". Caller frees. */
char *rn_json_path (const RnJson *self);

gboolean rn_json_is_object (const RnJson *self);
gboolean rn_json_is_array (const RnJson *self);
gboolean rn_json_is_null (const RnJson *self); /* null or absent */

RnJson rn_json_member (const RnJson *self, const char *key); /* absent when no object */
guint rn_json_length (const RnJson *self);                   /* 0 when no array */
RnJson rn_json_element (const RnJson *self, guint index);

/** All members of an object in document order; 0 when none. @keys: (out) (transfer container). */
GList *rn_json_keys (const RnJson *self);

/* Getters. "opt" ones return the default when the member is null or absent and set @error when it
 * has another type or is out of range; the others also fail when it is missing. A NULL @error may
 * be given; once *@error is set further calls do nothing, so a row is read in one go and checked
 * once. */
/* NaN on failure, and where absent. */
double rn_json_number (const RnJson *self, double min, double max, GError **error);
double rn_json_opt_number (const RnJson *self, double min, double max, GError **error);
gint64 rn_json_integer (const RnJson *self, gint64 min, gint64 max, GError **error);
gint64
rn_json_opt_integer (const RnJson *self, gint64 min, gint64 max, gint64 fallback, GError **error);
gboolean rn_json_boolean (const RnJson *self, GError **error);
gboolean rn_json_opt_boolean (const RnJson *self, gboolean fallback, GError **error);
const char *rn_json_string (const RnJson *self, GError **error);     /* borrowed */
const char *rn_json_opt_string (const RnJson *self, GError **error); /* NULL if absent */
/** An identifier: a non-empty string, or a number, which is turned into one. Caller frees. */
char *rn_json_id (const RnJson *self, GError **error);
gint64 rn_json_time (const RnJson *self, GError **error);        /* RFC 3339 → Unix µs */
gint64 rn_json_opt_time (const RnJson *self, GError **error);    /* 0 if absent */
RnNames *rn_json_opt_names (const RnJson *self, GError **error); /* string or object by language */
/** One of a NULL-terminated list of words; its index, or -1 with @error. */
int rn_json_word (const RnJson *self, const char *const *words, GError **error);
int rn_json_opt_word (const RnJson *self, const char *const *words, int fallback, GError **error);

/** Sets @error in RN_JSON_ERROR with the path of @self before the message. */
void rn_json_fail (const RnJson *self, RnJsonError code, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
