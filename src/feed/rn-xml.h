/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checked XML reading: the one door to GMarkup. A whole document becomes a tree of elements with
 * local names (prefixes are dropped). Size, depth and number of elements are limited, no entity is
 * ever expanded but the five of XML and character references, and every place has a path for
 * complaints. Pure; any thread; the tree is read-only. */
#pragma once

#include <gio/gio.h>

#define RN_XML_MAX_BYTES ((gsize) 256 << 20)
#define RN_XML_MAX_DEPTH 64
#define RN_XML_MAX_ELEMENTS 8000000u

typedef struct _RnXml RnXml;
typedef struct _RnXmlElement RnXmlElement;

/** An element; owned by its document. */
struct _RnXmlElement {
  const char *name; /* local name */
  const char *text; /* its own text without white space at both ends; "" when none */
  const RnXmlElement *parent, *first, *next; /* first child, next sibling; NULL none */
  const char *const *attributes;             /* name, value, …, NULL; names without prefix */
  guint index;                               /* how many siblings of this name stand before it */
};

/** Parses @bytes (UTF-8, a byte-order mark is skipped; or of the encoding that the XML declaration
 *  names, if bytes in it are ASCII where they can be). NULL and RN_FEED_ERROR_SYNTAX with line and
 *  cause when it is not well-formed, not UTF-8, cut off, or past a limit; also when it holds no
 *  element or more than one root. */
RnXml *rn_xml_parse (GBytes *bytes, GError **error);
void rn_xml_free (RnXml *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnXml, rn_xml_free)

const RnXmlElement *rn_xml_root (const RnXml *self);

/** The first child of @element named @name, then its following siblings of that name; NULL past
 *  the end. @element may be NULL. */
const RnXmlElement *rn_xml_child (const RnXmlElement *element, const char *name);
const RnXmlElement *rn_xml_next (const RnXmlElement *element, const char *name);

/** The value of an attribute, NULL when absent. */
const char *rn_xml_attribute (const RnXmlElement *element, const char *name);

/** The text of the descendant at @path ("SectionMile/StartKM", first of each name); NULL when there
 *  is none or it is empty. */
const char *rn_xml_text (const RnXmlElement *element, const char *path);

/** A whole decimal number in @text (white space around it allowed); NaN for NULL and all else. */
double rn_xml_parse_number (const char *text);

/** "SectionList/Sections/Section[3]"; with @below (may be NULL) appended after another "/". Caller
 *  frees. */
char *rn_xml_path (const RnXmlElement *element, const char *below);

/** The local names of the first elements of a document of which only the beginning is held, at most
 *  @max, into @names; returns how many. Caller frees each. */
guint rn_xml_sniff (const char *head, gsize length, char **names, guint max);
