/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps data/api/openapi.json, the decoders and the text of the contract in step:
 *  - every reference leads somewhere, and the fixtures of all endpoints keep to their schemas;
 *  - the fixtures hold every member of the schemas, and a wrong value in any of them is refused by
 *    the decoder, so it reads the member; every word and every limit of a schema is the decoder's;
 *  - every member that a decoder names stands in the schemas;
 *  - the paths are those of operations-api.md, and all members that it names stand in the schemas,
 *    where it is at hand. */
#include "adapter-help.h"
#include "openapi-schema.h"

static const RnAdapter *adapter;
static Held held;

/* Members that no decoder needs to read, with the reason. */
static const char *const unread[] = {
  /* what a feature or a collection is, is known from the endpoint */
  "Feature.type", "FeatureCollection.type",
  /* of WZDx: for people and for validators */
  "FeedInfo.version", "FeedInfo.license", "data_sources.update_date",
  /* who works: a wrong name there is no reason to lose the work */
  "FeedInfo.publisher", "FeedInfo.data_sources", "data_sources.data_source_id",
  "data_sources.organization_name",
  /* any value but null makes the feature a device */
  "WorkCore.device_type",
  /* kept as JSON text for the alert room */
  "criteria.*", "measures.*", "thresholds.*",
  /* an object of another type counts as absent */
  "Road.directions", NULL,
};

static GBytes *
fixture_of (guint slot)
{
  g_autofree char *name = g_strdup_printf ("roadnet/%s.json", slot_name (adapter, slot));

  return load_fixture (name);
}

static JsonNode *
response_schema (const char *path)
{
  g_autofree char *pointer = g_strdup_printf ("/v1/%s", path);
  JsonObject *paths = json_object_get_object_member (schema_root, "paths");
  JsonObject *get, *content;
  g_autoptr (GList) media = NULL;

  g_assert_true (json_object_has_member (paths, pointer));
  get = json_object_get_object_member (json_object_get_object_member (paths, pointer), "get");
  content = json_object_get_object_member (
      json_object_get_object_member (json_object_get_object_member (get, "responses"), "200"),
      "content");
  media = json_object_get_values (content);
  return schema_member (media->data, "schema");
}

/* ---- references ---- */

static void
check_references (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        check_references (json_array_get_element (array, i));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) keys = json_object_get_members (json_node_get_object (node));

      for (GList *l = keys; l != NULL; l = l->next)
        {
          JsonNode *member = schema_member (node, l->data);

          if (g_str_equal (l->data, "$ref"))
            g_assert_nonnull (schema_lookup (json_node_get_string (member)));
          else
            check_references (member);
        }
    }
}

static void
test_references (void)
{
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), schema_root);

  g_assert_cmpstr (json_object_get_string_member (schema_root, "openapi"), ==, "3.1.0");
  check_references (root);
}

/* ---- members both ways ---- */

typedef struct {
  guint slot;
  GBytes *valid;
  guint n_refused; /* by the valid document */
  GHashTable *seen; /* "Schema.member" found in a fixture */
  guint n_tried;
} Walk;

/* Whether the decoder refuses the fixture, or a row more of it, with @value at @path. */
static gboolean
is_refused (Walk *walk, const char *path, const char *value)
{
  g_autoptr (GBytes) bytes = edit_json (walk->valid, path, value);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document =
      decode_slot (adapter, walk->slot, bytes, &held.context, &error);

  walk->n_tried++;
  return document == NULL || rn_refusals_total (document->refusals) > walk->n_refused;
}

static void
try_words (Walk *walk, JsonNode *schema, const char *path)
{
  JsonNode *words = schema_member (schema, "enum");

  for (guint i = 0; words != NULL && i < json_array_get_length (json_node_get_array (words)); i++)
    {
      JsonNode *word = json_array_get_element (json_node_get_array (words), i);
      g_autofree char *text = json_to_string (word, FALSE);

      /* The other direction is against the chainages of the section. */
      if (!g_str_has_suffix (path, "properties.direction") && is_refused (walk, path, text))
        g_error ("%s: the decoder refuses %s", path, text);
    }
  if (words != NULL && !is_refused (walk, path, "\"no such word\""))
    g_error ("%s: the decoder takes any word", path);
}

