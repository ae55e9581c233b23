/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts with the last day of the journal, else with the first entry that it sees: a shift that
 * nobody has begun by name runs since then. Main thread. */
#include "session/rn-shift-figures.h"

/* A shift, and the one before. */
#define PAST_US (24 * 3600 * G_GINT64_CONSTANT (1000000))

struct _RnShiftFigures {
  GObject parent_instance;
  RnAlertDesk *desk;       /* borrowed: the session owns both */
  RnAlertFigures *figures; /* NULL before the first entry */
  RnAlertReport *last;
  GPtrArray *waiting;    /* RnAlertEntry since RN_ENTRY_STARTED, while the journal is read; NULL */
  GCancellable *loading; /* NULL */
};

G_DEFINE_FINAL_TYPE (RnShiftFigures, rn_shift_figures, G_TYPE_OBJECT)

static guint shift_changed_signal;

static void
entry_free (gpointer data)
{
  rn_alert_entry_unref (data);
}

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

/* ---- from the journal ------------------------------------------------------------------------ */

/* All that came before @started; then what waited while it was read. */
static void
take_past (RnShiftFigures *self, const GPtrArray *past, const RnAlertEntry *started)
{
  for (guint i = 0; past != NULL && i < past->len; i++)
    {
      const RnAlertEntry *entry = past->pdata[i];

      if (entry->kind == RN_ENTRY_STARTED && entry->at_us == started->at_us)
        break;
      take (self, entry);
    }
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RnShiftFigures) self = data;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GPtrArray) past = NULL;
  g_autoptr (GError) error = NULL;

  past = rn_alert_desk_load_finish (RN_ALERT_DESK (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->waiting == NULL)
    return;
  if (error != NULL)
    g_message ("figures about alerts begin now, the journal could not be read: %s", error->message);
  waiting = g_steal_pointer (&self->waiting);
  take_past (self, past, waiting->pdata[0]);
  for (guint i = 0; i < waiting->len; i++)
    take (self, waiting->pdata[i]);
}

/* The desk has begun with what its journal told: so do the figures. */
static void
begin_anew (RnShiftFigures *self, gint64 now_us)
{
  g_clear_pointer (&self->figures, rn_alert_figures_free);
  g_clear_pointer (&self->last, rn_alert_report_free);
  if (self->waiting != NULL)
    g_ptr_array_set_size (self->waiting, 0);
  else
    self->waiting = g_ptr_array_new_with_free_func (entry_free);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  rn_alert_desk_load_async (self->desk, now_us - PAST_US, self->loading, loaded_cb,
                            g_object_ref (self));
}

static void
entries_cb (RnShiftFigures *self, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const RnAlertEntry *entry = entries->pdata[i];

      if (entry->kind == RN_ENTRY_STARTED)
        begin_anew (self, entry->at_us);
      if (self->waiting != NULL)
        g_ptr_array_add (self->waiting, (gpointer) rn_alert_entry_ref (entry));
      else
        take (self, entry);
    }
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

  g_clear_object (&self->loading);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
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
