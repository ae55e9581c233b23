/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list stays alive behind the detail, with its scroll and focus, so that "back" leads to where
 * one was. Main thread. */
#include "ui/rn-side-tab.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-compat.h"

struct _RnSideTab {
  GtkWidget parent_instance;
  RnSeat *seat;
  const RnListKind *kind;
  gboolean detailed;
  GtkWidget *stack, *list, *detail, *back, *back_label, *card;
  GtkWidget *button, *count; /* in the row of tabs */
};

G_DEFINE_FINAL_TYPE (RnSideTab, rn_side_tab, GTK_TYPE_WIDGET)

static void
rn_side_tab_dispose (GObject *object)
{
  RnSideTab *self = RN_SIDE_TAB (object);

  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->button);
  g_clear_object (&self->seat);
  G_OBJECT_CLASS (rn_side_tab_parent_class)->dispose (object);
}

static void
rn_side_tab_class_init (RnSideTabClass *class)
{
  G_OBJECT_CLASS (class)->dispose = rn_side_tab_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_TAB_PANEL);
}

static void
rn_side_tab_init (RnSideTab *self)
{
}

static void
back_cb (GtkButton *button, RnSideTab *self)
{
  rn_seat_select (self->seat, NULL);
}

static void
create_detail (RnSideTab *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->detail = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->back = gtk_button_new ();
  self->back_label = gtk_label_new (NULL);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("rn-back-symbolic"));
  gtk_box_append (GTK_BOX (content), self->back_label);
  gtk_button_set_child (GTK_BUTTON (self->back), content);
  gtk_widget_set_halign (self->back, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->back, "rn-small");
  gtk_widget_add_css_class (self->back, "rn-back");
  g_signal_connect (self->back, "clicked", G_CALLBACK (back_cb), self);
  self->card = rn_card_new (self->seat, TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->card);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->detail), self->back);
  gtk_box_append (GTK_BOX (self->detail), scroller);
  gtk_stack_add_child (GTK_STACK (self->stack), self->detail);
}

static gboolean
is_of_alerts (RnSideTab *self)
{
  return self->kind->collect_alerts != NULL;
}

/* Of alerts those count that nobody has acknowledged. */
static void
show_asks (RnSideTab *self)
{
  guint n = rn_seat_get_alerts (self->seat)->asks[0];
  g_autofree char *count = rn_text_count (n);
  g_autofree char *name = NULL;

  if (self->button == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_widget_set_visible (self->count, n > 0);
  name = g_strdup_printf (ngettext ("%s, %s unacknowledged", "%s, %s unacknowledged", n),
                          _ (self->kind->name), count);
  rn_compat_set_name (self->button, name);
}

static void
show_count (RnSideTab *self)
{
  guint n = rn_list_page_get_count (RN_LIST_PAGE (self->list));
  g_autofree char *count = rn_text_count (n);
  g_autofree char *name = NULL;

  if (self->back_label != NULL)
    {
      g_autofree char *back = g_strdup_printf (_("All %s"), count);

      gtk_label_set_text (GTK_LABEL (self->back_label), back);
      rn_compat_set_name (self->back, back);
    }
  if (self->button == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (self->count), count);
  name = g_strdup_printf ("%s %s", _ (self->kind->name), count);
  rn_compat_set_name (self->button, name);
}

GtkWidget *
rn_side_tab_new (RnSeat *seat, const RnListKind *kind, gboolean detailed)
{
  RnSideTab *self = g_object_new (RN_TYPE_SIDE_TAB, NULL);

  self->seat = g_object_ref (seat);
  self->kind = kind;
  self->detailed = detailed;
  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  self->list = rn_list_page_new (seat, kind);
  gtk_stack_add_child (GTK_STACK (self->stack), self->list);
  if (detailed)
    create_detail (self);
  if (is_of_alerts (self))
    g_signal_connect_object (seat, "notify::alerts", G_CALLBACK (show_asks), self,
                             G_CONNECT_SWAPPED);
  else
    g_signal_connect_object (self->list, "notify::count", G_CALLBACK (show_count), self,
                             G_CONNECT_SWAPPED);
  rn_compat_set_name (GTK_WIDGET (self), _ (kind->name));
  return GTK_WIDGET (self);
}

GtkWidget *
rn_side_tab_new_button (const char *title, GtkWidget **count)
{
  GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_TAB, "hexpand", TRUE, NULL);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (title);

  *count = gtk_label_new (NULL);
  gtk_widget_add_css_class (*count, "rn-tab-count");
  gtk_widget_set_valign (*count, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (content), label);
  gtk_box_append (GTK_BOX (content), *count);
  gtk_widget_set_halign (content, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "rn-tab");
  gtk_widget_add_css_class (button, "flat");
  return g_object_ref_sink (button);
}

GtkWidget *
rn_side_tab_create_button (RnSideTab *self)
{
  g_return_val_if_fail (self->button == NULL, self->button);
  self->button = rn_side_tab_new_button (_ (self->kind->name), &self->count);
  rn_compat_set_class (self->count, "asks", is_of_alerts (self));
  if (is_of_alerts (self))
    show_asks (self);
  else
    show_count (self);
  return self->button;
}

GtkWidget *
rn_side_tab_get_button (RnSideTab *self)
{
  return self->button;
}

RnListPage *
rn_side_tab_get_list (RnSideTab *self)
{
  return RN_LIST_PAGE (self->list);
}

gboolean
rn_side_tab_has_subject_kind (RnSideTab *self, RnSubjectKind kind)
{
  if (is_of_alerts (self))
    return FALSE; /* what it is about has a list of its own, or a card */
  return kind == self->kind->subject_kind || (self->kind->other_kinds & (1u << kind)) != 0;
}

gboolean
rn_side_tab_is_detailed (RnSideTab *self)
{
  return self->detailed;
}

RnCard *
rn_side_tab_get_card (RnSideTab *self)
{
  return self->card != NULL ? RN_CARD (self->card) : NULL;
}

void
rn_side_tab_show_subject (RnSideTab *self, const RnSubject *subject)
{
  GtkWidget *from, *to;
  gboolean focused;

  g_return_if_fail (RN_IS_SIDE_TAB (self) && self->detailed);
  from = gtk_stack_get_visible_child (GTK_STACK (self->stack));
  to = subject != NULL ? self->detail : self->list;
  focused = gtk_widget_get_focus_child (from) != NULL && gtk_widget_get_mapped (from);
  rn_card_set_subject (RN_CARD (self->card), subject);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), to);
  if (!focused || from == to)
    return; /* the focus is elsewhere: it stays there */
  if (subject != NULL)
    gtk_widget_grab_focus (self->back);
  else
    rn_list_page_focus (RN_LIST_PAGE (self->list));
}

gboolean
rn_side_tab_shows_detail (RnSideTab *self)
{
  return self->detail != NULL
         && gtk_stack_get_visible_child (GTK_STACK (self->stack)) == self->detail;
}
