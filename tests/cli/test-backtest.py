#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""roadnetctl rules backtest: on a small recording of its own, what it writes and refuses; and on a
recorded day of a real network, whether the default rules keep all the goals that are set for it, judged
by the evaluation beside the recording. The second skips where the recording is not at hand.
Arguments: roadnetctl; 'small' or 'day'."""
import datetime
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile

program = os.path.abspath(sys.argv[1])
folder = tempfile.mkdtemp(prefix='roadnet-test-')


def run(*arguments):
    done = subprocess.run([program, 'rules', 'backtest', *arguments], capture_output=True, text=True,
                          cwd=folder)
    return done.returncode, done.stdout, done.stderr


def write(name, document):
    os.makedirs(os.path.dirname(f'{folder}/{name}') or folder, exist_ok=True)
    with open(f'{folder}/{name}', 'w', encoding='utf-8') as file:
        json.dump(document, file)
    return name


def lines_of(name):
    with open(f'{folder}/{name}', encoding='utf-8') as file:
        return [json.loads(line) for line in file]


# ---- small: five sections of 1 km, a minute a poll; s2 and s3 jam from 10:05 to 10:15

def record():
    sections = [f's{i}' for i in range(5)]
    write('rec/network.json', {
        'type': 'FeatureCollection', 'version': 'v1', 'roads': [{'ref': 'G1'}],
        'features': [{'type': 'Feature', 'id': s,
                      'geometry': {'type': 'LineString',
                                   'coordinates': [[119 + i / 100, 32], [119.01 + i / 100, 32]]},
                      'properties': {'kind': 'section', 'road': 'G1', 'direction': 'asc', 'lanes': 3,
                                     'from_m': 1000 * i, 'to_m': 1000 * (i + 1),
                                     'free_speed_kmh': 120}} for i, s in enumerate(sections)]})
    begin = datetime.datetime(2026, 10, 1, 10, 0, tzinfo=datetime.timezone.utc)
    for n in range(70):
        at = begin + datetime.timedelta(minutes=n)
        jam = 5 <= n < 15
        write(at.strftime('rec/flow-%Y-%m-%dT%H%M.json'), {
            'network_version': 'v1', 'observed_at': at.strftime('%Y-%m-%dT%H:%M:%SZ'), 'full': True,
            'sections': sections, 'flow_vph': [3000] * 5,
            'speed_kmh': [110 - n % 3, 109, 20 if jam else 108, 40 if jam else 109, 110]})
        crash = {'type': 'Feature', 'id': 'crash-1',
                 'geometry': {'type': 'Point', 'coordinates': [119.035, 32]},
                 'properties': {'type': 'crash', 'status': 'confirmed', 'section': 's3', 'level': 3,
                                'revision': 1}}
        write(at.strftime('rec/incidents-%Y-%m-%dT%H%M.json'), {
            'type': 'FeatureCollection', 'observed_at': at.strftime('%Y-%m-%dT%H:%M:%SZ'),
            'features': [crash] if n >= 10 else []})


def small():
    record()
    status, out, err = run('default', 'roadnet', 'rec', '--alerts', 'a.jsonl', '--without', 'incidents')
    assert status == 0, (out, err)
    alerts = lines_of('a.jsonl')
    assert set(alerts[0]) == {'id', 'subject', 'rule', 'tier', 'raised', 'cleared', 'parent', 'rises'}
    jams = [a for a in alerts if a['rule'] == 'jam']
    assert [(a['subject'], a['tier']) for a in jams] == [('s2', 'II'), ('s3', 'III')], jams
    rows = [a for a in alerts if a['parent'] is None]
    assert [a['subject'] for a in rows] == ['s2'], alerts
    assert all(a['parent'] == rows[0]['id'] for a in alerts if a is not rows[0]), alerts
    assert rows[0]['raised'] == '2026-10-01T10:07:00Z', rows
    # calm from 10:15, for 5 min; it may relapse for another 30
    assert '2026-10-01T10:50' <= rows[0]['cleared'] <= '2026-10-01T10:51', rows
    # the incident takes over what has a row already, and has one of its own
    status, out, err = run('default', 'roadnet', 'rec', '--alerts', 'b.jsonl', '--json')
    assert status == 0, (out, err)
    document = json.loads(out)
    assert document['alerts'] == lines_of('b.jsonl') and document['sections'] == 5, out
    rows = [a['subject'] for a in document['alerts'] if a['parent'] is None]
    assert rows == ['s2', 'crash-1'] and document['rows'] == 2, rows
    assert run('default', 'roadnet', 'rec')[1] == run('default', 'roadnet', 'rec')[1]  # the same again
    # what cannot be used is said
    for arguments, code, word in (
            (('none.json', 'roadnet', 'rec'), 1, 'none.json'),
            (('default', 'roadnet', 'none'), 1, 'none'),
            (('default', 'roadnet', 'https://example.com/v1'), 1, 'recorded'),
            (('default', 'nonsense', 'rec'), 2, 'nonsense'),
            (('default', 'roadnet', 'rec', '--without', 'network'), 2, 'network'),
            (('default', 'roadnet', 'rec', '--crs', 'mars'), 2, 'mars'),
            (('default', 'roadnet'), 2, 'SOURCE'),
            ((write('bad.json', {'rules': [{'id': 'x', 'metric': 'nothing'}]}), 'roadnet', 'rec'), 1,
             'bad.json')):
        status, out, err = run(*arguments)
        assert status == code and word in err, (arguments, status, out, err)


# ---- day

GOALS = (('alerts_per_day', 0, 144), ('per_10min_peak', 0, 11), ('flood_share', 0, 0.00999),
         ('recall_A', 0.86, 1), ('recall_B', 1, 1), ('delay_A_median', 0, 10), ('delay_B_median', 0, 9),
         ('precision', 0.82, 1), ('chatter', 0, 3), ('bad_poll_alerts', 0, 0), ('nodata_alerts', 0, 0))


def count_events(day):
    """Situations that the operators told of in the day."""
    found = set()
    for name in os.listdir(f'{day}/unplanned-events'):
        with gzip.open(f'{day}/unplanned-events/{name}', 'rt', encoding='utf-8', errors='replace') as file:
            found.update(re.findall(r'<situation id="([^"]+)"', file.read()))
    return len(found)


def evaluate(day, name):
    done = subprocess.run([sys.executable,
                           f'{os.environ["RN_TEST_SHARED"]}/tools/alarm-quality/evaluate.py', day,
                           '--alerts', f'{folder}/{name}'], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)['all']


def whole_day():
    day = f'{os.environ.get("RN_TEST_SHARED", "/nonexistent")}/feeds/uk-ha-2013'
    if not os.path.isdir(day):
        print('the recorded feeds are not here')
        sys.exit(77)
    status, out, err = run('default', 'uk-ha', day, '--without', 'incidents,works',
                           '--alerts', 'first.jsonl')
    assert status == 0, (out, err)
    first = evaluate(day, 'first.jsonl')
    print(json.dumps(first))
    for member, least, most in GOALS:
        assert least <= first[member] <= most, (member, first[member], least, most)
    assert first['system_alerts'] <= 2, first  # its feed failed twice for longer
    assert first['orphans'] <= 1, first

    # with the operators' events: they take over, and add at most their own rows
    status, out, err = run('default', 'uk-ha', day, '--without', 'works', '--alerts', 'second.jsonl')
    assert status == 0, (out, err)
    alerts = lines_of('second.jsonl')
    second = evaluate(day, 'second.jsonl')
    print(json.dumps(second))
    events = count_events(day)
    assert second['alerts_per_day'] <= first['alerts_per_day'] + events, (first, second, events)
    assert second['recall_A'] >= first['recall_A'] and second['recall_B'] == 1, second
    traffic = [a for a in alerts if a['parent'] is None and a['subject'].startswith('Section')]
    assert len(traffic) < first['alerts_per_day'], (len(traffic), first)


small() if sys.argv[2] == 'small' else whole_day()
