/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a weather station or of a warning with the controls it led to. Main thread. */
#pragma once

#include "ui/rn-card-body.h"

#define RN_TYPE_CARD_WEATHER (rn_card_weather_get_type ())
G_DECLARE_FINAL_TYPE (RnCardWeather, rn_card_weather, RN, CARD_WEATHER, RnCardBody)

/** @kind: RN_SUBJECT_STATION or RN_SUBJECT_WARNING. */
GtkWidget *rn_card_weather_new (RnSubjectKind kind);

/** Rows of what a station measures, for boxed lists; shared with the card of its facility. */
void rn_card_weather_fill_station (GtkWidget *box, const RnStation *station);
