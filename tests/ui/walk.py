# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the program on the accessibility bus and reads what a screen reader would meet. Used by the
tests of names and of language; runs inside with-display.sh -w."""
import os
import re
import subprocess
import sys
import tempfile
import time

# The bus itself warns when an object goes while it is asked for: that must not end the test.
os.environ.pop('G_DEBUG', None)
try:
    import pyatspi
    from gi.repository import GLib
    GError = GLib.GError
    pyatspi.setTimeout(20000, 60000)  # ms to answer in, and while a program starts: busy machines
except ImportError:
    print('skipped: python3-pyatspi is not installed')
    sys.exit(77)

CONTROLS = {
    'push button', 'button', 'toggle button', 'menu button', 'check box', 'switch', 'radio button',
    'combo box', 'entry', 'text', 'password text', 'slider', 'spin button', 'page tab', 'link',
    'list item', 'menu item', 'check menu item', 'table row', 'table cell', 'tree item',
}
TEXT_ROLES = {'text', 'entry', 'password text'}
# what a widget is misused in, a text that is none; not what the desktop lacks
WARNING = re.compile(r'\b(Gtk|Adwaita|Pango|GLib|GLib-GObject)-(WARNING|CRITICAL)\b')


class Seen:
    """What was read of a node on the way; the node itself may be gone a moment later."""

    def __init__(self, node):
        self.node, self.role, self.name = node, node.getRoleName(), node.name
        self.states, self.n_children = node.getState(), node.childCount

    def has(self, state):
        return self.states.contains(state)


class Program:
    """One run of the program; ends with the with-block, and the test when the toolkit warned."""

    def __init__(self, program, *arguments, lang='en'):
        self.arguments = [program, '--lang', lang, *arguments]
        self.process = None
        self.root = None
        self.said = tempfile.TemporaryFile('w+', errors='replace')  # stderr

    def __enter__(self):
        environment = dict(os.environ, G_DEBUG='', GTK_A11Y='', LC_ALL='C.UTF-8')
        del environment['GTK_A11Y']
        self.process = subprocess.Popen(self.arguments, env=environment, stderr=self.said)
        self.root = self.wait(self.find_root, 'the program on the accessibility bus', 120)
        return self

    def __exit__(self, kind, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            self.said.seek(0)
            said = self.said.read()
            sys.stderr.write(said)
        warnings = [line for line in said.splitlines() if WARNING.search(line)]
        if warnings and kind is None:
            sys.exit('the program warned: ' + '\n'.join(warnings))

    def find_root(self):
        desktop = pyatspi.Registry.getDesktop(0)
        for i in range(desktop.childCount):
            application = desktop.getChildAtIndex(i)
            if application is not None and application.get_process_id() == self.process.pid \
                    and application.childCount > 0:
                return application
        return None

    def wait(self, what, words, seconds=120):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process is not None and self.process.poll() is not None:
                sys.exit(f'the program ended with {self.process.returncode} before: {words}')
            try:
                found = what()
            except Exception:  # the tree changes while it is read
                found = None
            if found:
                return found
            time.sleep(0.2)
        sys.exit(f'after {seconds} s there is no: {words() if callable(words) else words}')

    def walk(self, node=None, path=()):
        """(Seen, path of names) of all that is visible, parents first."""
        node = node if node is not None else self.root
        if len(path) > 60:
            return
        try:
            seen = Seen(node)
        except GError:  # gone in the meantime
            return
        # GTK 4.8 never says "showing"; pages of stacks that are not in front are read too
        if len(path) > 1 and not seen.has(pyatspi.STATE_VISIBLE):
            return
        here = (*path, f'{seen.role} “{seen.name}”')
        yield seen, here
        for i in range(seen.n_children):
            try:
                child = node.getChildAtIndex(i)
            except GError:
                continue
            if child is not None:
                yield from self.walk(child, here)

    def find_all(self, role, name=None, within=None):
        """What was seen with one of these roles whose name contains @name; @within a node: quicker."""
        roles = role if isinstance(role, tuple) else (role,)
        return (seen for seen, _ in self.walk(within, ('…',) if within is not None else ())
                if seen.role in roles and (name is None or name in seen.name))

    def find(self, role, name=None, within=None):
        """The first node of these."""
        seen = next(self.find_all(role, name, within), None)
        return seen.node if seen else None

    def key(self, *keys):
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], check=True)
        time.sleep(0.6)

    def type(self, text):
        subprocess.run(['xdotool', 'type', '--delay', '40', text], check=True)
        time.sleep(0.8)


def text_of(node):
    try:
        if node.getRoleName() in TEXT_ROLES:
            text = node.queryText()
            return text.getText(0, text.characterCount)
    except (NotImplementedError, GError):
        pass
    return ''
