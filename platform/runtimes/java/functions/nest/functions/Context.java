// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.functions;

import java.time.Instant;
import java.util.Map;

/** What a handler knows of its request and itself besides the event. */
public interface Context {
    String requestId();

    String function();

    /** 0 for a draft that is tried. */
    int version();

    /** set/lane/region. */
    String group();

    String instance();

    /** The variables of the deployment; System.getenv() does not have them. */
    Map<String, String> environment();

    /** The secrets of the deployment by name; in no environment and no file. */
    default Map<String, String> secrets() {
        return Map.of();
    }

    /** After it the platform answers 504. */
    Instant deadline();

    default long remainingMilliseconds() {
        return Math.max(0, deadline().toEpochMilli() - System.currentTimeMillis());
    }

    Log log();

    Metrics metrics();

    /**
     * Asks another function with a POST and waits for its answer, in the group and the trace of this request; the body of
     * the answer is parsed when it is JSON. payload: null for none; a String or byte[] as they are; anything else as
     * JSON. Throws a {@link CallException} when the function is not there, did not answer in time, or failed.
     */
    default Response call(String function, Object payload) {
        return call(function, "POST", "/", Map.of(), payload);
    }

    default Response call(String function, String method, String path, Map<String, String> headers, Object payload) {
        throw new CallException("Cannot call '" + function + "': there is no platform here.", 0, "");
    }

    /** Lines with the request's id. Fields may be anything that {@link Json} can write. */
    interface Log {
        void debug(String message, Map<String, ?> fields);

        void info(String message, Map<String, ?> fields);

        void warning(String message, Map<String, ?> fields);

        void error(String message, Map<String, ?> fields);

        default void debug(String message) {
            debug(message, Map.of());
        }

        default void info(String message) {
            info(message, Map.of());
        }

        default void warning(String message) {
            warning(message, Map.of());
        }

        default void error(String message) {
            error(message, Map.of());
        }
    }

    /** Counters. */
    interface Metrics {
        void increment(String name, double by, Map<String, String> labels);

        default void increment(String name, double by) {
            increment(name, by, Map.of());
        }

        default void increment(String name) {
            increment(name, 1);
        }
    }

    /** For tests of a function: a request that has ten seconds, with these variables. */
    static Context forTests(Map<String, String> environment) {
        return new TestContext(environment, Map.of());
    }

    /** As well, with these secrets. */
    static Context forTests(Map<String, String> environment, Map<String, String> secrets) {
        return new TestContext(environment, secrets);
    }
}
