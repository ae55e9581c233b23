/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hit of the search as a list item, and the row that shows it: icon of its kind, shield, title,
 * place. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-search-index.h"

#define RN_TYPE_HIT_ITEM (rn_hit_item_get_type ())
G_DECLARE_FINAL_TYPE (RnHitItem, rn_hit_item, RN, HIT_ITEM, GObject)

/** Takes the hit. */
RnHitItem *rn_hit_item_new (RnSearchHit *hit);
const RnSearchHit *rn_hit_item_get_hit (RnHitItem *self);

/** Makes rows of hits for a list view. */
GtkListItemFactory *rn_search_row_factory_new (void);
