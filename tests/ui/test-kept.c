/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the seat keeps in the settings, without a display: named views, the stack of layers, the
 * state of the window; and that broken settings are told and do no harm. */
#include "base/rn-i18n.h"
#include "base/rn-paths.h"
#include "ui/rn-settings.h"
#include "ui/rn-views.h"
#include "ui/rn-window-state.h"

static const RnViewPlace here = { 119.5, 32.6, 8.25, -30 };

static void
set_text (const char *key, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_parse (NULL, text, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_settings_set_value (rn_settings_get (), key, value));
}

static void
assert_names (RnViews *views, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (views)); i++)
    {
      g_autoptr (RnView) view = g_list_model_get_item (G_LIST_MODEL (views), i);

      g_string_append_printf (names, "%s%s", i > 0 ? "|" : "", rn_view_get_name (view));
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static RnViews *
views_of_settings (gboolean demo)
{
  RnViews *views = rn_views_new ();

  rn_views_keep_in (views, rn_settings_get ());
  rn_views_set_demo (views, demo);
  return views;
}

/* ---- views ------------------------------------------------------------------------------------ */

static void
test_views_changes (void)
{
  g_autoptr (RnViews) views = NULL;
  g_autoptr (RnViews) again = NULL;
  const RnViewPlace *place;

  set_text ("views", "@aa{sv} []");
  views = views_of_settings (FALSE);
  assert_names (views, "Whole network");
  g_assert_cmpuint (rn_views_add (views, "  A ", &here), ==, 1);
  rn_views_add (views, "B", &here);
  rn_views_add (views, " ", &here); /* without a name it gets one */
  assert_names (views, "Whole network|A|B|View 4");
  rn_views_set_current (views, 2);
  rn_views_move (views, 3, 1);
  assert_names (views, "Whole network|View 4|A|B");
  g_assert_cmpint (rn_views_get_current (views), ==, 3); /* B, where it is now */
  rn_views_rename (views, 1, "C");
  rn_views_rename (views, 1, "  ");
  rn_views_set_place (views, 2, &(RnViewPlace){ 1, 2, 3, 4 });
  rn_views_remove (views, 1);
  assert_names (views, "Whole network|A|B");
  g_assert_cmpint (rn_views_get_current (views), ==, 2);
  /* the first stays whatever is done to it */
  rn_views_remove (views, 0);
  rn_views_rename (views, 0, "X");
  rn_views_move (views, 0, 2);
  rn_views_move (views, 2, 0);
  rn_views_remove (views, 17);
  assert_names (views, "Whole network|A|B");
  again = views_of_settings (FALSE);
  assert_names (again, "Whole network|A|B");
  place = rn_view_get_place (rn_views_get (again, 2));
  g_assert_cmpfloat (place->lon, ==, here.lon);
  g_assert_cmpfloat (place->lat, ==, here.lat);
  g_assert_cmpfloat (place->zoom, ==, here.zoom);
  g_assert_cmpfloat (place->rotation, ==, here.rotation);
  place = rn_view_get_place (rn_views_get (again, 1));
  g_assert_cmpfloat (place->zoom, ==, 3);
}

/* The demo has its own list, which is offered when it is empty, and neither sees the other's. */
static void
test_views_demo (void)
{
  g_autoptr (RnViews) late = NULL;
  g_autoptr (RnViews) views = NULL;
  g_autoptr (RnViews) again = NULL;

  set_text ("views", "[{'name': <'Mine'>, 'lon': <1.0>, 'lat': <2.0>, 'zoom': <9.0>}]");
  views = views_of_settings (TRUE);
  assert_names (views, "Whole network|Southern Jiangsu|River crossings|Coastal expressway|Nanjing ring");
  g_assert_cmpint (rn_view_get_kind (rn_views_get (views, 1)), ==, RN_VIEW_BOX);
  rn_views_remove (views, 2);
  rn_views_remove (views, 2);
  rn_views_set_demo (views, FALSE);
  assert_names (views, "Whole network|Mine");
  again = views_of_settings (TRUE);
  assert_names (again, "Whole network|Southern Jiangsu|Nanjing ring");
  rn_views_set_demo (again, FALSE);
  assert_names (again, "Whole network|Mine");
  /* the demo may be there before the settings are */
  late = rn_views_new ();
  rn_views_set_demo (late, TRUE);
  rn_views_keep_in (late, rn_settings_get ());
  assert_names (late, "Whole network|Southern Jiangsu|Nanjing ring");
}

static void
test_views_broken (void)
{
  static const struct {
    const char *entry, *complaint;
  } rows[] = {
    { "{'name': <'a'>, 'lon': <200.0>, 'lat': <2.0>, 'zoom': <9.0>}", "*lon*-180 to 180*" },
    { "{'name': <'a'>, 'lon': <2.0>, 'lat': <89.0>, 'zoom': <9.0>}", "*lat*" },
    { "{'name': <'a'>, 'lon': <2.0>, 'lat': <9.0>, 'zoom': <0.0>}", "*zoom*" },
    { "{'name': <'a'>, 'lon': <2.0>, 'lat': <9.0>}", "*zoom*no number*" },
    { "{'name': <'a'>, 'lon': <2.0>, 'lat': <9.0>, 'zoom': <'9'>}", "*zoom*no number*" },
    { "{'name': <'a'>, 'lon': <2.0>, 'lat': <9.0>, 'zoom': <9.0>, 'rotation': <900.0>}",
      "*rotation*" },
    { "{'name': <'  '>, 'lon': <2.0>, 'lat': <9.0>, 'zoom': <9.0>}", "*name*" },
    { "{'name': <5>, 'lon': <2.0>, 'lat': <9.0>, 'zoom': <9.0>}", "*name*" },
    { "{'name': <'a'>, 'west': <9.0>, 'east': <8.0>, 'south': <1.0>, 'north': <2.0>}",
      "*west*empty*" },
    { "{'name': <'a'>, 'west': <9.0>, 'east': <10.0>, 'south': <1.0>}", "*north*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("[%s, {'name': <'good'>, 'lon': <2.0>, 'lat': <9.0>, 'zoom': <9.0>}]",
                           rows[i].entry);
      g_autoptr (RnViews) views = NULL;

      set_text ("views", text);
      g_test_expect_message ("rn-ui", G_LOG_LEVEL_MESSAGE, rows[i].complaint);
      views = views_of_settings (FALSE);
      g_test_assert_expected_messages ();
      assert_names (views, "Whole network|good");
    }
}

/* ---- layers ----------------------------------------------------------------------------------- */

static void
parse_stack (RnLayerStack *stack, const char *order, const char *opacity, guint n_refused)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GVariant) order_value =
      g_variant_parse (G_VARIANT_TYPE_STRING_ARRAY, order, NULL, NULL, NULL);
  g_autoptr (GVariant) opacity_value =
      g_variant_parse (G_VARIANT_TYPE ("a{sd}"), opacity, NULL, NULL, NULL);

  rn_layer_stack_parse (stack, order_value, opacity_value, refused);
  g_assert_cmpuint (refused->len, ==, n_refused);
}

