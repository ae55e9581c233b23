/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences say what was seen before what to do about it. Pure. */
#include "alert/rn-alert-mend.h"

#include <math.h>

#include "base/rn-i18n.h"

#define STEPS_OF_A_LIMIT 8.0 /* a step is no more than this part of the limit */
#define ALMOST 1e-9

double
rn_mend_round (double value, double from)
{
  static const double nice[] = { 5, 2, 1 };
  double wish = fabs (from) / STEPS_OF_A_LIMIT;
  double decade, step = 0, n;

  if (!(wish > 0))
    return value;
  decade = pow (10, floor (log10 (wish)));
  for (guint i = 0; i < G_N_ELEMENTS (nice) && step == 0; i++)
    if (nice[i] * decade <= wish + ALMOST * decade)
      step = nice[i] * decade;
  n = value / step;
  n = value >= from ? ceil (n - ALMOST) : floor (n + ALMOST);
  return n * step;
}

double
rn_mend_round_s (double seconds)
{
  double step = seconds <= 60 ? 30 : seconds <= 600 ? 60 : 300;

  return step * ceil (seconds / step - ALMOST);
}

char *
rn_mend_dup_reason (const RnMend *self)
{
  switch (self->kind)
    {
    case RN_MEND_EXIT:
    case RN_MEND_KEEP:
      return g_strdup_printf (_("%u of %u came back soon after they were over"), self->n,
                              self->of);
    case RN_MEND_FOR:
      return g_strdup_printf (_("%u of %u were over before anybody could act"), self->n, self->of);
    case RN_MEND_ENTER:
      return self->n > 0
                 ? g_strdup_printf (_("Nobody answered %u of %u: a harder limit"), self->n,
                                    self->of)
                 : g_strdup_printf (_("%u are too many to act on: a harder limit"), self->of);
    case RN_MEND_RETIRE:
      return g_strdup_printf (
          _("Nobody answered %u of %u: a colour on the map would do, not an alert"), self->n,
          self->of);
    case RN_MEND_SCOPE:
      return g_strdup_printf (
          _("%u stand for over a day: nothing is done about them. Narrow the scope or the hours"),
          self->n);
    case RN_MEND_CHECK:
      return g_strdup_printf (_("%u of %u come and go at once: check what measures there"),
                              self->n, self->of);
    case RN_MEND_NONE:
    default:
      return g_strdup (_("Nothing to mend"));
    }
}

/* A plain number as a rule file would hold it. */
static char *
dup_number (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, fabs (value) < 2 ? "%.2f" : "%g", value);
  return g_strdup (text);
}

char *
rn_mend_dup_change (const RnMend *self)
{
  static const char *const members[] = {
    [RN_MEND_EXIT] = "exit",
    [RN_MEND_KEEP] = "keep_s",
    [RN_MEND_FOR] = "for_s",
    [RN_MEND_ENTER] = "enter",
  };
  const char *member = self->kind < G_N_ELEMENTS (members) ? members[self->kind] : NULL;
  g_autofree char *from = NULL, *to = NULL;

  if (member == NULL || isnan (self->to))
    return NULL;
  from = self->kind == RN_MEND_KEEP || self->kind == RN_MEND_FOR
             ? g_strdup_printf ("%.0f", self->from)
             : dup_number (self->from);
  to = self->kind == RN_MEND_KEEP || self->kind == RN_MEND_FOR ? g_strdup_printf ("%.0f", self->to)
                                                               : dup_number (self->to);
  return g_strdup_printf ("%s: %s %s → %s", rn_tier_word (self->tier), member, from, to);
}
