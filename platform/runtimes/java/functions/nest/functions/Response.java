// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.functions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer. The body: null, a String, byte[], an InputStream, an Iterator or a Stream of chunks, or anything that
 * {@link Json} can write. Header values are Strings, or lists of them.
 */
public record Response(int status, Map<String, Object> headers, Object body) {
    public Response {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("A response's status is 200 to 599, not " + status + ".");
        }
        headers = headers == null ? Map.of() : headers;
    }

    public static Response of(int status) {
        return new Response(status, Map.of(), null);
    }

    public static Response of(int status, Object body) {
        return new Response(status, Map.of(), body);
    }

    /** The same with one more header; a name that is there already gets a second value. */
    public Response with(String name, String value) {
        Map<String, Object> more = new LinkedHashMap<>(headers);
        more.merge(name, value, (before, after) -> {
            List<Object> both = new ArrayList<>(before instanceof List<?> list ? list : List.of(before));
            both.add(after);
            return both;
        });
        return new Response(status, more, body);
    }
}
