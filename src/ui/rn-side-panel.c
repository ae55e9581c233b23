/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decides where the selection is shown: incidents and facilities fill their tab (they are long),
 * all else is a card above the tabs, so that the list stays in sight; so is an alert that was
 * chosen as such, whatever it is about. Main thread. */
#include "ui/rn-side-panel.h"

#include "base/rn-i18n.h"
#include "ui/rn-alert-list.h"
#include "ui/rn-alert-text.h"
#include "ui/rn-card-slot.h"
#include "ui/rn-facility-list.h"
#include "ui/rn-incident-list.h"
#include "ui/rn-plan-tab.h"
#include "ui/rn-side-tab.h"
#include "ui/rn-work-list.h"

#define WIDTH_PX 400

enum { TAB_ALERTS, TAB_INCIDENTS, TAB_WORKS, TAB_FACILITIES, N_TABS };

struct _RnSidePanel {
  GtkWidget parent_instance;
  RnSeat *seat;
  GtkWidget *box, *card_slot, *card, *tabs, *pages;
  RnSideTab *tab[N_TABS];
  GtkWidget *plans, *plans_button; /* the last tab, which is no list of things on the map */
  gboolean wide;
};

G_DEFINE_FINAL_TYPE (RnSidePanel, rn_side_panel, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_WIDE, N_PROPS };

static GParamSpec *properties[N_PROPS];
static guint kept_changed;

static const char *const tab_words[N_TABS] = { "alerts", "incidents", "works", "facilities" };

static guint
current_tab (RnSidePanel *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (GTK_STACK (self->pages));

  for (guint i = 0; i < N_TABS; i++)
    if (page == GTK_WIDGET (self->tab[i]))
      return i;
  return TAB_ALERTS;
}

static gboolean
shows_plans (RnSidePanel *self)
{
  return self->plans != NULL
         && gtk_stack_get_visible_child (GTK_STACK (self->pages)) == self->plans;
}

static void
update_wide (RnSidePanel *self)
{
  gboolean wide =
      current_tab (self) == TAB_INCIDENTS && rn_side_tab_shows_detail (self->tab[TAB_INCIDENTS]);

  if (wide == self->wide)
    return;
  self->wide = wide;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDE]);
}

static void
show_tab (RnSidePanel *self, guint i)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (rn_side_tab_get_button (self->tab[i])), TRUE);
  gtk_stack_set_visible_child (GTK_STACK (self->pages), GTK_WIDGET (self->tab[i]));
  update_wide (self);
  g_signal_emit (self, kept_changed, 0);
}

/* The tab that shows a subject of this kind in its page; NULL: the card above does. */
static RnSideTab *
find_detailed_tab (RnSidePanel *self, const RnSubject *subject, guint *index)
{
  for (guint i = 0; subject != NULL && i < N_TABS; i++)
    if (rn_side_tab_has_subject_kind (self->tab[i], subject->kind))
      {
        *index = i;
        return rn_side_tab_is_detailed (self->tab[i]) ? self->tab[i] : NULL;
      }
  return NULL;
}

/* Of incidents and works the card shows the section that they are on: they have pages of their own.
 * Caller's; NULL: it has no place. */
static RnSubject *
dup_alert_subject (RnSidePanel *self, const RnAlert *alert)
{
  const RnSubject *selection = rn_seat_get_selection (self->seat);
  const RnFrame *frame = rn_seat_get_frame (self->seat);
  RnAlertContext context = { frame, rn_seat_get_alerts (self->seat), 0, NULL };
  guint32 section = alert != NULL ? rn_alert_text_section (&context, alert) : RN_NONE;

  if (section != RN_NONE)
    return rn_subject_new (RN_SUBJECT_SECTION, frame->network->key[section]);
  return selection != NULL ? rn_subject_copy (selection) : NULL;
}

static void
show_chosen_alert (RnSidePanel *self, const char *key)
{
  const RnAlert *alert = rn_alert_desk_find (rn_seat_get_desk (self->seat), key);
  g_autoptr (RnSubject) subject = dup_alert_subject (self, alert);

  for (guint i = 0; i < N_TABS; i++)
    if (rn_side_tab_is_detailed (self->tab[i]))
      rn_side_tab_show_subject (self->tab[i], NULL);
  rn_card_set_alert (RN_CARD (self->card), key, subject);
  gtk_widget_show (self->card_slot);
  if (current_tab (self) != TAB_ALERTS)
    show_tab (self, TAB_ALERTS);
  update_wide (self);
}

