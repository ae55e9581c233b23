/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made anew from a report with each tick in which the report is another; the rows of rules only
 * when they are, so that the focus stays. Main thread. */
#include "ui/rn-alert-figures-page.h"

#include <math.h>

#include "alert/rn-alert-group.h"
#include "base/rn-i18n.h"
#include "base/rn-text.h"
#include "ui/rn-compat.h"
#include "ui/rn-figure.h"

/* Limits of ISA-18.2 for one operator. */
#define MOST_PER_10_MIN 1.0
#define MOST_PEAK 10
#define MOST_FLOOD 0.01
#define MOST_STALE 5

struct _RnAlertFiguresPage {
  AdwWindow parent_instance;
  GtkWidget *now_button, *last_button, *subtitle, *now_part, *mix, *rules, *empty, *overrun;
  GtkWidget *last_10, *asking, *standing;
  GtkWidget *mean, *peak, *flood, *quality, *median, *p95, *never;
  GtkWidget *tiers[RN_N_TIERS];
  RnSession *session;
  char *shown; /* the rules as shown, as text */
};

G_DEFINE_FINAL_TYPE (RnAlertFiguresPage, rn_alert_figures_page, ADW_TYPE_WINDOW)

/* ---- figures --------------------------------------------------------------------------------- */

static void
set_count (GtkWidget *figure, guint n, guint most)
{
  rn_figure_set_value (RN_FIGURE (figure), n, 0);
  rn_figure_set_class (RN_FIGURE (figure), n > most ? "warn" : NULL);
}

static void
set_seconds (GtkWidget *figure, double seconds)
{
  g_autofree char *text =
      isnan (seconds) ? NULL : rn_text_age ((gint64) (seconds * G_USEC_PER_SEC));

  rn_figure_set_text (RN_FIGURE (figure), text);
}

static void
set_mix (RnAlertFiguresPage *self, const RnAlertReport *report)
{
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    {
      g_autofree char *share =
          report->n_new > 0
              ? rn_text_measure (100.0 * report->n_new_by_tier[tier] / report->n_new, 0, "%")
              : NULL;

      rn_figure_set_value (RN_FIGURE (self->tiers[tier]), report->n_new_by_tier[tier], 0);
      rn_figure_set_note (RN_FIGURE (self->tiers[tier]), share);
    }
}

static void
set_figures (RnAlertFiguresPage *self, const RnAlertReport *report)
{
  g_autofree char *quality =
      g_strdup_printf ("%u / %u / %u", report->n_chattering, report->n_stale, report->n_fleeting);

  set_count (self->last_10, report->n_last_10_min, MOST_PEAK);
  set_count (self->asking, report->n_asking, G_MAXUINT);
  set_count (self->standing, report->n_standing, G_MAXUINT);
  rn_figure_set_value (RN_FIGURE (self->mean), report->per_10_min, 1);
  rn_figure_set_class (RN_FIGURE (self->mean),
                       report->per_10_min > MOST_PER_10_MIN ? "warn" : NULL);
  set_count (self->peak, report->peak_per_10_min, MOST_PEAK);
  rn_figure_set_value (RN_FIGURE (self->flood), 100 * report->flood_share,
                       report->flood_share > 0 && report->flood_share < 0.1 ? 1 : 0);
  rn_figure_set_class (RN_FIGURE (self->flood), report->flood_share >= MOST_FLOOD ? "warn" : NULL);
  rn_figure_set_text (RN_FIGURE (self->quality), quality);
  rn_figure_set_class (RN_FIGURE (self->quality), report->n_chattering > 0 || report->n_fleeting > 0
                                                          || report->n_stale >= MOST_STALE
                                                      ? "warn"
                                                      : NULL);
  set_seconds (self->median, report->acknowledge_median_s);
  set_seconds (self->p95, report->acknowledge_p95_s);
  set_count (self->never, report->n_never, 0);
  set_mix (self, report);
  gtk_widget_set_visible (self->overrun, report->overrun);
}

