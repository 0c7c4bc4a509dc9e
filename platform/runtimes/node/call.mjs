// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// context.call(): one function asks another, over the gateway's socket that the box sees. The group and the trace of
// the request that is being answered go on; so does the count of calls, by which the gateway ends a circle.
import { request as httpRequest } from 'node:http';
import { BadRequest, decodeBody, readBody } from './event.mjs';

const gatewaySocket = `${process.env.NEST_AT_RUN_NEST ?? '/run/nest'}/gateway.sock`;
const functionName = /^[a-z][a-z0-9-]{2,39}$/;
const passedOn = ['nest-set', 'nest-lane', 'nest-region', 'traceparent', 'tracestate'];

/** The platform, not the function that was called, answered; or nobody did; or the answer cannot be read. */
export class CallError extends Error {
    constructor(message, status, type) {
        super(message);
        this.name = 'CallError';
        this.status = status;
        this.type = type;
    }
}

/**
 * Resolves to {status, headers, body}, whatever the status is; a JSON body is parsed. Rejects with a CallError when the
 * function is not there, did not answer in time, failed, or sent what cannot be read.
 * payload: undefined for none; a string or bytes as they are; anything else as JSON.
 * options: method ('POST'), path ('/'), headers. headers: those of the request that is being answered.
 */
export async function call(headers, remaining, signal, name, payload, options = {}) {
    if (typeof name !== 'string' || !functionName.test(name)) {
        throw new TypeError(`call(name, payload, options): '${name}' is no name of a function.`);
    }
    const method = options.method ?? 'POST';
    const path = options.path ?? '/';
    if (typeof path !== 'string' || !path.startsWith('/')) {
        throw new TypeError(`call(name, payload, options): path must begin with '/', not be '${path}'.`);
    }
    const sent = { ...options.headers, host: name };
    for (const each of passedOn) {
        if (headers[each] !== undefined) {
            sent[each] = headers[each];
        }
    }
    sent['nest-depth'] = String((Number.parseInt(headers['nest-depth'], 10) || 0) + 1);
    const response = await send({ socketPath: gatewaySocket, method, path: `/fn/${name}${path}`, headers: sent },
        payload, remaining, signal, name);
    const type = response.headers['content-type'] ?? '';
    const { body, isBase64 } = await contentOf(response, type, name);
    if (type.startsWith('application/problem+json') && /^\/problems\/(gateway|http|runtime)\//.test(body?.type)) {
        throw new CallError(`Cannot call '${name}': ${body.detail}`, response.statusCode, body.type);
    }
    return { status: response.statusCode, headers: response.headers, body, ...(isBase64 ? { isBase64 } : {}) };
}

/** What is wrong with it is no fault of the request that is being answered. */
async function contentOf(response, type, name) {
    try {
        return decodeBody(await readBody(response), type);
    } catch (error) {
        if (error.name === 'AbortError') {
            throw new CallError(`Cannot call '${name}': ${reasonOf(error)}`);
        }
        const reason = error instanceof BadRequest && error.status === 413 ? 'it is over 16 MiB'
            : error instanceof BadRequest ? error.message : 'it was cut off';
        throw new CallError(`Cannot call '${name}': its answer cannot be read (${reason}).`);
    }
}

function send(target, payload, remaining, signal, name) {
    const { headers } = target;
    let bytes;
    if (typeof payload === 'string' || ArrayBuffer.isView(payload)) {
        bytes = Buffer.from(payload);
    } else if (payload !== undefined) {
        bytes = Buffer.from(JSON.stringify(payload));
        if (!Object.keys(headers).some((each) => each.toLowerCase() === 'content-type')) {
            headers['content-type'] = 'application/json';
        }
    }
    headers['content-length'] = bytes?.length ?? 0;
    return new Promise((resolve, reject) => {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, Math.ceil(remaining)))]);
        const sending = httpRequest({ ...target, agent: false, signal: limit }, resolve);
        sending.once('error', (error) => {
            reject(new CallError(`Cannot call '${name}': ${reasonOf(error)}`));
        });
        sending.end(bytes);
    });
}

function reasonOf(error) {
    if (error.name === 'AbortError') {
        return "it did not answer within the time that this function's own request has left.";
    }
    return error.code === 'ENOENT' || error.code === 'ECONNREFUSED'
        ? 'the platform cannot be reached from here. Try again.' : `${error.message}.`;
}
