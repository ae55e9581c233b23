/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A heading, a table of what is known, what was refused and why, and the last error in full. Rows
 * stay where they are from second to second; one without a value is hidden. Main thread. */
#include "ui/rn-feed-detail.h"

#include <math.h>

#include "base/rn-clock.h"
#include "base/rn-i18n.h"
#include "base/rn-text.h"

typedef enum {
  ROW_OBSERVED,
  ROW_AGE,
  ROW_DELAY,
  ROW_POLL,
  ROW_ROWS,
  ROW_UNJOINED,
  ROW_DUPLICATES,
  ROW_OLD,
  ROW_CONTACT,
  ROW_RETRY,
  ROW_OFFSET,
  ROW_SOURCE,
  N_ROWS
} Row;

static const char *const row_titles[N_ROWS] = {
  [ROW_OBSERVED] = N_("Data of"),
  [ROW_AGE] = N_("Age"),
  [ROW_DELAY] = N_("Usual delay"),
  [ROW_POLL] = N_("Asked every"),
  [ROW_ROWS] = N_("Rows of the last answer"),
  [ROW_UNJOINED] = N_("Rows without a known section"),
  [ROW_DUPLICATES] = N_("Shown from another source"),
  [ROW_OLD] = N_("Answers dropped as older"),
  [ROW_CONTACT] = N_("Last good answer"),
  [ROW_RETRY] = N_("Failed tries"),
  [ROW_OFFSET] = N_("Clocks differ by"),
  [ROW_SOURCE] = N_("Source"),
};

#define MAX_REFUSALS 6
#define MAX_IDS 6
#define CLOCKS_DIFFER_US (30 * RN_SECOND)

struct _RnFeedDetail {
  GtkWidget parent_instance;
  GtkWidget *box, *title, *warning, *grid, *unjoined, *refused, *refusals, *flawed, *flaws, *error;
  GtkWidget *keys[N_ROWS], *values[N_ROWS];
};

G_DEFINE_FINAL_TYPE (RnFeedDetail, rn_feed_detail, GTK_TYPE_WIDGET)

static void
rn_feed_detail_dispose (GObject *object)
{
  g_clear_pointer (&RN_FEED_DETAIL (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rn_feed_detail_parent_class)->dispose (object);
}

static void
rn_feed_detail_class_init (RnFeedDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rn_feed_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "feeddetail");
}

static GtkWidget *
add_label (RnFeedDetail *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR); /* addresses, ids */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
  return label;
}

static void
add_row (RnFeedDetail *self, Row row)
{
  GtkWidget *key = gtk_label_new (_ (row_titles[row]));
  GtkWidget *value = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (key), 0);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_add_css_class (key, "rn-label");
  gtk_widget_add_css_class (value, "numeric");
  gtk_grid_attach (GTK_GRID (self->grid), key, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), value, 1, row, 1, 1);
  self->keys[row] = key;
  self->values[row] = value;
}

static void
rn_feed_detail_init (RnFeedDetail *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = add_label (self, "rn-strong");
  self->warning = add_label (self, "rn-caution");
  gtk_label_set_selectable (GTK_LABEL (self->warning), TRUE);
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 24);
  gtk_box_append (GTK_BOX (self->box), self->grid);
  for (Row row = 0; row < N_ROWS; row++)
    add_row (self, row);
  self->unjoined = add_label (self, "rn-label");
  gtk_label_set_selectable (GTK_LABEL (self->unjoined), TRUE);
  self->refused = add_label (self, "rn-strong");
  self->refusals = add_label (self, "rn-label");
  self->flawed = add_label (self, "rn-strong");
  self->flaws = add_label (self, "rn-label");
  self->error = add_label (self, "rn-error");
  gtk_label_set_selectable (GTK_LABEL (self->error), TRUE);
}

/* NULL hides the row. Takes @text. */
static void
set_row (RnFeedDetail *self, Row row, char *text)
{
  gtk_widget_set_visible (self->keys[row], text != NULL);
  gtk_widget_set_visible (self->values[row], text != NULL);
  if (text != NULL)
    gtk_label_set_label (GTK_LABEL (self->values[row]), text);
  g_free (text);
}

static char *
dup_moment (gint64 at_us, const RnFeedContext *context)
{
  g_autofree char *clock = NULL, *day = NULL;

  if (at_us == 0)
    return NULL;
  clock = rn_text_clock (at_us, context->timezone);
  day = rn_text_day (at_us, context->timezone);
  return g_strdup_printf ("%s · %s", clock, day);
}

static char *
dup_contact (const RnFeedStatus *status, const RnFeedContext *context)
{
  g_autofree char *ago = NULL;

  if (status->last_success_us == 0)
    return g_strdup (_("none yet"));
  ago = rn_feed_text_duration (context->now_us - status->last_success_us);
  return g_strdup_printf (_("%s ago"), ago);
}

static char *
dup_count (guint n)
{
  return n > 0 ? rn_text_count (n) : NULL;
}

