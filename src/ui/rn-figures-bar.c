/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Label, large number, unit; thin lines between. What is not known is a dash, never zero. Main
 * thread. */
#include "ui/rn-figures-bar.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-compat.h"
#include "ui/rn-fit-box.h"

typedef enum {
  FIGURE_SMOOTH,
  FIGURE_SLOW,
  FIGURE_SEVERE,
  FIGURE_SPEED,
  FIGURE_TODAY,
  N_FIGURES
} Figure;

static const struct {
  const char *title, *unit, *hint;
  int priority;
} figure_info[N_FIGURES] = {
  [FIGURE_SMOOTH] = { NC_ ("figure", "Smooth rate"), "%",
                      N_("Share of the length with data that is not slow, congested or severe"),
                      9 },
  [FIGURE_SLOW] = { NC_ ("figure", "Slow"), "",
                    N_("Carriageway that is slow, congested or severe"), 7 },
  [FIGURE_SEVERE] = { NC_ ("figure", "Severe"), "", N_("Severely congested carriageway"), 8 },
  [FIGURE_SPEED] = { NC_ ("figure", "Mean speed"), "",
                     N_("Mean speed, weighted by length and flow"), 6 },
  [FIGURE_TODAY] = { NC_ ("figure", "Today"), NC_ ("unit", "veh"),
                     N_("Vehicles since midnight, against the record day"), 5 },
};

#define PRIORITY_AS_OF 10
#define PRIORITY_RECORD 4

struct _RnFiguresBar {
  GtkWidget parent_instance;
  GtkWidget *fit, *as_of, *record;
  GtkWidget *boxes[N_FIGURES], *numbers[N_FIGURES], *units[N_FIGURES];
};

G_DEFINE_FINAL_TYPE (RnFiguresBar, rn_figures_bar, GTK_TYPE_WIDGET)

static void
rn_figures_bar_dispose (GObject *object)
{
  g_clear_pointer (&RN_FIGURES_BAR (object)->fit, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_figures_bar_parent_class)->dispose (object);
}

static void
rn_figures_bar_class_init (RnFiguresBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_figures_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
append_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_figure (RnFiguresBar *self, Figure i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *unit = figure_info[i].unit;

  gtk_widget_add_css_class (box, "rn-kf");
  append_label (box, g_dpgettext2 (GETTEXT_PACKAGE, "figure", figure_info[i].title), "rn-label");
  self->numbers[i] = append_label (box, RN_DASH, "rn-kf-number");
  self->units[i] = append_label (
      box, i == FIGURE_TODAY ? g_dpgettext2 (GETTEXT_PACKAGE, "unit", unit) : unit, "rn-label");
  gtk_widget_set_tooltip_text (box, _ (figure_info[i].hint));
  rn_fit_box_append (RN_FIT_BOX (self->fit), box, figure_info[i].priority);
  self->boxes[i] = box;
}

static void
rn_figures_bar_init (RnFiguresBar *self)
{
  GtkWidget *box;

  self->fit = rn_fit_box_new (0);
  rn_fit_box_set_pack_end (RN_FIT_BOX (self->fit), TRUE);
  gtk_widget_set_parent (self->fit, GTK_WIDGET (self));
  self->as_of = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->as_of, "rn-as-of");
  gtk_widget_set_visible (self->as_of, FALSE);
  rn_fit_box_append (RN_FIT_BOX (self->fit), self->as_of, PRIORITY_AS_OF);
  for (Figure i = 0; i < N_FIGURES; i++)
    add_figure (self, i);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "rn-kf-note");
  gtk_widget_set_visible (box, FALSE);
  self->record = append_label (box, "", "rn-label");
  rn_fit_box_append (RN_FIT_BOX (self->fit), box, PRIORITY_RECORD);
}

/* Takes @text. */
static void
set_number (RnFiguresBar *self, Figure i, char *text)
{
  if (!g_str_equal (gtk_label_get_label (GTK_LABEL (self->numbers[i])), text))
    gtk_label_set_label (GTK_LABEL (self->numbers[i]), text);
  g_free (text);
}

static void
set_quantity (RnFiguresBar *self, Figure i, RnQuantity quantity)
{
  set_number (self, i, rn_text_measure (quantity.value, quantity.decimals, NULL));
  if (!g_str_equal (gtk_label_get_label (GTK_LABEL (self->units[i])), quantity.unit))
    gtk_label_set_label (GTK_LABEL (self->units[i]), quantity.unit);
}

static void
set_record (RnFiguresBar *self, const RnFigures *figures)
{
  gboolean known = figures->vehicles_today >= 0 && figures->vehicles_record > 0;
  g_autofree char *share = NULL, *text = NULL;

  gtk_widget_set_visible (gtk_widget_get_parent (self->record), known);
  rn_compat_set_class (self->boxes[FIGURE_TODAY], "with-note", known);
  if (!known)
    return;
  share = rn_text_measure (
      100.0 * (double) figures->vehicles_today / (double) figures->vehicles_record, 0, "%");
  text = g_strdup_printf (_("· %s of the record"), share);
  gtk_label_set_label (GTK_LABEL (self->record), text);
}

GtkWidget *
rn_figures_bar_new (void)
{
  return g_object_new (RN_TYPE_FIGURES_BAR, NULL);
}

void
rn_figures_bar_set_figures (RnFiguresBar *self, const RnFigures *figures, const char *as_of)
{
  gboolean any = figures->data_km > 0;

  set_number (self, FIGURE_SMOOTH, rn_text_measure (100.0 * figures->smooth_rate, 1, NULL));
  set_quantity (self, FIGURE_SLOW, rn_quantity_length (any ? figures->slow_km : NAN));
  set_quantity (self, FIGURE_SEVERE, rn_quantity_length (any ? figures->severe_km : NAN));
  set_quantity (self, FIGURE_SPEED, rn_quantity_speed (figures->mean_speed_kmh));
  set_number (self, FIGURE_TODAY,
              figures->vehicles_today >= 0 ? rn_text_count (figures->vehicles_today)
                                           : g_strdup (RN_DASH));
  set_record (self, figures);
  gtk_widget_set_visible (self->as_of, as_of != NULL);
  rn_compat_set_class (GTK_WIDGET (self), "aged", as_of != NULL);
  if (as_of != NULL)
    {
      g_autofree char *text = g_strdup_printf (_("As of %s"), as_of);

      gtk_label_set_label (GTK_LABEL (self->as_of), text);
    }
}
