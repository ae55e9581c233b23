/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop program. */
#include "ui/rn-application.h"

int
main (int argc, char **argv)
{
  return rn_application_main (argc, argv);
}
