/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the right side of the seat is made of, without a display: the keyed list model, the order
 * and words of the lists, the figures of cards. */
#include <math.h>
#include <string.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "made-up.h"
#include "ui/rn-facility-list.h"
#include "ui/rn-incident-list.h"
#include "ui/rn-keyed-model.h"
#include "ui/rn-side-text.h"
#include "ui/rn-work-list.h"

/* ---- keyed model --------------------------------------------------------------------------- */

static const char *
key_of (gconstpointer row)
{
  return row;
}

typedef struct {
  GPtrArray *mirror; /* what a view would hold: items by position */
  RnKeyedModel *model;
} View;

/* Follows the signals only, as a view does, and checks that it ends with what the model has. */
static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, View *view)
{
  g_assert_cmpuint (position + removed, <=, view->mirror->len);
  for (guint i = 0; i < removed; i++)
    g_ptr_array_remove_index (view->mirror, position);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (view->mirror, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (view->mirror->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < view->mirror->len; i++)
    {
      g_autoptr (RnKeyedItem) item = g_list_model_get_item (model, i);

      g_assert_true (item == view->mirror->pdata[i]);
    }
}

static void
view_init (View *view)
{
  view->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  view->model = rn_keyed_model_new (key_of);
  g_signal_connect (view->model, "items-changed", G_CALLBACK (items_changed_cb), view);
}

static void
view_clear (View *view)
{
  g_object_unref (view->model);
  g_ptr_array_unref (view->mirror);
}

/* Shows the words of @text, each a row, and returns the strings to hold. */
static char **
show_words (View *view, const char *text)
{
  char **rows = g_strsplit (text, " ", -1);
  guint n = *text != '\0' ? g_strv_length (rows) : 0;
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list, rows[i]);
  rn_keyed_model_show (view->model, list, NULL);
  g_assert_cmpuint (view->mirror->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpstr (rn_keyed_item_get_key (view->mirror->pdata[i]), ==, rows[i]);
      g_assert_true (rn_keyed_item_get_row (view->mirror->pdata[i]) == rows[i]);
      g_assert_true (rn_keyed_model_get_row (view->model, i) == rows[i]);
    }
  return rows;
}

static void
test_model_identity (void)
{
  View view;
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) second = NULL;
  g_autoptr (RnKeyedItem) b = NULL;
  g_autoptr (RnKeyedItem) c = NULL;

  view_init (&view);
  first = show_words (&view, "a b c");
  b = g_object_ref (view.mirror->pdata[1]);
  c = g_object_ref (view.mirror->pdata[2]);
  second = show_words (&view, "b d a");
  g_assert_true (view.mirror->pdata[0] == b); /* the same item at another place */
  g_assert_true (rn_keyed_item_get_row (b) == second[0]);
  g_assert_null (rn_keyed_item_get_row (c)); /* gone: it must not point into the old frame */
  view_clear (&view);
  g_assert_null (rn_keyed_item_get_row (b));
}

/* Random lists after one another: the mirror checks itself. */
static void
test_model_random (void)
{
  View view;
  g_auto (GStrv) held = NULL;

  view_init (&view);
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint used[40] = { 0 }, n = (guint) g_test_rand_int_range (0, 40);
      char **next;

      for (guint i = 0; i < n; i++)
        {
          guint k = (guint) g_test_rand_int_range (0, 40);

          if (used[k]++ == 0)
            g_string_append_printf (text, "%sk%u", text->len > 0 ? " " : "", k);
        }
      next = show_words (&view, text->str);
      g_strfreev (held);
      held = next;
    }
  view_clear (&view);
}

/* ---- lists --------------------------------------------------------------------------------- */

