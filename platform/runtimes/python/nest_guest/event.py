# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP request -> the event a handler gets: the dictionary that ../node/event.mjs describes."""
import base64
import json
import re
import urllib.parse


class BadRequest(Exception):
    def __init__(self, status, problem, message):
        super().__init__(message)
        self.status = status
        self.problem = problem


MAX_BODY_BYTES = 16 * 1024 * 1024  # held in memory at once

_json_type = re.compile(r'^[^;]*[/+]json\s*(;|$)', re.IGNORECASE)
_binary_type = re.compile(
    r'^(image|audio|video|font)/|^application/(octet-stream|pdf|zip|gzip|protobuf|x-protobuf)', re.IGNORECASE)


def decode_body(data, content_type):
    """(body, is it base64)"""
    if not data:
        return None, False
    if _json_type.match(content_type):
        try:
            return json.loads(data), False
        except ValueError as error:
            raise BadRequest(400, 'bad-body', f'The body is no valid JSON: {error}') from None
    if not _binary_type.match(content_type):
        try:
            return data.decode('utf-8'), False
        except UnicodeDecodeError:
            pass  # no text after all
    return base64.b64encode(data).decode('ascii'), True


def _read_query(text):
    query = {}
    for name, value in urllib.parse.parse_qsl(text, keep_blank_values=True, max_num_fields=1000):
        if name not in query:
            query[name] = value
        elif isinstance(query[name], list):
            query[name].append(value)
        else:
            query[name] = [query[name], value]
    return query


def _cloud_event(headers, body):
    if headers.get('content-type', '').lower().startswith('application/cloudevents+json'):
        if not isinstance(body, dict) or not isinstance(body.get('type'), str):
            raise BadRequest(400, 'bad-body', 'The body is no CloudEvent: it has no type.')
        attributes = dict(body)
        encoded = attributes.pop('data_base64', None)
        data = attributes.get('data') if encoded is None else encoded
        return {**attributes, 'data': data, 'body': data, **({} if encoded is None else {'isBase64': True})}
    if 'ce-type' not in headers or 'ce-source' not in headers:
        return {}
    # The binding percent-encodes what a header cannot hold.
    attributes = {name[3:]: urllib.parse.unquote(value) for name, value in headers.items() if name.startswith('ce-')}
    return {**attributes, 'data': body}


def make_event(method, target, headers, request_id, data):
    """headers: a dictionary with names in lower case."""
    path, _, search = target.partition('?')
    body, is_base64 = decode_body(data, headers.get('content-type', ''))
    event = {'id': request_id, 'method': method, 'path': path, 'query': _read_query(search),
             'headers': dict(headers), 'body': body, 'isBase64': is_base64}
    event.update(_cloud_event(headers, body))
    return event
