/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts answers on the wire: whole and right, as a problem, or in one of the wrong ways that tests
 * ask for. Private to the server. */
#pragma once

#include <libsoup/soup.h>

#include "sim/rn-sim-answers.h"

/** An RFC 9457 problem. @detail may be NULL. */
void rn_sim_wire_problem (SoupServerMessage *message, guint status, const char *title,
                          const char *detail);

/** Whether the client takes gzip. */
gboolean rn_sim_wire_takes_gzip (SoupServerMessage *message);

/** 200 with @body as it is; @gzip: it is compressed. */
void rn_sim_wire_send (SoupServerMessage *message, const char *content_type, GBytes *body,
                       gboolean gzip);

/** Closes the connection without a word. */
void rn_sim_wire_drop (SoupServerMessage *message);
/** Announces all of @body, sends half, and closes. */
void rn_sim_wire_cut (SoupServerMessage *message, const char *content_type, GBytes *body);
/** More than 256 MiB of JSON, compressed or not, in chunks made as they are taken. */
void rn_sim_wire_huge (SoupServerMessage *message);
