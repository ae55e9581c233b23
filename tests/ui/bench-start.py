#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a start takes and what memory it needs, one line of JSON a figure: the first frame
against the barest program with a map, and all of 100,000 sections coloured from a local server.
Arguments: roadnet, roadnet-simulator, bare-map, width and height of the display."""
import json
import os
import subprocess
import sys
import tempfile
import time

roadnet, simulator, bare, width, height = sys.argv[1:6]
width, height = int(width), int(height)
RUNS = 5


def until_end(arguments):
    start = time.monotonic()
    subprocess.run(arguments, check=True, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def until_seen(arguments):
    """Until its window is on the display; then it is ended."""
    start = time.monotonic()
    process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL)
    while not subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '.'],
                             capture_output=True, check=False).stdout:
        pass
    end = time.monotonic()
    process.kill()
    process.wait()
    return end - start


def best(measure, arguments):
    measure(arguments)  # fonts and libraries come from the disk once
    return min(measure(arguments) for _ in range(RUNS))


def tell(**figures):
    print(json.dumps({'bench': 'start', **figures}), flush=True)


def memory_mb(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as status:
        lines = dict(line.split(':', 1) for line in status)
    return [round(int(lines[name].split()[0]) / 1024) for name in ('VmRSS', 'VmHWM')]


with tempfile.TemporaryDirectory() as folder:
    picture = os.path.join(folder, 'picture.png')
    size = f'{width}x{height}'

    def shot(*arguments):
        return [roadnet, '--size', size, '--snapshot', picture, '--after', '0', *arguments]

    floor = best(until_seen, [bare])
    first = best(until_seen, [roadnet, '--size', size, '--history', 'off'])
    tell(figure='window on the display', width=width, bare_s=round(floor, 3),
         roadnet_s=round(first, 3), ratio=round(first / floor, 2), goal_ratio=2)

    for n in (5000, 100000):
        server = subprocess.Popen([simulator, '--port', '0', '--sections', str(n), '--with-parent'],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        address = server.stdout.readline().strip()
        source = f'roadnet={address}'
        all_s = best(until_end, shot('--source', source))
        tell(figure='start until all is coloured', sections=n, width=width, s=round(all_s, 2),
             goal_s=2, ratio_to_first=round(all_s / first, 2), note='and a picture of it saved')
        seat = subprocess.Popen(
            [roadnet, '--size', size, '--source', source, '--snapshot', picture, '--after', '30'],
            stderr=subprocess.DEVNULL)
        time.sleep(25)
        now, peak = memory_mb(seat.pid)
        tell(figure='memory after 25 s', sections=n, width=width, mb=now, peak_mb=peak,
             goal_mb=400 if width < 2500 else 700)
        seat.wait()
        server.stdin.close()
        server.wait()
