/* SPDX-License-Identifier: GPL-3.0-or-later */
/* End to end: a session watches the simulator's traffic, a closed road jams and raises an alert, a
 * person acknowledges, notes and shelves it; once that is shown as done the process is killed with −9.
 * Another one finds the alert as it was, answered, and goes on. Argument: the simulator; the test
 * starts itself as the seat. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "session/rn-session.h"
#include "simulator.h"

#define PATIENCE_S 100

static const char *simulator, *self_path;

/* ---- the seat: a process of its own -------------------------------------------------------- */

typedef struct {
  RnSession *session;
  RnAlertDesk *desk;
  GMainLoop *loop;
  const char *address;
  gboolean shut; /* a road was closed */
  char *key;     /* of the alert that it works on */
} Seat;

static void
say (const char *what, const char *key)
{
  printf ("%s %s\n", what, key);
  fflush (stdout);
}

/* The busiest section is closed near its beginning. */
static void
shut_cb (Seat *seat)
{
  const RnFrame *frame = rn_session_get_frame (seat->session);
  guint32 busiest = 0;
  g_autofree char *body = NULL;
  g_autofree char *answer = NULL;

  if (seat->shut || frame->figures.n_sections_known < 500)
    return;
  seat->shut = TRUE;
  for (guint32 i = 0; i < frame->network->n_sections; i++)
    if (frame->state[i] <= 2 && frame->flow_vph[i] > frame->flow_vph[busiest])
      busiest = i;
  body = g_strdup_printf ("{\"section\":\"%s\",\"chainage_m\":%.0f}", frame->network->id[busiest],
                          frame->network->from_m[busiest]);
  answer = simulator_ask (seat->address, "POST", "-/incident", body);
}

/* A jam by itself, or what has one under it. */
static const RnAlert *
find_jam (Seat *seat)
{
  const GPtrArray *alerts = rn_alert_desk_get_alerts (seat->desk);

  for (guint i = 0; i < alerts->len; i++)
    {
      const RnAlert *alert = alerts->pdata[i];

      if ((alert->subject->kind == RN_SUBJECT_SECTION || alert->n_children > 0)
          && rn_alert_asks (alert))
        return alert;
    }
  return NULL;
}

/* Acts on the first jam; says so when it is shown, which is when it is on the disk. */
static void
work_cb (Seat *seat)
{
  const RnAlert *alert;

  if (seat->key == NULL)
    {
      alert = find_jam (seat);
      if (alert == NULL)
        return;
      seat->key = g_strdup (alert->key);
      rn_alert_desk_acknowledge (seat->desk, seat->key);
      rn_alert_desk_note (seat->desk, seat->key, "patrol sent");
      rn_alert_desk_set_owner (seat->desk, seat->key, "wang");
      rn_alert_desk_shelve (seat->desk, seat->key, "works", 4 * 3600 * RN_SECOND, FALSE);
      return;
    }
  alert = rn_alert_desk_find (seat->desk, seat->key);
  if (alert != NULL && alert->mask == RN_MASK_SHELVED && rn_alert_desk_is_recorded (seat->desk, seat->key))
    say ("done", seat->key);
}

/* What came back, before the traffic has its say. */
static void
look_cb (Seat *seat)
{
  const RnAlert *alert = rn_alert_desk_find (seat->desk, seat->key);

  if (alert == NULL)
    return;
  g_assert_true (alert->acknowledged);
  g_assert_cmpstr (alert->acknowledged_by, ==, "li");
  g_assert_cmpstr (alert->owner, ==, "wang");
  g_assert_cmpuint (alert->n_notes, ==, 1);
  g_assert_cmpstr (alert->mask_reason, ==, "works");
  say ("found", alert->key);
  g_main_loop_quit (seat->loop);
}

/* @key NULL: works; else looks for it. */
static int
run_seat (const char *address, const char *folder, const char *key)
{
  g_autoptr (RnClock) clock = rn_clock_new_system ();
  g_autoptr (RnSourceSpec) spec = rn_source_spec_new ("roadnet", address);
  Seat seat = { .session = rn_session_new (clock),
                .loop = g_main_loop_new (NULL, FALSE),
                .address = address };

  alarm (PATIENCE_S);
  seat.desk = rn_session_get_alert_desk (seat.session);
  seat.key = g_strdup (key);
  rn_alert_desk_set_person (seat.desk, "li");
  g_signal_connect_swapped (seat.desk, "changed", G_CALLBACK (key != NULL ? look_cb : work_cb),
                            &seat);
  if (key == NULL)
    g_signal_connect_swapped (seat.session, "changed", G_CALLBACK (shut_cb), &seat);
  g_assert_true (rn_session_add_source (seat.session, spec, NULL));
  rn_session_keep_alerts (seat.session, folder, "seat-1", NULL);
  rn_session_start (seat.session);
  g_main_loop_run (seat.loop);
  rn_alert_desk_close (seat.desk);
  g_assert_finalize_object (seat.session);
  g_main_loop_unref (seat.loop);
  g_free (seat.key);
  return 0;
}

/* ---- the test ------------------------------------------------------------------------------ */

static GSubprocess *
start_seat (const char *address, const char *folder, const char *key)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *seat = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self_path,
                                        "--seat", address, folder, key, NULL);

  g_assert_no_error (error);
  return seat;
}

static char *
read_line (GSubprocess *seat)
{
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (seat));

  return g_data_input_stream_read_line (lines, NULL, NULL, NULL);
}

static void
test_killed (void)
{
  g_autofree char *address = NULL;
  g_autofree char *folder = g_dir_make_tmp ("roadnet-restart-XXXXXX", NULL);
  g_autofree char *done = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GSubprocess) child =
      simulator_start (simulator, "--port 0 --seed 5 --speed 60", &address);
  g_autoptr (GSubprocess) first = start_seat (address, folder, NULL);
  g_autoptr (GSubprocess) second = NULL;
  g_autoptr (GSubprocess) tidy = NULL;

  done = read_line (first);
  g_assert_nonnull (done);
  g_assert_true (g_str_has_prefix (done, "done "));
  g_subprocess_force_exit (first); /* SIGKILL */
  g_subprocess_wait (first, NULL, NULL);
  second = start_seat (address, folder, done + strlen ("done "));
  found = read_line (second);
  g_assert_nonnull (found);
  g_assert_cmpstr (found + strlen ("found "), ==, done + strlen ("done "));
  g_assert_true (g_subprocess_wait_check (second, NULL, NULL));
  g_subprocess_force_exit (child);
  tidy = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-r", folder, NULL);
  g_assert_true (g_subprocess_wait_check (tidy, NULL, NULL));
}

int
main (int argc, char **argv)
{
  if (argc >= 4 && g_str_equal (argv[1], "--seat"))
    return run_seat (argv[2], argv[3], argc > 4 ? argv[4] : NULL);
  g_test_init (&argc, &argv, NULL);
  self_path = argv[0];
  simulator = argv[argc - 1];
  g_test_add_func ("/alert-restart/killed", test_killed);
  return g_test_run ();
}
