/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mix-up moves a point p to to_wgs84 (B, from_wgs84 (A, p)): data taken for A that is of B; or,
 * the other way round, a reference that is of A and was taken for B. */
#include "model/rn-datum.h"

#include <math.h>

#include "base/rn-i18n.h"

#define REACH_M 50.0
#define CELL_DEG 0.01
#define MIN_FITS 8
#define MIN_SHARE 0.2
#define MIN_RATIO 3
#define LONG_SEGMENT_M 1000.0 /* of such a one only the ends are said to lie on a road */
#define MARGIN_DEG 0.03       /* more than any mix-up moves a point */
#define MAX_SAMPLES 1500      /* compared; of more every so manieth */

/* ---- samples ------------------------------------------------------------------------------- */

void
rn_datum_sample_line (const RnPoint *line, guint n, GArray *samples)
{
  for (guint k = 0; k + 1 < n; k++)
    {
      RnPoint a = line[k], b = line[k + 1];
      double length_m = rn_distance_m (a, b);
      RnDatumSample sample = { a, NAN };

      if (length_m > 0 && length_m <= LONG_SEGMENT_M)
        sample =
            (RnDatumSample){ { (a.lon + b.lon) / 2, (a.lat + b.lat) / 2 }, rn_bearing_deg (a, b) };
      g_array_append_val (samples, sample);
    }
  if (n > 0 && (n == 1 || rn_distance_m (line[n - 2], line[n - 1]) > LONG_SEGMENT_M))
    {
      RnDatumSample last = { line[n - 1], NAN };

      g_array_append_val (samples, last);
    }
}

void
rn_datum_sample_sections (const RnNetwork *network, GArray *samples)
{
  for (guint i = 0; i < network->n_sections; i++)
    for (guint32 k = network->first[i]; k + 1 < network->first[i + 1]; k++)
      {
        RnPoint line[2] = { { network->lon[k], network->lat[k] },
                            { network->lon[k + 1], network->lat[k + 1] } };
        RnPoint middle = { (line[0].lon + line[1].lon) / 2, (line[0].lat + line[1].lat) / 2 };
        RnDatumSample sample = { middle, rn_bearing_deg (line[0], line[1]) };

        g_array_append_val (samples, sample);
      }
}

void
rn_datum_sample_facilities (const RnNetwork *network, GArray *samples)
{
  for (guint i = 0; i < network->n_facilities; i++)
    rn_datum_sample_line (&network->facilities[i].at, 1, samples);
}

/* ---- judging ------------------------------------------------------------------------------- */

static gboolean
is_in_china (RnPoint p)
{
  RnPoint q = rn_wgs84_to_gcj02 (p);

  return q.lon != p.lon || q.lat != p.lat;
}

/* One sample a cell, so that many on one spot are not many witnesses. */
static GArray *
thin_out (const GArray *samples, const RnBox *around)
{
  GArray *thin = g_array_new (FALSE, FALSE, sizeof (RnDatumSample));
  g_autoptr (GHashTable) cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < samples->len; i++)
    {
      const RnDatumSample *sample = &g_array_index (samples, RnDatumSample, i);
      RnPoint p = sample->at;
      gint64 cell = (gint64) floor ((p.lat + 90) / CELL_DEG) * 100000
                    + (gint64) floor ((p.lon + 180) / CELL_DEG);

      if (p.lon < around->min_lon - MARGIN_DEG || p.lon > around->max_lon + MARGIN_DEG
          || p.lat < around->min_lat - MARGIN_DEG || p.lat > around->max_lat + MARGIN_DEG
          || g_hash_table_contains (cells, &cell) || !is_in_china (p))
        continue;
      g_hash_table_add (cells, g_memdup2 (&cell, sizeof cell));
      g_array_append_val (thin, *sample);
    }
  return thin;
}

