/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words are the keys of one table; a stack is always whole, whatever the settings say. Pure. */
#include "ui/rn-layer-stack.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"

static const char *const words[RN_N_LAYERS] = {
  [RN_LAYER_FLOW] = "flow",
  [RN_LAYER_INCIDENTS] = "incidents",
  [RN_LAYER_WORKS] = "works",
  [RN_LAYER_WEATHER] = "weather",
  [RN_LAYER_SERVICE_AREAS] = "service-areas",
  [RN_LAYER_TOLL_PLAZAS] = "toll-plazas",
  [RN_LAYER_OTHER_FACILITIES] = "other-facilities",
  [RN_LAYER_LABELS] = "labels",
};

void
rn_layer_stack_init (RnLayerStack *self)
{
  for (guint i = 0; i < RN_N_STACKED; i++)
    self->order[i] = (RnLayerId) (RN_LAYER_FLOW + 1 + i);
  for (guint i = 0; i < RN_N_LAYERS; i++)
    self->opacity[i] = 1;
}

gboolean
rn_layer_stack_equal (const RnLayerStack *a, const RnLayerStack *b)
{
  for (guint i = 0; i < RN_N_LAYERS; i++)
    if (a->opacity[i] != b->opacity[i])
      return FALSE;
  return memcmp (a->order, b->order, sizeof a->order) == 0;
}

guint
rn_layer_stack_find (const RnLayerStack *self, RnLayerId layer)
{
  guint i = 0;

  while (i < RN_N_STACKED && self->order[i] != layer)
    i++;
  return i;
}

void
rn_layer_stack_move (RnLayerStack *self, RnLayerId layer, guint to)
{
  guint from = rn_layer_stack_find (self, layer);

  if (from == RN_N_STACKED)
    return;
  to = MIN (to, RN_N_STACKED - 1);
  for (; from < to; from++)
    self->order[from] = self->order[from + 1];
  for (; from > to; from--)
    self->order[from] = self->order[from - 1];
  self->order[to] = layer;
}

void
rn_layer_stack_set_opacity (RnLayerStack *self, RnLayerId layer, double opacity)
{
  if (layer != RN_LAYER_FLOW)
    self->opacity[layer] = CLAMP (opacity, RN_LAYER_MIN_OPACITY, 1);
}

/* ---- settings -------------------------------------------------------------------------------- */

static gboolean
find_word (const char *word, const char *key, RnLayerId *layer, GPtrArray *refused)
{
  for (RnLayerId i = 0; i < RN_N_LAYERS; i++)
    if (g_str_equal (word, words[i]))
      {
        *layer = i;
        return TRUE;
      }
  if (refused != NULL)
    g_ptr_array_add (refused, g_strdup_printf (_("%s: there is no layer “%s”"), key, word));
  return FALSE;
}

guint
rn_layers_parse (const char *const *list, GPtrArray *refused)
{
  guint mask = 0;
  RnLayerId layer;

  for (guint i = 0; list[i] != NULL; i++)
    if (find_word (list[i], "layers", &layer, refused))
      mask |= 1u << layer;
  return mask;
}

GVariant *
rn_layers_to_variant (guint mask)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < RN_N_LAYERS; i++)
    if ((mask >> i & 1u) != 0)
      g_variant_builder_add (&builder, "s", words[i]);
  return g_variant_builder_end (&builder);
}

static void
parse_order (RnLayerStack *self, GVariant *order, GPtrArray *refused)
{
  g_autofree const char **list = g_variant_get_strv (order, NULL);
  guint n = 0;
  RnLayerId layer;

  for (guint i = 0; list[i] != NULL; i++)
    {
      if (!find_word (list[i], "layer-order", &layer, refused))
        continue;
      if (layer != RN_LAYER_FLOW && rn_layer_stack_find (self, layer) >= n)
        rn_layer_stack_move (self, layer, n++);
      else if (refused != NULL)
        g_ptr_array_add (
            refused, g_strdup_printf (_("%s: “%s” has no place here"), "layer-order", list[i]));
    }
}

void
rn_layer_stack_parse (RnLayerStack *self, GVariant *order, GVariant *opacity, GPtrArray *refused)
{
  GVariantIter iter;
  const char *word;
  double value;
  RnLayerId layer;

  rn_layer_stack_init (self);
  parse_order (self, order, refused);
  g_variant_iter_init (&iter, opacity);
  while (g_variant_iter_next (&iter, "{&sd}", &word, &value))
    {
      if (!find_word (word, "layer-opacity", &layer, refused))
        continue;
      if (layer != RN_LAYER_FLOW && value >= RN_LAYER_MIN_OPACITY && value <= 1)
        self->opacity[layer] = value;
      else if (refused != NULL)
        g_ptr_array_add (refused,
                         g_strdup_printf (_("layer-opacity: %s must be from 0.1 to 1"), word));
    }
}

GVariant *
rn_layer_stack_order_to_variant (const RnLayerStack *self)
{
  RnLayerStack first;
  GVariantBuilder builder;

  rn_layer_stack_init (&first);
  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < RN_N_STACKED; i++)
    if (memcmp (first.order, self->order, sizeof first.order) != 0)
      g_variant_builder_add (&builder, "s", words[self->order[i]]);
  return g_variant_builder_end (&builder);
}

GVariant *
rn_layer_stack_opacity_to_variant (const RnLayerStack *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sd}"));
  for (guint i = 0; i < RN_N_LAYERS; i++)
    if (self->opacity[i] < 1)
      g_variant_builder_add (&builder, "{sd}", words[i], self->opacity[i]);
  return g_variant_builder_end (&builder);
}
