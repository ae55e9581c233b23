#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what the watchdog of base/rn-watchdog.h has seen, the calls by name. How long a turn takes is
the machine's too, so the figures are to be read; a failure is what no machine explains, of the turns
after the seat has begun and before the picture at its end is taken: one in 50 over the limit (the
work of many polls is on this thread) or one far over it (it waits for a disk, a server or another
thread). Arguments: log, program."""
import json
import re
import subprocess
import sys

BEGUN_S = 10  # until then windows, fonts and the network come
ENDING_S = 3  # the picture
MOST_LATE, FAR_OVER = 1 / 50, 10
SHOWN_CALLS = 9
log, program = sys.argv[1:3]


def name(call):
    place = re.fullmatch(re.escape(program.rsplit('/', 1)[1]) + r'\+(0x[0-9a-f]+)', call)
    if not place:
        return call
    found = subprocess.run(['addr2line', '-f', '-e', program, place.group(1)],
                           capture_output=True, text=True).stdout.split('\n')
    return found[0] if found and found[0] != '??' else call


def is_plumbing(call):
    return bool(re.search(r'signal_cb|^lib(glib|gobject|gio|c\.so)', call))


lines = [json.loads(line) for line in open(log, encoding='utf-8')]
head, turns = lines[0], lines[1:]
turns = [t for t in turns if BEGUN_S < t['at_s'] < head['seconds'] - ENDING_S]
late = [t['own_ms'] for t in turns if t['own_ms'] > head['limit_ms']]
print(f"{head['turns']} turns of the main loop in {head['seconds']:.0f} s; over {head['limit_ms']} ms "
      f"while it ran: {len(late)}, the longest {max([t['own_ms'] for t in turns], default=0):.1f} ms")
for turn in turns[:6]:
    calls = [c for c in map(name, turn['calls']) if not is_plumbing(c)]
    print(f"  {turn['own_ms']:6.1f} ms at {turn['at_s']:.0f} s (waited {turn['waited_ms']:.1f} ms "
          f"for a processor): {' < '.join(calls[:SHOWN_CALLS]) or 'not seen'}")
sys.exit(1 if len(late) > MOST_LATE * head['turns']
         or max(late, default=0) > FAR_OVER * head['limit_ms'] else 0)
