/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Devices and foreign works in lists, hover and search, without a display: words, order, chips. */
#include "ui/rn-device-text.h"

#include <math.h>
#include <string.h>

#include "foreign.h"
#include "made-up.h"
#include "ui/rn-facility-list.h"
#include "ui/rn-hover-text.h"
#include "ui/rn-search-index.h"
#include "ui/rn-work-list.h"

#define DEVICES "devices.json"

enum { CHIP_ALL, CHIP_STRAINED, CHIP_AREAS, CHIP_DEVICES = 5 };

static const RnDevice *
find_device (const RnFrame *frame, const char *key)
{
  const RnDevice *device = rn_frame_find_device (frame, key);

  g_assert_nonnull (device);
  return device;
}

static void
test_strain (void)
{
  g_autoptr (RnNetwork) network = rn_network_new_empty ();
  g_autoptr (RnFrame) frame = foreign_frame (network, DEVICES, 0, RN_FEED_LIVE);
  const RnDevice *sign = find_device (frame, "w/sign");
  gint64 later_us = sign->updated_us + 125 * 60 * RN_SECOND;
  g_autofree char *fault = rn_device_text_dup_strain (find_device (frame, "w/camera"), frame->at_us);
  g_autofree char *usual = rn_device_text_dup_strain (sign, frame->at_us);
  g_autofree char *silent = rn_device_text_dup_strain (sign, later_us);
  g_autofree char *place =
      rn_device_text_dup_place (frame, find_device (frame, "w/arrow"), TRUE);
  g_autofree char *nowhere = rn_device_text_dup_place (frame, sign, TRUE);

  g_assert_cmpint (rn_device_text_strain (find_device (frame, "w/camera"), frame->at_us), ==, 2);
  g_assert_cmpint (rn_device_text_strain (find_device (frame, "w/arrow"), frame->at_us), ==, 1);
  g_assert_cmpint (rn_device_text_strain (sign, frame->at_us), ==, 0);
  g_assert_cmpint (rn_device_text_strain (sign, later_us), ==, 1);
  g_assert_cmpstr (fault, ==, "Fault");
  g_assert_null (usual);
  g_assert_cmpstr (silent, ==, "Silent for 2\u202fh 05\u202fmin");
  g_assert_cmpstr (place, ==, "I-80 mile 12.5 northbound");
  g_assert_cmpstr (nowhere, ==, "–");
}

/* Facilities of the network and devices in one list: what is not as usual comes first. */
static void
test_list (void)
{
  const RnListKind *kind = &rn_facility_list;
  g_autoptr (RnNetwork) network = made_up_network ();
  g_autoptr (RnFrame) frame = foreign_frame (network, DEVICES, 0, RN_FEED_LIVE);
  RnListContext context = { .frame = frame, .now_us = frame->at_us };
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  guint n_devices = 0, n_strained = 0;
  RnRowText text = { 0 };

  kind->collect (frame, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      RnSubjectKind subject = kind->get_subject_kind (frame, rows->pdata[i]);
      g_autofree char *haystack = kind->dup_haystack (&context, rows->pdata[i]);

      g_assert_cmpint (kind->matches_chip (&context, rows->pdata[i], CHIP_DEVICES), ==,
                       subject == RN_SUBJECT_DEVICE);
      if (subject == RN_SUBJECT_DEVICE)
        g_assert_false (kind->matches_chip (&context, rows->pdata[i], CHIP_AREAS));
      g_assert_true (kind->matches_chip (&context, rows->pdata[i], CHIP_ALL));
      n_devices += subject == RN_SUBJECT_DEVICE;
      n_strained += kind->matches_chip (&context, rows->pdata[i], CHIP_STRAINED);
      g_assert_nonnull (kind->get_key (rows->pdata[i]));
      for (guint k = 0; k < rows->len; k++)
        g_assert_cmpint (kind->compare (rows->pdata[i], rows->pdata[k], &context), ==,
                         -kind->compare (rows->pdata[k], rows->pdata[i], &context));
    }
  g_assert_cmpuint (n_devices, ==, 9);
  g_assert_cmpuint (rows->len, >, n_devices);
  g_assert_cmpuint (n_strained, ==, 2);

  kind->describe (&context, find_device (frame, "w/camera"), &text);
  g_assert_cmpstr (text.title, ==, "Camera");
  g_assert_cmpstr (text.icon_class, ==, "tier-3");
  g_assert_cmpstr (text.word, ==, "Fault");
  rn_row_text_clear (&text);
  kind->describe (&context, find_device (frame, "w/arrow"), &text);
  g_assert_cmpstr (text.second, ==, "Arrow board · Right arrow, flashing");
  g_assert_cmpstr (text.age, ==, "I-80 mile 12.5 northbound");
  g_assert_cmpstr (text.word, ==, "Warning");
  rn_row_text_clear (&text);
}

