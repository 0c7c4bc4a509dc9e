// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import nest.functions.Context;
import nest.functions.Response;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The handler's second argument. */
record GuestContext(Spec spec, String requestId, Instant deadline, Map<String, String> headers) implements Context, Context.Log, Context.Metrics {
    @Override
    public String function() {
        return spec.function();
    }

    @Override
    public int version() {
        return spec.version();
    }

    @Override
    public String group() {
        return spec.group();
    }

    @Override
    public String instance() {
        return spec.instance();
    }

    @Override
    public Map<String, String> environment() {
        return spec.environment();
    }

    @Override
    public Map<String, String> secrets() {
        return spec.secrets();
    }

    @Override
    public Context.Log log() {
        return this;
    }

    @Override
    public Metrics metrics() {
        return this;
    }

    @Override
    public Response call(String name, String method, String path, Map<String, String> more, Object payload) {
        return Call.ask(headers, remainingMilliseconds(), name, method, path, more, payload);
    }

    @Override
    public void debug(String message, Map<String, ?> fields) {
        nest.guest.Log.write("debug", message, fields, requestId);
    }

    @Override
    public void info(String message, Map<String, ?> fields) {
        nest.guest.Log.write("info", message, fields, requestId);
    }

    @Override
    public void warning(String message, Map<String, ?> fields) {
        nest.guest.Log.write("warning", message, fields, requestId);
    }

    @Override
    public void error(String message, Map<String, ?> fields) {
        nest.guest.Log.write("error", message, fields, requestId);
    }

    /** A counter, carried as a log line with `metric`. */
    @Override
    public void increment(String name, double by, Map<String, String> labels) {
        Object value = by == Math.rint(by) && Math.abs(by) < 1e15 ? (Object) (long) by : (Object) by;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("metric", name);
        fields.put("kind", "counter");
        fields.put("value", value);
        fields.put("labels", labels);
        nest.guest.Log.write("info", name + " +" + value, fields, requestId);
    }
}
