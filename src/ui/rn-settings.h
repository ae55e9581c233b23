/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings that are kept between starts (data/com.example.RoadNet.gschema.xml). Each room of
 * the seat reads and writes its own keys. Main thread. */
#pragma once

#include <gio/gio.h>

/** Whether the schema was found; without it the program cannot start. G_IO_ERROR_NOT_FOUND says
 *  where it was looked for. */
gboolean rn_settings_check (GError **error);

/** The settings of the program; never NULL after rn_settings_check(). Borrowed. */
GSettings *rn_settings_get (void);
