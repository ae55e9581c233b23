/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the book share. */
#pragma once

#include "alert/rn-alert-row.h"

#define RN_RAISES_US (30 * 60 * G_GINT64_CONSTANT (1000000)) /* raises within it are counted */

struct _RnAlertBook {
  GHashTable *rows;   /* key → RnAlertRow */
  GHashTable *raises; /* key → GArray of gint64: when it was raised, the last 30 min */
  gint64 last_us;     /* newest entry */
  gint64 swept_us;    /* when old raises were last forgotten */
  gboolean flood;
  gint64 flood_us; /* when it began */
};

/** Whether the person's @entry fits @row. */
gboolean rn_alert_row_check_act (const RnAlertRow *row, const RnAlertEntry *entry, GError **error);
/** Applies it, having been checked. */
void rn_alert_row_apply_act (RnAlertRow *row, const RnAlertEntry *entry);

gboolean rn_alert_refuse (GError **error, RnAlertError code, const char *text); /* FALSE */
