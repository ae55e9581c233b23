/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings are the truth: each change is written, and the rows are made anew from what is read
 * back, but not while it is a row's own change that came back. The form keeps nothing. */
#include "ui/rn-base-map-page.h"

#include "base/rn-i18n.h"
#include "map/rn-raster-probe.h"
#include "ui/rn-base-map-row.h"
#include "ui/rn-base-maps.h"
#include "ui/rn-compat.h"
#include "ui/rn-settings.h"

/* Where a tile is tried: in the middle of what the embedded map shows. */
#define TEST_LON 119.0
#define TEST_LAT 32.5

struct _RnBaseMapPage {
  AdwPreferencesPage parent_instance;
  GtkWidget *maps, *none, *kind, *location, *choose, *read, *layer, *name, *licence, *crs;
  GtkWidget *http_row, *http, *test, *add, *result;
  GPtrArray *rows;      /* RnBaseMapRow, from below; borrowed from the group */
  GPtrArray *layer_ids; /* char*, of the layer row */
  GtkFileChooserNative *chooser;
  gboolean writing;
  gboolean gone;
  guint edit; /* counts edits: an answer to an older form is not shown */
};

G_DEFINE_FINAL_TYPE (RnBaseMapPage, rn_base_map_page, ADW_TYPE_PREFERENCES_PAGE)

/* ---- the list -------------------------------------------------------------------------------- */

static void
write_specs (RnBaseMapPage *self, GPtrArray *specs)
{
  self->writing = TRUE;
  rn_base_maps_save (specs);
  self->writing = FALSE;
}

static GPtrArray *
dup_specs (RnBaseMapPage *self)
{
  GPtrArray *specs = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_raster_spec_free);

  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (specs, rn_raster_spec_copy (rn_base_map_row_get_spec (self->rows->pdata[i])));
  return specs;
}

static void fill (RnBaseMapPage *self, GPtrArray *specs);

static void
row_changed_cb (RnBaseMapPage *self)
{
  g_autoptr (GPtrArray) specs = dup_specs (self);

  write_specs (self, specs);
}

static void
row_moved_cb (RnBaseMapRow *row, int by, RnBaseMapPage *self)
{
  g_autoptr (GPtrArray) specs = dup_specs (self);
  guint at, to;

  if (!g_ptr_array_find (self->rows, row, &at))
    return;
  to = (guint) CLAMP ((int) at + by, 0, (int) specs->len - 1);
  g_ptr_array_insert (specs, (int) to, g_ptr_array_steal_index (specs, at));
  write_specs (self, specs);
  fill (self, specs);
  gtk_widget_child_focus (self->rows->pdata[to], GTK_DIR_TAB_FORWARD);
}

static void
row_removed_cb (RnBaseMapRow *row, RnBaseMapPage *self)
{
  g_autoptr (GPtrArray) specs = dup_specs (self);
  guint at;

  if (!g_ptr_array_find (self->rows, row, &at))
    return;
  g_ptr_array_remove_index (specs, at);
  write_specs (self, specs);
  fill (self, specs);
}

/* Rows from above, as on the map. */
static void
fill (RnBaseMapPage *self, GPtrArray *specs)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->maps), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < specs->len; i++)
    g_ptr_array_add (self->rows, rn_base_map_row_new (specs->pdata[i]));
  for (guint i = self->rows->len; i > 0; i--)
    {
      RnBaseMapRow *row = self->rows->pdata[i - 1];

      rn_base_map_row_set_place (row, i<self->rows->len, i> 1);
      g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "moved", G_CALLBACK (row_moved_cb), self, 0);
      g_signal_connect_object (row, "removed", G_CALLBACK (row_removed_cb), self, 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->maps), GTK_WIDGET (row));
    }
  gtk_widget_set_visible (self->none, specs->len == 0);
}

static void
settings_changed_cb (RnBaseMapPage *self)
{
  g_autoptr (GPtrArray) specs = NULL;

  if (self->writing)
    return;
  specs = rn_base_maps_load ();
  fill (self, specs);
}

/* ---- the form -------------------------------------------------------------------------------- */

