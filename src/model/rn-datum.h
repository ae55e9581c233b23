/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether coordinates were taken for another system than theirs: GCJ-02 read as WGS-84 lies some
 * 500 m off, BD-09 some 1,200 m. Places of one source are compared with the network of another, as
 * they are and after undoing each mix-up that is possible. Only places in China count: elsewhere
 * the systems agree. Pure; any thread. */
#pragma once

#include "model/rn-join.h"

/** A place that should lie on a section. */
typedef struct {
  RnPoint at;
  double bearing_deg; /* of travel there; NaN unknown */
} RnDatumSample;

/** Adds places of a network's sections, of its facilities, of a line (one point: n = 1), to an
 *  array of RnDatumSample. */
void rn_datum_sample_sections (const RnNetwork *network, GArray *samples);
void rn_datum_sample_facilities (const RnNetwork *network, GArray *samples);
void rn_datum_sample_line (const RnPoint *line, guint n, GArray *samples);

typedef struct {
  gboolean of_reference; /* it is the reference whose system is mistaken */
  RnCrs taken_for, fits; /* the system it is taken for, and the one that fits */
  double off_m;          /* how far the samples lie off, median */
  guint n;               /* samples compared: one a cell of 0.01°, near the reference, in China */
  guint n_as_is, n_fits; /* of them within 50 m of a section: as they are; as they would be */
} RnDatumFinding;

/** TRUE when another system fits clearly better: at least 8 places in cells of their
 *  own within 50 m (bearing within 45°), a fifth of all, and three times as many as without (so
 *  that a net where everything is near something says nothing). @crs and @reference_crs: what each
 *  side was taken for. @finding is filled in either case. */
gboolean rn_datum_judge (const GArray *samples, RnCrs crs, const RnJoin *reference,
                         RnCrs reference_crs, RnDatumFinding *finding);

/** Whether the finding stands although so many samples (RnDatumFinding.n_as_is) lie well, as they
 *  are, on another network: who lies right somewhere is not off. */
gboolean rn_datum_stands (const RnDatumFinding *finding, guint n_as_is);

/** "Lies 512 m off the network “roads”: …", in the language in use. @reference: name of the source
 *  of the network, NULL: the document's own sections. Caller frees. */
char *rn_datum_dup_text (const RnDatumFinding *finding, const char *reference);