/* ---- rules ----------------------------------------------------------------------------------- */

/* Takes @count. */
static void
add_count (GString *text, guint n, char *count)
{
  if (n > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", count);
  g_free (count);
}

/* "12 new · 4 came back · 1 chatters" */
static char *
dup_counts (const RnRuleFigures *it)
{
  GString *text = g_string_new (NULL);

  add_count (text, it->n_new, g_strdup_printf (_("%u new"), it->n_new));
  add_count (text, it->n_returned, g_strdup_printf (_("%u came back"), it->n_returned));
  add_count (
      text, it->n_chattering,
      g_strdup_printf (ngettext ("%u chatters", "%u chatter", it->n_chattering), it->n_chattering));
  add_count (text, it->n_fleeting, g_strdup_printf (_("%u fleeting"), it->n_fleeting));
  add_count (text, it->n_stale, g_strdup_printf (_("%u stale"), it->n_stale));
  add_count (text, it->n_never, g_strdup_printf (_("%u never acknowledged"), it->n_never));
  return g_string_free (text, FALSE);
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class, int chars)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), chars);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
new_column (int width_px, gboolean expand)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (box, expand);
  gtk_widget_set_size_request (box, width_px, -1);
  return box;
}

static GtkWidget *
new_edit_button (const char *rule, const char *title)
{
  g_autofree char *name = g_strdup_printf (_("Edit the rule “%s”"), title);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Edit…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", rule);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.edit-rule");
  rn_compat_set_name (button, name);
  return button;
}

/* Rows of causes are made by the engine, where no rule tells of the cause. */
static const char *
title_of (const RnRule *rule, const char *id)
{
  if (rule != NULL)
    return rn_rule_title (rule);
  return g_str_equal (id, RN_ALERT_CAUSE) ? _("Incident or works with a queue, or a lost feed")
                                          : id;
}

static GtkWidget *
new_rule_row (RnAlertFiguresPage *self, guint rank, const RnRuleFigures *figures)
{
  const RnRuleSet *rules = rn_alert_desk_get_rules (rn_session_get_alert_desk (self->session));
  const RnRule *rule = rn_rule_set_find (rules, figures->rule);
  const char *title = title_of (rule, figures->rule);
  g_autofree char *number = rn_text_count (rank);
  g_autofree char *counts = dup_counts (figures);
  g_autofree char *reason = rn_mend_dup_reason (&figures->mend);
  g_autofree char *change = rn_mend_dup_change (&figures->mend);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *what = new_column (300, FALSE), *mend = new_column (-1, TRUE);

  gtk_widget_add_css_class (line, "rn-worst");
  gtk_widget_set_size_request (add_label (line, number, "rn-faint", 3), 18, -1);
  add_label (what, title, "rn-strong", 40);
  add_label (what, counts, "rn-note", 44);
  gtk_box_append (GTK_BOX (line), what);
  add_label (mend, reason, figures->mend.kind == RN_MEND_NONE ? "rn-note" : NULL, 60);
  if (change != NULL)
    add_label (mend, change, "rn-change", 60);
  gtk_box_append (GTK_BOX (line), mend);
  if (rule != NULL)
    gtk_box_append (GTK_BOX (line), new_edit_button (rule->id, title));
  return line;
}

/* All that the rows show, to see whether they are others. */
static char *
dup_rules_text (const RnAlertReport *report)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < report->n_rules; i++)
    {
      g_autofree char *counts = dup_counts (&report->rules[i]);
      g_autofree char *reason = rn_mend_dup_reason (&report->rules[i].mend);
      g_autofree char *change = rn_mend_dup_change (&report->rules[i].mend);

      g_string_append_printf (text, "%s|%s|%s|%s\n", report->rules[i].rule, counts, reason,
                              change != NULL ? change : "");
    }
  return g_string_free (text, FALSE);
}