static void
try_limits (Walk *walk, JsonNode *schema, const char *path)
{
  static const char *const limits[] = { "minimum", "maximum" };

  for (guint i = 0; i < 2; i++)
    {
      JsonNode *limit = schema_member (schema, limits[i]);
      g_autofree char *inside = NULL, *outside = NULL;

      if (limit == NULL)
        continue;
      inside = g_strdup_printf ("%.0f", json_node_get_double (limit));
      outside = g_strdup_printf ("%.0f", json_node_get_double (limit) + (i == 0 ? -1 : 1));
      /* A chainage at its limit is against the direction of its section. */
      if (!g_str_has_suffix (path, "from_m") && !g_str_has_suffix (path, "to_m") &&
          is_refused (walk, path, inside))
        g_error ("%s: the decoder refuses %s", path, inside);
      if (!is_refused (walk, path, outside))
        g_error ("%s: the decoder takes %s", path, outside);
    }
}

static gboolean
is_unread (const char *owner, const char *member)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", owner, member);
  g_autofree char *all = g_strdup_printf ("%s.*", owner);

  return g_strv_contains (unread, name) || g_strv_contains (unread, all);
}

static void walk_value (Walk *walk, JsonNode *schema, JsonNode *value, const char *owner,
                        const char *path);

/* What a schema is called: the last step of a reference, else what a GeoJSON type says, else the
 * member it is of. */
static char *
owner_of (JsonNode *schema, JsonNode *value, const char *member)
{
  JsonNode *target = schema_member (schema, "$ref");
  JsonNode *type = JSON_NODE_HOLDS_OBJECT (value) ? schema_member (value, "type") : NULL;

  if (type != NULL && JSON_NODE_HOLDS_VALUE (type) &&
      json_node_get_value_type (type) == G_TYPE_STRING &&
      g_str_has_prefix (json_node_get_string (type), "Feature"))
    return g_strdup (json_node_get_string (type));
  if (target != NULL)
    return g_strdup (strrchr (json_node_get_string (target), '/') + 1);
  return g_strdup (member);
}

static void
walk_member (Walk *walk, JsonNode *schema, JsonNode *value, const char *owner, const char *member,
             const char *path)
{
  JsonNode *properties = schema_member (schema, "properties");
  JsonNode *of = properties != NULL ? schema_member (properties, member) : NULL;
  g_autofree char *below = g_strdup_printf ("%s%s%s", path, *path != '\0' ? "." : "", member);
  g_autofree char *next = NULL;
  gboolean is_object = JSON_NODE_HOLDS_OBJECT (value);

  if (of == NULL)
    of = schema_member (schema, "additionalProperties");
  if (of == NULL)
    g_error ("%s stands in no schema", below);
  if (!is_unread (owner, member) &&
      !is_refused (walk, below, is_object ? "17" : "{\"wrong\": [true]}"))
    g_error ("%s (%s.%s): the decoder does not read it", below, owner, member);
  if (is_unread (member, "*")) /* it is an object; what it holds is not the decoder's */
    return;
  next = owner_of (of, value, member);
  walk_value (walk, of, value, next, below);
}

/* The alternative of a oneOf that accepts @value. */
static JsonNode *
alternative_for (JsonNode *schema, JsonNode *value)
{
  JsonNode *list = schema_member (schema, "oneOf");

  for (guint i = 0; list != NULL && i < json_array_get_length (json_node_get_array (list)); i++)
    {
      JsonNode *one = json_array_get_element (json_node_get_array (list), i);

      if (schema_accepts (one, value))
        return schema_resolve (one);
    }
  return schema;
}

static void
walk_value (Walk *walk, JsonNode *schema, JsonNode *value, const char *owner, const char *path)
{
  schema = alternative_for (schema_resolve (schema), value);
  if (JSON_NODE_HOLDS_OBJECT (value))
    {
      g_autoptr (GList) keys = json_object_get_members (json_node_get_object (value));

      for (GList *l = keys; l != NULL; l = l->next)
        walk_member (walk, schema, schema_member (value, l->data), owner, l->data, path);

      JsonNode *properties = schema_member (schema, "properties");
      g_autoptr (GList) known =
          properties != NULL ? json_object_get_members (json_node_get_object (properties)) : NULL;
      for (GList *l = known; l != NULL; l = l->next)
        if (json_object_has_member (json_node_get_object (value), l->data))
          g_hash_table_add (walk->seen, g_strdup_printf ("%p.%s", (void *) schema,
                                                         (const char *) l->data));
    }
  else if (JSON_NODE_HOLDS_ARRAY (value))
    {
      JsonArray *array = json_node_get_array (value);
      JsonNode *items = schema_member (schema, "items");

      for (guint i = 0; items != NULL && i < MIN (json_array_get_length (array), 8); i++)
        {
          g_autofree char *below = g_strdup_printf ("%s[%u]", path, i);
          JsonNode *element = json_array_get_element (array, i);
          g_autofree char *next = owner_of (items, element, owner);

          walk_value (walk, items, element, next, below);
        }
    }
  else if (!JSON_NODE_HOLDS_NULL (value))
    {
      try_words (walk, schema, path);
      try_limits (walk, schema, path);
    }
}

