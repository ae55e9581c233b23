/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A status page with one suggested action and the commands for the rest. Main thread. */
#include "ui/rn-start-page.h"

#include <adwaita.h>

struct _RnStartPage {
  GtkWidget parent_instance;
  GtkWidget *page;
};

G_DEFINE_FINAL_TYPE (RnStartPage, rn_start_page, GTK_TYPE_WIDGET)

static void
rn_start_page_dispose (GObject *object)
{
  g_clear_pointer (&RN_START_PAGE (object)->page, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_start_page_parent_class)->dispose (object);
}

static void
rn_start_page_class_init (RnStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_start_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RnStartPage, page);
}

static void
rn_start_page_init (RnStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
