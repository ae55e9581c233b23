/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Field devices: life, and the words for what they show. Filled by one thread, then immutable. */
#include "model/rn-device.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "model/rn-value.h"

typedef struct {
  RnDevice pub;
  gatomicrefcount refs;
} Private;

RnDevice *
rn_device_new (const char *source, const char *id, RnDeviceType type)
{
  Private *self = g_new0 (Private, 1);
  RnDevice *pub = &self->pub;

  g_atomic_ref_count_init (&self->refs);
  rn_value_set_key (&pub->source, &pub->id, &pub->key, source, id);
  pub->type = type;
  pub->section = RN_NONE;
  pub->post = pub->speed_kmh = pub->flow_vph = pub->occupancy_pct = NAN;
  pub->moving = pub->flashing = pub->in_transport = -1;
  return pub;
}

RnDevice *
rn_device_ref (const RnDevice *self)
{
  g_atomic_ref_count_inc (&((Private *) self)->refs);
  return (RnDevice *) self;
}

void
rn_device_unref (const RnDevice *device)
{
  RnDevice *self = (RnDevice *) device;

  if (self == NULL || !g_atomic_ref_count_dec (&((Private *) self)->refs))
    return;
  g_free (self->source);
  g_free (self->id);
  g_free (self->key);
  g_free (self->type_word);
  rn_names_unref (self->names);
  rn_names_unref (self->description);
  g_strfreev (self->messages);
  g_free (self->road);
  g_free (self->direction);
  g_strfreev (self->work_ids);
  g_free (self->owner);
  g_free (self->model);
  g_free (self->shows);
  g_free (self->text);
  g_free (self->fixed_text);
  g_strfreev (self->marks);
  g_free (self->image_uri);
  g_free (self);
}

RnDevice *
rn_device_copy_at (const RnDevice *self, guint32 section)
{
  RnDevice *copy = rn_device_new (self->source, self->id, self->type);
  char *source = copy->source, *id = copy->id, *key = copy->key;

  *copy = *self;
  copy->source = source;
  copy->id = id;
  copy->key = key;
  copy->section = section;
  copy->type_word = g_strdup (self->type_word);
  rn_names_ref (copy->names);
  rn_names_ref (copy->description);
  copy->messages = g_strdupv (self->messages);
  copy->road = g_strdup (self->road);
  copy->direction = g_strdup (self->direction);
  copy->work_ids = g_strdupv (self->work_ids);
  copy->owner = g_strdup (self->owner);
  copy->model = g_strdup (self->model);
  copy->shows = g_strdup (self->shows);
  copy->text = g_strdup (self->text);
  copy->fixed_text = g_strdup (self->fixed_text);
  copy->marks = g_strdupv (self->marks);
  copy->image_uri = g_strdup (self->image_uri);
  return copy;
}

/* ---- words ---- */

const char *const *
rn_device_type_words (void)
{
  static const char *const words[RN_N_DEVICE_TYPES] = {
    "arrow-board",     "camera",         "dynamic-message-sign",
    "flashing-beacon", "hybrid-sign",    "location-marker",
    "traffic-sensor",  "traffic-signal", NULL
  };

  return words;
}

const char *
rn_device_type_title (RnDeviceType type)
{
  static const char *const titles[RN_N_DEVICE_TYPES] = {
    NC_ ("device", "Device"),          NC_ ("device", "Arrow board"),
    NC_ ("device", "Camera"),          NC_ ("device", "Message sign"),
    NC_ ("device", "Flashing beacon"), NC_ ("device", "Hybrid sign"),
    NC_ ("device", "Location marker"), NC_ ("device", "Traffic sensor"),
    NC_ ("device", "Traffic signal")
  };

  g_return_val_if_fail (type < RN_N_DEVICE_TYPES, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "device", titles[type]);
}

