/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of a shift outlive the program: read again from the journal. */
#include <glib/gstdio.h>

#include "session/rn-shift-figures.h"

static gboolean
timed_out_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Until the shift is that of @person, some seconds at most. The desk begins with its first step. */
static RnAlertReport *
wait_for_person (RnAlertDesk *desk, RnClock *clock, RnShiftFigures *figures, const char *person)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (RnFrame) frame = rn_frame_new_empty ();
  gboolean timed_out = FALSE;
  guint timeout = g_timeout_add_seconds (90, timed_out_cb, &timed_out);
  RnAlertReport *report = NULL;

  while (report == NULL && !timed_out)
    {
      rn_alert_desk_step (desk, frame, rn_clock_now_us (clock), utc);
      g_main_context_iteration (NULL, TRUE);
      report = rn_shift_figures_dup_report (figures);
      if (g_strcmp0 (report->person, person) != 0)
        g_clear_pointer (&report, rn_alert_report_free);
    }
  g_assert_false (timed_out);
  g_source_remove (timeout);
  return report;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
begin_shift (RnAlertDesk *desk, const char *person, const char *name)
{
  RnAlertEntry *entry = rn_alert_entry_new (RN_ENTRY_SHIFT, rn_alert_desk_get_now_us (desk));

  entry->person = g_strdup (person);
  entry->text = g_strdup (name);
  g_assert_true (rn_alert_desk_enter (desk, entry));
}

static void
test_restart (void)
{
  g_autofree char *folder = g_dir_make_tmp ("rn-shift-XXXXXX", NULL);
  g_autoptr (RnClock) clock = rn_clock_new_system ();
  gint64 from_us = 0;

  {
    g_autoptr (RnAlertDesk) desk = rn_alert_desk_new (clock);
    g_autoptr (RnShiftFigures) figures = rn_shift_figures_new (desk);
    g_autoptr (RnAlertReport) first = NULL, second = NULL;

    rn_alert_desk_open (desk, folder, "seat 1", NULL);
    begin_shift (desk, "zhou", "early");
    first = wait_for_person (desk, clock, figures, "zhou");
    begin_shift (desk, "li", "late");
    second = wait_for_person (desk, clock, figures, "li");
    from_us = second->from_us;
    g_assert_cmpstr (rn_shift_figures_get_last (figures)->person, ==, "zhou");
    rn_alert_desk_anchor (desk);
    rn_alert_desk_close (desk);
  }
  {
    g_autoptr (RnAlertDesk) desk = rn_alert_desk_new (clock);
    g_autoptr (RnShiftFigures) figures = rn_shift_figures_new (desk);
    g_autoptr (RnAlertReport) again = NULL;

    rn_alert_desk_open (desk, folder, "seat 1", NULL);
    again = wait_for_person (desk, clock, figures, "li");
    g_assert_cmpstr (again->shift, ==, "late");
    g_assert_cmpint (again->from_us, ==, from_us);
    g_assert_cmpstr (rn_shift_figures_get_last (figures)->person, ==, "zhou");
    rn_alert_desk_close (desk);
  }
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shift-figures/restart", test_restart);
  return g_test_run ();
}
