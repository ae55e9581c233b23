/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One column a step; the mark between the labels is drawn with its halves of the line, so that the
 * columns join. Colours are those of the classes done, now and todo. Main thread. */
#include "ui/rn-stepper.h"

#include <math.h>

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"

#define GAP_PX 4     /* between the words of two columns */
#define ROW_GAP_PX 8 /* between two rows */

/* ---- mark ---------------------------------------------------------------------------------- */

#define RN_TYPE_STEP_MARK (rn_step_mark_get_type ())
G_DECLARE_FINAL_TYPE (RnStepMark, rn_step_mark, RN, STEP_MARK, GtkWidget)

struct _RnStepMark {
  GtkWidget parent_instance;
  gboolean small;
  RnStepState state;
  gboolean line_before, line_after;   /* whether there is one */
  gboolean solid_before, solid_after; /* in the strong colour */
};

G_DEFINE_FINAL_TYPE (RnStepMark, rn_step_mark, GTK_TYPE_WIDGET)

static void
rn_step_mark_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = RN_STEP_MARK (widget)->small ? 10 : 18;
}

static void
append_line (GtkSnapshot *snapshot, GtkWidget *widget, gboolean solid, double from, double to)
{
  double y = gtk_widget_get_height (widget) / 2.0 - 1;
  GdkRGBA colour;

  rn_compat_lookup_colour (widget, solid ? "window_fg_color" : "rn_border", &colour);
  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (from, y, to - from, 2));
}

static void
draw_tick (cairo_t *cr, GtkWidget *widget, double x, double y)
{
  GdkRGBA colour;

  rn_compat_lookup_colour (widget, "card_bg_color", &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 1.6);
  cairo_move_to (cr, x - 3.2, y + 0.2);
  cairo_line_to (cr, x - 0.8, y + 2.6);
  cairo_line_to (cr, x + 3.6, y - 2.4);
  cairo_stroke (cr);
}

static void
rn_step_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RnStepMark *self = RN_STEP_MARK (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double middle = width / 2, radius = self->small ? 4 : 8;
  GdkRGBA colour, ground;
  cairo_t *cr;

  if (self->line_before)
    append_line (snapshot, widget, self->solid_before, 0, middle);
  if (self->line_after)
    append_line (snapshot, widget, self->solid_after, middle, width);
  rn_compat_get_colour (widget, &colour);
  rn_compat_lookup_colour (widget, "card_bg_color", &ground);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_arc (cr, middle, height / 2, radius, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, self->state == RN_STEP_TODO ? &ground : &colour);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  if (self->state == RN_STEP_DONE && !self->small)
    draw_tick (cr, widget, middle, height / 2);
  cairo_destroy (cr);
}