/* Where the feed is lost, that stands at the row, not what the device said last. */
static void
test_lost (void)
{
  g_autoptr (RnNetwork) network = rn_network_new_empty ();
  g_autoptr (RnFrame) frame = foreign_frame (network, DEVICES, 0, RN_FEED_LOST);
  RnListContext context = { .frame = frame, .now_us = frame->at_us };
  RnRowText text = { 0 };

  rn_facility_list.describe (&context, find_device (frame, "w/sign"), &text);
  g_assert_cmpstr (text.word_class, ==, "lost");
  rn_row_text_clear (&text);
}

static void
test_works (void)
{
  g_autoptr (RnNetwork) network = rn_network_new_empty ();
  g_autoptr (RnFrame) frame = foreign_frame (network, "v42.json", 0, RN_FEED_LIVE);
  RnListContext context = { .frame = frame, .now_us = frame->at_us };
  g_autofree char *haystack = rn_work_list.dup_haystack (&context, frame->works->pdata[0]);
  RnRowText text = { 0 };

  rn_work_list.describe (&context, frame->works->pdata[0], &text);
  g_assert_cmpstr (text.title, ==, "CO-7 mile 50.6–49.51 southbound");
  g_assert_cmpstr (text.second, ==, "Roadway creation · All lanes open, shifted");
  g_assert_true (g_str_has_prefix (text.age, "from "));
  g_assert_null (strchr (text.age, '~')); /* verified */
  rn_row_text_clear (&text);
  rn_work_list.describe (&context, frame->works->pdata[1], &text);
  g_assert_cmpstr (text.title, ==, "CO-8");
  g_assert_nonnull (strchr (text.age, '~'));
  rn_row_text_clear (&text);
  g_assert_nonnull (strstr (haystack, "opentms-event26438937209"));
}

static void
test_hover (void)
{
  g_autoptr (RnNetwork) network = rn_network_new_empty ();
  g_autoptr (RnFrame) frame = foreign_frame (network, DEVICES, 0, RN_FEED_LIVE);
  g_autoptr (RnSubject) camera = rn_subject_new (RN_SUBJECT_DEVICE, "w/camera");
  g_autoptr (RnSubject) none = rn_subject_new (RN_SUBJECT_DEVICE, "w/none");
  g_autoptr (RnHoverText) text = rn_hover_text_new (frame, camera, frame->at_us, NULL);

  g_assert_null (rn_hover_text_new (frame, none, frame->at_us, NULL));
  g_assert_cmpstr (text->title, ==, "Camera");
  g_assert_nonnull (strstr (text->values, "Fault"));
  g_assert_cmpstr (text->note, ==, "Failed to capture image.");
}

static void
test_search (void)
{
  g_autoptr (RnNetwork) network = made_up_network ();
  g_autoptr (RnFrame) frame = foreign_frame (network, DEVICES, 0, RN_FEED_LIVE);
  g_autoptr (RnSearchIndex) index = rn_search_index_new (network);
  g_autoptr (GPtrArray) hits = rn_search_index_query (index, frame, "arrow board", 5, NULL);
  g_autoptr (GPtrArray) by_text = rn_search_index_query (index, frame, "roadwork next", 5, NULL);
  const RnSearchHit *hit;

  g_assert_cmpuint (hits->len, ==, 1);
  hit = hits->pdata[0];
  g_assert_cmpint (hit->kind, ==, RN_HIT_DEVICE);
  g_assert_cmpint (hit->subject->kind, ==, RN_SUBJECT_DEVICE);
  g_assert_cmpstr (hit->subject->key, ==, "w/arrow");
  g_assert_cmpstr (hit->road, ==, "I-80");
  g_assert_cmpuint (by_text->len, ==, 1);
  g_assert_cmpstr (((const RnSearchHit *) by_text->pdata[0])->subject->key, ==, "w/sign");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/device-text/strain", test_strain);
  g_test_add_func ("/device-text/list", test_list);
  g_test_add_func ("/device-text/lost", test_lost);
  g_test_add_func ("/device-text/works", test_works);
  g_test_add_func ("/device-text/hover", test_hover);
  g_test_add_func ("/device-text/search", test_search);
  return g_test_run ();
}