/* All properties of a schema and of those below it must have been met in a fixture. */
static void
check_seen (JsonNode *schema, GHashTable *seen, GHashTable *done, const char *path)
{
  static const char *const below[] = { "items", "additionalProperties" };
  JsonNode *properties, *one_of;

  schema = schema_resolve (schema);
  if (!g_hash_table_add (done, schema))
    return;
  properties = schema_member (schema, "properties");
  if (properties != NULL)
    {
      g_autoptr (GList) keys = json_object_get_members (json_node_get_object (properties));

      for (GList *l = keys; l != NULL; l = l->next)
        {
          g_autofree char *key = g_strdup_printf ("%p.%s", (void *) schema, (const char *) l->data);
          g_autofree char *next = g_strdup_printf ("%s.%s", path, (const char *) l->data);

          if (is_unread (l->data, "*") ||
              schema_member (schema_member (properties, l->data), "deprecated") != NULL)
            continue;
          if (!g_hash_table_contains (seen, key))
            g_error ("%s: no fixture holds it", next);
          check_seen (schema_member (properties, l->data), seen, done, next);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (below); i++)
    if (schema_member (schema, below[i]) != NULL)
      check_seen (schema_member (schema, below[i]), seen, done, path);
  one_of = schema_member (schema, "oneOf");
  for (guint i = 0; one_of != NULL && i < json_array_get_length (json_node_get_array (one_of)); i++)
    check_seen (json_array_get_element (json_node_get_array (one_of), i), seen, done, path);
}

static void
test_members (gconstpointer data)
{
  guint slot = GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) valid = fixture_of (slot);
  g_autoptr (JsonNode) value = json_from_string (g_bytes_get_data (valid, NULL), NULL);
  JsonNode *schema = response_schema (adapter->slots[slot].path);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode_slot (adapter, slot, valid, &held.context, &error);
  g_autofree char *owner = owner_of (schema, value, "");
  Walk walk = { slot, valid, 0, seen, 0 };

  g_assert_no_error (error);
  walk.n_refused = rn_refusals_total (document->refusals);
  g_assert_true (schema_accepts (schema, value));
  walk_value (&walk, schema, value, owner, "");
  check_seen (schema, seen, done, slot_name (adapter, slot));
  g_test_message ("%u wrong documents", walk.n_tried);
}

/* ---- what the decoders name ---- */

/* Every key of "properties" and every word of "enum" and "const" anywhere in the document. */
static void
collect_names (JsonNode *node, const char *under, GHashTable *names)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
      (g_str_equal (under, "enum") || g_str_equal (under, "const")))
    g_hash_table_add (names, (gpointer) json_node_get_string (node));
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      collect_names (json_array_get_element (json_node_get_array (node), i), under, names);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;

  g_autoptr (GList) keys = json_object_get_members (json_node_get_object (node));
  for (GList *l = keys; l != NULL; l = l->next)
    {
      if (g_str_equal (under, "properties"))
        g_hash_table_add (names, l->data);
      collect_names (schema_member (node, l->data),
                     g_str_equal (under, "properties") ? "" : l->data, names);
    }
}

static void
test_decoder_names (void)
{
  static const char *const files[] = { "-flow", "-incidents", "-works", "-weather", "-facilities",
                                       "-kpis", "-plans", "-parts", "" };
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), schema_root);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GRegex) read =
      g_regex_new ("(?:RN_AT|read_count|read_value) \\(&?[a-z_]+, \"([^\"]+)\"|"
                   "\\{ \"([a-z_]+)\", (?:TRUE|FALSE),", 0, 0, NULL);
  guint n = 0;

  collect_names (root, "", names);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path =
          g_strdup_printf (RN_SOURCE_DIR "/src/feed/rn-adapter-roadnet%s.c", files[i]);
      g_autoptr (GBytes) bytes = load_file (path);
      g_autofree char *text =
          g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_autoptr (GMatchInfo) match = NULL;

      for (g_regex_match (read, text, 0, &match); g_match_info_matches (match);
           g_match_info_next (match, NULL), n++)
        {
          g_autofree char *first = g_match_info_fetch (match, 1);
          g_autofree char *second = g_match_info_fetch (match, 2);
          const char *name = first != NULL && *first != '\0' ? first : second;

          if (!g_hash_table_contains (names, name))
            g_error ("%s reads “%s”, which stands in no schema", path, name);
        }
    }
  g_test_message ("%u members read", n);
  g_assert_cmpuint (n, >, 100);
}

/* ---- the text of the contract ---- */

