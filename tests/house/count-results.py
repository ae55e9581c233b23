#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts a meson test log: prints "passed failed skipped", in test programs."""
import json
import sys

passed = failed = skipped = 0
for line in open(sys.argv[1], encoding='utf-8'):
    result = json.loads(line)['result']
    if result in ('OK', 'EXPECTEDFAIL'):
        passed += 1
    elif result == 'SKIP':
        skipped += 1
    else:
        failed += 1
print(passed, failed, skipped)
