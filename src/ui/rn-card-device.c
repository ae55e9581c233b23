/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made anew with each frame; what age alone changes also each second. Main thread. */
#include "ui/rn-card-device.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-device-text.h"
#include "ui/rn-section-rows.h"

#define MAX_LINES 10 /* of a label */

struct _RnCardDevice {
  RnCardBody parent_instance;
  GtkWidget *box, *messages, *sign, *description, *pairs, *sections;
};

G_DEFINE_FINAL_TYPE (RnCardDevice, rn_card_device, RN_TYPE_CARD_BODY)

static void
fill_head (const RnCardContext *context, const RnDevice *device, RnCardHead *head)
{
  g_autofree char *place = rn_device_text_dup_place (context->frame, device, FALSE);
  const char *type = rn_device_type_title (device->type), *title = rn_device_title (device);
  gboolean placed = !g_str_equal (place, RN_DASH), named = !g_str_equal (title, type);
  int strain = rn_device_text_strain (device, context->now_us);

  head->icon = rn_device_text_icon (device->type);
  head->icon_class = rn_device_text_strain_class (strain);
  head->road = g_strdup (rn_device_text_road (context->frame, device, &head->shield));
  head->title = g_strdup (title);
  if (placed || named)
    head->second = g_strdup_printf ("%s%s%s", named ? type : "", named && placed ? " · " : "",
                                    placed ? place : "");
  head->badge = rn_device_text_dup_strain (device, context->now_us);
  if (head->badge == NULL)
    head->badge = g_strdup (rn_device_status_title (device->status));
  head->badge_class = rn_device_text_strain_class (strain);
  head->age = rn_side_feed_age (context->frame, device->source, RN_FEED_WORKS,
                                rn_device_heard_us (device), context->now_us);
}

/* At most MAX_LINES lines of @text, or nothing. */
static void
show_label (GtkWidget *label, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", MAX_LINES + 1);
  g_autofree char *first = NULL;

  if (g_strv_length (lines) > MAX_LINES)
    {
      g_free (lines[MAX_LINES]);
      lines[MAX_LINES] = g_strdup ("…");
    }
  first = g_strjoinv ("\n", lines);
  gtk_label_set_text (GTK_LABEL (label), first);
  gtk_widget_set_visible (label, text != NULL);
}

/* What a sign shows, as it stands there: its pages one below the other. */
static void
show_sign (RnCardDevice *self, const RnDevice *device)
{
  const char *text = device->type == RN_DEVICE_MESSAGE_SIGN ? device->shows : device->text;
  g_autofree char *pages = NULL;

  if (text != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (text, "\f", -1);

      pages = g_strjoinv ("\n—\n", parts);
    }
  show_label (self->sign, pages);
}

static void
add_pair (RnCardDevice *self, const char *what, const char *value)
{
  if (value != NULL)
    gtk_box_append (GTK_BOX (self->pairs), rn_card_pair (what, value));
}

static void
add_measure (RnCardDevice *self, const char *what, double value, const char *unit)
{
  g_autofree char *text = isnan (value) ? NULL : rn_text_measure (value, 0, unit);

  add_pair (self, what, text);
}

static void
add_moment (RnCardDevice *self, const RnCardContext *context, const char *what, gint64 at_us)
{
  g_autofree char *text = at_us != 0 ? rn_card_moment (context, at_us) : NULL;

  add_pair (self, what, text);
}

static void
add_flag (RnCardDevice *self, const char *what, int flag)
{
  add_pair (self, what, flag < 0 ? NULL : flag > 0 ? C_ ("device", "yes") : C_ ("device", "no"));
}

static void
show_pairs (RnCardDevice *self, const RnCardContext *context, const RnDevice *device)
{
  g_autofree char *shows = rn_device_dup_shows (device);
  g_autofree char *works = device->work_ids != NULL ? g_strjoinv (", ", device->work_ids) : NULL;

  rn_card_clear (self->pairs);
  if (device->type == RN_DEVICE_TRAFFIC_SENSOR)
    {
      add_measure (self, _("Speed"), device->speed_kmh, _("km/h"));
      add_measure (self, _("Flow"), device->flow_vph, _("veh/h"));
      add_measure (self, _("Occupancy"), device->occupancy_pct, "%");
    }
  else if (device->type != RN_DEVICE_MESSAGE_SIGN)
    add_pair (self, device->marks != NULL ? _("Marks") : _("Shows"), shows);
  add_pair (self, _("Fixed text"), device->fixed_text);
  add_pair (self, _("Image"), device->image_uri);
  add_moment (self, context, _("Last data"), device->data_us);
  add_moment (self, context, _("Last report"), device->updated_us);
  add_flag (self, _("Moving"), device->moving);
  add_pair (self, _("At works"), works);
  add_pair (self, _("Model"), device->model);
  add_pair (self, _("Operated by"), device->owner);
  add_pair (self, _("Source"), device->source);
  if (!device->located)
    add_pair (self, _("Place"), _("not reported: it is not on the map"));
}

static gboolean
rn_card_device_show (RnCardBody *body, const RnCardContext *context, RnCardHead *head)
{
  RnCardDevice *self = RN_CARD_DEVICE (body);
  const RnDevice *device = rn_frame_find_device (context->frame, context->key);
  const char *description;
  g_autofree char *messages = NULL;

  if (device == NULL)
    return FALSE;
  fill_head (context, device, head);
  if (!context->fresh)
    return TRUE;
  description = rn_names_get (device->description, NULL);
  if (g_strcmp0 (description, head->title) == 0)
    description = NULL;
  messages = device->messages != NULL ? g_strjoinv ("\n", device->messages) : NULL;
  show_label (self->messages, messages);
  show_label (self->description, description);
  show_sign (self, device);
  show_pairs (self, context, device);
  rn_section_rows_fill (self->sections, context, &device->section, device->section != RN_NONE, 1);
  return TRUE;
}

static void
rn_card_device_class_init (RnCardDeviceClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  RN_CARD_BODY_CLASS (class)->show = rn_card_device_show;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-card-device.ui");
  gtk_widget_class_bind_template_child (widget_class, RnCardDevice, box);
  gtk_widget_class_bind_template_child (widget_class, RnCardDevice, messages);
  gtk_widget_class_bind_template_child (widget_class, RnCardDevice, sign);
  gtk_widget_class_bind_template_child (widget_class, RnCardDevice, description);
  gtk_widget_class_bind_template_child (widget_class, RnCardDevice, pairs);
  gtk_widget_class_bind_template_child (widget_class, RnCardDevice, sections);
}

static void
rn_card_device_init (RnCardDevice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
