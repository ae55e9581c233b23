/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bound again and again by list views, so it changes only what differs. Main thread. */
#include "ui/rn-row.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"

/* An age alone tells screen readers a new name only this often. */
#define RENAME_US (30 * G_USEC_PER_SEC)

struct _RnRow {
  GtkWidget parent_instance;
  GtkWidget *icon, *lines, *title, *what, *more, *second, *age, *word;
  const char *icon_class, *word_class, *edge_class; /* interned */
  gboolean low;
  gint64 named_at; /* monotonic: when the name for screen readers was last told */
};

G_DEFINE_FINAL_TYPE (RnRow, rn_row, GTK_TYPE_WIDGET)

void
rn_row_text_clear (RnRowText *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->second, g_free);
  g_clear_pointer (&self->what, g_free);
  g_clear_pointer (&self->age, g_free);
  g_clear_pointer (&self->word, g_free);
}

static void
rn_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (rn_row_parent_class)->dispose (object);
}

/* The whole of a line that is cut. Asked for when it is wanted: to set a tooltip is a round trip to
 * the display for each row. */
static gboolean
query_tooltip_cb (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (label)));
  return TRUE;
}

static void
rn_row_class_init (RnRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = rn_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/RoadNet/ui/rn-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RnRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RnRow, lines);
  gtk_widget_class_bind_template_child (widget_class, RnRow, title);
  gtk_widget_class_bind_template_child (widget_class, RnRow, what);
  gtk_widget_class_bind_template_child (widget_class, RnRow, more);
  gtk_widget_class_bind_template_child (widget_class, RnRow, second);
  gtk_widget_class_bind_template_child (widget_class, RnRow, age);
  gtk_widget_class_bind_template_child (widget_class, RnRow, word);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
}

static void
rn_row_init (RnRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 10);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rn_row_new (void)
{
  return g_object_new (RN_TYPE_ROW, NULL);
}

/* Whether it was another text. */
static gboolean
set_text (GtkWidget *label, const char *text)
{
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text != NULL ? text : "") == 0)
    return FALSE;
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  return TRUE;
}

static void
swap_class (GtkWidget *widget, const char **held, const char *css_class)
{
  const char *next = g_intern_string (css_class);

  if (*held == next)
    return;
  if (*held != NULL)
    gtk_widget_remove_css_class (widget, *held);
  if (next != NULL)
    gtk_widget_add_css_class (widget, next);
  *held = next;
}

static void
set_name (RnRow *self, const RnRowText *text)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *more =
      text->n_more > 0
          ? g_strdup_printf (ngettext ("and %u more", "and %u more", text->n_more), text->n_more)
          : NULL;
  const char *parts[] = { text->title, text->what, more, text->second, text->word, text->age };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (name, "%s%s", name->len > 0 ? _(", ") : "", parts[i]);
  rn_compat_set_row_name (GTK_WIDGET (self), name->str);
}

static char *
dup_more (guint n)
{
  return n > 0 ? g_strdup_printf ("+%u", n) : NULL;
}

void
rn_row_set_pulse (RnRow *self, gboolean low)
{
  g_return_if_fail (RN_IS_ROW (self));
  low = low && self->edge_class != NULL;
  if (self->low == low)
    return;
  self->low = low;
  rn_compat_set_class (GTK_WIDGET (self), "pulse-low", low);
}

void
rn_row_show (RnRow *self, const RnRowText *text)
{
  g_autofree char *more = dup_more (text->n_more);
  gint64 now = g_get_monotonic_time ();
  gboolean changed;

  g_return_if_fail (RN_IS_ROW (self));
  if (g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (self->icon)), text->icon) != 0)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), text->icon);
  swap_class (self->icon, &self->icon_class, text->icon_class);
  swap_class (self->word, &self->word_class, text->word_class);
  swap_class (GTK_WIDGET (self), &self->edge_class, text->edge_class);
  changed = set_text (self->title, text->title);
  changed = set_text (self->what, text->what) || changed;
  changed = set_text (self->more, more) || changed;
  changed = set_text (self->second, text->second) || changed;
  changed = set_text (self->word, text->word) || changed;
  set_text (self->age, text->age);
  rn_compat_set_class (GTK_WIDGET (self), "unack", text->strong);
  if (changed || now - self->named_at > RENAME_US)
    {
      set_name (self, text);
      self->named_at = now;
    }
}
