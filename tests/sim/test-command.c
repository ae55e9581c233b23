/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program itself: its first line, how it ends, and what it says to a wrong command line. Its
 * path comes in RN_TEST_SIMULATOR. */
#include <gio/gio.h>
#include <signal.h>
#include <string.h>

static GSubprocess *
start (const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *child;

  g_ptr_array_add (argv, (gpointer) g_getenv ("RN_TEST_SIMULATOR"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  child = g_subprocess_newv ((const char *const *) argv->pdata,
                             G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                             &error);
  g_assert_no_error (error);
  return child;
}

/* Its first line: the address. */
static char *
read_address (GSubprocess *child)
{
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, &error);

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "http://127.0.0.1:"));
  g_assert_true (g_str_has_suffix (line, "/v1/"));
  return line;
}

static void
assert_ends (GSubprocess *child, int status)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (child));
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, status);
}

static void
test_parent (void)
{
  const char *const arguments[] = { "--sections", "50", "--port", "0", "--with-parent", NULL };
  g_autoptr (GSubprocess) child = start (arguments);
  g_autofree char *address = read_address (child);

  g_output_stream_close (g_subprocess_get_stdin_pipe (child), NULL, NULL);
  assert_ends (child, 0);
}

static void
test_signals (void)
{
  const char *const arguments[] = { "--sections", "50", NULL };
  const int signals[] = { SIGTERM, SIGINT };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (GSubprocess) child = start (arguments);
      g_autofree char *address = read_address (child);

      g_subprocess_send_signal (child, signals[i]);
      assert_ends (child, 0);
    }
}

/* Without --with-parent the end of standard input is none of its business. */
static void
test_alone (void)
{
  const char *const arguments[] = { "--sections", "50", NULL };
  g_autoptr (GSubprocess) child = start (arguments);
  g_autofree char *address = read_address (child);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  char answer[16] = { 0 };

  g_output_stream_close (g_subprocess_get_stdin_pipe (child), NULL, NULL);
  connection = g_socket_client_connect_to_uri (client, address, 80, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             "GET /v1/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 38, NULL, NULL,
                             &error);
  g_assert_no_error (error);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, 12,
                           NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "HTTP/1.1 200");
  g_subprocess_send_signal (child, SIGTERM);
  assert_ends (child, 0);
}

static void
assert_refused (const char *const *arguments, int status, const char *word)
{
  g_autoptr (GSubprocess) child = start (arguments);
  g_autofree char *out = NULL;
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8 (child, NULL, NULL, &out, &said, &error);
  g_assert_no_error (error);
  assert_ends (child, status);
  if (strstr (said, word) == NULL)
    g_error ("\"%s\" is not in \"%s\"", word, said);
}

static void
test_refusals (void)
{
  const struct {
    const char *option, *value, *word;
  } cases[] = {
    { "--seed", "many", "--seed" },
    { "--start", "tomorrow", "--start" },
    { "--start", "2026-10-01T10:12:00.5Z", "--start" },
    { "--day", "rainy", "--day" },
    { "--speed", "0", "--speed" },
    { "--speed", "-1", "--speed" },
    { "--speed", "4000", "--speed" },
    { "--port", "70000", "--port" },
    { "--sections", "-3", "--sections" },
    { "--sections", "2000000", "--sections" },
    { "--nothing", "1", "--nothing" },
    { "more", "words", "more" },
  };
  const char *const two_starts[] = { "--day", "storm", "--start", "2026-10-01T10:12:00Z", NULL };
  const char *const both[] = { "--network", "x.json", "--sections", "50", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const arguments[] = { cases[i].option, cases[i].value, NULL };

      assert_refused (arguments, 2, cases[i].word);
    }
  assert_refused (both, 2, "--network");
  assert_refused (two_starts, 2, "--day");
}

static void
test_failures (void)
{
  const char *const absent[] = { "--network", "/nowhere/network.json", NULL };
  const char *const fault[] = { "--sections", "50", "--fault", "rain", NULL };
  const char *const arguments[] = { "--sections", "50", NULL };
  g_autoptr (GSubprocess) child = start (arguments);
  g_autofree char *address = read_address (child);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autofree char *port = g_strdup_printf ("%d", g_uri_get_port (uri));
  const char *const busy[] = { "--sections", "50", "--port", port, NULL };

  assert_refused (absent, 1, "/nowhere/network.json");
  assert_refused (fault, 1, "rain");
  assert_refused (busy, 1, port);
  g_subprocess_send_signal (child, SIGTERM);
  assert_ends (child, 0);
}

static void
test_words (void)
{
  const char *const options[] = { "--version", "--help" };
  const char *const words[] = { "roadnet-simulator ", "--with-parent" };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      const char *const arguments[] = { options[i], NULL };
      g_autoptr (GSubprocess) child = start (arguments);
      g_autofree char *out = NULL;

      g_subprocess_communicate_utf8 (child, NULL, NULL, &out, NULL, NULL);
      assert_ends (child, 0);
      g_assert_nonnull (strstr (out, words[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("RN_TEST_SIMULATOR") == NULL)
    g_error ("RN_TEST_SIMULATOR does not name the program");
  g_test_add_func ("/sim/command/parent", test_parent);
  g_test_add_func ("/sim/command/signals", test_signals);
  g_test_add_func ("/sim/command/alone", test_alone);
  g_test_add_func ("/sim/command/refusals", test_refusals);
  g_test_add_func ("/sim/command/failures", test_failures);
  g_test_add_func ("/sim/command/words", test_words);
  return g_test_run ();
}
