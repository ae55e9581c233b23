/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two rows of fitting children side by side: feeds take what they need, figures get the rest. Feeds
 * that find no room are counted in a button whose popover lists them. Main thread. */
#include "ui/rn-truth-strip.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-feed-button.h"
#include "ui/rn-figures-bar.h"
#include "ui/rn-fit-box.h"
#include "ui/rn-record-button.h"

#define GAP_PX 8
#define RECORD_PRIORITY G_MAXINT /* it is short, and one */

struct _RnTruthStrip {
  GtkWidget parent_instance;
  GtkWidget *fit, *figures;
  GtkWidget *more, *more_label, *more_list; /* menu button; the box in its popover */
  GtkWidget *record;                        /* RnRecordButton, the last in fit; NULL not yet */
  GPtrArray *buttons;                       /* RnFeedButton, borrowed from fit */
  GPtrArray *feeds;                         /* RnFeedStatus as last set */
  RnFeedContext context;
};

G_DEFINE_FINAL_TYPE (RnTruthStrip, rn_truth_strip, GTK_TYPE_WIDGET)

static void
rn_truth_strip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  RnTruthStrip *self = RN_TRUTH_STRIP (widget);
  int min[2], nat[2];

  gtk_widget_measure (self->fit, orientation, -1, &min[0], &nat[0], NULL, NULL);
  gtk_widget_measure (self->figures, orientation, -1, &min[1], &nat[1], NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = min[0] + min[1];
      *natural = nat[0] + GAP_PX + nat[1];
    }
  else
    {
      *minimum = MAX (min[0], min[1]);
      *natural = MAX (nat[0], nat[1]);
    }
}

static void
allocate (GtkWidget *strip, GtkWidget *child, int x, int width, int strip_width, int height)
{
  gboolean rtl = gtk_widget_get_direction (strip) == GTK_TEXT_DIR_RTL;

  gtk_widget_size_allocate (
      child, &(GtkAllocation){ rtl ? strip_width - x - width : x, 0, width, height }, -1);
}

static void
rn_truth_strip_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnTruthStrip *self = RN_TRUTH_STRIP (widget);
  int feeds = 0, figures = 0;

  gtk_widget_measure (self->fit, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &feeds, NULL, NULL);
  gtk_widget_measure (self->figures, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &figures, NULL, NULL);
  feeds = MIN (feeds, width);
  figures = CLAMP (width - feeds - GAP_PX, 0, figures);
  allocate (widget, self->fit, 0, feeds, width, height);
  allocate (widget, self->figures, width - figures, figures, width, height);
}

static void
rn_truth_strip_dispose (GObject *object)
{
  RnTruthStrip *self = RN_TRUTH_STRIP (object);

  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->feeds, g_ptr_array_unref);
  g_clear_pointer (&self->context.timezone, g_time_zone_unref);
  g_clear_pointer (&self->fit, gtk_widget_unparent);
  g_clear_pointer (&self->figures, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_truth_strip_parent_class)->dispose (object);
}

static void
rn_truth_strip_class_init (RnTruthStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_truth_strip_dispose;
  widget_class->measure = rn_truth_strip_measure;
  widget_class->size_allocate = rn_truth_strip_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "truthstrip");
}

/* ---- feeds without room ---------------------------------------------------------------------- */

static gboolean
fits (RnTruthStrip *self, guint i)
{
  return rn_fit_box_fits (RN_FIT_BOX (self->fit), self->buttons->pdata[i]);
}

static void
update_more_list (RnTruthStrip *self)
{
  GtkWidget *row = gtk_widget_get_first_child (self->more_list);

  for (guint i = 0; i < self->buttons->len; i++)
    {
      if (fits (self, i))
        continue;
      if (row == NULL)
        {
          row = rn_feed_button_new ();
          gtk_box_append (GTK_BOX (self->more_list), row);
        }
      rn_feed_button_set_status (RN_FEED_BUTTON (row), self->feeds->pdata[i], &self->context);
      gtk_widget_set_visible (row, TRUE);
      row = gtk_widget_get_next_sibling (row);
    }
  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    gtk_widget_set_visible (row, FALSE);
}

static void
update_more (RnTruthStrip *self)
{
  g_autofree char *label = NULL, *name = NULL;
  guint n = 0;

  for (guint i = 0; i < self->buttons->len; i++)
    n += fits (self, i) ? 0 : 1;
  label = g_strdup_printf ("+%u", n);
  name = g_strdup_printf (ngettext ("%u more feed", "%u more feeds", n), n);
  gtk_label_set_label (GTK_LABEL (self->more_label), label);
  rn_compat_set_tooltip (self->more, name);
  if (gtk_widget_get_mapped (self->more_list))
    update_more_list (self);
}

static void
hidden_changed_cb (RnTruthStrip *self)
{
  update_more (self);
}

static void
more_map_cb (RnTruthStrip *self)
{
  update_more_list (self);
}

