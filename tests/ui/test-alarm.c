/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alarm at a desk, by a manual clock; and the loudspeaker itself, on devices of ALSA's that need
 * no hardware: one that writes what it hears into a file, and none at all. */
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "../alert/alert-help.h"
#include "base/rn-paths.h"
#include "ui/rn-alarm-policy.h"
#include "ui/rn-alarm.h"
#include "ui/rn-settings.h"

#define S G_GINT64_CONSTANT (1000000)
#define WAV_HEADER 44
#define MOST_BYTES (50 * 1024)

/* ---- at the desk ----------------------------------------------------------------------------- */

typedef struct {
  RnClock *clock;
  RnAlertDesk *desk;
  RnAlarm *alarm;
  GString *sounded; /* tiers, as digits */
} Seat;

static void
sounded_cb (Seat *seat, int tier)
{
  g_string_append_printf (seat->sounded, "%d", tier);
}

static void
seat_init (Seat *seat)
{
  seat->clock = rn_clock_new_manual (T0);
  seat->desk = rn_alert_desk_new (seat->clock);
  seat->alarm = rn_alarm_new (seat->desk, seat->clock, NULL);
  seat->sounded = g_string_new (NULL);
  g_signal_connect_swapped (seat->alarm, "sounded", G_CALLBACK (sounded_cb), seat);
}

static void
seat_clear (Seat *seat)
{
  g_assert_finalize_object (seat->alarm);
  g_object_unref (seat->desk);
  g_object_unref (seat->clock);
  g_string_free (seat->sounded, TRUE);
  g_settings_reset (rn_settings_get (), "sound");
  g_settings_reset (rn_settings_get (), "sound-least");
  g_settings_reset (rn_settings_get (), "sound-again");
}

static void
raise_alert (Seat *seat, const char *section, int tier)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (
      void)) rn_alert_entry_unref);
  RnAlertEntry *entry = make_entry (RN_ENTRY_RAISED, "jam", section, 0);

  entry->tier = tier;
  entry->rings = TRUE;
  g_ptr_array_add (entries, entry);
  g_assert_cmpuint (rn_alert_desk_take_entries (seat->desk, entries), ==, 1);
}

static void
assert_sounded (Seat *seat, gint64 after_us, const char *tiers)
{
  rn_clock_advance (seat->clock, after_us);
  g_assert_cmpstr (seat->sounded->str, ==, tiers);
  g_string_truncate (seat->sounded, 0);
}

static void
test_desk (void)
{
  Seat seat;

  seat_init (&seat);
  g_assert_cmpint (rn_alarm_get_state (seat.alarm), ==, RN_ALARM_ON);
  raise_alert (&seat, "a/1", 3);
  raise_alert (&seat, "a/2", 2);
  raise_alert (&seat, "a/3", 4);
  assert_sounded (&seat, RN_ALARM_GATHER_US - 1, "");
  assert_sounded (&seat, 1, "2");
  assert_sounded (&seat, 60 * S, "");
  /* nobody answers: again, if the preferences say so */
  g_signal_emit_by_name (seat.desk, "rang", rn_alert_desk_find (seat.desk, "jam section:a/2"),
                         TRUE);
  assert_sounded (&seat, 1 * S, "2");
  g_settings_set_boolean (rn_settings_get (), "sound-again", FALSE);
  g_signal_emit_by_name (seat.desk, "rang", rn_alert_desk_find (seat.desk, "jam section:a/2"),
                         TRUE);
  assert_sounded (&seat, 60 * S, "");
  /* a test sounds whatever is muted */
  rn_alarm_mute (seat.alarm, 60 * S);
  rn_alarm_test (seat.alarm, 4);
  assert_sounded (&seat, 0, "4");
  seat_clear (&seat);
}

