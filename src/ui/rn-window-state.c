/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GSettings already refuses values of another type; here are the ranges. Main thread. */
#include "ui/rn-window-state.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "carto/rn-mercator.h"

#define MIN_WIDTH_PX 640
#define MIN_HEIGHT_PX 480
#define MAX_SIDE_PX 4096

static void
refuse (GPtrArray *refused, const char *key)
{
  g_ptr_array_add (refused, g_strdup_printf (_("%s: its value makes no sense"), key));
}

static void
read_colouring (RnWindowState *self, GSettings *settings, GPtrArray *refused)
{
  g_autofree char *word = g_settings_get_string (settings, "colouring");

  self->colouring = RN_COLOURING_STATE;
  if (!rn_colouring_from_word (word, &self->colouring))
    refuse (refused, "colouring");
}

static void
read_layers (RnWindowState *self, GSettings *settings, GPtrArray *refused)
{
  g_auto (GStrv) layers = g_settings_get_strv (settings, "layers");
  g_autoptr (GVariant) order = g_settings_get_value (settings, "layer-order");
  g_autoptr (GVariant) opacity = g_settings_get_value (settings, "layer-opacity");

  self->layers = rn_layers_parse ((const char *const *) layers, refused);
  rn_layer_stack_parse (&self->stack, order, opacity, refused);
}

void
rn_window_state_read (RnWindowState *self, GSettings *settings, GPtrArray *refused)
{
  RnViewPlace *view = &self->view;

  *self = (RnWindowState){ 0 };
  g_settings_get (settings, "window-size", "(ii)", &self->width, &self->height);
  self->maximized = g_settings_get_boolean (settings, "maximized");
  self->left_open = g_settings_get_boolean (settings, "left-open");
  self->right_width = g_settings_get_int (settings, "right-width");
  if (self->right_width < 0 || self->right_width > MAX_SIDE_PX)
    {
      refuse (refused, "right-width");
      self->right_width = 0;
    }
  self->tab = g_settings_get_string (settings, "tab");
  g_settings_get (settings, "view", "(dddd)", &view->lon, &view->lat, &view->zoom, &view->rotation);
  if (view->zoom != 0 && !rn_view_place_is_valid (view))
    {
      refuse (refused, "view");
      *view = (RnViewPlace){ 0 };
    }
  read_layers (self, settings, refused);
  read_colouring (self, settings, refused);
  self->filters = g_settings_get_value (settings, "filters");
}

/* Takes a floating @value; a key that has it already is not written. */
static void
write_key (GSettings *settings, const char *key, GVariant *value)
{
  g_autoptr (GVariant) now = g_settings_get_value (settings, key);
  g_autoptr (GVariant) wanted = g_variant_ref_sink (value);

  if (!g_variant_equal (now, wanted))
    g_settings_set_value (settings, key, wanted);
}

void
rn_window_state_write (const RnWindowState *self, GSettings *settings)
{
  const RnViewPlace *view = &self->view;

  write_key (settings, "window-size", g_variant_new ("(ii)", self->width, self->height));
  write_key (settings, "maximized", g_variant_new_boolean (self->maximized));
  write_key (settings, "left-open", g_variant_new_boolean (self->left_open));
  write_key (settings, "right-width", g_variant_new_int32 (self->right_width));
  write_key (settings, "tab", g_variant_new_string (self->tab));
  write_key (settings, "view",
             g_variant_new ("(dddd)", view->lon, view->lat, view->zoom, view->rotation));
  write_key (settings, "layers", rn_layers_to_variant (self->layers));
  write_key (settings, "layer-order", rn_layer_stack_order_to_variant (&self->stack));
  write_key (settings, "layer-opacity", rn_layer_stack_opacity_to_variant (&self->stack));
  write_key (settings, "colouring", g_variant_new_string (rn_colouring_word (self->colouring)));
  write_key (settings, "filters", self->filters);
}

void
rn_window_state_clear (RnWindowState *self)
{
  g_clear_pointer (&self->tab, g_free);
  g_clear_pointer (&self->filters, g_variant_unref);
}

void
rn_window_state_clamp (RnWindowState *self, int max_width, int max_height)
{
  self->width = MAX (MIN (self->width, max_width), MIN_WIDTH_PX);
  self->height = MAX (MIN (self->height, max_height), MIN_HEIGHT_PX);
}

gboolean
rn_window_state_view_touches (const RnViewPlace *view, int width, int height, const RnBox *extent)
{
  double x, y, x0, y0, x1, y1, reach = hypot (width, height) / 2; /* however it is turned */

  if (rn_box_is_empty (extent))
    return FALSE;
  rn_mercator_project ((RnPoint){ view->lon, view->lat }, view->zoom, &x, &y);
  rn_mercator_project ((RnPoint){ extent->min_lon, extent->max_lat }, view->zoom, &x0, &y0);
  rn_mercator_project ((RnPoint){ extent->max_lon, extent->min_lat }, view->zoom, &x1, &y1);
  return x + reach >= x0 && x - reach <= x1 && y + reach >= y0 && y - reach <= y1;
}
