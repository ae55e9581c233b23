#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of roadnet: what it refuses and how, pictures, one window for two starts.
Arguments: the program."""
import os
import struct
import subprocess
import sys
import tempfile
import time

program = sys.argv[1]
environment = dict(os.environ, G_DEBUG='', LC_ALL='C.UTF-8')
failures = []


def run(*arguments, seconds=90):
    return subprocess.run([program, *arguments], env=environment, capture_output=True, text=True,
                          timeout=seconds)


def expect(words, condition, detail=''):
    print(('ok: ' if condition else 'NOT ok: ') + words + (f': {detail}' if not condition else ''))
    if not condition:
        failures.append(words)


def refused(status, said, *arguments):
    result = run(*arguments)
    lines = result.stderr.strip().split('\n')
    expect(f'{" ".join(arguments)} is refused', result.returncode == status and said in lines[-1]
           and lines[-1].startswith('roadnet: '), f'{result.returncode}, {result.stderr!r}')


def png_size(path):
    head = open(path, 'rb').read(24)
    assert head[:8] == b'\x89PNG\r\n\x1a\n', 'not a PNG'
    return struct.unpack('>II', head[16:24])


refused(2, '--view', '--view', '120,32')
refused(2, '--view', '--view', '120,32,99')
refused(2, '--size', '--size', '1920')
refused(2, '--theme', '--theme', 'pink')
refused(2, '--select', '--select', 'G42')
refused(2, '--after', '--after', '5')
refused(2, '--after', '--snapshot', 'x.png', '--after', '-1')
refused(2, 'atlantis', '--source', 'atlantis=http://127.0.0.1:1/')
refused(2, '--source', '--source', 'roadnet')
refused(2, '--no-such-option', '--no-such-option')
refused(2, 'something', 'something')
refused(2, 'no/such/folder', '--source', 'roadnet=no/such/folder')

version = run('--version')
expect('--version', version.returncode == 0 and version.stdout.startswith('roadnet '),
       version.stdout)
usage = run('--help')
expect('--help names every option', usage.returncode == 0
       and all(f'--{o}' in usage.stdout for o in ('demo', 'source', 'snapshot', 'after', 'view',
                                                  'theme', 'lang', 'size', 'select', 'version')))
expect('--help speaks Chinese with --lang', '演示' in run('--lang', 'zh_CN', '--help').stdout
       or '模拟' in run('--lang=zh_CN', '--help').stdout)

with tempfile.TemporaryDirectory() as folder:
    picture = f'{folder}/seat.png'
    result = run('--demo', '--snapshot', picture, '--after', '2', '--size', '1366x768', '--view',
                 '119.5,32.6,8', '--theme', 'light')
    expect('a picture of the demo', result.returncode == 0 and os.path.exists(picture),
           f'{result.returncode} {result.stderr}')
    if os.path.exists(picture):
        expect('its size', png_size(picture) == (1366, 768), png_size(picture))
        expect('it shows something', os.path.getsize(picture) > 50000)
    expect('nothing on standard error', result.stderr == '', result.stderr)

    refused(1, f'{folder}/none/seat.png', '--snapshot', f'{folder}/none/seat.png', '--after', '0')
    result = run('--demo', '--snapshot', picture, '--after', '3', '--select', 'section:nowhere')
    expect('a selection that is not there fails with its name',
           result.returncode == 1 and 'nowhere' in result.stderr, result.stderr)

    first = subprocess.Popen([program], env=environment)
    try:
        time.sleep(3)
        second = run(seconds=90)  # raises the window of the first and ends
        expect('a second start ends at once', second.returncode == 0, second.stderr)
        expect('the first goes on', first.poll() is None)
    finally:
        first.terminate()
        first.wait(20)

sys.exit(1 if failures else 0)
