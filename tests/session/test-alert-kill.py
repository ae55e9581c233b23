#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A seat that is killed at random instants while alerts change, again and again.

    test-alert-kill.py ALERT-LIFE ROADNETCTL [--kills 100] [--seed N]

After each kill -9: "roadnetctl journal verify" is clean; the journal has all that was shown as done,
and its fold up to there is the state that was shown; the next start restores the fold of all of it.
"""
import argparse
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

MAX_ENTRIES = 4000  # then a new journal is begun: folding all of it is part of each check
TIMEOUT_S = 60


class Broken(Exception):
    """What must hold does not."""


class Journal:
    """One folder, and what is known of it."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="roadnet-alert-kill-"))
        self.entries = 0
        self.print = "-"


def live(options, journal, n_lines, after_s):
    """Starts a desk and kills it @after_s after it has said @n_lines lines: the first tells what it
    restored, each other one a state that was shown. Returns these as (entries, print)."""
    command = [options.life, "run", journal.folder, str(journal.entries), journal.print]
    lines, said_enough = [], threading.Event()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        def read():
            for line in process.stdout:
                lines.append(line)
                if len(lines) >= n_lines:
                    said_enough.set()
            said_enough.set()
        reader = threading.Thread(target=read)
        reader.start()
        if n_lines > 0:
            said_enough.wait(TIMEOUT_S)
        time.sleep(after_s)
        process.kill()
        status = process.wait()
        reader.join()
    if status != -9:
        raise Broken(f"the desk ended by itself, status {status}: {lines[-1:]}")
    if len(lines) < n_lines:
        raise Broken(f"the desk said only {lines} in time")
    shown = [line.split() for line in lines if line.startswith("shown") and line.endswith("\n")]
    return [(int(words[1]), words[2]) for words in shown]


def verify(options, journal):
    run = subprocess.run([options.roadnetctl, "journal", "verify", "--json", journal.folder],
                         capture_output=True, text=True, check=False, timeout=TIMEOUT_S)
    if run.returncode != 0:
        raise Broken(f"verify ends with {run.returncode}: {run.stdout[-2000:]}{run.stderr[-500:]}")
    return json.loads(run.stdout)


def check(options, journal, entries, print_):
    """The fold of the first @entries is @print_, which was shown; takes over the fold of all."""
    run = subprocess.run([options.life, "check", journal.folder, str(entries), print_],
                         capture_output=True, text=True, check=False, timeout=TIMEOUT_S)
    words = run.stdout.split()
    if run.returncode != 0 or len(words) != 3:
        raise Broken(f"{entries} entries were shown as {print_}: {run.stdout}{run.stderr}")
    journal.entries, journal.print = int(words[1]), words[2]


def kill_once(options, journal, rng):
    """Returns whether it was killed after a state had been shown."""
    match rng.randrange(5):
        case 0:  # while it starts, opens the journal or folds it
            shown = live(options, journal, 0, rng.uniform(0, 0.08))
        case 1:  # when it has just done that
            shown = live(options, journal, 1, rng.uniform(0, 0.05))
        case _:
            shown = live(options, journal, rng.randint(2, 60), rng.uniform(0, 0.01))
    if not shown and journal.entries == 0:
        return False  # there may be no journal yet
    verify(options, journal)
    check(options, journal, *(shown[-1] if shown else (journal.entries, journal.print)))
    return bool(shown)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("life")
    parser.add_argument("roadnetctl")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    options = parser.parse_args()
    rng = random.Random(options.seed)
    journal, total, n_shown, n_journals, begin = Journal(), 0, 0, 1, time.monotonic()

    print(f"1..1\n# seed {options.seed}", flush=True)
    for number in range(1, options.kills + 1):
        try:
            n_shown += kill_once(options, journal, rng)
        except (Broken, subprocess.TimeoutExpired) as broken:
            print(f"# kill {number}, journal kept in {journal.folder}: {broken}")
            print("not ok 1 - what was shown as done is there after kill -9")
            return 1
        if number % 100 == 0:
            print(f"# {number} kills, {total + journal.entries} entries, "
                  f"{time.monotonic() - begin:.0f} s", flush=True)
        if journal.entries > MAX_ENTRIES and number < options.kills:
            total += journal.entries
            n_journals += 1
            shutil.rmtree(journal.folder)
            journal = Journal()
    total += journal.entries
    print(f"# {options.kills} kills, of which {n_shown} after a state was shown; {total} entries in "
          f"{n_journals} journals; {time.monotonic() - begin:.0f} s")
    good = n_shown > options.kills / 2
    print(f"{'ok' if good else 'not ok'} 1 - what was shown as done is there after kill -9")
    shutil.rmtree(journal.folder)
    return 0 if good else 1


sys.exit(main())
