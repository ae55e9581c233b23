/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record thread: order, idle steps between messages, and its end. */
#include "record/rn-record-thread.h"

typedef struct {
  GString *done;      /* what happened, in order */
  guint idle_left;    /* steps that want to be done at once */
  gboolean *freed;    /* set when the owner is freed */
  gboolean on_thread; /* of everything so far */
} Owner;

static gint64
idle_cb (gpointer data)
{
  Owner *owner = data;

  owner->on_thread = owner->on_thread && rn_record_thread_is_current ();
  if (owner->idle_left == 0)
    return -1;
  owner->idle_left--;
  g_string_append_c (owner->done, '.');
  return 0;
}

static void
letter_cb (gpointer data, gpointer message)
{
  Owner *owner = data;

  owner->on_thread = owner->on_thread && rn_record_thread_is_current ();
  g_string_append (owner->done, message);
}

static void
sleep_cb (gpointer data, gpointer message)
{
  g_usleep (GPOINTER_TO_UINT (message));
}

static void
owner_free (gpointer data)
{
  Owner *owner = data;

  g_atomic_int_set (owner->freed, TRUE);
}

static void
test_order (void)
{
  gboolean freed = FALSE;
  Owner owner = { g_string_new (NULL), 3, &freed, TRUE };
  RnRecordThread *thread = rn_record_thread_new ("test", &owner, idle_cb, owner_free);
  g_autoptr (GString) letters = g_string_new (NULL);

  g_assert_false (rn_record_thread_is_current ());
  for (char c = 'a'; c <= 'z'; c++)
    rn_record_thread_push (thread, letter_cb, g_strndup (&c, 1), g_free);
  g_assert_true (rn_record_thread_stop (thread, 10 * G_USEC_PER_SEC));
  g_assert_true (freed);
  g_assert_true (owner.on_thread);
  for (gsize i = 0; i < owner.done->len; i++)
    if (owner.done->str[i] != '.')
      g_string_append_c (letters, owner.done->str[i]);
  g_assert_cmpstr (letters->str, ==, "abcdefghijklmnopqrstuvwxyz");
  g_assert_cmpuint (owner.done->len, ==, 26 + 3);
  g_string_free (owner.done, TRUE);
}

/* A disk that hangs does not hold the program: stop returns, the thread ends by itself later. */
static void
test_patience (void)
{
  static gboolean freed;
  static Owner owner;
  RnRecordThread *thread;
  gint64 start_us = g_get_monotonic_time ();

  owner = (Owner){ g_string_new (NULL), 0, &freed, TRUE };
  thread = rn_record_thread_new ("test", &owner, idle_cb, owner_free);
  rn_record_thread_push (thread, sleep_cb, GUINT_TO_POINTER (600000), NULL);
  rn_record_thread_push (thread, letter_cb, g_strdup ("x"), g_free);
  g_assert_false (rn_record_thread_stop (thread, 50000));
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 500000);
  while (!g_atomic_int_get (&freed))
    g_usleep (10000);
  g_assert_cmpstr (owner.done->str, ==, "x"); /* what was queued was done all the same */
  g_string_free (owner.done, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/thread/order", test_order);
  g_test_add_func ("/record/thread/patience", test_patience);
  return g_test_run ();
}
