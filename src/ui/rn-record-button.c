/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks like a feed. Updated each second; the rows of the popover stay where they are, one without
 * a value is hidden. Main thread. */
#include "ui/rn-record-button.h"

#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-compat.h"
#include "ui/rn-record-text.h"

typedef enum {
  ROW_OLDEST,
  ROW_DAYS,
  ROW_SIZE,
  ROW_SINCE,
  ROW_PENDING,
  ROW_DROPPED,
  ROW_UNREADABLE,
  ROW_FILE,
  ROW_ASIDE,
  ROW_JOURNAL_WRITTEN,
  ROW_JOURNAL_ANCHOR,
  ROW_JOURNAL_SINCE,
  ROW_JOURNAL_PENDING,
  ROW_JOURNAL_DROPPED,
  ROW_JOURNAL_FILE,
  ROW_JOURNAL_ASIDE,
  N_ROWS
} Row;

static const char *const row_titles[N_ROWS] = {
  [ROW_OLDEST] = N_("Reaches back to"),
  [ROW_DAYS] = N_("Kept for"),
  [ROW_SIZE] = N_("Size"),
  [ROW_SINCE] = N_("So since"),
  [ROW_PENDING] = N_("Entries that wait"),
  [ROW_DROPPED] = N_("Entries lost for want of room"),
  [ROW_UNREADABLE] = N_("Damaged pieces passed over"),
  [ROW_FILE] = N_("File"),
  [ROW_ASIDE] = N_("A damaged file was set aside as"),
  [ROW_JOURNAL_WRITTEN] = N_("Entries of this seat"),
  [ROW_JOURNAL_ANCHOR] = N_("Last anchor"),
  [ROW_JOURNAL_SINCE] = N_("So since"),
  [ROW_JOURNAL_PENDING] = N_("Entries that wait"),
  [ROW_JOURNAL_DROPPED] = N_("Entries lost for want of room"),
  [ROW_JOURNAL_FILE] = N_("File"),
  [ROW_JOURNAL_ASIDE] = N_("A damaged file was set aside as"),
};

static const gboolean is_path[N_ROWS] = {
  [ROW_FILE] = TRUE, [ROW_ASIDE] = TRUE, [ROW_JOURNAL_FILE] = TRUE, [ROW_JOURNAL_ASIDE] = TRUE
};

struct _RnRecordButton {
  GtkWidget parent_instance;
  GtkWidget *button, *dot, *icon, *word, *sentence, *grid, *journal, *journal_grid;
  GtkWidget *keys[N_ROWS], *values[N_ROWS];
  RnFeedLook look;
};

G_DEFINE_FINAL_TYPE (RnRecordButton, rn_record_button, GTK_TYPE_WIDGET)

static void
rn_record_button_dispose (GObject *object)
{
  g_clear_pointer (&RN_RECORD_BUTTON (object)->button, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_record_button_parent_class)->dispose (object);
}

static void
rn_record_button_class_init (RnRecordButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rn_record_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-record-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RnRecordButton, button);
  gtk_widget_class_bind_template_child (widget_class, RnRecordButton, dot);
  gtk_widget_class_bind_template_child (widget_class, RnRecordButton, icon);
  gtk_widget_class_bind_template_child (widget_class, RnRecordButton, word);
  gtk_widget_class_bind_template_child (widget_class, RnRecordButton, sentence);
  gtk_widget_class_bind_template_child (widget_class, RnRecordButton, grid);
  gtk_widget_class_bind_template_child (widget_class, RnRecordButton, journal);
  gtk_widget_class_bind_template_child (widget_class, RnRecordButton, journal_grid);
}

static void
add_row (RnRecordButton *self, Row row)
{
  GtkWidget *grid = row < ROW_JOURNAL_WRITTEN ? self->grid : self->journal_grid;
  GtkWidget *key = gtk_label_new (_ (row_titles[row]));
  GtkWidget *value = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (key), 0);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  /* of a path the end tells most; wrapped, a popover measures it lower than it becomes */
  gtk_label_set_ellipsize (GTK_LABEL (value), PANGO_ELLIPSIZE_START);
  gtk_label_set_width_chars (GTK_LABEL (value), 24);
  gtk_label_set_max_width_chars (GTK_LABEL (value), 40);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_set_valign (key, GTK_ALIGN_START);
  gtk_widget_add_css_class (key, "rn-label");
  gtk_widget_add_css_class (value, "numeric");
  gtk_grid_attach (GTK_GRID (grid), key, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), value, 1, row, 1, 1);
  self->keys[row] = key;
  self->values[row] = value;
}

