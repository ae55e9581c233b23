/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three buttons over a page; the page is filled only while it is open. Main thread. */
#include "ui/rn-alert-detail.h"

#include <math.h>
#include <string.h>

#include "base/rn-i18n.h"
#include "ui/rn-card-body.h"
#include "ui/rn-compat.h"
#include "ui/rn-row.h"
#include "ui/rn-side-text.h"

#define MAX_CHILDREN 50

typedef enum { PAGE_WHY, PAGE_CHILDREN, PAGE_TIMELINE, N_PAGES, PAGE_NONE = N_PAGES } Page;

struct _RnAlertDetail {
  GtkWidget parent_instance;
  RnSeat *seat;
  GtkWidget *box, *buttons, *button[N_PAGES], *body;
  Page page;
  gboolean updating;
  char *key;        /* of the alert that is shown */
  GPtrArray *shown; /* RnAlert, or RnAlertEntry of the timeline, that the page was filled from */
  Page filled;
};

G_DEFINE_FINAL_TYPE (RnAlertDetail, rn_alert_detail, GTK_TYPE_WIDGET)

static RnAlertContext
get_context (RnAlertDetail *self)
{
  RnSession *session = rn_seat_get_session (self->seat);

  return (RnAlertContext){ rn_seat_get_frame (self->seat), rn_seat_get_alerts (self->seat),
                           rn_session_now_us (session), rn_session_get_timezone (session) };
}

/* ---- why ------------------------------------------------------------------------------------- */

static void
add_pair (RnAlertDetail *self, const char *what, const char *value)
{
  gtk_box_append (GTK_BOX (self->body), rn_card_pair (what, value));
}

/* "III < 0.45 for 2 min · II < 0.25 for 1 min" */
static char *
dup_limits (const RnRule *rule)
{
  GString *text = g_string_new (NULL);

  for (int tier = RN_N_TIERS - 1; tier >= 1; tier--)
    {
      const RnRuleTier *limits = &rule->tiers[tier];
      g_autofree char *enter = NULL;

      if (!limits->on)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", rn_tier_word (tier));
      if (isnan (limits->enter))
        continue;
      enter = rn_metric_text (rule->metric, limits->enter);
      g_string_append_printf (text, " %s %s", rn_rule_bad_side (rule) == RN_BAD_LOW ? "<" : ">",
                              enter);
      if (limits->for_us > 0)
        {
          g_autofree char *time = rn_text_age (limits->for_us);

          g_string_append (text, " ");
          /* Translators: a limit must be passed for so long */
          g_string_append_printf (text, _("for %s"), time);
        }
    }
  return g_string_free (text, FALSE);
}

static char *
dup_guards (const RnRule *rule)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rule->n_guards; i++)
    {
      const RnRuleGuard *guard = &rule->guards[i];
      double limit = isnan (guard->above) ? guard->below : guard->above;
      g_autofree char *bound = rn_metric_text (guard->metric, limit);

      g_string_append_printf (text, "%s%s %s %s", text->len > 0 ? " · " : "",
                              rn_metric_title (guard->metric), isnan (guard->above) ? "<" : ">",
                              bound);
    }
  return g_string_free (text, FALSE);
}

/* "3,210 = 6,420 × 0.50 (incident)" */
static char *
dup_capacity (const RnAlertContext *context, const RnAlert *alert, guint32 section)
{
  const RnFrame *frame = context->frame;
  double own = frame->network->capacity_vph[section], now = frame->effective_capacity_vph[section];
  g_autofree char *own_text = rn_text_measure (own, 0, NULL);
  g_autofree char *now_text = rn_text_measure (now, 0, _("veh/h"));
  g_autofree char *share = own > 0 ? rn_text_measure (now / own, 2, NULL) : NULL;
  g_autofree char *factors = rn_side_factors (alert->factors);

  if (alert->factors == 0 || isnan (own) || isnan (now) || own <= 0)
    return NULL;
  return g_strdup_printf ("%s = %s × %s (%s)", now_text, own_text, share, factors);
}

/* What made the limit of speed other than the free one. */
static char *
dup_speed (const RnAlertContext *context, guint32 section)
{
  const RnFrame *frame = context->frame;
  double own = frame->free_speed_kmh[section], now = frame->effective_speed_kmh[section];
  g_autofree char *own_text = rn_text_speed (own);
  g_autofree char *now_text = rn_text_speed (now);

  if (isnan (own) || isnan (now) || now >= own)
    return NULL;
  return g_strdup_printf (_("%s, free %s"), now_text, own_text);
}

