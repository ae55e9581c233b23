/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames, theme, layers, colouring and selection flow from the seat to the map; clicks flow back as
 * the selection. The hover card is filled anew with each frame, so that it never shows an old
 * value. Main thread. */
#include "ui/rn-map-pane.h"

#include "base/rn-i18n.h"
#include "ui/rn-base-maps.h"
#include "ui/rn-cluster-popover.h"
#include "ui/rn-compat.h"
#include "ui/rn-hover-card.h"
#include "ui/rn-near-popover.h"
#include "ui/rn-north-arrow.h"
#include "ui/rn-subject-row.h"

#define CARD_GAP_PX 14
#define GO_TO_PADDING_PX 80
/* A place that is so near to a road lies on it. */
#define NEAR_PX 8.0
#define NEAR_M 150.0

struct _RnMapPane {
  GtkWidget parent_instance;
  RnSeat *seat;
  GtkWidget *overlay, *map, *card, *waiting, *spinner, *waiting_label, *controls;
  GtkWidget *north, *arrow, *near, *cluster;
  RnSubject *hovered; /* NULL none */
  guint n_hovered;    /* that it stands for */
  gboolean any_known; /* of some alert that asks the data are not lost */
  double x, y;        /* of the pointer */
};

G_DEFINE_FINAL_TYPE (RnMapPane, rn_map_pane, GTK_TYPE_WIDGET)

/* Beside the pointer, on the side where there is room. */
static gboolean
child_position_cb (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *place, RnMapPane *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (overlay));
  int height = gtk_widget_get_height (GTK_WIDGET (overlay));
  GtkRequisition size;

  if (child != self->card)
    return FALSE;
  gtk_widget_get_preferred_size (child, NULL, &size);
  place->width = MIN (size.width, width);
  place->height = MIN (size.height, height);
  place->x = (int) self->x + CARD_GAP_PX;
  place->y = (int) self->y + CARD_GAP_PX;
  if (place->x + place->width > width)
    place->x = MAX (0, (int) self->x - CARD_GAP_PX - place->width);
  if (place->y + place->height > height)
    place->y = MAX (0, (int) self->y - CARD_GAP_PX - place->height);
  return TRUE;
}

static void
rn_map_pane_dispose (GObject *object)
{
  RnMapPane *self = RN_MAP_PANE (object);

  g_clear_pointer (&self->near, gtk_widget_unparent);
  g_clear_pointer (&self->cluster, gtk_widget_unparent);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_pointer (&self->hovered, rn_subject_free);
  g_clear_object (&self->seat);
  G_OBJECT_CLASS (rn_map_pane_parent_class)->dispose (object);
}

static void
north_cb (RnMapPane *self)
{
  rn_map_view_reset_rotation (RN_MAP_VIEW (self->map));
}

static void
rn_map_pane_class_init (RnMapPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (RN_TYPE_HOVER_CARD);
  g_type_ensure (RN_TYPE_NORTH_ARROW);
  G_OBJECT_CLASS (klass)->dispose = rn_map_pane_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-map-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, overlay);
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, card);
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, controls);
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, north);
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, arrow);
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, waiting);
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, RnMapPane, spinner);
  gtk_widget_class_bind_template_callback (widget_class, child_position_cb);
  gtk_widget_class_bind_template_callback (widget_class, north_cb);
}

static void
rn_map_pane_init (RnMapPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->map = rn_map_view_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->map);
}

/* ---- from the map ---------------------------------------------------------------------------- */

/* "12 incidents", and below what the worst of them is. */
static void
tell_cluster (RnHoverText *text, const GPtrArray *members)
{
  g_autofree char *what =
      text->road != NULL ? g_strjoin (" ", text->road, text->title, NULL) : g_strdup (text->title);
  g_autofree char *worst =
      text->values != NULL ? g_strjoin (" · ", what, text->values, NULL) : g_strdup (what);

  g_free (text->title);
  g_free (text->values);
  g_clear_pointer (&text->road, g_free);
  g_clear_pointer (&text->note, g_free);
  text->title = rn_subject_row_count_title (members);
  /* Translators: of a cluster of incidents; %s is the worst of them */
  text->values = g_strdup_printf (_("Worst: %s"), worst);
}

