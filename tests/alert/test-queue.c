/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues: heads, lengths, junctions, rings, lost data. */
#include "alert/rn-queue.h"
#include "detector-help.h"

static void
set_jam (HelpWorld *world, const char *ids)
{
  g_auto (GStrv) list = g_strsplit (ids, " ", -1);

  for (guint i = 0; i < world->network->n_sections; i++)
    world->speed[i] = 110;
  for (char **id = list; *id != NULL && **id != '\0'; id++)
    world->speed[rn_network_find_section (world->network, NULL, *id)] = 20;
  help_world_next (world, 60);
}

/* "a2:3000" for each head, with the length of its queue. */
static char *
dup_heads (HelpWorld *world)
{
  g_autoptr (RnQueue) queue = rn_queue_new ();
  GString *out = g_string_new (NULL);

  for (guint32 i = 0; i < world->network->n_sections; i++)
    {
      g_autofree char *key = g_strdup (world->network->key[i]);
      double value = rn_metric_measure (world->frame, RN_METRIC_QUEUE_M, NULL, RN_SUBJECT_SECTION,
                                        key, NULL);

      if (!rn_queue_is_head (world->frame, i))
        {
          g_assert_true (value == 0);
          continue;
        }
      g_assert_true (value == rn_queue_walk (queue, world->frame, i, NULL, NULL));
      g_string_append_printf (out, "%s%s:%.0f", out->len > 0 ? " " : "", world->network->id[i],
                              round (value / 100) * 100);
    }
  return g_string_free (out, FALSE);
}

static void
check_heads (HelpWorld *world, const char *jam, const char *heads)
{
  g_autofree char *found = NULL;

  set_jam (world, jam);
  found = dup_heads (world);
  g_assert_cmpstr (found, ==, heads);
}

/* Sections of 1 km with ids and what they lead to: "a>b b>c,d". */
static RnNetwork *
make_network (const char *text)
{
  g_autoptr (RnNetworkBuilder) builder = rn_network_builder_new ("t", "1");
  g_auto (GStrv) list = g_strsplit (text, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (list[i], ">", 2);
      g_auto (GStrv) down = g_strsplit (parts[1] != NULL ? parts[1] : "", ",", -1);
      RnPoint line[] = { { 119 + 0.1 * i, 32 }, { 119 + 0.1 * i + fixture_lon (1000), 32 } };
      RnSectionRow row = RN_SECTION_ROW_INIT;

      row.id = parts[0];
      row.road = "G1";
      row.lanes = 3;
      row.free_speed_kmh = 120;
      row.length_m = 1000;
      row.points = line;
      row.n_points = 2;
      row.downstream = (const char *const *) down;
      g_assert_true (rn_network_builder_add_section (builder, &row, NULL));
    }
  return rn_network_builder_end (builder);
}

static void
test_road (void)
{
  HelpWorld world;

  help_world_init (&world, fixture_road ("t", 8));
  check_heads (&world, "", "");
  check_heads (&world, "a3", "a3:1000");
  check_heads (&world, "a2 a3 a4", "a4:3000");
  check_heads (&world, "a2 a4", "a2:1000 a4:1000");
  check_heads (&world, "a6 a7 d0 d1", "a7:2000 d0:2000"); /* ends of the road; directions apart */
  help_world_clear (&world);
}

static void
test_junctions (void)
{
  HelpWorld world;

  /* a and b merge into c; c parts into d and e */
  help_world_init (&world, make_network ("a>c b>c c>d,e d e"));
  check_heads (&world, "a b c", "c:3000");
  check_heads (&world, "a c d", "d:3000");
  check_heads (&world, "a c d e", "d:3000 e:3000");
  check_heads (&world, "a b", "a:1000 b:1000");
  help_world_clear (&world);
  /* two ways that meet again upstream: each section once */
  help_world_init (&world, make_network ("a>b,c b>d c>d d"));
  check_heads (&world, "a b c d", "d:4000");
  help_world_clear (&world);
  /* a ring has no head, and a walk in it ends */
  help_world_init (&world, make_network ("a>b b>c c>a"));
  check_heads (&world, "a b c", "");
  {
    g_autoptr (RnQueue) queue = rn_queue_new ();

    g_assert_cmpfloat (rn_queue_walk (queue, world.frame, 0, NULL, NULL), ==, 3000);
  }
  help_world_clear (&world);
}

static void
test_walk (void)
{
  g_autoptr (RnQueue) queue = rn_queue_new ();
  const guint32 *sections;
  guint n;
  HelpWorld world;

  help_world_init (&world, fixture_road ("t", 8));
  set_jam (&world, "a2 a3 a4");
  rn_queue_walk (queue, world.frame, 4, &sections, &n);
  g_assert_cmpuint (n, ==, 3);
  for (guint k = 0; k < 3; k++)
    g_assert_cmpuint (sections[k], ==, 4 - k); /* nearest first */
  /* behind a section that is free already, but no further */
  rn_queue_walk (queue, world.frame, 5, &sections, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (sections[0], ==, 4);
  g_assert_cmpfloat (rn_queue_walk (queue, world.frame, 6, NULL, &n), ==, 0);
  g_assert_cmpuint (n, ==, 0);
  help_world_clear (&world);
}

static void
test_lost (void)
{
  HelpWorld world;

  help_world_init (&world, fixture_road ("t", 4));
  world.state = RN_FEED_LOST;
  check_heads (&world, "a1 a2", "");
  help_world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/queue/road", test_road);
  g_test_add_func ("/queue/junctions", test_junctions);
  g_test_add_func ("/queue/walk", test_walk);
  g_test_add_func ("/queue/lost", test_lost);
  return g_test_run ();
}
