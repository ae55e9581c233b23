/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A label and a button; what they say depends on whether there are sources at all. Main thread. */
#include "ui/rn-source-hint.h"

#include "base/rn-i18n.h"
#include "ui/rn-compat.h"

struct _RnSourceHint {
  GtkWidget parent_instance;
  GtkWidget *label, *button;
  RnSourceBook *book;
};

G_DEFINE_FINAL_TYPE (RnSourceHint, rn_source_hint, GTK_TYPE_WIDGET)

static void
update (RnSourceHint *self)
{
  const GPtrArray *entries = rn_source_book_get_entries (self->book);
  gboolean any = entries->len > 0, running = FALSE;

  for (guint i = 0; i < entries->len; i++)
    {
      const RnSourceEntry *entry = entries->pdata[i];

      running = running || (entry->enabled && entry->usable);
    }
  gtk_label_set_label (GTK_LABEL (self->label),
                       any ? _("No source is watched: all are switched off or cannot be used.")
                           : _("No source is watched, so there is nothing to see yet."));
  gtk_button_set_label (GTK_BUTTON (self->button),
                        any ? _("Preferences") : _("Choose a Source…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button),
                                  any ? "app.preferences" : "win.choose-source");
  gtk_widget_set_visible (GTK_WIDGET (self), !running && rn_source_book_get_applies (self->book));
}

static void
rn_source_hint_dispose (GObject *object)
{
  RnSourceHint *self = RN_SOURCE_HINT (object);

  g_clear_object (&self->book);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_source_hint_parent_class)->dispose (object);
}

static void
rn_source_hint_class_init (RnSourceHintClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_source_hint_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
rn_source_hint_init (RnSourceHint *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  self->button = gtk_button_new ();
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "rn-hint");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
rn_source_hint_set_book (RnSourceHint *self, RnSourceBook *book)
{
  self->book = g_object_ref (book);
  g_signal_connect_object (book, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
