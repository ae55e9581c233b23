/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mailbox: the newest value, one look for a burst, none for the same or without an owner. */
#include "record/rn-mailbox.h"

typedef struct {
  RnMailbox *mailbox;
  GObject *owner;
  guint n_looks;
  char *seen;
  GThread *looked_on;
} Fixture;

static gboolean
text_equal (gconstpointer a, gconstpointer b)
{
  return g_str_equal (a, b);
}

static gpointer
text_copy (gconstpointer text)
{
  return g_strdup (text);
}

static const RnMailboxKind texts = { text_equal, text_copy, g_free };

static void
look_cb (gpointer owner, gconstpointer value)
{
  Fixture *f = g_object_get_data (owner, "fixture");

  f->n_looks++;
  f->looked_on = g_thread_self ();
  g_free (f->seen);
  f->seen = g_strdup (value);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data (f->owner, "fixture", f);
  f->mailbox = rn_mailbox_new (f->owner, &texts, look_cb);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->owner);
  g_clear_pointer (&f->mailbox, rn_mailbox_unref);
  g_free (f->seen);
}

static gpointer
post_burst (gpointer mailbox)
{
  for (guint i = 0; i <= 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      rn_mailbox_post (mailbox, text);
    }
  rn_mailbox_unref (mailbox);
  return NULL;
}

static void
run (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_burst (Fixture *f, gconstpointer data)
{
  g_thread_join (g_thread_new ("post", post_burst, rn_mailbox_ref (f->mailbox)));
  g_assert_cmpuint (f->n_looks, ==, 0);
  run ();
  g_assert_cmpuint (f->n_looks, ==, 1);
  g_assert_cmpstr (f->seen, ==, "1000");
  g_assert_true (f->looked_on == g_thread_self ());
}

static void
test_same (Fixture *f, gconstpointer data)
{
  rn_mailbox_post (f->mailbox, "on");
  run ();
  rn_mailbox_post (f->mailbox, "on");
  run ();
  g_assert_cmpuint (f->n_looks, ==, 1);
  rn_mailbox_post (f->mailbox, "off");
  run ();
  g_assert_cmpuint (f->n_looks, ==, 2);
  g_assert_cmpstr (f->seen, ==, "off");
}

/* The thread goes on posting while nobody is there any more. */
static void
test_owner_gone (Fixture *f, gconstpointer data)
{
  GThread *thread = g_thread_new ("post", post_burst, rn_mailbox_ref (f->mailbox));

  g_clear_object (&f->owner);
  g_clear_pointer (&f->mailbox, rn_mailbox_unref);
  run ();
  g_thread_join (thread);
  run ();
  g_assert_cmpuint (f->n_looks, ==, 0);
}

static void
test_bytes (Fixture *f, gconstpointer data)
{
  rn_mailbox_add_bytes (f->mailbox, 700);
  rn_mailbox_add_bytes (f->mailbox, -300);
  g_assert_cmpint (rn_mailbox_get_bytes (f->mailbox), ==, 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/record/mailbox/burst", Fixture, NULL, set_up, test_burst, tear_down);
  g_test_add ("/record/mailbox/same", Fixture, NULL, set_up, test_same, tear_down);
  g_test_add ("/record/mailbox/owner-gone", Fixture, NULL, set_up, test_owner_gone, tear_down);
  g_test_add ("/record/mailbox/bytes", Fixture, NULL, set_up, test_bytes, tear_down);
  return g_test_run ();
}
