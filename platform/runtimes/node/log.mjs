// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Log lines as JSON on stdout, each with the id of the request it was written in.
import { AsyncLocalStorage } from 'node:async_hooks';
import { format } from 'node:util';

const requests = new AsyncLocalStorage();

/** Runs work so that every line logged in it, however late, carries requestId. */
export function withRequest(requestId, work) {
    return requests.run(requestId, work);
}

export function log(severity, message, fields = {}, requestId = requests.getStore()) {
    const line = { time: new Date().toISOString(), severity, message };
    if (requestId !== undefined) {
        line.requestId = requestId;
    }
    process.stdout.write(serialise({ ...fields, ...line }) + '\n');
}

function serialise(line) {
    try {
        return JSON.stringify(line, (_key, value) => (typeof value === 'bigint' ? value.toString() : value));
    } catch (error) {
        // A cycle in the user's fields must not lose the message.
        const { time, severity, message, requestId } = line;
        return JSON.stringify({ time, severity, message, requestId, fieldsLost: error.message });
    }
}

const severities = { log: 'info', info: 'info', warn: 'warning', error: 'error', debug: 'debug', trace: 'debug' };

/** console.* of user code becomes log lines. */
export function captureConsole() {
    for (const [name, severity] of Object.entries(severities)) {
        console[name] = (...values) => log(severity, format(...values));
    }
}
