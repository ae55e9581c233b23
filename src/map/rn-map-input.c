/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A click is a press and a release within a few pixels; what moves further is libshumate's drag, or
 * with Ctrl a turn about the middle. A wheel zooms about the pointer; two fingers on a touchpad
 * pan, with Ctrl they zoom. Main thread. */
#include "map/rn-map-input.h"

#include <math.h>

#define CLICK_PX 5.0
#define PAN_SHARE 0.1
#define PAN_SHARE_SHIFT 0.5
#define ZOOM_STEP 0.5
#define ZOOM_PAGE 2.0
#define WHEEL_STEP 0.25    /* of zoom, a notch */
#define TOUCHPAD_STEP 0.01 /* of zoom, a pixel */
#define TURN_DEG 15.0      /* a key */
#define STILL_PX 3.0       /* a hand on the mouse moves so much without meaning it */

struct _RnMapInput {
  GtkWidget *widget;
  const RnMapInputFuncs *funcs;
  gpointer user_data;
  GSList *controllers; /* borrowed of the widget */
  gboolean inside, pressed;
  gboolean moved; /* the pointer, since the keyboard was used on the map */
  double still_x, still_y;
  double x, y;             /* of the pointer */
  double press_x, press_y; /* of the last press */
  double turn_from;        /* angle of the pointer about the middle, radians; while turning */
};

static void
motion_cb (RnMapInput *self, double x, double y, GtkEventController *controller)
{
  const GdkModifierType buttons = GDK_BUTTON1_MASK | GDK_BUTTON2_MASK | GDK_BUTTON3_MASK;

  if (self->inside && !self->moved)
    self->moved = hypot (x - self->still_x, y - self->still_y) > STILL_PX;
  self->inside = TRUE;
  self->pressed = (gtk_event_controller_get_current_event_state (controller) & buttons) != 0;
  self->x = x;
  self->y = y;
  self->funcs->pointer (self->user_data);
}

static void
leave_cb (RnMapInput *self)
{
  self->inside = FALSE;
  self->funcs->pointer (self->user_data);
}

static gboolean
scroll_cb (RnMapInput *self, double dx, double dy, GtkEventController *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);
  GtkEventControllerScroll *scroll = GTK_EVENT_CONTROLLER_SCROLL (controller);
  gboolean touchpad = gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_SURFACE;

  if (!touchpad)
    self->funcs->zoom_at (-dy * WHEEL_STEP, self->x, self->y, self->user_data);
  else if (state & GDK_CONTROL_MASK)
    self->funcs->zoom_at (-dy * TOUCHPAD_STEP, self->x, self->y, self->user_data);
  else
    self->funcs->pan (dx, dy, self->user_data);
  return GDK_EVENT_STOP;
}

static void
pressed_cb (RnMapInput *self, int n_press, double x, double y)
{
  self->pressed = TRUE;
  self->press_x = x;
  self->press_y = y;
  self->funcs->touched (self->user_data);
  gtk_widget_grab_focus (self->widget);
}

static void
released_cb (RnMapInput *self, int n_press, double x, double y, GtkGestureSingle *gesture)
{
  guint button = gtk_gesture_single_get_current_button (gesture);

  self->pressed = FALSE;
  self->funcs->pointer (self->user_data);
  if (hypot (x - self->press_x, y - self->press_y) > CLICK_PX)
    return;
  if (button == GDK_BUTTON_SECONDARY)
    self->funcs->click (TRUE, x, y, self->user_data);
  else if (button <= GDK_BUTTON_PRIMARY && n_press == 1)
    self->funcs->click (FALSE, x, y, self->user_data);
  else if (button <= GDK_BUTTON_PRIMARY && n_press == 2)
    self->funcs->zoom_at (1, x, y, self->user_data);
}

/* ---- turning by mouse ---- */

static double
angle_at (RnMapInput *self, double x, double y)
{
  return atan2 (y - gtk_widget_get_height (self->widget) / 2.0,
                x - gtk_widget_get_width (self->widget) / 2.0);
}

static void
turn_begin_cb (RnMapInput *self, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (!(state & GDK_CONTROL_MASK))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->turn_from = angle_at (self, x, y);
}

static void
turn_update_cb (RnMapInput *self, double dx, double dy, GtkGesture *gesture)
{
  double x, y, to;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &x, &y);
  to = angle_at (self, x + dx, y + dy);
  self->funcs->rotate (remainder (to - self->turn_from, 2 * G_PI) * 180.0 / G_PI, self->user_data);
  self->turn_from = to;
}

static void
long_press_cb (RnMapInput *self, double x, double y)
{
  self->funcs->click (TRUE, x, y, self->user_data);
}

/* ---- keys ---- */

