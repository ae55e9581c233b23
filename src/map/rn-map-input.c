/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A click is a press and a release within a few pixels; what moves further is libshumate's drag. */
#include "map/rn-map-input.h"

#include <math.h>

#define CLICK_PX 5.0
#define PAN_SHARE 0.1
#define PAN_SHARE_SHIFT 0.5
#define ZOOM_STEP 0.5

struct _RnMapInput {
  GtkWidget *widget;
  const RnMapInputFuncs *funcs;
  gpointer user_data;
  GSList *controllers; /* borrowed of the widget */
  gboolean inside, pressed;
  double x, y;             /* of the pointer */
  double press_x, press_y; /* of the last press */
};

static void
motion_cb (RnMapInput *self, double x, double y, GtkEventController *controller)
{
  const GdkModifierType buttons = GDK_BUTTON1_MASK | GDK_BUTTON2_MASK | GDK_BUTTON3_MASK;

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
scroll_cb (RnMapInput *self, double dx, double dy)
{
  self->funcs->touched (self->user_data);
  return GDK_EVENT_PROPAGATE;
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
}

static void
long_press_cb (RnMapInput *self, double x, double y)
{
  self->funcs->click (TRUE, x, y, self->user_data);
}

static gboolean
key_cb (RnMapInput *self, guint key, guint code, GdkModifierType state)
{
  double share = state & GDK_SHIFT_MASK ? PAN_SHARE_SHIFT : PAN_SHARE;
  double width = gtk_widget_get_width (self->widget) * share;
  double height = gtk_widget_get_height (self->widget) * share;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return GDK_EVENT_PROPAGATE;
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

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect_swapped (long_press, "pressed", G_CALLBACK (long_press_cb), self);
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
