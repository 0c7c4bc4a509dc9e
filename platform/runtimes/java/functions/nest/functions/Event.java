// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.functions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What happened: an HTTP request {id, method, path, query, headers, body, isBase64}, and of a CloudEvent its attributes
 * (type, source, subject, time, …) and data besides.
 *
 * <p>A JSON body is parsed: maps, lists, strings, Long, Double, Boolean, null. Text is a String, anything else base 64
 * in a String with isBase64. Names of headers are in lower case.
 */
public final class Event {
    private final Map<String, Object> all;

    public Event(Map<String, ?> all) {
        this.all = new LinkedHashMap<>(all);
    }

    /** For tests: GET of a path. */
    public static Event get(String path, Map<String, ?> query) {
        return new Event(Map.of("id", "test", "method", "GET", "path", path, "query", query, "headers", Map.of(),
                "isBase64", false));
    }

    /** For tests: POST of a body. */
    public static Event post(String path, Object body) {
        Map<String, Object> all = new LinkedHashMap<>(get(path, Map.of()).all);
        all.put("method", "POST");
        all.put("body", body);
        return new Event(all);
    }

    /** For tests: a CloudEvent. */
    public static Event cloudEvent(String type, String source, Object data) {
        Map<String, Object> all = new LinkedHashMap<>(post("/", data).all);
        all.put("type", type);
        all.put("source", source);
        all.put("data", data);
        return new Event(all);
    }

    public Object get(String name) {
        return all.get(name);
    }

    public Map<String, Object> asMap() {
        return new LinkedHashMap<>(all);
    }

    public String id() {
        return text("id");
    }

    public String method() {
        return text("method");
    }

    public String path() {
        return text("path");
    }

    /** Values are Strings; a name that is given twice has a list of them. */
    public Map<String, Object> query() {
        return map("query");
    }

    /** The first value, or null. */
    public String query(String name) {
        Object value = query().get(name);
        return value instanceof List<?> list ? (String) list.getFirst() : (String) value;
    }

    public Map<String, Object> headers() {
        return map("headers");
    }

    public String header(String name) {
        return (String) headers().get(name.toLowerCase(Locale.ROOT));
    }

    public Object body() {
        return all.get("body");
    }

    public boolean isBase64() {
        return Boolean.TRUE.equals(all.get("isBase64"));
    }

    /** Null when it is no CloudEvent. */
    public String type() {
        return text("type");
    }

    public String source() {
        return text("source");
    }

    public String subject() {
        return text("subject");
    }

    public String time() {
        return text("time");
    }

    /** Of a CloudEvent. */
    public Object data() {
        return all.get("data");
    }

    private String text(String name) {
        return all.get(name) instanceof String value ? value : null;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> map(String name) {
        return all.get(name) instanceof Map<?, ?> value ? (Map<String, Object>) value : Map.of();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
