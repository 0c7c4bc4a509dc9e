# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Log lines as JSON on stdout, each with the id of the request it was written in; print() becomes one too."""
import contextvars
import io
import json
import os
import sys
import threading
import time

_request = contextvars.ContextVar('nest_request', default=None)
_lock = threading.Lock()
_output = os.dup(1)  # what user code does to sys.stdout does not reach it


def set_request(request_id):
    """Each line logged in this thread or task carries the id; None ends that."""
    _request.set(request_id)


def log(severity, message, fields=None, request_id=None):
    now = time.time()
    line = dict(fields or {})
    line['time'] = time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(now)) + f'.{int(now * 1000) % 1000:03d}Z'
    line['severity'] = severity
    line['message'] = message
    request_id = request_id or _request.get()
    if request_id is not None:
        line['requestId'] = request_id
    try:
        text = json.dumps(line, ensure_ascii=False, default=str)
    except (TypeError, ValueError) as error:  # a cycle in the user's fields must not lose the message
        kept = {name: line[name] for name in ('time', 'severity', 'message', 'requestId') if name in line}
        text = json.dumps({**kept, 'fieldsLost': str(error)}, ensure_ascii=False)
    data = (text + '\n').encode('utf-8', 'backslashreplace')
    with _lock:
        while data:
            data = data[os.write(_output, data):]


class _Lines(io.TextIOBase):
    """A text stream whose lines are log lines."""

    def __init__(self, severity):
        self._severity = severity
        self._open = threading.local()

    @property
    def encoding(self):
        return 'utf-8'

    def writable(self):
        return True

    def write(self, text):
        *whole, rest = (getattr(self._open, 'text', '') + text).split('\n')
        for line in whole:
            log(self._severity, line)
        self._open.text = rest
        return len(text)

    def flush(self):
        rest = getattr(self._open, 'text', '')
        if rest:
            self._open.text = ''
            log(self._severity, rest)


def capture_output():
    sys.stdout = _Lines('info')
    sys.stderr = _Lines('warning')


_severities = ((50, 'critical'), (40, 'error'), (30, 'warning'), (20, 'info'), (0, 'debug'))


def capture_logging():
    """What the user's module logs with `logging`, when it uses that and has chosen no handler of its own."""
    logging = sys.modules.get('logging')
    if logging is None or logging.getLogger().handlers:
        return

    class Handler(logging.Handler):
        def emit(self, record):
            severity = next(name for level, name in _severities if record.levelno >= level)
            fields = {'logger': record.name}
            if record.exc_info:
                fields['stack'] = logging.Formatter().formatException(record.exc_info)
            log(severity, record.getMessage(), fields)

    root = logging.getLogger()
    root.addHandler(Handler())
    if root.level == logging.WARNING:  # the default: INFO is what people expect to see
        root.setLevel(logging.INFO)
