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


class Secrets(dict):
    """NAME -> value; not in the environment, and not shown when it is printed."""

    def __repr__(self):
        return f'[secrets: {", ".join(self)}]'

    __str__ = __repr__


class Context:
    """request_id, function, version, group, instance, environment, secrets, deadline (seconds since 1970), log, metrics.

    remaining_milliseconds() counts down to the time at which the platform answers 504.
    """

    def __init__(self, spec, request_id, deadline, headers=None):
        self._headers = headers or {}
        self.request_id = request_id
        self.function = spec.get('function')
        self.version = spec.get('version')
        self.group = spec.get('group')
        self.instance = spec.get('instance')
        self.environment = dict(spec.get('environment') or {})
        self.secrets = Secrets(spec.get('secrets') or {})
        self.deadline = deadline
        self.log = Log(request_id)
        self.metrics = Metrics(request_id)

    def remaining_milliseconds(self):
        return max(0.0, (self.deadline - time.time()) * 1000)

    def call(self, name, payload=None, *, method='POST', path='/', headers=None):
        """Asks another function and waits for its answer: .status, .headers, .body (JSON is parsed).

        payload: None for none; str and bytes as they are; anything else as JSON. Raises an error with .status and .type
        when the function is not there, did not answer in time, or failed. In an async handler:
        await asyncio.to_thread(context.call, name, payload).
        """
        from .call import call
        return call(self._headers, self.remaining_milliseconds() / 1000, name, payload, method, path, headers)
