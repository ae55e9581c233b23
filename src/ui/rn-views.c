/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views of the demo and those of real sources lie in one key, marked; the list shows one of the two
 * and writes both back. The current one follows its view through changes. Main thread. */
#include "ui/rn-views.h"

#include "base/rn-i18n.h"

struct _RnViews {
  GObject parent_instance;
  GSettings *settings; /* NULL: nothing is kept */
  GPtrArray *shown;    /* RnView; the whole network first */
  GPtrArray *kept[2];  /* RnView, of sources and of the demo; without the whole network */
  gboolean demo;
  int current;
  RnViewPlace present;
};

static void rn_views_list_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnViews, rn_views, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rn_views_list_init))

enum { PROP_0, PROP_CURRENT, N_PROPS };

static GParamSpec *properties[N_PROPS];

/* What an operator of the demo's network would keep. */
static const struct {
  const char *name;
  RnBox box;
} demo_views[] = {
  { N_("Southern Jiangsu"), { 118.9, 31.1, 121.3, 32.2 } },
  { N_("River crossings"), { 119.2, 31.75, 121.3, 32.35 } },
  { N_("Coastal expressway"), { 119.0, 31.9, 121.6, 35.0 } },
  { N_("Nanjing ring"), { 118.5, 31.75, 119.15, 32.3 } },
};

/* ---- list ------------------------------------------------------------------------------------ */

static GType
get_item_type (GListModel *model)
{
  return RN_TYPE_VIEW;
}

static guint
get_n_items (GListModel *model)
{
  return RN_VIEWS (model)->shown->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  RnView *view = rn_views_get (RN_VIEWS (model), position);

  return view != NULL ? g_object_ref (view) : NULL;
}

static void
rn_views_list_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

/* ---- settings -------------------------------------------------------------------------------- */

static void
load (RnViews *self)
{
  g_autoptr (GVariant) list = g_settings_get_value (self->settings, "views");

  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (list, i);
      g_autoptr (GError) error = NULL;
      RnView *view = rn_view_parse (entry, &error);
      gboolean demo = FALSE;

      if (view == NULL)
        {
          g_message (_("Settings: view %u is left out: %s"), (guint) i + 1, error->message);
          continue;
        }
      g_variant_lookup (entry, "demo", "b", &demo);
      g_ptr_array_add (self->kept[demo ? 1 : 0], view);
    }
}

static void
save (RnViews *self)
{
  GVariantBuilder builder;

  if (self->settings == NULL)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint demo = 0; demo < 2; demo++)
    for (guint i = 0; i < self->kept[demo]->len; i++)
      {
        g_variant_builder_open (&builder, G_VARIANT_TYPE_VARDICT);
        rn_view_build (self->kept[demo]->pdata[i], &builder);
        if (demo)
          g_variant_builder_add (&builder, "{sv}", "demo", g_variant_new_boolean (TRUE));
        g_variant_builder_close (&builder);
      }
  g_settings_set_value (self->settings, "views", g_variant_builder_end (&builder));
}

static void
offer_demo_views (RnViews *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (demo_views); i++)
    g_ptr_array_add (self->kept[1], rn_view_new_box (_ (demo_views[i].name), &demo_views[i].box));
}

/* ---- changes --------------------------------------------------------------------------------- */

static void
fill_shown (RnViews *self)
{
  GPtrArray *kept = self->kept[self->demo ? 1 : 0];

  g_ptr_array_set_size (self->shown, 1);
  for (guint i = 0; i < kept->len; i++)
    g_ptr_array_add (self->shown, g_object_ref (kept->pdata[i]));
}

/* Another list than the one of @before views. */
static void
show_kept (RnViews *self, guint before)
{
  fill_shown (self);
  rn_views_set_current (self, -1);
  g_list_model_items_changed (G_LIST_MODEL (self), 1, before - 1, self->shown->len - 1);
}

/* From @position on, @removed of the kept views have become @added; shows and keeps that. */
static void
changed (RnViews *self, guint position, guint removed, guint added)
{
  fill_shown (self);
  save (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static gboolean
is_kept (RnViews *self, guint position)
{
  return position > 0 && position < self->shown->len;
}

/* Takes @view. */
static void
replace (RnViews *self, guint position, RnView *view)
{
  GPtrArray *kept = self->kept[self->demo ? 1 : 0];

  g_object_unref (kept->pdata[position - 1]);
  kept->pdata[position - 1] = view;
  changed (self, position, 1, 1);
}

void
rn_views_set_demo (RnViews *self, gboolean demo)
{
  guint before = self->shown->len;

  demo = !!demo;
  if (self->demo == demo)
    return;
  self->demo = demo;
  if (demo && self->kept[1]->len == 0)
    offer_demo_views (self);
  show_kept (self, before);
}

guint
rn_views_add (RnViews *self, const char *name, const RnViewPlace *place)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name));
  g_autofree char *free_name = *trimmed != '\0' ? NULL : rn_views_dup_free_name (self);

  g_ptr_array_add (self->kept[self->demo ? 1 : 0],
                   rn_view_new_place (free_name != NULL ? free_name : trimmed, place));
  changed (self, self->shown->len, 0, 1);
  return self->shown->len - 1;
}

