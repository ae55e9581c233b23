#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must run without a display does not link GTK, libadwaita or libshumate: the server, the
command line and the tests of the rooms below the widgets. Arguments: the build folder."""
import pathlib
import subprocess
import sys

ROOMS = ['base', 'model', 'net', 'feed', 'session', 'carto', 'sim', 'cli']
build = pathlib.Path(sys.argv[1])
programs = [build / 'src/programs' / name for name in ('roadnet-simulator', 'roadnetctl')]
programs += sorted(p for room in ROOMS for p in (build / 'tests' / room).glob('*')
                   if p.is_file() and p.read_bytes()[:4] == b'\x7fELF')
found = []
for program in programs:
    dynamic = subprocess.run(['readelf', '-d', program], capture_output=True, text=True, check=True)
    for line in dynamic.stdout.split('\n'):
        if 'NEEDED' in line and any(x in line for x in ('libgtk', 'libadwaita', 'libshumate')):
            found.append(f'{program}: {line.split(":")[-1].strip()}')
print('\n'.join(found) or f'{len(programs)} programs run without a display')
sys.exit(1 if found or len(programs) < 10 else 0)
