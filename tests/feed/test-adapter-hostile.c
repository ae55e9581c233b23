/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hostile documents for every decoder: each value of a valid document replaced by each wrong kind
 * of value in turn, and random damage to its bytes. Nothing may crash or warn (warnings are fatal),
 * and every row must end as taken or refused. */
#include "adapter-help.h"

#define MUTATIONS 250

static void
check_outcome (const RnAdapter *adapter, guint slot, RnDocument *document, GError *error)
{
  g_assert_true ((document == NULL) == (error != NULL));
  if (error != NULL)
    {
      g_assert_true (error->domain == RN_FEED_ERROR);
      g_assert_cmpstr (error->message, !=, "");
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  for (guint i = 0; i < rn_refusals_n_kinds (document->refusals); i++)
    {
      const RnRefusal *refusal = rn_refusals_nth (document->refusals, i);

      g_assert_true (g_utf8_validate (refusal->path, -1, NULL));
      g_assert_true (g_utf8_validate (refusal->reason, -1, NULL));
    }
  if (adapter->slots[slot].kind == RN_FEED_NETWORK)
    g_assert_nonnull (document->network);
  else if (document->kind == RN_FEED_WORKS && g_str_equal (adapter->kind, "roadnet"))
    /* a wrong update_frequency is told as well */
    g_assert_cmpuint (rows_taken (document) + rn_refusals_total (document->refusals) -
                          document->n_rows, <=, 1);
  else
    g_assert_cmpuint (rows_taken (document) + rn_refusals_total (document->refusals), ==,
                      document->n_rows);
}

static void
try_bytes (const RnAdapter *adapter, guint slot, GBytes *bytes, const Held *held)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnDocument) document = decode_slot (adapter, slot, bytes, &held->context, &error);
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);

  check_outcome (adapter, slot, document, error);
  if (n > 0)
    g_assert_cmpint (adapter->recognise ("incidents.json", data, n), <, (int) adapter->n_slots);
}

/* ---- every member of a wrong type ---- */

/* Replaces the @n-th node below @node (depth first), or removes it when @with is NULL. */
static gboolean
replace_nth (JsonNode *node, int *n, const char *with)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) keys = json_object_get_members (object);

      for (GList *l = keys; l != NULL; l = l->next)
        {
          if ((*n)-- == 0)
            {
              if (with != NULL)
                json_object_set_member (object, l->data, json_from_string (with, NULL));
              else
                json_object_remove_member (object, l->data);
              return TRUE;
            }
          if (replace_nth (json_object_get_member (object, l->data), n, with))
            return TRUE;
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *old = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (old); i++)
        {
          if ((*n)-- == 0)
            {
              JsonArray *array = json_array_new ();

              for (guint k = 0; k < json_array_get_length (old); k++)
                if (k != i)
                  json_array_add_element (array, json_node_copy (json_array_get_element (old, k)));
                else if (with != NULL)
                  json_array_add_element (array, json_from_string (with, NULL));
              json_node_take_array (node, array);
              return TRUE;
            }
          if (replace_nth (json_array_get_element (old, i), n, with))
            return TRUE;
        }
    }
  return FALSE;
}

/* Tries @valid with each of its values replaced by each wrong one. */
static void
try_types (const RnAdapter *adapter, guint slot, GBytes *valid, const Held *held)
{
  static const char *const values[] = {
    NULL, "null", "true", "-1", "0", "1e300", "99999999999999999999", "0.5", "\"\"", "\"text\"",
    "\"2026-13-40T99:99:99Z\"", "[]", "[[]]", "{}", "{\"a\": 1}", "[null]", "[1, 2]", "[\"a\"]",
  };
  guint n_tried = 0;

  for (guint v = 0; v < G_N_ELEMENTS (values); v++)
    for (int at = 0;; at++)
      {
        g_autoptr (JsonNode) root = json_from_string (g_bytes_get_data (valid, NULL), NULL);
        int n = at;

        if (!replace_nth (root, &n, values[v]))
          break;

        char *text = json_to_string (root, FALSE);
        g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
        try_bytes (adapter, slot, bytes, held);
        n_tried++;
      }
  g_test_message ("%u documents", n_tried);
  g_assert_cmpuint (n_tried, >, 100);
}

static void
test_types (gconstpointer data)
{
  const RnAdapter *adapter = rn_adapter_find ("roadnet");
  guint slot = GPOINTER_TO_UINT (data);
  g_autofree char *name = g_strdup_printf ("roadnet/%s.json", slot_name (adapter, slot));
  g_autoptr (GBytes) valid = load_fixture (name);
  Held held;

  hold_roadnet (&held);
  try_types (adapter, slot, valid, &held);
  held_clear (&held);
}

static void
test_types_wzdx (gconstpointer data)
{
  g_autofree char *name = g_build_filename ("wzdx", data, NULL);
  g_autoptr (GBytes) valid = load_fixture (name);
  Held held;

  hold_roadnet (&held);
  try_types (rn_adapter_find ("wzdx"), 0, valid, &held);
  held_clear (&held);
}

/* ---- random damage ---- */

