#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Named views by keyboard; and a second start shows what the first one left: views, layers and their
order, tab, filter, panel, map. A picture neither reads nor writes any of it.
Arguments: the program."""
import os
import subprocess
import sys
import tempfile

import walk

os.environ['GSETTINGS_BACKEND'] = 'keyfile'
folder = tempfile.TemporaryDirectory()
os.environ['XDG_CONFIG_HOME'] = folder.name


def kept():
    """The settings as they lie on the disk."""
    try:
        with open(os.path.join(folder.name, 'glib-2.0/settings/keyfile'), encoding='utf-8') as file:
            return dict(line.rstrip('\n').split('=', 1) for line in file if '=' in line)
    except FileNotFoundError:
        return {}


def scale(run):
    if not hasattr(run, 'bar'):
        run.bar = run.wait(lambda: run.find('image', 'Scale bar'), 'the scale bar')
    return run.bar.name


def left_panel(run):
    """Found once: the lists on the right are long."""
    if not hasattr(run, 'left'):
        run.left = run.wait(lambda: run.find('list', 'Views'), 'the list of views', 60).parent.parent
    return run.left


def view(run, name):
    return run.find('list item', name, left_panel(run))


def press(node):
    node.queryAction().doAction(0)


picture = os.path.join(folder.name, 'picture.png')
subprocess.run([sys.argv[1], '--demo', '--lang', 'en', '--snapshot', picture, '--after', '0'],
               check=True, env=dict(os.environ, G_DEBUG=''))
assert kept() == {}, f'a picture wrote settings: {kept()}'

with walk.Program(sys.argv[1], '--demo') as run:
    run.wait(lambda: view(run, 'Whole network, Alt+1, shown now'), 'the whole network as shown', 60)
    whole = scale(run)
    run.key('alt+5')
    run.wait(lambda: view(run, 'Nanjing ring, Alt+5, shown now'), 'the view of Alt+5')
    assert not view(run, 'Whole network, Alt+1, shown now'), 'two views are shown at once'
    assert scale(run) != whole, 'Alt+5 did not move the map'
    run.key('minus')
    run.wait(lambda: not view(run, 'Nanjing ring, Alt+5, shown now'), 'the mark going with the view')
    run.key('ctrl+d')
    run.wait(lambda: run.find(('text', 'entry'), 'Name of the view', left_panel(run)), 'the entry for the name')
    run.type('Mine')
    run.key('Return')
    run.wait(lambda: view(run, 'Mine, Alt+6, shown now'), 'the view that was kept')
    run.key('alt+Up')  # the row has the focus
    run.wait(lambda: view(run, 'Mine, Alt+5'), 'the view moving up')
    run.key('F2')
    run.type('Ours')
    run.key('Return')
    run.wait(lambda: view(run, 'Ours, Alt+5'), 'the other name')
    run.key('Delete', 'Escape')
    assert view(run, 'Ours, Alt+5'), 'Escape deleted the view'

    press(run.find('check box', 'Toll plazas'))
    run.key('ctrl+3')
    run.wait(lambda: 'toll-plazas' in kept().get('layers', '') and kept().get('tab') == "'works'",
             'layers and tab on the disk')
    press(run.wait(lambda: run.find('push button', 'Planned '), 'the chip'))
    run.wait(lambda: run.find('push button', 'Show All'), 'the mark of a filtered list')
    left = scale(run)
    run.key('ctrl+q')
    assert run.process.wait(20) == 0
assert 'Ours' in kept()['views'] and 'planned' in kept()['filters'], kept()

with walk.Program(sys.argv[1], '--demo') as run:
    run.wait(lambda: view(run, 'Ours, Alt+5'), 'the view of the last start', 60)
    run.wait(lambda: scale(run) == left, 'the map where it was')
    run.wait(lambda: run.find('push button', 'Show All'), 'the list as it was filtered')
    run.key('alt+1')
    run.wait(lambda: view(run, 'Whole network, Alt+1, shown now'), 'the whole network again')
    run.wait(lambda: scale(run) == whole, 'its scale')
    run.key('ctrl+q')
    assert run.process.wait(20) == 0

# a view that does not touch this network is of no use
with open(os.path.join(folder.name, 'glib-2.0/settings/keyfile'), encoding='utf-8') as file:
    text = '\n'.join('view=(-1.5, 52.5, 9.0, 0.0)' if line.startswith('view=') else line
                     for line in file.read().split('\n'))
with open(os.path.join(folder.name, 'glib-2.0/settings/keyfile'), 'w', encoding='utf-8') as file:
    file.write(text)
assert '52.5' in kept()['view']
with walk.Program(sys.argv[1], '--demo') as run:
    run.wait(lambda: view(run, 'Whole network, Alt+1, shown now'), 'the whole network instead', 60)
folder.cleanup()
print('what was left is there again')