static GPtrArray *
sorted_rows (const RnListKind *kind, RnListContext *context)
{
  GPtrArray *rows = g_ptr_array_new ();

  kind->collect (context->frame, rows);
  for (guint i = 0; i < rows->len; i++)
    for (guint j = i; j > 0 && kind->compare (rows->pdata[j - 1], rows->pdata[j], context) > 0; j--)
      {
        gpointer row = rows->pdata[j];

        rows->pdata[j] = rows->pdata[j - 1];
        rows->pdata[j - 1] = row;
      }
  return rows;
}

static void
test_incidents (void)
{
  MadeUp how = MADE_UP_INIT;
  g_autoptr (RnNetwork) network = made_up_network ();
  g_autoptr (RnFrame) frame = NULL;
  RnListContext context = { NULL, how.now_us, NULL };
  g_autoptr (GPtrArray) rows = NULL;
  RnRowText text = { 0 };

  how.n_more_incidents = 40;
  frame = made_up_frame (network, &how, NULL);
  context.frame = frame;
  rows = sorted_rows (&rn_incident_list, &context);
  g_assert_cmpuint (rows->len, ==, 41);
  for (guint i = 1; i < rows->len; i++)
    {
      const RnIncident *a = rows->pdata[i - 1], *b = rows->pdata[i];

      g_assert_cmpint (a->level, <=, b->level); /* worst first */
      if (a->level == b->level)
        g_assert_cmpint (rn_side_incident_since_us (a), >=, rn_side_incident_since_us (b));
    }
  rn_incident_list.describe (&context, rn_frame_find_incident (frame, MADE_UP_CRASH), &text);
  g_assert_cmpstr (text.icon, ==, "rn-tier-2-symbolic");
  g_assert_cmpstr (text.icon_class, ==, "level-2");
  g_assert_cmpstr (text.title, ==, "G2 K1064+300 towards Beijing · Crash");
  g_assert_cmpstr (text.second, ==,
                   "Rear-end crash, 3 cars · Lanes 1, 2 blocked · Lane 3 affected · 1 injured");
  g_assert_cmpstr (text.age, ==, "26\u202fmin");
  g_assert_cmpstr (text.word, ==, "Responding");
  g_assert_null (text.word_class);
  rn_row_text_clear (&text);
}

static void
test_incident_without_place (void)
{
  MadeUp how = MADE_UP_INIT;
  g_autoptr (RnNetwork) network = made_up_network ();
  g_autoptr (RnFrame) frame = made_up_frame (network, &how, NULL);
  RnListContext context = { frame, how.now_us, NULL };
  g_autoptr (RnIncident) incident = rn_incident_new ("x", "bare");
  RnRowText text = { 0 };

  incident->section = RN_NONE;
  incident->chainage_m = NAN;
  rn_incident_list.describe (&context, incident, &text);
  g_assert_true (g_str_has_prefix (text.title, "–"));
  g_assert_cmpstr (text.age, ==, "–"); /* not known is never 0 */
  rn_row_text_clear (&text);
}

static void
test_works (void)
{
  MadeUp how = MADE_UP_INIT;
  g_autoptr (RnNetwork) network = made_up_network ();
  g_autoptr (RnFrame) frame = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  RnListContext context = { NULL, how.now_us, zone };
  g_autoptr (GPtrArray) rows = NULL;
  gboolean planned = FALSE;
  RnRowText text = { 0 };

  how.n_more_works = 10;
  frame = made_up_frame (network, &how, NULL);
  context.frame = frame;
  rows = sorted_rows (&rn_work_list, &context);
  g_assert_cmpuint (rows->len, ==, 12);
  g_assert_cmpstr (((RnWork *) rows->pdata[0])->key, ==, MADE_UP_WORK); /* the overrun first */
  for (guint i = 0; i < rows->len; i++)
    {
      gboolean active = rn_work_phase (rows->pdata[i], how.now_us) == RN_WORK_ACTIVE;

      g_assert_false (active && planned); /* active before planned */
      planned = planned || !active;
    }
  g_assert_true (planned);
  rn_work_list.describe (&context, rows->pdata[0], &text);
  g_assert_cmpstr (text.word, ==, "22\u202fmin over");
  g_assert_cmpstr (text.word_class, ==, "warn");
  g_assert_cmpstr (text.age, ==, "until 10:20");
  g_assert_cmpstr (text.second, ==, "Resurfacing · 1 of 3 lanes closed");
  rn_row_text_clear (&text);
}