static GBytes *
mutate (GBytes *valid)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (valid, &n);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int changes = g_test_rand_int_range (1, 6);

  g_byte_array_append (bytes, data, (guint) n);
  for (int c = 0; c < changes && bytes->len > 8; c++)
    {
      guint at = (guint) g_test_rand_int_range (0, (gint32) bytes->len - 4);
      guint other = (guint) g_test_rand_int_range (0, (gint32) bytes->len - 4);

      switch (g_test_rand_int_range (0, 6))
        {
        case 0: /* a bit */
          bytes->data[at] ^= (guint8) (1 << g_test_rand_int_range (0, 8));
          break;
        case 1: /* any byte */
          bytes->data[at] = (guint8) g_test_rand_int_range (0, 256);
          break;
        case 2: /* cut off */
          g_byte_array_set_size (bytes, at + 1);
          break;
        case 3: /* a byte less */
          g_byte_array_remove_index (bytes, at);
          break;
        case 4: /* a sign that means something */
          bytes->data[at] = (guint8) "{}[]\",:<>&/-0"[g_test_rand_int_range (0, 13)];
          break;
        default: /* a piece of itself elsewhere */
          memmove (bytes->data + at, bytes->data + other,
                   MIN (24, bytes->len - MAX (at, other)));
        }
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
test_damage_roadnet (gconstpointer data)
{
  const RnAdapter *adapter = rn_adapter_find ("roadnet");
  guint slot = GPOINTER_TO_UINT (data);
  g_autofree char *name = g_strdup_printf ("roadnet/%s.json", slot_name (adapter, slot));
  g_autoptr (GBytes) valid = load_fixture (name);
  Held held;

  hold_roadnet (&held);
  for (guint i = 0; i < MUTATIONS; i++)
    {
      g_autoptr (GBytes) bytes = mutate (valid);

      try_bytes (adapter, slot, bytes, &held);
    }
  held_clear (&held);
}

static void
test_damage_wzdx (gconstpointer data)
{
  g_autofree char *name = g_build_filename ("wzdx", data, NULL);
  g_autoptr (GBytes) valid = load_fixture (name);
  Held held;

  hold_roadnet (&held);
  for (guint i = 0; i < MUTATIONS; i++)
    {
      g_autoptr (GBytes) bytes = mutate (valid);

      try_bytes (rn_adapter_find ("wzdx"), 0, bytes, &held);
    }
  held_clear (&held);
}

static void
test_damage_tw (void)
{
  const RnAdapter *adapter = rn_adapter_find ("tw-freeway");
  static const char *const files[] = { "tw-freeway/shapes.xml", "tw-freeway/sections.xml",
                                       "tw-freeway/live.xml", "tw-freeway/live-standard.xml" };
  GBytes *valid[G_N_ELEMENTS (files)];
  RnDecodeContext context = { .source = "tw" };

  for (guint f = 0; f < G_N_ELEMENTS (files); f++)
    valid[f] = load_fixture (files[f]);
  for (guint i = 0; i < MUTATIONS * G_N_ELEMENTS (files); i++)
    {
      guint f = i % G_N_ELEMENTS (files);
      g_autoptr (GBytes) bytes = mutate (valid[f]);
      GBytes *documents[] = { valid[0], valid[1], valid[2] };
      g_autoptr (GError) error = NULL;
      g_autoptr (RnDocument) document = NULL;

      documents[MIN (f, 2)] = bytes;
      document = adapter->decode (f < 2 ? RN_FEED_NETWORK : RN_FEED_FLOW, documents, &context,
                                  &error);
      g_assert_true ((document == NULL) == (error != NULL));
      if (document != NULL && document->flow != NULL)
        g_assert_cmpuint (document->flow->n_rows + rn_refusals_total (document->refusals), >=,
                          document->n_rows);
    }
  for (guint f = 0; f < G_N_ELEMENTS (files); f++)
    g_bytes_unref (valid[f]);
}

/* A document cut off at any place is an error, never half a document. */
static void
test_cut (void)
{
  const RnAdapter *roadnet = rn_adapter_find ("roadnet"), *tw = rn_adapter_find ("tw-freeway");
  g_autoptr (GBytes) json = load_fixture ("roadnet/flow.json");
  g_autoptr (GBytes) xml = load_fixture ("tw-freeway/live.xml");
  RnDecodeContext context = { .source = "x" };

  for (guint pass = 0; pass < 2; pass++)
    {
      GBytes *whole = pass == 0 ? json : xml;
      gsize n = g_bytes_get_size (whole);

      for (gsize at = 0; at + 3 < n; at += 7)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, at);
          g_autoptr (GError) error = NULL;

          g_assert_null (decode_slot (pass == 0 ? roadnet : tw, pass == 0 ? 1 : 2, part, &context,
                                      &error));
          g_assert_nonnull (error);
        }
    }
}

int
main (int argc, char **argv)
{
  static const char *const wzdx[] = { "v20.json", "v31.json", "v40.json", "v42.json", "cwz10.json",
                                      "devices.json" };
  const RnAdapter *roadnet = rn_adapter_find ("roadnet");

  g_test_init (&argc, &argv, NULL);
  for (guint slot = 0; slot < roadnet->n_slots; slot++)
    {
      g_autofree char *types = g_strdup_printf ("/hostile/types/%s", slot_name (roadnet, slot));
      g_autofree char *damage = g_strdup_printf ("/hostile/damage/%s", slot_name (roadnet, slot));

      g_test_add_data_func (types, GUINT_TO_POINTER (slot), test_types);
      g_test_add_data_func (damage, GUINT_TO_POINTER (slot), test_damage_roadnet);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wzdx); i++)
    {
      g_autofree char *types = g_strdup_printf ("/hostile/types/wzdx/%s", wzdx[i]);
      g_autofree char *damage = g_strdup_printf ("/hostile/damage/wzdx/%s", wzdx[i]);

      g_test_add_data_func (types, wzdx[i], test_types_wzdx);
      g_test_add_data_func (damage, wzdx[i], test_damage_wzdx);
    }
  g_test_add_func ("/hostile/damage/tw-freeway", test_damage_tw);
  g_test_add_func ("/hostile/cut", test_cut);
  return g_test_run ();
}
