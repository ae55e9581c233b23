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

/** The language that the person chose, as rn_i18n_init() takes it; NULL: as the desktop says, also
 *  when the value is none of ours, which is said. Caller frees. Works before rn_i18n_init(). */
char *rn_settings_dup_language (void);

/** Values of the keys that are chosen from a list, in the order in which they are shown. */
extern const char *const rn_settings_themes[];    /* "theme" */
extern const char *const rn_settings_units[];     /* "units" */
extern const char *const rn_settings_languages[]; /* "language"; "" is the desktop's */

/** Keeps the property "selected" of @widget (a drop-down, a combo row) and the string or enum @key
 *  the same; @values: NULL-terminated, static, in the order of the model. */
void rn_settings_bind_choice (const char *key, gpointer widget, const char *const *values);
