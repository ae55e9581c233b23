#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The map by keyboard and mouse: Tab walks over what is seen and says it, Enter selects, the menu key
and a right click say what is near, brackets and Ctrl + drag turn, N puts north up, the wheel and a
double click zoom. Arguments: the program."""
import subprocess
import sys
import time

import walk


def the_map(run):
    return run.find('image', 'Map of')


def said(run):
    return the_map(run).description


def scale(run):
    return run.wait(lambda: run.find('image', 'Scale bar'), 'the scale bar').name


def xdotool(*arguments):
    subprocess.run(['xdotool', *map(str, arguments)], check=True)
    time.sleep(0.6)


def middle(run):
    box = the_map(run).queryComponent().getExtents(walk.pyatspi.WINDOW_COORDS)
    return box.x + box.width // 2, box.y + box.height // 2


def right_click_says_what_is_near(run):
    run.wait(lambda: run.find('push button', 'Centre here') and run.find('push button', 'Copy place'),
             'what is near')
    run.key('Escape')
    time.sleep(0.5)


with walk.Program(sys.argv[1], '--demo', '--size', '1600x900', '--view', '119.5,32.6,7.5') as run:
    run.wait(lambda: run.find('push button', 'Flow: live'), 'a live feed')
    x, y = middle(run)
    xdotool('mousemove', x - 250, y, 'click', 1)

    run.key('Tab')
    first = run.wait(lambda: said(run), 'words of the first thing on the map')
    assert ', 1 of ' in first, first
    run.key('Tab')
    second = run.wait(lambda: said(run) != first and said(run), 'words of the second')
    assert ', 2 of ' in second, second
    run.key('shift+Tab')
    run.wait(lambda: said(run) == first, 'the first again')
    run.key('Menu')
    right_click_says_what_is_near(run)
    run.key('Escape')
    run.wait(lambda: not said(run), 'nothing, after Escape')
    run.key('Tab')  # leaves the map: no trap, however much there is to walk over
    assert not said(run), said(run)

    xdotool('mousemove', x - 250, y + 20, 'click', 3)
    right_click_says_what_is_near(run)

    run.key('bracketright')
    run.wait(lambda: run.find('push button', 'North up'), 'the north arrow')
    run.key('n')
    run.wait(lambda: not run.find('push button', 'North up'), 'north up')
    xdotool('mousemove', x + 200, y, 'keydown', 'ctrl', 'mousedown', 1)
    xdotool('mousemove', x + 180, y + 60)
    xdotool('mousemove', x + 100, y + 150, 'mouseup', 1, 'keyup', 'ctrl')
    run.wait(lambda: run.find('push button', 'North up'), 'the north arrow after a drag with Ctrl')
    run.key('n')
    run.wait(lambda: not run.find('push button', 'North up'), 'north up')

    run.key('Home')
    time.sleep(1)
    before = scale(run)
    xdotool('mousemove', x - 250, y, 'click', '--repeat', 8, '--delay', 60, 4)
    run.wait(lambda: scale(run) != before, 'another scale after the wheel')
    before = scale(run)
    run.key('Prior')
    run.wait(lambda: scale(run) != before, 'another scale after Page Up')
    run.key('Home')
    time.sleep(1)
    before = scale(run)
    for _ in range(3):
        xdotool('click', '--repeat', 2, '--delay', 50, 1)
    run.wait(lambda: scale(run) != before, 'another scale after double clicks')
