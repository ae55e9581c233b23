/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tab of the side panel: its button with the count, and its page: the list, or the detail of what
 * is selected from it. Main thread; the panel owns it. */
#pragma once

#include "ui/rn-card.h"
#include "ui/rn-list-page.h"

#define RN_TYPE_SIDE_TAB (rn_side_tab_get_type ())
G_DECLARE_FINAL_TYPE (RnSideTab, rn_side_tab, RN, SIDE_TAB, GtkWidget)

/** The page of a tab. @detailed: a selected subject of its kind takes the place of the list. */
GtkWidget *rn_side_tab_new (RnSeat *seat, const RnListKind *kind, gboolean detailed);

/** A tab's button: its title and, in *@count, the label behind it (borrowed). A reference. */
GtkWidget *rn_side_tab_new_button (const char *title, GtkWidget **count);

/** The button for the row of tabs, owned by the caller of the first time (floating). */
GtkWidget *rn_side_tab_create_button (RnSideTab *self);
GtkWidget *rn_side_tab_get_button (RnSideTab *self);
RnListPage *rn_side_tab_get_list (RnSideTab *self);
/** Whether its list is (also) about things of this kind. */
gboolean rn_side_tab_has_subject_kind (RnSideTab *self, RnSubjectKind kind);
gboolean rn_side_tab_is_detailed (RnSideTab *self);

/** The card of the detail; NULL when it has none. Borrowed. */
RnCard *rn_side_tab_get_card (RnSideTab *self);

/** The subject of the detail; NULL shows the list. */
void rn_side_tab_show_subject (RnSideTab *self, const RnSubject *subject);
gboolean rn_side_tab_shows_detail (RnSideTab *self);
