/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line holds lies in an array beside its box. Main thread. */
#include "ui/rn-rule-lines.h"

#include "ui/rn-compat.h"

struct _RnRuleLines {
  GtkWidget parent_instance;
  GtkWidget *box, *list, *add, *problem;
  GPtrArray *boxes; /* children of the list */
  GPtrArray *lines; /* what they hold */
  char *remove;
};

G_DEFINE_FINAL_TYPE (RnRuleLines, rn_rule_lines, GTK_TYPE_WIDGET)

enum { ADD, CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
remove_cb (GtkButton *button, RnRuleLines *self)
{
  GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (button));
  guint i;

  if (!g_ptr_array_find (self->boxes, box, &i))
    return;
  gtk_widget_grab_focus (self->add);
  gtk_box_remove (GTK_BOX (self->list), box);
  g_ptr_array_remove_index (self->boxes, i);
  g_ptr_array_remove_index (self->lines, i);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
rn_rule_lines_append (RnRuleLines *self, GtkWidget *box, gpointer line)
{
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

  g_return_if_fail (RN_IS_RULE_LINES (self));
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  rn_compat_set_tooltip (remove, self->remove);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, 0);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_box_append (GTK_BOX (self->list), box);
  g_ptr_array_add (self->boxes, box);
  g_ptr_array_add (self->lines, line);
}

guint
rn_rule_lines_get_n (RnRuleLines *self)
{
  g_return_val_if_fail (RN_IS_RULE_LINES (self), 0);
  return self->lines->len;
}

gpointer
rn_rule_lines_nth (RnRuleLines *self, guint i)
{
  g_return_val_if_fail (RN_IS_RULE_LINES (self) && i < self->lines->len, NULL);
  return self->lines->pdata[i];
}

void
rn_rule_lines_clear (RnRuleLines *self)
{
  g_return_if_fail (RN_IS_RULE_LINES (self));
  for (guint i = 0; i < self->boxes->len; i++)
    gtk_box_remove (GTK_BOX (self->list), self->boxes->pdata[i]);
  g_ptr_array_set_size (self->boxes, 0);
  g_ptr_array_set_size (self->lines, 0);
}

void
rn_rule_lines_set_open (RnRuleLines *self, gboolean open)
{
  g_return_if_fail (RN_IS_RULE_LINES (self));
  gtk_widget_set_visible (self->add, open);
}

void
rn_rule_lines_set_problem (RnRuleLines *self, const char *text)
{
  g_return_if_fail (RN_IS_RULE_LINES (self));
  gtk_label_set_label (GTK_LABEL (self->problem), text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
}

/* ---- object -------------------------------------------------------------------------------- */

static void
add_cb (RnRuleLines *self)
{
  g_signal_emit (self, signals[ADD], 0);
}

static void
rn_rule_lines_dispose (GObject *object)
{
  g_clear_pointer (&RN_RULE_LINES (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_rule_lines_parent_class)->dispose (object);
}

static void
rn_rule_lines_finalize (GObject *object)
{
  RnRuleLines *self = RN_RULE_LINES (object);

  g_ptr_array_unref (self->boxes);
  g_ptr_array_unref (self->lines);
  g_free (self->remove);
  G_OBJECT_CLASS (rn_rule_lines_parent_class)->finalize (object);
}

static void
rn_rule_lines_class_init (RnRuleLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_rule_lines_dispose;
  G_OBJECT_CLASS (klass)->finalize = rn_rule_lines_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[ADD] = g_signal_new ("add", RN_TYPE_RULE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", RN_TYPE_RULE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
rn_rule_lines_init (RnRuleLines *self)
{
  self->boxes = g_ptr_array_new ();
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->problem = gtk_label_new (NULL);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_widget_add_css_class (self->problem, "rn-error");
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->problem);
}

GtkWidget *
rn_rule_lines_new (const char *add, const char *remove)
{
  RnRuleLines *self = g_object_new (RN_TYPE_RULE_LINES, NULL);

  self->remove = g_strdup (remove);
  self->add = gtk_button_new_with_mnemonic (add);
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->add);
  return GTK_WIDGET (self);
}
