// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The handler's second argument.
import { inspect } from 'node:util';
import { call } from './call.mjs';
import { log } from './log.mjs';

const hiding = Object.create(null, {
    toJSON: { value() { return Object.keys(this); } },
    [inspect.custom]: { value() { return `[secrets: ${Object.keys(this).join(', ')}]`; } },
});

/** An object with nothing but the values, so that a name that is not there is undefined. */
export function makeSecrets(values = {}) {
    return Object.freeze(Object.assign(Object.create(hiding), values));
}

/**
 * {requestId, function, version, group, instance, environment, secrets, deadline, signal, log, metrics, call}
 *
 * secrets: NAME -> value; not in the environment, and not shown when the context is printed.
 * deadline: Date after which the platform answers 504; remainingMilliseconds() counts down to it.
 * signal: aborted when that happens or when the client leaves.
 * log.info(message, fields?) and warn, error, debug: a log line with the request's id.
 * call(name, payload?, {method, path, headers}?): asks another function, see call.mjs.
 * metrics.increment(name, by = 1, labels = {}): a counter, carried as a log line with `metric`.
 */
export function makeContext(spec, requestId, deadline, signal, headers = {}) {
    const remainingMilliseconds = () => Math.max(0, deadline.getTime() - Date.now());
    const writer = (severity) => (message, fields) => log(severity, String(message), fields, requestId);
    return {
        requestId,
        function: spec.function,
        version: spec.version,
        group: spec.group,
        instance: spec.instance,
        environment: { ...spec.environment },
        secrets: spec.secrets ?? makeSecrets(),
        deadline,
        remainingMilliseconds,
        signal,
        log: { info: writer('info'), warn: writer('warning'), error: writer('error'), debug: writer('debug') },
        metrics: {
            increment(name, by = 1, labels = {}) {
                if (typeof name !== 'string' || !Number.isFinite(by)) {
                    throw new TypeError('metrics.increment(name, by, labels): name is a string, by a number');
                }
                log('info', `${name} +${by}`, { metric: name, kind: 'counter', value: by, labels }, requestId);
            },
        },
        call: (name, payload, options) => call(headers, remainingMilliseconds(), signal, name, payload, options),
    };
}
