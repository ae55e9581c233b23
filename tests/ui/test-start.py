#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first start: by keyboard alone to the running demo, what a check says of sources that cannot
be used, and that the next start goes straight on. Arguments: the program."""
import http.server
import os
import sys
import tempfile
import threading

import walk
from walk import pyatspi

# settings that outlive a start, in a folder of this test
folder = tempfile.mkdtemp(prefix='roadnet-test-')
os.environ['XDG_CONFIG_HOME'] = folder
os.environ['GSETTINGS_BACKEND'] = 'keyfile'
settings = f'{folder}/glib-2.0/settings/keyfile'


class Refuses(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(401)
        self.send_header('Content-Length', '0')
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Refuses)
threading.Thread(target=server.serve_forever, daemon=True).start()
refusing = f'http://127.0.0.1:{server.server_port}/v1/'


def focused(run):
    return next((seen for seen, _ in run.walk() if seen.has(pyatspi.STATE_FOCUSED)), None)


def has_focus(run, name):
    return run.wait(lambda: name in (focused(run).name or ''), f'the focus on {name}')


def check(run, field, location, said):
    """Types a place where the focus is, which must be @field (GTK 4.8 does not tell that an entry
    has the focus), lets it be checked with Enter, and waits for the word."""
    run.key('ctrl+a')
    run.type(location)
    run.wait(lambda: walk.text_of(run.find('text', field)) == location, f'{location} in {field}')
    run.key('Return')
    return run.wait(lambda: run.find(('label', 'status bar'), said), f'{said} of {location}')


with walk.Program(sys.argv[1], '--size', '1280x800') as run:
    run.wait(lambda: run.find('push button', 'Start with This Source'), 'the first start')
    has_focus(run, 'Operations interface')
    start = run.find('push button', 'Start with This Source')
    assert not start.getState().contains(pyatspi.STATE_SENSITIVE), 'it can start without an address'

    # addresses: Enter goes from the choice to what it asks for
    run.key('Return')
    check(run, 'Address', 'http://127.0.0.1:1/v1/', 'It cannot be used')
    check(run, 'Address', refusing, 'The token is not accepted')
    button = run.wait(lambda: run.find('push button', 'Change the token'), 'a way to the token')
    button.queryAction().doAction(0)
    run.type('secret')
    run.wait(lambda: not run.find('label', 'The token is not accepted'), 'the token typed anew')
    print('addresses that cannot be used say so')

    # a folder with nothing in it
    for _ in range(9):
        run.key('shift+Tab')
        if 'Operations interface' in (getattr(focused(run), 'name', '') or ''):
            break
    run.key('Down', 'Return')
    empty = f'{folder}/empty'
    os.mkdir(empty)
    check(run, 'Folder', empty, 'It cannot be used')
    check(run, 'Folder', f'{empty}/none', 'It cannot be used')
    print('a folder without data says so')

    # later: an empty seat with a way back
    run.find('push button', 'Later').queryAction().doAction(0)
    back = run.wait(lambda: run.find('push button', 'Choose a Source'), 'the way back')
    back.queryAction().doAction(0)
    run.wait(lambda: run.find('push button', 'Start with This Source'), 'the first start again')
    print('later and back')

with walk.Program(sys.argv[1], '--size', '1280x800') as run:
    # by keyboard alone to the demo
    has_focus(run, 'Operations interface')
    run.key('Down', 'Down', 'Down')
    has_focus(run, 'Demo')
    run.wait(lambda: run.find(('label', 'status bar'), 'It can be used'), 'the word on the demo')
    run.key('Return')
    has_focus(run, 'Start with This Source')
    run.key('Return')
    run.wait(lambda: run.find('push button', 'Flow: live'), 'the live demo', 60)
    kept = open(settings).read()
    assert "'kind': <'demo'>" in kept, kept
    print('by keyboard to the demo')

with walk.Program(sys.argv[1], '--size', '1280x800') as run:
    run.wait(lambda: run.find('push button', 'Flow: live'), 'the demo of the settings', 60)
print('the next start goes straight on')
