/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a disk, another program or a kill can do to a file. Stops the test on failure. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

/** 20,000 random bytes in the place of @path. */
void help_damage_fill_randomly (const char *path);
/** @bytes as @path, @n of them changed at random. */
void help_damage_flip (const char *path, const char *bytes, gsize size, GRand *random, guint n);

/** Another connection's lock on the file @path, until it is let go. */
sqlite3 *help_damage_hold (const char *path);
void help_damage_let_go (sqlite3 *other);

/** Runs the test @path in a process of its own, for what changes the process: */
void help_damage_run_child (const char *path);
/** From now on files may be @bytes long at most, as on a full disk; RLIM_INFINITY ends it. */
void help_damage_limit_files (guint64 bytes);
/** Does without the rights of root, if it has them, until it takes them back. */
void help_damage_drop_rights (void);
void help_damage_regain_rights (void);

/** Starts @argv, which prints numbers, one a line, and kills it @after_us later; with @is_ready,
 *  after the first number. Returns the last number that it printed, 0 none. */
guint64 help_damage_run_and_kill (const char *const *argv, gboolean is_ready, gint64 after_us);
