// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The guest's HTTP server: specialise once, then every request to the function.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';
import { duplexPair } from 'node:stream';
import { sendAnswer, sendProblem } from './answer.mjs';
import { makeContext, makeSecrets } from './context.mjs';
import { BadRequest, makeEvent, readBody } from './event.mjs';
import { loadHandler, userLocation } from './loader.mjs';
import { log, withRequest } from './log.mjs';
import { makeWebRequest } from './webform.mjs';

const defaultTimeoutSeconds = 10;
// A process that nobody ever speaks to has lost its keeper: one that was killed in the few milliseconds in
// which bwrap is not yet tied to it leaves the box behind. One of a pool is asked for its health, then waits.
const silenceLimitMilliseconds = 60_000;
const farewellMilliseconds = 500; // for the last answers after an uncaught error

export function createGuest() {
    let status = 'generic';
    let spec = null;
    let handler = null;
    let listeningUnixMs = 0;
    let loadMs = 0;
    let silence; // ends the process
    let rehearsal;
    let isRehearsed = false;
    const inFlight = new Set(); // responses of the function that are not finished

    // The gateway keeps connections and has the time limits; a second set here would only race with it.
    const server = createServer({ keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 }, receive);

    function health() {
        const processStartUnixMs = performance.timeOrigin;
        return { status, node: process.version, processStartUnixMs, listeningUnixMs, loadMs, isRehearsed };
    }

    function sendJson(response, value) {
        const text = JSON.stringify(value);
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
        response.end(text);
    }

    function receive(request, response) {
        if (status === 'draining') {
            response.setHeader('connection', 'close');
        }
        if (request.url.startsWith('/_nest/')) {
            receiveForGuest(request, response);
        } else if (handler === null) {
            sendProblem(response, 503, 'not-ready', 'The function is not loaded', `The process is ${status}.`);
        } else {
            const requestId = request.headers['nest-request-id'] ?? request.headers['x-request-id'] ?? randomUUID();
            withRequest(requestId, () => invoke(request, response, requestId));
        }
    }

    function receiveForGuest(request, response) {
        clearTimeout(silence);
        if (request.method === 'GET' && request.url === '/_nest/health') {
            sendHealth(response);
        } else if (request.method === 'POST' && request.url === '/_nest/specialise') {
            specialise(request, response);
        } else {
            sendProblem(response, 404, 'no-such-route', 'No such route', `${request.method} ${request.url}`);
        }
    }

    /// It is asked before it is told a function only in a pool, and nobody waits there: it says so when it is warm.
    async function sendHealth(response) {
        if (status === 'generic') {
            rehearsal ??= rehearse().then(() => { isRehearsed = true; },
                (error) => log('warning', `The rehearsal failed: ${error.message}`));
            await rehearsal;
        }
        sendJson(response, health());
    }

    /// One of a pool has time: a guest beside this one is told a function and answers requests, from memory to
    /// memory, so that what Node compiles and loads for that is there before somebody waits for it.
    async function rehearse() {
        const [client, connection] = duplexPair();
        createGuest().receiveFrom(connection);
        const told = { codeDir: import.meta.dirname, entry: 'rehearsal.mjs', handler: 'handler' };
        for (const [start, body] of [
            ['POST /_nest/specialise', JSON.stringify(told)],
            ['GET /?a=b', ''],
            ['POST /', '{"a":1}'],
        ]) {
            client.write(`${start} HTTP/1.1\r\nhost: nest\r\ncontent-type: application/json\r\n` +
                `content-length: ${body.length}\r\n\r\n${body}`);
            await once(client, 'data');
        }
        client.end();
    }

    async function specialise(request, response) {
        if (status !== 'generic') {
            sendProblem(response, 409, 'already-specialised', 'Already specialised', `The process is ${status}.`);
            return;
        }
        status = 'loading';
        let codeDir = '/code';
        try {
            spec = JSON.parse((await readBody(request)).toString('utf8'));
            spec.secrets = makeSecrets(spec.secrets);
            codeDir = spec.codeDir ?? codeDir;
            Object.assign(process.env, spec.environment);
            const began = performance.now();
            handler = await loadHandler(codeDir, spec.entry, spec.handler);
            loadMs = performance.now() - began;
            status = 'ready';
            sendJson(response, health());
        } catch (error) {
            status = 'failed';
            log('error', `The function could not be loaded: ${error.message}`, { stack: error.stack });
            const { file, line } = error.file === undefined ? userLocation(error.stack, codeDir) : error;
            sendProblem(response, 500, 'load-error', 'The function could not be loaded', String(error.message),
                { stack: error.stack, file, line });
        }
    }

    async function invoke(request, response, requestId) {
        const milliseconds = (spec.timeoutSeconds ?? defaultTimeoutSeconds) * 1000;
        const deadline = new Date(Date.now() + milliseconds);
        const abort = new AbortController();
        inFlight.add(response);
        response.once('close', () => {
            inFlight.delete(response);
            abort.abort(new Error('The request is over.'));
        });
        let isTimedOut = false;
        const timer = setTimeout(() => {
            if (response.headersSent) {
                return;
            }
            isTimedOut = true;
            const detail = `No answer within ${milliseconds / 1000} s. Answer sooner or raise the function's timeout.`;
            log('error', detail, {}, requestId);
            sendProblem(response, 504, 'timeout', 'The function did not answer in time', detail);
            abort.abort(new Error(detail));
        }, milliseconds);
        response.once('close', () => clearTimeout(timer));
        try {
            const context = makeContext(spec, requestId, deadline, abort.signal, request.headers);
            const value = await call(request, requestId, context);
            if (!isTimedOut && !response.destroyed) {
                await sendAnswer(response, value);
            }
        } catch (error) {
            if (!isTimedOut && !response.destroyed) {
                answerError(response, error);
            }
        }
    }

    async function call(request, requestId, context) {
        if (handler.form === 'web') {
            return handler.call(makeWebRequest(request, context.signal), context);
        }
        return handler.call(makeEvent(request, requestId, await readBody(request)), context);
    }

    function answerError(response, error) {
        if (error instanceof BadRequest) {
            sendProblem(response, error.status, error.problem, 'The request could not be read', error.message);
            return;
        }
        const message = error instanceof Error ? error.message : String(error);
        log('error', `The handler threw: ${message}`, { stack: error?.stack });
        sendProblem(response, 500, 'handler-error', 'The handler threw an error', message);
    }

    return {
        listen(where) {
            silence = setTimeout(() => process.exit(1), silenceLimitMilliseconds);
            silence.unref();
            server.listen(where, () => {
                listeningUnixMs = performance.timeOrigin + performance.now();
            });
        },

        /** A connection that was not accepted by listen(). */
        receiveFrom(connection) {
            server.emit('connection', connection);
        },

        /** Answers what is in flight with a problem and resolves when that is sent. */
        async failAll(error) {
            status = 'failed';
            server.close();
            const sent = [...inFlight].map((response) => new Promise((done) => {
                response.once('close', done);
                sendProblem(response, 500, 'uncaught', 'The function ended with an uncaught error', error.message);
            }));
            const limit = new Promise((done) => setTimeout(done, farewellMilliseconds));
            await Promise.race([Promise.all(sent), limit]);
        },

        /** Refuses new connections and resolves when the last answer is sent. */
        drain() {
            status = 'draining';
            return new Promise((done) => {
                server.close(done);
                for (const response of inFlight) {
                    if (!response.headersSent) {
                        response.setHeader('connection', 'close');
                    }
                }
                server.closeIdleConnections();
            });
        },
    };
}