void
rn_views_rename (RnViews *self, guint position, const char *name)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name));

  if (is_kept (self, position) && *trimmed != '\0')
    replace (self, position, rn_view_rename (self->shown->pdata[position], trimmed));
}

void
rn_views_set_place (RnViews *self, guint position, const RnViewPlace *place)
{
  if (is_kept (self, position))
    replace (self, position,
             rn_view_new_place (rn_view_get_name (self->shown->pdata[position]), place));
}

/* Where what is at @position goes when @from moves to @to. */
static int
moved (int position, int from, int to)
{
  if (position == from)
    return to;
  if (from < position && position <= to)
    return position - 1;
  return to <= position && position < from ? position + 1 : position;
}

void
rn_views_move (RnViews *self, guint from, guint to)
{
  GPtrArray *kept = self->kept[self->demo ? 1 : 0];
  guint first = MIN (from, to), n = MAX (from, to) - first + 1;
  gpointer view;

  if (!is_kept (self, from) || !is_kept (self, to) || from == to)
    return;
  view = g_ptr_array_steal_index (kept, from - 1);
  g_ptr_array_insert (kept, (int) to - 1, view);
  changed (self, first, n, n);
  rn_views_set_current (self, moved (self->current, (int) from, (int) to));
}

void
rn_views_remove (RnViews *self, guint position)
{
  int current = self->current;

  if (!is_kept (self, position))
    return;
  g_ptr_array_remove_index (self->kept[self->demo ? 1 : 0], position - 1);
  if (current == (int) position)
    current = -1;
  else if (current > (int) position)
    current--;
  changed (self, position, 1, 0);
  rn_views_set_current (self, current);
}

/* ---- what it knows --------------------------------------------------------------------------- */

RnView *
rn_views_get (RnViews *self, guint position)
{
  return position < self->shown->len ? self->shown->pdata[position] : NULL;
}

guint
rn_views_get_n (RnViews *self)
{
  return self->shown->len;
}

char *
rn_views_dup_free_name (RnViews *self)
{
  for (guint n = self->shown->len + 1;; n++) /* as its key will be */
    {
      g_autofree char *name = g_strdup_printf (_("View %u"), n);
      gboolean used = FALSE;

      for (guint i = 0; i < self->shown->len && !used; i++)
        used = g_str_equal (rn_view_get_name (self->shown->pdata[i]), name);
      if (!used)
        return g_steal_pointer (&name);
    }
}

void
rn_views_set_current (RnViews *self, int position)
{
  if (position == self->current)
    return;
  self->current = position;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

int
rn_views_get_current (RnViews *self)
{
  return self->current;
}

void
rn_views_set_present (RnViews *self, const RnViewPlace *place)
{
  self->present = *place;
}

const RnViewPlace *
rn_views_get_present (RnViews *self)
{
  return &self->present;
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_views_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CURRENT)
    g_value_set_int (value, RN_VIEWS (object)->current);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rn_views_finalize (GObject *object)
{
  RnViews *self = RN_VIEWS (object);

  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->kept[0]);
  g_ptr_array_unref (self->kept[1]);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (rn_views_parent_class)->finalize (object);
}

static void
rn_views_class_init (RnViewsClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = rn_views_get_property;
  G_OBJECT_CLASS (klass)->finalize = rn_views_finalize;
  properties[PROP_CURRENT] = g_param_spec_int ("current", NULL, NULL, -1, G_MAXINT, -1,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
rn_views_init (RnViews *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->kept[0] = g_ptr_array_new_with_free_func (g_object_unref);
  self->kept[1] = g_ptr_array_new_with_free_func (g_object_unref);
  self->current = -1;
  g_ptr_array_add (self->shown, rn_view_new_network (_("Whole network")));
}

RnViews *
rn_views_new (void)
{
  return g_object_new (RN_TYPE_VIEWS, NULL);
}

void
rn_views_keep_in (RnViews *self, GSettings *settings)
{
  guint before = self->shown->len;

  g_return_if_fail (self->settings == NULL);
  self->settings = g_object_ref (settings);
  for (guint demo = 0; demo < 2; demo++)
    g_ptr_array_set_size (self->kept[demo], 0);
  load (self);
  if (self->demo && self->kept[1]->len == 0)
    offer_demo_views (self);
  show_kept (self, before);
}