static void
fill_why (RnAlertDetail *self, const RnAlertContext *context, const RnAlert *alert)
{
  const RnRule *rule = rn_alert_text_rule (context, alert);
  guint32 section = rn_alert_text_section (context, alert);
  g_autofree char *name = rule != NULL
                              ? g_strdup_printf (_("%s (%s), version %u"), rn_rule_title (rule),
                                                 rule->id, alert->rule_version)
                              : g_strdup (alert->rule);
  g_autofree char *limits = rule != NULL ? dup_limits (rule) : NULL;
  g_autofree char *guards = rule != NULL && rule->n_guards > 0 ? dup_guards (rule) : NULL;
  g_autofree char *capacity = NULL;
  g_autofree char *speed = NULL;
  g_autofree char *began = rn_text_clock (
      alert->raised_data_us != 0 ? alert->raised_data_us : alert->raised_us, context->timezone);

  if (section != RN_NONE)
    {
      capacity = dup_capacity (context, alert, section);
      speed = dup_speed (context, section);
    }
  add_pair (self, _("Rule"), name);
  if (limits != NULL)
    add_pair (self, _("Limits"), limits);
  if (guards != NULL)
    add_pair (self, _("Only when"), guards);
  add_pair (self, _("Data of"), began);
  if (capacity != NULL)
    add_pair (self, _("Effective capacity"), capacity);
  if (speed != NULL)
    add_pair (self, _("Effective speed"), speed);
  if (alert->n_raised > 1)
    {
      g_autofree char *times =
          g_strdup_printf (ngettext ("%u time", "%u times", alert->n_raised), alert->n_raised);

      add_pair (self, _("Raised within 30 min"), times);
    }
  if (rule != NULL && rule->reason != NULL)
    add_pair (self, _("Why the rule is so"), rule->reason);
}

/* ---- what it stands for ---------------------------------------------------------------------- */

static void
child_clicked_cb (GtkButton *button, RnAlertDetail *self)
{
  rn_seat_go_to (self->seat, g_object_get_data (G_OBJECT (button), "rn-subject"));
}

static void
add_child (RnAlertDetail *self, const RnAlertContext *context, const RnAlert *child)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = rn_row_new ();
  RnRowText text = { 0 };
  g_autofree char *name = NULL;

  text.icon = rn_side_tier_icon (child->tier);
  text.icon_class = rn_side_level_class (child->tier);
  text.title = rn_alert_text_place (context, child);
  text.what = rn_alert_text_what (context, child);
  text.second = rn_alert_text_limit (context, child);
  text.age = rn_text_age (context->now_us - child->raised_us);
  name = g_strdup_printf ("%s %s", text.title, text.what);
  gtk_button_set_child (GTK_BUTTON (button), row);
  rn_row_show (RN_ROW (row), &text);
  rn_row_text_clear (&text);
  rn_compat_set_name (button, name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "rn-child");
  gtk_widget_set_sensitive (button, child->subject != NULL);
  if (child->subject != NULL)
    g_object_set_data_full (G_OBJECT (button), "rn-subject", rn_subject_copy (child->subject),
                            (GDestroyNotify) rn_subject_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (child_clicked_cb), self, 0);
  gtk_box_append (GTK_BOX (self->body), button);
}

static int
compare_children (gconstpointer a, gconstpointer b)
{
  const RnAlert *const *x = a, *const *y = b;

  return rn_alert_compare (*x, *y);
}

static void
fill_children (RnAlertDetail *self, const RnAlertContext *context)
{
  const GPtrArray *children = self->shown;

  for (guint i = 0; i < MIN (children->len, MAX_CHILDREN); i++)
    add_child (self, context, children->pdata[i]);
  if (children->len > MAX_CHILDREN)
    {
      guint rest = children->len - MAX_CHILDREN;
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", rest), rest);

      gtk_box_append (GTK_BOX (self->body), rn_card_label (more, "rn-note", 0));
    }
}

/* ---- what has happened ----------------------------------------------------------------------- */

static GtkWidget *
create_line (const RnAlertContext *context, const RnAlertEntry *entry)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  g_autofree char *moment = rn_text_moment (entry->at_us, context->now_us, context->timezone);
  g_autofree char *what = rn_alert_text_entry (context, entry);
  GtkWidget *time = rn_card_label (moment, "rn-label", 0);
  GtkWidget *by =
      rn_card_label (entry->person != NULL ? entry->person : _("RoadNet"), "strong", 0);
  GtkWidget *text = gtk_label_new (what);

  gtk_widget_add_css_class (row, "line");
  gtk_widget_add_css_class (time, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (time), 5);
  gtk_label_set_width_chars (GTK_LABEL (by), 9);
  gtk_label_set_max_width_chars (GTK_LABEL (by), 9);
  gtk_widget_set_tooltip_text (by, entry->where);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (text, "numeric");
  gtk_widget_set_hexpand (text, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *child = (GtkWidget *[]){ time, by, text }[i];

      gtk_widget_set_valign (child, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (row), child);
    }
  return row;
}

/* The newest above. */
static void
fill_timeline (RnAlertDetail *self, const RnAlertContext *context)
{
  const GPtrArray *entries = self->shown;

  for (guint i = entries->len; i > 0; i--)
    gtk_box_append (GTK_BOX (self->body), create_line (context, entries->pdata[i - 1]));
}

/* ---- pages ----------------------------------------------------------------------------------- */

/* What the page tells of, references of the caller: immutable things, so that what is the same
 * tells the same. */
