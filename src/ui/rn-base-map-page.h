/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the preferences for raster maps: those that lie over the embedded base map, their
 * order, opacity and switch, and a form to try and add another one. Reads and writes the key
 * "base-maps"; what another program writes there is shown at once. Main thread. */
#pragma once

#include <adwaita.h>

#define RN_TYPE_BASE_MAP_PAGE (rn_base_map_page_get_type ())
G_DECLARE_FINAL_TYPE (RnBaseMapPage, rn_base_map_page, RN, BASE_MAP_PAGE, AdwPreferencesPage)

GtkWidget *rn_base_map_page_new (void);
