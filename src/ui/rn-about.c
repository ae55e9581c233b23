/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Version, licence, and where the map comes from. Main thread. */
#include "ui/rn-about.h"

#include <adwaita.h>

#include "base/rn-i18n.h"

static void
add_data_credits (AdwAboutWindow *about)
{
  adw_about_window_add_legal_section (
      about, _("Base map: Natural Earth"), NULL, GTK_LICENSE_CUSTOM,
      _("Land, water and boundaries are made from Natural Earth (naturalearthdata.com), which is "
         "in the public domain."));
  adw_about_window_add_legal_section (
      about, _("Place names: GeoNames"), NULL, GTK_LICENSE_CUSTOM,
      _("Names of cities and towns are from GeoNames (geonames.org), licensed under CC BY 4.0."));
  adw_about_window_add_legal_section (
      about, _("12 points of the demo: OpenStreetMap"), _("© OpenStreetMap contributors"),
      GTK_LICENSE_CUSTOM,
      _("Twelve points of the demo network are from OpenStreetMap (openstreetmap.org/copyright), "
         "licensed under the Open Database License (ODbL)."));
  adw_about_window_add_legal_section (
      about, _("Demo network"), NULL, GTK_LICENSE_CUSTOM,
      _("The roads of the demo are compiled for it: a network like that of Jiangsu, not a survey. "
         "Traffic, incidents, works and weather on it are simulated."));
}

void
rn_about_show (GtkWindow *parent)
{
  AdwAboutWindow *about = ADW_ABOUT_WINDOW (adw_about_window_new ());

  adw_about_window_set_application_name (about, _("RoadNet"));
  adw_about_window_set_application_icon (about, RN_APP_ID);
  adw_about_window_set_version (about, RN_VERSION);
  adw_about_window_set_developer_name (about, _("The RoadNet developers"));
  adw_about_window_set_comments (
      about, _("The desktop program of an expressway control centre: flow, incidents and works on "
                "a map, each value with its age."));
  adw_about_window_set_license_type (about, GTK_LICENSE_GPL_3_0);
  adw_about_window_set_copyright (about, _("© 2026 The RoadNet developers"));
  add_data_credits (about);
  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  gtk_window_set_modal (GTK_WINDOW (about), TRUE);
  gtk_window_present (GTK_WINDOW (about));
}