static void
assert_whole (const RnLayerStack *stack)
{
  guint seen = 0;

  for (guint i = 0; i < RN_N_STACKED; i++)
    seen |= 1u << stack->order[i];
  g_assert_cmpuint (seen, ==, (1u << RN_N_LAYERS) - 1 - (1u << RN_LAYER_FLOW));
}

static void
test_stack (void)
{
  RnLayerStack stack, first;
  g_autoptr (GVariant) order = NULL;
  g_autoptr (GVariant) opacity = NULL;

  rn_layer_stack_init (&first);
  parse_stack (&stack, "[]", "{}", 0);
  g_assert_true (rn_layer_stack_equal (&stack, &first));
  g_assert_cmpint (first.order[0], ==, RN_LAYER_INCIDENTS); /* the worst on top */
  parse_stack (&stack, "['labels', 'works']", "{'works': 0.4}", 0);
  g_assert_cmpint (stack.order[0], ==, RN_LAYER_LABELS);
  g_assert_cmpint (stack.order[1], ==, RN_LAYER_WORKS);
  g_assert_cmpint (stack.order[2], ==, RN_LAYER_INCIDENTS);
  g_assert_cmpfloat (stack.opacity[RN_LAYER_WORKS], ==, 0.4);
  assert_whole (&stack);
  order = g_variant_ref_sink (rn_layer_stack_order_to_variant (&stack));
  opacity = g_variant_ref_sink (rn_layer_stack_opacity_to_variant (&stack));
  rn_layer_stack_parse (&first, order, opacity, NULL);
  g_assert_true (rn_layer_stack_equal (&stack, &first));
  /* not whole, not once, not there, not in range: told, and the rest holds */
  parse_stack (&stack, "['works', 'works', 'flow', 'nonsense', 'weather']",
               "{'works': 0.0, 'flow': 0.5, 'x': 0.5, 'labels': 0.5}", 6);
  g_assert_cmpint (stack.order[0], ==, RN_LAYER_WORKS);
  g_assert_cmpint (stack.order[1], ==, RN_LAYER_WEATHER);
  g_assert_cmpfloat (stack.opacity[RN_LAYER_WORKS], ==, 1);
  g_assert_cmpfloat (stack.opacity[RN_LAYER_LABELS], ==, 0.5);
  assert_whole (&stack);
}

