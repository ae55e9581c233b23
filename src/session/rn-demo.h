/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo: roadnet-simulator as a child process that ends with its parent. Main thread. */
#pragma once

#include <gio/gio.h>

#define RN_TYPE_DEMO (rn_demo_get_type ())
G_DECLARE_FINAL_TYPE (RnDemo, rn_demo, RN, DEMO, GObject)

/** Starts the simulator on a free port. @arguments: further ones, or NULL. G_IO_ERROR or
 *  G_SPAWN_ERROR when it cannot be started. */
RnDemo *rn_demo_new (const char *const *arguments, GError **error);

/** The address the child prints as its first line; caller frees. Fails when it ends before. */
void rn_demo_get_address_async (RnDemo *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
char *rn_demo_get_address_finish (RnDemo *self, GAsyncResult *result, GError **error);
