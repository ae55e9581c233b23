#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The past outlives a restart: the second start shows the trend from the first one's time on, in
each of its spans, and the truth strip says that it is kept. Arguments: the program; optional: a
file for a picture of the days."""
import os
import subprocess
import sys
import tempfile
import time

import walk

SIMULATOR = os.path.join(os.path.dirname(sys.argv[1]), 'roadnet-simulator')


def trend(run):
    return run.wait(lambda: run.find('image', 'Speed: '), 'the trend').name


def since(run):
    """"10:14" of "… since 10:14"."""
    return run.wait(lambda: ' since ' in trend(run) and trend(run), 'values').rsplit(' since ', 1)[1]


with tempfile.TemporaryDirectory() as folder:
    simulator = subprocess.Popen([SIMULATOR, '--port', '0', '--speed', '120', '--seed', '3'],
                                 stdout=subprocess.PIPE, text=True)
    address = simulator.stdout.readline().strip()
    arguments = (sys.argv[1], '--source', f'roadnet={address}', '--history', folder, '--size',
                 '1600x900', '--select', 'section:roadnet/G2-0020-A')
    try:
        with walk.Program(*arguments) as run:
            run.wait(lambda: run.find('push button', 'Record: normal'), 'the record being kept')
            first = since(run)
            time.sleep(5)  # ten minutes of data
            run.key('ctrl+q')
            assert run.process.wait(20) == 0
        assert not os.path.exists(f'{folder}/history.db-wal'), 'the file was not closed'

        with walk.Program(*arguments) as run:
            run.wait(lambda: since(run) <= first, f'values from {first} on')
            for name in ('24 hours', '7 days', '30 days'):
                button = run.wait(lambda: run.find(('toggle button', 'push button'),
                                                       f'Trend of {name}'), name)
                button.queryAction().doAction(0)
                run.wait(lambda: run.find('label', 'Speed, means of'), 'the title of means')
                run.wait(lambda: ' at ' in trend(run), f'values over {name}')
                if len(sys.argv) > 2:
                    time.sleep(1)
                    subprocess.run(['import', '-window', 'root',
                                    f'{sys.argv[2]}-{name.split()[0]}.png'], check=True)
    finally:
        simulator.terminate()
        simulator.wait(20)
print('the past was there after the restart')
