/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of adapters share: fixtures, decoding of one slot, editing of JSON by path. */
#pragma once

#include <json-glib/json-glib.h>
#include <string.h>

#include "feed/rn-adapter.h"

#define FIXTURES RN_SOURCE_DIR "/tests/feed/data"

typedef struct {
  RnNetwork *network;
  RnJoin *join;
  RnDecodeContext context;
} Held; /* what a source holds while it decodes */

static inline GBytes *
load_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize length = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static inline GBytes *
load_fixture (const char *name)
{
  g_autofree char *path = g_build_filename (FIXTURES, name, NULL);

  return load_file (path);
}

static inline GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* Decodes @bytes as slot @slot of @adapter; other documents of the feed are not there. */
static inline RnDocument *
decode_slot (const RnAdapter *adapter, guint slot, GBytes *bytes, const RnDecodeContext *context,
             GError **error)
{
  g_autofree GBytes **documents = g_new0 (GBytes *, adapter->n_slots);

  documents[slot] = bytes;
  return adapter->decode (adapter->slots[slot].kind, documents, context, error);
}

static inline void
held_init (Held *held, RnNetwork *network)
{
  held->network = network;
  held->join = rn_join_new (network);
  held->context = (RnDecodeContext){ .source = "test", .network = network, .join = held->join };
}

static inline void
held_clear (Held *held)
{
  g_clear_pointer (&held->network, rn_network_unref);
  g_clear_pointer (&held->join, rn_join_unref);
}

/* The fixture network of the operations API, held. */
static inline void
hold_roadnet (Held *held)
{
  g_autoptr (GBytes) bytes = load_fixture ("roadnet/network.json");
  g_autoptr (GError) error = NULL;
  RnDecodeContext context = { .source = "test" };
  g_autoptr (RnDocument) document =
      decode_slot (rn_adapter_find ("roadnet"), 0, bytes, &context, &error);

  g_assert_no_error (error);
  held_init (held, rn_network_ref (document->network));
}

static inline const char *
slot_name (const RnAdapter *adapter, guint slot)
{
  return adapter->slots[slot].slot;
}

static inline guint
length_of (const GPtrArray *array)
{
  return array != NULL ? array->len : 0;
}

/* Rows that a document took. */
static inline guint
rows_taken (const RnDocument *document)
{
  return (document->flow != NULL ? document->flow->n_rows : 0) + length_of (document->incidents) +
         length_of (document->works) + length_of (document->stations) +
         length_of (document->warnings) + length_of (document->controls) +
         length_of (document->facility_states) + length_of (document->kpis) +
         length_of (document->plans) + length_of (document->measures) + length_of (document->devices);
}

/* ---- JSON by path ---- */

/* The node at a path such as "features[0].properties.level"; the last step may be absent: then
 * NULL, and @parent and @key tell where it would be. */
static inline JsonNode *
node_at (JsonNode *root, const char *path, JsonNode **parent, char **key)
{
  JsonNode *node = root;

  *parent = NULL;
  *key = NULL;
  while (*path != '\0' && node != NULL)
    {
      gsize n = strcspn (path + 1, ".[") + 1;

      g_free (*key);
      *parent = node;
      if (*path == '[')
        {
          guint index = (guint) g_ascii_strtoull (path + 1, NULL, 10);

          *key = g_strdup_printf ("%u", index);
          node = json_array_get_element (json_node_get_array (node), index);
        }
      else
        {
          if (*path == '.')
            {
              path++;
              n--;
            }
          *key = g_strndup (path, n);
          node = json_object_get_member (json_node_get_object (node), *key);
        }
      path += n;
    }
  g_assert_cmpstr (path, ==, "");
  return node;
}

/* @text with the node at @path replaced by @value (JSON), or removed when @value is NULL. */
static inline GBytes *
edit_json (GBytes *bytes, const char *path, const char *value)
{
  g_autoptr (JsonNode) root = json_from_string (g_bytes_get_data (bytes, NULL), NULL);
  JsonNode *parent = NULL;
  g_autofree char *key = NULL;
  JsonNode *new = value != NULL ? json_from_string (value, NULL) : NULL;

  if (*path == '\0')
    {
      char *text = json_to_string (new, FALSE);

      json_node_unref (new);
      return g_bytes_new_take (text, strlen (text));
    }
  node_at (root, path, &parent, &key);
  if (JSON_NODE_HOLDS_OBJECT (parent) && value != NULL)
    json_object_set_member (json_node_get_object (parent), key, new);
  else if (JSON_NODE_HOLDS_OBJECT (parent))
    json_object_remove_member (json_node_get_object (parent), key);
  else
    {
      /* json-glib 1.6 cannot replace an element: the array is written again. */
      JsonArray *old = json_node_get_array (parent), *array = json_array_new ();
      guint at = (guint) g_ascii_strtoull (key, NULL, 10);

      for (guint i = 0; i < json_array_get_length (old); i++)
        if (i != at)
          json_array_add_element (array, json_node_copy (json_array_get_element (old, i)));
        else if (new != NULL)
          json_array_add_element (array, new);
      json_node_take_array (parent, array);
    }

  char *text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}
