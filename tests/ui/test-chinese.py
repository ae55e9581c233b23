#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""With --lang zh_CN nothing on the screen is English: reads every text of the tree and looks for words
in Latin letters other than units, road numbers, keys, identifiers and proper names. Runs from the
build folder with the catalogue there. Arguments: the program."""
import getpass
import re
import sys

import walk

CLASS_NAME = re.compile(r'^(Gtk|Adw|Rn|Shumate)[A-Z]\w*$')  # GTK's stand-in where there is no name
ALLOWED = re.compile(r'''
    roadnet\s--source\s\S+                      # a command to type
  | https?://\S+ | \b[\w.-]+@[\w.-]+ | \b[\w-]+(\.[\w-]+)+(/\S*)?   # addresses
  | \bRoadNet\b | \bNatural\ Earth\b | \bGeoNames\b | \bOpenStreetMap\b | \bODbL\b
  | \bCC\ BY\b | \bGPL\b | \bGNU\b
  | \b[GSX]\d{1,4}[A-Z]?\b | \bK\d+(\+\d+)?\b | \bT[0-7]\b          # roads, chainage, T0–T7
  | \bI{1,3}\b | \bIV\b                                             # tiers
  | \bJ-\d+-\d+\b | \bN\d{4}\b                                      # ids
  | \b(Ctrl|Alt|Shift|F\d{1,2}|Home|Esc|Escape|Delete|Tab|Menu|Page\ (Up|Down))\b
  | \b(km/h|km|mm/h|m/s|m|h|s|mL)\b | °C | \bETC\b | \bLNG\b | \bH2\b
  | \b(demo|roadnet)\b                                              # names of sources and adapters
''', re.VERBOSE | re.ASCII)  # ASCII: a Chinese letter ends a Latin word
LATIN = re.compile(r'[A-Za-z]{2,}')

bad = {}
n_texts = 0


def check(run, scene):
    global n_texts
    n = 0
    for seen, path in run.walk():
        for text in {seen.name, walk.text_of(seen.node)}:
            if not text or CLASS_NAME.match(text) or len(path) == 1:
                continue
            n += 1
            left = ALLOWED.sub(' ', text.replace(getpass.getuser(), ''))  # who sits here
            if LATIN.search(left):
                bad.setdefault(text, f'{scene}: {" › ".join(path[-4:-1])}')
    print(f'{scene}: {n} texts')
    n_texts += n
    if n < 20:
        sys.exit(f'{scene}: only {n} texts were found: the tree was not read')


def check_start(program):
    with walk.Program(program, lang='zh_CN') as run:
        run.wait(lambda: run.find('list item', '打开回放文件'), 'the rows of the start page')
        check(run, 'start page')


def check_seat(program, selection, and_then=None):
    with walk.Program(program, '--demo', '--size', '1600x900', '--select', selection,
                      lang='zh_CN') as run:
        run.wait(lambda: run.find('push button', '流量：'), 'the feed of flow')
        run.wait(lambda: run.find('list item'), 'a list of the demo')
        check(run, selection)
        if and_then:
            and_then(run)


def open_things(run):
    run.key('ctrl+k')
    run.type('G2')
    run.wait(lambda: run.find('label', '京沪'), 'search results')
    check(run, 'search results')
    run.key('Escape', 'Escape')
    run.key('F1')
    run.wait(lambda: run.find('frame', 'GtkShortcutsWindow'), 'the window of shortcuts')
    check(run, 'shortcuts')


check_start(sys.argv[1])
check_seat(sys.argv[1], 'section:G2-0020-A', open_things)
check_seat(sys.argv[1], 'incident:J-20261001-0001')
check_seat(sys.argv[1], 'facility:N0006')
print(f'{n_texts} texts')
for text, place in bad.items():
    print(f'not Chinese: “{text}” ({place})')
sys.exit(1 if bad else 0)
