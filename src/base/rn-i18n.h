/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Translation of strings in library rooms: always RoadNet's own catalogue. */
#pragma once

#include <glib.h>
#include <glib/gi18n-lib.h>

/** Binds the catalogue (installed, else that of the build folder) and sets the locale.
 *  @lang: a locale name such as "zh_CN" that wins over the environment, or NULL.
 *  Call once, first thing in main(). Works on a system without that locale installed. */
void rn_i18n_init (const char *lang);

/** The language in use as a BCP-47-like tag: "zh-CN" or "en"; never NULL. */
const char *rn_i18n_language (void);
