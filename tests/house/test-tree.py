#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The top level holds what the customer fixed and what tools need; nothing tracked names a path of
one machine. Skips outside a git checkout. Arguments: the source root."""
import re
import subprocess
import sys

ALLOWED = {
    'src', 'data', 'po', 'icons', 'tests', 'meson.build', 'com.example.RoadNet.desktop', 'README.md',
    'run', 'check', 'meson_options.txt', 'com.example.RoadNet.json', 'LICENSE',
}
root = sys.argv[1]
listing = subprocess.run(['git', '-C', root, 'ls-files', '-z', '--cached', '--others',
                          '--exclude-standard'], capture_output=True)
if listing.returncode:
    print('skipped: not a git checkout')
    sys.exit(77)
files = [f for f in listing.stdout.decode().split('\0') if f]
found = sorted({f'{top}: does not belong at the top' for top in (f.split('/')[0] for f in files)
                if top not in ALLOWED and not top.startswith('.')})
machine = re.compile(r'(^|[^A-Za-z0-9_.$}])/(work|farm|root|home)/[a-z]')
for name in files:
    try:
        text = open(f'{root}/{name}', encoding='utf-8').read()
    except (UnicodeDecodeError, IsADirectoryError, FileNotFoundError):
        continue
    if name == 'LICENSE':
        continue
    for number, line in enumerate(text.split('\n'), 1):
        if len(line) < 2000 and machine.search(line):
            found.append(f'{name}:{number}: a path of one machine')
print('\n'.join(found) or 'the tree is tidy')
sys.exit(1 if found else 0)