static void
rn_record_button_init (RnRecordButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->look = RN_N_FEED_LOOKS;
  for (Row row = 0; row < N_ROWS; row++)
    add_row (self, row);
}

static void
set_look (RnRecordButton *self, RnFeedLook look)
{
  if (look == self->look)
    return;
  if (self->look != RN_N_FEED_LOOKS)
    gtk_widget_remove_css_class (self->button, rn_feed_look_class (self->look));
  gtk_widget_add_css_class (self->button, rn_feed_look_class (look));
  gtk_widget_set_visible (self->dot, look != RN_FEED_LOOK_LOST);
  gtk_widget_set_visible (self->icon, look == RN_FEED_LOOK_LOST);
  self->look = look;
}

/* NULL hides the row. Takes @text. */
static void
set_row (RnRecordButton *self, Row row, char *text)
{
  gtk_widget_set_visible (self->keys[row], text != NULL);
  gtk_widget_set_visible (self->values[row], text != NULL);
  if (text != NULL)
    gtk_label_set_label (GTK_LABEL (self->values[row]), text);
  if (is_path[row])
    gtk_widget_set_tooltip_text (self->values[row], text);
  g_free (text);
}

static char *
dup_count (guint64 n)
{
  return n > 0 ? rn_text_count ((gint64) n) : NULL;
}

static char *
dup_moment (gint64 at_us, const RnFeedContext *context)
{
  return at_us != 0 ? rn_text_moment (at_us, context->now_us, context->timezone) : NULL;
}

static void
set_rows (RnRecordButton *self, RnHistory *history, const RnFeedContext *context)
{
  const RnFrameStoreStatus *status = rn_history_get_status (history);
  const RnFrameStoreLimits *limits = rn_history_get_limits (history);

  gtk_widget_set_visible (self->grid, status != NULL);
  if (status == NULL)
    return;
  set_row (self, ROW_OLDEST, dup_moment (status->oldest_us, context));
  set_row (self, ROW_DAYS,
           g_strdup_printf (ngettext ("%u day", "%u days", limits->days), limits->days));
  set_row (self, ROW_SIZE, rn_record_text_size (status->bytes, limits->max_bytes));
  set_row (self, ROW_SINCE, dup_moment (status->since_us, context));
  set_row (self, ROW_PENDING, dup_count (status->pending));
  set_row (self, ROW_DROPPED, dup_count (status->dropped));
  set_row (self, ROW_UNREADABLE, dup_count (status->unreadable));
  set_row (self, ROW_FILE, g_strdup (status->path));
  set_row (self, ROW_ASIDE, g_strdup (status->set_aside));
}

static void
set_journal_rows (RnRecordButton *self, const RnJournalStatus *status, const RnFeedContext *context)
{
  gtk_widget_set_visible (self->journal_grid, status != NULL);
  if (status == NULL)
    return;
  set_row (self, ROW_JOURNAL_WRITTEN, dup_count (status->written));
  set_row (self, ROW_JOURNAL_ANCHOR, dup_moment (status->anchor_us, context));
  set_row (self, ROW_JOURNAL_SINCE, dup_moment (status->since_us, context));
  set_row (self, ROW_JOURNAL_PENDING, dup_count (status->pending));
  set_row (self, ROW_JOURNAL_DROPPED, dup_count (status->dropped));
  set_row (self, ROW_JOURNAL_FILE, g_strdup (status->path));
  set_row (self, ROW_JOURNAL_ASIDE, g_strdup (status->set_aside));
}

GtkWidget *
rn_record_button_new (void)
{
  return g_object_new (RN_TYPE_RECORD_BUTTON, NULL);
}

void
rn_record_button_update (RnRecordButton *self, RnHistory *history, const RnJournalStatus *journal,
                         const RnFeedContext *context)
{
  const char *folder = rn_history_get_folder (history);
  const RnFrameStoreStatus *status = rn_history_get_status (history);
  RnFeedLook look = rn_record_look (folder, status);
  gboolean worse = journal != NULL && rn_record_journal_look (journal) > look;
  g_autofree char *word =
      worse ? rn_record_text_journal_word (journal) : rn_record_text_word (folder, status);
  g_autofree char *sentence = rn_record_text_sentence (folder, status);
  g_autofree char *journal_sentence = rn_record_text_journal_sentence (journal);

  set_look (self, worse ? rn_record_journal_look (journal) : look);
  gtk_label_set_label (GTK_LABEL (self->word), word);
  gtk_label_set_label (GTK_LABEL (self->sentence), sentence);
  gtk_label_set_label (GTK_LABEL (self->journal), journal_sentence);
  rn_compat_set_name (self->button, worse ? journal_sentence : sentence);
  set_rows (self, history, context);
  set_journal_rows (self, journal, context);
}