static void
test_facilities (void)
{
  MadeUp how = MADE_UP_INIT;
  g_autoptr (RnNetwork) network = made_up_network ();
  g_autoptr (RnFrame) frame = made_up_frame (network, &how, NULL);
  RnListContext context = { frame, how.now_us, NULL };
  g_autoptr (GPtrArray) rows = sorted_rows (&rn_facility_list, &context);
  RnRowText text = { 0 };

  g_assert_cmpuint (rows->len, ==, 6); /* the bridge is not listed */
  g_assert_cmpstr (((RnFacility *) rows->pdata[0])->key, ==, MADE_UP_AREA);
  g_assert_cmpstr (((RnFacility *) rows->pdata[1])->key, ==, MADE_UP_PLAZA);
  rn_facility_list.describe (&context, rows->pdata[0], &text);
  g_assert_cmpstr (text.word, ==, "Parking 101\u202f%");
  g_assert_cmpstr (text.age, ==, "G42 K80");
  g_assert_cmpstr (text.second, ==, "cars 1,164/1,150 · chargers 3/48 · trucks 142/210");
  rn_row_text_clear (&text);
  rn_facility_list.describe (&context, rows->pdata[1], &text);
  g_assert_cmpstr (text.word, ==, "Queue 620\u202fm");
  rn_row_text_clear (&text);
  for (guint i = 0; i < rows->len; i++)
    if (g_str_has_suffix (((RnFacility *) rows->pdata[i])->key, "yanqiao"))
      {
        rn_facility_list.describe (&context, rows->pdata[i], &text);
        g_assert_cmpstr (text.word, ==, "No data");
        rn_row_text_clear (&text);
      }
}

static void
test_strain (void)
{
  g_autoptr (RnFacilityState) state
    = rn_facility_state_new ("x", "f", RN_FACILITY_SERVICE_AREA);
  g_autofree char *words = NULL;

  g_assert_cmpint (rn_facility_strain (NULL), ==, 0);
  g_assert_cmpint (rn_facility_strain (state), ==, 0); /* nothing known is nothing strained */
  g_assert_null (rn_facility_dup_strain (state));
  state->car_total = 100;
  state->car_used = 89;
  g_assert_cmpint (rn_facility_strain (state), ==, 0);
  state->car_used = 90;
  g_assert_cmpint (rn_facility_strain (state), ==, 2);
  state->car_used = 100;
  g_assert_cmpint (rn_facility_strain (state), ==, 3);
  state->status = RN_AREA_CLOSED;
  g_assert_cmpint (rn_facility_strain (state), ==, 4);
  words = rn_facility_dup_strain (state);
  g_assert_cmpstr (words, ==, "Closed");
}

/* ---- words and figures --------------------------------------------------------------------- */

