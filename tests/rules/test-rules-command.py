#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""roadnetctl rules check and rules test as a script sees them: what they print, where, and their
exit status. A rule test that should fail has to fail. Argument: roadnetctl."""
import json
import os
import subprocess
import sys
import tempfile

program = os.path.abspath(sys.argv[1])
folder = tempfile.mkdtemp(prefix='roadnet-test-')


def run(*arguments):
    done = subprocess.run([program, 'rules', *arguments], capture_output=True, text=True,
                          cwd=folder)
    return done.returncode, done.stdout, done.stderr


def write(name, document):
    with open(f'{folder}/{name}', 'w', encoding='utf-8') as file:
        file.write(document if isinstance(document, str) else json.dumps(document))
    return name


def rule(**members):
    return {'id': 'own', 'metric': 'speed_ratio', 'tiers': {'III': {'enter': 0.4, 'exit': 0.5}},
            **members}


def expect(status, out, err, got):
    assert got[0] == status, got
    assert out in got[1], got
    assert err in got[2], got


# check
good = write('good.json', {'rules': [rule(), rule(id='jam', scope={'roads': ['G1', 'G9']})]})
bad = write('bad.json', {'rules': [rule(), rule(id='b', for_s=-1)]})
line = write('network.json', {'type': 'FeatureCollection', 'version': '1', 'features': [
    {'id': 's1', 'type': 'Feature', 'geometry': {'type': 'LineString', 'coordinates': [[119, 32], [119.1, 32]]},
     'properties': {'kind': 'section', 'road': 'G1', 'direction': 'asc', 'from_m': 0, 'to_m': 9400}}],
    'roads': [{'ref': 'G1'}]})
expect(0, 'good.json: 2 rules can be used', '', run('check', good))
expect(0, 'in place of the default', '', run('check', good))
expect(1, '', 'bad.json: rules[1].for_s: out of range 0…86400: -1 (rule “b”)', run('check', bad))
expect(1, 'good.json: 2 rules', 'bad.json: rules[1]', run('check', bad, good))
expect(1, '', 'none.json', run('check', 'none.json'))
expect(1, '', 'line 1', run('check', write('broken.json', '{"rules": [')))
expect(2, '', 'FILE', run('check'))
expect(2, '', '', run('check', '--nonsense', good))
expect(0, 'can be used', '', run('check', 'default'))
expect(2, '', 'none.json', run('check', '--network', 'none.json', good))
status, out, err = run('check', '--json', bad, good)
lines = [json.loads(text) for text in out.splitlines()]
assert status == 1 and [text['usable'] for text in lines] == [False, True], out
assert 'rules[1].for_s' in lines[0]['error'] and lines[1]['rules'][1]['replaces_default'], out
status, out, err = run('check', '--network', line, good)
assert status == 0 and 'scope.roads: not in the network: G9 (rule “jam”)' in out, (out, err)
assert 'G1 (' not in out, out
assert 'threshold' not in out, out

# the sections' own thresholds, judged by the rules that would be in force
with open(f'{folder}/{line}', encoding='utf-8') as file:
    document = json.load(file)
document['features'][0]['properties']['thresholds'] = {
    'jam': {'III': {'enter': 0.5, 'exit': 0.4}}, 'jem': {'III': {'enter': 0.5}},
    'own': {'II': {'exit': 0.5}}, 'parking': {'II': {'enter': 90}}}
own = write('own-limits.json', document)
status, out, err = run('check', '--network', own, good)
assert status == 0, (out, err)
for text in ('thresholds of section s1: jam.III.exit: is on the wrong side of “enter”',
             'thresholds of section s1: own.II.enter: is missing',
             'thresholds of section s1: jem: there is no such rule (did you mean jam?)',
             'thresholds of section s1: parking: this rule is not about sections'):
    assert f'  warning: {text}\n' in out, (text, out)
status, out, err = run('check', '--json', '--network', own, 'default')
warnings = json.loads(out)['warnings']
assert status == 0 and len(warnings) == 4, out # of "own" nobody knows there
assert any('own: there is no such rule' in warning for warning in warnings), out
print('check')


# test
def case(alerts, **members):
    return {'rules': 'default', 'network': {'sections': 2},
            'tests': [{'name': 'one', 'only': ['jam'],
                       'series': {'section *': {'speed_ratio': '0.3', 'flow_vph': '3000'}},
                       'alerts': alerts}], **members}


found = [{'rule': 'jam', 'subject': f'section s{i}', 'tier': 'III'} for i in (1, 2)]
expect(0, '1 passed, 0 failed', '', run('test', write('t.json', case([{'at': '5m', 'expect': found}]))))
expect(1, 'not expected: jam section s2 III active', '',
       run('test', write('t.json', case([{'at': '5m', 'expect': found[:1]}]))))
expect(1, 'one, after 60 s: expected jam section s1 III, found nothing', '',
       run('test', write('t.json', case([{'at': 60, 'expect': found}]))))
worse = [{**found[0], 'tier': 'II'}, found[1]]
expect(1, 'expected jam section s1 II, found jam section s1 III active', '',
       run('test', write('t.json', case([{'at': '5m', 'expect': worse}]))))
for members, cause in (
        ({'rules': 'none.json'}, 'none.json'),
        ({'rules': [rule(for_s=-1)]}, 'rules[0].for_s'),
        ({'rules': [rule()]}, 'there is no such rule'),
        ({'network': 'none.json'}, 'none.json'),
        ({'network': {'sections': 0}}, 'network.sections'),
        ({'zone': 'Mars/Olympus'}, 'zone'),
        ({'test': []}, 'unknown member'),
        ({'tests': []}, 'tests'),
        ({'start': 'soon'}, 'start')):
    expect(2, '', cause, run('test', write('t.json', case([{'at': '5m', 'expect': []}], **members))))
for series, cause in (
        ({'section s9': {'speed_ratio': '0.3'}}, 's9'),
        ({'section s1': {'speed_ratio': '0.3y'}}, '0.3y'),
        ({'section s1': {'speed_ratio': ''}}, 'is empty'),
        ({'section s1': {'speed': '0.3'}}, 'section s1.speed'),
        ({'section s1': {'speed_ratio': 3}}, 'not a string'),
        ({'station w': {'surface': 'icy'}}, 'icy'),
        ({'lane s1': {'speed_ratio': '1'}}, 'lane s1'),
        ({'incident i': {'incident_level': '2', 'section': 's9'}}, 's9'),
        ({}, 'series')):
    document = case([{'at': '5m', 'expect': []}])
    document['tests'][0]['series'] = series
    expect(2, '', cause, run('test', write('t.json', document)))
for alerts, cause in (([], 'alerts'), ([{'at': 'noon', 'expect': []}], 'noon'),
                      ([{'at': '5m'}], 'expect'),
                      ([{'at': '5m', 'expect': [{'rule': 'jam'}]}], 'subject'),
                      ([{'at': '5m', 'expect': [{**found[0], 'tear': 'I'}]}], 'tear')):
    expect(2, '', cause, run('test', write('t.json', case(alerts))))
expect(2, '', 'none.json', run('test', 'none.json'))
expect(2, '', 'FILE', run('test'))
print('test')
os.system(f'rm -r {folder}')