static gboolean
is_near (const RnJoin *reference, RnPoint at, double bearing_deg)
{
  return rn_join_point (reference, at, bearing_deg, REACH_M).section != RN_NONE;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* How many are near after the move from @a to @b; @off_m gets how far it moved them, median. */
static guint
count_near (const GArray *samples, guint stride, const RnJoin *reference, RnCrs a, RnCrs b,
            double *off_m)
{
  g_autoptr (GArray) moved_m = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < samples->len; i += stride)
    {
      const RnDatumSample *sample = &g_array_index (samples, RnDatumSample, i);
      RnPoint q = rn_crs_to_wgs84 (b, rn_crs_from_wgs84 (a, sample->at));
      double m = rn_distance_m (sample->at, q);

      if (is_near (reference, q, sample->bearing_deg))
        g_array_append_val (moved_m, m);
    }
  g_array_sort (moved_m, compare_doubles);
  *off_m = moved_m->len > 0 ? g_array_index (moved_m, double, moved_m->len / 2) : 0;
  return moved_m->len;
}

gboolean
rn_datum_stands (const RnDatumFinding *finding, guint n_as_is)
{
  return finding->n_fits >= MIN_FITS && finding->n_fits >= MIN_SHARE * finding->n
         && finding->n_fits >= MIN_RATIO * (MAX (finding->n_as_is, n_as_is) + 1);
}

static void
try_move (const GArray *samples, guint stride, const RnJoin *reference, gboolean of_reference,
          RnCrs taken_for, RnCrs other, RnDatumFinding *best)
{
  RnCrs a = of_reference ? other : taken_for, b = of_reference ? taken_for : other;
  RnDatumFinding tried = *best;

  tried.of_reference = of_reference;
  tried.taken_for = taken_for;
  tried.fits = other;
  tried.n_fits = count_near (samples, stride, reference, a, b, &tried.off_m);
  if (tried.n_fits > best->n_fits)
    *best = tried;
}

gboolean
rn_datum_judge (const GArray *samples, RnCrs crs, const RnJoin *reference, RnCrs reference_crs,
                RnDatumFinding *finding)
{
  g_autoptr (GArray) thin = thin_out (samples, rn_join_get_extent (reference));
  guint stride = thin->len / MAX_SAMPLES + 1;
  RnDatumFinding best = { .n = (thin->len + stride - 1) / stride };

  *finding = best;
  if (best.n < MIN_FITS)
    return FALSE;
  best.n_as_is = count_near (thin, stride, reference, RN_CRS_WGS84, RN_CRS_WGS84, &best.off_m);
  for (guint other = 0; other < RN_N_CRS; other++)
    if (other != crs)
      try_move (thin, stride, reference, FALSE, crs, other, &best);
  for (guint other = 0; other < RN_N_CRS; other++)
    if (other != reference_crs)
      try_move (thin, stride, reference, TRUE, reference_crs, other, &best);
  *finding = best;
  return rn_datum_stands (&best, 0);
}

char *
rn_datum_dup_text (const RnDatumFinding *finding, const char *reference)
{
  int off_m = (int) (finding->off_m / 10 + 0.5) * 10;
  const char *taken_for = rn_crs_word (finding->taken_for), *fits = rn_crs_word (finding->fits);

  if (reference == NULL)
    return g_strdup_printf (
        _("The facilities lie %d m off the sections of the same document: they fit as %s instead "
           "of %s (%u of %u places; as they are %u)"),
        off_m, finding->of_reference ? taken_for : fits, finding->of_reference ? fits : taken_for,
        finding->n_fits, finding->n, finding->n_as_is);
  if (finding->of_reference)
    return g_strdup_printf (_("Lies %d m off the network “%s”: fits when that is %s instead of %s "
                               "(%u of %u places; as they are %u)"),
                            off_m, reference, fits, taken_for, finding->n_fits, finding->n,
                            finding->n_as_is);
  return g_strdup_printf (_("Lies %d m off the network “%s”: fits as %s instead of %s (%u of %u "
                             "places; as they are %u)"),
                          off_m, reference, fits, taken_for, finding->n_fits, finding->n,
                          finding->n_as_is);
}
