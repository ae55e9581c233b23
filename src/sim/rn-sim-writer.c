/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small JSON writer, made for columns of 100,000 numbers; see the header. */
#include "sim/rn-sim-writer.h"

#include "sim/rn-sim-time.h"

#include <math.h>
#include <string.h>

static const gint64 powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

static void
append_quoted (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;

      if (c == '"' || c == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, (char) c);
        }
      else if (c < 0x20)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_c (out, (char) c);
    }
  g_string_append_c (out, '"');
}

static void
append_integer (GString *out, gint64 value)
{
  char digits[24];
  gsize i = sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  do
    digits[--i] = (char) ('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (value < 0)
    digits[--i] = '-';
  g_string_append_len (out, digits + i, (gssize) (sizeof digits - i));
}

/* Comma and key; what follows is the value. */
static void
begin (RnSimWriter *self, const char *key)
{
  if (self->comma)
    g_string_append_c (self->out, ',');
  self->comma = TRUE;
  if (key != NULL)
    {
      append_quoted (self->out, key);
      g_string_append_c (self->out, ':');
    }
}

void
rn_sim_write_object (RnSimWriter *self, const char *key)
{
  begin (self, key);
  g_string_append_c (self->out, '{');
  self->comma = FALSE;
}

void
rn_sim_write_array (RnSimWriter *self, const char *key)
{
  begin (self, key);
  g_string_append_c (self->out, '[');
  self->comma = FALSE;
}

void
rn_sim_write_end_object (RnSimWriter *self)
{
  g_string_append_c (self->out, '}');
  self->comma = TRUE;
}

void
rn_sim_write_end_array (RnSimWriter *self)
{
  g_string_append_c (self->out, ']');
  self->comma = TRUE;
}

void
rn_sim_write_string (RnSimWriter *self, const char *key, const char *text)
{
  if (text == NULL)
    {
      rn_sim_write_null (self, key);
      return;
    }
  begin (self, key);
  append_quoted (self->out, text);
}

void
rn_sim_write_format (RnSimWriter *self, const char *key, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  rn_sim_write_string (self, key, text);
}

void
rn_sim_write_int (RnSimWriter *self, const char *key, gint64 value)
{
  begin (self, key);
  append_integer (self->out, value);
}

void
rn_sim_write_number (RnSimWriter *self, const char *key, double value, int decimals)
{
  gint64 scaled, whole, part;

  if (!isfinite (value))
    {
      rn_sim_write_null (self, key);
      return;
    }
  begin (self, key);
  scaled = llround (value * (double) powers[decimals]);
  if (scaled < 0)
    {
      g_string_append_c (self->out, '-');
      scaled = -scaled;
    }
  whole = scaled / powers[decimals];
  part = scaled % powers[decimals];
  append_integer (self->out, whole);
  if (part == 0)
    return;
  g_string_append_c (self->out, '.');
  for (int i = decimals - 1; i >= 0 && part > 0; i--)
    {
      g_string_append_c (self->out, (char) ('0' + part / powers[i]));
      part %= powers[i];
    }
}

void
rn_sim_write_bool (RnSimWriter *self, const char *key, gboolean value)
{
  begin (self, key);
  g_string_append (self->out, value ? "true" : "false");
}

void
rn_sim_write_null (RnSimWriter *self, const char *key)
{
  begin (self, key);
  g_string_append (self->out, "null");
}

void
rn_sim_write_time (RnSimWriter *self, const char *key, gint64 at_us)
{
  char text[RN_SIM_TIME_SIZE];

  if (at_us == 0)
    {
      rn_sim_write_null (self, key);
      return;
    }
  rn_sim_time_format (at_us, text);
  rn_sim_write_string (self, key, text);
}

void
rn_sim_write_names (RnSimWriter *self, const char *key, const RnNames *names)
{
  const char *tag, *text;

  if (names == NULL || !rn_names_nth (names, 0, &tag, &text))
    return;
  if (*tag == '\0' && !rn_names_nth (names, 1, &tag, &text))
    {
      rn_names_nth (names, 0, &tag, &text);
      rn_sim_write_string (self, key, text);
      return;
    }
  rn_sim_write_object (self, key);
  for (guint i = 0; rn_names_nth (names, i, &tag, &text); i++)
    if (*tag != '\0')
      rn_sim_write_string (self, tag, text);
  rn_sim_write_end_object (self);
}

void
rn_sim_write_pair (RnSimWriter *self, const char *key, const char *zh, const char *en)
{
  rn_sim_write_object (self, key);
  rn_sim_write_string (self, "zh-CN", zh);
  rn_sim_write_string (self, "en", en);
  rn_sim_write_end_object (self);
}

void
rn_sim_write_position (RnSimWriter *self, double lon, double lat)
{
  rn_sim_write_array (self, NULL);
  rn_sim_write_number (self, NULL, lon, 5);
  rn_sim_write_number (self, NULL, lat, 5);
  rn_sim_write_end_array (self);
}

void
rn_sim_write_point (RnSimWriter *self, double lon, double lat)
{
  rn_sim_write_object (self, "geometry");
  rn_sim_write_string (self, "type", "Point");
  rn_sim_write_array (self, "coordinates");
  rn_sim_write_number (self, NULL, lon, 5);
  rn_sim_write_number (self, NULL, lat, 5);
  rn_sim_write_end_array (self);
  rn_sim_write_end_object (self);
}

void
rn_sim_write_raw (RnSimWriter *self, const char *key, const char *json)
{
  begin (self, key);
  g_string_append (self->out, json);
}

GBytes *
rn_sim_writer_end (RnSimWriter *self)
{
  return g_string_free_to_bytes (g_steal_pointer (&self->out));
}
