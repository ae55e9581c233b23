#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what the watchdog of base/rn-watchdog.h has seen, the calls by name; fails when a turn of
the main loop took longer than its limit after the seat had begun. Arguments: log, program."""
import json
import re
import subprocess
import sys

BEGUN_S = 10  # until then windows, fonts and the network come
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
late = [t for t in turns if t['own_ms'] > head['limit_ms'] and t['at_s'] > BEGUN_S]
print(f"{head['turns']} turns of the main loop, {head['over']} over {head['limit_ms']} ms; "
      f"{len(late)} of the worst after {BEGUN_S} s")
for turn in turns[:6]:
    calls = [c for c in map(name, turn['calls']) if not is_plumbing(c)]
    print(f"  {turn['own_ms']:6.1f} ms at {turn['at_s']:.0f} s (waited {turn['waited_ms']:.1f} ms "
          f"for a processor): {' < '.join(calls[:SHOWN_CALLS]) or 'not seen'}")
sys.exit(1 if late else 0)
