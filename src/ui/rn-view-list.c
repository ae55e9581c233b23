/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows are made anew when the list changes, which is by hand and a handful; the focus stays at
 * its row. One menu serves all rows, for a row may go while its menu is open. Main thread. */
#include "ui/rn-view-list.h"

#include <adwaita.h>

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"
#include "ui/rn-reorder.h"

#define N_KEYS 9
#define MAX_NAME_CHARS 60

struct _RnViewList {
  GtkWidget parent_instance;
  RnViews *views;
  GtkWidget *box, *list, *add_button, *popover;
  GSimpleActionGroup *actions;
  GtkListBoxRow *naming; /* the row with the entry; NULL none */
  guint named;           /* position of the view that is renamed; 0: a new one */
  guint menu_position;   /* of the row whose menu is open */
};

G_DEFINE_FINAL_TYPE (RnViewList, rn_view_list, GTK_TYPE_WIDGET)

static GtkListBoxRow *
row_at (RnViewList *self, guint position)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) position);
}

static guint
position_of (GtkListBoxRow *row)
{
  return (guint) gtk_list_box_row_get_index (row);
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* "River crossings, Alt+3, shown now" */
static void
name_row (RnViewList *self, GtkListBoxRow *row, guint position, gboolean current)
{
  g_autoptr (GString) text = g_string_new (rn_view_get_name (rn_views_get (self->views, position)));

  if (position < N_KEYS)
    g_string_append_printf (text, ", Alt+%u", position + 1);
  if (current)
    g_string_append_printf (text, ", %s", _("shown now"));
  rn_compat_set_name (GTK_WIDGET (row), text->str);
}

static void
update_current (RnViewList *self)
{
  for (guint i = 0; i < rn_views_get_n (self->views); i++)
    {
      GtkListBoxRow *row = row_at (self, i);
      gboolean current = (int) i == rn_views_get_current (self->views);

      if (row == NULL)
        return;
      rn_compat_set_class (GTK_WIDGET (row), "rn-current", current);
      name_row (self, row, i, current);
    }
}

static void
open_menu (RnViewList *self, guint position)
{
  static const char *const names[] = { "rename", "retake", "up", "down", "delete" };
  guint last = rn_views_get_n (self->views) - 1;
  graphene_rect_t bounds;

  if (position == 0
      || !gtk_widget_compute_bounds (GTK_WIDGET (row_at (self, position)), GTK_WIDGET (self),
                                     &bounds))
    return;
  self->menu_position = position;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), names[i]);
      gboolean possible = i == 2 ? position > 1 : i == 3 ? position < last : TRUE;

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), possible);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                                (int) bounds.size.width,
                                                (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
more_cb (GtkButton *button, RnViewList *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);

  open_menu (self, position_of (GTK_LIST_BOX_ROW (row)));
}

static void
secondary_cb (GtkGestureClick *click, int n, double x, double y, RnViewList *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));

  open_menu (self, position_of (GTK_LIST_BOX_ROW (row)));
}

static GtkWidget *
new_more_button (RnViewList *self, RnView *view)
{
  GtkWidget *more = gtk_button_new_from_icon_name ("rn-more-symbolic");
  g_autofree char *name = g_strdup_printf (_("Change “%s”"), rn_view_get_name (view));

  gtk_widget_add_css_class (more, "flat");
  gtk_widget_add_css_class (more, "rn-more");
  gtk_widget_set_valign (more, GTK_ALIGN_CENTER);
  rn_compat_set_tooltip (more, name);
  g_signal_connect (more, "clicked", G_CALLBACK (more_cb), self);
  return more;
}

static void
add_row (RnViewList *self, guint position)
{
  RnView *view = rn_views_get (self->views, position);
  GtkWidget *row = gtk_list_box_row_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (rn_view_get_name (view));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, rn_view_get_name (view));
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  if (position > 0)
    gtk_box_append (GTK_BOX (line), new_more_button (self, view));
  if (position < N_KEYS)
    {
      g_autofree char *text = g_strdup_printf ("Alt %u", position + 1);
      GtkWidget *key = gtk_label_new (text);

      gtk_widget_add_css_class (key, "rn-key");
      gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (line), key);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  if (position > 0)
    {
      GtkGesture *secondary = gtk_gesture_click_new ();

      gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
      g_signal_connect (secondary, "pressed", G_CALLBACK (secondary_cb), self);
      gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (secondary));
      rn_reorder_add_row (GTK_LIST_BOX_ROW (row));
    }
}

static void
rebuild (RnViewList *self)
{
  GtkWidget *focused = gtk_widget_get_focus_child (self->list), *child;
  guint n = rn_views_get_n (self->views);
  int at =
      GTK_IS_LIST_BOX_ROW (focused) ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;

  self->naming = NULL;
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < n; i++)
    add_row (self, i);
  update_current (self);
  if (at >= 0)
    gtk_widget_grab_focus (GTK_WIDGET (row_at (self, MIN ((guint) at, n - 1))));
}

static void
row_activated_cb (RnViewList *self, GtkListBoxRow *row)
{
  if (row != self->naming)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.view", "i", (int) position_of (row) + 1);
}

static void
focus_row (RnViewList *self, guint position)
{
  GtkListBoxRow *row = row_at (self, position);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
move_cb (GtkListBoxRow *row, GtkListBoxRow *target, gpointer data)
{
  RnViewList *self = data;
  guint to = position_of (target);

  rn_views_move (self->views, position_of (row), to);
  focus_row (self, to);
}

/* ---- naming ---------------------------------------------------------------------------------- */

static void
stop_naming (RnViewList *self)
{
  guint position = self->named > 0 ? self->named : rn_views_get_n (self->views) - 1;

  if (self->naming == NULL)
    return;
  rebuild (self);
  focus_row (self, position);
}

static void
name_entered_cb (GtkEntry *entry, RnViewList *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  guint named = self->named;

  self->naming = NULL;
  if (named > 0)
    rn_views_rename (self->views, named, name);
  else
    {
      named = rn_views_add (self->views, name, rn_views_get_present (self->views));
      rn_views_set_current (self->views, (int) named);
    }
  rebuild (self); /* an empty name changes nothing */
  focus_row (self, named);
}

static gboolean
name_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
             RnViewList *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  stop_naming (self);
  return TRUE;
}

