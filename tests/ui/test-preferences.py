#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The preferences: a source is added, checked, changed and removed against a simulator of its own;
theme, units and language are kept; settings broken by hand do not stop the start. Arguments: the
program, the simulator."""
import os
import subprocess
import sys
import tempfile

import walk
from walk import pyatspi

folder = tempfile.mkdtemp(prefix='roadnet-test-')
os.environ['XDG_CONFIG_HOME'] = folder
os.environ['GSETTINGS_BACKEND'] = 'keyfile'
settings = f'{folder}/glib-2.0/settings/keyfile'

simulator = subprocess.Popen([sys.argv[2], '--port', '0', '--with-parent'], text=True,
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE)
address = simulator.stdout.readline().strip()


def write(text):
    os.makedirs(os.path.dirname(settings), exist_ok=True)
    with open(settings, 'w', encoding='utf-8') as file:
        file.write(f'[com/example/RoadNet]\n{text}\n')


def kept(word):
    return word in open(settings, encoding='utf-8').read()


def find_top(run, roles, name):
    """In the windows over the seat, an equal name before one that only has it in it."""
    found = []
    for i in range(run.root.childCount):
        window = run.root.getChildAtIndex(i)
        if window is not None and window.name != 'RoadNet':
            found += run.find_all(roles, name, window)
    equal = [seen for seen in found if seen.name.lstrip('_') == name]
    return (equal or found)[-1].node if found else None


def wait_word(run, name, seconds=120):
    return run.wait(lambda: find_top(run, ('label', 'status bar'), name), name, seconds)


BUTTONS = ('push button', 'toggle button', 'switch', 'check box')


def press(run, name):
    button = run.wait(lambda: find_top(run, BUTTONS, name), name)
    button.queryAction().doAction(0)


def find_in_editor(run, name):
    """In the window of one source: other pages have entries of the same names."""
    for i in range(run.root.childCount):
        window = run.root.getChildAtIndex(i)
        if window is not None and window.name.endswith('Source'):
            for seen in run.find_all(tuple(walk.TEXT_ROLES), name, window):
                if seen.name == name:
                    return seen.node
    return None


def fill(run, name, text):
    entry = run.wait(lambda: find_in_editor(run, name), f'entry {name}')
    assert entry.queryEditableText().setTextContents(text), f'{name} cannot be written'


# an empty seat, put off, with broken settings: a number for a list, an unknown theme, a source of
# another version and one whose members have the wrong types
write("theme='pink'\nunits=7\nlanguage='tlh'\nhistory-days=-3\n"
      "sources=[{'name': <'ours'>, 'kind': <'of-the-future'>, 'location': <'x'>, 'more': <42>}, "
      "{'name': <'broken'>, 'kind': <'roadnet'>, 'location': <17>, 'poll-s': <-5>}]")
with walk.Program(sys.argv[1], '--size', '1280x800') as run:
    run.wait(lambda: run.find('label', 'No source is watched'), 'the hint')
    run.key('ctrl+comma')
    wait_word(run, 'Cannot be used: “of-the-future” is no kind')
    wait_word(run, 'location has the type i, not s')
    print('broken settings are said')

    # add: checked, named, kept
    press(run, 'Add…')
    fill(run, 'Address, file or folder', address)
    fill(run, 'Name', 'sim')
    press(run, 'Check')
    wait_word(run, 'It can be used')
    press(run, 'Save')
    wait_word(run, 'Incidents ', 60)  # its feeds and their ages
    assert kept("'name': <'sim'>") and kept(address), 'it was not kept'
    assert kept("'more': <42>") and kept("'location': <17>"), 'the broken ones were lost'
    print('a source was added')

    # change its name
    press(run, 'Change sim')
    fill(run, 'Name', 'simulator')
    press(run, 'Save')
    run.wait(lambda: kept("'name': <'simulator'>") and not kept("'name': <'sim'>"), 'the new name')
    # order, off, on
    press(run, 'Move simulator up')
    run.wait(lambda: open(settings).read().index("'simulator'") < open(settings).read().index(
        "'broken'"), 'another order')
    press(run, 'Watch simulator')
    wait_word(run, 'Switched off')
    # remove the unusable one, with a question
    press(run, 'Remove ours')
    wait_word(run, 'Remove the Source “ours”?')
    run.key('alt+r')
    run.wait(lambda: not kept('of-the-future'), 'the removal')
    print('it was changed, moved, switched off; another one removed')

write("units='imperial'\nlanguage='zh_CN'\ntheme='light'\n"
      f"sources=[{{'name': <'sim'>, 'kind': <'roadnet'>, 'location': <'{address}'>}}]")
with walk.Program(sys.argv[1], '--size', '1600x900') as run:  # --lang wins
    run.wait(lambda: run.find('push button', 'Flow: live'), 'the source of the settings', 60)
    run.wait(lambda: run.find('label', 'mph'), 'miles an hour')
    run.wait(lambda: 'mi' in run.find('image', 'Scale bar').name, 'a scale bar in miles')
    run.key('ctrl+comma')
    wait_word(run, 'Sources')
    second = subprocess.run([sys.argv[1]], env=dict(os.environ, LC_ALL='C.UTF-8'), timeout=90)
    assert second.returncode == 0 and run.process.poll() is None, 'the second start'
    print('units are kept; a second start raises the first')

said = subprocess.run([sys.argv[1], '--help'], capture_output=True, text=True, timeout=90,
                      env=dict(os.environ, LC_ALL='C.UTF-8')).stdout
assert '模拟' in said or '演示' in said, f'the language of the settings is not used: {said}'
print('the language is kept')
simulator.terminate()
simulator.wait(20)
