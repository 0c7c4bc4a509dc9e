# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parses every Python file of /work without running any, inside a build's box, and prints one JSON line for each that
does not parse: {"path","line","column","message"}."""
import json
import os
import sys
import warnings

ROOT = sys.argv[1] if len(sys.argv) > 1 else '/work'
MOST_PROBLEMS = 20


def scripts():
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in ('site-packages', '__pycache__'))
        for name in sorted(files):
            if name.endswith('.py'):
                yield os.path.join(folder, name)


def problem_of(path):
    with open(path, 'rb') as file:
        source = file.read()
    try:
        compile(source, path, 'exec', dont_inherit=True)
        return None
    except SyntaxError as error:
        line, column, message = error.lineno or 0, error.offset or 0, f'{type(error).__name__}: {error.msg}'
    except (ValueError, RecursionError, MemoryError) as error:  # a NUL byte, nesting too deep
        line, column, message = 0, 0, f'{type(error).__name__}: {error}'
    return {'path': os.path.relpath(path, ROOT), 'line': line, 'column': column, 'message': message}


warnings.simplefilter('ignore')  # of the user's own literals; they are told when the code runs
found = 0
for script in scripts():
    problem = problem_of(script)
    if problem:
        print(json.dumps(problem), flush=True)
        found += 1
        if found == MOST_PROBLEMS:
            break
