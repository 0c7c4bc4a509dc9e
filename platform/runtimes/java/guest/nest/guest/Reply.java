// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import nest.functions.Json;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer as it is written: names of headers in lower case; all of the body, or what writes it. */
record Reply(int status, List<Map.Entry<String, String>> headers, byte[] data, Stream stream) {
    interface Stream {
        void writeTo(OutputStream out) throws Exception;
    }

    private static final byte[] NOTHING = {};

    static Reply empty(int status) {
        return new Reply(status, List.of(), NOTHING, null);
    }

    static Reply json(Map<String, ?> document) {
        return new Reply(200, List.of(Map.entry("content-type", "application/json")), bytes(Json.write(document)), null);
    }

    /** A problem document of the guest itself (RFC 9457). */
    static Reply problem(int status, String name, String title, String detail) {
        return problem(status, name, title, detail, Map.of());
    }

    static Reply problem(int status, String name, String title, String detail, Map<String, ?> more) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "/problems/runtime/" + name);
        document.put("title", title);
        document.put("status", status);
        document.put("detail", detail);
        document.putAll(more);
        return new Reply(status, List.of(Map.entry("content-type", "application/problem+json")),
                bytes(Json.write(document)), null);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