static void
test_age_words (void)
{
  static const struct {
    RnQuality quality;
    const char *words, *css_class;
  } rows[] = {
    { RN_QUALITY_LIVE, "Data 12\u202fs old", "live" },
    { RN_QUALITY_LATE, "Data late: 12\u202fs old", "late" },
    { RN_QUALITY_STALE, "Data stale: 12\u202fs old", "stale" },
    { RN_QUALITY_SUSPECT, "Data suspect: 12\u202fs old", "frozen" },
    { RN_QUALITY_LOST, "Contact lost: data 12\u202fs old", "lost" },
    { RN_QUALITY_UNKNOWN, "No data", "unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RnDataAge age = { rows[i].quality, 12 * RN_SECOND };
      g_autofree char *words = rn_side_age_words (age);

      g_assert_cmpstr (words, ==, rows[i].words);
      g_assert_cmpstr (rn_side_age_class (age), ==, rows[i].css_class);
    }
}

static void
test_fuel_titles (void)
{
  static const char *const rows[][2] = {
    { "92", "Petrol 92" }, { "0", "Diesel 0" }, { "-10", "Diesel -10" }, { "LNG", "LNG" },
    { NULL, "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *title = rn_side_fuel_title (rows[i][0]);

      g_assert_cmpstr (title, ==, rows[i][1]);
    }
}

static void
test_section_age (void)
{
  MadeUp how = MADE_UP_INIT;
  g_autoptr (RnNetwork) network = made_up_network ();
  g_autoptr (RnFrame) live = made_up_frame (network, &how, NULL);
  g_autoptr (RnFrame) lost = NULL;
  guint32 crash = rn_network_find_section_key (network, MADE_UP_SECTION);
  guint32 silent = rn_network_find_section_key (network, "x/S35a3");
  RnDataAge age = rn_side_section_age (live, crash, how.now_us);

  g_assert_cmpint (age.quality, ==, RN_QUALITY_LIVE);
  g_assert_cmpint (age.age_us, ==, 12 * RN_SECOND);
  g_assert_cmpint (rn_side_section_age (live, silent, how.now_us).quality, ==,
                   RN_QUALITY_UNKNOWN);
  how.feeds = RN_FEED_LOST;
  lost = made_up_frame (network, &how, NULL);
  g_assert_cmpint (rn_side_section_age (lost, crash, how.now_us).quality, ==, RN_QUALITY_LOST);
}

static void
test_queue (void)
{
  MadeUp how = MADE_UP_INIT;
  g_autoptr (RnNetwork) network = made_up_network ();
  g_autoptr (RnFrame) frame = made_up_frame (network, &how, NULL);
  guint32 crash = rn_network_find_section_key (network, MADE_UP_SECTION);
  guint32 behind = rn_network_find_section_key (network, "x/G2d3");
  RnQueue queue = rn_side_queue (frame, crash), none = rn_side_queue (frame, RN_NONE);
  double length = network->length_m[crash] + network->length_m[behind];
  double delay
    = network->length_m[crash] * 3.6 * (1 / 17.0 - 1 / frame->effective_speed_kmh[crash])
      + network->length_m[behind] * 3.6 * (1 / 38.0 - 1 / frame->effective_speed_kmh[behind]);
  RnQueue smooth = rn_side_queue (frame, rn_network_find_section_key (network, "x/G42a1"));
  RnQueue silent = rn_side_queue (frame, rn_network_find_section_key (network, "x/S35a3"));

  g_assert_cmpuint (queue.n_sections, ==, 2);
  g_assert_cmpfloat_with_epsilon (queue.length_m, length, 0.5);
  g_assert_cmpfloat_with_epsilon (queue.delay_s, delay, 1);
  g_assert_true (isnan (none.length_m));
  g_assert_true (isnan (silent.length_m)); /* not known is not "no queue" */
  g_assert_cmpfloat (smooth.length_m, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rn_i18n_init ("en_US");
  g_test_add_func ("/ui/side/model/identity", test_model_identity);
  g_test_add_func ("/ui/side/model/random", test_model_random);
  g_test_add_func ("/ui/side/incidents", test_incidents);
  g_test_add_func ("/ui/side/incident-without-place", test_incident_without_place);
  g_test_add_func ("/ui/side/works", test_works);
  g_test_add_func ("/ui/side/facilities", test_facilities);
  g_test_add_func ("/ui/side/strain", test_strain);
  g_test_add_func ("/ui/side/age-words", test_age_words);
  g_test_add_func ("/ui/side/fuel-titles", test_fuel_titles);
  g_test_add_func ("/ui/side/section-age", test_section_age);
  g_test_add_func ("/ui/side/queue", test_queue);
  return g_test_run ();
}
