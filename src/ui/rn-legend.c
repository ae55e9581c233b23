/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are made when the colouring changes, lengths with each frame. Samples are drawn by the map's
 * own rasteriser, so that legend and map cannot differ. Main thread. */
#include "ui/rn-legend.h"

#include "base/rn-text.h"
#include "carto/rn-raster.h"
#include "ui/rn-compat.h"

#define SAMPLE_WIDTH_PX 36
#define SAMPLE_HEIGHT_PX 14
#define SAMPLE_LINE_PX 3.0

struct _RnLegend {
  GtkWidget parent_instance;
  RnSeat *seat;
  GtkWidget *grid;
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

static GdkTexture *
draw_sample (const RnLineStyle *style, RnThemeId theme, int scale)
{
  int width = SAMPLE_WIDTH_PX * scale, height = SAMPLE_HEIGHT_PX * scale;
  gsize stride = (gsize) width * 4;
  guint32 *pixels = g_malloc0 (stride * (gsize) height);
  g_autoptr (GBytes) bytes = NULL;

  rn_raster_sample (style, theme, SAMPLE_LINE_PX, width, height, scale, pixels);
  bytes = g_bytes_new_take (pixels, stride * (gsize) height);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
update_samples (RnLegend *self)
{
  RnThemeId theme = get_theme (self);
  guint n = 0;
  const RnLineStyle *styles = rn_colouring_styles (get_colouring (self), theme, &n);

  for (guint i = 0; i < MIN (n, self->n); i++)
    {
      g_autoptr (GdkTexture) texture
          = draw_sample (&styles[i], theme, gtk_widget_get_scale_factor (GTK_WIDGET (self)));

      gtk_picture_set_paintable (GTK_PICTURE (self->samples[i]), GDK_PAINTABLE (texture));
    }
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
      g_autofree char *text = rn_text_measure (km[i], km[i] >= 99.95 ? 0 : 1, "km");

      gtk_label_set_label (GTK_LABEL (self->lengths[i]), text);
    }
}

static GtkWidget *
attach_label (RnLegend *self, const char *text, int column, int row, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (GTK_GRID (self->grid), label, column, row, 1, 1);
  return label;
}

static void
add_band (RnLegend *self, const RnBand *band, guint i, int row)
{
  gboolean has_range = band->range != NULL && *band->range != '\0'
                       && get_colouring (self) != RN_COLOURING_STATE;
  const char *text = has_range ? band->range : band->title;
  GtkWidget *title;

  attach_label (self, band->label, 0, row, "rn-digit");
  self->samples[i] = gtk_picture_new ();
  gtk_widget_set_size_request (self->samples[i], SAMPLE_WIDTH_PX, SAMPLE_HEIGHT_PX);
  gtk_widget_set_valign (self->samples[i], GTK_ALIGN_CENTER);
  gtk_picture_set_can_shrink (GTK_PICTURE (self->samples[i]), TRUE);
  gtk_widget_add_css_class (self->samples[i], "rn-sample");
  rn_compat_set_name (self->samples[i], band->title);
  gtk_grid_attach (GTK_GRID (self->grid), self->samples[i], 1, row, 1, 1);
  title = attach_label (self, text, 2, row, "rn-band");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  if (has_range)
    gtk_widget_set_tooltip_text (title, band->title);
  self->lengths[i] = attach_label (self, RN_DASH, 3, row, "rn-length");
  gtk_label_set_xalign (GTK_LABEL (self->lengths[i]), 1);
}

static void
rebuild (RnLegend *self)
{
  guint n = 0;
  const RnBand *bands = rn_colouring_bands (get_colouring (self), &n);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  self->n = MIN (n, RN_MAX_BANDS);
  for (guint i = 1; i < self->n; i++)
    add_band (self, &bands[i], i, (int) i - 1);
  if (self->n > 0) /* "no data" comes last */
    add_band (self, &bands[0], 0, (int) self->n);
  update_samples (self);
  update_lengths (self);
}

static void
rn_legend_dispose (GObject *object)
{
  RnLegend *self = RN_LEGEND (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
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
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 8);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (update_samples), NULL);
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
  g_signal_connect_object (rn_seat_get_session (seat), "changed", G_CALLBACK (update_lengths),
                           self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
