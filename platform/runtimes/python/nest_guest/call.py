# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""context.call(): one function asks another, as ../../node/call.mjs does. Loaded with the first call."""
import http.client
import json
import os
import re
import socket

from .event import MAX_BODY_BYTES, BadRequest, decode_body

GATEWAY_SOCKET = os.environ.get('NEST_AT_RUN_NEST', '/run/nest') + '/gateway.sock'
_name = re.compile(r'[a-z][a-z0-9-]{2,39}')
_passed_on = ('nest-set', 'nest-lane', 'nest-region', 'traceparent', 'tracestate')
_problem = re.compile(r'/problems/(gateway|http|runtime)/')


class CallError(Exception):
    """The platform, not the function that was called, answered; or nobody did; or the answer cannot be read.
    status and type, when there are any."""

    def __init__(self, message, status=None, kind=None):
        super().__init__(message)
        self.status = status
        self.type = kind


class CallAnswer:
    """status, headers (names in lower case), body; a JSON body is parsed."""

    def __init__(self, status, headers, body, is_base64):
        self.status = status
        self.headers = headers
        self.body = body
        self.is_base64 = is_base64


class _Connection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(GATEWAY_SOCKET)


def call(incoming, seconds, name, payload, method, path, headers):
    if not isinstance(name, str) or not _name.fullmatch(name):
        raise ValueError(f"call(name, payload): {name!r} is no name of a function.")
    if not path.startswith('/'):
        raise ValueError(f"call(): path must begin with '/', not be {path!r}.")
    sent = {str(key).lower(): str(value) for key, value in (headers or {}).items()}
    if isinstance(payload, str):
        data = payload.encode('utf-8')
    elif isinstance(payload, (bytes, bytearray, memoryview)):
        data = bytes(payload)
    elif payload is None:
        data = b''
    else:
        data = json.dumps(payload, ensure_ascii=False).encode('utf-8')
        sent.setdefault('content-type', 'application/json')
    sent.update({each: incoming[each] for each in _passed_on if each in incoming})
    depth = incoming.get('nest-depth', '')
    sent['nest-depth'] = str((int(depth) if depth.isdigit() else 0) + 1)
    sent['host'] = name
    sent['connection'] = 'close'
    connection = _Connection('function', timeout=max(0.001, seconds))
    try:
        connection.request(method, f'/fn/{name}{path}', data, sent)
        response = connection.getresponse()
        content = response.read(MAX_BODY_BYTES + 1)
        if response.length and len(content) <= MAX_BODY_BYTES:
            raise http.client.IncompleteRead(content)  # read(amount) does not tell
    except TimeoutError:
        raise CallError(f"Cannot call '{name}': it did not answer within the time that this function's own request "
                        'has left.') from None
    except (FileNotFoundError, ConnectionRefusedError):
        raise CallError(f"Cannot call '{name}': the platform cannot be reached from here. Try again.") from None
    except (http.client.IncompleteRead, ConnectionResetError):
        raise CallError(f"Cannot call '{name}': its answer cannot be read (it was cut off).") from None
    except (OSError, http.client.HTTPException) as error:
        raise CallError(f"Cannot call '{name}': {type(error).__name__}: {error}") from error
    finally:
        connection.close()
    received = {key.lower(): value for key, value in response.getheaders()}
    kind = received.get('content-type', '')
    if len(content) > MAX_BODY_BYTES:
        raise CallError(f"Cannot call '{name}': its answer cannot be read (it is over 16 MiB).")
    try:
        body, is_base64 = decode_body(content, kind)
    except BadRequest as error:  # no fault of the request that is being answered
        raise CallError(f"Cannot call '{name}': its answer cannot be read ({error}).") from None
    if kind.startswith('application/problem+json') and isinstance(body, dict) \
            and _problem.match(str(body.get('type'))):
        raise CallError(f"Cannot call '{name}': {body.get('detail')}", response.status, body.get('type'))
    return CallAnswer(response.status, received, body, is_base64)