static RnHoverText *
dup_hover_text (RnMapPane *self, const RnSubject *subject)
{
  RnSession *session = rn_seat_get_session (self->seat);
  const GPtrArray *members = rn_map_view_get_members (RN_MAP_VIEW (self->map), subject);
  RnHoverText *text =
      rn_hover_text_new (rn_seat_get_frame (self->seat), subject, rn_session_now_us (session),
                         rn_session_get_timezone (session));

  self->n_hovered = members != NULL ? members->len : 1;
  if (text != NULL && members != NULL)
    tell_cluster (text, members);
  return text;
}

static void
update_card (RnMapPane *self)
{
  g_autoptr (RnHoverText) text = NULL;

  if (self->hovered != NULL)
    text = dup_hover_text (self, self->hovered);
  if (text != NULL)
    rn_hover_card_set_text (RN_HOVER_CARD (self->card), text);
  gtk_widget_set_visible (self->card, text != NULL);
}

static guint
count_members (RnMapPane *self, const RnSubject *subject)
{
  const GPtrArray *members =
      subject != NULL ? rn_map_view_get_members (RN_MAP_VIEW (self->map), subject) : NULL;

  return members != NULL ? members->len : 1;
}

static void
hovered_cb (RnMapView *map, const RnSubject *subject, double x, double y, RnMapPane *self)
{
  self->x = x;
  self->y = y;
  if (!rn_subject_equal (self->hovered, subject)
      || self->n_hovered != count_members (self, subject))
    {
      g_clear_pointer (&self->hovered, rn_subject_free);
      self->hovered = subject != NULL ? rn_subject_copy (subject) : NULL;
      update_card (self);
    }
  if (subject != NULL)
    gtk_widget_queue_allocate (self->overlay);
}

/* What the keyboard has walked to, for screen readers: as the card says it, and which of many. */
static void
focused_cb (RnMapView *map, const RnSubject *subject, guint at, guint n, RnMapPane *self)
{
  g_autoptr (RnHoverText) text = subject != NULL ? dup_hover_text (self, subject) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  if (text != NULL)
    {
      if (text->road != NULL)
        g_string_append_printf (words, "%s ", text->road);
      g_string_append (words, text->title);
      if (text->values != NULL)
        g_string_append_printf (words, "%s%s", _(", "), text->values);
      g_string_append (words, _(", "));
      /* Translators: which of how many things on the map */
      g_string_append_printf (words, _("%u of %u"), at + 1, n);
    }
  rn_map_view_describe (map, words->str);
}

static void
cluster_opened_cb (RnMapView *map, GPtrArray *members, double x, double y, RnMapPane *self)
{
  rn_cluster_popover_open (RN_CLUSTER_POPOVER (self->cluster), members, x, y);
}

/* At the place of the pixel; of what stands there the place is its own. */
static void
context_menu_cb (RnMapView *map, const RnSubject *subject, double x, double y, RnMapPane *self)
{
  const RnFrame *frame = rn_seat_get_frame (self->seat);
  guint32 section = RN_NONE;
  RnPoint at;
  RnBox box;

  rn_map_view_get_place (map, x, y, &at.lon, &at.lat);
  if (subject != NULL && subject->kind == RN_SUBJECT_SECTION)
    section = rn_network_find_section_key (frame->network, subject->key);
  else if (subject != NULL && rn_frame_locate (frame, subject, &box) && box.min_lon == box.max_lon
           && box.min_lat == box.max_lat)
    at = (RnPoint){ box.min_lon, box.min_lat };
  rn_near_popover_open (RN_NEAR_POPOVER (self->near), at, section,
                        MAX (NEAR_PX * rn_map_view_get_scale_m_per_px (map), NEAR_M),
                        rn_map_view_get_rotation (map) != 0, x, y);
}

