# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The handler's second argument."""
import time

from .log import log


class Log:
    def __init__(self, request_id):
        self._request_id = request_id

    def _write(self, severity, message, fields):
        log(severity, str(message), fields, self._request_id)

    def debug(self, message, **fields):
        self._write('debug', message, fields)

    def info(self, message, **fields):
        self._write('info', message, fields)

    def warning(self, message, **fields):
        self._write('warning', message, fields)

    warn = warning

    def error(self, message, **fields):
        self._write('error', message, fields)


class Metrics:
    def __init__(self, request_id):
        self._request_id = request_id

    def increment(self, name, by=1, labels=None):
        """A counter, carried as a log line with `metric`."""
        if not isinstance(name, str) or not isinstance(by, (int, float)):
            raise TypeError('metrics.increment(name, by, labels): name is a str, by a number')
        log('info', f'{name} +{by}', {'metric': name, 'kind': 'counter', 'value': by, 'labels': labels or {}},
            self._request_id)


class Context:
    """request_id, function, version, group, instance, environment, deadline (seconds since 1970), log, metrics.

    remaining_milliseconds() counts down to the time at which the platform answers 504.
    """

    def __init__(self, spec, request_id, deadline):
        self.request_id = request_id
        self.function = spec.get('function')
        self.version = spec.get('version')
        self.group = spec.get('group')
        self.instance = spec.get('instance')
        self.environment = dict(spec.get('environment') or {})
        self.deadline = deadline
        self.log = Log(request_id)
        self.metrics = Metrics(request_id)

    def remaining_milliseconds(self):
        return max(0.0, (self.deadline - time.time()) * 1000)

    def call(self, name, event=None):
        raise RuntimeError(f"Cannot call '{name}': calls between functions need egress, which comes later.")