static GPtrArray *
dup_told (RnAlertDetail *self, const RnAlert *alert)
{
  RnAlertDesk *desk = rn_seat_get_desk (self->seat);
  GPtrArray *told;

  if (self->page == PAGE_CHILDREN)
    {
      told = rn_alert_desk_dup_children (desk, alert->key);
      g_ptr_array_sort (told, compare_children);
    }
  else if (self->page == PAGE_TIMELINE)
    told = rn_alert_desk_dup_timeline (desk, alert->key);
  else
    {
      told = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_alert_unref);
      g_ptr_array_add (told, rn_alert_ref (alert));
    }
  return told;
}

static gboolean
tells_same (const GPtrArray *a, const GPtrArray *b)
{
  return a != NULL && a->len == b->len
         && (a->len == 0 || memcmp (a->pdata, b->pdata, a->len * sizeof (gpointer)) == 0);
}

static void
fill (RnAlertDetail *self, const RnAlertContext *context, const RnAlert *alert)
{
  g_autoptr (GPtrArray) told = dup_told (self, alert);

  if (self->filled == self->page && tells_same (self->shown, told))
    return; /* the focus in it stays */
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_steal_pointer (&told);
  self->filled = self->page;
  rn_card_clear (self->body);
  gtk_widget_set_visible (self->body, self->page != PAGE_NONE);
  rn_compat_set_class (self->body, "rn-lines", self->page == PAGE_TIMELINE);
  if (self->page == PAGE_WHY)
    fill_why (self, context, alert);
  else if (self->page == PAGE_CHILDREN)
    fill_children (self, context);
  else if (self->page == PAGE_TIMELINE)
    fill_timeline (self, context);
}

static void
toggled_cb (GtkToggleButton *button, RnAlertDetail *self)
{
  gboolean active = gtk_toggle_button_get_active (button);
  const RnAlert *alert = NULL;
  RnAlertContext context;

  if (self->updating)
    return;
  self->updating = TRUE;
  self->page = PAGE_NONE;
  for (Page page = 0; page < N_PAGES; page++)
    if (self->button[page] != GTK_WIDGET (button))
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->button[page]), FALSE);
    else if (active)
      self->page = page;
  self->updating = FALSE;
  if (self->key != NULL)
    alert = rn_alert_desk_find (rn_seat_get_desk (self->seat), self->key);
  context = get_context (self);
  if (alert != NULL)
    fill (self, &context, alert);
}

static void
set_label (GtkWidget *button, const char *label)
{
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
    return;
  gtk_button_set_label (GTK_BUTTON (button), label);
  rn_compat_set_name (button, label);
}

void
rn_alert_detail_show (RnAlertDetail *self, const RnAlertContext *context, const RnAlert *alert)
{
  g_autofree char *count = rn_text_count (alert->n_children);
  g_autofree char *children = g_strdup_printf (_("Stands for %s"), count);

  g_return_if_fail (RN_IS_ALERT_DETAIL (self));
  g_free (self->key);
  self->key = g_strdup (alert->key);
  set_label (self->button[PAGE_CHILDREN], children);
  gtk_widget_set_visible (self->button[PAGE_CHILDREN], alert->n_children > 0);
  if (self->page == PAGE_CHILDREN && alert->n_children == 0)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->button[PAGE_CHILDREN]), FALSE);
  if (self->page != PAGE_NONE)
    fill (self, context, alert);
}

void
rn_alert_detail_append (RnAlertDetail *self, GtkWidget *button)
{
  g_return_if_fail (RN_IS_ALERT_DETAIL (self));
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->buttons), button);
}

void
rn_alert_detail_toggle_timeline (RnAlertDetail *self)
{
  GtkToggleButton *button;

  g_return_if_fail (RN_IS_ALERT_DETAIL (self));
  button = GTK_TOGGLE_BUTTON (self->button[PAGE_TIMELINE]);
  gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));
}

/* ---- life ------------------------------------------------------------------------------------ */

static void
rn_alert_detail_dispose (GObject *object)
{
  RnAlertDetail *self = RN_ALERT_DETAIL (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->seat);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  G_OBJECT_CLASS (rn_alert_detail_parent_class)->dispose (object);
}

static void
rn_alert_detail_class_init (RnAlertDetailClass *class)
{
  G_OBJECT_CLASS (class)->dispose = rn_alert_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
rn_alert_detail_init (RnAlertDetail *self)
{
  static const char *const titles[N_PAGES] = { N_("Why"), "", N_("Timeline") };

  self->page = self->filled = PAGE_NONE;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->body, "rn-alert-detail");
  gtk_widget_hide (self->body);
  for (Page page = 0; page < N_PAGES; page++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      gtk_widget_add_css_class (button, "rn-small");
      gtk_widget_add_css_class (button, "rn-span");
      if (page != PAGE_CHILDREN)
        set_label (button, _ (titles[page]));
      g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
      gtk_box_append (GTK_BOX (self->buttons), button);
      self->button[page] = button;
    }
  gtk_box_append (GTK_BOX (self->box), self->buttons);
  gtk_box_append (GTK_BOX (self->box), self->body);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
rn_alert_detail_new (RnSeat *seat)
{
  RnAlertDetail *self = g_object_new (RN_TYPE_ALERT_DETAIL, NULL);

  self->seat = g_object_ref (seat);
  return GTK_WIDGET (self);
}
