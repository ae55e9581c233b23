/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Used by the cards of bridges, tunnels, interchanges, roads and warnings. Main thread. */
#include "ui/rn-section-rows.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-compat.h"
#include "ui/rn-state-chip.h"

static void
go_to_cb (GtkButton *button, RnSeat *seat)
{
  rn_seat_go_to (seat, g_object_get_data (G_OBJECT (button), "rn-subject"));
}

static GtkWidget *
create_row (const RnCardContext *context, guint32 section)
{
  const RnFrame *frame = context->frame;
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *chip = rn_state_chip_new ();
  g_autofree char *title = rn_network_dup_section_name (frame->network, section);
  g_autofree char *speed = rn_text_speed (frame->speed_kmh[section]);
  const char *direction = rn_network_direction_name (frame->network, section);
  g_autofree char *name = g_strdup_printf ("%s, %s, %s, %s", title, direction, speed,
                                           rn_state_title (frame->state[section]));

  rn_state_chip_set_state (RN_STATE_CHIP (chip), frame->state[section]);
  gtk_box_append (GTK_BOX (lines), rn_card_label (title, "title", 0));
  gtk_box_append (GTK_BOX (lines), rn_card_label (direction, "rn-label", 0));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (row), lines);
  gtk_box_append (GTK_BOX (row), rn_card_label (speed, "numeric", 1));
  gtk_box_append (GTK_BOX (row), chip);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "rn-section-row");
  rn_compat_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "rn-subject",
                          rn_subject_new (RN_SUBJECT_SECTION, frame->network->key[section]),
                          (GDestroyNotify) rn_subject_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (go_to_cb), context->seat, 0);
  return button;
}

static int
compare_worst_first (gconstpointer a, gconstpointer b, gpointer data)
{
  const RnFrame *frame = data;
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  if (frame->state[x] != frame->state[y])
    return (int) frame->state[y] - (int) frame->state[x];
  return (x > y) - (x < y);
}

guint
rn_section_rows_fill (GtkWidget *box, const RnCardContext *context, const guint32 *sections,
                      guint n, guint max)
{
  g_autoptr (GArray) order = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);

  for (guint i = 0; i < n; i++)
    if (sections[i] < context->frame->network->n_sections)
      g_array_append_val (order, sections[i]);
  g_array_sort_with_data (order, compare_worst_first, (gpointer) context->frame);
  rn_card_clear (box);
  for (guint i = 0; i < MIN (order->len, max); i++)
    gtk_box_append (GTK_BOX (box), create_row (context, g_array_index (order, guint32, i)));
  return order->len;
}
