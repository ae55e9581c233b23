/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Widths and dashes of carriageways: the tables of design "look", section "Lines". Pure. */
#include "carto/rn-line.h"

/* Zoom and width of one carriageway in px; linear between. */
static const struct {
  double zoom, width_px;
} WIDTHS[] = {
  { 7.5, 2.0 },  { 8.0, 2.2 },  { 9.0, 3.0 },  { 10.0, 4.2 },
  { 11.0, 5.5 }, { 12.0, 7.0 }, { 13.0, 9.0 }, { 15.0, 14.0 },
};

gboolean
rn_line_dash (RnPattern pattern, double *on_px, double *off_px)
{
  static const double dashes[][2] = {
    [RN_PATTERN_CORE_DASH] = { 5.0, 5.0 },
    [RN_PATTERN_SEVERE] = { 2.2, 3.4 },
    [RN_PATTERN_DOTTED] = { 2.0, 4.0 },
  };

  if ((guint) pattern >= G_N_ELEMENTS (dashes) || dashes[pattern][0] <= 0.0)
    return FALSE;
  *on_px = dashes[pattern][0];
  *off_px = dashes[pattern][1];
  return TRUE;
}

double
rn_line_width_px (double zoom)
{
  guint last = G_N_ELEMENTS (WIDTHS) - 1;

  if (!(zoom > WIDTHS[0].zoom))
    return WIDTHS[0].width_px;
  for (guint i = 1; i <= last; i++)
    if (zoom < WIDTHS[i].zoom)
      {
        double t = (zoom - WIDTHS[i - 1].zoom) / (WIDTHS[i].zoom - WIDTHS[i - 1].zoom);

        return WIDTHS[i - 1].width_px + t * (WIDTHS[i].width_px - WIDTHS[i - 1].width_px);
      }
  return WIDTHS[last].width_px;
}

double
rn_line_offset_px (double width_px)
{
  return width_px / 2.0 + 0.5;
}
