#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the rooms apart: reads every include in src/ against the table of src/DESIGN.md, and the
names of files, functions' prefixes and sizes against the house style. Arguments: the source root."""
import pathlib
import re
import sys

ROOMS = {
    'base': set(),
    'model': {'base'},
    'net': {'base'},
    'feed': {'net', 'model', 'base'},
    'carto': {'model', 'base'},
    'alert': {'model', 'base'},
    'record': {'model', 'base'},
    'session': {'feed', 'net', 'alert', 'record', 'model', 'base'},
    'map': {'carto', 'net', 'model', 'base'},
    'chart': {'carto', 'model', 'base'},
    'ui': {'map', 'chart', 'carto', 'session', 'feed', 'net', 'alert', 'record', 'model', 'base'},
    'sim': {'model', 'base'},
    'cli': {'session', 'carto', 'feed', 'net', 'alert', 'record', 'model', 'base'},
}
ROOMS['programs'] = set(ROOMS)
# Libraries from outside, by the header they are entered through, and the rooms that may.
LIBRARIES = {
    r'gtk/|gdk/|gsk/|graphene': {'map', 'chart', 'ui', 'programs'},
    r'adwaita': {'ui', 'programs'},
    r'shumate/': {'map'},
    r'libsoup/': {'net', 'sim'},
    r'json-glib/': {'base', 'model', 'feed', 'carto', 'alert', 'record', 'sim', 'cli'},
    r'sqlite3': {'record', 'map'},
    r'libsecret/': {'session'},
    r'gdk-pixbuf/': {'map'},
    r'gsound': {'ui'},
    r'cairo|pango': {'carto', 'map', 'chart', 'ui', 'cli'},
}
TIME = re.compile(r'\b(g_get_real_time|g_date_time_new_now\w*|gettimeofday|time \(NULL\)|time\(NULL\))')
MAX_LINES, MAX_PROGRAM_LINES = 1000, 100


def complaints(root):
    src = root / 'src'
    for path in sorted(src.rglob('*.[ch]')):
        room = path.relative_to(src).parts[0]
        where = path.relative_to(root)
        if room not in ROOMS:
            yield f'{where}: there is no room "{room}"'
            continue
        lines = path.read_text(encoding='utf-8').split('\n')
        if 'SPDX-License-Identifier: GPL-3.0-or-later' not in lines[0]:
            yield f'{where}:1: no SPDX line'
        if path.suffix == '.h' and '#pragma once' not in lines:
            yield f'{where}: no "#pragma once"'
        limit = MAX_PROGRAM_LINES if room == 'programs' else MAX_LINES
        if len(lines) > limit:
            yield f'{where}: {len(lines)} lines, over {limit}'
        for number, line in enumerate(lines, 1):
            if len(line) > 100:
                yield f'{where}:{number}: {len(line)} columns'
            if '\t' in line:
                yield f'{where}:{number}: a tab'
            if room != 'base' and TIME.search(line):
                yield f'{where}:{number}: takes the time of day itself: use RnClock'
            yield from include_complaints(src, room, where, number, line)


def include_complaints(src, room, where, number, line):
    include = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
    if not include:
        return
    quote, name = include.groups()
    if quote == '"':
        if '/' not in name:
            if not name.endswith('-resources.h'):
                yield f'{where}:{number}: write the include with its room: "{room}/{name}"'
            return
        other = name.split('/')[0]
        if other in ROOMS and other != room and other not in ROOMS[room]:
            yield f'{where}:{number}: {room} may not include {other}'
        elif other in ROOMS and not (src / name).exists() and not name.endswith('-resources.h'):
            yield f'{where}:{number}: there is no src/{name}'
        return
    for pattern, rooms in LIBRARIES.items():
        if re.match(pattern, name) and room not in rooms:
            yield f'{where}:{number}: {room} may not use <{name}>'


found = list(complaints(pathlib.Path(sys.argv[1])))
print('\n'.join(found) or 'every include goes through a door')
sys.exit(1 if found else 0)
