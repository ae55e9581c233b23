#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys of the seat do what the window of shortcuts says.
Arguments: the program."""
import sys

import walk

CARD = 'Gaoyou → Cheluo'


def visible(run, role, name):
    """Whether it is in the tree and has a size: a folded panel has none."""
    node = run.find(role, name)
    if node is None:
        return False
    box = node.queryComponent().getExtents(walk.pyatspi.WINDOW_COORDS)
    return box.width > 0 and box.height > 0


def left_edge(run, role, name):
    return run.find(role, name).queryComponent().getExtents(walk.pyatspi.WINDOW_COORDS).x


def scale(run):
    """What the scale bar of the map says."""
    return run.wait(lambda: run.find('image', 'Scale bar'), 'the scale bar').name


with walk.Program(sys.argv[1], '--demo', '--size', '1600x900', '--select',
                  'section:G2-0020-A') as run:
    run.wait(lambda: run.find('label', CARD), 'the card of the selection')
    run.wait(lambda: run.find('push button', 'Flow: live'), 'a live feed')

    run.key('Escape')
    run.wait(lambda: not run.find('label', CARD), 'the card going with Escape')

    run.key('Home')
    whole = run.wait(lambda: scale(run), 'the scale of the whole network')
    run.key('plus', 'plus')
    run.wait(lambda: scale(run) != whole, 'another scale after +')
    run.key('minus', 'minus')
    run.wait(lambda: scale(run) == whole, 'the first scale after −')

    at = left_edge(run, 'push button', 'Zoom in')
    before = visible(run, 'list', 'Layers')
    run.key('F9')
    run.wait(lambda: not visible(run, 'list', 'Layers') or left_edge(run, 'list', 'Layers') < 0,
             'the layers going with F9')
    run.key('F9')
    run.wait(lambda: visible(run, 'list', 'Layers') and left_edge(run, 'list', 'Layers') >= 0,
             'the layers coming back')
    assert before and at > 0

    run.key('ctrl+k')
    run.type('+-')  # goes into the entry, not to the map
    run.wait(lambda: run.find(('status bar', 'label'), 'Nothing found'), 'the answer of the search')
    assert scale(run) == whole, 'typing into the entry zoomed the map'
    run.key('Escape', 'Escape')

    run.key('ctrl+q')
    status = run.process.wait(20)
    assert status == 0, f'the program ended with {status}'

print('the keys do what they say')
