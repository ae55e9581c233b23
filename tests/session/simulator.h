/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulator as a child of a test, and its control door. Failures end the test. */
#pragma once

#include <gio/gio.h>

/** Starts @program with --with-parent and the words of @arguments; @address gets what it prints. */
GSubprocess *simulator_start (const char *program, const char *arguments, char **address);

/** Sends a request below @address and returns the body; a status of 300 or more ends the test. */
char *simulator_ask (const char *address, const char *method, const char *path, const char *body);
