/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Touched boxes are gathered for some milliseconds, so that a drawn tile is not drawn again for
 * each of the source tiles in it. */
#include "map/rn-raster-stack.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "map/rn-raster-source.h"

#define GATHER_MS 40
#define SAY_MS 250
/* While one zooms through levels, none of them is asked for. */
#define LEVEL_MS 80
/* As far as the layer draws ahead. */
#define AHEAD_PX 128.0
#define REACH_PX 2.0
#define NOTE_MARGIN_PX 14
#define NOTE_BOTTOM_PX 32

typedef struct {
  double x0, y0, x1, y1;
} Box;

struct _RnRasterStack {
  RnTileLayer *layer;
  RnRasterHub *hub;
  void (*changed) (gpointer user_data);
  gpointer user_data;
  GtkWidget *note;
  GPtrArray *sources; /* RnRasterSource, from below */
  RnScene *scene;     /* NULL none */
  GArray *touched;    /* Box */
  guint gather_id, say_id, level_id;
  gboolean dim;
  gboolean rebuild; /* the scene, when next gathered */
  RnCamera camera;
  int level; /* zoom of the last demand, rounded */
};

void
rn_raster_status_free (RnRasterStatus *self)
{
  g_free (self->name);
  g_free (self->error);
  g_free (self);
}

static RnRasterHub *
new_hub (void)
{
  g_autoptr (RnClock) clock = rn_clock_new_system ();
  RnRasterCache *cache = rn_raster_hub_open_user_cache ();
  RnRasterHub *hub = rn_raster_hub_new (clock, cache);

  rn_raster_cache_unref (cache);
  return hub;
}

/* Over the attribution; shortened rather than over the whole map. */
static GtkWidget *
new_note (void)
{
  GtkWidget *note = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (note), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (note, GTK_ALIGN_END);
  gtk_widget_set_valign (note, GTK_ALIGN_END);
  gtk_widget_set_margin_start (note, NOTE_MARGIN_PX);
  gtk_widget_set_margin_end (note, NOTE_MARGIN_PX);
  gtk_widget_set_margin_bottom (note, NOTE_BOTTOM_PX);
  gtk_widget_set_can_target (note, FALSE);
  gtk_widget_set_visible (note, FALSE);
  return note;
}

RnRasterStack *
rn_raster_stack_new (RnTileLayer *layer, RnRasterHub *hub, void (*changed) (gpointer),
                     gpointer user_data)
{
  RnRasterStack *self = g_new0 (RnRasterStack, 1);

  self->layer = layer;
  self->hub = hub != NULL ? rn_raster_hub_ref (hub) : new_hub ();
  self->note = g_object_ref_sink (new_note ());
  self->changed = changed;
  self->user_data = user_data;
  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
  self->touched = g_array_new (FALSE, FALSE, sizeof (Box));
  return self;
}

static void
forget_source (RnRasterStack *self, RnRasterSource *source)
{
  g_signal_handlers_disconnect_by_data (source, self);
}

void
rn_raster_stack_free (RnRasterStack *self)
{
  g_clear_handle_id (&self->gather_id, g_source_remove);
  g_clear_handle_id (&self->say_id, g_source_remove);
  g_clear_handle_id (&self->level_id, g_source_remove);
  for (guint i = 0; i < self->sources->len; i++)
    forget_source (self, self->sources->pdata[i]);
  g_ptr_array_unref (self->sources);
  g_array_unref (self->touched);
  rn_scene_unref (self->scene);
  rn_raster_hub_unref (self->hub);
  g_object_unref (self->note);
  g_free (self);
}

/* ---- the picture ----------------------------------------------------------------------------- */

static void
rebuild_scene (RnRasterStack *self)
{
  g_autofree RnRasterSheet *sheets = g_new0 (RnRasterSheet, MAX (1, self->sources->len));
  guint n = 0;

  for (guint i = 0; i < self->sources->len; i++)
    if (rn_raster_source_get_sheet (self->sources->pdata[i], &sheets[n]))
      n++;
  rn_scene_unref (self->scene);
  self->scene = n > 0 ? rn_raster_scene_new (sheets, n, self->dim) : NULL;
  g_array_set_size (self->touched, 0);
  self->rebuild = FALSE;
  rn_tile_layer_set_scene (self->layer, self->scene);
}

