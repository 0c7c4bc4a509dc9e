// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP request -> the event a handler gets.
//
//   {id, method, path, query, headers, body, isBase64}
// query: a name given twice becomes an array. headers: lower case.
// body: null without one; JSON types parsed; text (valid UTF-8) as a string; anything else as base64 with
// isBase64 true.
//
// A CloudEvent (HTTP binding 1.0, binary or structured mode) adds id, type, source, specversion, subject,
// time, its extensions, and data (= body).

export class BadRequest extends Error {
    constructor(status, problem, message) {
        super(message);
        this.status = status;
        this.problem = problem;
    }
}

const maxBodyBytes = 16 * 1024 * 1024; // held in memory at once; fetch(request) streams without this limit

export async function readBody(request) {
    const chunks = [];
    let length = 0;
    for await (const chunk of request) {
        length += chunk.length;
        if (length > maxBodyBytes) {
            throw new BadRequest(413, 'body-too-large',
                `The body is over ${maxBodyBytes} bytes. Export fetch(request) to read it as a stream.`);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
}

const jsonType = /^[^;]*[/+]json\s*(;|$)/i;
const binaryType = /^(image|audio|video|font)\/|^application\/(octet-stream|pdf|zip|gzip|protobuf|x-protobuf)/i;

function parseJson(bytes) {
    try {
        return JSON.parse(bytes.toString('utf8'));
    } catch (error) {
        throw new BadRequest(400, 'bad-body', `The body is no valid JSON: ${error.message}`);
    }
}

export function decodeBody(bytes, contentType) {
    if (bytes.length === 0) {
        return { body: null, isBase64: false };
    }
    if (jsonType.test(contentType)) {
        return { body: parseJson(bytes), isBase64: false };
    }
    if (!binaryType.test(contentType)) {
        try {
            return { body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), isBase64: false };
        } catch {
            // no text after all
        }
    }
    return { body: bytes.toString('base64'), isBase64: true };
}

function readQuery(search) {
    const query = {};
    for (const [name, value] of new URLSearchParams(search)) {
        const before = Object.hasOwn(query, name) ? query[name] : undefined;
        const after = before === undefined ? value : [].concat(before, value);
        Object.defineProperty(query, name, { value: after, enumerable: true, writable: true, configurable: true });
    }
    return query;
}

function cloudEventOf(headers, body) {
    if (/^application\/cloudevents\+json/i.test(headers['content-type'] ?? '')) {
        if (body === null || typeof body !== 'object' || typeof body.type !== 'string') {
            throw new BadRequest(400, 'bad-body', 'The body is no CloudEvent: it has no type.');
        }
        const { data_base64: base64, ...attributes } = body;
        const data = base64 === undefined ? body.data : base64;
        return { ...attributes, data, body: data, ...(base64 === undefined ? {} : { isBase64: true }) };
    }
    if (headers['ce-type'] === undefined || headers['ce-source'] === undefined) {
        return {};
    }
    const attributes = {};
    for (const [name, value] of Object.entries(headers)) {
        if (name.startsWith('ce-')) {
            attributes[name.slice(3)] = decodeAttribute(value);
        }
    }
    return { ...attributes, data: body };
}

function decodeAttribute(value) {
    try {
        return decodeURIComponent(value); // the binding percent-encodes what a header cannot hold
    } catch {
        return value;
    }
}

export function makeEvent(request, requestId, bytes) {
    const mark = request.url.indexOf('?');
    const path = mark < 0 ? request.url : request.url.slice(0, mark);
    const decoded = decodeBody(bytes, request.headers['content-type'] ?? '');
    const event = {
        id: requestId,
        method: request.method,
        path,
        query: readQuery(mark < 0 ? '' : request.url.slice(mark + 1)),
        headers: { ...request.headers },
        ...decoded,
    };
    return { ...event, ...cloudEventOf(request.headers, decoded.body) };
}