static void
centre_cb (RnNearPopover *popover, double lon, double lat, RnMapPane *self)
{
  double old_lon, old_lat, zoom;

  rn_map_view_get_view (RN_MAP_VIEW (self->map), &old_lon, &old_lat, &zoom);
  rn_map_view_go_to (RN_MAP_VIEW (self->map), lon, lat, zoom, TRUE);
}

static void
view_changed_cb (RnMapPane *self)
{
  double degrees = rn_map_view_get_rotation (RN_MAP_VIEW (self->map));

  gtk_widget_set_visible (self->north, degrees != 0);
  rn_north_arrow_set_rotation (RN_NORTH_ARROW (self->arrow), degrees);
}

/* The focus goes back to where the popover came from. */
static void
popover_closed_cb (RnMapPane *self)
{
  gtk_widget_grab_focus (self->map);
}

static void
picked_cb (RnMapView *map, const RnSubject *subject, double x, double y, RnMapPane *self)
{
  rn_seat_select (self->seat, subject);
}

/* ---- from the seat --------------------------------------------------------------------------- */

static gboolean
is_waiting (const RnFrame *frame)
{
  if (rn_frame_expects_network (frame))
    return frame->network->n_sections == 0;
  return frame->n_feeds == 0;
}

/* Why it has not come, as soon as that is known: a failed try makes no frame. */
static void
update_waiting (RnMapPane *self)
{
  g_autoptr (GPtrArray) feeds = NULL;
  g_autofree char *text = NULL;

  if (!gtk_widget_get_visible (self->waiting))
    return;
  feeds = rn_session_dup_feeds (rn_seat_get_session (self->seat));
  for (guint i = 0; i < feeds->len && text == NULL; i++)
    {
      const RnFeedStatus *status = feeds->pdata[i];

      if (status->kind == RN_FEED_NETWORK && status->error != NULL)
        text = g_strdup_printf (_("The road network has not come yet: %s"), status->error);
    }
  gtk_label_set_label (GTK_LABEL (self->waiting_label),
                       text != NULL ? text : _("Waiting for the road network …"));
}

static void
update_frame (RnMapPane *self)
{
  const RnFrame *frame = rn_seat_get_frame (self->seat);
  gboolean waiting =
      is_waiting (frame) && rn_session_get_n_sources (rn_seat_get_session (self->seat)) > 0;

  rn_map_view_set_frame (RN_MAP_VIEW (self->map), frame);
  rn_map_view_set_demo (RN_MAP_VIEW (self->map),
                        rn_session_is_demo (rn_seat_get_session (self->seat)));
  gtk_widget_set_visible (self->waiting, waiting);
  update_waiting (self);
  g_object_set (self->spinner, "spinning", waiting, NULL);
  update_card (self);
}

/* With the data lost symbols stay and stand still. */
static void
update_pulse (RnMapPane *self)
{
  rn_map_view_set_pulse (RN_MAP_VIEW (self->map),
                         self->any_known && rn_pulse_is_low (rn_seat_get_pulse (self->seat)));
}

static void
update_selection (RnMapPane *self)
{
  rn_map_view_set_selection (RN_MAP_VIEW (self->map), rn_seat_get_selection (self->seat));
}

