/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sits here, by name: from the settings, else from the machine. Main thread. */
#pragma once

#include "session/rn-alert-desk.h"

/** The name; at first the login name. Caller frees. */
char *rn_operator_dup_name (void);
/** The name of this seat; at first that of the machine. Caller frees. */
char *rn_operator_dup_seat (void);
/** The name of the shift; NULL: it has none. Caller frees. */
char *rn_operator_dup_shift (void);
/** "Early · Zhou Min", or the name alone. Caller frees. */
char *rn_operator_dup_title (void);

/** Tells @desk who sits here, now and whenever the settings change. */
void rn_operator_follow (RnAlertDesk *desk);

/** A shift begins: kept in the settings, told to @desk, entered into the journal. @name "" is the
 *  login name, @shift "" none. FALSE: the desk refused it, and said why. */
gboolean rn_operator_begin_shift (RnAlertDesk *desk, const char *name, const char *shift);
