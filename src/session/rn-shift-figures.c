/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts with the first entry or step that it sees: a shift that nobody has begun by name runs
 * since the start of the program. Main thread. */
#include "session/rn-shift-figures.h"

struct _RnShiftFigures {
  GObject parent_instance;
  RnAlertDesk *desk;       /* borrowed: the session owns both */
  RnAlertFigures *figures; /* NULL before the first entry */
  RnAlertReport *last;
};

G_DEFINE_FINAL_TYPE (RnShiftFigures, rn_shift_figures, G_TYPE_OBJECT)

static guint shift_changed_signal;

static void
take (RnShiftFigures *self, const RnAlertEntry *entry)
{
  if (self->figures == NULL)
    self->figures = rn_alert_figures_new (entry->at_us);
  else if (entry->kind == RN_ENTRY_SHIFT)
    {
      g_clear_pointer (&self->last, rn_alert_report_free);
      self->last = rn_alert_figures_dup_report (self->figures, rn_alert_desk_get_rules (self->desk),
                                                entry->at_us);
    }
  rn_alert_figures_take (self->figures, entry);
  if (entry->kind == RN_ENTRY_SHIFT)
    g_signal_emit (self, shift_changed_signal, 0);
}

static void
entries_cb (RnShiftFigures *self, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    take (self, entries->pdata[i]);
}

RnAlertReport *
rn_shift_figures_dup_report (RnShiftFigures *self)
{
  gint64 now_us = rn_alert_desk_get_now_us (self->desk);

  if (self->figures == NULL)
    self->figures = rn_alert_figures_new (now_us);
  return rn_alert_figures_dup_report (self->figures, rn_alert_desk_get_rules (self->desk), now_us);
}

const RnAlertReport *
rn_shift_figures_get_last (RnShiftFigures *self)
{
  return self->last;
}

static void
rn_shift_figures_finalize (GObject *object)
{
  RnShiftFigures *self = RN_SHIFT_FIGURES (object);

  g_clear_pointer (&self->figures, rn_alert_figures_free);
  g_clear_pointer (&self->last, rn_alert_report_free);
  G_OBJECT_CLASS (rn_shift_figures_parent_class)->finalize (object);
}

static void
rn_shift_figures_class_init (RnShiftFiguresClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rn_shift_figures_finalize;
  shift_changed_signal = g_signal_new ("shift-changed", RN_TYPE_SHIFT_FIGURES, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rn_shift_figures_init (RnShiftFigures *self)
{
}

RnShiftFigures *
rn_shift_figures_new (RnAlertDesk *desk)
{
  RnShiftFigures *self = g_object_new (RN_TYPE_SHIFT_FIGURES, NULL);

  self->desk = desk;
  g_signal_connect_object (desk, "entries", G_CALLBACK (entries_cb), self, G_CONNECT_SWAPPED);
  return self;
}