const char *
rn_device_status_title (RnDeviceStatus status)
{
  static const char *const titles[] = { NC_ ("device", "Status unknown"),
                                        NC_ ("device", "In order"), NC_ ("device", "Warning"),
                                        NC_ ("device", "Fault") };

  g_return_val_if_fail (status < G_N_ELEMENTS (titles), "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "device", titles[status]);
}

const char *
rn_device_title (const RnDevice *self)
{
  const char *name = rn_names_get (self->names, NULL);

  if (name == NULL)
    name = rn_names_get (self->description, NULL);
  if (name == NULL && self->type == RN_DEVICE_OTHER)
    name = self->type_word;
  return name != NULL ? name : rn_device_type_title (self->type);
}

gint64
rn_device_heard_us (const RnDevice *self)
{
  return self->updated_us != 0 ? self->updated_us : self->observed_at_us;
}

/* ---- what it shows ---- */

static const struct {
  const char *word, *title;
} shown[] = {
  /* arrow boards */
  { "bidirectional-arrow-flashing", NC_ ("device", "Arrows both ways, flashing") },
  { "bidirectional-arrow-static", NC_ ("device", "Arrows both ways") },
  { "blank", NC_ ("device", "Blank") },
  { "diamonds-alternating", NC_ ("device", "Alternating diamonds") },
  { "four-corners-flashing", NC_ ("device", "Four corners, flashing") },
  { "left-arrow-flashing", NC_ ("device", "Left arrow, flashing") },
  { "left-arrow-sequential", NC_ ("device", "Left arrow, sequential") },
  { "left-arrow-static", NC_ ("device", "Left arrow") },
  { "left-chevron-flashing", NC_ ("device", "Left chevron, flashing") },
  { "left-chevron-sequential", NC_ ("device", "Left chevrons, sequential") },
  { "left-chevron-static", NC_ ("device", "Left chevron") },
  { "line-flashing", NC_ ("device", "Line, flashing") },
  { "right-arrow-flashing", NC_ ("device", "Right arrow, flashing") },
  { "right-arrow-sequential", NC_ ("device", "Right arrow, sequential") },
  { "right-arrow-static", NC_ ("device", "Right arrow") },
  { "right-chevron-flashing", NC_ ("device", "Right chevron, flashing") },
  { "right-chevron-sequential", NC_ ("device", "Right chevrons, sequential") },
  { "right-chevron-static", NC_ ("device", "Right chevron") },
  /* beacons and hybrid signs */
  { "vehicle-entering", NC_ ("device", "Vehicle entering") },
  { "queue-warning", NC_ ("device", "Queue warning") },
  { "reduced-speed", NC_ ("device", "Reduced speed") },
  { "workers-present", NC_ ("device", "Workers present") },
  { "speed-limit", NC_ ("device", "Speed limit") },
  { "travel-time", NC_ ("device", "Travel time") },
  /* location markers */
  { "afad", NC_ ("device", "Automated flagger") },
  { "delineator", NC_ ("device", "Delineator") },
  { "flagger", NC_ ("device", "Flagger") },
  { "lane-shift", NC_ ("device", "Lane shift") },
  { "lane-closure", NC_ ("device", "Lane closure") },
  { "personal-device", NC_ ("device", "Worker") },
  { "temporary-traffic-signal", NC_ ("device", "Temporary traffic signal") },
  { "ramp-closure", NC_ ("device", "Ramp closure") },
  { "road-closure", NC_ ("device", "Road closure") },
  { "road-event-start", NC_ ("device", "Beginning of the event") },
  { "road-event-end", NC_ ("device", "End of the event") },
  { "work-truck-with-lights-flashing", NC_ ("device", "Work truck, lights flashing") },
  { "work-zone-start", NC_ ("device", "Beginning of the works") },
  { "work-zone-end", NC_ ("device", "End of the works") },
  /* signals */
  { "flashing-red", NC_ ("device", "Flashing red") },
  { "flashing-yellow", NC_ ("device", "Flashing yellow") },
  { "fully-actuated", NC_ ("device", "Fully actuated") },
  { "manual", NC_ ("device", "Manual") },
  { "pre-timed", NC_ ("device", "Fixed time") },
  { "semi-actuated", NC_ ("device", "Semi-actuated") },
};

/* A word of a feed in the language in use, one that is not known as it is. NULL for "unknown" and
 * "other". */
static char *
dup_word (const char *word)
{
  if (word == NULL || *word == '\0' || strcmp (word, "unknown") == 0 || strcmp (word, "other") == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    if (strcmp (shown[i].word, word) == 0)
      return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "device", shown[i].title));
  return g_strdelimit (g_strdup (word), "-_", ' ');
}

static void
append_take (GString *text, const char *between, char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? between : "", part);
  g_free (part);
}

/* "ROADWORK / NEXT 6 MILES // USE LEFT LANE" */
static char *
dup_sign (const char *lines)
{
  g_auto (GStrv) pages = g_strsplit (lines != NULL ? lines : "", "\f", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint p = 0; pages[p] != NULL; p++)
    {
      g_auto (GStrv) rows = g_strsplit (pages[p], "\n", -1);
      g_autoptr (GString) page = g_string_new (NULL);

      for (guint r = 0; rows[r] != NULL; r++)
        append_take (page, " / ", g_strdup (g_strstrip (rows[r])));
      append_take (text, " // ", g_strdup (page->str));
    }
  return g_strdup (text->str);
}

static char *
dup_measure (double value, int decimals, const char *unit)
{
  return isnan (value) ? NULL : rn_text_measure (value, decimals, unit);
}

static void
append_marks (GString *text, const RnDevice *self)
{
  for (guint i = 0; self->marks != NULL && self->marks[i] != NULL; i++)
    append_take (text, ", ", dup_word (self->marks[i]));
}

static void
append_sensor (GString *text, const RnDevice *self)
{
  append_take (text, " · ", dup_measure (self->speed_kmh, 0, _("km/h")));
  append_take (text, " · ", dup_measure (self->flow_vph, 0, _("veh/h")));
  append_take (text, " · ", dup_measure (self->occupancy_pct, 0, "%"));
}

static void
append_flashing (GString *text, const RnDevice *self)
{
  if (self->flashing >= 0)
    append_take (
        text, " · ",
        g_strdup (self->flashing > 0 ? C_ ("device", "flashing") : C_ ("device", "not flashing")));
}

char *
rn_device_dup_shows (const RnDevice *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->type == RN_DEVICE_MESSAGE_SIGN)
    append_take (text, "", dup_sign (self->shows));
  else
    append_take (text, "", dup_word (self->shows));
  append_take (text, " · ", dup_sign (self->text));
  append_marks (text, self);
  append_sensor (text, self);
  append_flashing (text, self);
  if (self->in_transport > 0)
    append_take (text, " · ", g_strdup (C_ ("device", "in transport position")));
  return text->len > 0 ? g_strdup (text->str) : NULL;
}
