// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The handler's second argument.
import { log } from './log.mjs';

/**
 * {requestId, function, version, group, instance, environment, deadline, signal, log, metrics, call}
 *
 * deadline: Date after which the platform answers 504; remainingMilliseconds() counts down to it.
 * signal: aborted when that happens or when the client leaves.
 * log.info(message, fields?) and warn, error, debug: a log line with the request's id.
 * metrics.increment(name, by = 1, labels = {}): a counter, carried as a log line with `metric`.
 */
export function makeContext(spec, requestId, deadline, signal) {
    const writer = (severity) => (message, fields) => log(severity, String(message), fields, requestId);
    return {
        requestId,
        function: spec.function,
        version: spec.version,
        group: spec.group,
        instance: spec.instance,
        environment: { ...spec.environment },
        deadline,
        remainingMilliseconds: () => Math.max(0, deadline.getTime() - Date.now()),
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
        call(name) {
            return Promise.reject(
                new Error(`Cannot call '${name}': calls between functions need egress, which comes later.`),
            );
        },
    };
}
