/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Natural width: all children; minimum: the overflow child alone. In between, children are taken by
 * falling priority while they fit; a child after one that did not fit is not taken either, so that
 * what is left is always the most important. Children keep their order. Main thread. */
#include "ui/rn-fit-box.h"

struct _RnFitBox {
  GtkWidget parent_instance;
  int spacing;
  gboolean pack_end;
  GtkWidget *overflow;
  guint idle;
};

G_DEFINE_FINAL_TYPE (RnFitBox, rn_fit_box, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_SPACING, N_PROPS };
enum { HIDDEN_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];
static GQuark priority_quark;

typedef struct {
  GtkWidget *child;
  int width, priority;
  guint order;
  gboolean fits;
} Place;

static int
natural_width (GtkWidget *child)
{
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* The visible children without the overflow one, in order. */
static GArray *
list_places (RnFitBox *self)
{
  GArray *places = g_array_new (FALSE, TRUE, sizeof (Place));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      Place place = { .child = child, .order = places->len };

      if (child == self->overflow || !gtk_widget_get_visible (child))
        continue;
      place.width = natural_width (child);
      place.priority = GPOINTER_TO_INT (g_object_get_qdata (G_OBJECT (child), priority_quark));
      g_array_append_val (places, place);
    }
  return places;
}

static int
total_width (RnFitBox *self, const GArray *places)
{
  int width = 0;

  for (guint i = 0; i < places->len; i++)
    width += g_array_index (places, Place, i).width + (i > 0 ? self->spacing : 0);
  return width;
}

static int
compare_priority (gconstpointer a, gconstpointer b)
{
  const Place *p = a, *q = b;

  if (p->priority != q->priority)
    return q->priority - p->priority;
  return (int) p->order - (int) q->order;
}

static int
compare_order (gconstpointer a, gconstpointer b)
{
  return (int) ((const Place *) a)->order - (int) ((const Place *) b)->order;
}

static int
chosen_width (RnFitBox *self, const GArray *places)
{
  int width = 0;

  for (guint i = 0; i < places->len; i++)
    if (g_array_index (places, Place, i).fits)
      width += g_array_index (places, Place, i).width + (width > 0 ? self->spacing : 0);
  return width;
}

/* Marks what fits into @width; TRUE when that is all. */
static gboolean
choose (RnFitBox *self, GArray *places, int width)
{
  int used = 0;

  if (total_width (self, places) <= width)
    {
      for (guint i = 0; i < places->len; i++)
        g_array_index (places, Place, i).fits = TRUE;
      return TRUE;
    }
  if (self->overflow != NULL)
    width -= natural_width (self->overflow) + self->spacing;
  g_array_sort (places, compare_priority);
  for (guint i = 0; i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);

      used += place->width + (i > 0 ? self->spacing : 0);
      if (used > width)
        break;
      place->fits = TRUE;
    }
  g_array_sort (places, compare_order);
  return FALSE;
}

static void
rn_fit_box_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  RnFitBox *self = RN_FIT_BOX (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      g_autoptr (GArray) places = list_places (self);

      *minimum = self->overflow != NULL ? natural_width (self->overflow) : 0;
      *natural = MAX (total_width (self, places), *minimum);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum = 0, child_natural = 0;

      if (!gtk_widget_get_visible (child))
        continue;
      gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

static gboolean
hidden_changed_cb (gpointer data)
{
  RnFitBox *self = data;

  self->idle = 0;
  g_signal_emit (self, signals[HIDDEN_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
show_child (RnFitBox *self, GtkWidget *child, gboolean shown)
{
  if (gtk_widget_get_child_visible (child) == shown)
    return;
  gtk_widget_set_child_visible (child, shown);
  if (self->idle == 0)
    self->idle = g_idle_add (hidden_changed_cb, self);
}

static void
place_child (GtkWidget *child, int x, int width, int box_width, int height)
{
  gboolean rtl = gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL;

  gtk_widget_size_allocate (
      child, &(GtkAllocation){ rtl ? box_width - x - width : x, 0, width, height }, -1);
}

static void
rn_fit_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnFitBox *self = RN_FIT_BOX (widget);
  g_autoptr (GArray) places = list_places (self);
  gboolean all = choose (self, places, width);
  int x = self->pack_end ? MAX (0, width - chosen_width (self, places)) : 0;

  for (guint i = 0; i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);

      show_child (self, place->child, place->fits);
      if (!place->fits)
        continue;
      place_child (place->child, x, place->width, width, height);
      x += place->width + self->spacing;
    }
  if (self->overflow == NULL || !gtk_widget_get_visible (self->overflow))
    return;
  show_child (self, self->overflow, !all);
  if (!all)
    place_child (self->overflow, x, natural_width (self->overflow), width, height);
}

static void
rn_fit_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SPACING:
      g_value_set_int (value, RN_FIT_BOX (object)->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rn_fit_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RnFitBox *self = RN_FIT_BOX (object);

  switch (id)
    {
    case PROP_SPACING:
      if (self->spacing == g_value_get_int (value))
        return;
      self->spacing = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rn_fit_box_dispose (GObject *object)
{
  RnFitBox *self = RN_FIT_BOX (object);
  GtkWidget *child;

  g_clear_handle_id (&self->idle, g_source_remove);
  self->overflow = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (rn_fit_box_parent_class)->dispose (object);
}

static void
rn_fit_box_class_init (RnFitBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  priority_quark = g_quark_from_static_string ("rn-fit-priority");
  object_class->get_property = rn_fit_box_get_property;
  object_class->set_property = rn_fit_box_set_property;
  object_class->dispose = rn_fit_box_dispose;
  widget_class->measure = rn_fit_box_measure;
  widget_class->size_allocate = rn_fit_box_size_allocate;
  properties[PROP_SPACING] =
      g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[HIDDEN_CHANGED] = g_signal_new ("hidden-changed", RN_TYPE_FIT_BOX, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rn_fit_box_init (RnFitBox *self)
{
}

GtkWidget *
rn_fit_box_new (int spacing)
{
  return g_object_new (RN_TYPE_FIT_BOX, "spacing", spacing, NULL);
}

void
rn_fit_box_append (RnFitBox *self, GtkWidget *child, int priority)
{
  g_object_set_qdata (G_OBJECT (child), priority_quark, GINT_TO_POINTER (priority));
  gtk_widget_insert_before (child, GTK_WIDGET (self), self->overflow);
}

void
rn_fit_box_remove (RnFitBox *self, GtkWidget *child)
{
  g_return_if_fail (gtk_widget_get_parent (child) == GTK_WIDGET (self));
  gtk_widget_unparent (child);
}

void
rn_fit_box_set_priority (RnFitBox *self, GtkWidget *child, int priority)
{
  if (GPOINTER_TO_INT (g_object_get_qdata (G_OBJECT (child), priority_quark)) == priority)
    return;
  g_object_set_qdata (G_OBJECT (child), priority_quark, GINT_TO_POINTER (priority));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
rn_fit_box_set_pack_end (RnFitBox *self, gboolean pack_end)
{
  self->pack_end = pack_end;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
rn_fit_box_set_overflow (RnFitBox *self, GtkWidget *overflow)
{
  g_clear_pointer (&self->overflow, gtk_widget_unparent);
  self->overflow = overflow;
  gtk_widget_insert_before (overflow, GTK_WIDGET (self), NULL);
}

gboolean
rn_fit_box_fits (RnFitBox *self, GtkWidget *child)
{
  return gtk_widget_get_child_visible (child);
}
