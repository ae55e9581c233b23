/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Its controls are named after the map, for a screen reader goes through them row by row. */
#include "ui/rn-base-map-row.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"

struct _RnBaseMapRow {
  AdwActionRow parent_instance;
  RnRasterSpec *spec;
  GtkWidget *opacity, *up, *down, *remove, *enabled;
  gboolean filling;
};

enum { CHANGED, MOVED, REMOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnBaseMapRow, rn_base_map_row, ADW_TYPE_ACTION_ROW)

static void
opacity_cb (RnBaseMapRow *self)
{
  double opacity = round (gtk_range_get_value (GTK_RANGE (self->opacity))) / 100;

  if (self->filling || opacity == self->spec->opacity)
    return;
  self->spec->opacity = opacity;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
enabled_cb (RnBaseMapRow *self)
{
  gboolean enabled = gtk_switch_get_active (GTK_SWITCH (self->enabled));

  if (self->filling || enabled == self->spec->enabled)
    return;
  self->spec->enabled = enabled;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
up_cb (RnBaseMapRow *self)
{
  g_signal_emit (self, signals[MOVED], 0, 1);
}

static void
down_cb (RnBaseMapRow *self)
{
  g_signal_emit (self, signals[MOVED], 0, -1);
}

static void
remove_cb (RnBaseMapRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
rn_base_map_row_finalize (GObject *object)
{
  g_clear_pointer (&RN_BASE_MAP_ROW (object)->spec, rn_raster_spec_free);
  G_OBJECT_CLASS (rn_base_map_row_parent_class)->finalize (object);
}

static void
rn_base_map_row_class_init (RnBaseMapRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rn_base_map_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_BASE_MAP_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", RN_TYPE_BASE_MAP_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REMOVED] = g_signal_new ("removed", RN_TYPE_BASE_MAP_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-base-map-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapRow, opacity);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapRow, up);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapRow, down);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapRow, remove);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapRow, enabled);
  gtk_widget_class_bind_template_callback (widget_class, opacity_cb);
  gtk_widget_class_bind_template_callback (widget_class, enabled_cb);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
rn_base_map_row_init (RnBaseMapRow *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* "XYZ · tiles.example · GCJ-02 · © Someone" */
static char *
dup_subtitle (const RnRasterSpec *spec)
{
  g_autoptr (RnRasterSpec) nameless = rn_raster_spec_copy (spec);
  g_autofree char *kind = g_ascii_strup (rn_raster_kind_word (spec->kind), -1);
  g_autofree char *place = NULL;

  *nameless->name = '\0';
  place = rn_raster_spec_dup_name (nameless);
  return g_strconcat (kind, " · ", place, spec->crs == RN_CRS_GCJ02 ? " · GCJ-02" : "",
                      *spec->licence != '\0' ? " · " : "", spec->licence, NULL);
}

/* Takes @name. */
static void
name_control (GtkWidget *control, char *name)
{
  rn_compat_set_name (control, name);
  g_free (name);
}

GtkWidget *
rn_base_map_row_new (const RnRasterSpec *spec)
{
  RnBaseMapRow *self = g_object_new (RN_TYPE_BASE_MAP_ROW, NULL);
  g_autofree char *name = rn_raster_spec_dup_name (spec);
  g_autofree char *subtitle = dup_subtitle (spec);

  self->spec = rn_raster_spec_copy (spec);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_range_set_value (GTK_RANGE (self->opacity), spec->opacity * 100);
  gtk_switch_set_active (GTK_SWITCH (self->enabled), spec->enabled);
  name_control (self->opacity, g_strdup_printf (_("Opacity of %s"), name));
  name_control (self->up, g_strdup_printf (_("Move %s further up"), name));
  name_control (self->down, g_strdup_printf (_("Move %s further down"), name));
  name_control (self->remove, g_strdup_printf (_("Remove %s"), name));
  name_control (self->enabled, g_strdup_printf (_("Show %s on the map"), name));
  self->filling = FALSE;
  return GTK_WIDGET (self);
}

const RnRasterSpec *
rn_base_map_row_get_spec (RnBaseMapRow *self)
{
  return self->spec;
}

void
rn_base_map_row_set_place (RnBaseMapRow *self, gboolean has_above, gboolean has_below)
{
  gtk_widget_set_sensitive (self->up, has_above);
  gtk_widget_set_sensitive (self->down, has_below);
}