static void
add_more_button (RnTruthStrip *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->more = gtk_menu_button_new ();
  self->more_list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_popover_set_child (GTK_POPOVER (popover), self->more_list);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->more), popover);
  self->more_label = gtk_label_new ("+9");
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->more), self->more_label);
  gtk_widget_add_css_class (self->more, "rn-feed");
  gtk_widget_add_css_class (self->more, "more");
  gtk_widget_set_valign (self->more, GTK_ALIGN_CENTER);
  g_signal_connect_object (popover, "map", G_CALLBACK (more_map_cb), self, G_CONNECT_SWAPPED);
  rn_fit_box_set_overflow (RN_FIT_BOX (self->fit), self->more);
}

/* ---- API ------------------------------------------------------------------------------------- */

static void
rn_truth_strip_init (RnTruthStrip *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_add_css_class (widget, "rn-truth");
  self->buttons = g_ptr_array_new ();
  self->fit = rn_fit_box_new (4);
  gtk_widget_set_parent (self->fit, widget);
  g_signal_connect_object (self->fit, "hidden-changed", G_CALLBACK (hidden_changed_cb), self,
                           G_CONNECT_SWAPPED);
  add_more_button (self);
  self->figures = rn_figures_bar_new ();
  gtk_widget_set_parent (self->figures, widget);
}

/* Behind all that have come since. */
static void
move_record_last (RnTruthStrip *self)
{
  g_autoptr (GtkWidget) record = self->record != NULL ? g_object_ref (self->record) : NULL;

  if (record == NULL)
    return;
  rn_fit_box_remove (RN_FIT_BOX (self->fit), record);
  rn_fit_box_append (RN_FIT_BOX (self->fit), record, RECORD_PRIORITY);
}

static void
set_n_buttons (RnTruthStrip *self, guint n)
{
  gboolean more = n > self->buttons->len;

  while (self->buttons->len > n)
    rn_fit_box_remove (RN_FIT_BOX (self->fit),
                       g_ptr_array_steal_index (self->buttons, self->buttons->len - 1));
  while (self->buttons->len < n)
    {
      GtkWidget *button = rn_feed_button_new ();

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      rn_fit_box_append (RN_FIT_BOX (self->fit), button, 0);
      g_ptr_array_add (self->buttons, button);
    }
  if (more)
    move_record_last (self);
}

/* The network does not age: it is there or it is not, or something is wrong with it. */
static gboolean
is_shown (const RnFeedStatus *status)
{
  return status->kind != RN_FEED_NETWORK || status->warning != NULL
         || rn_feed_look (status) != RN_FEED_LOOK_LIVE;
}

static void
keep (RnTruthStrip *self, const GPtrArray *feeds, const RnFeedContext *context)
{
  GTimeZone *old = self->context.timezone;

  g_clear_pointer (&self->feeds, g_ptr_array_unref);
  self->feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_feed_status_free);
  for (guint i = 0; i < feeds->len; i++)
    if (is_shown (feeds->pdata[i]))
      g_ptr_array_add (self->feeds, rn_feed_status_copy (feeds->pdata[i]));
  self->context = *context;
  self->context.timezone = context->timezone != NULL ? g_time_zone_ref (context->timezone) : NULL;
  g_clear_pointer (&old, g_time_zone_unref);
}

void
rn_truth_strip_set_feeds (RnTruthStrip *self, const GPtrArray *feeds, const RnFeedContext *context)
{
  keep (self, feeds, context);
  set_n_buttons (self, self->feeds->len);
  for (guint i = 0; i < self->feeds->len; i++)
    {
      RnFeedButton *button = self->buttons->pdata[i];
      const RnFeedStatus *status = self->feeds->pdata[i];

      rn_feed_button_set_status (button, status, context);
      rn_fit_box_set_priority (
          RN_FIT_BOX (self->fit), GTK_WIDGET (button),
          (int) MAX (rn_feed_button_get_look (button),
                     status->warning != NULL ? RN_FEED_LOOK_LATE : RN_FEED_LOOK_WAITING));
    }
  if (gtk_widget_get_mapped (self->more_list))
    update_more_list (self);
}

void
rn_truth_strip_set_figures (RnTruthStrip *self, const RnFigures *figures, const char *as_of)
{
  rn_figures_bar_set_figures (RN_FIGURES_BAR (self->figures), figures, as_of);
}

void
rn_truth_strip_set_record (RnTruthStrip *self, RnHistory *history, const RnJournalStatus *journal,
                           const RnFeedContext *context)
{
  if (self->record == NULL)
    {
      self->record = rn_record_button_new ();
      gtk_widget_set_valign (self->record, GTK_ALIGN_CENTER);
      rn_fit_box_append (RN_FIT_BOX (self->fit), self->record, RECORD_PRIORITY);
    }
  rn_record_button_update (RN_RECORD_BUTTON (self->record), history, journal, context);
}