static gboolean
turn_key (RnMapInput *self, guint key)
{
  switch (key)
    {
    case GDK_KEY_bracketleft:
      self->funcs->rotate (-TURN_DEG, self->user_data);
      return TRUE;
    case GDK_KEY_bracketright:
      self->funcs->rotate (TURN_DEG, self->user_data);
      return TRUE;
    case GDK_KEY_n:
    case GDK_KEY_N:
      self->funcs->north_up (self->user_data);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Keys that go from one thing on the map to another. */
static gboolean
walk_key (RnMapInput *self, guint key, GdkModifierType state)
{
  gboolean done = FALSE;

  switch (key)
    {
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      done = self->funcs->step (state & GDK_SHIFT_MASK ? -1 : 1, self->user_data);
      break;
    case GDK_KEY_ISO_Left_Tab:
      done = self->funcs->step (-1, self->user_data);
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      done = self->funcs->activate (self->user_data);
      break;
    case GDK_KEY_F10:
      done = (state & GDK_SHIFT_MASK) != 0;
      break;
    case GDK_KEY_Menu:
      done = TRUE;
      break;
    default:
      break;
    }
  if (done && (key == GDK_KEY_F10 || key == GDK_KEY_Menu))
    self->funcs->menu (self->user_data);
  return done;
}

static gboolean
key_cb (RnMapInput *self, guint key, guint code, GdkModifierType state)
{
  double share = state & GDK_SHIFT_MASK ? PAN_SHARE_SHIFT : PAN_SHARE;
  double width = gtk_widget_get_width (self->widget) * share;
  double height = gtk_widget_get_height (self->widget) * share;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return GDK_EVENT_PROPAGATE;
  self->moved = FALSE;
  self->still_x = self->x;
  self->still_y = self->y;
  if (turn_key (self, key) || walk_key (self, key, state))
    return GDK_EVENT_STOP;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      self->funcs->pan (-width, 0, self->user_data);
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      self->funcs->pan (width, 0, self->user_data);
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      self->funcs->pan (0, -height, self->user_data);
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      self->funcs->pan (0, height, self->user_data);
      break;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      self->funcs->zoom (ZOOM_STEP, self->user_data);
      break;
    case GDK_KEY_minus:
    case GDK_KEY_underscore:
    case GDK_KEY_KP_Subtract:
      self->funcs->zoom (-ZOOM_STEP, self->user_data);
      break;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      self->funcs->zoom (ZOOM_PAGE, self->user_data);
      break;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      self->funcs->zoom (-ZOOM_PAGE, self->user_data);
      break;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      self->funcs->home (self->user_data);
      break;
    case GDK_KEY_Escape:
      self->funcs->unpick (self->user_data);
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  return GDK_EVENT_STOP;
}

/* Takes @controller. */
static void
add (RnMapInput *self, gpointer controller, GtkPropagationPhase phase)
{
  gtk_event_controller_set_propagation_phase (controller, phase);
  gtk_widget_add_controller (self->widget, controller);
  self->controllers = g_slist_prepend (self->controllers, controller);
}

static void
add_pointer (RnMapInput *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();
  GtkGesture *turn = gtk_gesture_drag_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect_swapped (long_press, "pressed", G_CALLBACK (long_press_cb), self);
  g_signal_connect_swapped (turn, "drag-begin", G_CALLBACK (turn_begin_cb), self);
  g_signal_connect_swapped (turn, "drag-update", G_CALLBACK (turn_update_cb), self);
  add (self, turn, GTK_PHASE_CAPTURE);
  add (self, motion, GTK_PHASE_CAPTURE);
  add (self, scroll, GTK_PHASE_CAPTURE);
  add (self, click, GTK_PHASE_CAPTURE);
  add (self, long_press, GTK_PHASE_CAPTURE);
}

RnMapInput *
rn_map_input_new (GtkWidget *widget, const RnMapInputFuncs *funcs, gpointer user_data)
{
  RnMapInput *self = g_new0 (RnMapInput, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->widget = widget;
  self->funcs = funcs;
  self->user_data = user_data;
  add_pointer (self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  add (self, keys, GTK_PHASE_BUBBLE);
  return self;
}

void
rn_map_input_free (RnMapInput *self)
{
  for (GSList *l = self->controllers; l != NULL; l = l->next)
    gtk_widget_remove_controller (self->widget, l->data);
  g_slist_free (self->controllers);
  g_free (self);
}

gboolean
rn_map_input_get_pointer (const RnMapInput *self, double *x, double *y)
{
  *x = self->x;
  *y = self->y;
  return self->inside && !self->pressed;
}

gboolean
rn_map_input_has_moved (const RnMapInput *self)
{
  return self->moved;
}
