/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows alerts and clock only while it is seen. Letters are those of a wall panel, twice as large
 * where there is room for twice as much. Main thread. */
#include "ui/rn-area-panel.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-alert-text.h"
#include "ui/rn-compat.h"
#include "ui/rn-side-text.h"

#define SMALL_BELOW_PX 1250
#define LARGE_FROM_PX 2400
#define N_WORST 3

struct _RnAreaPanel {
  GtkWidget parent_instance;
  RnSeat *seat;
  GtkWidget *box, *tiers, *calm, *worst;
  GtkWidget *tier[RN_N_TIERS], *count[RN_N_TIERS], *known[RN_N_TIERS];
  struct {
    GtkWidget *box, *icon, *title, *second, *age;
    const char *icon_class; /* interned */
  } row[N_WORST];
  int width;
  guint size_idle; /* 0 none */
};

G_DEFINE_FINAL_TYPE (RnAreaPanel, rn_area_panel, GTK_TYPE_WIDGET)

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text != NULL ? text : "") != 0)
    gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

static void
show_tiers (RnAreaPanel *self, const RnAlertSheet *sheet)
{
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    {
      g_autofree char *count = rn_text_count (sheet->asks[tier]);
      g_autofree char *known_count = rn_text_count (sheet->known[tier]);
      g_autofree char *known = g_strdup_printf ("✓ %s", known_count);
      g_autofree char *name = g_strdup_printf (_("%s: %s unacknowledged, %s acknowledged"),
                                               rn_alert_text_tier (tier), count, known_count);

      set_text (self->count[tier], count);
      set_text (self->known[tier], sheet->known[tier] > 0 ? known : RN_DASH);
      rn_compat_set_class (self->tier[tier], "asks", sheet->asks[tier] > 0);
      rn_compat_set_name (self->tier[tier], name);
    }
}

static void
show_row (RnAreaPanel *self, guint i, const RnAlertContext *context, const RnAlert *alert)
{
  int tier = rn_alert_shown_tier (alert);
  const char *icon_class = g_intern_string (rn_side_level_class (tier));
  g_autofree char *place = rn_alert_text_row_place (context, alert);
  g_autofree char *what = rn_alert_text_what (context, alert);
  g_autofree char *title = g_strdup_printf ("%s %s", place, what);
  g_autofree char *second = rn_alert_text_second (context, alert);
  g_autofree char *age = rn_text_age (context->now_us - alert->raised_us);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->row[i].icon), rn_side_tier_icon (tier));
  if (icon_class != self->row[i].icon_class && self->row[i].icon_class != NULL)
    gtk_widget_remove_css_class (self->row[i].icon, self->row[i].icon_class);
  if (icon_class != NULL)
    gtk_widget_add_css_class (self->row[i].icon, icon_class);
  self->row[i].icon_class = icon_class;
  set_text (self->row[i].title, title);
  set_text (self->row[i].second, second);
  set_text (self->row[i].age, age);
}

static void
show_calm (RnAreaPanel *self, const RnAlertContext *context)
{
  guint n_known = context->sheet->known[0];
  g_autofree char *moment = NULL;
  g_autofree char *text = NULL;

  if (n_known > 0)
    {
      text = g_strdup_printf (ngettext ("All acknowledged: %u alert stands.",
                                        "All acknowledged: %u alerts stand.", n_known),
                              n_known);
    }
  else if (context->sheet->last_cleared_us != 0)
    {
      moment = rn_text_moment (context->sheet->last_cleared_us, context->now_us, context->timezone);
      text = g_strdup_printf (_("No alerts. The last one cleared at %s."), moment);
    }
  set_text (self->calm, text != NULL ? text : _("No alerts."));
}

static void
update (RnAreaPanel *self)
{
  RnSession *session = rn_seat_get_session (self->seat);
  RnAlertContext context = { rn_seat_get_frame (self->seat), rn_seat_get_alerts (self->seat),
                             rn_session_now_us (session), rn_session_get_timezone (session) };
  const GPtrArray *alerts;
  guint n = 0;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  alerts = rn_alert_desk_get_alerts (rn_seat_get_desk (self->seat));
  show_tiers (self, context.sheet);
  for (guint i = 0; i < alerts->len && n < N_WORST; i++)
    if (rn_alert_asks (alerts->pdata[i]))
      show_row (self, n++, &context, alerts->pdata[i]);
  for (guint i = 0; i < N_WORST; i++)
    gtk_widget_set_visible (self->row[i].box, i < n);
  if (n == 0)
    show_calm (self, &context);
  else
    set_text (self->calm, NULL);
}

