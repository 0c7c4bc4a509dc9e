// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a handler returned -> HTTP response.
//
//   undefined, null               204
//   string                        200 text/plain          Buffer, typed array   200 octet-stream
//   stream, async iterable        200, streamed           Web Response          as it is
//   {status | statusCode, headers, body, isBase64} with no other key and a number 200..599: that response
//   anything else                 200 application/json
// body of the object form: string, Buffer, stream or async iterable, null, or anything JSON-able.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const answerKeys = new Set(['status', 'statusCode', 'headers', 'body', 'isBase64']);

function isAnswerObject(value) {
    const status = value.status ?? value.statusCode;
    return Number.isInteger(status) && status >= 200 && status <= 599 &&
        Object.keys(value).every((key) => answerKeys.has(key));
}

const isStream = (value) => typeof value?.[Symbol.asyncIterator] === 'function';

function normalise(value) {
    if (value !== null && typeof value === 'object' && !Buffer.isBuffer(value) && isAnswerObject(value)) {
        const body = value.isBase64 === true ? Buffer.from(String(value.body ?? ''), 'base64') : value.body;
        return { status: value.status ?? value.statusCode, headers: value.headers ?? {}, body };
    }
    return { status: value === undefined || value === null ? 204 : 200, headers: {}, body: value };
}

/** {type, bytes} or {type, stream}; type is the default content type. */
function encodeBody(body) {
    if (body === undefined || body === null) {
        return { bytes: Buffer.alloc(0) };
    }
    if (typeof body === 'string') {
        return { type: 'text/plain; charset=utf-8', bytes: Buffer.from(body) };
    }
    if (ArrayBuffer.isView(body)) {
        const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
        return { type: 'application/octet-stream', bytes };
    }
    if (isStream(body)) {
        return { type: 'application/octet-stream', stream: body };
    }
    const text = JSON.stringify(body);
    if (text === undefined) {
        throw new TypeError(`The handler returned a ${typeof body}, which cannot be sent.`);
    }
    return { type: 'application/json', bytes: Buffer.from(text) };
}

function setHeaders(response, headers) {
    for (const [name, value] of Object.entries(headers)) {
        if (value !== undefined && value !== null) {
            response.setHeader(name, Array.isArray(value) ? value.map(String) : String(value));
        }
    }
}

/** Rejects when the value cannot be sent; nothing is written then, unless a stream broke in its middle. */
export async function sendAnswer(response, value) {
    if (value instanceof Response) {
        return sendWebResponse(response, value);
    }
    const { status, headers, body } = normalise(value);
    const { type, bytes, stream } = encodeBody(body);
    setHeaders(response, headers);
    if (type !== undefined && !response.hasHeader('content-type')) {
        response.setHeader('content-type', type);
    }
    response.statusCode = status;
    if (stream === undefined) {
        if (status !== 204 && status !== 304) {
            response.setHeader('content-length', bytes.length);
        }
        response.end(bytes);
        return undefined;
    }
    return pipeline(chunksOf(stream), response);
}

/** Chunks of any kind as bytes, so that an iterable of strings or objects can be a body. */
async function* chunksOf(stream) {
    for await (const chunk of stream) {
        if (typeof chunk === 'string' || ArrayBuffer.isView(chunk)) {
            yield chunk;
        } else {
            yield JSON.stringify(chunk) + '\n';
        }
    }
}

export async function sendWebResponse(response, web) {
    response.statusCode = web.status;
    if (web.statusText) {
        response.statusMessage = web.statusText;
    }
    for (const [name, value] of web.headers) {
        if (name !== 'set-cookie') {
            response.setHeader(name, value);
        }
    }
    const cookies = web.headers.getSetCookie();
    if (cookies.length > 0) {
        response.setHeader('set-cookie', cookies);
    }
    if (web.body === null) {
        response.end();
        return undefined;
    }
    response.flushHeaders(); // a stream whose first chunk is late has begun nevertheless
    return pipeline(Readable.fromWeb(web.body), response);
}

/** A problem document of the guest itself. */
export function sendProblem(response, status, name, title, detail, more = {}) {
    if (response.headersSent) {
        response.destroy(); // the client must see that the body is cut
        return;
    }
    for (const header of response.getHeaderNames()) {
        response.removeHeader(header);
    }
    const text = JSON.stringify({ type: `/problems/runtime/${name}`, title, status, detail, ...more });
    response.statusCode = status;
    response.setHeader('content-type', 'application/problem+json');
    response.setHeader('content-length', Buffer.byteLength(text));
    response.end(text);
}