static RnRasterKind
get_kind (RnBaseMapPage *self)
{
  return (RnRasterKind) adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));
}

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
set_field (char **field, const char *text)
{
  g_free (*field);
  *field = g_strstrip (g_strdup (text));
}

static const char *
get_layer (RnBaseMapPage *self)
{
  guint i = adw_combo_row_get_selected (ADW_COMBO_ROW (self->layer));

  return get_kind (self) == RN_RASTER_WMTS && i < self->layer_ids->len ? self->layer_ids->pdata[i]
                                                                       : "";
}

static RnRasterSpec *
dup_form (RnBaseMapPage *self)
{
  RnRasterSpec *spec = rn_raster_spec_new (get_kind (self), "");

  set_field (&spec->location, get_text (self->location));
  set_field (&spec->name, get_text (self->name));
  set_field (&spec->licence, get_text (self->licence));
  set_field (&spec->layer, get_layer (self));
  if (strstr (spec->location, "{s}") != NULL)
    set_field (&spec->subdomains, "abc");
  spec->crs =
      adw_combo_row_get_selected (ADW_COMBO_ROW (self->crs)) == 1 ? RN_CRS_GCJ02 : RN_CRS_WGS84;
  spec->allow_http = gtk_switch_get_active (GTK_SWITCH (self->http));
  return spec;
}

static void
say (RnBaseMapPage *self, const char *text, const char *css_class)
{
  static const char *const classes[] = { "success", "error", "dim-label" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    rn_compat_set_class (self->result, classes[i], g_str_equal (classes[i], css_class));
  gtk_label_set_text (GTK_LABEL (self->result), text);
  gtk_widget_set_visible (self->result, *text != '\0');
}

/* Something in the form is another: what was said does not hold any more. */
static void
edited_cb (RnBaseMapPage *self)
{
  gboolean empty = *get_text (self->location) == '\0';

  self->edit++;
  say (self, "", "");
  gtk_widget_set_sensitive (self->test, !empty);
  gtk_widget_set_sensitive (self->add, !empty);
  gtk_widget_set_sensitive (self->read, !empty);
}

static void
forget_layers (RnBaseMapPage *self)
{
  g_ptr_array_set_size (self->layer_ids, 0);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->layer), NULL);
  gtk_widget_set_visible (self->layer, FALSE);
}

static void
kind_cb (RnBaseMapPage *self)
{
  const char *const titles[RN_N_RASTER_KINDS] = {
    [RN_RASTER_XYZ] = _("Address, as in https://…/{z}/{x}/{y}.png"),
    [RN_RASTER_TMS] = _("Address of the folder, or with {z}, {x} and {y}"),
    [RN_RASTER_WMTS] = _("Address of the service"),
    [RN_RASTER_MBTILES] = _("File name"),
  };
  RnRasterKind kind = get_kind (self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->location), titles[kind]);
  gtk_widget_set_visible (self->choose, kind == RN_RASTER_MBTILES);
  gtk_widget_set_visible (self->read, kind == RN_RASTER_WMTS);
  gtk_widget_set_visible (self->http_row, kind != RN_RASTER_MBTILES);
  forget_layers (self);
  edited_cb (self);
}

/* The form as a spec that passes its check, or NULL after saying why not. */
static RnRasterSpec *
dup_checked_form (RnBaseMapPage *self)
{
  g_autoptr (RnRasterSpec) spec = dup_form (self);
  g_autoptr (GError) error = NULL;

  if (rn_raster_spec_check (spec, &error))
    return g_steal_pointer (&spec);
  say (self, error->message, "error");
  return NULL;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static void
tested_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RnBaseMapPage *self = RN_BASE_MAP_PAGE (object);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rn_raster_probe_tile_finish (result, &error);

  if (self->gone || GPOINTER_TO_UINT (data) != self->edit)
    return;
  say (self, text != NULL ? text : error->message, text != NULL ? "success" : "error");
}

static void
test_cb (RnBaseMapPage *self)
{
  g_autoptr (RnRasterSpec) spec = dup_checked_form (self);

  if (spec == NULL)
    return;
  say (self, _("Asking for a tile …"), "dim-label");
  rn_raster_probe_tile_async (spec, TEST_LON, TEST_LAT, self, tested_cb,
                              GUINT_TO_POINTER (self->edit));
}

