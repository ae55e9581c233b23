/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sources as the settings keep them (key "sources", aa{sv}) and as values of the program, and
 * back. What cannot be used is kept with the reason: never lost by saving. Pure. */
#pragma once

#include "feed/rn-source.h"

/** The kind of the simulated network, beside those of the adapters. */
#define RN_SOURCE_DEMO "demo"

typedef struct {
  RnSourceSpec *spec; /* without token; name, adapter and location are never NULL */
  gboolean enabled;
  gboolean token;   /* one lies in the keyring */
  gboolean usable;  /* it can be started at all */
  char *problem;    /* what is wrong with the settings, in words; NULL nothing */
  GVariant *stored; /* as it was read, members of other versions included; NULL: new */
} RnSourceEntry;

RnSourceEntry *rn_source_entry_new (const char *adapter, const char *location);
RnSourceEntry *rn_source_entry_copy (const RnSourceEntry *self);
void rn_source_entry_free (RnSourceEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnSourceEntry, rn_source_entry_free)

/** All entries of an aa{sv}: RnSourceEntry, caller's. Names are made unique. */
GPtrArray *rn_source_settings_read (GVariant *value);
/** The aa{sv} of @entries; floating. */
GVariant *rn_source_settings_write (const GPtrArray *entries);

/** A name for a new source that none of @entries has: @wish, else with a number. */
char *rn_source_settings_unique_name (const GPtrArray *entries, const char *wish);

/** What the person calls a kind: "Operations interface (roadnet)"; the word itself when it is not
 *  known. Caller frees. */
char *rn_source_kind_title (const char *kind);
/** Whether this program can watch sources of this kind. */
gboolean rn_source_kind_is_known (const char *kind);

/** What is wrong with a specification that a person has typed, in words; NULL: nothing, as far as
 *  can be seen without asking it. Caller frees. */
char *rn_source_settings_check (const RnSourceSpec *spec);