static void
test_mute (void)
{
  g_autofree char *sentence = NULL;
  Seat seat;

  seat_init (&seat);
  rn_alarm_mute (seat.alarm, 300 * S);
  g_assert_cmpint (rn_alarm_get_state (seat.alarm), ==, RN_ALARM_MUTED);
  g_assert_cmpint (rn_alarm_get_mute_left_us (seat.alarm), ==, 300 * S);
  sentence = rn_alarm_dup_sentence (seat.alarm);
  g_assert_nonnull (strstr (sentence, "Tier I sounds all the same"));
  raise_alert (&seat, "a/1", 2);
  assert_sounded (&seat, 10 * S, "");
  raise_alert (&seat, "a/2", 1);
  assert_sounded (&seat, 10 * S, "1");
  rn_clock_advance (seat.clock, 280 * S);
  g_assert_cmpint (rn_alarm_get_state (seat.alarm), ==, RN_ALARM_ON);
  raise_alert (&seat, "a/3", 3);
  assert_sounded (&seat, 1 * S, "3");
  rn_alarm_mute (seat.alarm, 300 * S);
  rn_alarm_mute (seat.alarm, 0);
  g_assert_cmpint (rn_alarm_get_state (seat.alarm), ==, RN_ALARM_ON);
  seat_clear (&seat);
}

static void
test_settings (void)
{
  Seat seat;

  seat_init (&seat);
  g_settings_set_int (rn_settings_get (), "sound-least", 2);
  raise_alert (&seat, "a/1", 3);
  assert_sounded (&seat, 1 * S, "");
  g_settings_set_boolean (rn_settings_get (), "sound", FALSE);
  g_assert_cmpint (rn_alarm_get_state (seat.alarm), ==, RN_ALARM_OFF);
  raise_alert (&seat, "a/2", 1);
  assert_sounded (&seat, 10 * S, "");
  g_settings_set_boolean (rn_settings_get (), "sound", TRUE);
  raise_alert (&seat, "a/3", 1);
  assert_sounded (&seat, 10 * S, "1");
  seat_clear (&seat);
}

/* ---- the loudspeaker ------------------------------------------------------------------------- */

static void
test_files (void)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int tier = 0; tier < RN_N_TIERS; tier++)
    {
      g_autofree char *path = rn_sound_dup_file (tier);
      g_autofree char *bytes = NULL;
      gsize n;

      g_assert_nonnull (path);
      g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
      g_assert_cmpuint (n, <=, MOST_BYTES);
      g_assert_true (g_str_has_prefix (bytes, "RIFF"));
      g_assert_true (g_hash_table_add (
          sums, g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, n)));
    }
}