static void
test_stack_moves (void)
{
  RnLayerStack stack;

  rn_layer_stack_init (&stack);
  for (guint i = 0; i < 500; i++)
    {
      RnLayerId layer = (RnLayerId) g_test_rand_int_range (0, RN_N_LAYERS);
      guint to = (guint) g_test_rand_int_range (0, 12);

      rn_layer_stack_move (&stack, layer, to);
      assert_whole (&stack);
      if (layer != RN_LAYER_FLOW)
        g_assert_cmpuint (rn_layer_stack_find (&stack, layer), ==, MIN (to, RN_N_STACKED - 1));
    }
  rn_layer_stack_set_opacity (&stack, RN_LAYER_WORKS, 0);
  rn_layer_stack_set_opacity (&stack, RN_LAYER_FLOW, 0.5);
  g_assert_cmpfloat (stack.opacity[RN_LAYER_WORKS], ==, RN_LAYER_MIN_OPACITY);
  g_assert_cmpfloat (stack.opacity[RN_LAYER_FLOW], ==, 1);
}

/* ---- window ----------------------------------------------------------------------------------- */

static void
test_state (void)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);
  RnWindowState state, again;

  rn_window_state_read (&state, rn_settings_get (), refused);
  g_assert_cmpuint (refused->len, ==, 0);
  g_assert_true (state.maximized && state.left_open);
  g_assert_cmpfloat (state.view.zoom, ==, 0);
  state.maximized = FALSE;
  state.width = 1234;
  state.right_width = 500;
  state.view = here;
  state.layers = 1u << RN_LAYER_FLOW | 1u << RN_LAYER_TOLL_PLAZAS;
  state.colouring = RN_COLOURING_LOS;
  rn_layer_stack_move (&state.stack, RN_LAYER_LABELS, 0);
  rn_window_state_write (&state, rn_settings_get ());
  rn_window_state_read (&again, rn_settings_get (), refused);
  g_assert_cmpuint (refused->len, ==, 0);
  g_assert_false (again.maximized);
  g_assert_cmpint (again.width, ==, 1234);
  g_assert_cmpint (again.right_width, ==, 500);
  g_assert_cmpfloat (again.view.rotation, ==, -30);
  g_assert_cmpuint (again.layers, ==, state.layers);
  g_assert_cmpint (again.colouring, ==, RN_COLOURING_LOS);
  g_assert_true (rn_layer_stack_equal (&again.stack, &state.stack));
  rn_window_state_clear (&again);
  rn_window_state_clear (&state);
}

static void
test_state_broken (void)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);
  RnWindowState state;

  set_text ("view", "(500.0, 0.0, 9.0, 0.0)");
  set_text ("right-width", "-7");
  set_text ("colouring", "'rainbow'");
  set_text ("layers", "['flow', 'ufos']");
  set_text ("window-size", "(100000, -5)");
  rn_window_state_read (&state, rn_settings_get (), refused);
  g_assert_cmpuint (refused->len, ==, 4);
  g_assert_cmpfloat (state.view.zoom, ==, 0);
  g_assert_cmpint (state.right_width, ==, 0);
  g_assert_cmpint (state.colouring, ==, RN_COLOURING_STATE);
  g_assert_cmpuint (state.layers, ==, 1u << RN_LAYER_FLOW);
  rn_window_state_clamp (&state, 1920, 1080);
  g_assert_cmpint (state.width, ==, 1920);
  g_assert_cmpint (state.height, ==, 480);
  rn_window_state_clear (&state);
  set_text ("view", "(nan, 0.0, 9.0, 0.0)");
  rn_window_state_read (&state, rn_settings_get (), refused);
  g_assert_cmpfloat (state.view.zoom, ==, 0);
  rn_window_state_clear (&state);
}

static void
test_view_touches (void)
{
  static const RnBox jiangsu = { 116.3, 30.7, 121.9, 35.1 };
  static const RnBox nothing = RN_BOX_EMPTY;
  static const struct {
    RnViewPlace view;
    gboolean touches;
  } rows[] = {
    { { 119, 33, 8, 0 }, TRUE },     { { -1.5, 52.5, 8, 0 }, FALSE }, /* England */
    { { 122.5, 33, 8, 0 }, TRUE },   /* the sea beside it */
    { { 122.5, 33, 14, 0 }, FALSE }, /* the same, from near */
    { { 0, 0, 3, 0 }, FALSE },       { { 104, 35, 3, 0 }, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (rn_window_state_view_touches (&rows[i].view, 1000, 800, &jiangsu), ==,
                     rows[i].touches);
  g_assert_false (rn_window_state_view_touches (&rows[0].view, 1000, 800, &nothing));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rn_paths_init ();
  rn_i18n_init ("en_US");
  g_test_add_func ("/ui/kept/views/changes", test_views_changes);
  g_test_add_func ("/ui/kept/views/demo", test_views_demo);
  g_test_add_func ("/ui/kept/views/broken", test_views_broken);
  g_test_add_func ("/ui/kept/stack", test_stack);
  g_test_add_func ("/ui/kept/stack/moves", test_stack_moves);
  g_test_add_func ("/ui/kept/state", test_state);
  g_test_add_func ("/ui/kept/state/broken", test_state_broken);
  g_test_add_func ("/ui/kept/view-touches", test_view_touches);
  return g_test_run ();
}