static gboolean
gather_cb (gpointer data)
{
  RnRasterStack *self = data;

  self->gather_id = 0;
  if (self->rebuild)
    {
      rebuild_scene (self);
      return G_SOURCE_REMOVE;
    }
  if (self->scene == NULL)
    return G_SOURCE_REMOVE;
  rn_tile_layer_update_scene (self->layer, self->scene);
  for (guint i = 0; i < self->touched->len; i++)
    {
      const Box *box = &g_array_index (self->touched, Box, i);

      rn_tile_layer_touch (self->layer, box->x0, box->y0, box->x1, box->y1, REACH_PX);
    }
  rn_tile_layer_redraw (self->layer);
  g_array_set_size (self->touched, 0);
  return G_SOURCE_REMOVE;
}

static void
gather (RnRasterStack *self)
{
  if (self->gather_id == 0)
    self->gather_id = g_timeout_add (GATHER_MS, gather_cb, self);
}

static void
touched_cb (RnRasterSource *source, double x0, double y0, double x1, double y1, RnRasterStack *self)
{
  Box box = { x0, y0, x1, y1 };

  g_array_append_val (self->touched, box);
  gather (self);
}

/* ---- words ----------------------------------------------------------------------------------- */

static gboolean say_cb (gpointer data);

static void
say (RnRasterStack *self)
{
  if (self->say_id == 0)
    self->say_id = g_timeout_add (SAY_MS, say_cb, self);
}

/* Whether the scene draws from the source as it is now. */
static gboolean
is_in_scene (RnRasterStack *self, RnRasterSource *source)
{
  return g_object_get_data (G_OBJECT (source), "rn-in-scene") != NULL;
}

static void
source_changed_cb (RnRasterSource *source, RnRasterStack *self)
{
  RnRasterSheet sheet;

  if (rn_raster_source_get_sheet (source, &sheet) && !is_in_scene (self, source))
    {
      g_object_set_data (G_OBJECT (source), "rn-in-scene", self);
      self->rebuild = TRUE;
      gather (self);
    }
  say (self);
}

/* ---- what is shown --------------------------------------------------------------------------- */

/* A source for @spec, of those before where one has the same tiles. */
static RnRasterSource *
take_source (RnRasterStack *self, GPtrArray *before, const RnRasterSpec *spec)
{
  RnRasterSource *source;

  for (guint i = 0; i < before->len; i++)
    if (rn_raster_spec_same_tiles (rn_raster_source_get_spec (before->pdata[i]), spec))
      {
        source = g_ptr_array_steal_index (before, i);
        rn_raster_source_set_spec (source, spec);
        return source;
      }
  source = rn_raster_source_new (self->hub, spec);
  g_signal_connect (source, "touched", G_CALLBACK (touched_cb), self);
  g_signal_connect (source, "changed", G_CALLBACK (source_changed_cb), self);
  return source;
}

static void
apply_view (RnRasterStack *self)
{
  RnWindow window = rn_camera_window (&self->camera, AHEAD_PX);
  double world = rn_camera_world_px (self->camera.zoom);

  g_clear_handle_id (&self->level_id, g_source_remove);
  self->level = (int) lround (self->camera.zoom);
  for (guint i = 0; i < self->sources->len; i++)
    rn_raster_source_set_view (self->sources->pdata[i], self->camera.zoom,
                               CLAMP (window.x0 / world, 0, 1), CLAMP (window.y0 / world, 0, 1),
                               CLAMP (window.x1 / world, 0, 1), CLAMP (window.y1 / world, 0, 1));
}

static gboolean
level_cb (gpointer data)
{
  RnRasterStack *self = data;

  self->level_id = 0;
  apply_view (self);
  return G_SOURCE_REMOVE;
}

