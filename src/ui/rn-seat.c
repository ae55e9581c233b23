/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one window looks at: selection, alert, colouring, theme, layers. Each is a property, so that
 * panels and map follow by notification and none knows another. Main thread; the window owns it. */
#include "ui/rn-seat.h"

#include "map/rn-map-layers.h"

G_STATIC_ASSERT ((int) RN_N_LAYERS == (int) RN_N_MAP_LAYERS);

struct _RnSeat {
  GObject parent_instance;
  RnSession *session;
  RnSubject *selection; /* NULL: nothing */
  char *alert;          /* key of the alert that was chosen as such; NULL none */
  RnAlertSheet *alerts; /* NULL: to be made when it is asked for */
  RnPulse *pulse;
  RnColouring colouring;
  RnThemeId theme;
  guint layers; /* 1 << RnLayerId */
  RnLayerStack stack;
  RnViews *views;
};

G_DEFINE_FINAL_TYPE (RnSeat, rn_seat, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_SESSION,
  PROP_SELECTION,
  PROP_COLOURING,
  PROP_THEME,
  PROP_LAYERS,
  PROP_ALERT,
  PROP_ALERTS,
  N_PROPS
};
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
    case PROP_ALERT:
      g_value_set_string (value, self->alert);
      break;
    case PROP_ALERTS:
      g_value_set_pointer (value, (gpointer) rn_seat_get_alerts (self));
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

  g_clear_pointer (&self->alerts, rn_alert_sheet_unref);
  g_free (self->alert);
  g_clear_object (&self->pulse);
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
  properties[PROP_ALERT] =
      g_param_spec_string ("alert", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ALERTS] =
      g_param_spec_pointer ("alerts", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
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
  self->pulse = rn_pulse_new ();
}

/* Alerts are others now: those that were shown live until all have looked away. */
static void
alerts_changed_cb (RnSeat *self)
{
  g_autoptr (RnAlertSheet) before = g_steal_pointer (&self->alerts);

  rn_pulse_set_running (self->pulse, rn_seat_get_alerts (self)->asks[0] > 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALERTS]);
}

RnSeat *
rn_seat_new (RnSession *session)
{
  RnSeat *self = g_object_new (RN_TYPE_SEAT, "session", session, NULL);
  RnAlertDesk *desk = rn_session_get_alert_desk (session);
  static const char *const changes[] = { "changed", "rules-changed", "status-changed" };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (desk, changes[i], G_CALLBACK (alerts_changed_cb), self,
                             G_CONNECT_SWAPPED);
  rn_pulse_set_running (self->pulse, rn_seat_get_alerts (self)->asks[0] > 0);
  return self;
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

static void
set_selection (RnSeat *self, const RnSubject *subject)
{
  g_autoptr (RnSubject) old = NULL; /* @subject may be the old one: free it last */

  if (rn_subject_equal (self->selection, subject))
    return;
  old = self->selection;
  self->selection = subject != NULL ? rn_subject_copy (subject) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}

static void
set_alert (RnSeat *self, const char *key)
{
  g_autofree char *old = NULL; /* @key may be the old one */

  if (g_strcmp0 (self->alert, key) == 0)
    return;
  old = self->alert;
  self->alert = g_strdup (key);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALERT]);
}

/* Both change at once: who hears of one sees the other too. */
static void
set_both (RnSeat *self, const RnSubject *subject, const char *alert)
{
  g_object_freeze_notify (G_OBJECT (self));
  set_selection (self, subject);
  set_alert (self, alert);
  g_object_thaw_notify (G_OBJECT (self));
}

void
rn_seat_select (RnSeat *self, const RnSubject *subject)
{
  set_both (self, subject, NULL);
}

void
rn_seat_go_to (RnSeat *self, const RnSubject *subject)
{
  g_autoptr (RnSubject) copy = rn_subject_copy (subject);

  rn_seat_select (self, copy);
  g_signal_emit (self, signals[GO_TO], 0, copy);
}

/* ---- alerts ---------------------------------------------------------------------------------- */

RnAlertDesk *
rn_seat_get_desk (RnSeat *self)
{
  return rn_session_get_alert_desk (self->session);
}

RnPulse *
rn_seat_get_pulse (RnSeat *self)
{
  return self->pulse;
}

const RnAlertSheet *
rn_seat_get_alerts (RnSeat *self)
{
  if (self->alerts == NULL)
    self->alerts = rn_alert_sheet_new (rn_seat_get_desk (self));
  return self->alerts;
}

const char *
rn_seat_get_alert (RnSeat *self)
{
  return self->alert;
}

static gboolean
has_place (const RnSubject *subject)
{
  return subject != NULL && subject->kind != RN_SUBJECT_FEED && subject->kind != RN_SUBJECT_KPI
         && subject->kind != RN_SUBJECT_PLAN;
}

void
rn_seat_select_alert (RnSeat *self, const char *key)
{
  const RnAlert *alert = key != NULL ? rn_alert_desk_find (rn_seat_get_desk (self), key) : NULL;

  set_both (self, alert != NULL && has_place (alert->subject) ? alert->subject : NULL, key);
}

void
rn_seat_go_to_alert (RnSeat *self, const char *key)
{
  g_autofree char *copy = g_strdup (key); /* it may be that of an alert that goes */
  g_autoptr (RnSubject) subject = NULL;

  rn_seat_select_alert (self, copy);
  subject = self->selection != NULL ? rn_subject_copy (self->selection) : NULL;
  if (subject != NULL)
    g_signal_emit (self, signals[GO_TO], 0, subject);
}

const RnAlert *
rn_seat_find_alert (RnSeat *self)
{
  if (self->alert != NULL)
    return rn_alert_desk_find (rn_seat_get_desk (self), self->alert);
  if (self->selection != NULL)
    return rn_alert_desk_find_for (rn_seat_get_desk (self), self->selection);
  return NULL;
}

const RnAlert *
rn_seat_next_alert (RnSeat *self, gboolean back)
{
  const GPtrArray *alerts = rn_alert_desk_get_alerts (rn_seat_get_desk (self));
  const RnAlert *present = rn_seat_find_alert (self);
  guint n = alerts->len, from = back ? 0 : n - 1;

  for (guint i = 0; present != NULL && i < n; i++)
    if (g_str_equal (((const RnAlert *) alerts->pdata[i])->key, present->key))
      from = i;
  for (guint step = 1; step <= n; step++)
    {
      const RnAlert *alert = alerts->pdata[back ? (from + n - step) % n : (from + step) % n];

      if (rn_alert_asks (alert))
        return alert;
    }
  return NULL;
}

/* ---- layers and views ------------------------------------------------------------------------ */

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