/* In place of @row's words. */
static void
start_naming (RnViewList *self, GtkListBoxRow *row, guint named, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->naming = row;
  self->named = named;
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  gtk_entry_set_max_length (GTK_ENTRY (entry), MAX_NAME_CHARS);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 4);
  gtk_widget_add_css_class (entry, "rn-name");
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  rn_compat_set_tooltip (entry, _("Name of the view; Enter keeps it"));
  g_signal_connect (entry, "activate", G_CALLBACK (name_entered_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (name_key_cb), self);
  gtk_widget_add_controller (entry, keys);
  gtk_list_box_row_set_child (row, entry);
  gtk_widget_grab_focus (entry);
}

void
rn_view_list_add (RnViewList *self)
{
  g_autofree char *name = rn_views_dup_free_name (self->views);
  GtkWidget *row;

  stop_naming (self);
  row = gtk_list_box_row_new ();
  rn_compat_set_name (row, _("New view"));
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  start_naming (self, GTK_LIST_BOX_ROW (row), 0, name);
}

/* ---- what can be done with a view ------------------------------------------------------------ */

static void
rename_view (RnViewList *self, guint position)
{
  stop_naming (self);
  start_naming (self, row_at (self, position), position,
                rn_view_get_name (rn_views_get (self->views, position)));
}

typedef struct {
  RnViewList *self;
  RnView *view;
} Deletion;

static void
deletion_free (gpointer data, GClosure *closure)
{
  Deletion *deletion = data;

  g_object_unref (deletion->self);
  g_object_unref (deletion->view);
  g_free (deletion);
}

static void
delete_answered_cb (AdwMessageDialog *dialog, const char *response, Deletion *deletion)
{
  RnViewList *self = deletion->self;

  if (!g_str_equal (response, "delete"))
    return;
  for (guint i = 1; i < rn_views_get_n (self->views); i++)
    if (rn_views_get (self->views, i) == deletion->view)
      {
        rn_views_remove (self->views, i);
        focus_row (self, i - 1);
        return;
      }
}

static void
delete_view (RnViewList *self, guint position)
{
  RnView *view = rn_views_get (self->views, position);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *title = g_strdup_printf (_("Delete “%s”?"), rn_view_get_name (view));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), title, NULL);
  Deletion *deletion = g_new (Deletion, 1);

  *deletion = (Deletion){ g_object_ref (self), g_object_ref (view) };
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "delete",
                                    _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "delete");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (delete_answered_cb), deletion,
                         deletion_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
action_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RnViewList *self = data;
  const char *name = g_action_get_name (G_ACTION (action));
  guint position = self->menu_position;

  if (position == 0 || position >= rn_views_get_n (self->views))
    return;
  if (g_str_equal (name, "rename"))
    rename_view (self, position);
  else if (g_str_equal (name, "retake"))
    {
      rn_views_set_place (self->views, position, rn_views_get_present (self->views));
      rn_views_set_current (self->views, (int) position);
    }
  else if (g_str_equal (name, "delete"))
    delete_view (self, position);
  else
    rn_reorder_move (row_at (self, position), g_str_equal (name, "up") ? -1 : 1);
}

/* F2, Delete and Menu at the row that has the focus. */
static gboolean
row_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
            RnViewList *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (self->list);
  gboolean menu = key == GDK_KEY_Menu || (key == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0);
  guint position;

  if (!GTK_IS_LIST_BOX_ROW (row) || self->naming != NULL)
    return FALSE;
  position = position_of (GTK_LIST_BOX_ROW (row));
  if (position == 0)
    return FALSE;
  if (menu)
    open_menu (self, position);
  else if (key == GDK_KEY_F2)
    rename_view (self, position);
  else if (key == GDK_KEY_Delete)
    delete_view (self, position);
  else
    return FALSE;
  return TRUE;
}

/* ---- life ------------------------------------------------------------------------------------ */

static void
rn_view_list_dispose (GObject *object)
{
  RnViewList *self = RN_VIEW_LIST (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->actions);
  g_clear_object (&self->views);
  G_OBJECT_CLASS (rn_view_list_parent_class)->dispose (object);
}

static void
rn_view_list_class_init (RnViewListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_view_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-view-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RnViewList, box);
  gtk_widget_class_bind_template_child (widget_class, RnViewList, list);
  gtk_widget_class_bind_template_child (widget_class, RnViewList, add_button);
  gtk_widget_class_bind_template_child (widget_class, RnViewList, popover);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rn_view_list_init (RnViewList *self)
{
  static const GActionEntry entries[] = {
    { "rename", action_cb }, { "retake", action_cb }, { "up", action_cb },
    { "down", action_cb },   { "delete", action_cb },
  };
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", G_ACTION_GROUP (self->actions));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (row_key_cb), self);
  gtk_widget_add_controller (self->list, keys);
  rn_reorder_init (GTK_LIST_BOX (self->list), move_cb, self);
}

GtkWidget *
rn_view_list_new (RnViews *views)
{
  RnViewList *self = g_object_new (RN_TYPE_VIEW_LIST, NULL);

  self->views = g_object_ref (views);
  g_signal_connect_object (views, "items-changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (views, "notify::current", G_CALLBACK (update_current), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
