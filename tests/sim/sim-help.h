/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the simulator share. */
#pragma once

#include "sim/rn-sim-answers.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000000))

static inline RnSimWorld *
make_world (guint64 seed)
{
  RnSimOptions options = RN_SIM_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  RnSimWorld *world;

  options.seed = seed;
  world = rn_sim_world_new (&options, &error);
  g_assert_no_error (error);
  g_assert_nonnull (world);
  return world;
}

/* A small grid: quick under the sanitizers. */
static inline RnSimWorld *
make_grid (guint n_sections)
{
  RnSimOptions options = RN_SIM_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  RnSimWorld *world;

  options.n_sections = n_sections;
  world = rn_sim_world_new (&options, &error);
  g_assert_no_error (error);
  return world;
}

/* The stamped document of a kind, as the server would send it. */
static inline GBytes *
document_of (const RnSimWorld *world, RnSimKind kind)
{
  g_autoptr (RnSimAnswers) answers = rn_sim_answers_new (world);

  return g_bytes_ref (rn_sim_answers_get (answers, kind, 0)->body);
}

static inline guint32
section_of (const RnSimWorld *world, const char *id)
{
  guint32 i = rn_network_find_section (rn_sim_world_network (world), NULL, id);

  g_assert_cmpuint (i, !=, RN_NONE);
  return i;
}