static gboolean
has_operation (const char *method, const char *path)
{
  JsonObject *paths = json_object_get_object_member (schema_root, "paths");
  g_autofree char *key = g_ascii_strdown (method, -1);

  return json_object_has_member (paths, path) &&
         json_object_has_member (json_object_get_object_member (paths, path), key);
}

static guint
count_operations (void)
{
  static const char *const methods[] = { "get", "put", "post", "patch", "delete" };
  JsonObject *paths = json_object_get_object_member (schema_root, "paths");
  g_autoptr (GList) values = json_object_get_values (paths);
  guint n = 0;

  for (GList *l = values; l != NULL; l = l->next)
    for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
      n += json_object_has_member (json_node_get_object (l->data), methods[i]) ? 1 : 0;
  return n;
}

static void
test_paths (void)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  g_autofree char *path = g_build_filename (shared != NULL ? shared : "/nonexistent", "design",
                                            "operations-api.md", NULL);
  g_autoptr (GRegex) call = g_regex_new ("(GET|POST|PATCH) (/v1/[^ `\\[?]*)", 0, 0, NULL);
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("the contract is not here");
      return;
    }
  for (g_regex_match (call, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *method = g_match_info_fetch (match, 1);
      g_autofree char *at = g_match_info_fetch (match, 2);

      if (!has_operation (method, at))
        g_error ("%s %s is missing", method, at);
      g_hash_table_add (named, g_strdup_printf ("%s %s", method, at));
    }
  /* The text shortens one: "posts `…/tier/confirm`". */
  g_assert_nonnull (strstr (text, "…/tier/confirm"));
  g_assert_true (has_operation ("POST", "/v1/plans/{id}/tier/confirm"));
  g_assert_cmpuint (count_operations (), ==, g_hash_table_size (named) + 1);
}

/* Words of the contract's text that are examples, paths or headers, not members or values. */
static const char *const not_members[] = {
  "Asia",  "G42",    "III",    "Idempotency", "If",     "Key",      "Match",   "REVISION",
  "Tag",   "Shanghai", "application", "channel", "confirm", "day", "false",   "flow",
  "holiday", "ids",  "incidents", "jam",      "json",   "me",       "merge",   "month",
  "network", "null", "patch",  "quarter",     "shoulder", "sutong", "true",    "v1",
  "week",  "works",  "year",   "saturation",  "slow_km", "speed_ratio", NULL,
};

/* Every member and word that the text of the contract names in code stands in the schemas. */
static void
test_words (void)
{
  const char *shared = g_getenv ("RN_TEST_SHARED");
  g_autofree char *path = g_build_filename (shared != NULL ? shared : "/nonexistent", "design",
                                            "operations-api.md", NULL);
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), schema_root);
  JsonObject *components = json_object_get_object_member (schema_root, "components");
  JsonObject *schemas = json_object_get_object_member (components, "schemas");
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GRegex) code = g_regex_new ("`[^`]*`", 0, 0, NULL);
  g_autoptr (GRegex) word = g_regex_new ("[A-Za-z_][a-z0-9_]+", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("the contract is not here");
      return;
    }
  collect_names (root, "", names);
  *strstr (text, "## Poll rules") = '\0';
  for (g_regex_match (code, strstr (text, "## Reading"), 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *snippet = g_match_info_fetch (match, 0);
      g_autoptr (GMatchInfo) inner = NULL;

      for (g_regex_match (word, snippet, 0, &inner); g_match_info_matches (inner);
           g_match_info_next (inner, NULL), n++)
        {
          g_autofree char *found = g_match_info_fetch (inner, 0);

          if (!g_hash_table_contains (names, found) && !g_strv_contains (not_members, found) &&
              !json_object_has_member (schemas, found))
            g_error ("the contract names “%s”, which stands in no schema (%s)", found, snippet);
        }
    }
  g_assert_cmpuint (n, >, 200);
}

int
main (int argc, char **argv)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GBytes) bytes = load_file (RN_SOURCE_DIR "/data/api/openapi.json");
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  root = json_from_string (g_bytes_get_data (bytes, NULL), &error);
  g_assert_no_error (error);
  schema_root = json_node_get_object (root);
  adapter = rn_adapter_find ("roadnet");
  hold_roadnet (&held);
  g_test_add_func ("/openapi/references", test_references);
  for (guint slot = 0; slot < adapter->n_slots; slot++)
    {
      g_autofree char *name = g_strdup_printf ("/openapi/members/%s", slot_name (adapter, slot));

      g_test_add_data_func (name, GUINT_TO_POINTER (slot), test_members);
    }
  g_test_add_func ("/openapi/decoder-names", test_decoder_names);
  g_test_add_func ("/openapi/paths", test_paths);
  g_test_add_func ("/openapi/words", test_words);
  status = g_test_run ();
  held_clear (&held);
  return status;
}
