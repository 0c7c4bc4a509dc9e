# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the unittest cases of /work (test*.py, *_test.py) and prints them as TAP, the form in which Node's test runner
tells its results: where each failed and, of a comparison, what it got and what it expected."""
import importlib.util
import os
import sys
import time
import traceback
import unittest

ROOT = sys.argv[1] if len(sys.argv) > 1 else os.environ.get('NEST_AT_WORK', '/work')
FILTER = sys.argv[2] if len(sys.argv) > 2 else ''  # only tests whose name contains it


def name_of(test):
    return str(test.shortDescription() or test.id().replace('__main__.', ''))


def matching(tests):
    """Flat: unittest tells classes and modules from the tests' order."""
    for test in tests:
        if isinstance(test, unittest.TestSuite):
            yield from matching(test)
        elif FILTER in name_of(test) or isinstance(test, unittest.FunctionTestCase):  # a file that did not load
            yield test


def test_files():
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in ('site-packages', '__pycache__', 'node_modules'))
        for name in sorted(files):
            stem, ending = os.path.splitext(name)
            if ending == '.py' and (stem.startswith('test_') or stem.endswith('_test') or stem == 'test'):
                yield os.path.join(folder, name)


def load(path):
    """The suite of a file; one that cannot be loaded is a test that fails."""
    name = os.path.relpath(path, ROOT)[:-3].replace(os.sep, '.')
    if os.path.dirname(path) not in sys.path:
        sys.path.insert(0, os.path.dirname(path))
    try:
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return unittest.defaultTestLoader.loadTestsFromModule(module)
    except Exception as error:
        # The name is bound to the block alone.
        failure = error

        def test_loads():
            raise failure

        return unittest.FunctionTestCase(test_loads, description=f'{os.path.relpath(path, ROOT)} loads')


def block(key, value):
    text = value if isinstance(value, str) else repr(value)
    print(f'  {key}: |-')
    for line in text.split('\n'):
        print(f'    {line}')


class Result(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.count = 0
        self.passed = 0
        self.began = time.monotonic()

    def startTest(self, test):
        super().startTest(test)
        self.began = time.monotonic()

    def _time(self):
        print(f'  duration_ms: {(time.monotonic() - self.began) * 1000:.3f}')

    def _line(self, is_good, test, directive=''):
        self.count += 1
        name = name_of(test)
        print(f'# Subtest: {name}')
        print(f"{'ok' if is_good else 'not ok'} {self.count} - {name}{directive}", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1
        self._line(True, test)
        print('  ---')
        self._time()
        print('  ...', flush=True)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._line(True, test, f' # SKIP {reason}')

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self.passed += 1
        self._line(True, test)

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._line(False, test)
        self._details('this test is marked as an expected failure, but it passed', None, None)

    # Told first: unittest cuts its own frames, which hold the two sides of a comparison, off the trace.

    def addFailure(self, test, err):
        self._failed(test, err)
        super().addFailure(test, err)

    def addError(self, test, err):
        self._failed(test, err)
        super().addError(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._failed(subtest, err)
        super().addSubTest(test, subtest, err)

    def _failed(self, test, err):
        self._line(False, test)
        kind, error, trace = err
        place = None
        compared = None
        for frame, line in traceback.walk_tb(trace):
            path = frame.f_code.co_filename
            if path.startswith(ROOT + '/') and '/site-packages/' not in path:
                place = f'{path}:{line}:1'
            # unittest names the two sides of a comparison alike in all its assertions
            if compared is None and '__unittest' in frame.f_globals and {'first', 'second'} <= set(frame.f_locals):
                compared = (frame.f_locals['first'], frame.f_locals['second'])
        if isinstance(error, SyntaxError) and (error.filename or '').startswith(ROOT + '/'):
            place = f'{error.filename}:{error.lineno or 0}:{error.offset or 0}'
        self._details(f'{kind.__name__}: {error}' if kind is not AssertionError else str(error), place, compared)

    def _details(self, message, place, compared):
        print('  ---')
        self._time()
        if place is not None:
            print(f"  location: '{place}'")
        block('error', message.split('\n')[0] or 'failed')
        if compared is not None:
            block('actual', compared[0])
            block('expected', compared[1])
        print('  ...', flush=True)


sys.path[:0] = [os.path.join(ROOT, 'src'), ROOT, os.path.join(ROOT, 'site-packages')]
os.chdir(ROOT)
result = Result()
suite = unittest.TestSuite(matching(load(path) for path in test_files()))
suite.run(result)
bad = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
print(f'# tests {result.count}')
print(f'# pass {result.passed}')
print(f'# fail {bad}')
print(f'# skipped {len(result.skipped)}', flush=True)
sys.exit(1 if bad else 0)
