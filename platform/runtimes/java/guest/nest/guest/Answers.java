// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import nest.functions.Json;
import nest.functions.Response;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a handler returned -> reply, as nest.functions.Handler says. */
final class Answers {
    private static final Set<String> ANSWER_KEYS = Set.of("status", "statusCode", "headers", "body", "isBase64");
    private static final int CHUNK_BYTES = 16 * 1024;

    private Answers() {}

    /** Throws IllegalArgumentException when it cannot be sent. */
    static Reply of(Object value) {
        if (value instanceof Response response) {
            return of(response.status(), response.headers(), response.body());
        }
        if (value instanceof Map<?, ?> map && ANSWER_KEYS.containsAll(map.keySet())) {
            Object status = map.get("status") != null ? map.get("status") : map.get("statusCode");
            if ((status instanceof Integer || status instanceof Long)
                    && ((Number) status).longValue() >= 200 && ((Number) status).longValue() <= 599) {
                Object body = map.get("body");
                if (Boolean.TRUE.equals(map.get("isBase64"))) {
                    body = Base64.getDecoder().decode(String.valueOf(body == null ? "" : body));
                }
                Map<?, ?> headers = map.get("headers") instanceof Map<?, ?> given ? given : Map.of();
                return of(((Number) status).intValue(), headers, body);
            }
        }
        return of(value == null ? 204 : 200, Map.of(), value);
    }

    private static Reply of(int status, Map<?, ?> given, Object body) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        boolean hasType = false;
        for (Map.Entry<?, ?> header : given.entrySet()) {
            String name = String.valueOf(header.getKey()).toLowerCase(Locale.ROOT);
            hasType = hasType || name.equals("content-type");
            if (header.getValue() instanceof Iterable<?> values) {
                for (Object each : values) {
                    headers.add(Map.entry(checked(name), checked(String.valueOf(each))));
                }
            } else if (header.getValue() != null) {
                headers.add(Map.entry(checked(name), checked(String.valueOf(header.getValue()))));
            }
        }
        String type = null;
        byte[] data = {};
        Reply.Stream stream = null;
        if (body instanceof String text) {
            type = "text/plain; charset=utf-8";
            data = Reply.bytes(text);
        } else if (body instanceof byte[] bytes) {
            type = "application/octet-stream";
            data = bytes;
        } else if (isStream(body)) {
            type = "application/octet-stream";
            stream = out -> send(body, out);
        } else if (body != null) {
            type = "application/json";
            data = Reply.bytes(Json.write(body));
        }
        if (type != null && !hasType) {
            headers.add(Map.entry("content-type", type));
        }
        return new Reply(status, headers, data, stream);
    }

    private static String checked(String text) {
        if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("A header holds a line break.");
        }
        return text;
    }

    private static boolean isStream(Object body) {
        return body instanceof InputStream || body instanceof Iterator || body instanceof java.util.stream.Stream;
    }

    private static void send(Object body, OutputStream out) throws Exception {
        if (body instanceof InputStream input) {
            try (input) {
                byte[] chunk = new byte[CHUNK_BYTES];
                for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
                    out.write(chunk, 0, count);
                }
            }
        } else if (body instanceof java.util.stream.Stream<?> values) {
            try (values) {
                sendAll(values.iterator(), out);
            }
        } else {
            sendAll((Iterator<?>) body, out);
        }
    }

    private static void sendAll(Iterator<?> values, OutputStream out) throws Exception {
        while (values.hasNext()) {
            Object value = values.next();
            if (value instanceof byte[] bytes) {
                out.write(bytes);
            } else if (value instanceof String text) {
                out.write(Reply.bytes(text));
            } else {
                out.write(Reply.bytes(Json.write(value) + '\n'));
            }
        }
    }
}
