/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a form that a person adds and removes, with a place below for what is wrong in them.
 * Signals: "add" (a line is asked for), "changed" (one was removed). Main thread. */
#pragma once

#include <gtk/gtk.h>

#define RN_TYPE_RULE_LINES (rn_rule_lines_get_type ())
G_DECLARE_FINAL_TYPE (RnRuleLines, rn_rule_lines, RN, RULE_LINES, GtkWidget)

/** @add: label of the button that adds, with a mnemonic. @remove: name of those that remove. */
GtkWidget *rn_rule_lines_new (const char *add, const char *remove);

/** Appends @box, a horizontal one, and its button; @line tells of the widgets in it, and is freed
 *  by g_free() with the line. */
void rn_rule_lines_append (RnRuleLines *self, GtkWidget *box, gpointer line);
guint rn_rule_lines_get_n (RnRuleLines *self);
gpointer rn_rule_lines_nth (RnRuleLines *self, guint i); /* as appended */
/** Without "changed". */
void rn_rule_lines_clear (RnRuleLines *self);

/** Whether lines can be added. */
void rn_rule_lines_set_open (RnRuleLines *self, gboolean open);
void rn_rule_lines_set_problem (RnRuleLines *self, const char *text); /* NULL none */
