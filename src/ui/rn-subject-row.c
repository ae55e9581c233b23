/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words are those of the hover card, so that map, cluster and list agree. Main thread. */
#include "ui/rn-subject-row.h"

#include "base/rn-i18n.h"
#include "ui/rn-device-text.h"
#include "ui/rn-hover-text.h"
#include "ui/rn-row.h"
#include "ui/rn-side-text.h"

#define SUBJECT_KEY "rn-subject"

static void
set_facility_icon (RnRowText *text, const RnFrame *frame, const char *key)
{
  guint32 i = rn_network_find_facility_key (frame->network, key);

  text->icon = rn_side_facility_icon (i != RN_NONE ? frame->network->facilities[i].type
                                                   : RN_N_FACILITY_TYPES);
}

static void
set_warning_icon (RnRowText *text, const RnFrame *frame, const char *key)
{
  for (guint i = 0; i < frame->warnings->len; i++)
    {
      const RnWarning *warning = frame->warnings->pdata[i];

      if (!g_str_equal (warning->key, key))
        continue;
      text->icon = rn_side_hazard_icon (warning->hazard);
      text->icon_class = rn_side_tier_class (warning->tier);
    }
}

static void
set_device_icon (RnRowText *text, const RnFrame *frame, const char *key, gint64 now_us)
{
  const RnDevice *device = rn_frame_find_device (frame, key);

  if (device == NULL)
    return;
  text->icon = rn_device_text_icon (device->type);
  text->icon_class = rn_device_text_strain_class (rn_device_text_strain (device, now_us));
}

static void
set_icon (RnRowText *text, const RnFrame *frame, const RnSubject *subject, gint64 now_us)
{
  const RnIncident *incident;

  text->icon = "rn-traffic-symbolic";
  switch (subject->kind)
    {
    case RN_SUBJECT_INCIDENT:
      incident = rn_frame_find_incident (frame, subject->key);
      if (incident == NULL)
        break;
      text->icon = rn_side_tier_icon (incident->level);
      text->icon_class = rn_side_level_class (incident->level);
      break;
    case RN_SUBJECT_WORK:
      text->icon = "rn-works-symbolic";
      text->icon_class = "works";
      break;
    case RN_SUBJECT_FACILITY:
      set_facility_icon (text, frame, subject->key);
      break;
    case RN_SUBJECT_DEVICE:
      set_device_icon (text, frame, subject->key, now_us);
      break;
    case RN_SUBJECT_WARNING:
      set_warning_icon (text, frame, subject->key);
      break;
    case RN_SUBJECT_STATION:
      text->icon = "rn-weather-station-symbolic";
      break;
    case RN_SUBJECT_SECTION:
    case RN_SUBJECT_ROAD:
    default:
      break;
    }
}

GtkWidget *
rn_subject_row_new (RnSeat *seat, const RnSubject *subject, const char *before, const char *word)
{
  RnSession *session = rn_seat_get_session (seat);
  const RnFrame *frame = rn_seat_get_frame (seat);
  g_autoptr (RnHoverText) hover = rn_hover_text_new (frame, subject, rn_session_now_us (session),
                                                     rn_session_get_timezone (session));
  GtkWidget *item, *row;
  RnRowText text = { 0 };

  if (hover == NULL)
    return NULL;
  set_icon (&text, frame, subject, rn_session_now_us (session));
  text.title = hover->road != NULL ? g_strjoin (" ", hover->road, hover->title, NULL)
                                   : g_strdup (hover->title);
  /* where it is says enough but of an incident; the heading above says what it is */
  text.second = before != NULL && hover->values != NULL && subject->kind == RN_SUBJECT_INCIDENT
                    ? g_strjoin (" · ", before, hover->values, NULL)
                    : g_strdup (before != NULL ? before : hover->values);
  text.word = g_strdup (word);
  text.word_class = "strong";
  item = gtk_list_box_row_new ();
  row = rn_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (item), row);
  rn_row_show (RN_ROW (row), &text); /* in its row: that is what it names */
  rn_row_text_clear (&text);
  g_object_set_data_full (G_OBJECT (item), SUBJECT_KEY, rn_subject_copy (subject),
                          (GDestroyNotify) rn_subject_free);
  return item;
}

const RnSubject *
rn_subject_row_get (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), SUBJECT_KEY);
}

char *
rn_subject_row_count_title (const GPtrArray *subjects)
{
  const RnSubject *first = subjects->pdata[0];
  guint n = subjects->len;

  switch (first->kind)
    {
    case RN_SUBJECT_SECTION: /* a jam that nobody has acknowledged, among incidents */
    case RN_SUBJECT_INCIDENT:
      return g_strdup_printf (ngettext ("%u incident", "%u incidents", n), n);
    case RN_SUBJECT_WORK:
      return g_strdup_printf (ngettext ("%u road works", "%u road works", n), n);
    case RN_SUBJECT_WARNING:
      return g_strdup_printf (ngettext ("%u weather warning", "%u weather warnings", n), n);
    case RN_SUBJECT_DEVICE:
      return g_strdup_printf (ngettext ("%u device", "%u devices", n), n);
    case RN_SUBJECT_FACILITY:
    case RN_SUBJECT_STATION:
    case RN_SUBJECT_ROAD:
    default:
      return g_strdup_printf (ngettext ("%u facility", "%u facilities", n), n);
    }
}
