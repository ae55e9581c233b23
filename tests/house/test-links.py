#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that must run without a display do not link GTK, libadwaita or libshumate. Arguments: the
programs."""
import subprocess
import sys

found = []
for program in sys.argv[1:]:
    dynamic = subprocess.run(['readelf', '-d', program], capture_output=True, text=True, check=True)
    for line in dynamic.stdout.split('\n'):
        if 'NEEDED' in line and any(x in line for x in ('libgtk', 'libadwaita', 'libshumate')):
            found.append(f'{program}: {line.split(":")[-1].strip()}')
print('\n'.join(found) or f'{len(sys.argv) - 1} programs run without a display')
sys.exit(1 if found or len(sys.argv) < 2 else 0)
