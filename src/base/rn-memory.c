/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By default glibc gives each thread an arena of its own, and raises the size from which blocks are
 * mapped by themselves up to 32 MiB as large ones are freed: with 100,000 sections that is 430 to
 * 510 MB of resident memory after a minute, with these limits 310. */
#include "base/rn-memory.h"

#include <features.h> /* __GLIBC__ */

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define MAX_ARENAS 3
#define MMAP_FROM_BYTES (256 * 1024)
#define TRIM_FROM_BYTES (1024 * 1024)

void
rn_memory_init (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, MAX_ARENAS);
  mallopt (M_MMAP_THRESHOLD, MMAP_FROM_BYTES);
  mallopt (M_TRIM_THRESHOLD, TRIM_FROM_BYTES);
#endif
}