static void
rn_step_mark_class_init (RnStepMarkClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->measure = rn_step_mark_measure;
  widget_class->snapshot = rn_step_mark_snapshot;
  gtk_widget_class_set_css_name (widget_class, "stepmark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
rn_step_mark_init (RnStepMark *self)
{
}

/* ---- stepper ------------------------------------------------------------------------------- */

struct _RnStepper {
  GtkWidget parent_instance;
  gboolean small;
};

G_DEFINE_FINAL_TYPE (RnStepper, rn_stepper, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_SMALL, N_PROPS };

static GParamSpec *properties[N_PROPS];

static void
clear (RnStepper *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
add_label (GtkWidget *column, const char *text, const char *css_class)
{
  GtkWidget *label;

  if (text == NULL)
    return;
  label = gtk_label_new (text);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, text);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (column), label);
}

static const char *
state_word (RnStepState state)
{
  switch (state)
    {
    case RN_STEP_DONE:
      return _("done");
    case RN_STEP_NOW:
      return _("now");
    case RN_STEP_TODO:
    default:
      return _("to come");
    }
}

static void
add_column (RnStepper *self, const RnStep *steps, guint i, guint n)
{
  static const char *const classes[] = { "todo", "now", "done" };
  GtkWidget *column =
      g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "hexpand", TRUE,
                    "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  RnStepMark *mark = g_object_new (RN_TYPE_STEP_MARK, NULL);
  g_autofree char *name = NULL;

  mark->small = self->small;
  mark->state = steps[i].state;
  mark->line_before = i > 0;
  mark->line_after = i + 1 < n;
  mark->solid_before =
      self->small && i > 0 && steps[i].state == RN_STEP_DONE && steps[i - 1].state == RN_STEP_DONE;
  mark->solid_after = self->small && i + 1 < n && steps[i].state == RN_STEP_DONE
                      && steps[i + 1].state == RN_STEP_DONE;
  gtk_widget_add_css_class (column, "rn-step");
  gtk_widget_add_css_class (column, classes[steps[i].state]);
  add_label (column, steps[i].code, "code");
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (mark));
  add_label (column, steps[i].title, "title");
  add_label (column, steps[i].value, "value");
  name = g_strdup_printf ("%s: %s", steps[i].title,
                          steps[i].value != NULL ? steps[i].value : state_word (steps[i].state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (column), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_parent (column, GTK_WIDGET (self));
}

/* ---- layout -------------------------------------------------------------------------------- */

/* What the widest column wants, and how many columns there are. */
static int
measure_column (GtkWidget *widget, guint *n)
{
  int widest = 1;

  *n = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      widest = MAX (widest, natural + (RN_STEPPER (widget)->small ? GAP_PX : 0));
      (*n)++;
    }
  return widest;
}

/* All in one row, or two rows of halves where that would cut the words. */
static guint
columns_for (GtkWidget *widget, int width)
{
  guint n;
  int column = measure_column (widget, &n);

  return width < 0 || (int) n * column <= width ? MAX (n, 1) : (n + 1) / 2;
}

static int
measure_rows (GtkWidget *widget, guint columns, int *heights)
{
  guint i = 0;
  int total = 0;

  heights[0] = heights[1] = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    {
      int natural;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
      heights[i / columns] = MAX (heights[i / columns], natural);
    }
  for (guint row = 0; row < 2; row++)
    if (heights[row] > 0)
      total += heights[row] + (row > 0 ? ROW_GAP_PX : 0);
  return total;
}

static GtkSizeRequestMode
rn_stepper_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rn_stepper_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  int heights[2];
  guint n;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = measure_rows (widget, columns_for (widget, for_size), heights);
  else
    {
      int column = measure_column (widget, &n);

      *minimum = 40 * (int) ((n + 1) / 2);
      *natural = MAX (*minimum, column * (int) n);
    }
}

static void
rn_stepper_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  guint columns = columns_for (widget, width), i = 0;
  int heights[2];

  measure_rows (widget, columns, heights);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    {
      int from = width * (int) (i % columns) / (int) columns;
      int to = width * (int) (i % columns + 1) / (int) columns;
      int y = i < columns ? 0 : heights[0] + ROW_GAP_PX;

      gtk_widget_size_allocate (child, &(GtkAllocation){ from, y, to - from, heights[i / columns] },
                                -1);
    }
}

/* ---- class --------------------------------------------------------------------------------- */

static void
rn_stepper_dispose (GObject *object)
{
  clear (RN_STEPPER (object));
  G_OBJECT_CLASS (rn_stepper_parent_class)->dispose (object);
}

static void
rn_stepper_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SMALL)
    g_value_set_boolean (value, RN_STEPPER (object)->small);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rn_stepper_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RnStepper *self = RN_STEPPER (object);

  if (id != PROP_SMALL)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->small = g_value_get_boolean (value);
  if (self->small)
    gtk_widget_add_css_class (GTK_WIDGET (self), "small");
}

static void
rn_stepper_class_init (RnStepperClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = rn_stepper_dispose;
  object_class->get_property = rn_stepper_get_property;
  object_class->set_property = rn_stepper_set_property;
  properties[PROP_SMALL] =
      g_param_spec_boolean ("small", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  GTK_WIDGET_CLASS (class)->measure = rn_stepper_measure;
  GTK_WIDGET_CLASS (class)->size_allocate = rn_stepper_size_allocate;
  GTK_WIDGET_CLASS (class)->get_request_mode = rn_stepper_get_request_mode;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "stepper");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_LIST);
}

static void
rn_stepper_init (RnStepper *self)
{
}

GtkWidget *
rn_stepper_new (gboolean small)
{
  return g_object_new (RN_TYPE_STEPPER, "small", small, NULL);
}

void
rn_stepper_set_steps (RnStepper *self, const RnStep *steps, guint n)
{
  g_return_if_fail (RN_IS_STEPPER (self));
  clear (self);
  for (guint i = 0; i < n; i++)
    add_column (self, steps, i, n);
}
