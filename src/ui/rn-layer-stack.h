/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layers of the map in words, and how those over the sections are stacked: order and opacity.
 * Flow is not among them: its colours are the message. Values, pure; what is broken in the settings
 * is told and left out. */
#pragma once

#include <gio/gio.h>

typedef enum {
  RN_LAYER_FLOW,
  RN_LAYER_INCIDENTS,
  RN_LAYER_WORKS,
  RN_LAYER_WEATHER,
  RN_LAYER_SERVICE_AREAS,
  RN_LAYER_TOLL_PLAZAS,
  RN_LAYER_OTHER_FACILITIES,
  RN_LAYER_LABELS,
  RN_N_LAYERS
} RnLayerId;

#define RN_N_STACKED (RN_N_LAYERS - 1)
#define RN_LAYER_MIN_OPACITY 0.1

typedef struct {
  RnLayerId order[RN_N_STACKED]; /* from above, each but flow once */
  double opacity[RN_N_LAYERS];   /* 0.1 … 1; of flow always 1 */
} RnLayerStack;

void rn_layer_stack_init (RnLayerStack *self); /* as at first: the worst on top, all opaque */
gboolean rn_layer_stack_equal (const RnLayerStack *a, const RnLayerStack *b);

/** Position from above; RN_N_STACKED for flow. */
guint rn_layer_stack_find (const RnLayerStack *self, RnLayerId layer);
/** Moves @layer to position @to (clamped); those between make room. Nothing for flow. */
void rn_layer_stack_move (RnLayerStack *self, RnLayerId layer, guint to);
void rn_layer_stack_set_opacity (RnLayerStack *self, RnLayerId layer, double opacity);

/** The mask (1 << RnLayerId) of @words; unknown ones are told in @refused (strings; NULL: not). */
guint rn_layers_parse (const char *const *words, GPtrArray *refused);
GVariant *rn_layers_to_variant (guint mask); /* "as", floating */

/** "as" and "a{sd}" of the settings. Layers that are not named follow in the order they have at
 *  first; unknown words, repeated ones and opacities out of range are told in @refused. */
void
rn_layer_stack_parse (RnLayerStack *self, GVariant *order, GVariant *opacity, GPtrArray *refused);
GVariant *rn_layer_stack_order_to_variant (const RnLayerStack *self);   /* [] as at first */
GVariant *rn_layer_stack_opacity_to_variant (const RnLayerStack *self); /* only what is below 1 */