static gboolean
timed_out_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* Until @n is not 0, some seconds at most. */
static void
wait_for (const guint *n)
{
  gboolean timed_out = FALSE;
  guint timeout = g_timeout_add_seconds (90, timed_out_cb, &timed_out);

  while (*n == 0 && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (timed_out);
  g_source_remove (timeout);
}

static gboolean
is_without_driver (RnSound *sound)
{
  const char *fault = rn_sound_get_fault (sound);

  if (fault == NULL || strstr (fault, "there is no sound system") == NULL)
    return FALSE;
  g_test_skip ("libcanberra has no ALSA driver here");
  return TRUE;
}

static void
write_devices (const char *devices)
{
  g_assert_true (g_file_set_contents (g_getenv ("ALSA_CONFIG_PATH"), devices, -1, NULL));
}

static char *
dup_heard_path (void)
{
  return g_strconcat (g_getenv ("ALSA_CONFIG_PATH"), ".heard", NULL);
}

static void
write_recorder (void)
{
  g_autofree char *heard = dup_heard_path ();
  g_autofree char *devices =
      g_strdup_printf ("pcm.hush { type null }\n"
                       "pcm.default { type file slave.pcm hush file \"%s\" format \"raw\" }\n",
                       heard);

  write_devices (devices);
}

/* What came to the device is the tone, sample by sample. */
static void
assert_heard (int tier)
{
  g_autofree char *path = rn_sound_dup_file (tier), *heard_path = dup_heard_path ();
  g_autofree char *wav = NULL, *heard = NULL;
  gsize n_wav, n_heard;

  g_assert_true (g_file_get_contents (path, &wav, &n_wav, NULL));
  g_assert_true (g_file_get_contents (heard_path, &heard, &n_heard, NULL));
  g_assert_cmpmem (heard, n_heard, wav + WAV_HEADER, n_wav - WAV_HEADER);
}

static void
test_plays (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_system ();
  g_autoptr (RnSound) sound = rn_sound_new (clock);
  guint n_played = 0, n_faults = 0, n_either = 0;

  g_signal_connect_swapped (sound, "played", G_CALLBACK (count_cb), &n_played);
  g_signal_connect_swapped (sound, "played", G_CALLBACK (count_cb), &n_either);
  g_signal_connect_swapped (sound, "notify::fault", G_CALLBACK (count_cb), &n_faults);
  g_signal_connect_swapped (sound, "notify::fault", G_CALLBACK (count_cb), &n_either);
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    {
      g_autofree char *heard = dup_heard_path ();

      write_recorder ();
      g_unlink (heard);
      n_either = 0;
      rn_sound_play (sound, tier, 1);
      wait_for (&n_either);
      if (is_without_driver (sound))
        return;
      g_assert_cmpuint (n_faults, ==, 0);
      g_assert_cmpuint (n_played, ==, (guint) tier);
      assert_heard (tier);
    }
}

/* No device: known before the first alert, said by the alarm; and found again when it is there. */
static void
test_no_device (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_system ();
  g_autoptr (RnSound) sound = rn_sound_new (clock);
  g_autoptr (RnAlertDesk) desk = rn_alert_desk_new (clock);
  g_autoptr (RnAlarm) alarm = rn_alarm_new (desk, clock, sound);
  g_autofree char *sentence = NULL;
  guint n_faults = 0, n_changes = 0;

  write_devices ("");
  g_signal_connect_swapped (sound, "notify::fault", G_CALLBACK (count_cb), &n_faults);
  g_signal_connect_swapped (alarm, "changed", G_CALLBACK (count_cb), &n_changes);
  rn_sound_watch (sound);
  g_assert_cmpint (rn_alarm_get_state (alarm), ==, RN_ALARM_ON);
  wait_for (&n_faults);
  if (is_without_driver (sound))
    return;
  g_assert_cmpint (rn_alarm_get_state (alarm), ==, RN_ALARM_FAULT);
  g_assert_cmpuint (n_changes, ==, 1);
  sentence = rn_alarm_dup_sentence (alarm);
  g_assert_nonnull (strstr (sentence, "No alert can be heard here"));
  g_assert_nonnull (strstr (sentence, "no sound device was found"));

  g_usleep (1100 * 1000); /* ALSA reads its file again when its time of change is another one */
  write_recorder ();
  n_faults = 0;
  rn_sound_watch (sound);
  wait_for (&n_faults);
  g_assert_null (rn_sound_get_fault (sound));
  g_assert_cmpint (rn_alarm_get_state (alarm), ==, RN_ALARM_ON);
}

/* Libraries read their environment once: each device is a process of its own. */
static void
with_devices (gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("rn-alarm-XXXXXX", NULL);
  g_autofree char *devices = g_build_filename (folder, "alsa.conf", NULL);

  if (g_test_subprocess ())
    {
      ((void (*) (void)) data) ();
      return;
    }
  g_setenv ("CANBERRA_DRIVER", "alsa", TRUE);
  g_setenv ("ALSA_CONFIG_PATH", devices, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_test_trap_subprocess (NULL, 60 * S, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  rn_paths_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alarm/desk", test_desk);
  g_test_add_func ("/alarm/mute", test_mute);
  g_test_add_func ("/alarm/settings", test_settings);
  g_test_add_func ("/alarm/files", test_files);
  g_test_add_data_func ("/alarm/plays", test_plays, with_devices);
  g_test_add_data_func ("/alarm/no-device", test_no_device, with_devices);
  return g_test_run ();
}
