/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks: it is called between turns of the test's main loop. The child ends when the pipe to its
 * standard input closes, whatever becomes of the test. */
#include "simulator.h"

#include <libsoup/soup.h>
#include <string.h>

GSubprocess *
simulator_start (const char *program, const char *arguments, char **address)
{
  g_autofree char *line = g_strdup_printf ("--with-parent %s", arguments);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *child;

  g_strv_builder_add (builder, program);
  g_strv_builder_addv (builder, (const char **) words);
  argv = g_strv_builder_end (builder);
  child = g_subprocess_newv ((const char *const *) argv,
                             G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                             &error);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  *address = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (*address);
  return child;
}

char *
simulator_ask (const char *address, const char *method, const char *path, const char *body)
{
  g_autoptr (SoupSession) http = soup_session_new ();
  g_autofree char *uri = g_strconcat (address, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  answer = soup_session_send_and_read (http, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), <, 300);
  return g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}
