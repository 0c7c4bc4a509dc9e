# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a handler returned -> HTTP response.

None                                204
str                                 200 text/plain          bytes, bytearray, memoryview   200 octet-stream
generator, iterator, async one      200, streamed in chunks
{status | statusCode, headers, body, isBase64} with no other key and a number 200..599: that response
anything else                       200 application/json
The body of the dictionary form: str, bytes, an iterator, None, or anything that json can write.
"""
import base64
import collections.abc
import json

_answer_keys = {'status', 'statusCode', 'headers', 'body', 'isBase64'}


class Answer:
    """status, headers (list of pairs, lower-case names), and bytes or a stream of chunks."""

    def __init__(self, status, headers, data=b'', stream=None):
        self.status = status
        self.headers = headers
        self.data = data
        self.stream = stream


def _is_answer(value):
    if not isinstance(value, dict) or not value.keys() <= _answer_keys:
        return False
    status = value.get('status', value.get('statusCode'))
    return isinstance(status, int) and not isinstance(status, bool) and 200 <= status <= 599


def make_answer(value):
    """Raises TypeError or ValueError when the value cannot be sent."""
    status, headers, body = (204 if value is None else 200), [], value
    if _is_answer(value):
        status = value.get('status', value.get('statusCode'))
        body = value.get('body')
        if value.get('isBase64') is True:
            body = base64.b64decode(str(body or ''))
        for name, content in (value.get('headers') or {}).items():
            for each in content if isinstance(content, (list, tuple)) else [content]:
                if each is not None:
                    headers.append((str(name).lower(), _header_text(name, str(each))))
    kind, data, stream = _encode(body)
    if kind is not None and all(name != 'content-type' for name, _ in headers):
        headers.append(('content-type', kind))
    return Answer(status, headers, data, stream)


def _header_text(name, text):
    if '\r' in text or '\n' in text:
        raise ValueError(f"The header '{name}' holds a line break.")
    return text


def _encode(body):
    if body is None:
        return None, b'', None
    if isinstance(body, str):
        return 'text/plain; charset=utf-8', body.encode('utf-8'), None
    if isinstance(body, (bytes, bytearray, memoryview)):
        return 'application/octet-stream', bytes(body), None
    if isinstance(body, (collections.abc.Iterator, collections.abc.AsyncIterator)):
        return 'application/octet-stream', b'', body
    return 'application/json', json.dumps(body, ensure_ascii=False).encode('utf-8'), None


def chunk_bytes(chunk):
    if isinstance(chunk, str):
        return chunk.encode('utf-8')
    if isinstance(chunk, (bytes, bytearray, memoryview)):
        return bytes(chunk)
    return (json.dumps(chunk, ensure_ascii=False) + '\n').encode('utf-8')


def problem(status, name, title, detail, **more):
    """A problem document of the guest itself (RFC 9457)."""
    document = {'type': f'/problems/runtime/{name}', 'title': title, 'status': status, 'detail': detail, **more}
    data = json.dumps({key: value for key, value in document.items() if value is not None}).encode('utf-8')
    return Answer(status, [('content-type', 'application/problem+json')], data)