/* What has no symbol of its own (a feed, a key figure) is passed over by the map. */
static void
update_alerts (RnMapPane *self)
{
  const RnAlertSheet *sheet = rn_seat_get_alerts (self->seat);
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr (GArray) tiers = g_array_new (FALSE, FALSE, sizeof (int));

  self->any_known = FALSE;
  for (guint i = 0; i < sheet->alerts->len; i++)
    {
      const RnAlert *alert = sheet->alerts->pdata[i];
      int tier = rn_alert_shown_tier (alert);

      if (!rn_alert_asks (alert) || alert->subject == NULL)
        continue;
      g_ptr_array_add (subjects, alert->subject);
      g_array_append_val (tiers, tier);
      self->any_known =
          self->any_known
          || (alert->quality != RN_QUALITY_LOST && alert->quality != RN_QUALITY_UNKNOWN);
    }
  rn_map_view_set_unacknowledged (RN_MAP_VIEW (self->map),
                                  (const RnSubject *const *) subjects->pdata,
                                  (const int *) (gconstpointer) tiers->data, subjects->len);
  update_pulse (self);
}

static void
update_view (RnMapPane *self)
{
  int theme = 0, colouring = 0;
  guint layers = 0;

  g_object_get (self->seat, "theme", &theme, "colouring", &colouring, "layers", &layers, NULL);
  rn_map_view_set_theme (RN_MAP_VIEW (self->map), (RnThemeId) theme);
  rn_map_view_set_colouring (RN_MAP_VIEW (self->map), (RnColouring) colouring);
  rn_map_view_set_layers (RN_MAP_VIEW (self->map), layers);
}

static void
go_to_cb (RnSeat *seat, const RnSubject *subject, RnMapPane *self)
{
  gboolean animate = TRUE;
  RnBox box;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animate,
                NULL);
  if (rn_frame_locate (rn_seat_get_frame (seat), subject, &box))
    rn_map_view_show_box (RN_MAP_VIEW (self->map), &box, GO_TO_PADDING_PX, animate);
}

static void
add_popovers (RnMapPane *self)
{
  self->near = rn_near_popover_new (self->seat);
  self->cluster = rn_cluster_popover_new (self->seat);
  gtk_widget_set_parent (self->near, GTK_WIDGET (self));
  gtk_widget_set_parent (self->cluster, GTK_WIDGET (self));
  g_signal_connect_object (self->near, "closed", G_CALLBACK (popover_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cluster, "closed", G_CALLBACK (popover_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->near, "centre", G_CALLBACK (centre_cb), self, 0);
  g_signal_connect_object (self->near, "north-up", G_CALLBACK (north_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map, "cluster-opened", G_CALLBACK (cluster_opened_cb), self, 0);
  g_signal_connect_object (self->map, "context-menu", G_CALLBACK (context_menu_cb), self, 0);
}

GtkWidget *
rn_map_pane_new (RnSeat *seat)
{
  RnMapPane *self = g_object_new (RN_TYPE_MAP_PANE, NULL);

  self->seat = g_object_ref (seat);
  g_signal_connect_object (self->map, "hovered", G_CALLBACK (hovered_cb), self, 0);
  g_signal_connect_object (self->map, "picked", G_CALLBACK (picked_cb), self, 0);
  g_signal_connect_object (self->map, "focused", G_CALLBACK (focused_cb), self, 0);
  g_signal_connect_object (self->map, "view-changed", G_CALLBACK (view_changed_cb), self,
                           G_CONNECT_SWAPPED);
  add_popovers (self);
  g_signal_connect_object (rn_seat_get_session (seat), "changed", G_CALLBACK (update_frame), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rn_seat_get_session (seat), "feeds-changed", G_CALLBACK (update_waiting),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::selection", G_CALLBACK (update_selection), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::theme", G_CALLBACK (update_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::colouring", G_CALLBACK (update_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::layers", G_CALLBACK (update_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::alerts", G_CALLBACK (update_alerts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rn_seat_get_pulse (seat), "notify::low", G_CALLBACK (update_pulse), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "go-to", G_CALLBACK (go_to_cb), self, 0);
  rn_base_maps_bind (RN_MAP_VIEW (self->map));
  update_view (self);
  update_frame (self);
  update_selection (self);
  update_alerts (self);
  return GTK_WIDGET (self);
}

RnMapView *
rn_map_pane_get_map (RnMapPane *self)
{
  return RN_MAP_VIEW (self->map);
}