void
rn_raster_stack_set_view (RnRasterStack *self, const RnCamera *camera)
{
  if (camera->width <= 0 || camera->height <= 0)
    return;
  self->camera = *camera;
  if (self->sources->len == 0)
    return;
  g_clear_handle_id (&self->level_id, g_source_remove);
  if ((int) lround (camera->zoom) == self->level)
    apply_view (self);
  else
    self->level_id = g_timeout_add (LEVEL_MS, level_cb, self);
}

void
rn_raster_stack_set_specs (RnRasterStack *self, const RnRasterSpec *const *specs, guint n)
{
  g_autoptr (GPtrArray) before = self->sources;
  RnRasterSheet sheet;

  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!specs[i]->enabled)
        continue;
      if (rn_raster_spec_check (specs[i], &error))
        g_ptr_array_add (self->sources, take_source (self, before, specs[i]));
      else
        g_message ("base map left out: %s", error->message);
    }
  for (guint i = 0; i < before->len; i++)
    forget_source (self, before->pdata[i]);
  for (guint i = 0; i < self->sources->len; i++)
    g_object_set_data (G_OBJECT (self->sources->pdata[i]), "rn-in-scene",
                       rn_raster_source_get_sheet (self->sources->pdata[i], &sheet) ? self : NULL);
  rebuild_scene (self);
  if (self->camera.width > 0)
    apply_view (self);
  say (self);
}

void
rn_raster_stack_set_dim (RnRasterStack *self, gboolean dim)
{
  if (self->dim == dim)
    return;
  self->dim = dim;
  rebuild_scene (self);
}

gboolean
rn_raster_stack_is_settled (RnRasterStack *self)
{
  if (self->sources->len == 0)
    return TRUE;
  if (self->gather_id != 0 || self->level_id != 0 || self->say_id != 0)
    return FALSE;
  for (guint i = 0; i < self->sources->len; i++)
    if (!rn_raster_source_is_settled (self->sources->pdata[i]))
      return FALSE;
  return rn_tile_layer_is_settled (self->layer);
}

/* ---- status ---------------------------------------------------------------------------------- */

GPtrArray *
rn_raster_stack_dup_status (RnRasterStack *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_raster_status_free);

  for (guint i = 0; i < self->sources->len; i++)
    {
      RnRasterSource *source = self->sources->pdata[i];
      RnRasterStatus *status = g_new0 (RnRasterStatus, 1);

      status->name = rn_raster_spec_dup_name (rn_raster_source_get_spec (source));
      status->error = g_strdup (rn_raster_source_get_error (source));
      rn_raster_source_count (source, &status->n_shown, &status->n_failed, &status->n_absent);
      g_ptr_array_add (list, status);
    }
  return list;
}

char *
rn_raster_stack_dup_credit (RnRasterStack *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->sources->len; i++)
    {
      const char *licence = rn_raster_source_get_licence (self->sources->pdata[i]);

      /* several maps of one owner name it once */
      if (*licence != '\0' && strstr (text->str, licence) == NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", licence);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GtkWidget *
rn_raster_stack_get_note (RnRasterStack *self)
{
  return self->note;
}

/* NULL: nothing to say. */
static char *
dup_notice (RnRasterStack *self)
{
  g_autoptr (GPtrArray) list = rn_raster_stack_dup_status (self);

  for (guint i = 0; i < list->len; i++)
    {
      const RnRasterStatus *status = list->pdata[i];

      if (status->error == NULL)
        continue;
      if (status->n_shown == 0)
        return g_strdup_printf (_("Map “%s” does not come: %s – the embedded map is shown"),
                                status->name, status->error);
      if (status->n_failed > 0)
        return g_strdup_printf (ngettext ("Map “%s”: %u tile does not come",
                                          "Map “%s”: %u tiles do not come", status->n_failed),
                                status->name, status->n_failed);
    }
  return NULL;
}

static gboolean
say_cb (gpointer data)
{
  RnRasterStack *self = data;
  g_autofree char *notice = dup_notice (self);

  self->say_id = 0;
  gtk_label_set_text (GTK_LABEL (self->note), notice != NULL ? notice : "");
  gtk_widget_set_visible (self->note, notice != NULL);
  self->changed (self->user_data);
  return G_SOURCE_REMOVE;
}
