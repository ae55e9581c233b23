/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window in which one source is added or changed, with a check before it is kept. Main
 * thread. */
#pragma once

#include <adwaita.h>

#include "ui/rn-source-book.h"

#define RN_TYPE_SOURCE_EDITOR (rn_source_editor_get_type ())
G_DECLARE_FINAL_TYPE (RnSourceEditor, rn_source_editor, RN, SOURCE_EDITOR, AdwWindow)

/** Over @parent. @i: which entry of @book; as many as it has: a new one. Present it. */
GtkWindow *rn_source_editor_new (GtkWindow *parent, RnSourceBook *book, guint i);
