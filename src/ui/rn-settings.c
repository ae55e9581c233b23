/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GSettings ends the program when a schema is missing, so that is looked at first. Values that do
 * not fit the schema it replaces by the default itself; strings are looked at here. */
#include "ui/rn-settings.h"

#include "base/rn-i18n.h"

const char *const rn_settings_themes[] = { "system", "dark", "light", "high-contrast", NULL };
const char *const rn_settings_units[] = { "metric", "imperial", NULL };
const char *const rn_settings_languages[] = { "", "en", "zh_CN", NULL };

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

char *
rn_settings_dup_language (void)
{
  g_autofree char *language = g_settings_get_string (rn_settings_get (), "language");

  if (*language == '\0')
    return NULL;
  if (g_strv_contains (rn_settings_languages, language))
    return g_steal_pointer (&language);
  g_message ("settings, language: “%s” is none of en, zh_CN: that of the desktop is used",
             language);
  return NULL;
}

/* ---- choices --------------------------------------------------------------------------------- */

static gboolean
to_selected (GValue *selected, GVariant *value, gpointer data)
{
  const char *const *values = data;
  const char *text = g_variant_get_string (value, NULL);

  for (guint i = 0; values[i] != NULL; i++)
    if (g_str_equal (values[i], text))
      {
        g_value_set_uint (selected, i);
        return TRUE;
      }
  return FALSE; /* then the default is taken, which is in the list */
}

static GVariant *
from_selected (const GValue *selected, const GVariantType *type, gpointer data)
{
  const char *const *values = data;
  guint i = g_value_get_uint (selected);

  return i < g_strv_length ((GStrv) values) ? g_variant_new_string (values[i]) : NULL;
}

void
rn_settings_bind_choice (const char *key, gpointer widget, const char *const *values)
{
  g_settings_bind_with_mapping (rn_settings_get (), key, widget, "selected",
                                G_SETTINGS_BIND_DEFAULT, to_selected, from_selected,
                                (gpointer) values, NULL);
}