static void
show_layers (RnBaseMapPage *self, const RnWmts *wmts)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *text = NULL;

  forget_layers (self);
  for (guint i = 0; i < rn_wmts_n_layers (wmts); i++)
    {
      const RnWmtsLayer *layer = rn_wmts_get_layer (wmts, i);

      if (!layer->usable)
        continue;
      g_ptr_array_add (self->layer_ids, g_strdup (layer->id));
      gtk_string_list_append (titles, *layer->title != '\0' ? layer->title : layer->id);
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->layer), G_LIST_MODEL (titles));
  gtk_widget_set_visible (self->layer, self->layer_ids->len > 0);
  if (*get_text (self->licence) == '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->licence), rn_wmts_get_provider (wmts));
  text = g_strdup_printf (_("%u of %u layers can be shown"), self->layer_ids->len,
                          rn_wmts_n_layers (wmts));
  say (self, text, self->layer_ids->len > 0 ? "success" : "error");
}

static void
layers_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RnBaseMapPage *self = RN_BASE_MAP_PAGE (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnWmts) wmts = rn_raster_probe_layers_finish (result, &error);

  if (self->gone || GPOINTER_TO_UINT (data) != self->edit)
    return;
  if (wmts != NULL)
    show_layers (self, wmts);
  else
    say (self, error->message, "error");
}

static void
read_cb (RnBaseMapPage *self)
{
  g_autoptr (RnRasterSpec) spec = dup_checked_form (self);

  if (spec == NULL)
    return;
  say (self, _("Reading what the service offers …"), "dim-label");
  rn_raster_probe_layers_async (spec, self, layers_cb, GUINT_TO_POINTER (self->edit));
}

static void
add_cb (RnBaseMapPage *self)
{
  g_autoptr (GPtrArray) specs = dup_specs (self);
  RnRasterSpec *spec = dup_checked_form (self);

  if (spec == NULL)
    return;
  g_ptr_array_add (specs, spec);
  write_specs (self, specs);
  fill (self, specs);
  gtk_editable_set_text (GTK_EDITABLE (self->location), "");
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  gtk_editable_set_text (GTK_EDITABLE (self->licence), "");
  forget_layers (self);
  say (self, _("Added: it is on the map now"), "success");
}

static void
chosen_cb (RnBaseMapPage *self, int response)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->location), path);
  else if (response == GTK_RESPONSE_ACCEPT)
    say (self, _("This file is not on this machine"), "error");
  g_clear_object (&self->chooser);
}

static void
choose_cb (RnBaseMapPage *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  gtk_file_filter_set_name (filter, _("MBTiles files"));
  gtk_file_filter_add_suffix (filter, "mbtiles");
  self->chooser = gtk_file_chooser_native_new (_("Choose a Map File"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- the widget ------------------------------------------------------------------------------ */

static void
rn_base_map_page_dispose (GObject *object)
{
  RnBaseMapPage *self = RN_BASE_MAP_PAGE (object);

  self->gone = TRUE;
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (rn_base_map_page_parent_class)->dispose (object);
}

static void
rn_base_map_page_finalize (GObject *object)
{
  RnBaseMapPage *self = RN_BASE_MAP_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->layer_ids);
  G_OBJECT_CLASS (rn_base_map_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, maps);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, none);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, kind);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, location);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, choose);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, read);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, layer);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, name);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, licence);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, crs);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, http_row);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, http);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, test);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, add);
  gtk_widget_class_bind_template_child (widget_class, RnBaseMapPage, result);
}

static void
rn_base_map_page_class_init (RnBaseMapPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_base_map_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rn_base_map_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-base-map-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
rn_base_map_page_init (RnBaseMapPage *self)
{
  self->rows = g_ptr_array_new ();
  self->layer_ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (rn_settings_get (), "changed::base-maps",
                           G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  settings_changed_cb (self);
  kind_cb (self);
}

GtkWidget *
rn_base_map_page_new (void)
{
  return g_object_new (RN_TYPE_BASE_MAP_PAGE, NULL);
}