static void
selection_changed_cb (RnSidePanel *self)
{
  const RnSubject *subject = rn_seat_get_selection (self->seat);
  guint index = N_TABS;
  RnSideTab *tab = find_detailed_tab (self, subject, &index);

  if (rn_seat_get_alert (self->seat) != NULL)
    {
      show_chosen_alert (self, rn_seat_get_alert (self->seat));
      return;
    }
  for (guint i = 0; i < N_TABS; i++)
    if (rn_side_tab_is_detailed (self->tab[i]))
      rn_side_tab_show_subject (self->tab[i], self->tab[i] == tab ? subject : NULL);
  rn_card_set_subject (RN_CARD (self->card), tab == NULL ? subject : NULL);
  gtk_widget_set_visible (self->card_slot, tab == NULL && subject != NULL);
  if (index < N_TABS)
    show_tab (self, index);
  update_wide (self);
}

static void
show_plans (RnSidePanel *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->plans_button), TRUE);
  gtk_stack_set_visible_child (GTK_STACK (self->pages), self->plans);
  update_wide (self);
}

static void
tab_toggled_cb (GtkToggleButton *button, RnSidePanel *self)
{
  gboolean active = gtk_toggle_button_get_active (button);

  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_SELECTED, active, -1);
  if (!active)
    return;
  if (GTK_WIDGET (button) == self->plans_button)
    show_plans (self);
  for (guint i = 0; i < N_TABS; i++)
    if (rn_side_tab_get_button (self->tab[i]) == GTK_WIDGET (button))
      show_tab (self, i);
}

static gboolean
filter_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  RnSidePanel *self = RN_SIDE_PANEL (widget);
  RnSideTab *tab = self->tab[current_tab (self)];

  if (shows_plans (self) || rn_side_tab_shows_detail (tab))
    return FALSE;
  rn_list_page_start_filter (rn_side_tab_get_list (tab));
  return TRUE;
}

static gboolean
close_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  RnSidePanel *self = RN_SIDE_PANEL (widget);

  if (rn_seat_get_selection (self->seat) == NULL && rn_seat_get_alert (self->seat) == NULL)
    return FALSE;
  rn_seat_select (self->seat, NULL);
  return TRUE;
}

/* ---- life ---------------------------------------------------------------------------------- */

static void
rn_side_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_WIDE)
    g_value_set_boolean (value, RN_SIDE_PANEL (object)->wide);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rn_side_panel_dispose (GObject *object)
{
  RnSidePanel *self = RN_SIDE_PANEL (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->seat);
  G_OBJECT_CLASS (rn_side_panel_parent_class)->dispose (object);
}

static void
rn_side_panel_class_init (RnSidePanelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = rn_side_panel_get_property;
  object_class->dispose = rn_side_panel_dispose;
  properties[PROP_WIDE] =
      g_param_spec_boolean ("wide", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  kept_changed = g_signal_new ("kept-changed", RN_TYPE_SIDE_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
  g_type_ensure (RN_TYPE_CARD_SLOT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/RoadNet/ui/rn-side-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, RnSidePanel, box);
  gtk_widget_class_bind_template_child (widget_class, RnSidePanel, card_slot);
  gtk_widget_class_bind_template_child (widget_class, RnSidePanel, tabs);
  gtk_widget_class_bind_template_child (widget_class, RnSidePanel, pages);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, filter_shortcut_cb,
                                NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_shortcut_cb, NULL);
}

static void
rn_side_panel_init (RnSidePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH_PX, -1);
}

static void
filter_changed_cb (RnSidePanel *self)
{
  g_signal_emit (self, kept_changed, 0);
}

