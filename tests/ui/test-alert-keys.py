#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An alert from its raise to its end by keyboard alone, read through the accessibility tree: next,
acknowledge, note, take, shelve, back, clear. A closure that the simulator is told of raises it.
Arguments: the program, the simulator."""
import json
import subprocess
import sys
import tempfile
import time
import urllib.request

import walk
from walk import pyatspi

SECTION, CHAINAGE_M, PLACE = 'G2-0020-A', 935500, 'G2 K935+'
NOTE, REASON = 'Tow truck on its way', 'Camera 14 sees it'


def control(address, method, path, body=None):
    request = urllib.request.Request(f'{address}-/{path}', method=method,
                                     data=json.dumps(body).encode() if body else None)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def items(run):
    """(name, whether it is marked) of the rows of the list of alerts."""
    if not hasattr(run, 'alerts'):
        run.alerts = run.find('list', 'Alerts')  # the whole tree takes its time
    return [(seen.name, seen.has(pyatspi.STATE_SELECTED))
            for seen in run.find_all('list item', within=run.alerts)]


def rows(run):
    return [name for name, _ in items(run)]


def row(run, *words):
    """The row of our alert, when it says all of these."""
    return next((name for name in rows(run)
                 if PLACE in name and all(word in name for word in words)), None)


def unacknowledged(run):
    """How many the tab says."""
    if not hasattr(run, 'tab'):
        run.tab = run.find(('page tab', 'radio button', 'toggle button'), 'Alerts, ')
    return int(run.tab.name.split(', ')[1].split(' ')[0])


def marked(run):
    """The row with the mark."""
    return next((name for name, selected in items(run) if selected), '')


def texts(run, word):
    return [seen.name for seen in run.find_all('label', word)]


def step_to_ours(run):
    """F4 goes from one that asks to the next: ours among them."""
    run.key('ctrl+1')
    for _ in range(len(rows(run)) + 1):
        run.key('F4')
        if PLACE in marked(run):
            return
    sys.exit(f'F4 did not come to {PLACE}: {rows(run)}')


def walk_list(run):
    """The mark goes where the keys say. Rows may come meanwhile: then once more."""
    run.key('ctrl+1', 'F4')  # with the keyboard in it
    for keys, place in ((('Home',), 0), (('Home', 'Down'), 1), (('Home', 'Down', 'Up'), 0),
                        (('End',), -1), (('End', 'Up'), -2), (('End', *5 * ('Prior',)), 0),
                        (('Home', *5 * ('Next',)), -1)):
        def goes(keys=keys, place=place):
            run.key(*keys)
            return marked(run) == rows(run)[place]

        run.wait(goes, f'the mark at {place} after {keys}')


def check(run, address):
    run.wait(lambda: run.find('push button', 'Flow: live'), 'a live feed')
    run.wait(lambda: rows(run), 'alerts of what was there from the start')
    before = unacknowledged(run)
    identifier = json.loads(control(address, 'POST', 'incident', {
        'section': SECTION, 'chainage_m': CHAINAGE_M}))['id']

    print('raise')
    run.wait(lambda: row(run, 'Unacknowledged'), 'the alert in the list')
    run.wait(lambda: unacknowledged(run) > before, 'the badge counting it')
    walk_list(run)
    step_to_ours(run)
    run.wait(lambda: run.find('push button', 'Acknowledge'), 'its card')

    print('acknowledge, and back, and again')
    run.key('space')
    run.wait(lambda: row(run, 'Acknowledged'), 'it being acknowledged')
    run.key('shift+space')
    run.wait(lambda: row(run, 'Unacknowledged'), 'it asking again')
    run.key('space')
    run.wait(lambda: row(run, 'Acknowledged'), 'it being acknowledged')

    print('note')
    run.key('m')
    run.wait(lambda: run.find(('text', 'entry'), 'What is to be known'), 'the form of a note')
    run.type(NOTE + ' s m')  # letters that are keys elsewhere
    run.key('Return')
    run.wait(lambda: not run.find(('text', 'entry'), 'What is to be known'), 'the form going')
    run.key('t')
    run.wait(lambda: texts(run, NOTE + ' s m'), 'the note in the timeline')
    assert texts(run, 'Acknowledged'), 'the timeline does not tell who acknowledged'
    run.key('t')

    print('take')
    run.key('o')
    run.wait(lambda: texts(run, 'in the hands of'), 'an owner')

    print('shelve')
    run.key('s')
    run.wait(lambda: run.find(('text', 'entry'), 'Reason'), 'the form of a shelf')
    run.key('Return')  # without a reason it does nothing
    assert run.find(('text', 'entry'), 'Reason'), 'it was shelved without a reason'
    run.type(REASON)
    run.key('Return')
    run.wait(lambda: not row(run), 'it leaving the list')
    run.key('shift+s')
    run.wait(lambda: row(run, 'Shelved to', REASON), 'it on the shelf, with its reason')
    step = time.monotonic()

    print('clear')
    control(address, 'DELETE', f'incident/{identifier}')

    flow = run.find('push button', 'Flow: ')

    def has_left():
        # the queue takes half an hour; small leaps, since nothing ends while the data is lost
        if 'live' in flow.name:
            control(address, 'POST', 'advance', {'seconds': 60})
            time.sleep(1)
        return not row(run)

    run.wait(has_left, 'it leaving the shelf by its end', 300)
    run.key('shift+s')
    # what it was the cause of may ask on its own for a while: the rest of its queue
    run.wait(lambda: rows(run) and has_left(), lambda: f'the list of all without it: {rows(run)}',
             300)
    print(f'cleared after {time.monotonic() - step:.0f} s')


simulator = subprocess.Popen([sys.argv[2], '--port', '0', '--seed', '5', '--speed', '30',
                              '--with-parent'],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
try:
    server = simulator.stdout.readline().strip()
    with tempfile.TemporaryDirectory() as folder, \
            walk.Program(sys.argv[1], '--source', f'roadnet={server}', '--history', folder,
                         '--size', '1600x900') as program:
        check(program, server)
finally:
    simulator.terminate()
    simulator.wait(20)
print('by keyboard alone, from raise to clear')
