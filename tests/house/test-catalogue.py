#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every string of the program is in po/zh_CN.po, translated and not fuzzy, and every file with
strings is in po/POTFILES.in. Arguments: the source root."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

root = pathlib.Path(sys.argv[1]).resolve()
os.chdir(root)
found = []

listed = [line.strip() for line in open('po/POTFILES.in', encoding='utf-8')
          if line.strip() and not line.startswith('#')]
for name in listed:
    if not pathlib.Path(name).exists():
        found.append(f'po/POTFILES.in: there is no {name}')
marked = re.compile(r'\b(N?C?_|ngettext|g_dngettext) \(\s*"|\b(N?C?_|ngettext) ?\("|translatable="(yes|true)"')
for path in sorted([*pathlib.Path('src').rglob('*.[ch]'), *pathlib.Path('src').rglob('*.ui'),
                    *pathlib.Path('data').rglob('*.ui')]):
    if marked.search(path.read_text(encoding='utf-8')) and str(path) not in listed:
        found.append(f'po/POTFILES.in: {path} has strings and is not listed')

with tempfile.TemporaryDirectory() as scratch:
    pot = f'{scratch}/roadnet.pot'
    keywords = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'g_dngettext:2,3', 'Q_']
    subprocess.run(['xgettext', '--from-code=UTF-8', '--force-po', '-o', pot,
                    *(f'--keyword={k}' for k in keywords), '-f', '-'],
                   input='\n'.join(n for n in listed if pathlib.Path(n).exists()), text=True,
                   check=True, stderr=subprocess.DEVNULL)
    for po in sorted(pathlib.Path('po').glob('*.po')):
        check = subprocess.run(['msgfmt', '--check', '-o', '/dev/null', str(po)],
                               capture_output=True, text=True)
        if check.returncode:
            found += check.stderr.strip().split('\n')
        # says each message that is missing, untranslated or fuzzy
        compare = subprocess.run(['msgcmp', str(po), pot], capture_output=True, text=True)
        found += [line for line in compare.stderr.strip().split('\n')
                  if line and 'warning: this message is not used' not in line
                  and not line.startswith('msgcmp: found')]
        plain = subprocess.run(['msgattrib', '--only-obsolete', str(po)], capture_output=True,
                               text=True)
        if '#~' in plain.stdout:
            found.append(f'{po}: holds obsolete messages')
print('\n'.join(found) or f'{len(listed)} files, all strings translated')
sys.exit(1 if found else 0)
