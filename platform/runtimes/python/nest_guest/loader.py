# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads the user's module and finds the handler in it."""
import importlib.util
import os
import sys
import traceback


def load_handler(code_dir, entry, name):
    """The callable. Raises what the module raised, or LookupError when it has no such function."""
    path = os.path.join(code_dir, entry)
    # First the folder of the module, as if it were run; then the function's folder; then its packages.
    wanted = [os.path.dirname(path), code_dir, os.path.join(code_dir, 'site-packages')]
    sys.path[:0] = [folder for folder in dict.fromkeys(wanted) if folder not in sys.path]
    for folder in wanted:  # invalidate_caches() would load importlib.metadata, which takes longer than the rest
        sys.path_importer_cache.pop(folder, None)
    module_name = os.path.splitext(os.path.basename(entry))[0]
    spec = importlib.util.spec_from_file_location(module_name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f'{entry} is no Python module.')
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    found = getattr(module, name or 'handler', None)
    if not callable(found):
        public = [each for each in vars(module) if not each.startswith('_') and callable(getattr(module, each))]
        raise LookupError(f"{entry} has no function '{name or 'handler'}'; it has {', '.join(public) or 'none'}.")
    return found


def user_location(error, code_dir):
    """{'file', 'line'} of the innermost place in the user's own files; empty when there is none."""
    folder = code_dir.rstrip('/') + '/'
    if isinstance(error, SyntaxError) and (error.filename or '').startswith(folder):
        return {'file': error.filename[len(folder):], 'line': error.lineno or 0}
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(folder) and '/site-packages/' not in frame.filename:
            return {'file': frame.filename[len(folder):], 'line': frame.lineno or 0}
    return {}


def stack_of(error):
    return ''.join(traceback.format_exception(error))
