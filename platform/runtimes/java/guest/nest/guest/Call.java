// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import nest.functions.CallException;
import nest.functions.Json;
import nest.functions.Response;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** context.call(): one function asks another, as ../../../../node/call.mjs does. One connection a call. */
final class Call {
    private static final UnixDomainSocketAddress GATEWAY = UnixDomainSocketAddress.of(
            System.getenv().getOrDefault("NEST_AT_RUN_NEST", "/run/nest") + "/gateway.sock");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{2,39}");
    private static final Pattern PROBLEM = Pattern.compile("/problems/(gateway|http|runtime)/.*");
    private static final List<String> PASSED_ON =
            List.of("nest-set", "nest-lane", "nest-region", "traceparent", "tracestate");

    private static final int MOST_BYTES = Events.MAX_BODY_BYTES + 1024 * 1024; // with the head and the chunks' sizes

    private Call() {}

    static Response ask(Map<String, String> incoming, long milliseconds, String name, String method, String path,
            Map<String, String> more, Object payload) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("call(name, payload): '" + name + "' is no name of a function.");
        }
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ') || method.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("call(): the path begins with '/', and neither it nor the method has "
                    + "a space.");
        }
        byte[] body = {};
        Map<String, String> headers = new LinkedHashMap<>();
        more.forEach((key, value) -> headers.put(key.toLowerCase(Locale.ROOT), value));
        if (payload instanceof String text) {
            body = Reply.bytes(text);
        } else if (payload instanceof byte[] bytes) {
            body = bytes;
        } else if (payload != null) {
            body = Reply.bytes(Json.write(payload));
            headers.putIfAbsent("content-type", "application/json");
        }
        for (String each : PASSED_ON) {
            if (incoming.containsKey(each)) {
                headers.put(each, incoming.get(each));
            }
        }
        headers.put("nest-depth", String.valueOf(depthOf(incoming) + 1));
        headers.put("host", name);
        headers.put("connection", "close");
        headers.put("content-length", String.valueOf(body.length));
        StringBuilder head = new StringBuilder(method).append(" /fn/").append(name).append(path).append(" HTTP/1.1\r\n");
        for (Map.Entry<String, String> each : headers.entrySet()) {
            if (each.getValue().indexOf('\r') >= 0 || each.getValue().indexOf('\n') >= 0) {
                throw new IllegalArgumentException("The header '" + each.getKey() + "' holds a line break.");
            }
            head.append(each.getKey()).append(": ").append(each.getValue()).append("\r\n");
        }
        return answered(name, method, send(name, Reply.bytes(head.append("\r\n").toString()), body, milliseconds));
    }

    private static int depthOf(Map<String, String> incoming) {
        try {
            return Integer.parseInt(incoming.getOrDefault("nest-depth", "0"));
        } catch (NumberFormatException error) {
            return 0;
        }
    }

    /** All that came until the connection ended. */
    private static byte[] send(String name, byte[] head, byte[] body, long milliseconds) {
        try (SocketChannel channel = SocketChannel.open(GATEWAY)) {
            Thread watch = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(Math.max(1, milliseconds));
                    channel.close();
                } catch (InterruptedException | IOException error) {
                    // the answer is there
                }
            });
            try {
                ByteBuffer out = ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
                while (out.hasRemaining()) {
                    channel.write(out);
                }
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                ByteBuffer part = ByteBuffer.allocate(16 * 1024);
                while (channel.read(part) >= 0 && all.size() <= MOST_BYTES) {
                    all.write(part.array(), 0, part.position());
                    part.clear();
                }
                if (all.size() > MOST_BYTES) {
                    throw new CallException("Cannot call '" + name + "': its answer cannot be read (it is over 16 MiB).",
                            0, "");
                }
                return all.toByteArray();
            } finally {
                watch.interrupt();
            }
        } catch (ClosedChannelException error) {
            throw new CallException("Cannot call '" + name + "': it did not answer within the time that this "
                    + "function's own request has left.", 0, "");
        } catch (IOException error) {
            throw new CallException("Cannot call '" + name + "': the platform cannot be reached from here ("
                    + error.getMessage() + "). Try again.", 0, "");
        }
    }

    private static Response answered(String name, String method, byte[] all) {
        try {
            int end = headEnd(all);
            String[] lines = new String(all, 0, end, StandardCharsets.ISO_8859_1).split("\r\n");
            int status = Integer.parseInt(lines[0].split(" ")[1]);
            Map<String, Object> headers = new LinkedHashMap<>();
            for (int i = 1; i < lines.length; ++i) {
                int colon = lines[i].indexOf(':');
                String key = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
                String value = lines[i].substring(colon + 1).strip();
                Object before = headers.get(key);
                headers.put(key, before == null ? value : before instanceof List<?> list ? plus(list, value)
                        : List.of(before, value));
            }
            byte[] body = java.util.Arrays.copyOfRange(all, end + 4, all.length);
            if (method.equals("HEAD") || status == 204 || status == 304) {
                body = new byte[0]; // its length is that of another answer's body
            } else if ("chunked".equals(headers.get("transfer-encoding"))) {
                body = joined(body);
            } else if (headers.get("content-length") instanceof String length
                    && body.length < Long.parseLong(length)) {
                throw new EOFException("it was cut off");
            }
            if (body.length > Events.MAX_BODY_BYTES) {
                throw new IOException("it is over 16 MiB");
            }
            String type = headers.get("content-type") instanceof String given ? given : "";
            Object value = Events.decoded(body, type.toLowerCase(Locale.ROOT)).body();
            if (type.startsWith("application/problem+json") && value instanceof Map<?, ?> problem
                    && PROBLEM.matcher(String.valueOf(problem.get("type"))).matches()) {
                throw new CallException("Cannot call '" + name + "': " + problem.get("detail"), status,
                        String.valueOf(problem.get("type")));
            }
            return new Response(status, headers, value);
        } catch (BadRequest | IOException | IndexOutOfBoundsException | IllegalArgumentException error) {
            throw new CallException("Cannot call '" + name + "': its answer cannot be read (" + error.getMessage()
                    + ").", 0, "");
        }
    }

    private static List<Object> plus(List<?> list, Object value) {
        List<Object> more = new ArrayList<>(list);
        more.add(value);
        return more;
    }

    private static int headEnd(byte[] all) throws EOFException {
        for (int i = 0; i + 3 < all.length; ++i) {
            if (all[i] == '\r' && all[i + 1] == '\n' && all[i + 2] == '\r' && all[i + 3] == '\n') {
                return i;
            }
        }
        throw new EOFException("it ended too early");
    }

    private static byte[] joined(byte[] chunks) throws EOFException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = 0;
        while (at < chunks.length) {
            int lineEnd = at;
            while (lineEnd < chunks.length && chunks[lineEnd] != '\r') {
                ++lineEnd;
            }
            int size = Integer.parseInt(new String(chunks, at, lineEnd - at, StandardCharsets.US_ASCII).strip(), 16);
            at = lineEnd + 2;
            if (size == 0) {
                return body.toByteArray();
            }
            if (at + size > chunks.length) {
                break;
            }
            body.write(chunks, at, size);
            at += size + 2;
        }
        throw new EOFException("it was cut off");
    }
}