/* "85 (cotrip)". */
static char *
dup_duplicates (const RnFeedStatus *status)
{
  g_autofree char *count = dup_count (status->duplicates);

  if (count == NULL)
    return NULL;
  return g_strdup_printf ("%s (%s)", count,
                          status->shown_from != NULL ? status->shown_from : RN_DASH);
}

/* Which things found no section: they are on the map and in the lists all the same. */
static void
update_unjoined (RnFeedDetail *self, const RnFeedStatus *status)
{
  guint n = status->unjoined_ids != NULL ? status->unjoined_ids->len : 0;
  g_autoptr (GString) text = g_string_new (NULL);

  gtk_widget_set_visible (self->unjoined, n > 0);
  if (n == 0)
    return;
  for (guint i = 0; i < MIN (n, MAX_IDS); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *) status->unjoined_ids->pdata[i]);
  if (n > MAX_IDS)
    g_string_append (text, " …");

  g_autofree char *line = g_strdup_printf (_("Without a section: %s"), text->str);
  gtk_label_set_label (GTK_LABEL (self->unjoined), line);
}

static char *
dup_source (const RnFeedStatus *status)
{
  if (status->source == NULL)
    return NULL;
  return g_strdup_printf ("%s (%s)", status->source,
                          status->adapter != NULL ? status->adapter : RN_DASH);
}

/* The reasons below their heading, which is written by the caller. */
static void
show_reasons (GtkWidget *heading, GtkWidget *list, const RnRefusals *refusals)
{
  guint kinds = refusals != NULL ? rn_refusals_n_kinds (refusals) : 0;
  g_autoptr (GString) text = g_string_new (NULL);

  gtk_widget_set_visible (heading, kinds > 0);
  gtk_widget_set_visible (list, kinds > 0);
  for (guint i = 0; i < MIN (kinds, MAX_REFUSALS); i++)
    {
      const RnRefusal *refusal = rn_refusals_nth (refusals, i);

      g_string_append_printf (text, "%s%u × %s: %s", i > 0 ? "\n" : "", refusal->count,
                              refusal->path, refusal->reason);
    }
  if (kinds > MAX_REFUSALS)
    {
      guint more = kinds - MAX_REFUSALS;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more reason", "and %u more reasons", more),
                              more);
    }
  gtk_label_set_label (GTK_LABEL (list), text->str);
}

static void
update_refusals (RnFeedDetail *self, const RnFeedStatus *status)
{
  guint refused = rn_refusals_total (status->refusals), flawed = rn_refusals_total (status->flaws);
  g_autofree char *refused_title =
      g_strdup_printf (ngettext ("%u row refused:", "%u rows refused:", refused), refused);
  g_autofree char *flawed_title = g_strdup_printf (
      ngettext ("%u member not understood, its row taken without it:",
                "%u members not understood, their rows taken without them:", flawed),
      flawed);

  gtk_label_set_label (GTK_LABEL (self->refused), refused_title);
  show_reasons (self->refused, self->refusals, status->refusals);
  gtk_label_set_label (GTK_LABEL (self->flawed), flawed_title);
  show_reasons (self->flawed, self->flaws, status->flaws);
}

GtkWidget *
rn_feed_detail_new (void)
{
  return g_object_new (RN_TYPE_FEED_DETAIL, NULL);
}

void
rn_feed_detail_update (RnFeedDetail *self, const RnFeedStatus *status, const RnFeedContext *context)
{
  g_autofree char *title = rn_feed_text_sentence (status, context);
  gboolean clocks_differ = ABS (status->clock_offset_us) > CLOCKS_DIFFER_US;

  gtk_label_set_label (GTK_LABEL (self->title), title);
  set_row (self, ROW_OBSERVED, dup_moment (status->observed_at_us, context));
  set_row (self, ROW_AGE, status->age_us >= 0 ? rn_feed_text_duration (status->age_us) : NULL);
  set_row (self, ROW_DELAY, status->delay_us > 0 ? rn_feed_text_duration (status->delay_us) : NULL);
  set_row (self, ROW_POLL, status->poll_us > 0 ? rn_feed_text_duration (status->poll_us) : NULL);
  set_row (self, ROW_ROWS, status->last_success_us != 0 ? rn_text_count (status->rows) : NULL);
  set_row (self, ROW_UNJOINED, dup_count (status->unjoined));
  set_row (self, ROW_DUPLICATES, dup_duplicates (status));
  set_row (self, ROW_OLD, dup_count (status->dropped_old));
  set_row (self, ROW_CONTACT, dup_contact (status, context));
  set_row (self, ROW_RETRY, dup_count (status->attempt));
  set_row (self, ROW_OFFSET,
           clocks_differ ? rn_feed_text_duration (ABS (status->clock_offset_us)) : NULL);
  set_row (self, ROW_SOURCE, dup_source (status));
  gtk_widget_set_visible (self->warning, status->warning != NULL);
  if (status->warning != NULL)
    gtk_label_set_label (GTK_LABEL (self->warning), status->warning);
  update_unjoined (self, status);
  update_refusals (self, status);
  gtk_widget_set_visible (self->error, status->error != NULL);
  if (status->error != NULL)
    gtk_label_set_label (GTK_LABEL (self->error), status->error);
}
