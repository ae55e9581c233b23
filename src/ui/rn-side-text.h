/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of lists, cards and search: places, ages, qualities, and figures that follow from the
 * frame. Pure, no widgets, any thread. Returned strings are the caller's unless const. */
#pragma once

#include "model/rn-frame.h"

/** How old and how good a value is. */
typedef struct {
  RnQuality quality;
  gint64 age_us; /* ≥ 0; -1 unknown */
} RnDataAge;

/** The status of a source's feed in the frame; NULL none. Borrowed. */
const RnFeedStatus *rn_side_find_feed (const RnFrame *frame, const char *source, RnFeedKind kind);

/** Of section @i at @now_us on the source's clock: its row's own time less the feed's lag. */
RnDataAge rn_side_section_age (const RnFrame *frame, guint32 i, gint64 now_us);
/** Of a thing of @source in feed @kind, true at @observed_at_us (0 unknown). */
RnDataAge rn_side_feed_age (const RnFrame *frame, const char *source, RnFeedKind kind,
                            gint64 observed_at_us, gint64 now_us);
/** "Data 12 s old", "Data stale: 11 min old" … */
char *rn_side_age_words (RnDataAge age);
/** CSS class of its step: "live", "late", "stale", "frozen", "lost", "unknown". */
const char *rn_side_age_class (RnDataAge age);

/** By the numbers of the roads, "G2" before "G15", unknown ones last; <0, 0, >0. */
int rn_side_compare_roads (const RnNetwork *network, guint32 a, guint32 b);
/** By road, then along it; a NaN chainage is the start of its section. */
int rn_side_compare_places (const RnNetwork *network, guint32 a, double a_m, guint32 b, double b_m);

/** "G2 K1064+300 towards Beijing": what is known of road, chainage and direction of @section (or
 *  RN_NONE); "–" when nothing is. @with_road: with "G2" in front. */
char *rn_side_place (const RnFrame *frame, guint32 section, double chainage_m, gboolean with_road);
/** The reference of the road of @section, NULL unknown. Borrowed. @shield may be NULL. */
const char *rn_side_road (const RnFrame *frame, guint32 section, RnShield *shield);

/** The description of an incident, else its type's title. Borrowed. */
const char *rn_side_incident_what (const RnIncident *incident);
/** When it occurred, else was reported, verified, observed; 0 unknown. */
gint64 rn_side_incident_since_us (const RnIncident *incident);
/** "Lanes 1, 2 blocked · queue 8.6 km · lane 3 affected · 1 injured", with what @queue says (NULL
 *  nothing) where it is not cut; NULL when nothing is known but the queue. */
char *rn_side_incident_effect (const RnIncident *incident, const char *queue);
/** CSS class "tier-2" and icon of an incident's or warning's level; NULL class when unknown. */
const char *rn_side_tier_class (int tier);
/** CSS class "level-2" of the tier's own shape, whose numeral is cut out; NULL when unknown. */
const char *rn_side_level_class (int tier);
const char *rn_side_tier_icon (int tier);
/** "Level II"; "Level unknown". */
const char *rn_side_tier_title (int tier);

/** "works, incident": what made capacity or speed less than its own (RnFactors); "" nothing. */
char *rn_side_factors (guint8 factors);

/** "92" → "Petrol 92", "0" → "Diesel 0"; others ("LNG") as they are. Caller's. */
char *rn_side_fuel_title (const char *grade);

const char *rn_side_facility_icon (RnFacilityType type);
const char *rn_side_hazard_icon (RnHazard hazard);
const char *rn_side_area_status_title (RnAreaStatus status);
const char *rn_side_entry_title (RnEntry entry);
const char *rn_side_toll_mode_title (RnTollMode mode);

/** The first section that a work covers whose road is known, or RN_NONE. */
guint32 rn_side_work_section (const RnWork *work);
/** The reference of its road: of its section, else as given; NULL unknown. Borrowed. */
const char *rn_side_work_road (const RnFrame *frame, const RnWork *work, RnShield *shield);
/** Where: "G25 K2090+000–K2094+300 towards Shenzhen". @with_road: with "G25" in front. */
char *rn_side_work_place (const RnFrame *frame, const RnWork *work, gboolean with_road);
/** "2 of 3 lanes closed", else the impact's title; NULL when nothing is known. */
char *rn_side_work_lanes (const RnWork *work);

/** The end that counts for a work: as permitted, else best known; 0 unknown. */
gint64 rn_side_work_end_us (const RnWork *work);

/** A congested run upstream of and including a section: what hangs together in states 4 and 5 on
 *  the same road and direction. */
typedef struct {
  double length_m; /* NaN: the section's state is not known; 0: not congested */
  double delay_s;  /* over it, against its effective speed; NaN unknown */
  guint n_sections;
} RnQueue;
RnQueue rn_side_queue (const RnFrame *frame, guint32 section);
