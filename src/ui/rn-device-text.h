/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of field devices for lists, cards, hover and search, and whether one is as usual. Pure,
 * no widgets. Returned strings are the caller's unless const. */
#pragma once

#include "model/rn-frame.h"

/** Not heard of for so long, a device that reports is taken for silent. */
#define RN_DEVICE_SILENT_US (G_GINT64_CONSTANT (3600) * 1000000)

/** 0 as usual, 1 a warning of its own or silent, 2 a fault. */
int rn_device_text_strain (const RnDevice *device, gint64 now_us);
/** "Fault", "Silent for 2 h 05 min"; NULL when it is as usual. */
char *rn_device_text_dup_strain (const RnDevice *device, gint64 now_us);
/** CSS class "tier-3"; NULL when as usual. */
const char *rn_device_text_strain_class (int strain);
const char *rn_device_text_icon (RnDeviceType type);
/** "I-70 mile 87.5 eastbound"; "–" when nothing is known. @with_road: with "I-70" in front. */
char *rn_device_text_dup_place (const RnFrame *frame, const RnDevice *device, gboolean with_road);
/** The reference of its road: of its section, else as given; NULL unknown. @shield may be NULL. */
const char *rn_device_text_road (const RnFrame *frame, const RnDevice *device, RnShield *shield);
/** All that a text filter or a search looks through, parts ended by "\n". */
char *rn_device_text_dup_haystack (const RnFrame *frame, const RnDevice *device);
