/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person writes about an alert: a note, the reason and end of a shelf, why it is out of
 * service. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "ui/rn-seat.h"

typedef enum {
  RN_ALERT_FORM_NOTE,
  RN_ALERT_FORM_SHELVE,
  RN_ALERT_FORM_OUT_OF_SERVICE,
} RnAlertForm;

#define RN_TYPE_ALERT_POPOVER (rn_alert_popover_get_type ())
G_DECLARE_FINAL_TYPE (RnAlertPopover, rn_alert_popover, RN, ALERT_POPOVER, GtkPopover)

/** @parent owns it: unparent it when that goes. */
GtkWidget *rn_alert_popover_new (RnSeat *seat, GtkWidget *parent, RnAlertForm form);
/** Opens empty, beside @at, about alert @key: that one, whatever is selected meanwhile. */
void rn_alert_popover_open (RnAlertPopover *self, GtkWidget *at, const char *key);