/* ---- size ------------------------------------------------------------------------------------ */

static gboolean
size_cb (gpointer data)
{
  RnAreaPanel *self = data;

  self->size_idle = 0;
  rn_compat_set_class (GTK_WIDGET (self), "small", self->width < SMALL_BELOW_PX);
  rn_compat_set_class (GTK_WIDGET (self), "large", self->width >= LARGE_FROM_PX);
  return G_SOURCE_REMOVE;
}

static void
rn_area_panel_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnAreaPanel *self = RN_AREA_PANEL (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  if (self->width == width)
    return;
  self->width = width;
  if (self->size_idle == 0) /* classes may not change while widgets are allocated */
    self->size_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, size_cb, self, NULL);
}

/* It has the room of the map, whatever its letters would like. */
static void
rn_area_panel_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

/* ---- life ------------------------------------------------------------------------------------ */

static void
rn_area_panel_dispose (GObject *object)
{
  RnAreaPanel *self = RN_AREA_PANEL (object);

  g_clear_handle_id (&self->size_idle, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->seat);
  G_OBJECT_CLASS (rn_area_panel_parent_class)->dispose (object);
}

static void
rn_area_panel_class_init (RnAreaPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_area_panel_dispose;
  widget_class->size_allocate = rn_area_panel_size_allocate;
  widget_class->measure = rn_area_panel_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_label (GtkWidget *box, const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_tier (RnAreaPanel *self, int tier)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *icon = gtk_image_new_from_icon_name (rn_side_tier_icon (tier));

  self->tier[tier] = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_add_css_class (self->tier[tier], "tier");
  gtk_widget_add_css_class (icon, "rn-shape");
  gtk_widget_add_css_class (icon, rn_side_level_class (tier));
  gtk_widget_set_halign (head, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), icon);
  self->count[tier] = add_label (head, "count", 0.5f);
  gtk_label_set_ellipsize (GTK_LABEL (self->count[tier]), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (self->tier[tier]), head);
  self->known[tier] = add_label (self->tier[tier], "known", 0.5f);
  gtk_box_append (GTK_BOX (self->tiers), self->tier[tier]);
}

static void
add_row (RnAreaPanel *self, guint i)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->row[i].box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  gtk_widget_add_css_class (self->row[i].box, i == 0 ? "worst" : "next");
  self->row[i].icon = gtk_image_new ();
  gtk_widget_add_css_class (self->row[i].icon, "rn-shape");
  gtk_widget_set_valign (self->row[i].icon, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->row[i].box), self->row[i].icon);
  gtk_widget_set_hexpand (lines, TRUE);
  self->row[i].title = add_label (lines, "title", 0);
  self->row[i].second = add_label (lines, "second", 0);
  gtk_box_append (GTK_BOX (self->row[i].box), lines);
  self->row[i].age = add_label (self->row[i].box, "age", 1);
  gtk_label_set_ellipsize (GTK_LABEL (self->row[i].age), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (self->worst), self->row[i].box);
}

static void
rn_area_panel_init (RnAreaPanel *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "rn-area");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->tiers = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->tiers), TRUE);
  gtk_widget_add_css_class (self->tiers, "tiers");
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    add_tier (self, tier);
  gtk_box_append (GTK_BOX (self->box), self->tiers);
  self->worst = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (guint i = 0; i < N_WORST; i++)
    add_row (self, i);
  gtk_box_append (GTK_BOX (self->box), self->worst);
  self->calm = add_label (self->box, "calm", 0.5f);
  gtk_label_set_wrap (GTK_LABEL (self->calm), TRUE);
  gtk_widget_set_vexpand (self->calm, TRUE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
rn_area_panel_new (RnSeat *seat)
{
  RnAreaPanel *self = g_object_new (RN_TYPE_AREA_PANEL, NULL);

  self->seat = g_object_ref (seat);
  rn_compat_set_name (GTK_WIDGET (self), _("Area panel"));
  g_signal_connect_object (seat, "notify::alerts", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rn_seat_get_session (seat), "feeds-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (update), NULL);
  return GTK_WIDGET (self);
}
