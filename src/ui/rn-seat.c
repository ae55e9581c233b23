/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one window looks at: selection, colouring, theme, layers. Each is a property, so that panels
 * and map follow by notification and none knows another. Main thread; the window owns it. */
#include "ui/rn-seat.h"

#include "map/rn-map-layers.h"

G_STATIC_ASSERT ((int) RN_N_LAYERS == (int) RN_N_MAP_LAYERS);

struct _RnSeat {
  GObject parent_instance;
  RnSession *session;
  RnSubject *selection; /* NULL: nothing */
  RnColouring colouring;
  RnThemeId theme;
  guint layers; /* 1 << RnLayerId */
  RnLayerStack stack;
  RnViews *views;
};

G_DEFINE_FINAL_TYPE (RnSeat, rn_seat, G_TYPE_OBJECT)

enum { PROP_0, PROP_SESSION, PROP_SELECTION, PROP_COLOURING, PROP_THEME, PROP_LAYERS, N_PROPS };
enum { GO_TO, STACK_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
rn_seat_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RnSeat *self = RN_SEAT (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_SELECTION:
      g_value_set_boxed (value, self->selection);
      break;
    case PROP_COLOURING:
      g_value_set_int (value, self->colouring);
      break;
    case PROP_THEME:
      g_value_set_int (value, self->theme);
      break;
    case PROP_LAYERS:
      g_value_set_uint (value, self->layers);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_int (RnSeat *self, int *field, const GValue *value, GParamSpec *pspec)
{
  if (*field == g_value_get_int (value))
    return;
  *field = g_value_get_int (value);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_layers (RnSeat *self, guint layers)
{
  if (self->layers == layers)
    return;
  self->layers = layers;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAYERS]);
}

static void
rn_seat_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RnSeat *self = RN_SEAT (object);

  switch (id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_SELECTION:
      rn_seat_select (self, g_value_get_boxed (value));
      break;
    case PROP_COLOURING:
      set_int (self, (int *) &self->colouring, value, pspec);
      break;
    case PROP_THEME:
      set_int (self, (int *) &self->theme, value, pspec);
      break;
    case PROP_LAYERS:
      set_layers (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rn_seat_finalize (GObject *object)
{
  RnSeat *self = RN_SEAT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->views);
  g_clear_pointer (&self->selection, rn_subject_free);
  G_OBJECT_CLASS (rn_seat_parent_class)->finalize (object);
}

static void
rn_seat_class_init (RnSeatClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rn_seat_get_property;
  object_class->set_property = rn_seat_set_property;
  object_class->finalize = rn_seat_finalize;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, RN_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTION] = g_param_spec_boxed ("selection", NULL, NULL, RN_TYPE_SUBJECT, flags);
  properties[PROP_COLOURING] =
      g_param_spec_int ("colouring", NULL, NULL, 0, RN_N_COLOURINGS - 1, RN_COLOURING_STATE, flags);
  properties[PROP_THEME] =
      g_param_spec_int ("theme", NULL, NULL, 0, RN_N_THEMES - 1, RN_THEME_DARK, flags);
  properties[PROP_LAYERS] =
      g_param_spec_uint ("layers", NULL, NULL, 0, RN_MAP_ALL_LAYERS, RN_MAP_DEFAULT_LAYERS, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[GO_TO] = g_signal_new ("go-to", RN_TYPE_SEAT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, RN_TYPE_SUBJECT | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[STACK_CHANGED] = g_signal_new ("stack-changed", RN_TYPE_SEAT, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
rn_seat_init (RnSeat *self)
{
  self->layers = RN_MAP_DEFAULT_LAYERS;
  rn_layer_stack_init (&self->stack);
  self->views = rn_views_new ();
}

RnSeat *
rn_seat_new (RnSession *session)
{
  return g_object_new (RN_TYPE_SEAT, "session", session, NULL);
}

RnSession *
rn_seat_get_session (RnSeat *self)
{
  return self->session;
}

const RnFrame *
rn_seat_get_frame (RnSeat *self)
{
  return rn_session_get_frame (self->session);
}

const RnSubject *
rn_seat_get_selection (RnSeat *self)
{
  return self->selection;
}

void
rn_seat_select (RnSeat *self, const RnSubject *subject)
{
  g_autoptr (RnSubject) old = NULL; /* @subject may be the old one: free it last */

  if (rn_subject_equal (self->selection, subject))
    return;
  old = self->selection;
  self->selection = subject != NULL ? rn_subject_copy (subject) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}

void
rn_seat_go_to (RnSeat *self, const RnSubject *subject)
{
  g_autoptr (RnSubject) copy = rn_subject_copy (subject);

  rn_seat_select (self, copy);
  g_signal_emit (self, signals[GO_TO], 0, copy);
}

gboolean
rn_seat_layer_visible (RnSeat *self, RnLayerId layer)
{
  return (self->layers >> layer & 1u) != 0;
}

void
rn_seat_set_layer_visible (RnSeat *self, RnLayerId layer, gboolean visible)
{
  guint bit = 1u << layer;

  set_layers (self, visible ? self->layers | bit : self->layers & ~bit);
}

const RnLayerStack *
rn_seat_get_stack (RnSeat *self)
{
  return &self->stack;
}

void
rn_seat_set_stack (RnSeat *self, const RnLayerStack *stack)
{
  if (rn_layer_stack_equal (&self->stack, stack))
    return;
  self->stack = *stack;
  g_signal_emit (self, signals[STACK_CHANGED], 0);
}

RnViews *
rn_seat_get_views (RnSeat *self)
{
  return self->views;
}
