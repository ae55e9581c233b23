/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Owns the child: its standard input is a pipe that closes with this process, which tells the
 * simulator (started with --with-parent) to end even after a kill -9 of ours. */
#include "session/rn-demo.h"

#include "base/rn-i18n.h"
#include "base/rn-paths.h"

struct _RnDemo {
  GObject parent_instance;
  GSubprocess *child;
  GDataInputStream *lines;
};

G_DEFINE_FINAL_TYPE (RnDemo, rn_demo, G_TYPE_OBJECT)

static void
rn_demo_dispose (GObject *object)
{
  RnDemo *self = RN_DEMO (object);

  if (self->child != NULL)
    g_subprocess_send_signal (self->child, 15);
  g_clear_object (&self->lines);
  g_clear_object (&self->child);
  G_OBJECT_CLASS (rn_demo_parent_class)->dispose (object);
}

static void
rn_demo_class_init (RnDemoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_demo_dispose;
}

static void
rn_demo_init (RnDemo *self)
{
}

static void
read_line_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (object), result, NULL,
                                                    &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (line == NULL || !g_str_has_prefix (line, "http://127.0.0.1:"))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _("The simulator did not start: it ended or printed no address"));
  else
    g_task_return_pointer (task, g_steal_pointer (&line), g_free);
}

RnDemo *
rn_demo_new (const char *const *arguments, GError **error)
{
  g_autoptr (RnDemo) self = g_object_new (RN_TYPE_DEMO, NULL);
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_autofree char *program = rn_paths_program ("roadnet-simulator");
  g_auto (GStrv) strv = NULL;

  g_strv_builder_add_many (argv, program, "--port", "0", "--with-parent", NULL);
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_strv_builder_add (argv, arguments[i]);
  strv = g_strv_builder_end (argv);
  self->child =
      g_subprocess_newv ((const char *const *) strv,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
  if (self->child == NULL)
    {
      g_prefix_error (error, "%s: ", program);
      return NULL;
    }
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->child));
  return g_steal_pointer (&self);
}

void
rn_demo_get_address_async (RnDemo *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, cancellable, read_line_cb,
                                       task);
}

char *
rn_demo_get_address_finish (RnDemo *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
