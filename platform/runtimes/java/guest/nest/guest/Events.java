// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import nest.functions.Event;
import nest.functions.Json;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** HTTP request -> the event that ../../../../node/event.mjs describes. */
final class Events {
    static final int MAX_BODY_BYTES = 16 * 1024 * 1024; // held in memory at once
    private static final int MOST_QUERY_FIELDS = 1000;
    private static final List<String> BINARY_TYPES = List.of("image/", "audio/", "video/", "font/",
            "application/octet-stream", "application/pdf", "application/zip", "application/gzip",
            "application/protobuf", "application/x-protobuf");

    private Events() {}

    /** headers: names in lower case. */
    static Event of(String method, String target, Map<String, String> headers, String requestId, byte[] data)
            throws BadRequest {
        int mark = target.indexOf('?');
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", requestId);
        event.put("method", method);
        event.put("path", mark < 0 ? target : target.substring(0, mark));
        event.put("query", query(mark < 0 ? "" : target.substring(mark + 1)));
        event.put("headers", headers);
        Decoded decoded = decoded(data, headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT));
        event.put("body", decoded.body());
        event.put("isBase64", decoded.isBase64());
        addCloudEvent(event, headers);
        return new Event(event);
    }

    /** A body as a handler sees it; the type is in lower case. */
    record Decoded(Object body, boolean isBase64) {}

    static Decoded decoded(byte[] data, String contentType) throws BadRequest {
        if (data.length == 0) {
            return new Decoded(null, false);
        }
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).trim();
        if (type.endsWith("/json") || type.endsWith("+json")) {
            try {
                return new Decoded(Json.parse(new String(data, StandardCharsets.UTF_8)), false);
            } catch (IllegalArgumentException error) {
                throw new BadRequest(400, "bad-body", "The body is no valid JSON: " + error.getMessage());
            }
        }
        boolean isBinary = false;
        for (String each : BINARY_TYPES) {
            isBinary = isBinary || type.startsWith(each);
        }
        if (!isBinary) {
            try {
                return new Decoded(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString(), false);
            } catch (CharacterCodingException error) {
                // no text after all
            }
        }
        return new Decoded(Base64.getEncoder().encodeToString(data), true);
    }

    private static Map<String, Object> query(String text) throws BadRequest {
        Map<String, Object> query = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return query;
        }
        String[] parts = text.split("&");
        if (parts.length > MOST_QUERY_FIELDS) {
            throw new BadRequest(400, "bad-query", "The query has more than " + MOST_QUERY_FIELDS + " fields.");
        }
        for (String part : parts) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = unescaped(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : unescaped(part.substring(equals + 1));
            Object before = query.get(name);
            if (before == null) {
                query.put(name, value);
            } else if (before instanceof ArrayList<?>) {
                @SuppressWarnings("unchecked")
                List<String> all = (List<String>) before;
                all.add(value);
            } else {
                List<String> both = new ArrayList<>();
                both.add((String) before);
                both.add(value);
                query.put(name, both);
            }
        }
        return query;
    }

    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException error) {
            return text;
        }
    }

    private static void addCloudEvent(Map<String, Object> event, Map<String, String> headers) throws BadRequest {
        String contentType = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        if (contentType.startsWith("application/cloudevents+json")) {
            if (!(event.get("body") instanceof Map<?, ?> given) || !(given.get("type") instanceof String)) {
                throw new BadRequest(400, "bad-body", "The body is no CloudEvent: it has no type.");
            }
            for (Map.Entry<?, ?> attribute : given.entrySet()) {
                event.put((String) attribute.getKey(), attribute.getValue());
            }
            Object encoded = event.remove("data_base64");
            Object data = encoded == null ? given.get("data") : encoded;
            event.put("data", data);
            event.put("body", data);
            event.put("isBase64", encoded != null);
            return;
        }
        if (!headers.containsKey("ce-type") || !headers.containsKey("ce-source")) {
            return;
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().startsWith("ce-")) { // the binding percent-encodes what a header cannot hold
                event.put(header.getKey().substring(3), percentDecoded(header.getValue()));
            }
        }
        event.put("data", event.get("body"));
    }

    private static String percentDecoded(String text) {
        return text.indexOf('%') < 0 ? text : unescaped(text.replace("+", "%2B"));
    }
}
