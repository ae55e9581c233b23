/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timeout that changes its length at each step. Main thread. */
#include "ui/rn-pulse.h"

#define LOW_MS 600
#define HIGH_MS 1000

struct _RnPulse {
  GObject parent_instance;
  GtkSettings *settings; /* NULL without a display */
  gboolean running, low, still;
  guint source; /* 0 none */
};

G_DEFINE_FINAL_TYPE (RnPulse, rn_pulse, G_TYPE_OBJECT)

enum { PROP_0, PROP_LOW, PROP_STILL, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
set_low (RnPulse *self, gboolean low)
{
  if (self->low == low)
    return;
  self->low = low;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOW]);
}

static gboolean
step_cb (gpointer data)
{
  RnPulse *self = data;

  self->source = g_timeout_add (self->low ? HIGH_MS : LOW_MS, step_cb, self);
  set_low (self, !self->low);
  return G_SOURCE_REMOVE;
}

static void
update (RnPulse *self)
{
  gboolean wanted = self->running && !self->still;

  if (wanted && self->source == 0)
    self->source = g_timeout_add (HIGH_MS, step_cb, self);
  if (wanted)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  set_low (self, FALSE);
}

static void
animations_changed_cb (RnPulse *self)
{
  gboolean animate = TRUE;

  g_object_get (self->settings, "gtk-enable-animations", &animate, NULL);
  if (self->still == !animate)
    return;
  self->still = !animate;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STILL]);
}

static void
rn_pulse_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RnPulse *self = RN_PULSE (object);

  if (id == PROP_LOW)
    g_value_set_boolean (value, self->low);
  else if (id == PROP_STILL)
    g_value_set_boolean (value, self->still);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rn_pulse_dispose (GObject *object)
{
  RnPulse *self = RN_PULSE (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (rn_pulse_parent_class)->dispose (object);
}

static void
rn_pulse_class_init (RnPulseClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = rn_pulse_get_property;
  object_class->dispose = rn_pulse_dispose;
  properties[PROP_LOW] =
      g_param_spec_boolean ("low", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STILL] =
      g_param_spec_boolean ("still", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rn_pulse_init (RnPulse *self)
{
  GtkSettings *settings = gtk_settings_get_default ();

  if (settings == NULL)
    return;
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "notify::gtk-enable-animations",
                           G_CALLBACK (animations_changed_cb), self, G_CONNECT_SWAPPED);
  animations_changed_cb (self);
}

RnPulse *
rn_pulse_new (void)
{
  return g_object_new (RN_TYPE_PULSE, NULL);
}

void
rn_pulse_set_running (RnPulse *self, gboolean running)
{
  g_return_if_fail (RN_IS_PULSE (self));
  if (self->running == running)
    return;
  self->running = running;
  update (self);
}

gboolean
rn_pulse_is_low (RnPulse *self)
{
  g_return_val_if_fail (RN_IS_PULSE (self), FALSE);
  return self->low;
}

gboolean
rn_pulse_is_still (RnPulse *self)
{
  g_return_val_if_fail (RN_IS_PULSE (self), FALSE);
  return self->still;
}
