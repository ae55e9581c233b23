/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are made when the colouring changes, lengths with each frame. Samples are drawn by the map's
 * own rasteriser, so that legend and map cannot differ. Main thread. */
#include "ui/rn-legend.h"

#include <math.h>

#include "base/rn-text.h"
#include "carto/rn-raster.h"
#include "ui/rn-compat.h"

#define SAMPLE_WIDTH_PX 36
#define SAMPLE_HEIGHT_PX 14
#define SAMPLE_LINE_PX 3.0

struct _RnLegend {
  GtkWidget parent_instance;
  RnSeat *seat;
  GtkWidget *box;
  guint n;
  GtkWidget *samples[RN_MAX_BANDS], *lengths[RN_MAX_BANDS];
};

G_DEFINE_FINAL_TYPE (RnLegend, rn_legend, GTK_TYPE_WIDGET)

static RnColouring
get_colouring (RnLegend *self)
{
  int colouring = RN_COLOURING_STATE;

  g_object_get (self->seat, "colouring", &colouring, NULL);
  return colouring;
}

static RnThemeId
get_theme (RnLegend *self)
{
  int theme = RN_THEME_DARK;

  g_object_get (self->seat, "theme", &theme, NULL);
  return theme;
}

/* @data: index of the class. */
static void
draw_sample (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  RnLegend *self = RN_LEGEND (gtk_widget_get_ancestor (GTK_WIDGET (area), RN_TYPE_LEGEND));
  RnThemeId theme = get_theme (self);
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (area));
  guint n = 0, i = GPOINTER_TO_UINT (data);
  const RnLineStyle *styles = rn_colouring_styles (get_colouring (self), theme, &n);
  cairo_surface_t *surface;

  if (i >= n)
    return;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  cairo_surface_flush (surface);
  rn_raster_sample (&styles[i], theme, SAMPLE_LINE_PX, width * scale, height * scale, scale,
                    (guint32 *) (void *) cairo_image_surface_get_data (surface));
  cairo_surface_mark_dirty (surface);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

static void
update_samples (RnLegend *self)
{
  for (guint i = 0; i < self->n; i++)
    gtk_widget_queue_draw (self->samples[i]);
}

static void
update_lengths (RnLegend *self)
{
  const RnFrame *frame = rn_seat_get_frame (self->seat);
  RnColouring colouring = get_colouring (self);
  g_autofree guint8 *classes = g_new0 (guint8, MAX (frame->network->n_sections, 1));
  double km[RN_MAX_BANDS] = { 0 };

  rn_colouring_classify (colouring, frame, classes);
  rn_colouring_lengths_km (frame->network, classes, km);
  for (guint i = 0; i < self->n; i++)
    {
      RnQuantity length = rn_quantity_length (frame->network->n_sections > 0 ? km[i] : NAN);
      g_autofree char *text = NULL;

      length.decimals = length.value >= 99.95 ? 0 : 1;
      text = rn_text_quantity (length);

      gtk_label_set_label (GTK_LABEL (self->lengths[i]), text);
    }
}

static GtkWidget *
append_label (GtkWidget *row, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (row), label);
  return label;
}

static void
append_sample (RnLegend *self, GtkWidget *row, guint i, const char *name)
{
  GtkWidget *sample = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (sample), SAMPLE_WIDTH_PX);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (sample), SAMPLE_HEIGHT_PX);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (sample), draw_sample, GUINT_TO_POINTER (i),
                                  NULL);
  gtk_widget_set_valign (sample, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (sample, "rn-sample");
  rn_compat_set_name (sample, name);
  gtk_box_append (GTK_BOX (row), sample);
  self->samples[i] = sample;
}

/* Each row is a box of its own: a long name may use what its length leaves. */
static void
add_band (RnLegend *self, const RnBand *band, guint i)
{
  gboolean has_range = *band->range != '\0' && get_colouring (self) != RN_COLOURING_STATE;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title;

  append_label (row, band->label, "rn-digit");
  append_sample (self, row, i, band->title);
  title = append_label (row, has_range ? band->range : band->title, "rn-band");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  if (has_range)
    gtk_widget_set_tooltip_text (title, band->title);
  self->lengths[i] = append_label (row, RN_DASH, "rn-length");
  gtk_box_append (GTK_BOX (self->box), row);
}

static void
rebuild (RnLegend *self)
{
  guint n = 0;
  const RnBand *bands = rn_colouring_bands (get_colouring (self), &n);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  self->n = MIN (n, RN_MAX_BANDS);
  for (guint i = 1; i < self->n; i++)
    add_band (self, &bands[i], i);
  if (self->n > 0) /* "no data" comes last */
    add_band (self, &bands[0], 0);
  update_samples (self);
  update_lengths (self);
}

static void
rn_legend_dispose (GObject *object)
{
  RnLegend *self = RN_LEGEND (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->seat);
  G_OBJECT_CLASS (rn_legend_parent_class)->dispose (object);
}

static void
rn_legend_class_init (RnLegendClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_legend_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "legend");
}

static void
rn_legend_init (RnLegend *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
rn_legend_new (RnSeat *seat)
{
  RnLegend *self = g_object_new (RN_TYPE_LEGEND, NULL);

  self->seat = g_object_ref (seat);
  g_signal_connect_object (seat, "notify::colouring", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::theme", G_CALLBACK (update_samples), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rn_seat_get_session (seat), "changed", G_CALLBACK (update_lengths), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