static void
set_rules (RnAlertFiguresPage *self, const RnAlertReport *report)
{
  g_autofree char *text = dup_rules_text (report);
  GtkWidget *row;

  if (g_strcmp0 (text, self->shown) == 0)
    return;
  while ((row = gtk_widget_get_first_child (self->rules)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->rules), row);
  for (guint i = 0; i < report->n_rules; i++)
    {
      g_autofree char *counts = dup_counts (&report->rules[i]);
      GtkWidget *line = new_rule_row (self, i + 1, &report->rules[i]);

      gtk_list_box_append (GTK_LIST_BOX (self->rules), line);
      row = gtk_widget_get_parent (line);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      rn_compat_set_name (row, counts);
    }
  gtk_widget_set_visible (self->rules, report->n_rules > 0);
  gtk_widget_set_visible (self->empty, report->n_rules == 0);
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
}

/* ---- following ------------------------------------------------------------------------------- */

static void
set_subtitle (RnAlertFiguresPage *self, const RnAlertReport *report, gboolean live)
{
  GTimeZone *zone = rn_session_get_timezone (self->session);
  g_autofree char *from = rn_text_moment (report->from_us, report->until_us, zone);
  g_autofree char *until = rn_text_moment (report->until_us, report->until_us, zone);
  g_autofree char *span =
      live ? g_strdup_printf (_("since %s"), from) : g_strdup_printf (_("%s to %s"), from, until);
  const char *seat = rn_alert_desk_get_seat (rn_session_get_alert_desk (self->session));
  GString *text = g_string_new (NULL);
  g_autofree char *whole = NULL;

  if (report->shift != NULL)
    g_string_append_printf (text, "%s · ", report->shift);
  if (report->person != NULL)
    g_string_append_printf (text, "%s · ", report->person);
  g_string_append_printf (text, "%s · %s", seat, span);
  whole = g_string_free (text, FALSE);
  gtk_label_set_label (GTK_LABEL (self->subtitle), whole);
}

static void
update (RnAlertFiguresPage *self)
{
  RnShiftFigures *figures = rn_session_get_shift_figures (self->session);
  g_autoptr (RnAlertReport) present = rn_shift_figures_dup_report (figures);
  const RnAlertReport *last = rn_shift_figures_get_last (figures);
  gboolean live =
      last == NULL || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->now_button));
  const RnAlertReport *report = live ? present : last;

  gtk_widget_set_sensitive (self->last_button, last != NULL);
  gtk_widget_set_visible (self->now_part, live);
  set_subtitle (self, report, live);
  set_figures (self, report);
  set_rules (self, report);
}

/* ---- object ---------------------------------------------------------------------------------- */

static void
rn_alert_figures_page_dispose (GObject *object)
{
  RnAlertFiguresPage *self = RN_ALERT_FIGURES_PAGE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (rn_alert_figures_page_parent_class)->dispose (object);
}

static void
rn_alert_figures_page_class_init (RnAlertFiguresPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (RN_TYPE_FIGURE);
  G_OBJECT_CLASS (klass)->dispose = rn_alert_figures_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-alert-figures-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, now_button);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, last_button);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, now_part);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, mix);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, rules);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, overrun);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, last_10);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, asking);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, standing);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, mean);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, peak);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, flood);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, quality);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, median);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, p95);
  gtk_widget_class_bind_template_child (widget_class, RnAlertFiguresPage, never);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rn_alert_figures_page_init (RnAlertFiguresPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int tier = 1; tier < RN_N_TIERS; tier++)
    {
      g_autofree char *label = g_strdup_printf (_("Tier %s"), rn_tier_word (tier));

      self->tiers[tier] = rn_figure_new (label, NULL);
      gtk_widget_add_css_class (self->tiers[tier], "rn-cell");
      gtk_box_append (GTK_BOX (self->mix), self->tiers[tier]);
    }
}

GtkWindow *
rn_alert_figures_page_new (GtkWindow *parent, RnSession *session)
{
  RnAlertFiguresPage *self =
      g_object_new (RN_TYPE_ALERT_FIGURES_PAGE, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "feeds-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rn_session_get_shift_figures (session), "shift-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WINDOW (self);
}
