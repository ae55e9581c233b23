/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recorded answers as files: which there are, which document each one is, when each one came. All
 * of it blocks on the disk: for workers and the command line. */
#pragma once

#include "feed/rn-decode.h"

typedef struct {
  char *path;
  int slot;          /* of the adapter */
  gint64 at_us;      /* when it came, by its name, Unix µs; 0: the name has no time of day */
  gint64 order_us;   /* to sort by: the same, or the day in its name, else when it was changed */
  gint64 changed_us; /* when the file was changed */
  guint64 size;
  gboolean empty; /* nothing, or a byte or two: a failed download */
} RnRecordingEntry;

typedef struct {
  GPtrArray *fixed;    /* RnRecordingEntry by slot, or NULL: the newest of each document that does
                        * not age (the network) */
  GPtrArray *played;   /* RnRecordingEntry of the others, in order */
  GPtrArray *problems; /* RnSourceProblem: what is not of this kind, or cannot be read */
  GPtrArray *folders;  /* char *: what to watch for changes: folders, and */
  GPtrArray *files;    /* char *: files that were named one by one */
  gboolean one_each;   /* no document is there twice: nothing to play, one state to show */
} RnRecording;

/** Whether @location is an address rather than files. */
gboolean rn_recording_is_address (const char *location);

/** The files and folders that @location names: one path, or several joined by ','. NULL with
 *  RN_FEED_ERROR_SOURCE when one is not there. */
GStrv rn_recording_split (const char *location, GError **error);

/** Looks through files and folders (and folders within them, one level), reads the beginning of
 *  each file. @timezone: of times in names. */
RnRecording *rn_recording_scan (const RnAdapter *adapter, const char *location, GTimeZone *timezone,
                                GCancellable *cancellable, GError **error);
void rn_recording_free (RnRecording *self);

/** Reads a file whole, inflated, at most 256 MiB. */
GBytes *rn_recording_read (const char *path, GError **error);

/** Reads and decodes the documents of one feed. @paths: by slot, NULL where there is none. The
 *  message of an error begins with the name of the file when there is only one. */
RnDecoded *rn_recording_decode (const RnAdapter *adapter, RnFeedKind kind, const char *const *paths,
                                const RnDecodeContext *context, GError **error);

/** A time in a file name, such as 2013-04-24T00:05, 2013-04-24T000921, 20240222-1800, 2023-04-11;
 *  without an offset it is of @timezone (NULL: UTC). @at_us: the time, or the beginning of the day
 *  when @has_clock is FALSE. */
gboolean
rn_recording_parse_time (const char *name, GTimeZone *timezone, gint64 *at_us, gboolean *has_clock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnRecording, rn_recording_free)
