/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry for a number. Main thread. */
#include "ui/rn-rule-field.h"

#include <math.h>

#include "ui/rn-compat.h"

#define WIDTH_CHARS 6

GtkWidget *
rn_rule_field_new (const char *name)
{
  GtkWidget *field = gtk_entry_new ();

  gtk_entry_set_input_purpose (GTK_ENTRY (field), GTK_INPUT_PURPOSE_NUMBER);
  gtk_editable_set_width_chars (GTK_EDITABLE (field), WIDTH_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (field), WIDTH_CHARS);
  gtk_widget_add_css_class (field, "numeric");
  gtk_widget_set_valign (field, GTK_ALIGN_CENTER);
  rn_compat_set_name (field, name);
  return field;
}

void
rn_rule_field_set (GtkWidget *field, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE] = "";

  if (!isnan (value))
    g_ascii_formatd (text, sizeof text, "%.10g", value);
  gtk_editable_set_text (GTK_EDITABLE (field), text);
  rn_compat_set_class (field, "error", FALSE);
}

gboolean
rn_rule_field_get (GtkWidget *field, double empty, double *value)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (field))));
  char *end;
  gboolean good = TRUE;

  *value = empty;
  if (*text != '\0')
    {
      *value = g_ascii_strtod (text, &end);
      good = *end == '\0' && isfinite (*value);
    }
  rn_compat_set_class (field, "error", !good);
  return good;
}