static void
add_tabs (RnSidePanel *self)
{
  static const struct {
    const RnListKind *kind;
    gboolean detailed;
  } kinds[N_TABS] = {
    [TAB_ALERTS] = { &rn_alert_list, FALSE },
    [TAB_INCIDENTS] = { &rn_incident_list, TRUE },
    [TAB_WORKS] = { &rn_work_list, FALSE },
    [TAB_FACILITIES] = { &rn_facility_list, TRUE },
  };
  GtkWidget *first = NULL;

  for (guint i = 0; i < N_TABS; i++)
    {
      GtkWidget *button;

      self->tab[i] = RN_SIDE_TAB (rn_side_tab_new (self->seat, kinds[i].kind, kinds[i].detailed));
      gtk_stack_add_child (GTK_STACK (self->pages), GTK_WIDGET (self->tab[i]));
      button = rn_side_tab_create_button (self->tab[i]);
      if (first != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      first = first != NULL ? first : button;
      gtk_box_append (GTK_BOX (self->tabs), button);
      g_signal_connect (button, "toggled", G_CALLBACK (tab_toggled_cb), self);
      g_signal_connect_object (rn_side_tab_get_list (self->tab[i]), "filter-changed",
                               G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
add_plans (RnSidePanel *self)
{
  self->plans = rn_plan_tab_new (rn_session_get_plan_desk (rn_seat_get_session (self->seat)));
  self->plans_button = rn_plan_tab_create_button (RN_PLAN_TAB (self->plans));
  gtk_stack_add_child (GTK_STACK (self->pages), self->plans);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->plans_button),
                               GTK_TOGGLE_BUTTON (rn_side_tab_get_button (self->tab[0])));
  gtk_box_append (GTK_BOX (self->tabs), self->plans_button);
  g_signal_connect (self->plans_button, "toggled", G_CALLBACK (tab_toggled_cb), self);
}

/* ---- API ----------------------------------------------------------------------------------- */

GtkWidget *
rn_side_panel_new (RnSeat *seat)
{
  RnSidePanel *self = g_object_new (RN_TYPE_SIDE_PANEL, NULL);

  self->seat = g_object_ref (seat);
  self->card = rn_card_new (seat, FALSE);
  rn_card_slot_set_child (RN_CARD_SLOT (self->card_slot), self->card);
  add_tabs (self);
  add_plans (self);
  show_tab (self, TAB_ALERTS);
  g_signal_connect_object (seat, "notify::selection", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "notify::alert", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  selection_changed_cb (self);
  return GTK_WIDGET (self);
}

void
rn_side_panel_focus_list (RnSidePanel *self)
{
  g_return_if_fail (RN_IS_SIDE_PANEL (self));
  if (shows_plans (self))
    rn_plan_tab_focus (RN_PLAN_TAB (self->plans));
  else
    rn_list_page_focus (rn_side_tab_get_list (self->tab[current_tab (self)]));
}

void
rn_side_panel_show_tab (RnSidePanel *self, guint n)
{
  g_return_if_fail (RN_IS_SIDE_PANEL (self));
  if (n >= 1 && n <= N_TABS)
    show_tab (self, n - 1);
  else if (n == N_TABS + 1)
    show_plans (self);
}

const char *
rn_side_panel_get_tab (RnSidePanel *self)
{
  g_return_val_if_fail (RN_IS_SIDE_PANEL (self), NULL);
  return tab_words[current_tab (self)];
}

GVariant *
rn_side_panel_filters_to_variant (RnSidePanel *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < N_TABS; i++)
    {
      GVariant *filter = rn_list_page_filter_to_variant (rn_side_tab_get_list (self->tab[i]));

      if (filter != NULL)
        g_variant_builder_add (&builder, "{sv}", tab_words[i], filter);
    }
  return g_variant_builder_end (&builder);
}

void
rn_side_panel_restore (RnSidePanel *self, const char *tab, GVariant *filters, GPtrArray *refused)
{
  gboolean found = FALSE;

  g_return_if_fail (RN_IS_SIDE_PANEL (self));
  for (guint i = 0; i < N_TABS; i++)
    {
      g_autoptr (GVariant) filter = g_variant_lookup_value (filters, tab_words[i], NULL);
      g_autoptr (GError) error = NULL;

      if (filter != NULL
          && !rn_list_page_restore_filter (rn_side_tab_get_list (self->tab[i]), filter, &error))
        g_ptr_array_add (refused,
                         g_strdup_printf ("filters: %s: %s", tab_words[i], error->message));
      if (g_str_equal (tab, tab_words[i]))
        {
          found = TRUE;
          show_tab (self, i);
        }
    }
  if (!found)
    g_ptr_array_add (refused, g_strdup_printf (_("tab: there is no list “%s”"), tab));
}

void
rn_side_panel_show_alerts (RnSidePanel *self)
{
  g_return_if_fail (RN_IS_SIDE_PANEL (self));
  show_tab (self, TAB_ALERTS);
}

void
rn_side_panel_show_shelf (RnSidePanel *self)
{
  RnListPage *list;

  g_return_if_fail (RN_IS_SIDE_PANEL (self));
  list = rn_side_tab_get_list (self->tab[TAB_ALERTS]);
  show_tab (self, TAB_ALERTS);
  rn_list_page_set_filter (list,
                           rn_list_page_get_chip (list) == RN_ALERT_CHIP_SHELVED
                               ? RN_ALERT_CHIP_ALL
                               : RN_ALERT_CHIP_SHELVED,
                           "");
  rn_list_page_focus (list);
}

RnCard *
rn_side_panel_get_card (RnSidePanel *self)
{
  RnSideTab *tab;

  g_return_val_if_fail (RN_IS_SIDE_PANEL (self), NULL);
  tab = self->tab[current_tab (self)];
  if (gtk_widget_get_visible (self->card_slot))
    return RN_CARD (self->card);
  return rn_side_tab_shows_detail (tab) ? rn_side_tab_get_card (tab) : NULL;
}

gboolean
rn_side_panel_is_settled (RnSidePanel *self)
{
  g_return_val_if_fail (RN_IS_SIDE_PANEL (self), FALSE);
  return rn_list_page_is_settled (rn_side_tab_get_list (self->tab[current_tab (self)]));
}
