/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the process deals with memory that is free again. */
#pragma once

/** Call first in main() of a program that runs for weeks: answers of many megabytes are decoded in
 *  workers all the time, and what they leave goes back to the system instead of lying about in the
 *  arenas of threads. Nothing on other C libraries than glibc. */
void rn_memory_init (void);
