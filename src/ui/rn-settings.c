/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GSettings ends the program when a schema is missing, so that is looked at first. */
#include "ui/rn-settings.h"

#include "base/rn-i18n.h"

gboolean
rn_settings_check (GError **error)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source != NULL ? g_settings_schema_source_lookup (source, RN_APP_ID, TRUE) : NULL;

  if (schema != NULL)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               _("the settings schema %s is not installed (glib-2.0/schemas in one of the folders "
                  "of XDG_DATA_DIRS)"),
               RN_APP_ID);
  return FALSE;
}

GSettings *
rn_settings_get (void)
{
  static GSettings *settings;

  if (settings == NULL)
    settings = g_settings_new (RN_APP_ID);
  return settings;
}
