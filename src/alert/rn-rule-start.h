/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule to begin with, for the editor: limits that are usual for a metric. Pure. */
#pragma once

#include "alert/rn-rule.h"
#include "model/rn-frame.h"

/** A lawful rule over everything that @metric is measured of, named as the metric is. Of a key
 *  figure the first of @frame, with limits about its target. Caller's, to be changed further. */
RnRule *rn_rule_start (RnMetric metric, const char *id, const RnFrame *frame);
