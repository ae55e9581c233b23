#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every control that can be clicked or focused has a name for screen readers, and not that of its
class. Looks at the start page, the seat with each kind of selection, the open menus and windows.
Arguments: the program."""
import re
import sys
import time

import walk
from walk import pyatspi

CLASS_NAME = re.compile(r'^(Gtk|Adw|Rn|Shumate)[A-Z]\w*$')
# containers that take the focus only to scroll or to hand it on; what is in them is named
CONTAINERS = {'scroll pane', 'panel', 'filler', 'frame', 'window', 'dialog', 'application'}
SELECTIONS = ('section:G2-0020-A', 'incident:J-20261001-0001', 'facility:N0006')

# windows that GTK and libadwaita fill themselves: their inner parts are not ours to name
TOOLKIT = re.compile(r'^frame “(GtkShortcutsWindow|About)”')



def is_toolkit(path):
    """Parts that are made and filled by GTK or libadwaita out of our reach."""
    return any(TOOLKIT.search(step) for step in path) \
        or any(step.startswith('combo box “') for step in path[:-1]) \
        or (path[1] == 'frame “Preferences”'
            and path[-1] in ('entry “GtkSearchEntry”', 'list “GtkListBox”'))  # its search


seen, bad = set(), {}


def clickable(item):
    try:
        action = item.node.queryAction()
        return any(action.getName(i) in ('click', 'activate') for i in range(action.nActions))
    except (NotImplementedError, walk.GError):  # an entry counts actions that it cannot name
        return False


def check(program, scene):
    count = 0
    for item, path in program.walk():
        role, name = item.role, item.name.strip()
        control = role in walk.CONTROLS or clickable(item)
        if not control and (role in CONTAINERS or not item.has(pyatspi.STATE_FOCUSABLE)):
            continue
        count += 1
        if is_toolkit(path):
            continue
        seen.add((role, name))
        if not name or CLASS_NAME.match(name):
            bad.setdefault(f'{role} “{name}” in {" › ".join((path[1], "…", *path[-5:-1]))}', scene)
    print(f'{scene}: {count} controls')
    if count < 5:
        sys.exit(f'{scene}: only {count} controls were found: the tree was not read')


def check_start(program):
    with walk.Program(program) as run:
        run.wait(lambda: run.find('push button', 'Start with This Source'), 'the button of the start page')
        check(run, 'start page')
        check_preferences(run)


def check_preferences(run):
    """With all pages, and the forms of a rule and of a source over them."""
    run.key('ctrl+comma')
    run.wait(lambda: run.find('label', 'History of section values'), 'the preferences')
    check(run, 'preferences')
    run.find('page tab', 'Rules').queryAction().doAction(0)
    time.sleep(0.5)
    run.find('push button', 'New Rule…').queryAction().doAction(0)
    run.wait(lambda: run.find('label', 'A new rule needs a reason.'), 'the form of a rule')
    run.find('push button', 'Add Hours').queryAction().doAction(0)
    run.find('push button', 'Add a Condition').queryAction().doAction(0)
    check(run, 'form of a rule')
    run.key('Escape')
    run.wait(lambda: not run.find('label', 'A new rule needs a reason.'), 'the end of it')
    run.find('page tab', 'Sources').queryAction().doAction(0)
    time.sleep(0.5)
    run.find('push button', 'Add…').queryAction().doAction(0)
    run.wait(lambda: run.find('label', 'System of coordinates'), 'the form of a source')
    check(run, 'form of a source')


def check_seat(program, selection):
    with walk.Program(program, '--demo', '--size', '1600x900', '--select', selection) as run:
        run.wait(lambda: run.find('list item'), 'a list of the demo')
        run.wait(lambda: run.find('push button', 'Flow: live'), 'a live feed')
        check(run, selection)
        if selection.startswith('section'):
            check_open(run)


def click(run, role, name, then):
    node = run.wait(lambda: run.find(role, name), f'{role} {name}')
    for child, _ in run.walk(node, ('…',)):  # a menu button hands the click to its inner button
        if clickable(child):
            child.node.queryAction().doAction(0)
            break
    run.wait(then, f'what {name} opens')


def check_open(run):
    """What is only there when it is open."""
    click(run, 'push button', 'Flow: live', lambda: run.find('label', 'Last good answer'))
    check(run, 'popover of a feed')
    run.key('Escape')
    run.key('ctrl+k')
    run.type('G2')
    run.wait(lambda: run.find('label', 'Beijing–Shanghai Expressway'), 'search results')
    check(run, 'search results')
    run.key('Escape', 'Escape')
    for tab in '234':
        run.key(f'ctrl+{tab}')
        check(run, f'tab {tab}')
    run.key('F1')
    run.wait(lambda: run.find('label', 'Clear the selection'), 'the window of shortcuts')
    check(run, 'shortcuts')
    run.key('Escape')
    click(run, 'push button', 'Main menu',
          lambda: run.find(('menu item', 'push button'), 'About RoadNet'))
    check(run, 'main menu')
    click(run, ('menu item', 'push button'), 'About RoadNet', lambda: run.find('label', '0.1.0')
          or run.find('push button', '0.1.0'))
    check(run, 'about window')


check_start(sys.argv[1])
for subject in SELECTIONS:
    check_seat(sys.argv[1], subject)
print(f'{len(seen)} different controls')
for place, scene in bad.items():
    print(f'no name ({scene}): {place}')
sys.exit(1 if bad else 0)
