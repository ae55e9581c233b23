/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts on the alert that a seat looks at, by key and button, and the keys themselves. The acts are
 * actions "win.alert-…" of the window. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"

/** Keys of the window that need no more than the seat: class initialiser. They are met when nothing
 *  inside took them, so that entries keep what is typed. */
void rn_alert_keys_bind (GtkWidgetClass *window_class);
/** The space bar, which a list would keep for itself. */
void rn_alert_keys_add_to_list (GtkWidget *list);

/** Whether a single letter is meant for the window: not while a form or a menu is open. */
gboolean rn_alert_keys_apply (GtkWidget *window);

void rn_alert_keys_acknowledge (RnSeat *seat);
void rn_alert_keys_unacknowledge (RnSeat *seat);
/** Takes it, or gives it up when it is one's own already. */
void rn_alert_keys_take (RnSeat *seat);
/** Puts it back from the shelf, or into service. FALSE when it is neither. */
gboolean rn_alert_keys_put_back (RnSeat *seat);
