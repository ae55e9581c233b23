/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server of the operations API says of itself: GET /v1/. Plain value. */
#pragma once

#include <glib.h>

#include "base/rn-names.h"
#include "model/rn-feed-status.h"

typedef struct {
  RnNames *names; /* "name" */
  char *version;
  gint64 poll_us[RN_N_FEEDS];  /* 0: not said */
  gint64 delay_us[RN_N_FEEDS]; /* -1: not said */
  GTimeZone *timezone;         /* NULL: not said, or not known here */
  char *timezone_id;           /* as said; NULL */
} RnService;

/** Decodes the document. NULL and @error (RN_JSON_ERROR, with path) when it is none. */
RnService *rn_service_decode (GBytes *bytes, GError **error);
void rn_service_free (RnService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnService, rn_service_free)
