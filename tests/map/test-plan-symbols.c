/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which symbols there are to arrange: devices belong to the other facilities, from a zoom on, but a
 * fault shows from afar. Needs no display. */
#include "map/rn-plan-symbols.h"

#include "../carto/networks.h"
#include "map/rn-map-plan.h"

static const char *const road[] = { "119.0 32.0, 120.0 32.0, 121.0 32.0" };

static void
add_device (GPtrArray *devices, const char *id, RnDeviceType type, RnDeviceStatus status,
            gboolean located)
{
  RnDevice *device = rn_device_new ("w", id, type);

  device->status = status;
  device->located = located;
  device->at = (RnPoint){ 120.0, 32.0 };
  g_ptr_array_add (devices, device);
}

static RnFrame *
frame_with_devices (const RnNetwork *network)
{
  g_autoptr (GPtrArray) devices =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rn_device_unref);
  RnFrameParts parts = { .network = network, .now_us = 1, .devices = devices };

  add_device (devices, "camera", RN_DEVICE_CAMERA, RN_DEVICE_STATUS_ERROR, TRUE);
  add_device (devices, "arrow", RN_DEVICE_ARROW_BOARD, RN_DEVICE_STATUS_WARNING, TRUE);
  add_device (devices, "sign", RN_DEVICE_MESSAGE_SIGN, RN_DEVICE_STATUS_OK, TRUE);
  add_device (devices, "nowhere", RN_DEVICE_OTHER, RN_DEVICE_STATUS_ERROR, FALSE);
  return rn_frame_build (network, &parts, 1, rn_state_table_default (), 1, NULL, NULL, 0);
}

static GArray *
collect (const RnFrame *frame, double zoom, guint layers, const RnSubject *selection)
{
  RnPlanRequest request = { .camera = { .zoom = zoom, .width = 1200, .height = 800, .scale = 1 },
                            .layers = layers,
                            .selection = rn_subject_copy (selection) };
  GArray *candidates;

  rn_mercator_project ((RnPoint){ 120.0, 32.0 }, zoom, &request.camera.x, &request.camera.y);
  request.flow = rn_flow_scene_new (frame, RN_COLOURING_STATE, RN_THEME_DARK, NULL);
  candidates = rn_plan_collect_symbols (&request);
  rn_plan_request_clear (&request);
  return candidates;
}

static const RnCandidate *
find (const GArray *candidates, const char *key)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const RnCandidate *candidate = &g_array_index (candidates, RnCandidate, i);

      if (g_str_equal (candidate->key, key))
        return candidate;
    }
  return NULL;
}

static void
test_devices (void)
{
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, road, 1);
  g_autoptr (RnFrame) frame = frame_with_devices (network);
  g_autoptr (RnSubject) sign = rn_subject_new (RN_SUBJECT_DEVICE, "w/sign");
  g_autoptr (GArray) near = collect (frame, 11, RN_MAP_ALL_LAYERS, NULL);
  g_autoptr (GArray) far = collect (frame, 7, RN_MAP_ALL_LAYERS, NULL);
  g_autoptr (GArray) chosen = collect (frame, 7, RN_MAP_ALL_LAYERS, sign);
  guint others = RN_MAP_ALL_LAYERS & ~RN_MAP_BIT (RN_MAP_OTHER_FACILITIES);
  g_autoptr (GArray) off = collect (frame, 11, others, NULL);
  g_autoptr (GArray) off_chosen = collect (frame, 11, others, sign);

  g_assert_cmpuint (near->len, ==, 3);
  g_assert_cmpint (find (near, "w/camera")->kind, ==, RN_SUBJECT_DEVICE);
  g_assert_cmpint (find (near, "w/camera")->symbol.subtype, ==, RN_FACILITY_CAMERA);
  g_assert_cmpint (find (near, "w/camera")->symbol.tier, ==, 3);
  g_assert_cmpint (find (near, "w/arrow")->symbol.subtype, ==, RN_FACILITY_SIGN);
  g_assert_cmpint (find (near, "w/arrow")->symbol.tier, ==, 4);
  g_assert_cmpint (find (near, "w/sign")->symbol.tier, ==, 0);
  g_assert_cmpuint (far->len, ==, 2);
  g_assert_null (find (far, "w/sign"));
  g_assert_true (find (chosen, "w/sign")->selected);
  g_assert_cmpint (find (near, "w/sign")->layer, ==, RN_MAP_OTHER_FACILITIES);
  g_assert_cmpuint (off->len, ==, 0);
  g_assert_cmpuint (off_chosen->len, ==, 1);
  g_assert_true (find (off_chosen, "w/sign")->selected);
}

/* One that is planned is no symbol, unless it was chosen in the list: then it shows where it will be. */
static void
test_planned_work (void)
{
  g_autoptr (RnNetwork) network = networks_from_lines (RN_SIDE_RIGHT, road, 1);
  g_autoptr (GPtrArray) works = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_work_unref);
  g_autoptr (RnSubject) chosen = rn_subject_new (RN_SUBJECT_WORK, "w/planned");
  RnFrameParts parts = { .network = network, .now_us = 1, .works = works };
  RnWork *work = rn_work_new ("w", "planned");
  g_autoptr (RnFrame) frame = NULL;
  g_autoptr (GArray) without = NULL, with = NULL, off = NULL;

  work->start_us = G_TIME_SPAN_DAY;
  work->n_line = 1;
  work->line = g_new0 (RnPoint, 1);
  work->line[0] = (RnPoint){ 120.0, 32.0 };
  g_ptr_array_add (works, work);
  frame = rn_frame_build (network, &parts, 1, rn_state_table_default (), 1, NULL, NULL, 0);
  g_assert_cmpint (rn_work_phase (work, frame->at_us), ==, RN_WORK_PLANNED);
  without = collect (frame, 11, RN_MAP_ALL_LAYERS, NULL);
  with = collect (frame, 11, RN_MAP_ALL_LAYERS, chosen);
  off = collect (frame, 11, RN_MAP_BIT (RN_MAP_FLOW), chosen);
  g_assert_cmpuint (without->len, ==, 0);
  g_assert_true (find (with, "w/planned")->selected);
  g_assert_nonnull (find (off, "w/planned"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-symbols/devices", test_devices);
  g_test_add_func ("/plan-symbols/planned-work", test_planned_work);
  return g_test_run ();
}
