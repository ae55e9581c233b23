#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema of rules against the program: the defaults keep to it; what it refuses the program
refuses, too. Samples are the defaults with one thing broken each, in every place. Skips without
jsonschema. Arguments: roadnetctl, the folder of the rules."""
import copy
import json
import os
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print('skipped: python3-jsonschema is not installed')
    sys.exit(77)

program, rules = sys.argv[1:]
with open(f'{rules}/rules.schema.json', encoding='utf-8') as file:
    schema = json.load(file)
with open(f'{rules}/default.json', encoding='utf-8') as file:
    default = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
errors = [f'{error.json_path}: {error.message}' for error in validator.iter_errors(default)]
assert not errors, errors

# one rule of each kind, with all that can be said
full = {'rules': [
    {'id': 'a', 'name': 'A', 'version': 2, 'owner': 'o', 'reason': 'r', 'enabled': True,
     'metric': 'speed_ratio', 'no_data': 'hold', 'hold_max_s': 60, 'latch': False, 'escalate_s': 9,
     'scope': {'roads': ['G1'], 'directions': ['asc'], 'sections': ['s'], 'classes': ['ramp'],
               'companies': ['c'], 'facilities': ['f'], 'types': ['bridge'], 'tags': ['tunnel']},
     'tiers': {'III': {'enter': 0.4, 'exit': 0.5, 'for_s': 1, 'keep_s': 2, 'count': 2,
                       'window_s': 60},
               'I': {'enter': 0.2, 'exit': 0.3}},
     'for_s': 3, 'keep_s': 4, 'count': 3, 'window_s': 90, 'nag_s': 5,
     'guard': [{'metric': 'flow_vph', 'above': 1, 'below': 2}], 'guidance': {'en': 'g'},
     'schedule': [{'days': ['mon'], 'from': '06:00', 'until': '24:00'}], 'group_by': 'road',
     'display': 'd'},
    {'id': 'b', 'metric': 'surface', 'tiers': {'II': ['ice'], 'IV': {'enter': ['wet']}}},
    {'id': 'c', 'metric': 'kpi', 'select': {'kpi': 'k'}, 'tiers': {'II': {'enter': 2, 'exit': 1}}},
    {'id': 'd', 'metric': 'fuel_stock_pct', 'select': {'grade': '92'},
     'tiers': {'II': {'enter': 1, 'exit': 2}}, 'schedule': {'from': '06:00'}},
    {'id': 'e', 'metric': 'parking_pct', 'select': {'vehicle': 'car'}, 'guard':
     {'metric': 'plaza_queue_m', 'above': 3}, 'tiers': {'I': {'enter': 90, 'exit': 80}}},
    {'id': 'g', 'metric': 'kpi', 'select': {'kpi': 'k'},
     'tiers': {'IV': {'enter': 75, 'exit': 80}, 'I': {'enter': 60, 'exit': 70}}},
    {'id': 'f', 'metric': 'state', 'tiers': {'I': {'enter': 5}}},
]}
WRONG = [None, True, -1, 0, 7, 1.5, 1e9, '', 'x', [], ['x'], [''], {}, {'x': 1}]


def places(node, path=()):
    yield path
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in items:
        yield from places(child, path + (key,))


def broken(document):
    for path in places(document):
        for wrong in WRONG:
            sample = copy.deepcopy(document)
            if not path:
                yield wrong
                continue
            parent = sample
            for key in path[:-1]:
                parent = parent[key]
            parent[path[-1]] = wrong
            yield sample
        sample = copy.deepcopy(document)
        node = sample
        for key in path[:-1]:
            node = node[key]
        if path:
            del node[path[-1]]
            yield sample
        node = copy.deepcopy(document)
        sample = node
        for key in path:
            node = node[key]
        if isinstance(node, dict):
            node['unknown'] = 1
            yield sample


samples = [full, *broken(full)]
assert validator.is_valid(full), list(validator.iter_errors(full))
with tempfile.TemporaryDirectory(prefix='roadnet-test-') as folder:
    names = []
    for i, sample in enumerate(samples):
        names.append(f'{folder}/{i}.json')
        with open(names[-1], 'w', encoding='utf-8') as file:
            json.dump(sample, file)
    usable = []
    for i in range(0, len(names), 500):
        done = subprocess.run([program, 'rules', 'check', '--json', *names[i:i + 500]],
                              capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr
        usable += [json.loads(line)['usable'] for line in done.stdout.splitlines()]
assert len(usable) == len(samples) and usable[0]

refused = wrong = stricter = 0
for sample, taken in zip(samples, usable):
    error = jsonschema.exceptions.best_match(validator.iter_errors(sample))
    refused += error is not None
    stricter += error is None and not taken
    if error is not None and taken:
        wrong += 1
        print(f'taken, though: {error.json_path}: {error.message}')
print(f'{len(samples)} samples: {refused} refused by the schema, {stricter} by the program only')
assert refused > len(samples) / 2
sys.exit(1 if wrong else 0)
